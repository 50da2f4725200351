/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-charts-window-private.h"

#include "kip-toast.h"
#include "kip-what-if-window.h"

G_DEFINE_FINAL_TYPE (KipChartsWindow, kip_charts_window, ADW_TYPE_WINDOW)

void
kip_charts_window_say (KipChartsWindow *self,
                       const char      *words)
{
  kip_toast_show (self->toasts, kip_toast_new (words));
}

KipStore *
kip_charts_window_get_store (KipChartsWindow *self)
{
  return kip_session_get_store (self->session);
}

static void
set_session (KipChartsWindow *self,
             KipSession      *session)
{
  KipStore *store = kip_session_get_store (session);
  g_autoptr (GTimeZone) zone = kip_office_zone (store);

  self->session = g_object_ref (session);
  g_signal_connect_object (store, "changed", G_CALLBACK (kip_charts_window_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "office-changed", G_CALLBACK (kip_charts_window_ask_soon), self, G_CONNECT_SWAPPED);
  kip_search_entry_set_store (self->search, store);
  kip_range_button_set_zone (self->range, zone);
  kip_charts_window_prepare (self);
}

/* ---- callbacks ---- */

static void
search_cb (KipChartsWindow *self)
{
  kip_charts_window_ask (self);
}

static void
mistake_cb (KipChartsWindow *self)
{
  const KipQueryMistake *mistake = kip_search_entry_get_mistake (self->search);

  gtk_widget_set_visible (GTK_WIDGET (self->mistake), mistake != NULL);
  gtk_label_set_text (self->mistake, mistake != NULL ? mistake->message : "");
}

static void
leave_search_cb (KipChartsWindow *self)
{
  gtk_toggle_button_set_active (self->search_button, FALSE);
}

static void
search_toggled_cb (KipChartsWindow *self)
{
  if (gtk_toggle_button_get_active (self->search_button))
    kip_search_entry_focus (self->search);
  else
    kip_search_entry_set_text (self->search, "");
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  KipChartsWindow *self = KIP_CHARTS_WINDOW (widget);

  gtk_toggle_button_set_active (self->search_button, TRUE);
  kip_search_entry_focus (self->search);
}

static void
what_if_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  KipChartsWindow *self = KIP_CHARTS_WINDOW (widget);
  KipRange range = kip_range_button_get_range (self->range);

  kip_what_if_window_present (gtk_window_get_application (GTK_WINDOW (self)), self->session, &range,
                              kip_search_entry_get_query (self->search), KIP_ID_NONE);
}

/* ---- object ---- */

enum
{
  PROP_COMPARE = 1,
  PROP_ELAPSED,
  PROP_BY,
  N_PROPS
};

static void
kip_charts_window_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  KipChartsWindow *self = KIP_CHARTS_WINDOW (object);

  if (property_id == PROP_COMPARE)
    g_value_set_boolean (value, self->compare);
  else if (property_id == PROP_ELAPSED)
    g_value_set_boolean (value, self->elapsed);
  else if (property_id == PROP_BY)
    g_value_set_string (value, self->by);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
kip_charts_window_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  KipChartsWindow *self = KIP_CHARTS_WINDOW (object);

  if (property_id == PROP_COMPARE)
    self->compare = g_value_get_boolean (value);
  else if (property_id == PROP_ELAPSED)
    self->elapsed = g_value_get_boolean (value);
  else if (property_id == PROP_BY)
    {
      g_free (self->by);
      self->by = g_value_dup_string (value);
    }
  else
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
  kip_charts_window_ask (self);
}

/* ---- narrow ---- */

#define NARROW 600 /* pixels */
#define PRIORITY_ARRANGE (GTK_PRIORITY_RESIZE - 5)

/* The days take a row of their own, and What If is in the menu. */
static gboolean
arrange_cb (gpointer data)
{
  KipChartsWindow *self = data;
  g_autoptr (GtkWidget) range = g_object_ref (GTK_WIDGET (self->range));

  self->arranging = 0;
  if ((gtk_widget_get_parent (range) == self->below) == self->is_narrow)
    return G_SOURCE_REMOVE;
  gtk_widget_set_visible (self->what_if, !self->is_narrow);
  if (self->is_narrow)
    {
      adw_header_bar_set_title_widget (self->header, NULL);
      gtk_box_append (GTK_BOX (self->below), range);
    }
  else
    {
      gtk_box_remove (GTK_BOX (self->below), range);
      adw_header_bar_set_title_widget (self->header, range);
    }
  gtk_widget_set_visible (self->below, self->is_narrow);
  return G_SOURCE_REMOVE;
}

