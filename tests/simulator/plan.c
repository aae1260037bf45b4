/*
 * plan.c - a planned fault: which, from which request on, and how often.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Reads "@N" or "xM" at `text`, and advances it. */
static int read_part(const char **text, char mark, uint64_t *ret_number)
{
    char *end = NULL;
    unsigned long long number;

    if (**text != mark)
        return 0;
    if (mark == 'x' && strcmp(*text, "xforever") == 0) {
        *ret_number = UINT64_MAX;
        *text += strlen(*text);
        return 0;
    }
    errno = 0;
    number = strtoull(*text + 1, &end, 10);
    if (errno != 0 || end == *text + 1 || (*text)[1] == '-' || number == 0)
        return -1;
    *ret_number = number;
    *text = end;
    return 0;
}

int plan_read(struct plan *plan, const char *text, const char *const *names, size_t name_count)
{
    size_t best = 0;

    *plan = (struct plan){.from = 1, .times = 1};
    /* The longest name that fits, because a name may contain the mark 'x' ("session-expired"). */
    for (size_t i = 1; i < name_count; i++) {
        size_t size = strlen(names[i]);

        if (size > best && strncmp(text, names[i], size) == 0) {
            plan->fault = (int)i;
            best = size;
        }
    }
    text += best;
    if (best == 0 || read_part(&text, '@', &plan->from) != 0 ||
        read_part(&text, 'x', &plan->times) != 0 || *text != '\0')
        return -1;
    return 0;
}

bool plan_take(struct plan *plan, uint64_t number)
{
    if (number < plan->from || plan->times == 0)
        return false;
    if (plan->times != UINT64_MAX)
        plan->times--;
    return true;
}
