/*
 * gate_truth.h - what a perfect client would find behind the token.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The members are those of truth.h, told as follows.
 *
 * A scope is gate:SERIAL/vdom:NAME, SERIAL being the first, in their order, of the cluster's
 * serials that can be known. The gate and the members of its cluster are in the management VDOM, or
 * where the administrator has not got it, in the first one that he has; switches and access points
 * are in their own. Every unit has "scopes": where it may have been listed, which is one scope, or
 * none when nothing shows it to this token. "adoms", "dead_gates", "moving" and "double_listed" are
 * empty, "live" is {}: the gate was asked itself.
 *
 * Rows that nobody shows are no rows: what is in a VDOM that the administrator has not got still
 * stands in "units", without scopes; switches of a gate without switch controller do not.
 *
 * refused, incomplete   right_missing: switches and access points of each VDOM, without the group
 *                       wifi. members_unread, or gate_read_failed where csf answers 500: firewalls,
 *                       where neither sysgrp (ha-peer, ha-checksums) nor csf (secfabgrp) tells of
 *                       the cluster
 * fabric                gates of the Security Fabric that are not read here: {serial, hostname,
 *                       model}; empty when csf cannot be read
 */
#ifndef FORTIGATE_GATE_TRUTH_H
#define FORTIGATE_GATE_TRUTH_H

#include "gate.h"

/* The truth as JSON for the caller to free. */
char *gate_truth_write(const struct gate *gate);

#endif
