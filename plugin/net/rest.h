/*
 * rest.h - a JSON API of one origin: GET, POST, and URLs with parameters.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All requests of one `struct rest` carry the same credential, and go to the origin of its
 * connection only. What a status or a body means is the caller's business.
 */
#ifndef REST_H
#define REST_H

#include "http.h"

/* All borrowed. */
struct rest {
    struct operation *operation;
    struct http *http;
    struct http_credential credential;
};

/*
 * Appends a parameter to a URL. Escapes everything in its value but `*` and RFC 3986's unreserved
 * characters: a value may come from outside.
 */
void rest_parameter(struct buffer *url, const char *name, const char *value);

/*
 * Reads `url`, a path with its parameters, and repeats the request as http.h describes. The caller
 * releases the reply after OK. Errors of http_exchange(), and of fail_buffer() for an incomplete
 * URL, which would query another object.
 */
int32_t rest_get(const struct rest *rest, const struct buffer *url, struct http_reply *ret,
                 struct failure *failure);

/* Likewise for a list of any length, whose rows are handed over one by one; NULL = not so. */
int32_t rest_get_rows(const struct rest *rest, const struct buffer *url,
                      const struct http_rows *rows, struct http_reply *ret,
                      struct failure *failure);

/*
 * Sends the JSON text `body` by POST, and wipes it in any case: it may contain a secret. The caller
 * sets `path`, `repeatable` and `has_grace` of the request, and releases the reply after OK. Errors
 * as above.
 */
int32_t rest_post(const struct rest *rest, struct http_request request, struct buffer *body,
                  struct http_reply *ret, struct failure *failure);

/*
 * Whether a text from a reply can be a token: not too long for a secret, and nothing in it that
 * would end a header. False for NULL.
 */
bool rest_is_token(const char *text);
#endif
