/*
 * harmless.c - which texts and numbers of an appliance name no person, place, network or unit.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* strcasestr */

#include "harmless.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define HARMLESS_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Longest text that is kept for what its member says. */
#define HARMLESS_TEXT_MAX 64

#define HARMLESS_DIGITS "0123456789"

/* Numbers up to it count something: a telephone number and most addresses are larger. */
#define HARMLESS_NUMBER_MAX 999999

/* 2001 to 2038, in seconds. */
#define HARMLESS_TIME_MIN 1000000000
#define HARMLESS_TIME_MAX 2147483647

static const struct {
    const char *name;
    enum harmless_kind kind;
} harmless_members[] = {
    {"Admin Domain Configuration", HARMLESS_STATE},
    {"FIPS Mode", HARMLESS_STATE},
    {"HA Mode", HARMLESS_STATE},
    {"HA Role", HARMLESS_STATE},
    {"License Status", HARMLESS_STATE},
    {"Offline Mode", HARMLESS_STATE},
    {"_is-model", HARMLESS_STATE},
    {"action", HARMLESS_STATE},
    {"attribute", HARMLESS_STATE},
    {"attributes", HARMLESS_STATE},
    {"authorized", HARMLESS_STATE},
    {"body", HARMLESS_STATE},
    {"category", HARMLESS_STATE},
    {"cause", HARMLESS_STATE},
    {"conf_status", HARMLESS_STATE},
    {"config_status", HARMLESS_STATE},
    {"conn_status", HARMLESS_STATE},
    {"connection_state", HARMLESS_STATE},
    {"connection_status", HARMLESS_STATE},
    {"content_type", HARMLESS_STATE},
    {"device_type", HARMLESS_STATE},
    {"device_types", HARMLESS_STATE},
    {"fields", HARMLESS_STATE},
    {"flags", HARMLESS_STATE},
    {"foslic_type", HARMLESS_STATE},
    {"ha_mode", HARMLESS_STATE},
    {"ha_role", HARMLESS_STATE},
    {"http_method", HARMLESS_STATE},
    {"include", HARMLESS_STATE},
    {"kind", HARMLESS_STATE},
    {"license", HARMLESS_STATE},
    {"license_status", HARMLESS_STATE},
    {"live_status", HARMLESS_STATE},
    {"management_mode", HARMLESS_STATE},
    {"method", HARMLESS_STATE},
    {"mgmt_mode", HARMLESS_STATE},
    {"mode", HARMLESS_STATE},
    {"option", HARMLESS_STATE},
    {"os_type", HARMLESS_STATE},
    {"outcome", HARMLESS_STATE},
    {"pre-provisioned", HARMLESS_STATE},
    {"reason", HARMLESS_STATE},
    {"role", HARMLESS_STATE},
    {"severity", HARMLESS_STATE},
    {"source", HARMLESS_STATE},
    {"state", HARMLESS_STATE},
    {"status", HARMLESS_STATE},
    {"sysgrp", HARMLESS_STATE},
    {"sysgrp-permission", HARMLESS_STATE},
    {"system", HARMLESS_STATE},
    {"type", HARMLESS_STATE},
    {"vdom_mode", HARMLESS_STATE},
    {"vdom_type", HARMLESS_STATE},
    {"vm_license_type", HARMLESS_STATE},
    {"wtp_mode", HARMLESS_STATE},
    {"www_authenticate", HARMLESS_STATE},

    {"BIOS version", HARMLESS_PRODUCT},
    {"Branch Point", HARMLESS_PRODUCT},
    {"Build", HARMLESS_PRODUCT},
    {"Platform Full Name", HARMLESS_PRODUCT},
    {"Platform Type", HARMLESS_PRODUCT},
    {"Release Version Information", HARMLESS_PRODUCT},
    {"Version", HARMLESS_PRODUCT},
    {"build", HARMLESS_PRODUCT},
    {"firmware_version", HARMLESS_PRODUCT},
    {"jsonrpc", HARMLESS_PRODUCT},
    {"maker", HARMLESS_PRODUCT},
    {"model", HARMLESS_PRODUCT},
    {"model_name", HARMLESS_PRODUCT},
    {"model_number", HARMLESS_PRODUCT},
    {"mr", HARMLESS_PRODUCT},
    {"os_ver", HARMLESS_PRODUCT},
    {"os_version", HARMLESS_PRODUCT},
    {"part", HARMLESS_PRODUCT},
    {"patch", HARMLESS_PRODUCT},
    {"platform", HARMLESS_PRODUCT},
    {"platform_id", HARMLESS_PRODUCT},
    {"platform_str", HARMLESS_PRODUCT},
    {"plugin_version", HARMLESS_PRODUCT},
    {"prefer_img_ver", HARMLESS_PRODUCT},
    {"version", HARMLESS_PRODUCT},

    {"SN", HARMLESS_SERIAL},
    {"Serial Number", HARMLESS_SERIAL},
    {"managed_sn", HARMLESS_SERIAL},
    {"serial", HARMLESS_SERIAL},
    {"serial_no", HARMLESS_SERIAL},
    {"serial_number", HARMLESS_SERIAL},
    {"sn", HARMLESS_SERIAL},
    {"sync_key", HARMLESS_SERIAL},

    {"switch-id", HARMLESS_UNIT},
    {"switch_id", HARMLESS_UNIT},
    {"wtp-id", HARMLESS_UNIT},
    {"wtp_id", HARMLESS_UNIT},

    {"Hostname", HARMLESS_NAME},
    {"alias", HARMLESS_NAME},
    {"city", HARMLESS_NAME},
    {"comment", HARMLESS_NAME},
    {"comments", HARMLESS_NAME},
    {"desc", HARMLESS_NAME},
    {"description", HARMLESS_NAME},
    {"group-name", HARMLESS_NAME},
    {"ha_group_name", HARMLESS_NAME},
    {"host_name", HARMLESS_NAME},
    {"hostname", HARMLESS_NAME},
    {"label", HARMLESS_NAME},
    {"location", HARMLESS_NAME},
    {"name", HARMLESS_NAME},
    {"phone", HARMLESS_NAME},
    {"postcode", HARMLESS_NAME},
    {"ssid", HARMLESS_NAME},
    {"title", HARMLESS_NAME},
    {"user", HARMLESS_NAME},
    {"userid", HARMLESS_NAME},
    {"username", HARMLESS_NAME},
    {"vdom", HARMLESS_NAME},
    {"zip", HARMLESS_NAME},

    {"path", HARMLESS_PATH},
    {"resource", HARMLESS_PATH},
    {"target", HARMLESS_PATH},
    {"url", HARMLESS_PATH},

    {"message", HARMLESS_SENTENCE},
};

