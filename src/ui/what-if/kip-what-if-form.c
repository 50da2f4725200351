/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-what-if-form.h"

#include <glib/gi18n-lib.h>

#include "kip-format.h"
#include "kip-pick-rows.h"
#include "kip-switch-row.h"
#include "kip-target-grid.h"
#include "kip-text-row.h"

#define N_PAUSES 5 /* by KipPause; the first is none */
#define SATURDAY 5
#define FRIDAY 4
#define MOST_AGENTS 20

/* A team and its spin button. */
typedef struct
{
  KipId          team;
  guint          n; /* agents now */
  GtkWidget     *row;
  GtkSpinButton *spin;
} TeamRow;

struct _KipWhatIfForm
{
  AdwBin parent_instance;

  KipAgreements *agreements; /* (owned) (nullable) */
  KipScenario   *scenario;   /* (owned) */
  KipId          policy;
  gboolean       quiet;      /* the program fills the rows, not the person */
  GArray        *teams;      /* (owned) of TeamRow */

  GtkWidget           *policy_group;
  KipPickRow          *policy_row;
  KipTargetGrid       *targets;
  AdwPreferencesGroup *pauses_group;
  KipSwitchRow        *pause_rows[N_PAUSES];
  KipPickRow          *calendar_row;
  KipSwitchRow        *saturday_row;
  KipSwitchRow        *lunch_row;
  AdwExpanderRow      *hours_row;
  KipTextRow          *day_rows[7];
  KipSwitchRow        *follow_row;
  AdwPreferencesGroup *agents_group;
};

G_DEFINE_FINAL_TYPE (KipWhatIfForm, kip_what_if_form, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- as it is, and as it would be ---- */

static const KipPolicy *
present_policy (KipWhatIfForm *self)
{
  return kip_agreements_get_policy (self->agreements, self->policy, 0);
}

/* The chosen policy with the changes in it. (transfer full) (nullable) */
static KipPolicySpec *
changed_policy (KipWhatIfForm *self)
{
  g_autoptr (KipValue) version = kip_scenario_apply_to (self->scenario, self->agreements, KIP_KIND_POLICY, self->policy);
  const KipPolicy *policy = present_policy (self);

  if (version != NULL)
    return kip_policy_spec_from_value (version);
  return policy != NULL ? kip_policy_spec_copy (policy->spec) : NULL;
}

/* The calendar by which the policy would count. */
static KipId
hours_calendar (KipWhatIfForm *self)
{
  g_autoptr (KipPolicySpec) spec = changed_policy (self);
  KipId id = spec != NULL ? spec->calendar : KIP_ID_NONE;

  if (id == KIP_ID_NONE)
    id = kip_office_get_calendar (kip_agreements_get_office (self->agreements));
  return kip_agreements_get_calendar_versions (self->agreements, id)->len > 0 ? id : KIP_ID_NONE;
}

static const KipCalendarSpec *
present_calendar (KipWhatIfForm *self)
{
  return kip_calendar_get_spec (kip_agreements_get_calendar (self->agreements, hours_calendar (self), 0));
}

static char *
present_hours (KipWhatIfForm *self,
               int            weekday)
{
  return kip_hours_to_text (present_calendar (self)->weekly[weekday]);
}

static char *
changed_hours (KipWhatIfForm *self,
               int            weekday)
{
  KipWhatIfChange place = { .kind = KIP_WHAT_IF_HOURS, .id = hours_calendar (self), .weekday = weekday };
  const KipWhatIfChange *change = kip_scenario_find (self->scenario, &place);

  return change != NULL ? g_strdup (change->hours != NULL ? change->hours : "") : present_hours (self, weekday);
}

/* ---- showing ---- */

static void
show_policies (KipWhatIfForm *self)
{
  GPtrArray *policies = kip_agreements_get_policies (self->agreements);

  kip_pick_row_begin (self->policy_row);
  for (guint i = 0; i < policies->len; i++)
    {
      const KipPolicy *policy = g_ptr_array_index (policies, i);

      kip_pick_row_add (self->policy_row, (gint64) policy->id, policy->name);
    }
  kip_pick_row_end (self->policy_row);
  kip_pick_row_set_value (self->policy_row, (gint64) self->policy);
  gtk_widget_set_visible (self->policy_group, policies->len > 1);
}

static void
show_policy (KipWhatIfForm *self)
{
  g_autoptr (KipPolicySpec) spec = changed_policy (self);

  if (spec == NULL)
    return;
  kip_target_grid_show (self->targets, spec);
  for (guint pause = 1; pause < N_PAUSES; pause++)
    kip_switch_row_set_value (self->pause_rows[pause], (spec->pauses & 1u << pause) != 0);
  kip_pick_row_set_value (self->calendar_row, (gint64) spec->calendar);
}

static gboolean
has_breaks (const KipCalendarSpec *spec)
{
  for (guint day = 0; day < 7; day++)
    if (spec->weekly[day]->len > 1)
      return TRUE;
  return FALSE;
}

static void
show_hours (KipWhatIfForm *self)
{
  KipWhatIfChange lunch = { .kind = KIP_WHAT_IF_NO_LUNCH, .id = hours_calendar (self) };

  for (int day = 0; day < 7; day++)
    {
      g_autofree char *hours = changed_hours (self, day);

      kip_text_row_set_value (self->day_rows[day], hours);
      if (day == SATURDAY)
        kip_switch_row_set_value (self->saturday_row, *hours != '\0');
    }
  kip_switch_row_set_value (self->lunch_row, kip_scenario_find (self->scenario, &lunch) != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->lunch_row), has_breaks (present_calendar (self)));
  kip_switch_row_set_value (self->follow_row, self->scenario->people_follow);
}

