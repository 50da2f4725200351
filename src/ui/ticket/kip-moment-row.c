/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-moment-row.h"

#include "kip-attachment-chip.h"
#include "kip-clock.h"
#include "kip-format.h"
#include "kip-link-text.h"
#include "kip-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _KipMomentRow
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkWidget *day_label;
  GtkWidget *bubble;
  GtkImage  *icon;
  GtkLabel  *title_label;
  GtkLabel  *time_label;
  GtkWidget *undo_button;
  GtkLabel  *text_label;
  GtkLabel  *lines_label;
  GtkWidget *files_box;
  KipMoment *moment; /* (owned) (nullable) */
  KipCase   *kase;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (KipMomentRow, kip_moment_row, GTK_TYPE_WIDGET)

/* How each kind of message looks: at the side of who wrote it, and marked. */
typedef struct
{
  KipMessageKind kind; /* 0: nothing was said */
  const char    *css_class;
  const char    *icon;
  int            start, end; /* margins in pixels */
} Look;

static const Look looks[] = {
  { 0, "kip-quiet", "document-edit-symbolic", 0, 0 },
  { KIP_MESSAGE_INCOMING, "kip-incoming", "user-available-symbolic", 0, 36 },
  { KIP_MESSAGE_REPLY, "kip-reply", "mail-reply-sender-symbolic", 36, 0 },
  { KIP_MESSAGE_CALL, "kip-call", "kip-logged-call-symbolic", 36, 0 },
  { KIP_MESSAGE_NOTE, "kip-note", "kip-internal-note-symbolic", 36, 0 },
  { KIP_MESSAGE_AUTOMATIC, "kip-automatic", "mail-reply-sender-symbolic", 36, 0 },
};

static const Look *
look_for (KipMessageKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].kind == kind)
      return &looks[i];
  return &looks[0];
}

static void
apply_look (KipMomentRow *self)
{
  const Look *look = look_for (kip_moment_get_message_kind (self->moment));

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (self->bubble, looks[i].css_class);
  gtk_widget_add_css_class (self->bubble, look->css_class);
  gtk_widget_set_margin_start (self->bubble, look->start);
  gtk_widget_set_margin_end (self->bubble, look->end);
  gtk_image_set_from_icon_name (self->icon, kip_moment_is_tiding (self->moment) ? "dialog-information-symbolic" : look->icon);
}

/* ---- texts ---- */

static char *
format_title (KipMomentRow *self)
{
  const KipWords *words = kip_case_get_words (self->kase);
  g_autofree char *person = kip_format_person (words->office, kip_moment_get_person (self->moment), "Kip");
  g_autofree char *escaped = g_markup_escape_text (person, -1);
  g_autofree char *who = g_strdup_printf ("<b>%s</b>", escaped);
  g_autofree char *title = kip_moment_title (self->moment, words, who);

  if (kip_moment_is_refused (self->moment))
    /* Translators: what was done, in markup, on a computer that was out by then */
    return g_strdup_printf (_("<s>%s</s> · does not count: this computer had been removed from the office"), title);
  if (!kip_moment_is_undone (self->moment))
    return g_steal_pointer (&title);
  /* Translators: what happened, in markup, but was undone later */
  return g_strdup_printf (_("<s>%s</s> · undone"), title);
}

static void
show_text (KipMomentRow *self)
{
  const char *text = kip_moment_get_text (self->moment);
  g_autofree char *markup = text != NULL ? kip_link_text_to_markup (text) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->text_label), markup != NULL);
  gtk_label_set_markup (self->text_label, markup != NULL ? markup : "");
}

/* What a ticket began with is also in its fields: it need not fill the screen. */
static void
show_lines (KipMomentRow *self)
{
  g_auto (GStrv) lines = kip_moment_lines (self->moment, kip_case_get_words (self->kase));
  g_autofree char *text = g_strjoinv (kip_moment_is_new (self->moment) ? " · " : "\n", lines);

  gtk_widget_set_visible (GTK_WIDGET (self->lines_label), *text != '\0');
  gtk_label_set_label (self->lines_label, text);
}

static void
clear_files (KipMomentRow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->files_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->files_box), child);
}

static void
show_files (KipMomentRow *self)
{
  g_autoptr (GPtrArray) files = kip_moment_attachments (self->moment);

  clear_files (self);
  gtk_widget_set_visible (self->files_box, files->len > 0);
  for (guint i = 0; i < files->len; i++)
    gtk_box_append (GTK_BOX (self->files_box),
                    kip_attachment_chip_new (kip_case_get_store (self->kase), g_ptr_array_index (files, i)));
}

