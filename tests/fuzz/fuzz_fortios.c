/*
 * fuzz_fortios.c - FortiOS's envelopes, with their rows of switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a letter (s: switches, else access points), then the reply.
 */
#include "sources/fortios/fortios.h"

#include <string.h>

#include "fixture.h"
#include "json/json_guard.h"
#include "json/json_read.h"

struct taken {
    enum device_type type;
    size_t rows;
};

static void check_version(const struct device *unit)
{
    const struct value *version = &unit->values[ATTRIBUTE_firmware_version];
    const struct value *build = &unit->values[ATTRIBUTE_firmware_build];

    if (version->kind == VALUE_TEXT) {
        FUZZ_CHECK(*version->text != '\0' &&
                   strspn(version->text, "0123456789.") == strlen(version->text));
    }
    FUZZ_CHECK(build->number >= 0 && build->number <= 999999);
}

static void take(void *context, struct json_object *row)
{
    struct taken *taken = context;
    struct column_texts texts;
    struct device unit;

    taken->rows++;
    if (fortios_row(row, taken->type, &texts, &unit)) {
        check_version(&unit);
        FUZZ_CHECK(unit.type == taken->type);
        fuzz_check_device(&unit);
        FUZZ_CHECK(!unit.connected || unit.values[ATTRIBUTE_connection_status].kind == VALUE_TEXT);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size};
    struct taken taken = {.type = fuzz_byte(&input) == 's' ? SWITCH : ACCESS_POINT};
    struct json_object *reply = NULL;
    bool not_found = false, success;

    if (json_guard_parse(input.at, input.size, MIB(4), &reply, NULL) != JSON_OK) {
        return -1;
    }
    success = fortios_each(reply, take, &taken, &not_found);
    FUZZ_CHECK(!success || !not_found);
    json_object_put(reply);
    return 0;
}
