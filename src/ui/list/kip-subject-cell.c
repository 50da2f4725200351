/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-subject-cell.h"

#include "kip-excerpt.h"
#include "kip-icons.h"

#include <glib/gi18n-lib.h>

#define ICON 16
#define GAP 6

/* Behind what a search found, on any ground. */
#define HIT_RED 0x3500
#define HIT_GREEN 0x8400
#define HIT_BLUE 0xe400
#define HIT_ALPHA (G_MAXUINT16 / 4)

typedef enum
{
  MARK_CONFLICT = 1 << 0,
  MARK_DRAFT = 1 << 1,
  MARK_VIP = 1 << 2,
  MARK_ATTACHMENT = 1 << 3,
  MARK_UNANSWERED = 1 << 4
} Marks;

static const struct
{
  Marks       mark;
  const char *icon;
  const char *label;
} marks[] = {
  { MARK_CONFLICT, "kip-conflict-symbolic", N_("two values to choose from") },
  { MARK_DRAFT, "document-edit-symbolic", N_("a draft") },
  { MARK_VIP, "kip-vip-symbolic", N_("VIP") },
  { MARK_ATTACHMENT, "mail-attachment-symbolic", N_("attachment") },
  { MARK_UNANSWERED, NULL, N_("unanswered") },
};

struct _KipSubjectCell
{
  GtkWidget  parent_instance;
  GtkWidget *text;
  GtkWidget *excerpt; /* (nullable) until there was a search */
  Marks      marks;
  int        line;    /* height of the subject's line */
};

G_DEFINE_FINAL_TYPE (KipSubjectCell, kip_subject_cell, GTK_TYPE_WIDGET)

static int
icons_width (KipSubjectCell *self)
{
  int width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if ((self->marks & marks[i].mark) && marks[i].icon != NULL)
      width += ICON + GAP;
  return width;
}

/* ---- GtkWidget ---- */

static gboolean
has_excerpt (KipSubjectCell *self)
{
  return self->excerpt != NULL && gtk_widget_get_visible (self->excerpt);
}

/* The subject and the excerpt below have the same width. */
static void
kip_subject_cell_measure (GtkWidget     *widget,
                          GtkOrientation orientation,
                          int            for_size,
                          int           *minimum,
                          int           *natural,
                          int           *minimum_baseline,
                          int           *natural_baseline)
{
  KipSubjectCell *self = KIP_SUBJECT_CELL (widget);
  int more = 0;

  gtk_widget_measure (self->text, orientation, -1, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  if (has_excerpt (self))
    gtk_widget_measure (self->excerpt, orientation, -1, &more, NULL, NULL, NULL);
  *minimum = MAX (*minimum, ICON) + more;
  *natural = MAX (*natural, ICON) + more;
}

static void
kip_subject_cell_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  KipSubjectCell *self = KIP_SUBJECT_CELL (widget);
  int icons = MIN (icons_width (self), width);
  gboolean right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation child = { right ? icons : 0, 0, width - icons, height };
  int below = 0;

  if (has_excerpt (self))
    {
      gtk_widget_measure (self->excerpt, GTK_ORIENTATION_VERTICAL, -1, &below, NULL, NULL, NULL);
      gtk_widget_size_allocate (self->excerpt, &(GtkAllocation) { 0, height - below, width, below }, -1);
    }
  child.height = self->line = height - below;
  gtk_widget_size_allocate (self->text, &child, below > 0 ? -1 : baseline);
}

static void
kip_subject_cell_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  KipSubjectCell *self = KIP_SUBJECT_CELL (widget);
  int width = gtk_widget_get_width (widget);
  gboolean right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float x = right ? 0 : width - icons_width (self) + GAP;
  GdkRGBA color;

  gtk_widget_snapshot_child (widget, self->text, snapshot);
  if (has_excerpt (self))
    gtk_widget_snapshot_child (widget, self->excerpt, snapshot);
  if (icons_width (self) == 0 || icons_width (self) > width)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (!(self->marks & marks[i].mark) || marks[i].icon == NULL)
        continue;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, (self->line - ICON) / 2));
      kip_snapshot_icon (snapshot, widget, marks[i].icon, ICON, &color);
      gtk_snapshot_restore (snapshot);
      x += ICON + GAP;
    }
}

static gboolean kip_subject_cell_query_tooltip (GtkWidget  *widget,
                                                int         x,
                                                int         y,
                                                gboolean    keyboard,
                                                GtkTooltip *tooltip);

/* ---- class ---- */

static void
kip_subject_cell_dispose (GObject *object)
{
  KipSubjectCell *self = KIP_SUBJECT_CELL (object);

  g_clear_pointer (&self->text, gtk_widget_unparent);
  g_clear_pointer (&self->excerpt, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_subject_cell_parent_class)->dispose (object);
}

static void
kip_subject_cell_class_init (KipSubjectCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_subject_cell_dispose;
  widget_class->measure = kip_subject_cell_measure;
  widget_class->size_allocate = kip_subject_cell_size_allocate;
  widget_class->snapshot = kip_subject_cell_snapshot;
  widget_class->query_tooltip = kip_subject_cell_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
new_line (KipSubjectCell *self)
{
  GtkWidget *line = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (line), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (line), 8);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (line), 30);
  gtk_widget_set_parent (line, GTK_WIDGET (self));
  return line;
}

