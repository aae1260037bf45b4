/*
 * anonymise.c - recorded exchanges and documents without names, serial numbers and addresses.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* open_memstream, strcasestr, memmem */

#include "anonymise.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "json_text.h"

#define ANONYMISE_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Distinct texts of one member that the list of what was kept shows. */
#define ANONYMISE_KEPT_MAX 100

/* Longest text that is searched for originals inside: longer ones are replaced whole. */
#define ANONYMISE_SEARCH_MAX 2000

/* Longest original that is found inside of a text. */
#define ANONYMISE_INSIDE_MAX 255

/* Deep as what the guard of the plugin lets pass, with JSON text inside JSON. */
#define ANONYMISE_DEPTH_MAX 80

#define ANONYMISE_HIDDEN "***"

/* Which rules hold. */
enum anonymise_part { ANONYMISE_REQUEST, ANONYMISE_REPLY, ANONYMISE_DOCUMENT };

/* ---- what is known. Lists are sorted by strcmp(). */

/* Members whose text says what a thing is or does, never which one it is. */
static const char *const anonymise_kept_members[] = {
    "Admin Domain Configuration",
    "BIOS version",
    "FIPS Mode",
    "HA Mode",
    "HA Role",
    "License Status",
    "Offline Mode",
    "Platform Full Name",
    "Platform Type",
    "Release Version Information",
    "Version",
    "_is-model",
    "action",
    "attribute",
    "authorized",
    "body",
    "build",
    "category",
    "cause",
    "conf_status",
    "vm_license_type",
    "management_mode",
    "config_status",
    "conn_status",
    "connection_state",
    "connection_status",
    "content_type",
    "device_type",
    "ended",
    "firmware_version",
    "flags",
    "foslic_type",
    "ha_mode",
    "ha_role",
    "http_method",
    "jsonrpc",
    "kind",
    "license",
    "license_status",
    "listing_digest",
    "maker",
    "method",
    "mgmt_mode",
    "mode",
    "model",
    "model_name",
    "model_number",
    "os_type",
    "os_ver",
    "os_version",
    "outcome",
    "part",
    "platform",
    "platform_id",
    "platform_str",
    "pre-provisioned",
    "prefer_img_ver",
    "reason",
    "role",
    "settings_digest",
    "severity",
    "started",
    "state",
    "status",
    "sysgrp",
    "sysgrp-permission",
    "system",
    "type",
    "vdom_mode",
    "vdom_type",
    "version",
    "vm_lic_expire",
    "wtp_mode",
    "www_authenticate",
};

/* Members that hold the serial number of a unit. */
static const char *const anonymise_serial_members[] = {
    "SN", "Serial Number", "managed_sn", "serial", "serial_no", "serial_number", "sn", "sync_key",
};

/* Members that hold a serial number or a name that a person gave. */
static const char *const anonymise_unit_members[] = {
    "switch-id",
    "switch_id",
    "wtp-id",
    "wtp_id",
};

/* Members whose text a person wrote: short numbers are names, too. */
static const char *const anonymise_name_members[] = {
    "Hostname",      "alias",     "desc",     "description", "group-name",
    "ha_group_name", "host_name", "hostname", "label",       "location",
    "name",          "title",     "user",     "username",    "vdom",
};

static const char *const anonymise_coordinate_members[] = {
    "gui-device-latitude", "gui-device-longitude", "lat", "latitude", "lng", "lon", "long",
    "longitude",
};

/* Members that hold the path of a request. */
static const char *const anonymise_path_members[] = {
    "path",
    "resource",
    "target",
    "url",
};

/* Members of documents that are sentences. */
static const char *const anonymise_sentences[] = {
    "detail",
    "help",
    "label",
    "message",
};

