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

/* Serial numbers of end systems: Dell's have 7 characters, Hyper-V's 32. Also the longest of all.
 */
#define ENDPOINT_SERIAL_MIN 5
#define ENDPOINT_SERIAL_MAX 64

/* Names and MAC addresses of one machine that are compared: of more, the first ones count. */
#define ENDPOINT_NAMES_MAX KIB(4)

/*
 * FortiManager limits VDOM names to 31 characters, device and ADOM names to 35; multibyte
 * characters take more bytes.
 */
#define NAME_MAX_BYTES 255

/* Any address that address_format() writes: DNS name, scheme, brackets and port. */
#define ADDRESS_TEXT_MAX 280

/* 9999-12-31, in days since 1970-01-01: RFC 3339 has no later date. */
#define DAY_LAST 2932896

/* Rows of one table: more than twice the device count of the largest FortiManager. */
#define TABLE_ROWS_MAX 250000

/* A minute of settings, in milliseconds. */
#define MINUTE_MS 60000

/* Deferred records of disconnected units; when they exceed this size, the oldest are emitted. */
#define DEFERRED_MAX MIB(24)

/*
 * Everything that a run keeps at one time: ADOMs, FortiGates, serials, deferred records, and the
 * overlay of one slice of units; about 98,000 FortiGates or 390,000 units. The process stays under
 * 96 MiB: 14 for libraries, 4 for the request (REQUEST_TREE_MAX), 48 for replies (tree_max_bytes),
 * these 28, and 1 for a row of the status cache (STATUS_CACHE_TREE_MAX) make 95. Each enrichment
 * that the settings choose adds what it keeps, up to FORTICLOUD_RECORDS_MAX records and their
 * texts: 27 MiB. That is not part of STORE_MAX, because no enrichment may cost the inventory a
 * unit.
 */
#define STORE_MAX MIB(28)

/*
 * Part of STORE_MAX: the overlay of one slice of units, from a status cache and from FortiGates
 * together; 16,000 units. Deferred records are emitted to make room for it.
 */
#define OVERLAY_MAX MIB(8)

/* Memory that json-c takes for one byte of JSON at most: 800 and a pointer for "{}," (json_tree.c).
 */
#define TREE_PER_BYTE_MAX 300

/* The json-c tree of one row of the status cache, whose value is JSON text inside a JSON string. */
#define STATUS_CACHE_TREE_MAX MIB(1)

/* Problem documents for one reason; one more counts the rest. A broken unit list has 100,000. */
#define PROBLEMS_PER_REASON_MAX 100

/* One certificate in PEM, and how many of its names are reported. */
#define CERTIFICATE_PEM_MAX   KIB(16)
#define CERTIFICATE_NAMES_MAX 64

/* ---- JSON */

/* Longest number in bytes: a double needs 24, and appliances send integers of at most 20 digits. */
#define JSON_NUMBER_MAX 64

/* Bytes passed to json-c at once; json-c sets the locale in each call. */
#define JSON_PIECE KIB(16)

/* What a piece can take beyond the weights: an unfinished string or number, and the locale. */
#define JSON_PIECE_SLACK KIB(64)

/*
 * A list that is read row by row: the tree of one row, of which the largest seen (a host of
 * FortiNAC) takes 40 KiB; its text, which TABLE_ROWS_MAX rows of 8 KiB fill. The member that has
 * the rows, such as "results".
 */
#define ROW_TREE_MAX       MIB(1)
#define ROWS_TEXT_MAX      MIB(2048)
#define JSON_ROWS_NAME_MAX 31

/*
 * Bytes of such a reply that must arrive within the time limit of a request: a quarter of what any
 * other reply aims at.
 */
#define ROWS_STRETCH MIB(1)

/* Bytes of a character in UTF-8 [RFC 3629]. */
#define UTF8_MAX 4

/* Bytes that a string map allocates at once. */
#define STRMAP_BLOCK KIB(16)

/* ---- the call from the host */

/*
 * A token, three passwords and three sessions, of an id or two cookies: a run logs in at most three
 * times.
 */
#define SECRETS_MAX KIB(32)

/* Arguments of one message; its text before it is cut; one piece of formatted text. */
#define ARGUMENTS_MAX    8
#define SENTENCE_MAX     KIB(4)
#define PRINTED_TEXT_MAX KIB(1)

/* What precedes a key in a message, such as "--set ", with its NUL. */
#define KEY_LEAD_MAX 24

/* ---- addresses and HTTP */

/* A DNS name, and one of its labels, without NUL [RFC 1035, 2.3.4]. */
#define HOST_MAX  253
#define LABEL_MAX 63

/* All header lines of one reply; appliances send less than 2 KiB. */
#define HEADERS_MAX KIB(64)

/* The value of a cookie; those of EMS, a web application of Django, have at most 64 characters. */
#define COOKIE_MAX KIB(1)

/* Longest Retry-After that is accepted, in seconds: a sync runs once a day. */
#define RETRY_AFTER_MAX_S 86400

