/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-review-page.h"

#include <glib/gi18n-lib.h>

#include "kip-change-preview.h"
#include "kip-clock.h"
#include "kip-settings-window.h"

struct _KipReviewPage
{
  AdwBin parent_instance;

  KipSession   *session;     /* (owned) */
  KipChange    *change;      /* (owned) (nullable) until it is saved */
  char         *label;       /* (owned) */
  GCancellable *cancellable; /* (owned) of the looking */

  GtkStack      *stack;
  GtkLabel      *summary;
  GtkListView   *list;
  GtkButton     *save_button;
  AdwStatusPage *failed_page;
};

G_DEFINE_FINAL_TYPE (KipReviewPage, kip_review_page, ADW_TYPE_BIN)

/* ---- the list: two lines a move, as texts in a string list ---- */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *ticket = gtk_label_new (NULL);
  GtkWidget *move = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (ticket), 0);
  gtk_label_set_ellipsize (GTK_LABEL (ticket), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (move), 0);
  gtk_label_set_wrap (GTK_LABEL (move), TRUE);
  gtk_widget_add_css_class (move, "dim-label");
  gtk_widget_add_css_class (move, "numeric");
  gtk_box_append (GTK_BOX (box), ticket);
  gtk_box_append (GTK_BOX (box), move);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  data)
{
  GtkStringObject *object = gtk_list_item_get_item (item);
  g_auto (GStrv) lines = g_strsplit (gtk_string_object_get_string (object), "\n", 2);
  GtkWidget *ticket = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  gtk_label_set_text (GTK_LABEL (ticket), lines[0]);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (ticket)), lines[1]);
}

static char *
one_line (const char *text)
{
  g_autofree char *line = g_strdup (text);

  return g_strdup (g_strdelimit (line, "\r\n", ' '));
}

static void
show_moves (KipReviewPage          *self,
            const KipChangePreview *preview)
{
  g_autoptr (GtkStringList) lines = gtk_string_list_new (NULL);
  g_autoptr (GtkNoSelection) selection = NULL;
  g_autofree char *summary = kip_change_preview_summary (preview);

  for (guint i = 0; i < preview->moves->len; i++)
    {
      const KipClockMove *move = &g_array_index (preview->moves, KipClockMove, i);
      g_autofree char *number = kip_ticket_number_format (move->number);
      g_autofree char *subject = one_line (g_ptr_array_index (preview->subjects, i));
      g_autofree char *words = kip_clock_move_describe (move, kip_clock_now ());
      g_autofree char *line = g_strdup_printf ("%s  %s\n%s", number, subject, words);

      gtk_string_list_append (lines, line);
    }
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (lines)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  gtk_label_set_text (self->summary, summary);
  gtk_stack_set_visible_child_name (self->stack, "moves");
  gtk_widget_grab_focus (GTK_WIDGET (self->save_button));
}

/* ---- saving ---- */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KipReviewPage) self = data;
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (kip_session_do_finish (KIP_SESSION (source), result, NULL, &error))
    kip_settings_pop_saved (GTK_WIDGET (self));
  else
    {
      adw_status_page_set_title (self->failed_page, _("Not Saved"));
      adw_status_page_set_description (self->failed_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
}

static void
save (KipReviewPage *self)
{
  if (self->change != NULL)
    kip_session_do (self->session, g_steal_pointer (&self->change), self->label, saved_cb, g_object_ref (self));
}

/* ---- looking ---- */

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipReviewPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipChangePreview) preview = kip_change_preview_finish (KIP_STORE (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (preview == NULL)
    {
      adw_status_page_set_description (self->failed_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  else if (preview->n_moved == 0)
    save (self);
  else
    show_moves (self, preview);
}

/* ---- object ---- */

static void
kip_review_page_dispose (GObject *object)
{
  KipReviewPage *self = KIP_REVIEW_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->change, kip_change_free);
  G_OBJECT_CLASS (kip_review_page_parent_class)->dispose (object);
}

static void
kip_review_page_finalize (GObject *object)
{
  KipReviewPage *self = KIP_REVIEW_PAGE (object);

  g_object_unref (self->cancellable);
  g_free (self->label);
  G_OBJECT_CLASS (kip_review_page_parent_class)->finalize (object);
}

/* Left before it was saved: nothing of it happens. */
static void
kip_review_page_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (KIP_REVIEW_PAGE (widget)->cancellable);
  GTK_WIDGET_CLASS (kip_review_page_parent_class)->unroot (widget);
}

static void
kip_review_page_class_init (KipReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_review_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_review_page_finalize;
  widget_class->unroot = kip_review_page_unroot;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipReviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KipReviewPage, summary);
  gtk_widget_class_bind_template_child (widget_class, KipReviewPage, list);
  gtk_widget_class_bind_template_child (widget_class, KipReviewPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, KipReviewPage, failed_page);
}

static void
kip_review_page_init (KipReviewPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save), self);
}

void
kip_settings_review (GtkWidget  *from,
                     KipSession *session,
                     KipChange  *change,
                     const char *label)
{
  KipReviewPage *self = g_object_new (KIP_TYPE_REVIEW_PAGE, NULL);

  self->session = g_object_ref (session);
  self->change = change;
  self->label = g_strdup (label);
  kip_settings_push (from, GTK_WIDGET (self), _("What Moves"));
  kip_change_preview_async (kip_session_get_store (session), change, self->cancellable, looked_cb,
                            g_object_ref (self));
}
