/*
 * unit_list.c - the unit lists of one kind, VDOM by VDOM: requests, answers and rows.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first request reads all rows of all VDOMs: one answer is a snapshot, and some releases refuse
 * `start` and `count`. If that is too much for one answer, or a probe behind the last row finds
 * more, each VDOM is read by itself, in pages that overlap by one row, which must match. A list
 * ends where no new rows come, since a release may return shorter pages than requested.
 */
#include "unit_list.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "cluster.h"
#include "system.h"
#include "json/json_read.h"

int32_t fgt_unit_list_fail_right(const struct unit_list *list, struct failure *failure)
{
    const struct fgt_run *run = list->run;
    const char *plural = operation_text(run->operation, device_type_info(list->kind->type)->plural);

    return fail(run->operation, failure, REASON_right_missing, NULL,
                ARGUMENTS(plural, run->settings->origin, "wifi"));
}

int32_t fgt_unit_list_end_vdom(struct unit_list *list, const struct fgt_vdom *vdom,
                               const struct failure *incomplete, struct failure *failure)
{
    struct inventory *inventory = list->run->inventory;
    enum device_type type = list->kind->type;
    bool refused = incomplete != NULL && incomplete->cause == HECTOR_PERMISSION;
    struct failure right;

    if (vdom->doubtful && refused) {
        inventory_withdraw(inventory, vdom->scope, type);
    }
    if (vdom->doubtful && !inventory_expects(inventory, vdom->scope, type)) {
        return HECTOR_OK;
    }
    if (refused &&
        (incomplete->reason == REASON_gate_refused || list->run->units_right == RIGHT_NONE)) {
        (void)fgt_unit_list_fail_right(list, &right);
        incomplete = &right;
    }
    return inventory_end_scope(inventory, vdom->scope, type, incomplete, failure);
}

/* ---- one row */

/* A decoded row. */
struct unit_row {
    const char *id;       /* name of the row for people; "" = none */
    enum message_id skip; /* why it is no asset; SKIP_NONE = it is one */
    char model[MODEL_MAX];
    struct column_texts texts;
};

/* Returns the first of the members that has a text, or NULL. */
static const char *first_text(struct json_object *row, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        const char *text = json_member_text(row, *keys);

        if (text != NULL && *text != '\0') {
            return text;
        }
    }
    return NULL;
}

/* Returns what names a row for people; "" = nothing. */
static const char *id_of(struct json_object *row)
{
    static const char *const keys[] = {"serial", "wtp_id", "sn", "switch-id", "name", NULL};
    const char *id = first_text(row, keys);

    return id != NULL ? id : "";
}

/*
 * Why a row is no asset. States: "Authorized", "Unauthorized", "Discovered"; "authorized",
 * "discovered", "disabled". A row without a state counts as authorized.
 */
static enum message_id skip_reason(const struct fgt_run *run, struct json_object *row,
                                   const struct unit_kind *kind, const char *id)
{
    const char *state = json_member_text(row, "state");

    if (strchr(id, '*') != NULL) {
        return SKIP_wildcard;
    }
    if (kind->fortios->may_be_local_radio &&
        (json_member_true(row, "is_local") || model_is_local_radio(id))) {
        return SKIP_local_radio;
    }
    if (!run->settings->chosen[CHOICE_include_unauthorized] && state != NULL && *state != '\0' &&
        strcasecmp(state, "authorized") != 0) {
        return SKIP_unauthorized;
    }
    return SKIP_NONE;
}

/*
 * Decodes one row and classifies it by the same rules as a FortiManager's rows. Fills `ret_device`,
 * except its scope, unless the row is skipped. The results borrow from the row, from `ret` and from
 * `run`.
 */
static void decode_row(const struct fgt_run *run, struct json_object *row,
                       const struct unit_kind *kind, struct unit_row *ret,
                       struct device *ret_device)
{
    const char *key = first_text(row, kind->fortios->serials), *manager, *serial;

