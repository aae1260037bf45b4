/*
 * digest.h - digests of the settings that affect a sync.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef DIGEST_H
#define DIGEST_H

#include "settings.h"

/*
 * Writes "sha256:..." over settings in one canonical form; never over a secret. CHOICE_NONE: over
 * all settings that affect the result of a sync. Else over what determines which units a system of
 * this kind lists, and nothing else: the kind, and the settings of DIGEST_LISTING, as far as they
 * apply to it. The address is excluded then, and so are the device types, since scopes and
 * coverages are by type.
 */
int32_t settings_digest(struct operation *operation, const struct settings *settings,
                        enum choice system, char ret[static 72], struct failure *failure);
#endif
