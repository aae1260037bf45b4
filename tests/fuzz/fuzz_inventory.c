/*
 * fuzz_inventory.c - units, skips and coverage statuses in any order: none gets lost.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a letter for each step, and a byte that chooses scope, type and unit. e: expect; s, S:
 * a record, connected or not; k: skip; c: complete; i: incomplete; w: withdraw; u: unknown prefix;
 * p: problem; f: the source fails, and the run ends.
 */
#include <stdio.h>
#include <string.h>

#include "fixture.h"

#define SCOPES 3

struct step {
    enum device_type type;
    const char *scope;
    unsigned char unit;
    char *coverage; /* coverage status of this scope and type: the last letter that counted; 0 = not
                      expected */
};

/* Tracks the expected coverage status: the first failure stays, and an unexpected scope has
 * none. */
static void note(const struct step *step, unsigned char letter)
{
    if (letter == 'w') {
        *step->coverage = 0;
    } else if (letter == 'e' && *step->coverage == 0) {
        *step->coverage = 'e';
    } else if ((letter == 'c' || letter == 'i') && *step->coverage != 0 && *step->coverage != 'i') {
        *step->coverage = (char)letter;
    }
}

static int32_t sight(struct fuzz_fixture *fixture, const struct step *step, bool connected,
                     struct failure *failure)
{
    struct device device = {.type = step->type, .scope = step->scope, .connected = connected};
    char serial[SERIAL_MAX + 1];

    (void)snprintf(serial, sizeof(serial), "FGT60FTK%04u", (unsigned)step->unit / 8);
    device.title = step->unit % 2 == 0 ? "gate" : "Büro \"3\"";
    device.manager = step->type != FIREWALL ? "gate" : NULL;
    device_set_text(&device, ATTRIBUTE_serial_number, serial);
    device_set_text(&device, ATTRIBUTE_model, "FortiGate-60F");
    device_set_integer(&device, ATTRIBUTE_firmware_build, step->unit);
    device_set_time(&device, ATTRIBUTE_last_seen, INT64_C(1760000000) * step->unit);
    return inventory_record(fixture->inventory, &device, failure);
}

static int32_t take(struct fuzz_fixture *fixture, unsigned char letter, const struct step *step,
                    struct failure *failure)
{
    static const enum message_id reasons[] = {REASON_token_refused, REASON_read_refused,
                                              REASON_reply_invalid, REASON_throttled,
                                              REASON_time_out,      REASON_reply_too_large};
    struct inventory *inventory = fixture->inventory;
    struct failure why;

    (void)fail(&fixture->host.operation, &why, reasons[step->unit % 6], "detail",
               ARGUMENTS("a", "b"));
    switch (letter) {
    case 'e': return inventory_expect(inventory, step->scope, step->type, failure);
    case 's': return sight(fixture, step, true, failure);
    case 'S': return sight(fixture, step, false, failure);
    case 'k':
        return inventory_skip(
            inventory,
            &(struct inventory_row){step->unit % 3 == 0 ? OTHER : step->type, step->scope,
                                    step->unit % 2 == 0 ? SKIP_serial_unusable : SKIP_unauthorized,
                                    "row", step->unit % 5 == 0 ? "FGT60FTK20000001" : NULL},
            failure);
    case 'u': return inventory_unknown_prefix(inventory, "ABCDEF0123", failure);
    case 'p':
        return inventory_problem(
            inventory, PROBLEM(SEVERITY_INFO, REASON_login_lost, "subject", NO_ARGUMENTS), failure);
    case 'w': inventory_withdraw(inventory, step->scope, step->type); return HECTOR_OK;
    case 'f': *failure = why; return why.cause;
    default: break;
    }
    /* Only an expected scope gets a coverage status. */
    if (inventory_expects(inventory, step->scope, step->type) && (letter == 'c' || letter == 'i')) {
        return inventory_end_scope(inventory, step->scope, step->type, letter == 'i' ? &why : NULL,
                                   failure);
    }
    return HECTOR_OK;
}

static size_t count_coverages(const char *coverages, bool only_complete)
{
    size_t count = 0;

    for (size_t i = 0; i < SCOPES * DEVICE_TYPE_COUNT; i++) {
        count += coverages[i] != 0 && (coverages[i] == 'c' || !only_complete) ? 1 : 0;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const scopes[SCOPES] = {"adom:root", "adom:Zürich", "none"};
    struct fuzz_input input = {(const char *)data, size};
    char coverages[SCOPES * DEVICE_TYPE_COUNT] = {0};
    struct fuzz_fixture fixture;
    int32_t code = HECTOR_OK;

    fuzz_fixture_begin(&fixture, data, size, NULL);
    while (code == HECTOR_OK && input.size > 0) {
        unsigned char letter = fuzz_byte(&input), choice = fuzz_byte(&input);
        size_t place = choice % (SCOPES * DEVICE_TYPE_COUNT);
        struct step step = {(enum device_type)(place % DEVICE_TYPE_COUNT),
                            scopes[place / DEVICE_TYPE_COUNT], choice, &coverages[place]};

        note(&step, letter);
        code = take(&fixture, letter, &step, &fixture.host.failure);
    }
    fuzz_check_failure(code, &fixture.host.failure);
    fuzz_fixture_finish(&fixture, code);
    /* Each expected scope has one coverage; one that was not read is never complete. */
    FUZZ_CHECK(fixture.host.coverages == count_coverages(coverages, false));
    if (code != HECTOR_OK) {
        FUZZ_CHECK(fixture.host.complete == count_coverages(coverages, true));
    }
    fuzz_fixture_end(&fixture);
    return 0;
}
