/*
 * sink.c - what all sinks share.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sink.h"

#include <stdlib.h>

void sink_free(struct sink *sink)
{
    if (sink != NULL && sink->release != NULL) {
        sink->release(sink);
    }
    free(sink);
}
