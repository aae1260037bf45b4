/*
 * searched_rows.c - switches whose rows have no usable serial, until it is looked for.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "searched_rows.h"

#include <stdlib.h>
#include <string.h>

#define ROW_MAX KIB(8) /* text of one row with the fields that are asked for */

int32_t searched_rows_keep(struct rosters *rosters, const struct roster *roster,
                           const struct roster_row *row, struct json_object *json, bool *ret_kept,
                           struct failure *reterr)
{
    struct run *run = rosters->run;
    struct gate *gate = row->gate != NULL ? topology_find_gate(&run->topology, row->gate) : NULL;
    struct searched_row *larger;
    size_t size = 0;
    const char *text = json_object_to_json_string_length(json, JSON_C_TO_STRING_PLAIN, &size);
    char *kept;

    *ret_kept = false;
    if (roster->type != SWITCH || row->skip != TEXT_serial_unusable || gate == NULL ||
        rosters->searching || fmg_ids_are_serials(&run->version) ||
        run->topology.adoms[roster->adom].per_device[SWITCH] || size > ROW_MAX) {
        return HECTOR_OK;
    }
    kept = text != NULL ? strndup(text, size) : NULL;
    larger = kept != NULL ? array_room(rosters->searched, rosters->searched_count,
                                       &rosters->searched_capacity, sizeof(*rosters->searched))
                          : NULL;
    if (larger == NULL) {
        free(kept);
        return fail_memory(run->call->operation, reterr);
    }
    rosters->searched = larger;
    rosters->searched[rosters->searched_count++] =
        (struct searched_row){.roster = *roster,
                              .gate = (uint32_t)(gate - run->topology.gates),
                              .row = kept,
                              .size = size};
    rosters->searched_bytes += size + sizeof(*larger);
    *ret_kept = true;
    return HECTOR_OK;
}

void searched_rows_release(struct rosters *rosters)
{
    for (size_t i = 0; i < rosters->searched_count; i++) {
        free(rosters->searched[i].row);
    }
    free(rosters->searched);
    rosters->searched = NULL;
    rosters->searched_count = rosters->searched_capacity = rosters->searched_bytes = 0;
}
