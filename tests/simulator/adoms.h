/*
 * adoms.h - /dvmdb/adom, with the devices inside each ADOM on request.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_ADOMS_H
#define SIMULATOR_ADOMS_H

#include "table.h"

/* Answers one param; `"data": ...` is written when the status code is OK. */
int adoms_answer(struct simulator *simulator, struct json_object *param, bool verbose,
                 enum fault fault, struct text *text);

#endif
