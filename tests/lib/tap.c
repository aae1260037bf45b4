/*
 * tap.c - runs CUnit suites and reports them as TAP.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tap.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>

static unsigned int points;

static void tap_point(int passed, const char *suite, const char *test)
{
    points++;
    printf("%s %u - %s: %s\n", passed ? "ok" : "not ok", points, suite, test);
}

static void report_test(const CU_pTest test, const CU_pSuite suite, const CU_pFailureRecord first)
{
    tap_point(first == NULL, suite->pName, test->pName);
    for (CU_pFailureRecord failure = first; failure != NULL; failure = failure->pNext) {
        printf("# %s:%u: %s\n", failure->strFileName, failure->uiLineNumber, failure->strCondition);
    }
}

/* The tests of a suite that cannot begin are not run: the plan stays short, which is an error. */
static void report_suite(const CU_pSuite suite)
{
    printf("# %s: the suite could not be set up\n", suite->pName);
}

int tap_run(CU_SuiteInfo suites[])
{
    int comma = getenv("TEST_COMMA_LOCALE") != NULL;
    int comma_in_force;
    unsigned int failed;

    /* A line at a time: what was reported before a crash is not lost. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    setlocale(LC_ALL, "");
    if (CU_initialize_registry() != CUE_SUCCESS || CU_register_suites(suites) != CUE_SUCCESS) {
        printf("Bail out! CUnit: %s\n", CU_get_error_msg());
        return EXIT_FAILURE;
    }
    printf("1..%u\n", CU_get_registry()->uiNumberOfTests + (comma ? 1 : 0));
    comma_in_force = localeconv()->decimal_point[0] == ',';
    if (comma) {
        tap_point(comma_in_force, "locale", "the decimal point is a comma");
    }
    CU_set_test_complete_handler(report_test);
    CU_set_suite_init_failure_handler(report_suite);
    CU_run_all_tests();
    failed = CU_get_number_of_failures() + CU_get_number_of_suites_failed();
    CU_cleanup_registry();
    return failed == 0 && (comma_in_force || !comma) ? EXIT_SUCCESS : EXIT_FAILURE;
}
