/*
 * operation.h - one call from the host: callbacks, cancellation, deadline, language and failures.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All data between the host and the integration passes through a struct operation: one per call,
 * used by the calling thread only. Nothing in it remains valid after operation_end().
 */
#ifndef OPERATION_H
#define OPERATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/budget.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/limits.h"
#include "hector/integration.h"
#include "message.h"
#include "secrets.h"

/*
 * Why a piece of work failed. Passed up by pointer to the caller, which repeats the work, reports
 * the scope as incomplete, or returns the failure to the host. Written only by a function that does
 * not return HECTOR_OK.
 */
struct failure {
    int32_t cause; /* HECTOR_CONFIG ... */
    uint32_t retry_after_s;
    enum message_id reason;
    char field[64];
    char message[MESSAGE_MAX];
    char detail[MESSAGE_MAX];
};

enum phase {
#define PHASE(slug) PHASE_##slug,
#include "progress.def"
    PHASE_COUNT
};

/* What the host receives: `done` <= `total`, or `total` 0 = unknown. */
struct progress_count {
    uint64_t done, total;
};

/* Initially all zero. */
struct progress {
    struct progress_count counts[PHASE_COUNT][2]; /* by phase; [1] = second pass */
    struct progress_count count;                  /* of the current phase */
    const char *slug;                             /* static; NULL = no phase has begun */
};

struct operation {
    struct hector_host host; /* a copy; callbacks that the host lacks are NULL */
    const struct limits *limits;
    struct wording wording;
    int64_t deadline_ms; /* in terms of clock_ms(); 0 = none */
    bool cancelled;      /* stays true */
    bool refused;        /* the host's emit refused a document; stays true */
    bool record;         /* emit each HTTP exchange as documents, too: record.h */
    struct buffer document;
    struct secrets secrets;            /* hidden in all texts that come from remote systems */
    uint64_t requests, bytes, repeats; /* HTTP: sent, received, sent again */
    uint64_t exchanges;                /* of the requests sent, those recorded */
    uint64_t repaired;                 /* replies in which json_guard repaired a string */
    struct budget replies;             /* trees in use, of tree_max_bytes: the next has the rest */
    struct progress progress;
    bool again; /* a second pass over data that was read before; counted separately */
    char peer[ADDRESS_TEXT_MAX]; /* the system that the call waits for: host or host:port; "" = not
                                    known yet */
    int64_t waiting_since_ms;    /* in terms of clock_ms(); 0 = not waiting */
    int64_t waited_s;            /* waiting time last reported to the host; 0 = none reported */
};

/*
 * Prepares an operation: copies the host's table, as far as both sides know it. ABI if `emit` is
 * missing. `limits` must outlive the operation. operation_end() releases it, also after a failure.
 */
int32_t operation_begin(struct operation *operation, const struct hector_host *host,
                        const struct limits *limits, struct failure *failure);

/* Wipes the secrets and frees everything that the operation owns. */
void operation_end(struct operation *operation);

/*
 * Writes the failure to the members that the host's error struct has. Does nothing for OK. `error`
 * may be NULL.
 */
void operation_report(const struct failure *failure, int32_t code, struct hector_error *error);

/* Whether the host has cancelled the call. Cheap: loops and transfers poll it. */
bool operation_cancelled(struct operation *operation);

/*
 * Whether the call may go on, to be asked before each piece of work: OK, CANCELLED, HOST (emit
 * refused a document) or LIMIT (deadline_s passed).
 */
int32_t operation_check(struct operation *operation, struct failure *failure);

/* Waits for `milliseconds`, polling for cancellation. Returns as operation_check() does. */
int32_t operation_pause(struct operation *operation, int32_t milliseconds, struct failure *failure);

/*
 * Empties the document buffer and begins {"kind": ...}. The caller writes the other members, then
 * calls operation_emit(). The buffer belongs to the operation.
 */
struct buffer *operation_document(struct operation *operation, const char *kind);

/*
 * Completes the document and passes it to the host. The deadline is moved by the time that the
 * host's emit takes. HOST, LIMIT (too large) or NO_MEMORY.
 */
int32_t operation_emit(struct operation *operation, struct failure *failure);

/* Writes one log line, with all secrets hidden, if the host wants this level. */
void operation_log(struct operation *operation, uint32_t level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Adds `more` to what is done of a phase (0: the phase begins or continues), and reports it to the
 * host; at least `left` remain, 0 = unknown. Each phase has its own count, which only grows, like
 * its total: a phase that is left and entered again continues its count. A second pass over data
 * that was read before is counted separately, under the slug of the phase with `_again` appended.
 */
void operation_progress(struct operation *operation, enum phase phase, uint64_t more,
                        uint64_t left);

/*
 * operation_wait() must be called repeatedly while waiting for an answer of operation->peer, or
 * before the next try; once a second it reports the waiting time to the host. operation_wait_end()
 * ends the wait; if it was reported, the current phase is reported again.
 */
void operation_wait(struct operation *operation);
void operation_wait_end(struct operation *operation);

/*
 * Asks the host for a secret and hides it in all later texts. `ret` is emptied first; its owner
 * releases it with buffer_release_secret(). Unknown or unset: OK with an empty buffer. CONFIG, with
 * the field, if the secret is too long or is not printable UTF-8; a token, which is sent in an HTTP
 * header, must be printable ASCII without blanks or surrounding quotes.
 */
int32_t operation_secret(struct operation *operation, const char *name, struct buffer *ret,
                         struct failure *failure);

/* Formats a message, with secrets hidden in its arguments. */
void operation_sentence(const struct operation *operation, char *out, size_t capacity,
                        enum message_id id, const char *const *arguments);

/* A message without arguments, in the language of the operation. Static. */
static inline const char *operation_text(const struct operation *operation, enum message_id id)
{
    return message_template(operation->wording.language, id);
}

/*
 * Fills `failure` and returns the code of the reason. `detail` (may be NULL) is technical and for
 * the log; `arguments` are those of the message.
 */
int32_t fail(const struct operation *operation, struct failure *failure, enum message_id reason,
             const char *detail, const char *const *arguments);

/* Fills `failure` for one setting, secret or member of the request, and returns CONFIG. */
int32_t fail_field(const struct operation *operation, struct failure *failure, const char *field,
                   enum message_id reason, const char *const *arguments);

/* Sets the technical detail of a failure, with secrets hidden. */
void failure_detail(const struct operation *operation, struct failure *failure, const char *detail);

/* Fills `failure` with another one and returns its cause. */
int32_t fail_as(struct failure *failure, const struct failure *why);

/* Fills `failure` and returns NO_MEMORY. */
int32_t fail_memory(const struct operation *operation, struct failure *failure);

/*
 * Returns OK if the buffer's state is BUFFER_OK; else fills `failure` and returns NO_MEMORY, or
 * LIMIT for a full buffer.
 */
int32_t fail_buffer(const struct operation *operation, struct failure *failure,
                    const struct buffer *buffer);

/* Whether a failure ends the whole call rather than a part of it, such as a scope. */
bool failure_ends(int32_t code, const struct failure *failure);

/* The name of an outcome code, such as "unreachable". Static. */
const char *operation_outcome(int32_t code);
#endif
