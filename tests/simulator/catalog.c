/*
 * catalog.c - models, sites and names for topologies.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "catalog.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct model firewall_models[] = {
    {"FGT60F", "FortiGate-60F", "FortiGate-60F", 19, false},
    {"FGT40F", "FortiGate-40F", "FortiGate-40F", 8, false},
    {"FGT80F", "FortiGate-80F", "FortiGate-80F", 23, false},
    {"FG100F", "FortiGate-100F", "FortiGate-100F", 65, false},
    {"FG101F", "FortiGate-101F", "FortiGate-101F", 66, true},
    {"FG200F", "FortiGate-200F", "FortiGate-200F", 71, false},
    {"FG4H0F", "FortiGate-400F", "FortiGate-400F", 83, false},
    {"FG6H1F", "FortiGate-601F", "FortiGate-601F", 95, true},
    {"FG180F", "FortiGate-1800F", "FortiGate-1800F", 104, false},
    {"FGT70G", "FortiGate-70G", "FortiGate-70G", 201, false},
    {"FGT91G", "FortiGate-91G", "FortiGate-91G", 204, true},
    {"FGR60F", "FortiGateRugged-60F", "FortiGateRugged-60F", 121, false},
    {"FWF40F", "FortiWiFi-40F", "FortiWiFi-40F", 131, false},
};
const size_t firewall_model_count = COUNT(firewall_models);

const struct model switch_models[] = {
    {"S108FP", "FortiSwitch-108F-POE", "FortiSwitch-108F-POE", 0, false},
    {"S108FF", "FortiSwitch-108F-FPOE", "FortiSwitch-108F-FPOE", 0, false},
    {"S124EP", "FortiSwitch-124E-POE", "FortiSwitch-124E-POE", 0, false},
    {"S124FP", "FortiSwitch-124F-POE", "FortiSwitch-124F-POE", 0, false},
    {"S148FF", "FortiSwitch-148F-FPOE", "FortiSwitch-148F-FPOE", 0, false},
    {"S248EP", "FortiSwitch-248E-POE", "FortiSwitch-248E-POE", 0, false},
    {"S424EN", "FortiSwitch-424E", "FortiSwitch-424E", 0, false},
    {"S448EF", "FortiSwitch-448E-FPOE", "FortiSwitch-448E-FPOE", 0, false},
    {"FS1E48", "FortiSwitch-1048E", "FortiSwitch-1048E", 0, false},
};
const size_t switch_model_count = COUNT(switch_models);

/* _platform-type: 63 and 67 are in samples (wtp_adom_list_full, wtp_platform_types), the others
 * made up. */
const struct model access_point_models[] = {
    {"FP231F", "FAP231F-default", "FortiAP-231F", 58, false},
    {"FP431F", "FAP431F-default", "FortiAP-431F", 57, false},
    {"FP221E", "FAP221E-default", "FortiAP-221E", 50, false},
    {"FP234F", "FAP234F-default", "FortiAP-234F", 64, false},
    {"FP433G", "FAP433G-default", "FortiAP-433G", 74, false},
    {"FP23JF", "FAP23JF-default", "FortiAP-23JF", 69, false},
    {"PU431F", "FAPU431F-default", "FortiAP-U431F", 63, false},
    {"F432FR", "FAP432FR-default", "FortiAP-432FR", 71, false},
};
const size_t access_point_model_count = COUNT(access_point_models);

/* The 6000F's prefix and the products at the end are for rows whose model cannot be derived. */
const struct model special_models[] = {
    [MODEL_VM64] = {"FGVM01", "FortiGate-VM64", "FortiGate-VM64", 159, true},
    [MODEL_VM64_KVM] = {"FGVM02", "FortiGate-VM64-KVM", "FortiGate-VM64-KVM", 166, true},
    [MODEL_6000F] = {"F6KF30", "Fortigate-6000F", "FortiGate-6000F", 112, true},
    [MODEL_WIFI_60F] = {"FWF60F", "FortiWiFi-60F", "FortiWiFi-60F", 132, false},
    [MODEL_SWITCH_VM] = {"S108DV", "FortiSwitch-108D-VM", "FortiSwitch-108D-VM", 0, false},
    [MODEL_SASE] = {"FFSASE", "FortiSASE", NULL, 301, false},
    [MODEL_ANALYZER] = {"FAZ-VM", "FortiAnalyzer-VM64", NULL, 40, true},
    [MODEL_MAIL] = {"FEVM02", "FortiMail-VM64", NULL, 12, true},
    [MODEL_WEB] = {"FVVM02", "FortiWeb-VM64", NULL, 7, true},
};

const struct site sites[] = {
    {"paris", "48.8566", "2.3522"},      {"lyon", "45.7640", "4.8357"},
    {"zurich", "47.3769", "8.5417"},     {"berlin", "52.5200", "13.4050"},
    {"milano", "45.4642", "9.1900"},     {"london", "51.5072", "-0.1276"},
    {"montreal", "45.5019", "-73.5674"}, {"singapore", "1.3521", "103.8198"},
};
const size_t site_count = COUNT(sites);

const char *const awkward_names[] = {
    "EMEA/Gate 1", "Paris HQ",        "Zürich-Süd",          "gate \"quoted\"",
    "gate-🔥-01",   "Lyon, Part-Dieu", "=HYPERLINK(\"x\")",   "O'Brien & <sons>",
    "東京-fw",     "back\\slash",     "Köln / Bonn / Düren",
};
const size_t awkward_name_count = COUNT(awkward_names);

const char *const descriptions[] = {
    "Ground floor, rack 2",
    "Owner: \"network team\"",
    "Étage 3; à côté de l'ascenseur",
    "first line\nsecond line",
    "=1+1",
};
const size_t description_count = COUNT(descriptions);

const struct firmware firmwares[] = {
    {7, 4, 5, 2702},  {7, 2, 8, 1639}, {7, 0, 15, 632}, {7, 4, 8, 2795},
    {6, 4, 14, 2093}, {7, 6, 3, 3510}, {7, 2, 5, 1517},
};
const size_t firmware_count = COUNT(firmwares);

/* Recorded in managed-switch_6.2.5_port_stats, managed-switch_status_7.2.8 and section 3.3 of
 * fortigate.md. */
const struct unit_firmware switch_firmwares[] = {
    {"6.4.2", 425, "425,200629 (GA)"},
    {"7.2.4", 444, "444,230317 (GA)"},
    {"7.6.1", 1047, "1047,241217 (GA)"},
};
const size_t switch_firmware_count = COUNT(switch_firmwares);

/* Major, minor and build only: wifi_managed_ap_6.4.5, fortigate.md section 3.4; the last is made
 * up. */
const struct unit_firmware access_point_firmwares[] = {
    {"6.4", 460, "0460"},
    {"7.0", 134, "0134"},
    {"7.4", 634, "0634"},
};
const size_t access_point_firmware_count = COUNT(access_point_firmwares);

const char *const locations[] = {
    "", "Building A, floor 3", "Entrepôt \"Nord\"", "Lobby; left of the door", "",
};
const size_t location_count = COUNT(locations);
