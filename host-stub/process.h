/*
 * process.h - prepares the process for a plugin and for secrets: signals, locale, descriptors,
 * variables.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_PROCESS_H
#define HOST_STUB_PROCESS_H

#include <stdbool.h>

/*
 * Prepares the process; to be called once, before anything else. SIGINT, SIGTERM, SIGQUIT and
 * SIGHUP only set process_cancelled(); a SIGHUP that is already ignored (nohup) stays ignored.
 * SIGPIPE and SIGXFSZ are ignored. Descriptors 0 to 2 are open. Neither a core dump nor the file
 * named by SSLKEYLOGFILE can contain a secret. Text is UTF-8; *ret_utf8 says whether the charset of
 * the user's locale, and so that of the terminal, is. Returns 0, or -1 with errno if the system
 * refused one of these.
 */
int process_prepare(bool *ret_utf8);

/* Whether a signal asked the program to stop. */
bool process_cancelled(void);

/* Returns "fr" if the environment asks for French [POSIX: LC_ALL, LC_MESSAGES, LANG], else NULL. */
const char *process_language(void);

#endif
