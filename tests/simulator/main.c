/*
 * main.c - fortimanager-simulator: start, serve until a signal, report.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An HTTPS server that answers JSON-RPC as a FortiManager, from a generated topology. It refuses,
 * and counts as a violation, every URL, field, option and method without a source in the reference
 * on FortiManager ("section N" and sample names in comments).
 */
#include "expected.h"
#include "fortimanager.h"
#include "motion.h"
#include "serve.h"
#include "simulator.h"

#include <stdlib.h>

static void grow(struct simulator *simulator)
{
    topology_build(&simulator->topology, &simulator->settings);
    simulator_see(simulator);
}

/* A few FortiGates in any kind of topology, for change.h. */
static void grow_another(struct simulator *simulator, struct random *random)
{
    struct settings *settings = &simulator->settings;

    settings->seed = random_next(random);
    settings->fgts = 3 + random_below(random, 8);
    settings->switches = 1 + random_below(random, 3);
    settings->access_points = 1 + random_below(random, 3);
    settings->version = random_chance(random, 50) ? VERSION_7_6_7 : VERSION_7_4_7;
    settings->advanced = random_chance(random, 40);
    settings->failover = random_chance(random, 20);
    settings->per_device = random_chance(random, 25) ? "Branch Offices,EMEA/West" : "";
    topology_release(&simulator->topology);
    grow(simulator);
}

static int begin(struct simulator *simulator)
{
    if (faults_read(&simulator->faults, &simulator->settings) != 0)
        return -1;
    if (faults_planned(&simulator->faults, FAULT_PROXY_BATCH_FAILS) > 0 &&
        simulator->settings.proxy_dead == 0)
        simulator->settings.proxy_dead = 1;
    simulator->order.state = simulator->settings.seed;
    simulator->change.grow = grow_another;
    grow(simulator);
    motion_begin(simulator);
    sessions_begin(&simulator->sessions, &simulator->settings);
    report_begin(&simulator->report);
    return 0;
}

static void end(struct simulator *simulator)
{
    report_release(&simulator->report);
    free(simulator->visible_by_name.items);
    free(simulator->visible_by_oid.items);
    free(simulator->moving.items);
    topology_release(&simulator->topology);
}

int main(int argument_count, char **arguments)
{
    /* Static, because the table of sessions is too large for a stack. */
    static struct simulator simulator;
    int result = settings_read(&simulator.settings, argument_count, arguments);
    char *expected;

    if (result != 0)
        return result > 0 ? EXIT_SUCCESS : 2;
    if (begin(&simulator) != 0)
        return 2;
    expected = expected_write(&simulator);
    result = serve(&simulator, fortimanager_answer, simulator.topology.system.serial, expected);
    free(expected);
    end(&simulator);
    return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
