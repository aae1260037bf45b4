/*
 * test_conclude.c - hector_conclude() by the table cases.tsv, one case a row.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "hector/conclude.h"
#include "lib/tap.h"

#define CASES     "/tests/conclude/cases.tsv"
#define CASES_MAX 200
#define LINE_SIZE 1024
#define RECORDS   8
#define WORDS_MAX 8

enum field {
    FIELD_SITUATION,
    FIELD_KEPT,
    FIELD_BROUGHT,
    FIELD_RUN,
    FIELD_NOW,
    FIELD_EXEMPT,
    FIELD_ANSWER,
    FIELDS
};

/* Texts separated by blanks; "-" becomes NULL. */
struct words {
    const char *word[WORDS_MAX];
    size_t count;
};

/* A run, and the lists that its record points to. */
struct test_run {
    struct hector_run_record record;
    struct words serials, aliases[2 * RECORDS];
    size_t alias_lists;
    struct hector_scope_record scopes[RECORDS];
    struct hector_coverage_record coverages[RECORDS];
    struct hector_skipped_record skipped[RECORDS];
    struct hector_type_record types[RECORDS];
};

static struct test_case {
    char line[LINE_SIZE], shown[LINE_SIZE]; /* split into texts, and the original */
    char *fields[FIELDS];
    unsigned number; /* of the line */
} cases[CASES_MAX];

static CU_TestInfo tests[CASES_MAX + 1];
static size_t case_count, next_case;
static char base[LINE_SIZE]; /* statements that begin every run */

static void die(const char *what)
{
    printf("Bail out! cases.tsv: %s\n", what);
    exit(EXIT_FAILURE);
}

/* ---- texts */

static void split(char *text, struct words *ret)
{
    char *word;

    ret->count = 0;
    while ((word = strsep(&text, " ")) != NULL) {
        if (*word == '\0') {
            continue;
        }
        if (ret->count == WORDS_MAX) {
            die(word);
        }
        ret->word[ret->count++] = strcmp(word, "-") == 0 ? NULL : word;
    }
}

static bool says(const struct words *words, size_t i, const char *text)
{
    return i < words->count && hector_is_same(words->word[i], text);
}

static const char *word(const struct words *words, size_t i)
{
    return i < words->count ? words->word[i] : NULL;
}

/* True for `one`, false for `other`. */
static bool choose(const struct words *words, size_t i, const char *one, const char *other)
{
    if (!says(words, i, one) && !says(words, i, other)) {
        die(other);
    }
    return says(words, i, one);
}

/* ---- statements about a run */

/* The index of a new record. */
static size_t one_more(size_t *count)
{
    if (*count == RECORDS) {
        die("too many records");
    }
    return (*count)++;
}

static void set_scope(struct test_run *run, const struct words *words)
{
    size_t i = 0;
    struct words *aliases;

    while (i < run->record.scope_count && !hector_is_same(run->scopes[i].scope, word(words, 1))) {
        i++;
    }
    if (i == run->record.scope_count) {
        i = one_more(&run->record.scope_count);
    }
    if (run->alias_lists == sizeof(run->aliases) / sizeof(run->aliases[0])) {
        die("too many scopes");
    }
    aliases = &run->aliases[run->alias_lists++];
    for (size_t w = 2; w < words->count; w++) {
        aliases->word[aliases->count++] = words->word[w];
    }
    run->scopes[i] = (struct hector_scope_record){
        word(words, 1), aliases->count > 0 ? aliases->word : NULL, aliases->count};
}

static void set_coverage(struct test_run *run, const struct words *words)
{
    size_t i = 0;

    while (i < run->record.coverage_count &&
           (!hector_is_same(run->coverages[i].scope, word(words, 1)) ||
            !hector_is_same(run->coverages[i].device_type, word(words, 2)))) {
        i++;
    }
    if (i == run->record.coverage_count) {
        i = one_more(&run->record.coverage_count);
    }
    run->coverages[i] = (struct hector_coverage_record){word(words, 1), word(words, 2),
                                                        choose(words, 3, "complete", "incomplete")};
}

static void set_type(struct test_run *run, const struct words *words)
{
    size_t i = 0;

    while (i < run->record.type_count &&
           !hector_is_same(run->types[i].device_type, word(words, 1))) {
        i++;
    }
    if (i == run->record.type_count) {
        i = one_more(&run->record.type_count);
    }
    run->types[i] =
        (struct hector_type_record){word(words, 1), choose(words, 2, "complete", "incomplete")};
}

