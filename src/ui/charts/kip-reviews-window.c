/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-reviews-window.h"

#include <glib/gi18n-lib.h>

#include "kip-format.h"
#include "kip-review-change.h"
#include "kip-review-commands.h"
#include "kip-review-editor.h"
#include "kip-review-figures.h"
#include "kip-review-reader.h"
#include "kip-toast.h"

struct _KipReviewsWindow
{
  AdwWindow parent_instance;

  KipSession *session; /* (owned) (nullable) */
  GTimeZone  *zone;    /* (owned) (nullable) of the office */
  GtkWidget  *opened;  /* (nullable) over the list, borrowed of the stack */
  KipId       shown;   /* the review that it shows; NONE: a new one */
  GPtrArray  *rows;    /* (owned) of GtkWidget in group, borrowed */

  AdwWindowTitle      *title;
  GtkWidget           *back;
  GtkWidget           *new_button;
  GtkWidget           *more;
  AdwToastOverlay     *toasts;
  GtkStack            *stack;
  GtkWidget           *empty;
  GtkWidget           *list;
  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (KipReviewsWindow, kip_reviews_window, ADW_TYPE_WINDOW)

static KipStore *
store_of (KipReviewsWindow *self)
{
  return kip_session_get_store (self->session);
}

/* ---- the list ---- */

static char *
row_words (KipReviewsWindow *self,
           const KipReview  *review)
{
  g_autofree char *day = review->held != KIP_INSTANT_NONE ? kip_format_date (review->held, self->zone) : NULL;
  g_autofree char *held = day != NULL ? g_strdup_printf (_("held on %s"), day) : NULL;
  g_autofree char *targets = NULL;
  g_autofree char *actions = NULL;
  g_autofree char *rest = NULL;
  guint judged, met;

  kip_review_count_met (review->figures, &judged, &met);
  if (judged > 0)
    targets = g_strdup_printf (ngettext ("%u of %u target met", "%u of %u targets met", judged), met, judged);
  actions = g_strdup_printf (ngettext ("%u action", "%u actions", review->actions->len), review->actions->len);
  rest = targets != NULL ? g_strjoin (" · ", targets, actions, NULL) : g_strdup (actions);
  return held != NULL ? g_strjoin (" · ", held, rest, NULL) : g_steal_pointer (&rest);
}

static void
add_row (KipReviewsWindow *self,
         KipOffice        *office,
         const KipReview  *review)
{
  GtkWidget *row = adw_action_row_new (), *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *title = kip_review_title (review, office, self->zone);
  g_autofree char *words = row_words (self, review);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "t", (guint64) review->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "reviews.open");
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
fill_list (KipReviewsWindow *self,
           KipOffice        *office)
{
  GPtrArray *reviews = kip_office_get_reviews (office);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < reviews->len; i++)
    {
      const KipReview *review = g_ptr_array_index (reviews, i);

      if (!review->deleted && kip_review_may_see (office, kip_store_get_me (store_of (self)), review))
        add_row (self, office, review);
    }
}

/* ---- what is open ---- */

static void
show_list (KipReviewsWindow *self)
{
  gtk_stack_set_visible_child (self->stack, self->rows->len > 0 ? self->list : self->empty);
}

static void
update_header (KipReviewsWindow *self)
{
  gboolean may_hold = kip_review_may_hold (kip_store_get_office (store_of (self)), kip_store_get_me (store_of (self)));

  gtk_widget_set_visible (self->back, self->opened != NULL);
  gtk_widget_set_visible (self->new_button, self->opened == NULL);
  gtk_widget_set_visible (self->more, self->shown != KIP_ID_NONE && may_hold);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reviews.new", may_hold);
}

static void
close_opened (KipReviewsWindow *self)
{
  GtkWidget *opened = self->opened;

  if (opened == NULL)
    return;
  self->opened = NULL;
  self->shown = KIP_ID_NONE;
  show_list (self);
  gtk_stack_remove (self->stack, opened);
  adw_window_title_set_title (self->title, _("Reviews"));
  adw_window_title_set_subtitle (self->title, "");
  update_header (self);
}

static void
open_page (KipReviewsWindow *self,
           GtkWidget        *page,
           const char       *title,
           const char       *subtitle)
{
  close_opened (self);
  self->opened = page;
  gtk_stack_add_child (self->stack, page);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  update_header (self);
  /* First, so that no text of the page is selected on the way. */
  gtk_widget_grab_focus (self->back);
  gtk_stack_set_visible_child (self->stack, page);
}

/* What was undone, or may not be seen any more, is not shown any longer. */
static void
refresh (KipReviewsWindow *self)
{
  KipOffice *office = kip_store_get_office (store_of (self));
  const KipReview *review = self->shown != KIP_ID_NONE ? kip_office_review (office, self->shown) : NULL;

  fill_list (self, office);
  if (review != NULL && review->deleted)
    close_opened (self);
  if (self->opened == NULL)
    show_list (self);
  update_header (self);
}

