/*
 * models.c - one spelling per model.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "models.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "base/vector.h"

/*
 * Families as appliances, price lists and data sheets write them. A name that begins with another
 * one comes before it.
 */
static const struct {
    const char *stated, *family;
} FAMILIES[] = {
    {"FortiGateRugged", "FortiGateRugged"},
    {"FortiGate-Rugged", "FortiGateRugged"},
    {"FortiGate Rugged", "FortiGateRugged"},
    {"FortiGate", "FortiGate"},
    {"FortiWiFi", "FortiWiFi"},
    {"FortiSwitchRugged", "FortiSwitchRugged"},
    {"FortiSwitch", "FortiSwitch"},
    {"FortiAP", "FortiAP"},
    {"FGR", "FortiGateRugged"},
    {"FG-Rugged", "FortiGateRugged"},
    {"FG Rugged", "FortiGateRugged"},
    {"FWF", "FortiWiFi"},
    {"FSW", "FortiSwitch"},
    {"FSR", "FortiSwitchRugged"},
    {"FAP", "FortiAP"},
    {"FG", "FortiGate"},
    {"FS", "FortiSwitch"},
};

static int compare_prefix(const void *key, const void *row)
{
    return strncmp(key, ((const struct model_row *)row)->prefix, MODEL_PREFIX_SIZE);
}

const struct model_row *model_by_prefix(const char *serial)
{
    return strnlen(serial, MODEL_PREFIX_SIZE) < MODEL_PREFIX_SIZE
               ? NULL
               : bsearch(serial, MODEL_TABLE, MODEL_TABLE_COUNT, sizeof(*MODEL_TABLE),
                         compare_prefix);
}

/* Not toupper(), which depends on the locale; model names are ASCII. */
static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Restores words of a model that appliances do not write in capitals, as in models.tsv. */
static void keep_words(char *model)
{
    static const char *const words[] = {"-Fiber", "-Bypass"};

    for (size_t i = 0; i < COUNT(words); i++) {
        char *at = strcasestr(model, words[i]);

        if (at != NULL) {
            memcpy(at, words[i], strlen(words[i]));
        }
    }
}

/*
 * Writes the one spelling of a model that an appliance states: "Fortigate-60F", "FortiGate 60F",
 * "FG-60F", "FGT60F", "FAP-231F", "FS-124F-PoE", "S124FP" -> "FortiGate-60F", ... An unknown model
 * is copied as it is.
 */
static void spell(const char *stated, char ret[static MODEL_MAX])
{
    const struct model_row *row =
        strlen(stated) == MODEL_PREFIX_SIZE ? model_by_prefix(stated) : NULL;

    if (row != NULL) {
        utf8_copy(ret, MODEL_MAX, row->model, strlen(row->model));
        return;
    }
    for (size_t i = 0; i < COUNT(FAMILIES); i++) {
        size_t lead = strlen(FAMILIES[i].stated);

        if (strncasecmp(stated, FAMILIES[i].stated, lead) != 0 ||
            (stated[lead] != '-' && stated[lead] != ' ') || stated[lead + 1] == '\0') {
            continue;
        }
        size_t size = utf8_copy(ret, MODEL_MAX, FAMILIES[i].family, strlen(FAMILIES[i].family));
        utf8_copy(ret + size, MODEL_MAX - size, stated + lead, strlen(stated + lead));
        for (char *c = ret + size; *c != '\0'; c++) {
            *c = *c == ' ' ? '-' : upper(*c);
        }
        keep_words(ret);
        return;
    }
    utf8_copy(ret, MODEL_MAX, stated, strlen(stated));
}

bool model_is_local_radio(const char *id)
{
    const struct model_row *model = model_by_prefix(id);
    size_t size = strlen(id);

    return (size > 6 && strncmp(id + size - 6, "-WIFI", 5) == 0 && id[size - 1] >= '0' &&
            id[size - 1] <= '9') ||
           (model != NULL && model->type == FIREWALL);
}

bool model_is_virtual(const char *model)
{
    return strstr(model, "-VM") != NULL || strstr(model, "-ARM64") != NULL ||
           strncmp(model, "FortiSwitch-24VM", 16) == 0;
}

void model_of_member(const char *model, const char *stated_by, const char *serial,
                     char ret[static MODEL_MAX])
{
    const struct model_row *row = model_by_prefix(serial);
    size_t size = strlen(model);

    if (row != NULL && row->type == FIREWALL && !model_is_virtual(row->model) &&
        (strncmp(serial, stated_by, MODEL_PREFIX_SIZE) != 0 ||
         (strncmp(row->model, model, size) == 0 && row->model[size] == '-'))) {
        model = row->model;
    }
    utf8_copy(ret, MODEL_MAX, model, strlen(model));
}

int model_resolve(const char *stated, const char *os_version, const char *serial,
                  char ret[static MODEL_MAX])
{
    const struct model_row *row = os_version != NULL ? model_by_prefix(os_version) : NULL;

    row = row != NULL ? row : model_by_prefix(serial);
    if (stated != NULL && *utf8_shown(stated) != '\0') {
        spell(utf8_shown(stated), ret);
        return 0;
    }
    if (row != NULL) {
        utf8_copy(ret, MODEL_MAX, row->model, strlen(row->model));
        return 0;
    }
    utf8_copy(ret, MODEL_PREFIX_SIZE + 1, serial, strlen(serial));
    return 1;
}
