/*
 * units.c - the switches and access points of a FortiGate, VDOM by VDOM.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first request reads all rows of all VDOMs: one answer is a snapshot, and some releases refuse
 * `start` and `count`. If that is too much for one answer, or a probe behind the last row finds
 * more, each VDOM is read by itself, in pages that overlap by one row, which must match. A list
 * ends where no new rows come, since a release may return shorter pages than requested.
 */
#include "units.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "cluster.h"
#include "rest.h"
#include "system.h"
#include "unit_row.h"
#include "unit_table.h"
#include "json/json_read.h"

/* The unit lists of one type, of all VDOMs. */
struct unit_list {
    struct fgt_run *run;
    enum device_type type;
    const char *path, *format;
    bool paged;          /* rows are read in pages */
    bool first;          /* the current rows belong to the first list of their VDOM */
    bool replaced;       /* another member of the cluster than the first has answered */
    struct unit_ids ids; /* of the rows taken; value: number of their list */
    /* The configuration, to complete rows without a serial: */
    struct rest_answer table;
    bool nameless, looked_up;
    uint32_t list; /* number of the current list: pages overlap, VDOMs may repeat a row */
};

/* One answer, or one page of it. */
struct page {
    const char *vdom; /* the one requested; NULL = all */
    bool probe;       /* only looks for further rows: failures do not count */
    int64_t start, count;
    size_t rows;        /* received, in all envelopes */
    const char *before; /* id of the row that must come first again; NULL = none */
    bool shifted;       /* another row came first */
    char last[64];      /* id of the last row */
};

static const char *units(const struct unit_list *unit_list)
{
    return message_template(unit_list->run->operation->wording.language,
                            device_type_units(unit_list->type));
}

static const char *plural(const struct unit_list *unit_list)
{
    return message_template(unit_list->run->operation->wording.language,
                            device_type_plural(unit_list->type));
}

static int32_t fail_right(const struct unit_list *unit_list, struct failure *failure)
{
    return fail(unit_list->run->operation, failure, REASON_right_missing, NULL,
                ARGUMENTS(plural(unit_list), unit_list->run->settings->origin, "wifi"));
}

/*
 * Ends the coverage of a VDOM. If the profile lacks the right, the failure names the right, not the
 * refused URL. A doubtful VDOM that is refused is withdrawn: it is no part of this import.
 */
static int32_t end(struct unit_list *unit_list, const struct fgt_vdom *vdom,
                   const struct failure *incomplete, struct failure *failure)
{
    struct inventory *inventory = unit_list->run->inventory;
    struct failure right;

    if (vdom->doubtful && incomplete != NULL && incomplete->cause == HECTOR_PERMISSION) {
        inventory_withdraw(inventory, vdom->scope, unit_list->type);
    }
    if (vdom->doubtful && !inventory_expects(inventory, vdom->scope, unit_list->type)) {
        return HECTOR_OK;
    }
    if (incomplete != NULL && incomplete->cause == HECTOR_PERMISSION &&
        (incomplete->reason == REASON_gate_refused || unit_list->run->units_right == RIGHT_NONE)) {
        (void)fail_right(unit_list, &right);
        incomplete = &right;
    }
    return inventory_end_scope(inventory, vdom->scope, unit_list->type, incomplete, failure);
}

/* ---- rows */

/* Returns the scope of a VDOM; NULL if there is no such VDOM, or `name` is NULL. */
static const char *scope_by_name(const struct unit_list *unit_list, const char *name)
{
    for (size_t i = 0; name != NULL && i < unit_list->run->vdom_count; i++) {
        if (strcmp(unit_list->run->vdoms[i].name, name) == 0) {
            return unit_list->run->vdoms[i].scope;
        }
    }
    return NULL;
}

/*
 * Returns the scope of a row: of the VDOM that owns it or that it names, if the token sees it, else
 * of the envelope.
 */
static const char *scope_of(const struct unit_list *unit_list, const struct unit_row *row,
                            const struct fgt_vdom *vdom)
{
    const char *scope = scope_by_name(unit_list, row->owner);

    scope = scope != NULL ? scope : scope_by_name(unit_list, row->vdom);
    return scope != NULL ? scope : vdom->scope;
}

/*
 * Notes a row. `*ret_new` is false if an earlier list showed it: it is the same one. The inventory
 * handles repetitions within one list. Rows without a usable id are new only in the first list of
 * their VDOM.
 */
