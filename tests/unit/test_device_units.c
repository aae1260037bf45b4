/*
 * test_device_units.c - the physical units of a row: the members of a cluster.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/device_fixture.h"
#include "lib/tap.h"

#define MEMBER(name, sn, role, status)                                                             \
    "{\"name\":\"" name "\",\"sn\":\"" sn "\",\"role\":" role ",\"prio\":128,\"idx\":0,"           \
    "\"status\":" status ",\"did\":\"gate-1\"}"
#define FIRST  "FGT60FTK20011089"
#define SECOND "FGT60FTK20011090"
#define THIRD  "FGT60FTK20011091"

static void test_cluster(void)
{
    struct device_fixture fixture;

    device_fixture_begin(&fixture,
                         ROW("\"ha_mode\":\"AP\",\"hdisk_size\":122880,\"hw_rev_major\":3,"
                             "\"hw_rev_minor\":1,\"os_ver\":\"7.0\",\"mr\":4,\"patch\":8,"
                             "\"ip\":\"198.51.100.7\",\"desc\":\"core\",\"ha_slave\":[" MEMBER(
                                 "fw01", FIRST, "\"master\"",
                                 "1") "," MEMBER("fw02", SECOND, "\"slave\"", "1") "]"));
    CU_ASSERT_EQUAL(fixture.row.unit_count, 2);

    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), FIRST);
    CU_ASSERT_STRING_EQUAL(fixture.unit.title, "fw01");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_name), "fw01");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_hostname), "fw01");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_mode), "active-passive");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_role), "primary");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_cluster), "gate-1");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_disk_size_mb), "122880");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_hardware_revision), "3.1");
    CU_ASSERT_TRUE(fixture.unit.connected);

    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 1), SECOND);
    CU_ASSERT_STRING_EQUAL(fixture.unit.title, "fw02");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_serial_number), SECOND);
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_hostname), "fw02");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_role), "secondary");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_cluster), "gate-1");
    /* Each member has the attributes of the cluster, but not those of the reporting unit. */
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_model), "FortiGate-60F");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_firmware_version), "7.4.8");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ip_address), "198.51.100.7");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_description), "core");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_disk_size_mb), "-");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_hardware_revision), "-");
    device_fixture_end(&fixture);
}

static void test_cluster_modes(void)
{
    static const struct {
        const char *mode_json, *mode;
        size_t units;
    } cases[] = {
        {"\"AP\"", "active-passive", 2},
        {"1", "active-passive", 2},
        {"\"AA\"", "active-active", 2},
        {"2", "active-active", 2},
        {"\"ELBC\"", "cluster", 2},
        {"\"autoscale\"", "cluster", 2},
        {"\"fmg-enabled\"", "cluster", 2},
        {"\"unknown\"", "cluster", 2},
        {"6", "cluster", 2},
        {"99", "cluster", 2},
        {"null", "cluster", 2}, /* the list of members proves a cluster */
        {"\"standalone\"", "standalone", 1},
        {"0", "standalone", 1},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct device_fixture fixture;
        char json[1024];

        (void)snprintf(json, sizeof(json),
                       ROW("\"ha_mode\":%s,\"ha_slave\":[" MEMBER(
                           "fw01", FIRST, "1", "1") "," MEMBER("fw02", SECOND, "0", "1") "]"),
                       cases[i].mode_json);
        device_fixture_begin(&fixture, json);
        CU_ASSERT_EQUAL(fixture.row.unit_count, cases[i].units);
        CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), FIRST);
        CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_mode), cases[i].mode);
        device_fixture_end(&fixture);
    }
}

/* Without a mode and members, it is unknown whether the unit stands alone. */
static void test_mode_unknown(void)
{
    static const char *const rows[] = {ROW("\"ha_mode\":\"unknown\""), ROW("\"ha_mode\":6"),
                                       ROW("\"ha_mode\":null"), ROW("\"ha_mode\":\"new\"")};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct device_fixture fixture;

        device_fixture_begin(&fixture, rows[i]);
        CU_ASSERT_EQUAL(fixture.row.unit_count, 1);
        (void)device_fixture_unit(&fixture, 0);
        CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_mode), "-");
        CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_cluster), "-");
        device_fixture_end(&fixture);
    }
}

/* A unit that stands alone again may still have the list of its former cluster. */
static void test_standalone_with_members(void)
{
    struct device_fixture fixture;

    device_fixture_begin(&fixture,
                         ROW("\"ha_mode\":\"standalone\",\"ha_slave\":[" MEMBER(
                             "fw02", SECOND, "0", "0") "," MEMBER("fw03", THIRD, "0", "0") "]"));
    CU_ASSERT_EQUAL(fixture.row.unit_count, 1);
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), FIRST);
    CU_ASSERT_STRING_EQUAL(fixture.unit.title, "gate-1");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_role), "-");
    device_fixture_end(&fixture);
}

