/*
 * test_unit_row.c - rows of the switch and access point tables as devices.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/unit_row.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/host.h"
#include "lib/tap.h"

#define ONLY_DEFAULTS "{\"settings\":{\"url\":\"1.2.3.4\"}}"
#define UNAUTHORIZED  "{\"settings\":{\"url\":\"1.2.3.4\",\"include\":[\"unauthorized\"]}}"

/* Recorded rows. A case appends its own members; of a repeated key the last value counts. */
#define SCOPE "\"scope member\":[{\"name\":\"gate-1\",\"vdom\":\"root\"}]"
#define SWITCH_ROW(...)                                                                            \
    "{\"name\":\"S124EPTQ20000001\",\"switch-id\":\"S124EPTQ20000001\",\"state\":\"enable\","      \
    "\"status\":\"connected\",\"platform\":\"FortiSwitch-124E-POE\"," SCOPE "," __VA_ARGS__ "}"
#define OLD_ROW(id, ...)                                                                           \
    "{\"name\":\"" id "\",\"switch-id\":\"" id "\",\"state\":\"enable\"," SCOPE "," __VA_ARGS__ "}"
#define POINT_ROW(...)                                                                             \
    "{\"name\":\"Lobby\",\"wtp-id\":\"FP231FTF20000001\",\"admin\":\"enable\","                    \
    "\"_conn-state\":\"connected\"," SCOPE "," __VA_ARGS__ "}"

struct fixture {
    struct test_host host;
    struct json_object *json;
    struct unit_row row;
    struct device device;
};

static void begin_row(struct fixture *fixture, const char *settings, const struct unit_row *row,
                      const char *json)
{
    fixture->row = *row;
    host_begin(&fixture->host);
    host_settings(&fixture->host, settings);
    fixture->json = fixture->row.json = json_tokener_parse(json);
    CU_ASSERT_PTR_NOT_NULL(fixture->json);
    fmg_unit_row_read(&fixture->row, &fixture->host.settings, &fixture->device);
}

static void begin_with(struct fixture *fixture, const char *settings, enum device_type type,
                       const char *json)
{
    begin_row(fixture, settings, &(struct unit_row){.type = type}, json);
}

static void begin(struct fixture *fixture, enum device_type type, const char *json)
{
    begin_with(fixture, ONLY_DEFAULTS, type, json);
}

static void end(struct fixture *fixture)
{
    json_object_put(fixture->json);
    host_end(&fixture->host);
}

static const char *text(const struct fixture *fixture, enum attribute attribute)
{
    const struct value *value = &fixture->device.values[attribute];

    return value->kind == VALUE_TEXT ? value->text : "-";
}

static void test_switch(void)
{
    struct fixture fixture;

    begin(&fixture, SWITCH, SWITCH_ROW("\"name\":\"Floor 2\",\"sn\":\"S124EPTQ20000002\""));
    CU_ASSERT_EQUAL(fixture.row.skip, SKIP_NONE);
    CU_ASSERT_STRING_EQUAL(fixture.row.id, "S124EPTQ20000001");
    CU_ASSERT_STRING_EQUAL(fixture.row.fgt, "gate-1");
    CU_ASSERT_STRING_EQUAL(fmg_unit_row_place(fixture.json, "name"), "gate-1");
    CU_ASSERT_FALSE(fixture.device.model_guessed);
    CU_ASSERT_EQUAL(fixture.device.type, SWITCH);
    CU_ASSERT_TRUE(fixture.device.connected);
    CU_ASSERT_STRING_EQUAL(fixture.device.title, "Floor 2");
    CU_ASSERT_STRING_EQUAL(fixture.device.manager, "gate-1");
    CU_ASSERT_STRING_EQUAL(device_serial(&fixture.device), "S124EPTQ20000002");
    CU_ASSERT_STRING_EQUAL(device_model(&fixture.device), "FortiSwitch-124E-POE");
    CU_ASSERT_STRING_EQUAL(text(&fixture, ATTRIBUTE_name), "Floor 2");
    CU_ASSERT_STRING_EQUAL(text(&fixture, ATTRIBUTE_connection_status), "up");
    CU_ASSERT_STRING_EQUAL(text(&fixture, ATTRIBUTE_managed_by), "gate-1");
    CU_ASSERT_EQUAL(fixture.device.values[ATTRIBUTE_virtual_machine].kind, VALUE_BOOLEAN);
    CU_ASSERT_EQUAL(fixture.device.values[ATTRIBUTE_virtual_machine].number, 0);
    end(&fixture);
}

