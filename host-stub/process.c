/*
 * process.c - prepares the process for a plugin and for secrets: signals, locale, descriptors,
 * variables.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "process.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "list.h"

static volatile sig_atomic_t cancelled;

static void process_cancel(int signal_number)
{
    (void)signal_number;
    cancelled = 1;
}

/*
 * Installs the signal handlers without SA_RESTART: a write to a reader that stopped reading must
 * return, otherwise the plugin could not log out. These four are the signals by which people and
 * the system end a program that runs for a while.
 */
static int process_signals(void)
{
    static const int cancels[] = {SIGINT, SIGTERM, SIGQUIT, SIGHUP};
    struct sigaction cancel = {.sa_handler = process_cancel};
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    size_t count = LIST_COUNT(cancels);

    (void)sigemptyset(&cancel.sa_mask);
    (void)sigemptyset(&ignore.sa_mask);
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler == SIG_IGN) {
        count--; /* started with nohup: outlives the terminal, whose SIGHUP is the last one */
    }
    for (size_t i = 0; i < count; i++) {
        if (sigaction(cancels[i], &cancel, NULL) != 0) {
            return -1;
        }
    }
    /* A write over the size limit then fails, and the error is reported. */
    return sigaction(SIGXFSZ, &ignore, NULL) == 0 ? sigaction(SIGPIPE, &ignore, NULL) : -1;
}

/* Opens descriptors 0 to 2, so that no connection gets the number of a closed standard output. */
static int process_descriptors(void)
{
    int descriptor;

    do {
        descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
    } while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    return descriptor < 0 ? -1 : close(descriptor);
}

int process_prepare(bool *ret_utf8)
{
    const struct rlimit none = {0, 0};

    /*
     * The user's locale, so that a plugin that does not expect a decimal comma fails here. But
     * documents are UTF-8, and character widths must be known for any charset, so LC_CTYPE is
     * UTF-8.
     */
    (void)setlocale(LC_ALL, ""); /* stays "C" if the locale is not installed */
    *ret_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (!*ret_utf8) {
        (void)setlocale(LC_CTYPE, "C.UTF-8");
    }
    /*
     * libcurl would write the TLS session keys to SSLKEYLOGFILE, with which a token could be
     * decrypted. RLIMIT_CORE does not apply to a core that is piped to a program: hence prctl().
     */
    if (unsetenv("SSLKEYLOGFILE") != 0 || process_descriptors() != 0 || process_signals() != 0 ||
        setrlimit(RLIMIT_CORE, &none) != 0) {
        return -1;
    }
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

bool process_cancelled(void)
{
    return cancelled != 0;
}

const char *process_language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < LIST_COUNT(names); i++) {
        const char *locale = getenv(names[i]);

        if (locale != NULL && *locale != '\0') {
            return strncmp(locale, "fr", 2) == 0 && strchr("_.@", locale[2]) != NULL ? "fr" : NULL;
        }
    }
    return NULL;
}
