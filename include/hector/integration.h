/*
 * integration.h - the border between Hector and an inventory integration, version 1.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An integration is one shared object. A host (Hector, or a small program such as the host stub)
 * loads it, looks up one symbol, and calls four operations. Everything that crosses the border is
 * either a number, a fixed struct from this file, or one JSON document as UTF-8 bytes. The words
 * MUST, MUST NOT, SHOULD and MAY are used as in RFC 2119. hector-integration(7) explains the same,
 * member by member; conclude.h has the rule of what may be concluded, as a function.
 *
 *
 * THE ENTRY
 *   The shared object exports HECTOR_INTEGRATION_SYMBOL and nothing else. The host MUST load the
 *   file by absolute path, MUST check (dladdr) that the symbol found lies in that very file, and
 *   MUST NOT unload it: libraries such as libcurl keep thread-local state.
 *
 * GROWTH
 *   Every struct begins with struct_size: the size in bytes, as the side that filled the struct
 *   knows it. Later editions only append fields; they never move or remove a field or change its
 *   meaning, and no struct has padding at its end. The reader copies min(its own size, struct_size)
 *   and treats all members beyond as zero or NULL. HECTOR_HAS() checks whether a struct includes a
 *   member. Documents grow likewise: later editions add members and never redefine one, and a
 *   reader ignores members and kinds that it does not know. Of values that it does not know, it
 *   treats a device_type as a type like any other, shows a system or step as it is, and treats the
 *   type of a field or an attribute as text, a cost as the highest, and the state of a scope as
 *   "not read". `descriptor.contract` is the edition of the documents.
 *
 * THREADS
 *   The integration keeps no state between calls. A host MAY call any operation from any thread,
 *   and several at once, with the same or different host tables. The integration makes all
 *   callbacks of one call in the thread that made the call, and never one inside another. A
 *   callback MAY itself call any operation. No thread, child process or descriptor of the
 *   integration outlives a call. An operation needs at most 256 KiB of stack.
 *
 * OWNERSHIP
 *   The host table and the request belong to the host and MUST stay valid and unchanged until the
 *   operation returns. The bytes that a callback receives belong to the integration and are valid
 *   only until that callback returns. Neither side frees memory that the other has allocated.
 *
 * PROCESS MANNERS
 *   The integration never touches locale, signal handlers, environment, working directory or
 *   umask; it reads and writes numbers in the same way in every locale. The host MUST ignore
 *   SIGPIPE and MUST NOT fork during an operation. No exception, longjmp or cancellation may cross
 *   the border.
 */
#ifndef HECTOR_INTEGRATION_H
#define HECTOR_INTEGRATION_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#define HECTOR_STATIC_ASSERT(condition, text) static_assert(condition, text)
#else
#define HECTOR_STATIC_ASSERT(condition, text) _Static_assert(condition, text)
#endif

/* The one exported symbol, and its type. It cannot fail and may be called at any time. */
#define HECTOR_INTEGRATION_SYMBOL "hector_integration_v1"
struct hector_integration;
const struct hector_integration *hector_integration_v1(void);

/*
 * What an operation returns. The numbers never change. Zero and above: the operation delivered
 * documents, which the host may use; below zero: the operation failed, and `error` says why.
 */
#define HECTOR_OK          INT32_C(0)
#define HECTOR_PARTIAL     INT32_C(1)  /* sync: delivered, but at least one scope is incomplete */
#define HECTOR_CONFIG      INT32_C(-1) /* the request or a setting is wrong; error.field names it */
#define HECTOR_AUTH        INT32_C(-2) /* credentials refused or expired: notify a person */
#define HECTOR_PERMISSION  INT32_C(-3) /* may not read what is needed: notify a person */
#define HECTOR_UNREACHABLE INT32_C(-4) /* name, connection, TLS or time-out */
#define HECTOR_THROTTLED   INT32_C(-5) /* the remote system throttled us: error.retry_after_s */
#define HECTOR_DATA        INT32_C(-6) /* the remote system's answer is invalid: notify a person */
#define HECTOR_LIMIT       INT32_C(-7) /* a maximum of the integration, or deadline_s, was hit */
#define HECTOR_CANCELLED   INT32_C(-8) /* the host's `cancelled` stopped the operation */
#define HECTOR_HOST        INT32_C(-9) /* the callback emit refused a document; the host knows why */
#define HECTOR_NO_MEMORY   INT32_C(-10)
#define HECTOR_INTERNAL    INT32_C(-11) /* a defect of the integration */
#define HECTOR_ABI         INT32_C(-12) /* the host table cannot be used */

/* Levels of `log` and of hector_host.log_level. */
#define HECTOR_LOG_ERROR   UINT32_C(1)
#define HECTOR_LOG_WARNING UINT32_C(2)
#define HECTOR_LOG_INFO    UINT32_C(3)
#define HECTOR_LOG_DEBUG   UINT32_C(4)
#define HECTOR_LOG_TRACE   UINT32_C(5)

