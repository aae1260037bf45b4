/*
 * test_fields.c - which members of FortiManager's rows are requested.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sources/fortimanager/fields.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "lib/host.h"
#include "lib/tap.h"
#include "sources/fortimanager/columns.h"

#define ALWAYS                                                                                     \
    "\"oid\",\"os_type\",\"flags\",\"sn\",\"name\",\"platform_str\",\"conn_status\","              \
    "\"mgmt_mode\",\"ha_mode\""
#define SETTINGS(...) "{\"settings\":{\"url\":\"1.2.3.4\"," __VA_ARGS__ "}}"

static void check_device(const char *request, bool need_managed_sn, const char *expected)
{
    struct buffer out;
    struct test_host host;

    host_begin(&host);
    host_settings(&host, request);
    out = fmg_fields_device(&host.settings, need_managed_sn);
    /* A failure shows what would be requested. */
    CU_assertImplementation(strcmp(buffer_text(&out), expected) == 0, __LINE__, buffer_text(&out),
                            __FILE__, "", CU_FALSE);
    buffer_release(&out);
    host_end(&host);
}

/* With only the key ticked: identity, classification and connection, and nothing more. */
static void test_serial_only(void)
{
    check_device(SETTINGS("\"device_types\":[\"firewall\"]"), false, "[" ALWAYS "]");
    check_device(SETTINGS("\"attributes\":[\"serial_number\"]"), false,
                 "[" ALWAYS ",\"fsw_cnt\",\"fap_cnt\"]");
}

static void test_counters_by_type(void)
{
    check_device(SETTINGS("\"device_types\":[\"switch\"]"), false, "[" ALWAYS ",\"fsw_cnt\"]");
    check_device(SETTINGS("\"device_types\":[\"access_point\",\"firewall\"]"), false,
                 "[" ALWAYS ",\"fap_cnt\"]");
}

static void test_when_needed(void)
{
    check_device(SETTINGS("\"device_types\":[\"firewall\"]"), true, "[" ALWAYS ",\"managed_sn\"]");
    check_device(SETTINGS("\"device_types\":[\"firewall\"],\"attributes\":[\"meta.Site\"]"), false,
                 "[" ALWAYS ",\"meta fields\"]");
}

/* The fields that an attribute adds to those always requested: none, unless it costs a field. */
static void test_each_attribute(void)
{
    static const char *const fields[ATTRIBUTE_COUNT] = {
        [ATTRIBUTE_hostname] = ",\"hostname\"",
        [ATTRIBUTE_firmware_version] = ",\"os_ver\",\"mr\",\"patch\"",
        [ATTRIBUTE_firmware_build] = ",\"build\"",
        [ATTRIBUTE_ip_address] = ",\"ip\"",
        [ATTRIBUTE_description] = ",\"desc\"",
        [ATTRIBUTE_latitude] = ",\"latitude\"",
        [ATTRIBUTE_longitude] = ",\"longitude\"",
        [ATTRIBUTE_last_seen] = ",\"last_checked\"",
        [ATTRIBUTE_config_status] = ",\"conf_status\"",
        [ATTRIBUTE_vm_license_type] = ",\"foslic_type\"",
        [ATTRIBUTE_vm_license_expiry] = ",\"vm_lic_expire\"",
        [ATTRIBUTE_hardware_revision] = ",\"hw_rev_major\",\"hw_rev_minor\"",
        [ATTRIBUTE_disk_size_mb] = ",\"hdisk_size\"",
    };

    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        char request[256], expected[512];

        (void)snprintf(request, sizeof(request),
                       SETTINGS("\"device_types\":[\"firewall\"],\"attributes\":[\"%s\"]"),
                       attribute_info(i)->id);
        (void)snprintf(expected, sizeof(expected), "[" ALWAYS "%s]",
                       fields[i] != NULL ? fields[i] : "");
        check_device(request, false, expected);
        CU_ASSERT_EQUAL(columns_cost(fmg_origins, i, FIREWALL) == COST_FIELD, fields[i] != NULL);
    }
}

