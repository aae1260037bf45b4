/*
 * endpoints.c - one asset a machine, from a list of end systems that may have it more than once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "endpoints.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "catalogue/endpoint_serial.h"

/* Hexadecimal digits of a MAC address. */
#define MAC_DIGITS 12

/*
 * Writes "\nMAC\n" without separators, in upper case; false for what is none, or that of many
 * machines: none, broadcast, adapters of VPN and dial-up [OCS Inventory: blacklist_macaddresses].
 */
static bool mac_token(const char *mac, char ret[static MAC_DIGITS + 3])
{
    static const char *const common[] = {"000000000000", "FFFFFFFFFFFF", "444553540000",
                                         "444553547777", "020054554E01", "005345000000",
                                         "505054503030", "33506F453030"};
    size_t size = 1;

    for (; mac != NULL && *mac != '\0'; mac++) {
        bool hex = strchr("0123456789abcdefABCDEF", *mac) != NULL;

        if ((!hex && strchr(":-. ", *mac) == NULL) || (hex && size > MAC_DIGITS)) {
            return false;
        }
        if (hex) {
            ret[size++] = (char)(*mac >= 'a' ? *mac - 'a' + 'A' : *mac);
        }
    }
    if (size != MAC_DIGITS + 1) {
        return false;
    }
    ret[0] = ret[size] = '\n';
    ret[size + 1] = '\0';
    for (size_t i = 0; i < COUNT(common); i++) {
        if (strncmp(ret + 1, common[i], MAC_DIGITS) == 0) {
            return false;
        }
    }
    return true;
}

/* Appends bytes; false without memory. */
static bool keep(struct kept *kept, const char *bytes, size_t size)
{
    char *larger = realloc(kept->bytes, kept->size + size);

    if (larger == NULL) {
        return false;
    }
    memcpy(larger + kept->size, bytes, size);
    kept->bytes = larger;
    kept->size += size;
    return true;
}

static void forget(struct kept *kept)
{
    free(kept->bytes);
    *kept = (struct kept){0};
}

/*
 * Adds a token to the names of a machine, unless it has it already. `*ret_known`: one of its former
 * rows, whose names take up `former` bytes, had it; a row may name the same thing twice. False
 * without memory.
 */
static bool add_token(struct endpoint_machine *machine, size_t former, const char *token,
                      bool *ret_known)
{
    struct kept *names = &machine->names;
    const char *found = names->bytes != NULL ? strstr(names->bytes, token) : NULL;
    size_t size = strlen(token);

    if (found != NULL) {
        *ret_known = *ret_known || (size_t)(found - (const char *)names->bytes) < former;
        return true;
    }
    if (names->size + size >= ENDPOINT_NAMES_MAX) {
        return true;
    }
    names->size -= names->size > 0 ? 1 : 0; /* over the NUL */
    return keep(names, token, size + 1);
}

/*
 * Adds the names and MAC addresses of a row; `*ret_known`: the machine had one of them. False
 * without memory.
 */
static bool add_names(struct endpoint_machine *machine, const struct endpoint *endpoint,
                      bool *ret_known)
{
    const struct device *device = endpoint->device;
    const char *names[] = {device->values[ATTRIBUTE_hostname].text,
                           device->values[ATTRIBUTE_name].text, device->title};
    char token[NAME_MAX_BYTES + 3], mac[MAC_DIGITS + 3];
    size_t former = machine->names.size > 0 ? machine->names.size - 1 : 0; /* without the NUL */
    bool kept = true;

    for (size_t i = 0; kept && i < COUNT(names); i++) {
        if (device_name(names[i]) != NULL) {
            (void)snprintf(token, sizeof(token), "\n%s\n", names[i]);
            for (char *at = token; *at != '\0'; at++) {
                *at = utf8_lower(*at);
            }
            kept = add_token(machine, former, token, ret_known);
        }
    }
    for (size_t i = 0; kept && i < endpoint->mac_count; i++) {
        kept = !mac_token(endpoint->macs[i], mac) || add_token(machine, former, mac, ret_known);
    }
    return kept;
}

static size_t machine_bytes(const struct endpoint_machine *machine)
{
    return machine->device.size + machine->names.size + machine->keys.size;
}

static void machine_release(struct endpoint_machine *machine)
{
    forget(&machine->device);
    forget(&machine->names);
    forget(&machine->keys);
}

/* Returns the machine with a serial number, a new one without rows; NULL without memory. */
static struct endpoint_machine *find_machine(struct endpoints *endpoints, const char *serial)
{
    const struct endpoint_machine fresh = {0};
    uint32_t *index = NULL;
    bool added = false;

    if (strmap_put(&endpoints->serials, serial, (uint32_t)endpoints->machines.count, &index,
                   &added) == NULL ||
        (added && !endpoint_list_add(&endpoints->machines, fresh))) {
        return NULL;
    }
    return &endpoints->machines.items[*index];
}

/* Keeps a packed device instead of the former one; false without memory. */
static bool keep_device(struct endpoints *endpoints, struct endpoint_machine *machine,
                        const struct device *device)
{
    struct buffer *packed = &endpoints->packed;

    packed->maximum = DOCUMENT_MAX;
    buffer_clear(packed);
    device_pack(device, packed);
    forget(&machine->device);
    return packed->state == BUFFER_OK && keep(&machine->device, packed->data, packed->size);
}

