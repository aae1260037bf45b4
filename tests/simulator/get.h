/*
 * get.h - the URLs that can be read.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_GET_H
#define SIMULATOR_GET_H

#include "table.h"

/* Answers one param of a get. Returns a status code, and writes `"data": ...` when it is OK. */
int get_answer(struct simulator *simulator, struct json_object *param, const char *url,
               bool verbose, enum fault fault, struct text *text);

#endif
