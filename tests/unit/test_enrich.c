/*
 * test_enrich.c - enrichments: what they add to assets, and what their failures do.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker replaces the list of enrichments by two of this file (--wrap, see Makefile.inc):
 * `notes` fills the description of firewalls and switches, `dates` when the licence of a firewall
 * ends.
 */
#include "sources/enrich.h"

#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/fgt_fixture.h"
#include "lib/inventory_fixture.h"
#include "lib/tap.h"
#include "sources/fortigate/fortigate.h"
#include "sources/registry.h"
#include "sources/unfilled.h"

const struct enrichment *__wrap_enrich_at(size_t index);

/* What the enrichments did in this test. */
static struct fakes {
    bool chosen;             /* the settings choose both */
    enum message_id failing; /* why `dates` cannot be read; MESSAGE_NONE = it can */
    bool cut_off;            /* `notes` are not loaded to their end */
    size_t loads, releases, applied;
    uint64_t requests; /* sent before the first load */
    size_t documents;  /* assets at the last load */
    char note[32];     /* emptied by the release: an asset must not need it later */
} fakes;

static bool is_chosen(const struct settings *settings)
{
    (void)settings;
    return fakes.chosen;
}

static int32_t load_notes(const struct source_call *call, struct enrich_loaded *ret,
                          struct failure *failure)
{
    (void)failure;
    CU_ASSERT_TRUE(inventory_is_empty(call->inventory));
    fakes.loads++;
    (void)strcpy(fakes.note, "a note");
    *ret = (struct enrich_loaded){fakes.note, !fakes.cut_off};
    return HECTOR_OK;
}

static int32_t load_dates(const struct source_call *call, struct enrich_loaded *ret,
                          struct failure *failure)
{
    static const int64_t expiry = 1767225600;

    CU_ASSERT_TRUE(inventory_is_empty(call->inventory));
    fakes.loads++;
    if (fakes.failing != MESSAGE_NONE) {
        return fail(call->operation, failure, fakes.failing, "detail", ARGUMENTS("cloud", "60"));
    }
    *ret = (struct enrich_loaded){(void *)&expiry, true};
    return HECTOR_OK;
}

static bool apply_note(void *loaded, struct device *device)
{
    fakes.applied++;
    if (strcmp(device_serial(device), FGT_PEER) != 0) {
        device_set_text(device, ATTRIBUTE_description, loaded);
    }
    return strcmp(device_serial(device), FGT_PEER) != 0;
}

static bool apply_date(void *loaded, struct device *device)
{
    if (device->type == FIREWALL) {
        device_set_time(device, ATTRIBUTE_vm_license_expiry, *(const int64_t *)loaded);
    }
    return false;
}

static int32_t report_none(void *loaded, const struct source_call *call, struct failure *failure)
{
    (void)loaded;
    (void)call;
    (void)failure;
    return HECTOR_OK;
}

static int32_t check_one(const struct source_call *call, struct failure *failure)
{
    return fakes.failing != MESSAGE_NONE
               ? fail(call->operation, failure, fakes.failing, "detail", ARGUMENTS("cloud", "60"))
               : check_pass(call->operation, CHECK_ENRICHMENT, LABEL_check_address_ok,
                            ARGUMENTS("cloud"), failure);
}

static void release_note(void *loaded)
{
    CU_ASSERT_PTR_EQUAL(loaded, fakes.note);
    fakes.releases++;
    explicit_bzero(fakes.note, sizeof(fakes.note));
}

static void release_date(void *loaded)
{
    CU_ASSERT_PTR_NOT_NULL(loaded);
    fakes.releases++;
}

const struct enrichment *__wrap_enrich_at(size_t index)
{
    static const struct column note_rows[] = {COLUMN_SET(description, OF(FIREWALL) | OF(SWITCH))};
    static const struct column date_rows[] = {COLUMN_SET(vm_license_expiry, OF(FIREWALL))};
    static const struct columns note_columns = COLUMNS(note_rows);
    static const struct columns date_columns = COLUMNS(date_rows);
    static const struct origin notes[] = {{&note_columns, COST_ALWAYS}, {NULL, COST_NO}};
    static const struct origin dates[] = {{&date_columns, COST_ALWAYS}, {NULL, COST_NO}};
    static const struct enrichment list[] = {
        {"notes", "Notes", notes, is_chosen, load_notes, apply_note, report_none, check_one,
         release_note},
        {"dates", "Dates", dates, is_chosen, load_dates, apply_date, report_none, check_one,
         release_date},
    };

    return index < COUNT(list) ? &list[index] : NULL;
}

#define ATTRIBUTES ",\"attributes\":[\"description\",\"vm_license_expiry\"]"
#define REQUEST    "{\"settings\":{\"url\":\"1.2.3.4\"" ATTRIBUTES "}}"

struct fixture {
    struct inventory_fixture of;
    struct enrich enrich;
};