/* Words that every appliance uses, and those of an integration's own. */
static const char *const anonymise_words[] = {
    "***",
    "All_FortiGate",
    "00:00:00:00:00:00",
    "0.0.0.0",
    "::",
    "FGVM00UNLICENSED",
    "FortiManager",
    "Global",
    "N/A",
    "None",
    "OK",
    "access_point",
    "active-passive",
    "admin_prof",
    "adom",
    "adom_oid",
    "auto",
    "cluster",
    "connected",
    "default",
    "device",
    "disable",
    "disabled",
    "disconnected",
    "down",
    "enable",
    "enabled",
    "exec",
    "false",
    "firewall",
    "firmware_version",
    "fortigate",
    "fortilink",
    "fortimanager",
    "gate",
    "fortios",
    "get",
    "global",
    "in_sync",
    "log_only",
    "managed",
    "master",
    "meta",
    "model",
    "model_devices",
    "never",
    "no",
    "no-vdom",
    "none",
    "off",
    "offline",
    "on",
    "online",
    "ports",
    "post",
    "primary",
    "read",
    "read-write",
    "root",
    "rootp",
    "secondary",
    "serial",
    "slave",
    "standalone",
    "success",
    "switch",
    "true",
    "unauthorized",
    "unknown",
    "up",
    "vdom",
    "when_needed",
    "yes",
};

/* Words of the sentences that appliances answer, lower case. */
static const char *const anonymise_message_words[] = {
    "a",         "access",    "admin",      "already",     "an",      "another",  "are",
    "at",        "be",        "been",       "busy",        "by",      "call",     "can",
    "cannot",    "code",      "data",       "denied",      "device",  "disabled", "does",
    "down",      "duplicate", "empty",      "error",       "exceed",  "exceeded", "exist",
    "exists",    "expired",   "fail",       "failed",      "failure", "for",      "found",
    "from",      "has",       "have",       "id",          "in",      "internal", "invalid",
    "is",        "it",        "its",        "limit",       "lock",    "locked",   "login",
    "many",      "max",       "maximum",    "method",      "missing", "no",       "not",
    "number",    "object",    "of",         "ok",          "on",      "or",       "out",
    "parameter", "password",  "permission", "please",      "reached", "read",     "refused",
    "request",   "resource",  "response",   "runtime",     "server",  "session",  "sessions",
    "success",   "system",    "task",       "temporarily", "the",     "this",     "time",
    "timeout",   "to",        "token",      "too",         "try",     "unknown",  "unsupported",
    "url",       "user",      "users",      "valid",       "value",   "with",     "wrong",
    "you",
};

static bool anonymise_listed(const char *const *list, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i], text) == 0)
            return true;
    }
    return false;
}

#define ANONYMISE_IN(list, text) anonymise_listed(list, ANONYMISE_COUNT(list), text)

/* The same list as the plugin's: a plugin of somebody else may not have one. */
static bool anonymise_secret_member(const char *name)
{
    static const char *const parts[] = {"pass",  "pwd",     "secret",     "psk",
                                        "token", "session", "credential", "community"};

    for (size_t i = 0; i < ANONYMISE_COUNT(parts); i++) {
        if (strcasestr(name, parts[i]) != NULL)
            return true;
    }
    return false;
}

/* ---- the shape of a text */

static bool anonymise_digits(const char *text, size_t size)
{
    return size > 0 && strspn(text, "0123456789") >= size;
}

/* "2026-01-31", "2026-01-31T10:20:30Z", "01/31/26 10:20": digits and what stands between them. */
static bool anonymise_date(const char *text)
{
    const bool iso = anonymise_digits(text, 4) && text[4] == '-' && anonymise_digits(text + 5, 2) &&
                     text[7] == '-' && anonymise_digits(text + 8, 2);
    const bool slashed = anonymise_digits(text, 2) && text[2] == '/' &&
                         anonymise_digits(text + 3, 2) && text[5] == '/' &&
                         anonymise_digits(text + 6, 2);
    const size_t size = strlen(text);

    return (iso || slashed) && size <= 32 && strspn(text, "0123456789-/: TZ.+") == size;
}

/* "7.4", "7.4.3", "v7.4.3": an address has four numbers. */
static bool anonymise_version(const char *text)
{
    int dots = 0;

    text += *text == 'v' ? 1 : 0;
    if (!anonymise_digits(text, 1))
        return false;
    for (; *text != '\0'; text++) {
        if (*text == '.')
            dots++;
        else if (!anonymise_digits(text, 1))
            return false;
    }
    return dots == 1 || dots == 2;
}

