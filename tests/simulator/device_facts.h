/*
 * device_facts.h - values of a device row that the topology does not store.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Computed from the device, so that the answered row and what is expected agree.
 */
#ifndef SIMULATOR_DEVICE_FACTS_H
#define SIMULATOR_DEVICE_FACTS_H

#include "topology.h"

bool device_is_virtual(const struct device *device);
int device_config_status(const struct device *device); /* 0 unknown, 1 in sync, 2 out of sync */
int device_disk_mb(const struct device *device);
int device_revision_major(const struct device *device); /* 0 with minor 0: unknown */
int device_revision_minor(const struct device *device);
const char *device_license_type(const struct device *device);
int device_license_expiry(const struct device *device); /* Unix seconds; 0: no license */

/* The FortiOS version as major * 10000 + minor * 100 + patch. */
int device_firmware(const struct device *device);

/* True when the device answers a proxied query. */
bool device_answers(const struct device *device);

#endif
