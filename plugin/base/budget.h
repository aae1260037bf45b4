/*
 * budget.h - memory that several owners share: the shares that they hold, and what is left.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BUDGET_H
#define BUDGET_H

#include <stddef.h>

struct budget {
    size_t used, max; /* bytes; `used` may exceed `max`: who takes asks budget_left() before */
};

/* What one owner holds, until budget_give_back(). Initially all zero: nothing. */
struct budget_share {
    struct budget *budget;
    size_t bytes;
};

static inline size_t budget_left(const struct budget *budget)
{
    return budget->used < budget->max ? budget->max - budget->used : 0;
}

static inline void budget_take(struct budget *budget, size_t bytes, struct budget_share *share)
{
    budget->used += bytes;
    share->budget = budget;
    share->bytes += bytes;
}

static inline void budget_give_back(struct budget_share *share)
{
    if (share->budget != NULL) {
        share->budget->used -= share->bytes;
    }
    *share = (struct budget_share){0};
}

/* Adds what one owner holds, if anything, to what another holds. */
static inline void budget_move(struct budget_share *from, struct budget_share *to)
{
    if (from->budget != NULL) {
        budget_take(from->budget, from->bytes, to);
        budget_give_back(from);
    }
}
#endif
