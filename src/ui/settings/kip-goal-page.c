/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-goal-page.h"

#include <glib/gi18n-lib.h>

#include "kip-calendar-edit.h"
#include "kip-chart-view.h"
#include "kip-clock.h"
#include "kip-date-button.h"
#include "kip-error.h"
#include "kip-goal-commands.h"
#include "kip-goal-job.h"
#include "kip-goal-words.h"
#include "kip-pick-rows.h"
#include "kip-save-bar.h"
#include "kip-settings-window.h"
#include "kip-settings-words.h"
#include "kip-switch-row.h"

struct _KipGoalPage
{
  AdwBin parent_instance;

  KipSession   *session; /* (owned) */
  GTimeZone    *zone;    /* (owned) of the office */
  KipId         id;      /* NONE: a new one */
  gboolean      quiet;   /* the program fills the form, not the person */
  gboolean      edited;
  GCancellable *asking;  /* (owned) (nullable) */
  KipFactTable *table;   /* (owned) (nullable) */
  GArray       *past;    /* (owned) (nullable) of KipFigure */
  GPtrArray    *rows;    /* (owned) of GtkWidget in history_row, borrowed */

  AdwPreferencesGroup *what_group;
  KipPickRow     *measure_row;
  KipPickRow     *whose_row;
  KipPickRow     *direction_row;
  KipTextRow     *amount_row;
  KipPickRow     *period_row;
  KipSwitchRow   *elapsed_row;
  GtkLabel       *past_label;
  KipChartView   *past_view;
  AdwEntryRow    *why_row;
  KipTextRow     *from_row;
  KipTextRow     *until_row;
  AdwExpanderRow *history_row;
  KipSaveBar     *save_bar;
};

G_DEFINE_FINAL_TYPE (KipGoalPage, kip_goal_page, ADW_TYPE_BIN)

static KipStore *
store_of (KipGoalPage *self)
{
  return kip_session_get_store (self->session);
}

static KipMeasure
measure_of (KipGoalPage *self)
{
  return (KipMeasure) kip_pick_row_get_value (self->measure_row);
}

/* A team's number is its id, an agent's the id below zero, everybody's 0. */
static KipId
team_of (KipGoalPage *self)
{
  return (KipId) MAX (kip_pick_row_get_value (self->whose_row), 0);
}

static KipId
agent_of (KipGoalPage *self)
{
  return (KipId) -MIN (kip_pick_row_get_value (self->whose_row), 0);
}

/* ---- reading the form ---- */

static gboolean
read_day (KipTextRow *row,
          GTimeZone  *zone,
          int         days_more,
          KipInstant *at,
          GError    **error)
{
  g_autofree char *text = kip_text_row_dup_text (row);
  g_autoptr (GDateTime) start = NULL;
  int year, month, of_month;
  KipDay day;

  *at = KIP_INSTANT_NONE;
  if (*text == '\0')
    return TRUE;
  if (!kip_day_from_typed (text, kip_clock_now (), &day, error))
    return FALSE;
  kip_day_to_ymd (day + days_more, &year, &month, &of_month);
  start = g_date_time_new (zone, year, month, of_month, 0, 0, 0);
  *at = kip_instant_from_date_time (start);
  return TRUE;
}

static gboolean
read_amount (KipGoalPage    *self,
             KipGoalVersion *version,
             GError        **error)
{
  g_autofree char *text = kip_text_row_dup_text (self->amount_row);

  version->direction = (KipGoalDirection) kip_pick_row_get_value (self->direction_row);
  version->period = (KipGoalPeriod) kip_pick_row_get_value (self->period_row);
  version->elapsed = kip_measure_info (measure_of (self))->unit == KIP_UNIT_DURATION && kip_switch_row_get_value (self->elapsed_row);
  if (*text == '\0')
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID, _("Write how much it is to be."));
      return FALSE;
    }
  return kip_goal_amount_parse (measure_of (self), text, &version->amount, error);
}

/* ->why is borrowed of the form. */
static gboolean
read_form (KipGoalPage    *self,
           KipGoalVersion *version,
           GError        **error)
{
  g_autofree char *wrong = NULL;

  if (!read_amount (self, version, error) || !read_day (self->from_row, self->zone, 0, &version->from, error)
      || !read_day (self->until_row, self->zone, 1, &version->until, error))
    return FALSE;
  version->why = gtk_editable_get_text (GTK_EDITABLE (self->why_row));
  wrong = kip_goal_version_check (version);
  if (wrong != NULL)
    g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID, wrong);
  return wrong == NULL;
}

