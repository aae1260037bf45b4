/*
 * failing.c - allocations of the C library that fail on demand.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "failing.h"

#include <errno.h>
#include <execinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FRAMES_MAX 24

static __thread struct failing *armed;
static __thread void *frames[FRAMES_MAX];
static __thread int frame_count;

void failing_begin(struct failing *failing)
{
    (void)backtrace(frames, 1); /* the first call loads a library, which allocates */
    armed = failing;
}

void failing_end(void)
{
    armed = NULL;
}

struct failing *failing_pause(void)
{
    struct failing *failing = armed;

    armed = NULL;
    return failing;
}

void failing_resume(struct failing *failing)
{
    armed = failing;
}

bool failing_here(void)
{
    struct failing *failing = armed;

    if (failing == NULL) {
        return false;
    }
    failing->calls++;
    if (failing->nth == 0 || failing->calls < failing->nth ||
        (failing->calls > failing->nth && !failing->for_ever)) {
        return false;
    }
    if (!failing->struck) {
        frame_count = backtrace(frames, FRAMES_MAX);
    }
    failing->struck = true;
    errno = ENOMEM;
    return true;
}

void failing_show(void)
{
    backtrace_symbols_fd(frames, frame_count, STDERR_FILENO);
}

static void *counted(void *block)
{
    if (armed != NULL && block != NULL) {
        armed->balance++;
    }
    return block;
}

/* ---- functions that the linker calls instead (--wrap) */

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void *__wrap_realloc(void *block, size_t size);
void *__real_reallocarray(void *block, size_t count, size_t size);
void *__wrap_reallocarray(void *block, size_t count, size_t size);
char *__real_strdup(const char *text);
char *__wrap_strdup(const char *text);
char *__real_strndup(const char *text, size_t size);
char *__wrap_strndup(const char *text, size_t size);
void __real_free(void *block);
void __wrap_free(void *block);

void *__wrap_malloc(size_t size)
{
    return failing_here() ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return failing_here() ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *block, size_t size)
{
    if (failing_here()) {
        return NULL;
    }
    return block == NULL ? counted(__real_realloc(NULL, size)) : __real_realloc(block, size);
}

void *__wrap_reallocarray(void *block, size_t count, size_t size)
{
    if (failing_here()) {
        return NULL;
    }
    return block == NULL ? counted(__real_reallocarray(NULL, count, size))
                         : __real_reallocarray(block, count, size);
}

char *__wrap_strdup(const char *text)
{
    return failing_here() ? NULL : counted(__real_strdup(text));
}

char *__wrap_strndup(const char *text, size_t size)
{
    return failing_here() ? NULL : counted(__real_strndup(text, size));
}

void __wrap_free(void *block)
{
    if (armed != NULL && block != NULL) {
        armed->balance--;
    }
    __real_free(block);
}
