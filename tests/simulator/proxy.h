/*
 * proxy.h - exec /sys/proxy/json: queries to FortiGates through FortiManager (section 4.1).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_PROXY_H
#define SIMULATOR_PROXY_H

#include "simulator.h"
#include "text.h"

#include <json-c/json.h>

/* Answers one param. Returns a status code; when it is OK, writes `"data": [...]` with an answer
 * for each FortiGate in no particular order. */
int proxy_answer(struct simulator *simulator, struct json_object *param, struct text *text);

#endif
