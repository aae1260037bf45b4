/*
 * progress_rule.h - what every host may rely on in hector_host.progress, checked step by step.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef PROGRESS_RULE_H
#define PROGRESS_RULE_H

#include <stddef.h>
#include <stdint.h>

#define RULE_PHASES 32

/* All zero before a call. */
struct progress_rule {
    struct progress_seen {
        char phase[48];
        uint64_t done, total;
    } seen[RULE_PHASES]; /* in the order in which they began */
    size_t count;
    uint64_t waited_s; /* the longest wait */
};

/* Takes one step of the progress; what is wrong with it, or NULL. */
const char *progress_rule_take(struct progress_rule *rule, const char *phase, size_t size,
                               uint64_t done, uint64_t total);

/* What came last of a phase; all zero when it has not begun. */
struct progress_seen progress_rule_of(const struct progress_rule *rule, const char *phase);

/* "connection login adoms": the phases in the order in which they began. */
void progress_rule_phases(const struct progress_rule *rule, char *out, size_t capacity);

#endif