/* Limits of what crosses the border, in bytes. */
#define HECTOR_REQUEST_MAX  1048576 /* a request; more is CONFIG */
#define HECTOR_SECRET_MAX   4096    /* a secret; more is CONFIG */
#define HECTOR_DOCUMENT_MAX 524288  /* a document: no integration emits a larger one */

/*
 * Why an operation failed, or, on PARTIAL, the worst cause.
 *
 * The host allocates it and sets struct_size; the integration writes it only when the operation
 * does not return OK, and keeps no pointer to it. Texts are UTF-8 and end with NUL; a text that is
 * too long is cut on a character boundary. The pointer itself MAY be NULL.
 */
struct hector_error {
    uint32_t struct_size;
    int32_t cause;          /* the code returned; on PARTIAL the code of the worst cause */
    uint32_t retry_after_s; /* seconds the remote system asked to wait; 0 = it did not say */
    uint32_t reserved;      /* 0 */
    char reason[48];        /* stable slug for programs: "token_refused" */
    char field[64];         /* the setting at fault, as its key: "url"; "" = none */
    char message[512];      /* for a person, in the request's language: what failed, on what, what
                             * to do next. No secret, suitable for an e-mail */
    char detail[512];       /* for the log, in English: HTTP status, the remote system's own code.
                             * No secret */
};

/*
 * What the host offers to one call. `emit` is mandatory (else ABI); every other callback MAY be
 * NULL. The integration copies the table at the start, and passes `context` unchanged to every
 * callback.
 */
struct hector_host {
    uint32_t struct_size;
    uint32_t log_level; /* the integration logs nothing above it; 0 = nothing */
    void *context;

    /*
     * Takes one document: one JSON object, UTF-8, `size` bytes, no NUL, no line break,
     * first member "kind". Return 0 to go on; any other value stops the operation, which
     * then returns HOST. Called between network transfers only. The time spent in it does not count
     * towards any limit: to slow the integration down, return later.
     */
    int32_t (*emit)(void *context, const char *document, size_t size);

    /* Takes one line for the log, in English, without line break and without any secret. */
    void (*log)(void *context, uint32_t level, const char *text, size_t size);

    /*
     * Takes the progress of the work: how many are `done`, of `total`; 0 = not known. `phase` is a
     * slug that names what is counted ("devices"). Within one phase neither number decreases; the
     * integration may leave a phase and continue it later. The phase "waiting:HOST" reports instead
     * that the integration has waited `done` seconds for HOST. It is reported once a second, also
     * during a network transfer; after it, the current phase is reported again.
     */
    void (*progress)(void *context, const char *phase, size_t size, uint64_t done, uint64_t total);

    /*
     * Return 0 to go on; any other value stops the operation, which then returns CANCELLED. Polled
     * at least every 200 ms; one such value is enough. The operation stops within one second, with
     * two exceptions: a name look-up takes as long as the resolver lets it take, and the
     * integration still completes a login already sent and the logout, for at most three seconds
     * each.
     */
    int32_t (*cancelled)(void *context);

    /*
     * Gives the secret called `name` ("token", "password"): writes it to `buffer` without a NUL and
     * returns its length. A length above `capacity` means that nothing was written; -1 = no such
     * secret; 0 = not set. The integration may ask again during a call, for a new login. It wipes
     * its copy before the operation returns. NULL = the host has no secrets.
     */
    int64_t (*secret)(void *context, const char *name, size_t name_size, char *buffer,
                      size_t capacity);
};

