/*
 * tap.h - runs CUnit suites and reports them as TAP, which automake reads.
 * SPDX-License-Identifier: Apache-2.0
 *
 *     int main(void) { return tap_run(suites); }
 *
 * The process runs in the locale of its environment, so that a suite can be run under one whose
 * decimal point is a comma; when TEST_COMMA_LOCALE is set, that such a locale is in force is the
 * first test.
 */
#ifndef TAP_H
#define TAP_H

#include <CUnit/CUnit.h>

/* `suites` ends with CU_SUITE_INFO_NULL. Returns the exit status of the program. */
int tap_run(CU_SuiteInfo suites[]);
#endif