/* Bytes of a recorded body in one document [schemas/hector]. */
#define RECORD_PIECE_MAX KIB(64)

/* The tree of a recorded body. */
#define RECORD_TREE_MAX MIB(16)

/* The rows that are recorded of a reply that was read row by row, as trees: about 200 hosts. */
#define RECORD_ROWS_MAX MIB(8)

/* A recorded body: without white space, but "***" may be longer than a secret. */
#define RECORD_BODY_MAX MIB(32)

/* A name in a certificate: a DNS name has at most 253 bytes; escaping may triple it. */
#define CERTIFICATE_NAME_MAX 768

/* ---- units and settings */

/* Certificates of authorities in PEM: the setting ca_certificate. */
#define CA_CERTIFICATE_MAX KIB(64)

/* A model name, with its NUL. */
#define MODEL_MAX 128

/* Custom fields that a sync imports. */
#define META_VALUES_MAX 32

/* Wrong, missing, extra or transposed letters of a setting that is taken for a misspelling. */
#define MISSPELT_MAX 2

/* A longer key is no misspelling. */
#define KEY_SHOWN_MAX 32

/*
 * Bytes of a setting: of most texts, of a URL, of the address that Hector connects from, of the pin
 * of a key.
 */
#define SETTING_TEXT_MAX   128
#define SETTING_URL_MAX    512
#define EGRESS_ADDRESS_MAX 64
#define PIN_MAX            52

/* A filter for hosts of a FortiNAC, and an e-mail address [RFC 5321, 4.5.3.1.3]. */
#define HOST_FILTER_MAX 1024
#define EMAIL_MAX       254

/* Kinds of system that a setting names as those that have it. */
#define SETTING_SOURCES_MAX 4

/* Longest deadline_s, in seconds, and longest path of a file. */
#define DEADLINE_MAX_S   86400
#define SETTING_PATH_MAX KIB(4)

/* Options that one list_options call returns, and bytes of its filter. */
#define OPTIONS_MAX       10000
#define OPTION_FILTER_MAX 128

/* Elements of the settings `adoms` and `attributes`. */
#define ADOMS_CHOSEN_MAX      1024
#define ATTRIBUTES_CHOSEN_MAX 128

/* ---- sources */

/* Enrichments that one sync loads. */
#define ENRICHMENTS_MAX 4

/* Serials of a system and its HA peers; FortiManager allows five. */
#define IDENTITY_SERIALS_MAX 16

/* ---- FortiCloud */

/* Calls of an hour, whose times are kept; and errors of an hour, of which the tenth locks out. */
#define FORTICLOUD_CALLS_MAX  1000
#define FORTICLOUD_ERRORS_MAX 9

/* How long a token lasts if FortiCloud does not say it; more, in seconds, is not believed. */
#define FORTICLOUD_TOKEN_S     1440
#define FORTICLOUD_TOKEN_MAX_S 86400

/* Repeats of a call to FortiFlex that refuses a token, which it also does in passing. */
#define FORTIFLEX_REPEATS_MAX 3

/*
 * Products and entitlements that an import keeps: more than twice the largest account. With 61
 * bytes a record at most, 24 MiB for each; their texts (FORTICLOUD_TEXTS_MAX) take at most 3 MiB
 * more.
 */
#define FORTICLOUD_RECORDS_MAX 400000

/* Records that are allocated at once: one by one they would be copied too often. */
#define FORTICLOUD_RECORDS_BLOCK 4096

/* Different models, support levels, statuses and names of configurations; bytes of one of them. */
#define FORTICLOUD_TEXTS_MAX 8192
#define FORTICLOUD_TEXT_MAX  255

/* Years of FortiCloud's dates: Fortinet was founded in 2000; two bytes count days up to 2179. */
#define FORTICLOUD_YEAR_MIN 2000
#define FORTICLOUD_YEAR_MAX 2178

/* Programs of FortiFlex: each takes two calls. */
#define FORTIFLEX_PROGRAMS_MAX 400

/* ---- FortiNAC */

/* Years of its times: those of Unix time; struct tm counts from 1900 [C11, 7.27.1]. */
#define YEAR_FIRST 1970
#define YEAR_OF_TM 1900

/* MAC addresses of one host: up to five adapters, each of which may be listed twice. */
#define FNAC_MACS_MAX 16

/* The setting `filter` with each character escaped. */
#define FNAC_FILTER_MAX ((size_t)2 * HOST_FILTER_MAX)

/* ---- a FortiGate */

/* Unreachable calls in a row, after which a FortiGate is not called again. */
#define FGT_UNREACHABLE_MAX 2

/* VDOMs of one FortiGate; FortiOS allows 500 on the largest model. */
#define FGT_VDOMS_MAX 1024

/* The id of a row that two pages of a unit list must share, with its NUL; longer ones are cut. */
#define FGT_ROW_ID_MAX 64

/* Calls whose missing data is reported. */
#define FGT_UNREAD_MAX 8

/* A scope: "gate:SERIAL/vdom:NAME". */
#define SCOPE_TEXT_MAX (ADDRESS_TEXT_MAX + NAME_MAX_BYTES + 16)

