/*
 * anonymise.c - recorded exchanges and documents without names, serial numbers and addresses.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "anonymise.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "harmless.h"
#include "json_text.h"
#include "limits.h"
#include "list.h"

#define ANONYMISE_HIDDEN "***"

/* ---- the shape of a text */

static bool anonymise_mac(const char *text)
{
    size_t size = 0;

    while (size % 3 == 2 ? text[size] == ':' || text[size] == '-'
                         : isxdigit((unsigned char)text[size]) != 0) {
        size++;
    }
    return size == 17 && text[size] == '\0';
}

static bool anonymise_serial(const char *member, const char *text)
{
    const enum harmless_kind kind = harmless_kind(member);
    const size_t size = strlen(text);
    const bool plain = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-*") == size;

    /* A wildcard stands for any unit of a model. */
    if (kind == HARMLESS_UNIT) {
        return harmless_serial(text) || (plain && strchr(text, '*') != NULL);
    }
    return kind == HARMLESS_SERIAL && size >= 8 && size <= 32 && plain;
}

/* The kind of an address; PSEUDONYM_TEXT if the text is no address. */
static enum pseudonym_kind anonymise_address_kind(const char *text)
{
    unsigned char bytes[sizeof(struct in6_addr)];

    return inet_pton(AF_INET, text, bytes) == 1    ? PSEUDONYM_IPV4
           : inet_pton(AF_INET6, text, bytes) == 1 ? PSEUDONYM_IPV6
           : anonymise_mac(text)                   ? PSEUDONYM_MAC
                                                   : PSEUDONYM_TEXT;
}

/*
 * The size of the address with which the text begins; 0 = there is none. Only a prefix length, a
 * port or a netmask may follow it.
 */
static size_t anonymise_address(const char *text, enum pseudonym_kind *ret_kind)
{
    char address[64];
    const size_t size = strcspn(text, "/ ");
    const size_t port = strcspn(text, ":");
    const char *rest = text + size;

    if (size >= sizeof(address)) {
        return 0;
    }
    memcpy(address, text, size);
    address[size] = '\0';
    *ret_kind = anonymise_address_kind(address);
    if (*ret_kind == PSEUDONYM_TEXT && text[port] == ':' &&
        harmless_digits(span_of(text + port + 1), 5)) {
        address[port < size ? port : size] = '\0';
        *ret_kind = anonymise_address_kind(address);
        return *ret_kind == PSEUDONYM_IPV4 ? port : 0;
    }
    if (*ret_kind == PSEUDONYM_TEXT || (*rest == '/' && !harmless_digits(span_of(rest + 1), 3)) ||
        (*rest == ' ' && !harmless_netmask(rest + 1))) {
        return 0;
    }
    return size;
}

/* The value of a text that is JSON, as in FortiManager's caches; NULL = it is not. */
static json_object *anonymise_embedded(struct span text)
{
    json_object *value = NULL;

    if (text.size > 0 && (text.bytes[0] == '{' || text.bytes[0] == '[')) {
        (void)json_text_parse(text, JSON_GRAMMAR_LARGE_MAX, &value, NULL);
    }
    return value;
}

/*
 * The member by whose rules a value is treated. Usually it is the value's own member. But "name" in
 * FortiOS's envelope contains the end of a path ("status" of /api/v2/monitor/system/status), and a
 * member whose name an administrator chose contains what he wrote.
 */
static const char *anonymise_role(const char *member, json_object *object, const char *name)
{
    if (strcmp(member, "meta fields") == 0 || !harmless_member(name)) {
        return "name";
    }
    return strcmp(name, "name") == 0 && json_text_member(object, "http_method") != NULL ? "path"
                                                                                        : name;
}

/* Fractions are replaced because they may be coordinates, large numbers as telephone numbers. */
static bool anonymise_keeps_number(const char *member, json_object *value)
{
    const double number = json_object_get_double(value);

    if (json_object_is_type(value, json_type_boolean)) {
        return true;
    }
    return harmless_kind(member) != HARMLESS_COORDINATE && number > -1e15 && number < 1e15 &&
           (double)(int64_t)number == number && harmless_number(member, (int64_t)number);
}

