/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-map.h"

#include "kip-config.h"
#include "kip-csv-sniff.h"
#include "kip-error.h"
#include "kip-exchange-resources.h"
#include "kip-import-map-private.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define SHIPPED "/io/github/kipdesk/Kip/import-maps/"
#define VALUES_PREFIX "values:"

/* ---- reading ---- */

static gboolean
fail (GError    **error,
      const char *section,
      const char *key,
      const char *what) /* a translated sentence */
{
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
               _("The mapping cannot be read: [%s] %s: %s Nothing was imported."), section, key, what);
  return FALSE;
}

static gboolean
fail_choice (GError    **error,
             const char *key,
             const char *text,
             const char *choices)
{
  g_autofree char *what = g_strdup_printf (_("“%s” is none of %s."), text, choices);

  return fail (error, "import", key, what);
}

/* The place of @text in @choices, "a, b, c". */
static gboolean
read_choice (const char *key,
             const char *text,
             const char *choices,
             int        *place,
             GError    **error)
{
  g_auto (GStrv) names = g_strsplit (choices, ", ", -1);

  for (int i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], text) == 0)
      {
        *place = i;
        return TRUE;
      }
  return fail_choice (error, key, text, choices);
}

static gboolean
read_encoding (KipImportSettings *settings,
               const char        *text,
               GError           **error)
{
  g_autoptr (GInputStream) nothing = g_memory_input_stream_new ();
  KipCsvOptions options = { .encoding = text };
  KipCsvReader *reader;

  if (g_ascii_strcasecmp (text, "auto") == 0)
    return TRUE;
  reader = kip_csv_reader_new (nothing, 0, &options, error);
  if (reader == NULL)
    return FALSE;
  kip_csv_reader_free (reader);
  g_free (settings->encoding);
  settings->encoding = g_strdup (text);
  return TRUE;
}

static gboolean
read_count (const char *key,
            const char *text,
            guint      *count,
            GError    **error)
{
  guint64 n;

  if (!g_ascii_string_to_unsigned (text, 10, 0, 1000, &n, NULL))
    return fail_choice (error, key, text, "0 … 1000");
  *count = (guint) n;
  return TRUE;
}

static gboolean
read_delimiter (KipImportSettings *settings,
                const char        *text,
                GError           **error)
{
  if (kip_csv_delimiter_from_name (text, &settings->delimiter))
    return TRUE;
  return fail_choice (error, "delimiter", text, "auto, comma, semicolon, tab, pipe");
}

static gboolean
read_bool (const char *key,
           const char *text,
           gboolean   *value,
           GError    **error)
{
  int place = 0;

  if (!read_choice (key, text, "no, yes, false, true, 0, 1", &place, error))
    return FALSE;
  *value = place % 2 == 1;
  return TRUE;
}

static char **
text_setting (KipImportSettings *settings,
              const char        *key)
{
  const struct { const char *key; char **place; } texts[] = {
    { "name", &settings->name },
    { "time-zone", &settings->time_zone },
    { "dates", &settings->dates },
    { "tag", &settings->tag },
    { "recognise", &settings->recognise },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (key, texts[i].key) == 0)
      return texts[i].place;
  return NULL;
}

static gboolean
read_text (char      **place,
           const char *text)
{
  g_free (*place);
  *place = *text != '\0' ? g_strdup (text) : NULL;
  return TRUE;
}

/* The settings that are one of a few words. */
static gboolean
read_word (KipImportSettings *settings,
           const char        *key,
           const char        *text,
           GError           **error)
{
  static const gint64 units[] = { 1, 60, 3600 };
  int place = 0;

  if (strcmp (key, "shape") == 0)
    {
      if (!read_choice (key, text, "tickets, events", &place, error))
        return FALSE;
      settings->shape = place == 0 ? KIP_IMPORT_SHAPE_TICKETS : KIP_IMPORT_SHAPE_EVENTS;
    }
  else if (strcmp (key, "short-rows") == 0)
    {
      if (!read_choice (key, text, "refuse, fill", &place, error))
        return FALSE;
      settings->fill_short = place == 1;
    }
  else if (strcmp (key, "work-unit") == 0)
    {
      if (!read_choice (key, text, "seconds, minutes, hours", &place, error))
        return FALSE;
      settings->work_unit = units[place];
    }
  else if (strcmp (key, "unknown") == 0)
    {
      if (!read_choice (key, text, "tag, default, refuse", &place, error))
        return FALSE;
      settings->unknown = (KipImportUnknown) place;
    }
  else if (strcmp (key, "empty") == 0)
    {
      if (!read_choice (key, text, "keep, clear", &place, error))
        return FALSE;
      settings->clear_empty = place == 1;
    }
  else
    return fail (error, "import", key, _("There is no such setting."));
  return TRUE;
}

