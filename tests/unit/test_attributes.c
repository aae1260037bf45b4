/*
 * test_attributes.c - the catalogue of attributes and of device types.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "catalogue/attributes.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/tap.h"

static void test_catalogue(void)
{
    static const char *const types[] = {"text", "integer", "boolean", "date-time", "date"};

    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_info *info = attribute_info((enum attribute)i);
        bool known = false;

        CU_ASSERT_TRUE(info->id[0] >= 'a' && info->id[0] <= 'z');
        CU_ASSERT_EQUAL(strspn(info->id, "abcdefghijklmnopqrstuvwxyz0123456789_"),
                        strlen(info->id));
        for (size_t t = 0; t < sizeof(types) / sizeof(types[0]); t++) {
            known = known || strcmp(types[t], info->type) == 0;
        }
        CU_ASSERT_TRUE(known);
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            CU_ASSERT_TRUE(info->labels[language] != NULL && *info->labels[language] != '\0');
            CU_ASSERT_TRUE(info->meanings[language] != NULL && *info->meanings[language] != '\0');
        }
        for (int k = 0; k < i; k++) {
            const struct attribute_info *other = attribute_info((enum attribute)k);

            CU_ASSERT_STRING_NOT_EQUAL(info->id, other->id);
            CU_ASSERT_STRING_NOT_EQUAL(info->labels[LANGUAGE_ENGLISH],
                                       other->labels[LANGUAGE_ENGLISH]);
            CU_ASSERT_STRING_NOT_EQUAL(info->labels[LANGUAGE_FRENCH],
                                       other->labels[LANGUAGE_FRENCH]);
        }
    }
}

/* Hosts have stored the ids, so they never change. */
static void test_ids(void)
{
    static const char *const ids[] = {"serial_number",
                                      "name",
                                      "hostname",
                                      "model",
                                      "firmware_version",
                                      "firmware_build",
                                      "ip_address",
                                      "connection_status",
                                      "management_mode",
                                      "description",
                                      "adom",
                                      "vdoms",
                                      "ha_mode",
                                      "ha_role",
                                      "ha_cluster",
                                      "managed_by",
                                      "managed_by_serials",
                                      "latitude",
                                      "longitude",
                                      "last_seen",
                                      "config_status",
                                      "virtual_machine",
                                      "vm_license_expiry",
                                      "hardware_revision",
                                      "disk_size_mb",
                                      "log_only"};

    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        enum attribute attribute = 0;

        while (attribute < ATTRIBUTE_COUNT && strcmp(attribute_info(attribute)->id, ids[i]) != 0) {
            attribute++;
        }
        CU_ASSERT_NOT_EQUAL(attribute, ATTRIBUTE_COUNT);
    }
}

static void test_serial_number(void)
{
    const struct attribute_info *info = attribute_info(ATTRIBUTE_serial_number);

    CU_ASSERT_STRING_EQUAL(info->type, "text");
    CU_ASSERT_FALSE(info->is_volatile);
    CU_ASSERT_STRING_EQUAL(info->labels[LANGUAGE_ENGLISH], "Serial Number");
    CU_ASSERT_STRING_EQUAL(info->labels[LANGUAGE_FRENCH], "Num\xC3\xA9ro de s\xC3\xA9rie");
}

/* Attributes that change by themselves from day to day are marked, so that a host can leave them
 * out of a history. */
static void test_volatile(void)
{
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_info *info = attribute_info((enum attribute)i);
        bool expected = i == ATTRIBUTE_connection_status || i == ATTRIBUTE_last_seen ||
                        i == ATTRIBUTE_ha_role || i == ATTRIBUTE_config_status ||
                        i == ATTRIBUTE_connected_since || i == ATTRIBUTE_user ||
                        i == ATTRIBUTE_connected_to;

        CU_ASSERT_EQUAL(info->is_volatile, expected);
    }
}

static void test_device_types(void)
{
    static const struct {
        enum device_type type;
        const char *id, *label, *plural, *french;
    } cases[] = {
        {FIREWALL, "firewall", "Firewall", "Firewalls", "Pare-feu"},
        {SWITCH, "switch", "Switch", "Switches", "Commutateur"},
        {ACCESS_POINT, "access_point", "Access Point", "Access Points", "Point d'acc\xC3\xA8s"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        enum message_id label = device_type_info(cases[i].type)->label;

        CU_ASSERT_STRING_EQUAL(device_type_id(cases[i].type), cases[i].id);
        CU_ASSERT_STRING_EQUAL(message_template(LANGUAGE_ENGLISH, label), cases[i].label);
        CU_ASSERT_STRING_EQUAL(message_template(LANGUAGE_FRENCH, label), cases[i].french);
        CU_ASSERT_STRING_EQUAL(
            message_template(LANGUAGE_ENGLISH, device_type_info(cases[i].type)->plural),
            cases[i].plural);
    }
    CU_ASSERT_STRING_EQUAL(device_type_id(OTHER), "other");
}

static CU_TestInfo attribute_tests[] = {
    {"the catalogue", test_catalogue},         {"ids", test_ids},
    {"the serial number", test_serial_number}, {"volatile", test_volatile},
    {"device types", test_device_types},       CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "attributes", .pTests = attribute_tests},
                             CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
