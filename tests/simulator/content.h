/*
 * content.h - hostile and broken JSON-RPC, made of an otherwise right reply.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_CONTENT_H
#define SIMULATOR_CONTENT_H

#include "faults.h"
#include "text.h"

/* Spoils a whole reply. A fault that is none of its text changes nothing. */
void content_spoil(struct text *reply, enum fault fault);

/* Spoils the `"data": ...` of one param, which begins at `start` and ends with the text. */
void content_spoil_data(struct text *text, size_t start, enum fault fault);

#endif
