/*
 * samples_fixture.h - a call of the plugin's inner parts, for the replay of recorded replies.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SAMPLES_FIXTURE_H
#define SAMPLES_FIXTURE_H

#include <stdbool.h>

#include <json-c/json.h>

#include "host/operation.h"
#include "net/http.h"
#include "samples_answer.h"
#include "settings/settings.h"
#include "sources/source.h"

/* bytes; one sample as one reader writes it, on one line */
#define SAMPLES_LINE_MAX 16384

struct samples_fixture {
    struct limits limits;
    struct hector_host host;
    struct operation operation;
    struct json_object *request; /* owns the settings */
    struct settings settings;
    struct source_call call;
    struct failure failure;
    struct rpc_peer *peer;
    struct samples_script script;
    struct json_object *document; /* the last document emitted */
    bool with_key;                /* a token, not user name and password */
    rpc_answerer *answer;         /* replaces the script's; its context is the fixture */
};

/* Ticks every attribute, custom field and device type; the rest is the default. */
void samples_begin(struct samples_fixture *fixture);
void samples_end(struct samples_fixture *fixture);

/* Serves the script's answers at an address, and opens a connection to it. The fixture owns the
 * script's rows. */
void samples_connect(struct samples_fixture *fixture);

/* Closes the connection and stops the peer. Returns the number of requests that were answered. */
size_t samples_disconnect(struct samples_fixture *fixture);

/* Reads a source whose peer answers by fixture->answer; writes each asset, coverage and problem to
 * script.out, or the failure. The script's reply is that of the caller. */
void samples_sync(struct samples_fixture *fixture, const struct source *source);

/* ---- pieces of a line */

/* `what`, or "-" for NULL and "". */
const char *or_dash(const char *what);

/* Writes the separator between two units of a line, except before the first. */
void write_separator(struct buffer *out);

/* Writes " id=value" for each known attribute, except those that name a unit. */
void write_attributes(const struct device *device, struct buffer *out);

/* Writes `permission read_refused "message"`, with FMG for the peer's address. */
void write_failure(const struct samples_fixture *fixture, struct buffer *out);

/* ---- pieces of a sample */

/* The first row of a recorded reply, or the sample itself where only a row was recorded. */
struct json_object *sample_row(struct json_object *sample);

/* The number of rows in the answer's `data`, and each of them. */
size_t sample_count(struct json_object *sample);
struct json_object *sample_at(struct json_object *sample, size_t i);

/* ---- the readers: each appends its line for a sample */

typedef void samples_reader(struct samples_fixture *fixture, struct json_object *sample,
                            struct buffer *out);

/* samples_rows.c: rows alone */
samples_reader read_devices, read_completed, read_cluster, read_switches, read_access_points,
    read_models;

/* samples_facts.c: values beyond the rows */
samples_reader read_cache, read_fgt_switches, read_fgt_access_points, read_proxied;

/* samples_run.c: with a server */
samples_reader read_envelope, read_error, read_refused_key, read_login, read_logout;
samples_reader read_identity, read_peers, read_adoms, read_fgts, read_custom_fields;

/* samples_fgt.c: a FortiGate as the source */
samples_reader read_fortigate;

/* samples_ems.c: an EMS as the source */
samples_reader read_ems, read_ems_errors;

/* samples_forticloud.c: FortiCloud's enrichments */
samples_reader read_products, read_programs, read_entitlements, read_token;

/* samples_fnac.c: the hosts of a FortiNAC */
samples_reader read_hosts;
#endif
