/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-range-button.h"

#include "kip-clock.h"
#include "kip-query-time.h"
#include "kip-study.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _KipRangeButton
{
  GtkWidget parent_instance;

  GTimeZone *zone;  /* (owned) (nullable) */
  KipRange   range;

  GtkWidget *box;
  GtkWidget *menu;
  GtkLabel  *label;
  GtkWidget *popover;
  GtkWidget *from;
  GtkWidget *to;
};

G_DEFINE_FINAL_TYPE (KipRangeButton, kip_range_button, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* days > 0: so many up to today; else a span of the query language. */
static const struct
{
  const char *label;
  int         days;
  const char *span;
} presets[] = {
  { N_("Last 7 days"), 7, NULL },
  { N_("Last 30 days"), 30, NULL },
  { N_("Last 90 days"), 90, NULL },
  { N_("This week"), 0, "this-week" },
  { N_("Last week"), 0, "last-week" },
  { N_("This month"), 0, "this-month" },
  { N_("Last month"), 0, "last-month" },
  { N_("This quarter"), 0, "this-quarter" },
  { N_("Last quarter"), 0, "last-quarter" },
  { N_("This year"), 0, "this-year" },
};

static void
set_range (KipRangeButton *self,
           KipRange        range)
{
  g_autofree char *name = kip_range_name (&range, self->zone);

  self->range = range;
  gtk_label_set_text (self->label, name);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- callbacks ---- */

static void
preset_cb (KipRangeButton *self,
           GtkListBoxRow  *row)
{
  int i = gtk_list_box_row_get_index (row);
  KipInstant now = kip_clock_now ();
  KipRange range;

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (presets[i].days > 0)
    range = kip_range_last_days (presets[i].days, now, self->zone);
  else if (!kip_query_resolve_time (presets[i].span, KIP_QUERY_PAST, now, self->zone, &range.from, &range.to))
    return;
  set_range (self, range);
}

static gboolean
read_day (KipRangeButton *self,
          GtkWidget      *entry,
          KipRange       *day)
{
  gboolean ok = kip_query_resolve_time (gtk_editable_get_text (GTK_EDITABLE (entry)), KIP_QUERY_PAST, kip_clock_now (), self->zone,
                                        &day->from, &day->to);

  if (ok)
    gtk_widget_remove_css_class (entry, "error");
  else
    gtk_widget_add_css_class (entry, "error");
  return ok;
}

static void
apply_cb (KipRangeButton *self)
{
  KipRange from, to, range;
  gboolean ok = read_day (self, self->from, &from);

  ok &= read_day (self, self->to, &to);
  if (!ok)
    return;
  range.from = kip_day_start (from.from, self->zone);
  range.to = kip_range_last_days (1, MAX (to.to - 1, from.from), self->zone).to;
  if (range.from >= range.to)
    {
      gtk_widget_add_css_class (self->to, "error");
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  set_range (self, range);
}

static void
earlier_cb (KipRangeButton *self)
{
  set_range (self, kip_range_shift (&self->range, -1, self->zone));
}

static void
later_cb (KipRangeButton *self)
{
  set_range (self, kip_range_shift (&self->range, 1, self->zone));
}

/* ---- making ---- */

static GtkWidget *
new_arrow (KipRangeButton *self,
           const char     *icon,
           const char     *words,
           GCallback       callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static GtkWidget *
new_entry (KipRangeButton *self,
           GtkWidget      *grid,
           const char     *words,
           int             row)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *label = gtk_label_new_with_mnemonic (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "2026-10-31");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 12);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (apply_cb), self);
  gtk_grid_attach (GTK_GRID (grid), label, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), entry, 1, row, 1, 1);
  return entry;
}

static GtkWidget *
new_presets (KipRangeButton *self)
{
  GtkWidget *list = gtk_list_box_new ();

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      GtkWidget *label = gtk_label_new (_(presets[i].label));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_append (GTK_LIST_BOX (list), label);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "kip-range-list");
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (preset_cb), self);
  return list;
}

static void
fill_popover (KipRangeButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *apply = gtk_button_new_with_mnemonic (_("_Show"));

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  self->from = new_entry (self, grid, _("_From"), 0);
  self->to = new_entry (self, grid, _("_To"), 1);
  gtk_grid_attach (GTK_GRID (grid), apply, 1, 2, 1, 1);
  g_signal_connect_swapped (apply, "clicked", G_CALLBACK (apply_cb), self);
  gtk_box_append (GTK_BOX (box), new_presets (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), grid);
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
}

static void
kip_range_button_dispose (GObject *object)
{
  KipRangeButton *self = KIP_RANGE_BUTTON (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (kip_range_button_parent_class)->dispose (object);
}

static void
kip_range_button_class_init (KipRangeButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_range_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
kip_range_button_init (KipRangeButton *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->box, "linked");
  self->label = GTK_LABEL (label);
  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  self->popover = gtk_popover_new ();
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->menu), label);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->menu), self->popover);
  gtk_widget_set_tooltip_text (self->menu, _("Choose the days"));
  fill_popover (self);
  new_arrow (self, "go-previous-symbolic", _("The period before"), G_CALLBACK (earlier_cb));
  gtk_box_append (GTK_BOX (self->box), self->menu);
  new_arrow (self, "go-next-symbolic", _("The period after"), G_CALLBACK (later_cb));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* ---- public ---- */

void
kip_range_button_set_zone (KipRangeButton *self,
                           GTimeZone      *zone)
{
  g_return_if_fail (KIP_IS_RANGE_BUTTON (self));

  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  set_range (self, kip_range_last_days (30, kip_clock_now (), zone));
}

void
kip_range_button_set_range (KipRangeButton *self,
                            const KipRange *range)
{
  g_return_if_fail (KIP_IS_RANGE_BUTTON (self));

  set_range (self, *range);
}

KipRange
kip_range_button_get_range (KipRangeButton *self)
{
  return self->range;
}
