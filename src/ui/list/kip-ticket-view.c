/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-view-private.h"

#include "kip-clock.h"
#include "kip-config.h"
#include "kip-due-cell.h"
#include "kip-frame-hold.h"

/* Countdowns are shown anew this often, in the clock's own time. */
#define TICK_MS (30 * KIP_MS_PER_SECOND)

/* Even when the clock runs fast, not more often than this. */
#define MIN_TICK_MS 500

/* In px, usually: rows are not lower, and no less stands above them in a window. */
#define USUAL_ROW 32
#define USUAL_ABOVE 96

/* An answer that comes within this time is painted with the next frame.  The first
 * one is worth more: a window that comes up with its rows is painted once. */
#define HOLD_MS 10
#define FIRST_HOLD_MS 60

/* Rows that are told at once though they are just out of sight. */
#define MARGIN 3

G_DEFINE_FINAL_TYPE (KipTicketView, kip_ticket_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_SORT_CHANGED,
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_ACTIVATED,
  SIGNAL_ANSWERED,
  SIGNAL_DELETE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- time ---- */

static gboolean tick_cb (gpointer data);

/* On the full and the half minute, when the figures change. */
static void
schedule_tick (KipTicketView *self)
{
  KipInstant now = kip_clock_now ();
  gint64 wait = TICK_MS - now % TICK_MS;

  wait = CLAMP ((gint64) (wait / kip_clock_speed ()) + 1, MIN_TICK_MS, TICK_MS);
  self->tick_source = g_timeout_add (wait, tick_cb, self);
}

static gboolean
tick_cb (gpointer data)
{
  KipTicketView *self = data;

  kip_columns_update_dues (&self->context);
  if (self->list != NULL && ++self->ticks % 2 == 0 && !kip_ticket_list_is_waiting (self->list))
    kip_ticket_list_refresh (self->list); /* "overdue" and "today" may mean others by now */
  schedule_tick (self);
  return G_SOURCE_REMOVE;
}

/* ---- what is in sight ---- */

/* Of what a search found it is said where. */
static void
want_excerpts (KipTicketView *self,
               guint          first,
               guint          last)
{
  GArray *ids;

  if (self->list == NULL || kip_excerpts_get_words (self->context.excerpts) == NULL)
    return;
  ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  for (guint i = first; i <= last && i < kip_ticket_list_get_total (self->list); i++)
    {
      KipId id = kip_ticket_list_get_id (self->list, i);

      g_array_append_val (ids, id);
    }
  kip_excerpts_want (self->context.excerpts, ids);
}

static void
scrolled_cb (KipTicketView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double value = gtk_adjustment_get_value (adjustment);
  double upper = gtk_adjustment_get_upper (adjustment);
  guint first, last, n;
  double row;

  if (self->list == NULL)
    return;
  n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  if (n == 0 || upper <= 0)
    return;
  row = upper / n;
  first = (guint) (value / row);
  first -= MIN (first, MARGIN);
  last = (guint) ((value + gtk_adjustment_get_page_size (adjustment)) / row) + MARGIN;
  kip_ticket_list_set_window (self->list, first, last);
  want_excerpts (self, first, last);
}

static void
answered_cb (KipTicketView *self,
             gboolean       fresh)
{
  kip_frame_hold_end (&self->hold);
  self->answered = TRUE;
  if (fresh)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  scrolled_cb (self);
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, fresh);
  if (fresh && kip_ticket_view_has_focus (self) && !kip_ticket_view_focus_selected (self))
    kip_ticket_view_focus_row (self, 0);
}

