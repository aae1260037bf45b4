/*
 * span.h - some bytes that somebody else owns. Texts of documents may hold a NUL (\u0000), so a
 * length goes with them all the way to the output.
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
