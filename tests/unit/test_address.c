/*
 * test_address.c - how addresses are parsed, and which may not be connected to.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NAME_63      "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabc"

/* ---- parsing */

static void test_good(void)
{
    static const struct {
        const char *text, *formatted, *host;
        uint16_t port;
    } CASES[] = {
        {"1.2.3.4", "https://1.2.3.4", "1.2.3.4", 443},
        {"1.2.3.4:8443", "https://1.2.3.4:8443", "1.2.3.4", 8443},
        {"https://1.2.3.4/", "https://1.2.3.4", "1.2.3.4", 443},
        {"https://1.2.3.4:443/", "https://1.2.3.4", "1.2.3.4", 443},
        {"http://1.2.3.4", "http://1.2.3.4", "1.2.3.4", 80},
        {"http://1.2.3.4:443", "http://1.2.3.4:443", "1.2.3.4", 443},
        {"HTTPS://FMG.Example.ORG", "https://fmg.example.org", "fmg.example.org", 443},
        {" \tfmg.example.org/\r\n", "https://fmg.example.org", "fmg.example.org", 443},
        {"fmg", "https://fmg", "fmg", 443},
        {"fmg_1:1", "https://fmg_1:1", "fmg_1", 1},
        {"fmg:65535", "https://fmg:65535", "fmg", 65535},
        {"fmg:00443", "https://fmg", "fmg", 443},
        {"100e.example", "https://100e.example", "100e.example", 443},
        {"60f", "https://60f", "60f", 443},
        {"xn--caf-dma.example", "https://xn--caf-dma.example", "xn--caf-dma.example", 443},
        {"[::1]", "https://[::1]", "::1", 443},
        {"[2001:DB8::0:1]:8443", "https://[2001:db8::1]:8443", "2001:db8::1", 8443},
        {"https://[2001:db8::1]/", "https://[2001:db8::1]", "2001:db8::1", 443},
        {"2001:db8::1", "https://[2001:db8::1]", "2001:db8::1", 443},
        {"[::ffff:1.2.3.4]", "https://[::ffff:1.2.3.4]", "::ffff:1.2.3.4", 443},
        {NAME_63 ".example", "https://" NAME_63 ".example", NAME_63 ".example", 443},
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct address address;
        char formatted[300];

        CU_ASSERT_EQUAL(address_parse(CASES[i].text, &address), ADDRESS_OK);
        CU_ASSERT_STRING_EQUAL(address.host, CASES[i].host);
        CU_ASSERT_EQUAL(address.port, CASES[i].port);
        CU_ASSERT_EQUAL(address.ipv6, strchr(CASES[i].host, ':') != NULL);
        CU_ASSERT_EQUAL(address.https, strncmp(CASES[i].formatted, "https", 5) == 0);
        address_format(&address, formatted, sizeof(formatted));
        CU_ASSERT_STRING_EQUAL(formatted, CASES[i].formatted);
    }
}

