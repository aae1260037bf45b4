/*
 * cloud_expected.h - what a perfect client learns from FortiCloud, for the test.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTICLOUD_CLOUD_EXPECTED_H
#define FORTICLOUD_CLOUD_EXPECTED_H

#include "forticloud.h"

/*
 * JSON, which the caller frees:
 *   assets      {serial: {enrichment: {attribute: value}}}, of all units
 *   entitled    {enrichment: [serial of a unit]}, those that it covers
 *   unmatched   the documents if all device types are chosen and complete, in order
 *   products, programs   their numbers
 */
char *cloud_expected_write(const struct forticloud *forticloud);

#endif
