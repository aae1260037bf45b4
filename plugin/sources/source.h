/*
 * source.h - what a source of devices offers, and how the right one is found.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A source knows one kind of system. It is given an open connection to a system of its kind, logs
 * in, reads, and logs out again on every path. It knows nothing of assets: units, skipped rows and
 * verdicts go to the inventory.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>

#include "check.h"
#include "guide.h"
#include "host/operation.h"
#include "inventory/inventory.h"
#include "net/http.h"
#include "settings/settings.h"

/* What all calls of a source share. */
struct source_call {
    struct operation *operation;
    struct settings *settings; /* only source_open() turns them to the fallback */
    struct http *http;
};

/* Takes one value for list_options. `description` may be NULL. */
struct option_sink {
    void *context;
    int32_t (*option)(void *context, const char *value, const char *label, const char *description,
                      struct failure *reterr);
};

/* What the answer to a source's first question told. */
struct recognition {
    bool fits;
    bool html;       /* the answer was a web page */
    int32_t status;  /* of HTTP */
    char detail[96]; /* what was asked and answered, for the log */
};

struct source {
    const char *system;  /* "fortimanager": in the source document, and in the setting `source` */
    const char *product; /* "FortiManager": for people */
    bool has_peer;       /* a second address may be asked for the same */
    bool has_meta;       /* custom fields */

    /* The attributes that this kind of system never reports, whatever is asked. */
    const enum attribute *lacks;
    size_t lack_count;
    bool live_by_setting; /* those that cost COST_LIVE are asked for as live_status says */

    /* How a person makes a credential for it. */
    const struct guide *guides;
    size_t guide_count;

    /*
     * Asks one harmless question, without any credential: is the address a system of this kind? The
     * answers are inferred from documented errors, not documented as such. OK whatever the answer;
     * fails as http_exchange().
     */
    int32_t (*recognise)(struct source_call *call, struct recognition *ret, struct failure *reterr);

    /*
     * From credentials on: emits the checks and the `source` document. OK when a sync would work.
     */
    int32_t (*check)(struct source_call *call, struct failure *reterr);

    /* The ADOMs, or the custom fields ("meta.NAME") that devices have; nothing where there are
     * none. */
    int32_t (*list_adoms)(struct source_call *call, const struct option_sink *sink,
                          struct failure *reterr);
    int32_t (*list_meta)(struct source_call *call, const struct option_sink *sink,
                         struct failure *reterr);

    /*
     * Emits the `source` document, then reports everything to the inventory. OK although scopes may
     * be incomplete; anything else ended the run early.
     */
    int32_t (*read)(struct source_call *call, struct inventory *inventory, struct failure *reterr);
};

#define IDENTITY_SERIALS_MAX 16

/* Who was asked, for the `source` document. Unknown texts are NULL. */
struct source_identity {
    const char *system, *id, *hostname, *version;
    const char *serials[IDENTITY_SERIALS_MAX]; /* its own and those of its HA peers */
    size_t serial_count;
};

int32_t source_emit(struct source_call *call, const struct source_identity *identity,
                    struct failure *reterr);
#endif
