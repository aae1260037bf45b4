/*
 * wire.c - faults that any HTTP server can have.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wire.h"

static uint32_t crc32_of(const struct text *text)
{
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i < text->size; i++) {
        crc ^= (unsigned char)text->bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? UINT32_C(0xEDB88320) : 0);
    }
    return ~crc;
}

/* Least significant byte first. */
static void add_number(struct text *text, uint32_t number, size_t size)
{
    for (size_t i = 0; i < size; i++, number >>= 8) {
        char byte = (char)(number & 255);

        text_add(text, &byte, 1);
    }
}

/* RFC 1952, with stored blocks (RFC 1951, 3.2.4). */
static void compress_body(struct text *body)
{
    static const char header[] = {'\x1f', '\x8b', 8, 0, 0, 0, 0, 0, 0, '\xff'};
    struct text zipped = {NULL, 0, 0};

    text_add(&zipped, header, sizeof(header));
    for (size_t at = 0; at < body->size;) {
        size_t size = body->size - at < 65535 ? body->size - at : 65535;

        add_number(&zipped, at + size == body->size ? 1 : 0, 1);
        add_number(&zipped, (uint32_t)size, 2);
        add_number(&zipped, ~(uint32_t)size, 2);
        text_add(&zipped, body->bytes + at, size);
        at += size;
    }
    add_number(&zipped, crc32_of(body), 4);
    add_number(&zipped, (uint32_t)body->size, 4);
    text_release(body);
    *body = zipped;
}

static void reply_empty(struct reply *reply, unsigned status)
{
    text_release(&reply->body);
    reply->http_status = status;
}

static void ask_to_come_back(struct reply *reply, unsigned seconds)
{
    reply_html(reply, 429, "429 Too Many Requests");
    reply->retry_after_s = seconds;
}

void wire_spoil(struct reply *reply, int fault)
{
    switch (fault) {
    case WIRE_CLOSE_BEFORE: reply->delivery = DELIVERY_NONE; break;
    case WIRE_CLOSE_AMID: reply->delivery = DELIVERY_HALF; break;
    case WIRE_CLOSE_AFTER: reply->delivery = DELIVERY_CLOSE; break;
    case WIRE_STALL: reply->delivery = DELIVERY_STALL; break;
    case WIRE_STALL_AMID: reply->delivery = DELIVERY_STALL_AMID; break;
    case WIRE_DRIP: reply->delivery = DELIVERY_DRIP; break;
    case WIRE_TRUNCATED: reply->body.size /= 2; break;
    case WIRE_HTTP_502_HTML: reply_html(reply, 502, "502 Bad Gateway"); break;
    case WIRE_EMPTY_500: reply_empty(reply, 500); break;
    case WIRE_EMPTY_204: reply_empty(reply, 204); break;
    case WIRE_EMPTY_302: reply_empty(reply, 302); break;
    case WIRE_EMPTY_304: reply_empty(reply, 304); break;
    case WIRE_HTTP_429: ask_to_come_back(reply, 1); break;
    case WIRE_HTTP_429_LATER: ask_to_come_back(reply, 3600); break;
    case WIRE_HTML_200: reply_html(reply, 200, "Please login"); break;
    case WIRE_WRONG_TYPE: reply->type = "text/html"; break;
    case WIRE_GZIP:
        compress_body(&reply->body);
        reply->gzip = true;
        break;
    case WIRE_REDIRECT:
        reply_html(reply, 302, "302 Found");
        reply->location = WIRE_ELSEWHERE;
        break;
    default: break;
    }
}
