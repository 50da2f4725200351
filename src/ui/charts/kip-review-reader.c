/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-review-reader.h"

#include <glib/gi18n-lib.h>

#include "kip-figure-group.h"
#include "kip-format-value.h"
#include "kip-format.h"
#include "kip-review-job.h"

struct _KipReviewReader
{
  AdwBin parent_instance;

  KipSession   *session; /* (owned) */
  KipId         id;
  KipOffice    *office;  /* (owned) the snapshot that shown is of */
  GTimeZone    *zone;    /* (owned) of the office */
  GCancellable *asking;  /* (owned) */
  GArray       *today;   /* (owned) (nullable) of KipReviewFigure */
  GPtrArray    *rows;    /* (owned) of GtkWidget in actions_group, borrowed */

  AdwPreferencesGroup *agreed_group;
  GtkLabel            *agreed;
  AdwPreferencesGroup *actions_group;
  KipFigureGroup      *figures;
};

G_DEFINE_FINAL_TYPE (KipReviewReader, kip_review_reader, ADW_TYPE_BIN)

static KipStore *
store_of (KipReviewReader *self)
{
  return kip_session_get_store (self->session);
}

static const KipReview *
review_of (KipReviewReader *self)
{
  return kip_office_review (self->office, self->id);
}

/* ---- figures ---- */

static guint
count_changed (const GArray *then,
               const GArray *today)
{
  guint changed = 0;

  for (guint i = 0; i < then->len; i++)
    for (guint j = 0; j < today->len; j++)
      {
        const KipReviewFigure *a = &g_array_index (then, KipReviewFigure, i), *b = &g_array_index (today, KipReviewFigure, j);

        changed += g_str_equal (a->measure, b->measure) && !kip_review_figure_same (a, b);
      }
  return changed;
}

static void
describe_figures (KipReviewReader *self,
                  const KipReview *review)
{
  g_autofree char *held = review->held != KIP_INSTANT_NONE ? kip_format_instant (review->held, self->zone) : NULL;
  g_autofree char *then = held != NULL ? g_strdup_printf (_("As they were on %s."), held) : NULL;
  g_autofree char *now = NULL;
  g_autofree char *words = NULL;
  guint changed = self->today != NULL ? count_changed (review->figures, self->today) : 0;

  if (changed > 0)
    now = g_strdup_printf (ngettext ("%u of them comes out differently today: something was entered late.",
                                     "%u of them come out differently today: something was entered late.", changed), changed);
  else if (self->today != NULL)
    now = g_strdup (_("They come out the same today."));
  words = g_strjoin (" ", then != NULL ? then : "", now, NULL);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->figures), words);
}

static void
show_figures (KipReviewReader *self)
{
  const KipReview *review = review_of (self);

  kip_figure_group_show (self->figures, review->figures, self->today);
  describe_figures (self, review);
}

static void
today_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KipReviewReader) self = data;
  GArray *today = kip_review_figures_finish (result, NULL);

  if (today == NULL || self->session == NULL)
    {
      g_clear_pointer (&today, g_array_unref);
      return;
    }
  g_clear_pointer (&self->today, g_array_unref);
  self->today = today;
  show_figures (self);
}

static void
ask_today (KipReviewReader *self)
{
  const KipReview *review = review_of (self);
  KipReviewQuestion question = { { review->from, review->to }, review->team, review->agent, review->elapsed };

  kip_review_figures_async (store_of (self), &question, self->asking, today_cb, g_object_ref (self));
}

/* ---- actions ---- */

static char *
action_words (KipReviewReader    *self,
              const KipTicketRow *ticket)
{
  const KipStatus *status = kip_office_status (self->office, ticket->status);
  g_autofree char *number = kip_ticket_number_format (ticket->number);
  g_autofree char *who = kip_format_person (self->office, ticket->assignee, _("Nobody yet"));
  KipInstant due = ticket->clocks[KIP_CLOCK_RESOLUTION].due;
  g_autofree char *day = due != KIP_INSTANT_NONE ? kip_format_date (due, self->zone) : NULL;
  g_autofree char *until = day != NULL ? g_strdup_printf (_("until %s"), day) : NULL;
  g_autofree char *head = g_strjoin (" · ", number, who, status != NULL ? status->name : NULL, NULL);

  return g_strjoin (" · ", head, until, NULL);
}

