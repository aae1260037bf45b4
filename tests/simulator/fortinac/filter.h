/*
 * filter.h - the parameter `filter` of a list (seed "Your First API Request").
 * SPDX-License-Identifier: Apache-2.0
 *
 * KEY OPERATOR PATTERN, of eight operators; commas divide alternatives, ampersands conditions that
 * all hold. That an ampersand binds tighter is not documented [inferred].
 */
#ifndef FORTINAC_FILTER_H
#define FORTINAC_FILTER_H

#include "hosts.h"

#include <stdbool.h>
#include <stddef.h>

#define MAXIMUM_CONDITIONS 32

enum comparison {
    COMPARE_EQUAL,
    COMPARE_NOT_EQUAL,
    COMPARE_CONTAINS,
    COMPARE_CONTAINS_NOT,
    COMPARE_AT_MOST,
    COMPARE_BELOW,
    COMPARE_AT_LEAST,
    COMPARE_ABOVE
};

struct condition {
    bool alternative; /* begins one */
    const char *key;
    enum comparison comparison;
    const char *pattern; /* without its escapes */
};

struct filter {
    char *buffer; /* of the texts */
    struct condition conditions[MAXIMUM_CONDITIONS];
    size_t count;
};

/* Reads a filter, already percent-decoded; "" matches everything. Returns NULL, or what is wrong
 * with it. Release it in any case. */
const char *filter_read(struct filter *filter, const char *text);
void filter_release(struct filter *filter);

bool filter_matches(const struct filter *filter, const struct host *host);

#endif
