/*
 * limits.h - every maximum of the integration in one place, each with its reason.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What a test must be able to shorten stands in struct limits; the rest is fixed.
 */
#ifndef LIMITS_H
#define LIMITS_H

#include <stddef.h>
#include <stdint.h>

#include "hector/integration.h"

#define KIB(n) ((size_t)(n)*1024)
#define MIB(n) ((size_t)(n)*1024 * 1024)

/* JSON: deepest real reply is 12 (wtp radios in a proxied envelope); json-c recurses when it frees.
 */
#define JSON_DEPTH_MAX 32

/* One emitted document: an asset with every attribute is under 8 KiB, the descriptor under 64. */
#define DOCUMENT_MAX ((size_t)HECTOR_DOCUMENT_MAX)

/* One request to the far side: slices of (gate, vdom) pairs are the longest part. */
#define REQUEST_BODY_MAX MIB(2)

/*
 * The request as a json-c tree, which stays for the whole call: 1024 ADOM names and 128 attributes
 * take less than half of it, and one text of 1 MiB three quarters.
 */
#define REQUEST_TREE_MAX MIB(4)

/* A line of the log, and a text cut for a person. */
#define LOG_LINE_MAX 1024
#define TEXT_MAX     512

/* Hector's own maxima are unknown: longer titles and models are cut on a character boundary. */
#define TITLE_MAX 255
#define VALUE_MAX 4000

/* A serial: shortest seen 10, longest 17 where masked; never cut. */
#define SERIAL_MIN 8
#define SERIAL_MAX 32

/* Names on FortiManager: VDOM 31, device and ADOM 35 plus multibyte; generous. */
#define NAME_MAX_BYTES 255

/* Room for any address as address_format() writes it: a name of DNS, scheme, brackets and port. */
#define ADDRESS_TEXT_MAX 280

/* Rows of one table: more than twice the devices of the largest FortiManager. */
#define TABLE_ROWS_MAX 250000

/* Held sightings of disconnected units; beyond it the oldest are emitted. */
#define HELD_MAX MIB(24)

/*
 * All that a run remembers at a time: ADOMs, gates, serials, held sightings, and what is told of
 * the units of a slice. Some 98,000 gates, or 390,000 units. The process stays under 96 MiB: 14 of
 * libraries, 4 of the request (REQUEST_TREE_MAX), 48 of replies (tree_max_bytes), these 28, and 1
 * of a row of the status cache (STATUS_CACHE_TREE_MAX) make 95.
 */
#define STORE_MAX MIB(28)

/*
 * Of STORE_MAX: what a status cache and gates tell, together, of the units of one slice. 16,000
 * units. Held sightings give way to it.
 */
#define OVERLAY_MAX MIB(8)

/* What one row of the status cache holds, as JSON text in a text. */
#define STATUS_CACHE_TREE_MAX MIB(1)

/* Problem documents of one reason, then one that counts the rest: a broken unit list has 100,000.
 */
#define PROBLEMS_PER_REASON_MAX 100

/* A certificate in PEM, and how many names of it are told. */
#define CERTIFICATE_PEM_MAX   KIB(16)
#define CERTIFICATE_NAMES_MAX 64

/*
 * Limits that tests inject. Times in milliseconds, sizes in bytes.
 */
struct limits {
    int32_t connect_ms;       /* TCP and TLS; curl's own default is five minutes */
    int32_t low_speed_ms;     /* nothing received for this long: the connection is dead */
    int32_t grace_ms;        /* login once sent, and logout: they ignore cancel for this long */
    int32_t backoff_ms;       /* first pause before a repeat; doubles, with jitter */
    int32_t backoff_max_ms;   /* longest pause, also when Retry-After asks for more */
    int32_t refused_pause_ms; /* pause before a key that was refused is tried again */
    int32_t live_budget_ms;   /* all questions to gates of one run, together */
    int32_t attempts;         /* of one request, the first included */
    size_t reply_max_bytes;   /* text of one reply; more is LIMIT */
    size_t reply_aim_bytes;   /* text of one reply that paging aims at */
    size_t tree_max_bytes;    /* estimated memory of one reply as a json-c tree */
    int32_t page_rows;        /* rows of the first page of a table */
    int32_t page_rows_max;    /* rows of any page */
};

/* 8 MiB of text; a tree of 48 MiB holds the 4 MiB of switches that paging aims at. */
#define LIMITS_SIZES                                                                               \
    .attempts = 3, .reply_max_bytes = MIB(8), .reply_aim_bytes = MIB(4),                           \
    .tree_max_bytes = MIB(48), .page_rows = 500, .page_rows_max = 4000

#define LIMITS_DEFAULT                                                                             \
    {                                                                                              \
        .connect_ms = 15000, .low_speed_ms = 30000, .grace_ms = 3000, .backoff_ms = 500,          \
        .backoff_max_ms = 30000, .refused_pause_ms = 2000, .live_budget_ms = 600000, LIMITS_SIZES  \
    }
#endif
