/*
 * test_asset.c - asset documents, byte by byte.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "inventory/asset.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/host.h"
#include "lib/tap.h"

#define DEFAULTS      "{\"settings\":{\"url\":\"1.2.3.4\"}}"
#define FRENCH        "{\"language\":\"fr\",\"settings\":{\"url\":\"1.2.3.4\"}}"
#define TICKED(list)  "{\"settings\":{\"url\":\"1.2.3.4\",\"attributes\":[" list "]}}"
#define NO_CATEGORIES "{\"settings\":{\"url\":\"1.2.3.4\",\"synchronize_categories\":false}}"

/* Emits a device with these settings and compares the document. */
static void check_document(const char *request, const struct device *device, const char *expected)
{
    struct test_host host;

    host_begin(&host);
    host_settings(&host, request);
    CU_ASSERT_EQUAL(asset_emit(&host.operation, &host.settings, device, true, &host.failure),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_text(&host, NULL, 0), expected);
    host_end(&host);
}

static struct device fgt(void)
{
    struct device device = {.type = FIREWALL, .scope = "adom:root", .title = "gate-1"};

    device_set_text(&device, ATTRIBUTE_serial_number, "FGT60FTK20011089");
    device_set_text(&device, ATTRIBUTE_model, "FortiGate-60F");
    return device;
}

#define FGT_HEAD                                                                                   \
    "{\"kind\":\"asset\",\"sync_key\":\"FGT60FTK20011089\",\"scope\":\"adom:root\","               \
    "\"device_type\":\"firewall\",\"title\":\"gate-1\",\"part\":{\"maker\":\"Fortinet\","          \
    "\"model\":\"FortiGate-60F\"}"
#define FGT_CATEGORY ",\"category\":{\"device_type\":\"firewall\",\"label\":\"Firewall\"}"
#define ONLY_SERIAL  ",\"attributes\":{\"serial_number\":\"FGT60FTK20011089\"}}"

static void test_plain(void)
{
    struct device device = fgt();

    check_document(DEFAULTS, &device, FGT_HEAD FGT_CATEGORY ONLY_SERIAL);
    check_document(NO_CATEGORIES, &device, FGT_HEAD ONLY_SERIAL);
    check_document(
        FRENCH, &device,
        FGT_HEAD ",\"category\":{\"device_type\":\"firewall\",\"label\":\"Pare-feu\"}" ONLY_SERIAL);
}

static void test_manager(void)
{
    struct device device = {
        .type = ACCESS_POINT, .scope = "adom:root", .title = "Lobby", .manager = "gate-1"};

    device_set_text(&device, ATTRIBUTE_serial_number, "FP231FTF20000001");
    device_set_text(&device, ATTRIBUTE_model, "FortiAP-231F");
#define POINT_HEAD                                                                                 \
    "{\"kind\":\"asset\",\"sync_key\":\"FP231FTF20000001\",\"scope\":\"adom:root\","               \
    "\"device_type\":\"access_point\",\"title\":\"Lobby\",\"part\":{\"maker\":\"Fortinet\","       \
    "\"model\":\"FortiAP-231F\"},\"manager\":{\"name\":\"gate-1\""
#define POINT_TAIL                                                                                 \
    "},\"category\":{\"device_type\":\"access_point\",\"label\":\"Access Point\"},"                \
    "\"attributes\":{\"serial_number\":\"FP231FTF20000001\"}}"
    check_document(DEFAULTS, &device, POINT_HEAD POINT_TAIL);
    device_set_text(&device, ATTRIBUTE_managed_by_serials, "FGT60FTK20011089");
    check_document(DEFAULTS, &device, POINT_HEAD ",\"serials\":[\"FGT60FTK20011089\"]" POINT_TAIL);
    device_set_text(&device, ATTRIBUTE_managed_by_serials, "FGT60FTK20011089, FGT60FTK20011090");
    check_document(DEFAULTS, &device,
                   POINT_HEAD
                   ",\"serials\":[\"FGT60FTK20011089\",\"FGT60FTK20011090\"]" POINT_TAIL);
    /* A name without visible characters names no manager. */
    device.manager = " \x01";
    check_document(NO_CATEGORIES, &device,
                   "{\"kind\":\"asset\",\"sync_key\":\"FP231FTF20000001\",\"scope\":\"adom:root\","
                   "\"device_type\":\"access_point\",\"title\":\"Lobby\",\"part\":{"
                   "\"maker\":\"Fortinet\",\"model\":\"FortiAP-231F\"},"
                   "\"attributes\":{\"serial_number\":\"FP231FTF20000001\"}}");
}

