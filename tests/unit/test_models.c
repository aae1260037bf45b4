/*
 * test_models.c - one spelling for each model, whatever its source and notation.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "catalogue/models.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>

#include "lib/tap.h"

static void test_table(void)
{
    CU_ASSERT_TRUE(MODEL_TABLE_COUNT >= 310);
    for (size_t i = 0; i < MODEL_TABLE_COUNT; i++) {
        const struct model_row *row = &MODEL_TABLE[i];
        char serial[32];

        CU_ASSERT_EQUAL(strlen(row->prefix), MODEL_PREFIX_SIZE);
        CU_ASSERT_TRUE(strlen(row->model) > 0 && strlen(row->model) < MODEL_MAX);
        CU_ASSERT_TRUE(i == 0 || strcmp(MODEL_TABLE[i - 1].prefix, row->prefix) < 0);
        (void)snprintf(serial, sizeof(serial), "%sTK20000001", row->prefix);
        CU_ASSERT_PTR_EQUAL(model_by_prefix(serial), row);
        CU_ASSERT_PTR_EQUAL(model_by_prefix(row->prefix), row);
    }
    CU_ASSERT_PTR_NULL(model_by_prefix("ZZZZZZTK20000001"));
    CU_ASSERT_PTR_NULL(model_by_prefix("FGT60"));
    CU_ASSERT_PTR_NULL(model_by_prefix(""));
    CU_ASSERT_PTR_NULL(model_by_prefix("fgt60fTK20000001"));
}

/* Two spellings would be two models. However a model of the table is written (with a space, in
 * lower case, by its prefix), the result is the table's spelling. */
static void test_table_spells_itself(void)
{
    for (size_t i = 0; i < MODEL_TABLE_COUNT; i++) {
        const struct model_row *row = &MODEL_TABLE[i];
        char spelled[MODEL_MAX], variant[MODEL_MAX], *dash;

        (void)model_resolve(row->model, NULL, "", spelled);
        CU_ASSERT_STRING_EQUAL(spelled, row->model);
        (void)model_resolve(row->prefix, NULL, "", spelled);
        CU_ASSERT_STRING_EQUAL(spelled, row->model);
        CU_ASSERT_EQUAL(model_resolve(NULL, NULL, row->prefix, spelled), 0);
        CU_ASSERT_STRING_EQUAL(spelled, row->model);
        if (row->type == OTHER) {
            continue;
        }
        (void)snprintf(variant, sizeof(variant), "%s", row->model);
        for (char *c = variant; *c != '\0'; c++) {
            *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
        }
        (void)model_resolve(variant, NULL, "", spelled);
        CU_ASSERT_STRING_EQUAL(spelled, row->model);
        (void)snprintf(variant, sizeof(variant), "%s", row->model);
        dash = strchr(variant, '-');
        CU_ASSERT_PTR_NOT_NULL_FATAL(dash);
        *dash = ' ';
        (void)model_resolve(variant, NULL, "", spelled);
        CU_ASSERT_STRING_EQUAL(spelled, row->model);
    }
}

