/*
 * test_ems_list.c - the list of endpoints of an EMS: pages, orders, and what may be missing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/ems/endpoint_list.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/ems_fixture.h"
#include "lib/tap.h"

#define END                                                                                        \
    {                                                                                              \
        NULL, 0, NULL, 0, NULL                                                                     \
    }

/* A page from an offset on, in an order. */
#define PAGE(offset, order, times, body)                                                           \
    {                                                                                              \
        "index?offset=" offset "&count=500&order_by=" order "&order_asc=true ", 0, body, times,    \
            NULL                                                                                   \
    }
#define A   "{\"device_id\":11,\"name\":\"a\"}"
#define B   "{\"device_id\":12,\"name\":\"b\"}"
#define C   "{\"device_id\":\"13\",\"name\":\"c\"}"
#define BAD "{\"device_id\":-1,\"name\":\"bad\"}"
#define D   "{\"device_id\":14,\"name\":\"d\",\"is_managed\":0}"

/* Details of each endpoint, with a serial number. */
#define DETAILS(id)                                                                                \
    {                                                                                              \
        "/device/" id "/details ", 0, EMS_DETAILS(id, "e" id, EMS_HARDWARE("SERIAL" id)), 0, NULL  \
    }

static void test_lists(void)
{
    static const struct {
        const char *what;
        struct ems_reply replies[6];
        int32_t code;
        const char *assets, *coverage;
    } rows[] = {
        {"no endpoints",
         {PAGE("0", "device", 0, EMS_LIST("0", "")), END},
         HECTOR_OK,
         "",
         "ems:default complete 0"},
        {"one page",
         {PAGE("0", "device", 0, EMS_LIST("3", A "," B "," C)), END},
         HECTOR_OK,
         "11 12 13",
         "ems:default complete 3"},
        {"capped pages",
         {PAGE("0", "device", 0, EMS_LIST("3", A)), PAGE("1", "device", 0, EMS_LIST("3", B)),
          PAGE("2", "device", 0, EMS_LIST("3", C)), END},
         HECTOR_OK,
         "11 12 13",
         "ems:default complete 3"},
        {"no unmanaged one is asked",
         {PAGE("0", "device", 0, EMS_LIST("2", A "," D)), END},
         HECTOR_OK,
         "11",
         "ems:default complete 2"},
        {"a row twice, and the other order has the one that it hid",
         {PAGE("0", "device", 0, EMS_LIST("3", A "," B)), PAGE("2", "device", 0, EMS_LIST("3", B)),
          PAGE("0", "fctUid", 0, EMS_LIST("3", A "," B "," C)), END},
         HECTOR_OK,
         "11 12 13",
         "ems:default complete 3"},
        {"what one reading lacks, the other has",
         {PAGE("0", "device", 0, EMS_LIST("3", A "," B)), PAGE("2", "device", 0, EMS_LIST("3", A)),
          PAGE("0", "fctUid", 0, EMS_LIST("3", B "," C)), PAGE("2", "fctUid", 0, EMS_LIST("3", C)),
          END},
         HECTOR_OK,
         "11 12 13",
         "ems:default complete 3"},
        {"always the same page",
         {PAGE("0", "device", 0, EMS_LIST("3", A "," B)),
          PAGE("2", "device", 0, EMS_LIST("3", A "," B)),
          PAGE("0", "fctUid", 0, EMS_LIST("3", A "," B)),
          PAGE("2", "fctUid", 0, EMS_LIST("3", A "," B)), END},
         HECTOR_PARTIAL,
         "11 12",
         "ems:default ems_list_changed 2"},
        {"an endpoint that went meanwhile",
         {PAGE("0", "device", 0, EMS_LIST("3", A "," B)), PAGE("2", "device", 0, EMS_LIST("2", "")),
          PAGE("0", "fctUid", 0, EMS_LIST("2", B "," C)), END},
         HECTOR_OK,
         "12 13",
         "ems:default complete 2"},
        {"an order that this version refuses",
         {{"order_by=device", 400, EMS_NOT("-6", "order_by"), 0, NULL},
          PAGE("0", "fctUid", 0, EMS_LIST("1", A)),
          END},
         HECTOR_OK,
         "11",
         "ems:default complete 1"},
        {"no number, and an end",
         {PAGE("0", "device", 0, EMS_OK("{\"endpoints\":[" A "]}")),
          PAGE("1", "device", 0, EMS_OK("{\"endpoints\":[]}")),
          PAGE("0", "fctUid", 0, EMS_OK("{\"endpoints\":[" A "]}")),
          PAGE("1", "fctUid", 0, EMS_OK("{\"endpoints\":[]}")), END},
         HECTOR_OK,
         "11",
         "ems:default complete 1"},
        {"no number, and no end",
         {{"/index?", 0, EMS_OK("{\"endpoints\":[" A "]}"), 0, NULL}, END},
         HECTOR_PARTIAL,
         "11",
         "ems:default ems_list_changed 1"},
        {"rows that are none",
         {{"/index?", 0, EMS_LIST("3", A ",null,7,{\"device_id\":{}},[]"), 0, NULL}, END},
         HECTOR_PARTIAL,
         "11",
         "ems:default ems_reply_invalid 1"},
        {"a row whose id is none, that EMS counts",
         {PAGE("0", "device", 0, EMS_LIST("2", A "," BAD)),
          PAGE("0", "fctUid", 0, EMS_LIST("2", A "," BAD)), END},
         HECTOR_PARTIAL,
         "11",
         "ems:default ems_reply_invalid 1"},
        {"a row whose id is none, that EMS does not count",
         {{"/index?", 0, EMS_LIST("1", BAD "," A), 0, NULL}, END},
         HECTOR_PARTIAL,
         "11",
         "ems:default ems_reply_invalid 1"},
        {"a row whose id is none, in one reading only",
         {PAGE("0", "device", 0, EMS_LIST("2", A "," BAD)),
          PAGE("0", "fctUid", 0, EMS_LIST("2", A "," B)), END},
         HECTOR_OK,
         "11 12",
         "ems:default complete 2"},
        {"no list",
         {{"/index?", 0, EMS_OK("{\"endpoints\":{}}"), 0, NULL}, END},
         HECTOR_DATA,
         "",
         "ems:default ems_reply_invalid 0"},
        {"no such call",
         {{"/index?", 404, "<html>", 0, NULL}, END},
         HECTOR_DATA,
         "",
         "ems:default ems_reply_invalid 0"},
        {"refused",
         {{"/index?", 403, EMS_NOT("-5", "No"), 0, NULL}, END},
         HECTOR_PERMISSION,
         "",
         "ems:default ems_refused 0"},
        {"broken in the middle",
         {PAGE("0", "device", 0, EMS_LIST("3", A "," B)),
          {"/index?offset=2", 500, EMS_NOT("-2", ""), 0, NULL},
          PAGE("0", "fctUid", 0, EMS_LIST("3", A "," B)),
          END},
         HECTOR_PARTIAL,
         "11 12",
         "ems:default server_error 2"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ems_reply replies[16] = {DETAILS("11"), DETAILS("12"), DETAILS("13"), DETAILS("14")};
        struct ems_fixture fixture = {.pace_ms = 0};
        char assets[64] = "";

        for (size_t k = 0; k < COUNT(rows[i].replies); k++) {
            replies[4 + k] = rows[i].replies[k];
        }
        int32_t code = ems_fixture_run(&fixture, sync_run, "", "", replies);

        for (const char *id = "11\0"
                              "12\0"
                              "13\0"
                              "14\0";
             *id != '\0'; id += 3) {
            char serial[16];

            (void)snprintf(serial, sizeof(serial), "SERIAL%s ", id);
            if (strstr(ems_fixture_assets(&fixture), serial) != NULL) {
                (void)snprintf(assets + strlen(assets), sizeof(assets) - strlen(assets), "%s%s",
                               assets[0] != '\0' ? " " : "", id);
            }
        }
        if (code != rows[i].code || strcmp(assets, rows[i].assets) != 0 ||
            strcmp(ems_fixture_coverage(&fixture), rows[i].coverage) != 0) {
            printf("# %s: %d; %s; %s\n", rows[i].what, (int)code, assets,
                   ems_fixture_coverage(&fixture));
        }
        CU_ASSERT_EQUAL(code, rows[i].code);
        CU_ASSERT_STRING_EQUAL(assets, rows[i].assets);
        CU_ASSERT_STRING_EQUAL(ems_fixture_coverage(&fixture), rows[i].coverage);
        CU_ASSERT_EQUAL(ems_fixture_asked(&fixture, "/device/14/"), 0);
        CU_ASSERT_EQUAL(ems_fixture_asked(&fixture, "/device/-1/"), 0);
        CU_ASSERT_EQUAL(ems_fixture_asked(&fixture, "GET /api/v1/auth/signout "), 1);
        ems_fixture_end(&fixture);
    }
}

static CU_TestInfo tests[] = {
    {"lists", test_lists},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "ems list", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