static bool anonymise_netmask(const char *text)
{
    struct in_addr address;
    uint32_t mask;

    if (inet_pton(AF_INET, text, &address) != 1)
        return false;
    mask = ntohl(address.s_addr);
    return mask >= 0xFF000000 && (~mask & (~mask + 1)) == 0;
}

static bool anonymise_mac(const char *text)
{
    static const char hex[] = "0123456789abcdefABCDEF";

    for (size_t i = 0; i < 17; i++) {
        if (text[i] == '\0' ||
            (i % 3 == 2 ? text[i] != ':' && text[i] != '-' : strchr(hex, text[i]) == NULL))
            return false;
    }
    return text[17] == '\0';
}

/* "FG100FTK19001234": a model with a number in it, and sixteen characters. */
static bool anonymise_serial_shape(const char *text)
{
    const size_t size = strlen(text);
    const size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    size_t digits = 0;

    for (size_t i = 8; i < size && i < 16; i++)
        digits += text[i] >= '0' && text[i] <= '9';
    return size == 16 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == size &&
           letters <= 4 && (text[0] == 'F' || text[0] == 'P' || text[0] == 'S') && digits >= 3;
}

static bool anonymise_serial(const char *member, const char *text)
{
    const size_t size = strlen(text);
    const bool plain = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-*") == size;

    /* A wildcard stands for any unit of a model. */
    if (ANONYMISE_IN(anonymise_unit_members, member))
        return anonymise_serial_shape(text) || (plain && strchr(text, '*') != NULL);
    return ANONYMISE_IN(anonymise_serial_members, member) && size >= 8 && size <= 32 && plain;
}

/* The kind of an address; PSEUDONYM_TEXT for what is none. */
static enum pseudonym_kind anonymise_address_kind(const char *text)
{
    unsigned char bytes[sizeof(struct in6_addr)];

    return inet_pton(AF_INET, text, bytes) == 1    ? PSEUDONYM_IPV4
           : inet_pton(AF_INET6, text, bytes) == 1 ? PSEUDONYM_IPV6
           : anonymise_mac(text)                   ? PSEUDONYM_MAC
                                                   : PSEUDONYM_TEXT;
}

/*
 * How many bytes of the text are an address that is followed by nothing, a prefix length, a port or
 * a netmask; 0 = it does not begin with one.
 */
static size_t anonymise_address(const char *text, enum pseudonym_kind *ret_kind)
{
    char address[64];
    const size_t size = strcspn(text, "/ ");
    const size_t port = strcspn(text, ":");
    const char *rest = text + size;

    if (size >= sizeof(address))
        return 0;
    memcpy(address, text, size);
    address[size] = '\0';
    *ret_kind = anonymise_address_kind(address);
    if (*ret_kind == PSEUDONYM_TEXT && text[port] == ':' &&
        anonymise_digits(text + port + 1, strlen(text + port + 1))) {
        address[port < size ? port : size] = '\0';
        *ret_kind = anonymise_address_kind(address);
        return *ret_kind == PSEUDONYM_IPV4 ? port : 0;
    }
    if (*ret_kind == PSEUDONYM_TEXT ||
        (*rest == '/' && !anonymise_digits(rest + 1, strlen(rest + 1))) ||
        (*rest == ' ' && !anonymise_netmask(rest + 1)))
        return 0;
    return size;
}

/* "", "???", "-": without a letter or a digit a text names nothing. */
static bool anonymise_says_nothing(const char *text)
{
    for (; *text != '\0'; text++) {
        if (isalnum((unsigned char)*text) || (unsigned char)*text >= 0x80)
            return false;
    }
    return true;
}

/* Whether a text of a reply may stay. */
static bool anonymise_keeps(const char *member, const char *text)
{
    const bool named = ANONYMISE_IN(anonymise_name_members, member);

    return anonymise_says_nothing(text) || strspn(text, "0.") == strlen(text) ||
           ANONYMISE_IN(anonymise_words, text) || ANONYMISE_IN(anonymise_kept_members, member) ||
           (!named && !ANONYMISE_IN(anonymise_coordinate_members, member) &&
            (anonymise_date(text) || anonymise_version(text) || anonymise_netmask(text) ||
             (strlen(text) <= 6 && anonymise_digits(text, strlen(text)))));
}