static int32_t note_row(struct unit_list *unit_list, const char *id, const char *scope,
                        bool *ret_new, struct failure *failure)
{
    char key[ADDRESS_TEXT_MAX + 2 * NAME_MAX_BYTES + 32];
    struct fgt_run *run = unit_list->run;
    uint32_t *list = NULL;

    *ret_new = unit_list->first;
    if (*id == '\0' || strlen(id) > NAME_MAX_BYTES) {
        return HECTOR_OK;
    }
    (void)snprintf(key, sizeof(key), "%s\n%s", id, scope);
    if (strmap_put(&unit_list->ids.listed, key, unit_list->list, &list, NULL) == NULL) {
        return fail_memory(run->operation, failure);
    }
    *ret_new = *list == unit_list->list;
    return inventory_room(run->inventory,
                          fgt_unit_ids_bytes(&unit_list->ids) + strmap_bytes(&run->texts), failure);
}

/*
 * Notes other names under which the configuration may know a row: some lists name a switch by its
 * serial and lack its id [7.2.8], which may be a name. The configuration has it in the VDOM that
 * lists it, whichever VDOM owns it.
 */
static int32_t note_aliases(struct unit_list *unit_list, struct json_object *json, const char *id,
                            const struct fgt_vdom *vdom, const char *scope, struct failure *failure)
{
    const char *names[] = {id, json_member_text(json, "switch-id"),
                           json_member_text(json, "wtp_id"),
                           unit_list->type == SWITCH ? json_member_text(json, "name") : NULL};
    const char *scopes[] = {scope, vdom->scope};
    char key[ADDRESS_TEXT_MAX + 2 * NAME_MAX_BYTES + 32];

    for (size_t i = 0; i < 2 * sizeof(names) / sizeof(names[0]); i++) {
        const char *name = names[i / 2];

        if (name == NULL || !device_serial_valid(name)) {
            continue;
        }
        (void)snprintf(key, sizeof(key), "%s\n%s", name, scopes[i % 2]);
        if (strmap_find(&unit_list->ids.listed, key) == NULL &&
            strmap_put(&unit_list->ids.aliases, key, 0, NULL, NULL) == NULL) {
            return fail_memory(unit_list->run->operation, failure);
        }
    }
    return HECTOR_OK;
}

/*
 * Completes a switch without a serial from the configuration, if that was read. True if it was not:
 * the row must be read again.
 */
static bool complete_serial(struct unit_list *unit_list, const struct fgt_vdom *vdom,
                            struct json_object *row)
{
    const char *id = json_member_text(row, "switch-id");
    struct json_object *serial;

    if (unit_list->type != SWITCH || id == NULL || *id == '\0') {
        return false;
    }
    serial = fgt_unit_table_serial(&unit_list->table, vdom->name, id);
    if (serial != NULL) {
        (void)json_object_object_add(row, "sn", json_object_get(serial));
    }
    unit_list->nameless = true;
    return !unit_list->looked_up;
}

static int32_t take_row(struct unit_list *unit_list, const struct fgt_vdom *vdom,
                        struct json_object *json, struct failure *failure)
{
    struct inventory *inventory = unit_list->run->inventory;
    struct unit_row row;
    struct device device;
    const char *scope;
    bool is_new;
    int32_t code;

    fgt_unit_row_read(unit_list->run, json, unit_list->type, &row, &device);
    if (row.skip == SKIP_serial_unusable) {
        if (complete_serial(unit_list, vdom, json)) {
            return HECTOR_OK;
        }
        fgt_unit_row_read(unit_list->run, json, unit_list->type, &row, &device);
    }
    scope = scope_of(unit_list, &row, vdom);
    code = note_row(unit_list, row.id, scope, &is_new, failure);
    code = code == HECTOR_OK ? note_aliases(unit_list, json, row.id, vdom, scope, failure) : code;
    if (code != HECTOR_OK || !is_new) {
        return code;
    }
    if (row.skip != SKIP_NONE) {
        return inventory_skip(inventory,
                              &(struct inventory_row){unit_list->type, scope, row.skip, row.id,
                                                      fortios_serial(json, unit_list->type)},
                              failure);
    }
    if (row.model_guessed) {
        code = inventory_unknown_prefix(inventory, device_serial(&device), failure);
    }
    device.scope = scope;
    return code == HECTOR_OK ? inventory_record(inventory, &device, failure) : code;
}

