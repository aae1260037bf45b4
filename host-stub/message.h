/*
 * message.h - why something failed, as one sentence for a person.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_MESSAGE_H
#define HOST_STUB_MESSAGE_H

#include "limits.h"

struct message {
    char text[MESSAGE_MAX];
};

/* Appends to the sentence, which is cut at MESSAGE_MAX. Returns -1, for the caller to return. */
__attribute__((format(printf, 2, 3))) int message_fail(struct message *message, const char *format,
                                                       ...);

#endif
