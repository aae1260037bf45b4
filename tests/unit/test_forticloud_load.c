/*
 * test_forticloud_load.c - the enrichments of FortiCloud: whole, in part, or not.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "inventory/summary.h"
#include "lib/forticloud_fixture.h"
#include "lib/tap.h"
#include "sources/enrich.h"
#include "sources/forticloud/asset_management.h"
#include "sources/forticloud/fortiflex.h"

#define OWN   "FGT60FTK20000001" /* the firewall of the run */
#define OTHER "FGT60FTK20000002"

#define PRODUCT(serial, rest)                                                                      \
    "{\"serialNumber\":\"" serial "\",\"productModel\":\"FortiGate 60F\"" rest "}"
#define PAGE(rows, page, pages)                                                                    \
    "{\"status\":0,\"message\":\"OK\",\"error\":null,\"token\":\"token-1\",\"assets\":[" rows      \
    "],\"pageNumber\":" page ",\"totalPages\":" pages "}"
#define TERM        ",\"entitlements\":[{\"type\":1,\"endDate\":\"2024-07-31T00:00:00\"}]"
#define NO_PRODUCTS PAGE("", "0", "0")

#define PROGRAM(serial) "{\"accountId\":77,\"serialNumber\":\"" serial "\"}"
#define FLEX(serial, status)                                                                       \
    "{\"serialNumber\":\"" serial "\",\"status\":\"" status "\",\"configId\":5,"                   \
    "\"startDate\":\"2024-02-29\",\"endDate\":\"2024-07-31 00:00:00\",\"token\":\"T0KEN\"}"
#define PROGRAMS(rows)     "{\"status\":0,\"programs\":[" rows "]}"
#define CONFIGS            "{\"status\":0,\"configs\":[{\"id\":5,\"name\":\"60F Premium\"}]}"
#define ENTITLEMENTS(rows) "{\"status\":0,\"entitlements\":[" rows "]}"

#define END                                                                                        \
    {                                                                                              \
        NULL, 0, NULL, 0                                                                           \
    }

struct fixture {
    struct forticloud_fixture of;
    struct enrich enrich;
    struct failure failure;
};

/* Begins a run that enriches by `chosen`. */
static void begin(struct fixture *fixture, enum choice chosen,
                  const struct forticloud_answer *answers)
{
    *fixture = (struct fixture){.failure = {0}};
    forticloud_fixture_begin(&fixture->of, answers);
    fixture->of.host.settings.chosen[chosen] = true;
    fixture->of.host.settings.enrich_minutes = 10;
    enrich_choose_attributes(&fixture->of.host.settings);
    CU_ASSERT_EQUAL(inventory_expect(fixture->of.inventory, "adom:a", FIREWALL, &fixture->failure),
                    HECTOR_OK);
}

/* Loads, and ends a run with one firewall, whose types are all complete. */
static int32_t run(struct fixture *fixture)
{
    struct inventory *inventory = fixture->of.inventory;
    struct device device = {
        .type = FIREWALL, .connected = true, .scope = "adom:a", .title = "the firewall"};
    int32_t code = enrich_load(&fixture->enrich, &fixture->of.call, &fixture->failure);

    if (code == HECTOR_OK) {
        device_set_text(&device, ATTRIBUTE_serial_number, OWN);
        CU_ASSERT_EQUAL(inventory_record(inventory, &device, &fixture->failure), HECTOR_OK);
        inventory_set_scopes_complete(inventory, true);
        CU_ASSERT_EQUAL(inventory_end_scope(inventory, "adom:a", FIREWALL, NULL, &fixture->failure),
                        HECTOR_OK);
    }
    code = inventory_finish(inventory, code, &fixture->failure);
    enrich_release(&fixture->enrich);
    forticloud_fixture_stop(&fixture->of);
    return code;
}

static void end(struct fixture *fixture)
{
    forticloud_fixture_end(&fixture->of);
}

