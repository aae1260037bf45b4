/*
 * endpoint_serial.c - which serial numbers of end systems identify a machine.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "endpoint_serial.h"

#include <string.h>

#include "base/vector.h"

static bool is_placeholder(const char *serial)
{
    static const char *const placeholders[] = {
#define PLACEHOLDER(text) text,
#include "placeholders.def"
    };
    bool found = serial[strspn(serial, (const char[]){*serial, '\0'})] == '\0' ||
                 serial[strspn(serial, "01")] == '\0';

    for (size_t i = 0; !found && i < COUNT(placeholders); i++) {
        found = strcmp(placeholders[i], serial) == 0;
    }
    return found;
}

bool endpoint_serial(const char *text, char ret[static ENDPOINT_SERIAL_MAX + 1])
{
    static const char blanks[] = " \t\r\n";
    size_t size;

    if (text == NULL) {
        return false;
    }
    text += strspn(text, blanks);
    size = strcspn(text, blanks);
    if (size < ENDPOINT_SERIAL_MIN || size > ENDPOINT_SERIAL_MAX ||
        text[size + strspn(text + size, blanks)] != '\0') {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        ret[i] = (char)(text[i] >= 'a' && text[i] <= 'z' ? text[i] - 'a' + 'A' : text[i]);
    }
    ret[size] = '\0';
    return strspn(ret, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-") == size && !is_placeholder(ret);
}
