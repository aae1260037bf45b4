/*
 * test_device.c - one unit: values, packing, and the form of a serial.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "catalogue/device.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "base/limits.h"
#include "hector/integration.h"
#include "lib/tap.h"

static void test_setters(void)
{
    struct device device = {.type = SWITCH};

    device_set_text(&device, ATTRIBUTE_name, "gate");
    device_set_text(&device, ATTRIBUTE_hostname, "");
    device_set_text(&device, ATTRIBUTE_description, NULL);
    device_set_integer(&device, ATTRIBUTE_firmware_build, -3);
    device_set_boolean(&device, ATTRIBUTE_log_only, true);
    device_set_boolean(&device, ATTRIBUTE_virtual_machine, false);
    device_set_time(&device, ATTRIBUTE_last_seen, 1);
    device_set_time(&device, ATTRIBUTE_connected_since, 0);
    device_set_time(&device, ATTRIBUTE_vm_license_expiry, UINT32_MAX);
    device_set_date(&device, ATTRIBUTE_registration_date, 20484);
    device_set_date(&device, ATTRIBUTE_warranty_end_date, 0);
    device_set_date(&device, ATTRIBUTE_support_end_date, -25567); /* 1900-01-01 */
    device_set_date(&device, ATTRIBUTE_end_of_repair_date, DAY_LAST);
    device_set_date(&device, ATTRIBUTE_end_of_support_date, DAY_LAST + 1);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_registration_date].kind, VALUE_DATE);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_registration_date].number, 20484);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_warranty_end_date].kind, VALUE_NONE);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_support_end_date].kind, VALUE_NONE);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_end_of_repair_date].kind, VALUE_DATE);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_end_of_support_date].kind, VALUE_NONE);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_name].kind, VALUE_TEXT);
    CU_ASSERT_STRING_EQUAL(device.values[ATTRIBUTE_name].text, "gate");
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_hostname].kind, VALUE_NONE); /* absent, not empty */
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_description].kind, VALUE_NONE);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_firmware_build].kind, VALUE_INTEGER);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_firmware_build].number, -3);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_log_only].kind, VALUE_BOOLEAN);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_log_only].number, 1);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_virtual_machine].kind, VALUE_BOOLEAN);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_virtual_machine].number, 0);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_last_seen].kind, VALUE_TIME);
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_connected_since].kind, VALUE_NONE); /* 0 = never */
    CU_ASSERT_EQUAL(device.values[ATTRIBUTE_vm_license_expiry].kind, VALUE_NONE);
    CU_ASSERT_PTR_NULL(device_serial(&device));
    CU_ASSERT_PTR_NULL(device_model(&device));
}

static void check_same(const struct device *one, const struct device *two)
{
    CU_ASSERT_EQUAL(one->type, two->type);
    CU_ASSERT_EQUAL(one->connected, two->connected);
    CU_ASSERT_STRING_EQUAL(one->scope, two->scope);
    CU_ASSERT_STRING_EQUAL(one->title, two->title);
    CU_ASSERT_EQUAL(one->manager == NULL, two->manager == NULL);
    if (one->manager != NULL && two->manager != NULL) {
        CU_ASSERT_STRING_EQUAL(one->manager, two->manager);
    }
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        CU_ASSERT_EQUAL(one->values[i].kind, two->values[i].kind);
        CU_ASSERT_EQUAL(one->values[i].number, two->values[i].number);
        if (one->values[i].kind == VALUE_TEXT && two->values[i].kind == VALUE_TEXT) {
            CU_ASSERT_STRING_EQUAL(one->values[i].text, two->values[i].text);
        }
    }
    CU_ASSERT_EQUAL(one->meta_count, two->meta_count);
    for (size_t i = 0; i < one->meta_count && i < two->meta_count; i++) {
        CU_ASSERT_STRING_EQUAL(one->meta[i].name, two->meta[i].name);
        CU_ASSERT_STRING_EQUAL(one->meta[i].text, two->meta[i].text);
    }
}

