/*
 * transfer.h - one libcurl transfer: set up by policy, driven in the calling thread, judged.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The part of http that knows connections, TLS, the address policy and libcurl's error codes, and
 * nothing of HTTP. A transfer owns one connection, which is kept between runs.
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
    char name[ADDRESS_TEXT_MAX]; /* host or host:port, for people */
    bool address_refused;        /* the policy refused an address that the name stands for */
    bool connected;              /* TCP stood to the address that libcurl tried last */
    char error[CURL_ERROR_SIZE];
    bool answered; /* in the last run the far side sent at least a byte */
    bool heard;    /* in any run */
    bool again;    /* the last run failed in a way that another try may cure */
    bool stale;    /* it died on a kept connection before a byte came: nothing was wrong with it */
};

/* CONFIG when the policy contradicts itself. Released by transfer_close() whatever it returns. */
int32_t transfer_open(struct transfer *transfer, struct operation *operation,
                      const struct http_policy *policy, struct failure *reterr);
void transfer_close(struct transfer *transfer);

/*
 * Runs what the caller has set up on `easy`, at most `timeout_ms`. `has_grace`: after cancel,
 * deadline or refusal it may still go on for limits->grace_ms.
 */
int32_t transfer_run(struct transfer *transfer, int32_t timeout_ms, bool has_grace,
                     struct failure *reterr);

/* On a connection of its own, to the same address and without checks: see http_peer_certificate().
 */
int32_t transfer_peer_certificate(const struct transfer *like, struct buffer *ret_pem,
                                  struct failure *reterr);
#endif