/* Texts, and names of members that somebody might give to a thing. */
static const char *const harmless_texts[] = {
    "***",
    "00:00:00:00:00:00",
    "0.0.0.0",
    "::",
    "All_FortiGate",
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
    "api",
    "auto",
    "cluster",
    "cmdb",
    "config",
    "connected",
    "data",
    "default",
    "device",
    "disable",
    "disabled",
    "disconnected",
    "down",
    "dvmdb",
    "enable",
    "enabled",
    "exec",
    "false",
    "firewall",
    "firmware_version",
    "flags",
    "fortigate",
    "fortilink",
    "fortimanager",
    "fortios",
    "fsp",
    "gate",
    "get",
    "global",
    "ha",
    "id",
    "in_sync",
    "ip",
    "jsonrpc",
    "log_only",
    "managed",
    "managed-switch",
    "managed_ap",
    "master",
    "meta",
    "meta fields",
    "mode",
    "model",
    "model_devices",
    "monitor",
    "name",
    "never",
    "no",
    "no-vdom",
    "none",
    "obj",
    "off",
    "offline",
    "oid",
    "on",
    "online",
    "params",
    "pm",
    "ports",
    "post",
    "primary",
    "proxy",
    "read",
    "read-write",
    "result",
    "results",
    "root",
    "rootp",
    "secondary",
    "serial",
    "session",
    "slave",
    "sn",
    "standalone",
    "state",
    "status",
    "success",
    "switch",
    "switch-controller",
    "sys",
    "system",
    "true",
    "unauthorized",
    "unknown",
    "up",
    "url",
    "v2",
    "vdom",
    "version",
    "web-ui",
    "when_needed",
    "wifi",
    "wireless-controller",
    "wtp",
    "yes",
};

/* Of which names of members, states, paths and sentences are made. */
static const char *const harmless_words[] = {
#include "harmless_words.def"
};

static enum harmless_kind harmless_listed(const char *member)
{
    for (size_t i = 0; i < HARMLESS_COUNT(harmless_members); i++) {
        if (strcmp(harmless_members[i].name, member) == 0)
            return harmless_members[i].kind;
    }
    return HARMLESS_OTHER;
}

enum harmless_kind harmless_kind(const char *member)
{
    static const char *const coordinates[] = {"lat", "lng", "lon", "long"};

    if (strcasestr(member, "latitude") != NULL || strcasestr(member, "longitude") != NULL)
        return HARMLESS_COORDINATE;
    for (size_t i = 0; i < HARMLESS_COUNT(coordinates); i++) {
        if (strcmp(coordinates[i], member) == 0)
            return HARMLESS_COORDINATE;
    }
    return harmless_listed(member);
}

