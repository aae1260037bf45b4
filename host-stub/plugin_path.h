/*
 * plugin_path.h - the path of the plugin if --plugin does not give one.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_PLUGIN_PATH_H
#define HOST_STUB_PLUGIN_PATH_H

#include <stddef.h>

/*
 * Writes the default path: inside the build tree, that of the plugin built with this program; else
 * that of the installed one.
 */
void plugin_path_default(char *path, size_t size);

#endif
