/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-conflicts.h"

#include "kip-conflict-group.h"
#include "kip-format.h"
#include "kip-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _KipConflicts
{
  KipCaseWidget parent_instance;
  GtkWidget    *next_button;
  GtkLabel     *count_label;
  GtkWidget    *groups_box; /* one is seen at a time */
  GtkWidget    *all_box;
  char         *shown; /* (owned) what the groups say: they stay while that is so */
};

G_DEFINE_FINAL_TYPE (KipConflicts, kip_conflicts, KIP_TYPE_CASE_WIDGET)

static void
clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* ---- all of one person ---- */

static KipId
author_of (KipTicket      *ticket,
           const KipEvent *claim)
{
  return kip_conflict_origin (ticket->entity, claim)->stamp->author;
}

/* Those who wrote one of the values of every conflict. */
static GArray *
find_authors (KipTicket *ticket,
              GPtrArray *conflicts)
{
  GArray *authors = g_array_new (FALSE, FALSE, sizeof (KipId));
  const KipConflict *first = g_ptr_array_index (conflicts, 0);

  for (guint i = 0; i < first->claims->len; i++)
    {
      KipId author = author_of (ticket, g_ptr_array_index (first->claims, i));
      gboolean in_all = author != KIP_ID_NONE;

      for (guint j = 1; in_all && j < conflicts->len; j++)
        {
          const KipConflict *conflict = g_ptr_array_index (conflicts, j);

          in_all = FALSE;
          for (guint k = 0; k < conflict->claims->len; k++)
            in_all |= author_of (ticket, g_ptr_array_index (conflict->claims, k)) == author;
        }
      if (in_all)
        g_array_append_val (authors, author);
    }
  return authors;
}

static void
keep_all_cb (GtkButton    *button,
             KipConflicts *self)
{
  KipTicket *ticket = kip_case_widget_get_ticket (KIP_CASE_WIDGET (self));
  const KipId *author = g_object_get_data (G_OBJECT (button), "kip-author");

  if (ticket != NULL)
    kip_case_widget_do (KIP_CASE_WIDGET (self),
                        kip_command_pick_by (kip_case_widget_get_store (KIP_CASE_WIDGET (self)), ticket, *author),
                        _("All chosen"));
}

static void
show_all_buttons (KipConflicts *self,
                  KipTicket    *ticket,
                  GPtrArray    *conflicts)
{
  g_autoptr (GArray) authors = conflicts->len > 1 ? find_authors (ticket, conflicts) : NULL;

  clear (self->all_box);
  gtk_widget_set_visible (self->all_box, authors != NULL && authors->len > 0);
  for (guint i = 0; authors != NULL && i < authors->len; i++)
    {
      KipId author = g_array_index (authors, KipId, i);
      g_autofree char *name = kip_format_person (kip_case_widget_get_office (KIP_CASE_WIDGET (self)), author, "Kip");
      /* Translators: the name of a person who changed several fields at the same time as somebody else */
      g_autofree char *label = g_strdup_printf (_("Keep All of %s"), name);
      GtkWidget *button = gtk_button_new_with_label (label);

      g_object_set_data_full (G_OBJECT (button), "kip-author", g_memdup2 (&author, sizeof author), g_free);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_object (button, "clicked", G_CALLBACK (keep_all_cb), self, 0);
      gtk_box_append (GTK_BOX (self->all_box), button);
    }
}

/* ---- showing ---- */

static char *
gather (KipTicket *ticket,
        GPtrArray *conflicts)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GINT64_FORMAT, (gint64) ticket->id);
  for (guint i = 0; i < conflicts->len; i++)
    {
      const KipConflict *conflict = g_ptr_array_index (conflicts, i);

      g_string_append_printf (text, "\n%d", (int) conflict->field);
      for (guint j = 0; j < conflict->claims->len; j++)
        {
          const KipEventId *id = &((const KipEvent *) g_ptr_array_index (conflict->claims, j))->id;

          g_string_append_printf (text, " %u/%" G_GINT64_FORMAT "/%u", id->device, (gint64) id->seq, id->index);
        }
    }
  return g_string_free (text, FALSE);
}

