/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cli-outlook.h"

#include "kip-outlook.h"

#include <glib/gi18n.h>

void
kip_cli_print_outlook (const KipStudy *study)
{
  g_autoptr (KipOutlook) outlook = kip_outlook_new (study);
  g_autofree char *sentence = kip_outlook_sentence (outlook, study);
  g_autofree char *why_not = kip_forecast_why_not (outlook->forecast);

  kip_cli_print ("\n%s\n", sentence);
  if (why_not != NULL)
    kip_cli_print ("%s\n", why_not);
}

static void
json_band (JsonBuilder *builder,
           const char  *name,
           double       value,
           double       low,
           double       high)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  kip_cli_json_double (builder, "value", value);
  kip_cli_json_double (builder, "low", low);
  kip_cli_json_double (builder, "high", high);
  json_builder_end_object (builder);
}

static void
json_forecast (JsonBuilder       *builder,
               const KipForecast *forecast)
{
  g_autofree char *why_not = kip_forecast_why_not (forecast);

  json_builder_set_member_name (builder, "forecast");
  json_builder_begin_object (builder);
  kip_cli_json_double (builder, "history_days", forecast->n_days);
  kip_cli_json_double (builder, "n", forecast->n_tickets);
  kip_cli_json_double (builder, "trials", forecast->n_trials);
  kip_cli_json_text (builder, "why_not", why_not);
  json_builder_set_member_name (builder, "days");
  json_builder_begin_array (builder);
  for (guint i = 0; i < forecast->days->len; i++)
    {
      const KipForecastDay *day = &g_array_index (forecast->days, KipForecastDay, i);

      json_builder_begin_object (builder);
      kip_cli_json_instant (builder, "from", day->span.from);
      kip_cli_json_instant (builder, "to", day->span.to);
      json_band (builder, "received", day->arrivals, day->arrivals_low, day->arrivals_high);
      json_band (builder, "open", day->open, day->open_low, day->open_high);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

void
kip_cli_json_outlook (JsonBuilder    *builder,
                      const KipStudy *study)
{
  g_autoptr (KipOutlook) outlook = kip_outlook_new (study);
  g_autofree char *sentence = kip_outlook_sentence (outlook, study);

  json_builder_set_member_name (builder, "outlook");
  json_builder_begin_object (builder);
  kip_cli_json_text (builder, "sentence", sentence);
  kip_cli_json_instant (builder, "until", outlook->until);
  kip_cli_json_double (builder, "promises", outlook->n_promises);
  kip_cli_json_double (builder, "n", outlook->n_tickets);
  kip_cli_json_text (builder, "query", outlook->query);
  kip_cli_json_double (builder, "received", outlook->arrivals);
  json_builder_end_object (builder);
  json_forecast (builder, outlook->forecast);
}