static void
show_agents (KipWhatIfForm *self)
{
  for (guint i = 0; i < self->teams->len; i++)
    {
      const TeamRow *row = &g_array_index (self->teams, TeamRow, i);

      gtk_spin_button_set_value (row->spin, kip_scenario_get_agents (self->scenario, row->team));
    }
}

static void
show (KipWhatIfForm *self)
{
  self->quiet = TRUE;
  show_policies (self);
  show_policy (self);
  show_hours (self);
  show_agents (self);
  self->quiet = FALSE;
}

/* ---- changes ---- */

static void
say_changed (KipWhatIfForm *self)
{
  show (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
put_or_drop (KipWhatIfForm         *self,
             const KipWhatIfChange *change,
             gboolean               differs)
{
  if (differs)
    kip_scenario_put (self->scenario, change);
  else
    kip_scenario_drop (self->scenario, change);
}

static void
policy_cb (KipWhatIfForm *self)
{
  if (self->quiet)
    return;
  self->policy = (KipId) kip_pick_row_get_value (self->policy_row);
  show (self);
}

static void
targets_cb (KipWhatIfForm *self)
{
  g_autoptr (KipPolicySpec) spec = NULL;
  g_autoptr (KipScenario) before = NULL;
  const KipPolicy *policy;

  if (self->quiet || kip_target_grid_get_problem (self->targets) != NULL)
    return;
  policy = present_policy (self);
  spec = changed_policy (self);
  if (policy == NULL)
    return;
  before = kip_scenario_copy (self->scenario);
  kip_target_grid_read (self->targets, spec);
  for (int priority = 1; priority <= KIP_N_PRIORITIES; priority++)
    for (int clock = 0; clock < KIP_N_CLOCKS; clock++)
      {
        gint64 seconds = spec->targets[priority - 1][clock];
        KipWhatIfChange change = { KIP_WHAT_IF_TARGET, self->policy, priority, (KipClockKind) clock, seconds };

        put_or_drop (self, &change, seconds != policy->spec->targets[priority - 1][clock]);
      }
  if (!kip_scenario_equal (before, self->scenario))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
pause_cb (KipSwitchRow  *row,
          KipWhatIfForm *self)
{
  const KipPolicy *policy = self->quiet ? NULL : present_policy (self);

  for (int pause = 1; policy != NULL && pause < N_PAUSES; pause++)
    if (self->pause_rows[pause] == row)
      {
        KipWhatIfChange change = { .kind = KIP_WHAT_IF_PAUSE, .id = self->policy, .pause = (KipPause) pause };

        change.on = kip_switch_row_get_value (row);
        put_or_drop (self, &change, change.on != ((policy->spec->pauses & 1u << pause) != 0));
      }
  if (policy != NULL)
    say_changed (self);
}

static void
calendar_cb (KipWhatIfForm *self)
{
  KipWhatIfChange change = { .kind = KIP_WHAT_IF_CALENDAR, .id = self->policy };
  const KipPolicy *policy = self->quiet ? NULL : present_policy (self);

  if (policy == NULL)
    return;
  change.calendar = (KipId) kip_pick_row_get_value (self->calendar_row);
  put_or_drop (self, &change, change.calendar != policy->spec->calendar);
  say_changed (self);
}

static void
put_hours (KipWhatIfForm *self,
           int            weekday,
           const char    *hours)
{
  g_autofree char *present = present_hours (self, weekday);
  KipWhatIfChange change = { .kind = KIP_WHAT_IF_HOURS, .id = hours_calendar (self), .weekday = weekday };

  change.hours = *hours != '\0' ? (char *) hours : NULL;
  put_or_drop (self, &change, g_strcmp0 (present, hours) != 0);
  say_changed (self);
}

/* The first stretch of the day that people work most like it. */
static char *
hours_of_morning (KipWhatIfForm *self)
{
  const GArray *friday = present_calendar (self)->weekly[FRIDAY];
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (KipHours));

  if (friday->len == 0)
    return g_strdup ("08:00-12:00");
  g_array_append_vals (first, friday->data, 1);
  return kip_hours_to_text (first);
}

static void
saturday_cb (KipWhatIfForm *self)
{
  g_autofree char *hours = NULL;

  if (self->quiet)
    return;
  hours = present_hours (self, SATURDAY);
  if (!kip_switch_row_get_value (self->saturday_row))
    put_hours (self, SATURDAY, "");
  else if (*hours != '\0')
    put_hours (self, SATURDAY, hours);
  else
    {
      g_autofree char *morning = hours_of_morning (self);

      put_hours (self, SATURDAY, morning);
    }
}

static void
day_cb (KipTextRow    *row,
        KipWhatIfForm *self)
{
  g_autofree char *typed = kip_text_row_dup_text (row);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) hours = self->quiet ? NULL : kip_hours_parse (typed, &error);
  g_autofree char *tidy = hours != NULL ? kip_hours_to_text (hours) : NULL;

  if (error != NULL)
    kip_text_row_refuse (row, error->message);
  if (hours == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (row), tidy);
  for (int day = 0; day < 7; day++)
    if (self->day_rows[day] == row)
      {
        put_hours (self, day, tidy);
        return;
      }
}

static void
lunch_cb (KipWhatIfForm *self)
{
  KipWhatIfChange change = { .kind = KIP_WHAT_IF_NO_LUNCH };

  if (self->quiet)
    return;
  change.id = hours_calendar (self);
  put_or_drop (self, &change, kip_switch_row_get_value (self->lunch_row));
  say_changed (self);
}

static void
follow_cb (KipWhatIfForm *self)
{
  if (self->quiet)
    return;
  self->scenario->people_follow = kip_switch_row_get_value (self->follow_row);
  say_changed (self);
}

static void
agents_cb (GtkSpinButton *spin,
           KipWhatIfForm *self)
{
  if (self->quiet)
    return;
  for (guint i = 0; i < self->teams->len; i++)
    {
      const TeamRow *row = &g_array_index (self->teams, TeamRow, i);
      KipWhatIfChange change = { .kind = KIP_WHAT_IF_AGENTS, .id = row->team };

      if (row->spin != spin)
        continue;
      change.agents = gtk_spin_button_get_value_as_int (spin);
      put_or_drop (self, &change, change.agents != 0);
      say_changed (self);
      return;
    }
}

/* "+1": what is added, not how many there are. */
static gboolean
output_cb (GtkSpinButton *spin)
{
  int value = gtk_spin_button_get_value_as_int (spin);
  g_autofree char *text = value == 0 ? g_strdup ("0") : g_strdup_printf (value > 0 ? "+%d" : "−%d", ABS (value));

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (spin)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static int
input_cb (GtkSpinButton *spin,
          double        *value)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (spin)));
  gboolean minus = g_str_has_prefix (text, "−") || g_str_has_prefix (text, "-");
  const char *digits = text;
  guint64 number;

  while (*digits != '\0' && !g_ascii_isdigit (*digits))
    digits++;
  if (!g_ascii_string_to_unsigned (digits, 10, 0, 1000, &number, NULL))
    return GTK_INPUT_ERROR;
  *value = minus ? -(double) number : (double) number;
  return TRUE;
}