/* JSON text in a text, as FortiManager's caches have it. NULL = it is none. */
static json_object *anonymise_embedded(struct span text)
{
    json_object *value = NULL;

    if (text.size == 0 || (text.bytes[0] != '{' && text.bytes[0] != '[') ||
        json_text_parse_large(text, &value) != NULL)
        return NULL;
    return value;
}

/*
 * A member of FortiOS's envelope that is called "name" holds the end of the path: "status" of
 * /api/v2/monitor/system/status.
 */
static const char *anonymise_role(json_object *object, const char *name)
{
    return strcmp(name, "name") == 0 && json_text_member(object, "http_method") != NULL ? "path"
                                                                                        : name;
}

/* ---- learning */

bool anonymiser_init(struct anonymiser *anonymiser, const struct secrets *secrets)
{
    *anonymiser = (struct anonymiser){.secrets = secrets,
                                      .changes = json_object_new_object(),
                                      .constants = json_object_new_object()};
    return anonymiser->changes != NULL && anonymiser->constants != NULL;
}

void anonymiser_release(struct anonymiser *anonymiser)
{
    pseudonym_release(&anonymiser->pseudonyms);
    json_object_put(anonymiser->changes);
    json_object_put(anonymiser->constants);
}

bool anonymiser_lost(const struct anonymiser *anonymiser)
{
    return anonymiser->lost || anonymiser->pseudonyms.lost || json_text_lost();
}

static void anonymise_learn(struct anonymiser *anonymiser, const char *member, json_object *value,
                            int depth);

static void anonymise_learn_text(struct anonymiser *anonymiser, const char *member,
                                 json_object *value, int depth)
{
    const struct span text = json_text_value(value);
    json_object *embedded = anonymise_embedded(text);
    enum pseudonym_kind kind;
    size_t size;

    if (embedded != NULL) {
        anonymise_learn(anonymiser, member, embedded, depth + 1);
        json_object_put(embedded);
        return;
    }
    if (anonymise_keeps(member, text.bytes) || ANONYMISE_IN(anonymise_path_members, member) ||
        strcmp(member, "message") == 0)
        return;
    size = anonymise_address(text.bytes, &kind);
    if (size == 0) {
        kind = anonymise_serial(member, text.bytes)                 ? PSEUDONYM_SERIAL
               : ANONYMISE_IN(anonymise_coordinate_members, member) ? PSEUDONYM_COORDINATE
                                                                    : PSEUDONYM_TEXT;
        size = text.size;
    }
    pseudonym_learn(&anonymiser->pseudonyms, kind, (struct span){text.bytes, size});
}

static void anonymise_learn(struct anonymiser *anonymiser, const char *member, json_object *value,
                            int depth)
{
    const enum json_type type = json_object_get_type(value);

    if (depth > ANONYMISE_DEPTH_MAX)
        return;
    if (type == json_type_array) {
        for (size_t i = 0; i < json_object_array_length(value); i++)
            anonymise_learn(anonymiser, member, json_object_array_get_idx(value, i), depth + 1);
    } else if (type == json_type_string) {
        anonymise_learn_text(anonymiser, member, value, depth);
    } else if (type == json_type_object) {
        json_object_object_foreach(value, name, below)
        {
            if (strcmp(member, "meta fields") == 0) /* their names are the administrator's */
                pseudonym_learn(&anonymiser->pseudonyms, PSEUDONYM_TEXT,
                                (struct span){name, strlen(name)});
            if (!anonymise_secret_member(name))
                anonymise_learn(anonymiser, anonymise_role(value, name), below, depth + 1);
        }
    } else if (value != NULL && ANONYMISE_IN(anonymise_coordinate_members, member)) {
        pseudonym_learn(&anonymiser->pseudonyms, PSEUDONYM_COORDINATE, json_text_value(value));
    }
}

void anonymiser_learn(struct anonymiser *anonymiser, json_object *reply)
{
    anonymise_learn(anonymiser, "", reply, 0);
}

