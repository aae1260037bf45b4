/*
 * run.h - one run against a FortiNAC.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FNAC_RUN_H
#define FNAC_RUN_H

#include "net/rest.h"
#include "sources/endpoints.h"
#include "sources/source.h"

/* Its only scope: FortiNAC has no partition that a token could be limited to. */
#define FNAC_SCOPE "fortinac"

/* Initialised by fortinac.c. */
struct fnac_run {
    struct source_call *call;
    struct operation *operation;
    const struct settings *settings;
    struct inventory *inventory;
    struct buffer token;
    struct buffer filter; /* as FortiNAC wants it; empty = all hosts */
    struct rest rest;
};

#endif
