/*
 * progress_rule.c - what every host may rely on in hector_host.progress, checked step by step.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "progress_rule.h"

#include <stdio.h>
#include <string.h>

static const char WAITING[] = "waiting:";

static struct progress_seen *find(struct progress_rule *rule, const char *phase, size_t size)
{
    for (size_t i = 0; i < rule->count; i++) {
        if (strlen(rule->seen[i].phase) == size && memcmp(rule->seen[i].phase, phase, size) == 0) {
            return &rule->seen[i];
        }
    }
    return NULL;
}

static const char *take_waiting(struct progress_rule *rule, size_t size, uint64_t done,
                                uint64_t total)
{
    rule->waited_s = done > rule->waited_s ? done : rule->waited_s;
    return size == strlen(WAITING) ? "it waits for nothing"
           : done == 0             ? "it has waited for less than a second"
           : total != 0            ? "a wait has no total"
                                   : NULL;
}

const char *progress_rule_take(struct progress_rule *rule, const char *phase, size_t size,
                               uint64_t done, uint64_t total)
{
    struct progress_seen *seen;

    if (size >= strlen(WAITING) && memcmp(phase, WAITING, strlen(WAITING)) == 0) {
        return take_waiting(rule, size, done, total);
    }
    if (size == 0 || size >= sizeof(seen->phase)) {
        return "a phase that is too short or too long";
    }
    for (size_t i = 0; i < size; i++) {
        if ((phase[i] < 'a' || phase[i] > 'z') && phase[i] != '_') {
            return "a phase that is no slug";
        }
    }
    seen = find(rule, phase, size);
    if (seen == NULL && rule->count == RULE_PHASES) {
        return "too many phases";
    }
    if (seen == NULL) {
        seen = &rule->seen[rule->count++];
        memcpy(seen->phase, phase, size);
    }
    if (done < seen->done || total < seen->total) {
        return "it goes backwards";
    }
    if (total != 0 && done > total) {
        return "more is done than there is";
    }
    seen->done = done;
    seen->total = total;
    return NULL;
}

struct progress_seen progress_rule_of(const struct progress_rule *rule, const char *phase)
{
    for (size_t i = 0; i < rule->count; i++) {
        if (strcmp(rule->seen[i].phase, phase) == 0) {
            return rule->seen[i];
        }
    }
    return (struct progress_seen){.done = 0};
}

void progress_rule_phases(const struct progress_rule *rule, char *out, size_t capacity)
{
    size_t size = 0;

    out[0] = '\0';
    for (size_t i = 0; i < rule->count && size < capacity; i++) {
        size += (size_t)snprintf(out + size, capacity - size, "%s%s", i > 0 ? " " : "",
                                 rule->seen[i].phase);
    }
}
