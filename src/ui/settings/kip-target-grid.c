/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-target-grid.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "kip-format.h"
#include "kip-policy-edit.h"
#include "kip-target.h"

typedef struct
{
  GtkWidget *entry;
  gint64     shown;   /* seconds that its text was made of */
  gint64     seconds; /* as typed, if it makes sense */
  char      *problem; /* (owned) (nullable) */
} Cell;

struct _KipTargetGrid
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  Cell       cells[KIP_N_PRIORITIES][KIP_N_CLOCKS];
};

G_DEFINE_FINAL_TYPE (KipTargetGrid, kip_target_grid, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
mark (Cell *cell)
{
  gboolean wrong = cell->problem != NULL;

  if (wrong)
    gtk_widget_add_css_class (cell->entry, "error");
  else
    gtk_widget_remove_css_class (cell->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (cell->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* What a figure means in the longer words: "40 h" is "5 working days (40 h)". */
static void
explain (Cell *cell)
{
  g_autofree char *words = cell->problem == NULL ? kip_target_to_text (cell->seconds) : NULL;
  const char *meaning = words != NULL && *words != '\0' ? words : _("No promise");

  gtk_widget_set_tooltip_text (cell->entry, cell->problem != NULL ? cell->problem : meaning);
}

static void
typed_cb (GtkWidget     *entry,
          KipTargetGrid *self)
{
  Cell *cell = g_object_get_data (G_OBJECT (entry), "kip-cell");
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&cell->problem, g_free);
  if (!kip_target_parse (gtk_editable_get_text (GTK_EDITABLE (entry)), &cell->seconds, &error))
    cell->problem = g_strdup (error->message);
  mark (cell);
  explain (cell);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
show_cell (KipTargetGrid *self,
           Cell          *cell,
           gint64         seconds)
{
  g_autofree char *text = kip_target_to_cell (seconds);

  cell->shown = cell->seconds = seconds;
  g_clear_pointer (&cell->problem, g_free);
  g_signal_handlers_block_by_func (cell->entry, typed_cb, self);
  gtk_editable_set_text (GTK_EDITABLE (cell->entry), text);
  g_signal_handlers_unblock_by_func (cell->entry, typed_cb, self);
  mark (cell);
  explain (cell);
}

/* "1:30" becomes "1 h 30 min" when it is left. */
static void
leave_cb (GtkEventController *focus,
          KipTargetGrid      *self)
{
  Cell *cell = g_object_get_data (G_OBJECT (gtk_event_controller_get_widget (focus)), "kip-cell");

  if (cell->problem == NULL)
    show_cell (self, cell, cell->seconds);
}

/* ---- object ---- */

static void
make_cell (KipTargetGrid *self,
           int            priority,
           KipClockKind   clock)
{
  Cell *cell = &self->cells[priority - 1][clock];
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *label = g_strdup_printf ("%s, %s", kip_priority_label (priority), kip_format_clock_name (clock));

  cell->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (cell->entry), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (cell->entry), 12);
  gtk_entry_set_placeholder_text (GTK_ENTRY (cell->entry), _("none"));
  gtk_widget_set_hexpand (cell->entry, TRUE);
  gtk_widget_set_valign (cell->entry, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (cell->entry, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (cell->entry), "kip-cell", cell);
  g_signal_connect (cell->entry, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (cell->entry, focus);
  gtk_grid_attach (GTK_GRID (self->grid), cell->entry, (int) clock + 1, priority, 1, 1);
}

static void
fill_grid (KipTargetGrid *self)
{
  for (int clock = 0; clock < KIP_N_CLOCKS; clock++)
    {
      GtkWidget *label = gtk_label_new (kip_format_clock_name ((KipClockKind) clock));

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_valign (label, GTK_ALIGN_END);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_grid_attach (GTK_GRID (self->grid), label, clock + 1, 0, 1, 1);
    }
  for (int priority = KIP_PRIORITY_CRITICAL; priority <= KIP_PRIORITY_LOW; priority++)
    {
      g_autofree char *text = g_strdup_printf ("%s %s", kip_priority_mark (priority), kip_priority_label (priority));
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_grid_attach (GTK_GRID (self->grid), label, 0, priority, 1, 1);
      for (int clock = 0; clock < KIP_N_CLOCKS; clock++)
        make_cell (self, priority, (KipClockKind) clock);
    }
}

static void
kip_target_grid_dispose (GObject *object)
{
  g_clear_pointer (&KIP_TARGET_GRID (object)->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_target_grid_parent_class)->dispose (object);
}

static void
kip_target_grid_finalize (GObject *object)
{
  KipTargetGrid *self = KIP_TARGET_GRID (object);

  for (guint i = 0; i < KIP_N_PRIORITIES; i++)
    for (guint j = 0; j < KIP_N_CLOCKS; j++)
      g_free (self->cells[i][j].problem);
  G_OBJECT_CLASS (kip_target_grid_parent_class)->finalize (object);
}

static void
kip_target_grid_class_init (KipTargetGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_target_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_target_grid_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KIP_TYPE_TARGET_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
kip_target_grid_init (KipTargetGrid *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 6);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  fill_grid (self);
}

/* ---- public ---- */

GtkWidget *
kip_target_grid_new (void)
{
  return g_object_new (KIP_TYPE_TARGET_GRID, NULL);
}

void
kip_target_grid_show (KipTargetGrid       *self,
                      const KipPolicySpec *spec)
{
  for (int priority = KIP_PRIORITY_CRITICAL; priority <= KIP_PRIORITY_LOW; priority++)
    for (int clock = 0; clock < KIP_N_CLOCKS; clock++)
      {
        Cell *cell = &self->cells[priority - 1][clock];
        gint64 seconds = spec->targets[priority - 1][clock];

        if (cell->seconds != seconds || (cell->problem != NULL && cell->shown != seconds))
          show_cell (self, cell, seconds);
        else
          explain (cell);
      }
}

void
kip_target_grid_read (KipTargetGrid *self,
                      KipPolicySpec *spec)
{
  for (guint i = 0; i < KIP_N_PRIORITIES; i++)
    for (guint j = 0; j < KIP_N_CLOCKS; j++)
      if (self->cells[i][j].problem == NULL)
        spec->targets[i][j] = self->cells[i][j].seconds;
}

const char *
kip_target_grid_get_problem (KipTargetGrid *self)
{
  for (guint i = 0; i < KIP_N_PRIORITIES; i++)
    for (guint j = 0; j < KIP_N_CLOCKS; j++)
      if (self->cells[i][j].problem != NULL)
        return self->cells[i][j].problem;
  return NULL;
}