static void
selection_changed_cb (KipTicketView *self)
{
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

/* Before there are rows to measure: as many as a window of its usual height shows. */
static void
guess_window (KipTicketView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  int width, height = 0;

  if (GTK_IS_WINDOW (root))
    gtk_window_get_default_size (GTK_WINDOW (root), &width, &height);
  if (height > USUAL_ABOVE)
    kip_ticket_list_set_window (self->list, 0, (guint) (height - USUAL_ABOVE) / USUAL_ROW);
}

/* ---- width ---- */

static int
digit_width (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_create_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = PANGO_PIXELS (pango_font_metrics_get_approximate_digit_width (metrics));

  pango_font_metrics_unref (metrics);
  g_object_unref (context);
  return width;
}

static gboolean
fit_cb (gpointer data)
{
  KipTicketView *self = data;

  self->fit_source = 0;
  kip_ticket_view_fit_columns (self, gtk_widget_get_width (GTK_WIDGET (self)));
  return G_SOURCE_REMOVE;
}

static void
kip_ticket_view_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  KipTicketView *self = KIP_TICKET_VIEW (widget);

  gtk_widget_allocate (GTK_WIDGET (self->scroller), width, height, baseline, NULL);
  if (!kip_ticket_view_fits (self, width) && self->fit_source == 0)
    self->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

static void
kip_ticket_view_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (KIP_TICKET_VIEW (widget)->scroller), orientation, for_size, minimum, natural, NULL, NULL);
}

/* ---- activation ---- */

static void
activate (KipTicketView *self,
          guint          position,
          gboolean       own_window)
{
  KipId id = self->list != NULL ? kip_ticket_list_get_id (self->list, position) : KIP_ID_NONE;

  if (id != KIP_ID_NONE)
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, id, own_window);
}

static void
activate_cb (KipTicketView *self,
             guint          position)
{
  activate (self, position, FALSE);
}

static gboolean
open_own_window (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   data)
{
  KipTicketView *self = KIP_TICKET_VIEW (widget);
  KipId id = self->selection != NULL ? kip_ticket_selection_get_single (self->selection) : KIP_ID_NONE;

  if (id == KIP_ID_NONE)
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, id, TRUE);
  return TRUE;
}

static gboolean
delete_selected (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   data)
{
  g_signal_emit (widget, signals[SIGNAL_DELETE], 0);
  return TRUE;
}

/* Of several, none; of one or none, let others have the key. */
static gboolean
select_none (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  KipTicketView *self = KIP_TICKET_VIEW (widget);

  if (self->selection == NULL || kip_ticket_selection_get_size (self->selection) < 2)
    return FALSE;
  kip_ticket_selection_set_single (self->selection, KIP_ID_NONE);
  return TRUE;
}

/* ---- drafts and excerpts ---- */

static void
read_drafts (KipTicketView *self)
{
  g_autoptr (GArray) tickets = kip_store_draft_tickets (self->context.store);

  g_hash_table_remove_all (self->context.drafts);
  for (guint i = 0; i < tickets->len; i++)
    g_hash_table_add (self->context.drafts, g_memdup2 (&g_array_index (tickets, KipId, i), sizeof (KipId)));
}

static void
draft_changed_cb (KipTicketView *self,
                  guint64        ticket)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  KipId id = ticket;

  g_array_append_val (ids, id);
  read_drafts (self);
  kip_ticket_list_tell (self->list, ids);
}

static void
found_cb (KipTicketView *self,
          GArray        *ids)
{
  kip_ticket_list_tell (self->list, ids);
}

/* ---- class ---- */

static void
drop_store (KipTicketView *self)
{
  gtk_column_view_set_model (self->column_view, NULL);
  if (self->context.store != NULL)
    g_signal_handlers_disconnect_by_func (self->context.store, draft_changed_cb, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  self->context.store = NULL;
  self->answered = FALSE;
  g_hash_table_remove_all (self->context.drafts);
  g_clear_object (&self->context.excerpts);
}

static void
kip_ticket_view_dispose (GObject *object)
{
  KipTicketView *self = KIP_TICKET_VIEW (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->fit_source, g_source_remove);
  kip_frame_hold_end (&self->hold);
  if (self->column_view != NULL)
    drop_store (self);
  g_clear_pointer ((GtkWidget **) &self->scroller, gtk_widget_unparent);
  self->column_view = NULL;
  g_clear_object (&self->settings);
  g_clear_object (&self->header_menu);
  g_clear_pointer (&self->put_away, g_strfreev);
  G_OBJECT_CLASS (kip_ticket_view_parent_class)->dispose (object);
}

static void
kip_ticket_view_finalize (GObject *object)
{
  KipTicketView *self = KIP_TICKET_VIEW (object);

  g_hash_table_unref (self->context.drafts);
  g_hash_table_unref (self->context.dues);
  G_OBJECT_CLASS (kip_ticket_view_parent_class)->finalize (object);
}

static void
kip_ticket_view_class_init (KipTicketViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kip_ticket_view_dispose;
  object_class->finalize = kip_ticket_view_finalize;
  widget_class->grab_focus = kip_ticket_view_grab_focus;
  widget_class->measure = kip_ticket_view_measure;
  widget_class->size_allocate = kip_ticket_view_size_allocate;

  signals[SIGNAL_SORT_CHANGED] =
    g_signal_new ("sort-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SELECTION_CHANGED] =
    g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] =
    g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_BOOLEAN);
  signals[SIGNAL_ANSWERED] =
    g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  signals[SIGNAL_DELETE] =
    g_signal_new ("delete", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-ticket-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KipTicketView, scroller);
  gtk_widget_class_bind_template_child (widget_class, KipTicketView, column_view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, open_own_window, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, open_own_window, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_selected, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, select_none, NULL);
}

