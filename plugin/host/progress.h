/*
 * progress.h - progress counts that never decrease.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each phase has its own count, which only grows: a phase that is left and entered again continues
 * its count. A second pass over data that was read before is counted separately, under the slug of
 * the phase with `_again` appended.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

enum phase {
#define PHASE(slug) PHASE_##slug,
#include "progress.def"
#undef PHASE
    PHASE_COUNT
};

/* What the host receives: `done` <= `total`, or `total` 0 = unknown. */
struct progress_count {
    uint64_t done, total;
};

/* Initially all zero. */
struct progress {
    struct progress_count counts[PHASE_COUNT][2]; /* by phase; [1] = second pass */
    struct progress_count count;                  /* of the current phase */
    const char *slug;                             /* static; NULL = no phase has begun */
};

/*
 * Adds `more` to what is done of a phase (0: the phase begins or continues); at least `left`
 * remain, 0 = unknown. The total grows if it was too small, and never shrinks.
 */
void progress_add(struct progress *progress, enum phase phase, bool again, uint64_t more,
                  uint64_t left);

#endif
