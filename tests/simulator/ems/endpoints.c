/*
 * endpoints.c - the endpoints of an EMS.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "endpoints.h"

#include "text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY_S ((int64_t)24 * 60 * 60)

/* The most rows that a machine causes: two registrations, and one of the directory. */
#define ROWS_A_MACHINE 3

/* Where the oddities stand in a period of machines, beside those of machines.c. */
enum place {
    PLACE_REGISTERED_AGAIN = 2,
    PLACE_DIRECTORY = 3,
    PLACE_NEVER_SEEN = 5,
    PLACE_NO_CONTACT = 8,
    PLACE_DOCK = 11,
    PLACE_RENAMED = 22
};

struct growth {
    struct endpoints *endpoints;
    struct random random;
    uint32_t last_id;
};

static struct endpoint *add_row(struct growth *growth, const char *name)
{
    struct endpoint *endpoint = &growth->endpoints->items[growth->endpoints->count++];

    /* Ids have gaps, where rows were deleted. */
    growth->last_id += 1 + random_below(&growth->random, 3);
    *endpoint = (struct endpoint){.device_id = growth->last_id};
    (void)snprintf(endpoint->name, sizeof(endpoint->name), "%s", name);
    return endpoint;
}

static void add_directory_row(struct growth *growth)
{
    char name[MACHINE_TEXT_SIZE];

    (void)snprintf(name, sizeof(name), "AD-%05zu", growth->endpoints->count % 100000);
    (void)add_row(growth, name);
}

static void give_uid(struct growth *growth, struct endpoint *endpoint)
{
    uint64_t high = random_next(&growth->random);

    (void)snprintf(endpoint->uid, sizeof(endpoint->uid), "%016" PRIX64 "%016" PRIX64, high,
                   random_next(&growth->random));
}

/* The registration of a machine that counts. */
static void register_machine(struct growth *growth, const struct machine *machine, size_t place)
{
    struct endpoint *endpoint = add_row(growth, machine->name);

    give_uid(growth, endpoint);
    endpoint->machine = machine;
    endpoint->alone =
        place != PLACE_REGISTERED_AGAIN && place != PLACE_DOCK && place != PLACE_RENAMED;
    endpoint->online = random_chance(&growth->random, 60);
    memcpy(endpoint->mac, machine->mac, sizeof(endpoint->mac));
    endpoint->last_seen = machine->last_seen;
    if (place == PLACE_NEVER_SEEN || place == PLACE_NO_CONTACT) {
        endpoint->contact = place == PLACE_NEVER_SEEN ? CONTACT_ZERO : CONTACT_NULL;
        endpoint->last_seen = 0;
        endpoint->online = false;
    }
    if (machine->identity == MACHINE_SERIALLESS)
        endpoint->lacking = (enum lacking)(1 + growth->endpoints->count % LACKING_SERIAL);
}

/* In another way than the newer registration. */
static void spell_mac(struct endpoint *endpoint, const char *mac)
{
    for (size_t i = 0; i < MACHINE_MAC_SIZE; i++)
        endpoint->mac[i] = mac[i] == ':' ? '-' : (char)tolower((unsigned char)mac[i]);
}

/* An older registration of the same machine: under another name, from its dock, or the same. */
static void register_before(struct growth *growth, const struct machine *machine, size_t place)
{
    struct endpoint *endpoint;
    char name[MACHINE_TEXT_SIZE];

    if (place == PLACE_RENAMED)
        (void)snprintf(name, sizeof(name), "OLD-%05zu", growth->endpoints->count % 100000);
    else
        (void)snprintf(name, sizeof(name), "%s", machine->name);
    endpoint = add_row(growth, name);
    give_uid(growth, endpoint);
    endpoint->machine = machine;
    endpoint->stale = true;
    spell_mac(endpoint, place == PLACE_DOCK ? machine->dock_mac : machine->mac);
    endpoint->last_seen = machine->last_seen - 40 * DAY_S;
}

