/*
 * main.c - ems-simulator: start, serve until a signal, report.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An HTTPS server that answers as FortiClient EMS does, on premises or in the cloud. It counts as a
 * violation every call, member, header and order without a source in the reference on the sibling
 * APIs.
 */
#include "calls.h"
#include "ems_expected.h"
#include "ems_faults.h"
#include "options.h"
#include "serve.h"

#include <stdlib.h>

const char *ems_version_name(const struct ems *ems)
{
    switch (ems->options.version) {
    case EMS_7_0_3: return "7.0.3";
    case EMS_7_2_1: return "7.2.1";
    default: return "7.4.5";
    }
}

static void end(struct ems *ems)
{
    report_release(&ems->simulator.report);
    endpoints_release(&ems->endpoints);
    text_release(&ems->session_cookie);
    text_release(&ems->csrf_cookie);
}

int main(int argument_count, char **arguments)
{
    /* Static, because the table of sessions is too large for a stack. */
    static struct ems ems;
    struct simulator *simulator = &ems.simulator;
    int result = options_read(&ems, argument_count, arguments);
    char *expected;

    if (result != 0)
        return result > 0 ? EXIT_SUCCESS : 2;
    endpoints_grow(&ems.endpoints, simulator->settings.seed, ems.options.machines,
                   ems.options.unmanaged);
    result = ems_faults_read(&ems) != 0 ? 2 : 0;
    if (result == 0) {
        report_begin(&simulator->report);
        simulator->order.state = simulator->settings.seed;
        sessions_begin(&simulator->sessions, &simulator->settings);
        expected = ems_expected_write(&ems);
        result = serve(simulator, calls_answer, EMS_SERIAL, expected) == 0 ? 0 : EXIT_FAILURE;
        free(expected);
    }
    end(&ems);
    return result;
}
