/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every field of the catalogue's objects, in pretix' own order, with what an empty form gives. */
#define G_LOG_DOMAIN "foyer-sandbox"

#include "foyer-sandbox-templates.h"

#include "foyer-json.h"

#define TEXTS_OF_SALE                                                                              \
  "\"available_from\":null,\"available_from_mode\":\"hide\",\"available_until\":null,"             \
  "\"available_until_mode\":\"hide\","

static const char event_template[]
    = "{\"name\":{},\"slug\":\"\",\"live\":false,\"testmode\":false,\"currency\":\"EUR\","
      "\"date_from\":null,\"date_to\":null,\"date_admission\":null,\"is_public\":true,"
      "\"presale_start\":null,\"presale_end\":null,\"location\":null,\"geo_lat\":null,"
      "\"geo_lon\":null,\"has_subevents\":false,\"meta_data\":{},\"seating_plan\":null,"
      "\"plugins\":[],\"seat_category_mapping\":{},\"timezone\":\"Europe/Berlin\","
      "\"item_meta_properties\":{},\"all_sales_channels\":true,\"limit_sales_channels\":[],"
      "\"public_url\":\"\",\"sales_channels\":[\"web\"]}";

static const char category_template[]
    = "{\"id\":0,\"name\":{},\"internal_name\":null,\"description\":{\"en\":\"\"},\"position\":0,"
      "\"is_addon\":false,\"cross_selling_mode\":null,\"cross_selling_condition\":null,"
      "\"cross_selling_match_products\":[]}";

static const char item_template[]
    = "{\"id\":0,\"category\":null,\"name\":{},\"internal_name\":null,\"active\":true,"
      "\"all_sales_channels\":true,\"limit_sales_channels\":[],\"description\":null,"
      "\"default_price\":\"0.00\",\"free_price\":false,\"free_price_suggestion\":null,"
      "\"tax_rate\":\"0.00\",\"tax_rule\":null,\"admission\":false,\"personalized\":false,"
      "\"position\":0,\"picture\":null," TEXTS_OF_SALE "\"require_voucher\":false,"
      "\"hide_without_voucher\":false,\"allow_cancel\":true,\"require_bundling\":false,"
      "\"min_per_order\":null,\"max_per_order\":null,\"checkin_attention\":false,"
      "\"checkin_text\":null,\"has_variations\":false,\"variations\":[],\"addons\":[],"
      "\"bundles\":[],\"program_times\":[],\"original_price\":null,\"require_approval\":false,"
      "\"generate_tickets\":null,\"show_quota_left\":null,\"hidden_if_available\":null,"
      "\"hidden_if_item_available\":null,\"hidden_if_item_available_mode\":\"hide\","
      "\"allow_waitinglist\":true,\"issue_giftcard\":false,\"meta_data\":{},"
      "\"require_membership\":false,\"require_membership_types\":[],"
      "\"require_membership_hidden\":false,\"grant_membership_type\":null,"
      "\"grant_membership_duration_like_event\":true,\"grant_membership_duration_days\":0,"
      "\"grant_membership_duration_months\":0,\"validity_mode\":null,\"validity_fixed_from\":null,"
      "\"validity_fixed_until\":null,\"validity_dynamic_duration_minutes\":null,"
      "\"validity_dynamic_duration_hours\":null,\"validity_dynamic_duration_days\":null,"
      "\"validity_dynamic_duration_months\":null,\"validity_dynamic_start_choice\":false,"
      "\"validity_dynamic_start_choice_day_limit\":null,\"media_policy\":null,\"media_type\":null,"
      "\"sales_channels\":[\"web\"]}";

static const char variation_template[]
    = "{\"id\":0,\"value\":{},\"active\":true,\"description\":null,\"position\":0,"
      "\"default_price\":null,\"price\":\"0.00\",\"original_price\":null,"
      "\"free_price_suggestion\":null,\"require_approval\":false,\"require_membership\":false,"
      "\"require_membership_types\":[],\"require_membership_hidden\":false,"
      "\"checkin_attention\":false,\"checkin_text\":null," TEXTS_OF_SALE
      "\"all_sales_channels\":true,\"limit_sales_channels\":[],\"hide_without_voucher\":false,"
      "\"meta_data\":{},\"sales_channels\":[\"web\"]}";

static const char question_template[]
    = "{\"id\":0,\"question\":{},\"type\":\"S\",\"required\":false,\"items\":[],\"options\":[],"
      "\"position\":0,\"ask_during_checkin\":false,\"show_during_checkin\":false,"
      "\"identifier\":\"\",\"dependency_question\":null,\"dependency_values\":[],\"hidden\":false,"
      "\"dependency_value\":null,\"print_on_invoice\":false,\"help_text\":null,"
      "\"valid_number_min\":null,\"valid_number_max\":null,\"valid_date_min\":null,"
      "\"valid_date_max\":null,\"valid_datetime_min\":null,\"valid_datetime_max\":null,"
      "\"valid_string_length_max\":null,\"valid_string_length_min\":null,"
      "\"valid_file_portrait\":false}";

