/*
 * span.h - a borrowed range of bytes. Texts of documents may contain NUL (\u0000), so their length
 * is kept all the way to the output.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_SPAN_H
#define HOST_STUB_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
    const char *bytes;
    size_t size;
};

static inline struct span span_of(const char *text)
{
    return (struct span){text, strlen(text)};
}

static inline bool span_is(struct span span, const char *text)
{
    return strlen(text) == span.size && memcmp(text, span.bytes, span.size) == 0;
}

/* How many bytes of a text "%.*s" may show: `most`, if there are more. */
static inline int span_shown(struct span span, size_t most)
{
    return (int)(span.size < most ? span.size : most);
}

#endif
