/*
 * main.c - fortigate-simulator: start, serve until a signal, report.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An HTTPS server for the REST API of FortiOS that answers as one FortiGate, alone or with a
 * cluster and a fabric. It refuses, and counts as a violation, every path, parameter, field and
 * method without a source in the reference on FortiGate.
 */
#include "access.h"
#include "gate_faults.h"
#include "gate_truth.h"
#include "options.h"
#include "serve.h"

#include <stdlib.h>

/* A few VDOMs and units, for change.h. */
static void grow_another(struct simulator *simulator, struct random *random)
{
    struct gate *gate = (struct gate *)simulator; /* it is the first member */

    simulator->settings.seed = random_next(random);
    simulator->settings.switches = random_below(random, 9);
    simulator->settings.access_points = random_below(random, 9);
    simulator->settings.failover = random_chance(random, 20);
    gate->options.vdoms = 1 + random_below(random, MAXIMUM_VDOMS);
    gate->options.members = 1 + random_below(random, 2);
    gate->options.fabric = 0;
    topology_release(&simulator->topology);
    (void)gate_grow(gate); /* cannot fail: the model was found before, and every VDOM is visible */
}

int main(int argument_count, char **arguments)
{
    /* Static, because the table of sessions is too large for a stack. */
    static struct gate gate;
    int result = options_read(&gate, argument_count, arguments);
    char *truth;

    if (result != 0)
        return result > 0 ? EXIT_SUCCESS : 2;
    if (gate_faults_read(&gate) != 0)
        return 2;
    gate.simulator.change.grow = grow_another;
    result = gate_grow(&gate);
    if (result == 0) {
        report_begin(&gate.simulator.report);
        truth = gate_truth_write(&gate);
        result = serve(&gate.simulator, access_answer, gate.device->serial, truth) == 0 ? 0 : 1;
        free(truth);
        report_release(&gate.simulator.report);
    }
    topology_release(&gate.simulator.topology);
    return result < 0 ? 2 : result;
}
