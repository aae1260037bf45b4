/*
 * option.h - the values of options.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_OPTION_H
#define SIMULATOR_OPTION_H

#include "settings.h"

/* Return -1 for an invalid value. */
int option_number(const char *text, uint64_t maximum, uint64_t *ret_number);
int option_uint32(const char *text, uint32_t maximum, uint32_t *ret_number);
int option_port(const char *text, uint16_t *ret_port);
int option_certificate(const char *text, enum certificate_kind *ret_kind);
int option_fault(struct settings *settings, const char *text);

/* The position of `text` in `names`, which ends with NULL. */
int option_choice(const char *text, const char *const *names);

#endif
