/*
 * endpoints.h - one asset a machine, from a list of end systems that may have it more than once.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An agent and a dock, or two registrations, are two rows with one serial number: one asset, by the
 * row of the newest contact. But boards of some makers have all the same serial number: rows that
 * share neither a name nor a MAC address are different machines, and their serial number identifies
 * none of them.
 */
#ifndef ENDPOINTS_H
#define ENDPOINTS_H

#include "base/strmap.h"
#include "base/vector.h"
#include "inventory/inventory.h"

/* One row of a list of end systems. Texts are borrowed for the call. */
struct endpoint {
    const struct device *device; /* without its serial number; scope, title and type are set */
    const char *serial;          /* as reported; NULL = none */
    const char *key;             /* the row's own key, the same from run to run */
    const char *const *macs;     /* in any spelling */
    size_t mac_count;
    int64_t contact; /* the newest contact, in Unix seconds; 0 = never */
};

/* Bytes in an allocation of just their size. */
struct kept {
    char *bytes;
    size_t size;
};

/* One machine, by its serial number. */
struct endpoint_machine {
    struct kept device; /* packed: that of the row with the newest contact */
    struct kept names;  /* of all rows: a text, "\nNAME\n\nMAC\n"; bytes NULL = "" */
    struct kept keys;   /* of all rows: texts that end with NULs */
    int64_t contact;
    uint32_t rows;
    bool shared; /* by different machines */
};

VECTOR_TYPE(endpoint_list, struct endpoint_machine)

/*
 * Initially all zero but the inventory and the operation, which must outlive it, and `beside`,
 * which the source keeps up to date.
 */
struct endpoints {
    struct operation *operation;
    struct inventory *inventory;
    size_t beside;         /* bytes that its source keeps itself, in the same memory */
    struct strmap serials; /* to the index of the machine */
    struct endpoint_list machines;
    size_t bytes;         /* that the machines hold */
    struct buffer packed; /* for the row that is being added */
    char scope[SCOPE_TEXT_MAX];
    enum device_type type;
    uint64_t absent, placeholders; /* rows without a serial number of their own */
    char placeholder_names[MESSAGE_MAX / 2];
};

/*
 * Adds a row, of which the caller ensures that it was not added before. Keeps what is needed of it
 * within STORE_MAX: LIMIT (store_full) beyond.
 */
int32_t endpoints_add(struct endpoints *endpoints, const struct endpoint *endpoint,
                      struct failure *failure);

/*
 * Reports all rows to the inventory, once the list was read. Errors of inventory_record(),
 * inventory_skip() and inventory_problem().
 */
int32_t endpoints_report(struct endpoints *endpoints, struct failure *failure);

/* Forgets all rows, as before a list is read once more. */
void endpoints_restart(struct endpoints *endpoints);

/* Frees what it holds. */
void endpoints_release(struct endpoints *endpoints);
#endif
