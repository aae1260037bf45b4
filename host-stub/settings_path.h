/*
 * settings_path.h - where the settings lie when neither --settings nor --set says.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_SETTINGS_PATH_H
#define HOST_STUB_SETTINGS_PATH_H

#include <stddef.h>

/*
 * Writes the path of the settings of the integration `id`: the user's own, else the machine's,
 * whichever is there first. Whether it can be read is left to the reader. Returns 1; 0 = there is
 * none; or -1 with one sentence in `message`.
 */
int settings_path_default(const char *id, char *path, size_t size, char *message,
                          size_t message_size);

#endif
