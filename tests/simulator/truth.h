/*
 * truth.h - what a perfect client would find in the estate.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_TRUTH_H
#define SIMULATOR_TRUTH_H

#include "estate.h"

/* The truth as JSON for the caller to free. */
char *truth_write(const struct estate *estate);

#endif
