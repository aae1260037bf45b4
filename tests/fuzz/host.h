/*
 * host.h - the host of the fuzz targets: judges each document, log line and error as it comes.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FUZZ_HOST_H
#define FUZZ_HOST_H

#include "base/strmap.h"
#include "catalogue/attributes.h"
#include "fuzz.h"
#include "host/operation.h"
#include "progress_rule.h"
#include "settings/settings.h"

#define FUZZ_TOKEN    "k3yThatNobodyMayTell0000000000"
#define FUZZ_PASSWORD "p4ssThatNobodyMayTell000000000"

struct fuzz_host {
    struct hector_host table;
    struct limits limits; /* without pauses */
    bool scopes_told;     /* set by a target: each asset lies in a scope with its coverage */
    bool echoes;          /* the input knows a secret: that it comes back is no leak */

    /* An operation of this host, begun, and settings for it */
    struct operation operation;
    struct failure failure;
    struct json_object *request;
    struct settings settings;

    /* What came */
    size_t documents, coverages, complete, summaries;
    struct progress_rule progress;
    uint64_t assets[DEVICE_TYPE_COUNT];
    struct strmap serials; /* of the assets */
    struct strmap scopes;  /* scope and type: whether its coverage has come */
    size_t uncovered;      /* of these, without one so far */
};

/* `input` is what the target was given. */
void fuzz_host_begin(struct fuzz_host *host, const uint8_t *input, size_t size);
void fuzz_host_end(struct fuzz_host *host);

/* Reads a request with its settings, which must be sound. */
void fuzz_host_settings(struct fuzz_host *host, const char *request);

/* Settings with all attributes and types, for targets whose input is not settings. */
extern const char FUZZ_ALL_SETTINGS[];

/* What a failure tells the host: a code of the list, and texts that are text. */
void fuzz_check_failure(int32_t code, const struct failure *failure);

/* What a host is told at the end of an operation. */
void fuzz_check_error(int32_t code, const struct hector_error *error);

/* The code of a sync says no more, and no less, than what was delivered. */
void fuzz_check_outcome(const struct fuzz_host *host, int32_t code);

/* A text for a person or a document. */
void fuzz_check_text(const char *text);
#endif
