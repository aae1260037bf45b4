/*
 * console.c - standard error: messages, the plugin's log, and one line of progress.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* clock_gettime */

#include "console.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "escape.h"

#define CONSOLE_NAME "hector-host-stub: "

/* Often enough to look alive, seldom enough to cost nothing. */
#define CONSOLE_PROGRESS_NS INT64_C(100000000)

/* A phase longer than this would wrap, and a wrapped line cannot be written again. */
#define CONSOLE_PHASE_MAX 32

/* Writes one line. Secrets go out of a copy, as the text is not ours to change. */
static void console_line(struct console *console, const char *label, struct span text)
{
    char *copy = malloc(text.size + 1);

    console_clear(console);
    (void)fprintf(console->stream, CONSOLE_NAME "%s", label);
    if (copy != NULL) {
        memcpy(copy, text.bytes, text.size);
        if (console->secrets != NULL)
            secrets_redact(console->secrets, text.bytes, copy, text.size);
        (void)escape_terminal(console->stream, (struct span){copy, text.size});
    } else {
        (void)fputs("(no memory for this line)", console->stream);
    }
    (void)fputc('\n', console->stream); /* nowhere to tell that standard error is broken */
    (void)fflush(console->stream);
    free(copy);
}

__attribute__((format(printf, 3, 0))) static void
console_sentence(struct console *console, const char *label, const char *format, va_list values)
{
    char text[2048];

    (void)vsnprintf(text, sizeof(text), format, values);
    console_line(console, label, (struct span){text, strlen(text)});
}

void console_say(struct console *console, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    console_sentence(console, "", format, values);
    va_end(values);
}

void console_warn(struct console *console, const char *format, ...)
{
    va_list values;

    if (console->log_level < HECTOR_LOG_WARNING)
        return;
    va_start(values, format);
    console_sentence(console, "warning: ", format, values);
    va_end(values);
}

void console_log(struct console *console, uint32_t level, struct span text)
{
    static const char *const labels[] = {
        [HECTOR_LOG_ERROR] = "error: ", [HECTOR_LOG_WARNING] = "warning: ",
        [HECTOR_LOG_INFO] = "info: ",   [HECTOR_LOG_DEBUG] = "debug: ",
        [HECTOR_LOG_TRACE] = "trace: ",
    };

    if (level >= HECTOR_LOG_ERROR && level <= HECTOR_LOG_TRACE && level <= console->log_level)
        console_line(console, labels[level], text);
}

static int64_t console_since(struct timespec now, struct timespec then)
{
    return ((int64_t)now.tv_sec - then.tv_sec) * INT64_C(1000000000) + (now.tv_nsec - then.tv_nsec);
}

void console_progress(struct console *console, struct span phase, uint64_t done, uint64_t total)
{
    struct timespec now;

    if (!console->progress_wanted || clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return;
    if (console->progress_shown && console_since(now, console->progress_time) < CONSOLE_PROGRESS_NS)
        return;
    console_clear(console);
    if (phase.size > CONSOLE_PHASE_MAX)
        phase.size = CONSOLE_PHASE_MAX;
    (void)escape_terminal(console->stream, phase);
    (void)fprintf(console->stream, " %" PRIu64, done);
    if (total > 0)
        (void)fprintf(console->stream, "/%" PRIu64, total);
    (void)fflush(console->stream);
    console->progress_time = now;
    console->progress_shown = true;
}

bool console_terminal(void)
{
    const char *terminal = getenv("TERM");

    return isatty(STDERR_FILENO) == 1 && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

void console_clear(struct console *console)
{
    if (!console->progress_shown)
        return;
    (void)fputs("\r\033[K", console->stream);
    (void)fflush(console->stream);
    console->progress_shown = false;
}