/* ---- the past ---- */

static void
show_past (KipGoalPage *self)
{
  KipGoalVersion version = { 0 };
  gboolean has_amount = read_amount (self, &version, NULL);
  g_autoptr (KipChart) chart = NULL;
  g_autofree char *words = NULL;
  guint measured = 0, met = 0;

  if (self->past == NULL)
    {
      gtk_label_set_text (self->past_label, _("Looking at the past…"));
      return;
    }
  chart = kip_goal_past_chart (self->past, measure_of (self), self->zone, has_amount ? &version : NULL);
  kip_chart_view_set_chart (self->past_view, chart);
  kip_goal_count_met (self->past, version.direction, version.amount, &measured, &met);
  words = has_amount || measured == 0 ? kip_goal_past_words (version.period, measured, met)
                                      : g_strdup (_("Write how much, and you see what share of the past would have met it."));
  gtk_label_set_text (self->past_label, words);
}

static void
past_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KipGoalPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipFactTable) table = NULL;
  GArray *past = kip_goal_past_finish (result, &table, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->asking)
    {
      g_clear_pointer (&past, g_array_unref);
      return;
    }
  g_clear_object (&self->asking);
  if (past == NULL)
    {
      gtk_label_set_text (self->past_label, error->message);
      return;
    }
  g_clear_pointer (&self->table, kip_fact_table_unref);
  self->table = g_steal_pointer (&table);
  self->past = past;
  show_past (self);
}

static void
ask_past (KipGoalPage *self)
{
  KipGoalQuestion question = { measure_of (self), team_of (self), agent_of (self),
                               (KipGoalPeriod) kip_pick_row_get_value (self->period_row),
                               kip_switch_row_get_value (self->elapsed_row) };

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->past, g_array_unref);
  self->asking = g_cancellable_new ();
  kip_goal_past_async (store_of (self), &question, self->table, self->asking, past_cb, g_object_ref (self));
  show_past (self);
}

/* ---- editing ---- */

static void
update_bar (KipGoalPage *self)
{
  KipGoalVersion version = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean right = read_form (self, &version, &error);

  kip_save_bar_show (self->save_bar, self->edited || self->id == KIP_ID_NONE, self->edited && !right ? error->message : NULL);
  kip_settings_set_unsaved (GTK_WIDGET (self), self->edited);
}

static void
edited_cb (KipGoalPage *self)
{
  if (self->quiet)
    return;
  self->edited = TRUE;
  update_bar (self);
  show_past (self);
}

/* What the figures of the past depend on. */
static void
question_cb (KipGoalPage *self)
{
  if (self->quiet)
    return;
  self->edited = TRUE;
  update_bar (self);
  ask_past (self);
}

/* What one measure takes, another may not. */
static void
show_measure (KipGoalPage *self)
{
  const KipMeasureInfo *info = kip_measure_info (measure_of (self));

  adw_preferences_group_set_description (self->what_group, _(info->definition));
  gtk_widget_set_visible (GTK_WIDGET (self->elapsed_row), info->unit == KIP_UNIT_DURATION);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount_row), _(kip_goal_amount_hint (measure_of (self))));
}

static void
measure_cb (KipGoalPage *self)
{
  if (self->quiet)
    return;
  kip_pick_row_set_value (self->direction_row,
                          kip_measure_info (measure_of (self))->better > 0 ? KIP_GOAL_AT_LEAST : KIP_GOAL_AT_MOST);
  show_measure (self);
  question_cb (self);
}

/* ---- choices ---- */

static void
fill_measures (KipPickRow *row)
{
  kip_pick_row_begin (row);
  for (guint i = 0; i < KIP_N_MEASURES; i++)
    if (kip_measure_can_have_goal ((KipMeasure) i))
      kip_pick_row_add (row, i, _(kip_measure_info ((KipMeasure) i)->label));
  kip_pick_row_end (row);
}