static enum pseudonym_kind anonymise_number_kind(const char *member, json_object *value)
{
    return harmless_kind(member) == HARMLESS_COORDINATE ||
                   json_object_is_type(value, json_type_double)
               ? PSEUDONYM_COORDINATE
               : PSEUDONYM_NUMBER;
}

/* The target of a proxied query is a path in a request, and the name of a FortiGate in a reply. */
static const char *anonymise_member(const char *member, const char *text)
{
    return strcmp(member, "target") == 0 && strchr(text, '/') == NULL ? "name" : member;
}

/* A text, if it is a serial number, without the blanks that FortiCloud has after it. */
static struct span anonymise_span(const char *member, json_object *value)
{
    struct span text = json_text_value(value);

    while (harmless_kind(member) == HARMLESS_SERIAL && text.size > 0 &&
           text.bytes[text.size - 1] == ' ') {
        text.size--;
    }
    return text;
}

/* ---- learning */

bool anonymiser_init(struct anonymiser *anonymiser, const struct secrets *secrets)
{
    *anonymiser = (struct anonymiser){.secrets = secrets,
                                      .pseudonyms.index = json_object_new_object(),
                                      .replaced = json_object_new_object(),
                                      .kept = json_object_new_object()};
    return anonymiser->pseudonyms.index != NULL && anonymiser->replaced != NULL &&
           anonymiser->kept != NULL;
}

void anonymiser_release(struct anonymiser *anonymiser)
{
    json_object_put(anonymiser->pseudonyms.index);
    json_object_put(anonymiser->replaced);
    json_object_put(anonymiser->kept);
}

static bool anonymise_has_secret(const struct anonymiser *anonymiser, struct span text)
{
    return secrets_redact(anonymiser->secrets, text, NULL);
}

/* Learns an original, unless it is a word that is never replaced. */
static void anonymise_original(struct anonymiser *anonymiser, enum pseudonym_kind kind,
                               const char *text)
{
    if (*text != '\0' && !harmless_word(text)) {
        pseudonym_learn(&anonymiser->pseudonyms, kind, span_of(text));
    }
}

/* Learns a text that may not be kept, with its kind. */
static void anonymise_learn_whole(struct anonymiser *anonymiser, const char *member,
                                  struct span text)
{
    char *copy = json_text_copy(text);
    enum pseudonym_kind kind;

    if (copy == NULL) {
        return;
    }
    size_t size = anonymise_address(copy, &kind);
    if (size > 0) {
        copy[size] = '\0';
    } else {
        kind = anonymise_serial(member, copy)                 ? PSEUDONYM_SERIAL
               : harmless_kind(member) == HARMLESS_COORDINATE ? PSEUDONYM_COORDINATE
                                                              : PSEUDONYM_TEXT;
    }
    anonymise_original(anonymiser, kind, copy);
    free(copy);
}

static void anonymise_learn(struct anonymiser *anonymiser, const char *member, json_object *value,
                            int depth);

/* Learns the names of ADOMs, devices and VDOMs in a path. */
static void anonymise_learn_path(struct anonymiser *anonymiser, struct span path)
{
    const char *const *before = LIST("adom/", "device/", "vdom/", "vdom=");

    for (; *before != NULL; before++) {
        const char *at = path.bytes;

        while ((at = strstr(at, *before)) != NULL) {
            at += strlen(*before);
            anonymise_learn_whole(anonymiser, "name", (struct span){at, strcspn(at, "/&")});
        }
    }
}

static void anonymise_learn_text(struct anonymiser *anonymiser, const char *name,
                                 json_object *value, int depth)
{
    const struct span text = anonymise_span(name, value);
    const char *member = anonymise_member(name, text.bytes);
    const enum harmless_kind kind = harmless_kind(member);
    json_object *embedded = anonymise_embedded(text);

    if (embedded != NULL) {
        anonymise_learn(anonymiser, member, embedded, depth + 1);
        json_object_put(embedded);
    } else if (anonymise_has_secret(anonymiser, text)) {
        return; /* it is replaced by stars, whatever its member */
    } else if (kind == HARMLESS_PATH) {
        anonymise_learn_path(anonymiser, text);
    } else if (kind != HARMLESS_SENTENCE && !harmless_text(member, text.bytes)) {
        anonymise_learn_whole(anonymiser, member, text);
    }
}

