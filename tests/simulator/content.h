/*
 * content.h - hostile and broken JSON-RPC, made from a correct reply.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_CONTENT_H
#define SIMULATOR_CONTENT_H

#include "faults.h"
#include "text.h"

/* Applies a fault to a whole reply. A fault of another kind changes nothing. */
void content_spoil(struct text *reply, enum fault fault);

/* Applies a fault to the `"data": ...` of one param, from `start` to the end of the text. */
void content_spoil_data(struct text *text, size_t start, enum fault fault);

#endif
