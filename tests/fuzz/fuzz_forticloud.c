/*
 * fuzz_forticloud.c - the enrichments of a run, from a FortiCloud whose answers are the input.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a line of letters that choose what is read, then the replies, one a line (peer.h), the
 * first of which answers a login. a: Asset Management only; f: FortiFlex only; v: only their
 * checks; n: an account is set; r: in French; z: small limits.
 */
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "peer.h"
#include "sources/enrich.h"

/* The units of the run. The corpus names them. */
static const char *const UNITS[] = {"FGT60FTK20000001", "S108EN0000000001", "FP221ETF18000001"};

static bool has(struct fuzz_input letters, char letter)
{
    return letters.size > 0 && memchr(letters.at, letter, letters.size) != NULL;
}

static void begin(struct fuzz_host *host, struct fuzz_input letters)
{
    bool both = has(letters, 'a') == has(letters, 'f');
    char request[4096];

    (void)snprintf(request, sizeof(request),
                   "{%s\"settings\":{\"forticloud_user\":\"hector\",\"enrich\":[%s],%s%s",
                   has(letters, 'r') ? "\"language\":\"fr\"," : "",
                   both                ? "\"asset_management\",\"fortiflex\""
                   : has(letters, 'a') ? "\"asset_management\""
                                       : "\"fortiflex\"",
                   has(letters, 'n') ? "\"forticloud_account\":12345," : "",
                   FUZZ_ALL_SETTINGS + strlen("{\"settings\":{"));
    fuzz_host_settings(host, request);
    /* A pause would pass the deadline, which ends the enrichment at once. */
    host->limits.forticloud_minute_calls = FORTICLOUD_CALLS_MAX;
    if (has(letters, 'z')) {
        host->limits.tree_max_bytes = KIB(64);
        host->limits.forticloud_hour_calls = 8;
    }
}

/* Values that an asset gets are valid; a date is one of the calendar. */
static void see_units(struct inventory *inventory, struct failure *failure)
{
    for (size_t i = 0; i < COUNT(UNITS); i++) {
        struct device device = {
            .type = (enum device_type)i, .connected = true, .scope = "adom:a", .title = "unit"};

        device_set_text(&device, ATTRIBUTE_serial_number, UNITS[i]);
        device_set_text(&device, ATTRIBUTE_model, "FortiX-1");
        FUZZ_CHECK(inventory_expect(inventory, "adom:a", device.type, failure) == HECTOR_OK);
        FUZZ_CHECK(inventory_record(inventory, &device, failure) == HECTOR_OK);
        FUZZ_CHECK(inventory_end_scope(inventory, "adom:a", device.type, NULL, failure) ==
                   HECTOR_OK);
    }
    inventory_set_scopes_complete(inventory, true);
}

/* What an enrichment adds, before it is written. */
static void check_devices(const struct enrich *enrich)
{
    for (size_t i = 0; i < ENRICHMENTS_MAX; i++) {
        FUZZ_CHECK(!enrich->loaded[i].whole || enrich->loaded[i].data != NULL);
        for (size_t n = 0; enrich->loaded[i].data != NULL && n < COUNT(UNITS); n++) {
            struct device device = {.type = (enum device_type)n};

            device_set_text(&device, ATTRIBUTE_serial_number, UNITS[n]);
            (void)enrich_at(i)->apply(enrich->loaded[i].data, &device);
            fuzz_check_device(&device);
        }
    }
}

static void sync(struct fuzz_host *host, const struct source_call *call)
{
    struct enrich enrich = {.call = NULL};
    struct failure failure = {0};
    int32_t code = enrich_load(&enrich, call, &failure);

    fuzz_check_failure(code, &failure);
    FUZZ_CHECK(code == HECTOR_OK || failure_ends(code, &failure));
    if (code == HECTOR_OK) {
        check_devices(&enrich);
        see_units(call->inventory, &failure);
    }
    (void)inventory_finish(call->inventory, code, &failure);
    FUZZ_CHECK(host->summaries == 1);
    enrich_release(&enrich);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size}, letters = {"", 0};
    struct failure failure = {0};
    struct fuzz_host host;

    (void)fuzz_line(&input, &letters);
    fuzz_host_begin(&host, data, size);
    begin(&host, letters);
    struct inventory *inventory = inventory_new(&host.operation, &host.settings, has(letters, 'v'));
    FUZZ_CHECK(inventory != NULL);
    struct source_call call = {
        .operation = &host.operation, .settings = &host.settings, .inventory = inventory};
    fuzz_peer_script(input);
    if (has(letters, 'v')) {
        fuzz_check_failure(enrich_check(&call, HECTOR_OK, &failure), &failure);
    } else {
        sync(&host, &call);
    }
    inventory_free(inventory);
    fuzz_host_end(&host);
    return 0;
}