static void test_cluster_without_members(void)
{
    struct device_fixture fixture;

    device_fixture_begin(&fixture, ROW("\"ha_mode\":\"AP\",\"ha_slave\":[]"));
    CU_ASSERT_EQUAL(fixture.row.unit_count, 1);
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), FIRST);
    CU_ASSERT_STRING_EQUAL(fixture.unit.title, "gate-1");
    device_fixture_end(&fixture);
    device_fixture_begin(&fixture, ROW("\"ha_mode\":\"AP\",\"ha_slave\":null"));
    CU_ASSERT_EQUAL(fixture.row.unit_count, 1);
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), FIRST);
    device_fixture_end(&fixture);
}

/* After a failover the list may lack the row's own serial, which is then one more unit. */
static void test_stale_members(void)
{
    struct device_fixture fixture;

    device_fixture_begin(&fixture,
                         ROW("\"ha_mode\":1,\"hdisk_size\":512,\"ha_slave\":[" MEMBER(
                             "fw02", SECOND, "1", "1") "," MEMBER("fw03", THIRD, "0", "1") "]"));
    CU_ASSERT_EQUAL(fixture.row.unit_count, 3);
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), SECOND);
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_disk_size_mb), "-");
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 1), THIRD);
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 2), FIRST);
    CU_ASSERT_STRING_EQUAL(fixture.unit.title, "gate-1 (" FIRST ")");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_disk_size_mb), "512");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_cluster), "gate-1");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_ha_role), "-");
    device_fixture_end(&fixture);
    /* A row without a serial has only the members. */
    device_fixture_begin(&fixture, ROW("\"sn\":null,\"ha_mode\":1,\"ha_slave\":[" MEMBER(
                                       "fw02", SECOND, "1", "1") "]"));
    CU_ASSERT_EQUAL(fixture.row.unit_count, 1);
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), SECOND);
    device_fixture_end(&fixture);
}

/* Without the row's serial and platform, the members' serials give the model. */
static void test_model_by_member(void)
{
    struct device_fixture fixture;

    device_fixture_begin(
        &fixture, ROW("\"sn\":null,\"platform_str\":null,\"ha_mode\":1,\"ha_slave\":[" MEMBER(
                      "fw01", "?", "1", "1") "," MEMBER("fw02", SECOND, "0", "1") "]"));
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 1), SECOND);
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_model), "FortiGate-60F");
    device_fixture_end(&fixture);
}

/* Units with AC and with DC power are different models, whichever of them the row is of. */
static void test_model_of_each(void)
{
    static const struct {
        const char *serial, *platform;
    } rows[] = {
        {"FD180FTK24000001", "FortiGate-1800F-DC"},
        {"FD180FTK24000001", "FortiGate-1800F"},
        {"FG180FTK24000002", "FortiGate-1800F"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct device_fixture fixture;
        char json[1024];

        (void)snprintf(
            json, sizeof(json),
            ROW("\"sn\":\"%s\",\"platform_str\":\"%s\",\"ha_mode\":1,\"ha_slave\":[" MEMBER(
                "a", "FD180FTK24000001", "1", "1") "," MEMBER("b", "FG180FTK24000002", "0",
                                                              "1") "]"),
            rows[i].serial, rows[i].platform);
        device_fixture_begin(&fixture, json);
        CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), "FD180FTK24000001");
        CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_model),
                               "FortiGate-1800F-DC");
        CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 1), "FG180FTK24000002");
        CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_model), "FortiGate-1800F");
        device_fixture_end(&fixture);
    }
}

static void test_members_without_name(void)
{
    struct device_fixture fixture;

    device_fixture_begin(&fixture, ROW("\"ha_mode\":1,\"ha_slave\":[" MEMBER(
                                       "", FIRST, "1", "1") ",{\"sn\":\"" SECOND "\",\"role\":0,"
                                                            "\"status\":1}]"));
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), FIRST);
    CU_ASSERT_STRING_EQUAL(fixture.unit.title, "gate-1 (" FIRST ")");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_name), "gate-1 (" FIRST ")");
    CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_hostname), "-");
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 1), SECOND);
    CU_ASSERT_STRING_EQUAL(fixture.unit.title, "gate-1 (" SECOND ")");
    device_fixture_end(&fixture);
}

/* `idx` may be 2147483647, so it is not used as an index. */
static void test_member_index(void)
{
    struct device_fixture fixture;

    device_fixture_begin(
        &fixture, ROW("\"ha_mode\":1,\"ha_slave\":[{\"name\":\"fw02\",\"sn\":\"" SECOND
                      "\",\"idx\":2147483647,\"role\":\"slave\",\"status\":1},{\"name\":\"fw01\","
                      "\"sn\":\"" FIRST "\",\"idx\":0,\"role\":\"master\",\"status\":1}]"));
    CU_ASSERT_EQUAL(fixture.row.unit_count, 2);
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), SECOND);
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 1), FIRST);
    device_fixture_end(&fixture);
}

