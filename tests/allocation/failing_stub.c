/*
 * failing_stub.c - the host stub, whose own allocations fail as the environment demands.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   FAILING=once          a sweep: in the N-th run the N-th call that can fail does, until a run
 * has fewer calls. Each run either equals one without failures, or fails, reports that memory is
 * short, and leaves no file FAILING=ever          the same, and all calls after the N-th fail, too
 *   FAILING_NAMELESS=1    as on a file system without unnamed files
 *
 * Each run of a sweep is a child that has not run anything before. It is forked here, because a
 * shell would start the program and several tools to look at its output, for each allocation.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <json-c/json.h>

#include "failing.h"

#define RUNS_MAX      2000 /* a sweep with more calls has no end */
#define STATUS_SIGNAL 128  /* a shell adds the number of a signal to this */

/* One run: its arguments, and what it gave. */
struct run {
    int argc;
    char **argv;
    struct failing *failing; /* shared with the child */
    int out, error;          /* files without names: the child's standard output and error */

    int status;
    bool left_file; /* --output was there at its end */
    char *bytes;    /* standard output, and then what --output holds */
    size_t size;
};

int __real_main(int argc, char *argv[]);
int __wrap_main(int argc, char *argv[]);

/* ---- one run */

static void copy(FILE *to, int descriptor)
{
    char piece[4096];
    ssize_t size;

    while ((size = read(descriptor, piece, sizeof(piece))) > 0) {
        (void)fwrite(piece, 1, (size_t)size, to);
    }
}

static int is_no_link(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* Copies a file, or each file of a folder, and removes it; false if there was none. */
static bool take(FILE *to, const char *path)
{
    struct dirent **entries = NULL;
    const int count = scandir(path, &entries, is_no_link, alphasort);
    const int file = count < 0 ? open(path, O_RDONLY | O_CLOEXEC) : -1;

    for (int i = 0; i < count; i++) {
        char inner[4096];

        (void)snprintf(inner, sizeof(inner), "%s/%s", path, entries[i]->d_name);
        (void)take(to, inner);
        free(entries[i]);
    }
    free(entries);
    if (file >= 0) {
        copy(to, file);
        (void)close(file);
    }
    return remove(path) == 0;
}

static const char *output_of(const struct run *run)
{
    for (int i = 1; i + 1 < run->argc; i++) {
        if (strcmp(run->argv[i], "--output") == 0) {
            return run->argv[i + 1];
        }
    }
    return NULL;
}

/* Does not return. */
static void be_child(const struct run *run)
{
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);

    if (dup2(nothing, STDIN_FILENO) < 0 || dup2(run->out, STDOUT_FILENO) < 0 ||
        dup2(run->error, STDERR_FILENO) < 0) {
        abort();
    }
    (void)close(nothing);
    failing_begin(run->failing);
    exit(__real_main(run->argc, run->argv));
}

/* Runs the stub; the `nth` call that can fail does. */
static void perform(struct run *run, size_t nth, bool for_ever)
{
    const char *output = output_of(run);
    FILE *bytes;
    pid_t child;
    int status = 0;

    *run->failing = (struct failing){.nth = nth, .for_ever = for_ever};
    if (ftruncate(run->out, 0) != 0 || ftruncate(run->error, 0) != 0 ||
        lseek(run->out, 0, SEEK_SET) != 0 || lseek(run->error, 0, SEEK_SET) != 0) {
        abort();
    }
    (void)fflush(NULL);
    child = fork();
    if (child == 0) {
        be_child(run);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        abort();
    }
    run->status = WIFEXITED(status) ? WEXITSTATUS(status) : STATUS_SIGNAL + WTERMSIG(status);
    free(run->bytes);
    bytes = open_memstream(&run->bytes, &run->size);
    (void)lseek(run->out, 0, SEEK_SET);
    copy(bytes, run->out);
    run->left_file = output != NULL && take(bytes, output);
    (void)fclose(bytes);
}

/* ---- the sweep */

/* The output equals that of the undisturbed run; standard error may lack a line. */
static bool is_whole(const struct run *run, const struct run *whole)
{
    return run->status == whole->status && run->size == whole->size &&
           memcmp(run->bytes, whole->bytes, run->size) == 0;
}

static bool reports_no_memory(const struct run *run, const char *error)
{
    return run->status > 1 && run->status < 100 && !run->left_file &&
           strcasestr(error, "memory") != NULL;
}

/* Prints the run when it is wrong. */
static bool is_right(const struct run *run, const struct run *whole)
{
    char *error = NULL;
    size_t size = 0;
    FILE *said = open_memstream(&error, &size);
    bool right;

    (void)lseek(run->error, 0, SEEK_SET);
    copy(said, run->error);
    (void)fclose(said);
    right = is_whole(run, whole) || reports_no_memory(run, error);
    if (!right) {
        (void)printf("call %zu%s: exit status %d, %zu bytes\n%s", run->failing->nth,
                     run->failing->for_ever ? " and all behind it" : "", run->status, run->size,
                     error);
    }
    free(error);
    return right;
}

static int sweep(int argc, char *argv[], bool for_ever)
{
    struct run run = {.argc = argc, .argv = argv};
    struct run whole;
    size_t nth = 0, wrong = 0;
    bool right;

    run.failing =
        mmap(NULL, sizeof(*run.failing), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    run.out = memfd_create("out", MFD_CLOEXEC);
    run.error = memfd_create("error", MFD_CLOEXEC);
    if (run.failing == MAP_FAILED || run.out < 0 || run.error < 0) {
        abort();
    }
    perform(&run, 0, false);
    whole = run;
    run.bytes = NULL;
    for (;;) {
        perform(&run, ++nth, for_ever);
        if (!run.failing->struck || nth == RUNS_MAX) {
            break;
        }
        wrong += is_right(&run, &whole) ? 0 : 1;
    }
    right = is_whole(&run, &whole) && nth > 2 && nth < RUNS_MAX && wrong == 0;
    (void)printf("%zu calls, %zu wrong\n", nth - 1, wrong);
    free(run.bytes);
    free(whole.bytes);
    return right ? EXIT_SUCCESS : EXIT_FAILURE;
}

int __wrap_main(int argc, char *argv[])
{
    const char *how = getenv("FAILING");

    return how == NULL ? __real_main(argc, argv) : sweep(argc, argv, strcmp(how, "ever") == 0);
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