static void
kip_subject_cell_init (KipSubjectCell *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  self->text = new_line (self);
}

/* ---- what it says ---- */

static Marks
marks_of (const KipTicketRow *row,
          gboolean            draft)
{
  return (row->conflict ? MARK_CONFLICT : 0) | (draft ? MARK_DRAFT : 0) | (row->vip ? MARK_VIP : 0) |
         (row->n_attachments > 0 ? MARK_ATTACHMENT : 0) | (row->unanswered ? MARK_UNANSWERED : 0);
}

/* (transfer full) */
static char *
marks_text (KipSubjectCell *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (self->marks & marks[i].mark)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _(marks[i].label));
  return g_string_free (text, FALSE);
}

static void
tell_marks (KipSubjectCell *self)
{
  g_autofree char *text = marks_text (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static gboolean
is_cut (GtkInscription *line)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (line), gtk_inscription_get_text (line));
  int width;

  pango_layout_set_attributes (layout, gtk_inscription_get_attributes (line));
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width > gtk_widget_get_width (GTK_WIDGET (line));
}

/* The whole subject where it is cut, and what the marks say. */
static gboolean
kip_subject_cell_query_tooltip (GtkWidget  *widget,
                                int         x,
                                int         y,
                                gboolean    keyboard,
                                GtkTooltip *tooltip)
{
  KipSubjectCell *self = KIP_SUBJECT_CELL (widget);
  const char *subject = gtk_inscription_get_text (GTK_INSCRIPTION (self->text));
  g_autofree char *said = marks_text (self);
  g_autofree char *text = NULL;

  if (subject == NULL || *subject == '\0' || (*said == '\0' && !is_cut (GTK_INSCRIPTION (self->text))))
    return FALSE;
  text = *said != '\0' ? g_strdup_printf ("%s\n%s", subject, said) : g_strdup (subject);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static PangoAttrList *
bold (void)
{
  static PangoAttrList *list;

  if (list == NULL)
    {
      list = pango_attr_list_new ();
      pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
    }
  return list;
}

static void
add_attribute (PangoAttrList  *attributes,
               PangoAttribute *attribute,
               guint           start,
               guint           end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

/* @marked without its \1 and \2, and @attributes for what stood between them. (transfer full) */
static char *
take_hits (const char    *marked,
           PangoAttrList *attributes)
{
  GString *text = g_string_new (NULL);
  gsize hit = 0;

  for (const char *p = marked; *p != '\0'; p++)
    {
      if (*p == '\1')
        hit = text->len;
      else if (*p == '\2')
        {
          add_attribute (attributes, pango_attr_background_new (HIT_RED, HIT_GREEN, HIT_BLUE), hit, text->len);
          add_attribute (attributes, pango_attr_background_alpha_new (HIT_ALPHA), hit, text->len);
          add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), hit, text->len);
        }
      else
        g_string_append_c (text, *p);
    }
  return g_string_free (text, FALSE);
}

static void
show_marked (GtkWidget  *inscription,
             const char *marked)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autofree char *text = take_hits (marked, attributes);

  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), text);
  gtk_inscription_set_attributes (GTK_INSCRIPTION (inscription), attributes);
}

static void
show_subject (KipSubjectCell     *self,
              const KipTicketRow *row,
              GPtrArray          *words)
{
  g_autofree char *marked = row != NULL && words != NULL ? kip_excerpt_mark (row->subject, words) : NULL;

  if (marked != NULL)
    {
      show_marked (self->text, marked);
      return;
    }
  gtk_inscription_set_text (GTK_INSCRIPTION (self->text), row != NULL ? row->subject : NULL);
  gtk_inscription_set_attributes (GTK_INSCRIPTION (self->text), row != NULL && row->unanswered ? bold () : NULL);
}

/* The line is there as soon as one searches, so that rows do not grow when it is read. */
static void
show_excerpt (KipSubjectCell *self,
              gboolean        searching,
              const char     *excerpt)
{
  if (searching && self->excerpt == NULL)
    {
      self->excerpt = new_line (self);
      gtk_widget_add_css_class (self->excerpt, "kip-dim");
      gtk_widget_add_css_class (self->excerpt, "caption");
    }
  if (self->excerpt == NULL)
    return;
  gtk_widget_set_visible (self->excerpt, searching);
  if (searching)
    show_marked (self->excerpt, excerpt != NULL ? excerpt : "");
}

/* ---- public ---- */

GtkWidget *
kip_subject_cell_new (void)
{
  return g_object_new (KIP_TYPE_SUBJECT_CELL, NULL);
}

void
kip_subject_cell_set (KipSubjectCell     *self,
                      const KipTicketRow *row,
                      gboolean            draft,
                      GPtrArray          *words,
                      const char         *excerpt)
{
  Marks now;

  g_return_if_fail (KIP_IS_SUBJECT_CELL (self));

  show_subject (self, row, words);
  show_excerpt (self, words != NULL, row != NULL ? excerpt : NULL);
  now = row != NULL ? marks_of (row, draft) : 0;
  if (now == self->marks)
    return;
  self->marks = now;
  tell_marks (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
