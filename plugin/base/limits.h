/*
 * limits.h - all maxima of the integration, each with its reason.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Limits that a test must be able to change are in struct limits; the others are fixed.
 */
#ifndef LIMITS_H
#define LIMITS_H

#include <stddef.h>
#include <stdint.h>

#include "hector/integration.h"

#define KIB(n) ((size_t)(n)*1024)
#define MIB(n) ((size_t)(n)*1024 * 1024)

/*
 * Nesting of JSON: the deepest reply seen has 12 levels (the radios of a wtp in a proxied
 * envelope). json-c recurses when it frees a tree.
 */
#define JSON_DEPTH_MAX 32

/*
 * One emitted document: an asset with all attributes takes less than 8 KiB, the descriptor less
 * than 64 KiB.
 */
#define DOCUMENT_MAX ((size_t)HECTOR_DOCUMENT_MAX)

/* Body of one request: the longest part is a list of (FortiGate, VDOM) pairs. */
#define REQUEST_BODY_MAX MIB(2)

/*
 * The host's request as a json-c tree, kept for the whole call: 1024 ADOM names and 128 attributes
 * take less than half of it, one string of 1 MiB takes three quarters.
 */
#define REQUEST_TREE_MAX MIB(4)

/* A log line, and a text that is cut before a person reads it. */
#define LOG_LINE_MAX 1024
#define MESSAGE_MAX  512

/* Hector's own maxima are unknown. Longer titles and values are cut between UTF-8 characters. */
#define TITLE_MAX 255
#define VALUE_MAX 4000

/* Serial numbers: the shortest seen has 10 characters, the longest 17 (masked). Never cut. */
#define SERIAL_MIN 8
#define SERIAL_MAX 32

/*
 * FortiManager limits VDOM names to 31 characters, device and ADOM names to 35; multibyte
 * characters take more bytes.
 */
#define NAME_MAX_BYTES 255

/* Any address that address_format() writes: DNS name, scheme, brackets and port. */
#define ADDRESS_TEXT_MAX 280

/* Rows of one table: more than twice the device count of the largest FortiManager. */
#define TABLE_ROWS_MAX 250000

/* Deferred records of disconnected units; when they exceed this size, the oldest are emitted. */
#define DEFERRED_MAX MIB(24)

/*
 * Everything that a run keeps at one time: ADOMs, FortiGates, serials, deferred records, and the
 * overlay of one slice of units; about 98,000 FortiGates or 390,000 units. The process stays under
 * 96 MiB: 14 for libraries, 4 for the request (REQUEST_TREE_MAX), 48 for replies (tree_max_bytes),
 * these 28, and 1 for a row of the status cache (STATUS_CACHE_TREE_MAX) make 95.
 */
#define STORE_MAX MIB(28)

/*
 * Part of STORE_MAX: the overlay of one slice of units, from a status cache and from FortiGates
 * together; 16,000 units. Deferred records are emitted to make room for it.
 */
#define OVERLAY_MAX MIB(8)

/* The json-c tree of one row of the status cache, whose value is JSON text inside a JSON string. */
#define STATUS_CACHE_TREE_MAX MIB(1)

/* Problem documents for one reason; one more counts the rest. A broken unit list has 100,000. */
#define PROBLEMS_PER_REASON_MAX 100

/* One certificate in PEM, and how many of its names are reported. */
#define CERTIFICATE_PEM_MAX   KIB(16)
#define CERTIFICATE_NAMES_MAX 64

/* Limits that tests may change. Times are in milliseconds, sizes in bytes. */
struct limits {
    int32_t connect_ms;        /* connecting, with TLS; curl's default is five minutes */
    int32_t low_speed_ms;      /* the connection counts as broken after this long without data */
    int32_t grace_ms;          /* how long a login that was sent, or a logout, ignores cancel */
    int32_t backoff_ms;        /* first pause before a repeat; doubles each time, with jitter */
    int32_t backoff_max_ms;    /* longest pause, even if Retry-After asks for more */
    int32_t refused_pause_ms;  /* pause before an API key that was refused is tried once more */
    int32_t proxied_budget_ms; /* all proxied queries of one run together */
    int32_t attempts;          /* tries of one request, including the first */
    size_t reply_max_bytes;    /* text of one reply; a longer one fails with LIMIT */
    size_t reply_aim_bytes;    /* text of one reply that paging tries to reach */
    size_t tree_max_bytes;     /* estimated memory of one reply as a json-c tree */
    int32_t page_rows;         /* rows of the first page of a table */
    int32_t page_rows_max;     /* rows of any page */
};

/* A tree of 48 MiB holds 4 MiB of text about switches, which is what paging tries to reach. */
#define LIMITS_SIZES                                                                               \
    .attempts = 3, .reply_max_bytes = MIB(8), .reply_aim_bytes = MIB(4),                           \
    .tree_max_bytes = MIB(48), .page_rows = 500, .page_rows_max = 4000

#define LIMITS_DEFAULT                                                                             \
    {                                                                                              \
        .connect_ms = 15000, .low_speed_ms = 30000, .grace_ms = 3000, .backoff_ms = 500,           \
        .backoff_max_ms = 30000, .refused_pause_ms = 2000, .proxied_budget_ms = 600000,            \
        LIMITS_SIZES                                                                               \
    }
#endif
