/*
 * settings_path.h - the path of the settings if neither --settings nor --set is given.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_SETTINGS_PATH_H
#define HOST_STUB_SETTINGS_PATH_H

#include <stddef.h>

#include "message.h"

/*
 * Writes the path of the settings of the integration `id`: the user's file if it exists, else the
 * machine's. The file may still be unreadable. Returns 1; 0 if there is none; or -1 with one
 * sentence in `message`.
 */
int settings_path_default(const char *id, char *path, size_t size, struct message *message);

#endif
