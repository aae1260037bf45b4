/*
 * guide.h - how to create a credential: the steps in a system's GUI, and the CLI snippet.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A source has one guide for each way to create a credential on its kind of system, with no more
 * rights than an import needs. The descriptor contains all of them. The check of a refused
 * credential contains the CLI snippet of the same function, with what is known of the system by
 * then.
 */
#ifndef GUIDE_H
#define GUIDE_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/vector.h"
#include "host/message.h"

/* Placeholder for the address that Hector connects from, where it is not known. */
#define GUIDE_ADDRESS "{egress_address}"

/* The host to trust: that of Hector. */
struct guide_host {
    const char *address; /* or GUIDE_ADDRESS */
    int family;          /* 4 or 6 */
};

/* One guide; static. */
struct guide {
    const char *system;      /* "fortimanager" */
    const char *credentials; /* "token": the credentials that it creates, as in the descriptor */
    enum message_id label;
    const enum message_id *steps;
    size_t step_count;

    /* Appends the CLI snippet, without a final line end. NULL = there is none. */
    void (*cli)(struct guide_host host, struct buffer *out);
};

#define GUIDE_STEPS(array) .steps = (array), .step_count = COUNT(array)

/*
 * Returns the host of an address, borrowed; GUIDE_ADDRESS, of family 4, if it is NULL or not an IP
 * address: no other text may enter the snippet.
 */
struct guide_host guide_host(const char *address);
#endif