static void test_bad(void)
{
    static const struct {
        const char *text;
        enum address_fault fault;
    } CASES[] = {
        {"", ADDRESS_EMPTY},
        {" \n", ADDRESS_EMPTY},
        {"https://", ADDRESS_EMPTY},
        {"https:///", ADDRESS_EMPTY},
        {"/", ADDRESS_EMPTY},
        {":443", ADDRESS_EMPTY},
        {"ftp://fmg", ADDRESS_SCHEME},
        {"file:///etc/passwd", ADDRESS_SCHEME},
        {"httpss://fmg", ADDRESS_SCHEME},
        {"://fmg", ADDRESS_SCHEME},
        {"https:/fmg", ADDRESS_SCHEME},
        {"HTTP:\\\\fmg", ADDRESS_SCHEME},
        {"user@fmg", ADDRESS_CREDENTIALS},
        {"https://user:pass@fmg/", ADDRESS_CREDENTIALS},
        {"https://fmg@evil", ADDRESS_CREDENTIALS},
        {"fmg/jsonrpc", ADDRESS_PATH},
        {"https://fmg/jsonrpc", ADDRESS_PATH},
        {"fmg//", ADDRESS_PATH},
        {"fmg?x", ADDRESS_PATH},
        {"fmg/?x", ADDRESS_PATH},
        {"fmg#x", ADDRESS_PATH},
        {"fmg\\x", ADDRESS_PATH},
        {"fmg/https://x", ADDRESS_PATH},
        {"fmg example", ADDRESS_HOST},
        {"fmg\texample", ADDRESS_HOST},
        {"fmg\x01", ADDRESS_HOST},
        {"https:// fmg", ADDRESS_HOST},
        {"caf\xC3\xA9.example", ADDRESS_HOST},
        {"fmg%2eexample", ADDRESS_HOST},
        {"fmg..example", ADDRESS_HOST},
        {".example", ADDRESS_HOST},
        {"fmg.", ADDRESS_HOST},
        {"-fmg", ADDRESS_HOST},
        {"fmg-", ADDRESS_HOST},
        {"fmg,example", ADDRESS_HOST},
        {NAME_63 "d.example", ADDRESS_HOST},
        {"1.2.3", ADDRESS_HOST},
        {"1.2.3.4.5", ADDRESS_HOST},
        {"1.2.3.256", ADDRESS_HOST},
        {"1.2.3.04", ADDRESS_HOST},
        {"127.1", ADDRESS_HOST},
        {"2130706433", ADDRESS_HOST},
        {"0x7f000001", ADDRESS_HOST},
        {"127.0x1", ADDRESS_HOST},
        {"0177.0.0.01", ADDRESS_HOST},
        {"[fe80::1%eth0]", ADDRESS_HOST},
        {"fe80::1%eth0", ADDRESS_HOST},
        {"[]", ADDRESS_HOST},
        {"[::1", ADDRESS_HOST},
        {"[::1]x", ADDRESS_HOST},
        {"[1.2.3.4]", ADDRESS_HOST},
        {"[fmg]", ADDRESS_HOST},
        {"a:b:c", ADDRESS_HOST},
        {"fmg:", ADDRESS_PORT},
        {"fmg:0", ADDRESS_PORT},
        {"fmg:65536", ADDRESS_PORT},
        {"fmg:123456", ADDRESS_PORT},
        {"fmg:-1", ADDRESS_PORT},
        {"fmg:+1", ADDRESS_PORT},
        {"fmg:8 443", ADDRESS_PORT},
        {"fmg:https", ADDRESS_PORT},
        {"[::1]:", ADDRESS_PORT},
        {"[::1]:x", ADDRESS_PORT},
        {NAME_63 "." NAME_63 "." NAME_63 "." NAME_63, ADDRESS_LONG},
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct address address = {.port = 7};

        CU_ASSERT_EQUAL(address_parse(CASES[i].text, &address), CASES[i].fault);
        CU_ASSERT_EQUAL(address.port, 7); /* not changed */
    }
}

/* ---- policy */

