/*
 * samples_run.c - recorded replies at a loopback address: the envelope, the login, the system.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "samples_fixture.h"
#include "sources/fortimanager/devices.h"
#include "sources/fortimanager/fortimanager.h"
#include "sources/fortimanager/run.h"
#include "sources/fortimanager/system.h"
#include "json/json_read.h"

#define ROWS_MAX 8

static void put_row(struct samples_fixture *fixture, const char *url, struct json_object *row)
{
    json_object_object_add(fixture->script.rows, url, row);
}

/* Rows that every account may read: they show that a session is still valid. */
static void put_common_rows(struct samples_fixture *fixture)
{
    put_row(fixture, "/sys/login/user", json_tokener_parse("{\"status\":{\"code\":0}}"));
    put_row(fixture, "/sys/session", json_tokener_parse("{\"status\":{\"code\":0},\"data\":{}}"));
}

static const char *url_of(struct json_object *row)
{
    const char *url = json_member_text(row, "url");

    return url != NULL ? url : "/not/recorded";
}

/* ---- the envelope */

/* 0 list of 3; 0 object; 0 400000; 0 nothing */
static void write_answer(const struct rpc_param *param, struct buffer *out)
{
    write_separator(out);
    buffer_printf(out, "%" PRId32 " ", param->code);
    if (param->data == NULL) {
        buffer_append_text(out, "nothing");
    } else if (json_object_is_type(param->data, json_type_array)) {
        buffer_printf(out, "list of %zu", json_count(param->data));
    } else if (json_object_is_type(param->data, json_type_object)) {
        buffer_append_text(out, "object");
    } else {
        buffer_append_text(out, json_object_to_json_string(param->data));
    }
}

/* A reply recorded as a bare row, put into its envelope. */
static struct json_object *enveloped(struct json_object *sample)
{
    struct json_object *reply, *result;

    if (json_member(sample, "status") == NULL) {
        return json_object_get(sample);
    }
    reply = json_object_new_object();
    result = json_object_new_array();
    json_object_array_add(result, json_object_get(sample));
    json_object_object_add(reply, "result", result);
    return reply;
}

/* Requests the sample's URLs; where `first_asked` is set, after a first request has shown that the
 * account works. Returns the code, and the number of URLs. */
static int32_t ask(struct samples_fixture *fixture, struct json_object *sample, struct rpc *rpc,
                   const char *first_asked, struct rpc_param *params, size_t *ret_count)
{
    struct rpc_param first = {.url = first_asked};
    struct json_object *result;
    int32_t code;

    fixture->script.reply = enveloped(sample);
    result = json_member_array(fixture->script.reply, "result");
    *ret_count = json_count(result) > 0 ? json_count(result) : 1;
    if (*ret_count > ROWS_MAX) {
        abort();
    }
    for (size_t i = 0; i < *ret_count; i++) {
        params[i] = (struct rpc_param){
            .url = url_of(result != NULL ? json_object_array_get_idx(result, i) : NULL)};
    }
    fixture->script.url = params[0].url;
    put_common_rows(fixture);
    samples_connect(fixture);
    code = fmg_rpc_open(rpc, &fixture->operation, &fixture->settings, fixture->call.http,
                        &fixture->failure);
    if (code == HECTOR_OK && first_asked != NULL) {
        code = fmg_rpc_get(rpc, &first, 1, &fixture->failure);
        fmg_rpc_release(&first, 1);
    }
    return code == HECTOR_OK ? fmg_rpc_get(rpc, params, *ret_count, &fixture->failure) : code;
}

static void end(struct samples_fixture *fixture, struct rpc *rpc, struct rpc_param *params,
                size_t count)
{
    fmg_rpc_release(params, count);
    fmg_rpc_close(rpc);
    (void)samples_disconnect(fixture);
    json_object_put(fixture->script.reply);
}

/* The answer to each URL of a request. */
void read_envelope(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    struct rpc_param params[ROWS_MAX] = {0};
    struct rpc rpc;
    size_t count;
    int32_t code = ask(fixture, sample, &rpc, "/sys/session", params, &count);

    if (code != HECTOR_OK) {
        write_failure(fixture, out);
    }
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        write_answer(&params[i], out);
    }
    end(fixture, &rpc, params, count);
}

/* The meaning of a refusal while the account may read other things: -11 permission read_refused
 * "" */