/* ---- teams ---- */

static void
add_team (KipWhatIfForm *self,
          const KipTeam *team,
          guint          n)
{
  TeamRow row = { team->id, n, adw_action_row_new (), NULL };
  g_autofree char *title = g_markup_escape_text (team->name, -1);
  g_autofree char *subtitle = n > 0 ? g_strdup_printf (ngettext ("%u agent now", "%u agents now", n), n)
                                    : g_strdup (_("No members: those who resolved its tickets count"));

  row.spin = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (n > 0 ? 1 - (double) n : 0, MOST_AGENTS, 1));
  gtk_editable_set_width_chars (GTK_EDITABLE (row.spin), 3);
  gtk_widget_set_valign (GTK_WIDGET (row.spin), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (row.spin), "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row.spin), GTK_ACCESSIBLE_PROPERTY_LABEL, team->name, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row.row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row.row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row.row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row.row), GTK_WIDGET (row.spin));
  g_signal_connect (row.spin, "output", G_CALLBACK (output_cb), NULL);
  g_signal_connect (row.spin, "input", G_CALLBACK (input_cb), NULL);
  g_signal_connect (row.spin, "value-changed", G_CALLBACK (agents_cb), self);
  adw_preferences_group_add (self->agents_group, row.row);
  g_array_append_val (self->teams, row);
}

