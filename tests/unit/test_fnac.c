/*
 * test_fnac.c - whole operations against a FortiNAC with scripted answers, and its readers.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/host.h"
#include "lib/rpc_peer.h"
#include "lib/tap.h"
#include "operations/operations.h"
#include "sources/fortinac/columns.h"
#include "sources/fortinac/filter.h"
#include "sources/fortinac/host_row.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- the fixture */

/* The answers to the list of hosts, one after the other, the last for ever; the others are usual.
 */
struct fixture {
    struct test_host host;
    const char *const *lists; /* ends with NULL */
    size_t given;
    int32_t status;     /* of every answer; 0 = 200 */
    const char *any;    /* every answer; NULL = lists and count */
    const char *header; /* of every answer */
    struct rpc_record record;
};

#define ENVELOPE(results, rest)                                                                    \
    "{\"status\":\"success\",\"errorMessage\":null,\"results\":[" results "]" rest "}"
#define HOST(id, serial)                                                                           \
    "{\"id\":" id ",\"hostName\":\"pc" id "\",\"primaryMac\":\"00:50:56:98:31:0" id                \
    "\",\"pcserialNumber\":" serial "}"

static void answer(void *context, struct json_object *request, struct rpc_answer *ret)
{
    struct fixture *fixture = context;
    const char *body = ENVELOPE("", ",\"filtered\":null,\"total\":2");

    (void)request;
    if (fixture->any != NULL) {
        body = fixture->any;
    } else if (strstr(ret->head, "GET /api/v2/host?") != NULL) {
        body = fixture->lists[fixture->given];
        fixture->given += fixture->lists[fixture->given + 1] != NULL ? 1 : 0;
    }
    ret->status = fixture->status != 0 ? fixture->status : 200;
    ret->header = fixture->header;
    buffer_append_text(&ret->body, body);
}

/* `settings` has further members of the settings document. */
static int32_t run(struct fixture *fixture, operation_body *body, const char *settings)
{
    struct buffer request = BUFFER(KIB(8));
    struct test_host *host = &fixture->host;
    struct rpc_peer *peer;
    int32_t code;
    bool more = false;

    host_begin(host);
    host->token = "the-key";
    peer = rpc_peer_start(answer, fixture);
    buffer_printf(&request,
                  "{\"settings\":{\"source\":\"fortinac\",\"url\":\"http://127.0.0.1:%d\"%s",
                  (int)rpc_peer_port(peer), settings);
    buffer_append_text(&request, ",\"attributes\":[");
    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (columns_cost(fnac_origins, i, ENDPOINT) != COST_NO) {
            buffer_printf(&request, "%s\"%s\"", more ? "," : "", attribute_info(i)->id);
            more = true;
        }
    }
    buffer_append_text(&request, "]},\"host\":{\"allow_loopback\":true}}");
    code = settings_parse_request(&host->operation, buffer_text(&request), request.size,
                                  &host->request, &host->failure);
    CU_ASSERT_EQUAL(code, HECTOR_OK);
    code = body(&host->operation, host->request, code, &host->failure);
    rpc_peer_stop(peer, &fixture->record);
    buffer_release(&request);
    return code;
}

static void end(struct fixture *fixture)
{
    for (size_t i = 0; i < fixture->record.count; i++) {
        CU_ASSERT_EQUAL(strncmp(fixture->record.requests[i], "GET ", 4), 0);
    }
    rpc_record_release(&fixture->record);
    host_end(&fixture->host);
}

static size_t asked(const struct fixture *fixture, const char *text)
{
    size_t count = 0;

    for (size_t i = 0; i < fixture->record.count; i++) {
        count += strstr(fixture->record.requests[i], text) != NULL ? 1 : 0;
    }
    return count;
}

static const char *attribute(const struct fixture *fixture, const char *id)
{
    char pointer[80];

    (void)snprintf(pointer, sizeof(pointer), "/attributes/%s", id);
    return host_value(&fixture->host, "asset", 0, pointer);
}

