/*
 * catalog.h - models, sites and names for topologies.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Serial prefixes and spellings are those of the table of models unless a comment says otherwise.
 */
#ifndef SIMULATOR_CATALOG_H
#define SIMULATOR_CATALOG_H

#include <stdbool.h>
#include <stddef.h>

struct model {
    const char *prefix;   /* first six characters of the serial */
    const char *platform; /* FortiManager's spelling; an access point's wtp-profile */
    const char *name;     /* the spelling of an inventory */
    int platform_id;      /* FortiManager's own number, which differs between versions */
    bool disk;
};

enum special_model {
    MODEL_VM64,
    MODEL_VM64_KVM,
    MODEL_6000F,
    MODEL_WIFI_60F,
    MODEL_SWITCH_VM,
    MODEL_SASE,
    MODEL_ANALYZER,
    MODEL_MAIL,
    MODEL_WEB
};

extern const struct model firewall_models[];
extern const size_t firewall_model_count;
extern const struct model switch_models[];
extern const size_t switch_model_count;
extern const struct model access_point_models[];
extern const size_t access_point_model_count;
extern const struct model special_models[];

struct site {
    const char *name;
    const char *latitude;
    const char *longitude;
};

extern const struct site sites[];
extern const size_t site_count;

/* Names that may break a spreadsheet, a URL or a terminal; the first ones are used first. */
extern const char *const awkward_names[];
extern const size_t awkward_name_count;
extern const char *const descriptions[];
extern const size_t description_count;

/* FortiOS versions of the FortiGates. */
struct firmware {
    int major;
    int minor;
    int patch;
    int build;
};

extern const struct firmware firmwares[];
extern const size_t firmware_count;

/* Versions of switches and access points, in the spelling of os_version. */
struct unit_firmware {
    const char *release;
    int build;
    const char *build_text;
};

extern const struct unit_firmware switch_firmwares[];
extern const size_t switch_firmware_count;
extern const struct unit_firmware access_point_firmwares[];
extern const size_t access_point_firmware_count;

/* Locations of access points; "" = not entered. */
extern const char *const locations[];
extern const size_t location_count;

#endif