static const struct {
    const char *literal;
    enum address_class class;
} CLASSES[] = {
    {"8.8.8.8", ADDRESS_PUBLIC},
    {"10.0.0.1", ADDRESS_PUBLIC},
    {"172.16.0.1", ADDRESS_PUBLIC},
    {"192.168.1.99", ADDRESS_PUBLIC},
    {"100.64.0.1", ADDRESS_PUBLIC},
    {"169.253.255.255", ADDRESS_PUBLIC},
    {"169.255.0.0", ADDRESS_PUBLIC},
    {"223.255.255.255", ADDRESS_PUBLIC},
    {"126.255.255.255", ADDRESS_PUBLIC},
    {"127.0.0.1", ADDRESS_LOOPBACK},
    {"127.255.255.255", ADDRESS_LOOPBACK},
    {"128.0.0.0", ADDRESS_PUBLIC},
    {"0.0.0.0", ADDRESS_INTERNAL},
    {"0.1.2.3", ADDRESS_INTERNAL}, /* this network; a route may lead there */
    {"1.0.0.0", ADDRESS_PUBLIC},
    {"169.254.169.254", ADDRESS_INTERNAL},
    {"169.254.0.1", ADDRESS_INTERNAL},
    {"100.100.100.200", ADDRESS_INTERNAL},
    {"168.63.129.16", ADDRESS_INTERNAL},
    {"192.0.0.192", ADDRESS_INTERNAL},
    {"224.0.0.1", ADDRESS_INTERNAL},
    {"255.255.255.255", ADDRESS_INTERNAL},
    {"::", ADDRESS_INTERNAL},
    {"::1", ADDRESS_LOOPBACK},
    {"::2", ADDRESS_INTERNAL},
    {"2001:db8::1", ADDRESS_PUBLIC},
    {"fd12:3456::1", ADDRESS_PUBLIC},
    {"fe7f::1", ADDRESS_PUBLIC},
    {"fe80::1", ADDRESS_INTERNAL},
    {"fe80::a9fe:a9fe", ADDRESS_INTERNAL},
    {"febf::1", ADDRESS_INTERNAL},
    {"fec0::1", ADDRESS_INTERNAL},
    {"feff:ffff::1", ADDRESS_INTERNAL},
    {"ff02::1", ADDRESS_INTERNAL},
    /* Metadata services of clouds, and neighbouring addresses. */
    {"fd00:ec2::254", ADDRESS_INTERNAL},
    {"fd00:ec2::23", ADDRESS_INTERNAL},
    {"fd00:ec3::254", ADDRESS_PUBLIC},
    {"fd20:ce::254", ADDRESS_INTERNAL},
    {"fd20:cf::254", ADDRESS_PUBLIC},
    {"fd00:c1::a9fe:a9fe", ADDRESS_INTERNAL},
    {"fd00:c2::a9fe:a9fe", ADDRESS_PUBLIC},
    {"fd00:42::42", ADDRESS_INTERNAL},
    {"fd00:42::43", ADDRESS_PUBLIC},
    {"fd00:a9fe:a9fe::1", ADDRESS_INTERNAL},
    {"fd00:a9fe:a9fe::2", ADDRESS_PUBLIC},
    {"fd00:100::100:200", ADDRESS_INTERNAL},
    {"fd00:100::100:201", ADDRESS_PUBLIC},
    {"100.100.100.199", ADDRESS_PUBLIC},
    {"168.63.129.17", ADDRESS_PUBLIC},
    {"192.0.0.191", ADDRESS_PUBLIC},
    /* IPv4-mapped: the kernel connects to the IPv4 address. */
    {"::ffff:127.0.0.1", ADDRESS_LOOPBACK},
    {"::ffff:127.255.0.1", ADDRESS_LOOPBACK},
    {"::ffff:0.0.0.0", ADDRESS_INTERNAL},
    {"::ffff:169.254.169.254", ADDRESS_INTERNAL},
    {"::ffff:10.0.0.1", ADDRESS_PUBLIC},
    /* IPv4-compatible: not in use. */
    {"::127.0.0.1", ADDRESS_INTERNAL},
    {"::10.0.0.1", ADDRESS_INTERNAL},
    /* Translated (SIIT). */
    {"::ffff:0:127.0.0.1", ADDRESS_INTERNAL},
    {"::ffff:0:169.254.169.254", ADDRESS_INTERNAL},
    {"::ffff:0:10.0.0.1", ADDRESS_PUBLIC},
    /* NAT64. */
    {"64:ff9b::127.0.0.1", ADDRESS_INTERNAL},
    {"64:ff9b::0.0.0.0", ADDRESS_INTERNAL},
    {"64:ff9b::a9fe:a9fe", ADDRESS_INTERNAL},
    {"64:ff9b::6464:64c8", ADDRESS_INTERNAL},
    {"64:ff9b::808:808", ADDRESS_PUBLIC},
    /* NAT64 with a network's own prefix: 169.254.169.254, 127.0.0.1 and 10.1.2.3 at each of the
     * four positions. */
    {"64:ff9b:1::a9fe:a9fe", ADDRESS_INTERNAL},
    {"64:ff9b:1:7:0:7:7f00:1", ADDRESS_INTERNAL},
    {"64:ff9b:1:7:a9:fea9:fe00:0", ADDRESS_INTERNAL},
    {"64:ff9b:1:7a9:fe:a9fe::", ADDRESS_INTERNAL},
    {"64:ff9b:1:a9fe:a9:fe00::", ADDRESS_INTERNAL},
    {"64:ff9b:1:7f00:0:100::", ADDRESS_INTERNAL},
    {"64:ff9b:1::a01:203", ADDRESS_PUBLIC},
    {"64:ff9b:1:0:a:102:300:0", ADDRESS_PUBLIC},
    {"64:ff9b:1:a:1:203::", ADDRESS_PUBLIC},
    {"64:ff9b:1:a01:2:300::", ADDRESS_PUBLIC},
    {"64:ff9b:2::a9fe:a9fe", ADDRESS_PUBLIC},
    /* 6to4. */
    {"2002:7f00:1::", ADDRESS_INTERNAL},
    {"2002:7f00:1::1", ADDRESS_INTERNAL},
    {"2002:a9fe:a9fe::1", ADDRESS_INTERNAL},
    {"2002:808:808::1", ADDRESS_PUBLIC},
    /* Teredo: server 8.8.8.8 or 127.0.0.1, and the client's address inverted. */
    {"2001:0:808:808:0:3f:f7f7:f7f7", ADDRESS_PUBLIC},
    {"2001:0:808:808:0:3f:80ff:fffe", ADDRESS_INTERNAL},
    {"2001:0:808:808:0:3f:5601:5601", ADDRESS_INTERNAL},
    {"2001:0:7f00:1:0:3f:f7f7:f7f7", ADDRESS_INTERNAL},
    {"2001:1:7f00:1::80ff:fffe", ADDRESS_PUBLIC},
};

