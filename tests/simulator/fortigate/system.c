/*
 * system.c - answers on the FortiGate itself and on the administrator (section 3.1).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "resource.h"

#include "device_facts.h"

#include <string.h>

static void put_model(const struct device *device, struct text *text)
{
    char name[32];
    char number[32];

    fgt_split_model(device, name, number);
    put_text(text, "model_name", name);
    put_text(text, "model_number", number);
    /* "FGT60F", or "FGVM64" for a virtual machine; made up for models without a recording. */
    put_text(text, "model", device_is_virtual(device) ? "FGVM64" : device->model->prefix);
}

void write_status(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    (void)vdom;
    text_open(text, '{');
    put_model(fgt->device, text);
    put_text(text, "hostname", fgt->device->hostname);
    put_text(text, "log_disk_status", fgt->device->model->disk ? "available" : "not_available");
    text_close(text, '}');
}

/* Section 5 recommends "custom" for two of them; the recording has "read". */
static void put_group(const struct fgt *fgt, const char *group, bool custom, struct text *text)
{
    put_text(text, group, fgt_denies(fgt, group) ? "none" : custom ? "custom" : "read");
}

static void put_permission(const struct fgt *fgt, const char *group, const char *key,
                           struct text *text)
{
    text_key(text, key);
    text_open(text, '{');
    put_text(text, "cfg", fgt_denies(fgt, group) ? "none" : "read");
    text_close(text, '}');
}

static void put_profile(const struct fgt *fgt, struct text *text)
{
    bool custom = fgt->device->mr % 4 != 0;

    text_key(text, "profile");
    text_open(text, '{');
    put_text(text, "name", "hector-ro");
    put_text(text, "q_origin_key", "hector-ro");
    put_text(text, "scope", fgt->device->vdom_count > 1 ? "global" : "vdom");
    put_text(text, "comments", "");
    put_group(fgt, "secfabgrp", false, text);
    put_text(text, "ftviewgrp", "none");
    put_text(text, "authgrp", "none");
    put_group(fgt, "sysgrp", custom, text);
    put_group(fgt, "netgrp", custom, text);
    put_text(text, "loggrp", "none");
    put_text(text, "fwgrp", "none");
    put_text(text, "vpngrp", "none");
    put_text(text, "utmgrp", "none");
    put_text(text, "wanoptgrp", "none");
    put_group(fgt, "wifi", false, text);
    if (custom) {
        put_permission(fgt, "netgrp", "netgrp-permission", text);
        put_permission(fgt, "sysgrp", "sysgrp-permission", text);
    }
    text_close(text, '}');
}

static void put_vdoms(const struct fgt *fgt, struct text *text)
{
    text_key(text, "vdoms");
    text_open(text, '[');
    /* [web-ui-state_7.0.6]: of several VDOMs, the first is "". */
    if (fgt->device->vdom_count > 1)
        text_string(text, "");
    for (uint32_t v = 0; v < fgt->device->vdom_count; v++)
        if (fgt_may_see(fgt, v))
            text_string(text, fgt->device->vdoms[v].name);
    text_close(text, ']');
}

static void put_admin(const struct fgt *fgt, struct text *text)
{
    text_key(text, "admin");
    text_open(text, '{');
    put_text(text, "name", "hector");
    put_text(text, "login_name", "hector");
    put_profile(fgt, text);
    put_flag(text, "global_admin", fgt->device->vdom_count > 1);
    put_flag(text, "super_admin", false);
    put_vdoms(fgt, text);
    text_close(text, '}');
}

void write_state(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    const struct device *device = fgt->device;

    (void)vdom;
    text_open(text, '{');
    put_model(device, text);
    put_text(text, "hostname", device->hostname);
    put_admin(fgt, text);
    put_number(text, "utc_last_reboot", INT64_C(1748838977000));
    put_flag(text, "centrally_managed", false);
    put_text(text, "vdom_mode", device->vdom_count > 1 ? "multi-vdom" : "");
    put_text(text, "management_vdom", "root");
    put_flag(text, "csf_enabled", fgt->options.fabric > 0);
    put_text(text, "csf_group_name", fgt->options.fabric > 0 ? "fabric" : "");
    /* 0 also in a cluster [csf_7.4.8_ha-pair_fabric-off]. */
    put_number(text, "ha_mode", 0);
    put_number(text, "is_ha_master", 1);
    put_flag(text, "is_vm", device_is_virtual(device));
    text_key(text, "features");
    text_open(text, '{');
    put_flag(text, "switch-controller", !fgt->options.no_switch_controller);
    put_flag(text, "wireless-controller", true);
    text_close(text, '}');
    text_close(text, '}');
}

void write_firmware(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    const struct device *device = fgt->device;

    (void)vdom;
    text_open(text, '{');
    text_key(text, "current");
    text_open(text, '{');
    put_text(text, "platform-id", device->model->prefix);
    text_key(text, "version");
    text_format(text, "\"v%d.%d.%d\"", device->os_ver, device->mr, device->patch);
    text_close(text, '}');
    text_close(text, '}');
}

void write_system_global(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    (void)vdom;
    text_open(text, '{');
    put_text(text, "hostname", fgt->device->hostname);
    put_text(text, "alias", "");
    put_text(text, "gui-device-latitude", fgt->device->latitude);
    put_text(text, "gui-device-longitude", fgt->device->longitude);
    text_close(text, '}');
}
