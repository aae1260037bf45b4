/*
 * unknown_keys.c - settings that this version does not know, and what they may be misspelling.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unknown_keys.h"

#include <string.h>

#include "base/utf8.h"

static int smaller_of(int a, int b)
{
    return a < b ? a : b;
}

/*
 * Returns the number of edits between two keys [Damerau-Levenshtein, optimal string alignment],
 * without regard to the case of `key`. Neither is longer than KEY_SHOWN_MAX.
 */
static int key_distance(const char *key, const char *known)
{
    int rows[3][KEY_SHOWN_MAX + 1] = {{0}}, *before = rows[0], *last = rows[1], *row = rows[2];
    int size = (int)strlen(known);

    for (int j = 0; j <= size; j++) {
        last[j] = j;
    }
    for (int i = 1; key[i - 1] != '\0'; i++) {
        int *spare = before;

        row[0] = i;
        for (int j = 1; j <= size; j++) {
            bool same = utf8_lower(key[i - 1]) == known[j - 1];

            row[j] = smaller_of(smaller_of(last[j], row[j - 1]) + 1, last[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && utf8_lower(key[i - 1]) == known[j - 2] &&
                utf8_lower(key[i - 2]) == known[j - 1]) {
                row[j] = smaller_of(row[j], before[j - 2] + 1);
            }
        }
        before = last;
        last = row;
        row = spare;
    }
    return last[size];
}

/* Returns the setting that a key is, or may be a misspelling of; NULL = none. */
static const char *meant_key(const char *key)
{
    const struct setting *known;
    const char *meant = NULL;
    int best = MISSPELT_MAX + 1;

    for (size_t i = 0; strlen(key) <= KEY_SHOWN_MAX && (known = setting_at(i)) != NULL; i++) {
        int letters = setting_is_stored(known) ? key_distance(key, known->key) : best;

        if (letters < best && 2 * letters < (int)strlen(known->key)) {
            best = letters;
            meant = known->key;
        }
    }
    return meant;
}

int32_t settings_unknown_keys(const struct settings *settings, int32_t code,
                              settings_unknown_key *unknown, void *context, struct failure *failure)
{
    if (!json_object_is_type(settings->document, json_type_object)) {
        return code;
    }
    json_object_object_foreach(settings->document, key, value) {
        const char *meant = meant_key(key);

        (void)value;
        if ((meant == NULL || strcmp(meant, key) != 0) && settings_secret(key) == NULL) {
            int32_t reported = unknown(context, key, meant, failure);

            if (reported != HECTOR_OK) {
                return reported;
            }
        }
    }
    return code;
}
