/*
 * ems_fixture.c - whole operations against an EMS with scripted answers.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ems_fixture.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

static const struct ems_reply USUAL[] = {
    {"POST /api/v1/auth/signin ", 0, EMS_NOT("1", "Login successful."), 0, EMS_COOKIES},
    {"GET /api/v1/auth/signout ", 0, EMS_NOT("1", ""), 0, NULL},
    {"POST /fct/api/public/v1/ems_api_cloud/login/ ", 0,
     "{\"result\":\"login\",\"session_id\":\"the-session\"}", 0, NULL},
    {"POST /fct/api/public/v1/ems_api_cloud/logout/ ", 0, "{\"result\":\"logout\"}", 0, NULL},
    {"/api/v1/license/get ", 0, EMS_OK("{\"sn\":\"FCTEMS8824001234\"}"), 0, NULL},
    {"/api/v1/system/consts/get?", 0, "{\"data\":{\"System\":{\"VERSION\":\"7.4.5\"}}}", 0, NULL},
    {"/api/v1/endpoints/index?offset=0&", 0, EMS_LIST("1", EMS_ROW("11", "lap-11", "1700000011")),
     0, NULL},
    {"/api/v1/endpoints/index?", 0, EMS_LIST("1", ""), 0, NULL},
    {"/api/v1/endpoints/device/11/details ", 0,
     EMS_DETAILS("11", "lap-11", EMS_HARDWARE("7xk2jq3 ")), 0, NULL},
    {"GET / ", 0, "<html>FortiClient EMS</html>", 0, NULL},
    {NULL, 0, NULL, 0, NULL},
};

static bool fits(const struct ems_reply *reply, const char *head, const char *end)
{
    const char *found = strstr(head, reply->path);

    return found != NULL && found < end;
}

static const struct ems_reply *find(struct ems_fixture *fixture, const char *head)
{
    const char *end = strchr(head, '\r');

    for (size_t i = 0; fixture->replies != NULL && fixture->replies[i].path != NULL; i++) {
        const struct ems_reply *reply = &fixture->replies[i];

        if (fits(reply, head, end) && (reply->times == 0 || fixture->given[i] < reply->times)) {
            fixture->given[i]++;
            return reply;
        }
    }
    for (size_t i = 0; USUAL[i].path != NULL; i++) {
        if (fits(&USUAL[i], head, end)) {
            return &USUAL[i];
        }
    }
    return NULL;
}

/* Whether a request has what its kind of EMS needs: the headers of a session, unless it opens one.
 */
static bool has_session(const char *head)
{
    bool opens = strncmp(head, "GET / ", 6) == 0 || strstr(head, "/signin ") != NULL ||
                 strstr(head, "/login/ ") != NULL;

    return opens ||
           (strstr(head, "/fct/api/public/v1/ems_api") != NULL
                ? strstr(head, "\r\nAuthorization: the-session\r\n") != NULL &&
                      strstr(head, "\r\nEms-Api-Header-Content-Type: application/json\r\n") != NULL
                : strstr(head, "sessionid=the-session") != NULL &&
                      strstr(head, "\r\nX-CSRFToken: the-csrf\r\n") != NULL &&
                      strstr(head, "\r\nReferer: http://127.0.0.1:") != NULL &&
                      strstr(head, "\r\nEms-Call-Type: 2\r\n") != NULL);
}

/* As an EMS: 401 without a session, 404 for an unknown path. */
static void answer(void *context, struct json_object *request, struct rpc_answer *ret)
{
    static const struct ems_reply unknown = {"", 404, "<html>not found</html>", 0, NULL},
                                  refused = {"", 401, EMS_ENDED, 0, NULL};
    const struct ems_reply *given = find(context, ret->head);

    (void)request;
    if (given == NULL) {
        given = &unknown;
    } else if (!has_session(ret->head)) {
        given = &refused;
    }
    ret->status = given->status == 0 ? 200 : given->status == EMS_LOST ? 0 : given->status;
    ret->header = given->cookies;
    buffer_append_text(&ret->body, given->body != NULL ? given->body : "");
}