static const char *value(const struct fixture *fixture, const char *kind, const char *pointer)
{
    return host_value(&fixture->of.host, kind, 0, pointer);
}

static size_t asked(const struct fixture *fixture, const char *text)
{
    return forticloud_fixture_asked(&fixture->of, text);
}

/* ---- Asset Management */

static void test_products(void)
{
    static const struct forticloud_answer answers[] = {
        {"\"pageNumber\":1}", 0,
         PAGE(PRODUCT("FGT60FTK20000009", TERM) "," PRODUCT(OWN, TERM), "1", "3"), 0},
        {"\"pageNumber\":2}", 0,
         PAGE(PRODUCT("FGT60FTK20000008", ",\"isDecommissioned\":true") "," PRODUCT(
                  "FGT60FTK20000007", ",\"status\":\"Pending\""),
              "2", "3"),
         0},
        {"\"pageNumber\":3}", 0,
         PAGE(PRODUCT(OTHER, TERM) "," PRODUCT("FCGSLB0000000205", TERM), "3", "3"), 0},
        END};
    struct fixture fixture;

    begin(&fixture, CHOICE_enrich_asset_management, answers);
    CU_ASSERT_EQUAL(run(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", "/attributes/warranty_end_date"), "2024-07-31");
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 0);
    /* neither decommissioned, nor pending, nor a cloud service; by serial */
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "unmatched"), 2);
    CU_ASSERT_STRING_EQUAL(host_text(&fixture.of.host, "unmatched", 0),
                           "{\"kind\":\"unmatched\",\"enrichment\":\"asset_management\","
                           "\"device_type\":\"firewall\",\"serial_number\":\"" OTHER
                           "\",\"model\":\"FortiGate 60F\",\"status\":\"Registered\","
                           "\"end_date\":\"2024-07-31\"}");
    CU_ASSERT_STRING_EQUAL(host_value(&fixture.of.host, "unmatched", 1, "/serial_number"),
                           "FGT60FTK20000009");
    CU_ASSERT_STRING_EQUAL(value(&fixture, "summary", "/device_types/firewall/without_entitlement"),
                           "0");
    CU_ASSERT_EQUAL(asked(&fixture, "{\"serialNumber\":\"%\",\"pageNumber\":"), 3);
    CU_ASSERT_EQUAL(fixture.of.record.count, 4);
    end(&fixture);
}

