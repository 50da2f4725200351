/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-columns.h"

#include <glib/gi18n-lib.h>

#include "kip-csv-sniff.h"
#include "kip-import-edit.h"
#include "kip-pick-row.h"
#include "kip-switch-row.h"
#include "kip-text-row.h"

#define N_EXAMPLES 3

struct _KipImportColumns
{
  AdwBin parent_instance;

  KipImportDraft *draft; /* (nullable) borrowed */
  KipImportShape  shown_shape; /* whose fields the rows offer */
  char          **shown_header; /* (owned) (nullable) whose columns the rows are */
  gboolean        quiet; /* the program fills the form, not the person */

  AdwPreferencesGroup *file_group;
  KipPickRow     *shape_row;
  AdwExpanderRow *file_row;
  KipPickRow     *delimiter_row;
  KipTextRow     *encoding_row;
  KipSwitchRow   *header_row;
  KipTextRow     *dates_row;
  KipTextRow     *zone_row;
  KipTextRow     *tag_row;
  GtkListBox     *list;
  GtkListBox     *composed;
  GtkWidget      *composed_group;
};

G_DEFINE_FINAL_TYPE (KipImportColumns, kip_import_columns, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_READ_AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const *
header_of (KipImportColumns *self)
{
  return (const char *const *) self->draft->sample->header;
}

static void show_columns (KipImportColumns *self);
static void show_composed (KipImportColumns *self);

static void
changed (KipImportColumns *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- the columns ---- */

static void
column_cb (KipPickRow       *row,
           KipImportColumns *self)
{
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  kip_import_map_use_column (self->draft->map, header_of (self), index, (KipImportField) kip_pick_row_get_value (row));
  show_columns (self);
  show_composed (self);
  changed (self);
}

static void
fill_fields (KipImportColumns *self,
             KipPickRow       *row)
{
  gboolean events = kip_import_map_settings (self->draft->map)->shape == KIP_IMPORT_SHAPE_EVENTS;

  kip_pick_row_begin (row);
  kip_pick_row_add (row, KIP_IMPORT_N_FIELDS, _("Left out"));
  for (int i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    {
      const KipImportFieldInfo *info = kip_import_field_info ((KipImportField) i);

      if (events ? info->in_events : info->in_rows)
        kip_pick_row_add (row, i, _(info->label));
    }
  kip_pick_row_end (row);
}

static GtkWidget *
make_column_row (KipImportColumns *self,
                 guint             index)
{
  GtkWidget *row = kip_pick_row_new ("");
  g_autofree char *examples = kip_import_examples (self->draft->sample->rows, index, N_EXAMPLES);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), header_of (self)[index]);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), *examples != '\0' ? examples : _("empty in the first lines"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  fill_fields (self, KIP_PICK_ROW (row));
  g_signal_connect (row, "commit", G_CALLBACK (column_cb), self);
  return row;
}

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static gboolean
shows_this (KipImportColumns *self)
{
  return self->shown_header != NULL
         && self->shown_shape == kip_import_map_settings (self->draft->map)->shape
         && g_strv_equal ((const char *const *) self->shown_header, header_of (self));
}

static void
show_columns (KipImportColumns *self)
{
  if (!shows_this (self))
    {
      clear (self->list);
      for (guint i = 0; header_of (self)[i] != NULL; i++)
        gtk_list_box_append (self->list, make_column_row (self, i));
      g_strfreev (self->shown_header);
      self->shown_header = g_strdupv (self->draft->sample->header);
      self->shown_shape = kip_import_map_settings (self->draft->map)->shape;
    }
  for (guint i = 0; header_of (self)[i] != NULL; i++)
    kip_pick_row_set_value (KIP_PICK_ROW (gtk_list_box_get_row_at_index (self->list, (int) i)),
                            kip_import_map_field_of (self->draft->map, header_of (self), i));
}

/* ---- what is put together ---- */

static void
composed_cb (KipTextRow       *row,
             KipImportColumns *self)
{
  KipImportField field = (KipImportField) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "kip-field"));
  g_autofree char *text = kip_text_row_dup_text (row);
  g_autoptr (KipImportColumn) column = NULL;
  g_autoptr (GError) error = NULL;

  if (self->draft == NULL)
    return;
  column = *text != '\0' ? kip_import_column_compile (text, header_of (self), &error) : NULL;
  if (error != NULL)
    {
      kip_text_row_refuse (row, error->message);
      return;
    }
  kip_import_map_set_column (self->draft->map, field, *text != '\0' ? text : NULL);
  kip_text_row_set_value (row, text);
  show_columns (self);
  changed (self);
}

