/*
 * forticloud.h - the simulated FortiCloud: its options and its state.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Section C.1 is the login, C.2 FortiFlex, C.3 Asset Management; G.3 corrects them. Sections and
 * samples in this folder are those of the reference on the sibling APIs.
 */
#ifndef FORTICLOUD_FORTICLOUD_H
#define FORTICLOUD_FORTICLOUD_H

#include "account.h"
#include "pace.h"
#include "simulator.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a token is for: its client id. */
enum api { API_ASSET_MANAGEMENT, API_FORTIFLEX, API_COUNT };

/* Recorded tokens have 30 characters (cloud_oauth_token). */
#define TOKEN_SIZE     31
#define MAXIMUM_TOKENS 64

struct token {
    char text[TOKEN_SIZE];
    enum api api;
    uint64_t ends_ms;
};

struct forticloud_options {
    const char *units_file; /* NULL: no units */
    uint32_t products;      /* of a plain account beside the units */
    bool bare;              /* those have neither contracts nor entitlements */
    uint32_t page_size;
    uint64_t account;         /* the accountId of everything */
    bool organization;        /* the API user is of organisation scope */
    bool vms;                 /* entitlements come as `vms` */
    unsigned error_status;    /* HTTP, beside a status -1 */
    uint32_t expires_in_s;    /* the life of a token */
    const char *expires_says; /* what the reply says of it, as JSON; NULL: the truth; "": nothing */
    struct pace_limits limits;
};

struct forticloud {
    struct simulator simulator; /* first: the server passes a pointer to it */
    struct forticloud_options options;
    struct account account;
    struct token tokens[MAXIMUM_TOKENS]; /* a ring */
    size_t token_count;                  /* all that were ever issued */
    struct pace paces[API_COUNT];
    bool denied[API_COUNT]; /* a client was denied access: another login cannot help it */
    uint32_t last_page;     /* of products/list */
    struct text page;       /* a page of plain products, to copy from */
};

/* The documented name of the client, such as "flexvm". */
const char *forticloud_client(enum api api);

#endif