/* These rows contain secrets, so no field is ever requested by accident. */
static void test_no_secret_is_asked_for(void)
{
    static const char *const secrets[] = {"adm_pass",    "adm_usr",       "psk",
                                          "private_key", "tunnel_cookie", "pass"};
    struct buffer request = BUFFER(KIB(4)), fields[DEVICE_TYPE_COUNT];
    struct test_host host;

    buffer_append_text(&request, "{\"settings\":{\"url\":\"1.2.3.4\",\"attributes\":[\"meta.x\"");
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        buffer_printf(&request, ",\"%s\"", attribute_info((enum attribute)i)->id);
    }
    buffer_append_text(&request, "]}}");
    host_begin(&host);
    host_settings(&host, buffer_text(&request));
    fields[FIREWALL] = fmg_fields_device(&host.settings, true);
    fields[SWITCH] = fmg_fields_unit(SWITCH, 0);
    fields[ACCESS_POINT] = fmg_fields_unit(ACCESS_POINT, 0);
    for (int type = FIREWALL; type <= ACCESS_POINT; type++) {
        CU_ASSERT_TRUE(fields[type].size > 0);
        for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
            CU_ASSERT_PTR_NULL(strstr(buffer_text(&fields[type]), secrets[i]));
        }
        buffer_release(&fields[type]);
    }
    buffer_release(&request);
    host_end(&host);
}

static void test_switch(void)
{
#define SWITCH_ALWAYS                                                                              \
    "\"state\",\"is-model\",\"_is-model\",\"switch-id\",\"name\",\"platform\",\"status\",\"scope " \
    "member\""
    static const struct {
        int32_t version;
        const char *fields;
    } cases[] = {
        /* Before 7.4.3 `sn` does not exist, and a request that names it is refused. */
        {FMG_VERSION(7, 4, 2), "[" SWITCH_ALWAYS "]"},
        {FMG_VERSION(7, 2, 9), "[" SWITCH_ALWAYS "]"},
        {FMG_VERSION(6, 4, 14), "[" SWITCH_ALWAYS "]"},
        {FMG_VERSION(7, 4, 3), "[" SWITCH_ALWAYS ",\"sn\"]"},
        {FMG_VERSION(7, 6, 0), "[" SWITCH_ALWAYS ",\"sn\"]"},
        {FMG_VERSION(8, 0, 0), "[" SWITCH_ALWAYS ",\"sn\"]"},
        {0, "[" SWITCH_ALWAYS ",\"sn\"]"}, /* unknown version */
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buffer out = fmg_fields_unit(SWITCH, cases[i].version);

        CU_ASSERT_STRING_EQUAL(buffer_text(&out), cases[i].fields);
        buffer_release(&out);
    }
}

static void test_access_point(void)
{
    struct buffer out = fmg_fields_unit(ACCESS_POINT, 0);

    CU_ASSERT_STRING_EQUAL(buffer_text(&out), "[\"admin\",\"_is-model\",\"wtp-id\",\"name\","
                                              "\"_conn-state\",\"scope member\"]");
    buffer_release(&out);
}

static void test_versions(void)
{
    static const struct {
        int32_t version;
        bool known;
    } cases[] = {
        {FMG_VERSION(7, 4, 3), true},  {FMG_VERSION(7, 4, 10), true},
        {FMG_VERSION(7, 5, 0), true},  {FMG_VERSION(8, 0, 0), true},
        {FMG_VERSION(7, 4, 2), false}, {FMG_VERSION(7, 3, 9), false},
        {FMG_VERSION(6, 9, 9), false}, {0, true},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CU_ASSERT_EQUAL(fmg_knows_switch_sn(cases[i].version), cases[i].known);
    }
}

static CU_TestInfo field_tests[] = {
    {"only the serial", test_serial_only},
    {"counters by type", test_counters_by_type},
    {"when needed", test_when_needed},
    {"each attribute", test_each_attribute},
    {"no secret", test_no_secret_is_asked_for},
    {"switches", test_switch},
    {"access points", test_access_point},
    {"versions", test_versions},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "fields", .pTests = field_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
