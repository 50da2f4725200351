/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-map.h"

#include "kip-config.h"
#include "kip-error.h"
#include "kip-import-dates.h"
#include "kip-import-map-private.h"
#include "kip-text.h"

#include <string.h>
#include <glib/gi18n-lib.h>

static void
value_free (gpointer data)
{
  KipImportValue *value = data;

  g_free (value->source);
  g_free (value->target);
  g_free (value);
}

KipImportMap *
kip_import_map_new (void)
{
  KipImportMap *map = g_new0 (KipImportMap, 1);

  map->settings.work_unit = 60;
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    {
      map->fields[i].values = g_ptr_array_new_with_free_func (value_free);
      map->fields[i].exact = g_hash_table_new (g_str_hash, g_str_equal);
      map->fields[i].folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  return map;
}

void
kip_import_map_free (KipImportMap *map)
{
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    {
      g_free (map->fields[i].source);
      g_free (map->fields[i].fallback);
      g_hash_table_unref (map->fields[i].exact);
      g_hash_table_unref (map->fields[i].folded);
      g_ptr_array_unref (map->fields[i].values);
    }
  g_free (map->settings.name);
  g_free (map->settings.time_zone);
  g_free (map->settings.dates);
  g_free (map->settings.encoding);
  g_free (map->settings.tag);
  g_free (map->settings.recognise);
  g_free (map);
}

KipImportSettings *
kip_import_map_settings (KipImportMap *map)
{
  return &map->settings;
}

/* ---- fields ---- */

static void
set_text (char      **place,
          const char *text)
{
  g_free (*place);
  *place = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

const char *
kip_import_map_get_column (KipImportMap  *map,
                           KipImportField field)
{
  return map->fields[field].source;
}

void
kip_import_map_set_column (KipImportMap  *map,
                           KipImportField field,
                           const char    *source)
{
  set_text (&map->fields[field].source, source);
}

const char *
kip_import_map_get_default (KipImportMap  *map,
                            KipImportField field)
{
  return map->fields[field].fallback;
}

void
kip_import_map_set_default (KipImportMap  *map,
                            KipImportField field,
                            const char    *target)
{
  set_text (&map->fields[field].fallback, target);
}

KipImportUnknown
kip_import_map_get_unknown (KipImportMap  *map,
                            KipImportField field)
{
  return map->fields[field].has_unknown ? map->fields[field].unknown : map->settings.unknown;
}

void
kip_import_map_set_unknown (KipImportMap    *map,
                            KipImportField   field,
                            KipImportUnknown unknown)
{
  map->fields[field].unknown = unknown;
  map->fields[field].has_unknown = TRUE;
}

/* ---- values ---- */

GPtrArray *
kip_import_map_get_values (KipImportMap  *map,
                           KipImportField field)
{
  return map->fields[field].values;
}

/* Two sources that differ only in marks may mean different things: then only
 * the exact spelling counts. */
static void
index_folded (KipImportFieldMap *field,
              KipImportValue    *value)
{
  g_autofree char *folded = kip_text_fold (value->source);
  const char *other = g_hash_table_lookup (field->folded, folded);

  if (other != NULL && strcmp (other, value->target) != 0)
    g_hash_table_insert (field->folded, g_steal_pointer (&folded), (char *) "");
  else
    g_hash_table_insert (field->folded, g_steal_pointer (&folded), value->target);
}

static void
index_values (KipImportFieldMap *field)
{
  g_hash_table_remove_all (field->exact);
  g_hash_table_remove_all (field->folded);
  for (guint i = 0; i < field->values->len; i++)
    {
      KipImportValue *value = field->values->pdata[i];

      g_hash_table_insert (field->exact, value->source, value->target);
      index_folded (field, value);
    }
}

static KipImportValue *
find_value (KipImportFieldMap *field,
            const char        *source,
            guint             *index)
{
  for (guint i = 0; i < field->values->len; i++)
    {
      KipImportValue *value = field->values->pdata[i];

      *index = i;
      if (strcmp (value->source, source) == 0)
        return value;
    }
  return NULL;
}

void
kip_import_map_set_value (KipImportMap  *map,
                          KipImportField field,
                          const char    *source,
                          const char    *target)
{
  KipImportFieldMap *f = &map->fields[field];
  guint index = 0;
  KipImportValue *value = find_value (f, source, &index);

  if (target == NULL && value != NULL)
    g_ptr_array_remove_index (f->values, index);
  else if (target != NULL && value != NULL)
    set_text (&value->target, target);
  else if (target != NULL)
    {
      value = g_new0 (KipImportValue, 1);
      value->source = g_strdup (source);
      value->target = g_strdup (target);
      g_ptr_array_add (f->values, value);
    }
  index_values (f);
}

static gboolean
is_target (KipImportField field,
           const char    *text)
{
  const char *const *targets = kip_import_field_targets (field);

  return strcmp (text, KIP_IMPORT_IGNORE) == 0 || strcmp (text, KIP_IMPORT_REFUSE) == 0
         || (targets != NULL && g_strv_contains (targets, text));
}

const char *
kip_import_map_lookup (KipImportMap  *map,
                       KipImportField field,
                       const char    *value)
{
  KipImportFieldMap *f = &map->fields[field];
  const char *target = g_hash_table_lookup (f->exact, value);
  g_autofree char *folded = NULL;

  if (target != NULL)
    return target;
  folded = kip_text_fold (value);
  target = g_hash_table_lookup (f->folded, folded);
  if (target != NULL && *target != '\0')
    return target;
  return kip_import_usual_target (field, value);
}

/* ---- copies ---- */

static void
copy_settings (KipImportSettings       *to,
               const KipImportSettings *from)
{
  *to = *from;
  to->name = g_strdup (from->name);
  to->time_zone = g_strdup (from->time_zone);
  to->dates = g_strdup (from->dates);
  to->encoding = g_strdup (from->encoding);
  to->tag = g_strdup (from->tag);
  to->recognise = g_strdup (from->recognise);
}

static void
copy_field (KipImportFieldMap       *to,
            const KipImportFieldMap *from)
{
  to->source = g_strdup (from->source);
  to->fallback = g_strdup (from->fallback);
  to->has_unknown = from->has_unknown;
  to->unknown = from->unknown;
  for (guint i = 0; i < from->values->len; i++)
    {
      const KipImportValue *value = from->values->pdata[i];
      KipImportValue *copy = g_new0 (KipImportValue, 1);

      copy->source = g_strdup (value->source);
      copy->target = g_strdup (value->target);
      g_ptr_array_add (to->values, copy);
    }
  index_values (to);
}

KipImportMap *
kip_import_map_copy (KipImportMap *map)
{
  KipImportMap *copy = kip_import_map_new ();

  copy_settings (&copy->settings, &map->settings);
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    copy_field (&copy->fields[i], &map->fields[i]);
  return copy;
}

/* ---- checks ---- */

static gboolean
fail (GError    **error,
      const char *what) /* a translated sentence */
{
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
               _("The mapping cannot be used: %s Nothing was imported."), what);
  return FALSE;
}

/* A status may be one of the office's own: that shows only when importing. */
static gboolean
check_target (KipImportField field,
              const char    *target,
              GError       **error)
{
  const KipImportFieldInfo *info = kip_import_field_info (field);
  g_autofree char *list = NULL;
  g_autofree char *what = NULL;

  if (field == KIP_IMPORT_STATUS || is_target (field, target))
    return TRUE;
  list = g_strjoinv (", ", (char **) kip_import_field_targets (field));
  what = g_strdup_printf (_("“%s” is no value of %s; there are %s, ignore and refuse."), target, info->key, list);
  return fail (error, what);
}

static gboolean
check_field (KipImportMap  *map,
             KipImportField field,
             GError       **error)
{
  KipImportFieldMap *f = &map->fields[field];

  if (kip_import_field_targets (field) == NULL)
    return TRUE;
  if (f->fallback != NULL && !check_target (field, f->fallback, error))
    return FALSE;
  for (guint i = 0; i < f->values->len; i++)
    if (!check_target (field, ((KipImportValue *) f->values->pdata[i])->target, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_time_zone (KipImportMap *map,
                 GError      **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *what = NULL;

  if (map->settings.time_zone == NULL)
    return TRUE;
  zone = g_time_zone_new_identifier (map->settings.time_zone);
  if (zone != NULL)
    return TRUE;
  what = g_strdup_printf (_("“%s” is not a time zone; write for instance Asia/Ho_Chi_Minh."),
                          map->settings.time_zone);
  return fail (error, what);
}

gboolean
kip_import_map_check (KipImportMap *map,
                      GError      **error)
{
  g_autoptr (KipImportDates) dates = NULL;

  if (map->fields[KIP_IMPORT_KEY].source == NULL)
    return fail (error, _("It does not say which column is the key, the ticket's number."));
  if (map->settings.shape == KIP_IMPORT_SHAPE_EVENTS && map->fields[KIP_IMPORT_TIME].source == NULL)
    return fail (error, _("It does not say which column is the time of the event."));
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    if (!check_field (map, i, error))
      return FALSE;
  dates = kip_import_dates_new (map->settings.dates, NULL, error);
  return dates != NULL && check_time_zone (map, error);
}

void
kip_import_map_get_options (KipImportMap  *map,
                            KipCsvOptions *options)
{
  *options = (KipCsvOptions) {
    .encoding = map->settings.encoding,
    .delimiter = map->settings.delimiter,
    .skip_lines = map->settings.skip_lines,
    .no_header = map->settings.no_header,
    .fill_short = map->settings.fill_short,
  };
}
