/*
 * console.h - how a person makes a credential for a FortiGate.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef GATE_CONSOLE_H
#define GATE_CONSOLE_H

#include "gate.h"

/*
 * How a person makes a credential for a FortiGate, and its CLI text, as guide.cli. `run`
 * has the VDOMs; NULL = they are not known.
 */
extern const struct guide gate_guide;
void gate_console_lines(const struct gate_run *run, struct guide_host host, struct buffer *out);
#endif