static void test_classes(void)
{
    for (size_t i = 0; i < COUNT(CLASSES); i++) {
        struct sockaddr_in in4 = {.sin_family = AF_INET};
        struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
        const struct sockaddr *address = (const struct sockaddr *)&in6;

        if (inet_pton(AF_INET, CLASSES[i].literal, &in4.sin_addr) == 1) {
            address = (const struct sockaddr *)&in4;
        } else {
            CU_ASSERT_EQUAL(inet_pton(AF_INET6, CLASSES[i].literal, &in6.sin6_addr), 1);
        }
        CU_ASSERT_EQUAL(address_classify(address), CLASSES[i].class);
        CU_ASSERT_EQUAL(address_classify_literal(CLASSES[i].literal), CLASSES[i].class);
    }
}

static void test_names(void)
{
    const struct sockaddr other = {.sa_family = AF_UNIX};

    CU_ASSERT_EQUAL(address_classify(&other), ADDRESS_INTERNAL);
    CU_ASSERT_EQUAL(address_classify_literal("fmg.example"), ADDRESS_PUBLIC);
    CU_ASSERT_EQUAL(address_classify_literal("localhost"), ADDRESS_LOOPBACK);
    CU_ASSERT_EQUAL(address_classify_literal("LOCALHOST"), ADDRESS_LOOPBACK);
    CU_ASSERT_EQUAL(address_classify_literal("fmg.localhost"), ADDRESS_LOOPBACK);
    CU_ASSERT_EQUAL(address_classify_literal("mylocalhost"), ADDRESS_PUBLIC);
}

static CU_TestInfo parse_tests[] = {
    {"good", test_good},
    {"bad", test_bad},
    CU_TEST_INFO_NULL,
};

static CU_TestInfo policy_tests[] = {
    {"classes", test_classes},
    {"names", test_names},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {
        {.pName = "parse", .pTests = parse_tests},
        {.pName = "policy", .pTests = policy_tests},
        CU_SUITE_INFO_NULL,
    };

    return tap_run(suites);
}