void anonymiser_learn_settings(struct anonymiser *anonymiser, json_object *settings)
{
    static const char *const names[] = {"adoms",  "ems_account",     "ems_site",
                                        "filter", "forticloud_user", "username"};
    static const char META[] = "meta.";
    json_object *attributes = json_text_member(settings, "attributes");

    for (size_t i = 0; i < ANONYMISE_COUNT(names); i++)
        anonymise_learn(anonymiser, "name", json_text_member(settings, names[i]), 0);
    for (size_t i = 0; i < json_text_count(attributes); i++) {
        const struct span text = json_text_value(json_object_array_get_idx(attributes, i));

        if (strncmp(text.bytes, META, strlen(META)) == 0)
            pseudonym_learn(&anonymiser->pseudonyms, PSEUDONYM_TEXT,
                            (struct span){text.bytes + strlen(META), text.size - strlen(META)});
    }
}

void anonymiser_assign(struct anonymiser *anonymiser)
{
    pseudonym_assign(&anonymiser->pseudonyms);
}

/* ---- what was changed */

/* The list under changes.group.member, or the number there: NULL = there was none, and is now. */
static void anonymise_count(struct anonymiser *anonymiser, const char *member)
{
    json_object *replaced = json_text_member(anonymiser->changes, "replaced");
    json_object *count = json_text_member(replaced, member);

    if (replaced == NULL) {
        replaced = json_object_new_object();
        if (json_object_object_add(anonymiser->changes, "replaced", replaced) != 0)
            anonymiser->lost = true;
    }
    if (count != NULL)
        (void)json_object_int_inc(count, 1);
    else if (json_object_object_add(replaced, member, json_object_new_int64(1)) != 0)
        anonymiser->lost = true;
}

/* A list of what was kept, for the person who reads it before it is sent. */
static void anonymise_note_kept(struct anonymiser *anonymiser, const char *member, const char *text)
{
    json_object *kept = json_text_member(anonymiser->changes, "kept");
    json_object *texts;

    if (*text == '\0')
        return;
    if (kept == NULL) {
        kept = json_object_new_object();
        if (json_object_object_add(anonymiser->changes, "kept", kept) != 0)
            anonymiser->lost = true;
    }
    texts = json_text_member(kept, member);
    if (texts == NULL) {
        texts = json_object_new_array();
        if (json_object_object_add(kept, member, texts) != 0)
            anonymiser->lost = true;
    }
    for (size_t i = 0; i < json_text_count(texts); i++) {
        if (strcmp(json_object_get_string(json_object_array_get_idx(texts, i)), text) == 0)
            return;
    }
    if (json_text_count(texts) < ANONYMISE_KEPT_MAX &&
        json_object_array_add(texts, json_object_new_string(text)) != 0)
        anonymiser->lost = true;
}

static void anonymise_note_constant(struct anonymiser *anonymiser, const char *text)
{
    if (json_object_object_add(anonymiser->constants, text, json_object_new_boolean(true)) != 0)
        anonymiser->lost = true;
}

/* ---- replacing */

/* A text that stays, without the secrets that it may repeat. */
static json_object *anonymise_keep(struct anonymiser *anonymiser, const char *member,
                                   struct span text)
{
    json_object *value = NULL;
    char *copy = malloc(text.size + 1);

    if (copy != NULL) {
        memcpy(copy, text.bytes, text.size);
        copy[text.size] = '\0';
        secrets_redact(anonymiser->secrets, text.bytes, copy, text.size);
        anonymise_note_kept(anonymiser, member, copy);
        anonymise_note_constant(anonymiser, copy);
        value = json_object_new_string(copy);
    }
    free(copy);
    return value;
}

static bool anonymise_is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-' || (unsigned char)c >= 0x80;
}

