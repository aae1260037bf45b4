/*
 * message.c - why something failed, as one sentence for a person.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int message_fail(struct message *message, const char *format, ...)
{
    const size_t used = strlen(message->text);
    va_list values;

    va_start(values, format);
    (void)vsnprintf(message->text + used, sizeof(message->text) - used, format, values);
    va_end(values);
    return -1;
}
