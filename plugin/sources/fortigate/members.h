/*
 * members.h - what is known of the members of the HA cluster, merged by serial.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The functions fill the members in struct fgt_run; all texts are copied. Rows are those of csf's
 * ha_list, ha-peer and ha-checksums, which name a unit by `serial_no`.
 */
#ifndef FGT_MEMBERS_H
#define FGT_MEMBERS_H

#include <json-c/json.h>

#include "run.h"

/* Returns the member with this serial; NULL = none. */
struct fgt_member *fgt_member(struct fgt_run *run, const char *serial);

/* True for the unit that answered first and for each known member of its cluster. */
bool fgt_is_member(const struct fgt_run *run, const char *serial);

/* True if an envelope names the serial of a unit that is no member. */
bool fgt_is_foreign(const struct fgt_run *run, struct json_object *envelope);

/* Returns the serial of a unit that answered but is no member, borrowed from `run`; NULL = none. */
const char *fgt_stranger(const struct fgt_run *run);

/* True if one of the rows has this serial. */
bool fgt_lists_serial(struct json_object *rows, const char *serial);

/* Adds the FortiGate itself as the first member. */
void fgt_note_self(struct fgt_run *run);

/* Adds the unit that has answered as a connected member; ignores an unusable serial, and NULL. */
void fgt_note_answering(struct fgt_run *run, const char *serial);

/*
 * Adds or completes the member of a row. `named_by`: the enum living of a call that lists connected
 * members only, or 0.
 */
void fgt_note_member(struct fgt_run *run, struct json_object *row, unsigned named_by);

/* True if the role of every member is known or follows from that of the primary. */
bool fgt_roles_known(const struct fgt_run *run);

/* True if every member has a hostname of its own. */
bool fgt_hostnames_known(const struct fgt_run *run);

/* Sets the HA mode, and the name of the cluster unless it is known; NULL = not reported. */
void fgt_note_mode(struct fgt_run *run, const char *mode, const char *group);

/*
 * Keeps the first reason why the members are unknown; `why->cause` 0 = none. A missing right is not
 * kept: fgt_cluster_read() sets it if there is no other reason.
 */
void fgt_note_members_unread(struct fgt_run *run, const struct failure *why);

/* Completes the roles and joins the serials; sets `run->scope` unless it is known. */
void fgt_members_end(struct fgt_run *run);
#endif
