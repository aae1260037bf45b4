/*
 * random_faults.c - random faults, drawn from the seed.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "random_faults.h"

static bool leaves_the_expected(int fault)
{
    switch (fault) {
    case FAULT_ROW_ADDED:
    case FAULT_ROW_REMOVED:
    case FAULT_INVALID_UTF8:
    case FAULT_LONE_SURROGATE:
    case FAULT_NUL_IN_NAME: return false;
    default: return true;
    }
}

enum fault random_fault(struct random *random, uint32_t every, enum counted counted)
{
    int fitting[FAULT_COUNT];
    uint32_t count = 0;

    if (every == 0 || random_below(random, every) != 0)
        return FAULT_NONE;
    for (int fault = FAULT_NONE + 1; fault < FAULT_COUNT; fault++)
        if (faults_counted_by(fault) == counted && leaves_the_expected(fault))
            fitting[count++] = fault;
    return count > 0 ? (enum fault)fitting[random_below(random, count)] : FAULT_NONE;
}
