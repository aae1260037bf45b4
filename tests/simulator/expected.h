/*
 * expected.h - the inventory that a perfect client would find in the topology.
 * SPDX-License-Identifier: Apache-2.0
 *
 * system       {serial, serials, hostname, version}
 * units        one for each physical unit that is an asset:
 *              serial, name (of its row), device_type ("other": not imported), model, title, adoms,
 *              scope, manager, manager_serials, log_only, online, and
 *              attributes  what the device table, the unit lists and the status cache give, all
 *                          ticked; "meta.NAME" are the custom fields
 *              live        what a proxied query adds to that, or replaces; {} when the
 *                          FortiGate does not answer
 * not_assets   rows that are none: the same, and a reason; serial is what the row shows, or null.
 *              Settings make assets of some of them, so they are listed in full
 * managers     the FortiManager and its HA peer, as units; none if --deny refuses its status
 * double_listed  of a unit that two FortiGates list, the outdated row: serial, name,
 *              device_type, adoms, manager
 * dead_fgts   names of FortiGates that are connected and answer no query
 * moving       serials of devices that may come or go during the run (row-added, row-removed)
 * adoms        {name, has_devices}
 * scopes       what a run over everything reports on: {scope, device_type, assets}
 * refused      what --deny refuses: {scope, device_type, reason}, the reason as the plugin's slug;
 *              scope and device_type are null for login and proxy; system and adoms are left out
 * incomplete   those of scopes that cannot be complete because of it: {scope, device_type}
 *
 * A unit in two unit lists is where it is connected. Under --deny, units still has all units; their
 * scope shows which can be found.
 */
#ifndef SIMULATOR_EXPECTED_H
#define SIMULATOR_EXPECTED_H

#include "simulator.h"

/* What is expected, as JSON; the caller frees it. */
char *expected_write(const struct simulator *simulator);

#endif
