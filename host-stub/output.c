/*
 * output.c - standard output, or a file that appears under its name only when it is complete.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* mkostemp, O_TMPFILE, asprintf */

#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json_text.h"

static char *output_target(const char *path);

/* Where a link leads that has no file yet; NULL with errno. */
static char *output_link_target(const char *path)
{
    char text[PATH_MAX], *folder, *target = NULL;
    const ssize_t size = readlink(path, text, sizeof(text) - 1);
    const char *slash = strrchr(path, '/');

    if (size < 0)
        return errno == EINVAL || errno == ENOENT ? strdup(path) : NULL; /* it is no link */
    text[size] = '\0';
    if (text[0] == '/' || slash == NULL)
        return output_target(text);
    folder = strndup(path, (size_t)(slash - path) + 1);
    if (folder != NULL && asprintf(&target, "%s%s", folder, text) < 0)
        target = NULL;
    free(folder);
    if (target != NULL) {
        char *end = output_target(target);

        free(target);
        target = end;
    }
    return target;
}

/* The file that is replaced at the end: the one a link points to, not the link. */
static char *output_target(const char *path)
{
    char *target = realpath(path, NULL);

    if (target != NULL || errno != ENOENT || path[0] == '\0')
        return target;
    return output_link_target(path);
}

/*
 * What is no regular file, such as /dev/stdout or a FIFO, is written straight: a name put in its
 * place would take the device from the whole machine.
 */
static int output_open_device(struct output *output, const char *path)
{
    const int descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);

    output->stream = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    if (descriptor >= 0 && output->stream == NULL)
        (void)close(descriptor); /* nothing was written */
    output->terminal = output->stream != NULL && isatty(descriptor) == 1;
    return output->stream != NULL ? 0 : -1;
}

/*
 * A file without a name, which a crash does not leave behind; where the file system has none such,
 * one with a name of its own.
 */
static int output_temporary(struct output *output)
{
    static const char suffix[] = ".XXXXXX";
    const size_t size = strlen(output->target);
    char *slash;
    int descriptor;

    output->temporary = malloc(size + sizeof(suffix));
    if (output->temporary == NULL)
        return -1;
    memcpy(output->temporary, output->target, size + 1);
    slash = strrchr(output->temporary, '/');
    if (slash != NULL)
        slash[1] = '\0';
    descriptor =
        open(slash != NULL ? output->temporary : ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    output->nameless = descriptor >= 0;
    memcpy(output->temporary, output->target, size);
    memcpy(output->temporary + size, suffix, sizeof(suffix));
    return output->nameless ? descriptor : mkostemp(output->temporary, O_CLOEXEC); /* mode 0600 */
}

/* The mode and the owner of the file that is replaced; an owner that we may not give stays ours. */
static int output_keep_mode(int descriptor, const struct stat *status)
{
    if (fchown(descriptor, status->st_uid, status->st_gid) != 0 && errno != EPERM)
        return -1;
    return fchmod(descriptor, status->st_mode & 07777);
}

static int output_open_file(struct output *output, const char *path)
{
    struct stat status;
    bool there;
    int descriptor;

    there = stat(path, &status) == 0;
    if (there && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    if (there && !S_ISREG(status.st_mode))
        return output_open_device(output, path);
    output->target = output_target(path);
    if (output->target == NULL)
        return -1;
    descriptor = output_temporary(output);
    if (descriptor < 0) {
        free(output->temporary);
        output->temporary = NULL;
        return -1;
    }
    if (!there || output_keep_mode(descriptor, &status) == 0)
        output->stream = fdopen(descriptor, "w");
    if (output->stream == NULL)
        (void)close(descriptor); /* nothing was written */
    return output->stream == NULL ? -1 : 0;
}

int output_open(struct output *output, const char *path, char *message, size_t message_size)
{
    *output = (struct output){0};
    if (path == NULL || strcmp(path, "-") == 0) {
        output->stream = stdout;
        output->terminal = isatty(STDOUT_FILENO) == 1;
        return 0;
    }
    if (output_open_file(output, path) == 0)
        return 0;
    (void)snprintf(message, message_size, "cannot write %s: %s", path, strerror(errno));
    output_release(output);
    return -1;
}

int output_status(struct output *output)
{
    if (output->error == 0 && json_text_lost())
        output->error = ENOMEM;
    if (output->error == 0 && ferror(output->stream) != 0)
        output->error = errno != 0 ? errno : EIO;
    return output->error != 0 ? -1 : 0;
}

int output_flush(struct output *output)
{
    errno = 0;
    (void)fflush(output->stream); /* ferror() keeps it */
    return output_status(output);
}

/* Gives a file without a name one of its own, beside the target. */
static bool output_name(struct output *output)
{
    char descriptor[sizeof("/proc/self/fd/") + 16];
    char *place = output->temporary + strlen(output->temporary) - 6;

    (void)snprintf(descriptor, sizeof(descriptor), "/proc/self/fd/%d", fileno(output->stream));
    for (unsigned i = 0; i < 1000; i++) {
        (void)snprintf(place, 7, "%06u", ((unsigned)getpid() + i) % 1000000);
        if (linkat(AT_FDCWD, descriptor, AT_FDCWD, output->temporary, AT_SYMLINK_FOLLOW) == 0) {
            output->nameless = false;
            return true;
        }
        if (errno != EEXIST)
            return false;
    }
    return false;
}

/* The bytes must be on the disk before the name is: else a crash leaves an empty file under it. */
static int output_rename(struct output *output)
{
    const bool stored = fsync(fileno(output->stream)) == 0;
    const bool named = !output->nameless || (stored && output_name(output));
    const bool closed = fclose(output->stream) == 0;

    output->stream = NULL;
    if (!stored || !named || !closed || rename(output->temporary, output->target) != 0) {
        output->error = errno;
        return -1;
    }
    free(output->temporary);
    output->temporary = NULL;
    return 0;
}

int output_commit(struct output *output)
{
    if (output_flush(output) != 0)
        return -1;
    return output->target == NULL ? 0 : output_rename(output);
}

void output_release(struct output *output)
{
    if (output->stream != NULL && output->stream != stdout)
        (void)fclose(output->stream); /* a file goes away below */
    if (output->temporary != NULL && !output->nameless)
        (void)unlink(output->temporary);
    free(output->temporary);
    free(output->target);
    *output = (struct output){0};
}
