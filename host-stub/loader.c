/*
 * loader.c - finds and loads a plugin file, and returns its table of operations.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "loader.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <ltdl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "list.h"

#define LOADER_FILE "fortinet.so"

typedef const struct hector_integration *loader_entry(void);

struct loader {
    char path[PATH_MAX]; /* absolute, links resolved */
    struct stat status;
    struct message *message;
};

/* Reports what is wrong with the plugin, as the end of a sentence. */
static int loader_fail(const struct loader *loader, const char *fault)
{
    return message_fail(loader->message, "the plugin %s %s", loader->path, fault);
}

/*
 * Writes the path of the plugin that was built with this program, or else of the installed one.
 */
static void loader_default_path(char *path, size_t size)
{
    /* The second path applies if libtool put the real program into .libs. */
    static const char *const beside[] = {"/../plugin/.libs/", "/../../plugin/.libs/"};
    char self[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);

    self[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(self, '/');
    for (size_t i = 0; slash != NULL && i < LIST_COUNT(beside); i++) {
        const int written =
            snprintf(path, size, "%.*s%s%s", (int)(slash - self), self, beside[i], LOADER_FILE);

        if (written > 0 && (size_t)written < size && access(path, R_OK) == 0) {
            return;
        }
    }
    (void)snprintf(path, size, "%s/%s", HECTOR_PLUGIN_DIR, LOADER_FILE);
}

/*
 * Whether anyone on this machine can replace the file, because a folder on its path is writable by
 * all or cannot be checked. A folder with the sticky bit, such as /tmp, is safe. The owner of the
 * file is not checked: a user who names a plugin trusts its owner.
 */
static bool loader_is_exposed(const char *path)
{
    char copy[PATH_MAX], *folder = copy;
    struct stat status;

    (void)snprintf(copy, sizeof(copy), "%s", path);
    do {
        folder = dirname(folder);
        if (stat(folder, &status) != 0 || (status.st_mode & (S_IWOTH | S_ISVTX)) == S_IWOTH) {
            return true;
        }
    } while (strcmp(folder, "/") != 0);
    return false;
}

/* Checks the file before any of its code runs. */
static int loader_check_file(struct loader *loader, const char *path)
{
    char magic[4] = "";
    ssize_t got = -1;

    if (realpath(path, loader->path) == NULL || stat(loader->path, &loader->status) != 0) {
        return message_fail(loader->message, "the plugin %s cannot be found: %s", path,
                            strerror(errno));
    }
    if (!S_ISREG(loader->status.st_mode)) {
        return loader_fail(loader, "is not a regular file");
    }
    if ((loader->status.st_mode & S_IWOTH) != 0) {
        return loader_fail(loader, "may be written by everybody: refused");
    }
    if (loader_is_exposed(loader->path)) {
        return loader_fail(loader, "is in a folder that everybody may write: refused");
    }
    int descriptor = open(loader->path, O_RDONLY | O_CLOEXEC);
    if (descriptor >= 0) {
        got = read(descriptor, magic, sizeof(magic));
        (void)close(descriptor); /* read-only */
    }
    if (got < 0) {
        return message_fail(loader->message, "the plugin %s cannot be read: %s", loader->path,
                            strerror(errno));
    }
    return got == sizeof(magic) && memcmp(magic, "\177ELF", sizeof(magic)) == 0
               ? 0
               : loader_fail(loader, "is not a shared object");
}

/*
 * Finds the plugin's own entry. A look-up also searches its dependencies, whose entry is rejected.
 */
static int loader_find(const struct loader *loader, lt_dlhandle handle, loader_entry **ret)
{
    void *symbol = lt_dlsym(handle, HECTOR_INTEGRATION_SYMBOL);
    struct stat status;
    Dl_info info;

    if (symbol == NULL) {
        return loader_fail(loader, "has no entry " HECTOR_INTEGRATION_SYMBOL);
    }
    if (dladdr(symbol, &info) == 0 || stat(info.dli_fname, &status) != 0) {
        return message_fail(loader->message, "it is not known which file the entry of %s lies in",
                            loader->path);
    }
    if (status.st_dev != loader->status.st_dev || status.st_ino != loader->status.st_ino) {
        return message_fail(loader->message, "the plugin %s has no entry of its own: it lies in %s",
                            loader->path, info.dli_fname);
    }
    memcpy(ret, &symbol, sizeof(symbol)); /* ISO C has no cast from object to function pointer */
    return 0;
}

/*
 * Opens the file and finds its entry. It stays open, because libcurl and other libraries keep
 * thread-local state.
 */
static int loader_open(const struct loader *loader, loader_entry **ret)
{
    lt_dladvise advise;
    lt_dlhandle handle = NULL;

    if (lt_dlinit() != 0) {
        return message_fail(loader->message, "libltdl does not start: %s", lt_dlerror());
    }
    if (lt_dladvise_init(&advise) == 0) {
        if (lt_dladvise_local(&advise) == 0) {
            handle = lt_dlopenadvise(loader->path, advise);
        }
        (void)lt_dladvise_destroy(&advise); /* cannot fail: `advise` is valid */
    }
    if (handle != NULL) {
        return loader_find(loader, handle, ret);
    }
    /* libltdl reports "file not found" for every error, so dlopen() is called for the reason. */
    const char *reason = lt_dlerror();
    return message_fail(loader->message, "the plugin cannot be loaded: %s",
                        dlopen(loader->path, RTLD_NOW | RTLD_LOCAL) == NULL ? dlerror() : reason);
}

static int loader_check_table(const struct loader *loader, const struct hector_integration *table)
{
    if (table == NULL) {
        return loader_fail(loader, "gives no table");
    }
    if (!HECTOR_HAS(table, struct hector_integration, sync)) {
        return message_fail(loader->message,
                            "the table of the plugin %s is too short: %u of %zu bytes",
                            loader->path, (unsigned)table->struct_size, sizeof(*table));
    }
    const char *fault = table->id == NULL || table->version == NULL
                            ? "does not say its id and version"
                        : table->describe == NULL     ? "lacks the operation describe"
                        : table->validate == NULL     ? "lacks the operation validate"
                        : table->list_options == NULL ? "lacks the operation list_options"
                        : table->sync == NULL         ? "lacks the operation sync"
                                                      : NULL;
    return fault == NULL ? 0 : loader_fail(loader, fault);
}

int loader_load(const char *path, const struct hector_integration **ret, struct message *message)
{
    struct loader loader = {.message = message};
    char default_path[PATH_MAX];
    loader_entry *entry = NULL;

    if (path == NULL) {
        loader_default_path(default_path, sizeof(default_path));
        path = default_path;
    }
    if (loader_check_file(&loader, path) != 0 || loader_open(&loader, &entry) != 0) {
        return -1;
    }
    *ret = entry(); /* NOLINT(clang-analyzer-core.CallAndMessage): loader_open() has set it */
    return loader_check_table(&loader, *ret);
}
