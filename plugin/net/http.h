/*
 * http.h - one connection to one origin: a request in, one bounded JSON tree out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * libcurl, HTTP/1.1, keep-alive, one request in flight, in the calling thread. No redirect is
 * followed, no compression asked for, no cookie, netrc or environment proxy used. TLS 1.2 or later
 * with chain and name checked, or a pinned public key instead. The address really connected to is
 * judged by the address policy. Bytes are capped and guarded while they arrive (json_guard.h).
 * Each attempt has a time limit, and the operation's deadline and cancel are watched. Once a reply
 * has begun, silence of limits->low_speed_ms breaks the connection; before, only the time limit
 * does: an appliance may think for long.
 *
 * Repeats: a request that is `repeatable` is sent again, with backoff, when the connection failed
 * or broke, on 429, 502, 503, 504 (Retry-After is honoured up to limits->backoff_max_ms), and on
 * truncated JSON with status 200; `limits->attempts` in all. It is sent twice in all after a
 * time-out, on 500 without JSON, and on 204, 302 or 304 without a body. When the remote system
 * throttles us for longer than that, or still does at the last attempt, every request but one with
 * a grace period is THROTTLED until then, without being sent. A request that is not repeatable has
 * a connection of its own, because libcurl sends a request again when a kept connection turns out
 * to be dead.
 */
#ifndef HTTP_H
#define HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "exchange.h"
#include "host/operation.h"
#include "policy.h"

struct http;

/* CONFIG when the policy cannot be used. No connection is made yet. */
int32_t http_open(struct operation *operation, const struct http_policy *policy, struct http **ret,
                  struct failure *reterr);
void http_close(struct http *http); /* NULL is fine */

/*
 * OK whatever the HTTP status and body: the caller judges those. UNREACHABLE (name_unknown,
 * connection_failed, connection_broken, proxy_failed, time_out, tls_unknown_authority,
 * tls_wrong_name, tls_expired, tls_pin_mismatch, tls_failed), CONFIG (address_refused,
 * plain_http_refused, tls_settings), DATA (reply_unreadable), LIMIT (reply_too_large,
 * deadline_passed), THROTTLED (throttled: 429, or 503 with Retry-After), CANCELLED, HOST,
 * NO_MEMORY, INTERNAL. The caller releases the reply after OK.
 */
int32_t http_exchange(struct http *http, const struct http_request *request, struct http_reply *ret,
                      struct failure *reterr);
void http_reply_release(struct http_reply *reply);

/* Whether the far side sent anything in the last try of the last exchange, failed or not. */
bool http_answered(const struct http *http);

/*
 * Connects without any credential and without checks, to tell what certificate the far side shows.
 * Appends the leaf certificate to `ret_pem`. For the `certificate` document only. DATA
 * (certificate_unreadable) when it shows none; else fails as http_exchange() does.
 */
int32_t http_peer_certificate(struct http *http, struct buffer *ret_pem, struct failure *reterr);
#endif
