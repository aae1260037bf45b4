/*
 * transfer_state.h - the state of a libcurl transfer. Part of transfer.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TRANSFER_STATE_H
#define TRANSFER_STATE_H

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
    uint64_t stretch_bytes; /* the time limit is for each so many bytes of a reply; 0 = for all */
    char error[CURL_ERROR_SIZE];
    bool answered; /* the remote system sent at least a byte in the last run */
    bool heard;    /* `answered` with success in any run */
    bool again;    /* the last run failed, but another try may succeed */
    bool stale;    /* it failed before any byte because a kept connection was dead */
};

/* As fail(), for a reason whose only argument is the name of the remote system. */
static inline int32_t transfer_fail(const struct transfer *transfer, struct failure *failure,
                                    enum message_id reason, const char *detail)
{
    return fail(transfer->operation, failure, reason, detail, ARGUMENTS(transfer->name));
}

/* What libcurl knows of the last run, for a CURLINFO of type long; 0 = nothing. */
static inline long transfer_info(const struct transfer *transfer, CURLINFO info)
{
    long number = 0;

    (void)curl_easy_getinfo(transfer->easy, info, &number);
    return number;
}

/* Bytes of headers and body that the last run received. */
static inline uint64_t transfer_received(const struct transfer *transfer)
{
    curl_off_t body = 0;

    (void)curl_easy_getinfo(transfer->easy, CURLINFO_SIZE_DOWNLOAD_T, &body);
    return (uint64_t)body + (uint64_t)transfer_info(transfer, CURLINFO_HEADER_SIZE);
}
#endif