/* Ticked and known attributes are there, in the catalogue's order. Others are absent. */
static void test_attributes(void)
{
    struct device device = fgt();

    device_set_text(&device, ATTRIBUTE_name, "gate-1");
    device_set_text(&device, ATTRIBUTE_hostname, "fw01");
    device_set_integer(&device, ATTRIBUTE_firmware_build, 2795);
    device_set_boolean(&device, ATTRIBUTE_virtual_machine, false);
    device_set_boolean(&device, ATTRIBUTE_log_only, true);
    device_set_time(&device, ATTRIBUTE_last_seen, 1732305600);
    check_document(TICKED("\"log_only\",\"last_seen\",\"description\",\"firmware_build\","
                          "\"virtual_machine\",\"hostname\",\"disk_size_mb\""),
                   &device,
                   FGT_HEAD FGT_CATEGORY
                   ",\"attributes\":{\"serial_number\":\"FGT60FTK20011089\",\"hostname\":\"fw01\","
                   "\"firmware_build\":2795,\"last_seen\":\"2024-11-22T20:00:00Z\","
                   "\"virtual_machine\":false,\"log_only\":true}}");
}

static void test_custom_fields(void)
{
    struct device device = fgt();

    device.meta[device.meta_count++] = (struct meta_value){"Company/Organization", " A\"B\\ "};
    device.meta[device.meta_count++] = (struct meta_value){"Blank", " \t "};
    device.meta[device.meta_count++] = (struct meta_value){"Site", "Qu\xC3\xA9"
                                                                   "bec"};
    check_document(DEFAULTS, &device,
                   FGT_HEAD FGT_CATEGORY ",\"attributes\":{\"serial_number\":\"FGT60FTK20011089\","
                                         "\"meta.Company/Organization\":\"A\\\"B\\\\\","
                                         "\"meta.Site\":\"Qu\xC3\xA9"
                                         "bec\"}}");
}

