/*
 * progress.c - progress counts that never decrease.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "progress.h"

static const char *const SLUGS[PHASE_COUNT][2] = {
#define PHASE(slug) {#slug, #slug "_again"},
#include "progress.def"
#undef PHASE
};

void progress_add(struct progress *progress, enum phase phase, bool again, uint64_t more,
                  uint64_t left)
{
    struct progress_count *count = &progress->counts[phase][again];

    count->done += more;
    if ((left > 0 || count->total > 0) && count->total < count->done + left) {
        count->total = count->done + left;
    }
    progress->count = *count;
    progress->slug = SLUGS[phase][again];
}
