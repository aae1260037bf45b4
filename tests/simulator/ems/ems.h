/*
 * ems.h - the simulated FortiClient EMS, on premises or in the cloud: its options and its state.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Section D.1 is the API on premises, D.2 that of EMS Cloud; G.0 and G.2 correct them. Sections and
 * samples in this folder are those of the reference on the sibling APIs.
 */
#ifndef EMS_EMS_H
#define EMS_EMS_H

#include "endpoints.h"
#include "simulator.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Versions as major * 10000 + minor * 100 + patch. */
#define EMS_7_0_3 70003
#define EMS_7_2_1 70201
#define EMS_7_4_5 70405

#define EMS_SERIAL "FCTEMS8824001234"

/* Calls for details of which the times are kept. */
#define EMS_PACE_WINDOW_S 5
#define EMS_PACE_CALLS    1024

/* What hardware_details are called, if they are reported (G.0). */
enum ems_hardware { HARDWARE_NONE, HARDWARE_SNAKE, HARDWARE_CAMEL };

struct ems_options {
    uint32_t version;
    bool cloud;
    uint32_t machines;
    uint32_t unmanaged; /* found in a directory, besides those of endpoints.h */
    enum ems_hardware hardware;
    const char *site;        /* the only one */
    const char *account;     /* e-mail of the account, EMS Cloud */
    uint32_t page_cap;       /* the most rows of a page; 0: none */
    bool order_ignored;      /* always by name, in which equal names have no order (G.2) */
    bool quoted_cookie;      /* ccsrftoken, with the value in quotes (G.2) */
    unsigned refused_status; /* HTTP, of a refused sign-in */
    int refused_retval;
    uint32_t calls_a_second; /* for details */
};

struct ems {
    struct simulator simulator; /* first: the server passes a pointer to it */
    struct ems_options options;
    struct endpoints endpoints;
    struct text session_cookie; /* of the last sign-in */
    struct text csrf_cookie;
    uint64_t pace_ms[EMS_PACE_CALLS]; /* a ring: the times of calls for details */
    size_t pace_count;
};

/* "7.4.5" */
const char *ems_version_name(const struct ems *ems);

#endif
