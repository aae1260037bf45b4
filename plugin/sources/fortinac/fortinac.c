/*
 * fortinac.c - the source FortiNAC: the hosts of a FortiNAC-F 7.2 or later.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fortinac.h"

#include "api.h"
#include "columns.h"
#include "filter.h"
#include "hosts.h"
#include "sources/unfilled.h"

/* ---- a run */

static struct fnac_run new_run(struct source_call *call)
{
    return (struct fnac_run){.call = call,
                             .operation = call->operation,
                             .settings = call->settings,
                             .inventory = call->inventory,
                             .token = BUFFER(HECTOR_SECRET_MAX),
                             .filter = BUFFER(FNAC_FILTER_MAX)};
}

static void run_close(struct fnac_run *run)
{
    buffer_release_secret(&run->token);
    buffer_release(&run->filter);
}

static int32_t read_filter(struct fnac_run *run, struct failure *failure)
{
    const char *filter = run->settings->filter != NULL ? run->settings->filter : "";
    const char *wrong = *filter != '\0' ? fnac_filter_write(filter, &run->filter) : NULL;

    if (wrong != NULL) {
        return fail_field(
            run->operation, failure, "filter", REASON_fnac_filter_invalid,
            ARGUMENTS(message_number(wrong - filter + 1).text, *wrong != '\0' ? wrong : filter));
    }
    return fail_buffer(run->operation, failure, &run->filter);
}

/*
 * Reads the credentials, and sends a first request that needs them: the number of hosts. CONFIG if
 * the token is missing or the filter is none.
 */
static int32_t run_open(struct fnac_run *run, struct failure *failure)
{
    const struct fnac_query count = {.path = "host/count"};
    struct http_reply reply;
    int32_t code;

    if ((code = operation_secret(run->operation, "token", &run->token, failure)) != HECTOR_OK ||
        (code = read_filter(run, failure)) != HECTOR_OK) {
        return code;
    }
    if (run->token.size == 0) {
        return fail_field(run->operation, failure, "token", REASON_fnac_token_needed,
                          ARGUMENTS(run->settings->origin));
    }
    run->rest =
        (struct rest){.operation = run->operation,
                      .http = run->call->http,
                      .credential = {.lead = HTTP_BEARER, .secret = buffer_text(&run->token)}};
    if ((code = fnac_get(run, &count, &reply, failure)) == HECTOR_OK) {
        http_reply_release(&reply);
    }
    return code;
}

/* FortiNAC's API names neither its version nor its serial number: the address is its identity. */
static int32_t emit_source(const struct fnac_run *run, struct failure *failure)
{
    return source_emit(run->call, &(struct source_identity){.system = fortinac_source.system},
                       failure);
}

/* ---- sync */

static int32_t read_all(struct fnac_run *run, struct failure *failure)
{
    struct fnac_hosts hosts;
    char label[MESSAGE_MAX];
    int32_t code;

    if ((code = run_open(run, failure)) != HECTOR_OK ||
        (code = emit_source(run, failure)) != HECTOR_OK) {
        return code;
    }
    operation_sentence(run->operation, label, sizeof(label), LABEL_label_scope_fortinac,
                       ARGUMENTS(run->settings->origin));
    if ((code = inventory_name_scope(run->inventory,
                                     &(struct scope_names){.scope = FNAC_SCOPE, .label = label},
                                     SCOPE_IN, failure)) != HECTOR_OK) {
        return code;
    }
    inventory_set_scopes_complete(run->inventory, true);
    return fnac_hosts_read(run, &hosts, failure);
}

static int32_t fortinac_read(struct source_call *call, struct failure *failure)
{
    struct fnac_run run = new_run(call);
    int32_t code = read_all(&run, failure);

    run_close(&run);
    return code;
}

/* ---- validate */

/* Says how many hosts there are, which a person can compare with the Host View. */
static int32_t check_hosts(struct fnac_run *run, const struct checks *checks,
                           struct failure *failure)
{
    const enum check_step step = check_step_of(ENDPOINT);
    struct fnac_hosts hosts;
    int32_t code = fnac_hosts_read(run, &hosts, failure);
    const struct failure *worst = inventory_worst(run->inventory);

    if (code != HECTOR_OK) {
        return code;
    }
    if (worst != NULL) {
        return check_emit_failure(checks, step, CHECK_WARNING, worst, failure);
    }
    return check_pass(run->operation, step, LABEL_check_hosts_ok,
                      ARGUMENTS(message_number((int64_t)hosts.hosts).text,
                                message_number((int64_t)hosts.serials).text),
                      failure);
}

static int32_t check_all(struct fnac_run *run, struct failure *failure)
{
    const struct checks checks = {.operation = run->operation};
    const char *const *origin = ARGUMENTS(run->settings->origin);
    int32_t code;

    if (run_open(run, failure) != HECTOR_OK) {
        return source_end_checks(&fortinac_source, &checks, CHECK_CREDENTIALS, failure);
    }
    if ((code = check_pass(run->operation, CHECK_CREDENTIALS, LABEL_check_credentials_ok, origin,
                           failure)) != HECTOR_OK ||
        (code = check_pass(run->operation, CHECK_VERSION, LABEL_check_fortinac_ok, origin,
                           failure)) != HECTOR_OK ||
        (code = emit_source(run, failure)) != HECTOR_OK ||
        (code = check_hosts(run, &checks, failure)) != HECTOR_OK) {
        return code;
    }
    return unfilled_report(run->call, &fortinac_source, true, failure);
}

static int32_t fortinac_check(struct source_call *call, struct failure *failure)
{
    struct fnac_run run = new_run(call);
    int32_t code = check_all(&run, failure);

    run_close(&run);
    return code;
}

/* ---- the source */

static const enum message_id TOKEN_STEPS[] = {
    LABEL_guide_nac_login,   LABEL_guide_nac_profile, LABEL_guide_nac_user,
    LABEL_guide_nac_subnets, LABEL_guide_nac_token,   LABEL_guide_nac_port,
};

static const struct guide GUIDE = {"fortinac", "token", LABEL_guide_nac_label,
                                   GUIDE_STEPS(TOKEN_STEPS), .cli = NULL};

const struct source fortinac_source = {
    .system = CHOICE_source_fortinac,
    .product = "FortiNAC",
    .guides = &GUIDE,
    .guide_count = 1,
    .types = {[ENDPOINT] = true},
    .scopes_step = CHECK_VERSION,
    .origins = fnac_origins,
    .check = fortinac_check,
    .read = fortinac_read,
};
