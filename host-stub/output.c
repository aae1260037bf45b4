/*
 * output.c - standard output, or a file that gets its name only once it is complete.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "json_text.h"
#include "terminal.h"

/* A temporary file is named after the target, with this suffix and a number. */
#define OUTPUT_SUFFIX      ".hector-"
#define OUTPUT_SUFFIX_SIZE sizeof(OUTPUT_SUFFIX "00")

/* How many bytes of a path name its folder, with the slash; 0 = it names none. */
static int output_folder(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? (int)(slash - path) + 1 : 0;
}

/*
 * The target of a link, which the caller frees; NULL with errno, EINVAL or ENOENT if it is not a
 * link.
 */
static char *output_link(const char *path)
{
    char text[PATH_MAX];
    const ssize_t size = readlink(path, text, sizeof(text) - 1);
    char *target = NULL;

    if (size < 0) {
        return NULL;
    }
    text[size] = '\0';
    /* Relative to the folder of the link: */
    const int folder = text[0] == '/' ? 0 : output_folder(path);
    return asprintf(&target, "%.*s%s", folder, path, text) < 0 ? NULL : target;
}

/*
 * The path of the file to replace, which the caller frees: links are followed, also to a file that
 * does not exist yet. NULL with errno.
 */
static char *output_target(const char *path)
{
    char *at = strdup(path);

    for (int i = 0; at != NULL && i < OUTPUT_LINKS_MAX; i++) {
        char *next = output_link(at);

        if (next == NULL && (errno == EINVAL || errno == ENOENT)) {
            return at;
        }
        free(at);
        at = next;
    }
    if (at != NULL) {
        errno = ELOOP;
    }
    free(at);
    return NULL;
}

/*
 * Removes a temporary file that no run has locked, because its run crashed. Returns whether the
 * name is free now; if not, errno is the reason.
 */
static bool output_clear(const char *path)
{
    const int descriptor = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

    if (descriptor < 0) {
        return errno == ENOENT;
    }
    bool cleared = flock(descriptor, LOCK_EX | LOCK_NB) == 0 && unlink(path) == 0;
    file_abandon(descriptor);
    return cleared;
}

static void output_number(struct output *output, int number)
{
    char *place = output->temporary + strlen(output->target);

    (void)snprintf(place, OUTPUT_SUFFIX_SIZE, OUTPUT_SUFFIX "%02d", number);
}

/* Removes the temporary files of crashed runs, and selects the first free name. */
static int output_clear_all(struct output *output)
{
    int first = -1;

    for (int i = OUTPUT_TEMPORARIES_MAX - 1; i >= 0; i--) {
        output_number(output, i);
        if (output_clear(output->temporary)) {
            first = i;
        }
    }
    if (first < 0) {
        return -1;
    }
    output_number(output, first);
    return 0;
}

/* Opens a nameless file in the folder of the target. */
static int output_open_nameless(const struct output *output)
{
    char *folder = NULL;

    if (asprintf(&folder, "%.*s.", output_folder(output->target), output->target) < 0) {
        return -1;
    }
    int descriptor = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    free(folder);
    return descriptor;
}

/*
 * Opens a temporary file: nameless, so that a crash leaves nothing behind; or, if the file system
 * does not support that, with a name, which the next run removes. It is locked as long as its run
 * lives.
 */
static int output_temporary(struct output *output)
{
    if (asprintf(&output->temporary, "%s" OUTPUT_SUFFIX "00", output->target) < 0) {
        output->temporary = NULL;
        return -1;
    }
    output->nameless = true;
    if (output_clear_all(output) != 0) {
        return -1;
    }
    int descriptor = output_open_nameless(output);
    if (descriptor < 0) {
        descriptor = open(output->temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        output->nameless = descriptor < 0;
    }
    if (descriptor >= 0) {
        (void)flock(descriptor, LOCK_EX | LOCK_NB); /* without locks, no file is removed */
    }
    return descriptor;
}

/* Opens a device or a temporary file. NULL with errno. */
static FILE *output_open_file(struct output *output, const char *path)
{
    struct stat status;
    const bool there = stat(path, &status) == 0;

    if (there && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return NULL;
    }
    /* Renaming a file over a device or FIFO would remove it for the whole machine. */
    if (there && !S_ISREG(status.st_mode)) {
        return file_stream(open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY));
    }
    errno = ENOENT;
    output->target = path[0] != '\0' ? output_target(path) : NULL;
    int descriptor = output->target != NULL ? output_temporary(output) : -1;
    /* The file to replace gives its mode, and its owner if this user may set him. */
    if (descriptor >= 0 && there &&
        ((fchown(descriptor, status.st_uid, status.st_gid) != 0 && errno != EPERM) ||
         fchmod(descriptor, status.st_mode & 07777) != 0)) {
        file_abandon(descriptor);
        descriptor = -1;
    }
    return file_stream(descriptor);
}

