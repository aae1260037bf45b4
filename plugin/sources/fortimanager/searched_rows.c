/*
 * searched_rows.c - keeps switch rows without a usable serial for serial_search.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "searched_rows.h"

#include <stdlib.h>
#include <string.h>

int32_t fmg_searched_rows_keep(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                               const struct unit_row *row, bool *ret_kept, struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    struct fgt *fgt = row->fgt != NULL ? fmg_topology_find_fgt(&run->topology, row->fgt) : NULL;
    size_t size = 0;
    const char *text = json_object_to_json_string_length(row->json, JSON_C_TO_STRING_PLAIN, &size);
    char *kept;

    *ret_kept = false;
    if (unit_list->type != SWITCH || row->skip != SKIP_serial_unusable || fgt == NULL ||
        unit_lists->searching || fmg_ids_are_serials(&run->version) ||
        run->topology.adoms.items[unit_list->adom].per_device[SWITCH] || size > UNIT_ROW_MAX) {
        return HECTOR_OK;
    }
    kept = text != NULL ? strndup(text, size) : NULL;
    if (kept == NULL ||
        !searched_list_add(&unit_lists->searched,
                           (struct searched_row){.unit_list = *unit_list,
                                                 .fgt = (uint32_t)(fgt - run->topology.fgts.items),
                                                 .row = kept,
                                                 .size = size})) {
        free(kept);
        return fail_memory(run->operation, failure);
    }
    unit_lists->searched_bytes += size + sizeof(struct searched_row);
    *ret_kept = true;
    return HECTOR_OK; /* analyzer: no leak, fmg_searched_rows_release() frees it */
}

void fmg_searched_rows_release(struct unit_lists *unit_lists)
{
    for (size_t i = 0; i < unit_lists->searched.count; i++) {
        free(unit_lists->searched.items[i].row);
    }
    free(unit_lists->searched.items);
    unit_lists->searched = (struct searched_list){0};
    unit_lists->searched_bytes = 0;
}