/* Whether a word that is no original may stay. */
static bool anonymise_keeps_word(struct anonymiser *anonymiser, enum anonymise_part part,
                                 const char *member, struct span word)
{
    char text[64], lower[64];
    bool kept;

    if (word.size >= sizeof(text))
        return false;
    for (size_t i = 0; i <= word.size; i++) {
        text[i] = i < word.size ? word.bytes[i] : '\0';
        lower[i] = (char)tolower((unsigned char)text[i]);
    }
    kept = ANONYMISE_IN(anonymise_words, text) ||
           (word.size <= 6 && anonymise_digits(text, word.size));
    if (part == ANONYMISE_REQUEST && strcmp(text, lower) == 0) { /* a constant of the plugin's */
        anonymise_note_constant(anonymiser, text);
        return true;
    }
    if (part == ANONYMISE_REPLY && strcmp(member, "message") == 0)
        return kept || ANONYMISE_IN(anonymise_message_words, lower);
    return kept || json_text_member(anonymiser->constants, text) != NULL;
}

/* Whether a dot stands between a digit of the word and another: it may be part of an address. */
static bool anonymise_dotted(struct span text, size_t at, size_t end)
{
    return isdigit((unsigned char)text.bytes[at]) && end + 1 < text.size &&
           text.bytes[end] == '.' && isdigit((unsigned char)text.bytes[end + 1]);
}

/* A word that is no original, as it is or replaced; false = the whole text has to be. */
static bool anonymise_put_word(struct anonymiser *anonymiser, enum anonymise_part part,
                               const char *member, struct span word, FILE *out)
{
    const char *replacement;

    if (!anonymise_is_word(word.bytes[0]) || anonymise_keeps_word(anonymiser, part, member, word)) {
        (void)fwrite(word.bytes, 1, word.size, out);
        return true;
    }
    if (part == ANONYMISE_DOCUMENT)
        return false;
    pseudonym_learn(&anonymiser->pseudonyms, PSEUDONYM_TEXT, word);
    replacement = pseudonym_find(&anonymiser->pseudonyms, word);
    (void)fputs(replacement != NULL ? replacement : ANONYMISE_HIDDEN, out);
    return true;
}

/*
 * Replaces the originals inside of a text, the longest that begins at each place, from the
 * beginning of a word to the end of one. False when a word of a document may not stay.
 */
static bool anonymise_search(struct anonymiser *anonymiser, enum anonymise_part part,
                             const char *member, struct span text, FILE *out)
{
    const size_t longest = anonymiser->pseudonyms.longest < ANONYMISE_INSIDE_MAX
                               ? anonymiser->pseudonyms.longest
                               : ANONYMISE_INSIDE_MAX;
    size_t at = 0;

    if (text.size > ANONYMISE_SEARCH_MAX)
        return false;
    while (at < text.size) {
        const char *replacement = NULL;
        size_t end = text.size - at > longest ? at + longest : text.size;

        for (; end > at && replacement == NULL; end--) {
            const bool whole = end == text.size || !anonymise_is_word(text.bytes[end]) ||
                               !anonymise_is_word(text.bytes[end - 1]);

            if (whole)
                replacement = pseudonym_find(&anonymiser->pseudonyms,
                                             (struct span){text.bytes + at, end - at});
            if (replacement != NULL)
                break;
        }
        if (replacement != NULL) {
            (void)fputs(replacement, out);
            at = end;
            continue;
        }
        end = at;
        while (end < text.size && anonymise_is_word(text.bytes[end]))
            end++;
        end += end == at ? 1 : 0; /* what stands between words */
        if (part == ANONYMISE_DOCUMENT && anonymise_dotted(text, at, end))
            return false;
        if (!anonymise_put_word(anonymiser, part, member, (struct span){text.bytes + at, end - at},
                                out))
            return false;
        at = end;
    }
    return true;
}

/* The text with the originals inside replaced; NULL = a word is left that may not stay. */
static json_object *anonymise_inside(struct anonymiser *anonymiser, enum anonymise_part part,
                                     const char *member, struct span text)
{
    json_object *value = NULL;
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);
    bool whole;

    if (out == NULL) {
        anonymiser->lost = true;
        return NULL;
    }
    whole = anonymise_search(anonymiser, part, member, text, out);
    if (fclose(out) != 0)
        anonymiser->lost = true;
    else if (whole && size == text.size && memcmp(bytes, text.bytes, size) == 0)
        value = anonymise_keep(anonymiser, member, text);
    else if (whole) {
        anonymise_count(anonymiser, member);
        value = json_object_new_string_len(bytes, (int)size);
    }
    free(bytes);
    return value;
}