/* "complete 2", or "REASON 2". */
static const char *coverage(const struct fixture *fixture)
{
    static char text[64];
    const struct test_host *host = &fixture->host;
    bool complete = strcmp(host_value(host, "coverage", 0, "/complete"), "true") == 0;

    CU_ASSERT_STRING_EQUAL(host_value(host, "coverage", 0, "/scope"), "fortinac");
    (void)snprintf(text, sizeof(text), "%.40s %.20s",
                   complete ? "complete" : host_value(host, "coverage", 0, "/reason"),
                   host_value(host, "coverage", 0, "/units"));
    return text;
}

/* ---- a host */

static const char FULL[] = ENVELOPE(
    "{\"id\":7,\"hostName\":\"pc-7\",\"name\":\"x\",\"primaryMac\":\"00:50:56:98:31:07\","
    "\"pcserialNumber\":\"7XK2JQ3\",\"hardwareType\":\"Latitude 7440\","
    "\"operatingSystem\":\"Windows 11\",\"owner\":\"ann\",\"loggedOnUserId\":\"bob\","
    "\"role\":\"Staff\",\"agentVersion\":\"9.4\",\"type\":\"3\",\"typeLabel\":\"Registered\","
    "\"connected\":true,\"managedByMDM\":false,\"lastSuccessfulPoll\":1583431955310,"
    "\"adapterObjects\":[{\"physicalAddress\":\"00:50:56:98:31:08\",\"location\":null,"
    "\"lastSuccessfulPoll\":\"2024-02-15T23:03:19.954+0000\"},"
    "{\"physicalAddress\":\"00:50:56:98:31:07\",\"ips\":[\"192.0.2.7\"],\"location\":"
    "\"FortiGateRugged-60F [192.168.130.1]:root:SR12DPTD21001461:port1\"}],"
    "\"auditObjectType\":{\"idnameQuery\":\"select id from HOSTRECORD\"}}",
    ",\"total\":1");

static void test_host(void)
{
    static const char *const LISTS[] = {FULL, NULL};
    static const char *const VALUES[][2] = {
        {"serial_number", "7XK2JQ3"},
        {"name", "pc-7"},
        {"hostname", "pc-7"},
        {"model", "Latitude 7440"},
        {"mac_address", "00:50:56:98:31:07"},
        {"ip_address", "192.0.2.7"},
        {"operating_system", "Windows 11"},
        {"owner", "ann"},
        {"user", "bob"},
        {"role", "Staff"},
        {"agent_version", "9.4"},
        {"endpoint_type", "Registered"},
        {"connection_status", "up"},
        {"managed_by_mdm", "false"},
        {"last_seen", "2024-02-15T23:03:19Z"},
        {"connected_to", "FortiGateRugged-60F [192.168.130.1]:root:SR12DPTD21001461:port1"},
        {"managed_by", "FortiGateRugged-60F"},
        {"managed_by_serials", "SR12DPTD21001461"},
    };
    struct fixture fixture = {.lists = LISTS};

    CU_ASSERT_EQUAL(run(&fixture, sync_run, ""), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 1);
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/device_type"), "endpoint");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.host, "asset", 0, "/title"), "pc-7");
    for (size_t i = 0; i < COUNT_OF(VALUES); i++) {
        CU_ASSERT_STRING_EQUAL(attribute(&fixture, VALUES[i][0]), VALUES[i][1]);
    }
    CU_ASSERT_STRING_EQUAL(coverage(&fixture), "complete 1");
    CU_ASSERT_EQUAL(asked(&fixture, "GET /api/v2/host?start=0&count=500&sortKey=id HTTP"), 1);
    CU_ASSERT_EQUAL(asked(&fixture, "Authorization: Bearer the-key\r\n"), 2);
    CU_ASSERT_EQUAL(asked(&fixture, "Accept: application/json\r\n"), asked(&fixture, "GET "));
    end(&fixture);
}

/* ---- paging */

