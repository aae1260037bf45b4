/*
 * nac_expected.h - what a perfect client learns from a FortiNAC, for the test.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTINAC_NAC_EXPECTED_H
#define FORTINAC_NAC_EXPECTED_H

#include "fortinac.h"

/*
 * JSON for tests/e2e/oracle.py, which the caller frees. Besides what a FortiManager's has:
 *   hosts, serials   the numbers that validate names: of all hosts that match, and of those with a
 *                    serial, good or not
 * NULL after a message about the option --filter.
 */
char *nac_expected_write(const struct fortinac *fortinac);

#endif
