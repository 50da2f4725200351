/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-promises.h"

#include "kip-clock.h"
#include "kip-tone.h"
#include "kip-why.h"

#include <glib/gi18n-lib.h>

/* The widgets of one clock; they belong to the grid. */
typedef struct
{
  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *bar;
  GtkWidget *words;
  GtkWidget *why;
} Line;

struct _KipPromises
{
  KipCaseWidget parent_instance;
  GtkStack     *stack;
  GtkGrid      *grid;
  Line          lines[KIP_N_CLOCKS];
  guint         timer; /* 0: not shown */
};

G_DEFINE_FINAL_TYPE (KipPromises, kip_promises, KIP_TYPE_CASE_WIDGET)

static gboolean
is_promise (const KipClock *clock)
{
  return clock->state != KIP_CLOCK_OFF && (clock->target > 0 || clock->by_hand);
}

/* ---- words ---- */

static char *
format_due (const KipClock *clock)
{
  g_autofree char *due = kip_format_instant (clock->due, NULL);

  if (*due == '\0')
    return NULL;
  if (clock->by_hand)
    return g_strdup_printf (_("Due %s, set by hand"), due);
  return g_strdup_printf (_("Due %s"), due);
}

/* Only where it changed: labels that are set again are drawn again. */
static void
set_label (GtkWidget  *label,
           const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (label)), text) != 0)
    gtk_label_set_label (GTK_LABEL (label), text);
}

static char *
words_for (const KipClock        *clock,
           const KipClockReading *reading,
           KipPause               pause)
{
  g_autofree char *words = kip_format_clock (clock, reading, pause);

  if (clock->by_hand && clock->state == KIP_CLOCK_RUNNING)
    /* Translators: "41 min left", of a deadline that a person set */
    return g_strdup_printf (_("%s · by hand"), words);
  return g_steal_pointer (&words);
}

static void
show_line (Line    *line,
           gboolean shown)
{
  gtk_widget_set_visible (line->icon, shown);
  gtk_widget_set_visible (line->name, shown);
  gtk_widget_set_visible (line->bar, shown);
  gtk_widget_set_visible (line->words, shown);
  gtk_widget_set_visible (line->why, shown);
}

static void
fill_line (Line                  *line,
           const KipTicket       *ticket,
           const KipClock        *clock,
           const KipClockReading *reading)
{
  KipTone tone = kip_clock_tone (clock, reading);
  g_autofree char *words = words_for (clock, reading, ticket->pause);
  g_autofree char *due = format_due (clock);

  set_label (line->words, words);
  gtk_image_set_from_icon_name (GTK_IMAGE (line->icon), kip_tone_icon_name (tone));
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (line->bar), CLAMP (reading->fraction, 0, 1));
  kip_tone_apply (line->icon, tone);
  kip_tone_apply (line->words, tone);
  kip_tone_apply (line->bar, tone);
  gtk_widget_set_tooltip_text (line->words, due);
  gtk_widget_set_tooltip_text (line->bar, due);
}

static void
kip_promises_update (KipCaseWidget *widget,
                     KipTicket     *ticket)
{
  KipPromises *self = KIP_PROMISES (widget);
  KipCase *kase = kip_case_widget_get_case (widget);
  KipInstant now = kip_clock_now ();
  gboolean any = FALSE;

  for (int kind = 0; kind < KIP_N_CLOCKS; kind++)
    {
      const KipClock *clock = ticket != NULL ? &kip_case_get_clocks (kase)[kind] : NULL;
      gboolean shown = clock != NULL && is_promise (clock);
      KipClockReading reading;

      any = any || shown;
      show_line (&self->lines[kind], shown);
      if (!shown)
        continue;
      kip_case_read_clock (kase, (KipClockKind) kind, now, &reading);
      fill_line (&self->lines[kind], ticket, clock, &reading);
    }
  gtk_stack_set_visible_child_name (self->stack, any ? "clocks" : "none");
}

/* ---- counting down, only while somebody can see it ---- */

static gboolean
tick_cb (gpointer data)
{
  kip_case_widget_update (data);
  return G_SOURCE_CONTINUE;
}

