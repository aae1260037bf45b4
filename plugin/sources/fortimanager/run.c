/*
 * run.c - what the parts of the FortiManager source share during one call.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "run.h"

int32_t fmg_run_room(struct fmg_run *run, size_t beside, struct failure *failure)
{
    size_t bytes = beside + fmg_topology_bytes(&run->topology) + run->clusters.bytes;

    if (run->inventory != NULL) {
        return inventory_room(run->inventory, bytes, failure);
    }
    return bytes <= STORE_MAX ? HECTOR_OK
                              : fail(run->operation, failure, REASON_store_full, NULL,
                                     ARGUMENTS(run->settings->origin));
}
