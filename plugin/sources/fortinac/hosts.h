/*
 * hosts.h - the list of all hosts of a FortiNAC.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Paging is a request that the system may not honour: its documented default is to answer with
 * every host at once, and nothing says which release honours `start`, `count` and `sortKey` for
 * hosts. So each answer is read row by row whatever its size, and the list ends when the total is
 * reached, or at an answer with more rows than were requested, with none, or with none that is new.
 */
#ifndef FNAC_HOSTS_H
#define FNAC_HOSTS_H

#include "run.h"

/* What was read. */
struct fnac_hosts {
    uint64_t hosts;   /* different ones */
    uint64_t serials; /* of these, with a serial number, whatever it is */
};

/*
 * Reads the list into the inventory, and sets the coverage status of the scope: incomplete with the
 * numbers if, read twice, it did not reach the total, or the total changed. Any other code than OK
 * ends the run.
 */
int32_t fnac_hosts_read(struct fnac_run *run, struct fnac_hosts *ret, struct failure *failure);

#endif
