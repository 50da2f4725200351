/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-help-page.h"

#include <md4c.h>
#include <string.h>

/* Where a reader of the Markdown stands. */
typedef struct
{
  GtkBox   *page;   /* borrowed */
  GString  *markup; /* (owned) of the block being read */
  GtkGrid  *table;  /* (nullable) borrowed */
  int       row, column;
  gboolean  in_item;
  gboolean  in_head;
} Reader;

/* ---- blocks ---- */

static GtkWidget *
text_label (const char *markup,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_text (Reader     *reader,
          const char *css_class)
{
  if (reader->markup->len > 0)
    gtk_box_append (reader->page, text_label (reader->markup->str, css_class));
  g_string_truncate (reader->markup, 0);
}

static void
add_heading (Reader *reader,
             guint   level)
{
  GtkWidget *label = text_label (reader->markup->str, level == 1 ? "title-1" : "title-4");

  gtk_widget_set_margin_top (label, level == 1 ? 0 : 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, (int) level, -1);
  gtk_box_append (reader->page, label);
  g_string_truncate (reader->markup, 0);
}

static void
add_item (Reader *reader)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *bullet = gtk_label_new ("•");
  GtkWidget *text = text_label (reader->markup->str, NULL);

  gtk_widget_set_valign (bullet, GTK_ALIGN_START);
  gtk_widget_add_css_class (bullet, "dim-label");
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (line), bullet);
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (reader->page, line);
  g_string_truncate (reader->markup, 0);
}

static GtkGrid *
new_table (GtkBox *page)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  gtk_widget_add_css_class (grid, "card");
  gtk_widget_add_css_class (grid, "kip-help-table");
  gtk_box_append (page, grid);
  return GTK_GRID (grid);
}

static GtkWidget *
add_cell (GtkGrid    *table,
          int         column,
          int         row,
          const char *markup,
          const char *css_class)
{
  GtkWidget *label = text_label (markup, css_class);

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_grid_attach (table, label, column, row, 1, 1);
  return label;
}

static void
add_table_cell (Reader *reader)
{
  GtkWidget *cell = add_cell (reader->table, reader->column++, reader->row, reader->markup->str,
                              reader->in_head ? "heading" : NULL);

  gtk_widget_set_hexpand (cell, TRUE);
  g_string_truncate (reader->markup, 0);
}

static int
enter_block (MD_BLOCKTYPE type,
             void        *detail,
             void        *data)
{
  Reader *reader = data;

  switch (type)
    {
    case MD_BLOCK_LI:
      reader->in_item = TRUE;
      break;
    case MD_BLOCK_TABLE:
      reader->table = new_table (reader->page);
      reader->row = 0;
      break;
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
      reader->in_head = type == MD_BLOCK_THEAD;
      break;
    case MD_BLOCK_TR:
      reader->column = 0;
      break;
    default:
      break;
    }
  return 0;
}

static int
leave_block (MD_BLOCKTYPE type,
             void        *detail,
             void        *data)
{
  Reader *reader = data;

  switch (type)
    {
    case MD_BLOCK_H:
      add_heading (reader, ((MD_BLOCK_H_DETAIL *) detail)->level);
      break;
    case MD_BLOCK_P:
      if (!reader->in_item)
        add_text (reader, NULL);
      break;
    case MD_BLOCK_CODE:
      add_text (reader, "monospace");
      break;
    case MD_BLOCK_LI:
      add_item (reader);
      reader->in_item = FALSE;
      break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      add_table_cell (reader);
      break;
    case MD_BLOCK_TR:
      reader->row++;
      break;
    default:
      break;
    }
  return 0;
}

/* ---- spans ---- */

static const char *
tag_of (MD_SPANTYPE type)
{
  switch (type)
    {
    case MD_SPAN_STRONG:
      return "b";
    case MD_SPAN_EM:
      return "i";
    case MD_SPAN_CODE:
      return "tt";
    default:
      return NULL;
    }
}

static int
enter_span (MD_SPANTYPE type,
            void       *detail,
            void       *data)
{
  if (tag_of (type) != NULL)
    g_string_append_printf (((Reader *) data)->markup, "<%s>", tag_of (type));
  return 0;
}

static int
leave_span (MD_SPANTYPE type,
            void       *detail,
            void       *data)
{
  if (tag_of (type) != NULL)
    g_string_append_printf (((Reader *) data)->markup, "</%s>", tag_of (type));
  return 0;
}

static int
read_text (MD_TEXTTYPE    type,
           const MD_CHAR *text,
           MD_SIZE        size,
           void          *data)
{
  Reader *reader = data;
  g_autofree char *escaped = NULL;

  if (type == MD_TEXT_SOFTBR || type == MD_TEXT_BR)
    {
      g_string_append_c (reader->markup, type == MD_TEXT_BR ? '\n' : ' ');
      return 0;
    }
  escaped = g_markup_escape_text (text, (gssize) size);
  g_string_append (reader->markup, escaped);
  return 0;
}

/* ---- public ---- */

GtkWidget *
kip_help_page_new (const char *markdown)
{
  static const MD_PARSER parser = {
    .flags = MD_FLAG_TABLES,
    .enter_block = enter_block,
    .leave_block = leave_block,
    .enter_span = enter_span,
    .leave_span = leave_span,
    .text = read_text,
  };
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  Reader reader = { .page = GTK_BOX (page), .markup = g_string_new (NULL) };

  md_parse (markdown, (MD_SIZE) strlen (markdown), &parser, &reader);
  g_string_free (reader.markup, TRUE);
  return page;
}

char *
kip_help_page_title (const char *markdown)
{
  const char *start = g_str_has_prefix (markdown, "# ") ? markdown + 2 : markdown;

  return g_strndup (start, strcspn (start, "\n"));
}
