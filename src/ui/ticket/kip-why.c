/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-why.h"

#include "kip-clock.h"
#include "kip-tiding-words.h"
#include "kip-tone.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* A ticket that waited for months has hundreds of segments: as many at a time. */
#define SEGMENTS_AT_ONCE 60

#define KIP_TYPE_WHY (kip_why_get_type ())
G_DECLARE_FINAL_TYPE (KipWhy, kip_why, KIP, WHY, AdwWindow)

struct _KipWhy
{
  AdwWindow            parent_instance;
  AdwWindowTitle      *window_title;
  GtkLabel            *state_label;
  GtkLabel            *sum_label;
  AdwPreferencesGroup *facts_group;
  AdwPreferencesGroup *notes_group;
  AdwPreferencesGroup *segments_group;
  KipExplanation      *why;    /* (owned) */
  KipOffice           *office; /* (owned) */
  guint                shown;  /* segments that have a row */
  GtkWidget           *more;   /* (nullable) the row that shows more of them */
};

G_DEFINE_FINAL_TYPE (KipWhy, kip_why, ADW_TYPE_WINDOW)

static void
kip_why_dispose (GObject *object)
{
  KipWhy *self = KIP_WHY (object);

  g_clear_pointer (&self->why, kip_explanation_free);
  g_clear_pointer (&self->office, kip_office_unref);
  G_OBJECT_CLASS (kip_why_parent_class)->dispose (object);
}

static void
kip_why_class_init (KipWhyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_why_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-why.ui");
  gtk_widget_class_bind_template_child (widget_class, KipWhy, window_title);
  gtk_widget_class_bind_template_child (widget_class, KipWhy, state_label);
  gtk_widget_class_bind_template_child (widget_class, KipWhy, sum_label);
  gtk_widget_class_bind_template_child (widget_class, KipWhy, facts_group);
  gtk_widget_class_bind_template_child (widget_class, KipWhy, notes_group);
  gtk_widget_class_bind_template_child (widget_class, KipWhy, segments_group);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kip_why_init (KipWhy *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- facts ---- */

static GtkWidget *
new_value (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
add_fact (KipWhy     *self,
          const char *title,
          const char *value)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_value (value));
  adw_preferences_group_add (self->facts_group, row);
}

static char *
format_target (const KipClock *clock)
{
  return clock->target > 0 ? kip_format_working (clock->target) : NULL;
}

static char *
format_due (const KipClock *clock)
{
  g_autofree char *due = kip_format_instant (clock->due, NULL);

  if (*due == '\0' || !clock->by_hand)
    return g_steal_pointer (&due);
  return g_strdup_printf (_("%s, set by hand"), due);
}

static void
add_facts (KipWhy               *self,
           const KipExplanation *why)
{
  g_autofree char *target = format_target (&why->clock);
  g_autofree char *started = kip_format_instant (why->clock.started, NULL);
  g_autofree char *stopped = kip_format_instant (why->clock.stopped, NULL);
  g_autofree char *due = format_due (&why->clock);

  add_fact (self, _("Promised"), target);
  add_fact (self, _("Counted from"), started);
  add_fact (self, _("Deadline"), due);
  add_fact (self, _("Stopped"), stopped);
  add_fact (self, _("Policy"), why->policy);
  add_fact (self, _("Calendar"), why->calendar);
}

static void
add_notes (KipWhy    *self,
           GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), g_ptr_array_index (notes, i));
      adw_preferences_group_add (self->notes_group, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->notes_group), notes->len > 0);
}

/* ---- segments ---- */

static char *
format_paused (const KipSegment *segment,
               KipOffice        *office)
{
  const KipPerson *author = kip_office_person (office, segment->author);

  if (author != NULL)
    /* Translators: what the ticket waited for, and who set it to wait */
    return g_strdup_printf (_("Paused · %s, by %s"), kip_format_pause (segment->pause), author->name);
  return g_strdup_printf (_("Paused · %s"), kip_format_pause (segment->pause));
}

static char *
format_reason (const char *format,
               const char *bare,
               const char *reason)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  if (reason == NULL || *reason == '\0')
    return g_strdup (bare);
  return g_strconcat (parts[0], reason, parts[1], NULL);
}

static char *
format_segment (const KipSegment *segment,
                KipOffice        *office)
{
  switch (segment->kind)
    {
    case KIP_SEGMENT_COUNTED:
      return g_strdup (segment->ahead ? _("Will count") : _("Counted"));
    case KIP_SEGMENT_CLOSED:
      return format_reason (_("Skipped · %s"), _("Skipped"), segment->reason);
    case KIP_SEGMENT_PAUSED:
      return format_paused (segment, office);
    case KIP_SEGMENT_OUTAGE:
      return format_reason (_("Outage · %s"), _("Outage"), segment->reason);
    case KIP_SEGMENT_RESOLVED:
      return g_strdup (_("Resolved, before it was reopened"));
    case KIP_SEGMENT_DROPPED:
    default:
      return g_strdup (_("Counted before the clock was started anew"));
    }
}