static void test_paging(void)
{
    static const struct {
        const char *lists[6];
        const char *coverage;
        size_t assets, requests;
    } CASES[] = {
        /* everything in one reply */
        {{ENVELOPE(HOST("1", "\"SERIAL-1\"") "," HOST("2", "\"SERIAL-2\""), ",\"total\":2")},
         "complete 2",
         2,
         1},
        /* capped pages */
        {{ENVELOPE(HOST("1", "\"SERIAL-1\"") "," HOST("2", "null"), ",\"total\":3"),
          ENVELOPE(HOST("3", "\"SERIAL-3\""), ",\"total\":3")},
         "complete 3",
         2,
         2},
        /* no total: up to an empty page */
        {{ENVELOPE(HOST("1", "\"SERIAL-1\""), ""), ENVELOPE(HOST("2", "\"SERIAL-2\""), ""),
          ENVELOPE("", "")},
         "complete 2",
         2,
         3},
        /* no total, and always the same page */
        {{ENVELOPE(HOST("1", "\"SERIAL-1\""), "")}, "complete 1", 1, 2},
        /* always the same page of a longer list: read twice */
        {{ENVELOPE(HOST("1", "\"SERIAL-1\""), ",\"total\":3")}, "fnac_list_changed 1", 1, 4},
        /* the total moves once: the second reading is complete */
        {{ENVELOPE(HOST("1", "\"SERIAL-1\""), ",\"total\":3"),
          ENVELOPE(HOST("2", "\"SERIAL-2\""), ",\"total\":2"),
          ENVELOPE(HOST("1", "\"SERIAL-1\"") "," HOST("2", "\"SERIAL-2\""), ",\"total\":2")},
         "complete 2",
         2,
         3},
        /* rows that name no host are none of the total: read twice */
        {{ENVELOPE("7,{}," HOST("1", "\"SERIAL-1\""), ",\"total\":3"), ENVELOPE("", ",\"total\":3"),
          ENVELOPE("7,{}," HOST("1", "\"SERIAL-1\""), ",\"total\":3"),
          ENVELOPE("", ",\"total\":3")},
         "fnac_list_changed 1",
         1,
         4},
        /* and without a total they may be hosts */
        {{ENVELOPE("{}," HOST("1", "\"SERIAL-1\""), ""), ENVELOPE("", ""),
          ENVELOPE("{}," HOST("1", "\"SERIAL-1\""), ""), ENVELOPE("", "")},
         "fnac_list_changed 1",
         1,
         4},
        /* but beside all hosts they are only reported */
        {{ENVELOPE("{}," HOST("1", "\"SERIAL-1\""), ",\"total\":1")}, "complete 2", 1, 1},
        {{ENVELOPE("", ",\"total\":0")}, "complete 0", 0, 1},
        {{"{\"status\":\"success\",\"result\":[" HOST("1", "\"SERIAL-1\"") "],\"total\":1}"},
         "complete 1",
         1,
         1},
        {{"{\"status\":\"success\",\"result\":" HOST("1", "\"SERIAL-1\"") ",\"total\":1}"},
         "complete 1",
         1,
         1},
        {{"{\"status\":\"success\",\"total\":0}"}, "fnac_reply_invalid 0", 0, 1},
        {{"{\"status\":\"success\",\"results\":7}"}, "fnac_reply_invalid 0", 0, 1},
        {{"{\"status\":\"error\",\"errorMessage\":\"no\",\"results\":[]}"}, "fnac_failed 0", 0, 1},
        {{ENVELOPE(HOST("1", "\"SERIAL-1\""), ",\"total\":2"), "{\"status\":\"failure\"}"},
         "fnac_reply_invalid 1",
         1,
         2},
    };

    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct fixture fixture = {.lists = CASES[i].lists};

        (void)run(&fixture, sync_run, "");
        CU_ASSERT_STRING_EQUAL(coverage(&fixture), CASES[i].coverage);
        CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), CASES[i].assets);
        CU_ASSERT_EQUAL(asked(&fixture, "GET /api/v2/host?"), CASES[i].requests);
        end(&fixture);
    }
}

