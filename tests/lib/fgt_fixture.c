/*
 * fgt_fixture.c - whole operations against a FortiGate with scripted answers.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fgt_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "catalogue/attributes.h"
#include "sources/fortigate/columns.h"

static const struct fgt_answer USUAL[] = {
    {"/monitor/system/status", 0, FGT_VDOMS(FGT_STATUS, FGT_STATUS), NULL, 0},
    {"/monitor/web-ui/state", 0, FGT_STATE(FGT_ADMIN(FGT_RIGHTS), FGT_FEATURES), NULL, 0},
    {"/monitor/system/csf", 0,
     FGT_ENVELOPE("root",
                  "{\"devices\":{\"fortigate\":[{\"serial\":\"" FGT_SERIAL
                  "\",\"host_name\":\"fw-berlin\",\"mgmt_ip_str\":\"192.0.2.7\","
                  "\"ha_mode\":\"active-passive\",\"ha_group_name\":\"berlin\",\"ha_list\":["
                  "{\"serial_no\":\"" FGT_SERIAL
                  "\",\"hostname\":\"fw-berlin\",\"is_ha_primary\":true},"
                  "{\"serial_no\":\"" FGT_PEER
                  "\",\"hostname\":\"fw-berlin-b\",\"is_ha_primary\":false}]}]}}"),
     NULL, 0},
    {"/monitor/system/ha-peer", 0,
     FGT_ENVELOPE("root", "[{\"serial_no\":\"" FGT_PEER
                          "\",\"hostname\":\"fw-berlin-b\",\"priority\":100}]"),
     NULL, 0},
    {"/monitor/switch-controller/managed-switch/status", 0, FGT_VDOMS("[]", "[]"), NULL, 0},
    {"/monitor/wifi/managed_ap", 0, FGT_VDOMS("[]", "[]"), NULL, 0},
    {NULL, 0, NULL, NULL, 0},
};

static bool fits(const struct fgt_answer *answer, const char *head, const char *end)
{
    const char *found = strstr(head, answer->path);

    return found != NULL && found < end;
}

static const struct fgt_answer *find(struct fgt_fixture *fixture, const char *head)
{
    const char *end = strchr(head, '\r');

    for (size_t i = 0; fixture->answers != NULL && fixture->answers[i].path != NULL; i++) {
        const struct fgt_answer *answer = &fixture->answers[i];

        if (fits(answer, head, end) && (answer->times == 0 || fixture->given[i] < answer->times)) {
            fixture->given[i]++;
            return answer;
        }
    }
    for (size_t i = 0; USUAL[i].path != NULL; i++) {
        if (fits(&USUAL[i], head, end)) {
            return &USUAL[i];
        }
    }
    return NULL;
}

/* As a FortiGate: 401 and a web page without a token, 404 for an unknown path. */
static void answer(void *context, struct json_object *request, struct rpc_answer *ret)
{
    static const struct fgt_answer unknown = {"", 404, "<html>not found</html>", NULL, 0};
    static const struct fgt_answer refused = {"", 401, "<!DOCTYPE html><html>401</html>",
                                              "WWW-Authenticate: error=\"invalid_token\"\r\n", 0};
    const struct fgt_answer *given = find(context, ret->head);

    (void)request;
    if (given == NULL) {
        given = &unknown;
    }
    if (strstr(ret->head, "Authorization: Bearer the-key\r\n") == NULL && given->status == 0) {
        given = &refused;
    }
    ret->status = given->status == 0 ? 200 : given->status == FGT_LOST ? 0 : given->status;
    ret->header = given->header;
    buffer_append_text(&ret->body, given->body != NULL ? given->body : "");
}

/* True when a FortiGate reports the attribute for a device type of the settings; otherwise the
 * attribute stays empty, which is a problem. */
static bool is_filled(enum attribute attribute, const char *settings)
{
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        bool chosen = strstr(settings, "device_types") == NULL ||
                      strstr(settings, device_type_id((enum device_type)type)) != NULL;

        if (chosen && columns_cost(fgt_origins, attribute, (enum device_type)type) != COST_NO) {
            return true;
        }
    }
    return false;
}

int32_t fgt_fixture_run(struct fgt_fixture *fixture, operation_body *body, const char *settings,
                        const char *host_members, const struct fgt_answer *answers)
{
    struct test_host *host = &fixture->host;
    struct buffer request = BUFFER(KIB(8));
    struct rpc_peer *peer;
    int32_t code;

    *fixture = (struct fgt_fixture){.answers = answers};
    host_begin(host);
    host->token = "the-key";
    peer = rpc_peer_start(answer, fixture);
    bool all = strstr(settings, "\"attributes\"") == NULL;
    buffer_printf(&request, "{\"settings\":{\"url\":\"http://127.0.0.1:%d\"%s%s",
                  (int)rpc_peer_port(peer), settings, all ? ",\"attributes\":[" : "");
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (all && is_filled((enum attribute)i, settings)) {
            buffer_printf(&request, "%s\"%s\"", i > 0 ? "," : "",
                          attribute_info((enum attribute)i)->id);
        }
    }
    buffer_printf(&request, "%s},\"host\":{\"allow_loopback\":true%s}}", all ? "]" : "",
                  host_members);
    code = settings_parse_request(&host->operation, buffer_text(&request), request.size,
                                  &host->request, &host->failure);
    CU_ASSERT_EQUAL(code, HECTOR_OK);
    code = body(&host->operation, host->request, code, &host->failure);
    rpc_peer_stop(peer, &fixture->record);
    buffer_release(&request);
    return code;
}

