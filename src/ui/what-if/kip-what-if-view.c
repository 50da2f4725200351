/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-what-if-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "kip-format.h"
#include "kip-measure.h"
#include "kip-policy-edit.h"
#include "kip-study.h"
#include "kip-what-if-bar.h"

#define SHOWN_FLIPS 50

struct _KipWhatIfView
{
  AdwBin parent_instance;

  GArray    *suggested; /* (owned) (nullable) of KipSuggestion */
  GPtrArray *rows;      /* (owned) of GtkWidget, borrowed: made anew each time */
  GtkSizeGroup *names;  /* (owned) first column of the shares */
  GtkSizeGroup *values; /* (owned) last column */

  GtkWidget           *scroller;
  GtkLabel            *headline;
  GtkLabel            *subline;
  AdwPreferencesGroup *suggestions;
  GtkWidget           *use_all;
  GtkBox              *shares;
  AdwPreferencesGroup *flips;
  GtkWidget           *open_all;
  AdwPreferencesGroup *rests;
};

G_DEFINE_FINAL_TYPE (KipWhatIfView, kip_what_if_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_USE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- small things ---- */

static GtkWidget *
label_new (const char *text,
           const char *style,
           gboolean    wrap)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* A row that opens @query (nullable) when it is activated. */
static GtkWidget *
row_new (const char *title,
         const char *subtitle,
         const char *query)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = subtitle != NULL ? g_markup_escape_text (subtitle, -1) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  if (escaped_subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (query == NULL)
    return row;
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", query);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.show-query");
  return row;
}

static void
add_row (KipWhatIfView       *self,
         AdwPreferencesGroup *group,
         GtkWidget           *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
  g_object_set_data (G_OBJECT (row), "kip-group", group);
}

static void
clear_group (KipWhatIfView       *self,
             AdwPreferencesGroup *group)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i - 1);

      if (g_object_get_data (G_OBJECT (row), "kip-group") != group)
        continue;
      adw_preferences_group_remove (group, row);
      g_ptr_array_remove_index (self->rows, i - 1);
    }
}

/* "number:A-1,A-5" of the flips of one clock and priority, 0 and −1 standing for all; NULL: none. */
static char *
flips_query (const KipWhatIf *what_if,
             int              clock,
             int              priority)
{
  GString *query = g_string_new (NULL);
  gint64 last = 0;
  guint n = 0;

  for (guint i = 0; i < what_if->flips->len && n < KIP_NAMED_TICKETS; i++)
    {
      const KipWhatIfFlip *flip = &g_array_index (what_if->flips, KipWhatIfFlip, i);
      g_autofree char *number = NULL;

      if ((clock >= 0 && (int) flip->clock != clock) || (priority > 0 && flip->priority != priority) || flip->number == last)
        continue;
      last = flip->number;
      number = kip_ticket_number_format (flip->number);
      g_string_append_printf (query, "%s%s", n++ > 0 ? "," : "number:", number);
    }
  if (n > 0)
    return g_string_free (query, FALSE);
  g_string_free (query, TRUE);
  return NULL;
}

/* ---- shares ---- */

static char *
percent (double share)
{
  return isnan (share) ? g_strdup ("–") : g_strdup_printf ("%.1f %%", share);
}

/* "82.0 % → 91.3 %", or one figure where nothing changes. */
static char *
change_words (const KipWhatIfShare *before,
              const KipWhatIfShare *after)
{
  g_autofree char *from = percent (before->share);
  g_autofree char *to = percent (after->share);

  return g_strcmp0 (from, to) == 0 && isnan (after->low) ? g_steal_pointer (&from) : g_strdup_printf ("%s → %s", from, to);
}

static char *
note_words (const KipWhatIfShare *before,
            const KipWhatIfShare *after)
{
  guint n = MAX (before->n, after->n);
  g_autofree char *few = n < KIP_FEW ? g_strdup_printf (_("n = %u, few"), n) : g_strdup_printf (_("n = %u"), n);

  if (isnan (after->low))
    return g_steal_pointer (&few);
  return g_strdup_printf ("%.0f–%.0f %% · %s", after->low, after->high, few);
}