static gboolean
read_setting (KipImportSettings *settings,
              const char        *key,
              const char        *text,
              GError           **error)
{
  char **place = text_setting (settings, key);
  gboolean header = TRUE;

  if (place != NULL)
    return read_text (place, text);
  if (strcmp (key, "encoding") == 0)
    return read_encoding (settings, text, error);
  if (strcmp (key, "delimiter") == 0)
    return read_delimiter (settings, text, error);
  if (strcmp (key, "skip-lines") == 0)
    return read_count (key, text, &settings->skip_lines, error);
  if (strcmp (key, "header") == 0)
    {
      if (!read_bool (key, text, &header, error))
        return FALSE;
      settings->no_header = !header;
      return TRUE;
    }
  return read_word (settings, key, text, error);
}

static const KipImportFieldInfo *
field_of (const char *section,
          const char *key,
          GError    **error)
{
  const KipImportFieldInfo *info = kip_import_field_by_key (key);

  if (info == NULL)
    fail (error, section, key, _("There is no such field."));
  return info;
}

/* Undoes the escapes of a key: %3D → "=". */
static char *
unescape_key (const char *key)
{
  char *text = g_uri_unescape_string (key, NULL);

  return text != NULL ? text : g_strdup (key);
}

static gboolean
read_value (KipImportMap *map,
            const char   *section,
            const char   *key,
            const char   *text,
            GError      **error)
{
  const KipImportFieldInfo *info = field_of (section, section + strlen (VALUES_PREFIX), error);
  g_autofree char *source = unescape_key (key);

  if (info == NULL)
    return FALSE;
  if (kip_import_field_targets (info->field) == NULL)
    return fail (error, section, key, _("This field takes any text, it has no list of values."));
  if (*text == '\0')
    return fail (error, section, key, _("Nothing stands to the right of the equals sign."));
  kip_import_map_set_value (map, info->field, source, text);
  return TRUE;
}

static gboolean
read_unknown (KipImportMap *map,
              const char   *key,
              const char   *text,
              GError      **error)
{
  const KipImportFieldInfo *info = field_of ("unknown", key, error);
  int place = 0;

  if (info == NULL || !read_choice (key, text, "tag, default, refuse", &place, error))
    return FALSE;
  kip_import_map_set_unknown (map, info->field, (KipImportUnknown) place);
  return TRUE;
}

static gboolean
read_field (KipImportMap *map,
            const char   *section,
            const char   *key,
            const char   *text,
            GError      **error)
{
  const KipImportFieldInfo *info = field_of (section, key, error);

  if (info == NULL)
    return FALSE;
  if (strcmp (section, "columns") == 0)
    kip_import_map_set_column (map, info->field, text);
  else
    kip_import_map_set_default (map, info->field, text);
  return TRUE;
}

static gboolean
read_line (KipImportMap *map,
           const char   *section,
           const char   *key,
           const char   *text,
           GError      **error)
{
  if (strcmp (section, "import") == 0)
    return read_setting (&map->settings, key, text, error);
  if (strcmp (section, "columns") == 0 || strcmp (section, "defaults") == 0)
    return read_field (map, section, key, text, error);
  if (strcmp (section, "unknown") == 0)
    return read_unknown (map, key, text, error);
  if (g_str_has_prefix (section, VALUES_PREFIX))
    return read_value (map, section, key, text, error);
  return fail (error, section, key,
               _("There is no such section; there are import, columns, values:FIELD, defaults and unknown."));
}

static gboolean
read_section (KipImportMap *map,
              GKeyFile     *file,
              const char   *section,
              GError      **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, section, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *text = g_key_file_get_string (file, section, keys[i], NULL);

      if (text == NULL)
        return fail (error, section, keys[i], _("It is not valid text."));
      g_strstrip (text);
      if (!read_line (map, section, keys[i], text, error))
        return FALSE;
    }
  return TRUE;
}

KipImportMap *
kip_import_map_parse (const char *text,
                      GError    **error)
{
  g_autoptr (KipImportMap) map = kip_import_map_new ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) cause = NULL;
  g_auto (GStrv) sections = NULL;

  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  if (!g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, &cause))
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                   _("The mapping cannot be read: %s Nothing was imported."), cause->message);
      return NULL;
    }
  sections = g_key_file_get_groups (file, NULL);
  for (guint i = 0; sections[i] != NULL; i++)
    if (!read_section (map, file, sections[i], error))
      return NULL;
  return g_steal_pointer (&map);
}

/* ---- writing ---- */

