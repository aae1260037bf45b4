/*
 * fortigate.h - the source that reads one FortiGate through its REST API.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTIGATE_H
#define FORTIGATE_H

#include "sources/source.h"

extern const struct source fortigate_source;
#endif
