/*
 * progress.h - how far the work is: counts that never go backwards.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each phase is counted for itself: what is done of it is only ever added to, so that a phase that
 * is left and entered again goes on. What was counted before and is read once more is counted
 * apart, under the slug of the phase with `_again` behind it.
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

/* What a host reads: `done` <= `total`, or `total` is 0, that is not known. */
struct progress_count {
    uint64_t done, total;
};

/* All zero at first. */
struct progress {
    struct progress_count counts[PHASE_COUNT][2]; /* by phase; the second what is read once more */
    struct progress_count count;                  /* of the phase in hand */
    const char *slug;                             /* static; NULL = nothing was begun */
};

/*
 * So many `more` are done (0: the phase begins, or goes on), and at least so many are `left`; 0 =
 * that is not known. The total grows where it was less, and never shrinks.
 */
void progress_add(struct progress *progress, enum phase phase, bool again, uint64_t more,
                  uint64_t left);

#endif
