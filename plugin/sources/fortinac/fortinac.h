/*
 * fortinac.h - the source FortiNAC: the hosts of a FortiNAC-F 7.2 or later.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTINAC_H
#define FORTINAC_H

#include "sources/source.h"

extern const struct source fortinac_source;

#endif
