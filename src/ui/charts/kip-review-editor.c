/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-review-editor.h"

#include <glib/gi18n-lib.h>

#include "kip-action-group.h"
#include "kip-clock.h"
#include "kip-figure-group.h"
#include "kip-form-draft.h"
#include "kip-pick-rows.h"
#include "kip-query-time.h"
#include "kip-range-button.h"
#include "kip-review-job.h"
#include "kip-save-bar.h"

#define FORM "review"
#define MOST_ACTIONS 20

struct _KipReviewEditor
{
  AdwBin parent_instance;

  KipSession   *session; /* (owned) */
  GTimeZone    *zone;    /* (owned) of the office */
  GCancellable *asking;  /* (owned) (nullable) */
  gboolean      quiet;   /* the program fills the form, not the person */
  gboolean      saving;
  GPtrArray    *actions; /* (owned) of KipActionGroup, borrowed of the page */

  AdwPreferencesPage  *page;
  KipRangeButton      *range;
  KipPickRow          *whose_row;
  KipFigureGroup      *figures;
  GtkTextView         *agreed;
  AdwPreferencesGroup *add_group;
  GtkWidget           *add_button;
  KipSaveBar          *save_bar;
};

G_DEFINE_FINAL_TYPE (KipReviewEditor, kip_review_editor, ADW_TYPE_BIN)

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static KipStore *
store_of (KipReviewEditor *self)
{
  return kip_session_get_store (self->session);
}

static char *
dup_agreed (KipReviewEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->agreed);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* ---- figures ---- */

static KipReviewQuestion
question_of (KipReviewEditor *self)
{
  gint64 whose = kip_pick_row_get_value (self->whose_row);

  return (KipReviewQuestion) { kip_range_button_get_range (self->range), (KipId) MAX (whose, 0), (KipId) -MIN (whose, 0), FALSE };
}

static void
figures_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (KipReviewEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) figures = kip_review_figures_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->asking)
    return;
  g_clear_object (&self->asking);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->figures), _("They are kept as they are when you save the review."));
  if (figures == NULL)
    kip_save_bar_show (self->save_bar, TRUE, error->message);
  else
    kip_figure_group_show (self->figures, figures, NULL);
}

static void
ask (KipReviewEditor *self)
{
  KipReviewQuestion question;

  if (self->quiet || self->session == NULL)
    return;
  question = question_of (self);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->figures), _("Looking at the figures…"));
  kip_review_figures_async (store_of (self), &question, self->asking, figures_cb, g_object_ref (self));
}

/* ---- the draft ---- */

static void
put (GHashTable *fields,
     char       *name, /* taken */
     char       *text) /* taken */
{
  g_hash_table_replace (fields, name, text);
}

static void
save_draft (KipReviewEditor *self)
{
  g_autoptr (GHashTable) fields = NULL;

  if (self->quiet)
    return;
  fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  put (fields, g_strdup ("agreed"), dup_agreed (self));
  for (guint i = 0; i < self->actions->len; i++)
    {
      char *what, *until;
      KipId who;

      kip_action_group_get_typed (g_ptr_array_index (self->actions, i), &what, &who, &until);
      put (fields, g_strdup_printf ("what-%u", i), what);
      put (fields, g_strdup_printf ("until-%u", i), until);
      put (fields, g_strdup_printf ("who-%u", i), who != KIP_ID_NONE ? g_strdup_printf ("%" G_GUINT64_FORMAT, who) : g_strdup (""));
    }
  kip_form_draft_save (store_of (self), FORM, fields);
}

static KipActionGroup *add_action (KipReviewEditor *self);

static void
load_action (KipReviewEditor *self,
             GHashTable      *fields,
             guint            i)
{
  g_autofree char *what_key = g_strdup_printf ("what-%u", i);
  g_autofree char *until_key = g_strdup_printf ("until-%u", i);
  g_autofree char *who_key = g_strdup_printf ("who-%u", i);
  const char *what = kip_form_draft_get (fields, what_key), *until = kip_form_draft_get (fields, until_key);
  const char *who = kip_form_draft_get (fields, who_key);

  if (*what != '\0' || *until != '\0' || *who != '\0')
    kip_action_group_set_typed (add_action (self), what, g_ascii_strtoull (who, NULL, 10), until);
}

