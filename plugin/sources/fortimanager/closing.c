/*
 * closing.c - whether everything that a run has read is one snapshot of the FortiManager.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "closing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device_database.h"
#include "devices.h"
#include "envelope.h"
#include "serial_search.h"
#include "system.h"
#include "table.h"
#include "unit_list_counters.h"
#include "unit_list_reading.h"
#include "unit_lists.h"
#include "json/json_read.h"

#define COUNT_OPTION "\"option\":[\"count\"]"

/* Only name, serial, VDOMs and ADOM: a whole row contains secrets. */
#define ROW_FIELDS "[\"name\",\"sn\"]"
#define ROW_REST   "\"sub fetch\":{\"vdom\":{\"fields\":[\"name\"]}},\"option\":[\"extra info\"]"

/* What a param of the closing request asks for. */
enum subject { SUBJECT_ADOMS, SUBJECT_READING, SUBJECT_EMPTY, SUBJECT_FGT };

struct closing {
    struct unit_lists *unit_lists;
    struct fmg_run *run;
    bool last;          /* last pass: what differs now is incomplete */
    const char *table;  /* ADOM whose device table is being read; NULL = the table of all ADOMs */
    struct strmap oids; /* ADOMs of the run by oid; values: numbers in the topology */

    /* the request being built */
    struct rpc_param params[CLOSING_URLS_MAX];
    struct buffer urls[CLOSING_URLS_MAX], rests[CLOSING_URLS_MAX];
    enum subject subjects[CLOSING_URLS_MAX];
    size_t numbers[CLOSING_URLS_MAX]; /* index in readings, ADOMs or gates, by subject */
    size_t count, left;               /* params; bytes left for their `rests` */
};

/* ---- what has changed */

static int32_t fail_changed(struct closing *closing, const char *scope, const char *what,
                            struct failure *failure)
{
    struct fmg_run *run = closing->run;
    struct failure why;

    (void)fail(run->operation, &why, REASON_changed_meanwhile, NULL,
               ARGUMENTS(what, run->settings->origin));
    return fmg_scope_fail(run, scope, &why, failure);
}

/* Marks an ADOM to be read again or, in the last pass, as incomplete. */
static int32_t note_changed(struct closing *closing, struct adom *adom, struct failure *failure)
{
    if (!adom->wanted || adom->outside) {
        return HECTOR_OK;
    }
    if (closing->last) {
        return fail_changed(closing, adom->scope, adom->name, failure);
    }
    adom->changed = true;
    adom->empty = false;
    return HECTOR_OK;
}

/* Marks the devices in no ADOM to be read again or, in the last pass, as incomplete. */
static int32_t note_none_changed(struct closing *closing, struct failure *failure)
{
    if (!closing->run->all_read) {
        return HECTOR_OK; /* not a scope of this run */
    }
    if (closing->last) {
        return fail_changed(
            closing, SCOPE_NONE,
            message_template(closing->run->operation->wording.language, LABEL_label_no_adom),
            failure);
    }
    closing->run->none_changed = true;
    return HECTOR_OK;
}

/* Calls note_changed() for each ADOM of a device, or note_none_changed() if it has none. */
static int32_t note_fgt_changed(struct closing *closing, const struct fgt *fgt,
                                struct failure *failure)
{
    struct topology *topology = &closing->run->topology;
    int32_t code = HECTOR_OK;

    if (fgt->first_adom == STRMAP_NONE) {
        return note_none_changed(closing, failure);
    }
    for (uint32_t i = fgt->first_adom; code == HECTOR_OK && i != STRMAP_NONE;
         i = topology->memberships[i].next) {
        code = note_changed(closing, &topology->adoms[topology->memberships[i].adom], failure);
    }
    return code;
}

/*
 * Whether a row is the device that was read: same oid, and its serial or that of a cluster member.
 */
static bool is_same(const struct fgt *fgt, struct json_object *row)
{
    const char *sn = json_member_text(row, "sn");
    int64_t oid = 0;

    if (json_member_integer(row, "oid", &oid) && oid > 0 && fgt->oid > 0 && oid != fgt->oid) {
        return false;
    }
    return sn == NULL || fgt->sn == NULL || strcmp(sn, fgt->sn) == 0 || fmg_fgt_has_serial(fgt, sn);
}

/* ---- the ADOM table */

/*
 * The device of an ADOM with the oid of `member`, whose name arrived damaged. NULL if there is
 * none.
 */
static struct fgt *find_fgt_by_oid(const struct topology *topology, const struct adom *adom,
                                   struct json_object *member)
{
    int64_t oid = 0;

    if (!json_member_integer(member, "oid", &oid) || oid <= 0) {
        return NULL;
    }
    for (size_t i = 0; i < adom->fgt_count; i++) {
        if (topology->fgts[adom->fgts[i]].oid == oid) {
            return &topology->fgts[adom->fgts[i]];
        }
    }
    return NULL;
}

static int32_t compare_member(struct closing *closing, const char *adom_name,
                              struct json_object *member, struct failure *failure)
{
    struct fmg_run *run = closing->run;
    const char *name = json_member_text(member, "name");
    struct adom *adom = fmg_topology_find_adom(&run->topology, adom_name);
    struct fgt *fgt = name != NULL ? fmg_topology_find_fgt(&run->topology, name) : NULL;
    bool changed;
    int32_t code;

    if (name != NULL && fmg_name_damaged(name) && fgt == NULL) {
        fgt = find_fgt_by_oid(&run->topology, adom, member);
        if (fgt != NULL && is_same(fgt, member)) {
            fmg_topology_membership(&run->topology, fgt, adom)->snapshot = run->snapshot;
            return HECTOR_OK;
        }
    }
    changed = fgt == NULL || fmg_topology_membership(&run->topology, fgt, adom) == NULL ||
              !is_same(fgt, member);
    code = fmg_adom_member(run, adom_name, member, failure);
    if (code == HECTOR_OK && changed && name != NULL) {
        fgt = fmg_topology_find_fgt(&run->topology, name);
        code = fgt != NULL ? note_fgt_changed(closing, fgt, failure) : HECTOR_OK;
    }
    return code;
}

