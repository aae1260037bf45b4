/*
 * serial_search.c - finds the serials of switches whose rows have none.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "serial_search.h"

#include <string.h>

#include "base/utf8.h"
#include "device_database.h"
#include "json/json_guard.h"
#include "json/json_read.h"

/* Adjacent rows of one VDOM of a FortiGate: one table answers for all of them. */
struct group {
    struct searched_row *rows;
    size_t count, missing; /* missing: rows whose serial was not found */
};

static const char *vdom_of(const struct searched_row *row)
{
    const char *vdom = fmg_unit_row_place(row->json, "vdom");

    return *vdom != '\0' ? vdom : "root";
}

/*
 * Stores the serial of a row of the FortiGate (`sn` in its database, `serial` in a proxied query)
 * in the searched rows with the same switch-id.
 */
static void match_row(void *context, struct json_object *row)
{
    struct group *group = context;
    const char *id = json_member_text(row, "switch-id"), *serial = json_member_text(row, "sn");

    serial = serial != NULL ? serial : json_member_text(row, "serial");
    if (id == NULL || serial == NULL || !device_serial_valid(serial)) {
        return;
    }
    for (size_t i = 0; i < group->count; i++) {
        if (json_member_is(group->rows[i].json, "switch-id", id)) {
            group->missing -= group->rows[i].serial[0] == '\0' ? 1 : 0;
            utf8_copy(group->rows[i].serial, sizeof(group->rows[i].serial), serial, strlen(serial));
        }
    }
}

/* Imports a row again, with the serial if it was found. */
static int32_t take_row(struct unit_lists *unit_lists, const struct searched_row *row,
                        struct failure *failure)
{
    if (row->serial[0] != '\0') {
        struct json_object *sn = json_object_new_string(row->serial);

        if (sn == NULL || json_object_object_add(row->json, "sn", sn) != 0) {
            json_object_put(sn);
            return fail_memory(unit_lists->run->operation, failure);
        }
    }
    return fmg_unit_lists_take_rows(unit_lists, &row->unit_list, NULL, row->json, failure);
}

static int32_t take_answer(struct unit_lists *unit_lists, struct group *group,
                           const struct rpc_param *param, struct failure *failure)
{
    const struct proxied_targets single = {
        fmg_unit_list_adom(unit_lists->run, &group->rows->unit_list)->name, &group->rows->fgt, 1};
    int32_t code = HECTOR_OK;

    for (size_t i = 0; param->code == RPC_OK && i < json_count(param->data); i++) {
        match_row(group, json_element(param->data, i));
    }
    if (group->missing > 0) {
        code = fmg_proxied_rows(&unit_lists->proxied, &single, match_row, group, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < group->count; i++) {
        code = take_row(unit_lists, &group->rows[i], failure);
    }
    return code;
}

/* Requests the tables of some groups. Rows of a table without an answer stay without a serial. */
static int32_t ask_groups(struct unit_lists *unit_lists, struct group *groups, size_t count,
                          struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    struct rpc_batch batch = {.rpc = &run->rpc};
    struct failure why;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; i < count; i++) {
        fmg_device_database_add(&batch, run->topology.fgts.items[groups[i].rows->fgt].name,
                                vdom_of(groups[i].rows), SWITCH, "[\"name\",\"switch-id\",\"sn\"]");
    }
    if (failure_ends(fmg_rpc_batch_get(&batch, 0, count, &why), &why)) {
        code = fail_as(failure, &why);
    }
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = take_answer(unit_lists, &groups[i], &batch.params[i], failure);
    }
    fmg_rpc_batch_release(&batch);
    return code;
}

static bool is_same_table(const struct searched_row *a, const struct searched_row *b)
{
    return a->fgt == b->fgt && a->unit_list.adom == b->unit_list.adom &&
           strcmp(vdom_of(a), vdom_of(b)) == 0;
}

/*
 * Searches the rows from `*next` on that fit in one request, and moves `*next` behind them. Not
 * more rows are parsed at a time than ROWS_PARSED_MAX allows.
 */
static int32_t search_some(struct unit_lists *unit_lists, size_t *next, struct failure *failure)
{
    const struct operation *operation = unit_lists->run->operation;
    struct searched_row *rows = unit_lists->searched.items;
    struct group groups[PACK_MAX] = {0};
    size_t first = *next, count = 0, bytes = 0;

    for (; *next < unit_lists->searched.count && bytes < ROWS_PARSED_MAX; ++*next) {
        struct searched_row *row = &rows[*next];

        bytes += row->size;
        if (row->json == NULL) {
            (void)json_guard_parse(row->row, row->size, operation->limits->tree_max_bytes,
                                   &row->json, NULL);
        }
        if (row->json == NULL) {
            return fail_memory(operation, failure);
        }
        if (count > 0 && is_same_table(groups[count - 1].rows, row)) {
            groups[count - 1].count++;
            groups[count - 1].missing++;
        } else if (count < PACK_MAX) {
            groups[count++] = (struct group){row, 1, 1};
        } else {
            break;
        }
    }
    int32_t code = ask_groups(unit_lists, groups, count, failure);
    operation_progress(unit_lists->run->operation, PHASE_serial_numbers, *next - first, 0);
    for (size_t i = first; i < *next; i++) {
        json_object_put(rows[i].json);
        rows[i].json = NULL;
    }
    return code;
}

int32_t fmg_serial_search_settle(struct unit_lists *unit_lists, struct failure *failure)
{
    size_t count = unit_lists->searched.count;
    int32_t code = HECTOR_OK;

    source_expect(unit_lists->run->operation, PHASE_serial_numbers, count);
    unit_lists->searching = true;
    for (size_t next = 0; code == HECTOR_OK && next < count;) {
        code = search_some(unit_lists, &next, failure);
    }
    unit_lists->searching = false; /* a later reading may search again */
    fmg_unit_lists_release_searched(unit_lists);
    return code;
}
