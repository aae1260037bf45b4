/*
 * settings.h - the request and settings documents as a struct; every error names its field.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include <json-c/json.h>

#include "catalogue/device.h"
#include "host/operation.h"
#include "net/http.h"

/* Texts are borrowed from the request's tree, which must outlive the struct. NULL = not set. */
struct settings {
    struct json_object *document; /* the settings as given */

    /* Authentication */
    struct address address;
    char origin[ADDRESS_TEXT_MAX]; /* the address in use, for people: "fmg.example.org:8443" */
    const char *username, *forticloud_user;
    struct address forticloud; /* where forticloud_user and its password log in */

    /* Options */
    bool device_types[DEVICE_TYPE_COUNT];
    bool synchronize_categories;

    /* Fields */
    bool attributes[ATTRIBUTE_COUNT];
    /* NAME of each selected "meta.NAME"; one above the maximum, which is refused, is kept, too. */
    const char *meta[META_VALUES_MAX + 1];
    size_t meta_count;

    /* Advanced */
    struct address fallback;     /* of the HA peer; host "" = none */
    bool on_fallback;            /* it is in use, instead of `address` */
    char home[ADDRESS_TEXT_MAX]; /* `address` for people, whichever is in use */
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
    bool record; /* sync: emit each exchange as documents */
};

/* The range of a number, and its value if it is not set. */
struct settings_range {
    int32_t least, most, preset;
};

/*
 * Parses the request, and sets the language, names and deadline of the operation from it. The
 * caller owns `*ret`. CONFIG: request_invalid if it is not one JSON object; request_too_large
 * beyond HECTOR_REQUEST_MAX bytes, or REQUEST_TREE_MAX in memory; setting_invalid for a bad
 * deadline_s.
 */
int32_t settings_parse_request(struct operation *operation, const char *request, size_t size,
                               struct json_object **ret, struct failure *failure);

/*
 * Reads "settings", "host" and "record" of a request into `ret`, which borrows from it. CONFIG with
 * failure.field for a bad value; `url` is mandatory.
 */
int32_t settings_read(struct operation *operation, struct json_object *request,
                      struct settings *ret, struct failure *failure);

/*
 * Reads "filter" and "limit" of a request of list_options: "" and OPTIONS_MAX if they are not set.
 * `*ret_filter` is borrowed from the request. CONFIG with failure.field for a bad value.
 */
int32_t settings_read_listing(struct operation *operation, struct json_object *request,
                              const char **ret_filter, int32_t *ret_limit, struct failure *failure);

/* The key of the i-th setting of a settings document; NULL past the end. */
const char *settings_key(size_t i);

/* The range of the integer setting `key`, static; NULL for any other key. */
const struct settings_range *settings_range(const char *key);

/* True for the name of a secret, which belongs in the host's secret store and is no setting. */
bool settings_is_secret(const char *name);

/*
 * Returns the account of a session login, borrowed: the user name or FortiCloud's API user; NULL =
 * none.
 */
const char *settings_account(const struct settings *settings);

/* Switches to the fallback, or back to `url`: later connections and messages use that address. */
void settings_use_fallback(struct settings *settings, bool use);

/* Returns how to connect by these settings; borrows from them. */
struct http_policy settings_http_policy(const struct settings *settings);
#endif