static char *
format_time_tooltip (KipMoment *moment)
{
  g_autofree char *at = kip_format_instant (kip_moment_get_at (moment), NULL);
  g_autofree char *entered = NULL;
  KipInstant when;

  if (!kip_moment_get_entered (moment, &when))
    return g_steal_pointer (&at);
  entered = kip_format_instant (when, NULL);
  /* Translators: when it happened, and when it was written down */
  return g_strdup_printf (_("%s, written down %s"), at, entered);
}

void
kip_moment_row_refresh (KipMomentRow *self)
{
  g_autofree char *when = NULL;
  g_autofree char *whole = NULL;

  g_return_if_fail (KIP_IS_MOMENT_ROW (self));

  if (self->moment == NULL)
    return;
  when = kip_format_when (kip_moment_get_at (self->moment), kip_clock_now (), NULL);
  if (g_strcmp0 (when, gtk_label_get_label (self->time_label)) == 0)
    return;
  whole = format_time_tooltip (self->moment);
  gtk_label_set_label (self->time_label, when);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time_label), whole);
}

/* ---- days ---- */

static void
show_day (KipMomentRow *self,
          KipMoment    *before)
{
  g_autofree char *day = kip_format_date (kip_moment_get_at (self->moment), NULL);
  g_autofree char *day_before = before != NULL ? kip_format_date (kip_moment_get_at (before), NULL) : NULL;
  g_autofree char *name = NULL;
  gboolean first = g_strcmp0 (day, day_before) != 0;

  gtk_widget_set_visible (self->day_label, first);
  if (!first)
    return;
  name = kip_format_day (kip_moment_get_at (self->moment), kip_clock_now (), NULL);
  gtk_label_set_label (GTK_LABEL (self->day_label), name);
}

/* The target first: an action is never without one. */
static void
show_undo (KipMomentRow *self)
{
  gtk_widget_set_visible (self->undo_button, kip_moment_can_undo (self->moment));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->undo_button), "(ut)",
                                    kip_moment_get_device (self->moment), kip_moment_get_seq (self->moment));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->undo_button), "ticket.undo-change");
}

static void
speak (KipMomentRow *self)
{
  const char *title = gtk_label_get_text (self->title_label);
  g_autofree char *undo = g_strdup_printf (_("Undo this: %s"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->undo_button), GTK_ACCESSIBLE_PROPERTY_LABEL, undo, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bubble), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

void
kip_moment_row_bind (KipMomentRow *self,
                     KipCase      *kase,
                     KipMoment    *moment,
                     KipMoment    *before)
{
  g_autofree char *title = NULL;

  g_return_if_fail (KIP_IS_MOMENT_ROW (self));

  g_set_object (&self->kase, kase);
  g_set_object (&self->moment, moment);
  title = format_title (self);
  gtk_label_set_markup (self->title_label, title);
  apply_look (self);
  show_text (self);
  show_lines (self);
  show_files (self);
  show_day (self, before);
  show_undo (self);
  kip_moment_row_refresh (self);
  speak (self);
}

void
kip_moment_row_unbind (KipMomentRow *self)
{
  g_return_if_fail (KIP_IS_MOMENT_ROW (self));

  clear_files (self);
  gtk_label_set_label (self->time_label, "");
  g_clear_object (&self->moment);
  g_clear_object (&self->kase);
}

void
kip_moment_row_refresh_words (KipMomentRow *self)
{
  g_return_if_fail (KIP_IS_MOMENT_ROW (self));

  if (self->moment != NULL)
    show_lines (self);
}

/* ---- object ---- */

static void
kip_moment_row_dispose (GObject *object)
{
  KipMomentRow *self = KIP_MOMENT_ROW (object);

  g_clear_object (&self->moment);
  g_clear_object (&self->kase);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_moment_row_parent_class)->dispose (object);
}

static void
kip_moment_row_class_init (KipMomentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_moment_row_dispose;

  g_type_ensure (KIP_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-moment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KipMomentRow, box);
  gtk_widget_class_bind_template_child (widget_class, KipMomentRow, day_label);
  gtk_widget_class_bind_template_child (widget_class, KipMomentRow, bubble);
  gtk_widget_class_bind_template_child (widget_class, KipMomentRow, icon);
  gtk_widget_class_bind_template_child (widget_class, KipMomentRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, KipMomentRow, time_label);
  gtk_widget_class_bind_template_child (widget_class, KipMomentRow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, KipMomentRow, text_label);
  gtk_widget_class_bind_template_child (widget_class, KipMomentRow, lines_label);
  gtk_widget_class_bind_template_child (widget_class, KipMomentRow, files_box);
}

static void
kip_moment_row_init (KipMomentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kip_moment_row_new (void)
{
  return g_object_new (KIP_TYPE_MOMENT_ROW, NULL);
}