static void row_id(struct unit_list *unit_list, struct json_object *row, char *out, size_t capacity)
{
    struct unit_row read;
    struct device device;

    fgt_unit_row_read(unit_list->run, row, unit_list->type, &read, &device);
    utf8_copy(out, capacity, read.id, strlen(read.id));
}

/* ---- answers */

static int32_t take_results(struct unit_list *unit_list, struct page *page, size_t vdom,
                            struct json_object *results, struct failure *failure)
{
    size_t count = json_count(results), known = unit_list->ids.listed.count;
    int32_t code = HECTOR_OK;

    page->rows += count;
    unit_list->list++;
    row_id(unit_list, json_element(results, 0), page->last, sizeof(page->last));
    page->shifted = page->before != NULL && strcmp(page->last, page->before) != 0;
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        struct json_object *row = json_element(results, i);

        code = json_object_is_type(row, json_type_object)
                   ? take_row(unit_list, &unit_list->run->vdoms[vdom], row, failure)
                   : HECTOR_OK;
    }
    row_id(unit_list, json_element(results, count - 1), page->last, sizeof(page->last));
    if (code == HECTOR_OK) {
        operation_progress(unit_list->run->operation, PHASE_units,
                           unit_list->ids.listed.count - known, 0);
    }
    return code;
}

/*
 * Returns the VDOM of an envelope, or NULL. A VDOM that was not requested is not accepted in place
 * of the requested one.
 */
static const char *vdom_of(const struct unit_list *unit_list, const struct page *page,
                           struct json_object *envelope)
{
    const char *name = json_member_text(envelope, "vdom");

    if (name == NULL || *name == '\0' || strlen(name) > NAME_MAX_BYTES) {
        return page->vdom != NULL                ? page->vdom
               : unit_list->run->vdom_count == 1 ? unit_list->run->vdoms[0].name
                                                 : NULL;
    }
    return page->vdom == NULL || strcmp(page->vdom, name) == 0 ? name : NULL;
}

/* False if a row is not an object: it may stand for any unit. */
static bool all_objects(struct json_object *results)
{
    for (size_t i = 0; i < json_count(results); i++) {
        if (!json_object_is_type(json_element(results, i), json_type_object)) {
            return false;
        }
    }
    return true;
}

/*
 * Checks an envelope: a list of another FortiGate, or with rows that are not objects, is a failure.
 */
static int32_t check_envelope(struct unit_list *unit_list, const struct rest_query *query,
                              struct json_object *envelope, bool *ret_not_found,
                              struct failure *failure)
{
    struct fgt_run *run = unit_list->run;
    const char *serial = json_member_text(envelope, "serial");
    struct json_object *results = json_member(envelope, "results");
    int32_t code;

    if (serial != NULL && *serial != '\0' && !fgt_is_member(run, serial)) {
        return fgt_fail_changed(run, run->answering, failure);
    }
    unit_list->replaced =
        unit_list->replaced || run->replaced ||
        (serial != NULL && *serial != '\0' && strcmp(serial, run->answering) != 0);
    code = fgt_rest_check(run, query, envelope, ret_not_found, failure);
    if (code != HECTOR_OK || *ret_not_found) {
        return code;
    }
    if (!json_object_is_type(results, json_type_array)) {
        return fgt_rest_invalid(run, query, "no list of results", failure);
    }
    return all_objects(results) ? HECTOR_OK
                                : fgt_rest_invalid(run, query, "rows of no type", failure);
}

/*
 * Finds or adds the VDOM of an envelope; `*ret` stays NULL on failure. A VDOM that the status did
 * not name is new, or hidden from the token: it becomes doubtful.
 */
static int32_t find_vdom(struct unit_list *unit_list, const struct rest_query *query,
                         const struct page *page, struct json_object *envelope,
                         struct fgt_vdom **ret, struct failure *failure)
{
    struct fgt_run *run = unit_list->run;
    const char *name = vdom_of(unit_list, page, envelope);
    size_t known = run->vdom_count;

    if (name == NULL || known >= FGT_VDOMS_MAX) {
        return fgt_rest_invalid(run, query, "the envelope of an unknown VDOM", failure);
    }
    *ret = fgt_vdom(run, name);
    if (*ret == NULL) {
        return fail_memory(run->operation, failure);
    }
    (*ret)->shown = true;
    if (run->home != NULL && run->vdom_count > known) {
        (*ret)->doubtful = true;
        run->vdoms_moved = true;
    }
    return HECTOR_OK;
}

