/*
 * record.h - the exchanges of a sync as documents, for whoever asks for them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A request with `record: true` gets what was sent and what came back, so that a person with an
 * appliance can show how it answers. Nothing that is secret goes out: the values that the host gave
 * us, sessions, and the value of each member whose name speaks of a secret become "***". What names
 * people and places stays: the host replaces it.
 */
#ifndef RECORD_H
#define RECORD_H

#include "exchange.h"
#include "host/operation.h"

/*
 * Emits one exchange, failed or not: its request, then its reply, each in as many documents as it
 * takes. `code` is how it ended. Only JSON goes out; of another body, its size and kind. HOST when
 * the host refuses, NO_MEMORY, LIMIT.
 */
int32_t record_exchange(struct operation *operation, const struct http_request *request,
                        const struct http_reply *reply, size_t reply_size, int32_t code,
                        struct failure *reterr);
#endif