void read_error(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    struct rpc_param params[ROWS_MAX] = {0};
    struct rpc rpc;
    size_t count;

    if (ask(fixture, sample, &rpc, "/sys/session", params, &count) == HECTOR_OK) {
        (void)fmg_rpc_fail(&rpc, &params[0], &fixture->failure);
    }
    buffer_printf(out, "%" PRId32 " ", params[0].code);
    write_failure(fixture, out);
    end(fixture, &rpc, params, count);
}

/* The meaning of the same refusal for a key without any other answer. */
void read_refused_key(struct samples_fixture *fixture, struct json_object *sample,
                      struct buffer *out)
{
    struct rpc_param params[ROWS_MAX] = {0};
    struct rpc rpc;
    size_t count;

    fixture->with_key = true;
    if (ask(fixture, sample, &rpc, NULL, params, &count) == HECTOR_OK) {
        buffer_append_text(out, "not refused");
    } else {
        write_failure(fixture, out);
    }
    end(fixture, &rpc, params, count);
}

/* ---- login and logout */

void read_login(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    struct rpc rpc;

    fixture->script.reply = sample;
    fixture->script.url = "/sys/login/user";
    samples_connect(fixture);
    if (fmg_rpc_open(&rpc, &fixture->operation, &fixture->settings, fixture->call.http,
                     &fixture->failure) == HECTOR_OK) {
        buffer_printf(out, "session of %zu characters", rpc.session.size);
    } else {
        write_failure(fixture, out);
    }
    fmg_rpc_close(&rpc);
    (void)samples_disconnect(fixture);
}

void read_logout(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    struct rpc rpc;
    int32_t code;

    put_common_rows(fixture);
    fixture->script.reply = sample;
    fixture->script.url = "/sys/logout";
    samples_connect(fixture);
    code = fmg_rpc_open(&rpc, &fixture->operation, &fixture->settings, fixture->call.http,
                        &fixture->failure);
    fmg_rpc_close(&rpc);
    buffer_printf(out, "login %s, %zu requests, %s", operation_outcome(code),
                  samples_disconnect(fixture), rpc.logged_in ? "still logged in" : "logged out");
}

/* ---- the system, its ADOMs and its devices */

struct visit {
    struct fmg_run run;
    struct inventory *inventory;
};

/* Runs the login and the first request, and reads the device table when that is wanted. */
static bool visit_begin(struct samples_fixture *fixture, struct visit *visit, bool with_devices,
                        struct buffer *out)
{
    int32_t code;

    put_common_rows(fixture);
    samples_connect(fixture);
    visit->inventory = inventory_new(&fixture->operation, &fixture->settings, false);
    if (visit->inventory == NULL) {
        abort();
    }
    visit->run = (struct fmg_run){.call = &fixture->call,
                                  .operation = fixture->call.operation,
                                  .settings = fixture->call.settings,
                                  .inventory = visit->inventory};
    visit->run.topology = (struct topology){0};
    code = fmg_rpc_open(&visit->run.rpc, &fixture->operation, &fixture->settings,
                        fixture->call.http, &fixture->failure);
    if (code == HECTOR_OK) {
        code = fmg_system_read(&visit->run, &fixture->failure);
    }
    if (code == HECTOR_OK && with_devices) {
        code = fmg_devices_read(&visit->run, &fixture->failure);
    }
    if (code != HECTOR_OK) {
        write_failure(fixture, out);
    }
    return code == HECTOR_OK;
}

static void visit_end(struct samples_fixture *fixture, struct visit *visit)
{
    fmg_rpc_release(&visit->run.status, 1);
    fmg_rpc_release(&visit->run.ha_status, 1);
    fmg_rpc_close(&visit->run.rpc);
    fmg_topology_release(&visit->run.topology);
    inventory_free(visit->inventory);
    (void)samples_disconnect(fixture);
}

/* The `source` document: SERIAL,SERIAL HOSTNAME VERSION */
static void write_source(struct samples_fixture *fixture, struct visit *visit, struct buffer *out)
{
    struct json_object *serials;

    if (fmg_system_emit(&visit->run, NULL, &fixture->failure) != HECTOR_OK) {
        write_failure(fixture, out);
        return;
    }
    serials = json_member_array(fixture->document, "serials");
    for (size_t i = 0; i < json_count(serials); i++) {
        buffer_append_text(out, i > 0 ? "," : "");
        buffer_append_text(out, json_text(json_object_array_get_idx(serials, i)));
    }
    buffer_printf(out, " %s %s", or_dash(json_member_text(fixture->document, "hostname")),
                  or_dash(json_member_text(fixture->document, "version")));
}

static void identify(struct samples_fixture *fixture, struct json_object *sample, const char *url,
                     struct buffer *out)
{
    struct visit visit;