static void
add_action (KipReviewReader    *self,
            const KipTicketRow *ticket)
{
  GtkWidget *row = adw_action_row_new (), *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *number = kip_ticket_number_format (ticket->number);
  g_autofree char *words = action_words (self, ticket);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), ticket->subject);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.show-ticket");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", number);
  adw_preferences_group_add (self->actions_group, row);
  g_ptr_array_add (self->rows, row);
}

static void
rows_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KipReviewReader) self = data;
  g_autoptr (GPtrArray) tickets = kip_store_rows_finish (KIP_STORE (source), result, NULL);

  if (tickets == NULL || self->session == NULL)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->actions_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < tickets->len; i++)
    {
      const KipTicketRow *ticket = g_ptr_array_index (tickets, i);

      if (ticket != NULL && !ticket->deleted)
        add_action (self, ticket);
    }
}

static void
ask_actions (KipReviewReader *self)
{
  const KipReview *review = review_of (self);

  gtk_widget_set_visible (GTK_WIDGET (self->actions_group), review->actions->len > 0);
  if (review->actions->len > 0)
    kip_store_rows_async (store_of (self), (const KipId *) (gconstpointer) review->actions->data, review->actions->len,
                          self->asking, rows_cb, g_object_ref (self));
}

/* ---- showing ---- */

static void
show_review (KipReviewReader *self)
{
  const KipReview *review;

  g_clear_pointer (&self->office, kip_office_unref);
  self->office = kip_store_dup_office (store_of (self));
  review = review_of (self);
  gtk_widget_set_visible (GTK_WIDGET (self->agreed_group), review->agreed != NULL);
  gtk_label_set_text (self->agreed, review->agreed != NULL ? review->agreed : "");
  gtk_label_select_region (self->agreed, 0, 0);
  show_figures (self);
  ask_actions (self);
}

/* An action was taken or done meanwhile. */
static void
changed_cb (KipReviewReader *self,
            GArray          *changed)
{
  const KipReview *review = review_of (self);

  for (guint i = 0; i < changed->len; i++)
    for (guint j = 0; j < review->actions->len; j++)
      if (g_array_index (changed, KipChanged, i).id == g_array_index (review->actions, KipId, j))
        {
          ask_actions (self);
          return;
        }
}

/* ---- object ---- */

static void
kip_review_reader_dispose (GObject *object)
{
  KipReviewReader *self = KIP_REVIEW_READER (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kip_review_reader_parent_class)->dispose (object);
}

static void
kip_review_reader_finalize (GObject *object)
{
  KipReviewReader *self = KIP_REVIEW_READER (object);

  g_object_unref (self->asking);
  g_clear_pointer (&self->office, kip_office_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->today, g_array_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (kip_review_reader_parent_class)->finalize (object);
}

static void
kip_review_reader_class_init (KipReviewReaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_review_reader_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_review_reader_finalize;
  g_type_ensure (KIP_TYPE_FIGURE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-review-reader.ui");
  gtk_widget_class_bind_template_child (widget_class, KipReviewReader, agreed_group);
  gtk_widget_class_bind_template_child (widget_class, KipReviewReader, agreed);
  gtk_widget_class_bind_template_child (widget_class, KipReviewReader, actions_group);
  gtk_widget_class_bind_template_child (widget_class, KipReviewReader, figures);
}

static void
kip_review_reader_init (KipReviewReader *self)
{
  self->asking = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kip_review_reader_new (KipSession *session,
                       KipId       id)
{
  KipReviewReader *self = g_object_new (KIP_TYPE_REVIEW_READER, NULL);

  self->session = g_object_ref (session);
  self->id = id;
  self->zone = kip_office_zone (store_of (self));
  show_review (self);
  ask_today (self);
  g_signal_connect_object (store_of (self), "office-changed", G_CALLBACK (show_review), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store_of (self), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
