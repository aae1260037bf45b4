/*
 * serial_search.c - finds the serials of switches whose rows have none.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "serial_search.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "device_database.h"
#include "rpc_batch.h"
#include "json/json_guard.h"
#include "json/json_read.h"

/* Adjacent rows of one VDOM of a FortiGate: one table answers for all of them. */
struct group {
    struct searched_row *rows;
    struct json_object **json; /* the parsed rows */
    size_t count;
};

static const char *vdom_of(struct json_object *row)
{
    struct json_object *members = json_member_array(row, "scope member");
    const char *vdom = json_member_text(json_element(members, 0), "vdom");

    return vdom != NULL && *vdom != '\0' ? vdom : "root";
}

/*
 * Stores the serial of a row of the FortiGate (`sn` in its database, `serial` in a proxied query)
 * in the searched rows with the same switch-id.
 */
static void match_row(void *context, struct json_object *row)
{
    const struct group *group = context;
    const char *id = json_member_text(row, "switch-id"), *serial = json_member_text(row, "sn");

    serial = serial != NULL ? serial : json_member_text(row, "serial");
    if (id == NULL || serial == NULL || !device_serial_valid(serial)) {
        return;
    }
    for (size_t i = 0; i < group->count; i++) {
        const char *wanted = json_member_text(group->json[i], "switch-id");

        if (wanted != NULL && strcmp(wanted, id) == 0) {
            utf8_copy(group->rows[i].serial, sizeof(group->rows[i].serial), serial, strlen(serial));
        }
    }
}

static bool all_found(const struct group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        if (group->rows[i].serial[0] == '\0') {
            return false;
        }
    }
    return true;
}

/* Imports the rows again, with the serials that were found. */
static int32_t take_group(struct unit_lists *unit_lists, const struct group *group,
                          struct failure *failure)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct searched_row *row = &group->rows[i];
        int32_t code;

        if (row->serial[0] != '\0') {
            struct json_object *sn = json_object_new_string(row->serial);

            if (sn == NULL || json_object_object_add(group->json[i], "sn", sn) != 0) {
                json_object_put(sn);
                return fail_memory(unit_lists->run->operation, failure);
            }
        }
        code = fmg_unit_lists_take_rows(unit_lists, &row->unit_list, NULL, group->json[i], failure);
        if (code != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}

static int32_t take_answer(struct unit_lists *unit_lists, struct group *group,
                           const struct rpc_param *param, struct failure *failure)
{
    const struct proxied_targets single = {
        unit_lists->run->topology.adoms.items[group->rows->unit_list.adom].name, &group->rows->fgt,
        1};
    int32_t code;

    for (size_t i = 0; param->code == RPC_OK && i < json_count(param->data); i++) {
        match_row(group, json_element(param->data, i));
    }
    if (!all_found(group) && (code = fmg_proxied_rows(&unit_lists->proxied, &single, match_row,
                                                      group, failure)) != HECTOR_OK) {
        return code;
    }
    return take_group(unit_lists, group, failure);
}

/* Requests some tables. If a table has no answer, the serials only stay unknown. */
static int32_t ask_groups(struct unit_lists *unit_lists, struct group *groups, size_t count,
                          struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    struct rpc_batch batch = {.rpc = &run->rpc};
    struct failure why;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; i < count; i++) {
        fmg_device_database_add(&batch, run->topology.fgts.items[groups[i].rows->fgt].name,
                                vdom_of(groups[i].json[0]), SWITCH, "\"loadsub\":0")
            ->fields = "[\"name\",\"switch-id\",\"sn\"]";
    }
    if (failure_ends(fmg_rpc_batch_get(&batch, 0, count, &why), &why)) {
        *failure = why;
        code = why.cause;
    }
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = take_answer(unit_lists, &groups[i], &batch.params[i], failure);
    }
    fmg_rpc_batch_release(&batch);
    return code;
}

/* How many rows from the first on have the same FortiGate and VDOM. */
static size_t group_size(const struct searched_row *rows, struct json_object *const *json,
                         size_t left)
{
    size_t count = 1;

    while (count < left && rows[count].fgt == rows[0].fgt &&
           rows[count].unit_list.adom == rows[0].unit_list.adom &&
           strcmp(vdom_of(json[count]), vdom_of(json[0])) == 0) {
        count++;
    }
    return count;
}

/* Parses rows from `first` on until ROWS_PARSED_MAX is reached. `*ret_end`: index after the last.
 */
static int32_t parse_rows(const struct unit_lists *unit_lists, struct json_object **json,
                          size_t first, size_t *ret_end, struct failure *failure)
{
    const struct operation *operation = unit_lists->run->operation;
    size_t bytes = 0, i = first;

    for (; i < unit_lists->searched.count && bytes < ROWS_PARSED_MAX; i++) {
        const struct searched_row *row = &unit_lists->searched.items[i];

        bytes += row->size;
        if (json[i] == NULL) {
            (void)json_guard_parse(row->row, row->size, operation->limits->tree_max_bytes, &json[i],
                                   NULL);
        }
        if (json[i] == NULL) {
            return fail_memory(operation, failure);
        }
    }
    *ret_end = i;
    return HECTOR_OK;
}

/* Searches the rows from `*next` on that fit in one request, and moves `*next` behind them. */
static int32_t search_some(struct unit_lists *unit_lists, struct json_object **json, size_t *next,
                           struct failure *failure)
{
    struct group groups[PACK_MAX];
    size_t count = 0, first = *next, end = first;
    int32_t code = parse_rows(unit_lists, json, first, &end, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    for (; count < PACK_MAX && *next < end; *next += groups[count++].count) {
        groups[count] = (struct group){
            unit_lists->searched.items + *next, json + *next,
            group_size(unit_lists->searched.items + *next, json + *next, end - *next)};
    }
    code = ask_groups(unit_lists, groups, count, failure);
    operation_progress(unit_lists->run->operation, PHASE_serial_numbers, *next - first, 0);
    for (size_t i = first; i < *next; i++) {
        json_object_put(json[i]);
        json[i] = NULL;
    }
    return code;
}

int32_t fmg_serial_search_settle(struct unit_lists *unit_lists, struct failure *failure)
{
    struct json_object **json;
    int32_t code = HECTOR_OK;

    if (unit_lists->searched.count == 0) {
        return HECTOR_OK;
    }
    json = calloc(unit_lists->searched.count, sizeof(struct json_object *));
    if (json == NULL) {
        return fail_memory(unit_lists->run->operation, failure);
    }
    operation_progress(unit_lists->run->operation, PHASE_serial_numbers, 0,
                       unit_lists->searched.count);
    unit_lists->searching = true;
    fmg_unit_lists_begin_facts(unit_lists);
    for (size_t next = 0; code == HECTOR_OK && next < unit_lists->searched.count;) {
        code = search_some(unit_lists, json, &next, failure);
    }
    fmg_unit_lists_end_facts(unit_lists);
    unit_lists->searching = false; /* a later reading may search again */
    for (size_t i = 0; i < unit_lists->searched.count; i++) {
        json_object_put(json[i]);
    }
    free(json);
    fmg_unit_lists_release_searched(unit_lists);
    return code;
}
