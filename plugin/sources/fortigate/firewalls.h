/*
 * firewalls.h - cluster members as firewalls, and the coverage of their scopes.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_FIREWALLS_H
#define FGT_FIREWALLS_H

#include "run.h"

/*
 * Reports the cluster members as firewalls to the inventory, and ends the coverage of their scope.
 */
int32_t fgt_firewalls_report(struct fgt_run *run, struct failure *failure);

/*
 * Ends the firewall coverage of every VDOM that is read; call it once these are known. The other
 * VDOMs list no firewalls.
 */
int32_t fgt_firewalls_end(struct fgt_run *run, struct failure *failure);
#endif