static int32_t take_envelope(struct unit_list *unit_list, const struct rest_query *query,
                             struct page *page, struct json_object *envelope,
                             struct failure *failure)
{
    struct fgt_run *run = unit_list->run;
    struct json_object *results = json_member_array(envelope, "results");
    struct fgt_vdom *vdom = NULL;
    bool not_found = false;
    struct failure why;
    int32_t code = find_vdom(unit_list, query, page, envelope, &vdom, failure), taken = HECTOR_OK;

    if (vdom == NULL || (vdom->doubtful && page->vdom == NULL)) {
        return code; /* a doubtful VDOM is read by itself */
    }
    code = inventory_expect(run->inventory, vdom->scope, unit_list->type, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    code = check_envelope(unit_list, query, envelope, &not_found, &why);
    if ((page->probe && (code != HECTOR_OK || not_found)) ||
        (code == HECTOR_DATA && page->vdom == NULL)) {
        return HECTOR_OK; /* not usable: the VDOM is read by itself */
    }
    unit_list->first = !page->probe && (vdom->rows == 0 || page->before != NULL);
    vdom->answered = true;
    vdom->absent = not_found;
    if (code == HECTOR_OK) {
        vdom->doubtful = false;
        vdom->rows += page->probe ? 0 : json_count(results);
        vdom->at_once += page->probe || page->vdom != NULL ? 0 : json_count(results);
    }
    /* If only some rows are not objects, the others are still units. */
    if (json_count(results) > 0 &&
        (code == HECTOR_OK || (why.reason == REASON_gate_reply_invalid && !all_objects(results)))) {
        taken = take_results(unit_list, page, (size_t)(vdom - run->vdoms), results, failure);
    }
    return taken == HECTOR_OK && code != HECTOR_OK ? end(unit_list, vdom, &why, failure) : taken;
}

/* Sends one request and takes all its envelopes. A failure concerns all that was requested. */
static int32_t read_page(struct unit_list *unit_list, struct page *page, bool *ret_not_found,
                         struct failure *failure)
{
    struct rest_query query = {.path = unit_list->path,
                               .vdom = page->vdom != NULL ? page->vdom : "*",
                               .format = unit_list->format,
                               .start = page->start,
                               .count = page->count,
                               .results = page->vdom != NULL ? json_type_array : json_type_null};
    struct rest_answer answer;
    int32_t code = fgt_rest_get(unit_list->run, &query, &answer, failure);

    page->rows = 0;
    *ret_not_found = answer.not_found;
    if (code == HECTOR_OK && !answer.not_found) {
        for (size_t i = 0; code == HECTOR_OK && i < fgt_rest_count(&answer); i++) {
            code = take_envelope(unit_list, &query, page, fgt_rest_envelope(&answer, i), failure);
        }
    }
    fgt_rest_release(&answer);
    return code;
}

/* ---- one VDOM by itself */

/*
 * Reads pages of `count` rows from the first one, or all rows at once if it is 0. `*ret_shifted`:
 * rows moved meanwhile and some may have been missed, for instance if fewer than `least` came, the
 * number in the answer for all VDOMs.
 */
static int32_t read_pages(struct unit_list *unit_list, const char *vdom, int64_t count,
                          uint64_t least, bool *ret_shifted, struct failure *failure)
{
    struct page page = {.vdom = vdom, .count = count};
    char before[sizeof(page.last)];
    bool not_found, more;
    int64_t seen = 0;
    int32_t code;

    *ret_shifted = false;
    do {
        page.start = seen > 0 ? seen - 1 : 0;
        code = read_page(unit_list, &page, &not_found, failure);
        if (code != HECTOR_OK) {
            return code;
        }
        *ret_shifted = page.shifted || (seen > 0 && page.rows == 0);
        /* More rows than requested: this release has no pages, and these were all. */
        more = page.rows > (seen > 0 ? 1 : 0) && page.rows <= (size_t)page.count;
        seen = page.start + (int64_t)page.rows;
        memcpy(before, page.last, sizeof(before));
        page.before = before;
    } while (!*ret_shifted && more && seen < TABLE_ROWS_MAX);
    *ret_shifted = *ret_shifted || (uint64_t)seen < least;
    if (seen >= TABLE_ROWS_MAX) {
        return fail(unit_list->run->operation, failure, REASON_reply_too_large, "too many rows",
                    ARGUMENTS(unit_list->run->settings->origin));
    }
    return HECTOR_OK;
}

/*
 * True if a list that is too large can be read in smaller pages: only the path of access points is
 * known to have pages.
 */
static bool can_shrink(const struct unit_list *unit_list, int32_t code,
                       const struct failure *failure, int64_t count)
{
    return code == HECTOR_LIMIT && failure->reason == REASON_reply_too_large &&
           unit_list->type == ACCESS_POINT && (count == 0 || count > 2);
}

/*
 * Reads one VDOM, and once more if rows moved meanwhile. DATA (table_changed) if they move again.
 */
static int32_t read_vdom(struct unit_list *unit_list, const char *vdom, uint64_t least,
                         struct failure *failure)
{
    int64_t first = unit_list->run->operation->limits->page_rows;
    int64_t count = unit_list->paged ? first : 0;
    bool shifted = false;
    int32_t code = read_pages(unit_list, vdom, count, least, &shifted, failure);