static void test_access_point(void)
{
    struct fixture fixture;

    begin(&fixture, ACCESS_POINT, POINT_ROW("\"index\":0"));
    CU_ASSERT_EQUAL(fixture.row.skip, SKIP_NONE);
    CU_ASSERT_STRING_EQUAL(fixture.row.id, "FP231FTF20000001");
    CU_ASSERT_STRING_EQUAL(fixture.row.fgt, "gate-1");
    CU_ASSERT_FALSE(fixture.device.model_guessed);
    CU_ASSERT_EQUAL(fixture.device.type, ACCESS_POINT);
    CU_ASSERT_TRUE(fixture.device.connected);
    CU_ASSERT_STRING_EQUAL(fixture.device.title, "Lobby");
    CU_ASSERT_STRING_EQUAL(device_serial(&fixture.device), "FP231FTF20000001");
    CU_ASSERT_STRING_EQUAL(device_model(&fixture.device), "FortiAP-231F");
    CU_ASSERT_STRING_EQUAL(text(&fixture, ATTRIBUTE_connection_status), "up");
    CU_ASSERT_STRING_EQUAL(text(&fixture, ATTRIBUTE_managed_by), "gate-1");
    CU_ASSERT_EQUAL(fixture.device.values[ATTRIBUTE_virtual_machine].kind, VALUE_NONE);
    end(&fixture);
}