static void check_round_trip(const struct device *device)
{
    struct buffer packed = BUFFER(DOCUMENT_MAX);
    struct device back;

    device_pack(device, &packed);
    CU_ASSERT_EQUAL(packed.state, BUFFER_OK);
    device_unpack(packed.data, &back);
    check_same(device, &back);
    buffer_release(&packed);
}

static void test_round_trip(void)
{
    struct device device = {.type = ACCESS_POINT,
                            .connected = true,
                            .scope = "adom:Qu\xC3\xA9"
                                     "bec / Est",
                            .title = "Lobby",
                            .manager = "gate-1"};

    device_set_text(&device, ATTRIBUTE_serial_number, "FP231FTF20000001");
    device_set_text(&device, ATTRIBUTE_model, "FortiAP-231F");
    device_set_integer(&device, ATTRIBUTE_firmware_build, INT64_MIN);
    device_set_integer(&device, ATTRIBUTE_disk_size_mb, INT64_MAX);
    device_set_boolean(&device, ATTRIBUTE_log_only, true);
    device_set_boolean(&device, ATTRIBUTE_virtual_machine, false);
    device_set_time(&device, ATTRIBUTE_last_seen, 1732305600);
    device_set_time(&device, ATTRIBUTE_vm_license_expiry, -1);
    device.meta[device.meta_count++] = (struct meta_value){"Site", "Qu\xC3\xA9"
                                                                   "bec"};
    device.meta[device.meta_count++] = (struct meta_value){"Company/Organization", "A, B"};
    check_round_trip(&device);
}

static void test_round_trip_of_little(void)
{
    struct device device = {.type = FIREWALL, .scope = "none", .title = "g"};

    check_round_trip(&device);
}

/* A device with every attribute and the most custom fields, packed after other devices in one
 * buffer. */
static void test_round_trip_of_all(void)
{
    struct buffer packed = BUFFER(DOCUMENT_MAX);
    struct device device = {.type = SWITCH, .scope = "adom:a", .title = "t", .manager = "g"}, back;
    size_t first;

    device_pack(&device, &packed);
    first = packed.size;
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        device_set_text(&device, (enum attribute)i, attribute_info((enum attribute)i)->id);
    }
    for (int i = 0; i < META_VALUES_MAX; i++) {
        device.meta[device.meta_count++] = (struct meta_value){"name", "text"};
    }
    device_pack(&device, &packed);
    device_unpack(packed.data + first, &back);
    check_same(&device, &back);
    buffer_release(&packed);
}

static void test_serials(void)
{
    static const struct {
        const char *serial;
        bool valid;
    } cases[] = {
        {"FGT60FTK20011089", true},
        {"S108DVI_CWPKU64E", true},
        {"S108DVEN3ND-GG54", true},
        {"12345678", true},
        {"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", true}, /* 32 characters */
        {"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456", false},
        {"1234567", false},
        {"", false},
        {"fgt60ftk20011089", false},
        {"FGT60FTK2001108\xC3\x89", false},
        {" FGT60FTK20011089", false},
        {"FGT60FTK20011089 ", false},
        {"FGT60F TK20011089", false},
        {"FGT60FTK20011089\n", false},
        {"FP231F****000001", false},
        /* The serial that all unlicensed virtual machines share. */
        {"FGVM00UNLICENSED", false},
        {"FGVMEV0000000000", false},
        {"FGVMEVZFNTS3OAC8", false},
        {"FGVM010000000000", false},
        {"FGVM00000000", false},
        {"FGVM020000260001", true},
        {"FGVMULTM24000001", true},
        {"FFVMEVNKHXAHC001", true},
        {"S108EN0000000000", true},
        {"XXXXXXXXXXXXXXXX", false},
        {"FGT60FTK20011089/1", false},
        {"\xEF\xBF\xBD"
         "FGT60FTK20011",
         false},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CU_ASSERT_EQUAL(device_serial_valid(cases[i].serial), cases[i].valid);
    }
}

static CU_TestInfo device_tests[] = {
    {"values", test_setters},
    {"packed and back", test_round_trip},
    {"little, packed and back", test_round_trip_of_little},
    {"all, packed and back", test_round_trip_of_all},
    {"serials", test_serials},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "device", .pTests = device_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
