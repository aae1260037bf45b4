/*
 * host_row.h - one host of a FortiNAC as an end system.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A host is an end system with up to five adapters. With an agent a machine is one host; without
 * one each of its adapters is a host of its own, and none of them has a serial number [FortiNAC-F
 * administration guide, "Hosts"]. Any member may be absent or null; a time is a number of
 * milliseconds since 1970, or text in ISO 8601.
 */
#ifndef FNAC_HOST_ROW_H
#define FNAC_HOST_ROW_H

#include "sources/endpoints.h"

/* Room for what a row is turned into. The end system borrows from it, and from the row. */
struct fnac_host {
    struct endpoint endpoint;
    struct device device;
    char key[32]; /* the host's id */
    const char *macs[FNAC_MACS_MAX];
    char type[24];                /* the number of its type, if it has no name */
    char fgt[NAME_MAX_BYTES + 1]; /* from the location: the FortiGate, the VDOM, the switch */
    char vdom[NAME_MAX_BYTES + 1];
    char switch_serial[SERIAL_MAX + 1];
};

/*
 * Reads a row into `ret`. False if it is no object, or has neither an id nor a MAC address by which
 * the next run would know it again.
 */
bool fnac_host_read(struct json_object *row, struct fnac_host *ret);

/*
 * Reads a time, as Unix seconds: milliseconds since 1970 as a number or as text, or
 * "2024-02-15T23:03:19.954+0000", with or without fraction and zone (UTC without). 0 = none, or
 * never.
 */
int64_t fnac_time(struct json_object *value);

#endif