    put_row(fixture, url, json_object_get(sample_row(sample)));
    if (visit_begin(fixture, &visit, false, out)) {
        write_source(fixture, &visit, out);
    }
    visit_end(fixture, &visit);
}

/* The system's own identity. */
void read_identity(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    identify(fixture, sample, "/sys/status", out);
}

/* The members of the system's cluster. */
void read_peers(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    identify(fixture, sample, "/sys/ha/status", out);
}

/* demo_001 (firewall switch access_point): dev_001 dev_002 */
void read_adoms(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    const struct topology *topology;
    struct visit visit;

    put_row(fixture, "/dvmdb/adom", json_object_get(sample_row(sample)));
    (void)visit_begin(fixture, &visit, false, out);
    topology = &visit.run.topology;
    for (size_t i = 0; i < topology->adoms.count; i++) {
        const struct adom *adom = &topology->adoms.items[i];

        write_separator(out);
        buffer_append_text(out, adom->name);
        for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
            if (inventory_expects(visit.inventory, adom->scope, (enum device_type)type)) {
                buffer_printf(out, "%s%s", type == 0 ? " (" : " ",
                              device_type_id((enum device_type)type));
            }
        }
        buffer_append_text(out, adom->fgts.count > 0 ? "):" : ": no devices");
        for (size_t g = 0; g < adom->fgts.count; g++) {
            buffer_printf(out, " %s", topology->fgts.items[adom->fgts.items[g]].name);
        }
    }
    visit_end(fixture, &visit);
}

/* A table of VDOMs that was recorded alone, as that of one device. */
static struct json_object *device_table(struct json_object *sample)
{
    struct json_object *row = sample_row(sample), *data = sample_at(sample, 0), *device, *vdoms;
    const char *owner = json_member_text(data, "devid");

    if (owner == NULL) {
        return json_object_get(row);
    }
    vdoms = json_object_new_array();
    json_object_array_add(vdoms, json_object_get(data));
    device = json_object_new_object();
    json_object_object_add(device, "name", json_object_new_string(owner));
    json_object_object_add(device, "vdom", vdoms);
    row = json_tokener_parse("{\"status\":{\"code\":0}}");
    json_object_object_add(row, "data", device);
    return row;
}

/* dev_017 in demo vdoms vd_005 */
void read_fgts(struct samples_fixture *fixture, struct json_object *sample, struct buffer *out)
{
    const struct topology *topology;
    struct visit visit;

    put_row(fixture, "/dvmdb/device", device_table(sample));
    (void)visit_begin(fixture, &visit, true, out);
    topology = &visit.run.topology;
    for (size_t i = 0; i < topology->fgts.count; i++) {
        const struct fgt *fgt = &topology->fgts.items[i];
        const struct adom *adoms[ROWS_MAX];
        size_t count = fmg_topology_adoms_of(topology, fgt, adoms, ROWS_MAX);

        write_separator(out);
        buffer_append_text(out, fgt->name);
        for (size_t a = 0; a < count; a++) {
            buffer_printf(out, "%s %s", a == 0 ? " in" : "", adoms[a]->name);
        }
        for (uint32_t v = fgt->first_vdom; v != STRMAP_NONE; v = topology->vdoms.items[v].next) {
            buffer_printf(out, "%s %s", v == fgt->first_vdom ? " vdoms" : "",
                          topology->vdoms.items[v].name);
        }
    }
    visit_end(fixture, &visit);
}

static int32_t take_option(void *context, const char *value, const char *label,
                           const char *description, struct failure *failure)
{
    (void)label;
    (void)description;
    (void)failure;
    write_separator(context);
    buffer_append_text(context, value);
    return HECTOR_OK;
}

/* The custom fields that list_options offers as attributes. */
void read_custom_fields(struct samples_fixture *fixture, struct json_object *sample,
                        struct buffer *out)
{
    struct option_sink sink = {out, take_option};

    put_common_rows(fixture);
    put_row(fixture, "/dvmdb/device", json_object_get(sample_row(sample)));
    samples_connect(fixture);
    fixture->call.inventory = inventory_new(&fixture->operation, &fixture->settings, true);
    if (fixture->call.inventory == NULL) {
        abort();
    }
    if (fortimanager_source.list_options(&fixture->call, false, &sink, &fixture->failure) !=
        HECTOR_OK) {
        write_failure(fixture, out);
    }
    inventory_free(fixture->call.inventory);
    (void)samples_disconnect(fixture);
}
