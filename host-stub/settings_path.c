/*
 * settings_path.c - the path of the settings if neither --settings nor --set is given.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* lstat */

#include "settings_path.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Not configure's sysconfdir: administrators look here, whatever prefix was configured. */
#define SETTINGS_SYSTEM_FOLDER "/etc"

/* Whether the path exists, or cannot be checked for a reason other than its absence. */
static bool settings_path_is(char *path, size_t size, const char *folder, const char *below,
                             const char *id)
{
    const int length = snprintf(path, size, "%s%s/hector/%s.json", folder, below, id);
    struct stat status;

    return length > 0 && (size_t)length < size &&
           (lstat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR));
}

/*
 * The folder in an environment variable; NULL if unset. A relative path counts as unset [XDG Base
 * Directory Specification].
 */
static const char *settings_path_folder(const char *variable)
{
    const char *folder = getenv(variable);

    return folder != NULL && folder[0] == '/' ? folder : NULL;
}

int settings_path_default(const char *id, char *path, size_t size, struct message *message)
{
    const char *none = getenv("HECTOR_NO_CONFIG");
    const char *config = settings_path_folder("XDG_CONFIG_HOME");
    const char *home = settings_path_folder("HOME");
    struct stat status;
    bool found;

    if ((none != NULL && *none != '\0') || strchr(id, '/') != NULL) {
        return 0;
    }
    if (config != NULL) {
        found = settings_path_is(path, size, config, "", id);
    } else {
        found = home != NULL && settings_path_is(path, size, home, "/.config", id);
    }
    if (!found && !settings_path_is(path, size, SETTINGS_SYSTEM_FOLDER, "", id)) {
        return 0;
    }
    /* The user did not name this file: refuse one that all users may write. */
    if (stat(path, &status) == 0 && (status.st_mode & S_IWOTH) != 0) {
        return message_fail(
            message,
            "the settings file %s may be written by everybody, and says to whom the "
            "credentials go: take that right away (chmod o-w)",
            path);
    }
    return 1;
}
