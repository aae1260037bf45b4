/*
 * url.c - the URL of a param.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Section 2: a slash inside a name is written "\/"; names are not percent-encoded. The leading
 * slash is optional (section 1.1), a trailing one is accepted [adom_expand_member_devices].
 */
#include "url.h"

#include <string.h>

bool url_read(struct url *url, const char *text)
{
    size_t at = 0;
    bool inside = false;

    url->count = 0;
    for (; *text != '\0'; text++) {
        if (at + 2 >= sizeof(url->buffer))
            return false;
        if (*text == '/') {
            if (!inside && url->count > 0)
                return false;
            if (inside)
                url->buffer[at++] = '\0';
            inside = false;
            continue;
        }
        if (!inside) {
            if (url->count == MAXIMUM_SEGMENTS)
                return false;
            url->segments[url->count++] = url->buffer + at;
            inside = true;
        }
        if (text[0] == '\\' && text[1] == '/')
            text++;
        url->buffer[at++] = *text;
    }
    url->buffer[at] = '\0';
    return url->count > 0;
}

bool url_matches(const struct url *url, const char *pattern, const char **ret_stars)
{
    for (size_t i = 0; i < url->count; i++) {
        size_t size = strcspn(pattern, "/");
        const char *segment = url->segments[i];

        if (size == 1 && pattern[0] == '*')
            *ret_stars++ = segment;
        else if (strlen(segment) != size || memcmp(segment, pattern, size) != 0)
            return false;
        pattern += size;
        if (*pattern == '/')
            pattern++;
        else if (i + 1 < url->count)
            return false;
    }
    return *pattern == '\0';
}