static void anonymise_learn_object(struct anonymiser *anonymiser, const char *member,
                                   json_object *object, int depth)
{
    json_object_object_foreach(object, name, below) {
        const char *role = anonymise_role(member, object, name);

        if (role != name && strcmp(role, "name") == 0) {
            anonymise_learn_whole(anonymiser, "wtp-id", span_of(name));
        }
        if (!harmless_secret_member(name)) {
            anonymise_learn(anonymiser, role, below, depth + 1);
        }
    }
}

static void anonymise_learn(struct anonymiser *anonymiser, const char *member, json_object *value,
                            int depth)
{
    if (depth > ANONYMISE_DEPTH_MAX) {
        return;
    }
    switch (json_object_get_type(value)) {
    case json_type_object: anonymise_learn_object(anonymiser, member, value, depth); break;
    case json_type_array: {
        json_text_foreach(item, value) {
            anonymise_learn(anonymiser, member, item, depth + 1);
        }
        break;
    }
    case json_type_string: anonymise_learn_text(anonymiser, member, value, depth); break;
    default:
        if (value != NULL && !anonymise_keeps_number(member, value)) {
            pseudonym_learn(&anonymiser->pseudonyms, anonymise_number_kind(member, value),
                            json_text_value(value));
        }
    }
}

void anonymiser_learn(struct anonymiser *anonymiser, json_object *reply)
{
    anonymise_learn(anonymiser, "", reply, 0);
}

void anonymiser_assign(struct anonymiser *anonymiser, json_object *settings)
{
    const char *const *name =
        LIST("adoms", "ems_account", "ems_site", "filter", "forticloud_user", "username");
    static const char META[] = "meta.";

    for (; *name != NULL; name++) {
        anonymise_learn(anonymiser, "name", json_text_member(settings, *name), 0);
    }
    json_text_foreach(attribute, json_text_member(settings, "attributes")) {
        const struct span text = json_text_value(attribute);

        if (strncmp(text.bytes, META, strlen(META)) == 0) {
            anonymise_original(anonymiser, PSEUDONYM_TEXT, text.bytes + strlen(META));
        }
    }
    pseudonym_assign(&anonymiser->pseudonyms);
}

/* ---- what was changed */

static void anonymise_count(struct anonymiser *anonymiser, const char *member)
{
    const int64_t count = json_object_get_int64(json_text_member(anonymiser->replaced, member));

    json_text_add(anonymiser->replaced, member, json_object_new_int64(count + 1));
}

/* Lists what was kept, for the person who checks the bundle. */
static void anonymise_note_kept(struct anonymiser *anonymiser, const char *member, struct span text)
{
    if (json_text_member(anonymiser->kept, member) == NULL) {
        json_text_add(anonymiser->kept, member, json_object_new_array());
    }
    json_object *texts = json_text_member(anonymiser->kept, member);
    json_text_foreach(kept, texts) {
        if (span_is(text, json_text_value(kept).bytes)) {
            return;
        }
    }
    if (json_text_count(texts) < ANONYMISE_KEPT_MAX) {
        json_text_append(texts, json_text_new(text));
    }
}

/* ---- replacing */

/* A text that is kept. */
static json_object *anonymise_keep(struct anonymiser *anonymiser, const char *member,
                                   struct span text)
{
    text = span_of(text.bytes); /* without what follows a NUL */
    if (text.size > 0) {
        anonymise_note_kept(anonymiser, member, text);
    }
    return json_text_new(text);
}

static bool anonymise_is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-' || (unsigned char)c >= 0x80;
}

/* Whether a dot stands between a number and another: it may be part of an address. */
static bool anonymise_dotted(struct span text, size_t at, size_t end)
{
    return (end + 1 < text.size && text.bytes[end] == '.' &&
            isdigit((unsigned char)text.bytes[end + 1])) ||
           (at > 1 && text.bytes[at - 1] == '.' && isdigit((unsigned char)text.bytes[at - 2]));
}

/* The word that begins at `at`, or the character that stands there between words. */
static struct span anonymise_word(struct span text, size_t at)
{
    size_t end = at;

    while (end < text.size && anonymise_is_word(text.bytes[end])) {
        end++;
    }
    return (struct span){text.bytes + at, end > at ? end - at : 1};
}

