/*
 * rows.h - an endpoint in the list, and its details.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EMS_ROWS_H
#define EMS_ROWS_H

#include "ems.h"
#include "text.h"

void rows_put(const struct ems *ems, const struct endpoint *endpoint, struct text *ret);

/* `hardware` false: without hardware_details. */
void rows_put_details(const struct ems *ems, const struct endpoint *endpoint, bool hardware,
                      struct text *ret);

const char *rows_group(const struct endpoint *endpoint);
const char *rows_fct_version(const struct endpoint *endpoint);

#endif
