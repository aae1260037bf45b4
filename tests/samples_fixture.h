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

/* One sample as one reader sees it, on one line. */
#define SAMPLES_LINE_MAX 16384

struct samples_fixture {
    struct limits limits;
    struct hector_host host;
    struct operation operation;
    struct json_object *request; /* from which the settings were read */
    struct settings settings;
    struct source_call call;
    struct failure failure;
    struct rpc_peer *peer;
    struct samples_script script;
    struct json_object *document; /* the last one emitted */
    bool with_key;                /* a token instead of user name and password */
    rpc_answerer *answer;         /* instead of the script's; its context is the fixture */
};

/* Every attribute and device type ticked, custom fields too, and the rest as by default. */
void samples_begin(struct samples_fixture *fixture);
void samples_end(struct samples_fixture *fixture);

/*
 * Puts the script's answers behind an address, and opens a connection to it. The script's rows are
 * owned by the fixture.
 */
void samples_connect(struct samples_fixture *fixture);

/* The connection and the peer are gone. Returns the number of requests that were answered. */
size_t samples_disconnect(struct samples_fixture *fixture);

/* ---- pieces of a line */

/* `what`, or "-" for NULL and "". */
const char *or_dash(const char *what);

/* What separates two units of a line, once there is a first. */
void write_separator(struct buffer *out);

/* " id=value" for each attribute that is known, but those that name a unit. */
void write_attributes(const struct device *device, struct buffer *out);

/* `permission read_refused "sentence"`, with FMG for the peer's address. */
void write_failure(const struct samples_fixture *fixture, struct buffer *out);

/* ---- pieces of a sample */

/* The first row of a recorded reply, or the sample itself where only a row was recorded. */
struct json_object *sample_row(struct json_object *sample);

/* How many rows the answer holds, in its `data`, and each of them. */
size_t sample_count(struct json_object *sample);
struct json_object *sample_at(struct json_object *sample, size_t i);

/* ---- the readers: each appends its line for a sample */

typedef void samples_reader(struct samples_fixture *fixture, struct json_object *sample,
                            struct buffer *out);

/* samples_rows.c: rows alone */
samples_reader read_devices, read_completed, read_cluster, read_switches, read_access_points,
    read_models;

/* samples_facts.c: what is known beyond the rows */
samples_reader read_cache, read_gate_switches, read_gate_access_points, read_proxied;

/* samples_run.c: with a far side */
samples_reader read_envelope, read_error, read_refused_key, read_login, read_logout;
samples_reader read_identity, read_peers, read_adoms, read_gates, read_custom_fields;

/* samples_gate.c: a FortiGate asked straight */
samples_reader read_fortigate;
#endif
