/*
 * question.h - one GET of the REST API: its path, its parameters, and the envelopes that answer it.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTIGATE_QUESTION_H
#define FORTIGATE_QUESTION_H

#include "fortios.h"
#include "gate.h"
#include "reply.h"

struct resource;

struct question {
    struct gate *gate;
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
    struct text table;               /* the parameters of the table of rows, as a resource */
    struct fortios_question fortios; /* of switches and access points */
};

/* Reads a path below /api/v2/. False when it is unknown. Call question_release() in either case. */
bool question_begin(struct question *question, struct gate *gate, const char *path);
void question_release(struct question *question);

/* Takes one parameter after the other, then their end, where a fault may change the requested page.
 * Unknown parameters are violations. */
void question_take(struct question *question, const char *key, const char *value);
void question_end(struct question *question, int fault);

/* False when this release or this FortiGate lacks the path: 404 without a violation. */
bool question_exists(const struct question *question);

/* False when the administrator lacks the VDOM. */
bool question_finds_vdom(const struct question *question);

/* The group that the profile needs, or NULL. */
const char *question_group(const struct question *question);

/* Writes an error; the second one without serial, version and build [C344460]. */
void question_refuse(const struct question *question, unsigned http_status, struct reply *reply);
void question_refuse_vdom(const struct question *question, struct reply *reply);

void question_answer(const struct question *question, struct reply *reply);

#endif