/*
 * Whether the path is another name of a standard stream, such as /dev/stdout. Then the stream is
 * used: others may also write to its file, and a socket cannot be opened.
 */
static bool output_is_stream(const char *path, int descriptor)
{
    struct stat named, standard;

    return stat(path, &named) == 0 && fstat(descriptor, &standard) == 0 &&
           named.st_dev == standard.st_dev && named.st_ino == standard.st_ino &&
           (fcntl(descriptor, F_GETFL) & O_ACCMODE) != O_RDONLY; /* the stream is open */
}

/* The standard stream that `path` names; NULL = it is a file. */
static FILE *output_stream(const char *path)
{
    if (path == NULL || strcmp(path, "-") == 0 || output_is_stream(path, STDOUT_FILENO)) {
        return stdout;
    }
    return output_is_stream(path, STDERR_FILENO) ? stderr : NULL;
}

int output_open(struct output *output, const char *path, struct message *message)
{
    *output = (struct output){.ellipsis = "..."};
    output->stream = output_stream(path);
    if (output->stream == NULL) {
        output->stream = output_open_file(output, path);
    }
    if (output->stream != NULL) {
        const int descriptor = fileno(output->stream);

        output->terminal = isatty(descriptor) == 1;
        output->columns = output->terminal ? terminal_columns(descriptor) : 0;
        return 0;
    }
    (void)message_fail(message, "cannot write %s: %s", path, strerror(errno));
    output_release(output);
    return -1;
}

int output_status(struct output *output)
{
    if (output->error == 0 && json_text_lost()) {
        output->error = ENOMEM;
    }
    if (output->error == 0 && ferror(output->stream) != 0) {
        output->error = errno != 0 ? errno : EIO;
    }
    return output->error != 0 ? -1 : 0;
}

void output_flush(struct output *output)
{
    errno = 0;
    (void)fflush(output->stream);
    (void)output_status(output); /* copies errno, the reason, to output->error */
}

/* Gives a nameless file a name next to the target. */
static bool output_name(struct output *output)
{
    char descriptor[sizeof("/proc/self/fd/") + 16];

    (void)snprintf(descriptor, sizeof(descriptor), "/proc/self/fd/%d", fileno(output->stream));
    for (int i = 0; output->nameless && i < OUTPUT_TEMPORARIES_MAX; i++) {
        output_number(output, i);
        output->nameless =
            linkat(AT_FDCWD, descriptor, AT_FDCWD, output->temporary, AT_SYMLINK_FOLLOW) != 0;
        if (output->nameless && errno != EEXIST) {
            break;
        }
    }
    return !output->nameless;
}

void output_commit(struct output *output)
{
    output_flush(output);
    if (output->error != 0 || output->target == NULL) {
        return;
    }
    /* The data must be on the disk first: otherwise a crash could leave an empty file. */
    const bool stored = fsync(fileno(output->stream)) == 0;
    const bool named = stored && (!output->nameless || output_name(output));
    const bool closed = fclose(output->stream) == 0;

    output->stream = NULL;
    if (!stored || !named || !closed || rename(output->temporary, output->target) != 0) {
        output->error = errno;
        return;
    }
    free(output->temporary);
    output->temporary = NULL;
}

void output_release(struct output *output)
{
    if (output->stream != NULL && output->stream != stdout && output->stream != stderr) {
        (void)fclose(output->stream); /* the file is removed below */
    }
    if (output->temporary != NULL && !output->nameless) {
        (void)unlink(output->temporary);
    }
    free(output->temporary);
    free(output->target);
    *output = (struct output){0};
}
