/*
 * fortios.h - the answers of a FortiGate on its switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sections are those of the reference on FortiGate. The paths and the names of members depend on
 * the FortiOS of the FortiGate.
 */
#ifndef SIMULATOR_FORTIOS_H
#define SIMULATOR_FORTIOS_H

#include "table.h"

/* Tables without the columns that the FortiGate's FortiOS lacks. */
extern const struct table fortios_switch_table;
extern const struct table fortios_access_point_table;

/* The envelope of the results (section 2). */
struct fortios_envelope {
    const struct device *fgt;
    const char *vdom;
    const char *path;
    const char *name;
    const char *action; /* "": no action */
    int http_status;    /* 0: left out, as in most successes */
    bool anonymous;     /* without serial, version and build: a VDOM that is refused */
};

/* Write everything before the results, and everything after them, in the order of the recordings;
 * 400 and above is an error. */
void fortios_open_envelope(struct text *text);
void fortios_close_envelope(const struct fortios_envelope *envelope, struct text *text);

/* The parts of a resource: "/api/v2/monitor/wifi/managed_ap?vdom=*&format=serial|name". */
struct fortios_query {
    const struct fortios_path *path;
    struct query query;
    char vdom[64];              /* "" = the default one, "*" = each in an envelope of its own */
    struct json_object *format; /* the requested fields; NULL: all */
};

/* Reads a resource. False for one that must not be requested, after recording the violation. Call
 * fortios_release() in either case. */
bool fortios_read(struct fortios_query *query, struct simulator *simulator, const char *resource);
void fortios_release(struct fortios_query *query);

/* The path without the query. */
const char *fortios_path(const struct fortios_query *query);

/* True when the FortiGate's release has the path. */
bool fortios_exists(const struct fortios_query *query, const struct device *fgt);

/* Writes the requested page of one VDOM's rows. */
void fortios_write_rows(const struct fortios_query *query, const struct device *fgt, uint32_t vdom,
                        struct text *text);

/* Writes the reply of one FortiGate: an envelope, or a list of them. */
void fortios_answer(const struct fortios_query *query, const struct device *fgt, struct text *text);

#endif
