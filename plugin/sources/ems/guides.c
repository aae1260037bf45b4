/*
 * guides.c - how to create a credential for an EMS on premises, and for EMS Cloud.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "guides.h"

static const enum message_id PASSWORD_STEPS[] = {
    LABEL_guide_ems_login, LABEL_guide_ems_role,   LABEL_guide_ems_user,
    LABEL_guide_ems_site,  LABEL_guide_ems_fields,
};

/* Only a primary account may create the key, which does not expire [FortiEndpoint, API access
 * keys].
 */
static const enum message_id KEY_STEPS[] = {
    LABEL_guide_ems_cloud_login, LABEL_guide_ems_cloud_page,   LABEL_guide_ems_cloud_key,
    LABEL_guide_ems_cloud_copy,  LABEL_guide_ems_cloud_fields,
};

const struct guide ems_guides[EMS_GUIDE_COUNT] = {
    {"ems", "password", LABEL_guide_ems_label, GUIDE_STEPS(PASSWORD_STEPS)},
    {"ems", "access_key", LABEL_guide_ems_cloud_label, GUIDE_STEPS(KEY_STEPS)},
};
