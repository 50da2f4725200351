/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-timeline-view.h"

#include "kip-moment-row.h"
#include "kip-timeline.h"

#define FRAMES_TO_SETTLE 6

/* GListStore of KipMoment → GtkFilterListModel → GtkNoSelection */
struct _KipTimelineView
{
  KipCaseWidget       parent_instance;
  GtkScrolledWindow  *scrolled;
  GtkListView        *list;
  GListStore         *moments;   /* (owned) */
  GtkCustomFilter    *filter;    /* (owned) */
  GtkFilterListModel *filtered;  /* (owned) */
  GtkNoSelection     *selection; /* (owned) */
  GPtrArray          *rows;      /* (owned) of KipMomentRow that are bound, borrowed */
  KipId               ticket;    /* whose story it is */
  gboolean            messages_only;
  gboolean            at_end;    /* follow what comes */
  guint               settling;  /* tick callback that goes to the end; 0: none */
  guint               frames;    /* that it may still take */
  guint               timer;     /* 0: not shown */
};

G_DEFINE_FINAL_TYPE (KipTimelineView, kip_timeline_view, KIP_TYPE_CASE_WIDGET)

enum
{
  PROP_0,
  PROP_MESSAGES_ONLY,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* ---- rows ---- */

static void
setup_cb (KipTimelineView *self,
          GtkListItem     *item)
{
  gtk_list_item_set_child (item, kip_moment_row_new ());
  gtk_list_item_set_selectable (item, FALSE);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (KipTimelineView *self,
         GtkListItem     *item)
{
  KipMomentRow *row = KIP_MOMENT_ROW (gtk_list_item_get_child (item));
  guint position = gtk_list_item_get_position (item);
  g_autoptr (KipMoment) before = position > 0
                                 ? g_list_model_get_item (G_LIST_MODEL (self->filtered), position - 1) : NULL;

  kip_moment_row_bind (row, kip_case_widget_get_case (KIP_CASE_WIDGET (self)), gtk_list_item_get_item (item), before);
  g_ptr_array_add (self->rows, row);
}

static void
unbind_cb (KipTimelineView *self,
           GtkListItem     *item)
{
  KipMomentRow *row = KIP_MOMENT_ROW (gtk_list_item_get_child (item));

  g_ptr_array_remove_fast (self->rows, row);
  kip_moment_row_unbind (row);
}

static gboolean
tick_cb (gpointer data)
{
  KipTimelineView *self = data;

  g_ptr_array_foreach (self->rows, (GFunc) kip_moment_row_refresh, NULL);
  return G_SOURCE_CONTINUE;
}

static void
kip_timeline_view_map (GtkWidget *widget)
{
  KipTimelineView *self = KIP_TIMELINE_VIEW (widget);

  GTK_WIDGET_CLASS (kip_timeline_view_parent_class)->map (widget);
  tick_cb (self);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (10, tick_cb, self);
}

static void
kip_timeline_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&KIP_TIMELINE_VIEW (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (kip_timeline_view_parent_class)->unmap (widget);
}

/* ---- staying at the end ---- */

static double
distance_to_end (KipTimelineView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);

  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) -
         gtk_adjustment_get_value (adjustment);
}

static void
go_to_end (KipTimelineView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);

  if (n > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", n - 1);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

/* The list guesses the height of rows that it has not built yet: with each frame
 * it knows better, and the end is somewhere else. */
static gboolean
settle_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  KipTimelineView *self = KIP_TIMELINE_VIEW (widget);

  go_to_end (self);
  if (--self->frames > 0)
    return G_SOURCE_CONTINUE;
  self->settling = 0;
  return G_SOURCE_REMOVE;
}

static void
settle_at_end (KipTimelineView *self)
{
  self->frames = FRAMES_TO_SETTLE;
  if (self->settling == 0)
    self->settling = gtk_widget_add_tick_callback (GTK_WIDGET (self), settle_cb, NULL, NULL);
}

static void
extent_changed_cb (KipTimelineView *self)
{
  if (self->at_end && self->settling == 0 && distance_to_end (self) > 1)
    settle_at_end (self);
}

/* Whoever scrolls up to read is left there; whoever comes back to the end stays. */
static void
value_changed_cb (KipTimelineView *self)
{
  if (self->settling == 0)
    self->at_end = distance_to_end (self) <= 1;
}

void
kip_timeline_view_scroll_to_end (KipTimelineView *self)
{
  g_return_if_fail (KIP_IS_TIMELINE_VIEW (self));

  self->at_end = TRUE;
  settle_at_end (self);
}

/* ---- the story ---- */

static gboolean
is_same (KipMoment *a,
         KipMoment *b)
{
  return kip_moment_get_seq (a) == kip_moment_get_seq (b) && kip_moment_get_device (a) == kip_moment_get_device (b) &&
         kip_moment_get_at (a) == kip_moment_get_at (b) && kip_moment_is_undone (a) == kip_moment_is_undone (b) &&
         kip_moment_is_tiding (a) == kip_moment_is_tiding (b) && kip_moment_is_refused (a) == kip_moment_is_refused (b) &&
         kip_moment_count_rivals (a) == kip_moment_count_rivals (b) &&
         g_strcmp0 (kip_moment_get_text (a), kip_moment_get_text (b)) == 0;
}

