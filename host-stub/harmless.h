/*
 * harmless.h - which texts and numbers of an appliance name no person, place, network or unit.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything here is a list of what is known: a text of which nothing is known may name somebody.
 */
#ifndef HOST_STUB_HARMLESS_H
#define HOST_STUB_HARMLESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

/* What the text of a member is, by the member's name. */
enum harmless_kind {
    HARMLESS_OTHER,
    HARMLESS_STATE,      /* says what a thing is or does */
    HARMLESS_PRODUCT,    /* a model, a version, a build */
    HARMLESS_SERIAL,     /* the serial number of a unit */
    HARMLESS_UNIT,       /* a serial number, or a name that a person gave */
    HARMLESS_NAME,       /* a person wrote it: a short number is a name, too */
    HARMLESS_COORDINATE, /* where something stands */
    HARMLESS_PATH,       /* the path of a request */
    HARMLESS_SENTENCE,   /* what an appliance answers in words */
};

enum harmless_kind harmless_kind(const char *member);

/* Words that every appliance uses as they are, and of an integration's own: never an original. */
bool harmless_word(const char *text);

/* Whether a text says that of which its member speaks, or nothing that names anybody. */
bool harmless_text(const char *member, const char *text);

/* A slug of an integration, as documents have them: "gate_roster_empty". */
bool harmless_slug(const char *text);

/* Whether the name of a member is one of an interface: an object may be a list of names, too. */
bool harmless_member(const char *name);

/* A word inside of a path or a sentence. */
bool harmless_part(struct span word);

/* Whether all of a text is digits, `most` at most. */
bool harmless_digits(struct span text, size_t most);

/* An IPv4 netmask of eight bits or more. */
bool harmless_netmask(const char *text);

/* Whether a number cannot be a telephone number, an address or the like. */
bool harmless_number(const char *member, int64_t number);

/* Whether a member's name speaks of a secret. */
bool harmless_secret_member(const char *name);

/* Whether a text has the form of a serial number: "FG100FTK19001234", "FWF60FTK19001234-WIFI0". */
bool harmless_serial(const char *text);

#endif
