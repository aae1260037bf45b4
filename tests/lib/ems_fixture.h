/*
 * ems_fixture.h - whole operations against an EMS with scripted answers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The EMS of the fixture: FCTEMS8824001234, version 7.4.5, on premises, with one endpoint, 11, a
 * Dell laptop. It opens a session for the password "the-password", and answers in it. A test states
 * the differences.
 */
#ifndef EMS_FIXTURE_H
#define EMS_FIXTURE_H

#include "host.h"
#include "operations/operations.h"
#include "rpc_peer.h"

/* The answer to a request whose first line contains `path`. The first match counts. */
struct ems_reply {
    const char *path;
    int32_t status; /* HTTP; 0 = 200, EMS_LOST = the connection closes without an answer */
    const char *body;
    int32_t times;       /* how often it is given; 0 = always */
    const char *cookies; /* Set-Cookie lines; NULL = none */
};

#define EMS_LOST (-1)

#define EMS_OK(data)          "{\"result\":{\"retval\":1,\"message\":null},\"data\":" data "}"
#define EMS_NOT(number, text) "{\"result\":{\"retval\":" number ",\"message\":\"" text "\"}}"
#define EMS_LIST(total, rows) EMS_OK("{\"total\":" total ",\"endpoints\":[" rows "]}")
#define EMS_ENDED             EMS_NOT("-4", "Session has expired or does not exist.")

/* A managed endpoint of a list, and one without FortiClient. */
#define EMS_ROW(id, name, seen)                                                                    \
    "{\"device_id\":" id ",\"name\":\"" name "\",\"is_managed\":true,\"last_seen\":" seen "}"
#define EMS_BARE(id) "{\"device_id\":" id ",\"name\":\"bare-" id "\",\"is_managed\":false}"

/* Details: `more` has further members, or is "". */
#define EMS_DETAILS(id, name, more) EMS_OK("{\"device_id\":" id ",\"name\":\"" name "\"" more "}")
#define EMS_HARDWARE(serial)                                                                       \
    ",\"hardware_details\":{\"vendor\":\"Dell Inc.\",\"model\":\"Latitude "                        \
    "7440\",\"s/n\":\"" serial "\"}"

#define EMS_COOKIES                                                                                \
    "Set-Cookie: csrftoken=the-csrf; Path=/; Secure\r\n"                                           \
    "Set-Cookie: sessionid=the-session; HttpOnly; Path=/; Secure\r\n"

struct ems_fixture {
    struct test_host host;
    const struct ems_reply *replies; /* of the test, ended by path NULL; tried first */
    int32_t given[32];               /* how often each was given */
    /* A test may set these before its run: */
    int32_t pace_ms;        /* limits.ems_call_ms */
    const char *access_key; /* NULL = a usual one */
    struct rpc_record record;
};

/*
 * Runs an operation. `settings` has further members of the settings document, or is ""; with
 * "ems_account" in it, the address stands for EMS Cloud. Returns the code; documents are in the
 * host, requests in the record.
 */
int32_t ems_fixture_run(struct ems_fixture *fixture, operation_body *body, const char *settings,
                        const char *host_members, const struct ems_reply *replies);
void ems_fixture_end(struct ems_fixture *fixture);

/* The number of requests whose head or body contains a text. */
size_t ems_fixture_asked(const struct ems_fixture *fixture, const char *text);

/* "SERIAL title" of each asset, in order, separated by " | "; "" if there is none. */
const char *ems_fixture_assets(const struct ems_fixture *fixture);

/* "SCOPE complete UNITS" or "SCOPE REASON UNITS" of the coverage of endpoints; "" if there is none.
 */
const char *ems_fixture_coverage(const struct ems_fixture *fixture);

/* The message of the first document of a kind with this reason; "" if there is none. */
const char *ems_fixture_message(const struct ems_fixture *fixture, const char *kind,
                                const char *reason);
#endif
