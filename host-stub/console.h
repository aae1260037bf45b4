/*
 * console.h - standard error: messages, the plugin's log, and one line of progress.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_CONSOLE_H
#define HOST_STUB_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "secrets.h"
#include "span.h"

struct console {
    FILE *stream;
    const struct secrets *secrets; /* never printed, whoever asks; MAY be NULL */
    uint32_t log_level;
    bool progress_wanted;
    bool progress_shown;
    struct timespec progress_time;
    char progress[128];    /* "devices 1200/5000" of the phase in hand */
    size_t progress_words; /* of that, the size of its name */
};

/* Whether standard error is a terminal where a line can be written again. */
bool console_terminal(void);

/* One sentence of the stub itself. Cut at 2 KiB. */
__attribute__((format(printf, 2, 3))) void console_say(struct console *console, const char *format,
                                                       ...);

/* A warning of the stub itself, which goes the way of the log. Cut at 2 KiB. */
__attribute__((format(printf, 2, 3))) void console_warn(struct console *console, const char *format,
                                                        ...);

/* One line of a log; above console->log_level nothing happens. */
void console_log(struct console *console, uint32_t level, struct span text);

/*
 * How far the work is, on one line that is written again and again: "devices 1200/5000". Behind it
 * stands who is waited for, and for how long. The line is cut to the width of the terminal.
 */
void console_progress(struct console *console, struct span phase, uint64_t done, uint64_t total);

/* Takes the progress line away, before anything else is written to the same terminal. */
void console_clear(struct console *console);

#endif
