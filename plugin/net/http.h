/*
 * http.h - one connection to one origin: sends a request, returns one bounded JSON tree.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Uses libcurl, HTTP/1.1 and keep-alive, with one request in flight, in the calling thread. It
 * follows no redirect, requests no compression, keeps no cookie, and uses no netrc or proxy from
 * the environment. TLS 1.2 or later, with certificate chain and name checked, or a pinned public
 * key instead. The address policy checks the address that is actually connected to. Bytes are
 * limited and checked while they arrive (json_guard.h). Each try has a time limit; the operation's
 * deadline and cancellation are checked as well. Once a reply has begun, limits->low_speed_ms
 * without data breaks the connection; before that only the time limit applies, because an appliance
 * may work for long on an answer.
 *
 * Repeats: a `repeatable` request is sent again, with backoff, if the connection failed or broke,
 * on 429, 502, 503, 504 (Retry-After is honoured up to limits->backoff_max_ms), and on truncated
 * JSON with status 200; `limits->attempts` tries in all. It is sent at most twice after a time-out,
 * on 500 without JSON, and on 204, 302 or 304 without a body. If the remote system throttles for
 * longer than that, or still does on the last try, all requests without a grace period fail with
 * THROTTLED until then, without being sent. A request that is not repeatable gets a connection of
 * its own, because libcurl sends a request again if a kept connection turns out to be dead.
 */
#ifndef HTTP_H
#define HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "exchange.h"
#include "host/operation.h"
#include "policy.h"

struct http;

/*
 * Prepares a connection but does not connect. CONFIG if the policy is unusable (address_refused,
 * plain_http_refused, plain_http_proxied, tls_settings, proxy_invalid), INTERNAL if libcurl is,
 * NO_MEMORY. `policy` is copied; its texts must outlive `*ret`, which http_close() frees. Belongs
 * to the thread of the operation.
 */
int32_t http_open(struct operation *operation, const struct http_policy *policy, struct http **ret,
                  struct failure *failure);
void http_close(struct http *http); /* `http` may be NULL */

/*
 * Sends a request and reads the reply. OK for any HTTP status and body; the caller evaluates those,
 * and releases the reply after OK. Otherwise UNREACHABLE (name_unknown, plain_http_unanswered,
 * time_out, no_descriptor, and the reasons that begin with connection_, proxy_ or tls_), CONFIG
 * (address_refused, plain_http_refused, tls_settings, ca_file_unusable), DATA (reply_unreadable),
 * LIMIT (reply_too_large, deadline_passed), THROTTLED (throttled: 429, or 503 with Retry-After),
 * CANCELLED, HOST, NO_MEMORY or INTERNAL.
 */
int32_t http_exchange(struct http *http, const struct http_request *request, struct http_reply *ret,
                      struct failure *failure);

/* Frees the tree of a reply. */
void http_reply_release(struct http_reply *reply);

/*
 * Whether the remote system sent at least one byte in the last try of the last exchange, failed or
 * not.
 */
bool http_answered(const struct http *http);

/*
 * Connects without credentials and without verifying the certificate, to find out which one the
 * remote system presents. Appends the leaf certificate in PEM to `ret_pem`. Only for the
 * `certificate` document. DATA (certificate_unreadable) if there is no certificate; else fails as
 * http_exchange() does.
 */
int32_t http_peer_certificate(struct http *http, struct buffer *ret_pem, struct failure *failure);
#endif