static gboolean
has_same_teams (KipWhatIfForm *self,
                KipOffice     *office,
                GArray        *wanted) /* of const KipTeam *, filled */
{
  GPtrArray *teams = kip_office_get_teams (office);
  gboolean same = TRUE;

  for (guint i = 0; i < teams->len; i++)
    {
      const KipTeam *team = g_ptr_array_index (teams, i);
      const TeamRow *row = wanted->len < self->teams->len ? &g_array_index (self->teams, TeamRow, wanted->len) : NULL;

      if (team->deleted)
        continue;
      same &= row != NULL && row->team == team->id && row->n == kip_team_count_agents (office, team->id)
              && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row->row)), team->name) == 0;
      g_array_append_val (wanted, team);
    }
  return same && wanted->len == self->teams->len;
}

static void
fill_teams (KipWhatIfForm *self)
{
  KipOffice *office = kip_agreements_get_office (self->agreements);
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (const KipTeam *));

  if (has_same_teams (self, office, wanted))
    return;
  for (guint i = 0; i < self->teams->len; i++)
    adw_preferences_group_remove (self->agents_group, g_array_index (self->teams, TeamRow, i).row);
  g_array_set_size (self->teams, 0);
  for (guint i = 0; i < wanted->len; i++)
    {
      const KipTeam *team = g_array_index (wanted, const KipTeam *, i);

      add_team (self, team, kip_team_count_agents (office, team->id));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->agents_group), wanted->len > 0);
}

/* ---- object ---- */

static void
make_pauses (KipWhatIfForm *self)
{
  for (int pause = 1; pause < N_PAUSES; pause++)
    {
      const KipChoice *choice = kip_choice_find (kip_schema_pauses (), pause);

      self->pause_rows[pause] = KIP_SWITCH_ROW (kip_switch_row_new (_(choice->label), NULL));
      adw_preferences_group_add (self->pauses_group, GTK_WIDGET (self->pause_rows[pause]));
      g_signal_connect (self->pause_rows[pause], "commit", G_CALLBACK (pause_cb), self);
    }
}