/*
 * An operation.
 *
 *   request, request_size   one JSON object, at most HECTOR_REQUEST_MAX bytes; needs no NUL. NULL
 *                           with size 0 stands for {}. Common members, all optional: "language"
 *                           ("en" or "fr"; else "en"), "host" {"egress_address", "proxy",
 *                           "ca_file", "deadline_s", "user_agent", "allow_loopback",
 *                           "names"}.
 *   error                   see above; MAY be NULL.
 *
 * The folder schemas/hector has the schema of each request and document (JSON Schema 2020-12), with
 * the maximum of each text; attributes.json there has the attributes that all integrations share.
 *
 *   describe      {language}                          emits one `descriptor`. No network, no
 *                                                     secret, no settings. Fast.
 *   validate      {settings}                          emits `check` documents in order, a `source`
 *                                                     once the remote system is known, and a
 *                                                     `certificate` if TLS was at fault. OK if a
 *                                                     sync would work.
 *   list_options  {option, settings, filter, limit}   emits `option` documents: the values that
 *                                                     the setting named `option` may take, then
 *                                                     one `options_end`.
 *   sync          {settings, record}                  emits one `source`; each `asset`; one `scope`
 *                                                     for each scope; each `skipped`; one
 *                                                     `coverage` for each (scope to be read, chosen
 *                                                     device type); exactly one `summary`, last.
 *                                                     `problem` may come anywhere before it, and so
 *                                                     may `exchange` if the request sets "record".
 *
 * Every operation only reads: nothing that it sends changes the remote system.
 *
 * Language: labels, help and messages are in the language of the request; everything else is the
 * same in every language. A host requests its user's language for what it shows (describe,
 * validate, list_options), and the language of the instance for what it stores (sync; describe for
 * the names of attributes and categories that it creates).
 *
 * What may be concluded: an asset that was emitted exists. For an asset that was not emitted,
 * hector_conclude() of conclude.h says what may be concluded. Examples: S is a switch, emitted last
 * from the scope A, which had the alias id:7; B is another scope. Unless the example says
 * otherwise, this run has read all scopes to their end.
 *
 *   PRESENT       S in A; or in A2 with the alias id:7 (A was renamed); or in B with "certain":
 *                 false (keep scope, manager and title)
 *   MOVED         S in B
 *   NOT_IMPORTED  a `skipped` document names the serial number of S
 *   NOT_SEEN      A and B complete, even if A is empty now; B incomplete, but exempted by a person.
 *                 Count the nights: after several, a person retires S
 *   SCOPE_GONE    the same, but A is no longer listed: deleted, or hidden. Ask a person first
 *   UNKNOWN       everything else: no `summary`; another source; another `listing_digest`; the type
 *                 not chosen; A incomplete, listed but not read, or missing while
 *                 `scopes_complete` is false; B incomplete (S may be there); a new switch without a
 *                 serial number (it may be S). Keep S as it is
 */
typedef int32_t hector_operation(const struct hector_host *host, const char *request,
                                 size_t request_size, struct hector_error *error);

/* What the entry returns: static, constant, valid while the shared object is loaded. */
struct hector_integration {
    uint32_t struct_size;
    uint32_t reserved; /* 0 */
    const char *id;    /* stable, lower case: "fortinet" */
    const char *version;
    hector_operation *describe;
    hector_operation *validate;
    hector_operation *list_options;
    hector_operation *sync;
};

/*
 * HECTOR_HAS(pointer, struct tag, member): whether the other side's struct includes `member`. A
 * callback that it includes may still be NULL.
 */
#define HECTOR_HAS(pointer, type, member)                                                          \
    ((pointer)->struct_size >= offsetof(type, member) + sizeof((pointer)->member))

/* The layout is part of the contract: these assertions keep it from changing. */
#define HECTOR_LAST(type, member)                                                                  \
    HECTOR_STATIC_ASSERT(sizeof(type) == offsetof(type, member) + sizeof(((type *)0)->member),     \
                         "no padding at the end of " #type)
HECTOR_LAST(struct hector_error, detail);
HECTOR_LAST(struct hector_host, secret);
HECTOR_LAST(struct hector_integration, sync);
HECTOR_STATIC_ASSERT(sizeof(struct hector_error) == 1152, "size of hector_error");
HECTOR_STATIC_ASSERT(offsetof(struct hector_error, cause) == 4, "hector_error.cause");
HECTOR_STATIC_ASSERT(offsetof(struct hector_error, retry_after_s) == 8,
                     "hector_error.retry_after_s");
HECTOR_STATIC_ASSERT(offsetof(struct hector_error, reason) == 16, "hector_error.reason");
HECTOR_STATIC_ASSERT(offsetof(struct hector_error, field) == 64, "hector_error.field");
HECTOR_STATIC_ASSERT(offsetof(struct hector_error, message) == 128, "hector_error.message");
HECTOR_STATIC_ASSERT(offsetof(struct hector_error, detail) == 640, "hector_error.detail");
HECTOR_STATIC_ASSERT(sizeof(void (*)(void)) == sizeof(void *), "one size of pointer");
#define HECTOR_POINTER(type, member, index)                                                        \
    HECTOR_STATIC_ASSERT(offsetof(type, member) == 8 + (index) * sizeof(void *), #type "." #member)
HECTOR_POINTER(struct hector_host, context, 0);
HECTOR_POINTER(struct hector_host, emit, 1);
HECTOR_POINTER(struct hector_host, log, 2);
HECTOR_POINTER(struct hector_host, progress, 3);
HECTOR_POINTER(struct hector_host, cancelled, 4);
HECTOR_POINTER(struct hector_host, secret, 5);
HECTOR_POINTER(struct hector_integration, id, 0);
HECTOR_POINTER(struct hector_integration, version, 1);
HECTOR_POINTER(struct hector_integration, describe, 2);
HECTOR_POINTER(struct hector_integration, validate, 3);
HECTOR_POINTER(struct hector_integration, list_options, 4);
HECTOR_POINTER(struct hector_integration, sync, 5);

#ifdef __cplusplus
}
#endif
#endif
