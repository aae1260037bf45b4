/*
 * models.h - one spelling for each model.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Two spellings would be two parts in Hector. The table comes from models.tsv, which names its
 * sources: the first six characters of a serial are the platform's prefix.
 */
#ifndef MODELS_H
#define MODELS_H

#include <stddef.h>

#include "attributes.h"

#define MODEL_PREFIX_SIZE 6
#define MODEL_MAX         128

struct model_row {
    const char *prefix, *model;
    enum device_type type;
};

/* Sorted by prefix; generated from models.tsv. */
extern const struct model_row MODEL_TABLE[];
extern const size_t MODEL_TABLE_COUNT;

/* The row of a serial's (or os_version's) first six characters, or NULL. */
const struct model_row *model_by_prefix(const char *serial);

/*
 * The one spelling of a model that an appliance states: "Fortigate-60F", "FortiGate 60F", "FG-60F",
 * "FGT60F", "FAP-231F", "FS-124F-PoE", "S124FP" -> "FortiGate-60F", ... Something unknown stays as
 * it is.
 */
void model_spell(const char *stated, char ret[static MODEL_MAX]);

/*
 * "FWF60FTK20000001-WIFI0", or an id that carries a FortiWiFi's own serial: its inner radio, which
 * is listed among the access points.
 */
bool model_is_local_radio(const char *id);

/* A virtual machine, as its model says ("FortiGate-VM64", "FortiGate-ARM64-KVM"). */
bool model_is_virtual(const char *model);

/*
 * The model of one member of a cluster, whose `model` the unit with the serial `stated_by` states:
 * what the member's own prefix says, where that is another one or says more ("FortiGate-1800F-DC").
 * A prefix of virtual machines says less than what is stated.
 */
void model_of_member(const char *model, const char *stated_by, const char *serial,
                     char ret[static MODEL_MAX]);

/*
 * The model of a unit: as stated (may be NULL or blank), else by the os_version's prefix
 * ("S124EP-v7.." may be NULL), else by the serial, else the serial's bare prefix. Returns 0, or 1
 * when only the bare prefix was left: the table lacks it.
 */
int model_resolve(const char *stated, const char *os_version, const char *serial,
                  char ret[static MODEL_MAX]);
#endif
