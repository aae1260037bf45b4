/*
 * main.c - forticloud-simulator: start, serve until a signal, report.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An HTTPS server that answers as FortiCloud's login, Asset Management and FortiFlex. It refuses,
 * and counts as a violation, every call, member and order without a source in the reference on the
 * sibling APIs.
 */
#include "calls.h"
#include "cloud_expected.h"
#include "cloud_faults.h"
#include "options.h"
#include "serve.h"

#include <stdlib.h>

static void end(struct forticloud *forticloud)
{
    report_release(&forticloud->simulator.report);
    account_release(&forticloud->account);
    text_release(&forticloud->page);
    for (int api = 0; api < API_COUNT; api++)
        pace_release(&forticloud->paces[api]);
}

int main(int argument_count, char **arguments)
{
    /* Static, because the table of sessions is too large for a stack. */
    static struct forticloud forticloud;
    struct simulator *simulator = &forticloud.simulator;
    int result = options_read(&forticloud, argument_count, arguments);
    char *expected;

    if (result != 0)
        return result > 0 ? EXIT_SUCCESS : 2;
    if (cloud_faults_read(&forticloud) != 0)
        return 2;
    simulator->order.state = simulator->settings.seed;
    result =
        account_grow(&forticloud.account, simulator->settings.seed, forticloud.options.units_file);
    if (result == 0) {
        report_begin(&simulator->report);
        expected = cloud_expected_write(&forticloud);
        result = serve(simulator, calls_answer, "support.fortinet.com", expected);
        free(expected);
    }
    end(&forticloud);
    return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
