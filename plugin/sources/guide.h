/*
 * guide.h - how a person makes a credential: the steps in a system's GUI, and the text for its CLI.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A source has one guide for each way to make a credential on its kind of system, with no more
 * rights than an import needs. The descriptor carries them all. The check of a refused credential
 * carries the CLI text of the same function, with what is known of the system by then.
 */
#ifndef GUIDE_H
#define GUIDE_H

#include <stddef.h>

#include "base/buffer.h"
#include "host/text.h"

/* Stands for the address that Hector connects from, wherever that is not known. */
#define GUIDE_ADDRESS "{egress_address}"

/* The host to trust, which is Hector's. */
struct guide_host {
    const char *address; /* or GUIDE_ADDRESS */
    int family;          /* 4 or 6 */
};

/* Static. */
struct guide {
    const char *system;      /* "fortimanager" */
    const char *credentials; /* "token": which credentials it makes, as the descriptor names them */
    enum text_id label;
    const enum text_id *steps;
    size_t step_count;

    /* Appends the CLI text, without a line end behind the last line. NULL = there is no CLI for it.
     */
    void (*cli)(struct guide_host host, struct buffer *out);
};

#define GUIDE_STEPS(array) .steps = (array), .step_count = sizeof(array) / sizeof((array)[0])

/*
 * The host of an address, borrowed; of GUIDE_ADDRESS, of family 4, where it is NULL or not an IP
 * address: nothing else may stand in the text.
 */
struct guide_host guide_host(const char *address);
#endif
