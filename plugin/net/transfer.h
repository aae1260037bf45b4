/*
 * transfer.h - one libcurl transfer: configures it, and runs it in the calling thread.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The layer below http.h: it knows connections, TLS, the address policy and libcurl's error codes,
 * but not HTTP. A transfer owns one connection, which is kept between runs.
 */
#ifndef TRANSFER_H
#define TRANSFER_H

#include <stdbool.h>
#include <stdint.h>

#include <curl/curl.h>

#include "host/operation.h"
#include "policy.h"

struct transfer {
    struct operation *operation;
    struct http_policy policy;
    CURLM *multi;
    CURL *easy;
    char name[ADDRESS_TEXT_MAX]; /* host or host:port, for messages */
    bool address_refused;        /* the policy refused an address of the host */
    bool connected;              /* TCP connected to the address that libcurl tried last */
    char error[CURL_ERROR_SIZE];
    bool answered; /* the remote system sent at least a byte in the last run */
    bool heard;    /* `answered` with success in any run */
    bool again;    /* the last run failed, but another try may succeed */
    bool stale;    /* it failed before any byte because a kept connection was dead */
};

/*
 * Prepares a transfer. CONFIG if the policy is unusable, INTERNAL if libcurl is, NO_MEMORY. The
 * policy is copied; its texts must outlive the transfer. The caller calls transfer_close() also
 * after a failure.
 */
int32_t transfer_open(struct transfer *transfer, struct operation *operation,
                      const struct http_policy *policy, struct failure *failure);

/* Closes the connection and frees libcurl's handles. */
void transfer_close(struct transfer *transfer);

/*
 * Runs the request that the caller has set up on `easy`, for at most policy.timeout_ms. With
 * `has_grace`, it may go on for limits->grace_ms after cancellation, the deadline or a refused
 * document. Fails as described at http_exchange().
 */
int32_t transfer_run(struct transfer *transfer, bool has_grace, struct failure *failure);

/* Implements http_peer_certificate(), on a separate connection to the same address. */
int32_t transfer_peer_certificate(const struct transfer *like, struct buffer *ret_pem,
                                  struct failure *failure);

/* ---- for transfer.c, transfer_failure.c and http.c */

/* As fail(), for a reason whose only argument is the name of the remote system. */
static inline int32_t transfer_fail(const struct transfer *transfer, struct failure *failure,
                                    enum message_id reason, const char *detail)
{
    return fail(transfer->operation, failure, reason, detail, ARGUMENTS(transfer->name));
}

/* Bytes of headers and body that the last run received. */
static inline uint64_t transfer_received(const struct transfer *transfer)
{
    curl_off_t body = 0;
    long headers = 0;

    (void)curl_easy_getinfo(transfer->easy, CURLINFO_SIZE_DOWNLOAD_T, &body);
    (void)curl_easy_getinfo(transfer->easy, CURLINFO_HEADER_SIZE, &headers);
    return (uint64_t)body + (uint64_t)headers;
}

/*
 * Reports the result of a run that failed, and sets transfer->again and transfer->stale. Returns
 * the code of the failure.
 */
int32_t transfer_failure_report(struct transfer *transfer, CURLcode code, struct failure *failure);

/*
 * Reports that the time is over, and closes the connection. Without a TCP connection, the address
 * is wrong or a firewall drops the packets. With one, the remote system is slow; or the proxy is,
 * if it has not answered yet.
 */
int32_t transfer_failure_time_out(struct transfer *transfer, const char *detail,
                                  struct failure *failure);
#endif
