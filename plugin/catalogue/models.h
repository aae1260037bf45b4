/*
 * models.h - one spelling per model.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Two spellings would become two parts in Hector. The table is generated from models.tsv, which
 * names its sources: the first six characters of a serial number are the prefix of the platform.
 */
#ifndef MODELS_H
#define MODELS_H

#include "attributes.h"

#define MODEL_PREFIX_SIZE 6

struct model_row {
    const char *prefix, *model;
    enum device_type type;
};

/* Sorted by prefix; generated from models.tsv. */
extern const struct model_row MODEL_TABLE[];
extern const size_t MODEL_TABLE_COUNT;

/*
 * Finds the row for the first six characters of a serial number or os_version; NULL = none. Static.
 */
const struct model_row *model_by_prefix(const char *serial);

/*
 * Whether the id is that of a FortiWiFi's internal radio, which is listed among the access points:
 * "FWF60FTK20000001-WIFI0", or the serial number of the FortiWiFi itself.
 */
bool model_is_local_radio(const char *id);

/* Whether the model is that of a virtual machine ("FortiGate-VM64", "FortiGate-ARM64-KVM"). */
bool model_is_virtual(const char *model);

/*
 * Writes the model of one member of a cluster. `model` is stated by the unit with the serial number
 * `stated_by`; the member's own prefix wins if it differs from that unit's or is more specific
 * ("FortiGate-1800F-DC"). The prefix of a virtual machine is less specific than the stated model.
 */
void model_of_member(const char *model, const char *stated_by, const char *serial,
                     char ret[static MODEL_MAX]);

/*
 * Writes the model of a unit: as stated (NULL or blank = not stated), else from the prefix of
 * `os_version` ("S124EP-v7..", may be NULL), else from the serial number, else the prefix of the
 * serial number itself. Returns 1 in the last case, where the table lacks the prefix; else 0.
 */
int model_resolve(const char *stated, const char *os_version, const char *serial,
                  char ret[static MODEL_MAX]);
#endif
