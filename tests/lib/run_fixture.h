/*
 * run_fixture.h - a run of the FortiManager source: topology, inventory, and a scripted peer.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RUN_FIXTURE_H
#define RUN_FIXTURE_H

#include "inventory/summary.h"
#include "rpc_fixture.h"
#include "sources/fortimanager/run.h"
#include "sources/overlay.h"

/* The row of one URL, and a reply of such rows. */
#define RESULT(...)             "{\"result\":[" __VA_ARGS__ "]}"
#define OK_ROW(data)            "{\"data\":" data ",\"status\":{\"code\":0,\"message\":\"OK\"}}"
#define CODE_ROW(code, message) "{\"status\":{\"code\":" code ",\"message\":\"" message "\"}}"
#define REFUSED                 CODE_ROW("-11", "No permission for the resource")

/* The answer to /sys/status, which run_fixture_begin() requests, and the plugin again whenever -11
 * may mean that the key is dead. */
#define ALIVE                                                                                      \
    {                                                                                              \
        200, RESULT(OK_ROW("{\"Version\":\"v7.6.7\"}"))                                            \
    }

struct run_fixture {
    struct rpc_fixture peer;
    struct source_call call;
    struct fmg_run run;
    struct failure failure;
};

/* Begins a run with a key on a version that never refuses one at random. The script's first reply
 * is to /sys/status. Settings and limits are in peer.host and may be changed. */
void run_fixture_begin(struct run_fixture *fixture, const struct rpc_reply *script);

/* Stops the peer: peer.record has the requests, of which request 0 is that of
 * run_fixture_begin(). */
void run_fixture_close(struct run_fixture *fixture);
void run_fixture_end(struct run_fixture *fixture);

/* Adds a managed FortiGate with one more VDOM, both in a wanted ADOM; returns its number in the
 * topology. */
uint32_t run_fixture_fgt(struct run_fixture *fixture, const char *adom, const char *fgt,
                         const char *vdom, bool connected);

/* What an overlay holds for a unit: a text, a number as text, or "-". `fgt` may be NULL. */
const char *overlay_report(const struct overlay *overlay, const char *fgt, const char *serial,
                           enum attribute attribute);
#endif
