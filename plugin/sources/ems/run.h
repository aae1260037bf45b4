/*
 * run.h - what the files of the source EMS share during one call.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All requests are GETs within one session (login.h):
 *   license/get           ems.c            the serial number of the EMS
 *   system/consts/get     ems.c            its version
 *   endpoints/index       endpoint_list.c  all endpoints, in pages
 *   endpoints/device/ID/details, or endpoints/ID/get before 7.2.1   details.c   one endpoint each
 *
 * Only the details have a serial number of the machine, and not in every version: the published
 * schemas up to 7.2.1 lack `hardware_details`. fct_sn is that of FortiClient, which a new
 * installation changes: it identifies no machine.
 *
 * The scope is `ems:SITE`: a session sees the endpoints of one site.
 */
#ifndef EMS_RUN_H
#define EMS_RUN_H

#include "session.h"
#include "sources/source.h"

struct ems_run {
    struct source_call *call;
    struct operation *operation; /* of `call`, as the next */
    const struct settings *settings;
    struct inventory *inventory;
    struct ems_session session;
    char serial[SERIAL_MAX + 1]; /* "" = not known, as the version */
    char version[32];
    char scope[SCOPE_TEXT_MAX];
};
#endif
