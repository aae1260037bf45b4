/*
 * url.h - the URL of a param: "/dvmdb/adom/EMEA\/West/device" is four segments.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_URL_H
#define SIMULATOR_URL_H

#include <stdbool.h>
#include <stddef.h>

#define MAXIMUM_SEGMENTS 8
#define MAXIMUM_STARS    2
#define MAXIMUM_URL      1024

struct url {
    char buffer[MAXIMUM_URL];
    const char *segments[MAXIMUM_SEGMENTS];
    size_t count;
};

/* False when there are too many segments, or bytes, or an empty segment. */
bool url_read(struct url *url, const char *text);

/* Compares with a pattern such as "dvmdb/adom/ * /device" (without the spaces), where a star
 * matches any one segment. `ret_stars` gets these, at most MAXIMUM_STARS. */
bool url_matches(const struct url *url, const char *pattern, const char **ret_stars);

#endif