static void test_spellings(void)
{
    static const struct {
        const char *stated, *model;
    } cases[] = {
        {"FortiGate-60F", "FortiGate-60F"},
        {"FortiGate 60F", "FortiGate-60F"},
        {"Fortigate-60F", "FortiGate-60F"},
        {"FORTIGATE-60f", "FortiGate-60F"},
        {"FG-60F", "FortiGate-60F"},
        {"FGT60F", "FortiGate-60F"},
        {"Fortigate-6000F", "FortiGate-6000F"},
        {"FG100F", "FortiGate-100F"},
        {"FG4H0F", "FortiGate-400F"},
        {"FG1K0F", "FortiGate-1000F"},
        {"FortiGate-VM64-KVM", "FortiGate-VM64-KVM"},
        {"FortiGate-VM64", "FortiGate-VM64"},
        {"FortiGate-80F-Bypass", "FortiGate-80F-Bypass"},
        {"FORTIGATE-80F-BYPASS", "FortiGate-80F-Bypass"},
        {"FortiGate-140E-PoE", "FortiGate-140E-POE"},
        {"FortiWiFi-60F", "FortiWiFi-60F"},
        {"FortiWifi 60F", "FortiWiFi-60F"},
        {"FWF-60F", "FortiWiFi-60F"},
        {"FortiGateRugged-60F", "FortiGateRugged-60F"},
        {"FortiGate-Rugged-60F", "FortiGateRugged-60F"},
        {"FortiGate Rugged 60F", "FortiGateRugged-60F"},
        {"FG-Rugged-60F", "FortiGateRugged-60F"},
        {"FG Rugged 60F", "FortiGateRugged-60F"},
        {"FGR-60F", "FortiGateRugged-60F"},
        {"FGR60F", "FortiGateRugged-60F"},
        {"FAP-221E", "FortiAP-221E"},
        {"FortiAP-221E", "FortiAP-221E"},
        {"FortiAP 221E", "FortiAP-221E"},
        {"FAP-231F", "FortiAP-231F"},
        {"FP231F", "FortiAP-231F"},
        {"FAP-U431F", "FortiAP-U431F"},
        {"PU431F", "FortiAP-U431F"},
        {"FortiSwitch-124E-POE", "FortiSwitch-124E-POE"},
        {"FortiSwitch-124E-PoE", "FortiSwitch-124E-POE"},
        {"FortiSwitch 124E-PoE", "FortiSwitch-124E-POE"},
        {"FS-124E-POE", "FortiSwitch-124E-POE"},
        {"FSW-124E-POE", "FortiSwitch-124E-POE"},
        {"FS-124E-PoE", "FortiSwitch-124E-POE"},
        {"S124EP", "FortiSwitch-124E-POE"},
        {"FortiSwitch-424E-FIBER", "FortiSwitch-424E-Fiber"},
        {"FS-424E-Fiber", "FortiSwitch-424E-Fiber"},
        {"FortiSwitchRugged-112D-POE", "FortiSwitchRugged-112D-POE"},
        {"FSR-112D-POE", "FortiSwitchRugged-112D-POE"},
        /* Unknown: unchanged. */
        {"FortiWidget-1", "FortiWidget-1"},
        {"FortiGate", "FortiGate"},
        {"FortiGate-", "FortiGate-"},
        {"ZZZZZZ", "ZZZZZZ"},
        {"Some Thing", "Some Thing"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char model[MODEL_MAX];

        (void)model_resolve(cases[i].stated, NULL, "", model);
        CU_ASSERT_STRING_EQUAL(model, cases[i].model);
    }
}

static void test_long_model(void)
{
    char stated[300], model[MODEL_MAX];

    memset(stated, 'q', sizeof(stated));
    stated[sizeof(stated) - 1] = '\0';
    (void)model_resolve(stated, NULL, "", model);
    CU_ASSERT_EQUAL(strlen(model), MODEL_MAX - 1);
    memcpy(stated, "FortiGate-", 10);
    (void)model_resolve(stated, NULL, "", model);
    CU_ASSERT_EQUAL(strlen(model), MODEL_MAX - 1);
    CU_ASSERT_EQUAL(strncmp(model, "FortiGate-QQQ", 13), 0);
    /* The cut splits no character: 118 bytes after the family and its dash. */
    memcpy(stated + MODEL_MAX - 2, "\xC3\xA9", 2);
    (void)model_resolve(stated, NULL, "", model);
    CU_ASSERT_EQUAL(strlen(model), MODEL_MAX - 2);
    CU_ASSERT_EQUAL(model[MODEL_MAX - 3], 'Q');
}

/* The stated model first, then the version's prefix, the serial's prefix, and the bare prefix. */
static void test_resolve(void)
{
    static const struct {
        const char *stated, *os_version, *serial, *model;
        int guessed;
    } cases[] = {
        {"Fortigate-6000F", "S124EP-v7.6.1-build1047,241217 (GA)", "FGT60FTK20011089",
         "FortiGate-6000F", 0},
        {NULL, "S124EP-v7.6.1-build1047,241217 (GA)", "FGT60FTK20011089", "FortiSwitch-124E-POE",
         0},
        {"", "FP231F-v7.0-build0134", "FGT60FTK20011089", "FortiAP-231F", 0},
        {" \t", NULL, "FGT60FTK20011089", "FortiGate-60F", 0},
        {"\x01", NULL, "ZZZZZZTK20011089", "ZZZZZZ", 1},
        {NULL, "ZZZZZZ-v7.0-build0134", "FGT60FTK20011089", "FortiGate-60F", 0},
        {NULL, "", "FGT60FTK20011089", "FortiGate-60F", 0},
        {NULL, "v7.0", "FGT60FTK20011089", "FortiGate-60F", 0},
        {NULL, NULL, "FG4H0FTK20011089", "FortiGate-400F", 0},
        {NULL, NULL, "FG2H0GTK20011089", "FortiGate-200G", 0},
        {NULL, NULL, "FG200FTK20011089", "FortiGate-200F", 0},
        {NULL, NULL, "ST1E24TK20011089", "FortiSwitch-T1024E", 0},
        {NULL, NULL, "FS1E48TK20011089", "FortiSwitch-1048E", 0},
        {NULL, NULL, "F432FRTK20011089", "FortiAP-432FR", 0},
        {NULL, NULL, "PU422ETK20011089", "FortiAP-U422EV", 0},
        {NULL, NULL, "FGVM02TM20000001", "FortiGate-VM64", 0},
        {NULL, NULL, "ZZZZZZTK20011089", "ZZZZZZ", 1},
        {NULL, "YYYYYY-v7", "ZZZZZZTK20011089", "ZZZZZZ", 1},
        {NULL, NULL, "", "", 1},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char model[MODEL_MAX];

        CU_ASSERT_EQUAL(model_resolve(cases[i].stated, cases[i].os_version, cases[i].serial, model),
                        cases[i].guessed);
        CU_ASSERT_STRING_EQUAL(model, cases[i].model);
    }
}

/* A member's own prefix, where it is more precise than, or differs from, what the answering unit
 * states. */
static void test_member(void)
{
    static const struct {
        const char *model, *stated_by, *serial, *expected;
    } rows[] = {
        {"FortiGate-1800F", "FD180FTK24000001", "FD180FTK24000001", "FortiGate-1800F-DC"},
        {"FortiGate-1800F-DC", "FD180FTK24000001", "FG180FTK24000002", "FortiGate-1800F"},
        {"FortiGate-60F-3G4G", "FGT60FTK20000001", "FGT60FTK20000002", "FortiGate-60F-3G4G"},
        {"FortiGate-VM64-KVM", "FGVM04TM24000001", "FGVM08TM24000002", "FortiGate-VM64-KVM"},
        {"FortiGate-70G", "FGT70GTK24000001", "ZZZZZZTK24000002", "FortiGate-70G"},
        {"FortiGate-60F", "", "FGT61FTK20000001", "FortiGate-61F"},
        {"FortiGate-60F", "FGT60FTK20000001", "?", "FortiGate-60F"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char model[MODEL_MAX];

        model_of_member(rows[i].model, rows[i].stated_by, rows[i].serial, model);
        CU_ASSERT_STRING_EQUAL(model, rows[i].expected);
    }
}

static void test_virtual(void)
{
    CU_ASSERT_TRUE(model_is_virtual("FortiGate-VM64-KVM"));
    CU_ASSERT_TRUE(model_is_virtual("FortiGate-ARM64-KVM"));
    CU_ASSERT_TRUE(model_is_virtual("FortiGate-ARM64-AWS"));
    CU_ASSERT_TRUE(model_is_virtual("FortiSwitch-24VM"));
    CU_ASSERT_FALSE(model_is_virtual("FortiGate-60F"));
}

static CU_TestInfo model_tests[] = {
    {"the table", test_table},
    {"the table spells itself", test_table_spells_itself},
    {"spellings", test_spellings},
    {"long models", test_long_model},
    {"who states the model", test_resolve},
    {"a member of a cluster", test_member},
    {"virtual machines", test_virtual},
    CU_TEST_INFO_NULL,
};

int main(void)
{
    CU_SuiteInfo suites[] = {{.pName = "models", .pTests = model_tests}, CU_SUITE_INFO_NULL};

    return tap_run(suites);
}