bool harmless_word(const char *text)
{
    for (size_t i = 0; i < HARMLESS_COUNT(harmless_texts); i++) {
        if (strcmp(harmless_texts[i], text) == 0)
            return true;
    }
    return false;
}

/* Whether "pin" is a word of a name: "sim1-pin-code", not "mapping". */
static bool harmless_names_pin(const char *name)
{
    for (const char *at = name; (at = strcasestr(at, "pin")) != NULL; at++) {
        if ((at == name || !isalpha((unsigned char)at[-1])) && !isalpha((unsigned char)at[3]))
            return true;
    }
    return false;
}

bool harmless_secret_member(const char *name)
{
    static const char *const parts[] = {"pass",    "pwd",        "secret",    "psk",   "token",
                                        "session", "credential", "community", "cookie"};
    const size_t size = strlen(name);

    for (size_t i = 0; i < HARMLESS_COUNT(parts); i++) {
        if (strcasestr(name, parts[i]) != NULL)
            return true;
    }
    return harmless_names_pin(name) ||
           (size >= 3 && strcasecmp(name + size - 3, "key") == 0 && strcasecmp(name, "mkey") != 0);
}

/* ---- words */

static int harmless_compare(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

/* A run of letters that is a word of the list, in any case. */
static bool harmless_letters(struct span letters)
{
    char lower[32];

    if (letters.size >= sizeof(lower))
        return false;
    for (size_t i = 0; i < letters.size; i++)
        lower[i] = (char)tolower((unsigned char)letters.bytes[i]);
    lower[letters.size] = '\0';
    return bsearch(lower, harmless_words, HARMLESS_COUNT(harmless_words), sizeof(harmless_words[0]),
                   harmless_compare) != NULL;
}

/* The run of letters, of digits or of neither at the beginning of a text. */
static size_t harmless_run(struct span text)
{
    size_t size = 1;

    while (size < text.size &&
           !isalpha((unsigned char)text.bytes[0]) == !isalpha((unsigned char)text.bytes[size]) &&
           !isdigit((unsigned char)text.bytes[0]) == !isdigit((unsigned char)text.bytes[size]))
        size++;
    return size;
}

/* Whether a text is made of words of the list, and at most `numbers` numbers of so many digits. */
static bool harmless_plain(struct span text, size_t numbers, size_t digits_max)
{
    while (text.size > 0) {
        const size_t size = harmless_run(text);
        const unsigned char first = (unsigned char)*text.bytes;

        if (isdigit(first)   ? numbers-- == 0 || size > digits_max
            : isalpha(first) ? !harmless_letters((struct span){text.bytes, size})
                             : !isascii(first))
            return false;
        text = (struct span){text.bytes + size, text.size - size};
    }
    return true;
}

/* "60F", "VM64", "S124FP", "3G4G": the code of a model. */
static bool harmless_code(struct span word)
{
    size_t letters = 0, digits = 0;

    for (size_t i = 0; i < word.size; i++) {
        letters += word.bytes[i] >= 'A' && word.bytes[i] <= 'Z';
        digits += isdigit((unsigned char)word.bytes[i]) != 0;
    }
    return word.size <= 8 && letters + digits == word.size && letters <= 5 && digits >= 2;
}

/* The run of letters and digits at the beginning of a text. */
static struct span harmless_alnum(struct span text)
{
    size_t size = 0;

    while (size < text.size && isalnum((unsigned char)text.bytes[size]))
        size++;
    return (struct span){text.bytes, size};
}

/* "FortiGate-60F", "S124FP-v7.4.3-build0830,240611 (GA)": with as many digits as no telephone. */
static bool harmless_product(struct span text)
{
    size_t numbers = 0, digits = 0;

    for (size_t size; text.size > 0; text = (struct span){text.bytes + size, text.size - size}) {
        const struct span word = harmless_alnum(text);

        size = word.size > 0 ? word.size : 1;
        if (word.size > 0 && strspn(word.bytes, HARMLESS_DIGITS) >= word.size) {
            numbers++;
            digits += word.size;
        } else if (word.size > 0 ? !harmless_plain(word, 2, 6) && !harmless_code(word)
                                 : !isascii((unsigned char)*text.bytes)) {
            return false;
        }
    }
    return numbers <= 3 && digits <= 9;
}

bool harmless_part(struct span word)
{
    return harmless_plain(word, 2, 2);
}

bool harmless_short_number(struct span word)
{
    return word.size > 0 && word.size <= 6 && strspn(word.bytes, HARMLESS_DIGITS) >= word.size;
}

bool harmless_digits(const char *text, size_t most)
{
    const size_t size = strlen(text);

    return size > 0 && size <= most && strspn(text, HARMLESS_DIGITS) == size;
}

bool harmless_slug(const char *text)
{
    const size_t size = strlen(text);

    return size <= HARMLESS_TEXT_MAX &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == size;
}

bool harmless_member(const char *name)
{
    return harmless_word(name) || harmless_listed(name) != HARMLESS_OTHER ||
           (!isdigit((unsigned char)*name) && harmless_part((struct span){name, strlen(name)}));
}

/* ---- the shape of a text */

/* Whether a text has a pattern: 9 is a digit, another character itself. */
static bool harmless_pattern(const char *text, const char *pattern)
{
    for (; *text != '\0' && *pattern != '\0'; text++, pattern++) {
        if (*pattern == '9' ? !isdigit((unsigned char)*text) : *text != *pattern)
            return false;
    }
    return *text == *pattern;
}

static bool harmless_date(const char *text)
{
    static const char *const patterns[] = {
        "9999-99-99",
        "9999-99-99 99:99:99",
        "9999-99-99T99:99:99",
        "9999-99-99T99:99:99Z",
        "9999-99-99T99:99:99+99:99",
        "9999-99-99T99:99:99-99:99",
        "99/99/99",
        "99/99/99 99:99",
    };

    for (size_t i = 0; i < HARMLESS_COUNT(patterns); i++) {
        if (harmless_pattern(text, patterns[i]))
            return true;
    }
    return false;
}

/* "7.4", "v7.4.3", where the member speaks of a version: a coordinate looks the same. */
static bool harmless_version(const char *member, const char *text)
{
    static const char *const patterns[] = {"9.9", "9.99", "9.9.9", "9.9.99"};

    if (strcasestr(member, "ver") == NULL)
        return false;
    text += *text == 'v' ? 1 : 0;
    for (size_t i = 0; i < HARMLESS_COUNT(patterns); i++) {
        if (harmless_pattern(text, patterns[i]))
            return true;
    }
    return false;
}

bool harmless_netmask(const char *text)
{
    struct in_addr address;
    uint32_t mask;

    if (inet_pton(AF_INET, text, &address) != 1)
        return false;
    mask = ntohl(address.s_addr);
    return mask >= 0xFF000000 && (~mask & (~mask + 1)) == 0;
}

/* "", "???", "0.0": without a letter or another digit a text names nothing. */
static bool harmless_nothing(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text != '0' && (isalnum((unsigned char)*text) || !isascii((unsigned char)*text)))
            return false;
    }
    return true;
}