static void
fill_fixed (KipGoalPage *self)
{
  kip_pick_row_begin (self->direction_row);
  kip_pick_row_add (self->direction_row, KIP_GOAL_AT_MOST, _("At most"));
  kip_pick_row_add (self->direction_row, KIP_GOAL_AT_LEAST, _("At least"));
  kip_pick_row_end (self->direction_row);
  kip_pick_row_begin (self->period_row);
  kip_pick_row_add (self->period_row, KIP_GOAL_WEEK, _("A week"));
  kip_pick_row_add (self->period_row, KIP_GOAL_MONTH, _("A month"));
  kip_pick_row_end (self->period_row);
  fill_measures (self->measure_row);
}

/* ---- showing ---- */

static void
show_day (KipTextRow *row,
          GTimeZone  *zone,
          KipInstant  at)
{
  g_autoptr (GDateTime) local = at != KIP_INSTANT_NONE ? kip_instant_to_local (at, zone) : NULL;
  g_autofree char *text = NULL;

  if (local != NULL)
    text = kip_day_to_typed (kip_day_from_ymd (g_date_time_get_year (local), g_date_time_get_month (local),
                                               g_date_time_get_day_of_month (local)));
  kip_text_row_set_value (row, text != NULL ? text : "");
}

static void
show_version (KipGoalPage          *self,
              const KipGoalVersion *version)
{
  g_autofree char *amount = kip_goal_amount_to_text (measure_of (self), version->amount);

  kip_pick_row_set_value (self->direction_row, version->direction);
  kip_pick_row_set_value (self->period_row, version->period);
  kip_switch_row_set_value (self->elapsed_row, version->elapsed);
  kip_text_row_set_value (self->amount_row, amount);
  gtk_editable_set_text (GTK_EDITABLE (self->why_row), version->why != NULL ? version->why : "");
  show_day (self->from_row, self->zone, version->from);
  show_day (self->until_row, self->zone, version->until != KIP_INSTANT_NONE ? version->until - 1 : KIP_INSTANT_NONE);
}

/* The newest first. */
static void
show_history (KipGoalPage   *self,
              const KipGoal *goal)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (self->history_row, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = goal->versions->len; i > 0; i--)
    {
      const KipGoalVersion *version = &g_array_index (goal->versions, KipGoalVersion, i - 1);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *title = kip_goal_version_title (measure_of (self), version);
      g_autofree char *subtitle = kip_goal_version_words (version, self->zone);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      adw_expander_row_add_row (self->history_row, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->history_row), goal->versions->len > 0);
}

static void
show_goal (KipGoalPage   *self,
           const KipGoal *goal)
{
  KipMeasure measure;

  if (!kip_measure_find (goal->measure, &measure))
    return;
  self->quiet = TRUE;
  kip_pick_row_set_value (self->measure_row, measure);
  kip_pick_row_set_value (self->whose_row, goal->agent != KIP_ID_NONE ? -(gint64) goal->agent : (gint64) goal->team);
  gtk_widget_set_sensitive (GTK_WIDGET (self->measure_row), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->whose_row), FALSE);
  if (kip_goal_newest (goal) != NULL)
    show_version (self, kip_goal_newest (goal));
  show_history (self, goal);
  show_measure (self);
  self->quiet = FALSE;
}

/* Somebody else may have set it meanwhile; what is being typed stays. */
static void
refresh (KipGoalPage *self)
{
  KipOffice *office = kip_store_get_office (store_of (self));
  const KipGoal *goal = self->id != KIP_ID_NONE ? kip_office_goal (office, self->id) : NULL;

  self->quiet = TRUE;
  kip_pick_row_fill_whose (self->whose_row, office);
  self->quiet = FALSE;
  if (goal != NULL && !self->edited)
    show_goal (self, goal);
  update_bar (self);
}

static void
begin_new (KipGoalPage *self)
{
  self->quiet = TRUE;
  kip_pick_row_set_value (self->measure_row, KIP_MEASURE_SLA_RESOLUTION);
  kip_pick_row_set_value (self->whose_row, 0);
  kip_pick_row_set_value (self->direction_row, KIP_GOAL_AT_LEAST);
  kip_pick_row_set_value (self->period_row, KIP_GOAL_MONTH);
  show_day (self->from_row, self->zone, kip_clock_now ());
  gtk_widget_set_visible (GTK_WIDGET (self->history_row), FALSE);
  show_measure (self);
  self->quiet = FALSE;
}

