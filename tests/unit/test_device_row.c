/*
 * test_device_row.c - rows of FortiManager's device table: classification and values.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <CUnit/CUnit.h>

#include "lib/device_fixture.h"
#include "lib/tap.h"

/* One row, and one attribute of its first unit. */
struct case_value {
    const char *json, *expected;
};

static void check_values(const struct case_value *cases, size_t count, enum attribute attribute)
{
    for (size_t i = 0; i < count; i++) {
        struct device_fixture fixture;

        device_fixture_begin(&fixture, cases[i].json);
        (void)device_fixture_unit(&fixture, 0);
        CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, attribute), cases[i].expected);
        device_fixture_end(&fixture);
    }
}

#define CHECK_VALUES(cases, attribute)                                                             \
    check_values(cases, sizeof(cases) / sizeof((cases)[0]), attribute)

/* ---- classification */

static void test_plain_fgt(void)
{
    struct device_fixture fixture;

    device_fixture_begin(&fixture, ROW("\"desc\":\"Head office\""));
    CU_ASSERT_EQUAL(fixture.row.type, FIREWALL);
    CU_ASSERT_EQUAL(fixture.row.skip, SKIP_NONE);
    CU_ASSERT_TRUE(fmg_device_row_is_fgt(fixture.json));
    CU_ASSERT_EQUAL(fixture.row.unit_count, 1);
    CU_ASSERT_FALSE(fixture.row.model_guessed);
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), "FGT60FTK20011089");
    CU_ASSERT_EQUAL(fixture.unit.type, FIREWALL);
    CU_ASSERT_TRUE(fixture.unit.connected);
    CU_ASSERT_PTR_NULL(fixture.unit.manager);
    CU_ASSERT_STRING_EQUAL(fixture.unit.title, "gate-1");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_serial_number),
                           "FGT60FTK20011089");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_name), "gate-1");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_hostname), "fw01");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_model), "FortiGate-60F");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_connection_status), "up");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_management_mode), "managed");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_description), "Head office");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_mode), "standalone");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_role), "-");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_cluster), "-");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_virtual_machine), "false");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_log_only), "false");
    device_fixture_end(&fixture);
}

/* Only identity was requested: an attribute that was not requested is unknown, not empty. */
static void test_absent_is_unknown(void)
{
    static const enum attribute unknown[] = {ATTRIBUTE_hostname,
                                             ATTRIBUTE_firmware_version,
                                             ATTRIBUTE_firmware_build,
                                             ATTRIBUTE_ip_address,
                                             ATTRIBUTE_description,
                                             ATTRIBUTE_ha_role,
                                             ATTRIBUTE_ha_cluster,
                                             ATTRIBUTE_latitude,
                                             ATTRIBUTE_longitude,
                                             ATTRIBUTE_last_seen,
                                             ATTRIBUTE_config_status,
                                             ATTRIBUTE_vm_license_expiry,
                                             ATTRIBUTE_hardware_revision,
                                             ATTRIBUTE_disk_size_mb,
                                             ATTRIBUTE_adom,
                                             ATTRIBUTE_vdoms,
                                             ATTRIBUTE_managed_by_serials,
                                             ATTRIBUTE_connection_status,
                                             ATTRIBUTE_management_mode,
                                             ATTRIBUTE_ha_mode,
                                             ATTRIBUTE_log_only};
    struct device_fixture fixture;

    device_fixture_begin(&fixture,
                         "{\"name\":\"gate-1\",\"sn\":\"FGT60FTK20011089\",\"os_type\":\"fos\"}");
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), "FGT60FTK20011089");
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, unknown[i]), "-");
    }
    CU_ASSERT_EQUAL(fixture.row.skip, SKIP_NONE); /* an asset nonetheless */
    CU_ASSERT_FALSE(fixture.unit.connected);
    device_fixture_end(&fixture);
}

