/*
 * members.c - what is known of the members of the HA cluster, merged by serial.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "members.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "json/json_read.h"

struct fgt_member *fgt_member(struct fgt_run *run, const char *serial)
{
    for (size_t i = 0; i < run->member_count; i++) {
        if (strcmp(run->members[i].serial, serial) == 0) {
            return &run->members[i];
        }
    }
    return NULL;
}

bool fgt_is_member(const struct fgt_run *run, const char *serial)
{
    return strcmp(serial, run->answering) == 0 || fgt_member((struct fgt_run *)run, serial) != NULL;
}

bool fgt_is_foreign(const struct fgt_run *run, struct json_object *envelope)
{
    const char *serial = json_member_text(envelope, "serial");

    return serial != NULL && *serial != '\0' && !fgt_is_member(run, serial);
}

const char *fgt_stranger(const struct fgt_run *run)
{
    for (size_t i = 0; i < run->other_count; i++) {
        if (!fgt_is_member(run, run->others[i])) {
            return run->others[i];
        }
    }
    return NULL;
}

bool fgt_lists_serial(struct json_object *rows, const char *serial)
{
    for (size_t i = 0; i < json_count(rows); i++) {
        const char *listed = json_member_text(json_element(rows, i), "serial_no");

        if (listed != NULL && strcmp(listed, serial) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * Returns the role by the first key that the row has: its name varies by release, as does its type
 * (number, boolean). A secondary may lack it [recorded from a pair of 100F].
 */
static enum ha_role role_of(struct json_object *row)
{
    static const char *const keys[] = {"is_ha_primary", "primary", "master", "is_manage_primary",
                                       "is_manage_master"};

    for (size_t i = 0; i < COUNT(keys); i++) {
        if (json_member(row, keys[i]) != NULL) {
            return json_member_true(row, keys[i]) ? ROLE_PRIMARY : ROLE_SECONDARY;
        }
    }
    return ROLE_UNKNOWN;
}

/*
 * Finds or adds a member; NULL beyond IDENTITY_SERIALS_MAX, more than any cluster has: FortiOS
 * allows four.
 */
static struct fgt_member *add_member(struct fgt_run *run, const char *serial)
{
    struct fgt_member *member = fgt_member(run, serial);

    if (member == NULL && run->member_count < IDENTITY_SERIALS_MAX) {
        member = &run->members[run->member_count++];
        *member = (struct fgt_member){.vcluster = INT64_MAX};
        utf8_copy(member->serial, sizeof(member->serial), serial, strlen(serial));
    }
    return member;
}

/* Notes a member without a usable serial by its name; NULL = it has no name either. */
static void note_unusable(struct fgt_run *run, const char *name)
{
    if (name == NULL) {
        run->unnamed = true;
        return;
    }
    if (run->unusable_count == IDENTITY_SERIALS_MAX) {
        return;
    }
    for (size_t i = 0; i < run->unusable_count; i++) {
        if (strcmp(run->unusable[i], name) == 0) {
            return;
        }
    }
    utf8_copy(run->unusable[run->unusable_count++], NAME_MAX_BYTES + 1, name, strlen(name));
}

/* Notes the role of a member. With virtual clusters it has a row in each: the first one counts. */
static void note_role(struct fgt_member *member, struct json_object *row)
{
    int64_t vcluster = 0;

    (void)json_member_integer(row, "vcluster_id", &vcluster);
    if (vcluster < member->vcluster ||
        (vcluster == member->vcluster && member->role == ROLE_UNKNOWN)) {
        member->role = role_of(row);
        member->vcluster = vcluster;
    }
}

void fgt_note_self(struct fgt_run *run)
{
    struct fgt_member *self;

    if (run->serial[0] == '\0') {
        note_unusable(run, device_title(run->hostname, run->settings->origin));
        return;
    }
    self = add_member(run, run->serial);
    self->connected = true; /* analyzer: never NULL, there is room for the first member */
    memcpy(self->hostname, run->hostname, sizeof(self->hostname));
}