    while (can_shrink(unit_list, code, failure, count)) {
        count = count == 0 ? first : count / 2 > 2 ? count / 2 : 2;
        code = read_pages(unit_list, vdom, count, least, &shifted, failure);
    }
    if (code == HECTOR_OK && shifted) {
        code = read_pages(unit_list, vdom, count, least, &shifted, failure);
    }
    if (code == HECTOR_OK && shifted) {
        code = fail(unit_list->run->operation, failure, REASON_table_changed, NULL,
                    ARGUMENTS(unit_list->run->settings->origin));
    }
    return code;
}

static int32_t read_alone(struct unit_list *unit_list, size_t i, uint64_t least,
                          struct failure *failure)
{
    const char *name = unit_list->run->vdoms[i].name;
    struct failure why;
    int32_t code = inventory_expect(unit_list->run->inventory, unit_list->run->vdoms[i].scope,
                                    unit_list->type, &why);

    code = code == HECTOR_OK ? read_vdom(unit_list, name, least, &why) : code;
    operation_progress(unit_list->run->operation, PHASE_unit_lists, 1, 0);
    if (failure_ends(code, &why)) {
        *failure = why;
        return code;
    }
    return code != HECTOR_OK ? end(unit_list, &unit_list->run->vdoms[i], &why, failure) : HECTOR_OK;
}

/*
 * Reads all VDOMs one by one, and all but the last again: this finds a unit that moved from a VDOM
 * not yet read to one already read.
 */
static int32_t read_each_vdom(struct unit_list *unit_list, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    operation_progress(unit_list->run->operation, PHASE_unit_lists, 0,
                       unit_list->run->vdom_count > 0 ? 2 * unit_list->run->vdom_count - 1 : 0);
    for (size_t i = 0; code == HECTOR_OK && i < unit_list->run->vdom_count; i++) {
        code = read_alone(unit_list, i, unit_list->run->vdoms[i].at_once, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i + 1 < unit_list->run->vdom_count; i++) {
        code = read_alone(unit_list, i, 0, failure);
    }
    return code;
}

/* Reads a page only for its new rows: DATA and PERMISSION do not count, any other failure does. */
static int32_t look(struct unit_list *unit_list, struct page *page, struct failure *failure)
{
    bool not_found;
    struct failure why;
    int32_t code = read_page(unit_list, page, &not_found, &why);

    if (code == HECTOR_DATA || code == HECTOR_PERMISSION) {
        return HECTOR_OK;
    }
    if (code != HECTOR_OK) {
        *failure = why;
    }
    return code;
}

/*
 * Reads each VDOM that the answer for all VDOMs lacked by itself. Then requests that answer again,
 * since a unit may have moved meanwhile.
 */
static int32_t read_missing_vdoms(struct unit_list *unit_list, struct failure *failure)
{
    struct page page = {.probe = true};
    size_t alone = 0;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < unit_list->run->vdom_count; i++) {
        if (!unit_list->run->vdoms[i].answered) {
            code = read_alone(unit_list, i, 0, failure);
            alone++;
        }
    }
    if (code != HECTOR_OK || alone == 0 || alone == unit_list->run->vdom_count) {
        return code;
    }
    return look(unit_list, &page, failure);
}

/* ---- all VDOMs */

/* Sets `vdoms_moved` if the answer for all VDOMs lacks one that the status lists. */
static void note_missing(struct fgt_run *run)
{
    for (size_t i = 0; i < run->vdom_count; i++) {
        const struct fgt_vdom *vdom = &run->vdoms[i];

        run->vdoms_moved = run->vdoms_moved || (vdom->listed && !vdom->shown && !vdom->doubtful);
    }
}

static int32_t read_all(struct unit_list *unit_list, bool *ret_not_found, struct failure *failure)
{
    struct page page = {.vdom = NULL};
    int32_t code;

    for (size_t i = 0; i < unit_list->run->vdom_count; i++) {
        unit_list->run->vdoms[i].shown = false;
        unit_list->run->vdoms[i].at_once = 0;
    }
    operation_progress(unit_list->run->operation, PHASE_unit_lists, 0, 1);
    code = read_page(unit_list, &page, ret_not_found, failure);
    operation_progress(unit_list->run->operation, PHASE_unit_lists, 1, 0);
    /* What is too large, or refused, for all VDOMs may be readable for each. */
    if (code == HECTOR_LIMIT && failure->reason == REASON_reply_too_large) {
        unit_list->paged = unit_list->type == ACCESS_POINT;
        return read_each_vdom(unit_list, failure);
    }
    if (code == HECTOR_PERMISSION && unit_list->run->units_right != RIGHT_NONE) {
        return read_each_vdom(unit_list, failure);
    }
    if (code != HECTOR_OK || *ret_not_found) {
        return code;
    }
    note_missing(unit_list->run);
    return read_missing_vdoms(unit_list, failure);
}

/*
 * A release may cut a list without saying so: requests the rows behind the last one. Where `start`
 * is refused or ignored no new rows come, and the list counts as complete.
 */
static int32_t read_behind(struct unit_list *unit_list, struct failure *failure)
{
    struct fgt_run *run = unit_list->run;
    struct page page = {.probe = true, .count = run->operation->limits->page_rows};
    size_t known = unit_list->ids.listed.count;
    int32_t code;

    for (size_t i = 0; i < run->vdom_count; i++) {
        if (run->vdoms[i].at_once > (uint64_t)page.start) {
            page.start = (int64_t)run->vdoms[i].at_once;
        }
    }
    if (page.start-- == 0 || unit_list->paged) {
        return HECTOR_OK;
    }
    code = look(unit_list, &page, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    unit_list->paged = unit_list->ids.listed.count > known;
    return unit_list->paged ? read_each_vdom(unit_list, failure) : HECTOR_OK;
}

/* Older releases know only the path without /status; 404 on both: there is no switch controller. */
static int32_t read_switches(struct unit_list *unit_list, bool *ret_not_found,
                             struct failure *failure)
{
    int32_t code;

    unit_list->path = *ret_not_found ? FORTIOS_SWITCH_PATH : unit_list->path;
    code = read_all(unit_list, ret_not_found, failure);
    if (code == HECTOR_OK && *ret_not_found) {
        unit_list->path = FORTIOS_SWITCH_PATH_OLD;
        code = read_all(unit_list, ret_not_found, failure);
    }
    return code;
}

/* Reads again, from the first page on, a list that was read in pages before. */
static int32_t read_pages_again(struct unit_list *unit_list, struct failure *failure)
{
    for (size_t i = 0; i < unit_list->run->vdom_count; i++) {
        unit_list->run->vdoms[i].at_once = 0;
    }
    return read_each_vdom(unit_list, failure);
}

static int32_t read_unit_list(struct unit_list *unit_list, bool *ret_not_found,
                              struct failure *failure)
{
    int32_t code;

    if (unit_list->type == SWITCH) {
        return read_switches(unit_list, ret_not_found, failure);
    }
    if (unit_list->paged) {
        return read_pages_again(unit_list, failure);
    }
    code = read_all(unit_list, ret_not_found, failure);
    return code == HECTOR_OK && !*ret_not_found && unit_list->run->units_right != RIGHT_NONE
               ? read_behind(unit_list, failure)
               : code;
}

static int32_t read_unit_list_again(struct unit_list *unit_list, bool *ret_not_found,
                                    struct failure *failure)
{
    struct operation *operation = unit_list->run->operation;
    bool again = operation->again;
    int32_t code;

    operation->again = true;
    code = read_unit_list(unit_list, ret_not_found, failure);
    operation->again = again;
    return code;
}

/*
 * Reads the unit list; if a row lacks a serial, reads the configuration, and then the list again.
 */
static int32_t read_named(struct unit_list *unit_list, bool *ret_not_found, struct failure *failure)
{
    int32_t code = read_unit_list(unit_list, ret_not_found, failure);

    if (code != HECTOR_OK || !unit_list->nameless) {
        return code;
    }
    code = fgt_unit_table_read(unit_list->run, &unit_list->table, failure);
    unit_list->looked_up = true;
    return code == HECTOR_OK ? read_unit_list_again(unit_list, ret_not_found, failure) : code;
}

/* Reads a list again after a pause; the rows that it showed before stay. */
static int32_t read_again(struct unit_list *unit_list, bool *ret_not_found, struct failure *failure)
{
    struct operation *operation = unit_list->run->operation;
    int32_t code = operation_pause(operation, operation_backoff_ms(operation, 1), failure);

    return code == HECTOR_OK ? read_unit_list_again(unit_list, ret_not_found, failure) : code;
}

/* ---- completeness of a list */

/* True if the VDOM answered without rows, and its controller is not switched off. */
static bool is_empty(const struct unit_list *unit_list, const struct fgt_vdom *vdom, bool not_found)
{
    return vdom->rows == 0 && (vdom->answered || not_found) &&
           !fgt_is_off(unit_list->run, unit_list->type, vdom);
}

static size_t count_empty(const struct unit_list *unit_list, bool not_found)
{
    size_t count = 0;

    for (size_t i = 0; i < unit_list->run->vdom_count; i++) {
        count += is_empty(unit_list, &unit_list->run->vdoms[i], not_found) ? 1 : 0;
    }
    return count;
}

/*
 * True if the VDOM has no rows and its controller is switched off: its configuration may still hold
 * former units.
 */
static bool is_off(const struct unit_list *unit_list, const struct fgt_vdom *vdom)
{
    return vdom->rows == 0 && fgt_is_off(unit_list->run, unit_list->type, vdom);
}

static bool all_off(const struct unit_list *unit_list)
{
    bool off = true;

    for (size_t i = 0; i < unit_list->run->vdom_count; i++) {
        off = off && is_off(unit_list, &unit_list->run->vdoms[i]);
    }
    return off;
}

/* Counts the configured units that no list shows. */
static uint64_t count_unlisted(const struct unit_list *unit_list)
{
    uint64_t count = 0;

    fgt_unit_table_count(unit_list->run, &unit_list->ids);
    for (size_t i = 0; i < unit_list->run->vdom_count; i++) {
        const struct fgt_vdom *vdom = &unit_list->run->vdoms[i];

        count += is_off(unit_list, vdom) ? 0 : vdom->unlisted;
    }
    return count;
}

/* True if a list is empty, and the configuration has rows or does not prove that it has none. */
static bool is_empty_unsure(const struct unit_list *unit_list, bool not_found)
{
    for (size_t i = 0; i < unit_list->run->vdom_count; i++) {
        const struct fgt_vdom *vdom = &unit_list->run->vdoms[i];
        bool absent = not_found || vdom->absent;

        if (is_empty(unit_list, vdom, not_found) &&
            (vdom->unshown > 0 || vdom->table == TABLE_UNREAD ||
             (vdom->table == TABLE_ABSENT && !absent))) {
            return true;
        }
    }
    return false;
}

/*
 * Compares the lists with the configuration. If they do not show all units, or a member that has
 * just become primary returned them, reads them once more: it may have been an accident, and a unit
 * may have moved to another VDOM between the two.
 */
static int32_t compare_lists(struct unit_list *unit_list, bool *ret_not_found,
                             struct failure *failure)
{
    struct fgt_run *run = unit_list->run;
    size_t empty = count_empty(unit_list, *ret_not_found);
    uint64_t unlisted;
    int32_t code;

    if (all_off(unit_list)) {
        return HECTOR_OK;
    }
    code = fgt_unit_table_compare(run, unit_list->type, &unit_list->ids, failure);
    unlisted = count_unlisted(unit_list);
    if (code == HECTOR_OK &&
        (unit_list->replaced || unlisted > 0 || is_empty_unsure(unit_list, *ret_not_found))) {
        code = read_again(unit_list, ret_not_found, failure);
        run->operation->repeats += code == HECTOR_OK && !unit_list->replaced &&
                                           (count_unlisted(unit_list) < unlisted ||
                                            count_empty(unit_list, *ret_not_found) < empty)
                                       ? 1
                                       : 0;
    }
    (void)count_unlisted(unit_list);
    return code;
}

/*
 * Decides whether the list of a VDOM is complete; a failure says why it is not. An empty list is
 * incomplete if the profile lacks the right, and proves nothing if the profile is not known.
 */
static int32_t check_unit_list(struct unit_list *unit_list, const struct fgt_vdom *vdom,
                               bool not_found, struct failure *failure)
{
    const struct fgt_run *run = unit_list->run;
    const char *origin = run->settings->origin;
    bool off = fgt_is_off(run, unit_list->type, vdom);
    uint64_t unlisted = is_off(unit_list, vdom) ? 0 : vdom->unlisted;
    uint64_t lacking = is_off(unit_list, vdom) ? 0 : unlisted + vdom->unshown;
    char count[24];

    if (run->units_right == RIGHT_NONE && !off) {
        return fail_right(unit_list, failure);
    }
    if (!vdom->answered && !not_found) {
        return fail(run->operation, failure, REASON_vdom_missing, NULL,
                    ARGUMENTS(origin, vdom->name, units(unit_list)));
    }
    if (vdom->rows == 0 && lacking > 0) {
        (void)snprintf(count, sizeof(count), "%" PRIu64, lacking);
        return fail(run->operation, failure, REASON_gate_roster_empty, NULL,
                    ARGUMENTS(origin, vdom->name, units(unit_list), count));
    }
    if (unit_list->replaced && !off &&
        (lacking > 0 || (vdom->table == TABLE_UNREAD && !not_found))) {
        return fgt_fail_changed(run, vdom->scope, failure);
    }
    if (unlisted > 0) {
        (void)snprintf(count, sizeof(count), "%" PRIu64, unlisted);
        return fail(run->operation, failure, REASON_gate_roster_short, NULL,
                    ARGUMENTS(origin, vdom->name, units(unit_list), count));
    }
    if (run->units_right == RIGHT_UNKNOWN && vdom->rows == 0 && !not_found && !off) {
        return fail(run->operation, failure, REASON_rights_unknown, NULL,
                    ARGUMENTS(plural(unit_list), origin));
    }
    return HECTOR_OK;
}

/* Ends the coverage of each VDOM. `failed`: why none of them could be read, or NULL. */
static int32_t end_all(struct unit_list *unit_list, const struct failure *failed, bool not_found,
                       struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < unit_list->run->vdom_count; i++) {
        const struct fgt_vdom *vdom = &unit_list->run->vdoms[i];
        struct failure why;
        const struct failure *incomplete = failed;

        if (failed == NULL && check_unit_list(unit_list, vdom, not_found, &why) != HECTOR_OK) {
            incomplete = &why;
        }
        code = end(unit_list, vdom, incomplete, failure);
    }
    return code;
}

static int32_t begin(struct unit_list *unit_list, struct failure *failure)
{
    struct fgt_run *run = unit_list->run;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->vdom_count; i++) {
        struct fgt_vdom *vdom = &run->vdoms[i];