/* A path, in which FortiManager wants the slash of a name escaped. */
static json_object *anonymise_path(struct anonymiser *anonymiser, enum anonymise_part part,
                                   const char *member, struct span text)
{
    char *plain = malloc(text.size + 1);
    json_object *value = NULL;
    size_t size = 0;

    for (size_t i = 0; plain != NULL && i < text.size; i++) {
        if (text.bytes[i] != '\\' || i + 1 == text.size || text.bytes[i + 1] != '/')
            plain[size++] = text.bytes[i];
    }
    if (plain != NULL)
        value = anonymise_inside(anonymiser, part, member, (struct span){plain, size});
    free(plain);
    return value;
}

/* The text as one original, or its address with what follows it. */
static json_object *anonymise_whole(struct anonymiser *anonymiser, const char *member,
                                    struct span text)
{
    enum pseudonym_kind kind = PSEUDONYM_TEXT;
    size_t size = anonymise_address(text.bytes, &kind);
    const char *replacement;
    json_object *value;
    char *whole = NULL;

    size = size > 0 ? size : text.size;
    replacement = pseudonym_find(&anonymiser->pseudonyms, (struct span){text.bytes, size});
    if (replacement == NULL) {
        pseudonym_learn(&anonymiser->pseudonyms, kind, (struct span){text.bytes, size});
        replacement = pseudonym_find(&anonymiser->pseudonyms, (struct span){text.bytes, size});
    }
    anonymise_count(anonymiser, member);
    if (replacement == NULL || asprintf(&whole, "%s%s", replacement, text.bytes + size) < 0)
        return NULL;
    value = json_object_new_string(whole);
    free(whole);
    return value;
}

static json_object *anonymise_value(struct anonymiser *anonymiser, enum anonymise_part part,
                                    const char *member, json_object *value, int depth);

/* JSON text inside, replaced and put into words again. */
static json_object *anonymise_inner(struct anonymiser *anonymiser, enum anonymise_part part,
                                    const char *member, json_object *embedded, int depth)
{
    json_object *inner = anonymise_value(anonymiser, part, member, embedded, depth + 1);
    const struct span text = json_text_value(inner);
    json_object *value = json_object_new_string_len(text.bytes, (int)text.size);

    json_object_put(inner);
    return value;
}

static json_object *anonymise_text(struct anonymiser *anonymiser, enum anonymise_part part,
                                   const char *member, json_object *text_value, int depth)
{
    const struct span text = json_text_value(text_value);
    json_object *embedded = anonymise_embedded(text), *value = NULL;
    const bool known = pseudonym_find(&anonymiser->pseudonyms, text) != NULL;
    const bool path = ANONYMISE_IN(anonymise_path_members, member);
    enum pseudonym_kind kind;

    if (embedded != NULL) {
        value = anonymise_inner(anonymiser, part, member, embedded, depth);
        json_object_put(embedded);
        return value;
    }
    if (part == ANONYMISE_REPLY && !path && strcmp(member, "message") != 0)
        return anonymise_keeps(member, text.bytes) ? anonymise_keep(anonymiser, member, text)
                                                   : anonymise_whole(anonymiser, member, text);
    if (part == ANONYMISE_DOCUMENT && anonymise_keeps(member, text.bytes))
        return anonymise_keep(anonymiser, member, text);
    if (!known && anonymise_address(text.bytes, &kind) > 0)
        return anonymise_whole(anonymiser, member, text);
    if (path)
        value = anonymise_path(anonymiser, part, member, text);
    else if (!known)
        value = anonymise_inside(anonymiser, part, member, text);
    return value != NULL ? value : anonymise_whole(anonymiser, member, text);
}