/* An account without products is read to its end; the account of the settings is sent. */
static void test_no_products(void)
{
    static const struct forticloud_answer answers[] = {
        {"/products/list", 0,
         "{\"status\":0,\"error\":{\"errorCode\":301,\"message\":\"No product found\"},"
         "\"message\":\"No product found\",\"assets\":null,\"pageNumber\":0,\"totalPages\":0}",
         0},
        END};
    struct fixture fixture;

    begin(&fixture, CHOICE_enrich_asset_management, answers);
    fixture.of.host.settings.forticloud_account = INT32_MAX;
    CU_ASSERT_EQUAL(run(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 0);
    CU_ASSERT_STRING_EQUAL(value(&fixture, "summary", "/device_types/firewall/without_entitlement"),
                           "1");
    CU_ASSERT_EQUAL(
        asked(&fixture, "{\"serialNumber\":\"%\",\"pageNumber\":1,\"accountId\":2147483647}"), 1);
    end(&fixture);
}

/* What stops amid the pages leaves what was read, and one problem with its numbers. */
static void test_products_in_part(void)
{
    static const struct {
        struct forticloud_answer second; /* the answer to page 2 */
        const char *message;
        size_t requests;
    } rows[] = {
        {{"\"pageNumber\":2}", 403, FORTICLOUD_ERROR("7", "Access denied. No permission."), 0},
         "2 of 6 products. The attributes of the others stay empty in this import, and what it has "
         "beyond the units is not reported. FortiCloud (",
         3},
        {{"\"pageNumber\":2}", FORTICLOUD_LOST, NULL, 0}, "2 of 6 products. ", 5},
        {{"\"pageNumber\":2}", 500, "<html>", 0}, "answers with the error HTTP 500", 4},
        {{"\"pageNumber\":2}", 200, "{\"status\":0}", 0}, "but not with a list", 3},
        /* the first page again; no row; another number of pages, or none */
        {{"\"pageNumber\":2}", 200,
          PAGE(PRODUCT(OWN, TERM) "," PRODUCT("FGT60FTK20000009", TERM), "1", "3"), 0},
         "changed its list of FortiCloud Asset Management while it was read",
         3},
        {{"\"pageNumber\":2}", 200, PAGE("", "2", "3"), 0}, "changed its list", 3},
        {{"\"pageNumber\":2}", 200, PAGE(PRODUCT(OTHER, TERM), "2", "4"), 0},
         "changed its list",
         3},
        {{"\"pageNumber\":2}", 200, "{\"status\":0,\"assets\":[]}", 0}, "changed its list", 3},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct forticloud_answer answers[] = {
            {"\"pageNumber\":1}", 0,
             PAGE(PRODUCT("FGT60FTK20000009", TERM) "," PRODUCT(OWN, TERM), "1", "3"), 0},
            rows[i].second,
            END};
        struct fixture fixture;

        begin(&fixture, CHOICE_enrich_asset_management, answers);
        CU_ASSERT_EQUAL(run(&fixture), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", "/attributes/warranty_end_date"),
                               "2024-07-31");
        CU_ASSERT_EQUAL(host_count(&fixture.of.host, "unmatched"), 0);
        CU_ASSERT_STRING_EQUAL(
            value(&fixture, "summary", "/device_types/firewall/without_entitlement"), "");
        CU_ASSERT_STRING_EQUAL(value(&fixture, "summary", "/device_types/firewall/complete"),
                               "true");
        CU_ASSERT_STRING_EQUAL(value(&fixture, "problem", "/reason"), "enrichment_incomplete");
        CU_ASSERT_STRING_EQUAL(value(&fixture, "problem", "/subject"), "asset_management");
        CU_ASSERT_PTR_NOT_NULL(strstr(value(&fixture, "problem", "/message"), rows[i].message));
        CU_ASSERT_EQUAL(fixture.of.record.count, rows[i].requests);
        end(&fixture);
    }
}

/* A first page that does not say how many there are may not be the last one. */
static void test_products_uncounted(void)
{
    static const char *const totals[] = {"",
                                         ",\"totalPages\":null",
                                         ",\"totalPages\":-1",
                                         ",\"totalPages\":1.5",
                                         ",\"totalPages\":\"many\"",
                                         ",\"totalPages\":18446744073709551615"};

    for (size_t i = 0; i < COUNT(totals); i++) {
        char page[512];
        const struct forticloud_answer answers[] = {{"/products/list", 0, page, 0}, END};
        struct fixture fixture;

        (void)snprintf(page, sizeof(page), "{\"status\":0,\"assets\":[%s,%s]%s}",
                       PRODUCT(OWN, TERM), PRODUCT(OTHER, TERM), totals[i]);
        begin(&fixture, CHOICE_enrich_asset_management, answers);
        CU_ASSERT_EQUAL(run(&fixture), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", "/attributes/warranty_end_date"),
                               "2024-07-31");
        CU_ASSERT_EQUAL(host_count(&fixture.of.host, "unmatched"), 0);
        CU_ASSERT_STRING_EQUAL(
            value(&fixture, "summary", "/device_types/firewall/without_entitlement"), "");
        CU_ASSERT_STRING_EQUAL(value(&fixture, "problem", "/reason"), "enrichment_incomplete");
        CU_ASSERT_EQUAL(fixture.of.record.count, 2);
        end(&fixture);
    }
}

/* What stops before the first row leaves nothing. */
static void test_products_not_loaded(void)
{
    static const struct {
        struct forticloud_answer answer;
        const char *message;
    } rows[] = {
        {{"/products/list", 403, FORTICLOUD_ERROR("7", "Access denied."), 0},
         "denies it FortiCloud "
         "Asset Management"},
        {{"/products/list", 400,
          FORTICLOUD_ERROR("7", "Request should include a positive number for accountId"), 0},
         "FortiCloud account"},
        {{FORTICLOUD_OAUTH, 401, "{\"error\":\"invalid_client\"}", 0},
         "downloading its credentials again replaces the password"},
        {{FORTICLOUD_OAUTH, FORTICLOUD_LOST, NULL, 0}, "does not answer"},
        {{"/products/list", 200, "<html>", 0}, "not with a list"},
        {{"/products/list", 200, PAGE("", "1", "9"), 0}, "changed its list"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct forticloud_answer answers[] = {rows[i].answer, END};
        struct fixture fixture;

        begin(&fixture, CHOICE_enrich_asset_management, answers);
        CU_ASSERT_EQUAL(run(&fixture), HECTOR_OK);
        CU_ASSERT_EQUAL(host_count(&fixture.of.host, "asset"), 1);
        CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 1);
        CU_ASSERT_STRING_EQUAL(value(&fixture, "problem", "/reason"), "enrichment_failed");
        CU_ASSERT_PTR_NOT_NULL(strstr(value(&fixture, "problem", "/message"), rows[i].message));
        CU_ASSERT_EQUAL(asked(&fixture, FORTICLOUD_OAUTH), 1);
        end(&fixture);
    }
}

/* Rows whose texts are all different fill the memory for them: the rest is not kept. */
static void test_full(void)
{
    struct buffer page = BUFFER(MIB(2));
    struct fixture fixture;

    buffer_append_text(&page, "{\"status\":0,\"totalPages\":2,\"assets\":[");
    for (unsigned i = 0; i <= FORTICLOUD_TEXTS_MAX; i++) {
        buffer_printf(&page, "%s{\"serialNumber\":\"FGT60FTK%08u\",\"productModel\":\"%u\"}",
                      i > 0 ? "," : "", i, i);
    }
    buffer_append_text(&page, "]}");
    const struct forticloud_answer answers[] = {{"/products/list", 0, buffer_text(&page), 0}, END};
    begin(&fixture, CHOICE_enrich_asset_management, answers);
    CU_ASSERT_EQUAL(run(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(value(&fixture, "problem", "/reason"), "enrichment_full");
    CU_ASSERT_PTR_NOT_NULL(
        strstr(value(&fixture, "problem", "/message"), "8192 of 16386 were read"));
    CU_ASSERT_EQUAL(fixture.of.record.count, 2);
    end(&fixture);
    buffer_release(&page);
}

/* ---- FortiFlex */

static void test_fortiflex(void)
{
    static const struct forticloud_answer answers[] = {
        {"/programs/list", 0, PROGRAMS(PROGRAM("ELAVMS0000000601") "," PROGRAM("ELAVMR0000000101")),
         0},
        {"/configs/list", 0, CONFIGS, 0},
        {"\"ELAVMS0000000601\"", 0, ENTITLEMENTS(FLEX(OWN, "STOPPED") "," FLEX(OTHER, "ACTIVE")),
         0},
        {"\"ELAVMR0000000101\"", 0,
         "{\"status\":0,\"vms\":[" FLEX(OWN, "GRACE_PERIOD") "," FLEX(
             "FGT60FTK20000003", "EXPIRED") "," FLEX("", "PENDING") "]}",
         0},
        END};
    struct fixture fixture;

    begin(&fixture, CHOICE_enrich_fortiflex, answers);
    CU_ASSERT_EQUAL(run(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", "/attributes/fortiflex_status"),
                           "GRACE_PERIOD");
    CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", "/attributes/fortiflex_start_date"),
                           "2024-02-29");
    CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", "/attributes/fortiflex_end_date"),
                           "2024-07-31");
    CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", "/attributes/fortiflex_configuration"),
                           "60F Premium");
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 0);
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "unmatched"), 1);
    CU_ASSERT_STRING_EQUAL(host_text(&fixture.of.host, "unmatched", 0),
                           "{\"kind\":\"unmatched\",\"enrichment\":\"fortiflex\","
                           "\"device_type\":\"firewall\",\"serial_number\":\"" OTHER
                           "\",\"model\":\"FortiGate-60F\",\"status\":\"ACTIVE\","
                           "\"end_date\":\"2024-07-31\"}");
    CU_ASSERT_STRING_EQUAL(value(&fixture, "summary", "/device_types/firewall/without_entitlement"),
                           "0");
    CU_ASSERT_STRING_EQUAL(rpc_record_body(&fixture.of.record, 1), "{}");
    CU_ASSERT_STRING_EQUAL(rpc_record_body(&fixture.of.record, 2),
                           "{\"accountId\":77,\"programSerialNumber\":\"ELAVMS0000000601\"}");
    CU_ASSERT_STRING_EQUAL(rpc_record_body(&fixture.of.record, 3),
                           rpc_record_body(&fixture.of.record, 2));
    CU_ASSERT_EQUAL(fixture.of.record.count, 6);
    end(&fixture);
}