void endpoints_grow(struct endpoints *endpoints, uint64_t seed, uint32_t machines,
                    uint32_t directory)
{
    struct growth growth = {.endpoints = endpoints, .random = {.state = ~seed}, .last_id = 100};
    size_t most = (size_t)machines * ROWS_A_MACHINE + directory + 1;

    machines_grow(&endpoints->machines, seed, machines, (int64_t)time(NULL) - 60);
    endpoints->items = must_allocate(most, sizeof(endpoints->items[0]));
    endpoints->sorted = must_allocate(most, sizeof(endpoints->sorted[0]));
    for (size_t i = 0; i < machines; i++) {
        const struct machine *machine = &endpoints->machines.items[i];
        size_t place = i % MACHINES_PERIOD;

        register_machine(&growth, machine, place);
        if (place == PLACE_REGISTERED_AGAIN || place == PLACE_DOCK || place == PLACE_RENAMED)
            register_before(&growth, machine, place);
        if (place == PLACE_DIRECTORY)
            add_directory_row(&growth);
    }
    for (uint32_t i = 0; i < directory; i++)
        add_directory_row(&growth);
}

void endpoints_release(struct endpoints *endpoints)
{
    machines_release(&endpoints->machines);
    free(endpoints->items);
    free(endpoints->sorted);
    *endpoints = (struct endpoints){.count = 0};
}

const struct endpoint *endpoints_find(const struct endpoints *endpoints, uint64_t device_id)
{
    size_t low = 0;
    size_t high = endpoints->count;

    /* They are in the order of their ids. */
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (endpoints->items[middle].device_id < device_id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == endpoints->count || endpoints->items[low].device_id != device_id ||
        endpoints->items[low].away)
        return NULL;
    return &endpoints->items[low];
}

typedef int comparison(const void *one, const void *other);

static int compare_uids(const void *one, const void *other)
{
    return strcmp((*(struct endpoint *const *)one)->uid, (*(struct endpoint *const *)other)->uid);
}

static int compare_names(const void *one, const void *other)
{
    return strcmp((*(struct endpoint *const *)one)->name, (*(struct endpoint *const *)other)->name);
}

/* Shuffles each run of equal ones (Fisher, Yates). */
static void shuffle_equal(struct endpoint **sorted, size_t count, comparison *compare,
                          struct random *random)
{
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && compare(&sorted[from], &sorted[to]) == 0; to++)
            continue;
        for (size_t i = to - 1; i > from; i--) {
            size_t j = from + random_below(random, (uint32_t)(i - from + 1));
            struct endpoint *swapped = sorted[i];

            sorted[i] = sorted[j];
            sorted[j] = swapped;
        }
    }
}

size_t endpoints_sort(struct endpoints *endpoints, enum endpoint_order order, struct random *random)
{
    comparison *compare = order == ENDPOINTS_BY_UID ? compare_uids : compare_names;
    size_t count = 0;

    for (size_t i = 0; i < endpoints->count; i++)
        if (!endpoints->items[i].away)
            endpoints->sorted[count++] = &endpoints->items[i];
    if (order != ENDPOINTS_BY_ID) {
        qsort(endpoints->sorted, count, sizeof(endpoints->sorted[0]), compare);
        shuffle_equal(endpoints->sorted, count, compare, random);
    }
    return count;
}

void endpoints_choose_moving(struct endpoints *endpoints, uint64_t count, bool come)
{
    for (size_t i = 0; i < endpoints->count && count > 0; i++) {
        struct endpoint *endpoint = &endpoints->items[i];

        if (endpoint->machine == NULL || endpoint->machine->identity != MACHINE_KNOWN ||
            !endpoint->alone || endpoint->moves)
            continue;
        endpoint->moves = true;
        endpoint->away = come;
        count--;
    }
}

void endpoints_move(struct endpoints *endpoints)
{
    for (size_t i = 0; i < endpoints->count; i++) {
        struct endpoint *endpoint = &endpoints->items[i];

        if (!endpoint->moves || endpoint->moved)
            continue;
        endpoint->moved = true;
        endpoint->away = !endpoint->away;
        return;
    }
}
