/*
 * option.c - the values of options.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "option.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int option_number(const char *text, uint64_t maximum, uint64_t *ret_number)
{
    char *end = NULL;
    unsigned long long number;

    errno = 0;
    number = strtoull(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || text[0] == '-' || number > maximum)
        return -1;
    *ret_number = number;
    return 0;
}

int option_uint32(const char *text, uint32_t maximum, uint32_t *ret_number)
{
    uint64_t number;

    if (option_number(text, maximum, &number) != 0)
        return -1;
    *ret_number = (uint32_t)number;
    return 0;
}

int option_choice(const char *text, const char *const *names)
{
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(text, names[i]) == 0)
            return i;
    return -1;
}

int option_certificate(const char *text, enum certificate_kind *ret_kind)
{
    static const char *const names[] = {"valid", "expired", "wrong-name", "unknown", NULL};
    int choice = option_choice(text, names);

    if (choice < 0)
        return -1;
    *ret_kind = (enum certificate_kind)choice;
    return 0;
}

int option_port(const char *text, uint16_t *ret_port)
{
    uint64_t number;

    if (option_number(text, UINT16_MAX, &number) != 0)
        return -1;
    *ret_port = (uint16_t)number;
    return 0;
}

int option_fault(struct settings *settings, const char *text)
{
    if (settings->fault_count == MAXIMUM_FAULTS)
        return -1;
    settings->faults[settings->fault_count++] = text;
    return 0;
}