bool harmless_text(const char *member, const char *text)
{
    const enum harmless_kind kind = harmless_kind(member);
    const struct span span = {text, strlen(text)};

    if (harmless_nothing(text) || harmless_word(text))
        return true;
    if (kind == HARMLESS_NAME || kind == HARMLESS_UNIT || kind == HARMLESS_COORDINATE)
        return false;
    if (kind == HARMLESS_STATE || kind == HARMLESS_PRODUCT) {
        if (span.size <= HARMLESS_TEXT_MAX &&
            (kind == HARMLESS_STATE ? strchr(text, '.') == NULL && harmless_part(span)
                                    : harmless_product(span)))
            return true;
    }
    return harmless_date(text) || harmless_version(member, text) || harmless_netmask(text) ||
           (span.size <= 2 && harmless_short_number(span));
}

bool harmless_serial(const char *text)
{
    const size_t size = strlen(text);
    const size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const bool vm = strncmp(text + 1, "GVM", 3) == 0 || strncmp(text + 1, "MGVM", 4) == 0;
    size_t digits = 0;

    for (size_t i = 0; i < size && i < 16; i++)
        digits += isdigit((unsigned char)text[i]) != 0;
    return (size == 16 || (size > 16 && text[16] == '-')) &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == size &&
           (text[0] == 'F' || text[0] == 'P' || text[0] == 'S') && (letters <= 4 || vm) &&
           digits >= 3;
}

/* ---- numbers */

bool harmless_number(const char *member, int64_t number)
{
    static const char *const others[] = {"bytes", "flags", "hdisk_size", "oid"};
    static const char *const times[] = {"time", "date",  "last",   "expire",
                                        "seen", "since", "checked"};

    if (harmless_kind(member) == HARMLESS_NAME)
        return number >= -99 && number <= 99;
    if (number >= -HARMLESS_NUMBER_MAX && number <= HARMLESS_NUMBER_MAX)
        return true;
    for (size_t i = 0; i < HARMLESS_COUNT(others); i++) {
        if (strcmp(others[i], member) == 0)
            return number >= 0 && number <= UINT32_MAX;
    }
    for (size_t i = 0; i < HARMLESS_COUNT(times); i++) {
        if (strcasestr(member, times[i]) != NULL)
            return number >= HARMLESS_TIME_MIN && number <= HARMLESS_TIME_MAX;
    }
    return false;
}