int32_t ems_fixture_run(struct ems_fixture *fixture, operation_body *body, const char *settings,
                        const char *host_members, const struct ems_reply *replies)
{
    struct test_host *host = &fixture->host;
    struct buffer request = BUFFER(KIB(8));
    bool cloud = strstr(settings, "\"ems_account\"") != NULL;
    const char *key = fixture->access_key;
    int32_t pace_ms = fixture->pace_ms;

    *fixture = (struct ems_fixture){.replies = replies};
    host_begin(host);
    host->limits.ems_call_ms = pace_ms;
    host->token = key != NULL ? key : "The-Access-Key.of/EMS-Cloud";
    host->password = "the-password";
    struct rpc_peer *peer = rpc_peer_start(answer, fixture);
    int port = (int)rpc_peer_port(peer);
    buffer_printf(&request,
                  "{\"settings\":{\"source\":\"ems\",\"url\":\"http://127.0.0.1:%d\"%s%s},"
                  "\"host\":{\"allow_loopback\":true%s",
                  port, cloud ? "" : ",\"username\":\"hector\"", settings, host_members);
    if (cloud) {
        buffer_printf(&request, ",\"forticloud_url\":\"http://127.0.0.1:%d\"", port);
    }
    buffer_append_text(&request, "}}");
    int32_t code = settings_parse_request(&host->operation, buffer_text(&request), request.size,
                                          &host->request, &host->failure);
    CU_ASSERT_EQUAL(code, HECTOR_OK);
    code = body(&host->operation, host->request, code, &host->failure);
    rpc_peer_stop(peer, &fixture->record);
    buffer_release(&request);
    return code;
}

void ems_fixture_end(struct ems_fixture *fixture)
{
    rpc_record_release(&fixture->record);
    host_end(&fixture->host);
}

size_t ems_fixture_asked(const struct ems_fixture *fixture, const char *text)
{
    size_t count = 0;

    for (size_t i = 0; i < fixture->record.count; i++) {
        count += strstr(fixture->record.requests[i], text) != NULL ? 1 : 0;
    }
    return count;
}

const char *ems_fixture_assets(const struct ems_fixture *fixture)
{
    static char text[4096];
    const struct test_host *host = &fixture->host;
    size_t size = 0;

    text[0] = '\0';
    for (size_t i = 0; i < host_count(host, "asset") && size < sizeof(text); i++) {
        size += (size_t)snprintf(text + size, sizeof(text) - size, "%s%.70s ", i > 0 ? " | " : "",
                                 host_value(host, "asset", i, "/sync_key"));
        size += (size_t)snprintf(text + size, sizeof(text) - size, "%.100s",
                                 host_value(host, "asset", i, "/title"));
    }
    return text;
}

const char *ems_fixture_coverage(const struct ems_fixture *fixture)
{
    static char text[256];
    const struct test_host *host = &fixture->host;

    text[0] = '\0';
    if (host_count(host, "coverage") == 1) {
        bool complete = strcmp(host_value(host, "coverage", 0, "/complete"), "true") == 0;

        (void)snprintf(text, sizeof(text), "%.60s ", host_value(host, "coverage", 0, "/scope"));
        (void)snprintf(text + strlen(text), sizeof(text) - strlen(text), "%.60s ",
                       complete ? "complete" : host_value(host, "coverage", 0, "/reason"));
        (void)snprintf(text + strlen(text), sizeof(text) - strlen(text), "%.20s",
                       host_value(host, "coverage", 0, "/units"));
    }
    return text;
}

const char *ems_fixture_message(const struct ems_fixture *fixture, const char *kind,
                                const char *reason)
{
    for (size_t i = 0; i < host_count(&fixture->host, kind); i++) {
        if (strcmp(host_value(&fixture->host, kind, i, "/reason"), reason) == 0) {
            return host_value(&fixture->host, kind, i, "/message");
        }
    }
    return "";
}
