/*
 * visit.h - one request, and the replies that several calls give.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EMS_VISIT_H
#define EMS_VISIT_H

#include "ems.h"
#include "reply.h"
#include "server.h"

struct visit {
    struct ems *ems;
    const struct request *request;
    const char *path; /* of EMS's API: without what EMS Cloud puts before it */
    int fault;
    struct reply *reply;
};

/* The report of violations. */
struct report *visit_report(const struct visit *visit);

/* A header of the request, or an argument of its URL; NULL: absent. */
const char *visit_header(const struct visit *visit, const char *name);
const char *visit_argument(const struct visit *visit, const char *name);

/* {"result":{"retval":RETVAL,"message":MESSAGE}}, where the message of a success may be null (D.1).
 * visit_begin() leaves the object open, for its data. */
void visit_begin(const struct visit *visit, int retval, const char *message);
void visit_refuse(const struct visit *visit, unsigned http_status, int retval, const char *message);

#endif
