/*
 * operation.h - one call from the host: its callbacks, cancel, deadline, language and failures.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything that crosses the border during a call passes here. One struct operation a call, used
 * by the calling thread only. Nothing in it outlives operation_end().
 */
#ifndef OPERATION_H
#define OPERATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/limits.h"
#include "hector/integration.h"
#include "progress.h"
#include "secrets.h"
#include "text.h"

/*
 * Why a piece of work failed. It travels up by pointer to the caller, who repeats, reports the
 * scope as incomplete, or returns it to the host. Written only when a function does not return OK.
 */
struct failure {
    int32_t cause; /* HECTOR_CONFIG ... */
    uint32_t retry_after_s;
    enum text_id reason;
    char field[64];
    char message[TEXT_MAX];
    char detail[TEXT_MAX];
};

struct operation {
    struct hector_host host; /* our copy; callbacks that the host lacks are NULL */
    const struct limits *limits;
    struct wording wording;
    int64_t deadline_ms; /* on monotonic_ms(); 0 = none */
    bool cancelled;      /* latched */
    bool refused;        /* emit said stop; latched */
    bool record;         /* each exchange becomes documents, too: record.h */
    struct buffer document;
    struct secrets secrets;            /* that texts from outside must not repeat */
    uint64_t requests, bytes, repeats; /* HTTP: sent, received, sent again */
    uint64_t exchanges;                /* of those sent, recorded */
    uint64_t repaired;                 /* replies in which a text held bytes that are no text */
    size_t tree_bytes; /* of replies still in use: the next has the rest of tree_max_bytes */
    struct progress progress;
    bool again;                  /* what was read before is read once more: it is counted apart */
    char peer[ADDRESS_TEXT_MAX]; /* who is waited for: host or host:port; "" = not known yet */
    int64_t waiting_since_ms;    /* on monotonic_ms(); 0 = nothing is waited for */
    int64_t waited_s;            /* as told to the host; 0 = it was not */
};

/*
 * Copies min(struct_size) of the host's table. ABI when emit is missing. `limits` must outlive the
 * operation.
 */
int32_t operation_begin(struct operation *operation, const struct hector_host *host,
                        const struct limits *limits, struct failure *reterr);
void operation_end(struct operation *operation);

/* Writes the failure to the host's error struct, as far as it reaches. `error` may be NULL. */
void operation_report(const struct failure *failure, int32_t code, struct hector_error *error);

/* True once the host asked to stop. Cheap: polled from loops and from the transfer. */
bool operation_cancelled(struct operation *operation);

/*
 * OK, CANCELLED, HOST (emit refused) or LIMIT (deadline_s passed): called before each piece of
 * work.
 */
int32_t operation_check(struct operation *operation, struct failure *reterr);

/* Milliseconds left to the deadline, at most `most`; 0 when it has passed. */
int32_t operation_time_left(const struct operation *operation, int32_t most);

/*
 * How long to wait before something that was tried so many times is tried again: doubles from try
 * to try. Half of it is left to chance, that is to the clock.
 */
int32_t operation_backoff_ms(const struct operation *operation, int32_t tried);

/* Waits, polling cancel. Returns operation_check(). */
int32_t operation_pause(struct operation *operation, int32_t milliseconds, struct failure *reterr);

/* Empties the document buffer and opens {"kind": ...}; the caller writes members, then emits. */
struct buffer *operation_document(struct operation *operation, const char *kind);

/* Closes the document and hands it to the host. Time spent in emit moves the deadline along. */
int32_t operation_emit(struct operation *operation, struct failure *reterr);

/* One line, without the secrets. */
void operation_log(struct operation *operation, uint32_t level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Tells the host how far a phase is: see progress_add(). */
void operation_progress(struct operation *operation, enum phase phase, uint64_t more,
                        uint64_t left);

/*
 * To be called over and over while an answer of operation->peer, or a pause before the next try, is
 * waited for: tells the host so once a second, from the first second on. When it is over the host
 * is told again how far the phase in hand is.
 */
void operation_wait(struct operation *operation);
void operation_wait_end(struct operation *operation);

/*
 * Asks for a secret, which from here on no text tells. `ret` is emptied first; its owner releases
 * it with buffer_release_secret(). Unknown or unset: OK with an empty buffer. CONFIG, naming the
 * field, when it is too long, or holds what is not printable UTF-8; of a token, which goes into an
 * HTTP header, what is not printable ASCII.
 */
int32_t operation_secret(struct operation *operation, const char *name, struct buffer *ret,
                         struct failure *reterr);

/* Fills a sentence, its arguments without the secrets. */
void operation_sentence(const struct operation *operation, char *out, size_t capacity,
                        enum text_id id, const char *const *arguments);

/*
 * Fills `failure` and returns `cause`. `detail` (may be NULL) is for the log; `arguments` fill the
 * sentence.
 */
int32_t fail(const struct operation *operation, struct failure *failure, int32_t cause,
             enum text_id reason, const char *detail, const char *const *arguments);

/* CONFIG, about one setting, secret or member of the request. */
int32_t fail_field(const struct operation *operation, struct failure *failure, const char *field,
                   enum text_id reason, const char *detail, const char *const *arguments);

/* NO_MEMORY. */
int32_t fail_memory(const struct operation *operation, struct failure *failure);

/* NO_MEMORY and LIMIT of a buffer as a failure; OK when the buffer is sound. */
int32_t fail_buffer(const struct operation *operation, struct failure *failure,
                    const struct buffer *buffer);

/* True for what ends the whole call rather than a part of it, such as a scope. */
bool failure_ends(int32_t code, const struct failure *failure);

/* "unreachable": the outcome word of a code. */
const char *outcome_name(int32_t code);
#endif
