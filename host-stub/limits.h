/*
 * limits.h - all maxima of the host stub, each with its reason.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef HOST_STUB_LIMITS_H
#define HOST_STUB_LIMITS_H

/* ---- the command line */

/* How often a repeatable option may be given: far more than a person writes. */
#define ARGUMENTS_REPEAT_MAX 64

/* --limit: what the interface lets list_options return [schemas/hector]. */
#define ARGUMENTS_LIMIT_MAX 10000

/* --deadline: a day, in seconds. */
#define ARGUMENTS_DEADLINE_MAX 86400

/* One sentence about a failure: the longest names all columns. */
#define MESSAGE_MAX 1024

/* What of a wrong word a sentence repeats. */
#define MESSAGE_WORD_MAX 80

/* Secrets: an integration has two or three. */
#define SECRETS_MAX 16

/* The name of a secret, with its NUL. */
#define SECRETS_NAME_MAX 48

/* ---- JSON */

/* Nesting of objects and arrays: all known documents stay below 20. */
#define JSON_GRAMMAR_DEPTH_MAX 64

/*
 * Values in one text: the integration's documents have some hundreds. Thousands of empty objects
 * would take megabytes.
 */
#define JSON_GRAMMAR_VALUES_MAX 16384

/* Values in a recorded reply: the 8 MiB of text that the plugin reads contain fewer. */
#define JSON_GRAMMAR_LARGE_MAX 2000000

/* Members of the outermost object that are checked for duplicates. */
#define JSON_GRAMMAR_KEYS_MAX 256

/* ---- what is shown */

/* One sentence of the stub itself on standard error. */
#define CONSOLE_SENTENCE_MAX 2048

/* A phase, the name of a system that the plugin waits for, and the line that shows both. */
#define CONSOLE_PHASE_MAX    32
#define CONSOLE_PEER_MAX     300
#define CONSOLE_LINE_MAX     512
#define CONSOLE_PROGRESS_MAX 128

/* Columns of a table: an integration offers some dozens of attributes. */
#define COLUMNS_MAX 256

/* Buffered rows of a table: enough to estimate the widths; and their texts in bytes. */
#define TABLE_ROWS_MAX  1000
#define TABLE_BYTES_MAX ((size_t)1024 * 1024)

/* Width of a column: a single very long cell exceeds it instead of widening all rows. */
#define TABLE_WIDTH_MAX 48

/* ---- files */

/* Links to follow, as in Linux. */
#define OUTPUT_LINKS_MAX 40

/* Runs that write the same target at once; their numbers have two digits. */
#define OUTPUT_TEMPORARIES_MAX 20

/* ---- bundles */

/* Texts of all exchanges in bytes: beyond it the sync ends. */
#define RECORD_BYTES_MAX ((size_t)256 * 1024 * 1024)

/* Exchanges of one sync: the numbers of their files have five digits. */
#define RECORD_EXCHANGES_MAX 99999

/* "exchange-00001.json", and a number of any size. */
#define RECORD_NAME_MAX 48

/* Distinct texts of one member that the list of what was kept shows. */
#define ANONYMISE_KEPT_MAX 100

/* Text that is searched for originals inside: longer ones are replaced whole. */
#define ANONYMISE_SEARCH_MAX 2000

/* Original that is found inside of a text. */
#define ANONYMISE_INSIDE_MAX 255

/* As deep as what the guard of the plugin lets pass, with JSON text inside JSON. */
#define ANONYMISE_DEPTH_MAX 80

/* Text that is kept for what its member says. */
#define HARMLESS_TEXT_MAX 64

/* Numbers up to it count something: a telephone number and most addresses are larger. */
#define HARMLESS_NUMBER_MAX 999999

/* Seconds since 1970: 2038. */
#define HARMLESS_TIME_MAX 2147483647

#endif
