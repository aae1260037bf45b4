/*
 * rows.h - a host as a row of a list, in the shape of the recorded one
 * (fortinac_host_7.4_docs): 4 KB each.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTINAC_ROWS_H
#define FORTINAC_ROWS_H

#include "fortinac.h"
#include "text.h"

void rows_put_host(struct text *text, const struct host *host,
                   const struct fortinac_options *options);

#endif