/* Which of a switch's two ids is its serial; "" = neither. */
static void test_switch_serials(void)
{
    static const struct {
        const char *json, *serial;
    } cases[] = {
        {SWITCH_ROW("\"sn\":\"S124EPTQ20000002\""), "S124EPTQ20000002"},
        {SWITCH_ROW("\"sn\":\" S124EPTQ20000002\\n\""), "S124EPTQ20000002"},
        {SWITCH_ROW("\"sn\":\"S108DVEN3ND-GG54\""), "S108DVEN3ND-GG54"},
        {SWITCH_ROW("\"switch-id\":\"S108DVI_CWPKU64E\""), "S108DVI_CWPKU64E"},
        {SWITCH_ROW("\"switch-id\":\" S124EPTQ20000001 \""), "S124EPTQ20000001"},
        {SWITCH_ROW("\"sn\":null"), "S124EPTQ20000001"},
        {SWITCH_ROW("\"sn\":\"\""), "S124EPTQ20000001"},
        /* A free name is never a serial, whatever it looks like. */
        {SWITCH_ROW("\"switch-id\":\"floor-2\""), ""},
        {SWITCH_ROW("\"switch-id\":\"FLOOR-2-EAST\""), ""},
        {SWITCH_ROW("\"switch-id\":\"FGT60FTK20011089\""), ""},
        {SWITCH_ROW("\"switch-id\":\"S124EP\""), ""},
        {SWITCH_ROW("\"switch-id\":null"), ""},
        {SWITCH_ROW("\"switch-id\":\"FLOOR-2-EAST\",\"sn\":\"S124EPTQ20000002\""),
         "S124EPTQ20000002"},
        /* The row has a serial, but an unusable one: the id does not replace it. */
        {SWITCH_ROW("\"sn\":\"s124eptq20000002\""), ""},
        {SWITCH_ROW("\"sn\":\"FGVM00UNLICENSED\""), ""},
        {SWITCH_ROW("\"sn\":\"S124EPTQ 20000002\""), ""},
        {SWITCH_ROW("\"sn\":\"S124EPTQ20000002S124EPTQ20000002X\""), ""},
        /* An unknown prefix is accepted where `sn` states the serial. */
        {SWITCH_ROW("\"sn\":\"SZZZZZTQ20000001\""), "SZZZZZTQ20000001"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        bool found = *cases[i].serial != '\0';
        struct fixture fixture;

        begin(&fixture, SWITCH, cases[i].json);
        CU_ASSERT_EQUAL(fixture.row.skip, found ? MESSAGE_NONE : SKIP_serial_unusable);
        if (found && fixture.row.skip == SKIP_NONE) {
            CU_ASSERT_STRING_EQUAL(device_serial(&fixture.device), cases[i].serial);
        }
        end(&fixture);
    }
}

/* A placeholder for any switch of a model is no unit, and no fault. */
static void test_switch_wildcard(void)
{
    struct fixture fixture;

    begin(&fixture, SWITCH, SWITCH_ROW("\"switch-id\":\"S124FP****000001\",\"sn\":\"\""));
    CU_ASSERT_EQUAL(fixture.row.skip, SKIP_wildcard);
    end(&fixture);
}

/* A switch-id with a prefix that no table of models has is a serial where switches cannot be
 * renamed, or where the platform agrees. */
static void test_unknown_prefixes(void)
{
    static const struct {
        const char *json;
        bool ids_are_serials, found, guessed;
    } cases[] = {
        {OLD_ROW("S124DZ3X15000001", "\"index\":0"), true, true, true},
        {OLD_ROW("S124DZ3X15000001", "\"index\":0"), false, false, false},
        {OLD_ROW("S124DZ3X15000001", "\"platform\":\"FortiSwitch-124D-POE\""), false, true, false},
        {OLD_ROW("S124DZ3X15000001", "\"platform\":\"FortiSwitch-124D-POE\""), true, true, false},
        {OLD_ROW("S124DZ3X15000001", "\"platform\":\"FortiSwitch-224D-POE\""), false, false, false},
        {OLD_ROW("S124DZ3X15000001", "\"platform\":\"FortiSwitch-1\""), false, false, false},
        {OLD_ROW("S124DZ3X15000001", "\"platform\":\"\""), false, false, false},
        {OLD_ROW("S124DZ3X15000001", "\"platform\":7"), false, false, false},
        {OLD_ROW("S124DZ3X1500000", "\"index\":0"), true, false, false},
        {OLD_ROW("X124DZ3X15000001", "\"index\":0"), true, false, false},
        {OLD_ROW("SWITCH-OF-FLOOR2", "\"platform\":\"FortiSwitch-124D\""), false, false, false},
        {OLD_ROW("FGT60FTK20011089", "\"index\":0"), true, false, false}, /* a FortiGate's */
        {OLD_ROW("floor-2", "\"index\":0"), true, false, false},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fixture fixture;

        begin_row(&fixture, ONLY_DEFAULTS,
                  &(struct unit_row){.type = SWITCH, .ids_are_serials = cases[i].ids_are_serials},
                  cases[i].json);
        if (fixture.row.skip != (cases[i].found ? MESSAGE_NONE : SKIP_serial_unusable) ||
            fixture.device.model_guessed != cases[i].guessed) {
            printf("# %zu: %s\n", i, cases[i].json);
            CU_FAIL("the serial");
        }
        if (cases[i].found) {
            CU_ASSERT_STRING_EQUAL(device_serial(&fixture.device), "S124DZ3X15000001");
            CU_ASSERT_STRING_EQUAL(device_model(&fixture.device),
                                   cases[i].guessed ? "S124DZ" : "FortiSwitch-124D-POE");
        }
        end(&fixture);
    }
}

static void test_access_point_serials(void)
{
    static const struct {
        const char *json, *serial;
        enum message_id skip;
    } cases[] = {
        {POINT_ROW("\"wtp-id\":\" FP231FTF20000001\\n\""), "FP231FTF20000001", MESSAGE_NONE},
        {POINT_ROW("\"wtp-id\":\"PU431F5E19002478\""), "PU431F5E19002478", MESSAGE_NONE},
        {POINT_ROW("\"wtp-id\":\"lobby\""), "", SKIP_serial_unusable},
        {POINT_ROW("\"wtp-id\":\"\""), "", SKIP_serial_unusable},
        {POINT_ROW("\"wtp-id\":null"), "", SKIP_serial_unusable},
        {POINT_ROW("\"wtp-id\":\"FP231F****000001\""), "", SKIP_wildcard},
        {POINT_ROW("\"wtp-id\":\"****************\""), "", SKIP_wildcard},
        {POINT_ROW("\"wtp-id\":\"FWF60FTK20000001-WIFI0\""), "", SKIP_local_radio},
        {POINT_ROW("\"wtp-id\":\"WIFIGATE000001-WIFI1\""), "", SKIP_local_radio},
        {POINT_ROW("\"wtp-id\":\"FWF60FTK20000001\""), "", SKIP_local_radio},
        {POINT_ROW("\"wtp-id\":\" FWF60FTK20000001\\n\""), "", SKIP_local_radio},
        {POINT_ROW("\"wtp-id\":\"FP231FTF20000001-WIFI\""), "FP231FTF20000001-WIFI", MESSAGE_NONE},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fixture fixture;

        begin(&fixture, ACCESS_POINT, cases[i].json);
        CU_ASSERT_EQUAL(fixture.row.skip, cases[i].skip);
        if (cases[i].skip == SKIP_NONE && fixture.row.skip == SKIP_NONE) {
            CU_ASSERT_STRING_EQUAL(device_serial(&fixture.device), cases[i].serial);
        }
        end(&fixture);
    }
}

/* The subject of a skipped row is its id, otherwise its name. */
static void test_subject(void)
{
    struct fixture fixture;

    begin(&fixture, SWITCH, SWITCH_ROW("\"switch-id\":\"floor-2\""));
    CU_ASSERT_STRING_EQUAL(fixture.row.id, "floor-2");
    end(&fixture);
    begin(&fixture, SWITCH, SWITCH_ROW("\"switch-id\":\"\",\"name\":\"East\""));
    CU_ASSERT_STRING_EQUAL(fixture.row.id, "East");
    end(&fixture);
    begin(&fixture, ACCESS_POINT, POINT_ROW("\"wtp-id\":null,\"name\":null"));
    CU_ASSERT_STRING_EQUAL(fixture.row.id, "");
    end(&fixture);
}

/* enable, 2 or nothing means authorised; everything else does not. */
static void test_authorized(void)
{
    static const struct {
        const char *json;
        enum device_type type;
        enum message_id skip;
    } cases[] = {
        {SWITCH_ROW("\"state\":\"enable\""), SWITCH, MESSAGE_NONE},
        {SWITCH_ROW("\"state\":\"Enable\""), SWITCH, MESSAGE_NONE},
        {SWITCH_ROW("\"state\":2"), SWITCH, MESSAGE_NONE},
        {SWITCH_ROW("\"state\":\"2\""), SWITCH, MESSAGE_NONE},
        {SWITCH_ROW("\"state\":null"), SWITCH, MESSAGE_NONE},
        {SWITCH_ROW("\"state\":\"disable\""), SWITCH, SKIP_unauthorized},
        {SWITCH_ROW("\"state\":1"), SWITCH, SKIP_unauthorized},
        {SWITCH_ROW("\"state\":\"discovered\""), SWITCH, SKIP_unauthorized},
        {SWITCH_ROW("\"state\":0"), SWITCH, SKIP_unauthorized},
        {SWITCH_ROW("\"state\":\"\""), SWITCH, SKIP_unauthorized},
        {POINT_ROW("\"admin\":\"enable\""), ACCESS_POINT, MESSAGE_NONE},
        {POINT_ROW("\"admin\":2"), ACCESS_POINT, MESSAGE_NONE},
        {POINT_ROW("\"admin\":null"), ACCESS_POINT, MESSAGE_NONE},
        {POINT_ROW("\"admin\":\"disable\""), ACCESS_POINT, SKIP_unauthorized},
        {POINT_ROW("\"admin\":1"), ACCESS_POINT, SKIP_unauthorized},
        {POINT_ROW("\"admin\":\"discovered\""), ACCESS_POINT, SKIP_unauthorized},
        {POINT_ROW("\"admin\":0"), ACCESS_POINT, SKIP_unauthorized},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fixture fixture;

        begin(&fixture, cases[i].type, cases[i].json);
        CU_ASSERT_EQUAL(fixture.row.skip, cases[i].skip);
        end(&fixture);
        begin_with(&fixture, UNAUTHORIZED, cases[i].type, cases[i].json);
        CU_ASSERT_EQUAL(fixture.row.skip, SKIP_NONE);
        end(&fixture);
    }
}

static void test_pre_provisioned(void)
{
    static const struct {
        const char *json;
        enum device_type type;
        enum message_id skip;
    } cases[] = {
        {SWITCH_ROW("\"is-model\":1"), SWITCH, SKIP_pre_provisioned},
        {SWITCH_ROW("\"is-model\":\"enable\""), SWITCH, SKIP_pre_provisioned},
        {SWITCH_ROW("\"_is-model\":1"), SWITCH, SKIP_pre_provisioned},
        {SWITCH_ROW("\"is-model\":0"), SWITCH, MESSAGE_NONE},
        {SWITCH_ROW("\"is-model\":\"disable\""), SWITCH, MESSAGE_NONE},
        {SWITCH_ROW("\"is-model\":null"), SWITCH, MESSAGE_NONE},
        {POINT_ROW("\"_is-model\":1"), ACCESS_POINT, SKIP_pre_provisioned},
        {POINT_ROW("\"_is-model\":\"1\""), ACCESS_POINT, SKIP_pre_provisioned},
        {POINT_ROW("\"_is-model\":0"), ACCESS_POINT, MESSAGE_NONE},
        /* Pre-provisioned and without a serial: skipped as pre-provisioned, without a fault. */
        {SWITCH_ROW("\"is-model\":1,\"switch-id\":\"floor-2\""), SWITCH, SKIP_pre_provisioned},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fixture fixture;

        begin_with(&fixture, UNAUTHORIZED, cases[i].type, cases[i].json);
        CU_ASSERT_EQUAL(fixture.row.skip, cases[i].skip);
        end(&fixture);
    }
}

/* "-" when the row does not say: a device database has no state. */
static void test_connected(void)
{
    static const struct {
        const char *json;
        enum device_type type;
        bool connected;
        const char *status;
    } cases[] = {
        {SWITCH_ROW("\"status\":\"connected\""), SWITCH, true, "up"},
        {SWITCH_ROW("\"status\":\"up\""), SWITCH, true, "up"},
        {SWITCH_ROW("\"status\":\"idle\""), SWITCH, false, "down"},
        {SWITCH_ROW("\"status\":\"unknown\""), SWITCH, false, "-"},
        {SWITCH_ROW("\"status\":\"\""), SWITCH, false, "-"},
        {SWITCH_ROW("\"status\":null"), SWITCH, false, "-"},
        {SWITCH_ROW("\"status\":0"), SWITCH, false, "-"},
        {POINT_ROW("\"_conn-state\":\"connected\""), ACCESS_POINT, true, "up"},
        {POINT_ROW("\"_conn-state\":2"), ACCESS_POINT, true, "up"},
        {POINT_ROW("\"_conn-state\":\"idle\""), ACCESS_POINT, false, "down"},
        {POINT_ROW("\"_conn-state\":1"), ACCESS_POINT, false, "down"},
        {POINT_ROW("\"_conn-state\":\"unknown\""), ACCESS_POINT, false, "-"},
        {POINT_ROW("\"_conn-state\":0"), ACCESS_POINT, false, "-"},
        {POINT_ROW("\"_conn-state\":null"), ACCESS_POINT, false, "-"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fixture fixture;

        begin(&fixture, cases[i].type, cases[i].json);
        CU_ASSERT_EQUAL(fixture.device.connected, cases[i].connected);
        CU_ASSERT_STRING_EQUAL(text(&fixture, ATTRIBUTE_connection_status), cases[i].status);
        end(&fixture);
    }
}

static void test_titles(void)
{
    struct fixture fixture;

    begin(&fixture, SWITCH, SWITCH_ROW("\"name\":\"\""));
    CU_ASSERT_STRING_EQUAL(fixture.device.title, "S124EPTQ20000001");
    end(&fixture);
    begin(&fixture, ACCESS_POINT, POINT_ROW("\"name\":null"));
    CU_ASSERT_STRING_EQUAL(fixture.device.title, "FP231FTF20000001");
    end(&fixture);
    begin(&fixture, ACCESS_POINT, POINT_ROW("\"name\":\"  \""));
    CU_ASSERT_STRING_EQUAL(fixture.device.title, "FP231FTF20000001");
    end(&fixture);
    begin(&fixture, ACCESS_POINT, POINT_ROW("\"name\":\"\\u0001\\u007f\""));
    CU_ASSERT_STRING_EQUAL(fixture.device.title, "FP231FTF20000001");
    end(&fixture);
}

static void test_models(void)
{
    static const struct {
        const char *json, *model;
        bool guessed, virtual_machine;
    } cases[] = {
        {SWITCH_ROW("\"platform\":\"FortiSwitch-108F-FPOE\""), "FortiSwitch-108F-FPOE", false,
         false},
        {SWITCH_ROW("\"platform\":\"\""), "FortiSwitch-124E-POE", false, false},
        {SWITCH_ROW("\"platform\":null"), "FortiSwitch-124E-POE", false, false},
        {SWITCH_ROW("\"platform\":null,\"switch-id\":\"S108DVI_CWPKU64E\""), "FortiSwitch-108D-VM",
         false, true},
        {SWITCH_ROW("\"platform\":null,\"sn\":\"FS24VMTM20000001\""), "FortiSwitch-24VM", false,
         true},
        {SWITCH_ROW("\"platform\":null,\"sn\":\"SZZZZZTQ20000001\""), "SZZZZZ", true, false},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fixture fixture;

        begin(&fixture, SWITCH, cases[i].json);
        CU_ASSERT_STRING_EQUAL(text(&fixture, ATTRIBUTE_model), cases[i].model);
        CU_ASSERT_EQUAL(fixture.device.model_guessed, cases[i].guessed);
        CU_ASSERT_EQUAL(fixture.device.values[ATTRIBUTE_virtual_machine].number,
                        cases[i].virtual_machine);
        end(&fixture);
    }
}

static void test_fgts(void)
{
    static const struct {
        const char *json, *fgt;
    } cases[] = {
        {SWITCH_ROW("\"scope member\":[{\"name\":\"gate-2\"},{\"name\":\"gate-3\"}]"), "gate-2"},
        {SWITCH_ROW("\"scope member\":[{\"name\":\"\"}]"), ""},
        {SWITCH_ROW("\"scope member\":[{\"vdom\":\"root\"}]"), ""},
        {SWITCH_ROW("\"scope member\":[null]"), ""},
        {SWITCH_ROW("\"scope member\":[]"), ""},
        {SWITCH_ROW("\"scope member\":{\"name\":\"gate-2\"}"), ""},
        {SWITCH_ROW("\"scope member\":null"), ""},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fixture fixture;

        begin(&fixture, SWITCH, cases[i].json);
        CU_ASSERT_EQUAL(fixture.row.skip, SKIP_NONE);
        CU_ASSERT_STRING_EQUAL(fmg_unit_row_place(fixture.json, "name"), cases[i].fgt);
        if (*cases[i].fgt != '\0') {
            CU_ASSERT_STRING_EQUAL(fixture.device.manager, cases[i].fgt);
        } else {
            CU_ASSERT_PTR_NULL(fixture.row.fgt);
            CU_ASSERT_PTR_NULL(fixture.device.manager);
            CU_ASSERT_STRING_EQUAL(text(&fixture, ATTRIBUTE_managed_by), "-");
        }
        end(&fixture);
    }
}

static void test_not_a_row(void)
{
    static const char *const rows[] = {"[]", "7", "{}"};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fixture fixture;

        begin(&fixture, SWITCH, rows[i]);
        CU_ASSERT_EQUAL(fixture.row.skip, SKIP_row_unnamed);
        end(&fixture);
        begin(&fixture, ACCESS_POINT, rows[i]);
        CU_ASSERT_EQUAL(fixture.row.skip, SKIP_row_unnamed);
        end(&fixture);
    }
}

int main(void)
{
    CU_TestInfo rows[] = {{"a switch", test_switch},
                          {"an access point", test_access_point},
                          {"switch-id and sn", test_switch_serials},
                          {"a switch-id with wildcards", test_switch_wildcard},
                          {"unknown prefixes", test_unknown_prefixes},
                          {"wtp-id", test_access_point_serials},
                          {"what names a row", test_subject},
                          {"authorised or not", test_authorized},
                          {"pre-provisioned", test_pre_provisioned},
                          {"connected or not", test_connected},
                          {"titles", test_titles},
                          {"models and virtual switches", test_models},
                          {"the FortiGate", test_fgts},
                          {"not a row", test_not_a_row},
                          CU_TEST_INFO_NULL};
    CU_SuiteInfo suites[] = {{"rows", NULL, NULL, NULL, NULL, rows}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
