/*
 * fortios.h - what a FortiGate itself answers of its switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sections named here are those of the reference on FortiGate. The answer depends on the FortiOS of
 * the gate: which paths it has, and what members of a row are called.
 */
#ifndef SIMULATOR_FORTIOS_H
#define SIMULATOR_FORTIOS_H

#include "table.h"

/* Their columns leave out what the gate's own FortiOS lacks. */
extern const struct table fortios_switch_table;
extern const struct table fortios_access_point_table;

/* What is around the results (section 2). */
struct fortios_envelope {
    const struct device *gate;
    const char *vdom;
    const char *path;
    const char *name;
    const char *action; /* "": none */
    int http_status;    /* 0: not told, as in most successes */
    bool anonymous;     /* without serial, version and build: a VDOM that is refused */
};

/* Everything before the results, and everything after them, in the order of the recordings; 400 and
 * above is an error. */
void fortios_open_envelope(struct text *text);
void fortios_close_envelope(const struct fortios_envelope *envelope, struct text *text);

/* What a resource asks for: "/api/v2/monitor/wifi/managed_ap?vdom=*&format=serial|name". */
struct fortios_question {
    const struct fortios_path *path;
    struct query query;
    char vdom[64];              /* "" = the default one, "*" = each in an envelope of its own */
    struct json_object *format; /* the fields asked for, or NULL: all */
};

/*
 * Reads a resource. False when it is none that may be asked for; the violation has been said.
 * fortios_release() in any case.
 */
bool fortios_read(struct fortios_question *question, struct simulator *simulator,
                  const char *resource);
void fortios_release(struct fortios_question *question);

/* The path without the query. */
const char *fortios_path(const struct fortios_question *question);

/* True when the release of the gate has the path. */
bool fortios_exists(const struct fortios_question *question, const struct device *gate);

/* Writes the list of rows of one VDOM: the page that was asked for. */
void fortios_write_rows(const struct fortios_question *question, const struct device *gate,
                        uint32_t vdom, struct text *text);

/* Writes the reply of one gate: an envelope, or a list of them. */
void fortios_answer(const struct fortios_question *question, const struct device *gate,
                    struct text *text);

#endif