/* ---- actions ---- */

static void
open_review (KipReviewsWindow *self,
             KipId             id)
{
  KipOffice *office = kip_store_get_office (store_of (self));
  const KipReview *review = kip_office_review (office, id);
  g_autofree char *days = NULL;
  g_autofree char *whose = NULL;
  KipRange range;

  if (review == NULL || review->deleted || !kip_review_may_see (office, kip_store_get_me (store_of (self)), review))
    return;
  range = (KipRange) { review->from, review->to };
  days = kip_range_name (&range, self->zone);
  whose = kip_goal_whose (office, review->team, review->agent);
  open_page (self, kip_review_reader_new (self->session, id), days, whose);
  self->shown = id;
  update_header (self);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  open_review (KIP_REVIEWS_WINDOW (widget), g_variant_get_uint64 (parameter));
}

/* One may have gone on to something else while it was being saved. */
static void
saved_cb (GtkWidget        *editor,
          KipReviewsWindow *self)
{
  if (self->opened == editor)
    close_opened (self);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  KipReviewsWindow *self = KIP_REVIEWS_WINDOW (widget);
  GtkWidget *editor = kip_review_editor_new (self->session);

  g_signal_connect_object (editor, "saved", G_CALLBACK (saved_cb), self, 0);
  open_page (self, editor, _("New Review"), "");
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  KipReviewsWindow *self = KIP_REVIEWS_WINDOW (widget);

  if (self->shown != KIP_ID_NONE)
    kip_review_change_agreed (GTK_WINDOW (self), self->session, self->shown);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  KipReviewsWindow *self = KIP_REVIEWS_WINDOW (widget);

  if (self->shown != KIP_ID_NONE)
    kip_review_delete (self->session, self->shown);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  close_opened (KIP_REVIEWS_WINDOW (widget));
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  kip_session_undo (KIP_REVIEWS_WINDOW (widget)->session);
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  kip_session_redo (KIP_REVIEWS_WINDOW (widget)->session);
}

/* Escape leaves what is open first, then the window. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  if (KIP_REVIEWS_WINDOW (widget)->opened != NULL)
    close_opened (KIP_REVIEWS_WINDOW (widget));
  else
    gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

/* ---- object ---- */

static void
kip_reviews_window_dispose (GObject *object)
{
  g_clear_object (&KIP_REVIEWS_WINDOW (object)->session);
  G_OBJECT_CLASS (kip_reviews_window_parent_class)->dispose (object);
}

static void
kip_reviews_window_finalize (GObject *object)
{
  KipReviewsWindow *self = KIP_REVIEWS_WINDOW (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (kip_reviews_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "reviews.new", NULL, new_action);
  gtk_widget_class_install_action (klass, "reviews.open", "t", open_action);
  gtk_widget_class_install_action (klass, "reviews.edit", NULL, edit_action);
  gtk_widget_class_install_action (klass, "reviews.delete", NULL, delete_action);
  gtk_widget_class_install_action (klass, "reviews.back", NULL, back_action);
  gtk_widget_class_install_action (klass, "reviews.undo", NULL, undo_action);
  gtk_widget_class_install_action (klass, "reviews.redo", NULL, redo_action);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_n, GDK_CONTROL_MASK, "reviews.new", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Left, GDK_ALT_MASK, "reviews.back", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK, "reviews.undo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "reviews.redo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
kip_reviews_window_class_init (KipReviewsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_reviews_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_reviews_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-reviews-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KipReviewsWindow, title);
  gtk_widget_class_bind_template_child (widget_class, KipReviewsWindow, back);
  gtk_widget_class_bind_template_child (widget_class, KipReviewsWindow, new_button);
  gtk_widget_class_bind_template_child (widget_class, KipReviewsWindow, more);
  gtk_widget_class_bind_template_child (widget_class, KipReviewsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, KipReviewsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KipReviewsWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, KipReviewsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, KipReviewsWindow, group);
  install_actions (widget_class);
}

static void
kip_reviews_window_init (KipReviewsWindow *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- public ---- */

static KipReviewsWindow *
find_window (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (KIP_IS_REVIEWS_WINDOW (l->data))
      return l->data;
  return NULL;
}

void
kip_reviews_window_present (GtkApplication *application,
                            KipSession     *session,
                            KipId           review)
{
  KipReviewsWindow *self = find_window (application);

  if (self == NULL)
    {
      self = g_object_new (KIP_TYPE_REVIEWS_WINDOW, "application", application, NULL);
      self->session = g_object_ref (session);
      self->zone = kip_office_zone (store_of (self));
      kip_toasts_watch (self->toasts, session, FALSE);
      g_signal_connect_object (store_of (self), "office-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
      refresh (self);
    }
  if (review != KIP_ID_NONE)
    open_review (self, review);
  gtk_window_present (GTK_WINDOW (self));
}
