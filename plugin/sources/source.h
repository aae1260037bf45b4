/*
 * source.h - what a source of devices offers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A source knows one kind of system. It gets an open connection to such a system, logs in, reads,
 * and logs out on every path. It knows nothing of assets: it reports units, skipped rows and
 * coverages to the inventory.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include "base/vector.h"
#include "check.h"
#include "columns.h"
#include "inventory/inventory.h"

/* Placeholder for the address that Hector connects from, where it is not known. */
#define GUIDE_ADDRESS "{egress_address}"

/* The host to trust: that of Hector. */
struct source_host {
    const char *address; /* or GUIDE_ADDRESS */
    int family;          /* 4 or 6 */
};

/*
 * One guide, static: how to create a credential, with no more rights than an import needs. The
 * descriptor contains all of them. The check of a refused credential contains the CLI snippet of
 * the same function, with what is known of the system by then.
 */
struct guide {
    const char *system;      /* "fortimanager" */
    const char *credentials; /* "token": the credentials that it creates, as in the descriptor */
    enum message_id label;
    const enum message_id *steps;
    size_t step_count;

    /* Appends the CLI snippet, without a final line end. NULL = there is none. */
    void (*cli)(struct source_host host, struct buffer *out);
};

#define GUIDE_STEPS(array) .steps = (array), .step_count = COUNT(array)

/*
 * Returns the host of an address, borrowed; GUIDE_ADDRESS, of family 4, if it is NULL or not an IP
 * address: no other text may enter the snippet.
 */
struct source_host source_host(const char *address);

/* Announces to the host how much there is to do in a phase, if there is anything. */
void source_expect(struct operation *operation, enum phase phase, size_t count);

/* What all calls of a source share. */
struct source_call {
    struct operation *operation;
    struct settings *settings;   /* only source_open() changes them */
    struct inventory *inventory; /* emits nothing unless the operation is sync */
    struct http *http;
    bool ignored[DEVICE_TYPE_COUNT]; /* set by source_open(): listed types that the source lacks */
};

/* Receives each value for list_options. `description` may be NULL. */
struct option_sink {
    void *context;
    int32_t (*option)(void *context, const char *value, const char *label, const char *description,
                      struct failure *failure);
};

struct source {
    enum choice system;  /* in the source document, and in the setting `source` */
    const char *product; /* "FortiManager": for people */
    bool has_peer;       /* an HA peer may be given as a second address */
    bool has_meta;       /* has custom fields */

    const bool types[DEVICE_TYPE_COUNT]; /* the device types that it reads */
    enum check_step scopes_step;         /* that checks its scopes: CHECK_ADOMS, CHECK_VDOMS */
    const struct origin *origins;        /* the attributes that it reports */

    /* How to create a credential for it. */
    const struct guide *guides;
    size_t guide_count;

    /*
     * A harmless request without a credential, and whether its answer shows a system of this kind.
     * The expected answers are inferred from documented errors. `fits` NULL: such a system shows no
     * mark before a login, so `probe` is not used, and the setting `source` must name the kind.
     */
    struct http_request probe;
    bool (*fits)(const struct source_call *call, const struct http_reply *reply);

    /* Emits the checks from credentials on, and the `source` document. OK if a sync would work. */
    int32_t (*check)(struct source_call *call, struct failure *failure);

    /*
     * Passes to `sink` the ADOMs, or the custom fields ("meta.NAME") that devices have. NULL = this
     * kind of system has neither.
     */
    int32_t (*list_options)(struct source_call *call, bool adoms, const struct option_sink *sink,
                            struct failure *failure);

    /*
     * Emits the `source` document, then reports everything to the inventory. OK even if scopes are
     * incomplete; any other code ended the run early.
     */
    int32_t (*read)(struct source_call *call, struct failure *failure);
};

/* The system that was read, for the `source` document. Unknown texts are NULL or "". */
struct source_identity {
    enum choice system;
    const char *id, *hostname, *version;
    const char *serials[IDENTITY_SERIALS_MAX]; /* those of the system and its HA peers */
    size_t serial_count;
};

/*
 * Emits the `source` document, with digests of the settings. Errors of operation_emit() and
 * settings_digest().
 */
int32_t source_emit(struct source_call *call, const struct source_identity *identity,
                    struct failure *failure);

/*
 * Reports the steps of a validation from `step` on, as far as the source has them, as not reached;
 * not CHECK_ATTRIBUTES, which is optional.
 */
int32_t source_skip_checks(struct operation *operation, const struct source *source,
                           enum check_step step, struct failure *failure);

/*
 * Ends a validation: emits `step` as failed because of `failure`, and skips the later steps.
 * Returns the cause of `failure`, unless an emit fails. The host receives nothing after a code that
 * check_ends().
 */
int32_t source_end_checks(const struct source *source, const struct checks *checks,
                          enum check_step step, struct failure *failure);
#endif