/* Removes members that the previous ADOM table listed and this one does not. */
static int32_t find_gone_members(struct closing *closing, size_t number, struct failure *failure)
{
    struct topology *topology = &closing->run->topology;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < topology->adoms[number].fgt_count;) {
        struct fgt *fgt = &topology->fgts[topology->adoms[number].fgts[i]];
        struct adom *adom = &topology->adoms[number];
        uint32_t seen = fmg_topology_membership(topology, fgt, adom)->snapshot;

        if (seen == 0 || seen == closing->run->snapshot) {
            i++;
            continue;
        }
        fmg_topology_leave(topology, fgt, adom);
        code = note_changed(closing, adom, failure);
        if (code == HECTOR_OK && fgt->first_adom == STRMAP_NONE) {
            code = note_none_changed(closing, failure);
        }
    }
    return code;
}

/* The number of the ADOM that had this oid when it was read, or STRMAP_NONE. */
static uint32_t find_oid(const struct closing *closing, int64_t oid)
{
    char key[24];
    const uint32_t *at;

    (void)snprintf(key, sizeof(key), "%" PRId64, oid);
    at = oid > 0 ? strmap_find(&closing->oids, key) : NULL;
    return at != NULL ? *at : STRMAP_NONE;
}

/* Adds an ADOM that is new or has a new name: it is read as if it had changed. */
static int32_t take_new_adom(struct closing *closing, const char *name, int64_t oid,
                             struct failure *failure)
{
    struct fmg_run *run = closing->run;
    struct adom *adom = fmg_topology_adom(&run->topology, name);

    bool was_read;

    if (adom == NULL) {
        return fail_memory(run->operation, failure);
    }
    /* Read before the table listed it: its name was damaged, or the settings name it. */
    was_read = !adom->listed && adom->oid == 0 && (adom->fgt_count > 0 || adom->empty);
    adom->wanted = fmg_adom_wanted(run->settings, name);
    adom->listed = true;
    adom->oid = oid;
    return was_read ? HECTOR_OK : note_changed(closing, adom, failure);
}

static int32_t compare_adom(struct closing *closing, struct json_object *row,
                            struct failure *failure)
{
    struct fmg_run *run = closing->run;
    struct topology *topology = &run->topology;
    struct json_object *devices;
    struct adom *adom;
    const char *name;
    int64_t oid = 0;
    uint32_t number;
    int32_t code = HECTOR_OK;

    (void)json_member_integer(row, "oid", &oid);
    number = find_oid(closing, oid);
    if (!fmg_adom_row(row, &name, &devices)) {
        return fmg_envelope_invalid(&run->rpc, ADOM_TABLE, "an ADOM without a usable name",
                                    failure);
    }
    if (fmg_name_damaged(name) && number != STRMAP_NONE) {
        name = topology->adoms[number].name; /* the name was undamaged before */
    }
    if (fmg_name_damaged(name)) {
        return HECTOR_OK; /* damaged at the beginning as well; if not, its ADOM is missing now */
    }
    adom = fmg_topology_find_adom(topology, name);
    if (adom == NULL || !adom->listed ||
        (number != STRMAP_NONE && number != (uint32_t)(adom - topology->adoms)) ||
        (adom->oid > 0 && oid > 0 && adom->oid != oid)) {
        code = take_new_adom(closing, name, oid, failure);
    }
    if (code != HECTOR_OK) {
        return code;
    }
    adom = fmg_topology_find_adom(topology, name);
    adom->snapshot = run->snapshot;
    adom->named = adom->named || devices != NULL;
    code = fmg_adom_flags(row, adom) ? note_changed(closing, adom, failure) : HECTOR_OK;
    for (size_t i = 0; code == HECTOR_OK && i < json_count(devices); i++) {
        code = compare_member(closing, name, json_element(devices, i), failure);
    }
    return code;
}

/* Finds ADOMs that are no longer listed: renamed, removed, or hidden from the account. */
static int32_t find_gone_adoms(struct closing *closing, struct failure *failure)
{
    struct fmg_run *run = closing->run;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adom_count; i++) {
        struct adom *adom = &run->topology.adoms[i];

        if (adom->listed && adom->snapshot != run->snapshot) {
            bool is_fgt = adom->wanted && !adom->outside;

            adom->listed = false;
            adom->changed = false;
            code = is_fgt ? fail_changed(closing, adom->scope, adom->name, failure) : HECTOR_OK;
            run->topology.adoms[i].wanted = false; /* no more requests for it */
        } else if (run->members_known) {
            code = find_gone_members(closing, i, failure);
        }
    }
    return code;
}

static int32_t take_adoms(struct closing *closing, const struct rpc_param *param,
                          struct failure *failure)
{
    int32_t code = HECTOR_OK;

    if (param->code != RPC_OK) {
        return fmg_rpc_fail(&closing->run->rpc, param, failure);
    }
    if (json_count(param->data) == 0) { /* a FortiManager always has an ADOM */
        return fmg_envelope_invalid(&closing->run->rpc, ADOM_TABLE, "no ADOM", failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < json_count(param->data); i++) {
        code = compare_adom(closing, json_element(param->data, i), failure);
    }
    return code == HECTOR_OK ? find_gone_adoms(closing, failure) : code;
}

/* ---- rows of devices */

/* The ADOM that a row of a device or VDOM names; NULL if none. */
static const char *named_adom(struct json_object *row)
{
    return json_member_text(json_member_object(row, "extra info"), "adom");
}

/* Whether a row has the VDOMs that were read, each in the same ADOM. */
static bool has_same_vdoms(const struct topology *topology, const struct fgt *fgt,
                           struct json_object *vdoms)
{
    size_t count = 0;

