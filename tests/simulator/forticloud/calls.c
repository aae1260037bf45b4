/*
 * calls.c - the calls of Asset Management and FortiFlex: who may make them, and with what.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "calls.h"

#include "cloud_faults.h"
#include "replies.h"
#include "tokens.h"

#include <inttypes.h>
#include <json-c/json.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define LOGIN    "/api/v1/oauth/token/"
#define PRODUCTS "/ES/api/registration/v3/products/list"
#define FLEX     "/ES/api/fortiflex/v2/"

/* G.3; code 0 is one that is not known. */
static const struct error no_criterion = {
    -1, 101, "Both serialNumber and expireBefore cannot be empty at the same time."};
static const struct error account_needed = {
    -1, 0, "Request should include a positive number for accountId"};
static const struct error token_invalid = {-1, 201, "Invalid security token."};
static const struct error token_missing = {-1, 0, "Please provide token in request."};
static const struct error access_denied = {
    -1, 0, "Access denied. No permission to access the requested action or resource."};
static const struct error other_error = {
    -2, 301, "The license download function for given product category is not supported."};
/* Made up: what FortiFlex says of a program that it does not know is not recorded. */
static const struct error program_unknown = {-1, 0, "Invalid program serial number."};
static const struct error server_error = {-1, 500, "Internal server error."};

/* One request. */
struct visit {
    struct forticloud *forticloud;
    const struct call *call;
    struct json_object *body;
    struct token *token; /* NULL: no living one */
    int fault;
    struct reply *reply;
};

typedef void call_answer(struct visit *visit);

struct call {
    enum api api;
    const char *path;
    const char *members[5]; /* that its body may have; ends with NULL */
    call_answer *answer;
};

static struct report *get_report(const struct visit *visit)
{
    return &visit->forticloud->simulator.report;
}

static void refuse(const struct visit *visit, const struct error *error)
{
    pace_error(&visit->forticloud->paces[visit->call->api]);
    get_report(visit)->errors_answered++;
    visit->reply->http_status = visit->forticloud->options.error_status;
    replies_error(visit->call->api, error, visit->token != NULL ? visit->token->text : "",
                  &visit->reply->body);
}

/* Bodies ------------------------------------------------------------------------------------- */

static const char *text_of(const struct visit *visit, const char *name)
{
    struct json_object *member = NULL;

    return json_object_object_get_ex(visit->body, name, &member) &&
                   json_object_is_type(member, json_type_string)
               ? json_object_get_string(member)
               : NULL;
}

/* 0 when it is absent or no positive number. */
static uint64_t number_of(const struct visit *visit, const char *name)
{
    struct json_object *member = NULL;
    int64_t number;

    if (!json_object_object_get_ex(visit->body, name, &member))
        return 0;
    number = json_object_is_type(member, json_type_int) ? json_object_get_int64(member) : 0;
    if (number <= 0)
        report_violation(get_report(visit), "%s is %s", name, json_object_to_json_string(member));
    return number > 0 ? (uint64_t)number : 0;
}

static bool has_known_members(const struct visit *visit)
{
    bool known = json_object_is_type(visit->body, json_type_object);

    if (!known) {
        report_violation(get_report(visit), "%s without a JSON object", visit->call->path);
        return false;
    }
    json_object_object_foreach(visit->body, name, unused) {
        bool found = false;

        (void)unused;
        for (size_t i = 0; visit->call->members[i] != NULL; i++)
            found = found || strcmp(visit->call->members[i], name) == 0;
        if (!found)
            report_violation(get_report(visit), "%s with %s", visit->call->path, name);
        known = known && found;
    }
    return known;
}

/* True when the request may speak for its account. */
static bool has_account(const struct visit *visit, bool needed)
{
    uint64_t account = number_of(visit, "accountId");

    if (account == 0 && needed) {
        refuse(visit, &account_needed);
        return false;
    }
    /* Of an account elsewhere [inferred]. */
    if (account != 0 && account != visit->forticloud->options.account) {
        visit->forticloud->denied[visit->call->api] = true;
        refuse(visit, &access_denied);
        return false;
    }
    return true;
}

/* Answers ------------------------------------------------------------------------------------ */

