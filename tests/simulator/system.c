/*
 * system.c - answers on the FortiManager itself: /sys/status, /sys/ha/status, /sys/session.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "system.h"

static void put(struct text *text, const char *key, const char *value)
{
    text_key(text, key);
    text_string(text, value);
}

static void put_number(struct text *text, const char *key, int64_t value)
{
    text_key(text, key);
    text_integer(text, value);
}

/* Members: samples sys_status_rest, cli_system_status and seed 004. */
void system_write_status(const struct simulator *simulator, struct text *text)
{
    const struct system_unit *unit = &simulator->topology.system;

    text_open(text, '{');
    put(text, "Admin Domain Configuration",
        simulator->settings.adoms_disabled ? "Disabled" : "Enabled");
    put(text, "BIOS version", "04000002");
    text_key(text, "Branch Point");
    text_format(text, "\"%04d\"", unit->build);
    text_key(text, "Build");
    text_format(text, "\"%04d\"", unit->build);
    put(text, "Current Time", "Tue Sep 13 17:15:22 CEST 2022");
    put(text, "Daylight Time Saving", "Yes");
    put(text, "FIPS Mode", "Disabled");
    put(text, "HA Mode", unit->peer_serial[0] != '\0' ? "Primary" : "Stand Alone");
    put(text, "Hostname", unit->hostname);
    put(text, "License Status", "Valid");
    put_number(text, "Major", unit->major);
    put_number(text, "Max Number of Admin Domains", 10000);
    put_number(text, "Max Number of Device Groups", 10000);
    put_number(text, "Minor", unit->minor);
    put(text, "Offline Mode", "Disabled");
    put_number(text, "Patch", unit->patch);
    put(text, "Platform Full Name", "FortiManager-VM64");
    put(text, "Platform Type", "FMG-VM64");
    put(text, "Release Version Information", " (GA)");
    put(text, "Serial Number", unit->serial);
    put(text, "TZ", "Europe/Brussels");
    put(text, "Time Zone", "(GMT+1:00) Brussels, Copenhagen, Madrid, Paris.");
    text_key(text, "Version");
    text_format(text, "\"v%s-build%04d 220202 (GA)\"", unit->version, unit->build);
    put(text, "x86-64 Applications", "Yes");
    text_close(text, '}');
}

/* Sample sys_ha_status; the answer of a stand-alone unit is not recorded, so it is minimal here. */
void system_write_ha_status(const struct simulator *simulator, struct text *text)
{
    const struct system_unit *unit = &simulator->topology.system;

    text_open(text, '{');
    if (unit->peer_serial[0] == '\0') {
        put(text, "HA Role", "Standalone");
        text_close(text, '}');
        return;
    }
    put_number(text, "Cluster-ID", 1);
    put(text, "FMG-HA Status", "Synchronized State");
    put_number(text, "File-Quota", 4096);
    put(text, "HA Health Status", "OK");
    put(text, "HA Role", "Primary");
    put(text, "Model", "FortiManager-VM64");
    text_key(text, "Primary");
    text_format(text, "\"%s, %s, 10.210.34.230\"", unit->hostname, unit->serial);
    text_key(text, "members");
    text_open(text, '[');
    text_open(text, '{');
    put_number(text, "Estimated Sync Time Left (seconds)", 0);
    put(text, "HA Sync status", "up,in-sync");
    put(text, "Hostname", unit->peer_hostname);
    put(text, "IP", "10.210.34.236");
    put(text, "Last Error", "");
    put_number(text, "Last Heartbeat (seconds)", 8);
    put(text, "Pending Synced Data (bytes)", "0");
    put(text, "Serial Number", unit->peer_serial);
    text_close(text, '}');
    text_close(text, ']');
    text_close(text, '}');
}

/* Sample sys_session_b. */
void system_write_session(const struct simulator *simulator, struct text *text)
{
    text_open(text, '{');
    put(text, "admin_adom", "root");
    put(text, "admin_prof", "Read_Only");
    put(text, "admin_user", simulator->settings.user);
    text_key(text, "adom_list");
    text_literal(text, "[]");
    put_number(text, "adom_override", 0);
    put(text, "current_adom_name", "root");
    put(text, "email", "");
    put(text, "first_name", "");
    put(text, "last_name", "");
    put(text, "login_user", simulator->settings.user);
    put_number(text, "time_left", simulator->settings.session_seconds);
    put_number(text, "timestamp", 1750000000);
    put_number(text, "valid", 1);
    text_close(text, '}');
}
