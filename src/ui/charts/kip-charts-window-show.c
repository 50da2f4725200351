/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page: its tiles and charts are made before there is an answer, and filled when there is. */

#include "kip-charts-window-private.h"

#include "kip-chart-card.h"
#include "kip-kpi-tile.h"

/* Before the next frame, but one after the other: what the person does meanwhile is
 * not kept waiting.  What is out of sight, and what is made ahead, when there is nothing else to do. */
#define PRIORITY_SHOW (GTK_PRIORITY_RESIZE - 5)
#define PRIORITY_AHEAD G_PRIORITY_DEFAULT_IDLE

static guint signal_shown;

void
kip_charts_window_install_signals (GObjectClass *klass)
{
  signal_shown = g_signal_new ("shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* ---- making ---- */

static GtkWidget *
add_to_flow (GtkFlowBox *flow,
             GtkWidget  *widget)
{
  GtkWidget *child = gtk_flow_box_child_new ();

  /* What is in it takes the focus. */
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), widget);
  gtk_flow_box_insert (flow, child, -1);
  return widget;
}

static void
add_tile (KipChartsWindow *self)
{
  g_ptr_array_add (self->tile_widgets, add_to_flow (self->tiles, kip_kpi_tile_new ()));
}

static void
add_card (KipChartsWindow *self)
{
  GtkWidget *card = add_to_flow (self->charts, kip_chart_card_new ((KipBoardChart) self->cards->len));

  g_signal_connect_object (card, "failed", G_CALLBACK (kip_charts_window_say), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->cards, card);
}

static gboolean
prepare_cb (gpointer data)
{
  KipChartsWindow *self = data;

  if (self->tile_widgets->len < KIP_N_BOARD_TILES)
    add_tile (self);
  else if (self->cards->len < KIP_N_BOARD_CHARTS)
    add_card (self);
  else
    {
      self->preparing = 0;
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

void
kip_charts_window_prepare (KipChartsWindow *self)
{
  self->preparing = g_idle_add_full (PRIORITY_AHEAD, prepare_cb, self, NULL);
}

/* ---- filling ---- */

static void
show_tiles (KipChartsWindow *self)
{
  for (guint i = 0; i < self->tile_data->len; i++)
    {
      if (i == self->tile_widgets->len)
        add_tile (self);
      kip_kpi_tile_set (g_ptr_array_index (self->tile_widgets, i), g_ptr_array_index (self->tile_data, i));
    }
}

static void
show_chart (KipChartsWindow *self,
            guint            i)
{
  while (i >= self->cards->len)
    add_card (self);
  kip_chart_card_set_chart (g_ptr_array_index (self->cards, i), g_ptr_array_index (self->chart_data, i));
  self->unshown[i] = FALSE;
}

/* KIP_N_BOARD_CHARTS: none. */
static guint
find_unshown (KipChartsWindow *self,
              gboolean         in_sight)
{
  for (guint i = 0; i < KIP_N_BOARD_CHARTS; i++)
    if (self->unshown[i]
        && (!in_sight || i >= self->cards->len || kip_chart_card_is_in_sight (g_ptr_array_index (self->cards, i))))
      return i;
  return KIP_N_BOARD_CHARTS;
}

static gboolean
show_rest_cb (gpointer data)
{
  KipChartsWindow *self = data;
  guint next = find_unshown (self, FALSE);

  if (next < KIP_N_BOARD_CHARTS)
    {
      show_chart (self, next);
      return G_SOURCE_CONTINUE;
    }
  self->showing = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
show_next_cb (gpointer data)
{
  KipChartsWindow *self = data;
  guint next = find_unshown (self, TRUE);

  if (next < KIP_N_BOARD_CHARTS)
    {
      show_chart (self, next);
      return G_SOURCE_CONTINUE;
    }
  gtk_widget_set_opacity (self->page, 1);
  self->showing = g_idle_add_full (PRIORITY_AHEAD, show_rest_cb, self, NULL);
  g_signal_emit (self, signal_shown, 0);
  return G_SOURCE_REMOVE;
}

static void
show_charts (KipChartsWindow *self)
{
  for (guint i = 0; i < KIP_N_BOARD_CHARTS; i++)
    self->unshown[i] = TRUE;
  kip_charts_window_stop_showing (self);
  self->showing = g_idle_add_full (PRIORITY_SHOW, show_next_cb, self, NULL);
}

static void
show_outlook (KipChartsWindow *self,
              const char      *sentence,
              const char      *query)
{
  gtk_label_set_text (self->outlook_label, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->outlook), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  if (query != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->outlook), "s", query);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->outlook), query != NULL ? "app.show-query" : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->outlook), TRUE);
}

void
kip_charts_window_take_answer (KipChartsWindow *self,
                               KipChartsAnswer *answer)
{
  g_clear_pointer (&self->tile_data, g_ptr_array_unref);
  g_clear_pointer (&self->chart_data, g_ptr_array_unref);
  self->whole = answer->whole;
  self->tile_data = g_steal_pointer (&answer->tiles);
  self->chart_data = g_steal_pointer (&answer->charts);
  show_outlook (self, answer->outlook, answer->outlook_query);
  show_tiles (self);
  show_charts (self);
}

void
kip_charts_window_stop_showing (KipChartsWindow *self)
{
  g_clear_handle_id (&self->preparing, g_source_remove);
  g_clear_handle_id (&self->showing, g_source_remove);
}