static void test_member_state(void)
{
    static const struct {
        const char *conn, *status, *expected;
    } cases[] = {
        {"1", "1", "up"},   {"1", "0", "down"},  {"1", "2", "down"},
        {"2", "1", "down"}, {"1", "null", "up"}, {"0", "1", "-"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct device_fixture fixture;
        char json[1024];

        (void)snprintf(json, sizeof(json),
                       ROW("\"conn_status\":%s,\"ha_mode\":1,\"ha_slave\":[{\"name\":\"fw01\","
                           "\"sn\":\"" FIRST "\",\"role\":1,\"status\":%s}]"),
                       cases[i].conn, cases[i].status);
        device_fixture_begin(&fixture, json);
        (void)device_fixture_unit(&fixture, 0);
        CU_ASSERT_STRING_EQUAL(device_fixture_value(&fixture, ATTRIBUTE_connection_status),
                               cases[i].expected);
        CU_ASSERT_EQUAL(fixture.unit.connected, strcmp(cases[i].expected, "up") == 0);
        device_fixture_end(&fixture);
    }
}

/* White space around a serial makes no second unit. */
static void test_padded_members(void)
{
    struct device_fixture fixture;

    device_fixture_begin(
        &fixture, ROW("\"ha_mode\":1,\"sn\":\"" FIRST " \",\"ha_slave\":[" MEMBER(
                      "fw01", FIRST "\\n", "1", "1") "," MEMBER("fw02", " " SECOND, "0", "1") "]"));
    CU_ASSERT_EQUAL(fixture.row.unit_count, 2);
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 0), FIRST);
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 1), SECOND);
    device_fixture_end(&fixture);
}

/* An invalid member becomes a unit without a serial, never the primary a second time. */
static void test_junk_members(void)
{
    struct device_fixture fixture;

    device_fixture_begin(&fixture,
                         ROW("\"ha_mode\":1,\"ha_slave\":[null,7,{\"name\":\"fw02\"}," MEMBER(
                             "fw01", FIRST, "1", "1") "]"));
    CU_ASSERT_EQUAL(fixture.row.unit_count, 4);
    for (size_t i = 0; i < 3; i++) {
        CU_ASSERT_FALSE(device_serial_valid(device_fixture_unit(&fixture, i)));
    }
    CU_ASSERT_STRING_EQUAL(device_fixture_unit(&fixture, 3), FIRST);
    device_fixture_end(&fixture);
}

static void test_long_names(void)
{
    struct device_fixture fixture;
    char name[601], json[2048];

    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    (void)snprintf(
        json, sizeof(json),
        ROW("\"name\":\"%s\",\"ha_mode\":1,\"ha_slave\":[" MEMBER("", FIRST, "1", "1") "]"), name);
    device_fixture_begin(&fixture, json);
    (void)device_fixture_unit(&fixture, 0);
    /* The name is cut, but not the serial that distinguishes the members. */
    CU_ASSERT_EQUAL(strlen(fixture.unit.title), 255 + strlen(" (" FIRST ")"));
    CU_ASSERT_STRING_EQUAL(fixture.unit.title + 255, " (" FIRST ")");
    device_fixture_end(&fixture);
    /* An overlong serial is replaced, not cut: the cut could leave half a secret. */
    device_fixture_begin(&fixture,
                         ROW("\"ha_mode\":1,\"ha_slave\":[" MEMBER(
                             "", "1234567890123456789012345678901\xC3\xA9", "1", "1") "]"));
    (void)device_fixture_unit(&fixture, 0);
    CU_ASSERT_STRING_EQUAL(fixture.unit.title, "gate-1 (?)");
    device_fixture_end(&fixture);
    /* Blanks before a name do not count towards its length. */
    memset(name, ' ', 400);
    (void)snprintf(json, sizeof(json), ROW("\"name\":\"%s\""), name);
    device_fixture_begin(&fixture, json);
    (void)device_fixture_unit(&fixture, 0);
    CU_ASSERT_EQUAL(strspn(fixture.unit.title, "n"), 200);
    device_fixture_end(&fixture);
}

static CU_TestInfo unit_tests[] = {
    {"members", test_cluster},
    {"modes", test_cluster_modes},
    {"no mode in the row", test_mode_unknown},
    {"standalone with members", test_standalone_with_members},
    {"a cluster without members", test_cluster_without_members},
    {"a list without the row's serial", test_stale_members},
    {"a model that only a member has", test_model_by_member},
    {"the model of each member", test_model_of_each},
    {"members without a name", test_members_without_name},
    {"the largest index", test_member_index},
    {"state of a member", test_member_state},
    {"padded serials", test_padded_members},
    {"junk in the list", test_junk_members},
    {"long names", test_long_names},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "units", .pTests = unit_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
