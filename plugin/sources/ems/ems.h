/*
 * ems.h - the source that reads a FortiClient EMS, on premises or in the cloud.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EMS_EMS_H
#define EMS_EMS_H

#include "sources/source.h"

extern const struct source ems_source;
#endif