static bool anonymise_keeps_numbers(const struct anonymiser *anonymiser, const char *member,
                                    struct span text)
{
    const bool path =
        anonymiser->part == ANONYMISE_REQUEST || harmless_kind(member) == HARMLESS_PATH;
    size_t numbers = 0;

    for (size_t at = 0; at < text.size;) {
        const struct span word = anonymise_word(text, at);

        if (harmless_digits(word, word.size)) {
            numbers++;
            if (!harmless_digits(word, 6) || anonymise_dotted(text, at, at + word.size)) {
                return false;
            }
        }
        at += word.size;
    }
    return numbers <= (path ? 3 : 1); /* a telephone number is many */
}

/*
 * Writes a word that is no original, or what replaces it. Returns false if the whole text must be
 * replaced.
 */
static bool anonymise_put_word(struct anonymiser *anonymiser, struct span word, bool numbers,
                               FILE *out)
{
    if (!anonymise_is_word(word.bytes[0]) ||
        (harmless_digits(word, word.size) ? numbers : harmless_part(word))) {
        (void)fwrite(word.bytes, 1, word.size, out);
        return true;
    }
    if (anonymiser->part == ANONYMISE_DOCUMENT) {
        return false;
    }
    const char *replacement = pseudonym_of(&anonymiser->pseudonyms, PSEUDONYM_TEXT, word);
    (void)fputs(replacement != NULL ? replacement : ANONYMISE_HIDDEN, out);
    return true;
}

/* The replacement of the longest original from `at` to the end of a word; NULL = there is none. */
static const char *anonymise_longest(const struct anonymiser *anonymiser, struct span text,
                                     size_t at, size_t *ret_end)
{
    const size_t longest = anonymiser->pseudonyms.longest < ANONYMISE_INSIDE_MAX
                               ? anonymiser->pseudonyms.longest
                               : ANONYMISE_INSIDE_MAX;
    const char *replacement = NULL;
    size_t end = text.size - at > longest ? at + longest : text.size;

    for (; end > at && replacement == NULL; end--) {
        if (end == text.size || !anonymise_is_word(text.bytes[end]) ||
            !anonymise_is_word(text.bytes[end - 1])) {
            *ret_end = end;
            replacement =
                pseudonym_find(&anonymiser->pseudonyms, (struct span){text.bytes + at, end - at});
        }
    }
    return replacement;
}

/*
 * Replaces the originals in a text: at each word the longest original that begins there and ends
 * with a word. Returns false if a word of a document may not be kept.
 */
static bool anonymise_search(struct anonymiser *anonymiser, const char *member, struct span text,
                             FILE *out)
{
    const bool numbers = anonymise_keeps_numbers(anonymiser, member, text);

    if (text.size > ANONYMISE_SEARCH_MAX) {
        return false;
    }
    for (size_t at = 0, end = 0; at < text.size; at = end) {
        const char *replacement = anonymise_longest(anonymiser, text, at, &end);
        const struct span word = anonymise_word(text, at);

        if (replacement != NULL) {
            (void)fputs(replacement, out);
        } else if (anonymise_put_word(anonymiser, word, numbers, out)) {
            end = at + word.size;
        } else {
            return false;
        }
    }
    return true;
}

/* The text with its originals replaced; NULL = the whole text must be replaced. */
static json_object *anonymise_inside(struct anonymiser *anonymiser, const char *member,
                                     struct span text)
{
    json_object *value = NULL;
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);

    if (out == NULL) {
        json_text_lose();
        return NULL;
    }
    bool whole = anonymise_search(anonymiser, member, text, out);
    if (!file_close(out)) {
        json_text_lose();
    } else if (whole && size == text.size && memcmp(bytes, text.bytes, size) == 0) {
        value = anonymise_keep(anonymiser, member, text);
    } else if (whole) {
        anonymise_count(anonymiser, member);
        value = json_text_new((struct span){bytes, size});
    }
    free(bytes);
    return value;
}

/* A path with its originals replaced. FortiManager escapes the slash in a name: "\/". */
static json_object *anonymise_path(struct anonymiser *anonymiser, const char *member,
                                   struct span text)
{
    char *plain = malloc(text.size + 1);
    size_t size = 0;

