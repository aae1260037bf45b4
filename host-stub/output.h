/*
 * output.h - standard output, or a file that gets its name only once it is complete.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_OUTPUT_H
#define HOST_STUB_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "message.h"

struct output {
    FILE *stream;
    bool terminal;
    size_t columns;       /* width of the terminal; 0 = unlimited */
    const char *ellipsis; /* appended to a text that is cut */
    bool color;           /* only for tables */
    int error;            /* errno of the first write that failed; 0 = none */
    char *target;         /* NULL = standard output or a device */
    char *temporary;      /* next to the target; no such file yet while `nameless` */
    bool nameless;
};

/*
 * Opens a standard stream (path NULL and "-" are standard output), a device, or a temporary file,
 * which gets the mode and owner of the file that it will replace. Removes temporary files that
 * crashed runs left next to it. Returns 0, or -1 with one sentence in `message`; output_release()
 * frees it.
 */
int output_open(struct output *output, const char *path, struct message *message);

/* Returns 0, or -1 once anything could not be written; output->error is then the reason. */
int output_status(struct output *output);

/* Passes everything written so far to the system. output_status() says whether that failed. */
void output_flush(struct output *output);

/*
 * Completes the output: a temporary file gets the target's name. output_status() says whether that
 * failed.
 */
void output_commit(struct output *output);

/* Closes and frees everything; removes a file that was not committed. */
void output_release(struct output *output);

#endif