static const char option_template[] = "{\"id\":0,\"identifier\":\"\",\"answer\":{},\"position\":0}";

static const char quota_template[]
    = "{\"id\":0,\"name\":\"\",\"size\":null,\"items\":[],\"variations\":[],\"subevent\":null,"
      "\"closed\":false,\"close_when_sold_out\":false,\"release_after_exit\":false,"
      "\"ignore_for_event_availability\":false}";

static const char tax_rule_template[]
    = "{\"id\":0,\"name\":{},\"default\":false,\"rate\":\"0.00\",\"code\":null,"
      "\"price_includes_tax\":true,\"eu_reverse_charge\":false,\"home_country\":\"\","
      "\"internal_name\":null,\"keep_gross_if_rate_changes\":false,\"custom_rules\":null}";

static const char list_template[]
    = "{\"id\":0,\"name\":\"\",\"all_products\":false,\"limit_products\":[],\"subevent\":null,"
      "\"checkin_count\":0,\"position_count\":0,\"include_pending\":false,"
      "\"allow_multiple_entries\":false,\"allow_entry_after_exit\":true,\"rules\":{},"
      "\"exit_all_at\":null,\"addon_match\":false,\"ignore_in_statistics\":false,"
      "\"consider_tickets_used\":true}";

static const char subevent_template[]
    = "{\"id\":0,\"name\":{},\"date_from\":null,\"date_to\":null,\"active\":false,"
      "\"date_admission\":null,\"presale_start\":null,\"presale_end\":null,\"location\":null,"
      "\"geo_lat\":null,\"geo_lon\":null,\"event\":\"\",\"is_public\":true,\"frontpage_text\":null,"
      "\"seating_plan\":null,\"item_price_overrides\":[],\"variation_price_overrides\":[],"
      "\"meta_data\":{},\"seat_category_mapping\":{},\"last_modified\":null,\"comment\":null}";

static const char *
get_template (FoyerSandboxKind kind)
{
  switch (kind)
    {
    case FOYER_SANDBOX_KIND_EVENT:
      return event_template;
    case FOYER_SANDBOX_KIND_CATEGORY:
      return category_template;
    case FOYER_SANDBOX_KIND_ITEM:
      return item_template;
    case FOYER_SANDBOX_KIND_VARIATION:
      return variation_template;
    case FOYER_SANDBOX_KIND_QUESTION:
      return question_template;
    case FOYER_SANDBOX_KIND_OPTION:
      return option_template;
    case FOYER_SANDBOX_KIND_QUOTA:
      return quota_template;
    case FOYER_SANDBOX_KIND_TAX_RULE:
      return tax_rule_template;
    case FOYER_SANDBOX_KIND_LIST:
      return list_template;
    case FOYER_SANDBOX_KIND_SUBEVENT:
      return subevent_template;
    }
  return "{}";
}

/**
 * foyer_sandbox_json_parse:
 * @json: an object of our own
 *
 * Returns: (transfer full): it
 */
JsonObject *
foyer_sandbox_json_parse (const char *json)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  if (!json_parser_load_from_data (parser, json, -1, &error))
    g_error ("Bad template: %s", error->message);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

/* Texts for people: an object of languages; a plain string is taken as English. */
gboolean
foyer_sandbox_template_is_i18n (FoyerSandboxKind kind, const char *field)
{
  if (kind == FOYER_SANDBOX_KIND_LIST || kind == FOYER_SANDBOX_KIND_QUOTA)
    return FALSE;
  return g_str_equal (field, "name") || g_str_equal (field, "value")
         || g_str_equal (field, "question") || g_str_equal (field, "answer")
         || g_str_equal (field, "description") || g_str_equal (field, "location")
         || g_str_equal (field, "help_text");
}

/**
 * foyer_sandbox_template_new:
 * @kind: a kind
 * @values: (nullable): the fields that differ from an empty form; unknown ones are ignored
 *
 * Returns: (transfer full): an object with every field of its kind
 */
JsonObject *
foyer_sandbox_template_new (FoyerSandboxKind kind, JsonObject *values)
{
  JsonObject *object = foyer_sandbox_json_parse (get_template (kind));
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (values == NULL)
    return object;
  json_object_iter_init_ordered (&iter, values);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (!json_object_has_member (object, name))
        continue;
      if (foyer_sandbox_template_is_i18n (kind, name) && foyer_json_node_get_string (node) != NULL)
        {
          JsonObject *languages = json_object_new ();

          json_object_set_string_member (languages, "en", json_node_get_string (node));
          json_object_set_object_member (object, name, languages);
        }
      else
        json_object_set_member (object, name, json_node_copy (node));
    }
  return object;
}

JsonObject *
foyer_sandbox_template_parse (FoyerSandboxKind kind, const char *json)
{
  g_autoptr (JsonObject) values = foyer_sandbox_json_parse (json);

  return foyer_sandbox_template_new (kind, values);
}
