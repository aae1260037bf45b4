/*
 * ems_expected.h - what a perfect client finds in an EMS, for the test.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EMS_EMS_EXPECTED_H
#define EMS_EMS_EXPECTED_H

#include "ems.h"

/* JSON of the form that expected.h describes, which the caller frees. `double_listed` are the older
 * registrations of a machine; `managed` and `total` are numbers of endpoints. */
char *ems_expected_write(const struct ems *ems);

#endif
