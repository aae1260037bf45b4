/*
 * account.h - what one FortiCloud account has: registered products, FortiFlex programs,
 * configurations and entitlements.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Grown from a seed for the units of another simulator, which it names by their serials; beside
 * them the account has what no unit has.
 */
#ifndef FORTICLOUD_ACCOUNT_H
#define FORTICLOUD_ACCOUNT_H

#include "random.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ACCOUNT_TEXT_SIZE 48

/* Days since 1970-01-01; DAY_NONE: no such date. */
#define DAY_NONE INT32_MIN

/* How a time is written (C.2, G.3): it has no zone, or one that changes nothing. */
enum spelling { SPELLING_T, SPELLING_BLANK, SPELLING_FRACTION, SPELLING_ZONE, SPELLING_COUNT };

/* Where the end of a list stands. */
enum nothing { NOTHING_NOT, NOTHING_NULL, NOTHING_EMPTY, NOTHING_ABSENT };

#define MAXIMUM_COVERAGES 16

/* A row of `entitlements`. */
struct coverage {
    int type; /* C.3: 1 hardware, 2 firmware, 11 enhanced support, 12 telephone support, ... */
    int level;
    int32_t start_day;
    int32_t end_day;
};

struct cloud_product {
    char serial[ACCOUNT_TEXT_SIZE];
    char model[ACCOUNT_TEXT_SIZE]; /* as FortiCloud spells it */
    const char *device_type;       /* of a unit of an inventory; NULL: none */
    bool of_unit;
    bool decommissioned;
    bool stale;           /* another row of the same serial counts */
    bool blanks;          /* behind its texts */
    enum nothing nothing; /* in place of its coverages and contracts */
    enum spelling spelling;
    int32_t registration_day;
    int32_t end_of_repair_day;
    int32_t end_of_support_day;
    struct coverage coverages[MAXIMUM_COVERAGES];
    size_t coverage_count;
};

struct program {
    char serial[ACCOUNT_TEXT_SIZE];
};

struct config {
    int64_t id;
    size_t program;
    int product_type;
    const char *product_name;
    char name[ACCOUNT_TEXT_SIZE];
};

enum flex_status {
    FLEX_PENDING,
    FLEX_ACTIVE,
    FLEX_GRACE_PERIOD,
    FLEX_STOPPED,
    FLEX_EXPIRED,
    FLEX_STATUS_COUNT
};

struct entitlement {
    char serial[ACCOUNT_TEXT_SIZE];
    const char *device_type; /* as in struct cloud_product */
    const char *model;       /* of what no unit has, as an inventory spells it */
    bool of_unit;
    size_t program;
    int64_t config_id; /* may be one that no configuration has */
    enum flex_status status;
    enum spelling spelling;
    int32_t start_day;
    int32_t end_day;
    bool vm; /* it has a token */
    size_t number;
};

struct account {
    struct cloud_product *products;
    size_t product_count;
    struct program *programs;
    size_t program_count;
    struct config *configs;
    size_t config_count;
    struct entitlement *entitlements;
    size_t entitlement_count;
};

/* Grows the account for the units in the file that another simulator wrote as what is expected of
 * it; NULL: for none. Returns -1 after a message. */
int account_grow(struct account *account, uint64_t seed, const char *units_file);

void account_release(struct account *account);

const char *account_status(enum flex_status status);
const char *account_level(int level);
const struct config *account_config(const struct account *account, int64_t id);

/* "2024-07-31" */
void account_day(int32_t day, char ret_text[16]);

#endif
