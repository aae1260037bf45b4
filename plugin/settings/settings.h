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

/*
 * The values of all settings with a choice of values, as in CHOICE_source_auto. An enumerator of
 * `source` also stands for that kind of system.
 */
enum choice {
    CHOICE_NONE,
#define CHOICE(key, value, ...) CHOICE_##key##_##value,
#include "settings.def"
    CHOICE_COUNT
};

/* Texts are borrowed from the request's tree, which must outlive the struct. NULL = not set. */
struct settings {
    struct json_object *document; /* the settings as given */

    /* Authentication */
    struct address address;
    char origin[ADDRESS_TEXT_MAX]; /* the address in use, for people: "fmg.example.org:8443" */
    const char *username, *forticloud_user;
    const char *filter, *ems_site, *ems_account;
    bool is_ems_cloud; /* the address is FortiClient EMS Cloud: an access key logs in to it */
    bool is_cloud;     /* the address is a FortiManager Cloud: FortiCloud logs in to it */
    struct address forticloud; /* stand-in for all hosts of FortiCloud; host "" = none */

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
    struct json_object *adoms; /* array of names, sorted; NULL = all */
    bool chosen[CHOICE_COUNT]; /* of `source`, `live_status`: one; of `include`, `enrich`: any */
    int32_t proxy_batch, timeout_s;
    int32_t forticloud_account; /* its number; 0 = that of the API user */
    int32_t enrich_minutes;

    /* What the host adds */
    const char *egress_address, *proxy, *ca_file, *user_agent;
    bool allow_loopback;
    bool record; /* sync: emit each exchange as documents */
};

enum setting_type {
#define SETTING_TYPE(type, field, json, reader) SETTING_##type,
#include "settings.def"
};

/* Where the form has it. */
enum setting_section {
    SECTION_NONE,
    SECTION_AUTHENTICATION,
    SECTION_DESTINATION,
    SECTION_SYNCHRONIZATION,
    SECTION_FIELDS,
    SECTION_ADVANCED,
};

/* Where a request has it: in "settings", in "host" or by itself. */
enum setting_owner { OWNER_INTEGRATION, OWNER_HOST, OWNER_REQUEST };

/* Which digest it changes. */
enum setting_digest { DIGEST_NONE, DIGEST_SYNC, DIGEST_LISTING /* and that of the sync */ };

struct setting_reading;

/* One row of settings.def. Members that do not apply are left out. */
struct setting {
    const char *key;
    enum setting_type type;
    enum setting_section section;
    enum message_id label, help;
    enum setting_owner owner;
    size_t member;                            /* offset in struct settings */
    enum choice sources[SETTING_SOURCES_MAX]; /* that have it, of `source`; none = all */
    const char *with; /* the setting of the type CHOICES without whose values it has no effect */
    enum setting_digest digest;
    bool required, read_only;
    bool has_options; /* list_options lists its values */
    bool not_empty;   /* a list */
    bool preset;      /* of a boolean */
    size_t most;      /* bytes of a text, elements of a list; 0 = as many as there are values */
    struct {
        int32_t least, most, preset;
    } range;             /* of an integer */
    const char *unit;    /* of an integer */
    const char *pattern; /* of a text, for the schema */
    const char *example; /* of an integer, if it is not the preset */

    /* Of a secret: the credentials that it is part of, and the setting that they need beside it. */
    struct {
        const char *id;
        enum message_id label;
        const char *setting;
    } credentials;

    /* What a text, or an element of a list that is none of the values, must be. */
    bool (*accept)(struct settings *settings, const char *text);
    enum message_id expected; /* if it is not accepted; {1}: the values */

    /* A rule that also looks at other settings: CONFIG with a failure that names the setting. */
    int32_t (*check)(const struct setting_reading *reading, const struct setting *row);
};

/* A value that a setting may have. */
struct setting_value {
    const char *key; /* of a setting of the type CHOICE or CHOICES */
    const char *id;
    enum message_id label;
    bool preset;
    bool must_be_named; /* of `source`: `auto` cannot find this kind of system */
    enum choice sources[SETTING_SOURCES_MAX];
    size_t member; /* of a bool in struct settings: it is chosen */
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

/* The i-th row of settings.def; NULL past the end. */
const struct setting *setting_at(size_t i);

/* A type of settings: its name in the descriptor, and in JSON, and what reads it; NULL = none. */
struct setting_type_info {
    const char *field, *json;
    int32_t (*read)(const struct setting_reading *reading, const struct setting *row);
};

extern const struct setting_type_info SETTING_TYPES[]; /* by enum setting_type */

/* True for what a settings document has; false for secrets, and for what belongs to the host. */
bool setting_is_stored(const struct setting *row);

/* The i-th value of a setting that has a choice of values; false past the last. */
bool setting_value(const struct setting *row, size_t i, struct setting_value *ret);

/*
 * Whether a kind of system has a setting or a value, by its `sources`; CHOICE_NONE: any kind has
 * it.
 */
bool setting_applies(const enum choice *sources, enum choice system);

/* The most elements that a list may have. */
size_t setting_most(const struct setting *row);

/* The value of a choice, such as "fortigate". Static. */
const char *setting_choice_id(enum choice choice);

/* The secret that users call so, NULL = none: it is no setting. Static. */
const char *settings_secret(const char *called);

/* Whether the settings choose an enrichment. */
bool settings_enriched(const struct settings *settings);

/*
 * Returns the account of a session login, borrowed: the user name or, of a FortiManager Cloud,
 * FortiCloud's API user; NULL = none.
 */
const char *settings_account(const struct settings *settings);

/* Switches to the fallback, or back to `url`: later connections and messages use that address. */
void settings_use_fallback(struct settings *settings, bool use);

/* Returns how to connect by these settings; borrows from them. */
struct http_policy settings_http_policy(const struct settings *settings);
#endif
