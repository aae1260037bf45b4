/*
 * unknown_keys.h - settings that this version does not know, and what they may be misspelling.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNKNOWN_KEYS_H
#define UNKNOWN_KEYS_H

#include "settings.h"

/* Reports an unknown key. `meant` is the key that it may be a misspelling of; NULL = none. */
typedef int32_t settings_unknown_key(void *context, const char *key, const char *meant,
                                     struct failure *failure);

/*
 * Calls `unknown` for each key of the settings document that this version does not know. Returns
 * the first code of `unknown` that is not OK, without further calls, else `code`, the result of
 * settings_read(). Also works if that failed: a misspelt key may be the reason.
 */
int32_t settings_unknown_keys(const struct settings *settings, int32_t code,
                              settings_unknown_key *unknown, void *context,
                              struct failure *failure);
#endif
