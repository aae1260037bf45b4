/*
 * settings.h - the settings document: where it is, what --set changes in it, and the request with
 * it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_SETTINGS_H
#define HOST_STUB_SETTINGS_H

#include <json-c/json.h>
#include <stddef.h>

#include "arguments.h"
#include "message.h"

/*
 * Builds the document from the file `path` (NULL = empty, "-" = standard input) and the KEY=VALUE
 * items of `set`. Returns 0 and the object, which the caller releases with json_object_put(); or -1
 * with one sentence in `message`.
 */
int settings_load(const char *path, const struct argument_list *set, json_object **ret,
                  struct message *message);

/*
 * Writes the path of the settings of the integration `id` if neither --settings nor --set is given:
 * the user's file if it exists, else the machine's. The file may still be unreadable. Returns 1; 0
 * if there is none; or -1 with one sentence in `message`.
 */
int settings_default_path(const char *id, char *path, size_t size, struct message *message);

/*
 * Builds the request of a command; borrows the settings. Returns an object, whose JSON text is the
 * request and which the caller releases with json_object_put(). Without memory, json_text_lost()
 * returns true.
 */
json_object *settings_request(enum command command, const struct arguments *arguments,
                              json_object *settings);

#endif