static void test_fortiflex_in_part(void)
{
    static const struct forticloud_answer answers[] = {
        {"/programs/list", 0, PROGRAMS(PROGRAM("ELAVMS0000000601") "," PROGRAM("ELAVMR0000000101")),
         0},
        {"/configs/list", 0, CONFIGS, 0},
        {"\"ELAVMS0000000601\"", 0, ENTITLEMENTS(FLEX(OWN, "ACTIVE") "," FLEX(OTHER, "ACTIVE")), 0},
        {"\"ELAVMR0000000101\"", 0, FORTIFLEX_ERROR("Something else."), 0},
        END};
    struct fixture fixture;

    begin(&fixture, CHOICE_enrich_fortiflex, answers);
    fixture.of.host.settings.forticloud_account = 5;
    CU_ASSERT_EQUAL(run(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(value(&fixture, "asset", "/attributes/fortiflex_status"), "ACTIVE");
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "unmatched"), 0);
    CU_ASSERT_STRING_EQUAL(value(&fixture, "problem", "/reason"), "enrichment_incomplete");
    CU_ASSERT_PTR_NOT_NULL(strstr(value(&fixture, "problem", "/message"),
                                  "FortiFlex was not read to its end: 1 of 2 "
                                  "programs."));
    CU_ASSERT_EQUAL(asked(&fixture, "{\"accountId\":5,\"programSerialNumber\":"), 4);
    end(&fixture);
}

