/*
 * query.h - one GET of the REST API: its path, its parameters, and the envelopes that answer it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTIGATE_QUERY_H
#define FORTIGATE_QUERY_H

#include "fgt.h"
#include "fortios.h"
#include "reply.h"

struct resource;

struct fgt_query {
    struct fgt *fgt;
    const struct resource *resource; /* NULL: unknown */
    char *path;                      /* the second segment of the path; its ends and parts follow */
    const char *name;
    const char *action;
    char vdom[64];              /* "": the default VDOM */
    bool array;                 /* vdom=* or global=1: a list of envelopes */
    bool bad;                   /* an unknown parameter */
    bool trimmed;               /* the profile lacks the group: empty results */
    struct json_object *format; /* names; NULL: all */
    struct json_object *parameters;
    size_t first;
    size_t limit;
    struct text table;            /* the parameters of the table of rows, as a resource */
    struct fortios_query fortios; /* of switches and access points */
};

/* Reads a path below /api/v2/. False when it is unknown. Call query_release() in either case. */
bool query_begin(struct fgt_query *query, struct fgt *fgt, const char *path);
void query_release(struct fgt_query *query);

/* Takes one parameter after the other, then their end, where a fault may change the requested page.
 * Unknown parameters are violations. */
void query_take(struct fgt_query *query, const char *key, const char *value);
void query_end(struct fgt_query *query, int fault);

/* False when this release or this FortiGate lacks the path: 404 without a violation. */
bool query_exists(const struct fgt_query *query);

/* False when the administrator lacks the VDOM. */
bool query_finds_vdom(const struct fgt_query *query);

/* The group that the profile needs, or NULL. */
const char *query_group(const struct fgt_query *query);

/* Writes an error; the second one without serial, version and build [C344460]. */
void query_refuse(const struct fgt_query *query, unsigned http_status, struct reply *reply);
void query_refuse_vdom(const struct fgt_query *query, struct reply *reply);

void query_answer(const struct fgt_query *query, struct reply *reply);

#endif
