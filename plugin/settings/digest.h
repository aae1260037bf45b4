/*
 * digest.h - digests of the settings that affect a sync.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef DIGEST_H
#define DIGEST_H

#include "settings.h"

/*
 * Writes "sha256:..." over all settings that affect the result of a sync, in one canonical form;
 * never over a secret.
 */
int32_t settings_digest(struct operation *operation, const struct settings *settings,
                        char ret[static 72], struct failure *failure);

/*
 * Writes the same digest over what determines which units a system lists, and nothing else: the
 * kind of system found, and the settings adoms and include, as far as they apply to it. The address
 * is excluded, and so are the device types, since scopes and coverages are by type.
 */
int32_t settings_listing_digest(struct operation *operation, const struct settings *settings,
                                const char *system, char ret[static 72], struct failure *failure);
#endif
