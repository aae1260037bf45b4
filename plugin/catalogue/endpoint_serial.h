/*
 * endpoint_serial.h - which serial numbers of end systems identify a machine.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ENDPOINT_SERIAL_H
#define ENDPOINT_SERIAL_H

#include <stdbool.h>

#include "base/limits.h"

/*
 * Writes the serial number of an end system in its one spelling: without surrounding white space,
 * in upper case. True if it can identify a machine: ENDPOINT_SERIAL_MIN to ENDPOINT_SERIAL_MAX
 * characters of [A-Z0-9._/-], which no inner white space is, and no placeholder. False for NULL;
 * `ret` is unspecified then.
 */
bool endpoint_serial(const char *text, char ret[static ENDPOINT_SERIAL_MAX + 1]);
#endif