    *ret = (struct unit_row){.id = id_of(row),
                             .skip = skip_reason(run, row, kind, key != NULL ? key : "")};
    if (ret->skip == SKIP_NONE && !fortios_row(row, kind->type, &ret->texts, ret_device)) {
        ret->skip = *ret->id != '\0' ? SKIP_serial_unusable : SKIP_row_unnamed;
    }
    if (ret->skip != SKIP_NONE) {
        return;
    }
    serial = device_serial(ret_device);
    ret_device->model_guessed =
        model_resolve(NULL, json_member_text(row, "os_version"), serial, ret->model) != 0;
    ret_device->title = device_title(first_text(row, kind->titles), serial);
    manager = run->hostname[0] != '\0' ? run->hostname : run->serial;
    ret_device->manager = *manager != '\0' ? manager : NULL;
    device_set_text(ret_device, ATTRIBUTE_name, ret_device->title);
    device_set_text(ret_device, ATTRIBUTE_model, ret->model);
    device_set_text(ret_device, ATTRIBUTE_managed_by, ret_device->manager);
    device_set_text(ret_device, ATTRIBUTE_managed_by_serials, run->serials);
    if (kind->fortios->may_be_virtual) {
        device_set_boolean(ret_device, ATTRIBUTE_virtual_machine, model_is_virtual(ret->model));
    }
}

/* ---- rows */

/*
 * Returns the scope of a row: of the VDOM that lends the unit to the one that lists it, or that the
 * row names, if the token sees that VDOM, else of the envelope.
 */
static const char *scope_of(const struct fgt_run *run, struct json_object *row,
                            const struct fgt_vdom *vdom)
{
    static const char *const owners[] = {"owner_vdom", "owner-vdom", NULL};
    const struct fgt_vdom *owner = fgt_vdom_by_name(run, first_text(row, owners));

    owner = owner != NULL ? owner : fgt_vdom_by_name(run, json_member_text(row, "vdom"));
    return owner != NULL ? owner->scope : vdom->scope;
}

/*
 * Notes a row. `*ret_new` is false if an earlier list showed it: it is the same one. The inventory
 * handles repetitions within one list. Rows without a usable id are new only in the first list of
 * their VDOM.
 */
static int32_t note_row(struct unit_list *list, const char *id, const char *scope, bool *ret_new,
                        struct failure *failure)
{
    *ret_new = list->first;
    if (*id == '\0' || strlen(id) > NAME_MAX_BYTES) {
        return HECTOR_OK;
    }
    uint32_t shown = fgt_unit_ids_list(&list->ids, id, scope, list->number);
    if (shown == STRMAP_NONE) {
        return fail_memory(list->run->operation, failure);
    }
    *ret_new = shown == list->number;
    return fgt_unit_ids_room(list->run, &list->ids, failure);
}

/*
 * Notes other names under which the configuration may know a row: some lists name a switch by its
 * serial and lack its id [7.2.8], which may be a name. The configuration has it in the VDOM that
 * lists it, whichever VDOM owns it. False without memory.
 */
static bool note_aliases(struct unit_list *list, struct json_object *json, const char *id,
                         const struct fgt_vdom *vdom, const char *scope)
{
    const char *names[] = {
        id, json_member_text(json, "switch-id"), json_member_text(json, "wtp_id"),
        list->kind->fortios->serial != NULL ? json_member_text(json, "name") : NULL};

    for (size_t i = 0; i < COUNT(names); i++) {
        if (names[i] != NULL && device_serial_valid(names[i]) &&
            (!fgt_unit_ids_alias(&list->ids, names[i], scope) ||
             !fgt_unit_ids_alias(&list->ids, names[i], vdom->scope))) {
            return false;
        }
    }
    return true;
}

/*
 * Completes a row without a serial from the configuration, if that was read. True if it was not:
 * the row must be read again.
 */
static bool complete_serial(struct unit_list *list, const struct fgt_vdom *vdom,
                            struct json_object *row)
{
    const struct unit_kind *kind = list->kind;
    const char *id = json_member_text(row, kind->fortios->id);
    struct json_object *serial;

    if (kind->fortios->serial == NULL || id == NULL || *id == '\0') {
        return false;
    }
    serial = fgt_unit_table_serial(kind, &list->table, vdom->name, id);
    if (serial != NULL) {
        (void)json_object_object_add(row, kind->fortios->serial, json_object_get(serial));
    }
    list->nameless = true;
    return !list->looked_up;
}