/* Pages are read in their order, from the first; a page may be read again. */
static void check_order(const struct visit *visit, uint32_t page)
{
    uint32_t last = visit->forticloud->last_page;

    if (page != 1 && page != last && page != last + 1)
        report_violation(get_report(visit), "page %" PRIu32 " after page %" PRIu32, page, last);
    visit->forticloud->last_page = page;
}

static void answer_products(struct visit *visit)
{
    struct forticloud *forticloud = visit->forticloud;
    const char *serial = text_of(visit, "serialNumber");
    uint32_t page = (uint32_t)number_of(visit, "pageNumber");
    uint32_t total = replies_pages(forticloud);
    uint32_t page_named_total[3];

    if (serial == NULL || serial[0] == '\0') {
        report_violation(get_report(visit), "products/list without a serialNumber");
        refuse(visit, &no_criterion);
        return;
    }
    if (strcmp(serial, "%") != 0)
        report_violation(get_report(visit), "products/list of %s", serial);
    if (!has_account(visit, forticloud->options.organization))
        return;
    page = page > 0 ? page : 1;
    check_order(visit, page);
    if (page > total || visit->fault == CLOUD_FAULT_NO_PRODUCT ||
        visit->fault == CLOUD_FAULT_NO_RECORD) {
        replies_no_product(visit->fault == CLOUD_FAULT_NO_RECORD ? 1008 : 0, visit->token->text,
                           &visit->reply->body);
        return;
    }
    page_named_total[0] = visit->fault == FAULT_REPEATED_PAGE && page > 1 ? page - 1 : page;
    page_named_total[1] = page;
    page_named_total[2] = visit->fault == CLOUD_FAULT_PAGES_GROW ? page + 1 : total;
    replies_products(forticloud, page_named_total, visit->token->text, &visit->reply->body);
}

static void answer_programs(struct visit *visit)
{
    replies_programs(visit->forticloud, &visit->reply->body);
}

/* The program of the request; refuses one that does not exist. */
static bool find_program(const struct visit *visit, size_t *ret_program)
{
    const struct account *account = &visit->forticloud->account;
    const char *serial = text_of(visit, "programSerialNumber");

    for (size_t i = 0; serial != NULL && i < account->program_count; i++) {
        if (strcmp(account->programs[i].serial, serial) == 0) {
            *ret_program = i;
            return true;
        }
    }
    report_violation(get_report(visit), "%s of the program %s", visit->call->path,
                     serial != NULL ? serial : "that is not named");
    refuse(visit, &program_unknown);
    return false;
}

static void answer_configs(struct visit *visit)
{
    size_t program;

    if (has_account(visit, false) && find_program(visit, &program))
        replies_configs(visit->forticloud, program, &visit->reply->body);
}

static void answer_entitlements(struct visit *visit)
{
    size_t program;

    if (has_account(visit, true) && find_program(visit, &program))
        replies_entitlements(visit->forticloud, program, &visit->reply->body);
}

/* C.2, C.3, and assetmgmt_products_list_request. */
static const struct call calls[] = {
    {API_ASSET_MANAGEMENT,
     PRODUCTS,
     {"serialNumber", "pageNumber", "accountId", NULL},
     answer_products},
    {API_FORTIFLEX, FLEX "programs/list", {NULL}, answer_programs},
    {API_FORTIFLEX,
     FLEX "configs/list",
     {"programSerialNumber", "accountId", NULL},
     answer_configs},
    {API_FORTIFLEX,
     FLEX "entitlements/list",
     {"programSerialNumber", "accountId", NULL},
     answer_entitlements},
};

/* Access ------------------------------------------------------------------------------------- */