static void
load_draft (KipReviewEditor *self)
{
  g_autoptr (GHashTable) fields = kip_form_draft_load (store_of (self), FORM);

  if (fields == NULL)
    return;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->agreed), kip_form_draft_get (fields, "agreed"), -1);
  for (guint i = 0; i < MOST_ACTIONS; i++)
    load_action (self, fields, i);
}

/* ---- actions ---- */

static void
number_actions (KipReviewEditor *self)
{
  for (guint i = 0; i < self->actions->len; i++)
    kip_action_group_set_number (g_ptr_array_index (self->actions, i), i + 1);
  gtk_widget_set_sensitive (self->add_button, self->actions->len < MOST_ACTIONS);
}

static void
edited_cb (KipReviewEditor *self)
{
  kip_save_bar_show (self->save_bar, TRUE, NULL);
  save_draft (self);
}

static void
remove_action_cb (KipActionGroup  *action,
                  KipReviewEditor *self)
{
  g_ptr_array_remove (self->actions, action);
  adw_preferences_page_remove (self->page, ADW_PREFERENCES_GROUP (action));
  number_actions (self);
  gtk_widget_grab_focus (self->add_button);
  edited_cb (self);
}

/* The button stays below the last one. */
static KipActionGroup *
add_action (KipReviewEditor *self)
{
  GtkWidget *action = kip_action_group_new (kip_store_get_office (store_of (self)));

  g_signal_connect_swapped (action, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect (action, "remove", G_CALLBACK (remove_action_cb), self);
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (action));
  g_ptr_array_add (self->actions, action);
  number_actions (self);
  return KIP_ACTION_GROUP (action);
}

static void
add_clicked_cb (KipReviewEditor *self)
{
  KipActionGroup *action = add_action (self);

  gtk_widget_child_focus (GTK_WIDGET (action), GTK_DIR_TAB_FORWARD);
  edited_cb (self);
}

static GArray *
read_actions (KipReviewEditor *self,
              GError         **error)
{
  KipCalendar *calendar = kip_agreements_get_office_calendar (kip_store_get_agreements (store_of (self)));
  g_autoptr (GArray) actions = kip_review_actions_new ();

  for (guint i = 0; i < self->actions->len; i++)
    {
      KipReviewAction action = { 0 };

      if (kip_action_group_is_empty (g_ptr_array_index (self->actions, i)))
        continue;
      if (!kip_action_group_read (g_ptr_array_index (self->actions, i), calendar, &action, error))
        return NULL;
      g_array_append_val (actions, action);
    }
  return g_steal_pointer (&actions);
}

/* ---- saving ---- */

static void
refuse (KipReviewEditor *self,
        const GError    *error)
{
  self->saving = FALSE;
  kip_save_bar_show (self->save_bar, TRUE, error->message);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KipReviewEditor) self = data;
  g_autoptr (GError) error = NULL;

  if (!kip_session_do_finish (KIP_SESSION (source), result, NULL, &error))
    {
      refuse (self, error);
      return;
    }
  self->quiet = TRUE;
  kip_form_draft_clear (kip_session_get_store (KIP_SESSION (source)), FORM);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0);
}

static void
append (KipReviewEditor         *self,
        const KipReviewQuestion *question,
        const GArray            *figures,
        const GArray            *actions)
{
  g_autofree char *agreed = dup_agreed (self);
  g_autofree char *origin = kip_review_origin (&question->range, self->zone);
  g_autofree char *days = kip_range_name (&question->range, self->zone);
  g_autofree char *label = g_strdup_printf (_("Review of %s saved"), days);
  KipNewReview review = { .from = question->range.from, .to = question->range.to, .held = KIP_INSTANT_NONE,
                          .agent = question->agent, .team = question->team, .elapsed = question->elapsed, .agreed = agreed,
                          .figures = figures, .actions = actions, .origin = origin };

  kip_session_do (self->session, kip_command_new_review (store_of (self), &review, NULL), label, done_cb, g_object_ref (self));
}