/* Keys may hold neither "=" nor brackets, nor white space at an edge, nor start as a comment. */
static char *
escape_key (const char *text)
{
  GString *key = g_string_new (NULL);
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) text[i];
      gboolean edge = (i == 0 || i + 1 == length) && g_ascii_isspace (c);

      if (strchr ("=[]%", c) != NULL || c < ' ' || edge || (i == 0 && c == '#'))
        g_string_append_printf (key, "%%%02X", c);
      else
        g_string_append_c (key, (char) c);
    }
  return g_string_free (key, FALSE);
}

static void
put (GKeyFile   *file,
     const char *section,
     const char *key,
     const char *text)
{
  if (text != NULL)
    g_key_file_set_string (file, section, key, text);
}

static const char *
unknown_name (KipImportUnknown unknown)
{
  return unknown == KIP_IMPORT_UNKNOWN_TAG ? "tag"
         : unknown == KIP_IMPORT_UNKNOWN_DEFAULT ? "default" : "refuse";
}

static void
write_settings (KipImportMap *map,
                GKeyFile     *file)
{
  const KipImportSettings *s = &map->settings;
  g_autofree char *delimiter = s->delimiter != 0 ? kip_csv_delimiter_to_name (s->delimiter) : NULL;
  g_autofree char *skip = s->skip_lines > 0 ? g_strdup_printf ("%u", s->skip_lines) : NULL;

  put (file, "import", "name", s->name);
  put (file, "import", "shape", s->shape == KIP_IMPORT_SHAPE_EVENTS ? "events" : "tickets");
  put (file, "import", "time-zone", s->time_zone);
  put (file, "import", "dates", s->dates);
  put (file, "import", "encoding", s->encoding);
  put (file, "import", "delimiter", delimiter);
  put (file, "import", "skip-lines", skip);
  put (file, "import", "header", s->no_header ? "no" : NULL);
  put (file, "import", "short-rows", s->fill_short ? "fill" : NULL);
  put (file, "import", "work-unit", s->work_unit == 1 ? "seconds" : s->work_unit == 3600 ? "hours" : NULL);
  put (file, "import", "unknown", unknown_name (s->unknown));
  put (file, "import", "empty", s->clear_empty ? "clear" : NULL);
  put (file, "import", "tag", s->tag);
  put (file, "import", "recognise", s->recognise);
}

static void
write_values (KipImportMap  *map,
              KipImportField field,
              GKeyFile      *file)
{
  GPtrArray *values = kip_import_map_get_values (map, field);
  g_autofree char *section = g_strconcat (VALUES_PREFIX, kip_import_field_info (field)->key, NULL);

  for (guint i = 0; i < values->len; i++)
    {
      const KipImportValue *value = values->pdata[i];
      g_autofree char *key = escape_key (value->source);

      put (file, section, key, value->target);
    }
}

char *
kip_import_map_to_text (KipImportMap *map)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  write_settings (map, file);
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    put (file, "columns", kip_import_field_info (i)->key, map->fields[i].source);
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    write_values (map, i, file);
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    put (file, "defaults", kip_import_field_info (i)->key, map->fields[i].fallback);
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    if (map->fields[i].has_unknown)
      put (file, "unknown", kip_import_field_info (i)->key, unknown_name (map->fields[i].unknown));
  return g_key_file_to_data (file, NULL, NULL);
}

/* ---- files ---- */

static GResource *
shipped (void)
{
  return kip_exchange_get_resource ();
}

char **
kip_import_map_list_shipped (void)
{
  return g_resource_enumerate_children (shipped (), SHIPPED, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static KipImportMap *
load_shipped (const char *name,
              GError    **error)
{
  g_autofree char *path = g_strconcat (SHIPPED, name, g_str_has_suffix (name, ".ini") ? "" : ".ini", NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (shipped (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;

  if (bytes == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return kip_import_map_parse (text, error);
}

KipImportMap *
kip_import_map_load (const char *name,
                     GError    **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  KipImportMap *map;

  if (g_file_get_contents (name, &text, NULL, &cause))
    return kip_import_map_parse (text, error);
  map = load_shipped (name, error);
  if (map != NULL || (error != NULL && *error != NULL))
    return map;
  g_set_error (error, KIP_ERROR,
               g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? KIP_ERROR_NOT_FOUND : KIP_ERROR_IO,
               _("The mapping %s cannot be opened: %s. Nothing was imported."), name, cause->message);
  return NULL;
}

gboolean
kip_import_map_save (KipImportMap *map,
                     const char   *path,
                     GError      **error)
{
  g_autofree char *text = kip_import_map_to_text (map);
  g_autoptr (GError) cause = NULL;

  if (g_file_set_contents (path, text, -1, &cause))
    return TRUE;
  g_set_error (error, KIP_ERROR,
               g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? KIP_ERROR_NO_SPACE : KIP_ERROR_IO,
               _("The mapping could not be saved: %s. Choose another place."), cause->message);
  return FALSE;
}
