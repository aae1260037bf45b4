/*
 * process.c - what a host owes to a plugin and to secrets: signals, locale, descriptors, variables.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* sigaction, prctl, unsetenv */

#include "process.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static volatile sig_atomic_t cancelled;
static bool utf8;

static void process_cancel(int signal_number)
{
    (void)signal_number;
    cancelled = 1;
}

/* Whoever starts a program with nohup wants it to outlive the terminal. */
static bool process_outlives_terminal(void)
{
    struct sigaction before;

    return sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler == SIG_IGN;
}

/*
 * Without SA_RESTART: a write to a reader that has stopped reading must end, or the plugin would
 * never get to log out. Of the signals that end a program by default, these four are sent by people
 * and by the system to programs that run for a while.
 */
static int process_signals(void)
{
    static const int cancels[] = {SIGINT, SIGTERM, SIGQUIT, SIGHUP};
    struct sigaction cancel = {.sa_handler = process_cancel};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    size_t count = sizeof(cancels) / sizeof(cancels[0]);

    (void)sigemptyset(&cancel.sa_mask);
    (void)sigemptyset(&ignore.sa_mask);
    if (process_outlives_terminal())
        count--; /* the last */
    for (size_t i = 0; i < count; i++) {
        if (sigaction(cancels[i], &cancel, NULL) != 0)
            return -1;
    }
    /* A write then fails, and the sentence says of what. */
    return sigaction(SIGXFSZ, &ignore, NULL) == 0 ? sigaction(SIGPIPE, &ignore, NULL) : -1;
}

/* A connection must never be given the number of a closed standard output. */
static int process_descriptors(void)
{
    int descriptor;

    do {
        descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
    } while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    return descriptor < 0 ? -1 : close(descriptor);
}

/*
 * The user's locale, so that a plugin that forgets the decimal comma shows it here; but documents
 * are UTF-8, and the width of a character must be known whatever the locale's own charset is.
 */
static void process_locale(void)
{
    (void)setlocale(LC_ALL, ""); /* a locale that is not installed leaves "C" */
    utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (!utf8)
        (void)setlocale(LC_CTYPE, "C.UTF-8");
}

int process_prepare(void)
{
    const struct rlimit none = {0, 0};

    process_locale();
    /* libcurl would write there by which keys everything that is sent, a token too, can be read. */
    if (unsetenv("SSLKEYLOGFILE") != 0)
        return -1;
    if (process_descriptors() != 0 || process_signals() != 0)
        return -1;
    /* The limit does not bind a core that is piped to a program: hence both. */
    if (setrlimit(RLIMIT_CORE, &none) != 0)
        return -1;
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

const volatile sig_atomic_t *process_cancelled(void)
{
    return &cancelled;
}

bool process_utf8(void)
{
    return utf8;
}

const char *process_language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *locale = getenv(names[i]);

        if (locale != NULL && *locale != '\0')
            return strncmp(locale, "fr", 2) == 0 && strchr("_.@", locale[2]) != NULL ? "fr" : NULL;
    }
    return NULL;
}