    for (uint32_t v = fgt->first_vdom; v != STRMAP_NONE; v = topology->vdoms[v].next) {
        const struct fmg_vdom *vdom = &topology->vdoms[v];
        bool found = false;

        for (size_t i = 0; !found && i < json_count(vdoms); i++) {
            struct json_object *row = json_element(vdoms, i);
            const char *name = json_member_text(row, "name");
            const char *adom = named_adom(row);

            found = name != NULL && strcmp(name, vdom->name) == 0 &&
                    (adom == NULL || vdom->adom == STRMAP_NONE ||
                     strcmp(adom, topology->adoms[vdom->adom].name) == 0);
        }
        if (!found) {
            return false;
        }
        count++;
    }
    return fgt->vdoms_damaged || count == json_count(vdoms);
}

/* Marks an ADOM as changed if a row places a device in it that was no member before. */
static int32_t compare_place(struct closing *closing, const char *name, const char *adom_name,
                             struct failure *failure)
{
    struct topology *topology = &closing->run->topology;
    struct adom *adom = adom_name != NULL ? fmg_topology_find_adom(topology, adom_name) : NULL;
    const struct fgt *fgt = fmg_topology_find_fgt(topology, name);

    if (adom == NULL) {
        return HECTOR_OK;
    }
    return fgt == NULL || fmg_topology_membership(topology, fgt, adom) == NULL
               ? note_changed(closing, adom, failure)
               : HECTOR_OK;
}

/*
 * Calls compare_place() for the ADOM whose table shows the row, the ADOM that the row names and, if
 * the VDOMs differ, the ADOMs of its VDOMs.
 */
static int32_t compare_places(struct closing *closing, const char *name, struct json_object *row,
                              bool vdoms_differ, struct failure *failure)
{
    struct json_object *vdoms = vdoms_differ ? json_member_array(row, "vdom") : NULL;
    int32_t code = compare_place(closing, name, closing->table, failure);

    if (code == HECTOR_OK) {
        code = compare_place(closing, name, named_adom(row), failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < json_count(vdoms); i++) {
        code = compare_place(closing, name, named_adom(json_element(vdoms, i)), failure);
    }
    return code;
}

/* Compares a row with what was read (a table_row, context: struct closing). */
static int32_t compare_row(void *context, struct json_object *row, struct failure *failure)
{
    struct closing *closing = context;
    struct fmg_run *run = closing->run;
    const char *name = json_member_text(row, "name");
    struct fgt *fgt = name != NULL ? fmg_topology_find_fgt(&run->topology, name) : NULL;
    bool vdoms_differ = fgt == NULL;
    int32_t code;

    if (name == NULL) {
        return HECTOR_OK;
    }
    if (fgt != NULL && fgt->is_fgt && json_member_array(row, "vdom") != NULL) {
        vdoms_differ = !has_same_vdoms(&run->topology, fgt, json_member_array(row, "vdom"));
    }
    code = compare_places(closing, name, row, vdoms_differ, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    if (fgt == NULL) {
        return note_none_changed(closing, failure);
    }
    fgt->snapshot = run->snapshot;
    return !is_same(fgt, row) || vdoms_differ ? note_fgt_changed(closing, fgt, failure) : HECTOR_OK;
}

/* Reads the device table of an ADOM, or of all ADOMs (NULL), with the fields of ROW_FIELDS only. */
static int32_t read_rows(struct closing *closing, const char *adom, table_row *take, void *context,
                         struct failure *failure)
{
    struct fmg_run *run = closing->run;
    struct buffer url = BUFFER(FMG_URL_MAX);
    struct table table = {
        .fields = ROW_FIELDS, .rest = ROW_REST, .phase = PHASE_devices, .is_part = adom != NULL};
    bool again = run->operation->again;
    int32_t code;

    if (adom != NULL) {
        fmg_adom_devices_url(adom, &url);
    } else {
        buffer_append_text(&url, "/dvmdb/device");
    }
    code = fail_buffer(run->operation, failure, &url);
    if (code == HECTOR_OK) {
        table.url = buffer_text(&url);
        run->operation->again = true;
        code = fmg_table_read(&run->rpc, &table, take, context, failure);
        run->operation->again = again;
    }
    buffer_release(&url);
    return code;
}

/* Finds devices whose rows were read and that no longer exist. */
static int32_t find_gone_devices(struct closing *closing, struct failure *failure)
{
    struct fmg_run *run = closing->run;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->topology.fgt_count; i++) {
        const struct fgt *fgt = &run->topology.fgts[i];

        if (fgt->read && fgt->snapshot != run->snapshot) {
            code = note_fgt_changed(closing, fgt, failure);
        }
    }
    return code;
}

static int32_t read_all_rows(struct closing *closing, struct failure *failure)
{
    struct fmg_run *run = closing->run;
    int32_t code = HECTOR_OK;

    if (run->all_read) {
        code = read_rows(closing, NULL, compare_row, closing, failure);
    }
    for (size_t i = 0; !run->all_read && code == HECTOR_OK && i < run->topology.adom_count; i++) {
        const struct adom *adom = &run->topology.adoms[i];

        if (adom->wanted && !adom->outside && adom->failure == NULL &&
            (adom->fgt_count > 0 || adom->empty || !run->members_known)) {
            closing->table = adom->name;
            code = read_rows(closing, adom->name, compare_row, closing, failure);
            closing->table = NULL;
        }
    }
    return code == HECTOR_OK ? find_gone_devices(closing, failure) : code;
}

/* ---- counts */

static bool is_exact(const struct unit_list_reading *reading)
{
    return !reading->superseded && reading->rows > 0 && reading->count == (int64_t)reading->rows;
}

enum reading_kind { READING_WHOLE, READING_NARROWED, READING_DATABASE, READING_KINDS };

static enum reading_kind kind_of(const struct unit_list_reading *reading)
{
    return reading->vdom != NULL      ? READING_DATABASE
           : reading->unit_list.whole ? READING_WHOLE
                                      : READING_NARROWED;
}

/*
 * What the readings show together. A server may report the count of the whole table for a part of
 * it, so the rows of all parts matter.
 */
struct tally {
    size_t *rows; /* rows read of an ADOM's table, by ADOM and type */
    bool proven[DEVICE_TYPE_COUNT][READING_KINDS];
};

static size_t *rows_of(const struct tally *tally, const struct unit_list *unit_list)
{
    return &tally->rows[(size_t)unit_list->adom * DEVICE_TYPE_COUNT + unit_list->type];
}

/*
 * Whether a reading proves that counts of its kind are reliable: its count equals its rows. A part
 * of a table must also have fewer rows than the whole table.
 */
static bool proves(const struct tally *tally, const struct unit_list_reading *reading)
{
    return is_exact(reading) && (kind_of(reading) != READING_NARROWED ||
                                 *rows_of(tally, &reading->unit_list) > reading->rows);
}

static int32_t take_tally(const struct closing *closing, struct tally *ret, struct failure *failure)
{
    const struct unit_lists *unit_lists = closing->unit_lists;

    *ret = (struct tally){.rows = calloc(closing->run->topology.adom_count * DEVICE_TYPE_COUNT + 1,
                                         sizeof(*ret->rows))};
    if (ret->rows == NULL) {
        return fail_memory(closing->run->operation, failure);
    }
    for (size_t i = 0; i < unit_lists->reading_count; i++) {
        const struct unit_list_reading *reading = &unit_lists->readings[i];

        if (!reading->superseded && reading->vdom == NULL) {
            *rows_of(ret, &reading->unit_list) += reading->rows;
        }
    }
    for (size_t i = 0; i < unit_lists->reading_count; i++) {
        const struct unit_list_reading *reading = &unit_lists->readings[i];
        bool *proven = &ret->proven[reading->unit_list.type][kind_of(reading)];

        *proven = *proven || proves(ret, reading);
    }
    return HECTOR_OK;
}

/* Whether a reading has fewer rows than are counted now. */
static bool is_short(const struct unit_list_reading *reading)
{
    return !reading->superseded && reading->count > (int64_t)reading->rows;
}

/* Whether the server reports the count of the whole table for every part of it. */
static bool all_count_the_whole(const struct unit_lists *unit_lists, const struct tally *tally,
                                const struct unit_list *unit_list)
{
    for (size_t i = 0; i < unit_lists->reading_count; i++) {
        const struct unit_list_reading *reading = &unit_lists->readings[i];

        if (!reading->superseded && kind_of(reading) == READING_NARROWED &&
            reading->unit_list.adom == unit_list->adom &&
            reading->unit_list.type == unit_list->type && reading->count != COUNT_NONE &&
            reading->count != (int64_t)*rows_of(tally, unit_list)) {
            return false;
        }
    }
    return true;
}

/*
 * Discards counts of parts for which the FortiManager ignored `scope member`: every part of the
 * table counts as much as the whole, which says nothing about a part. If only one part does, units
 * may have joined it.
 */
static void drop_wide_counts(struct unit_lists *unit_lists, const struct tally *tally)
{
    uint32_t adom = STRMAP_NONE;
    int type = -1;
    bool wide = false;

    for (size_t i = 0; i < unit_lists->reading_count; i++) {
        struct unit_list_reading *reading = &unit_lists->readings[i];

        if (!is_short(reading) || kind_of(reading) != READING_NARROWED ||
            tally->proven[reading->unit_list.type][READING_NARROWED] ||
            reading->count != (int64_t)*rows_of(tally, &reading->unit_list)) {
            continue;
        }
        /* The parts of one table are adjacent in `readings`. */
        if (reading->unit_list.adom != adom || (int)reading->unit_list.type != type) {
            adom = reading->unit_list.adom;
            type = (int)reading->unit_list.type;
            wide = all_count_the_whole(unit_lists, tally, &reading->unit_list);
        }
        reading->count = wide ? COUNT_NONE : reading->count;
    }
}

static bool is_read_again(const struct unit_list_reading *reading)
{
    return is_short(reading) || (reading->moved && !reading->superseded);
}

/*
 * Finds readings with more rows than are counted now. That is no evidence of a missing row. But if
 * counts of this kind are reliable, units have left the table since, and others may have taken
 * their places.
 */
static void find_moved(struct unit_lists *unit_lists, const struct tally *tally)
{
    for (size_t i = 0; i < unit_lists->reading_count; i++) {
        struct unit_list_reading *reading = &unit_lists->readings[i];

        reading->moved = reading->count != COUNT_NONE && reading->count < (int64_t)reading->rows &&
                         tally->proven[reading->unit_list.type][kind_of(reading)];
    }
}

static int32_t fail_short(struct closing *closing, const struct unit_list_reading *reading,
                          struct failure *failure)
{
    const struct unit_list *unit_list = &reading->unit_list;
    struct fmg_run *run = closing->run;
    struct failure why;
    char counts[64];

    (void)snprintf(counts, sizeof(counts), "%zu rows read, %" PRId64 " counted", reading->rows,
                   reading->count);
    (void)fail(run->operation, &why, REASON_table_changed, counts,
               ARGUMENTS(run->topology.adoms[unit_list->adom].name));
    return fmg_unit_lists_incomplete(closing->unit_lists, unit_list, &why, failure);
}

/*
 * Last pass: marks readings with fewer rows than a reliable count as incomplete. Differences from
 * other counts are reported as a problem.
 */
static int32_t check_counts(struct closing *closing, struct failure *failure)
{
    struct unit_lists *unit_lists = closing->unit_lists;
    struct tally tally;
    bool unproven = false;
    int32_t code = take_tally(closing, &tally, failure);

    for (size_t i = 0; code == HECTOR_OK && i < unit_lists->reading_count; i++) {
        const struct unit_list_reading *reading = &unit_lists->readings[i];
        enum reading_kind kind = kind_of(reading);

        if (!is_short(reading)) {
            continue;
        }
        if ((kind != READING_NARROWED && reading->rows == 0) ||
            tally.proven[reading->unit_list.type][kind]) {
            code = fail_short(closing, reading, failure);
        } else {
            unproven = unproven || kind != READING_NARROWED;
        }
    }
    free(tally.rows);
    return code == HECTOR_OK && unproven
               ? inventory_problem(closing->run->inventory,
                                   PROBLEM(SEVERITY_INFO, REASON_counts_differ,
                                           closing->run->settings->origin,
                                           ARGUMENTS(closing->run->settings->origin)),
                                   failure)
               : code;
}

static int64_t count_of(const struct rpc_param *param)
{
    int64_t count;

    return param->code == RPC_OK && json_integer(param->data, &count) && count >= 0 ? count
                                                                                    : COUNT_NONE;
}

/* Counts rows (a table_row, context: size_t). */
static int32_t count_row(void *context, struct json_object *row, struct failure *failure)
{
    size_t *rows = context;

    (void)row;
    (void)failure;
    ++*rows;
    return HECTOR_OK;
}

/* Reads the device table of an ADOM that reports no count. */
static int32_t read_uncounted(struct closing *closing, struct adom *adom, struct failure *failure)
{
    struct fmg_run *run = closing->run;
    struct failure why;
    size_t rows = 0;
    int32_t code = read_rows(closing, adom->name, count_row, &rows, &why);

    if (failure_ends(code, &why)) {
        *failure = why;
        return code;
    }
    if (code != HECTOR_OK) {
        return fmg_scope_fail(run, adom->scope, &why, failure);
    }
    adom->empty = rows == 0;
    return rows > 0 ? note_changed(closing, adom, failure) : HECTOR_OK;
}

/*
 * Takes the device count of an ADOM that lists no device: it is empty, outside of the account, or
 * has devices after all.
 */
static int32_t take_empty(struct closing *closing, size_t number, const struct rpc_param *param,
                          struct failure *failure)
{
    struct adom *adom = &closing->run->topology.adoms[number];
    int64_t count = count_of(param);

    if (param->code == RPC_NO_PERMISSION || param->code == RPC_NOT_FOUND) {
        if (adom->empty) { /* it was readable before */
            return fail_changed(closing, adom->scope, adom->name, failure);
        }
        adom->outside = true;
        return HECTOR_OK;
    }
    adom->empty = count == 0;
    adom->uncounted = count == COUNT_NONE;
    return count > 0 ? note_changed(closing, adom, failure) : HECTOR_OK;
}

/* ---- the request */

static int32_t take_answer(struct closing *closing, size_t i, struct failure *failure)
{
    const struct rpc_param *param = &closing->params[i];

    switch (closing->subjects[i]) {
    case SUBJECT_ADOMS: return take_adoms(closing, param, failure);
    case SUBJECT_READING:
        closing->unit_lists->readings[closing->numbers[i]].count = count_of(param);
        return HECTOR_OK;
    case SUBJECT_EMPTY: return take_empty(closing, closing->numbers[i], param, failure);
    case SUBJECT_FGT:
    default:
        if (param->code == RPC_OK && json_object_is_type(param->data, json_type_object)) {
            return compare_row(closing, param->data, failure);
        }
        /* The device is gone or renamed. */
        return note_fgt_changed(closing, &closing->run->topology.fgts[closing->numbers[i]],
                                failure);
    }
}

/*
 * Drops the ADOMs' members from the request if the answer with them was too large; returns whether
 * it did.
 */
static bool without_members(struct closing *closing, const struct failure *failure)
{
    if (closing->count == 0 || closing->subjects[0] != SUBJECT_ADOMS ||
        failure->reason != REASON_reply_too_large || !closing->run->members_known) {
        return false;
    }
    closing->run->members_known = false;
    closing->params[0] = fmg_adom_table(false);
    return true;
}

/* Repeats the request for the ADOM table if it was empty: there is always one ADOM. */
static int32_t ask_adoms_again(struct closing *closing, struct failure *failure)
{
    struct rpc_param *param = &closing->params[0];

    if (closing->subjects[0] != SUBJECT_ADOMS || param->code != RPC_OK ||
        json_count(param->data) > 0) {
        return HECTOR_OK;
    }
    closing->run->operation->repeats++;
    fmg_rpc_release(param, 1);
    return fmg_rpc_get(&closing->run->rpc, param, 1, failure);
}

/* Sends a range of the params; if there is no usable answer, in halves. */
static int32_t ask_range(struct closing *closing, size_t first, size_t count,
                         struct failure *failure)
{
    struct rpc_param *params = closing->params + first;
    int32_t code = fmg_rpc_get(&closing->run->rpc, params, count, failure);

    if (code == HECTOR_LIMIT && first == 0 && without_members(closing, failure)) {
        fmg_rpc_release(params, count);
        code = fmg_rpc_get(&closing->run->rpc, params, count, failure);
    }
    if (count > 1 &&
        (code == HECTOR_DATA || (code == HECTOR_LIMIT && !failure_ends(code, failure)))) {
        fmg_rpc_release(params, count);
        code = ask_range(closing, first, count / 2, failure);
        return code == HECTOR_OK ? ask_range(closing, first + count / 2, count - count / 2, failure)
                                 : code;
    }
    if (code == HECTOR_OK && first == 0) {
        code = ask_adoms_again(closing, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = take_answer(closing, first + i, failure);
    }
    operation_progress(closing->run->operation, PHASE_closing_queries, count, 0);
    fmg_rpc_release(params, count);
    return code;
}

static int32_t flush(struct closing *closing, struct failure *failure)
{
    int32_t code = closing->count > 0 ? ask_range(closing, 0, closing->count, failure) : HECTOR_OK;

    for (size_t i = 0; i < closing->count; i++) {
        buffer_release(&closing->urls[i]);
        buffer_release(&closing->rests[i]);
    }
    closing->count = 0;
    closing->left = REQUEST_BODY_MAX;
    return code;
}

/* Adds a param to the request. The caller fills its URL and rest, then calls added(). */
static int32_t add(struct closing *closing, enum subject subject, size_t number,
                   struct failure *failure)
{
    int32_t code = closing->count == CLOSING_URLS_MAX ? flush(closing, failure) : HECTOR_OK;
    size_t i = closing->count++;

    closing->subjects[i] = subject;
    closing->numbers[i] = number;
    closing->urls[i] = BUFFER(FMG_URL_MAX);
    closing->rests[i] = BUFFER(REQUEST_BODY_MAX);
    closing->params[i] = (struct rpc_param){0};
    return code;
}

/* Sends all params but the last, which does not fit and becomes the first of the next request. */
static int32_t make_room(struct closing *closing, struct failure *failure)
{
    size_t last = --closing->count;
    struct buffer url = closing->urls[last], rest = closing->rests[last];
    enum subject subject = closing->subjects[last];
    size_t number = closing->numbers[last];
    struct rpc_param param = closing->params[last];
    int32_t code = flush(closing, failure);

    closing->urls[0] = url;
    closing->rests[0] = rest;
    closing->subjects[0] = subject;
    closing->numbers[0] = number;
    closing->params[0] = param;
    closing->count = 1;
    return code;
}

/* Completes the param that add() began, and makes room for it if needed. */
static int32_t added(struct closing *closing, struct failure *failure)
{
    struct operation *operation = closing->run->operation;
    size_t i = closing->count - 1;
    int32_t code = fail_buffer(operation, failure, &closing->urls[i]);

    code = code == HECTOR_OK ? fail_buffer(operation, failure, &closing->rests[i]) : code;
    if (code == HECTOR_OK && closing->rests[i].size > closing->left && i > 0) {
        code = make_room(closing, failure);
        i = 0;
    }
    closing->params[i].url = buffer_text(&closing->urls[i]);
    if (closing->rests[i].size > 0) {
        closing->params[i].rest = buffer_text(&closing->rests[i]);
    }
    closing->left -=
        closing->rests[i].size < closing->left ? closing->rests[i].size : closing->left;
    return code;
}

static int32_t add_reading(struct closing *closing, size_t number, struct failure *failure)
{
    const struct unit_list_reading *reading = &closing->unit_lists->readings[number];
    const struct unit_list *unit_list = &reading->unit_list;
    int32_t code = add(closing, SUBJECT_READING, number, failure);
    size_t i = closing->count - 1;

    if (code != HECTOR_OK) {
        return code;
    }
    if (reading->vdom != NULL) {
        fmg_device_database_url(reading->fgt, reading->vdom, unit_list->type, &closing->urls[i]);
        buffer_append_text(&closing->rests[i], COUNT_OPTION);
    } else {
        fmg_unit_list_url(closing->run, unit_list, fmg_unit_list_table(unit_list->type),
                          &closing->urls[i]);
        fmg_unit_list_scope(closing->run, unit_list, COUNT_OPTION ",", &closing->rests[i]);
    }
    return added(closing, failure);
}

static int32_t add_empty(struct closing *closing, size_t number, struct failure *failure)
{
    int32_t code = add(closing, SUBJECT_EMPTY, number, failure);
    size_t i = closing->count - 1;

    if (code != HECTOR_OK) {
        return code;
    }
    fmg_adom_devices_url(closing->run->topology.adoms[number].name, &closing->urls[i]);
    buffer_append_text(&closing->rests[i], COUNT_OPTION);
    return added(closing, failure);
}

static int32_t add_fgt(struct closing *closing, size_t number, struct failure *failure)
{
    int32_t code = add(closing, SUBJECT_FGT, number, failure);
    size_t i = closing->count - 1;

    if (code != HECTOR_OK) {
        return code;
    }
    buffer_append_text(&closing->urls[i], "/dvmdb/device/");
    fmg_rpc_escape(&closing->urls[i], closing->run->topology.fgts[number].name);
    buffer_append_text(&closing->rests[i], ROW_REST);
    closing->params[i].fields = ROW_FIELDS;
    return added(closing, failure);
}

/* Whether to ask how many devices an ADOM has: this run reads it, and it lists none. */
static bool is_asked_for_count(const struct fmg_run *run, const struct adom *adom)
{
    return run->members_known && adom->listed && adom->wanted && !adom->outside &&
           adom->failure == NULL && adom->fgt_count == 0;
}

/*
 * Finds ADOMs with unit lists that were requested by names of FortiGates and VDOMs, not as a whole.
 */
static void find_narrowed(const struct unit_lists *unit_lists, bool *narrowed)
{
    const struct topology *topology = &unit_lists->run->topology;

    for (size_t i = 0; i < unit_lists->reading_count; i++) {
        const struct unit_list *unit_list = &unit_lists->readings[i].unit_list;

        if (!unit_lists->readings[i].superseded &&
            (!unit_list->whole || topology->adoms[unit_list->adom].per_device[unit_list->type])) {
            narrowed[unit_list->adom] = true;
        }
    }
}

/* Whether a FortiGate or its VDOMs are in several ADOMs. */
static bool is_in_several(const struct topology *topology, const struct fgt *fgt)
{
    uint32_t first = STRMAP_NONE;

    for (uint32_t v = fgt->first_vdom; v != STRMAP_NONE; v = topology->vdoms[v].next) {
        if (first != STRMAP_NONE && topology->vdoms[v].adom != first) {
            return true;
        }
        first = topology->vdoms[v].adom;
    }
    return fgt->first_adom != STRMAP_NONE &&
           topology->memberships[fgt->first_adom].next != STRMAP_NONE;
}

/* Finds the FortiGates whose VDOMs must be compared. `*ret_count` above `most`: there are more. */
static int32_t find_fgts(struct closing *closing, uint32_t *ret, size_t most, size_t *ret_count,
                         struct failure *failure)
{
    const struct topology *topology = &closing->run->topology;
    bool *narrowed = calloc(topology->adom_count + 1, sizeof(*narrowed));

    *ret_count = 0;
    if (narrowed == NULL) {
        return fail_memory(closing->run->operation, failure);
    }
    find_narrowed(closing->unit_lists, narrowed);
    for (size_t i = 0; i < topology->fgt_count && *ret_count <= most; i++) {
        const struct fgt *fgt = &topology->fgts[i];
        bool matters = is_in_several(topology, fgt);

        for (uint32_t m = fgt->first_adom; !matters && m != STRMAP_NONE;
             m = topology->memberships[m].next) {
            matters = narrowed[topology->memberships[m].adom];
        }
        if (fgt->is_fgt && fgt->read && matters) {
            if (*ret_count < most) {
                ret[*ret_count] = (uint32_t)i;
            }
            ++*ret_count;
        }
    }
    free(narrowed);
    return HECTOR_OK;
}

static int32_t index_oids(struct closing *closing, struct failure *failure)
{
    const struct topology *topology = &closing->run->topology;

    for (size_t i = 0; i < topology->adom_count; i++) {
        char key[24];

        (void)snprintf(key, sizeof(key), "%" PRId64, topology->adoms[i].oid);
        if (topology->adoms[i].oid > 0 && topology->adoms[i].listed &&
            strmap_put(&closing->oids, key, (uint32_t)i, NULL, NULL) == NULL) {
            return fail_memory(closing->run->operation, failure);
        }
    }
    return HECTOR_OK;
}

/* Number of queries, without those for FortiGates by name. */
static size_t count_queries(const struct closing *closing)
{
    const struct fmg_run *run = closing->run;
    size_t count = run->adoms_known ? 1 : 0;

    for (size_t i = 0; i < closing->unit_lists->reading_count; i++) {
        count += closing->unit_lists->readings[i].superseded ? 0 : 1;
    }
    for (size_t i = 0; i < run->topology.adom_count; i++) {
        count += is_asked_for_count(run, &run->topology.adoms[i]) ? 1 : 0;
    }
    return count;
}

/* Sends one closing request, in as many parts as needed, and marks what has changed. */
static int32_t ask(struct closing *closing, struct failure *failure)
{
    struct fmg_run *run = closing->run;
    uint32_t fgts[BY_NAME_MAX];
    size_t fgt_count = 0;
    bool rows = !run->members_known;
    int32_t code = index_oids(closing, failure);

    operation_progress(run->operation, PHASE_closing_queries, 0, count_queries(closing));
    run->snapshot++;
    if (code == HECTOR_OK && run->adoms_known) {
        code = add(closing, SUBJECT_ADOMS, 0, failure);
        closing->params[closing->count - 1] = fmg_adom_table(run->members_known);
    }
    for (size_t i = 0; code == HECTOR_OK && i < closing->unit_lists->reading_count; i++) {
        if (!closing->unit_lists->readings[i].superseded) {
            code = add_reading(closing, i, failure);
        }
    }
    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adom_count; i++) {
        if (is_asked_for_count(run, &run->topology.adoms[i])) {
            code = add_empty(closing, i, failure);
        }
    }
    if (code == HECTOR_OK && !rows) {
        code = find_fgts(closing, fgts, BY_NAME_MAX, &fgt_count, failure);
        rows = fgt_count > BY_NAME_MAX;
        operation_progress(run->operation, PHASE_closing_queries, 0,
                           closing->count + (rows ? 0 : fgt_count));
    }
    for (size_t i = 0; code == HECTOR_OK && !rows && i < fgt_count; i++) {
        code = add_fgt(closing, fgts[i], failure);
    }
    code = code == HECTOR_OK ? flush(closing, failure) : code;
    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adom_count; i++) {
        if (run->topology.adoms[i].uncounted) {
            run->topology.adoms[i].uncounted = false;
            code = read_uncounted(closing, &run->topology.adoms[i], failure);
        }
    }
    return code == HECTOR_OK && (rows || !run->members_known) ? read_all_rows(closing, failure)
                                                              : code;
}

/* ---- reading again */

static int32_t find_changed(struct closing *closing, bool *ret, struct failure *failure)
{
    const struct fmg_run *run = closing->run;
    struct tally tally;
    int32_t code = take_tally(closing, &tally, failure);

    *ret = run->none_changed;
    if (code != HECTOR_OK) {
        return code;
    }
    drop_wide_counts(closing->unit_lists, &tally);
    find_moved(closing->unit_lists, &tally);
    free(tally.rows);
    for (size_t i = 0; i < run->topology.adom_count; i++) {
        *ret = *ret || run->topology.adoms[i].changed;
    }
    for (size_t i = 0; i < closing->unit_lists->reading_count; i++) {
        *ret = *ret || is_read_again(&closing->unit_lists->readings[i]);
    }
    return HECTOR_OK;
}

/* What has changed at a FortiGate: a table that lists its units, or a device database. */
enum shift { SHIFT_NONE, SHIFT_DATABASE, SHIFT_TABLE };

/* Marks the FortiGates of a reading; `shifts` has one element per device of the topology. */
static void mark_shifted(const struct fmg_run *run, const struct unit_list_reading *reading,
                         enum shift *shifts)
{
    const struct topology *topology = &run->topology;
    const struct unit_list *unit_list = &reading->unit_list;
    const struct adom *adom = &topology->adoms[unit_list->adom];

