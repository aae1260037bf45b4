/*
 * plugin_path.c - the path of the plugin if --plugin does not give one.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* readlink */

#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include "plugin_path.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "list.h"

#define PLUGIN_FILE "fortinet.so"

/*
 * Writes the folder of this program, without a slash at the end. Returns false if the system does
 * not report it.
 */
static bool plugin_path_self(char *folder, size_t size)
{
    const ssize_t length = readlink("/proc/self/exe", folder, size - 1);
    char *slash;

    if (length <= 0) {
        return false;
    }
    folder[length] = '\0';
    slash = strrchr(folder, '/');
    if (slash == NULL) {
        return false;
    }
    *slash = '\0';
    return true;
}

void plugin_path_default(char *path, size_t size)
{
    /* The second path applies if libtool put the real program into .libs. */
    static const char *const beside[] = {"/../plugin/.libs/", "/../../plugin/.libs/"};
    char folder[PATH_MAX];

    if (plugin_path_self(folder, sizeof(folder))) {
        for (size_t i = 0; i < LIST_COUNT(beside); i++) {
            const int length = snprintf(path, size, "%s%s%s", folder, beside[i], PLUGIN_FILE);

            if (length > 0 && (size_t)length < size && access(path, R_OK) == 0) {
                return;
            }
        }
    }
    (void)snprintf(path, size, "%s/%s", HECTOR_PLUGIN_DIR, PLUGIN_FILE);
}
