/*
 * fuzz_models.c - the model by an appliance's statement, its version's and its serial's prefix.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: three lines: the model as stated, the os_version, the serial.
 */
#include "catalogue/models.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size}, lines[3] = {{"", 0}, {"", 0}, {"", 0}};
    char *texts[3], model[MODEL_MAX], again[MODEL_MAX];
    const struct model_row *row;
    bool text = fuzz_is_utf8(input.at, input.size);
    int guessed;

    for (size_t i = 0; i < 3; i++) {
        (void)fuzz_line(&input, &lines[i]);
        texts[i] = fuzz_text(lines[i]);
    }
    guessed = model_resolve(texts[0], texts[1], texts[2], model);
    FUZZ_CHECK(memchr(model, '\0', sizeof(model)) != NULL);
    FUZZ_CHECK(!text || fuzz_is_utf8(model, strlen(model)));
    FUZZ_CHECK(!guessed || *utf8_shown(texts[0]) == '\0');
    row = model_by_prefix(texts[2]);
    FUZZ_CHECK(row == NULL || strncmp(row->prefix, texts[2], MODEL_PREFIX_SIZE) == 0);

    /* Two spellings would be two models: the spelling of a result is the result. */
    (void)model_resolve(texts[0], NULL, "", model);
    (void)model_resolve(model, NULL, "", again);
    FUZZ_CHECK(strlen(model) == MODEL_PREFIX_SIZE || strcmp(model, again) == 0);
    for (size_t i = 0; i < 3; i++) {
        free(texts[i]);
    }
    return 0;
}
