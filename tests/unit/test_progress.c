/*
 * test_progress.c - counts that never decrease, and their reports to the host.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "base/utf8.h"
#include "lib/host.h"
#include "lib/tap.h"

/* "devices 3/10" after one more step. */
static const char *step(struct operation *operation, enum phase phase, bool again, uint64_t more,
                        uint64_t left)
{
    static char text[64];

    operation->again = again;
    operation_progress(operation, phase, more, left);
    (void)snprintf(text, sizeof(text), "%s %" PRIu64 "/%" PRIu64, operation->progress.slug,
                   operation->progress.count.done, operation->progress.count.total);
    return text;
}

static void test_total(void)
{
    struct operation operation = {0};

    CU_ASSERT_STRING_EQUAL(step(&operation, PHASE_devices, false, 0, 0), "devices 0/0");
    CU_ASSERT_STRING_EQUAL(step(&operation, PHASE_devices, false, 3, 0), "devices 3/0");
    CU_ASSERT_STRING_EQUAL(step(&operation, PHASE_devices, false, 2, 5), "devices 5/10");
    /* Less remains than expected, and then more. */
    CU_ASSERT_STRING_EQUAL(step(&operation, PHASE_devices, false, 1, 2), "devices 6/10");
    CU_ASSERT_STRING_EQUAL(step(&operation, PHASE_devices, false, 1, 8), "devices 7/15");
    /* More is done than was expected. */
    CU_ASSERT_STRING_EQUAL(step(&operation, PHASE_devices, false, 20, 0), "devices 27/27");
}

/* A phase that begins again continues its counts. */
static void test_entered_again(void)
{
    struct operation operation = {0};

    (void)step(&operation, PHASE_unit_lists, false, 2, 3);
    CU_ASSERT_STRING_EQUAL(step(&operation, PHASE_proxied_queries, false, 50, 50),
                           "proxied_queries 50/100");
    CU_ASSERT_STRING_EQUAL(step(&operation, PHASE_unit_lists, false, 1, 0), "unit_lists 3/5");
    CU_ASSERT_STRING_EQUAL(step(&operation, PHASE_unit_lists, true, 1, 0), "unit_lists_again 1/0");
    CU_ASSERT_STRING_EQUAL(step(&operation, PHASE_unit_lists, false, 1, 0), "unit_lists 4/5");
}

/* As if the wait had lasted this long already, so that the test need not wait. */
static void have_waited(struct operation *operation, int64_t milliseconds)
{
    operation->waiting_since_ms = clock_ms() - milliseconds;
}

static void test_waiting(void)
{
    struct test_host host;
    struct operation *operation;

    host_begin(&host);
    operation = &host.operation;
    utf8_copy(operation->peer, sizeof(operation->peer), "192.0.2.10:8443", 15);
    operation_progress(operation, PHASE_devices, 7, 0);
    operation_wait(operation); /* under a second */
    CU_ASSERT_EQUAL(host.progress_calls, 1);
    have_waited(operation, 4200);
    operation_wait(operation);
    operation_wait(operation); /* once a second */
    CU_ASSERT_TRUE(host.progress.waited_s >= 4);
    CU_ASSERT_EQUAL(host.progress_calls, 2);
    CU_ASSERT_STRING_EQUAL(host.waiting, "waiting:192.0.2.10:8443");
    /* A pause continues the wait. */
    have_waited(operation, 9000);
    CU_ASSERT_EQUAL(operation_pause(operation, 1, &host.failure), HECTOR_OK);
    CU_ASSERT_TRUE(host.progress.waited_s >= 9);
    CU_ASSERT_EQUAL(host.progress_calls, 3);
    /* Then the current phase is reported again, once. */
    operation_wait_end(operation);
    operation_wait_end(operation);
    CU_ASSERT_EQUAL(host.progress_calls, 4);
    CU_ASSERT_EQUAL(progress_rule_of(&host.progress, "devices").done, 7);
    have_waited(operation, 1000);
    operation_wait(operation);
    CU_ASSERT_EQUAL(host.progress_calls, 5);
    host_end(&host);
}

/* Without an address no wait is reported; a secret is never reported as an address. */
static void test_waiting_for_whom(void)
{
    struct test_host host;
    struct operation *operation;

    host_begin(&host);
    host.token = "t0pSecret";
    operation = &host.operation;
    have_waited(operation, 3000);
    operation_wait(operation);
    CU_ASSERT_EQUAL(host.progress_calls, 0);
    secrets_add(&operation->secrets, host.token);
    utf8_copy(operation->peer, sizeof(operation->peer), "t0pSecret", 9);
    operation_wait(operation);
    CU_ASSERT_EQUAL(host.progress_calls, 1);
    CU_ASSERT_PTR_NULL(strstr(host.waiting, "t0pSecret"));
    operation_wait_end(operation); /* and no phase is current */
    CU_ASSERT_EQUAL(host.progress_calls, 1);
    host_end(&host);
}

static CU_TestInfo tests[] = {
    {"totals grow only", test_total},
    {"a phase that is entered again", test_entered_again},
    {"reported once a second", test_waiting},
    {"whom it waits for", test_waiting_for_whom},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "progress", .pTests = tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
