/*
 * failing_stub.c - the host stub, whose own allocations fail as the environment demands.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   FAILING=N             the N-th call that can fail does; FAILING=N+ that and all after it
 *   FAILING_SPARED=FILE   created at the end of a run in which none failed
 *   FAILING_NAMELESS=1    as on a file system without unnamed files
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <json-c/json.h>

#include "failing.h"

static struct failing failing;

__attribute__((constructor)) static void begin(void)
{
    const char *text = getenv("FAILING");
    char *end = NULL;

    if (text != NULL) {
        failing.nth = strtoul(text, &end, 10);
        failing.for_ever = *end == '+';
        failing_begin(&failing);
    }
}

__attribute__((destructor)) static void end(void)
{
    const char *spared = getenv("FAILING_SPARED");

    failing_end();
    if (spared != NULL && !failing.struck) {
        (void)close(open(spared, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    }
}

/* ---- functions that the linker calls instead (--wrap); _FORTIFY_SOURCE would replace
 * realpath() */

#undef realpath

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
char *__real_realpath(const char *path, char *to);
char *__wrap_realpath(const char *path, char *to);
FILE *__real_fdopen(int descriptor, const char *mode);
FILE *__wrap_fdopen(int descriptor, const char *mode);
struct json_tokener *__real_json_tokener_new_ex(int depth);
struct json_tokener *__wrap_json_tokener_new_ex(int depth);
json_object *__real_json_object_new_object(void);
json_object *__wrap_json_object_new_object(void);
json_object *__real_json_object_new_string(const char *text);
json_object *__wrap_json_object_new_string(const char *text);
json_object *__real_json_object_new_string_len(const char *text, int size);
json_object *__wrap_json_object_new_string_len(const char *text, int size);
json_object *__real_json_object_new_array(void);
json_object *__wrap_json_object_new_array(void);
int __real_json_object_array_add(json_object *array, json_object *value);
int __wrap_json_object_array_add(json_object *array, json_object *value);
const char *__real_json_object_to_json_string_ext(json_object *object, int flags);
const char *__wrap_json_object_to_json_string_ext(json_object *object, int flags);
FILE *__real_open_memstream(char **bytes, size_t *size);
FILE *__wrap_open_memstream(char **bytes, size_t *size);
json_object *__real_json_object_new_int64(int64_t number);
json_object *__wrap_json_object_new_int64(int64_t number);
json_object *__real_json_object_new_boolean(json_bool value);
json_object *__wrap_json_object_new_boolean(json_bool value);
int __real_json_object_object_add(json_object *object, const char *key, json_object *value);
int __wrap_json_object_object_add(json_object *object, const char *key, json_object *value);
const char *__real_json_object_to_json_string_length(json_object *object, int flags, size_t *ret);
const char *__wrap_json_object_to_json_string_length(json_object *object, int flags, size_t *ret);

int __wrap_open(const char *path, int flags, ...)
{
    const bool nameless = (flags & O_TMPFILE) == O_TMPFILE;
    mode_t mode = 0;
    va_list more;

    if (nameless && getenv("FAILING_NAMELESS") != NULL) {
        errno = EOPNOTSUPP;
        return -1;
    }
    if (nameless || (flags & O_CREAT) != 0) {
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        va_end(more);
    }
    return __real_open(path, flags, mode);
}

char *__wrap_realpath(const char *path, char *to)
{
    struct failing *paused;
    char *found;

    if (to == NULL && failing_here()) {
        return NULL;
    }
    paused = failing_pause();
    found = __real_realpath(path, to);
    failing_resume(paused);
    return found;
}

FILE *__wrap_fdopen(int descriptor, const char *mode)
{
    return failing_here() ? NULL : __real_fdopen(descriptor, mode);
}

struct json_tokener *__wrap_json_tokener_new_ex(int depth)
{
    return failing_here() ? NULL : __real_json_tokener_new_ex(depth);
}

json_object *__wrap_json_object_new_object(void)
{
    return failing_here() ? NULL : __real_json_object_new_object();
}

json_object *__wrap_json_object_new_string(const char *text)
{
    return failing_here() ? NULL : __real_json_object_new_string(text);
}

json_object *__wrap_json_object_new_string_len(const char *text, int size)
{
    return failing_here() ? NULL : __real_json_object_new_string_len(text, size);
}

json_object *__wrap_json_object_new_array(void)
{
    return failing_here() ? NULL : __real_json_object_new_array();
}

int __wrap_json_object_array_add(json_object *array, json_object *value)
{
    return failing_here() ? -1 : __real_json_object_array_add(array, value);
}

const char *__wrap_json_object_to_json_string_ext(json_object *object, int flags)
{
    return failing_here() ? NULL : __real_json_object_to_json_string_ext(object, flags);
}

FILE *__wrap_open_memstream(char **bytes, size_t *size)
{
    return failing_here() ? NULL : __real_open_memstream(bytes, size);
}

json_object *__wrap_json_object_new_int64(int64_t number)
{
    return failing_here() ? NULL : __real_json_object_new_int64(number);
}

json_object *__wrap_json_object_new_boolean(json_bool value)
{
    return failing_here() ? NULL : __real_json_object_new_boolean(value);
}

int __wrap_json_object_object_add(json_object *object, const char *key, json_object *value)
{
    return failing_here() ? -1 : __real_json_object_object_add(object, key, value);
}

const char *__wrap_json_object_to_json_string_length(json_object *object, int flags, size_t *ret)
{
    if (failing_here()) {
        *ret = 0;
        return NULL;
    }
    return __real_json_object_to_json_string_length(object, flags, ret);
}
