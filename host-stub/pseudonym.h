/*
 * pseudonym.h - replaces what names people, places and appliances, the same everywhere.
 * SPDX-License-Identifier: Apache-2.0
 *
 * First everything is learned, then pseudonym_assign() gives each original its replacement. Those
 * of one kind sort like their originals, so that who sorts the replaced reads them in the same
 * order.
 */
#ifndef HOST_STUB_PSEUDONYM_H
#define HOST_STUB_PSEUDONYM_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

#include "span.h"

/* An original of several kinds has the last of them. */
enum pseudonym_kind {
    PSEUDONYM_TEXT,       /* name-000001, or text-000002 where it sorts behind "root" */
    PSEUDONYM_NUMBER,     /* 1000001 */
    PSEUDONYM_COORDINATE, /* 10.000001 */
    PSEUDONYM_IPV4,       /* of the same class: private stays private */
    PSEUDONYM_IPV6,
    PSEUDONYM_MAC,
    PSEUDONYM_SERIAL, /* the same shape, and the first six characters of what looks like Fortinet's
                       */
    PSEUDONYM_KINDS,
};

struct pseudonyms {
    json_object *index;             /* original -> its kind or, once assigned, its replacement */
    size_t counts[PSEUDONYM_KINDS]; /* that have a replacement */
    size_t longest;                 /* bytes of the longest original */
    bool assigned;
};

/* Without memory, json_text_lost() returns true: nothing that was replaced since may be used. */

/*
 * Learns an original. After pseudonym_assign(), it gets its replacement at once: a text then
 * becomes other-000003, because no reply contained it as a whole.
 */
void pseudonym_learn(struct pseudonyms *pseudonyms, enum pseudonym_kind kind, struct span original);

void pseudonym_assign(struct pseudonyms *pseudonyms);

/* The replacement of an original; NULL if the text is no original. */
const char *pseudonym_find(const struct pseudonyms *pseudonyms, struct span original);

/* As pseudonym_find(), but learns a new original. NULL if it is empty, or without memory. */
const char *pseudonym_of(struct pseudonyms *pseudonyms, enum pseudonym_kind kind,
                         struct span original);

#endif
