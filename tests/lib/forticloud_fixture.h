/*
 * forticloud_fixture.h - a run whose FortiCloud is a peer with scripted answers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The peer issues tokens, "token-1" and so on, each of which lasts for an hour. A test states the
 * other answers.
 */
#ifndef FORTICLOUD_FIXTURE_H
#define FORTICLOUD_FIXTURE_H

#include "host.h"
#include "inventory/inventory.h"
#include "rpc_peer.h"
#include "sources/source.h"

/* The answer to a request whose head or body contains `asked`. The first match counts. */
struct forticloud_answer {
    const char *asked;
    int32_t status; /* HTTP status; 0 = 200, FORTICLOUD_LOST = the connection closes unanswered */
    const char *body;
    int32_t times; /* how often it is given; 0 = always */
};

#define FORTICLOUD_LOST (-1)

#define FORTICLOUD_OAUTH         "/api/v1/oauth/token/"
#define FORTICLOUD_PRODUCTS_PATH "/ES/api/registration/v3/products/list"
#define FORTICLOUD_PROGRAMS_PATH "/ES/api/fortiflex/v2/programs/list"

/* What an error of Asset Management looks like, and that of FortiFlex. */
#define FORTICLOUD_ERROR(code, message)                                                            \
    "{\"build\":\"1.0.0\",\"error\":{\"errorCode\":" code ",\"message\":\"" message                \
    "\"},\"message\":\"Invalid incoming request.\",\"status\":-1,\"token\":\"token-1\","           \
    "\"version\":\"3.0\",\"assets\":null,\"pageNumber\":0,\"totalPages\":0}"
#define FORTIFLEX_ERROR(message) "{\"status\":-1,\"message\":\"" message "\"}"

struct forticloud_fixture {
    struct test_host host;
    const struct forticloud_answer *answers; /* ended by asked NULL */
    int32_t given[32];                       /* how often each was given */
    int32_t tokens;                          /* issued */
    struct rpc_peer *peer;
    struct inventory *inventory;
    struct source_call call;
    struct rpc_record record; /* set by forticloud_fixture_stop() */
};

void forticloud_fixture_begin(struct forticloud_fixture *fixture,
                              const struct forticloud_answer *answers);

/* Stops the peer: from here on `record` has the requests. */
void forticloud_fixture_stop(struct forticloud_fixture *fixture);
void forticloud_fixture_end(struct forticloud_fixture *fixture);

/* The number of requests whose head or body contains a text. */
size_t forticloud_fixture_asked(const struct forticloud_fixture *fixture, const char *text);

/* The reason of the last failure: "forticloud_errors". */
const char *forticloud_fixture_reason(const struct forticloud_fixture *fixture);
#endif