static gboolean
has_focus (KipConflicts *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* Shows @current of the groups alone. */
static void
show_group (KipConflicts *self,
            GtkWidget    *current)
{
  guint n = 0, number = 0;
  g_autofree char *text = NULL;

  for (GtkWidget *group = gtk_widget_get_first_child (self->groups_box); group != NULL; group = gtk_widget_get_next_sibling (group))
    {
      n++;
      if (group == current)
        number = n;
      gtk_widget_set_visible (group, group == current);
    }
  text = n > 1 ? g_strdup_printf (_("Changed by two people at once: %u of %u"), number, n) : g_strdup (_("Changed by two people at once"));
  gtk_label_set_label (self->count_label, text);
  gtk_widget_set_visible (self->next_button, n > 1);
}

static GtkWidget *
current_group (KipConflicts *self)
{
  GtkWidget *group = gtk_widget_get_first_child (self->groups_box);

  while (group != NULL && !gtk_widget_get_visible (group))
    group = gtk_widget_get_next_sibling (group);
  return group;
}

/* Whoever settled one with the keyboard stands on the next, or, after the last, on the ticket. */
static void
pass_focus_on (KipConflicts *self,
               gboolean      any)
{
  GtkWidget *pane = gtk_widget_get_parent (GTK_WIDGET (self));

  if (any)
    gtk_widget_child_focus (current_group (self), GTK_DIR_TAB_FORWARD);
  else if (pane != NULL)
    gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD);
}

static void
kip_conflicts_update (KipCaseWidget *widget,
                      KipTicket     *ticket)
{
  KipConflicts *self = KIP_CONFLICTS (widget);
  g_autoptr (GPtrArray) conflicts = ticket != NULL ? kip_conflict_list (ticket->entity) : NULL;
  gboolean any = conflicts != NULL && conflicts->len > 0, focused = has_focus (self);
  g_autofree char *text = any ? gather (ticket, conflicts) : g_strdup ("");

  if (g_strcmp0 (text, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  clear (self->groups_box);
  for (guint i = 0; any && i < conflicts->len; i++)
    gtk_box_append (GTK_BOX (self->groups_box),
                    kip_conflict_group_new (kip_case_widget_get_case (widget), ticket, g_ptr_array_index (conflicts, i)));
  if (any)
    {
      show_all_buttons (self, ticket, conflicts);
      show_group (self, gtk_widget_get_first_child (self->groups_box));
    }
  if (focused && any)
    pass_focus_on (self, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), any);
  if (focused && !any)
    pass_focus_on (self, FALSE);
}

/* Other names for people, numbers or statuses than when the groups were made. */
static void
kip_conflicts_update_related (KipCaseWidget *widget,
                              KipTicket     *ticket)
{
  KipConflicts *self = KIP_CONFLICTS (widget);

  if (has_focus (self) || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  g_clear_pointer (&self->shown, g_free);
  kip_conflicts_update (widget, ticket);
}

void
kip_conflicts_focus_next (KipConflicts *self)
{
  GtkWidget *group;

  g_return_if_fail (KIP_IS_CONFLICTS (self));

  group = current_group (self);
  if (group != NULL && has_focus (self))
    group = gtk_widget_get_next_sibling (group);
  if (group == NULL)
    group = gtk_widget_get_first_child (self->groups_box);
  if (group == NULL)
    return;
  show_group (self, group);
  gtk_widget_child_focus (group, GTK_DIR_TAB_FORWARD);
}

/* ---- object ---- */

static void
kip_conflicts_finalize (GObject *object)
{
  g_free (KIP_CONFLICTS (object)->shown);
  G_OBJECT_CLASS (kip_conflicts_parent_class)->finalize (object);
}

static void
kip_conflicts_class_init (KipConflictsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kip_conflicts_finalize;
  KIP_CASE_WIDGET_CLASS (klass)->update = kip_conflicts_update;
  KIP_CASE_WIDGET_CLASS (klass)->update_related = kip_conflicts_update_related;

  g_type_ensure (KIP_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-conflicts.ui");
  gtk_widget_class_bind_template_child (widget_class, KipConflicts, next_button);
  gtk_widget_class_bind_template_child (widget_class, KipConflicts, count_label);
  gtk_widget_class_bind_template_child (widget_class, KipConflicts, groups_box);
  gtk_widget_class_bind_template_child (widget_class, KipConflicts, all_box);
  gtk_widget_class_bind_template_callback (widget_class, kip_conflicts_focus_next);
}

static void
kip_conflicts_init (KipConflicts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