/* How many moments at the beginning are the same as those shown. */
static guint
common_prefix (KipTimelineView *self,
               GPtrArray       *moments)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->moments));

  for (guint i = 0; i < MIN (n, moments->len); i++)
    {
      g_autoptr (KipMoment) shown = g_list_model_get_item (G_LIST_MODEL (self->moments), i);

      if (!is_same (shown, g_ptr_array_index (moments, i)))
        return i;
    }
  return MIN (n, moments->len);
}

static void
show_moments (KipTimelineView *self,
              GPtrArray       *moments,
              guint            keep)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->moments));

  if (n > keep || moments->len > keep)
    g_list_store_splice (self->moments, keep, n - keep, moments->pdata + keep, moments->len - keep);
}

/* (transfer full) */
static GPtrArray *
new_moments (KipTimelineView *self,
             KipTicket       *ticket)
{
  const KipCaseTidings *tidings = kip_case_get_tidings (kip_case_widget_get_case (KIP_CASE_WIDGET (self)));

  return kip_timeline_new (ticket, tidings != NULL ? tidings->tidings : NULL, tidings != NULL ? tidings->refused : NULL);
}

static void
kip_timeline_view_update (KipCaseWidget *widget,
                          KipTicket     *ticket)
{
  KipTimelineView *self = KIP_TIMELINE_VIEW (widget);
  g_autoptr (GPtrArray) moments = NULL;
  gboolean other;

  if (ticket == NULL)
    {
      g_list_store_remove_all (self->moments);
      self->ticket = KIP_ID_NONE;
      return;
    }
  moments = new_moments (self, ticket);
  other = ticket->id != self->ticket;
  self->ticket = ticket->id;
  show_moments (self, moments, other ? 0 : common_prefix (self, moments));
  if (other || self->at_end)
    kip_timeline_view_scroll_to_end (self);
}

/* The numbers of relatives are known now: rows that name one say it.  So may be what was learnt. */
static void
kip_timeline_view_update_related (KipCaseWidget *widget,
                                  KipTicket     *ticket)
{
  KipTimelineView *self = KIP_TIMELINE_VIEW (widget);
  gboolean has_relatives;

  if (ticket != NULL && kip_case_get_tidings (kip_case_widget_get_case (widget)) != NULL)
    kip_timeline_view_update (widget, ticket);
  has_relatives = ticket != NULL && (ticket->parent != KIP_ID_NONE || ticket->links->len > 0 ||
                                     ticket->merged_into != KIP_ID_NONE || ticket->merged != NULL);

  if (has_relatives)
    g_ptr_array_foreach (self->rows, (GFunc) kip_moment_row_refresh_words, NULL);
}

/* ---- filter ---- */

static gboolean
is_shown (gpointer item,
          gpointer data)
{
  KipTimelineView *self = data;

  return !self->messages_only || kip_moment_is_talk (item);
}

/* Without a model in between, rows that stay would not be told that another one
 * stands above them now. */
void
kip_timeline_view_set_messages_only (KipTimelineView *self,
                                     gboolean         messages_only)
{
  g_return_if_fail (KIP_IS_TIMELINE_VIEW (self));

  if (self->messages_only == messages_only)
    return;
  self->messages_only = messages_only;
  gtk_list_view_set_model (self->list, NULL);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  kip_timeline_view_scroll_to_end (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MESSAGES_ONLY]);
}

GListModel *
kip_timeline_view_get_model (KipTimelineView *self)
{
  return G_LIST_MODEL (self->filtered);
}

/* ---- object ---- */

static void
kip_timeline_view_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  if (id == PROP_MESSAGES_ONLY)
    kip_timeline_view_set_messages_only (KIP_TIMELINE_VIEW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_timeline_view_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (id == PROP_MESSAGES_ONLY)
    g_value_set_boolean (value, KIP_TIMELINE_VIEW (object)->messages_only);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_timeline_view_dispose (GObject *object)
{
  KipTimelineView *self = KIP_TIMELINE_VIEW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->moments);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (kip_timeline_view_parent_class)->dispose (object);
}

static void
kip_timeline_view_class_init (KipTimelineViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = kip_timeline_view_set_property;
  object_class->get_property = kip_timeline_view_get_property;
  object_class->dispose = kip_timeline_view_dispose;
  widget_class->map = kip_timeline_view_map;
  widget_class->unmap = kip_timeline_view_unmap;
  KIP_CASE_WIDGET_CLASS (klass)->update = kip_timeline_view_update;
  KIP_CASE_WIDGET_CLASS (klass)->update_related = kip_timeline_view_update_related;

  props[PROP_MESSAGES_ONLY] = g_param_spec_boolean ("messages-only", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                    G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-timeline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KipTimelineView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, KipTimelineView, list);
}

static void
build_factory (KipTimelineView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
}

static void
build_scrolling (KipTimelineView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);

  g_signal_connect_object (adjustment, "changed", G_CALLBACK (extent_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
kip_timeline_view_init (KipTimelineView *self)
{
  self->at_end = TRUE;
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->moments = g_list_store_new (KIP_TYPE_MOMENT);
  self->filter = gtk_custom_filter_new (is_shown, self, NULL);
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->moments)),
                                              g_object_ref (GTK_FILTER (self->filter)));
  build_factory (self);
  build_scrolling (self);
  self->selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}