static void
kip_ticket_view_init (KipTicketView *self)
{
  GtkAdjustment *adjustment;

  self->settings = g_settings_new (APP_ID);
  self->context.digit = digit_width (GTK_WIDGET (self));
  self->context.promise = kip_due_cell_usual_width (GTK_WIDGET (self));
  self->context.drafts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->context.dues = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));

  kip_ticket_view_add_columns (self);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  schedule_tick (self);
}

/* ---- public ---- */

void
kip_ticket_view_set_store (KipTicketView *self,
                           KipStore      *store)
{
  g_return_if_fail (KIP_IS_TICKET_VIEW (self));

  drop_store (self);
  if (store == NULL)
    return;
  self->context.store = store;
  read_drafts (self);
  self->list = kip_ticket_list_new (store);
  self->selection = kip_ticket_selection_new (self->list);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  self->context.excerpts = kip_excerpts_new (store);
  g_signal_connect_object (self->context.excerpts, "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "draft-changed", G_CALLBACK (draft_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  guess_window (self);
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (self->selection));
}

KipSort
kip_ticket_view_get_sort (KipTicketView *self,
                          gboolean      *descending)
{
  g_return_val_if_fail (KIP_IS_TICKET_VIEW (self), KIP_SORT_DUE);

  *descending = self->descending;
  return self->sort;
}

void
kip_ticket_view_ask (KipTicketView  *self,
                     const KipQuery *query)
{
  g_return_if_fail (KIP_IS_TICKET_VIEW (self));

  if (self->list == NULL)
    return;
  kip_excerpts_set_query (self->context.excerpts, query);
  kip_ticket_list_ask (self->list, query, self->sort, self->descending);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    kip_frame_hold_begin (&self->hold, self->answered ? HOLD_MS : FIRST_HOLD_MS);
}

KipTicketList *
kip_ticket_view_get_list (KipTicketView *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_VIEW (self), NULL);

  return self->list;
}

KipTicketSelection *
kip_ticket_view_get_selection (KipTicketView *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_VIEW (self), NULL);

  return self->selection;
}

gboolean
kip_ticket_view_select (KipTicketView *self,
                        KipId          id)
{
  guint position;

  g_return_val_if_fail (KIP_IS_TICKET_VIEW (self), FALSE);

  if (self->list == NULL)
    return FALSE;
  position = kip_ticket_list_find (self->list, id);
  if (position == G_MAXUINT)
    return FALSE;
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->list)))
    kip_ticket_list_offer_all (self->list);
  kip_ticket_selection_set_single (self->selection, id);
  kip_ticket_view_scroll_to (self, position);
  if (kip_ticket_view_has_focus (self))
    kip_ticket_view_focus_row (self, position);
  return TRUE;
}

void
kip_ticket_view_move (KipTicketView *self,
                      int            steps)
{
  guint total, position;
  KipId id;

  g_return_if_fail (KIP_IS_TICKET_VIEW (self));

  if (self->list == NULL || kip_ticket_list_get_total (self->list) == 0)
    return;
  total = kip_ticket_list_get_total (self->list);
  id = kip_ticket_selection_get_single (self->selection);
  position = id != KIP_ID_NONE ? kip_ticket_list_find (self->list, id) : G_MAXUINT;
  if (position == G_MAXUINT)
    position = 0;
  else
    position = CLAMP ((gint64) position + steps, 0, (gint64) total - 1);
  kip_ticket_view_select (self, kip_ticket_list_get_id (self->list, position));
}
