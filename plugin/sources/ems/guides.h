/*
 * guides.h - how to create a credential for an EMS on premises, and for EMS Cloud.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EMS_GUIDES_H
#define EMS_GUIDES_H

#include "sources/source.h"

#define EMS_GUIDE_COUNT 2

extern const struct guide ems_guides[EMS_GUIDE_COUNT];
#endif
