/*
 * rest.c - a JSON API of one origin: GET, POST, and URLs with parameters.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rest.h"

#include <string.h>

void rest_parameter(struct buffer *url, const char *name, const char *value)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~*";

    buffer_printf(url, "%s%s=", strchr(buffer_text(url), '?') != NULL ? "&" : "?", name);
    for (; *value != '\0'; value++) {
        if (strchr(plain, *value) != NULL) {
            buffer_append(url, value, 1);
        } else {
            buffer_printf(url, "%%%02X", (unsigned)(unsigned char)*value);
        }
    }
}

int32_t rest_get_rows(const struct rest *rest, const struct buffer *url,
                      const struct http_rows *rows, struct http_reply *ret, struct failure *failure)
{
    const struct http_request request = {
        .path = buffer_text(url), .credential = rest->credential, .rows = rows, .repeatable = true};
    int32_t code = fail_buffer(rest->operation, failure, url);

    return code == HECTOR_OK ? http_exchange(rest->http, &request, ret, failure) : code;
}

int32_t rest_get(const struct rest *rest, const struct buffer *url, struct http_reply *ret,
                 struct failure *failure)
{
    return rest_get_rows(rest, url, NULL, ret, failure);
}

int32_t rest_post(const struct rest *rest, struct http_request request, struct buffer *body,
                  struct http_reply *ret, struct failure *failure)
{
    int32_t code = fail_buffer(rest->operation, failure, body);

    if (code == HECTOR_OK) {
        request.body = buffer_text(body);
        request.credential = rest->credential;
        code = http_exchange(rest->http, &request, ret, failure);
    }
    buffer_release_secret(body);
    return code;
}

bool rest_is_token(const char *text)
{
    size_t size = 0;

    while (text != NULL && text[size] > ' ' && text[size] <= '~') {
        size++;
    }
    return size > 0 && size <= HECTOR_SECRET_MAX && text[size] == '\0';
}