static int32_t read_row(struct unit_list *list, const struct fgt_vdom *vdom,
                        struct json_object *json, struct failure *failure)
{
    struct inventory *inventory = list->run->inventory;
    const struct unit_kind *kind = list->kind;
    struct unit_row row;
    struct device device;
    bool is_new;
    int32_t code;

    decode_row(list->run, json, kind, &row, &device);
    if (row.skip == SKIP_serial_unusable) {
        if (complete_serial(list, vdom, json)) {
            return HECTOR_OK;
        }
        decode_row(list->run, json, kind, &row, &device);
    }
    const char *scope = scope_of(list->run, json, vdom);
    if ((code = note_row(list, row.id, scope, &is_new, failure)) != HECTOR_OK) {
        return code;
    }
    if (!note_aliases(list, json, row.id, vdom, scope)) {
        return fail_memory(list->run->operation, failure);
    }
    if (!is_new) {
        return HECTOR_OK;
    }
    if (row.skip != SKIP_NONE) {
        return inventory_skip(inventory,
                              &(struct inventory_row){kind->type, scope, row.skip, row.id,
                                                      fortios_serial(json, kind->type)},
                              failure);
    }
    device.scope = scope;
    return inventory_record(inventory, &device, failure);
}

static void copy_id(struct json_object *row, char ret[static FGT_ROW_ID_MAX])
{
    const char *id = id_of(row);

    utf8_copy(ret, FGT_ROW_ID_MAX, id, strlen(id));
}

/*
 * Passes the rows of one VDOM to the inventory, except those that an earlier list showed, and sets
 * `shifted` and `last` of the page. Ignores rows that are not objects.
 */
static int32_t read_rows(struct unit_list *list, struct unit_page *page,
                         const struct fgt_vdom *vdom, struct json_object *results,
                         struct failure *failure)
{
    size_t count = json_count(results), known = list->ids.listed.count;
    char first[FGT_ROW_ID_MAX];
    int32_t code = HECTOR_OK;

    page->rows += count;
    list->number++;
    copy_id(json_element(results, 0), first);
    page->shifted = page->follows && strcmp(first, page->last) != 0;
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        if (json_object_is_type(json_element(results, i), json_type_object)) {
            code = read_row(list, vdom, json_element(results, i), failure);
        }
    }
    if (code != HECTOR_OK) {
        return code;
    }
    copy_id(json_element(results, count - 1), page->last);
    operation_progress(list->run->operation, PHASE_units, list->ids.listed.count - known, 0);
    return HECTOR_OK;
}

/* ---- answers */

/*
 * Finds or adds the VDOM of an envelope; NULL, with `failure`, on failure. A VDOM that was not
 * requested is not accepted in place of the requested one; one that the status did not name is new,
 * or hidden from the token: it becomes doubtful.
 */
static struct fgt_vdom *vdom_of(struct unit_list *list, const struct unit_page *page,
                                struct json_object *envelope, struct failure *failure)
{
    struct fgt_run *run = list->run;
    const char *name = device_name(json_member_text(envelope, "vdom"));
    size_t known = run->vdoms.count;
    struct fgt_vdom *vdom;

    if (name == NULL) {
        name = page->vdom == NULL && known == 1 ? run->vdoms.items[0].name : page->vdom;
    } else if (page->vdom != NULL && strcmp(page->vdom, name) != 0) {
        name = NULL;
    }
    if (name == NULL || (known >= FGT_VDOMS_MAX && fgt_vdom_by_name(run, name) == NULL)) {
        (void)fgt_rest_invalid(run, &page->query, "the envelope of an unknown VDOM", failure);
        return NULL;
    }
    vdom = fgt_vdom(run, name);
    if (vdom == NULL) {
        (void)fail_memory(run->operation, failure);
        return NULL;
    }
    vdom->shown = true;
    if (run->home != NULL && run->vdoms.count > known) {
        vdom->doubtful = true;
        run->vdoms_moved = true;
    }
    return vdom;
}