static GtkWidget *
share_row (KipWhatIfView   *self,
           const KipWhatIf *what_if,
           int              clock,
           int              priority)
{
  const KipWhatIfShare *before = &what_if->before[clock][priority], *after = &what_if->after[clock][priority];
  g_autofree char *query = flips_query (what_if, clock, priority);
  g_autofree char *name = priority > 0 ? g_strdup_printf ("%s %s", kip_priority_mark (priority), kip_priority_label (priority))
                                       : g_strdup (_("All"));
  g_autofree char *words = change_words (before, after);
  g_autofree char *note = note_words (before, after);
  g_autofree char *said = g_strdup_printf ("%s, %s: %s, %s", kip_format_clock_name ((KipClockKind) clock), name, words, note);
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = label_new (name, NULL, FALSE);
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *value = label_new (words, "numeric", FALSE);
  GtkWidget *caption = label_new (note, "caption", FALSE);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_widget_add_css_class (caption, "numeric");
  gtk_box_append (GTK_BOX (figures), value);
  gtk_box_append (GTK_BOX (figures), caption);
  gtk_size_group_add_widget (self->names, label);
  gtk_size_group_add_widget (self->values, figures);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), kip_what_if_bar_new (before, after));
  gtk_box_append (GTK_BOX (box), figures);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), query != NULL);
  if (query != NULL)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", query);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.show-query");
      gtk_widget_set_tooltip_text (row, _("Shows the tickets whose promise ends otherwise"));
    }
  return row;
}

static void
add_shares (KipWhatIfView   *self,
            const KipWhatIf *what_if,
            int              clock)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, kip_format_clock_name ((KipClockKind) clock));
  for (int row = 0; row <= KIP_N_PRIORITIES; row++)
    if (what_if->before[clock][row].n > 0 || what_if->after[clock][row].n > 0)
      adw_preferences_group_add (group, share_row (self, what_if, clock, row));
  gtk_box_append (self->shares, GTK_WIDGET (group));
}

static gboolean
changes (const KipWhatIf *what_if,
         int              clock)
{
  for (guint i = 0; i < what_if->flips->len; i++)
    if ((int) g_array_index (what_if->flips, KipWhatIfFlip, i).clock == clock)
      return TRUE;
  return FALSE;
}

/* Clocks that something changes for come first. */
static void
show_shares (KipWhatIfView   *self,
             const KipWhatIf *what_if)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->shares))) != NULL)
    gtk_box_remove (self->shares, child);
  for (int pass = 0; pass < 2; pass++)
    for (int clock = 0; clock < KIP_N_CLOCKS; clock++)
      if ((what_if->before[clock][0].n > 0 || what_if->after[clock][0].n > 0) && changes (what_if, clock) == (pass == 0))
        add_shares (self, what_if, clock);
}

/* ---- flips ---- */

static GtkWidget *
flip_row (const KipWhatIfFlip *flip)
{
  g_autofree char *number = kip_ticket_number_format (flip->number);
  g_autofree char *title = g_strdup_printf ("%s %s", number, flip->subject);
  g_autofree char *ends = g_strdup_printf ("%s → %s", kip_outcome_label (flip->before), kip_outcome_label (flip->after));
  g_autofree char *what = g_strdup_printf ("%s · %s", kip_format_clock_name (flip->clock), kip_priority_label (flip->priority));
  g_autofree char *chance = flip->chance < 1 ? g_strdup_printf (_("%s · in %.0f %% of the runs"), what, 100 * flip->chance)
                                             : g_strdup (what);
  g_autofree char *query = g_strdup_printf ("number:%s", number);
  GtkWidget *row = row_new (title, chance, query);
  GtkWidget *label = label_new (ends, flip->after == KIP_OUTCOME_BROKEN ? "error" : "success", FALSE);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static void
show_flips (KipWhatIfView   *self,
            const KipWhatIf *what_if)
{
  g_autofree char *all = flips_query (what_if, -1, 0);
  g_autofree char *more = what_if->flips->len > SHOWN_FLIPS
    ? g_strdup_printf (_("The first %u of %u."), SHOWN_FLIPS, what_if->flips->len) : NULL;

  clear_group (self, self->flips);
  gtk_widget_set_visible (GTK_WIDGET (self->flips), what_if->flips->len > 0);
  adw_preferences_group_set_description (self->flips, more);
  for (guint i = 0; i < MIN (what_if->flips->len, SHOWN_FLIPS); i++)
    add_row (self, self->flips, flip_row (&g_array_index (what_if->flips, KipWhatIfFlip, i)));
  if (all == NULL)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_all), "s", all);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open_all), "app.show-query");
}

