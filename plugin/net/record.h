/*
 * record.h - the HTTP exchanges of a sync as documents, for a host that asks for them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A request with `record: true` gets every HTTP request and reply, so that a person with an
 * appliance can show how it answers. No secret is emitted: the secrets that the host supplied,
 * sessions, and the value of each member whose name suggests a secret become "***". Names of people
 * and places stay; the host replaces them.
 */
#ifndef RECORD_H
#define RECORD_H

#include "exchange.h"
#include "host/operation.h"

/*
 * Emits one exchange, failed or not: its request, then its reply, each in as many documents as
 * needed. `code` is the outcome of the exchange. Only JSON bodies are emitted; for other bodies,
 * their size and kind; of a reply that was read row by row, the first rows (RECORD_ROWS_MAX)
 * and their number. HOST if the host refuses a document, NO_MEMORY, LIMIT.
 */
int32_t record_exchange(struct operation *operation, const struct http_request *request,
                        const struct http_reply *reply, int32_t code, struct failure *failure);
#endif
