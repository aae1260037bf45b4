/*
 * machines.c - what is true of the end systems that FortiNAC and EMS list.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "machines.h"

#include "catalog.h"
#include "random.h"
#include "text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* An odd multiplier: every number gives another serial. */
#define SPREAD UINT64_C(2654435761)

/* Serial numbers in the forms of G.4: each 'X' becomes a letter or digit, each '9' a digit. */
struct hardware {
    const char *maker;
    const char *model;
    const char *serial;
    const char *os;
};

static const struct hardware hardware[] = {
    {"Dell Inc.", "Latitude 5440", "XXXXXXX", "Microsoft Windows 11 Enterprise, 64-bit (22631)"},
    {"LENOVO", "21HMCTO1WW", "PFXXXXXX", "Microsoft Windows 10 Professional, 64-bit (19045)"},
    {"HP", "HP EliteBook 840 G8", "5CGXXXXXXX", "Microsoft Windows 11 Enterprise, 64-bit (22631)"},
    {"Apple Inc.", "MacBookPro18,3", "C02XXXXXXXXX", "macOS 14.5 (23F79)"},
    {"Microsoft Corporation", "Surface Pro 8", "999999999999", "Microsoft Windows 11"},
    {"Microsoft Corporation", "Virtual Machine", "9999-9999-9999-9999-9999-9999-99",
     "Microsoft Windows Server 2022 Standard, 64-bit (20348)"},
    {"Dell Inc.", "OptiPlex 7010", "XXXXXXX", "Linux Ubuntu 22.04"},
    {"LENOVO", "ThinkStation P3", "PF-XXXXXX", "Linux Red Hat 9.3"},
};

/* Of GLPI's and OCS' lists (G.4). The last one is VMware's. */
static const char *const placeholders[] = {
    "To Be Filled By O.E.M.",
    "System Serial Number",
    "Default string",
    "0123456789",
    "none",
    "00000000",
    "Not Specified",
    "NNNNNNN",
    "SYS-1234567890",
    "xxxxxxxxxxx",
    "123456789",
    "EVAL",
    "INVALID",
    "Chassis Serial Number",
    "N/A",
    "VMware-56 4d 8f 1c 33 0a 5e 2b-7c 90 11 d2 e8 43 6a f5",
};

/* Where the oddities stand in a period. */
enum place {
    PLACE_SERIALLESS = 4,
    PLACE_LOWER_CASE = 6,
    PLACE_BLANKS = 7,
    PLACE_PLACEHOLDER = 9,
    PLACE_SHARED = 14,
    PLACE_SHARED_TOO = 15,
    PLACE_AWKWARD_NAME = 17,
    PLACE_SAME_NAME = 20
};

static void make_serial(struct machine *machine, const char *form, uint64_t number)
{
    static const char letters[] = "0123456789ABCDEFGHJKLMNPQRSTVWXY";
    uint64_t rest = number;
    size_t size = strlen(form);

    for (size_t i = size; i-- > 0;) {
        char c = form[i];

        /* From the end, so that what differs is never cut off. */
        if (c == 'X') {
            c = letters[rest % 32];
            rest /= 32;
        } else if (c == '9') {
            c = letters[rest % 10];
            rest /= 10;
        }
        machine->serial[i] = c;
    }
    machine->serial[size] = '\0';
}

/* What the key is, while the machine spells it in another way. */
static void respell(struct machine *machine, size_t place)
{
    (void)snprintf(machine->key, sizeof(machine->key), "%s", machine->serial);
    if (place == PLACE_LOWER_CASE)
        for (char *at = machine->serial; *at != '\0'; at++)
            *at = (char)tolower((unsigned char)*at);
    if (place == PLACE_BLANKS)
        (void)snprintf(machine->serial, sizeof(machine->serial), " %.40s  ", machine->key);
}

static void identify(struct machine *machine, size_t index, uint64_t seed)
{
    const struct hardware *kind = &hardware[index % COUNT(hardware)];
    size_t place = index % MACHINES_PERIOD;
    /* Within 2^35, the room of seven letters. */
    uint64_t number = (index + 1) * SPREAD + seed % 1000 * 7919;

    machine->maker = kind->maker;
    machine->model = kind->model;
    machine->os = kind->os;
    switch (place) {
    case PLACE_SERIALLESS: machine->identity = MACHINE_SERIALLESS; break;
    case PLACE_PLACEHOLDER:
        machine->identity = MACHINE_PLACEHOLDER;
        (void)snprintf(machine->serial, sizeof(machine->serial), "%s",
                       placeholders[index / MACHINES_PERIOD % COUNT(placeholders)]);
        break;
    case PLACE_SHARED:
    case PLACE_SHARED_TOO:
        machine->identity = MACHINE_SHARED;
        (void)snprintf(machine->serial, sizeof(machine->serial), "SM%06zu",
                       index / MACHINES_PERIOD % 1000000);
        break;
    default:
        machine->identity = MACHINE_KNOWN;
        make_serial(machine, kind->serial, number);
        respell(machine, place);
        break;
    }
}

static void give_name(struct machine *machine, size_t index, struct random *random)
{
    size_t place = index % MACHINES_PERIOD;
    size_t period = index / MACHINES_PERIOD;

    if (place == PLACE_AWKWARD_NAME)
        (void)snprintf(machine->name, sizeof(machine->name), "%.60s",
                       awkward_names[period % awkward_name_count]);
    else if (place == PLACE_SAME_NAME)
        (void)snprintf(machine->name, sizeof(machine->name), "localhost");
    else
        (void)snprintf(machine->name, sizeof(machine->name), "%s-%05zu",
                       random_chance(random, 70) ? "LT" : "PC", index % 100000);
    (void)snprintf(machine->user, sizeof(machine->user), "user%03" PRIu32,
                   random_below(random, 1000));
}

static void give_addresses(struct machine *machine, size_t index)
{
    unsigned high = (unsigned)(index >> 16) & 255;
    unsigned middle = (unsigned)(index >> 8) & 255;
    unsigned low = (unsigned)index & 255;
    bool vpn = machine->identity == MACHINE_SHARED;

    (void)snprintf(machine->mac, sizeof(machine->mac), "3C:52:82:%02X:%02X:%02X", high, middle,
                   low);
    /* G.4: Windows gives this one to a VPN, so that it says nothing of a machine. */
    if (vpn)
        (void)snprintf(machine->dock_mac, sizeof(machine->dock_mac), "44:45:53:54:00:00");
    else
        (void)snprintf(machine->dock_mac, sizeof(machine->dock_mac), "E4:54:E8:%02X:%02X:%02X",
                       high, middle, low);
    (void)snprintf(machine->ip, sizeof(machine->ip), "10.%u.%u.%u", high, middle, low);
}

void machines_grow(struct machines *machines, uint64_t seed, size_t count, int64_t now)
{
    struct random random = {.state = seed};
    int64_t last_seen = now;

    machines->count = count;
    machines->items = must_allocate(count > 0 ? count : 1, sizeof(machines->items[0]));
    for (size_t i = 0; i < count; i++) {
        struct machine *machine = &machines->items[i];

        *machine = (struct machine){.last_seen = last_seen};
        identify(machine, i, seed);
        give_name(machine, i, &random);
        give_addresses(machine, i);
        last_seen -= 60 + random_below(&random, 3600);
    }
}

void machines_release(struct machines *machines)
{
    free(machines->items);
    *machines = (struct machines){NULL, 0};
}
