/*
 * truth.h - what a perfect client would find in the topology.
 * SPDX-License-Identifier: Apache-2.0
 *
 * system       {serial, serials, hostname, version}
 * units        one for each physical unit that is an asset:
 *              serial, name (of its row), device_type ("other": not ours), model, title, adoms,
 *              scope, manager, manager_serials, log_only, online, and
 *              attributes  what the device table, the unit lists and the status cache give, all
 *                          ticked; "meta.NAME" are the custom fields
 *              live        what a question to the gate adds to that, or puts in its place; {} where
 *                          the gate does not answer
 * not_assets   rows that are none: the same, and a reason; serial is what the row shows, or null.
 *              Settings make assets of some of them, which is why they are told in full
 * double_listed  of a unit that two gates list, the listing that is out of date: serial, name,
 *              device_type, adoms, manager
 * dead_gates   names of gates that are up and answer no question
 * moving       serials of devices that may come or go during the run (row-added, row-removed)
 * adoms        {name, has_devices}
 * scopes       what a run over everything reports on: {scope, device_type, assets}
 * refused      what --deny refuses: {scope, device_type, reason}, the reason as the plugin's slug;
 *              scope and device_type are null for login and proxy; system and adoms are not told
 * incomplete   those of scopes that cannot be complete because of it: {scope, device_type}
 *
 * A unit in two unit lists is where it is connected. Under --deny, units are still all there are;
 * what of them can be found is told by their scope.
 */
#ifndef SIMULATOR_TRUTH_H
#define SIMULATOR_TRUTH_H

#include "simulator.h"

/* The truth as JSON for the caller to free. */
char *truth_write(const struct simulator *simulator);

#endif
