/*
 * operations.c - what the four operations have in common, from the host's call to its return.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "operations.h"
#include "sources/enrich.h"
#include "sources/registry.h"
#include "json/json_write.h"

int32_t operation_call(const struct hector_host *host, const char *request, size_t request_size,
                       struct hector_error *error, const struct operation_kind *kind)
{
    struct operation operation;
    struct json_object *json = NULL;
    struct failure failure = {0};
    int32_t code = operation_begin(&operation, host, kind->limits, &failure);

    if (code == HECTOR_OK) {
        code = settings_parse_request(&operation, request, request_size, &json, &failure);
        code = kind->body(&operation, json, code, &failure);
        json_object_put(json);
        operation_end(&operation);
    }
    operation_report(&failure, code, error);
    return code;
}

void operation_write_attribute(struct buffer *out, enum attribute attribute)
{
    static const char *const names[] = {"no", "always", "field", "cache", "live", "enrichment"};
    const struct attribute_info *info = attribute_info(attribute);

    json_write_string(out, "type", info->type);
    json_write_array(out, "device_types");
    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        if (source_cost(attribute, type) != COST_NO) {
            json_write_string(out, NULL, device_type_id(type));
        }
    }
    json_write_array_end(out);
    json_write_object(out, "cost");
    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        if (source_cost(attribute, type) != COST_NO) {
            json_write_string(out, device_type_id(type), names[source_cost(attribute, type)]);
        }
    }
    json_write_object_end(out);
    json_write_boolean(out, "volatile", info->is_volatile);
    json_write_optional(out, "enrichment", enrich_of(attribute));
}
