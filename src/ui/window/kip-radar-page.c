/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-radar-page.h"

#include "kip-clock.h"
#include "kip-format.h"
#include "kip-radar-chart.h"

#include <glib/gi18n-lib.h>

/* The next so many are listed; the time line shows them all. */
#define LISTED 100

/* Read anew this often, for the time line begins now. */
#define REFRESH_SECONDS 60

struct _KipRadarPage
{
  GtkWidget      parent_instance;
  KipSession    *session; /* (owned) (nullable) */
  KipRadarModel *model;   /* (owned) (nullable) */
  guint          refresh_source;

  GtkWidget     *box;
  GtkLabel      *sentence;
  GtkWidget     *day;
  GtkWidget     *three_days;
  GtkWidget     *week;
  KipRadarChart *chart;
  GtkListBox    *list;
};

G_DEFINE_FINAL_TYPE (KipRadarPage, kip_radar_page, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- the list ---- */

static GtkWidget *
new_label (const char *text,
           const char *class_name)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (class_name != NULL)
    gtk_widget_add_css_class (label, class_name);
  return label;
}

static GtkWidget *
new_row (KipRadarPage       *self,
         const KipRadarMark *mark)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *time = kip_format_time (mark->at, NULL);
  g_autofree char *number = mark->row != NULL ? kip_ticket_number_format (mark->row->number) : g_strdup ("");
  g_autofree char *words = kip_radar_mark_words (mark);
  GtkWidget *subject = new_label (mark->row != NULL ? mark->row->subject : "", NULL);

  gtk_label_set_ellipsize (GTK_LABEL (subject), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (subject, TRUE);
  gtk_box_append (GTK_BOX (box), new_label (time, "numeric"));
  gtk_box_append (GTK_BOX (box), new_label (mark->mine ? "●" : "○", NULL));
  gtk_box_append (GTK_BOX (box), new_label (number, "numeric"));
  gtk_box_append (GTK_BOX (box), subject);
  gtk_box_append (GTK_BOX (box), new_label (kip_format_clock_name (mark->clock), "kip-dim"));
  gtk_widget_add_css_class (row, "kip-radar-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (row), "kip-ticket", g_memdup2 (&mark->ticket, sizeof mark->ticket), g_free);
  g_object_set_data_full (G_OBJECT (row), "kip-day", kip_format_day (mark->at, kip_clock_now (), NULL), g_free);
  return row;
}

static void
header_func (GtkListBoxRow *row,
             GtkListBoxRow *before,
             gpointer       data)
{
  const char *day = g_object_get_data (G_OBJECT (row), "kip-day");
  GtkWidget *header;

  if (before != NULL && g_strcmp0 (day, g_object_get_data (G_OBJECT (before), "kip-day")) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  header = new_label (day, "heading");
  gtk_widget_add_css_class (header, "kip-radar-header");
  gtk_list_box_row_set_header (row, header);
}

static GtkWidget *
new_nothing (void)
{
  GtkWidget *label = gtk_label_new (_("No promise falls due in this time."));

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 24);
  return label;
}

static void
fill_list (KipRadarPage *self)
{
  GArray *marks = kip_radar_model_get_marks (self->model);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < MIN (marks->len, LISTED); i++)
    gtk_list_box_append (self->list, new_row (self, &g_array_index (marks, KipRadarMark, i)));
}

/* ---- what happens ---- */

static void
changed_cb (KipRadarPage *self)
{
  g_autofree char *sentence = kip_radar_model_dup_sentence (self->model);

  gtk_label_set_text (self->sentence, sentence);
  fill_list (self);
}

static void
opened_cb (KipRadarPage *self,
           guint64       ticket)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, ticket);
}

static void
row_activated_cb (KipRadarPage  *self,
                  GtkListBoxRow *row)
{
  KipId *ticket = g_object_get_data (G_OBJECT (row), "kip-ticket");

  g_signal_emit (self, signals[SIGNAL_OPENED], 0, *ticket);
}

static void
range_toggled_cb (KipRadarPage *self)
{
  if (self->model == NULL)
    return;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->day)))
    kip_radar_model_set_days (self->model, 1);
  else if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->week)))
    kip_radar_model_set_days (self->model, 7);
  else
    kip_radar_model_set_days (self->model, 3);
}

static gboolean
refresh_cb (gpointer data)
{
  KipRadarPage *self = data;

  if (self->model != NULL)
    kip_radar_model_set_active (self->model, TRUE);
  return G_SOURCE_CONTINUE;
}

/* ---- class ---- */

static void
kip_radar_page_map (GtkWidget *widget)
{
  KipRadarPage *self = KIP_RADAR_PAGE (widget);

  GTK_WIDGET_CLASS (kip_radar_page_parent_class)->map (widget);
  refresh_cb (self);
  self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, refresh_cb, self);
}

static void
kip_radar_page_unmap (GtkWidget *widget)
{
  KipRadarPage *self = KIP_RADAR_PAGE (widget);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->model != NULL)
    kip_radar_model_set_active (self->model, FALSE);
  GTK_WIDGET_CLASS (kip_radar_page_parent_class)->unmap (widget);
}

static void
kip_radar_page_dispose (GObject *object)
{
  KipRadarPage *self = KIP_RADAR_PAGE (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  kip_radar_page_set_session (self, NULL);
  self->chart = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_radar_page_parent_class)->dispose (object);
}

static void
kip_radar_page_class_init (KipRadarPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_radar_page_dispose;
  widget_class->map = kip_radar_page_map;
  widget_class->unmap = kip_radar_page_unmap;

  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  g_type_ensure (KIP_TYPE_RADAR_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-radar-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipRadarPage, box);
  gtk_widget_class_bind_template_child (widget_class, KipRadarPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, KipRadarPage, day);
  gtk_widget_class_bind_template_child (widget_class, KipRadarPage, three_days);
  gtk_widget_class_bind_template_child (widget_class, KipRadarPage, week);
  gtk_widget_class_bind_template_child (widget_class, KipRadarPage, chart);
  gtk_widget_class_bind_template_child (widget_class, KipRadarPage, list);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, range_toggled_cb);
}

static void
kip_radar_page_init (KipRadarPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_func, NULL, NULL);
  gtk_list_box_set_placeholder (self->list, new_nothing ());
}

/* ---- public ---- */

static void
show_calendar (KipRadarPage *self)
{
  KipStore *store = kip_session_get_store (self->session);

  kip_radar_chart_set_model (self->chart, self->model,
                             kip_agreements_get_office_calendar (kip_store_get_agreements (store)));
}

void
kip_radar_page_set_session (KipRadarPage *self,
                            KipSession   *session)
{
  g_return_if_fail (KIP_IS_RADAR_PAGE (self));

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (kip_session_get_store (self->session), show_calendar, self);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, changed_cb, self);
  if (self->chart != NULL)
    kip_radar_chart_set_model (self->chart, NULL, NULL);
  g_clear_object (&self->model);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  self->model = kip_radar_model_new (kip_session_get_store (session));
  g_signal_connect_object (self->model, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kip_session_get_store (session), "office-changed", G_CALLBACK (show_calendar), self, G_CONNECT_SWAPPED);
  show_calendar (self);
  range_toggled_cb (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    kip_radar_model_set_active (self->model, TRUE);
}
