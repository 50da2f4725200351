/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-values.h"

#include "kip-config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

static const char unknown[] = "";

void
kip_import_builder_init (KipImportBuilder *builder,
                         KipImportTable   *table,
                         KipImportNames   *names,
                         KipInstant        now)
{
  builder->table = table;
  builder->names = names;
  builder->matrix = kip_office_get_matrix (kip_import_names_get_office (names));
  builder->now = now;
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    builder->targets[i] = g_hash_table_new (NULL, NULL);
  builder->parents = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

void
kip_import_builder_clear (KipImportBuilder *builder)
{
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    g_clear_pointer (&builder->targets[i], g_hash_table_unref);
  g_clear_pointer (&builder->parents, g_hash_table_unref);
}

static gboolean
check_status (KipImportBuilder *builder,
              const char       *target,
              GError          **error)
{
  if (target == NULL || strcmp (target, KIP_IMPORT_IGNORE) == 0 || strcmp (target, KIP_IMPORT_REFUSE) == 0
      || kip_import_names_status (builder->names, target) != NULL)
    return TRUE;
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
               _("The office has no status “%s” that the mapping names. Nothing was imported. Make it in the "
                 "settings, or name another."), target);
  return FALSE;
}

gboolean
kip_import_builder_check (KipImportBuilder *builder,
                          GError          **error)
{
  GPtrArray *values = kip_import_map_get_values (builder->table->map, KIP_IMPORT_STATUS);

  if (!check_status (builder, kip_import_map_get_default (builder->table->map, KIP_IMPORT_STATUS), error)
      || !check_status (builder, "new", error) || !check_status (builder, "resolved", error))
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    if (!check_status (builder, ((KipImportValue *) values->pdata[i])->target, error))
      return FALSE;
  return TRUE;
}

/* As the mapping says it, unknown for what it does not know. */
static const char *
look_up (KipImportBuilder *builder,
         KipImportField    field,
         guint32           text)
{
  GHashTable *targets = builder->targets[field];
  const char *target = g_hash_table_lookup (targets, GUINT_TO_POINTER (text));

  if (target != NULL)
    return target;
  target = kip_import_map_lookup (builder->table->map, field, kip_import_table_string (builder->table, text));
  if (target == NULL && field == KIP_IMPORT_STATUS)
    {
      const KipStatus *status = kip_import_names_status (builder->names, kip_import_table_string (builder->table, text));

      target = status != NULL ? kip_import_table_string (builder->table, text) : NULL;
    }
  if (target == NULL)
    target = unknown;
  g_hash_table_insert (targets, GUINT_TO_POINTER (text), (gpointer) target);
  return target;
}

static const char *
fallback (KipImportBuilder *builder,
          KipImportField    field)
{
  const char *target = kip_import_map_get_default (builder->table->map, field);

  return target != NULL ? target : "";
}

const char *
kip_import_target (KipImportBuilder *builder,
                   KipImportField    field,
                   guint32           text)
{
  const char *target = text != 0 ? look_up (builder, field, text) : unknown;

  if (target == unknown)
    return fallback (builder, field);
  return strcmp (target, KIP_IMPORT_IGNORE) == 0 ? "" : target;
}

gboolean
kip_import_is_ignored (KipImportBuilder *builder,
                       KipImportField    field,
                       guint32           text)
{
  return text != 0 && kip_import_field_targets (field) != NULL
         && strcmp (look_up (builder, field, text), KIP_IMPORT_IGNORE) == 0;
}

gboolean
kip_import_is_unknown (KipImportBuilder *builder,
                       KipImportField    field,
                       guint32           text)
{
  return text != 0 && kip_import_field_targets (field) != NULL && look_up (builder, field, text) == unknown;
}

static gboolean
is_refused (KipImportBuilder *builder,
            KipImportField    field,
            guint32           text)
{
  const char *target = look_up (builder, field, text);

  if (target == unknown)
    return kip_import_map_get_unknown (builder->table->map, field) == KIP_IMPORT_UNKNOWN_REFUSE;
  return strcmp (target, KIP_IMPORT_REFUSE) == 0;
}

gboolean
kip_import_accept_row (KipImportBuilder *builder,
                       guint32           row,
                       const char       *key)
{
  for (guint field = 0; field < KIP_IMPORT_N_FIELDS; field++)
    {
      guint32 text = kip_import_field_targets (field) != NULL ? kip_import_table_text (builder->table, row, field) : 0;

      if (text == 0 || !is_refused (builder, field, text))
        continue;
      kip_import_report_add (builder->table->report, kip_import_table_row (builder->table, row)->line, TRUE, key,
                             g_strdup_printf (_("%s: “%s” is refused, as the mapping says."),
                                              _(kip_import_field_info (field)->label),
                                              kip_import_table_string (builder->table, text)));
      return FALSE;
    }
  return TRUE;
}

/* ---- durations ---- */

/* Thousandths of a number: "1.5" → 1500. */
static gboolean
read_thousandths (const char **at,
                  gint64      *number)
{
  const char *p = *at;
  gint64 n = 0, scale = 100;

  if (!g_ascii_isdigit (*p))
    return FALSE;
  for (; g_ascii_isdigit (*p) && n < 1000000000; p++)
    n = n * 10 + (*p - '0');
  n *= 1000;
  if ((*p == '.' || *p == ',') && g_ascii_isdigit (p[1]))
    for (p++; g_ascii_isdigit (*p); p++)
      {
        n += (*p - '0') * scale;
        scale /= 10;
      }
  *at = p;
  *number = n;
  return TRUE;
}

/* "1:30" or "1:30:00", hours first. */
static gboolean
parse_clock (const char *text,
             gint64     *seconds)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);
  guint n = g_strv_length (parts);
  guint64 value[3] = { 0 };

  if (n < 2 || n > 3)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 0, i == 0 ? 100000 : 59, &value[i], NULL))
      return FALSE;
  *seconds = (gint64) (value[0] * 3600 + value[1] * 60 + value[2]);
  return TRUE;
}

static gint64
seconds_of_letter (char letter)
{
  switch (g_ascii_tolower (letter))
    {
    case 'w':
      return 5 * 8 * 3600;
    case 'd':
      return 8 * 3600;
    case 'h':
      return 3600;
    case 'm':
      return 60;
    case 's':
      return 1;
    default:
      return 0;
    }
}

static void
skip_filling (const char **at)
{
  while (**at != '\0' && strchr (" \tPTpt", **at) != NULL)
    (*at)++;
}

/* "h", "hrs", "hours", "min" … */
static gboolean
read_unit (const char **at,
           gint64      *unit)
{
  while (**at == ' ')
    (*at)++;
  if (!g_ascii_isalpha (**at))
    return FALSE;
  *unit = seconds_of_letter (**at);
  while (g_ascii_isalpha (**at) && **at != 'T')
    (*at)++;
  return *unit > 0;
}

gboolean
kip_import_parse_work (const char *text,
                       gint64      unit,
                       gint64     *seconds)
{
  const char *at = text;
  gint64 number, sum = 0;

  if (strchr (text, ':') != NULL)
    return parse_clock (text, seconds);
  skip_filling (&at);
  if (!read_thousandths (&at, &number))
    return FALSE;
  if (*at == '\0')
    {
      *seconds = number * unit / 1000;
      return TRUE;
    }
  for (;;)
    {
      gint64 of;

      if (!read_unit (&at, &of))
        return FALSE;
      sum += number * of / 1000;
      skip_filling (&at);
      if (*at == '\0')
        break;
      if (!read_thousandths (&at, &number))
        return FALSE;
    }
  *seconds = sum;
  return TRUE;
}