static void
show_composed (KipImportColumns *self)
{
  g_autoptr (GArray) fields = kip_import_map_list_composed (self->draft->map, header_of (self));

  clear (self->composed);
  for (guint i = 0; i < fields->len; i++)
    {
      KipImportField field = g_array_index (fields, KipImportField, i);
      GtkWidget *row = kip_text_row_new (_(kip_import_field_info (field)->label));

      kip_text_row_set_value (KIP_TEXT_ROW (row), kip_import_map_get_column (self->draft->map, field));
      g_object_set_data (G_OBJECT (row), "kip-field", GINT_TO_POINTER (field));
      g_signal_connect (row, "commit", G_CALLBACK (composed_cb), self);
      gtk_list_box_append (self->composed, row);
    }
  gtk_widget_set_visible (self->composed_group, fields->len > 0);
}

/* ---- how the file is written ---- */

static void
replace_text (char      **place,
              KipTextRow *row)
{
  g_autofree char *text = kip_text_row_dup_text (row);

  g_free (*place);
  *place = *text != '\0' ? g_strdup (text) : NULL;
  kip_text_row_set_value (row, text);
}

static void
shape_cb (KipImportColumns *self)
{
  kip_import_map_settings (self->draft->map)->shape = (KipImportShape) kip_pick_row_get_value (self->shape_row);
  show_columns (self);
  changed (self);
}

static void
reading_cb (KipImportColumns *self)
{
  KipImportSettings *settings;

  if (self->quiet || self->draft == NULL)
    return;
  settings = kip_import_map_settings (self->draft->map);
  settings->delimiter = (char) kip_pick_row_get_value (self->delimiter_row);
  settings->no_header = !kip_switch_row_get_value (self->header_row);
  replace_text (&settings->encoding, self->encoding_row);
  g_signal_emit (self, signals[SIGNAL_READ_AGAIN], 0);
}

static void
meaning_cb (KipImportColumns *self)
{
  KipImportSettings *settings;

  if (self->quiet || self->draft == NULL)
    return;
  settings = kip_import_map_settings (self->draft->map);
  replace_text (&settings->dates, self->dates_row);
  replace_text (&settings->time_zone, self->zone_row);
  replace_text (&settings->tag, self->tag_row);
  changed (self);
}

static void
fill_choices (KipImportColumns *self)
{
  kip_pick_row_begin (self->shape_row);
  kip_pick_row_add (self->shape_row, KIP_IMPORT_SHAPE_TICKETS, _("a ticket"));
  kip_pick_row_add (self->shape_row, KIP_IMPORT_SHAPE_EVENTS, _("an event of a ticket"));
  kip_pick_row_end (self->shape_row);
  kip_pick_row_begin (self->delimiter_row);
  kip_pick_row_add (self->delimiter_row, 0, _("Found by looking"));
  kip_pick_row_add (self->delimiter_row, ',', _("Comma"));
  kip_pick_row_add (self->delimiter_row, ';', _("Semicolon"));
  kip_pick_row_add (self->delimiter_row, '\t', _("Tab"));
  kip_pick_row_add (self->delimiter_row, '|', _("Vertical bar"));
  kip_pick_row_end (self->delimiter_row);
}

