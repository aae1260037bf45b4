/*
 * device_facts.c - values of a device row that the topology does not store.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_facts.h"

#include <string.h>

bool device_is_virtual(const struct device *device)
{
    return strstr(device->model->platform, "VM") != NULL;
}

int device_config_status(const struct device *device)
{
    return (device->flags & FLAG_IS_MODEL) != 0 ? 0 : 1 + device->oid % 2;
}

int device_disk_mb(const struct device *device)
{
    return device->model->disk ? 30720 : 0;
}

/* No recording shows the hardware revision; here every third unit has one. */
static bool has_revision(const struct device *device)
{
    return !device_is_virtual(device) && device->oid % 3 == 0;
}

int device_revision_major(const struct device *device)
{
    return has_revision(device) ? 1 + device->oid % 2 : 0;
}

int device_revision_minor(const struct device *device)
{
    return has_revision(device) ? device->oid % 5 : 0;
}

/* Section 3.2: temporary, trial, regular, trial_expired. Hardware has the first one. */
const char *device_license_type(const struct device *device)
{
    static const char *const types[] = {"regular", "trial", "trial_expired"};

    return device_is_virtual(device) ? types[device->oid % 3] : "temporary";
}

int device_license_expiry(const struct device *device)
{
    return device_is_virtual(device) ? 1798761600 + device->oid % 3000 * 86400 : 0;
}

int device_firmware(const struct device *device)
{
    return device->os_ver * 10000 + device->mr * 100 + device->patch;
}

bool device_answers(const struct device *device)
{
    return device->product == PRODUCT_FIREWALL && device->connection == CONNECTION_UP &&
           !device->dead;
}