static void test_types(void)
{
    static const struct {
        const char *json;
        enum device_type type;
        enum message_id skip;
    } cases[] = {
        {ROW("\"os_type\":\"fos\""), FIREWALL, MESSAGE_NONE},
        {ROW("\"os_type\":\"FOS\""), FIREWALL, MESSAGE_NONE},
        {ROW("\"os_type\":0"), FIREWALL, MESSAGE_NONE},
        {ROW("\"os_type\":\"foc\""), FIREWALL, MESSAGE_NONE},
        {ROW("\"os_type\":2"), FIREWALL, MESSAGE_NONE},
        {ROW("\"os_type\":\"ffw\""), FIREWALL, MESSAGE_NONE},
        {ROW("\"os_type\":\"fsw\""), SWITCH, MESSAGE_NONE},
        {ROW("\"os_type\":1"), SWITCH, MESSAGE_NONE},
        {ROW("\"os_type\":\"fap\""), ACCESS_POINT, MESSAGE_NONE},
        {ROW("\"os_type\":\"fss\",\"sn\":\"FFSASE0000000001\""), OTHER, SKIP_service},
        {ROW("\"os_type\":\"fca\""), OTHER, SKIP_service},
        {ROW("\"os_type\":\"ftc\""), OTHER, SKIP_service},
        {ROW("\"os_type\":\"faz\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":4"), OTHER, SKIP_other_product},
        {ROW("\"os_type\":\"fml\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":3"), OTHER, SKIP_other_product},
        {ROW("\"os_type\":\"fwb\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":5"), OTHER, SKIP_other_product},
        {ROW("\"os_type\":\"fch\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":6"), OTHER, SKIP_other_product},
        {ROW("\"os_type\":\"fct\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":7"), OTHER, SKIP_other_product},
        {ROW("\"os_type\":\"log\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":8"), OTHER, SKIP_other_product},
        {ROW("\"os_type\":\"fmg\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":9"), OTHER, SKIP_other_product},
        {ROW("\"os_type\":\"fsa\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":\"fac\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":\"fpx\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":\"fna\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":14"), OTHER, SKIP_other_product},
        {ROW("\"os_type\":17"), OTHER, SKIP_other_product},
        /* With an unknown type the serial decides, if it can. */
        {ROW("\"os_type\":-1"), FIREWALL, MESSAGE_NONE},
        {ROW("\"os_type\":\"unknown\""), FIREWALL, MESSAGE_NONE},
        {ROW("\"os_type\":\"fxy\",\"sn\":\"S124EPTQ20000001\""), SWITCH, MESSAGE_NONE},
        {ROW("\"os_type\":null,\"sn\":\"FP231FTF20000001\""), ACCESS_POINT, MESSAGE_NONE},
        {ROW("\"os_type\":\"unknown\",\"sn\":\"FMGVMSTM20000001\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":\"unknown\",\"sn\":\"XX123400000001\""), OTHER, SKIP_other_product},
        {ROW("\"os_type\":\"unknown\",\"sn\":null"), OTHER, SKIP_other_product},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct device_fixture fixture;

        device_fixture_begin(&fixture, cases[i].json);
        CU_ASSERT_EQUAL(fixture.row.type, cases[i].type);
        CU_ASSERT_EQUAL(fixture.row.skip, cases[i].skip);
        CU_ASSERT_EQUAL(fmg_device_row_is_fgt(fixture.json), cases[i].type == FIREWALL);
        device_fixture_end(&fixture);
    }
}

/* ---- rows that are no asset by default */

static void test_flags(void)
{
    static const struct {
        const char *json;
        enum message_id skip;
    } cases[] = {
        {ROW("\"flags\":[\"has_hdd\",\"is_model\"]"), SKIP_model_device},
        {ROW("\"flags\":[]"), MESSAGE_NONE},
        {ROW("\"flags\":null"), MESSAGE_NONE},
        {ROW("\"flags\":\"is_model\""), SKIP_model_device},
        {ROW("\"flags\":\"has_hdd\""), MESSAGE_NONE},
        {ROW("\"flags\":262144"), SKIP_model_device},
        {ROW("\"flags\":262145"), SKIP_model_device},
        /* Above 2^32, without and with the bit. */
        {ROW("\"flags\":3298534883329"), MESSAGE_NONE},
        {ROW("\"flags\":3298535145472"), SKIP_model_device},
        {ROW("\"flags\":\"262144\""), SKIP_model_device},
        /* A real device that has replaced a model device. */
        {ROW("\"flags\":[\"has_hdd\",\"linked_to_model\"]"), MESSAGE_NONE},
        {ROW("\"flags\":67108865"), MESSAGE_NONE},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct device_fixture fixture;

        device_fixture_begin(&fixture, cases[i].json);
        CU_ASSERT_EQUAL(fixture.row.skip, cases[i].skip);
        device_fixture_end(&fixture);
    }
}

static void test_management_mode(void)
{
    static const struct {
        const char *settings, *json;
        enum message_id skip;
        const char *mode, *log_only;
    } cases[] = {
        {ONLY_DEFAULTS, ROW("\"mgmt_mode\":\"unreg\""), SKIP_unauthorized, "unauthorized", "false"},
        {ONLY_DEFAULTS, ROW("\"mgmt_mode\":0"), SKIP_unauthorized, "unauthorized", "false"},
        {INCLUDE("\"unauthorized\""), ROW("\"mgmt_mode\":0"), MESSAGE_NONE, "unauthorized",
         "false"},
        {ONLY_DEFAULTS, ROW("\"mgmt_mode\":\"fmg\""), MESSAGE_NONE, "managed", "false"},
        {ONLY_DEFAULTS, ROW("\"mgmt_mode\":1"), MESSAGE_NONE, "managed", "false"},
        {ONLY_DEFAULTS, ROW("\"mgmt_mode\":\"faz\""), MESSAGE_NONE, "logs_only", "true"},
        {ONLY_DEFAULTS, ROW("\"mgmt_mode\":2"), MESSAGE_NONE, "logs_only", "true"},
        {INCLUDE(""), ROW("\"mgmt_mode\":\"faz\""), SKIP_log_only_excluded, "logs_only", "true"},
        {INCLUDE(""), ROW("\"mgmt_mode\":2"), SKIP_log_only_excluded, "logs_only", "true"},
        {ONLY_DEFAULTS, ROW("\"mgmt_mode\":\"fmgfaz\""), MESSAGE_NONE, "managed_and_logs", "false"},
        {INCLUDE(""), ROW("\"mgmt_mode\":3"), MESSAGE_NONE, "managed_and_logs", "false"},
        {ONLY_DEFAULTS, ROW("\"mgmt_mode\":99"), MESSAGE_NONE, "-", "-"},
        {ONLY_DEFAULTS, ROW("\"mgmt_mode\":null"), MESSAGE_NONE, "-", "-"},
        {ONLY_DEFAULTS, ROW("\"mgmt_mode\":\"new\""), MESSAGE_NONE, "-", "-"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct device_fixture fixture;

        device_fixture_begin_with(&fixture, cases[i].settings, cases[i].json);
        CU_ASSERT_EQUAL(fixture.row.skip, cases[i].skip);
        (void)device_fixture_unit(&fixture, 0);
        CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_management_mode),
                               cases[i].mode);
        CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_log_only),
                               cases[i].log_only);
        device_fixture_end(&fixture);
    }
}

/* Each ticked kind admits only its own rows. */
static void test_include(void)
{
    static const char model[] = ROW("\"flags\":[\"is_model\"],\"mgmt_mode\":\"fmg\"");
    static const char unauthorized_model[] =
        ROW("\"flags\":[\"is_model\"],\"mgmt_mode\":\"unreg\"");
    struct device_fixture fixture;

    device_fixture_begin_with(&fixture, INCLUDE("\"model\""), model);
    CU_ASSERT_EQUAL(fixture.row.skip, SKIP_NONE);
    device_fixture_end(&fixture);
    device_fixture_begin_with(&fixture, INCLUDE("\"unauthorized\",\"log_only\""), model);
    CU_ASSERT_EQUAL(fixture.row.skip, SKIP_model_device);
    device_fixture_end(&fixture);
    device_fixture_begin_with(&fixture, INCLUDE("\"model\""), unauthorized_model);
    CU_ASSERT_EQUAL(fixture.row.skip, SKIP_unauthorized);
    device_fixture_end(&fixture);
    device_fixture_begin_with(&fixture, INCLUDE("\"model\",\"unauthorized\""), unauthorized_model);
    CU_ASSERT_EQUAL(fixture.row.skip, SKIP_NONE);
    device_fixture_end(&fixture);
    /* No setting turns the row of a service into a device. */
    device_fixture_begin_with(&fixture, INCLUDE("\"model\",\"unauthorized\",\"log_only\""),
                              ROW("\"os_type\":\"fss\""));
    CU_ASSERT_EQUAL(fixture.row.skip, SKIP_service);
    device_fixture_end(&fixture);
}

/* A unit that only sends logs has no host name and no connection status. */
static void test_log_only_row(void)
{
    struct device_fixture fixture;

    device_fixture_begin(&fixture, ROW("\"mgmt_mode\":2,\"hostname\":\"\",\"conn_status\":0"));
    (void)device_fixture_unit(&fixture, 0);
    CU_ASSERT_STRING_EQUAL(fixture.unit.title, "gate-1");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_hostname), "-");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_connection_status), "-");
    CU_ASSERT_FALSE(fixture.unit.connected);
    device_fixture_end(&fixture);
}

/* ---- values */

static void test_version(void)
{
    static const struct case_value cases[] = {
        {ROW("\"os_ver\":\"7.0\",\"mr\":4,\"patch\":8"), "7.4.8"},
        {ROW("\"os_ver\":7,\"mr\":4,\"patch\":8"), "7.4.8"},
        {ROW("\"os_ver\":\"7.0\",\"mr\":0,\"patch\":0"), "7.0.0"},
        {ROW("\"os_ver\":\"7.0\",\"mr\":\"6\",\"patch\":\"7\""), "7.6.7"},
        {ROW("\"os_ver\":\"10.0\",\"mr\":1,\"patch\":12"), "10.1.12"},
        {ROW("\"os_ver\":\"7.0\",\"mr\":4,\"patch\":-1"), "-"},
        {ROW("\"os_ver\":\"7.0\",\"mr\":-1,\"patch\":1"), "-"},
        {ROW("\"os_ver\":\"7.0\",\"mr\":4"), "-"},
        {ROW("\"os_ver\":\"7.0\",\"patch\":4"), "-"},
        {ROW("\"os_ver\":\"unknown\",\"mr\":4,\"patch\":8"), "-"},
        {ROW("\"os_ver\":\"\",\"mr\":4,\"patch\":8"), "-"},
        {ROW("\"os_ver\":0,\"mr\":4,\"patch\":8"), "-"},
        {ROW("\"os_ver\":-1,\"mr\":-1,\"patch\":-1"), "-"},
        {ROW("\"os_ver\":700,\"mr\":4,\"patch\":8"), "-"},
        {ROW("\"os_ver\":7,\"mr\":4,\"patch\":2147483647"), "-"},
        {ROW("\"os_ver\":[7],\"mr\":4,\"patch\":8"), "-"},
        {ROW("\"mr\":4,\"patch\":8"), "-"},
    };

    CHECK_VALUES(cases, ATTRIBUTE_firmware_version);
}

static void test_build(void)
{
    static const struct case_value cases[] = {
        {ROW("\"build\":2795"), "2795"},     {ROW("\"build\":\"2795\""), "2795"},
        {ROW("\"build\":0"), "-"},           {ROW("\"build\":-1"), "-"},
        {ROW("\"build\":\"2795abc\""), "-"},
    };

    CHECK_VALUES(cases, ATTRIBUTE_firmware_build);
}

static void test_ip(void)
{
    static const struct case_value cases[] = {
        {ROW("\"ip\":\"198.51.100.7\""), "198.51.100.7"},
        {ROW("\"ip\":\"0.0.0.0\""), "-"},
        {ROW("\"ip\":\"\""), "-"},
        {ROW("\"ip\":null"), "-"},
        {ROW("\"ip\":16909060"), "-"},
    };

    CHECK_VALUES(cases, ATTRIBUTE_ip_address);
}

static void test_coordinates(void)
{
    static const struct case_value latitudes[] = {
        {ROW("\"latitude\":\"45.501690\""), "45.501690"},
        {ROW("\"latitude\":\"-0.10\""), "-0.10"},
        {ROW("\"latitude\":\"0.0\""), "-"},
        {ROW("\"latitude\":\"0\""), "-"},
        {ROW("\"latitude\":\"-0.000000\""), "-"},
        {ROW("\"latitude\":\"\""), "-"},
        {ROW("\"latitude\":null"), "-"},
    };
    static const struct case_value longitudes[] = {
        {ROW("\"latitude\":\"0.0\",\"longitude\":\"-73.567253\""), "-73.567253"},
        {ROW("\"latitude\":\"45.5\",\"longitude\":\"0.0\""), "-"},
    };

    CHECK_VALUES(latitudes, ATTRIBUTE_latitude);
    CHECK_VALUES(longitudes, ATTRIBUTE_longitude);
}

static void test_connection(void)
{
    static const struct case_value cases[] = {
        {ROW("\"conn_status\":\"up\""), "up"},     {ROW("\"conn_status\":1"), "up"},
        {ROW("\"conn_status\":\"down\""), "down"}, {ROW("\"conn_status\":2"), "down"},
        {ROW("\"conn_status\":\"UNKNOWN\""), "-"}, {ROW("\"conn_status\":0"), "-"},
        {ROW("\"conn_status\":7"), "-"},           {ROW("\"conn_status\":null"), "-"},
        {ROW("\"conn_status\":\"asleep\""), "-"},
    };

    CHECK_VALUES(cases, ATTRIBUTE_connection_status);
}

static void test_numbers_and_times(void)
{
    static const struct case_value seen[] = {
        {ROW("\"last_checked\":1732305600"), "1732305600"},
        {ROW("\"last_checked\":\"1732305600\""), "1732305600"},
        {ROW("\"last_checked\":0"), "-"},
        {ROW("\"last_checked\":-1"), "-"},
        {ROW("\"last_checked\":\"yesterday\""), "-"},
    };
    static const struct case_value config[] = {
        {ROW("\"conf_status\":\"insync\""), "in_sync"},
        {ROW("\"conf_status\":1"), "in_sync"},
        {ROW("\"conf_status\":\"outofsync\""), "out_of_sync"},
        {ROW("\"conf_status\":2"), "out_of_sync"},
        {ROW("\"conf_status\":\"unknown\""), "-"},
        {ROW("\"conf_status\":0"), "-"},
        {ROW("\"conf_status\":3"), "-"},
    };
    static const struct case_value disk[] = {
        {ROW("\"hdisk_size\":122880"), "122880"},
        {ROW("\"hdisk_size\":0"), "-"},
    };
    static const struct case_value license[] = {
        {ROW("\"vm_lic_expire\":1767225600"), "1767225600"},
        {ROW("\"vm_lic_expire\":0"), "-"},
    };
    static const struct case_value revision[] = {
        {ROW("\"hw_rev_major\":2,\"hw_rev_minor\":0"), "2.0"},
        {ROW("\"hw_rev_major\":0,\"hw_rev_minor\":0"), "-"},
        {ROW("\"hw_rev_major\":2,\"hw_rev_minor\":-1"), "-"},
        {ROW("\"hw_rev_major\":2"), "-"},
    };

    CHECK_VALUES(seen, ATTRIBUTE_last_seen);
    CHECK_VALUES(config, ATTRIBUTE_config_status);
    CHECK_VALUES(disk, ATTRIBUTE_disk_size_mb);
    CHECK_VALUES(license, ATTRIBUTE_vm_license_expiry);
    CHECK_VALUES(revision, ATTRIBUTE_hardware_revision);
}

static void test_models(void)
{
    static const struct case_value models[] = {
        {ROW("\"platform_str\":\"Fortigate-6000F\""), "FortiGate-6000F"},
        {ROW("\"platform_str\":\"FortiGate-VM64-KVM\""), "FortiGate-VM64-KVM"},
        {ROW("\"platform_str\":\"\""), "FortiGate-60F"},
        {ROW("\"platform_str\":null"), "FortiGate-60F"},
        {ROW("\"platform_str\":null,\"sn\":\"FGZZ9Z0000000001\""), "FGZZ9Z"},
    };
    static const struct case_value machines[] = {
        {ROW("\"platform_str\":\"FortiGate-VM64-KVM\""), "true"},
        {ROW("\"platform_str\":null,\"sn\":\"FGVM02TM20000001\""), "true"},
        {ROW("\"platform_str\":\"FortiGate-60F\""), "false"},
    };
    struct device_fixture fixture;

    CHECK_VALUES(models, ATTRIBUTE_model);
    CHECK_VALUES(machines, ATTRIBUTE_virtual_machine);
    device_fixture_begin(&fixture, ROW("\"platform_str\":null,\"sn\":\"FGZZ9Z0000000001\""));
    CU_ASSERT_TRUE(fixture.row.model_guessed);
    device_fixture_end(&fixture);
}

static void test_meta_fields(void)
{
    static const char settings[] =
        "{\"settings\":{\"url\":\"1.2.3.4\",\"attributes\":[\"meta.Address\",\"meta.Company/"
        "Organization\",\"meta.Contact Email\",\"meta.Number\"]}}";
    struct device_fixture fixture;

    device_fixture_begin_with(
        &fixture, settings,
        ROW("\"meta fields\":{\"Address\":\"1 rue Notre-Dame\",\"Contact Email\":\"\","
            "\"Company/Organization\":\"ACME\",\"Number\":7,\"Unticked\":\"x\"}"));
    (void)device_fixture_unit(&fixture, 0);
    CU_ASSERT_EQUAL(fixture.unit.meta_count, 2);
    CU_ASSERT_STRING_EQUAL(fixture.unit.meta[0].name, "Address");
    CU_ASSERT_STRING_EQUAL(fixture.unit.meta[0].text, "1 rue Notre-Dame");
    CU_ASSERT_STRING_EQUAL(fixture.unit.meta[1].name, "Company/Organization");
    CU_ASSERT_STRING_EQUAL(fixture.unit.meta[1].text, "ACME");
    device_fixture_end(&fixture);
}

/* ---- serials and titles */

static void test_serials(void)
{
    static const struct {
        const char *json, *serial;
        bool valid;
    } cases[] = {
        {ROW("\"sn\":\"FGT60FTK20011089\""), "FGT60FTK20011089", true},
        {ROW("\"sn\":\" FGT60FTK20011089\\r\\n\""), "FGT60FTK20011089", true},
        {ROW("\"sn\":\"\\tFGT60FTK20011089\""), "FGT60FTK20011089", true},
        {ROW("\"sn\":\"S108DVI_CWPKU64E\""), "S108DVI_CWPKU64E", true},
        {ROW("\"sn\":\"FGT60F TK20011089\""), "FGT60F TK20011089", false},
        {ROW("\"sn\":\"fgt60ftk20011089\""), "fgt60ftk20011089", false},
        {ROW("\"sn\":\"FGT60F1\""), "FGT60F1", false},
        {ROW("\"sn\":\"\""), "", false},
        {ROW("\"sn\":\"   \""), "", false},
        {ROW("\"sn\":null"), "", false},
        {ROW("\"sn\":20011089"), "", false},
        {ROW("\"sn\":\"FGT60FTK20011089FGT60FTK20011089X\""), "FGT60FTK20011089FGT60FTK20011089X",
         false},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct device_fixture fixture;
        const char *serial;

        device_fixture_begin(&fixture, cases[i].json);
        serial = device_fixture_unit(&fixture, 0);
        CU_ASSERT_STRING_EQUAL(serial, cases[i].serial);
        CU_ASSERT_EQUAL(device_serial_valid(serial), cases[i].valid);
        device_fixture_end(&fixture);
    }
}

/* White space around a serial hides neither the type nor the model. */
static void test_padded_serial_has_type(void)
{
    struct device_fixture fixture;

    device_fixture_begin(&fixture, ROW("\"os_type\":\"unknown\",\"platform_str\":null,"
                                       "\"sn\":\" FGT60FTK20011089 \""));
    CU_ASSERT_EQUAL(fixture.row.type, FIREWALL);
    (void)device_fixture_unit(&fixture, 0);
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_model), "FortiGate-60F");
    device_fixture_end(&fixture);
}

#define LONG                                                                                       \
    "01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901" \
    "23"                                                                                           \
    "456789"

static void test_titles(void)
{
    static const struct {
        const char *json, *title;
    } cases[] = {
        {ROW("\"name\":\"Montr\xC3\xA9"
             "al 1\""),
         "Montr\xC3\xA9"
         "al 1"},
        {ROW("\"name\":\"\""), "fw01"},
        {ROW("\"name\":null"), "fw01"},
        {ROW("\"name\":null,\"hostname\":\"\""), "FGT60FTK20011089"},
        {ROW("\"name\":null,\"hostname\":null"), "FGT60FTK20011089"},
        {ROW("\"name\":\"  \""), "fw01"},
        /* Not cut: a text that is cut too early could not be searched for secrets. */
        {ROW("\"name\":\"\",\"hostname\":\"" LONG LONG LONG "\""), LONG LONG LONG},
        {ROW("\"ha_mode\":1,\"ha_slave\":[{\"sn\":\"FGT60FTK20011089\",\"name\":\"" LONG LONG LONG
             "\"}]"),
         LONG LONG LONG},
        {ROW("\"ha_mode\":1,\"ha_slave\":[{\"sn\":\"" LONG "\"}]"), "gate-1 (?)"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct device_fixture fixture;

        device_fixture_begin(&fixture, cases[i].json);
        (void)device_fixture_unit(&fixture, 0);
        CU_ASSERT_STRING_EQUAL(fixture.unit.title, cases[i].title);
        device_fixture_end(&fixture);
    }
}

static void test_not_a_row(void)
{
    static const char *const rows[] = {"[]", "7", "\"gate\"", "{}"};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct device_fixture fixture;

        device_fixture_begin(&fixture, rows[i]);
        CU_ASSERT_EQUAL(fixture.row.skip, SKIP_other_product);
        CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), "");
        device_fixture_end(&fixture);
    }
}

static CU_TestInfo row_tests[] = {
    {"a plain FortiGate", test_plain_fgt},
    {"absent is unknown", test_absent_is_unknown},
    {"os_type, text and number", test_types},
    {"flags: list, text, number, null", test_flags},
    {"management mode", test_management_mode},
    {"include lets in", test_include},
    {"a row that only sends logs", test_log_only_row},
    {"not a row", test_not_a_row},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo value_tests[] = {
    {"version", test_version},
    {"build", test_build},
    {"IP address", test_ip},
    {"coordinates", test_coordinates},
    {"connection", test_connection},
    {"numbers and times", test_numbers_and_times},
    {"models and virtual machines", test_models},
    {"custom fields", test_meta_fields},
    {"serials", test_serials},
    {"a padded serial has the type", test_padded_serial_has_type},
    {"titles", test_titles},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "rows", .pTests = row_tests},
        {.pName = "values", .pTests = value_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
