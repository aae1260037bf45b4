/*
 * calls.c - the calls of FortiNAC's REST API: who may make them, and with what.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It checks in this order: the Allowed Subnets and the token, the path, the method, the parameters,
 * the profile. Neither the order nor the bodies of 401 and 403 are known (G.1).
 */
#include "calls.h"

#include "bearer.h"
#include "lists.h"
#include "nac_faults.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define API "/api/v2/"

/* One request. */
struct visit {
    struct fortinac *fortinac;
    const struct request *request;
    struct list_query query;
    const char *filter;
    bool bad; /* a parameter that the call has not got */
    struct reply *reply;
};

static struct report *get_report(const struct visit *visit)
{
    return &visit->fortinac->simulator.report;
}

static void refuse(const struct visit *visit, unsigned http_status, const char *message)
{
    visit->reply->http_status = http_status;
    lists_put_failure(message, &visit->reply->body);
}

/* Parameters --------------------------------------------------------------------------------- */

static bool read_number(const char *text, uint64_t *ret_number)
{
    char *end = NULL;

    errno = 0;
    *ret_number = strtoull(text, &end, 10);
    return errno == 0 && text[0] >= '0' && text[0] <= '9' && *end == '\0';
}

static bool take(struct visit *visit, const char *key, const char *value)
{
    if (strcmp(key, "start") == 0)
        return read_number(value, &visit->query.start);
    if (strcmp(key, "count") == 0)
        return read_number(value, &visit->query.count) && visit->query.count > 0;
    if (strcmp(key, "filter") == 0) {
        visit->filter = value;
        return true;
    }
    visit->query.by_id = strcmp(key, "sortKey") == 0 && strcmp(value, "id") == 0;
    return visit->query.by_id;
}

static enum MHD_Result take_argument(void *context, enum MHD_ValueKind kind, const char *key,
                                     const char *value)
{
    struct visit *visit = context;

    (void)kind;
    if (value == NULL || !take(visit, key, value)) {
        report_violation(get_report(visit), "%s with %s=%s", visit->request->path, key,
                         value != NULL ? value : "");
        visit->bad = true;
    }
    return MHD_YES;
}

/* Calls -------------------------------------------------------------------------------------- */

static void answer_list(struct visit *visit)
{
    lists_put_hosts(visit->fortinac, &visit->query, &visit->reply->body);
}

static void answer_count(struct visit *visit)
{
    lists_put_count(visit->fortinac, &visit->query, &visit->reply->body);
}

static const struct call {
    const char *path;
    void (*answer)(struct visit *visit);
} calls[] = {
    {API "host", answer_list},
    {API "host/count", answer_count},
    {API "host/count/all", answer_count},
};

/* A failure that HTTP does not show (B). */
static bool fails(const struct visit *visit)
{
    char *message;

    switch (visit->query.fault) {
    case NAC_FAULT_HTTP_403: refuse(visit, 403, "Access is denied"); return true;
    case NAC_FAULT_HTTP_500: refuse(visit, 500, "Internal error"); return true;
    case NAC_FAULT_FAILURE: refuse(visit, 200, "Could not read the database"); return true;
    case NAC_FAULT_TOKEN_ECHOED:
        message = must_print("Could not read for %s", visit->fortinac->options.token);
        refuse(visit, 200, message);
        free(message);
        return true;
    default: return false;
    }
}

static void move_hosts(const struct visit *visit)
{
    if (visit->query.fault == FAULT_ROW_ADDED || visit->query.fault == FAULT_ROW_REMOVED)
        hosts_move(&visit->fortinac->hosts);
}

static void answer_call(struct visit *visit, const struct call *call)
{
    struct filter filter;
    const char *wrong;

    (void)MHD_get_connection_values(visit->request->connection, MHD_GET_ARGUMENT_KIND,
                                    take_argument, visit);
    wrong = filter_read(&filter, visit->filter != NULL ? visit->filter : "");
    visit->query.filter = &filter;
    move_hosts(visit);
    if (wrong != NULL) {
        report_violation(get_report(visit), "filter %s: %s", visit->filter, wrong);
        refuse(visit, 400, wrong);
    } else if (visit->bad) {
        refuse(visit, 400, "Bad parameter");
    } else if (simulator_denies(&visit->fortinac->simulator, "host", NULL)) {
        refuse(visit, 403, "Access is denied");
    } else if (!fails(visit)) {
        call->answer(visit);
    }
    filter_release(&filter);
}

/* Access ------------------------------------------------------------------------------------- */

static bool has_access(const struct visit *visit)
{
    const struct fortinac_options *options = &visit->fortinac->options;

    if (options->subnets != NULL && !bearer_is_from(visit->request, options->subnets)) {
        refuse(visit, options->outside_status, "Access is denied");
        return false;
    }
    if (!bearer_is(visit->request->authorization, options->token) ||
        visit->query.fault == NAC_FAULT_TOKEN_REVOKED) {
        get_report(visit)->refused_logins++;
        refuse(visit, 401, "Authentication is required");
        return false;
    }
    return true;
}

static void answer_api(struct visit *visit)
{
    const struct request *request = visit->request;

    if (strcmp(request->method, "GET") != 0)
        report_violation(get_report(visit), "method %s on %s", request->method, request->path);
    if (!has_access(visit))
        return;
    for (size_t i = 0; i < COUNT(calls); i++) {
        if (strcmp(calls[i].path, request->path) == 0) {
            report_get(get_report(visit), request->path, NULL, NULL);
            answer_call(visit, &calls[i]);
            return;
        }
    }
    report_violation(get_report(visit), "unknown path %s %s", request->method, request->path);
    refuse(visit, 404, "Not found");
}

/* FortiNAC 8 knows XML only; 9 HTTP Basic, or a key in the URL (G.1). What they answer to a bearer
 * token is not recorded. */
static void answer_as_old(const struct fortinac *fortinac, struct reply *reply)
{
    if (fortinac->options.product == PRODUCT_XML) {
        text_put(&reply->body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<hosts/>\n");
        reply->type = "application/xml";
        return;
    }
    reply_html(reply, 401, "401 Unauthorized");
    reply->challenge = "Basic realm=\"FortiNAC\"";
}

/* The start page, which a client may read before it sends its token. */
static void answer_beside(struct report *report, const struct request *request, struct reply *reply)
{
    bool start = strcmp(request->path, "/") == 0 && strcmp(request->method, "GET") == 0;

    if (!start)
        report_violation(report, "unknown path %s %s", request->method, request->path);
    else if (request->authorization != NULL)
        report_violation(report, "credentials on /");
    reply_html(reply, start ? 200 : 404, start ? "FortiNAC" : "404 Not Found");
}

void calls_answer(struct simulator *simulator, const struct request *request, struct reply *reply)
{
    struct fortinac *fortinac = (struct fortinac *)simulator; /* it is the first member */
    struct visit visit = {.fortinac = fortinac, .request = request, .reply = reply};

    visit.query.fault = (int)faults_next(&simulator->faults);
    bearer_watch(request, fortinac->options.token, &simulator->report);
    report_credentials(&simulator->report, request->authorization != NULL);
    if (strncmp(request->path, API, sizeof(API) - 1) != 0) {
        answer_beside(&simulator->report, request, reply);
    } else if (fortinac->options.product != PRODUCT_F) {
        answer_as_old(fortinac, reply);
    } else {
        answer_api(&visit);
    }
    nac_faults_spoil(reply, visit.query.fault);
}
