/*
 * unknown_keys.h - settings that this version does not know, and what they may be misspelling.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNKNOWN_KEYS_H
#define UNKNOWN_KEYS_H

#include "settings.h"

/*
 * Calls `unknown` for each key of the settings document that this version does not know. `meant` is
 * the key that it may be a misspelling of; NULL = none. Returns the first code of `unknown` that is
 * not OK, without further calls, else `code`, the result of settings_read(). Also works if that
 * failed: a misspelt key may be the reason.
 */
int32_t settings_unknown_keys(const struct settings *settings, int32_t code,
                              int32_t (*unknown)(void *context, const char *key, const char *meant),
                              void *context);
#endif