static int32_t load(struct fixture *fixture, struct fakes how)
{
    fakes = how;
    inventory_fixture_begin_with(&fixture->of, REQUEST, false);
    inventory_fixture_expect(&fixture->of, "adom:a", FIREWALL);
    inventory_fixture_expect(&fixture->of, "adom:a", SWITCH);
    fixture->enrich = (struct enrich){0};
    return enrich_load(&fixture->enrich,
                       &(const struct source_call){.operation = &fixture->of.host.operation,
                                                   .settings = &fixture->of.host.settings,
                                                   .inventory = fixture->of.inventory},
                       &fixture->of.failure);
}

/* Ends the run, then releases: a deferred record must have been enriched by then. */
static int32_t finish(struct fixture *fixture)
{
    int32_t code;

    inventory_fixture_complete(&fixture->of, "adom:a", FIREWALL);
    inventory_fixture_complete(&fixture->of, "adom:a", SWITCH);
    code = inventory_fixture_finish(&fixture->of, HECTOR_OK, MESSAGE_NONE);
    enrich_release(&fixture->enrich);
    return code;
}

static const char *asset(const struct fixture *fixture, size_t nth, const char *pointer)
{
    return host_value(&fixture->of.host, "asset", nth, pointer);
}

/* Connected records are enriched at once, deferred ones when they are emitted; each once. */
static void test_values(void)
{
    struct fixture fixture;

    CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true}), HECTOR_OK);
    inventory_fixture_see(&fixture.of, FIREWALL, "FGT60FTK20000009", "gate", true);
    inventory_fixture_see(&fixture.of, FIREWALL, "FGT60FTK20000008", "down", false);
    inventory_fixture_see(&fixture.of, SWITCH, "S108EN0000000001", "switch", false);
    inventory_fixture_see(&fixture.of, FIREWALL, FGT_PEER, "unknown", true);
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "asset"), 2);
    CU_ASSERT_EQUAL(finish(&fixture), HECTOR_OK);
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "asset"), 4);
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 0, "/attributes/description"), "a note");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 0, "/attributes/vm_license_expiry"),
                           "2026-01-01T00:00:00Z");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 1, "/title"), "unknown");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 1, "/attributes/description"), "");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 2, "/title"), "down");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 2, "/attributes/description"), "a note");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 3, "/title"), "switch");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 3, "/attributes/description"), "a note");
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 3, "/attributes/vm_license_expiry"), "");
    CU_ASSERT_EQUAL(fakes.applied, 4);
    CU_ASSERT_EQUAL(fakes.releases, 2);
    inventory_fixture_end(&fixture.of);
}

static void test_not_chosen(void)
{
    struct fixture fixture;

    CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = false}), HECTOR_OK);
    inventory_fixture_see(&fixture.of, FIREWALL, "FGT60FTK20000009", "gate", true);
    CU_ASSERT_EQUAL(finish(&fixture), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(asset(&fixture, 0, "/attributes/description"), "");
    CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 0);
    CU_ASSERT_EQUAL(fakes.loads + fakes.applied + fakes.releases, 0);
    inventory_fixture_end(&fixture.of);
}

/* One that cannot be read is one problem; the other one, and the inventory, are not affected. */
static void test_failed(void)
{
    static const enum message_id reasons[] = {
        REASON_forticloud_refused, REASON_cloud_refused,   REASON_time_out,
        REASON_throttled,          REASON_reply_too_large, REASON_forticloud_invalid,
        REASON_password_missing,   REASON_address_refused,
    };

    for (size_t i = 0; i < COUNT(reasons); i++) {
        struct fixture fixture;

        CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true, .failing = reasons[i]}),
                        HECTOR_OK);
        inventory_fixture_see(&fixture.of, FIREWALL, "FGT60FTK20000009", "gate", true);
        CU_ASSERT_EQUAL(finish(&fixture), HECTOR_OK);
        CU_ASSERT_STRING_EQUAL(asset(&fixture, 0, "/attributes/description"), "a note");
        CU_ASSERT_STRING_EQUAL(asset(&fixture, 0, "/attributes/vm_license_expiry"), "");
        CU_ASSERT_STRING_EQUAL(inventory_fixture_summary(&fixture.of, "/device_types/firewall/"
                                                                      "complete"),
                               "true");
        CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 1);
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.of.host, "problem", 0, "/reason"),
                               "enrichment_failed");
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.of.host, "problem", 0, "/severity"), "warning");
        CU_ASSERT_STRING_EQUAL(host_value(&fixture.of.host, "problem", 0, "/subject"), "dates");
        CU_ASSERT_PTR_NOT_NULL(
            strstr(host_value(&fixture.of.host, "problem", 0, "/message"),
                   "The attributes of Dates stay empty in this import, because it could not be "
                   "read. "));
        CU_ASSERT_PTR_NOT_NULL(
            strstr(host_value(&fixture.of.host, "problem", 0, "/message"), "cloud"));
        CU_ASSERT_EQUAL(fakes.loads, 2);
        CU_ASSERT_EQUAL(fakes.releases, 1);
        inventory_fixture_end(&fixture.of);
    }
}