        vdom->answered = vdom->absent = false;
        vdom->rows = vdom->unlisted = vdom->unshown = 0;
        vdom->table = TABLE_UNREAD;
        code = inventory_expect(run->inventory, vdom->scope, unit_list->type, failure);
    }
    return code;
}

int32_t fgt_units_read(struct fgt_run *run, enum device_type type, struct failure *failure)
{
    struct unit_list unit_list = {
        .run = run,
        .type = type,
        .path = type == SWITCH ? FORTIOS_SWITCH_PATH : FORTIOS_ACCESS_POINT_PATH,
        .format = type == SWITCH ? FORTIOS_SWITCH_FORMAT "|vdom|owner_vdom"
                                 : FORTIOS_ACCESS_POINT_FORMAT "|vdom",
    };
    bool not_found = false;
    struct failure why;
    int32_t code;

    fgt_unit_ids_init(&unit_list.ids);
    code = begin(&unit_list, failure);
    if (code == HECTOR_OK) {
        code = read_named(&unit_list, &not_found, &why);
        if (code == HECTOR_OK && run->units_right != RIGHT_NONE) {
            code = compare_lists(&unit_list, &not_found, &why);
        }
        if (failure_ends(code, &why)) {
            *failure = why;
        } else {
            code = end_all(&unit_list, code != HECTOR_OK ? &why : NULL, not_found, failure);
        }
    }
    fgt_unit_table_release(run, &unit_list.table);
    fgt_unit_ids_release(&unit_list.ids);
    return code;
}