static void
kip_charts_window_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  KipChartsWindow *self = KIP_CHARTS_WINDOW (widget);

  GTK_WIDGET_CLASS (kip_charts_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->is_narrow == (width < NARROW))
    return;
  self->is_narrow = width < NARROW;
  g_clear_handle_id (&self->arranging, g_source_remove);
  self->arranging = g_idle_add_full (PRIORITY_ARRANGE, arrange_cb, self, NULL);
}

static void
kip_charts_window_dispose (GObject *object)
{
  KipChartsWindow *self = KIP_CHARTS_WINDOW (object);

  g_clear_handle_id (&self->settle, g_source_remove);
  kip_charts_window_stop_showing (self);
  g_clear_handle_id (&self->arranging, g_source_remove);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_cancellable_cancel (self->widening);
  g_clear_object (&self->widening);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kip_charts_window_parent_class)->dispose (object);
}

static void
kip_charts_window_finalize (GObject *object)
{
  KipChartsWindow *self = KIP_CHARTS_WINDOW (object);

  g_clear_pointer (&self->facts, kip_fact_cache_unref);
  g_clear_pointer (&self->tile_data, g_ptr_array_unref);
  g_clear_pointer (&self->chart_data, g_ptr_array_unref);
  g_clear_pointer (&self->tile_widgets, g_ptr_array_unref);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->changed, g_array_unref);
  g_clear_pointer (&self->by, g_free);
  G_OBJECT_CLASS (kip_charts_window_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *klass)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  g_object_class_install_property (klass, PROP_COMPARE, g_param_spec_boolean ("compare", NULL, NULL, FALSE, flags));
  g_object_class_install_property (klass, PROP_ELAPSED, g_param_spec_boolean ("elapsed", NULL, NULL, FALSE, flags));
  g_object_class_install_property (klass, PROP_BY, g_param_spec_string ("by", NULL, NULL, "auto", flags));
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, "/io/github/kipdesk/Kip/ui/kip-charts-window.ui");
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, header);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, what_if);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, below);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, range);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, search);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, search_button);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, spinner);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, mistake);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, toasts);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, outlook);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, outlook_label);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, page);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, tiles);
  gtk_widget_class_bind_template_child (klass, KipChartsWindow, charts);
  gtk_widget_class_bind_template_callback (klass, search_cb);
  gtk_widget_class_bind_template_callback (klass, mistake_cb);
  gtk_widget_class_bind_template_callback (klass, leave_search_cb);
}

static void
kip_charts_window_class_init (KipChartsWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kip_charts_window_dispose;
  object_class->finalize = kip_charts_window_finalize;
  widget_class->size_allocate = kip_charts_window_size_allocate;
  object_class->get_property = kip_charts_window_get_property;
  object_class->set_property = kip_charts_window_set_property;
  install_properties (object_class);
  kip_charts_window_install_signals (object_class);
  g_type_ensure (KIP_TYPE_RANGE_BUTTON);
  g_type_ensure (KIP_TYPE_SEARCH_ENTRY);
  bind_template (widget_class);
  gtk_widget_class_install_property_action (widget_class, "charts.compare", "compare");
  gtk_widget_class_install_property_action (widget_class, "charts.elapsed", "elapsed");
  gtk_widget_class_install_property_action (widget_class, "charts.by", "by");
  kip_charts_window_install_page_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "charts.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "charts.what-if", NULL, what_if_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK, "charts.what-if", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "charts.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "charts.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "app.settings-page", "s", "targets");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "app.reviews", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
kip_charts_window_init (KipChartsWindow *self)
{
  self->by = g_strdup ("auto");
  self->changed = g_array_new (FALSE, FALSE, sizeof (KipId));
  self->facts = kip_fact_cache_new ();
  self->tile_widgets = g_ptr_array_new ();
  self->cards = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->range, "changed", G_CALLBACK (kip_charts_window_ask), self);
  g_signal_connect_swapped (self->search_button, "toggled", G_CALLBACK (search_toggled_cb), self);
}

/* ---- public ---- */

static KipChartsWindow *
find_window (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (KIP_IS_CHARTS_WINDOW (l->data))
      return l->data;
  return NULL;
}

void
kip_charts_window_close (GtkApplication *application)
{
  KipChartsWindow *window = find_window (application);

  if (window != NULL)
    gtk_window_destroy (GTK_WINDOW (window));
}

void
kip_charts_window_present (GtkApplication *application,
                           KipSession     *session)
{
  KipChartsWindow *window = find_window (application);

  if (window == NULL)
    {
      window = g_object_new (KIP_TYPE_CHARTS_WINDOW, "application", application, NULL);
      set_session (window, session);
    }
  gtk_window_present (GTK_WINDOW (window));
}
