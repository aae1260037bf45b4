/*
 * loader.h - finds and loads a plugin file, and returns its table of operations. A loaded plugin
 * stays loaded.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_LOADER_H
#define HOST_STUB_LOADER_H

#include "hector/integration.h"
#include "message.h"

/*
 * Loads the file and checks its table; path NULL is the plugin that was built with this program, or
 * else the installed one. Returns 0 and the table, which is static; or -1 with the exact reason as
 * one sentence in `message`. Not thread-safe, as libltdl is not.
 */
int loader_load(const char *path, const struct hector_integration **ret, struct message *message);

#endif