static void
show_file (KipImportColumns *self)
{
  const KipImportSettings *settings = kip_import_map_settings (self->draft->map);
  const KipImportSample *sample = self->draft->sample;
  g_autofree char *name = g_file_get_basename (self->draft->file);
  g_autofree char *delimiter = kip_csv_delimiter_to_name (sample->delimiter);
  g_autofree char *about = g_strdup_printf (ngettext ("%u column", "%u columns", g_strv_length (sample->header)),
                                            g_strv_length (sample->header));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", about, delimiter, sample->encoding);

  adw_preferences_group_set_title (self->file_group, name);
  adw_expander_row_set_subtitle (self->file_row, subtitle);
  kip_pick_row_set_value (self->shape_row, settings->shape);
  kip_pick_row_set_value (self->delimiter_row, settings->delimiter);
  kip_text_row_set_value (self->encoding_row, settings->encoding);
  kip_switch_row_set_value (self->header_row, !settings->no_header);
  kip_text_row_set_value (self->dates_row, settings->dates);
  kip_text_row_set_value (self->zone_row, settings->time_zone);
  kip_text_row_set_value (self->tag_row, settings->tag);
}

/* ---- object ---- */

static void
kip_import_columns_finalize (GObject *object)
{
  g_strfreev (KIP_IMPORT_COLUMNS (object)->shown_header);
  G_OBJECT_CLASS (kip_import_columns_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KipImportColumns, file_group);
  gtk_widget_class_bind_template_child (widget_class, KipImportColumns, shape_row);
  gtk_widget_class_bind_template_child (widget_class, KipImportColumns, file_row);
  gtk_widget_class_bind_template_child (widget_class, KipImportColumns, delimiter_row);
  gtk_widget_class_bind_template_child (widget_class, KipImportColumns, encoding_row);
  gtk_widget_class_bind_template_child (widget_class, KipImportColumns, header_row);
  gtk_widget_class_bind_template_child (widget_class, KipImportColumns, dates_row);
  gtk_widget_class_bind_template_child (widget_class, KipImportColumns, zone_row);
  gtk_widget_class_bind_template_child (widget_class, KipImportColumns, tag_row);
  gtk_widget_class_bind_template_child (widget_class, KipImportColumns, list);
  gtk_widget_class_bind_template_child (widget_class, KipImportColumns, composed);
  gtk_widget_class_bind_template_child (widget_class, KipImportColumns, composed_group);
}

static void
kip_import_columns_class_init (KipImportColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kip_import_columns_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KIP_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_READ_AGAIN] = g_signal_new ("read-again", KIP_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 0);
  g_type_ensure (KIP_TYPE_PICK_ROW);
  g_type_ensure (KIP_TYPE_SWITCH_ROW);
  g_type_ensure (KIP_TYPE_TEXT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-import-columns.ui");
  bind_children (widget_class);
}

static void
kip_import_columns_init (KipImportColumns *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self);
  g_signal_connect_swapped (self->shape_row, "commit", G_CALLBACK (shape_cb), self);
  g_signal_connect_swapped (self->delimiter_row, "commit", G_CALLBACK (reading_cb), self);
  g_signal_connect_swapped (self->encoding_row, "commit", G_CALLBACK (reading_cb), self);
  g_signal_connect_swapped (self->header_row, "commit", G_CALLBACK (reading_cb), self);
  g_signal_connect_swapped (self->dates_row, "commit", G_CALLBACK (meaning_cb), self);
  g_signal_connect_swapped (self->zone_row, "commit", G_CALLBACK (meaning_cb), self);
  g_signal_connect_swapped (self->tag_row, "commit", G_CALLBACK (meaning_cb), self);
}

/* ---- public ---- */

void
kip_import_columns_show (KipImportColumns *self,
                         KipImportDraft   *draft)
{
  self->draft = draft;
  self->quiet = TRUE;
  show_file (self);
  show_columns (self);
  show_composed (self);
  self->quiet = FALSE;
}

char *
kip_import_columns_dup_problem (KipImportColumns *self)
{
  g_autoptr (GError) error = NULL;

  if (kip_import_map_check (self->draft->map, &error))
    return NULL;
  return g_strdup (error->message);
}
