/*
 * filter.c - the parameter `filter` of a list.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "filter.h"

#include "text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Hosts ------------------------------------------------------------------------------------- */

typedef const char *host_value(const struct host *host, char buffer[HOST_TEXT_SIZE]);

static const char *or_null(const char *text)
{
    return text != NULL && text[0] != '\0' ? text : NULL;
}

static const char *print(char buffer[HOST_TEXT_SIZE], int64_t number)
{
    (void)snprintf(buffer, HOST_TEXT_SIZE, "%" PRId64, number);
    return buffer;
}

static const char *get_id(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    return print(buffer, host->id);
}

static const char *get_type(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    return print(buffer, host->type);
}

static const char *get_polled(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    return print(buffer, host->polled_ms);
}

static const char *get_host_name(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return or_null(host->name);
}

static const char *get_name(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return host->name[0] != '\0' ? host->name : host->macs[0];
}

static const char *get_mac(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return host->macs[0];
}

static const char *get_ip(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return host->machine != NULL ? host->machine->ip : NULL;
}

static const char *get_serial(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return host_serial(host);
}

static const char *get_hardware(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return host->machine != NULL ? host->machine->model : NULL;
}

static const char *get_user(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return host->machine != NULL ? or_null(host->machine->user) : NULL;
}

static const char *get_system(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return host->system;
}

static const char *get_owner(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return host->owner;
}

static const char *get_role(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return host->role;
}

static const char *get_agent(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return host->agent_version;
}

static const char *get_label(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return host->type_label;
}

static const char *get_connected(const struct host *host, char buffer[HOST_TEXT_SIZE])
{
    (void)buffer;
    return host->connected ? "true" : "false";
}

static const struct {
    const char *key;
    host_value *get;
} values[] = {
    {"id", get_id},
    {"hostName", get_host_name},
    {"name", get_name},
    {"primaryMac", get_mac},
    {"ip", get_ip},
    {"pcserialNumber", get_serial},
    {"hardwareType", get_hardware},
    {"operatingSystem", get_system},
    {"owner", get_owner},
    {"loggedOnUserId", get_user},
    {"role", get_role},
    {"agentVersion", get_agent},
    {"type", get_type},
    {"typeLabel", get_label},
    {"connected", get_connected},
    {"lastSuccessfulPoll", get_polled},
};

/* Reading ----------------------------------------------------------------------------------- */

/* Longer ones first. */
static const struct {
    const char *sign;
    enum comparison comparison;
} signs[] = {
    {"==", COMPARE_EQUAL},        {"!=", COMPARE_NOT_EQUAL}, {"=@", COMPARE_CONTAINS},
    {"!@", COMPARE_CONTAINS_NOT}, {"<=", COMPARE_AT_MOST},   {">=", COMPARE_AT_LEAST},
    {"<", COMPARE_BELOW},         {">", COMPARE_ABOVE},
};

static bool is_known(const char *key)
{
    for (size_t i = 0; i < COUNT(values); i++)
        if (strcmp(values[i].key, key) == 0)
            return true;
    return false;
}

/* Takes the backslashes away, in place. */
static const char *unescape(char *pattern)
{
    char *to = pattern;

    for (const char *from = pattern; *from != '\0'; from++) {
        if (*from == '.')
            return "a dot without a backslash";
        if (*from == '\\' && *++from != '.' && *from != '\\')
            return "a backslash that escapes nothing";
        *to++ = *from;
    }
    *to = '\0';
    return NULL;
}

/* Reads one condition, whose text ends with a NUL. */
static const char *read_condition(struct condition *condition, char *text)
{
    char *at = text + strcspn(text, "=!<>");

    for (size_t i = 0; i < COUNT(signs); i++) {
        size_t size = strlen(signs[i].sign);

        if (strncmp(at, signs[i].sign, size) != 0)
            continue;
        *at = '\0';
        condition->key = text;
        condition->comparison = signs[i].comparison;
        condition->pattern = at + size;
        if (!is_known(condition->key))
            return "an unknown key";
        return unescape(at + size);
    }
    return "no operator";
}

const char *filter_read(struct filter *filter, const char *text)
{
    char *at;
    bool alternative = true;

    *filter = (struct filter){.buffer = must_copy(text)};
    for (at = filter->buffer; *at != '\0';) {
        struct condition *condition = &filter->conditions[filter->count];
        char *end = at + strcspn(at, ",&");
        char divider = *end;
        const char *wrong;

        if (filter->count == MAXIMUM_CONDITIONS)
            return "too many conditions";
        *end = '\0';
        wrong = read_condition(condition, at);
        if (wrong != NULL)
            return wrong;
        condition->alternative = alternative;
        filter->count++;
        alternative = divider == ',';
        if (divider == '\0')
            break;
        at = end + 1;
        if (*at == '\0')
            return "nothing behind the last divider";
    }
    return NULL;
}

void filter_release(struct filter *filter)
{
    free(filter->buffer);
    *filter = (struct filter){.buffer = NULL};
}

/* Matching ---------------------------------------------------------------------------------- */

/* Numbers as numbers, all else as text. */
static int compare(const char *value, const char *pattern)
{
    char *value_end = NULL;
    char *pattern_end = NULL;
    long long left = strtoll(value, &value_end, 10);
    long long right = strtoll(pattern, &pattern_end, 10);

    if (value[0] != '\0' && *value_end == '\0' && pattern[0] != '\0' && *pattern_end == '\0')
        return (left > right) - (left < right);
    return strcasecmp(value, pattern);
}

/* Null is no value: it equals nothing and contains nothing [inferred]. */
static bool holds(const struct condition *condition, const char *value)
{
    bool there = value != NULL;
    const char *pattern = condition->pattern;

    switch (condition->comparison) {
    case COMPARE_EQUAL: return there && strcasecmp(value, pattern) == 0;
    case COMPARE_NOT_EQUAL: return !there || strcasecmp(value, pattern) != 0;
    case COMPARE_CONTAINS: return there && strcasestr(value, pattern) != NULL;
    case COMPARE_CONTAINS_NOT: return !there || strcasestr(value, pattern) == NULL;
    case COMPARE_AT_MOST: return there && compare(value, pattern) <= 0;
    case COMPARE_BELOW: return there && compare(value, pattern) < 0;
    case COMPARE_AT_LEAST: return there && compare(value, pattern) >= 0;
    default: return there && compare(value, pattern) > 0;
    }
}

static bool condition_matches(const struct condition *condition, const struct host *host)
{
    char buffer[HOST_TEXT_SIZE];

    for (size_t i = 0; i < COUNT(values); i++)
        if (strcmp(values[i].key, condition->key) == 0)
            return holds(condition, values[i].get(host, buffer));
    return false;
}

bool filter_matches(const struct filter *filter, const struct host *host)
{
    bool matches = filter->count == 0;

    for (size_t i = 0; i < filter->count; i++) {
        const struct condition *condition = &filter->conditions[i];

        if (condition->alternative && matches)
            return true;
        matches = (condition->alternative || matches) && condition_matches(condition, host);
    }
    return matches;
}
