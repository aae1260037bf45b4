/*
 * fortimanager.h - the source that reads a FortiManager through its JSON-RPC API.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTIMANAGER_H
#define FORTIMANAGER_H

#include "sources/source.h"

extern const struct source fortimanager_source;
#endif