void fgt_note_answering(struct fgt_run *run, const char *serial)
{
    struct fgt_member *member =
        serial != NULL && device_serial_valid(serial) ? add_member(run, serial) : NULL;

    if (member != NULL) {
        member->connected = true;
    }
}

void fgt_note_member(struct fgt_run *run, struct json_object *row, unsigned named_by)
{
    const char *serial = json_member_text(row, "serial_no");
    const char *hostname = device_title(json_member_text(row, "hostname"), NULL);
    struct fgt_member *member;

    if (serial == NULL || !device_serial_valid(serial)) {
        note_unusable(run, device_title(hostname, device_title(serial, NULL)));
        return;
    }
    member = add_member(run, serial);
    if (member == NULL) {
        return;
    }
    if (hostname != NULL && member->hostname[0] == '\0') {
        secrets_copy(&run->operation->secrets, hostname, member->hostname,
                     sizeof(member->hostname));
    }
    note_role(member, row);
    member->named_by |= named_by;
    member->connected = member->connected || named_by != 0;
}

/* True if a member has this role. */
static bool has_role(const struct fgt_run *run, enum ha_role role)
{
    for (size_t i = 0; i < run->member_count; i++) {
        if (run->members[i].role == role) {
            return true;
        }
    }
    return false;
}

bool fgt_roles_known(const struct fgt_run *run)
{
    return !has_role(run, ROLE_UNKNOWN) || has_role(run, ROLE_PRIMARY);
}

/* If one member is the primary, members of unknown role are secondaries. */
static void complete_roles(struct fgt_run *run)
{
    bool known = has_role(run, ROLE_PRIMARY);

    for (size_t i = 0; i < run->member_count; i++) {
        if (known && run->members[i].role == ROLE_UNKNOWN) {
            run->members[i].role = ROLE_SECONDARY;
        }
    }
}

bool fgt_hostnames_known(const struct fgt_run *run)
{
    for (size_t i = 0; i < run->member_count; i++) {
        if (run->members[i].hostname[0] == '\0') {
            return false;
        }
    }
    return true;
}

/* Returns the HA mode, static: "a-p" in the configuration is "active-passive" elsewhere. */
static const char *mode_of(const char *mode)
{
    if (mode == NULL || *mode == '\0') {
        return NULL;
    }
    return strcmp(mode, "standalone") == 0                                   ? "standalone"
           : strcmp(mode, "a-p") == 0 || strcmp(mode, "active-passive") == 0 ? "active-passive"
           : strcmp(mode, "a-a") == 0 || strcmp(mode, "active-active") == 0  ? "active-active"
                                                                             : "cluster";
}

void fgt_note_mode(struct fgt_run *run, const char *mode, const char *group)
{
    run->ha_mode = mode_of(mode);
    if (group != NULL && run->cluster[0] == '\0') {
        utf8_copy(run->cluster, sizeof(run->cluster), group, strlen(group));
    }
}

void fgt_note_members_unread(struct fgt_run *run, const struct failure *why)
{
    if (why->cause != 0 && why->cause != HECTOR_PERMISSION && run->members_unread.cause == 0) {
        run->members_unread = *why;
    }
}

static int compare_serials(const void *a, const void *b)
{
    return strcmp(a, b);
}

void fgt_members_end(struct fgt_run *run)
{
    char serials[IDENTITY_SERIALS_MAX][SERIAL_MAX + 1];
    size_t size = 0;

    complete_roles(run);
    for (size_t i = 0; i < run->member_count; i++) {
        memcpy(serials[i], run->members[i].serial, sizeof(serials[i]));
    }
    qsort(serials, run->member_count, sizeof(serials[0]), compare_serials);
    for (size_t i = 0; i < run->member_count; i++) {
        size += (size_t)snprintf(run->serials + size, sizeof(run->serials) - size, "%s%s",
                                 i > 0 ? ", " : "", serials[i]);
    }
    if (run->scope[0] == '\0') {
        (void)snprintf(run->scope, sizeof(run->scope), "gate:%.*s", ADDRESS_TEXT_MAX - 1,
                       run->member_count > 0 ? serials[0] : run->settings->origin);
    }
}