/* ---- words ---- */

static char *
headline_words (const KipWhatIf *what_if)
{
  g_autofree char *broken = NULL;
  g_autofree char *kept = NULL;

  if (what_if->scenario->changes->len == 0)
    return g_strdup (_("As it happened"));
  if (what_if->flips->len == 0)
    return g_strdup (_("No promise would have ended otherwise"));
  broken = g_strdup_printf (ngettext ("%u promise would have been broken", "%u promises would have been broken", what_if->n_broken),
                            what_if->n_broken);
  kept = g_strdup_printf (ngettext ("%u would have been kept", "%u would have been kept", what_if->n_kept), what_if->n_kept);
  if (what_if->n_kept == 0)
    return g_steal_pointer (&broken);
  if (what_if->n_broken == 0)
    return g_strdup_printf (ngettext ("%u more promise would have been kept", "%u more promises would have been kept",
                                      what_if->n_kept), what_if->n_kept);
  return g_strdup_printf (_("%1$s, %2$s"), broken, kept);
}

static void
show_words (KipWhatIfView   *self,
            const KipWhatIf *what_if)
{
  GTimeZone *zone = kip_calendar_get_zone (kip_agreements_get_office_calendar (what_if->past->agreements));
  g_autofree char *range = kip_range_name (&what_if->past->range, zone);
  g_autofree char *changes = kip_scenario_describe (what_if->scenario, what_if->past->agreements);
  g_autofree char *headline = headline_words (what_if);
  g_autofree char *subline = g_strdup_printf ("%s · %s", range,
                                              *changes != '\0' ? changes : _("Change something at the side to see what it would have done."));

  gtk_label_set_text (self->headline, headline);
  gtk_label_set_text (self->subline, subline);
}

static GtkWidget *
sentence_row (const char *sentence)
{
  GtkWidget *row = row_new (sentence, NULL, NULL);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static void
show_rests (KipWhatIfView   *self,
            const KipWhatIf *what_if)
{
  g_autoptr (GPtrArray) assumptions = kip_what_if_assumptions (what_if);

  clear_group (self, self->rests);
  for (guint i = 0; i < what_if->teams->len; i++)
    {
      g_autofree char *words = kip_what_if_team_describe (&g_array_index (what_if->teams, KipWhatIfTeam, i),
                                                          what_if->past->office);

      add_row (self, self->rests, sentence_row (words));
    }
  for (guint i = 0; i < assumptions->len; i++)
    add_row (self, self->rests, sentence_row (g_ptr_array_index (assumptions, i)));
}

/* ---- suggestions ---- */

static void
use_cb (GtkWidget     *button,
        KipWhatIfView *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kip-index"));
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (KipSuggestion));

  if (self->suggested == NULL || index >= self->suggested->len)
    return;
  g_array_append_val (one, g_array_index (self->suggested, KipSuggestion, index));
  g_signal_emit (self, signals[SIGNAL_USE], 0, one);
}

static void
use_all_cb (KipWhatIfView *self)
{
  if (self->suggested != NULL)
    g_signal_emit (self, signals[SIGNAL_USE], 0, self->suggested);
}

