/*
 * main.c - fortigate-simulator: start, serve until a signal, report.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An HTTPS server for the REST API of FortiOS that answers as one FortiGate, alone or with a
 * cluster and a fabric. It refuses, and counts as a violation, every path, parameter, field and
 * method without a source in the reference on FortiGate.
 */
#include "access.h"
#include "fgt_expected.h"
#include "fgt_faults.h"
#include "options.h"
#include "serve.h"

#include <stdlib.h>

/* A few VDOMs and units, for change.h. */
static void grow_another(struct simulator *simulator, struct random *random)
{
    struct fgt *fgt = (struct fgt *)simulator; /* it is the first member */

    simulator->settings.seed = random_next(random);
    simulator->settings.switches = random_below(random, 9);
    simulator->settings.access_points = random_below(random, 9);
    simulator->settings.failover = random_chance(random, 20);
    fgt->options.vdoms = 1 + random_below(random, MAXIMUM_VDOMS);
    fgt->options.members = 1 + random_below(random, 2);
    fgt->options.fabric = 0;
    topology_release(&simulator->topology);
    (void)fgt_grow(fgt); /* cannot fail: the model was found before, and every VDOM is visible */
}

int main(int argument_count, char **arguments)
{
    /* Static, because the table of sessions is too large for a stack. */
    static struct fgt fgt;
    int result = options_read(&fgt, argument_count, arguments);
    char *expected;

    if (result != 0)
        return result > 0 ? EXIT_SUCCESS : 2;
    if (fgt_faults_read(&fgt) != 0)
        return 2;
    fgt.simulator.change.grow = grow_another;
    result = fgt_grow(&fgt);
    if (result == 0) {
        report_begin(&fgt.simulator.report);
        expected = fgt_expected_write(&fgt);
        result = serve(&fgt.simulator, access_answer, fgt.device->serial, expected) == 0 ? 0 : 1;
        free(expected);
        report_release(&fgt.simulator.report);
    }
    topology_release(&fgt.simulator.topology);
    return result < 0 ? 2 : result;
}