static void take_away(struct test_run *run, const struct words *words)
{
    struct hector_run_record *record = &run->record;
    size_t kept = 0;

    if (says(words, 1, "summary")) {
        record->has_summary = record->scopes_complete = false;
        record->type_count = 0;
    } else if (says(words, 1, "scopes")) {
        record->scope_count = 0;
    } else if (says(words, 1, "scope")) {
        for (size_t i = 0; i < record->scope_count; i++) {
            if (!hector_is_same(run->scopes[i].scope, word(words, 2))) {
                run->scopes[kept++] = run->scopes[i];
            }
        }
        record->scope_count = kept;
    } else if (says(words, 1, "coverage")) {
        for (size_t i = 0; i < record->coverage_count; i++) {
            if (!hector_is_same(run->coverages[i].scope, word(words, 2)) ||
                !hector_is_same(run->coverages[i].device_type, word(words, 3))) {
                run->coverages[kept++] = run->coverages[i];
            }
        }
        record->coverage_count = kept;
    } else if (says(words, 1, "type")) {
        for (size_t i = 0; i < record->type_count; i++) {
            if (!hector_is_same(run->types[i].device_type, word(words, 2))) {
                run->types[kept++] = run->types[i];
            }
        }
        record->type_count = kept;
    } else {
        die("no what?");
    }
}

static void set_source(struct test_run *run, const struct words *words)
{
    run->record.source_id = word(words, 1);
    run->serials.count = 0;
    for (size_t i = 2; i < words->count; i++) {
        run->serials.word[run->serials.count++] = words->word[i];
    }
    run->record.source_serial_count = run->serials.count;
}

static void apply(struct test_run *run, char *statement)
{
    struct words words;

    split(statement, &words);
    if (says(&words, 0, "source")) {
        set_source(run, &words);
    } else if (says(&words, 0, "digest")) {
        run->record.listing_digest = word(&words, 1);
    } else if (says(&words, 0, "scope")) {
        set_scope(run, &words);
    } else if (says(&words, 0, "scopes")) {
        run->record.scopes_complete = choose(&words, 1, "complete", "incomplete");
    } else if (says(&words, 0, "coverage")) {
        set_coverage(run, &words);
    } else if (says(&words, 0, "skipped")) {
        run->skipped[one_more(&run->record.skipped_count)] = (struct hector_skipped_record){
            word(&words, 1), word(&words, 2), word(&words, 3), word(&words, 4), word(&words, 5)};
    } else if (says(&words, 0, "type")) {
        set_type(run, &words);
    } else if (says(&words, 0, "summary")) {
        run->record.has_summary = true;
    } else if (says(&words, 0, "no")) {
        take_away(run, &words);
    } else if (words.count != 1 || words.word[0] != NULL) {
        die(statement);
    }
}

static void apply_all(struct test_run *run, char *statements)
{
    char *statement;

    while ((statement = strsep(&statements, ";")) != NULL) {
        apply(run, statement);
    }
}

/* Splits `begin` into texts, to which the run points. */
static void read_run(struct test_run *run, char begin[static LINE_SIZE], char *statements)
{
    *run = (struct test_run){.record = {.has_summary = false}};
    (void)snprintf(begin, LINE_SIZE, "%s", base);
    apply_all(run, begin);
    apply_all(run, statements);
    run->record.source_serials = run->serials.word;
    run->record.scopes = run->scopes;
    run->record.coverages = run->coverages;
    run->record.skipped = run->skipped;
    run->record.types = run->types;
}

/* ---- a row */

/* TYPE SCOPE ALIAS...; the last word "uncertain" is a flag. */
static void read_asset(char *text, struct words *words, struct hector_asset_record *ret)
{
    split(text, words);
    *ret = (struct hector_asset_record){.sync_key = "S1",
                                        .device_type = word(words, 0),
                                        .scope = word(words, 1),
                                        .aliases = words->word + 2};
    ret->uncertain = words->count > 2 && says(words, words->count - 1, "uncertain");
    ret->alias_count = words->count > 2 ? words->count - 2 - (ret->uncertain ? 1 : 0) : 0;
}

static void say(char text[static LINE_SIZE], const struct hector_conclusion *answer)
{
    (void)snprintf(text, LINE_SIZE, "%s %s%s%s", hector_verdict_name(answer->verdict),
                   hector_because_name(answer->because), answer->subject != NULL ? " " : "",
                   answer->subject != NULL ? answer->subject : "");
}

