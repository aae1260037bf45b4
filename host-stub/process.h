/*
 * process.h - what a host owes to a plugin and to secrets: signals, locale, descriptors, variables.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_PROCESS_H
#define HOST_STUB_PROCESS_H

#include <signal.h>
#include <stdbool.h>

/*
 * Called once, first. SIGINT, SIGTERM, SIGQUIT and SIGHUP set process_cancelled() and do nothing
 * else, but for a SIGHUP that is ignored already (nohup), which stays so; SIGPIPE is ignored;
 * descriptors 0 to 2 are open; neither a core dump nor the file that SSLKEYLOGFILE names will hold
 * a secret; text is UTF-8. Returns 0, or -1 where the system refused one of these.
 */
int process_prepare(void);

/* Not 0 once a signal asked to stop. */
const volatile sig_atomic_t *process_cancelled(void);

/* Whether the user's terminal shows UTF-8: it is the charset of the locale. */
bool process_utf8(void);

/* "fr" where the environment asks for French [POSIX: LC_ALL, LC_MESSAGES, LANG], NULL elsewhere. */
const char *process_language(void);

#endif