/* ---- an EMS */

/* Endpoints whose details show whether this version reports serial numbers. */
#define EMS_SAMPLE ((size_t)5)

/* Further sign-ins in one run: a session that lasts half an hour, in an import of a day. */
#define EMS_RENEWALS_MAX 48

/* MAC addresses of one endpoint, and bytes of one of them. */
#define EMS_MACS_MAX 8
#define EMS_MAC_MAX  17

/* A shorter access key of EMS Cloud is taken for the ID of one, as is a UUID of this size. */
#define EMS_KEY_MIN 20
#define UUID_SIZE   36

/* ---- FortiManager */

/* URLs in one JSON-RPC request, and the fewer that each reading puts into one. */
#define ENVELOPE_URLS_MAX 64
#define CLOSING_URLS_MAX  48
#define PACK_MAX          ((size_t)32)

/* FortiGates in one proxied query: upper limit of the setting proxy_batch. */
#define PROXY_BATCH_MAX 50

/* Readings of what changed while it was read. */
#define PASSES_MAX 2

/* FortiGates that are requested by name; for more, the device tables are read. */
#define BY_NAME_MAX 16

/* Missing devices of one ADOM that are requested by name. */
#define GONE_MAX 32

/* Serials of one cluster that are stored with the units it manages; FortiOS allows four members. */
#define MANAGERS_MAX 64

/* ADOMs of one device, or VDOMs, in its attributes. */
#define ADOMS_SHOWN_MAX 256

/* Text of one stored row: of a cluster, which may have any number of VDOMs; of a managed unit. */
#define CLUSTER_ROW_MAX KIB(64)
#define UNIT_ROW_MAX    KIB(8)

/* Text of the stored rows that are parsed at a time. */
#define ROWS_PARSED_MAX KIB(256)

/* Units that are assumed of a FortiGate whose counter is 0: that does not exclude a few. */
#define UNITS_ASSUMED ((size_t)4)

/* Plausible maximum of units in one table. */
#define UNIT_COUNT_MAX 100000000

/* Unusable answers in a row, after which a run stops reading unit lists. */
#define FAILED_ANSWERS_MAX 3

/* Further logins in one run; tries of a logout that has no memory. */
#define RELOGIN_MAX      2
#define LOGOUT_TRIES_MAX 2

/* Repeats after a refused API key; pauses in one run before URLs that refuse it are tried again. */
#define KEY_TRIES_MAX 2
#define KEY_WAITS_MAX 3

/* Units of one type that the counter of a FortiGate may plausibly state. */
#define FGT_UNITS_MAX 1000000

/* Bytes of an ADOM's name as FortiManager spells it. */
#define ADOM_NAME_MAX KIB(1)

/* ---- texts that are composed */

/* A path of FortiManager's API: ADOM, FortiGate and VDOM, each byte escaped as three. */
#define FMG_URL_MAX KIB(2)

/* The list of fields of a FortiManager request. */
#define FMG_FIELDS_MAX KIB(8)

/* A path of a FortiGate's API with its parameters; any URL. */
#define FGT_URL_MAX KIB(4)
#define URL_MAX     KIB(8)

/* CLI lines that cure a failed check; those for a FortiGate name each of its VDOMs. */
#define CLI_MAX     KIB(4)
#define FGT_CLI_MAX KIB(96)

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

    /* FortiCloud: its minute, of which an hour has 60; calls and errors that it allows. */
    int32_t forticloud_minute_ms, forticloud_minute_calls, forticloud_hour_calls,
        forticloud_hour_errors;
    int32_t forticloud_repeat_ms; /* pause before a call that refused a token is repeated */

    int32_t ems_call_ms; /* from the beginning of one call to an EMS to that of the next */
};

/* FortiCloud locks out after 10 errors in an hour: one less. */
#define LIMITS_FORTICLOUD                                                                          \
    .forticloud_minute_calls = 100, .forticloud_hour_calls = FORTICLOUD_CALLS_MAX,                 \
    .forticloud_hour_errors = FORTICLOUD_ERRORS_MAX

/* A tree of 48 MiB holds 4 MiB of text about switches, which is what paging tries to reach. */
#define LIMITS_SIZES                                                                               \
    .attempts = 3, .reply_max_bytes = MIB(8), .reply_aim_bytes = MIB(4),                           \
    .tree_max_bytes = MIB(48), .page_rows = 500, .page_rows_max = 4000

#define LIMITS_DEFAULT                                                                             \
    {                                                                                              \
        .connect_ms = 15000, .low_speed_ms = 30000, .grace_ms = 3000, .backoff_ms = 500,           \
        .backoff_max_ms = 30000, .refused_pause_ms = 2000, .proxied_budget_ms = 600000,            \
        .forticloud_minute_ms = MINUTE_MS, .forticloud_repeat_ms = 1000, .ems_call_ms = 100,       \
        LIMITS_FORTICLOUD, LIMITS_SIZES                                                            \
    }
#endif
