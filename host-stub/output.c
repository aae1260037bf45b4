/*
 * output.c - standard output, or a file that appears under its name only when it is complete.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* mkostemp */

#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json_text.h"

/*
 * The file that is replaced at the end: the one a link points to, not the link. A device or a
 * folder is refused: renaming over /dev/null would take it from the whole machine.
 */
static char *output_target(const char *path)
{
    char *target = realpath(path, NULL);
    struct stat status;

    if (target == NULL)
        return errno == ENOENT && path[0] != '\0' ? strdup(path) : NULL;
    if (stat(target, &status) == 0 && !S_ISREG(status.st_mode)) {
        free(target);
        errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
        return NULL;
    }
    return target;
}

static int output_open_file(struct output *output, const char *path)
{
    static const char suffix[] = ".XXXXXX";
    size_t size;
    int descriptor;

    output->target = output_target(path);
    if (output->target == NULL)
        return -1;
    size = strlen(output->target);
    output->temporary = malloc(size + sizeof(suffix));
    if (output->temporary == NULL)
        return -1;
    memcpy(output->temporary, output->target, size);
    memcpy(output->temporary + size, suffix, sizeof(suffix));
    descriptor = mkostemp(output->temporary, O_CLOEXEC); /* mode 0600 */
    if (descriptor < 0) {
        free(output->temporary);
        output->temporary = NULL;
        return -1;
    }
    output->stream = fdopen(descriptor, "w");
    if (output->stream == NULL)
        (void)close(descriptor); /* nothing was written */
    return output->stream == NULL ? -1 : 0;
}

int output_open(struct output *output, const char *path, char *message, size_t message_size)
{
    *output = (struct output){0};
    if (path == NULL) {
        output->stream = stdout;
        output->terminal = isatty(STDOUT_FILENO) == 1;
        return 0;
    }
    if (output_open_file(output, path) == 0)
        return 0;
    (void)snprintf(message, message_size, "cannot write %s: %s", path,
                   errno == EINVAL ? "it is no regular file" : strerror(errno));
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

/* The bytes must be on the disk before the name is: else a crash leaves an empty file under it. */
static int output_rename(struct output *output)
{
    const bool stored = fsync(fileno(output->stream)) == 0;
    const bool closed = fclose(output->stream) == 0;

    output->stream = NULL;
    if (!stored || !closed || rename(output->temporary, output->target) != 0) {
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
    if (output->target != NULL && output->stream != NULL)
        (void)fclose(output->stream); /* the file goes away below */
    if (output->temporary != NULL)
        (void)unlink(output->temporary);
    free(output->temporary);
    free(output->target);
    *output = (struct output){0};
}