static void
kip_promises_map (GtkWidget *widget)
{
  KipPromises *self = KIP_PROMISES (widget);

  GTK_WIDGET_CLASS (kip_promises_parent_class)->map (widget);
  kip_case_widget_update (KIP_CASE_WIDGET (self));
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (1, tick_cb, self);
}

static void
kip_promises_unmap (GtkWidget *widget)
{
  KipPromises *self = KIP_PROMISES (widget);

  g_clear_handle_id (&self->timer, g_source_remove);
  GTK_WIDGET_CLASS (kip_promises_parent_class)->unmap (widget);
}

/* ---- why ---- */

static void
explain (KipPromises *self,
         KipClockKind kind)
{
  if (kip_case_widget_get_ticket (KIP_CASE_WIDGET (self)) != NULL)
    kip_why_present (GTK_WIDGET (self), kip_case_widget_get_case (KIP_CASE_WIDGET (self)), kind);
}

static void
why_clicked_cb (GtkButton *button,
                gpointer   data)
{
  KipPromises *self = data;

  for (int kind = 0; kind < KIP_N_CLOCKS; kind++)
    if (self->lines[kind].why == GTK_WIDGET (button))
      explain (self, (KipClockKind) kind);
}

void
kip_promises_explain (KipPromises *self)
{
  KipCase *kase = kip_case_widget_get_case (KIP_CASE_WIDGET (self));
  KipClockKind kind = KIP_CLOCK_RESOLUTION;
  KipInstant due;

  g_return_if_fail (KIP_IS_PROMISES (self));

  if (kase != NULL)
    kip_clocks_next (kip_case_get_clocks (kase), &kind, &due);
  explain (self, kind);
}

/* ---- building ---- */

/* On one line where there is room, on two in a narrow pane; never cut. */
static GtkWidget *
new_label (const char *text,
           float       xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_justify (GTK_LABEL (label), xalign > 0 ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
new_why (KipPromises *self,
         KipClockKind kind)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("dialog-question-symbolic");
  g_autofree char *label = g_strdup_printf (_("Why this deadline? %s"), kip_format_clock_name (kind));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Why this deadline?"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (why_clicked_cb), self);
  return button;
}

static void
build_line (KipPromises *self,
            KipClockKind kind)
{
  Line *line = &self->lines[kind];

  line->icon = gtk_image_new ();
  line->name = new_label (kip_format_clock_name (kind), 0);
  line->bar = gtk_progress_bar_new ();
  line->words = new_label (NULL, 1);
  line->why = new_why (self, kind);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  kip_format_clock_name (kind), -1);
  gtk_widget_add_css_class (line->bar, "kip-due");
  gtk_widget_add_css_class (line->words, "numeric");
  gtk_widget_set_valign (line->bar, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (line->bar, 6);
  gtk_widget_set_margin_end (line->bar, 6);
  gtk_grid_attach (self->grid, line->icon, 0, kind, 1, 1);
  gtk_grid_attach (self->grid, line->name, 1, kind, 1, 1);
  gtk_grid_attach (self->grid, line->bar, 2, kind, 1, 1);
  gtk_grid_attach (self->grid, line->words, 3, kind, 1, 1);
  gtk_grid_attach (self->grid, line->why, 4, kind, 1, 1);
}

static void
kip_promises_dispose (GObject *object)
{
  KipPromises *self = KIP_PROMISES (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  G_OBJECT_CLASS (kip_promises_parent_class)->dispose (object);
}

static void
kip_promises_class_init (KipPromisesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_promises_dispose;
  widget_class->map = kip_promises_map;
  widget_class->unmap = kip_promises_unmap;
  KIP_CASE_WIDGET_CLASS (klass)->update = kip_promises_update;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-promises.ui");
  gtk_widget_class_bind_template_child (widget_class, KipPromises, stack);
  gtk_widget_class_bind_template_child (widget_class, KipPromises, grid);
}

static void
kip_promises_init (KipPromises *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int kind = 0; kind < KIP_N_CLOCKS; kind++)
    build_line (self, (KipClockKind) kind);
}