/* A program that cannot be asked for is not taken for one without entitlements. */
static void test_no_program(void)
{
    static const struct {
        const char *programs, *reason;
    } rows[] = {{PROGRAMS(""), ""},
                {PROGRAMS("{}"), "enrichment_failed"},
                {PROGRAMS("7"), "enrichment_failed"},
                {"{\"status\":0}", "enrichment_failed"}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct forticloud_answer answers[] = {{"/programs/list", 0, rows[i].programs, 0},
                                                    END};
        struct fixture fixture;

        begin(&fixture, CHOICE_enrich_fortiflex, answers);
        CU_ASSERT_EQUAL(run(&fixture), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(value(&fixture, "problem", "/reason"), rows[i].reason);
        CU_ASSERT_EQUAL(fixture.of.record.count, 2);
        end(&fixture);
    }
}

/* ---- both */

/* The time that is over ends an enrichment, not the import. */
static void test_late(void)
{
    static const struct forticloud_answer answers[] = {
        {"\"pageNumber\":1}", 0, PAGE(PRODUCT(OWN, TERM), "1", "200"), 0}, END};
    struct fixture fixture;

    for (int32_t calls = 4; calls <= 5; calls++) { /* of a minute: a login, a page, and its tries */
        begin(&fixture, CHOICE_enrich_asset_management, answers);
        fixture.of.host.limits.forticloud_minute_calls = calls;
        fixture.of.host.operation.deadline_ms = clock_ms() + 40000; /* half is less than a minute */
        CU_ASSERT_EQUAL(run(&fixture), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(value(&fixture, "problem", "/reason"), "enrichment_incomplete");
        CU_ASSERT_PTR_NOT_NULL(strstr(value(&fixture, "problem", "/message"), "1 of 200 products"));
        CU_ASSERT_PTR_NOT_NULL(
            strstr(value(&fixture, "problem", "/message"), "is over. Allow more."));
        CU_ASSERT_STRING_EQUAL(value(&fixture, "summary", "/device_types/firewall/complete"),
                               "true");
        CU_ASSERT_EQUAL(fixture.of.record.count, 2);
        end(&fixture);
    }
}

/* What ends the call ends the enrichment as well. */
static void test_ended(void)
{
    static const struct forticloud_answer answers[] = {
        {"/products/list", 0, PAGE(PRODUCT(OWN, TERM), "1", "2"), 0}, END};
    struct fixture fixture;

    begin(&fixture, CHOICE_enrich_asset_management, answers);
    fixture.of.host.cancel = true;
    CU_ASSERT_EQUAL(run(&fixture), HECTOR_CANCELLED);
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 0);
    end(&fixture);
}

static void test_checks(void)
{
    static const struct {
        const struct enrichment *enrichment;
        const char *answer;
        int32_t code;
        const char *message; /* of the check, or of the failure */
    } rows[] = {
        {&forticloud_asset_management, NO_PRODUCTS, HECTOR_OK,
         "FortiCloud Asset Management: 0 products."},
        {&forticloud_asset_management, PAGE(PRODUCT(OWN, TERM), "1", "1"), HECTOR_OK,
         "FortiCloud Asset Management: 1 product."},
        {&forticloud_asset_management, PAGE(PRODUCT(OWN, TERM) "," PRODUCT(OTHER, TERM), "1", "9"),
         HECTOR_OK, "FortiCloud Asset Management: up to 18 products."},
        {&forticloud_asset_management, PAGE(PRODUCT(OWN, TERM), "1", "null"), HECTOR_DATA,
         "not with a list"},
        {&forticloud_asset_management, FORTICLOUD_ERROR("7", "Access denied."), HECTOR_PERMISSION,
         "denies it"},
        {&forticloud_fortiflex, PROGRAMS(PROGRAM("a") "," PROGRAM("b")), HECTOR_OK,
         "FortiFlex: 2 programs."},
        {&forticloud_fortiflex, FORTIFLEX_ERROR("Access denied."), HECTOR_PERMISSION, "denies it"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct forticloud_answer answers[] = {{"/ES/api/", 0, rows[i].answer, 0}, END};
        struct fixture fixture;

        begin(&fixture, CHOICE_enrich_fortiflex, answers);
        CU_ASSERT_EQUAL(rows[i].enrichment->check(&fixture.of.call, &fixture.failure),
                        rows[i].code);
        CU_ASSERT_EQUAL(host_count(&fixture.of.host, "check"), rows[i].code == HECTOR_OK ? 1 : 0);
        CU_ASSERT_PTR_NOT_NULL(strstr(rows[i].code == HECTOR_OK
                                          ? value(&fixture, "check", "/message")
                                          : fixture.failure.message,
                                      rows[i].message));
        forticloud_fixture_stop(&fixture.of);
        CU_ASSERT_EQUAL(fixture.of.record.count, 2);
        end(&fixture);
    }
}

static CU_TestInfo tests[] = {
    {"products", test_products},
    {"no products", test_no_products},
    {"products in part", test_products_in_part},
    {"products without a number of pages", test_products_uncounted},
    {"products that were not loaded", test_products_not_loaded},
    {"too much", test_full},
    {"FortiFlex", test_fortiflex},
    {"FortiFlex in part", test_fortiflex_in_part},
    {"no program", test_no_program},
    {"the time is over", test_late},
    {"what ends the call", test_ended},
    {"checks", test_checks},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "forticloud_load", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
