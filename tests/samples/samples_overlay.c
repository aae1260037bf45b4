/*
 * samples_overlay.c - recorded answers with further values of units: status cache and FortiGates.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <inttypes.h>

#include "samples_fixture.h"
#include "sources/fortimanager/status_cache.h"
#include "sources/fortios/fortios.h"
#include "sources/overlay.h"
#include "json/json_read.h"

/* SERIAL id=value ... */
static void write_facts(const struct device *unit, struct buffer *out)
{
    write_separator(out);
    buffer_append_text(out, or_dash(device_serial(unit)));
    write_attributes(unit, out);
}

/* The values of the status cache, unit by unit. */
void read_cache(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    struct overlay overlay;

    (void)fixture;
    overlay = (struct overlay){.max_bytes = OVERLAY_MAX};
    if (!fmg_status_cache_read(json_member(sample_row(sample), "data"), &overlay)) {
        buffer_append_text(out, "no memory");
    }
    for (size_t i = 0; i < overlay.packed.count; i++) {
        struct device unit;

        device_unpack(overlay.packed.items[i].data, &unit);
        write_facts(&unit, out);
    }
    overlay_release(&overlay);
}

struct fgt_answer {
    enum device_type type;
    struct buffer *out;
    size_t rows;
};

static void take_unit(void *context, struct json_object *row)
{
    struct fgt_answer *answer = context;
    struct column_texts texts;
    struct device unit;

    if (fortios_row(row, answer->type, &texts, &unit)) {
        write_facts(&unit, answer->out);
    } else {
        write_separator(answer->out);
        buffer_append_text(answer->out, "no unit");
    }
}

static void read_fgt(struct json_object *sample, enum device_type type, struct buffer *out)
{
    struct fgt_answer answer = {.type = type, .out = out};
    bool not_found;

    if (!fortios_each(sample, take_unit, &answer, &not_found)) {
        buffer_append_text(out, not_found ? "not found" : "no success");
    }
}

/* A FortiGate's answers on its switches, or on its access points. */
void read_fgt_switches(struct samples_fixture *fixture, struct json_object *sample,
                       struct buffer *out)
{
    (void)fixture;
    read_fgt(sample, SWITCH, out);
}

void read_fgt_access_points(struct samples_fixture *fixture, struct json_object *sample,
                            struct buffer *out)
{
    (void)fixture;
    read_fgt(sample, ACCESS_POINT, out);
}

static void count_row(void *context, struct json_object *row)
{
    struct fgt_answer *answer = context;

    (void)row;
    answer->rows++;
}

/* TARGET CODE success N rows: the envelope of each FortiGate behind the proxy. */
static void read_targets(struct json_object *data, struct buffer *out)
{
    for (size_t i = 0; i < json_count(data); i++) {
        struct json_object *target = json_element(data, i);
        struct fgt_answer answer = {.out = out};
        int64_t code = -1;
        bool not_found,
            success = fortios_each(json_member(target, "response"), count_row, &answer, &not_found);

        (void)json_member_integer(json_member_object(target, "status"), "code", &code);
        write_separator(out);
        buffer_printf(out, "%s %" PRId64 " %s %zu rows",
                      or_dash(json_member_text(target, "target")), code,
                      success ? "success" : "no success", answer.rows);
    }
}

void read_proxied(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    struct json_object *result = json_member_array(sample, "result");

    (void)fixture;
    for (size_t i = 0; i < json_count(result); i++) {
        read_targets(json_member(json_element(result, i), "data"), out);
    }
}