/* Takes the token from the header. True when there is a living one of this API. */
static bool has_token(struct visit *visit, const char *authorization)
{
    static const char bearer[] = "Bearer ";
    bool given = authorization != NULL && strncmp(authorization, bearer, sizeof(bearer) - 1) == 0;
    struct forticloud *forticloud = visit->forticloud;

    if (!given) {
        report_violation(get_report(visit), "%s without a bearer token", visit->call->path);
        refuse(visit, &token_missing);
        return false;
    }
    visit->token = tokens_find(forticloud, authorization + sizeof(bearer) - 1);
    if (visit->token != NULL && visit->fault == CLOUD_FAULT_TOKEN_EXPIRED)
        visit->token->ends_ms = 0;
    if (visit->token == NULL || visit->token->ends_ms == 0 ||
        visit->fault == CLOUD_FAULT_TOKEN_TRANSIENT) {
        refuse(visit, &token_invalid);
        return false;
    }
    if (visit->token->api != visit->call->api)
        report_violation(get_report(visit), "%s with a token for %s", visit->call->path,
                         forticloud_client(visit->token->api));
    if (visit->token->api != visit->call->api || visit->fault == CLOUD_FAULT_ACCESS_DENIED ||
        simulator_denies(&forticloud->simulator, forticloud_client(visit->call->api), NULL)) {
        forticloud->denied[visit->call->api] = true;
        refuse(visit, &access_denied);
        return false;
    }
    return true;
}

/* An answer of its own, in place of the right one. */
static bool is_spoilt(struct visit *visit)
{
    const struct error echo = {-1, 0, visit->token->text};

    switch (visit->fault) {
    case CLOUD_FAULT_HTTP_500:
        refuse(visit, &server_error);
        visit->reply->http_status = 500;
        return true;
    case CLOUD_FAULT_OTHER_ERROR: refuse(visit, &other_error); return true;
    case CLOUD_FAULT_TOKEN_IN_MESSAGE: refuse(visit, &echo); return true;
    default: return false;
    }
}

static bool is_within_limits(const struct visit *visit)
{
    struct pace *pace = &visit->forticloud->paces[visit->call->api];
    struct report *report = get_report(visit);
    const char *limit;
    bool within = pace_call(pace, &visit->forticloud->options.limits, &limit);
    size_t count = pace_calls_a_minute(pace);

    if (count > report->most_calls_a_minute)
        report->most_calls_a_minute = count;
    if (within)
        return true;
    report_violation(report, "%s: too many %s", visit->call->path, limit);
    report->errors_answered++;
    pace_error(pace);
    reply_html(visit->reply, 429, "429 Too Many Requests");
    return false;
}

static void answer_call(struct visit *visit, const struct request *request)
{
    if (strcmp(request->method, "POST") != 0)
        report_violation(get_report(visit), "%s %s", request->method, request->path);
    if (!is_within_limits(visit) || !has_token(visit, request->authorization) || is_spoilt(visit))
        return;
    if (has_known_members(visit))
        visit->call->answer(visit);
    else
        refuse(visit, &other_error);
}

/* Without its final slash the login redirects (G.3). */
static void answer_beside(struct forticloud *forticloud, const struct request *request,
                          struct reply *reply)
{
    report_violation(&forticloud->simulator.report, "unknown path %s %s", request->method,
                     request->path);
    if (strncmp(request->path, LOGIN, sizeof(LOGIN) - 2) == 0 &&
        request->path[sizeof(LOGIN) - 2] == '\0') {
        reply_html(reply, 301, "301 Moved Permanently");
        reply->location = LOGIN;
    } else {
        reply_html(reply, 404, "404 Not Found");
    }
}

void calls_answer(struct simulator *simulator, const struct request *request, struct reply *reply)
{
    struct forticloud *forticloud = (struct forticloud *)simulator; /* it is the first member */
    struct visit visit = {.forticloud = forticloud, .reply = reply};

    visit.fault = (int)faults_next(&simulator->faults);
    report_url(&simulator->report, request->path);
    for (size_t i = 0; i < COUNT(calls); i++)
        if (strcmp(calls[i].path, request->path) == 0)
            visit.call = &calls[i];
    if (visit.call != NULL) {
        visit.body = json_tokener_parse(request->body->bytes);
        answer_call(&visit, request);
        (void)json_object_put(visit.body);
    } else if (strcmp(request->path, LOGIN) == 0) {
        report_credentials(&simulator->report, true);
        tokens_answer(forticloud, request, reply);
    } else {
        answer_beside(forticloud, request, reply);
    }
    cloud_faults_spoil(reply, visit.fault);
}
