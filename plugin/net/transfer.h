/*
 * transfer.h - one libcurl transfer: configures it, and runs it in the calling thread.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The layer below http.h: it knows connections, TLS, the address policy and libcurl's error codes,
 * but not HTTP. A transfer owns one connection, which is kept between runs.
 */
#ifndef TRANSFER_H
#define TRANSFER_H

#include "transfer_state.h"

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
 * Runs the request that the caller has set up on `easy`, for at most policy.timeout_ms, or for
 * that long for each `stretch_bytes` of the reply. With
 * `has_grace`, it may go on for limits->grace_ms after cancellation, the deadline or a refused
 * document. Fails as described at http_exchange().
 */
int32_t transfer_run(struct transfer *transfer, bool has_grace, struct failure *failure);

/* Implements http_peer_certificate(), on a separate connection to the same address. */
int32_t transfer_peer_certificate(const struct transfer *like, struct buffer *ret_pem,
                                  struct failure *failure);
#endif