/* A member's name is a name of the administrator's where one stands elsewhere, too. */
static json_object *anonymise_name(struct anonymiser *anonymiser, enum anonymise_part part,
                                   const char *name)
{
    const struct span text = {name, strlen(name)};
    const bool known =
        ANONYMISE_IN(anonymise_kept_members, name) || ANONYMISE_IN(anonymise_name_members, name) ||
        ANONYMISE_IN(anonymise_serial_members, name) ||
        ANONYMISE_IN(anonymise_unit_members, name) || ANONYMISE_IN(anonymise_path_members, name);

    if (part == ANONYMISE_DOCUMENT) /* the integration's own, but for "meta.NAME" */
        return strchr(name, '.') != NULL
                   ? anonymise_inside(anonymiser, ANONYMISE_REQUEST, "names of members", text)
                   : json_object_new_string(name);
    if (!known && pseudonym_find(&anonymiser->pseudonyms, text) != NULL)
        return anonymise_whole(anonymiser, "names of members", text);
    if (strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ ./%-()") !=
        text.size)
        return anonymise_whole(anonymiser, "names of members", text);
    return json_object_new_string(name);
}

static json_object *anonymise_object(struct anonymiser *anonymiser, enum anonymise_part part,
                                     json_object *object, int depth)
{
    json_object *copy = json_object_new_object();

    json_object_object_foreach(object, name, below)
    {
        json_object *key, *value;

        if (part == ANONYMISE_DOCUMENT && ANONYMISE_IN(anonymise_sentences, name))
            continue;
        key = anonymise_name(anonymiser, part, name);
        if (below != NULL && part != ANONYMISE_DOCUMENT && anonymise_secret_member(name))
            value = json_object_new_string(ANONYMISE_HIDDEN);
        else
            value =
                anonymise_value(anonymiser, part, anonymise_role(object, name), below, depth + 1);
        if (copy == NULL || key == NULL || (value == NULL && below != NULL) ||
            json_object_object_add(copy, json_object_get_string(key), value) != 0) {
            anonymiser->lost = true;
            json_object_put(value);
        }
        json_object_put(key);
    }
    return copy;
}

static json_object *anonymise_array(struct anonymiser *anonymiser, enum anonymise_part part,
                                    const char *member, json_object *array, int depth)
{
    json_object *copy = json_object_new_array();

    for (size_t i = 0; copy != NULL && i < json_object_array_length(array); i++) {
        json_object *value = anonymise_value(anonymiser, part, member,
                                             json_object_array_get_idx(array, i), depth + 1);

        if (json_object_array_add(copy, value) != 0) {
            anonymiser->lost = true;
            json_object_put(value);
        }
    }
    return copy;
}

/* A coordinate that is a number stays one. */
static json_object *anonymise_number(struct anonymiser *anonymiser, const char *member,
                                     json_object *value)
{
    const char *replacement;

    if (!ANONYMISE_IN(anonymise_coordinate_members, member))
        return json_object_get(value);
    replacement = pseudonym_find(&anonymiser->pseudonyms, json_text_value(value));
    anonymise_count(anonymiser, member);
    return replacement != NULL ? json_tokener_parse(replacement) : json_object_new_int64(0);
}

static json_object *anonymise_value(struct anonymiser *anonymiser, enum anonymise_part part,
                                    const char *member, json_object *value, int depth)
{
    if (depth > ANONYMISE_DEPTH_MAX)
        return json_object_new_string(ANONYMISE_HIDDEN);
    switch (json_object_get_type(value)) {
    case json_type_object: return anonymise_object(anonymiser, part, value, depth);
    case json_type_array: return anonymise_array(anonymiser, part, member, value, depth);
    case json_type_string: return anonymise_text(anonymiser, part, member, value, depth);
    default: return value != NULL ? anonymise_number(anonymiser, member, value) : NULL;
    }
}

json_object *anonymiser_request(struct anonymiser *anonymiser, json_object *request)
{
    return anonymise_value(anonymiser, ANONYMISE_REQUEST, "", request, 0);
}

json_object *anonymiser_reply(struct anonymiser *anonymiser, json_object *reply)
{
    return anonymise_value(anonymiser, ANONYMISE_REPLY, "", reply, 0);
}

json_object *anonymiser_document(struct anonymiser *anonymiser, json_object *document)
{
    return anonymise_value(anonymiser, ANONYMISE_DOCUMENT, "", document, 0);
}
