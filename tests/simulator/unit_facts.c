/*
 * unit_facts.c - values of a switch or access point that are not in the unit lists.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_facts.h"

#include "device_facts.h"

#include <stdio.h>
#include <string.h>

static const char *get_location(const struct unit *unit)
{
    return unit->access_point ? locations[unit->number % location_count] : "";
}

static void write_version(const struct unit *unit, struct unit_facts *facts)
{
    const struct unit_firmware *firmware =
        unit->access_point ? &access_point_firmwares[unit->number % access_point_firmware_count]
                           : &switch_firmwares[unit->number % switch_firmware_count];

    facts->release = firmware->release;
    facts->build = firmware->build;
    (void)snprintf(facts->os_version, sizeof(facts->os_version), "%s-v%s-build%s",
                   unit->model->prefix, firmware->release, firmware->build_text);
}

static void write_mac(const struct unit *unit, struct unit_facts *facts)
{
    (void)snprintf(facts->mac, sizeof(facts->mac), "94:f3:92:%02x:%02x:%02x",
                   unit->number >> 16 & 255U, unit->number >> 8 & 255U, unit->number & 255U);
}

static void begin(const struct unit *unit, bool connected, struct unit_facts *facts)
{
    *facts =
        (struct unit_facts){.connected = connected,
                            .os_version = "",
                            .address = UNKNOWN_ADDRESS,
                            .connecting_from = UNKNOWN_ADDRESS,
                            .mac = UNKNOWN_MAC,
                            .location = get_location(unit),
                            .peer_interface = unit->number % 7 == 0 ? "lag-core" : "fortilink"};
}

void unit_facts_cached(const struct unit *unit, struct unit_facts *ret)
{
    begin(unit, unit->connected, ret);
    if (!unit->connected)
        return;
    write_version(unit, ret);
    write_mac(unit, ret);
    (void)snprintf(ret->address, sizeof(ret->address), "192.168.%u.%u", unit->number / 250 % 250,
                   unit->number % 250 + 1);
}

/* Some units have connected or disconnected since the last poll; units in two unit lists have
 * not. */
static bool is_connected_now(const struct unit *unit)
{
    if (unit->reason != ASSET || unit->double_listed)
        return unit->connected;
    return unit->connected ? unit->number % 11 != 3 : unit->number % 13 == 5;
}

void unit_facts_live(const struct unit *unit, struct unit_facts *ret)
{
    bool connected = is_connected_now(unit);

    begin(unit, connected, ret);
    /* Some were never seen by their FortiGate, so they have no version (fortigate.md section
     * 3.4). */
    if (connected || (unit->reason == ASSET && unit->number % 3 != 0))
        write_version(unit, ret);
    if (!connected)
        return;
    ret->joined = 1700000000 + (int64_t)unit->number * 977;
    (void)snprintf(ret->connecting_from, sizeof(ret->connecting_from), "10.237.%u.%u",
                   unit->number / 250 % 250, unit->number % 250 + 1);
    /* FortiOS 6.4.5 reported neither, although the access points were connected
     * [wifi_managed_ap_6.4.5]. */
    if (device_firmware(unit->fgt) < 70000)
        return;
    write_mac(unit, ret);
    /* Some have got another address since then. */
    (void)snprintf(ret->address, sizeof(ret->address), "%s.%u.%u",
                   unit->number % 4 == 0 ? "172.16" : "192.168", unit->number / 250 % 250,
                   unit->number % 250 + 1);
}
