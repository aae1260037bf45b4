/*
 * device_facts.h - what a device row tells of a gate beyond what the topology stores.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Computed from the device, and the same for the row that is answered and for the truth.
 */
#ifndef SIMULATOR_DEVICE_FACTS_H
#define SIMULATOR_DEVICE_FACTS_H

#include "topology.h"

bool device_is_virtual(const struct device *device);
int device_config_status(const struct device *device); /* 0 unknown, 1 in sync, 2 out of sync */
int device_disk_mb(const struct device *device);
int device_revision_major(const struct device *device); /* 0 with minor 0: not known */
int device_revision_minor(const struct device *device);
const char *device_license_type(const struct device *device);
int device_license_expiry(const struct device *device); /* Unix seconds; 0: none */

/* Its FortiOS as major * 10000 + minor * 100 + patch. */
int device_firmware(const struct device *device);

/* True when a question through FortiManager gets an answer. */
bool device_answers(const struct device *device);

#endif
