/*
 * transfer_failure.h - why a libcurl transfer failed. Part of transfer.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TRANSFER_FAILURE_H
#define TRANSFER_FAILURE_H

#include "transfer_state.h"

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
