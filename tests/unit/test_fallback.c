/*
 * test_fallback.c - the HA peer of a FortiManager: when the plugin uses it, and when not.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/source.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/host.h"
#include "lib/loopback.h"
#include "lib/rpc_peer.h"
#include "lib/tap.h"
#include "operations/operations.h"
#include "json/json_read.h"

/* What answers at an address. */
enum resident {
    NOTHING,  /* closed port */
    LOST,     /* the connection closes without an answer */
    BROKEN,   /* HTTP 501 */
    WEB_PAGE, /* something else */
    MANAGER,  /* a FortiManager that accepts the key and shows its serial */
    NAMELESS, /* one whose profile hides its status */
    LOCKED,   /* one that refuses the key */
    FGT,      /* a FortiGate */
};

#define DEVICE                                                                                     \
    "{\"oid\":1,\"name\":\"gate-1\",\"sn\":\"FGT60FTK20000001\",\"os_type\":\"fos\","              \
    "\"conn_status\":1,\"mgmt_mode\":\"fmg\",\"vdom\":[{\"name\":\"root\"}],"                      \
    "\"extra info\":{\"adom\":\"root\"}}"

/* The data of a URL of a FortiManager; NULL = refused to this account. */
static const char *data_of(enum resident resident, struct json_object *param)
{
    const char *url = json_member_text(param, "url");

    if (strcmp(url, "/sys/status") == 0) {
        return resident == NAMELESS ? NULL : "{\"Serial Number\":\"FMG-VMTM20000001\"}";
    }
    if (strcmp(url, "/dvmdb/adom") == 0) {
        return "[{\"name\":\"root\",\"expand member\":{\"device\":[{\"name\":\"gate-1\","
               "\"os_type\":\"fos\"}]}}]";
    }
    if (json_member(param, "option") != NULL && json_member(param, "range") == NULL) {
        return strstr(url, "/pm/config/") != NULL ? "0" : "1";
    }
    return strcmp(url, "/dvmdb/device") == 0 ? "[" DEVICE "]" : "[]";
}

static void answer_manager(enum resident resident, struct json_object *request, bool has_key,
                           struct buffer *body)
{
    struct json_object *params = json_member_array(request, "params");

    buffer_append_text(body, "{\"result\":[");
    for (size_t i = 0; i < json_count(params); i++) {
        const char *data =
            has_key && resident != LOCKED ? data_of(resident, json_element(params, i)) : NULL;

        buffer_append_text(body, i > 0 ? "," : "");
        if (data != NULL) {
            buffer_printf(body, "{\"data\":%s,\"status\":{\"code\":0,\"message\":\"OK\"}}", data);
        } else {
            buffer_printf(
                body, "{\"status\":{\"code\":-11,\"message\":\"No permission\"},\"url\":\"%s\"}",
                json_member_text(json_element(params, i), "url"));
        }
    }
    buffer_append_text(body, "]}");
}

static void answer(void *context, struct json_object *request, struct rpc_answer *ret)
{
    enum resident resident = *(enum resident *)context;

    switch (resident) {
    case LOST: ret->status = 0; break;
    case BROKEN: ret->status = 501; break;
    case FGT: ret->status = 401; break;
    case WEB_PAGE:
        ret->status = 404;
        buffer_append_text(&ret->body, "<html>");
        break;
    default:
        answer_manager(resident, request,
                       strstr(ret->head, "Authorization: Bearer the-key") != NULL, &ret->body);
        break;
    }
}

struct house {
    enum resident resident;
    struct rpc_peer *peer; /* NULL = no server */
    struct rpc_record record;
    uint16_t port;
};

static void move_in(struct house *house, enum resident resident)
{
    *house = (struct house){.resident = resident};
    if (resident == NOTHING) {
        house->port = loopback_closed_port();
        return;
    }
    house->peer = rpc_peer_start(answer, &house->resident);
    house->port = rpc_peer_port(house->peer);
}

static void move_out(struct house *house)
{
    if (house->peer != NULL) {
        rpc_peer_stop(house->peer, &house->record);
    }
}

