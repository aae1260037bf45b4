/*
 * hosts.c - the hosts of a FortiNAC.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "hosts.h"

#include "random.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* 2026-03-01T00:00:00Z */
#define NOW INT64_C(1772323200)

/* The creation of the first host (fortinac_host_7.4_docs). */
#define FIRST_CREATED_MS INT64_C(1583431955310)

/* Where, of every MACHINES_PERIOD machines, one is registered twice. */
enum twin {
    TWIN_SAME_NAME = 11, /* again by the adapter of its dock, earlier */
    TWIN_SAME_MAC = 12   /* again under another name, later */
};

struct kind {
    int type;
    const char *label;
};

/* fortinac_host_7.4_docs has the first; the others are made up. */
static const struct kind rogue = {9, "Rogue"};
static const struct kind kinds[] = {{1, "Registered Host"}, {3, "IP Phone"}, {7, "Gaming Device"}};

static const char *const roles[] = {NULL, "NAC-Default", "Employees", "Servers \"A\""};
static const char *const owners[] = {NULL, "Zo\xc3\xab Example", "owner01", "owner02"};
static const char *const versions[] = {"9.4.3.106", "7.2.6.0055", "7.4.0.0110"};
static const char *const rogue_systems[] = {"Linux Fedora based", NULL, "Chrome OS", "Windows 10"};

/* The form is recorded (G.1); the first is recorded whole. */
static const struct place places[] = {
    {"FortiGateRugged-60F", "192.168.130.1", "root", "SR12DPTD21001461", 1},
    {"FGT-Berlin", "10.20.0.1", "guest", "S148ENTQ22009587", 13},
    {NULL, NULL, NULL, NULL, 0},
    {"FGT-Berlin", "10.20.0.1", "root", "S108DVQRIQHD9123", 2},
};

static int64_t after(int64_t seconds, int64_t milliseconds)
{
    return seconds * 1000 + milliseconds;
}

/* A contact is of the host, of its adapter, or of both, of which the newer counts. */
static void contact(struct host *host, int64_t seconds, size_t index)
{
    host->polled_ms = index % 3 == 0 ? 0 : after(seconds, 954);
    host->adapter_polled_ms = index % 3 == 1 ? 0 : after(seconds, 105);
    if (index % 6 == 2)
        host->polled_ms -= 600000;
    if (index % 6 == 5)
        host->adapter_polled_ms -= 600000;
}

static void set_mac(struct host *host, const char *mac)
{
    if (host->mac_count < HOST_ADAPTERS)
        (void)snprintf(host->macs[host->mac_count++], MACHINE_MAC_SIZE, "%s", mac);
}

static struct host *add_host(struct hosts *hosts)
{
    struct host *host = &hosts->items[hosts->count];

    /* Ids have gaps. */
    *host = (struct host){.id = (int64_t)(hosts->count * 3 + 1),
                          .created_ms = FIRST_CREATED_MS + (int64_t)hosts->count * 61000};
    hosts->count++;
    return host;
}

static struct host *add_machine(struct hosts *hosts, size_t index)
{
    const struct machine *machine = &hosts->machines.items[index];
    struct host *host = add_host(hosts);

    host->machine = machine;
    /* A machine without a name still has a MAC, of which FortiNAC makes its name. */
    if (index % MACHINES_PERIOD != 1)
        (void)snprintf(host->name, sizeof(host->name), "%s", machine->name);
    set_mac(host, machine->mac);
    set_mac(host, machine->dock_mac);
    host->system = machine->os;
    host->owner = owners[index % COUNT(owners)];
    host->role = roles[index % COUNT(roles)];
    host->agent_version = versions[index % COUNT(versions)];
    host->type = kinds[index % COUNT(kinds)].type;
    host->type_label = kinds[index % COUNT(kinds)].label;
    host->connected = index % 3 == 0;
    host->mdm = index % 4 == 1;
    host->place = places[index % COUNT(places)];
    contact(host, machine->last_seen, index);
    /* One that was never seen. */
    if (index % MACHINES_PERIOD == 3)
        host->polled_ms = host->adapter_polled_ms = 0;
    return host;
}

