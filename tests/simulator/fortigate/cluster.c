/*
 * cluster.c - the members of the cluster (section 3.2).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "resource.h"

/* A single FortiGate answers as a cluster of one, where it answers. */
static uint32_t count_members(const struct fgt *fgt)
{
    return fgt->device->member_count > 0 ? fgt->device->member_count : 1;
}

static struct member get_member(const struct fgt *fgt, uint32_t position)
{
    const struct device *device = fgt->device;
    struct member member = {.name = device->hostname, .master = true, .priority = 128};

    if (device->member_count > 0)
        return device->members[position];
    for (size_t i = 0; i < sizeof(member.serial); i++)
        member.serial[i] = device->serial[i];
    return member;
}

static void put_names(const struct member *member, struct text *text)
{
    put_text(text, "hostname", member->name);
    put_text(text, "serial_no", member->serial);
}

/* `master` was missing in 7.2.8, and came back as `primary` with 7.4. A single FortiGate lists no
 * peer, or itself: both are inferred. */
void write_ha_peer(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    int firmware = fgt_firmware(fgt);
    bool alone = fgt->device->member_count == 0;

    (void)vdom;
    text_open(text, '[');
    for (uint32_t i = 0; i < count_members(fgt) && !(alone && firmware < 70400); i++) {
        const struct member member = get_member(fgt, i);

        text_open(text, '{');
        put_names(&member, text);
        put_number(text, "priority", member.priority);
        put_number(text, "vcluster_id", 0);
        if (firmware < 70200)
            put_flag(text, "master", member.master);
        if (firmware >= 70400)
            put_flag(text, "primary", member.master);
        text_close(text, '}');
    }
    text_close(text, ']');
}

void write_ha_statistics(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    (void)vdom;
    text_open(text, '[');
    for (uint32_t i = 0; i < count_members(fgt); i++) {
        const struct member member = get_member(fgt, i);

        text_open(text, '{');
        put_names(&member, text);
        /* Section 3.2: renamed in later releases. */
        put_number(text, fgt_firmware(fgt) < 70000 ? "tnow" : "uptime", 23585371);
        put_number(text, "sessions", 148);
        put_number(text, "cpu_usage", 1);
        put_number(text, "mem_usage", 67);
        text_close(text, '}');
    }
    text_close(text, ']');
}

/* Numbers up to 6.4, then renamed; 7.6 has all four. */
static void put_roles(const struct fgt *fgt, bool master, struct text *text)
{
    int firmware = fgt_firmware(fgt);

    if (firmware < 70000 || firmware >= 70600) {
        put_number(text, "is_manage_master", master);
        put_number(text, "is_root_master", master);
    }
    if (firmware >= 70000) {
        put_flag(text, "is_manage_primary", master);
        put_flag(text, "is_root_primary", master);
    }
}

void write_ha_checksums(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    (void)vdom;
    text_open(text, '[');
    for (uint32_t i = 0; i < count_members(fgt); i++) {
        const struct member member = get_member(fgt, i);

        text_open(text, '{');
        put_roles(fgt, member.master, text);
        text_key(text, "checksum");
        text_open(text, '{');
        put_text(text, "global", "b6b3f51996c7da2d8adcbb44baa39750");
        put_text(text, "root", "74cc1c60799e0a786ac7094b532f01b1");
        put_text(text, "all", "4df9cc121afe1c00de4e9e396af4cdb1");
        text_close(text, '}');
        put_text(text, "serial_no", member.serial);
        text_close(text, '}');
    }
    text_close(text, ']');
}

/* [cmdb_system_ha_6.4.4_full] */
void write_system_ha(const struct fgt *fgt, uint32_t vdom, struct text *text)
{
    static const char *const modes[] = {"standalone", "a-p", "a-a"};
    const struct device *device = fgt->device;

    (void)vdom;
    text_open(text, '{');
    put_number(text, "group-id", 0);
    put_text(text, "group-name", device->member_count > 0 ? device->ha_group : "");
    put_text(text, "mode", modes[device->ha_mode]);
    put_text(text, "hbdev", "");
    put_text(text, "override", "disable");
    put_number(text, "priority", 128);
    put_json(text, "ha-mgmt-interfaces", "[]");
    text_close(text, '}');
}