    if (plain == NULL) {
        json_text_lose();
        return NULL;
    }
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] != '\\' || text.bytes[i + 1] != '/') {
            plain[size++] = text.bytes[i];
        }
    }
    plain[size] = '\0';
    json_object *value = anonymise_inside(anonymiser, member, (struct span){plain, size});
    free(plain);
    return value;
}

/* The pseudonym of the whole text, or of its address, followed by the rest. */
static json_object *anonymise_whole(struct anonymiser *anonymiser, const char *member,
                                    struct span text)
{
    enum pseudonym_kind kind = PSEUDONYM_TEXT;
    const size_t address = anonymise_address(text.bytes, &kind);
    const size_t size = address > 0 ? address : text.size;
    const char *replacement =
        pseudonym_of(&anonymiser->pseudonyms, kind, (struct span){text.bytes, size});
    char *whole = NULL;

    anonymise_count(anonymiser, member);
    if (replacement == NULL || asprintf(&whole, "%s%s", replacement, text.bytes + size) < 0) {
        return NULL;
    }
    json_object *value = json_object_new_string(whole);
    free(whole);
    return value;
}

static json_object *anonymise_value(struct anonymiser *anonymiser, const char *member,
                                    json_object *value, int depth);

/* The text of a JSON value in a text, replaced. */
static json_object *anonymise_inner(struct anonymiser *anonymiser, const char *member,
                                    json_object *embedded, int depth)
{
    const enum anonymise_part part = anonymiser->part;

    if (part == ANONYMISE_DOCUMENT) {
        anonymiser->part = ANONYMISE_REPLY; /* the text was copied from a reply */
    }
    json_object *inner = anonymise_value(anonymiser, member, embedded, depth + 1);
    anonymiser->part = part;
    json_object *value = inner != NULL ? json_text_new(json_text_value(inner)) : NULL;
    json_object_put(inner);
    return value;
}

static json_object *anonymise_text(struct anonymiser *anonymiser, const char *name,
                                   json_object *text_value, int depth)
{
    const struct span text = anonymise_span(name, text_value);
    const char *member = anonymise_member(name, text.bytes);
    const enum harmless_kind kind = harmless_kind(member);
    const bool known = pseudonym_find(&anonymiser->pseudonyms, text) != NULL;
    json_object *embedded = anonymise_embedded(text), *value = NULL;
    enum pseudonym_kind address;

    if (embedded != NULL) {
        value = anonymise_inner(anonymiser, member, embedded, depth);
        json_object_put(embedded);
        return value;
    }
    if (anonymise_has_secret(anonymiser, text)) {
        return json_object_new_string(ANONYMISE_HIDDEN);
    }
    /* In documents, the slugs of the integration are kept, too. */
    if (harmless_text(member, text.bytes) ||
        (anonymiser->part == ANONYMISE_DOCUMENT && !known && kind == HARMLESS_STATE &&
         harmless_slug(text.bytes))) {
        return anonymise_keep(anonymiser, member, text);
    }
    if ((anonymiser->part == ANONYMISE_REPLY && kind != HARMLESS_PATH &&
         kind != HARMLESS_SENTENCE) ||
        (!known && anonymise_address(text.bytes, &address) > 0)) {
        return anonymise_whole(anonymiser, member, text);
    }
    if (kind == HARMLESS_PATH) {
        value = anonymise_path(anonymiser, member, text);
    } else if (!known) {
        value = anonymise_inside(anonymiser, member, text);
    }
    return value != NULL ? value : anonymise_whole(anonymiser, member, text);
}

/*
 * Whether the name of a member is kept: it belongs to the integration or to an interface, and is
 * not also the name of something.
 */
static bool anonymise_keeps_name(struct anonymiser *anonymiser, const char *name)
{
    if (anonymiser->part == ANONYMISE_DOCUMENT) {
        return harmless_slug(name);
    }
    return harmless_word(name) || harmless_kind(name) != HARMLESS_OTHER ||
           (harmless_member(name) &&
            pseudonym_find(&anonymiser->pseudonyms, span_of(name)) == NULL);
}