/* Compares the emitted title with the expected one. */
static void check_title(const char *title, const char *expected)
{
    struct device device = fgt();
    struct test_host host;

    device.title = title;
    host_begin(&host);
    host_settings(&host, DEFAULTS);
    CU_ASSERT_EQUAL(asset_emit(&host.operation, &host.settings, &device, true, &host.failure),
                    HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(host_value(&host, "asset", 0, "/title"), expected);
    host_end(&host);
}

static void test_titles(void)
{
    char title[600], cut[256];

    check_title("  gate 1\t\r\n", "gate 1");
    check_title("\x01 gate 1\x7F", "gate 1");
    check_title("a\nb\x01"
                "c\x7F"
                "d",
                "a b c d");
    check_title("\"quoted\" \\ back", "\"quoted\" \\ back");
    check_title("Montr\xC3\xA9"
                "al",
                "Montr\xC3\xA9"
                "al");
    /* 255 bytes at most, without splitting a character: 254 and a two-byte one, 253 and a
     * three-byte one */
    memset(title, 't', sizeof(title));
    title[sizeof(title) - 1] = '\0';
    memset(cut, 't', sizeof(cut));
    cut[255] = '\0';
    check_title(title, cut);
    memcpy(title + 254, "\xC3\xA9", 2);
    cut[254] = '\0';
    check_title(title, cut);
    memset(title, 't', 300);
    memcpy(title + 253, "\xE2\x82\xAC", 3);
    cut[253] = '\0';
    check_title(title, cut);
    memset(title, 't', 300);
    memcpy(title + 253, "\xC3\xA9", 2);
    memcpy(cut + 253, "\xC3\xA9", 3);
    check_title(title, cut);
    /* White space at the cut is removed, too. */
    memset(title, 't', 300);
    memset(title + 250, ' ', 20);
    memset(cut, 't', 250);
    cut[250] = '\0';
    check_title(title, cut);
}

/* A long value is cut at 4000 bytes. */
static void test_long_value(void)
{
    struct device device = fgt();
    struct test_host host;
    char text[5000];

    memset(text, 'v', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    memcpy(text + 3999, "\xC3\xA9", 2);
    device_set_text(&device, ATTRIBUTE_description, text);
    host_begin(&host);
    host_settings(&host, TICKED("\"description\""));
    CU_ASSERT_EQUAL(asset_emit(&host.operation, &host.settings, &device, true, &host.failure),
                    HECTOR_OK);
    CU_ASSERT_EQUAL(strlen(host_value(&host, "asset", 0, "/attributes/description")), 3999);
    host_end(&host);
}

static void test_times(void)
{
    static const struct {
        int64_t seconds;
        const char *text;
    } cases[] = {
        {0, "1970-01-01T00:00:00Z"},
        {951782400, "2000-02-29T00:00:00Z"},
        {1732305600, "2024-11-22T20:00:00Z"},
        {2147483648, "2038-01-19T03:14:08Z"},
        {253402300799, "9999-12-31T23:59:59Z"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[32];

        asset_time(cases[i].seconds, text);
        CU_ASSERT_STRING_EQUAL(text, cases[i].text);
    }
}

/* A time outside of RFC 3339's date-time is unknown, for example milliseconds sent as seconds. */
static void test_times_out_of_range(void)
{
    static const int64_t seconds[] = {253402300800, 1732305600000, INT64_MAX};

    for (size_t i = 0; i < sizeof(seconds) / sizeof(seconds[0]); i++) {
        struct device device = fgt();

        device_set_time(&device, ATTRIBUTE_last_seen, seconds[i]);
        check_document(TICKED("\"last_seen\""), &device, FGT_HEAD FGT_CATEGORY ONLY_SERIAL);
    }
}

/* Dates are days, in no time zone; what is no such day is absent. */
static void test_dates(void)
{
    static const struct {
        int32_t day;
        const char *text;
    } cases[] = {{-1, ""},
                 {0, ""},
                 {1, "1970-01-02"},
                 {11016, "2000-02-29"},
                 {20484, "2026-01-31"},
                 {DAY_LAST, "9999-12-31"},
                 {DAY_LAST + 1, ""},
                 {INT32_MIN, ""}};
    struct device device = fgt();

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[16];

        asset_date(cases[i].day, text);
        CU_ASSERT_STRING_EQUAL(text, cases[i].text);
    }
    device_set_date(&device, ATTRIBUTE_warranty_end_date, 20484);
    check_document(TICKED("\"warranty_end_date\",\"support_end_date\""), &device,
                   FGT_HEAD FGT_CATEGORY ",\"attributes\":{\"serial_number\":\"FGT60FTK20011089\","
                                         "\"warranty_end_date\":\"2026-01-31\"}}");
}

static void test_refused(void)
{
    struct device device = fgt();
    struct test_host host;

    host_begin(&host);
    host_settings(&host, DEFAULTS);
    host.refuse_at = 1;
    CU_ASSERT_EQUAL(asset_emit(&host.operation, &host.settings, &device, true, &host.failure),
                    HECTOR_HOST);
    host_end(&host);
}

static CU_TestInfo asset_tests[] = {
    {"plain, with and without category", test_plain},
    {"the managing FortiGate", test_manager},
    {"attributes", test_attributes},
    {"custom fields", test_custom_fields},
    {"titles", test_titles},
    {"a long value", test_long_value},
    {"times", test_times},
    {"times out of range", test_times_out_of_range},
    {"dates", test_dates},
    {"refused", test_refused},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "asset", .pTests = asset_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
