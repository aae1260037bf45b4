/*
 * policy.h - how to connect to one origin: what to trust, and what to refuse.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef POLICY_H
#define POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include "address.h"

/* How to connect. The texts are borrowed and must outlive the struct http. NULL = not set. */
struct http_policy {
    struct address address;
    bool allow_loopback;
    bool verify_tls;
    const char *ca_certificate;    /* PEM text */
    const char *ca_file;           /* path */
    const char *pinned_public_key; /* "sha256//..." */
    const char *proxy;
    const char *user_agent;
    int32_t timeout_ms; /* of one try of a request */
};
#endif
