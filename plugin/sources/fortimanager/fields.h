/*
 * fields.h - which members of FortiManager's rows are asked for, and by which attribute.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The one place that says so. Always: identity, classification, connection and membership. Beyond
 * that only what a ticked attribute needs.
 */
#ifndef FIELDS_H
#define FIELDS_H

#include "base/buffer.h"
#include "settings/settings.h"

/* What FortiManager's version decides about fields. */
struct fmg_version {
    int major, minor, patch; /* major 0 = unknown */
};

bool fmg_version_at_least(const struct fmg_version *version, int major, int minor, int patch);

/* Whether a switch cannot be renamed: FortiOS 7.4.0, where it can, needs a FortiManager as new. */
bool fmg_ids_are_serials(const struct fmg_version *version);

/* Each appends a JSON array of field names. */
void fields_device(const struct settings *settings, bool need_managed_sn, struct buffer *out);
void fields_switch(const struct fmg_version *version, struct buffer *out);
void fields_access_point(struct buffer *out);
#endif