    if (reading->vdom != NULL) {
        enum shift *shift = &shifts[fmg_topology_find_fgt(topology, reading->fgt) - topology->fgts];

        *shift = *shift < SHIFT_DATABASE ? SHIFT_DATABASE : *shift;
        return;
    }
    for (size_t i = 0; i < unit_list->fgt_count && unit_list->first + i < adom->fgt_count; i++) {
        shifts[adom->fgts[unit_list->first + i]] = SHIFT_TABLE;
    }
}

/*
 * Whether a changed table, of either type, lists units of a FortiGate that this unit list
 * requested.
 */
static bool is_table_shifted(const struct fmg_run *run, const struct unit_list *unit_list,
                             const enum shift *shifts)
{
    const struct adom *adom = &run->topology.adoms[unit_list->adom];

    for (size_t i = 0; i < unit_list->fgt_count && unit_list->first + i < adom->fgt_count; i++) {
        if (shifts[adom->fgts[unit_list->first + i]] == SHIFT_TABLE) {
            return true;
        }
    }
    return false;
}

/* A unit list of one FortiGate, to read its device databases and status cache again. */
static struct unit_list databases_of(const struct fmg_run *run,
                                     const struct unit_list_reading *reading)
{
    const struct adom *adom = &run->topology.adoms[reading->unit_list.adom];
    const struct fgt *fgt = fmg_topology_find_fgt(&run->topology, reading->fgt);
    struct unit_list unit_list = {.adom = reading->unit_list.adom,
                                  .type = reading->unit_list.type,
                                  .databases = true,
                                  .fgt_count = 1,
                                  .units = reading->rows};

    while (unit_list.first + 1 < adom->fgt_count &&
           &run->topology.fgts[adom->fgts[unit_list.first]] != fgt) {
        unit_list.first++;
    }
    return unit_list;
}

/* Whether both are device databases of one FortiGate. They are adjacent: one per VDOM. */
static bool is_same_fgt(const struct unit_list_reading *a, const struct unit_list_reading *b)
{
    return a->vdom != NULL && b->vdom != NULL && a->unit_list.adom == b->unit_list.adom &&
           a->unit_list.type == b->unit_list.type && strcmp(a->fgt, b->fgt) == 0;
}

/*
 * Marks readings as superseded: those of changed ADOMs and, where one list has changed, all
 * readings that list units of its FortiGates, because units of both types may have moved there
 * while as many left. Stores in `ret` the unit lists to request again; changed ADOMs are planned
 * anew instead. Returns how many there are.
 */
static size_t supersede(struct unit_lists *unit_lists, const enum shift *shifts,
                        struct unit_list *ret)
{
    const struct fmg_run *run = unit_lists->run;
    const struct topology *topology = &run->topology;
    size_t count = 0;

