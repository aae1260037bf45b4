/*
 * plugin_path.h - where the plugin lies when --plugin does not say.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_PLUGIN_PATH_H
#define HOST_STUB_PLUGIN_PATH_H

#include <stddef.h>

/* Writes the path: in the build tree the plugin built beside this program, else the installed one.
 */
void plugin_path_default(char *path, size_t size);

#endif
