/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-map.h"

#include "kip-config.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *key;
  const char *choices; /* NULL: any text */
  const char *meaning; /* N_() */
} Setting;

static const Setting settings[] = {
  { "name", NULL, N_("What this mapping is called.") },
  { "shape", "tickets, events",
    N_("tickets: every row is a ticket. events: every row is something that happened to one; the rows "
       "of a ticket share its key, in any order, and its history is kept at its true times.") },
  { "time-zone", "Asia/Ho_Chi_Minh …", N_("Of times without a zone. Left out: the office's.") },
  { "dates", NULL,
    N_("How times are written, several with semicolons, tried in order: iso (2026-03-12T16:30), epoch, "
       "epoch-ms, excel, or a pattern of dd mm yyyy yy mmm HH MM SS zzz such as dd/mm/yyyy HH:MM. "
       "Left out: iso, and days before months.") },
  { "encoding", "utf-8, utf-16, windows-1258 …", N_("Left out: found by looking.") },
  { "delimiter", "comma, semicolon, tab, pipe", N_("Or any one character. Left out: found by looking.") },
  { "header", "yes, no", N_("no: the first row is data, and the columns are called 1, 2, 3 and so on.") },
  { "skip-lines", "0 … 1000", N_("How many lines stand above the header.") },
  { "short-rows", "refuse, fill", N_("What to do with rows that have too few cells.") },
  { "work-unit", "seconds, minutes, hours", N_("Of plain numbers in work. Left out: minutes.") },
  { "unknown", "tag, default, refuse",
    N_("What to do with a value that is not understood: take the default and keep the value as a tag, "
       "take the default, or refuse the row. The report tells in every case.") },
  { "empty", "keep, clear", N_("Events: whether an empty cell changes nothing or empties the field.") },
  { "tag", NULL, N_("A tag for every ticket of this import.") },
  { "recognise", NULL, N_("Columns, with semicolons, by which this mapping is found by itself.") },
};

static void
add_wrapped (GString    *out,
             const char *indent,
             const char *text,
             gsize       width)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  glong column = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      glong length = g_utf8_strlen (words[i], -1);

      if (i > 0 && column + 1 + length > (glong) width)
        {
          g_string_append_c (out, '\n');
          column = 0;
        }
      if (column == 0)
        {
          g_string_append (out, indent);
          column = g_utf8_strlen (indent, -1);
        }
      else
        {
          g_string_append_c (out, ' ');
          column++;
        }
      g_string_append (out, words[i]);
      column += length;
    }
  g_string_append_c (out, '\n');
}

static void
add_settings (GString *out)
{
  g_string_append (out, "\n[import]\n");
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_string_append_printf (out, "  %s=%s\n", settings[i].key, settings[i].choices != NULL ? settings[i].choices : "…");
      add_wrapped (out, "      ", _(settings[i].meaning), 78);
    }
}

static void
add_fields (GString *out)
{
  g_string_append (out, "\n[columns]\n");
  add_wrapped (out, "  ", _("One line for each field: where it comes from. Only key is needed, and time for "
                            "events. To the right of the equals sign stands"), 78);
  g_string_append_printf (out, "      Opened at             %s\n", _("the column of that name"));
  g_string_append_printf (out, "      #3                    %s\n", _("the third column"));
  g_string_append_printf (out, "      Caller {caller_id}    %s\n", _("a text with columns in braces"));
  g_string_append_printf (out, "      =phone                %s\n", _("that very text, for every ticket"));
  g_string_append_printf (out, "      Opened at | Created   %s\n", _("the first whose columns all hold something"));
  g_string_append_c (out, '\n');
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    {
      const KipImportFieldInfo *info = kip_import_field_info (i);

      g_string_append_printf (out, "  %s%s\n", info->key, info->in_rows ? "" : _("   (events only)"));
      add_wrapped (out, "      ", _(info->hint), 78);
    }
}

static void
add_values (GString *out)
{
  g_string_append (out, "\n[values:status] …\n");
  add_wrapped (out, "  ", _("What the cells of a field mean: a line CELL=VALUE for each. Case and accents need "
                            "not match. Values that are not listed are understood when they are a usual word "
                            "in English or Vietnamese. In CELL, %3D stands for an equals sign, %5B and %5D for "
                            "brackets, %25 for a percent sign. The values are, besides ignore and refuse:"), 78);
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    {
      const char *const *targets = kip_import_field_targets (i);
      g_autofree char *list = targets != NULL ? g_strjoinv (", ", (char **) targets) : NULL;
      g_autofree char *line = list != NULL ? g_strdup_printf ("%s: %s", kip_import_field_info (i)->key, list) : NULL;

      if (line != NULL)
        add_wrapped (out, "      ", line, 78);
    }
  add_wrapped (out, "  ", _("A status may also be one of the office's own, by its key or its name."), 78);
}

static void
add_example (GString *out)
{
  g_string_append_printf (out, "\n%s\n", _("An example:"));
  g_string_append (out,
                   "\n"
                   "  [import]\n"
                   "  shape=events\n"
                   "  dates=dd/mm/yyyy HH:MM\n"
                   "\n"
                   "  [columns]\n"
                   "  key=Number\n"
                   "  time=Changed\n"
                   "  actor=Changed by\n"
                   "  subject={Category}: {Summary} | Summary\n"
                   "  requester=Caller {Caller}\n"
                   "  received=Opened | Changed\n"
                   "  channel==phone\n"
                   "  status=State\n"
                   "  priority=Priority\n"
                   "\n"
                   "  [values:status]\n"
                   "  In Bearbeitung=open\n"
                   "  Wartet auf Anwender=waiting-requester\n"
                   "  -100=ignore\n"
                   "\n"
                   "  [defaults]\n"
                   "  priority=normal\n");
}

char *
kip_import_map_describe (void)
{
  GString *out = g_string_new (NULL);

  add_wrapped (out, "", _("A mapping file says how the columns of a CSV file become tickets. It has sections in "
                          "brackets, with one key=value a line; lines that start with # are comments."), 78);
  add_settings (out);
  add_fields (out);
  add_values (out);
  g_string_append (out, "\n[defaults]\n");
  add_wrapped (out, "  ", _("A line FIELD=VALUE for each field that has a value where its cell is empty or not "
                            "understood."), 78);
  g_string_append (out, "\n[unknown]\n");
  add_wrapped (out, "  ", _("A line FIELD=tag, default or refuse where one field is to differ from the setting."), 78);
  add_example (out);
  return g_string_free (out, FALSE);
}
