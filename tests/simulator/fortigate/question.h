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
    const struct resource *resource; /* NULL: none that is known */
    char *path;                      /* the second segment of the path; ends and parts below */
    const char *name;
    const char *action;
    char vdom[64];              /* "": the default one */
    bool array;                 /* vdom=* or global=1: a list of envelopes */
    bool bad;                   /* a parameter that nobody knows */
    bool trimmed;               /* the profile lacks the group: results with nothing in them */
    struct json_object *format; /* names, or NULL: all */
    struct json_object *parameters;
    size_t first;
    size_t limit;
    struct text table;               /* what is left for the table of rows, as a resource */
    struct fortios_question fortios; /* of switches and access points */
};

/* Reads a path below /api/v2/. False when there is none such. question_release() in any case. */
bool question_begin(struct question *question, struct gate *gate, const char *path);
void question_release(struct question *question);

/* One parameter after the other, then the end of them, where a fault may spoil the page that was
 * asked for. What nobody knows is a violation. */
void question_take(struct question *question, const char *key, const char *value);
void question_end(struct question *question, int fault);

/* False when this release or this gate lacks the path: 404 without anybody's fault. */
bool question_exists(const struct question *question);

/* False when the VDOM is none of the administrator's. */
bool question_finds_vdom(const struct question *question);

/* The group of the profile that it takes, or NULL. */
const char *question_group(const struct question *question);

/* An error; the second one without serial, version and build [C344460]. */
void question_refuse(const struct question *question, unsigned http_status, struct reply *reply);
void question_refuse_vdom(const struct question *question, struct reply *reply);

void question_answer(const struct question *question, struct reply *reply);

#endif
