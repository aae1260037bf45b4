/*
 * samples_forticloud.c - recorded replies of FortiCloud, each as one answer of a peer.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "samples_fixture.h"
#include "sources/forticloud/api.h"
#include "sources/forticloud/entitlements.h"
#include "sources/forticloud/products.h"
#include "json/json_read.h"

/* The sample for every request, but a token for a login if the sample is none. */
static void answer(void *context, struct json_object *request, struct rpc_answer *ret)
{
    const struct samples_fixture *fixture = context;
    struct json_object *sample = fixture->script.reply;

    (void)request;
    if (strstr(ret->head, "/oauth/token/") != NULL && json_member(sample, "access_token") == NULL) {
        buffer_append_text(&ret->body, "{\"access_token\":\"t0k3n\",\"expires_in\":3600}");
    } else {
        buffer_append_text(&ret->body,
                           json_object_to_json_string_ext(sample, JSON_C_TO_STRING_PLAIN));
    }
}

static void connect_with(struct samples_fixture *fixture, struct json_object *sample)
{
    fixture->answer = answer;
    fixture->script.reply = sample;
    samples_connect(fixture);
    fixture->settings.forticloud_user = "api-user";
    fixture->settings.forticloud = fixture->settings.address;
}

static void disconnect(struct samples_fixture *fixture)
{
    (void)samples_disconnect(fixture);
    fixture->script.reply = NULL;
}

/* Calls; false, with the failure written, if the answer is no list. */
static bool call(struct samples_fixture *fixture, enum forticloud_call which,
                 struct json_object *sample, struct forticloud_list *ret, struct buffer *out)
{
    struct buffer body = BUFFER(KIB(1));
    struct forticloud_api api;
    int32_t code;

    connect_with(fixture, sample);
    buffer_append_text(&body, "{}");
    code = forticloud_api_open(&api, &fixture->call, "FortiCloud", &fixture->failure);
    if (code == HECTOR_OK) {
        code = forticloud_api_call(&api, which, &body, ret, &fixture->failure);
    }
    forticloud_api_close(&api);
    buffer_release(&body);
    if (code != HECTOR_OK) {
        write_failure(fixture, out);
    }
    disconnect(fixture);
    return code == HECTOR_OK;
}

/* A record as a device has it. */
static void write_device(const struct device *device, bool entitled, struct buffer *out)
{
    write_separator(out);
    buffer_append_text(out, device_serial(device));
    write_attributes(device, out);
    buffer_append_text(out, entitled ? " entitled" : " not entitled");
}

/* The serial of a record, borrowed, as a device. */
static struct device device_of(const void *record, char serial[static SERIAL_MAX + 1])
{
    struct device device = {.type = FIREWALL};

    memcpy(serial, record, SERIAL_MAX);
    serial[SERIAL_MAX] = '\0';
    device_set_text(&device, ATTRIBUTE_serial_number, serial);
    return device;
}

/* A sample that is one row of a list as the list; the caller owns the result. */
static struct json_object *as_list(struct json_object *sample)
{
    struct json_object *reply, *rows;

    if (json_member(sample, "status") == NULL || json_member(sample, "productModel") == NULL) {
        return json_object_get(sample);
    }
    reply = json_object_new_object();
    rows = json_object_new_array();
    json_object_array_add(rows, json_object_get(sample));
    json_object_object_add(reply, "status", json_object_new_int(0));
    json_object_object_add(reply, "assets", rows);
    return reply;
}

/* Each product of a list, or of a sample that is one row of it. */
void read_products(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    struct forticloud_records records = FORTICLOUD_PRODUCTS_OF;
    struct forticloud_page page = {0};
    struct json_object *reply = as_list(sample);
    struct forticloud_list list;

    if (call(fixture, FORTICLOUD_PRODUCTS, reply, &list, out)) {
        if (forticloud_products_read(&records, list.rows, &page) != FORTICLOUD_KEPT) {
            abort();
        }
        forticloud_list_release(&list);
        for (size_t i = 0; i < records.count; i++) {
            const struct forticloud_product *product = forticloud_records_at(&records, i);
            char serial[SERIAL_MAX + 1];
            struct device device = device_of(product, serial);
            bool entitled = forticloud_products_apply(&records, &device);

            write_device(&device, entitled, out);
            buffer_printf(out, " \"%s\"",
                          or_dash(forticloud_records_text(&records, product->model)));
        }
        if (records.count == 0) {
            buffer_append_text(out, "no product");
        }
    }
    forticloud_records_release(&records);
    json_object_put(reply);
}

/* Each program's serial. */
void read_programs(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    struct forticloud_list list;

    if (call(fixture, FORTICLOUD_PROGRAMS, sample, &list, out)) {
        for (size_t i = 0; i < json_count(list.rows); i++) {
            write_separator(out);
            buffer_append_text(
                out, or_dash(json_member_text(json_element(list.rows, i), "serialNumber")));
        }
        forticloud_list_release(&list);
    }
}

/* The best entitlement of each serial, without the configurations of its program. */
void read_entitlements(struct samples_fixture *fixture, struct json_object *sample,
                       struct buffer *out)
{
    struct forticloud_records records = FORTICLOUD_ENTITLEMENTS_OF;
    struct forticloud_list list;
    size_t broken;

    if (call(fixture, FORTICLOUD_ENTITLEMENTS, sample, &list, out)) {
        if (forticloud_entitlements_read(&records, NULL, list.rows, &broken) != FORTICLOUD_KEPT) {
            abort();
        }
        forticloud_list_release(&list);
        for (size_t i = 0; i < records.count; i++) {
            char serial[SERIAL_MAX + 1];
            struct device device = device_of(forticloud_records_at(&records, i), serial);
            bool entitled = forticloud_entitlements_apply(&records, &device);

            write_device(&device, entitled, out);
        }
    }
    forticloud_records_release(&records);
}

/* How long a token lasts. */
void read_token(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    struct forticloud_token token = {BUFFER(HECTOR_SECRET_MAX), 0};

    connect_with(fixture, sample);
    if (forticloud_login(&fixture->operation, &fixture->settings, "flexvm", &token,
                         &fixture->failure) == HECTOR_OK) {
        buffer_printf(out, "token of %zu characters for %d s", token.text.size, (int)token.lasts_s);
    } else {
        write_failure(fixture, out);
    }
    buffer_release_secret(&token.text);
    disconnect(fixture);
}