/* "follows NAME ALIAS...", or "follows -". */
static void say_followed(char text[static LINE_SIZE], const struct hector_scope_record *scope)
{
    size_t size =
        (size_t)snprintf(text, LINE_SIZE, "follows %s", scope != NULL ? scope->scope : "-");

    for (size_t i = 0; scope != NULL && i < scope->alias_count; i++) {
        size += (size_t)snprintf(text + size, LINE_SIZE - size, " %s", scope->aliases[i]);
    }
}

static void compare(const struct test_case *row, const char *about, const char *is)
{
    char text[3 * LINE_SIZE];

    if (strcmp(is, row->fields[FIELD_ANSWER]) != 0) {
        (void)snprintf(text, sizeof(text), "%s%s instead of: %s", about, is,
                       row->fields[FIELD_ANSWER]);
        CU_assertImplementation(CU_FALSE, row->number, text, "cases.tsv", "", CU_FALSE);
    }
}

/* Compares the conclusion with the row, and again after the asset has taken over the current
 * scope. */
static void check_answer(const struct test_case *row, struct hector_case question)
{
    struct hector_asset_record followed = *question.asset;
    const struct hector_scope_record kept = {followed.scope, followed.aliases,
                                             followed.alias_count};
    const struct hector_scope_record *scope = hector_follow_scope(question.run, &kept);
    struct hector_conclusion answer = hector_conclude(&question);
    char text[LINE_SIZE];

    if (strncmp(row->fields[FIELD_ANSWER], "follows ", 8) == 0) {
        say_followed(text, scope);
        compare(row, "", text);
        return;
    }
    say(text, &answer);
    compare(row, "", text);
    if (scope != NULL && hector_same_source(question.run, question.brought)) {
        followed.scope = scope->scope;
        followed.aliases = scope->aliases;
        followed.alias_count = scope->alias_count;
        question.asset = &followed;
        answer = hector_conclude(&question);
        say(text, &answer);
        compare(row, "up to date: ", text);
    }
}

static void test_next(void)
{
    struct test_case *row = &cases[next_case++];
    struct test_run brought, run;
    struct words kept_words, now_words, exempt;
    struct hector_asset_record kept, now;
    struct hector_case question = {
        .asset = &kept, .brought = &brought.record, .run = &run.record, .exempt = exempt.word};
    char begin[2][LINE_SIZE];

    read_asset(row->fields[FIELD_KEPT], &kept_words, &kept);
    read_run(&brought, begin[0], row->fields[FIELD_BROUGHT]);
    read_run(&run, begin[1], row->fields[FIELD_RUN]);
    if (strcmp(row->fields[FIELD_NOW], "-") != 0) {
        read_asset(row->fields[FIELD_NOW], &now_words, &now);
        question.now = &now;
    }
    split(row->fields[FIELD_EXEMPT], &exempt);
    question.exempt_count = exempt.word[0] != NULL ? exempt.count : 0;
    check_answer(row, question);
}

/* ---- cases.tsv */

static void add_case(const char *line, unsigned number)
{
    struct test_case *row = &cases[case_count];
    char *rest = row->line;

    if (case_count == CASES_MAX) {
        die("too many rows");
    }
    (void)snprintf(row->line, sizeof(row->line), "%s", line);
    for (size_t i = 0; i < FIELDS; i++) {
        row->fields[i] = strsep(&rest, "\t");
        if (row->fields[i] == NULL) {
            die(line);
        }
    }
    row->number = number;
    tests[case_count++] = (CU_TestInfo){row->fields[FIELD_SITUATION], test_next};
}

static void read_cases(void)
{
    const char *source = getenv("srcdir");
    char path[512], line[LINE_SIZE];
    unsigned number = 0;
    FILE *file;

    (void)snprintf(path, sizeof(path), "%s%s", source != NULL ? source : ".", CASES);
    file = fopen(path, "r");
    if (file == NULL) {
        die(strerror(errno));
        return;
    }
    while (fgets(line, sizeof(line), file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        number++;
        if (strncmp(line, "every run\t", 10) == 0) {
            (void)snprintf(base, sizeof(base), "%s", line + 10);
        } else if (*line != '#' && strncmp(line, "situation\t", 10) != 0) {
            add_case(line, number);
        }
    }
    (void)fclose(file);
}

int main(void)
{
    CU_SuiteInfo suites[] = {{"conclude", NULL, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};

    read_cases();
    return tap_run(suites);
}