/*
 * Checks an envelope: a list of another FortiGate, or with rows that are not objects, is a failure;
 * 404 is none.
 */
static int32_t check_envelope(struct unit_list *list, const struct unit_page *page,
                              struct json_object *envelope, struct failure *failure)
{
    struct fgt_run *run = list->run;
    const char *serial = json_member_text(envelope, "serial");
    struct json_object *results = json_member(envelope, "results");
    int32_t code;

    if (fgt_is_foreign(run, envelope)) {
        return fgt_fail_changed(run, run->answering, failure);
    }
    list->replaced = list->replaced || run->replaced ||
                     (serial != NULL && *serial != '\0' && strcmp(serial, run->answering) != 0);
    if (fortios_http_status(envelope) == 404) {
        return HECTOR_OK;
    }
    if ((code = fgt_rest_check(run, &page->query, envelope, failure)) != HECTOR_OK) {
        return code;
    }
    if (!json_object_is_type(results, json_type_array)) {
        return fgt_rest_invalid(run, &page->query, "no list of results", failure);
    }
    return json_all_objects(results)
               ? HECTOR_OK
               : fgt_rest_invalid(run, &page->query, "rows of no type", failure);
}

static int32_t read_envelope(struct unit_list *list, struct unit_page *page,
                             struct json_object *envelope, struct failure *failure)
{
    struct json_object *results = json_member_array(envelope, "results");
    size_t count = json_count(results);
    struct fgt_vdom *vdom = vdom_of(list, page, envelope, failure);
    struct failure why;

    if (vdom == NULL) {
        return failure->cause;
    }
    if (vdom->doubtful && page->vdom == NULL) {
        return HECTOR_OK; /* a doubtful VDOM is read by itself */
    }
    int32_t code = inventory_expect(list->run->inventory, vdom->scope, list->kind->type, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    int32_t checked = check_envelope(list, page, envelope, &why);
    bool not_found = checked == HECTOR_OK && fortios_http_status(envelope) == 404;
    if ((page->probe && (checked != HECTOR_OK || not_found)) ||
        (checked == HECTOR_DATA && page->vdom == NULL)) {
        return HECTOR_OK; /* not usable: the VDOM is read by itself */
    }
    list->first = !page->probe && (vdom->rows == 0 || page->follows);
    vdom->answered = true;
    vdom->absent = not_found;
    if (checked == HECTOR_OK) {
        vdom->doubtful = false;
        vdom->rows += page->probe ? 0 : count;
        vdom->at_once += page->probe || page->vdom != NULL ? 0 : count;
    }
    /* If only some rows are not objects, the others are still units. */
    if (count > 0 &&
        (checked == HECTOR_OK ||
         (why.reason == REASON_gate_reply_invalid && !json_all_objects(results))) &&
        (code = read_rows(list, page, vdom, results, failure)) != HECTOR_OK) {
        return code;
    }
    return checked != HECTOR_OK ? fgt_unit_list_end_vdom(list, vdom, &why, failure) : HECTOR_OK;
}

/* ---- requests */

/*
 * Sends one request and reads all its envelopes. A failure concerns all that was requested.
 */
static int32_t read_page(struct unit_list *list, struct unit_page *page, struct failure *failure)
{
    struct rest_answer answer;

    page->query.path = list->path;
    page->query.vdom = page->vdom != NULL ? page->vdom : "*";
    page->query.format = list->kind->format;
    page->query.columns = &fortios_columns;
    page->query.type = list->kind->type;
    page->query.results = page->vdom != NULL ? json_type_array : json_type_null;
    page->rows = 0;
    int32_t code = fgt_rest_get(list->run, &page->query, &answer, failure);
    page->not_found = answer.not_found;
    for (size_t i = 0; code == HECTOR_OK && !answer.not_found && i < json_row_count(answer.json);
         i++) {
        code = read_envelope(list, page, json_row(answer.json, i), failure);
    }
    fgt_rest_release(&answer);
    return code;
}

/*
 * Reads pages of `page->query.count` rows from the first one, or all rows at once if it is 0.
 * `page->shifted`: rows moved meanwhile and some may have been missed, for instance if fewer than
 * `least` came, the number in the answer for all VDOMs.
 */
static int32_t read_pages(struct unit_list *list, struct unit_page *page, uint64_t least,
                          struct failure *failure)
{
    bool more;
    int64_t seen = 0;

