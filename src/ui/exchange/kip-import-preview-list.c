/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-preview-list.h"

#include <glib/gi18n-lib.h>

#include "kip-format.h"
#include "kip-import-words.h"

#define MAX_PROBLEMS 20 /* the whole list comes with the report */

struct _KipImportPreviewList
{
  AdwBin parent_instance;

  GtkStack            *stack;
  AdwStatusPage       *failed_page;
  AdwPreferencesGroup *group;
  GtkListBox          *list;
  GtkWidget           *problems_group;
  GtkListBox          *problems;
};

G_DEFINE_FINAL_TYPE (KipImportPreviewList, kip_import_preview_list, ADW_TYPE_BIN)

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
append (GtkListBox *list,
        const char *title,
        const char *subtitle,
        const char *badge)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (badge);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (list, row);
}

static void
append_part (GString    *to,
             const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (to, "%s%s", to->len > 0 ? " · " : "", text);
}

static void
append_ticket (KipImportPreviewList   *self,
               const KipImportPreview *ticket)
{
  g_autoptr (GString) about = g_string_new (NULL);
  g_autofree char *title = g_strdup_printf ("%s  %s", ticket->key, ticket->subject);
  g_autofree char *received = kip_format_instant (ticket->received, NULL);

  append_part (about, ticket->requester);
  append_part (about, received);
  append_part (about, kip_priority_label (ticket->priority));
  append_part (about, ticket->assignee);
  append_part (about, ticket->team);
  append_part (about, ticket->category);
  if (ticket->known)
    append_part (about, _("was imported before"));
  append_part (about, ticket->notes);
  append (self->list, title, about->str, ticket->status);
}

static void
kip_import_preview_list_class_init (KipImportPreviewListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-import-preview-list.ui");
  gtk_widget_class_bind_template_child (widget_class, KipImportPreviewList, stack);
  gtk_widget_class_bind_template_child (widget_class, KipImportPreviewList, failed_page);
  gtk_widget_class_bind_template_child (widget_class, KipImportPreviewList, group);
  gtk_widget_class_bind_template_child (widget_class, KipImportPreviewList, list);
  gtk_widget_class_bind_template_child (widget_class, KipImportPreviewList, problems_group);
  gtk_widget_class_bind_template_child (widget_class, KipImportPreviewList, problems);
}

static void
kip_import_preview_list_init (KipImportPreviewList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- public ---- */

void
kip_import_preview_list_show (KipImportPreviewList  *self,
                              GPtrArray             *tickets,
                              const KipImportReport *report)
{
  guint n_problems = report != NULL ? report->problems->len : 0;

  clear (self->list);
  clear (self->problems);
  for (guint i = 0; i < tickets->len; i++)
    append_ticket (self, g_ptr_array_index (tickets, i));
  for (guint i = 0; i < MIN (n_problems, MAX_PROBLEMS); i++)
    {
      const KipImportProblem *problem = g_ptr_array_index (report->problems, i);
      g_autofree char *title = kip_import_problem_title (problem);

      append (self->problems, title, problem->reason, kip_import_problem_verdict (problem));
    }
  adw_preferences_group_set_description (self->group, tickets->len > 0 ? _("This is how they come out. Nothing is imported yet.")
                                                                       : _("No ticket comes out of the first lines."));
  gtk_widget_set_visible (GTK_WIDGET (self->list), tickets->len > 0);
  gtk_widget_set_visible (self->problems_group, n_problems > 0);
  gtk_stack_set_visible_child_name (self->stack, "tickets");
}

void
kip_import_preview_list_show_reading (KipImportPreviewList *self)
{
  gtk_stack_set_visible_child_name (self->stack, "reading");
}

void
kip_import_preview_list_show_error (KipImportPreviewList *self,
                                    const char           *sentence)
{
  adw_status_page_set_description (self->failed_page, sentence);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}