    for (size_t i = 0; i < unit_lists->reading_count; i++) {
        struct unit_list_reading *reading = &unit_lists->readings[i];
        bool changed = topology->adoms[reading->unit_list.adom].changed;
        bool table =
            is_table_shifted(run, &reading->unit_list, shifts); /* reads the databases as well */
        bool database =
            reading->vdom != NULL &&
            shifts[fmg_topology_find_fgt(topology, reading->fgt) - topology->fgts] != SHIFT_NONE;

        if (reading->superseded || (!changed && !table && !database)) {
            continue;
        }
        reading->superseded = true;
        if (!changed && table && reading->vdom == NULL) {
            ret[count++] = reading->unit_list;
        } else if (!changed && !table && (i == 0 || !is_same_fgt(reading - 1, reading))) {
            ret[count++] = databases_of(run, reading);
        }
    }
    return count;
}

static void find_shifted(const struct unit_lists *unit_lists, enum shift *shifts)
{
    for (size_t i = 0; i < unit_lists->reading_count; i++) {
        if (is_read_again(&unit_lists->readings[i])) {
            mark_shifted(unit_lists->run, &unit_lists->readings[i], shifts);
        }
    }
}

/*
 * Reads again the unit lists of changed ADOMs, including those that a device row has just revealed,
 * and the superseded ones.
 */
static int32_t read_unit_lists_again(struct unit_lists *unit_lists, struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    struct unit_list *again = calloc(unit_lists->reading_count + 1, sizeof(*again));
    enum shift *shifts = calloc(run->topology.fgt_count + 1, sizeof(*shifts));
    int32_t code = HECTOR_OK;

    if (again == NULL || shifts == NULL) {
        code = fail_memory(run->operation, failure);
    } else {
        size_t count;

        find_shifted(unit_lists, shifts);
        count = supersede(unit_lists, shifts, again);
        code = fmg_unit_list_plan_changed(run, unit_lists->unit_bytes, fmg_unit_lists_take_pack,
                                          unit_lists, failure);
        if (code == HECTOR_OK) {
            code = fmg_unit_list_plan_again(run, unit_lists->unit_bytes, again, count,
                                            fmg_unit_lists_take_pack, unit_lists, failure);
        }
    }
    free(again);
    free(shifts);
    return code;
}

static int32_t read_again(struct closing *closing, struct failure *failure)
{
    struct unit_lists *unit_lists = closing->unit_lists;
    struct fmg_run *run = closing->run;
    int32_t code;

    operation_log(run->operation, HECTOR_LOG_WARNING,
                  "the FortiManager changed while it was read: what differs is read again");
    run->operation->repeats++;
    inventory_read_again(run->inventory, true);
    code = fmg_devices_read_changed(run, failure);
    code = code == HECTOR_OK ? read_unit_lists_again(unit_lists, failure) : code;
    if (code == HECTOR_OK) {
        code = fmg_unit_lists_settle_counters(unit_lists, failure);
    }
    if (code == HECTOR_OK) {
        code = fmg_serial_search_settle(unit_lists, failure);
    }
    inventory_read_again(run->inventory, false);
    for (size_t i = 0; i < run->topology.adom_count; i++) {
        run->topology.adoms[i].changed = false;
    }
    run->none_changed = false;
    return code;
}

/* Marks every scope as incomplete: without a closing request, nothing is known to be a snapshot. */
static int32_t fail_everything(struct fmg_run *run, const struct failure *why,
                               struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adom_count; i++) {
        const struct adom *adom = &run->topology.adoms[i];

        code = adom->wanted && !adom->outside ? fmg_scope_fail(run, adom->scope, why, failure)
                                              : HECTOR_OK;
    }
    return code == HECTOR_OK && run->all_read ? fmg_scope_fail(run, SCOPE_NONE, why, failure)
                                              : code;
}