static char *
suggestion_words (const KipSuggestion *suggestion)
{
  g_autofree char *present = suggestion->present > 0 ? kip_target_to_cell (suggestion->present) : g_strdup (_("no promise"));
  g_autofree char *open = suggestion->n_open > 0 ? g_strdup_printf (_(" · %u still open"), suggestion->n_open) : g_strdup ("");

  if (suggestion->rounded < 0)
    return g_strdup_printf (_("Cannot be said: too many are still open · now %s · n = %u%s"), present, suggestion->n, open);
  return g_strdup_printf (_("Held %.1f %% · now %s · n = %u%s"), suggestion->held, present, suggestion->n, open);
}

static GtkWidget *
suggestion_row (KipWhatIfView       *self,
                const KipSuggestion *suggestion,
                guint                index)
{
  g_autofree char *target = suggestion->rounded >= 0 ? kip_target_to_cell (suggestion->rounded) : g_strdup ("–");
  g_autofree char *title = g_strdup_printf (_("%1$s, %2$s: %3$s"), kip_format_clock_name (suggestion->clock),
                                            kip_priority_label (suggestion->priority), target);
  g_autofree char *words = suggestion_words (suggestion);
  g_autofree char *said = g_strdup_printf (_("Use %s"), title);
  GtkWidget *row = row_new (title, words, NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Use"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, suggestion->rounded >= 0 && suggestion->rounded != suggestion->present);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_object_set_data (G_OBJECT (button), "kip-index", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", G_CALLBACK (use_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

/* ---- object ---- */

static void
kip_what_if_view_finalize (GObject *object)
{
  KipWhatIfView *self = KIP_WHAT_IF_VIEW (object);

  g_clear_pointer (&self->suggested, g_array_unref);
  g_ptr_array_unref (self->rows);
  g_object_unref (self->names);
  g_object_unref (self->values);
  G_OBJECT_CLASS (kip_what_if_view_parent_class)->finalize (object);
}

static void
kip_what_if_view_class_init (KipWhatIfViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kip_what_if_view_finalize;
  signals[SIGNAL_USE] = g_signal_new ("use", KIP_TYPE_WHAT_IF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                      G_TYPE_ARRAY);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-what-if-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfView, scroller);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfView, headline);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfView, subline);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfView, suggestions);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfView, use_all);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfView, shares);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfView, flips);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfView, open_all);
  gtk_widget_class_bind_template_child (widget_class, KipWhatIfView, rests);
}

static void
kip_what_if_view_init (KipWhatIfView *self)
{
  self->rows = g_ptr_array_new ();
  self->names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->values = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->use_all, "clicked", G_CALLBACK (use_all_cb), self);
}

/* ---- public ---- */

void
kip_what_if_view_show (KipWhatIfView   *self,
                       const KipWhatIf *what_if)
{
  show_words (self, what_if);
  show_shares (self, what_if);
  show_flips (self, what_if);
  show_rests (self, what_if);
}

void
kip_what_if_view_show_suggestions (KipWhatIfView *self,
                                   const GArray  *suggestions,
                                   int            of_percent)
{
  g_autofree char *title = g_strdup_printf (_("Targets That Would Have Held for %d %%"), of_percent);

  clear_group (self, self->suggestions);
  g_clear_pointer (&self->suggested, g_array_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->suggestions), suggestions != NULL);
  if (suggestions == NULL)
    return;
  self->suggested = g_array_copy ((GArray *) suggestions);
  adw_preferences_group_set_title (self->suggestions, title);
  adw_preferences_group_set_description (self->suggestions,
                                         suggestions->len == 0 ? _("No promise began in this time.")
                                                               : _("Of the promises that began in this time, those still open counted as longer than they have run."));
  gtk_widget_set_visible (self->use_all, suggestions->len > 0);
  for (guint i = 0; i < suggestions->len; i++)
    add_row (self, self->suggestions, suggestion_row (self, &g_array_index (suggestions, KipSuggestion, i), i));
}
