/*
 * access.c - access control, and how a FortiGate refuses.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Checks in the order that a FortiGate is assumed to use: the address and the token, the path, the
 * method, the parameters, the VDOM, the profile. Only the answers are recorded (section 1), not the
 * order.
 */
#include "access.h"

#include "bearer.h"
#include "fgt.h"
#include "fgt_faults.h"
#include "query.h"

#include <microhttpd.h>
#include <string.h>

#define API "/api/v2/"

/* From these releases on, a token in the URL is refused (section 1). */
#define QUERY_TOKEN_OFF_7_4 70405
#define QUERY_TOKEN_OFF_7_6 70601

struct visit {
    struct fgt *fgt;
    const struct request *request;
    const char *query_token; /* access_token in the url, or NULL */
};

static struct report *get_report(const struct visit *visit)
{
    return &visit->fgt->simulator.report;
}

/* The token ---------------------------------------------------------------------------------- */

static bool takes_query_token(const struct fgt *fgt)
{
    int firmware = fgt_firmware(fgt);

    return firmware < QUERY_TOKEN_OFF_7_4 || (firmware >= 70600 && firmware < QUERY_TOKEN_OFF_7_6);
}

static bool is_right_token(const struct visit *visit)
{
    const char *token = visit->fgt->options.token;

    if (visit->request->authorization != NULL)
        return bearer_is(visit->request->authorization, token);
    return visit->query_token != NULL && takes_query_token(visit->fgt) &&
           strcmp(visit->query_token, token) == 0;
}

static bool is_trusted_host(const struct visit *visit)
{
    const char *trusted = visit->fgt->options.trusted_host;

    return trusted == NULL || bearer_is_from(visit->request, trusted);
}

/* The token belongs into the header; anywhere else it may end up in a log. */
static void look_for_token(struct visit *visit)
{
    visit->query_token = MHD_lookup_connection_value(visit->request->connection,
                                                     MHD_GET_ARGUMENT_KIND, "access_token");
    if (visit->query_token != NULL)
        report_violation(get_report(visit), "access_token in the url");
    bearer_watch(visit->request, visit->fgt->options.token, get_report(visit));
}

/* Section 1: the causes cannot be distinguished. */
static void refuse_token(const struct visit *visit, bool carried, struct reply *reply)
{
    if (carried)
        get_report(visit)->refused_logins++;
    reply_html(reply, MHD_HTTP_UNAUTHORIZED, "401 Unauthorized");
    reply->challenge = "error=\"invalid_token\"";
}

/* The path ----------------------------------------------------------------------------------- */

/* A FortiGate's answers outside of its API are not recorded. A client that requests a
 * FortiManager's path without any credential is probing the address. */
static void answer_beside(const struct visit *visit, bool carried, struct reply *reply)
{
    const struct request *request = visit->request;

    if (strcmp(request->path, "/jsonrpc") != 0 || strcmp(request->method, "POST") != 0)
        report_violation(get_report(visit), "unknown path %s %s", request->method, request->path);
    else if (carried || strstr(request->body->bytes, "\"passwd\"") != NULL)
        report_violation(get_report(visit), "credentials on /jsonrpc");
    reply_html(reply, MHD_HTTP_NOT_FOUND, "404 Not Found");
}

/* Section 1, and the answers in endpoint_discovery_7.6. */
static unsigned get_unknown_status(const char *path)
{
    bool alone = strchr(path, '/') == NULL || strchr(strchr(path, '/') + 1, '/') == NULL;

    if (strncmp(path, "cmdb/", 5) == 0)
        return alone ? MHD_HTTP_METHOD_NOT_ALLOWED : MHD_HTTP_BAD_REQUEST;
    return alone ? MHD_HTTP_FORBIDDEN : MHD_HTTP_NOT_FOUND;
}

static enum MHD_Result take_argument(void *context, enum MHD_ValueKind kind, const char *key,
                                     const char *value)
{
    struct fgt_query *query = context;

    (void)kind;
    /* Reported already, and no parameter of a query. */
    if (strcmp(key, "access_token") != 0)
        query_take(query, key, value);
    return MHD_YES;
}

static void refuse_group(struct fgt_query *query, struct reply *reply)
{
    switch (query->fgt->options.refusal) {
    case REFUSAL_JSON: query_refuse(query, MHD_HTTP_FORBIDDEN, reply); break;
    case REFUSAL_HTML: reply_html(reply, MHD_HTTP_FORBIDDEN, "403 Forbidden"); break;
    default: query->trimmed = true; query_answer(query, reply);
    }
}

static void answer_known(const struct visit *visit, struct fgt_query *query, int fault,
                         struct reply *reply)
{
    (void)MHD_get_connection_values(visit->request->connection, MHD_GET_ARGUMENT_KIND,
                                    take_argument, query);
    query_end(query, fault);
    if (fgt_fault_status(fault) != 0)
        query_refuse(query, fgt_fault_status(fault), reply);
    else if (query->bad)
        query_refuse(query, MHD_HTTP_BAD_REQUEST, reply);
    else if (!query_exists(query))
        query_refuse(query, MHD_HTTP_NOT_FOUND, reply);
    else if (!query_finds_vdom(query))
        query_refuse_vdom(query, reply);
    else if (fgt_denies(visit->fgt, query_group(query)))
        refuse_group(query, reply);
    else
        query_answer(query, reply);
}

static void answer_api(const struct visit *visit, int fault, struct reply *reply)
{
    const char *path = visit->request->path + sizeof(API) - 1;
    struct fgt_query query;

    if (strcmp(visit->request->method, "GET") != 0) {
        report_violation(get_report(visit), "method %s on %s", visit->request->method, path);
        query_begin(&query, visit->fgt, path);
        query_refuse(&query, MHD_HTTP_METHOD_NOT_ALLOWED, reply);
    } else if (!query_begin(&query, visit->fgt, path)) {
        report_violation(get_report(visit), "unknown path %s", path);
        query_refuse(&query, get_unknown_status(path), reply);
    } else {
        answer_known(visit, &query, fault, reply);
    }
    query_release(&query);
}

void access_answer(struct simulator *simulator, const struct request *request, struct reply *reply)
{
    struct visit visit = {.fgt = (struct fgt *)simulator, .request = request};
    int fault = (int)faults_next(&simulator->faults);
    bool carried;

    look_for_token(&visit);
    carried = request->authorization != NULL || visit.query_token != NULL;
    report_credentials(get_report(&visit), carried);
    if (strncmp(request->path, API, sizeof(API) - 1) != 0)
        answer_beside(&visit, carried, reply);
    else if (!is_trusted_host(&visit) || !is_right_token(&visit) ||
             fault == FGT_FAULT_TOKEN_REVOKED)
        refuse_token(&visit, carried, reply);
    else
        answer_api(&visit, fault, reply);
    fgt_faults_spoil(reply, fault);
}