/* What ends the whole call ends it here as well, with nothing left to release. */
static void test_ended(void)
{
    static const struct {
        enum message_id reason;
        int32_t code;
    } rows[] = {{REASON_cancelled, HECTOR_CANCELLED},
                {REASON_host_refused, HECTOR_HOST},
                {REASON_no_memory, HECTOR_NO_MEMORY},
                {REASON_internal, HECTOR_INTERNAL}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture fixture;

        CU_ASSERT_EQUAL(load(&fixture, (struct fakes){.chosen = true, .failing = rows[i].reason}),
                        rows[i].code);
        CU_ASSERT_EQUAL(fixture.of.failure.reason, rows[i].reason);
        CU_ASSERT_EQUAL(host_count(&fixture.of.host, "problem"), 0);
        enrich_release(&fixture.enrich);
        CU_ASSERT_EQUAL(fakes.releases, 1);
        inventory_fixture_end(&fixture.of);
    }
}

/* A host that refuses the problem of a failed enrichment ends the call. */
static void test_problem_refused(void)
{
    struct fixture fixture;

    fakes = (struct fakes){.chosen = true, .failing = REASON_time_out};
    inventory_fixture_begin_with(&fixture.of, REQUEST, false);
    fixture.of.host.refuse_at = 1;
    fixture.enrich = (struct enrich){0};
    CU_ASSERT_EQUAL(enrich_load(&fixture.enrich,
                                &(const struct source_call){.operation = &fixture.of.host.operation,
                                                            .settings = &fixture.of.host.settings,
                                                            .inventory = fixture.of.inventory},
                                &fixture.of.failure),
                    HECTOR_HOST);
    enrich_release(&fixture.enrich);
    CU_ASSERT_EQUAL(fakes.releases, 1);
    inventory_fixture_end(&fixture.of);
}

/*
 * A sync of a FortiGate, which has neither attribute: they do not count as empty, if an enrichment
 * is chosen. The list of attributes has the device types of an enrichment, too.
 */
static void test_sync(void)
{
    static const struct fgt_answer answers[] = {{NULL, 0, NULL, NULL, 0}};
    struct fgt_fixture fixture;

    fakes = (struct fakes){.chosen = true};
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, ATTRIBUTES, "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, FGT_SERIAL, "description"), "a note");
    CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, FGT_PEER, "description"), "");
    CU_ASSERT_STRING_EQUAL(fgt_fixture_problem(&fixture, "attributes_not_reported"), "");
    CU_ASSERT_EQUAL(fakes.loads, 2);
    CU_ASSERT_EQUAL(fakes.releases, 2);
    fgt_fixture_end(&fixture);

    fakes = (struct fakes){.chosen = true, .failing = REASON_time_out};
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, ATTRIBUTES, "", answers), HECTOR_OK);
    CU_ASSERT_STRING_EQUAL(fgt_fixture_attribute(&fixture, FGT_SERIAL, "vm_license_expiry"), "");
    CU_ASSERT_PTR_NOT_NULL(strstr(fgt_fixture_problem(&fixture, "enrichment_failed"), "Dates"));
    CU_ASSERT_EQUAL(fakes.releases, 1);
    fgt_fixture_end(&fixture);

    fakes = (struct fakes){.chosen = true, .failing = REASON_cancelled};
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, ATTRIBUTES, "", answers), HECTOR_CANCELLED);
    CU_ASSERT_EQUAL(host_count(&fixture.host, "asset"), 0);
    CU_ASSERT_EQUAL(fakes.releases, 1);
    fgt_fixture_end(&fixture);

    fakes = (struct fakes){.chosen = false};
    CU_ASSERT_EQUAL(fgt_fixture_run(&fixture, sync_run, ATTRIBUTES, "", answers), HECTOR_OK);
    CU_ASSERT_PTR_NOT_NULL(strstr(fgt_fixture_problem(&fixture, "attributes_not_enriched"),
                                  "Description, VM license"));
    CU_ASSERT_EQUAL(fakes.loads, 0);
    fgt_fixture_end(&fixture);
}

/* A switch has a description by the enrichment only. */
static void test_cost(void)
{
    CU_ASSERT_EQUAL(source_cost(ATTRIBUTE_description, FIREWALL), COST_FIELD);
    CU_ASSERT_EQUAL(source_cost(ATTRIBUTE_description, SWITCH), COST_ALWAYS);
    CU_ASSERT_EQUAL(source_cost(ATTRIBUTE_description, ACCESS_POINT), COST_NO);
}

static CU_TestInfo tests[] = {
    {"values", test_values},
    {"not chosen", test_not_chosen},
    {"one that fails", test_failed},
    {"what ends the call", test_ended},
    {"a problem that is refused", test_problem_refused},
    {"a sync", test_sync},
    {"costs", test_cost},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "enrich", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
