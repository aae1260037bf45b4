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

#include "limits.h"
#include "secrets.h"
#include "span.h"

struct console {
    FILE *stream;
    const struct secrets *secrets; /* removed from everything that is printed */
    uint32_t log_level;
    bool progress_wanted, progress_shown;
    struct timespec progress_time;
    char progress[CONSOLE_PROGRESS_MAX]; /* "devices 1200/5000": the current phase */
    size_t progress_words;               /* size of the name in `progress` */
};

/* Prints one sentence of the stub itself, cut at 2 KiB. */
__attribute__((format(printf, 2, 3))) void console_say(struct console *console, const char *format,
                                                       ...);

/* Prints one line of the plugin's log, unless its level is above console->log_level. */
void console_log(struct console *console, uint32_t level, struct span text);

/*
 * Shows the progress on one line, which is overwritten each time: "devices 1200/5000", followed by
 * the system that the plugin waits for, and for how long. The line is cut to the width of the
 * terminal.
 */
void console_progress(struct console *console, struct span phase, uint64_t done, uint64_t total);

/* Removes the progress line. Needed before anything else is written to the same terminal. */
void console_clear(struct console *console);

#endif
