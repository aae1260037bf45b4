/*
 * span.h - a borrowed range of bytes. Texts of documents may contain NUL (\u0000), so their length
 * is kept all the way to the output.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_SPAN_H
#define HOST_STUB_SPAN_H

#include <stddef.h>

struct span {
    const char *bytes;
    size_t size;
};

#endif