/* Adds a row to its machine; false without memory. */
static bool add_row(struct endpoints *endpoints, struct endpoint_machine *machine,
                    const struct endpoint *endpoint, const char *serial)
{
    struct device device = *endpoint->device;
    bool known = false;

    if (!add_names(machine, endpoint, &known) ||
        !keep(&machine->keys, endpoint->key, strlen(endpoint->key) + 1)) {
        return false;
    }
    machine->shared = machine->shared || (machine->rows > 0 && !known);
    if (machine->rows++ > 0 && endpoint->contact <= machine->contact) {
        return true;
    }
    machine->contact = endpoint->contact;
    device_set_text(&device, ATTRIBUTE_serial_number, serial);
    return keep_device(endpoints, machine, &device);
}

/* Keeps the memory of the run within its limit: inventory_room(). */
static int32_t keep_room(struct endpoints *endpoints, struct failure *failure)
{
    return inventory_room(endpoints->inventory,
                          endpoints->beside + endpoints->bytes + strmap_bytes(&endpoints->serials) +
                              endpoints->machines.capacity * sizeof(*endpoints->machines.items),
                          failure);
}

/* Notes the serial number of a row that identifies no machine. */
static void note_placeholder(struct endpoints *endpoints, const char *serial)
{
    endpoints->placeholders++;
    if (strstr(endpoints->placeholder_names, serial) == NULL) {
        utf8_list(endpoints->placeholder_names, sizeof(endpoints->placeholder_names), serial);
    }
}

int32_t endpoints_add(struct endpoints *endpoints, const struct endpoint *endpoint,
                      struct failure *failure)
{
    const struct device *device = endpoint->device;
    char serial[ENDPOINT_SERIAL_MAX + 1];

    utf8_copy(endpoints->scope, sizeof(endpoints->scope), device->scope, strlen(device->scope));
    endpoints->type = device->type;
    if (endpoint->serial == NULL || *utf8_shown(endpoint->serial) == '\0') {
        endpoints->absent++;
        return keep_room(endpoints, failure);
    }
    if (!endpoint_serial(endpoint->serial, serial)) {
        note_placeholder(endpoints, endpoint->serial);
        return keep_room(endpoints, failure);
    }
    struct endpoint_machine *machine = find_machine(endpoints, serial);
    if (machine == NULL) {
        return fail_memory(endpoints->operation, failure);
    }
    size_t former = machine_bytes(machine);
    if (!add_row(endpoints, machine, endpoint, serial)) {
        return fail_memory(endpoints->operation, failure);
    }
    endpoints->bytes += machine_bytes(machine) - former;
    return keep_room(endpoints, failure);
}

/* Reports that a serial number identifies none of the machines that have it. */
static int32_t report_shared(struct endpoints *endpoints, const struct endpoint_machine *machine,
                             const struct device *device, struct failure *failure)
{
    const char *serial = device_serial(device), *key = machine->keys.bytes;
    const struct message_number count = message_number(machine->rows);
    struct inventory_row row = {device->type, device->scope, SKIP_serial_shared, NULL, serial};
    int32_t code = HECTOR_OK;

    for (uint32_t i = 0; code == HECTOR_OK && i < machine->rows; i++, key += strlen(key) + 1) {
        row.subject = key;
        code = inventory_skip(endpoints->inventory, &row, failure);
    }
    return code != HECTOR_OK
               ? code
               : inventory_problem(endpoints->inventory,
                                   PROBLEM(SEVERITY_WARNING, SKIP_serial_shared, serial,
                                           ARGUMENTS(serial, count.text), .scope = device->scope,
                                           .device_type = device_type_id(device->type),
                                           .sync_key = serial),
                                   failure);
}

static int32_t report_machine(struct endpoints *endpoints, struct endpoint_machine *machine,
                              struct failure *failure)
{
    struct device device;
    int32_t code;

    device_unpack(machine->device.bytes, &device);
    if (machine->shared) {
        code = report_shared(endpoints, machine, &device, failure);
    } else {
        inventory_count(endpoints->inventory,
                        &(struct inventory_row){.type = device.type, .scope = device.scope},
                        machine->rows - 1);
        code = inventory_record(endpoints->inventory, &device, failure);
    }
    endpoints->bytes -= machine_bytes(machine);
    machine_release(machine);
    return code == HECTOR_OK ? keep_room(endpoints, failure) : code;
}

int32_t endpoints_report(struct endpoints *endpoints, struct failure *failure)
{
    const struct message_number count = message_number((int64_t)endpoints->placeholders);
    struct inventory_row row = {endpoints->type, endpoints->scope, SKIP_serial_absent, NULL, NULL};
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < endpoints->machines.count; i++) {
        code = report_machine(endpoints, &endpoints->machines.items[i], failure);
    }
    if (code != HECTOR_OK) {
        return code;
    }
    inventory_count(endpoints->inventory, &row, endpoints->absent);
    row.reason = SKIP_serial_placeholder;
    inventory_count(endpoints->inventory, &row, endpoints->placeholders);
    return endpoints->placeholders == 0
               ? HECTOR_OK
               : inventory_problem(endpoints->inventory,
                                   PROBLEM(SEVERITY_INFO, REASON_serials_placeholder,
                                           endpoints->scope,
                                           ARGUMENTS(count.text, endpoints->placeholder_names),
                                           .scope = endpoints->scope,
                                           .device_type = device_type_id(endpoints->type)),
                                   failure);
}

void endpoints_release(struct endpoints *endpoints)
{
    for (size_t i = 0; i < endpoints->machines.count; i++) {
        machine_release(&endpoints->machines.items[i]);
    }
    free(endpoints->machines.items);
    strmap_release(&endpoints->serials);
    buffer_release(&endpoints->packed);
}

void endpoints_restart(struct endpoints *endpoints)
{
    const struct endpoints fresh = {.operation = endpoints->operation,
                                    .inventory = endpoints->inventory,
                                    .beside = endpoints->beside};

    endpoints_release(endpoints);
    *endpoints = fresh;
}
