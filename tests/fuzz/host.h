/*
 * host.h - the host of the fuzz targets: checks each document, log line and error as it arrives.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FUZZ_HOST_H
#define FUZZ_HOST_H

#include "base/strmap.h"
#include "catalogue/attributes.h"
#include "fuzz.h"
#include "host/operation.h"
#include "lib/progress_rule.h"
#include "settings/settings.h"

#define FUZZ_TOKEN    "k3yThatNobodyMayTell0000000000"
#define FUZZ_PASSWORD "p4ssThatNobodyMayTell000000000"

struct fuzz_host {
    struct hector_host table;
    struct limits limits; /* without pauses */
    bool scopes_reported; /* set by a target: every asset must be in a scope with a coverage */
    bool echoes;          /* the input holds a secret, so its appearance in the output is no leak */

    /* An operation of this host that has begun, and settings for it */
    struct operation operation;
    struct failure failure;
    struct json_object *request;
    struct settings settings;

    /* Counts of documents */
    size_t documents, coverages, complete, summaries, unmatched;
    char last_unmatched[64]; /* the enrichment and the serial of the last one */
    bool delivered;          /* a complete scope has units */
    struct progress_rule progress;
    uint64_t assets[DEVICE_TYPE_COUNT];
    struct strmap serials; /* of the assets */
    struct strmap scopes;  /* scope and type: whether its coverage has arrived */
    size_t uncovered;      /* the number of them without a coverage so far */
};

/* Begins an operation. `input` is the input of the target. */
void fuzz_host_begin(struct fuzz_host *host, const uint8_t *input, size_t size);
void fuzz_host_end(struct fuzz_host *host);

/* Reads a request with its settings, which must be valid. */
void fuzz_host_settings(struct fuzz_host *host, const char *request);

/* Settings with all attributes and types, for targets whose input is not the settings. */
extern const char FUZZ_ALL_SETTINGS[];

/* Checks a failure: a code of the list, and valid texts. */
void fuzz_check_failure(int32_t code, const struct failure *failure);

/* Checks the error that the host gets at the end of an operation. */
void fuzz_check_error(int32_t code, const struct hector_error *error);

/* Checks that the code of a sync matches the documents. */
void fuzz_check_outcome(const struct fuzz_host *host, int32_t code);

/* Checks a text for a person or a document. */
void fuzz_check_text(const char *text);
#endif
