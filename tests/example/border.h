/*
 * border.h - what any small integration needs at the border: copy it beside your own source.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One struct border a call, used by the calling thread only, from border_begin() to border_end().
 */
#ifndef BORDER_H
#define BORDER_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdio.h>

#include "hector/integration.h"

struct border {
    struct hector_host host; /* our copy: what the host lacks is NULL */
    int32_t cause;           /* why the call fails; HECTOR_OK = it does not */
    const char *reason, *field;
    char message[512];
    char started[32];
    FILE *out; /* writes the document */
    char *document;
    size_t size;
    void *serials; /* for tsearch() */
};

/*
 * Copies the host's table and reads the request. `*ret_request` is an object, to be released by
 * json_object_put(), or NULL after a failure. border_end() is called in any case.
 */
void border_begin(struct border *border, const struct hector_host *host, const char *request,
                  size_t request_size, json_object **ret_request);

/* Fills the host's error, unless the code is OK, and releases what the call holds. */
int32_t border_end(struct border *border, int32_t code, struct hector_error *error);

/*
 * The first failure counts, but CANCELLED and HOST win over it. `reason` is a slug, `field` the key
 * of a setting or "", both constant. The message MUST fit in 511 bytes: it is not cut well.
 */
void border_fail(struct border *border, int32_t cause, const char *reason, const char *field,
                 const char *message, ...) __attribute__((format(printf, 5, 6)));

/* True once the host has cancelled, which it is not asked again then, or has refused a document. */
bool border_stopped(struct border *border);

/* One line for the log, without a line break. */
void border_log(const struct border *border, uint32_t level, const char *line);

/*
 * Writes a piece of a document: JSON, with ' in place of " and, for each argument, $ in place of a
 * text (const char *) or # in place of a number (size_t). Texts MUST be valid UTF-8.
 */
void border_put(struct border *border, const char *format, ...);

/* Hands over what was written; after a refusal nothing goes out. */
void border_emit(struct border *border);

/*
 * Emits the source: `id` identifies it and is all that there is to set, so that it decides both
 * digests.
 */
void border_source(struct border *border, const char *system, const char *id);

/* False for a serial number that stood in this call before, and where memory is missing. */
bool border_first(struct border *border, const char *serial);

/* What a run has seen of one device type. */
struct border_count {
    const char *device_type;
    size_t assets, duplicates, unusable; /* without a usable serial number: `skipped` */
};

/* Emits the coverage of a scope, complete unless something failed. */
void border_coverage(struct border *border, const char *scope, const struct border_count *count);

/*
 * The last document of a sync. Returns the code of the sync: PARTIAL where something failed and an
 * asset was delivered.
 */
int32_t border_summary(struct border *border, const struct border_count *counts, size_t count);

/* The text of that setting, borrowed from the request; "" where there is none. */
const char *border_setting(json_object *request, const char *key);

bool border_is_utf8(const char *text);
#endif