/* What pages lead with besides hosts does not move the next page. */
static void test_paging_unnamed(void)
{
    static const char *const LISTS[] = {ENVELOPE("{}," HOST("1", "\"SERIAL-1\""), ",\"total\":2"),
                                        ENVELOPE("{}," HOST("2", "\"SERIAL-2\""), ",\"total\":2"),
                                        NULL};
    struct fixture fixture = {.lists = LISTS};

    (void)run(&fixture, sync_run, "");
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 2);
    CU_ASSERT_EQUAL(asked(&fixture, "GET /api/v2/host?start=1&"), 1);
    end(&fixture);
}

/* With a filter only `filtered` is the number of hosts that match. */
static void test_filtered(void)
{
    static const char *const LISTS[] = {
        ENVELOPE(HOST("1", "\"SERIAL-1\""), ",\"filtered\":2,\"total\":9"),
        ENVELOPE(HOST("2", "\"SERIAL-2\""), ",\"filtered\":2,\"total\":9"), NULL};
    struct fixture fixture = {.lists = LISTS};

    CU_ASSERT_EQUAL(run(&fixture, sync_run, ",\"filter\":\"role==A.b & hostName=@pc\""), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(coverage(&fixture), "complete 2");
    CU_ASSERT_EQUAL(asked(&fixture, "start=1&count=500&sortKey=id&"
                                    "filter=role%3D%3DA%5C.b%26hostName%3D%40pc HTTP"),
                    1);
    CU_ASSERT_EQUAL(asked(&fixture, "/api/v2/host/count?filter=role%3D%3DA%5C.b%26"), 1);
    end(&fixture);
}

static void test_filter_invalid(void)
{
    struct fixture fixture = {.any = "{}"};

    CU_ASSERT_EQUAL(run(&fixture, sync_run, ",\"filter\":\"role=A\""), HECTOR_CONFIG);
    CU_ASSERT_STRING_EQUAL(fixture.host.failure.field, "filter");
    CU_ASSERT_EQUAL(asked(&fixture, "/api/v2/"), 0);
    end(&fixture);
}

/* ---- refusals */

static void test_refused(void)
{
    static const struct {
        int32_t status;
        const char *body, *header;
        int32_t code;
        const char *reason, *says;
    } CASES[] = {
        {401, "{}", NULL, HECTOR_AUTH, "fnac_token_refused", "Allowed Subnets"},
        {401, "<html></html>", "WWW-Authenticate: Basic realm=\"x\"\r\n", HECTOR_DATA,
         "fnac_not_supported", "7.2"},
        {403, "{}", NULL, HECTOR_PERMISSION, "fnac_refused", "profile"},
        {404, "<html></html>", NULL, HECTOR_DATA, "fnac_not_supported", "8443"},
        {200, "<!DOCTYPE html>", NULL, HECTOR_DATA, "fnac_not_supported", "7.2"},
        {200, "{\"status\":\"error\",\"errorMessage\":\"no the-key\"}", NULL, HECTOR_DATA,
         "fnac_failed", "no ***"},
        {400, "{\"status\":\"error\",\"errorMessage\":\"bad\"}", NULL, HECTOR_DATA, "fnac_failed",
         "HTTP 400 to host/count: bad"},
        {200, "[]", NULL, HECTOR_DATA, "fnac_reply_invalid", "host/count"},
    };

    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct fixture fixture = {
            .status = CASES[i].status, .any = CASES[i].body, .header = CASES[i].header};

        CU_ASSERT_EQUAL(run(&fixture, sync_run, ""), CASES[i].code);
        CU_ASSERT_STRING_EQUAL(message_slug(fixture.host.failure.reason), CASES[i].reason);
        CU_ASSERT_PTR_NOT_NULL(strstr(fixture.host.failure.message, CASES[i].says));
        CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 0);
        end(&fixture);
    }
}