/* Another host of the same machine. */
static void add_twin(struct hosts *hosts, size_t index)
{
    size_t place = index % MACHINES_PERIOD;
    const struct machine *machine = &hosts->machines.items[index];
    struct host *host;

    if (place != TWIN_SAME_NAME && place != TWIN_SAME_MAC)
        return;
    host = add_machine(hosts, index);
    host->mac_count = 0;
    set_mac(host, machine->dock_mac);
    if (place == TWIN_SAME_NAME) {
        contact(host, machine->last_seen - 86400, index);
        return;
    }
    set_mac(host, machine->mac);
    (void)snprintf(host->name, sizeof(host->name), "re-%.50s", machine->name);
    contact(host, machine->last_seen + 7, index);
}

static void add_rogue(struct hosts *hosts, uint32_t index)
{
    struct host *host = add_host(hosts);
    char mac[MACHINE_MAC_SIZE];

    (void)snprintf(mac, sizeof(mac), "00:50:56:%02X:%02X:%02X", index >> 16 & 255, index >> 8 & 255,
                   index & 255);
    set_mac(host, mac);
    host->system = rogue_systems[index % COUNT(rogue_systems)];
    host->type = rogue.type;
    host->type_label = rogue.label;
    host->connected = index % 2 == 0;
    host->place = places[index % COUNT(places)];
    host->polled_ms = index % 2 == 0 ? host->created_ms : 0;
}

void hosts_grow(struct hosts *hosts, uint64_t seed, uint32_t machines, uint32_t rogues)
{
    struct random random = {.state = seed};
    size_t next = 0;
    uint32_t next_rogue = 0;

    machines_grow(&hosts->machines, seed, machines, NOW);
    /* At most one twin for each machine. */
    hosts->items = must_allocate((size_t)machines * 2 + rogues, sizeof(hosts->items[0]));
    while (next < machines || next_rogue < rogues) {
        if (next == machines ||
            (next_rogue < rogues && random_below(&random, machines + rogues) < rogues)) {
            add_rogue(hosts, next_rogue++);
        } else {
            (void)add_machine(hosts, next);
            add_twin(hosts, next++);
        }
    }
}

void hosts_release(struct hosts *hosts)
{
    machines_release(&hosts->machines);
    free(hosts->items);
    *hosts = (struct hosts){.items = NULL};
}

/* Moving ------------------------------------------------------------------------------------- */

static bool may_move(const struct hosts *hosts, const struct host *host)
{
    size_t place;

    if (host->machine == NULL || host->machine->identity != MACHINE_KNOWN)
        return false;
    place = (size_t)(host->machine - hosts->machines.items) % MACHINES_PERIOD;
    return place != TWIN_SAME_NAME && place != TWIN_SAME_MAC;
}

void hosts_choose_moving(struct hosts *hosts, size_t count, bool added)
{
    for (size_t i = 0; i < hosts->count && count > 0 && hosts->moving_count < MAXIMUM_MOVING; i++) {
        if (!may_move(hosts, &hosts->items[i]))
            continue;
        hosts->items[i].absent = added;
        hosts->moving[hosts->moving_count++] = &hosts->items[i];
        count--;
    }
}

void hosts_move(struct hosts *hosts)
{
    if (hosts->moved == hosts->moving_count)
        return;
    hosts->moving[hosts->moved]->absent = !hosts->moving[hosts->moved]->absent;
    hosts->moved++;
}

/* Facts -------------------------------------------------------------------------------------- */

const char *host_serial(const struct host *host)
{
    return host->machine != NULL && host->machine->serial[0] != '\0' ? host->machine->serial : NULL;
}

void host_location(const struct host *host, char ret_text[HOST_TEXT_SIZE])
{
    const struct place *place = &host->place;

    ret_text[0] = '\0';
    if (place->fgt != NULL)
        (void)snprintf(ret_text, HOST_TEXT_SIZE, "%s [%s]:%s:%s:port%u", place->fgt, place->address,
                       place->vdom, place->switch_serial, place->port);
}

int64_t host_contact(const struct host *host)
{
    int64_t newest =
        host->polled_ms > host->adapter_polled_ms ? host->polled_ms : host->adapter_polled_ms;

    return newest / 1000;
}
