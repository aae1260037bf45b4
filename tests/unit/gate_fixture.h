/*
 * gate_fixture.h - whole operations against a FortiGate that answers by script.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The gate of the fixture: FGT60FTK20000002, 7.4.8, hostname fw-berlin, VDOMs root and shop, a
 * cluster with FGT60FTK20000001, a token that may read everything, no switch and no access point.
 * A test says what is different. Without a token it refuses its status as a FortiGate does.
 */
#ifndef GATE_FIXTURE_H
#define GATE_FIXTURE_H

#include "host.h"
#include "operations/operations.h"
#include "rpc_peer.h"

/* What answers a request whose first line holds `path`. The first that fits is taken. */
struct gate_answer {
    const char *path;
    int32_t status; /* of HTTP; 0 = 200, GATE_LOST = the connection ends without a word */
    const char *body;
    const char *header;
    int32_t times; /* how often it answers; 0 = for ever */
};

#define GATE_LOST (-1)

/* Envelopes. VDOMS(a, b) is what vdom=* answers. */
#define GATE_SERIAL "FGT60FTK20000002"
#define GATE_PEER   "FGT60FTK20000001"
#define GATE_TAIL                                                                                  \
    "\"status\":\"success\",\"serial\":\"" GATE_SERIAL "\",\"version\":\"v7.4.8\",\"build\":2795}"
#define GATE_ENVELOPE(vdom, results)                                                               \
    "{\"http_method\":\"GET\",\"results\":" results ",\"vdom\":\"" vdom "\"," GATE_TAIL
#define GATE_ERROR(vdom, number)                                                                   \
    "{\"http_method\":\"GET\",\"status\":\"error\",\"http_status\":" number ",\"vdom\":\"" vdom    \
    "\"}"
#define GATE_VDOMS(root, shop) "[" GATE_ENVELOPE("root", root) "," GATE_ENVELOPE("shop", shop) "]"
#define GATE_STATE(admin, features)                                                                \
    GATE_ENVELOPE("root", "{\"model_name\":\"FortiGate\",\"model_number\":\"60F\",\"hostname\":"   \
                          "\"fw-berlin\",\"admin\":" admin ",\"features\":" features               \
                          ",\"vdom_mode\":\"multi-vdom\",\"management_vdom\":\"root\"}")
#define GATE_ADMIN(profile)                                                                        \
    "{\"name\":\"api\",\"profile\":{\"name\":\"hector\"," profile                                  \
    "},\"super_admin\":false,\"vdoms\":[\"\",\"root\",\"shop\"]}"
#define GATE_RIGHTS                                                                                \
    "\"secfabgrp\":\"read\",\"wifi\":\"read\",\"sysgrp\":\"custom\","                              \
    "\"sysgrp-permission\":{\"cfg\":\"read\"}"
#define GATE_FEATURES "{\"switch-controller\":true,\"wireless-controller\":true}"
#define GATE_STATUS                                                                                \
    "{\"model_name\":\"FortiGate\",\"model_number\":\"60F\",\"hostname\":\"fw-berlin\"}"

struct gate_fixture {
    struct test_host host;
    const struct gate_answer *answers; /* those of the test, ends with path NULL; before the rest */
    int32_t given[32];                 /* how often each has answered */
    struct rpc_record record;
};

/*
 * Runs an operation: `settings` are further members of the settings document (",\"adoms\":[]"), or
 * "". Returns its code; documents stand in the host, requests in the record.
 */
int32_t gate_fixture_run(struct gate_fixture *fixture, operation_body *body, const char *settings,
                         const char *host_members, const struct gate_answer *answers);
void gate_fixture_end(struct gate_fixture *fixture);

/* How many requests hold a text in their head or body. */
size_t gate_fixture_asked(const struct gate_fixture *fixture, const char *text);

/* "firewall SERIAL scope title" of each asset, sorted, one a line; "" when there is none. */
const char *gate_fixture_assets(const struct gate_fixture *fixture);

/* An asset came, or no scope is incomplete: the run is at least PARTIAL. */
bool gate_fixture_delivered(const struct gate_fixture *fixture);

/* "firewall root complete 2 | switch shop right_missing 0": coverages, without "gate:SERIAL/vdom:".
 */
const char *gate_fixture_coverage(const struct gate_fixture *fixture);

/* An attribute of the asset with this serial; "" when it has none. */
const char *gate_fixture_attribute(const struct gate_fixture *fixture, const char *serial,
                                   const char *attribute);

/* "passed passed failed": the steps of validate. */
const char *gate_fixture_steps(const struct gate_fixture *fixture);

/* The sentence of the first problem with this reason; "" when there is none. */
const char *gate_fixture_problem(const struct gate_fixture *fixture, const char *reason);
#endif