static void test_no_token(void)
{
    struct fixture fixture = {.any = "{}"};

    CU_ASSERT_EQUAL(run(&fixture, sync_run, ",\"username\":\"ann\""), HECTOR_CONFIG);
    end(&fixture);
}

/* ---- validate */

static void test_validate(void)
{
    static const char *const LISTS[] = {
        ENVELOPE(HOST("1", "\"SERIAL-1\"") "," HOST("2", "null"), ",\"total\":2"), NULL};
    struct fixture fixture = {.lists = LISTS};
    bool said = false;

    CU_ASSERT_EQUAL(run(&fixture, validate, ""), HECTOR_OK);
    for (size_t i = 0; i < host_count(&fixture.host, "check"); i++) {
        const char *message = host_value(&fixture.host, "check", i, "/message");

        said = said || strcmp(message, "2 hosts, 1 with a serial number.") == 0;
        CU_ASSERT_STRING_NOT_EQUAL(host_value(&fixture.host, "check", i, "/status"), "failed");
    }
    CU_ASSERT_TRUE(said);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 0);
    end(&fixture);
}

/* ---- readers */

static void test_filter(void)
{
    static const struct {
        const char *filter, *sent;
        int wrong; /* position, from 0; -1 = none */
    } CASES[] = {
        {"role==Staff", "role==Staff", -1},
        {"a!=1,b=@2&c!@3,d<=4&e<5,f>=6&g>7", "a!=1,b=@2&c!@3,d<=4&e<5,f>=6&g>7", -1},
        {" role==Staff , name=@ x ", "role==Staff,name=@x", -1},
        {"ip==10.0.0.1", "ip==10\\.0\\.0\\.1", -1},
        {"ip==10\\.0.0\\.1", "ip==10\\.0\\.0\\.1", -1},
        {"owner==DOM\\ann", "owner==DOM\\\\ann", -1},
        {"owner==DOM\\\\ann", "owner==DOM\\\\ann", -1},
        {"owner==x\\", "owner==x\\\\", -1},
        {"host_pcSerialNumber!=null", "host_pcSerialNumber!=null", -1},
        {"operatingSystem==Windows*", "operatingSystem==Windows*", -1},
        {"role", "", 4},
        {"role=Staff", "", 4},
        {"==x", "", 0},
        {"role==", "", 6},
        {"role==a,", "", 8},
        {"role==a,,b==c", "", 8},
        {"role==a,b", "", 9},
        {"role==a|role==b", "", 12},
    };

    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct buffer out = BUFFER(KIB(1));
        const char *wrong = fnac_filter_write(CASES[i].filter, &out);

        if (CASES[i].wrong == -1) {
            CU_ASSERT_PTR_NULL(wrong);
            CU_ASSERT_STRING_EQUAL(buffer_text(&out), CASES[i].sent);
        } else {
            CU_ASSERT_PTR_EQUAL(wrong, CASES[i].filter + CASES[i].wrong);
        }
        buffer_release(&out);
    }
}

static void test_times(void)
{
    static const struct {
        const char *json;
        int64_t seconds;
    } CASES[] = {
        {"1583431955310", 1583431955},
        {"\"1583431955310\"", 1583431955},
        {"\"2024-02-15T23:03:19.954+0000\"", 1708038199},
        {"\"2024-02-15T23:03:19.954+0100\"", 1708034599},
        {"\"2024-02-15T23:03:19-01:00\"", 1708041799},
        {"\"2024-02-15T23:03:19Z\"", 1708038199},
        {"\"2024-02-15 23:03:19\"", 1708038199},
        {"0", 0},
        {"-1", 0},
        {"null", 0},
        {"{}", 0},
        {"\"\"", 0},
        {"\"2024-13-15T23:03:19\"", 0},
        {"\"2024-02-15\"", 0},
        {"\"2024-02-15T23:03\"", 0},
        {"\"yesterday\"", 0},
    };

    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct json_object *value = json_tokener_parse(CASES[i].json);

        CU_ASSERT_EQUAL(fnac_time(value), CASES[i].seconds);
        json_object_put(value);
    }
}

