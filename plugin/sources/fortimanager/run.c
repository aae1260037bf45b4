/*
 * run.c - what the parts of the FortiManager source share during one call.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "run.h"

int32_t fmg_run_room(struct fmg_run *run, size_t beside, struct failure *failure)
{
    return inventory_room(
        run->inventory, beside + fmg_topology_bytes(&run->topology) + run->clusters.bytes, failure);
}