static const char *
segment_icon (KipSegmentKind kind)
{
  switch (kind)
    {
    case KIP_SEGMENT_COUNTED:
      return "kip-promise-symbolic";
    case KIP_SEGMENT_PAUSED:
      return "media-playback-pause-symbolic";
    case KIP_SEGMENT_OUTAGE:
      return "dialog-warning-symbolic";
    case KIP_SEGMENT_RESOLVED:
      return "object-select-symbolic";
    case KIP_SEGMENT_CLOSED:
    case KIP_SEGMENT_DROPPED:
    default:
      return "weather-clear-night-symbolic";
    }
}

/* "Mon 9 Mar 2026, 08:00 – 10:30", with the second day where it is another. */
static char *
format_span (const KipSegment *segment)
{
  g_autofree char *start = kip_format_instant (segment->start, NULL);
  g_autofree char *end = kip_format_instant (segment->end, NULL);
  g_autofree char *first_day = kip_format_date (segment->start, NULL);
  g_autofree char *last_day = kip_format_date (segment->end, NULL);
  g_autofree char *time = kip_format_time (segment->end, NULL);

  /* Translators: from – until */
  return g_strdup_printf (_("%s – %s"), start, g_str_equal (first_day, last_day) ? time : end);
}

static void
add_segment (KipWhy           *self,
             const KipSegment *segment,
             KipOffice        *office)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = format_segment (segment, office);
  g_autofree char *span = format_span (segment);
  g_autofree char *time = segment->seconds > 0 ? kip_format_countdown (segment->seconds) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), span);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (segment_icon (segment->kind)));
  gtk_widget_add_css_class (row, "numeric");
  if (segment->kind != KIP_SEGMENT_COUNTED || segment->ahead)
    gtk_widget_add_css_class (row, "dim-label");
  if (time != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_value (time));
  adw_preferences_group_add (self->segments_group, row);
}

static void add_more_segments (KipWhy *self);

static void
more_cb (KipWhy *self)
{
  adw_preferences_group_remove (self->segments_group, self->more);
  self->more = NULL;
  add_more_segments (self);
}

static void
add_more_row (KipWhy *self)
{
  guint left = self->why->segments->len - self->shown;
  g_autofree char *title = g_strdup_printf (ngettext ("Show %u more", "Show %u more", left), left);

  self->more = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->more), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->more), gtk_image_new_from_icon_name ("go-down-symbolic"));
  g_signal_connect_swapped (self->more, "activated", G_CALLBACK (more_cb), self);
  adw_preferences_group_add (self->segments_group, self->more);
}

static void
add_more_segments (KipWhy *self)
{
  guint end = MIN (self->shown + SEGMENTS_AT_ONCE, self->why->segments->len);

  for (; self->shown < end; self->shown++)
    add_segment (self, &g_array_index (self->why->segments, KipSegment, self->shown), self->office);
  if (end < self->why->segments->len)
    add_more_row (self);
}

/* ---- the whole ---- */

static char *
format_sum (const KipExplanation *why)
{
  g_autofree char *used = kip_format_duration (why->reading.used);
  g_autofree char *target = why->clock.target > 0 ? kip_format_working (why->clock.target) : NULL;

  if (target == NULL)
    return g_strdup_printf (_("%s counted so far"), used);
  /* Translators: "3 h 19 min of 4 h working" */
  return g_strdup_printf (_("%s of %s counted"), used, target);
}

static void
fill (KipWhy    *self,
      KipTicket *ticket)
{
  const KipExplanation *why = self->why;
  g_autofree char *state = kip_format_clock (&why->clock, &why->reading, ticket->pause);
  g_autofree char *number = kip_ticket_number_format (ticket->number);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", number, kip_format_clock_name (why->kind));
  g_autofree char *sum = format_sum (why);

  adw_window_title_set_subtitle (self->window_title, subtitle);
  gtk_label_set_label (self->state_label, state);
  kip_tone_apply (GTK_WIDGET (self->state_label), kip_clock_tone (&why->clock, &why->reading));
  gtk_label_set_label (self->sum_label, sum);
  add_facts (self, why);
  add_notes (self, why->notes);
  add_more_segments (self);
  gtk_widget_set_visible (GTK_WIDGET (self->segments_group), why->segments->len > 0);
}

void
kip_why_present (GtkWidget   *widget,
                 KipCase     *kase,
                 KipClockKind kind)
{
  KipTicket *ticket = kip_case_get_ticket (kase);
  KipAgreements *agreements = kip_store_get_agreements (kip_case_get_store (kase));
  KipWhy *self = g_object_new (KIP_TYPE_WHY, "transient-for", gtk_widget_get_root (widget), NULL);
  const KipCaseTidings *tidings = kip_case_get_tidings (kase);

  self->why = kip_ticket_clock_explain (ticket, agreements, kind, kip_clock_now ());
  self->office = kip_office_ref (kip_case_get_office (kase));
  if (tidings != NULL)
    kip_tidings_explain (tidings->tidings, self->office, self->why);
  fill (self, ticket);
  gtk_window_present (GTK_WINDOW (self));
}
