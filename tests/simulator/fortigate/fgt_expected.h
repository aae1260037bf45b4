/*
 * fgt_expected.h - the inventory that a perfect client would find with the token.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The members are those of expected.h, as follows.
 *
 * A scope is gate:SERIAL/vdom:NAME, SERIAL being the first, in their order, of the cluster's
 * serials that can be known. The FortiGate and the members of its cluster are in the management
 * VDOM, or if the administrator lacks it, in the first VDOM that the administrator has; switches
 * and access points are in their own. Every unit has "scopes": where it may have been listed, which
 * is one scope, or none when no answer shows it to this token. "adoms", "dead_fgts", "moving" and
 * "double_listed" are empty, "live" is {}, because the FortiGate itself is the source.
 *
 * Units of a VDOM that the administrator lacks are in "units", without scopes; switches of a
 * FortiGate without a switch controller are not, because no answer shows their rows.
 *
 * refused, incomplete   right_missing: switches and access points of each VDOM, without the group
 *                       wifi. members_unread, or fgt_read_failed where csf answers 500: firewalls,
 *                       where neither sysgrp (ha-peer, ha-checksums) nor csf (secfabgrp) shows
 *                       the cluster
 * fabric                FortiGates of the Security Fabric that are not read here: {serial,
 *                       hostname, model}; empty when csf cannot be read
 */
#ifndef FORTIGATE_FGT_EXPECTED_H
#define FORTIGATE_FGT_EXPECTED_H

#include "fgt.h"

/* What is expected, as JSON; the caller frees it. */
char *fgt_expected_write(const struct fgt *fgt);

#endif
