/*
 * policy.h - how to connect to one origin: what is trusted, and what is not allowed.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef POLICY_H
#define POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include "address.h"

/* How to connect. Borrowed texts stay valid as long as the struct http. NULL = not set. */
struct http_policy {
    struct address address;
    bool allow_loopback;
    bool verify_tls;
    const char *ca_certificate;    /* PEM text */
    const char *ca_file;           /* path */
    const char *pinned_public_key; /* "sha256//..." */
    const char *proxy;
    const char *user_agent;
    int32_t timeout_ms; /* one attempt of a request */
};

/* "sha256//" and 32 bytes in base64: libcurl would take anything else for the name of a file. */
bool policy_pin_valid(const char *pin);
#endif