/* One call with two addresses. */
struct fallback_fixture {
    struct test_host host;
    struct house first, second;
    char first_name[24], second_name[24];
};

static int32_t run(struct fallback_fixture *fixture, operation_body *body, enum resident first,
                   enum resident second, const char *more)
{
    struct test_host *host = &fixture->host;
    struct buffer request = BUFFER(KIB(4));
    int32_t code;

    move_in(&fixture->first, first);
    move_in(&fixture->second, second);
    (void)snprintf(fixture->first_name, sizeof(fixture->first_name), "127.0.0.1:%d",
                   (int)fixture->first.port);
    (void)snprintf(fixture->second_name, sizeof(fixture->second_name), "127.0.0.1:%d",
                   (int)fixture->second.port);
    host_begin(host);
    host->token = "the-key";
    buffer_printf(&request,
                  "{\"settings\":{\"url\":\"http://%s\",\"fallback_url\":\"http://%s\"},\"host\":{"
                  "\"allow_loopback\":true}%s}",
                  fixture->first_name, fixture->second_name, more);
    code = settings_parse_request(&host->operation, buffer_text(&request), request.size,
                                  &host->request, &host->failure);
    CU_ASSERT_EQUAL(code, HECTOR_OK);
    code = body(&host->operation, host->request, code, &host->failure);
    move_out(&fixture->first);
    move_out(&fixture->second);
    buffer_release(&request);
    return code;
}

static void end(struct fallback_fixture *fixture)
{
    rpc_record_release(&fixture->first.record);
    rpc_record_release(&fixture->second.record);
    host_end(&fixture->host);
}

/* The first address does not answer: the plugin uses its peer, and the source id is the same as
 * through the first. */
static void test_peer_is_asked(void)
{
    static const enum resident silent[] = {NOTHING, LOST, BROKEN};

    for (size_t i = 0; i < sizeof(silent) / sizeof(silent[0]); i++) {
        struct fallback_fixture fixture;
        char id[64];

        CU_ASSERT_EQUAL(run(&fixture, sync_run, silent[i], MANAGER, ""), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/id"), "FMG-VMTM20000001");
        CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 1);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/reason"), "fallback_used");
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/severity"), "warning");
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "problem", 0, "/subject"),
                               fixture.first_name);
        CU_ASSERT_PTR_NOT_NULL(
            strstr(host_value(&fixture.host, "problem", 0, "/message"), fixture.second_name));
        end(&fixture);

        CU_ASSERT_EQUAL(run(&fixture, sync_run, silent[i], NAMELESS, ""), HECTOR_OK);
        (void)snprintf(id, sizeof(id), "url:%s", fixture.first_name);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "source", 0, "/id"), id);
        end(&fixture);
    }
}

static void test_first_answers(void)
{
    struct fallback_fixture fixture;

    CU_ASSERT_EQUAL(run(&fixture, sync_run, MANAGER, MANAGER, ""), HECTOR_OK);
    CU_ASSERT_EQUAL(fixture.second.record.count, 0);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "problem"), 0);
    end(&fixture);
}

/* The first address answers: no key goes to the second one. */
static void test_peer_is_not_asked(void)
{
    static const struct {
        enum resident first;
        int32_t code;
    } cases[] = {{LOCKED, HECTOR_AUTH}, {WEB_PAGE, HECTOR_DATA}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fallback_fixture fixture;

        CU_ASSERT_EQUAL(run(&fixture, sync_run, cases[i].first, MANAGER, ""), cases[i].code);
        CU_ASSERT_EQUAL(fixture.second.record.count, 0);
        end(&fixture);
    }
}

static void test_neither_answers(void)
{
    struct fallback_fixture fixture;

    CU_ASSERT_EQUAL(run(&fixture, sync_run, NOTHING, BROKEN, ""), HECTOR_UNREACHABLE);
    CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_connection_refused);
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, fixture.first_name));
    end(&fixture);
}

