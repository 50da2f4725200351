/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Members of a JSON object. */
#include "kip-cli.h"

#include <math.h>
#include <stdio.h>

void
kip_cli_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);

  puts (text);
}

void
kip_cli_json_text (JsonBuilder *builder,
                   const char  *name,
                   const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
kip_cli_json_texts (JsonBuilder *builder,
                    const char  *name,
                    GPtrArray   *texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < texts->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (texts, i));
  json_builder_end_array (builder);
}

void
kip_cli_json_instant (JsonBuilder *builder,
                      const char  *name,
                      KipInstant   instant)
{
  g_autofree char *iso = instant != KIP_INSTANT_NONE ? kip_instant_to_iso (instant) : NULL;

  kip_cli_json_text (builder, name, iso);
}

void
kip_cli_json_flag (JsonBuilder *builder,
                   const char  *name,
                   gboolean     flag)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, flag);
}

void
kip_cli_json_int (JsonBuilder *builder,
                  const char  *name,
                  gint64       number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

void
kip_cli_json_double (JsonBuilder *builder,
                     const char  *name,
                     double       number)
{
  json_builder_set_member_name (builder, name);
  if (isnan (number))
    json_builder_add_null_value (builder);
  else
    json_builder_add_double_value (builder, number);
}