    page->follows = page->shifted = false;
    do {
        int32_t code;

        page->query.start = seen > 0 ? seen - 1 : 0;
        if ((code = read_page(list, page, failure)) != HECTOR_OK) {
            return code;
        }
        page->shifted = page->shifted || (seen > 0 && page->rows == 0);
        /* More rows than requested: this release has no pages, and these were all. */
        more = page->rows > (seen > 0 ? 1 : 0) && page->rows <= (size_t)page->query.count;
        seen = page->query.start + (int64_t)page->rows;
        page->follows = true;
    } while (!page->shifted && more && seen < TABLE_ROWS_MAX);
    page->shifted = page->shifted || (uint64_t)seen < least;
    return seen < TABLE_ROWS_MAX ? HECTOR_OK
                                 : fail(list->run->operation, failure, REASON_reply_too_large,
                                        "too many rows", ARGUMENTS(list->run->settings->origin));
}

/*
 * Reads one VDOM, and once more if rows moved meanwhile. DATA (table_changed) if they move again.
 */
static int32_t read_vdom(struct unit_list *list, const struct fgt_vdom *vdom, uint64_t least,
                         struct failure *failure)
{
    int64_t first = list->run->operation->limits->page_rows;
    struct unit_page page = {.vdom = vdom->name, .query.count = list->paged ? first : 0};
    int32_t code = inventory_expect(list->run->inventory, vdom->scope, list->kind->type, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    code = read_pages(list, &page, least, failure);
    /* A list that is too large can be read in smaller pages. */
    while (code == HECTOR_LIMIT && failure->reason == REASON_reply_too_large &&
           list->kind->has_pages && (page.query.count == 0 || page.query.count > 2)) {
        page.query.count = page.query.count == 0      ? first
                           : page.query.count / 2 > 2 ? page.query.count / 2
                                                      : 2;
        operation_log(list->run->operation, HECTOR_LOG_DEBUG, "%s in pages of %" PRId64 " rows: %s",
                      page.query.path, (int64_t)page.query.count, message_slug(failure->reason));
        code = read_pages(list, &page, least, failure);
    }
    if (code != HECTOR_OK || !page.shifted ||
        (code = read_pages(list, &page, least, failure)) != HECTOR_OK || !page.shifted) {
        return code;
    }
    return fail(list->run->operation, failure, REASON_table_changed, NULL,
                ARGUMENTS(list->run->settings->origin));
}

/* Reads one VDOM by itself, and ends its coverage if that fails. Fails with what ends the run. */
static int32_t read_alone(struct unit_list *list, const struct fgt_vdom *vdom, uint64_t least,
                          struct failure *failure)
{
    struct failure why;
    int32_t code = read_vdom(list, vdom, least, &why);

    operation_progress(list->run->operation, PHASE_unit_lists, 1, 0);
    if (failure_ends(code, &why)) {
        return fail_as(failure, &why);
    }
    return code != HECTOR_OK ? fgt_unit_list_end_vdom(list, vdom, &why, failure) : HECTOR_OK;
}

/*
 * Reads all VDOMs one by one, and all but the last again: this finds a unit that moved from a VDOM
 * not yet read to one already read.
 */
static int32_t read_each_vdom(struct unit_list *list, struct failure *failure)
{
    const struct fgt_run *run = list->run;
    size_t count = run->vdoms.count, lists = count > 0 ? 2 * count - 1 : 0;
    int32_t code = HECTOR_OK;

    operation_progress(run->operation, PHASE_unit_lists, 0, lists);
    for (size_t i = 0; code == HECTOR_OK && i < lists; i++) {
        const struct fgt_vdom *vdom = &run->vdoms.items[i % count];

        code = read_alone(list, vdom, i < count ? vdom->at_once : 0, failure);
    }
    return code;
}

/* Reads a page only for its new rows: DATA and PERMISSION do not count, any other failure does. */
static int32_t read_new_rows(struct unit_list *list, struct unit_page *page,
                             struct failure *failure)
{
    struct failure why;
    int32_t code = read_page(list, page, &why);

