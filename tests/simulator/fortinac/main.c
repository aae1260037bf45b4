/*
 * main.c - fortinac-simulator: start, serve until a signal, report.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An HTTPS server that answers as FortiNAC's REST API does. It refuses, and counts as a violation,
 * every path, parameter, filter and method without a source in the reference on the sibling APIs.
 */
#include "calls.h"
#include "nac_expected.h"
#include "nac_faults.h"
#include "options.h"
#include "serve.h"

#include <stdlib.h>

static int serve_hosts(struct fortinac *fortinac)
{
    char *expected = nac_expected_write(fortinac);
    int result;

    if (expected == NULL)
        return -1;
    report_begin(&fortinac->simulator.report);
    result = serve(&fortinac->simulator, calls_answer, "FNVMCATM21000000", expected);
    report_release(&fortinac->simulator.report);
    free(expected);
    return result;
}

int main(int argument_count, char **arguments)
{
    /* Static, because the table of sessions is too large for a stack. */
    static struct fortinac fortinac;
    int result = options_read(&fortinac, argument_count, arguments);

    if (result != 0)
        return result > 0 ? EXIT_SUCCESS : 2;
    hosts_grow(&fortinac.hosts, fortinac.simulator.settings.seed, fortinac.options.machines,
               fortinac.options.rogues);
    result = nac_faults_read(&fortinac);
    if (result == 0)
        result = serve_hosts(&fortinac);
    hosts_release(&fortinac.hosts);
    return result == 0 ? EXIT_SUCCESS : 2;
}