void fgt_fixture_end(struct fgt_fixture *fixture)
{
    rpc_record_release(&fixture->record);
    host_end(&fixture->host);
}

size_t fgt_fixture_asked(const struct fgt_fixture *fixture, const char *text)
{
    size_t count = 0;

    for (size_t i = 0; i < fixture->record.count; i++) {
        count += strstr(fixture->record.requests[i], text) != NULL ? 1 : 0;
    }
    return count;
}

#define LINE 256

static int compare_lines(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The name in "gate:SERIAL/vdom:NAME"; the scopes of these tests all have one SERIAL. */
static const char *vdom_of(const char *scope)
{
    static const char lead[] = "gate:" FGT_PEER "/vdom:";

    return strncmp(scope, lead, strlen(lead)) == 0 ? scope + strlen(lead) : scope;
}

static const char *join(char lines[][LINE], size_t count, const char *separator)
{
    static char joined[16384];
    size_t size = 0;

    qsort(lines, count, LINE, compare_lines);
    joined[0] = '\0';
    for (size_t i = 0; i < count && size + LINE + 4 < sizeof(joined); i++) {
        size += (size_t)snprintf(joined + size, sizeof(joined) - size, "%s%s",
                                 i > 0 ? separator : "", lines[i]);
    }
    return joined;
}

const char *fgt_fixture_assets(const struct fgt_fixture *fixture)
{
    static char lines[64][LINE];
    const struct test_host *host = &fixture->host;
    size_t count = host_count(host, "asset");

    CU_ASSERT_FATAL(count <= 64);
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(lines[i], LINE, "%.20s %.40s ", host_value(host, "asset", i, "/device_type"),
                       host_value(host, "asset", i, "/sync_key"));
        (void)snprintf(lines[i] + strlen(lines[i]), LINE - strlen(lines[i]), "%.60s ",
                       vdom_of(host_value(host, "asset", i, "/scope")));
        (void)snprintf(lines[i] + strlen(lines[i]), LINE - strlen(lines[i]), "%.100s",
                       host_value(host, "asset", i, "/title"));
    }
    return join(lines, count, "\n");
}

const char *fgt_fixture_coverage(const struct fgt_fixture *fixture)
{
    static char lines[64][LINE];
    const struct test_host *host = &fixture->host;
    size_t count = host_count(host, "coverage");

    CU_ASSERT_FATAL(count <= 64);
    for (size_t i = 0; i < count; i++) {
        bool complete = strcmp(host_value(host, "coverage", i, "/complete"), "true") == 0;

        (void)snprintf(lines[i], LINE, "%.20s ", host_value(host, "coverage", i, "/device_type"));
        (void)snprintf(lines[i] + strlen(lines[i]), LINE - strlen(lines[i]), "%.60s %.40s ",
                       vdom_of(host_value(host, "coverage", i, "/scope")),
                       complete ? "complete" : host_value(host, "coverage", i, "/reason"));
        (void)snprintf(lines[i] + strlen(lines[i]), LINE - strlen(lines[i]), "%.20s",
                       host_value(host, "coverage", i, "/units"));
    }
    return join(lines, count, " | ");
}

const char *fgt_fixture_attribute(const struct fgt_fixture *fixture, const char *serial,
                                  const char *attribute)
{
    char pointer[80];

    (void)snprintf(pointer, sizeof(pointer), "/attributes/%s", attribute);
    for (size_t i = 0; i < host_count(&fixture->host, "asset"); i++) {
        if (strcmp(host_value(&fixture->host, "asset", i, "/sync_key"), serial) == 0) {
            return host_value(&fixture->host, "asset", i, pointer);
        }
    }
    return "no such asset";
}

const char *fgt_fixture_steps(const struct fgt_fixture *fixture)
{
    static char steps[256];

    steps[0] = '\0';
    for (size_t i = 0; i < host_count(&fixture->host, "check"); i++) {
        (void)snprintf(steps + strlen(steps), sizeof(steps) - strlen(steps), "%s%s",
                       i > 0 ? " " : "", host_value(&fixture->host, "check", i, "/status"));
    }
    return steps;
}

const char *fgt_fixture_problem(const struct fgt_fixture *fixture, const char *reason)
{
    for (size_t i = 0; i < host_count(&fixture->host, "problem"); i++) {
        if (strcmp(host_value(&fixture->host, "problem", i, "/reason"), reason) == 0) {
            return host_value(&fixture->host, "problem", i, "/message");
        }
    }
    return "";
}

bool fgt_fixture_delivered(const struct fgt_fixture *fixture)
{
    for (size_t i = 0; i < host_count(&fixture->host, "coverage"); i++) {
        if (strcmp(host_value(&fixture->host, "coverage", i, "/complete"), "true") != 0) {
            return host_count(&fixture->host, "asset") > 0;
        }
    }
    return true;
}
