/*
 * proxy.h - exec /sys/proxy/json: questions to the gates, through FortiManager (section 4.1).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_PROXY_H
#define SIMULATOR_PROXY_H

#include "simulator.h"
#include "text.h"

#include <json-c/json.h>

/*
 * Answers one param: a status code, and `"data": [...]` when it is OK, with an answer for each gate
 * in no particular order.
 */
int proxy_answer(struct simulator *simulator, struct json_object *param, struct text *text);

#endif
