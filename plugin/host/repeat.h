/*
 * repeat.h - asking again: when it is due, after which pause; counted and logged in one place.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Two policies: a request whose answer was lost, refused for now or unusable is sent again after a
 * pause; a reading that changed meanwhile, or that lacks what something else counts, is repeated,
 * but only once: of a FortiGate after a pause, because it needs a moment to settle; otherwise at
 * once. Both log why at each repeat, and count it in operation->repeats.
 */
#ifndef REPEAT_H
#define REPEAT_H

#include "operation.h"

/*
 * Milliseconds to wait after `tried` tries before the next one. Doubles each time, up to
 * limits->backoff_max_ms; half of the wait is jitter taken from the clock.
 */
int32_t repeat_backoff_ms(const struct operation *operation, int32_t tried);

/*
 * Whether a request may be sent again after `tried` tries, and after how many milliseconds: those
 * that the remote system asks for (`wait_s`, 0 = none), else repeat_backoff_ms(). False after
 * limits->attempts tries, for a pause above limits->backoff_max_ms, and if the call must end first.
 */
bool repeat_due(const struct operation *operation, int32_t tried, uint32_t wait_s, int32_t *ret_ms);

/* Waits before a request is sent again. Returns as operation_check() does; OK = send it. */
int32_t repeat_request(struct operation *operation, int32_t pause_ms, const char *why,
                       struct failure *failure);

/*
 * To be called before a reading is repeated. `level`: HECTOR_LOG_WARNING if the remote system
 * changed or ended the session, else HECTOR_LOG_INFO.
 */
void repeat_reading(struct operation *operation, uint32_t level, const char *why);

/*
 * Ends a repeat that counts only if it helped: a fault that stays, such as a right that is missing,
 * would be counted in every run.
 */
void repeat_end(struct operation *operation, bool helped);
#endif