/* The name of a member, replaced or kept; `role` is the result of anonymise_role(). */
static json_object *anonymise_name(struct anonymiser *anonymiser, const char *name,
                                   const char *role)
{
    static const char member[] = "names of members";
    const struct span text = span_of(name);
    const bool own = role == name || strcmp(role, "name") != 0 || harmless_word(name);
    json_object *replaced = NULL;

    if (anonymise_has_secret(anonymiser, text)) {
        return json_object_new_string(ANONYMISE_HIDDEN);
    }
    if (*name == '\0' || /* there is no pseudonym of an empty name */
        ((own || anonymiser->part == ANONYMISE_DOCUMENT) &&
         anonymise_keeps_name(anonymiser, name))) {
        return json_object_new_string(name);
    }
    if (anonymiser->part == ANONYMISE_DOCUMENT && strchr(name, '.') != NULL) { /* "meta.NAME" */
        anonymiser->part = ANONYMISE_REQUEST;
        replaced = anonymise_inside(anonymiser, member, text);
        anonymiser->part = ANONYMISE_DOCUMENT;
    }
    return replaced != NULL ? replaced : anonymise_whole(anonymiser, member, text);
}

static json_object *anonymise_object(struct anonymiser *anonymiser, const char *member,
                                     json_object *object, int depth)
{
    /*
     * Members of documents that are left out: sentences, and digests, which are computed from an
     * address and a few names and so would confirm a guess of these.
     */
    const char *const *left_out =
        LIST("detail", "help", "label", "listing_digest", "message", "settings_digest");
    json_object *copy = json_object_new_object();

    json_object_object_foreach(object, name, below) {
        const bool document = anonymiser->part == ANONYMISE_DOCUMENT;
        const char *role = anonymise_role(member, object, name);

        if (document && list_has(left_out, name)) {
            continue;
        }
        json_object *key = anonymise_name(anonymiser, name, role);
        const char *shown = json_object_get_string(key);
        if (below == NULL) {
            json_text_add_null(copy, shown);
        } else if (!document && harmless_secret_member(name)) {
            json_text_add(copy, shown, json_object_new_string(ANONYMISE_HIDDEN));
        } else {
            json_text_add(copy, shown, anonymise_value(anonymiser, role, below, depth + 1));
        }
        json_object_put(key);
    }
    return copy;
}

static json_object *anonymise_array(struct anonymiser *anonymiser, const char *member,
                                    json_object *array, int depth)
{
    json_object *copy = json_object_new_array();

    json_text_foreach(item, array) {
        if (item == NULL) {
            json_text_append_null(copy);
        } else {
            json_text_append(copy, anonymise_value(anonymiser, member, item, depth + 1));
        }
    }
    return copy;
}

/*
 * A number, replaced or kept. In documents, which contain counts of the integration, only originals
 * are replaced.
 */
static json_object *anonymise_number(struct anonymiser *anonymiser, const char *member,
                                     json_object *value)
{
    const struct span text = json_text_value(value);

    if (anonymise_keeps_number(member, value) ||
        (anonymiser->part == ANONYMISE_DOCUMENT &&
         pseudonym_find(&anonymiser->pseudonyms, text) == NULL)) {
        return json_object_get(value);
    }
    const char *replacement =
        pseudonym_of(&anonymiser->pseudonyms, anonymise_number_kind(member, value), text);
    anonymise_count(anonymiser, member);
    return replacement != NULL ? json_tokener_parse(replacement) : NULL;
}

static json_object *anonymise_value(struct anonymiser *anonymiser, const char *member,
                                    json_object *value, int depth)
{
    if (depth > ANONYMISE_DEPTH_MAX) {
        return json_object_new_string(ANONYMISE_HIDDEN);
    }
    switch (json_object_get_type(value)) {
    case json_type_object: return anonymise_object(anonymiser, member, value, depth);
    case json_type_array: return anonymise_array(anonymiser, member, value, depth);
    case json_type_string: return anonymise_text(anonymiser, member, value, depth);
    default: return value != NULL ? anonymise_number(anonymiser, member, value) : NULL;
    }
}

json_object *anonymiser_copy(struct anonymiser *anonymiser, enum anonymise_part part,
                             json_object *value)
{
    anonymiser->part = part;
    return anonymise_value(anonymiser, "", value, 0);
}
