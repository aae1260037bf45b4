/*
 * fuzz_certificate.c - the certificate of an untrusted server.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: PEM, or DER, which the target converts to PEM, because the fuzzer cannot mutate DER
 * through base64.
 */
#include "net/certificate.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ui.h>

#include "host.h"

#define PEM_HEAD "-----BEGIN CERTIFICATE-----\n"
#define PEM_TAIL "-----END CERTIFICATE-----\n"
#define PEM_LINE 48 /* bytes for 64 characters */

static void write_pem(const uint8_t *der, size_t size, struct buffer *ret)
{
    unsigned char line[PEM_LINE / 3 * 4 + 1];

    buffer_append_text(ret, PEM_HEAD);
    for (size_t i = 0; i < size; i += PEM_LINE) {
        size_t part = size - i < PEM_LINE ? size - i : PEM_LINE;

        (void)EVP_EncodeBlock(line, der + i, (int)part);
        buffer_append_text(ret, (const char *)line);
        buffer_append_text(ret, "\n");
    }
    buffer_append_text(ret, PEM_TAIL);
}

/* The plugin must never ask for a password, on whatever terminal the host has. */
static int asked(UI *ui)
{
    (void)ui;
    fuzz_broken(__FILE__, __LINE__, "asks for no password");
}

static void forbid_questions(void)
{
    static UI_METHOD *method;

    if (method == NULL) {
        method = UI_create_method("fuzz");
        FUZZ_CHECK(method != NULL && UI_method_set_opener(method, asked) == 0);
        UI_set_default_method(method);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer pem = BUFFER(MIB(4));
    struct fuzz_host host;
    int32_t code;

    forbid_questions();
    if (size > 0 && data[0] == 0x30) { /* SEQUENCE */
        write_pem(data, size, &pem);
    } else {
        buffer_append(&pem, data, size);
    }
    FUZZ_CHECK(pem.state == BUFFER_OK);
    fuzz_host_begin(&host, data, size);
    code = certificate_emit(&host.operation, "192.0.2.1:443", buffer_text(&pem), pem.size,
                            &host.failure);
    fuzz_check_failure(code, &host.failure);
    FUZZ_CHECK(code == HECTOR_OK || code == HECTOR_DATA);
    FUZZ_CHECK(host.documents == (code == HECTOR_OK ? 1 : 0));
    FUZZ_CHECK(ERR_peek_error() == 0); /* the host shares this thread's queue */
    fuzz_host_end(&host);
    buffer_release(&pem);
    return 0;
}