static int32_t expect_empty(struct fmg_run *run, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adom_count; i++) {
        code = fmg_adom_expect(run, &run->topology.adoms[i], failure);
    }
    return code;
}

static int32_t settle(struct closing *closing, struct failure *failure)
{
    struct fmg_run *run = closing->run;
    int32_t code = HECTOR_OK;

    for (int pass = 1; code == HECTOR_OK && pass <= PASSES_MAX; pass++) {
        struct failure why;
        bool changed;

        closing->last = pass == PASSES_MAX;
        strmap_init(&closing->oids);
        code = ask(closing, &why);
        strmap_release(&closing->oids);
        if (code != HECTOR_OK && !failure_ends(code, &why)) {
            return fail_everything(run, &why, failure);
        }
        if (code != HECTOR_OK) {
            *failure = why;
            return code;
        }
        if (closing->last) {
            code = check_counts(closing, failure);
            break;
        }
        code = find_changed(closing, &changed, failure);
        if (code != HECTOR_OK || !changed) {
            break;
        }
        code = read_again(closing, failure);
    }
    return code == HECTOR_OK ? expect_empty(run, failure) : code;
}

int32_t fmg_closing_settle(struct unit_lists *unit_lists, struct failure *failure)
{
    struct closing *closing = calloc(1, sizeof(*closing));
    int32_t code;

    if (closing == NULL) {
        return fail_memory(unit_lists->run->operation, failure);
    }
    closing->unit_lists = unit_lists;
    closing->run = unit_lists->run;
    closing->left = REQUEST_BODY_MAX;
    code = settle(closing, failure);
    for (size_t i = 0; i < closing->count; i++) {
        buffer_release(&closing->urls[i]);
        buffer_release(&closing->rests[i]);
    }
    free(closing);
    return code;
}