    return code == HECTOR_OK || code == HECTOR_DATA || code == HECTOR_PERMISSION
               ? HECTOR_OK
               : fail_as(failure, &why);
}

/*
 * Reads each VDOM that the answer for all VDOMs lacked by itself. Then requests that answer again,
 * since a unit may have moved meanwhile.
 */
static int32_t read_missing_vdoms(struct unit_list *list, struct failure *failure)
{
    struct fgt_run *run = list->run;
    struct unit_page page = {.probe = true};
    size_t alone = 0;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->vdoms.count; i++) {
        if (!run->vdoms.items[i].answered) {
            code = read_alone(list, &run->vdoms.items[i], 0, failure);
            alone++;
        }
    }
    return code != HECTOR_OK || alone == 0 || alone == run->vdoms.count
               ? code
               : read_new_rows(list, &page, failure);
}

static int32_t read_all(struct unit_list *list, struct failure *failure)
{
    struct fgt_run *run = list->run;
    struct unit_page page = {.vdom = NULL};

    operation_progress(run->operation, PHASE_unit_lists, 0, 1);
    int32_t code = read_page(list, &page, failure);
    operation_progress(run->operation, PHASE_unit_lists, 1, 0);
    list->not_found = page.not_found;
    bool too_large = code == HECTOR_LIMIT && failure->reason == REASON_reply_too_large;
    /* What is too large, or refused, for all VDOMs may be readable for each. */
    if (too_large || (code == HECTOR_PERMISSION && run->units_right != RIGHT_NONE)) {
        list->paged = too_large && list->kind->has_pages;
        return read_each_vdom(list, failure);
    }
    if (code != HECTOR_OK || list->not_found) {
        return code;
    }
    for (size_t i = 0; i < run->vdoms.count; i++) {
        const struct fgt_vdom *vdom = &run->vdoms.items[i];

        /* The answer for all VDOMs lacks one that the status lists. */
        run->vdoms_moved = run->vdoms_moved || (vdom->listed && !vdom->shown && !vdom->doubtful);
    }
    return read_missing_vdoms(list, failure);
}

/*
 * A release may cut a list without saying so: requests the rows behind the last one. Where `start`
 * is refused or ignored no new rows come, and the list counts as complete.
 */
static int32_t read_behind(struct unit_list *list, struct failure *failure)
{
    const struct fgt_run *run = list->run;
    struct unit_page page = {.probe = true, .query.count = run->operation->limits->page_rows};
    size_t known = list->ids.listed.count;
    int32_t code;

    for (size_t i = 0; i < run->vdoms.count; i++) {
        if (run->vdoms.items[i].at_once > (uint64_t)page.query.start) {
            page.query.start = (int64_t)run->vdoms.items[i].at_once;
        }
    }
    if (page.query.start-- == 0 || list->paged) {
        return HECTOR_OK;
    }
    if ((code = read_new_rows(list, &page, failure)) != HECTOR_OK) {
        return code;
    }
    list->paged = list->ids.listed.count > known;
    return list->paged ? read_each_vdom(list, failure) : HECTOR_OK;
}

int32_t fgt_unit_list_read(struct unit_list *list, struct failure *failure)
{
    const struct unit_kind *kind = list->kind;
    struct fgt_run *run = list->run;
    int32_t code;

    for (size_t i = 0; i < run->vdoms.count; i++) {
        run->vdoms.items[i].shown = false;
        run->vdoms.items[i].at_once = 0;
    }
    if (list->paged) { /* again, from the first page on */
        return read_each_vdom(list, failure);
    }
    list->path = list->not_found ? kind->fortios->path : list->path;
    if ((code = read_all(list, failure)) != HECTOR_OK) {
        return code;
    }
    if (list->not_found && kind->fortios->older_path != NULL) {
        list->path = kind->fortios->older_path;
        code = read_all(list, failure);
    }
    if (code != HECTOR_OK || list->not_found || !kind->has_pages ||
        run->units_right == RIGHT_NONE) {
        return code;
    }
    return read_behind(list, failure);
}
