/*
 * edge_facts.c - values of a switch or access point that are not in the unit lists.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "edge_facts.h"

#include "device_facts.h"

#include <stdio.h>
#include <string.h>

static const char *get_location(const struct edge *edge)
{
    return edge->access_point ? locations[edge->number % location_count] : "";
}

static void write_version(const struct edge *edge, struct edge_facts *facts)
{
    const struct edge_firmware *firmware =
        edge->access_point ? &access_point_firmwares[edge->number % access_point_firmware_count]
                           : &switch_firmwares[edge->number % switch_firmware_count];

    facts->release = firmware->release;
    facts->build = firmware->build;
    (void)snprintf(facts->os_version, sizeof(facts->os_version), "%s-v%s-build%s",
                   edge->model->prefix, firmware->release, firmware->build_text);
}

static void write_mac(const struct edge *edge, struct edge_facts *facts)
{
    (void)snprintf(facts->mac, sizeof(facts->mac), "94:f3:92:%02x:%02x:%02x",
                   edge->number >> 16 & 255U, edge->number >> 8 & 255U, edge->number & 255U);
}

static void begin(const struct edge *edge, bool connected, struct edge_facts *facts)
{
    *facts =
        (struct edge_facts){.connected = connected,
                            .os_version = "",
                            .address = UNKNOWN_ADDRESS,
                            .connecting_from = UNKNOWN_ADDRESS,
                            .mac = UNKNOWN_MAC,
                            .location = get_location(edge),
                            .peer_interface = edge->number % 7 == 0 ? "lag-core" : "fortilink"};
}

void edge_facts_cached(const struct edge *edge, struct edge_facts *ret)
{
    begin(edge, edge->connected, ret);
    if (!edge->connected)
        return;
    write_version(edge, ret);
    write_mac(edge, ret);
    (void)snprintf(ret->address, sizeof(ret->address), "192.168.%u.%u", edge->number / 250 % 250,
                   edge->number % 250 + 1);
}

/* Some units have connected or disconnected since the last poll; units in two unit lists have
 * not. */
static bool is_connected_now(const struct edge *edge)
{
    if (edge->reason != ASSET || edge->double_listed)
        return edge->connected;
    return edge->connected ? edge->number % 11 != 3 : edge->number % 13 == 5;
}

void edge_facts_live(const struct edge *edge, struct edge_facts *ret)
{
    bool connected = is_connected_now(edge);

    begin(edge, connected, ret);
    /* Some were never seen by their FortiGate, so they have no version (fortigate.md section
     * 3.4). */
    if (connected || (edge->reason == ASSET && edge->number % 3 != 0))
        write_version(edge, ret);
    if (!connected)
        return;
    ret->joined = 1700000000 + (int64_t)edge->number * 977;
    (void)snprintf(ret->connecting_from, sizeof(ret->connecting_from), "10.237.%u.%u",
                   edge->number / 250 % 250, edge->number % 250 + 1);
    /* FortiOS 6.4.5 reported neither, although the access points were connected
     * [wifi_managed_ap_6.4.5]. */
    if (device_firmware(edge->gate) < 70000)
        return;
    write_mac(edge, ret);
    /* Some have got another address since then. */
    (void)snprintf(ret->address, sizeof(ret->address), "%s.%u.%u",
                   edge->number % 4 == 0 ? "172.16" : "192.168", edge->number / 250 % 250,
                   edge->number % 250 + 1);
}