static void test_locations(void)
{
    static const struct {
        const char *location, *fgt, *vdom, *serial;
    } CASES[] = {
        {"FGT [192.0.2.1]:root:SR12DPTD21001461:port1", "FGT", "root", "SR12DPTD21001461"},
        {"fgt a [b] [192.0.2.1]:root:SR12DPTD21001461:port1", "fgt a [b]", "root",
         "SR12DPTD21001461"},
        {"FGT [192.0.2.1]:root:sw-1:port1", NULL, NULL, NULL},
        {"FGT [192.0.2.1]:root:SR12DPTD21001461", NULL, NULL, NULL},
        {"Switch 3 port 7", NULL, NULL, NULL},
        {"[]::::", NULL, NULL, NULL},
        {" []:::", NULL, NULL, NULL},
    };

    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct json_object *row = json_tokener_parse(
            "{\"id\":1,\"adapterObjects\":[{\"location\":null},{\"location\":\"\"},{}]}");
        struct fnac_host host;

        json_object_object_add(
            json_object_array_get_idx(json_object_object_get(row, "adapterObjects"), 2), "location",
            json_object_new_string(CASES[i].location));
        CU_ASSERT_TRUE(fnac_host_read(row, &host));
        CU_ASSERT_STRING_EQUAL(host.device.values[ATTRIBUTE_connected_to].text, CASES[i].location);
        if (CASES[i].fgt != NULL) {
            CU_ASSERT_STRING_EQUAL(host.device.manager, CASES[i].fgt);
            CU_ASSERT_STRING_EQUAL(host.device.vdom, CASES[i].vdom);
            CU_ASSERT_STRING_EQUAL(host.device.values[ATTRIBUTE_managed_by_serials].text,
                                   CASES[i].serial);
        } else {
            CU_ASSERT_PTR_NULL(host.device.manager);
        }
        json_object_put(row);
    }
}

/* Rows of the wrong types, and those that name no host. */
static void test_rows(void)
{
    static const struct {
        const char *json, *key, *title;
    } CASES[] = {
        {"{\"id\":1}", "1", "1"},
        {"{\"id\":\"17\",\"name\":\"n\"}", "17", "n"},
        {"{\"primaryMac\":\"00:50:56:98:31:0B\"}", "00:50:56:98:31:0B", "00:50:56:98:31:0B"},
        {"{\"adapters\":[\"00:50:56:98:31:0B\",7,null]}", "00:50:56:98:31:0B", "00:50:56:98:31:0B"},
        {"{\"id\":1,\"hostName\":7,\"adapterObjects\":[null,7,[]],\"adapters\":{},\"ip\":{}}", "1",
         "1"},
        {"{}", NULL, NULL},
        {"[]", NULL, NULL},
        {"null", NULL, NULL},
        {"\"id\"", NULL, NULL},
    };

    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct json_object *row = json_tokener_parse(CASES[i].json);
        struct fnac_host host;

        CU_ASSERT_EQUAL(fnac_host_read(row, &host), CASES[i].key != NULL);
        if (CASES[i].key != NULL) {
            CU_ASSERT_STRING_EQUAL(host.endpoint.key, CASES[i].key);
            CU_ASSERT_STRING_EQUAL(host.device.title, CASES[i].title);
        }
        json_object_put(row);
    }
}

static CU_TestInfo run_tests[] = {
    {"a host", test_host},
    {"paging", test_paging},
    {"pages with rows that are no hosts", test_paging_unnamed},
    {"with a filter", test_filtered},
    {"a filter that is none", test_filter_invalid},
    {"refused", test_refused},
    {"without a token", test_no_token},
    {"validate", test_validate},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo reader_tests[] = {
    {"filter", test_filter}, {"times", test_times}, {"locations", test_locations},
    {"rows", test_rows},     CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "runs", .pTests = run_tests},
        {.pName = "readers", .pTests = reader_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
