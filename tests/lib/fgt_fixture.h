/*
 * fgt_fixture.h - whole operations against a FortiGate with scripted answers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The FortiGate of the fixture: FGT60FTK20000002, 7.4.8, hostname fw-berlin, VDOMs root and shop, a
 * cluster with FGT60FTK20000001, a token that may read everything, no switch and no access point. A
 * test states the differences. Without a token it refuses its status as a FortiGate does.
 */
#ifndef FGT_FIXTURE_H
#define FGT_FIXTURE_H

#include "host.h"
#include "operations/operations.h"
#include "rpc_peer.h"

/* The answer to a request whose first line contains `path`. The first match counts. */
struct fgt_answer {
    const char *path;
    int32_t status; /* HTTP status; 0 = 200, FGT_LOST = the connection closes without an answer */
    const char *body;
    const char *header;
    int32_t times; /* how often it is given; 0 = always */
};

#define FGT_LOST (-1)

/* Envelopes. VDOMS(a, b) is the answer to vdom=*. */
#define FGT_SERIAL "FGT60FTK20000002"
#define FGT_PEER   "FGT60FTK20000001"
#define FGT_TAIL                                                                                   \
    "\"status\":\"success\",\"serial\":\"" FGT_SERIAL "\",\"version\":\"v7.4.8\",\"build\":2795}"
#define FGT_ENVELOPE(vdom, results)                                                                \
    "{\"http_method\":\"GET\",\"results\":" results ",\"vdom\":\"" vdom "\"," FGT_TAIL
#define FGT_ERROR(vdom, number)                                                                    \
    "{\"http_method\":\"GET\",\"status\":\"error\",\"http_status\":" number ",\"vdom\":\"" vdom    \
    "\"}"
#define FGT_VDOMS(root, shop) "[" FGT_ENVELOPE("root", root) "," FGT_ENVELOPE("shop", shop) "]"
#define FGT_STATE(admin, features)                                                                 \
    FGT_ENVELOPE("root", "{\"model_name\":\"FortiGate\",\"model_number\":\"60F\",\"hostname\":"    \
                         "\"fw-berlin\",\"admin\":" admin ",\"features\":" features                \
                         ",\"vdom_mode\":\"multi-vdom\",\"management_vdom\":\"root\"}")
#define FGT_ADMIN(profile)                                                                         \
    "{\"name\":\"api\",\"profile\":{\"name\":\"hector\"," profile                                  \
    "},\"super_admin\":false,\"vdoms\":[\"\",\"root\",\"shop\"]}"
#define FGT_RIGHTS                                                                                 \
    "\"secfabgrp\":\"read\",\"wifi\":\"read\",\"sysgrp\":\"custom\","                              \
    "\"sysgrp-permission\":{\"cfg\":\"read\"}"
#define FGT_FEATURES "{\"switch-controller\":true,\"wireless-controller\":true}"
#define FGT_STATUS                                                                                 \
    "{\"model_name\":\"FortiGate\",\"model_number\":\"60F\",\"hostname\":\"fw-berlin\"}"

struct fgt_fixture {
    struct test_host host;
    const struct fgt_answer *answers; /* of the test, ended by path NULL; tried first */
    int32_t given[32];                /* how often each was given */
    struct rpc_record record;
};

/* Runs an operation. `settings` has further members of the settings document (",\"adoms\":[]"), or
 * is ""; without `attributes` all are chosen that the FortiGate fills. Returns the code; documents
 * are in the host, requests in the record. */
int32_t fgt_fixture_run(struct fgt_fixture *fixture, operation_body *body, const char *settings,
                        const char *host_members, const struct fgt_answer *answers);
void fgt_fixture_end(struct fgt_fixture *fixture);

/* The number of requests whose head or body contains a text. */
size_t fgt_fixture_asked(const struct fgt_fixture *fixture, const char *text);

/* "firewall SERIAL scope title" of each asset, sorted, one a line; "" when there is none. */
const char *fgt_fixture_assets(const struct fgt_fixture *fixture);

/* True when an asset came, or every scope is complete: the run is at least PARTIAL. */
bool fgt_fixture_delivered(const struct fgt_fixture *fixture);

/* The coverages without "gate:SERIAL/vdom:": "firewall root complete 2 | switch shop right_missing
 * 0". */
const char *fgt_fixture_coverage(const struct fgt_fixture *fixture);

/* An attribute of the asset with this serial; "" when it is absent. */
const char *fgt_fixture_attribute(const struct fgt_fixture *fixture, const char *serial,
                                  const char *attribute);

/* The steps of validate: "passed passed failed". */
const char *fgt_fixture_steps(const struct fgt_fixture *fixture);

/* The message of the first problem with this reason; "" when there is none. */
const char *fgt_fixture_problem(const struct fgt_fixture *fixture, const char *reason);
#endif