/* The figures of this very moment: a ticket may have come while one talked. */
static void
frozen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipReviewEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) figures = kip_review_figures_finish (result, &error);
  g_autoptr (GArray) actions = NULL;
  KipReviewQuestion question;

  if (self->session == NULL)
    return;
  question = question_of (self);
  if (figures != NULL)
    actions = read_actions (self, &error);
  if (actions == NULL)
    refuse (self, error);
  else
    append (self, &question, figures, actions);
}

static void
save_cb (KipReviewEditor *self)
{
  KipReviewQuestion question = question_of (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) actions = read_actions (self, &error);

  if (actions == NULL)
    {
      refuse (self, error);
      return;
    }
  if (self->saving)
    return;
  self->saving = TRUE;
  kip_review_figures_async (store_of (self), &question, NULL, frozen_cb, g_object_ref (self));
}

/* ---- object ---- */

static void
kip_review_editor_dispose (GObject *object)
{
  KipReviewEditor *self = KIP_REVIEW_EDITOR (object);

  self->quiet = TRUE;
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kip_review_editor_parent_class)->dispose (object);
}

static void
kip_review_editor_finalize (GObject *object)
{
  KipReviewEditor *self = KIP_REVIEW_EDITOR (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_ptr_array_unref (self->actions);
  G_OBJECT_CLASS (kip_review_editor_parent_class)->finalize (object);
}

static void
kip_review_editor_class_init (KipReviewEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_review_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_review_editor_finalize;
  signals[SIGNAL_SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
  g_type_ensure (KIP_TYPE_FIGURE_GROUP);
  g_type_ensure (KIP_TYPE_PICK_ROW);
  g_type_ensure (KIP_TYPE_RANGE_BUTTON);
  g_type_ensure (KIP_TYPE_SAVE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-review-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, KipReviewEditor, page);
  gtk_widget_class_bind_template_child (widget_class, KipReviewEditor, range);
  gtk_widget_class_bind_template_child (widget_class, KipReviewEditor, whose_row);
  gtk_widget_class_bind_template_child (widget_class, KipReviewEditor, figures);
  gtk_widget_class_bind_template_child (widget_class, KipReviewEditor, agreed);
  gtk_widget_class_bind_template_child (widget_class, KipReviewEditor, add_group);
  gtk_widget_class_bind_template_child (widget_class, KipReviewEditor, add_button);
  gtk_widget_class_bind_template_child (widget_class, KipReviewEditor, save_bar);
}

static void
kip_review_editor_init (KipReviewEditor *self)
{
  self->quiet = TRUE;
  self->actions = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  kip_save_bar_set_plain (self->save_bar);
  g_signal_connect_swapped (self->range, "changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->whose_row, "commit", G_CALLBACK (ask), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->agreed), "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_clicked_cb), self);
  g_signal_connect_swapped (self->save_bar, "save", G_CALLBACK (save_cb), self);
}

/* Reviews are mostly held when a month is over. */
static void
choose_last_month (KipReviewEditor *self)
{
  KipRange range;

  kip_range_button_set_zone (self->range, self->zone);
  if (kip_query_resolve_time ("last-month", KIP_QUERY_PAST, kip_clock_now (), self->zone, &range.from, &range.to))
    kip_range_button_set_range (self->range, &range);
}

GtkWidget *
kip_review_editor_new (KipSession *session)
{
  KipReviewEditor *self = g_object_new (KIP_TYPE_REVIEW_EDITOR, NULL);

  self->session = g_object_ref (session);
  self->zone = kip_office_zone (store_of (self));
  kip_pick_row_fill_whose (self->whose_row, kip_store_get_office (store_of (self)));
  kip_pick_row_set_value (self->whose_row, 0);
  choose_last_month (self);
  load_draft (self);
  self->quiet = FALSE;
  kip_save_bar_show (self->save_bar, TRUE, NULL);
  ask (self);
  return GTK_WIDGET (self);
}