/* ---- saving ---- */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KipGoalPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!kip_session_do_finish (KIP_SESSION (source), result, NULL, &error))
    {
      kip_save_bar_show (self->save_bar, TRUE, error->message);
      return;
    }
  self->edited = FALSE;
  kip_settings_set_unsaved (GTK_WIDGET (self), FALSE);
  kip_settings_pop_saved (GTK_WIDGET (self));
}

static void
save_cb (KipGoalPage *self)
{
  const KipSettingsWords *words = kip_settings_words (KIP_KIND_GOAL);
  const KipMeasureInfo *info = kip_measure_info (measure_of (self));
  g_autofree char *label = kip_settings_say_done (self->id == KIP_ID_NONE ? words->added : words->changed, _(info->label));
  g_autoptr (GError) error = NULL;
  KipGoalVersion version = { 0 };

  if (!read_form (self, &version, &error))
    {
      kip_save_bar_show (self->save_bar, TRUE, error->message);
      return;
    }
  kip_session_do (self->session,
                  kip_command_set_goal (store_of (self), info->key, team_of (self), agent_of (self), &version),
                  label, saved_cb, g_object_ref (self));
}

/* ---- object ---- */

static void
open_query_cb (KipGoalPage *self,
               const char  *query)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.show-query", "s", query);
}

static void
kip_goal_page_dispose (GObject *object)
{
  KipGoalPage *self = KIP_GOAL_PAGE (object);

  self->quiet = TRUE;
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kip_goal_page_parent_class)->dispose (object);
}

static void
kip_goal_page_finalize (GObject *object)
{
  KipGoalPage *self = KIP_GOAL_PAGE (object);

  g_clear_pointer (&self->table, kip_fact_table_unref);
  g_clear_pointer (&self->past, g_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (kip_goal_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, "/io/github/kipdesk/Kip/ui/kip-goal-page.ui");
  gtk_widget_class_bind_template_child (klass, KipGoalPage, what_group);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, measure_row);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, whose_row);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, direction_row);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, amount_row);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, period_row);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, elapsed_row);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, past_label);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, past_view);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, why_row);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, from_row);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, until_row);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, history_row);
  gtk_widget_class_bind_template_child (klass, KipGoalPage, save_bar);
}

static void
kip_goal_page_class_init (KipGoalPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_goal_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_goal_page_finalize;
  g_type_ensure (KIP_TYPE_CHART_VIEW);
  g_type_ensure (KIP_TYPE_PICK_ROW);
  g_type_ensure (KIP_TYPE_SAVE_BAR);
  g_type_ensure (KIP_TYPE_SWITCH_ROW);
  g_type_ensure (KIP_TYPE_TEXT_ROW);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
kip_goal_page_init (KipGoalPage *self)
{
  self->quiet = TRUE;
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  kip_save_bar_set_plain (self->save_bar);
  kip_text_row_add_calendar (self->from_row);
  kip_text_row_add_calendar (self->until_row);
  fill_fixed (self);
  g_signal_connect_swapped (self->measure_row, "commit", G_CALLBACK (measure_cb), self);
  g_signal_connect_swapped (self->whose_row, "commit", G_CALLBACK (question_cb), self);
  g_signal_connect_swapped (self->period_row, "commit", G_CALLBACK (question_cb), self);
  g_signal_connect_swapped (self->elapsed_row, "commit", G_CALLBACK (question_cb), self);
  g_signal_connect_swapped (self->direction_row, "commit", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->amount_row, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->why_row, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->from_row, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->until_row, "changed", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (self->past_view, "open-query", G_CALLBACK (open_query_cb), self);
  g_signal_connect_swapped (self->save_bar, "save", G_CALLBACK (save_cb), self);
}

GtkWidget *
kip_goal_page_new (KipSession *session,
                   KipId       id)
{
  KipGoalPage *self = g_object_new (KIP_TYPE_GOAL_PAGE, NULL);

  self->session = g_object_ref (session);
  self->zone = kip_office_zone (store_of (self));
  self->id = id;
  refresh (self);
  if (id == KIP_ID_NONE)
    begin_new (self);
  ask_past (self);
  g_signal_connect_object (store_of (self), "office-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
