/*
 * settings.h - the request and settings documents as a struct; every error names its field.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <json-c/json.h>

#include "catalogue/attributes.h"
#include "catalogue/device.h"
#include "host/operation.h"
#include "net/address.h"
#include "net/http.h"

/* Texts are borrowed from the request's tree, which must outlive the struct. NULL = not set. */
struct settings {
    struct json_object *document; /* the settings as given */

    /* Authentication */
    struct address address;
    char origin[300]; /* the address asked, for people: "fmg.example.org:8443" */
    const char *username, *forticloud_user;
    struct address forticloud; /* who knows forticloud_user and its password */

    /* Options */
    bool device_types[DEVICE_TYPE_COUNT];
    bool synchronize_categories;

    /* Fields */
    bool attributes[ATTRIBUTE_COUNT];
    const char *meta[META_VALUES_MAX]; /* NAME of each ticked "meta.NAME" */
    size_t meta_count;

    /* Advanced */
    struct address fallback; /* of the HA peer; host "" = none */
    bool on_fallback;        /* that one is asked, instead of `address` */
    char home[300];          /* `address` for people, whichever is asked */
    const char *ca_certificate, *pinned_public_key;
    bool verify_tls;
    const char *source;        /* "fortigate"; NULL = auto */
    struct json_object *adoms; /* array of names, sorted; NULL = all */
    bool include_log_only, include_unauthorized, include_model;
    bool live_status;
    int32_t proxy_batch, timeout_s;

    /* What the host adds */
    const char *egress_address, *proxy, *ca_file, *user_agent;
    bool allow_loopback;
    bool record; /* of a sync: each exchange as documents */
};

/*
 * Parses the request, and sets the operation's language and deadline from it. `*ret` is owned by
 * the caller. CONFIG (request_invalid) for anything that is not one JSON object, and
 * (request_too_large) for one of more than HECTOR_REQUEST_MAX bytes, or REQUEST_TREE_MAX in memory.
 */
int32_t request_parse(struct operation *operation, const char *request, size_t size,
                      struct json_object **ret, struct failure *reterr);

/*
 * Reads "settings" and "host" of a request. CONFIG with failure.field for each bad value; `url` is
 * mandatory.
 */
int32_t settings_read(struct operation *operation, struct json_object *request,
                      struct settings *ret, struct failure *reterr);

/* True for the name of a secret, which comes from the host's secret store and is no setting. */
bool settings_is_secret(const char *name);

/*
 * Calls `unknown` for each key of the settings document that this version does not know, until it
 * returns another code than OK, which is returned; else `code`, which settings_read() returned.
 * Also where the settings cannot be used: a misspelt key may be why. `meant` is the key that it may
 * be a misspelling of; NULL = none.
 */
int32_t settings_unknown_keys(const struct settings *settings, int32_t code,
                              int32_t (*unknown)(void *context, const char *key, const char *meant),
                              void *context);

/*
 * "sha256:..." over all settings that steer a sync, in one fixed form; never over a secret.
 */
int32_t settings_digest(struct operation *operation, const struct settings *settings,
                        char ret[static 72], struct failure *reterr);

/*
 * The same over what alone decides which units a system lists: the kind of system found, and the
 * settings adoms and include, as far as they matter to it. Neither the address nor the device
 * types: scopes and coverages are by type.
 */
int32_t settings_listing_digest(struct operation *operation, const struct settings *settings,
                                const char *system, char ret[static 72], struct failure *reterr);

/* Who logs in, by a session: the user name or FortiCloud's API user; NULL = nobody. */
const char *settings_account(const struct settings *settings);

/* Turns to the fallback, or back to `url`: from here on that address is asked, and named. */
void settings_use_fallback(struct settings *settings, bool use);

/* How to connect, by these settings. Borrows from them. */
struct http_policy settings_http_policy(const struct settings *settings);
#endif
