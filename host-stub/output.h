/*
 * output.h - standard output, or a file that appears under its name only when it is complete.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_OUTPUT_H
#define HOST_STUB_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct output {
    FILE *stream;
    bool terminal;
    size_t columns;       /* of the terminal; 0 = as many as it takes */
    const char *ellipsis; /* the end of a text that is cut */
    bool color;           /* only a table has any */
    int error;            /* errno of the first write that failed; 0 = none */
    char *target;         /* NULL = standard output or a device */
    char *temporary;      /* beside the target; no file yet while it is nameless */
    bool nameless;
};

/*
 * Opens a standard stream (path NULL and "-" are standard output), a device, or a temporary
 * file, which keeps the mode and the owner of the one it is to replace. Temporary files that a
 * crash left beside it go. 0, or -1 with a sentence in `message`.
 */
int output_open(struct output *output, const char *path, char *message, size_t message_size);

/* 0, or -1 as soon as something could not be written; then the reason is in output->error. */
int output_status(struct output *output);

/* Hands everything written so far to the system. Returns like output_status(). */
int output_flush(struct output *output);

/* Completes the output: a file takes its name now. Returns like output_status(). */
int output_commit(struct output *output);

/* Frees everything; a file that was not committed is gone. */
void output_release(struct output *output);

#endif