static void
make_days (KipWhatIfForm *self)
{
  for (int day = 0; day < 7; day++)
    {
      self->day_rows[day] = KIP_TEXT_ROW (kip_text_row_new (kip_format_weekday (day + 1)));
      adw_expander_row_add_row (self->hours_row, GTK_WIDGET (self->day_rows[day]));
      g_signal_connect (self->day_rows[day], "commit", G_CALLBACK (day_cb), self);
    }
}

static void
kip_what_if_form_dispose (GObject *object)
{
  KIP_WHAT_IF_FORM (object)->quiet = TRUE;
  G_OBJECT_CLASS (kip_what_if_form_parent_class)->dispose (object);
}

static void
kip_what_if_form_finalize (GObject *object)
{
  KipWhatIfForm *self = KIP_WHAT_IF_FORM (object);

  g_clear_pointer (&self->agreements, kip_agreements_unref);
  kip_scenario_free (self->scenario);
  g_array_unref (self->teams);
  G_OBJECT_CLASS (kip_what_if_form_parent_class)->finalize (object);
}

static void
kip_what_if_form_class_init (KipWhatIfFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_what_if_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_what_if_form_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KIP_TYPE_WHAT_IF_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  g_type_ensure (KIP_TYPE_PICK_ROW);
  g_type_ensure (KIP_TYPE_SWITCH_ROW);
  g_type_ensure (KIP_TYPE_TARGET_GRID);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-what-if-form.ui");
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfForm, policy_group);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfForm, policy_row);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfForm, targets);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfForm, pauses_group);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfForm, calendar_row);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfForm, saturday_row);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfForm, lunch_row);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfForm, hours_row);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfForm, follow_row);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfForm, agents_group);
}

static void
kip_what_if_form_init (KipWhatIfForm *self)
{
  self->scenario = kip_scenario_new ();
  self->teams = g_array_new (FALSE, FALSE, sizeof (TeamRow));
  gtk_widget_init_template (GTK_WIDGET (self));
  make_pauses (self);
  make_days (self);
  g_signal_connect_swapped (self->policy_row, "commit", G_CALLBACK (policy_cb), self);
  g_signal_connect_swapped (self->targets, "changed", G_CALLBACK (targets_cb), self);
  g_signal_connect_swapped (self->calendar_row, "commit", G_CALLBACK (calendar_cb), self);
  g_signal_connect_swapped (self->saturday_row, "commit", G_CALLBACK (saturday_cb), self);
  g_signal_connect_swapped (self->lunch_row, "commit", G_CALLBACK (lunch_cb), self);
  g_signal_connect_swapped (self->follow_row, "commit", G_CALLBACK (follow_cb), self);
}

/* ---- public ---- */

void
kip_what_if_form_set_office (KipWhatIfForm *self,
                             KipAgreements *agreements)
{
  GPtrArray *policies = kip_agreements_get_policies (agreements);

  g_clear_pointer (&self->agreements, kip_agreements_unref);
  self->agreements = kip_agreements_ref (agreements);
  if (present_policy (self) == NULL && policies->len > 0)
    self->policy = ((KipPolicy *) g_ptr_array_index (policies, policies->len - 1))->id;
  self->quiet = TRUE;
  kip_pick_row_fill_calendars (self->calendar_row, agreements, _("The office's"));
  fill_teams (self);
  show (self);
}

void
kip_what_if_form_set_policy (KipWhatIfForm *self,
                             KipId          policy)
{
  self->policy = policy;
  if (self->agreements != NULL)
    kip_what_if_form_set_office (self, self->agreements);
}

KipId
kip_what_if_form_get_policy (KipWhatIfForm *self)
{
  return self->policy;
}

void
kip_what_if_form_set_scenario (KipWhatIfForm     *self,
                               const KipScenario *scenario)
{
  KipScenario *copy = kip_scenario_copy (scenario);

  kip_scenario_free (self->scenario);
  self->scenario = copy;
  show (self);
}

const KipScenario *
kip_what_if_form_get_scenario (KipWhatIfForm *self)
{
  return self->scenario;
}
