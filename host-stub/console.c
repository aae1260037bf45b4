/*
 * console.c - standard error: messages, the plugin's log, and one line of progress.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "console.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "terminal.h"

#define CONSOLE_NAME "hector-host-stub: "

/* Interval between updates: short enough to show activity, long enough to cost nothing. */
#define CONSOLE_PROGRESS_NS INT64_C(100000000)

#define CONSOLE_COLUMNS 80         /* of a terminal that does not report its width */
#define CONSOLE_WAITING "waiting:" /* prefix of a phase that names the system waited for */

static void console_line(struct console *console, const char *label, struct span text)
{
    char *copy = malloc(text.size + 1);

    console_clear(console);
    (void)fprintf(console->stream, CONSOLE_NAME "%s", label);
    if (copy != NULL) {
        (void)secrets_redact(console->secrets, text, copy);
        (void)escape_terminal(console->stream, (struct span){copy, text.size});
    } else {
        (void)fputs("(no memory for this line)", console->stream);
    }
    (void)fputc('\n', console->stream); /* a failure of standard error cannot be reported */
    (void)fflush(console->stream);
    free(copy);
}

void console_say(struct console *console, const char *format, ...)
{
    char text[CONSOLE_SENTENCE_MAX];
    va_list values;

    va_start(values, format);
    (void)vsnprintf(text, sizeof(text), format, values);
    va_end(values);
    console_line(console, "", span_of(text));
}

void console_log(struct console *console, uint32_t level, struct span text)
{
    static const char *const labels[] = {
        [HECTOR_LOG_ERROR] = "error: ", [HECTOR_LOG_WARNING] = "warning: ",
        [HECTOR_LOG_INFO] = "info: ",   [HECTOR_LOG_DEBUG] = "debug: ",
        [HECTOR_LOG_TRACE] = "trace: ",
    };

    if (level >= HECTOR_LOG_ERROR && level <= HECTOR_LOG_TRACE && level <= console->log_level) {
        console_line(console, labels[level], text);
    }
}

/* Keeps the text of a phase. Returns false if it is already the current phase. */
static bool console_enter(struct console *console, struct span phase, uint64_t done, uint64_t total)
{
    char text[sizeof(console->progress)];
    const size_t words = (size_t)snprintf(text, sizeof(text), "%.*s",
                                          span_shown(phase, CONSOLE_PHASE_MAX), phase.bytes);
    size_t size = words;

    for (char *at = text; *at != '\0'; at++) {
        *at = *at == '_' ? ' ' : *at; /* a phase is a slug */
    }
    bool is_new = words != console->progress_words || memcmp(text, console->progress, words) != 0;
    if (done > 0 || total > 0) {
        size += (size_t)snprintf(text + size, sizeof(text) - size, " %" PRIu64, done);
    }
    if (total > 0) {
        (void)snprintf(text + size, sizeof(text) - size, "/%" PRIu64, total);
    }
    memcpy(console->progress, text, strlen(text) + 1);
    console->progress_words = words;
    return is_new;
}

static size_t console_columns(const struct console *console)
{
    const size_t columns = terminal_columns(fileno(console->stream));

    return columns > 0 ? columns : CONSOLE_COLUMNS;
}

/*
 * Draws the progress line one column short: a line that wraps cannot be overwritten, and on some
 * terminals a line that fills the last column wraps.
 */
static void console_draw(struct console *console, const char *line)
{
    console_clear(console);
    (void)escape_terminal_cut(console->stream, span_of(line), console_columns(console) - 1, "");
    (void)fflush(console->stream);
    console->progress_shown = true;
}

/* Shows a wait after the current phase, or instead of it if the line is too short for both. */
static void console_wait(struct console *console, struct span peer, uint64_t seconds)
{
    char line[CONSOLE_LINE_MAX];
    const char *after = console->progress[0] != '\0' ? ", " : "";
    const size_t lead = (size_t)snprintf(line, sizeof(line), "%s%s", console->progress, after);

    (void)snprintf(line + lead, sizeof(line) - lead, "waiting for %.*s, %" PRIu64 " s",
                   span_shown(peer, CONSOLE_PEER_MAX), peer.bytes, seconds);
    console_draw(console, escape_terminal(NULL, span_of(line)) < console_columns(console)
                              ? line
                              : line + lead);
}

void console_progress(struct console *console, struct span phase, uint64_t done, uint64_t total)
{
    const size_t lead = strlen(CONSOLE_WAITING);
    char copy[CONSOLE_LINE_MAX];
    struct timespec now;

    if (!console->progress_wanted || clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
        return;
    }
    int64_t passed = (int64_t)(now.tv_sec - console->progress_time.tv_sec) * INT64_C(1000000000) +
                     (now.tv_nsec - console->progress_time.tv_nsec);
    phase.size = phase.size < sizeof(copy) ? phase.size : sizeof(copy);
    (void)secrets_redact(console->secrets, phase, copy);
    phase.bytes = copy;
    if (phase.size > lead && memcmp(phase.bytes, CONSOLE_WAITING, lead) == 0) {
        console_wait(console, (struct span){phase.bytes + lead, phase.size - lead}, done);
    } else if (console_enter(console, phase, done, total) || !console->progress_shown ||
               passed >= CONSOLE_PROGRESS_NS) {
        console_draw(console, console->progress);
    } else {
        return;
    }
    console->progress_time = now;
}

void console_clear(struct console *console)
{
    if (!console->progress_shown) {
        return;
    }
    (void)fputs("\r\033[K", console->stream);
    (void)fflush(console->stream);
    console->progress_shown = false;
}
