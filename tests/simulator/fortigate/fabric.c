/*
 * fabric.c - the Security Fabric (section 3.5) [csf_7.4.8_ha-pair_fabric-off].
 * SPDX-License-Identifier: Apache-2.0
 */
#include "resource.h"

#include "device_facts.h"

#include <stdlib.h>

/* 7.4.8 reports itself, with its cluster, when the fabric is off; 7.0.11 answered 500, and older
 * ones are assumed to do the same. */
bool fabric_fails(const struct fgt *fgt)
{
    return fgt->options.fabric == 0 && fgt_firmware(fgt) < 70200;
}

static void put_firmware(const struct device *device, struct text *text)
{
    put_number(text, "firmware_version_major", device->os_ver);
    put_number(text, "firmware_version_minor", device->mr);
    put_number(text, "firmware_version_patch", device->patch);
    put_number(text, "firmware_version_build", device->build);
    put_text(text, "firmware_version_maturity", "M");
}

static void put_model(const struct device *device, struct text *text)
{
    char name[32];
    char number[32];

    fgt_split_model(device, name, number);
    put_text(text, "device_type", "fortigate");
    put_text(text, "model_name", name);
    put_text(text, "model_number", number);
    put_text(text, "model", device_is_virtual(device) ? "FGVM64" : device->model->prefix);
    put_text(text, "model_subtype", "");
    put_flag(text, "is_vm", device_is_virtual(device));
}

static void put_state(const struct fgt *fgt, const struct device *device, struct text *text)
{
    bool on = fgt->options.fabric > 0;

    text_key(text, "state");
    text_open(text, '{');
    put_text(text, "hostname", device->hostname);
    put_number(text, "utc_last_reboot", INT64_C(1748838977000));
    put_text(text, "management_vdom", "root");
    put_flag(text, "csf_enabled", on);
    put_text(text, "csf_group_name", on ? "fabric" : "");
    put_number(text, "forticare_registration_level", 1);
    /* 0 also in a cluster. */
    put_number(text, "ha_mode", 0);
    put_number(text, "is_ha_master", 1);
    text_close(text, '}');
}

static void put_cluster(const struct device *device, struct text *text)
{
    static const char *const modes[] = {"standalone", "active-passive", "active-active"};

    put_text(text, "ha_mode", modes[device->ha_mode]);
    put_number(text, "is_ha_master", 1);
    text_key(text, "ha_list");
    text_open(text, '[');
    for (uint32_t i = 0; i < device->member_count; i++) {
        text_open(text, '{');
        put_text(text, "serial_no", device->members[i].serial);
        put_text(text, "hostname", device->members[i].name);
        put_flag(text, "is_ha_primary", device->members[i].master);
        text_close(text, '}');
    }
    text_close(text, ']');
    put_text(text, "ha_group_name", device->member_count > 0 ? device->ha_group : "");
    put_number(text, "ha_group_id", device->member_count > 0 ? 255 : 0);
}

static void put_vdoms(const struct device *device, struct text *text)
{
    text_key(text, "vdoms");
    text_open(text, '[');
    for (uint32_t v = 0; v < device->vdom_count; v++)
        text_string(text, device->vdoms[v].name);
    text_close(text, ']');
}

/* No recording shows whether downstream devices are in the list itself or inside their upstream:
 * here inside up to 7.2, then in the list, distinguished by the path. */
static bool nests(const struct fgt *fgt)
{
    return fgt_firmware(fgt) < 70400;
}

static void write_fgt(const struct fgt *fgt, size_t position, struct text *text);

static void put_subtree(const struct fgt *fgt, size_t position, struct text *text)
{
    text_key(text, "subtree_members");
    text_open(text, '[');
    for (size_t below = 2 * position + 1; nests(fgt) && below <= 2 * position + 2; below++)
        if (below <= fgt->options.fabric)
            write_fgt(fgt, below, text);
    text_close(text, ']');
}

/* The contents of the lists of switches, access points and extenders are not recorded. */
static void write_fgt(const struct fgt *fgt, size_t position, struct text *text)
{
    const struct device *device = &fgt->simulator.topology.devices[position];
    char *path = fgt_fabric_path(fgt, position);

    text_open(text, '{');
    put_text(text, "path", path);
    /* Empty in the recording of a FortiGate without a fabric. */
    put_text(text, "mgmt_ip_str", fgt->options.fabric > 0 ? device->address : "");
    put_number(text, "mgmt_port", 0);
    put_number(text, "admin_port", 443);
    put_text(text, "serial", device->serial);
    put_text(text, "host_name", device->hostname);
    put_firmware(device, text);
    put_model(device, text);
    put_flag(text, "eos", false);
    put_state(fgt, device, text);
    put_vdoms(device, text);
    put_json(text, "fsw_list", "[]");
    put_json(text, "fap_list", "[]");
    put_json(text, "fext_list", "[]");
    put_cluster(device, text);
    put_subtree(fgt, position, text);
    text_close(text, '}');
    free(path);
}

void write_fabric(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    bool on = fgt->options.fabric > 0;

    (void)vdom;
    text_open(text, '{');
    text_key(text, "devices");
    text_open(text, '{');
    text_key(text, "fortigate");
    text_open(text, '[');
    write_fgt(fgt, 0, text);
    for (size_t i = 1; i <= fgt->options.fabric && !nests(fgt); i++)
        write_fgt(fgt, i, text);
    text_close(text, ']');
    text_close(text, '}');
    put_flag(text, "protocol_enabled", on);
    if (on) {
        put_text(text, "csf_group_name", "fabric");
        put_json(text, "pending", "[]");
        put_json(text, "trusted", "[]");
    }
    text_close(text, '}');
}