/* The peer is no FortiManager: the failure names the peer, because the first may well be one. */
static void test_peer_is_something_else(void)
{
    struct fallback_fixture fixture;

    CU_ASSERT_EQUAL(run(&fixture, sync_run, NOTHING, WEB_PAGE, ""), HECTOR_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, fixture.second_name));
    end(&fixture);
    CU_ASSERT_EQUAL(run(&fixture, sync_run, NOTHING, LOCKED, ""), HECTOR_AUTH);
    CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, fixture.second_name));
    end(&fixture);
}

/* A FortiGate has no second address: the members of a cluster share one. */
static void test_fgt(void)
{
    for (int i = 0; i < 2; i++) {
        struct fallback_fixture fixture;

        CU_ASSERT_EQUAL(run(&fixture, sync_run, i == 0 ? FGT : NOTHING, i == 0 ? MANAGER : FGT, ""),
                        HECTOR_CONFIG);
        CU_ASSERT_EQUAL(fixture.host.failure.reason, REASON_setting_not_for);
        CU_ASSERT_STRING_EQUAL(fixture.host.failure.field, "fallback_url");
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, "FortiGate"));
        end(&fixture);
    }
}

static void test_validate(void)
{
    struct fallback_fixture fixture;

    CU_ASSERT_EQUAL(run(&fixture, validate, NOTHING, MANAGER, ""), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 0, "/step"), "address");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 0, "/status"), "warning");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 0, "/reason"), "fallback_used");
    CU_ASSERT_PTR_NOT_NULL(
        strstr(host_value(&fixture.host, "check", 0, "/message"), fixture.second_name));
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 2, "/status"), "passed");
    end(&fixture);
    CU_ASSERT_EQUAL(run(&fixture, validate, NOTHING, NOTHING, ""), HECTOR_UNREACHABLE);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 0, "/status"), "failed");
    CU_ASSERT_PTR_NOT_NULL(
        strstr(host_value(&fixture.host, "check", 0, "/message"), fixture.first_name));
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 0, "/field"), "url");
    end(&fixture);
    CU_ASSERT_EQUAL(run(&fixture, validate, NOTHING, WEB_PAGE, ""), HECTOR_DATA);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 0, "/field"), "url");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 2, "/status"), "failed");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "check", 2, "/field"), "fallback_url");
    end(&fixture);
}

static void test_options(void)
{
    struct fallback_fixture fixture;

    CU_ASSERT_EQUAL(run(&fixture, list_options, NOTHING, MANAGER, ",\"option\":\"adoms\""),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "option", 0, "/value"), "root");
    end(&fixture);
}

/* The address rules also apply to the second address, and the message names it. */
static void test_refused_address(void)
{
    struct test_host host;
    char request[256];
    int32_t code;

    host_begin(&host);
    host.token = "the-key";
    (void)snprintf(request, sizeof(request),
                   "{\"settings\":{\"url\":\"http://127.0.0.1:%d\",\"fallback_url\":"
                   "\"http://192.0.2.1\"},\"host\":{\"allow_loopback\":true}}",
                   (int)loopback_closed_port());
    code = settings_parse_request(&host.operation, request, strlen(request), &host.request,
                                  &host.failure);
    CU_ASSERT_EQUAL(code, HECTOR_OK);
    CU_ASSERT_EQUAL(sync_run(&host.operation, host.request, code, &host.failure), HECTOR_CONFIG);
    CU_ASSERT_EQUAL(host.failure.reason, REASON_plain_http_refused);
    CU_ASSERT_STRING_EQUAL(host.failure.field, "fallback_url");
    host_end(&host);
}

static CU_TestInfo fallback_tests[] = {
    {"the peer is asked", test_peer_is_asked},
    {"the first answers", test_first_answers},
    {"the peer is not asked", test_peer_is_not_asked},
    {"neither answers", test_neither_answers},
    {"the peer is something else", test_peer_is_something_else},
    {"a FortiGate", test_fgt},
    {"validate", test_validate},
    {"options", test_options},
    {"a refused address", test_refused_address},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "fallback", .pTests = fallback_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
