/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-pane-private.h"

#include "kip-conflicts.h"

#include <glib/gi18n-lib.h>

/* From this width on, in pixels, the details stand beside the timeline. */
#define WIDE_FROM 860

/* Below this height, in pixels, the composer leaves its room to the timeline. */
#define LOW_BELOW 660

G_DEFINE_FINAL_TYPE (KipTicketPane, kip_ticket_pane, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_OPEN_TICKET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what is shown ---- */

/* A low pane, and one that asks which of two values is right, have less room for tools. */
static void
show_compact (KipTicketPane *self)
{
  KipTicket *ticket = self->kase != NULL ? kip_case_get_ticket (self->kase) : NULL;

  kip_composer_set_compact (self->composer, self->low || (ticket != NULL && ticket->conflict));
}

static void
show_page (KipTicketPane *self)
{
  KipId id = self->kase != NULL ? kip_case_get_id (self->kase) : KIP_ID_NONE;
  KipTicket *ticket = self->kase != NULL ? kip_case_get_ticket (self->kase) : NULL;

  if (id == KIP_ID_NONE)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else if (ticket != NULL)
    gtk_stack_set_visible_child_name (self->stack, "ticket");
  else
    gtk_stack_set_visible_child_name (self->stack, "reading");
  show_compact (self);
  kip_ticket_pane_update_actions (self);
}

static void
failed_cb (KipTicketPane *self,
           GError        *error)
{
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->failed_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
view_toggled_cb (KipTicketPane   *self,
                 GtkToggleButton *toggle)
{
  gboolean details = gtk_toggle_button_get_active (self->details_toggle);

  gtk_stack_set_visible_child_name (self->view_stack, details && !self->wide ? "details" : "timeline");
  gtk_widget_set_visible (GTK_WIDGET (self->messages_toggle), !details || self->wide);
}

/* ---- width ---- */

static void
move_details (KipTicketPane *self)
{
  GtkWidget *details = g_object_ref (GTK_WIDGET (self->details));

  adw_bin_set_child (self->wide ? self->narrow_bin : self->wide_bin, NULL);
  adw_bin_set_child (self->wide ? self->wide_bin : self->narrow_bin, details);
  gtk_widget_set_visible (GTK_WIDGET (self->wide_bin), self->wide);
  gtk_widget_set_visible (self->wide_separator, self->wide);
  gtk_widget_set_visible (self->switch_box, !self->wide);
  view_toggled_cb (self, self->details_toggle);
  g_object_unref (details);
}

static gboolean
is_wide (int width)
{
  return width >= WIDE_FROM;
}

static gboolean
is_low (int height)
{
  return height < LOW_BELOW;
}

static gboolean
relayout_cb (gpointer data)
{
  KipTicketPane *self = data;
  gboolean wide = is_wide (gtk_widget_get_width (GTK_WIDGET (self)));

  self->relayout = 0;
  self->low = is_low (gtk_widget_get_height (GTK_WIDGET (self)));
  show_compact (self);
  if (wide != self->wide)
    {
      self->wide = wide;
      move_details (self);
    }
  return G_SOURCE_REMOVE;
}

/* Children may not be moved while sizes are being given out: right after. */
static void
kip_ticket_pane_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  KipTicketPane *self = KIP_TICKET_PANE (widget);
  GtkAllocation all = { 0, 0, width, height };

  gtk_widget_size_allocate (GTK_WIDGET (self->stack), &all, baseline);
  if ((is_wide (width) != self->wide || is_low (height) != self->low) && self->relayout == 0)
    self->relayout = g_idle_add_full (G_PRIORITY_HIGH_IDLE, relayout_cb, self, NULL);
}

static void
kip_ticket_pane_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  KipTicketPane *self = KIP_TICKET_PANE (widget);
  int other;

  gtk_widget_measure (GTK_WIDGET (self->stack), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL || !self->wide)
    return;
  /* It could be as narrow as it is without the details beside it. */
  gtk_widget_measure (GTK_WIDGET (self->wide_bin), orientation, -1, &other, NULL, NULL, NULL);
  *minimum = MAX (0, *minimum - other);
}

static GtkSizeRequestMode
kip_ticket_pane_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* ---- object ---- */

static void
kip_ticket_pane_dispose (GObject *object)
{
  KipTicketPane *self = KIP_TICKET_PANE (object);

  g_clear_handle_id (&self->relayout, g_source_remove);
  kip_ticket_pane_set_session (self, NULL);
  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_ticket_pane_parent_class)->dispose (object);
}

static void
ensure_types (void)
{
  g_type_ensure (KIP_TYPE_COMPOSER);
  g_type_ensure (KIP_TYPE_CONFLICTS);
  g_type_ensure (KIP_TYPE_PRESENCE_HINT);
  g_type_ensure (KIP_TYPE_PROMISES);
  g_type_ensure (KIP_TYPE_TICKET_DETAILS);
  g_type_ensure (KIP_TYPE_TICKET_HEADER);
  g_type_ensure (KIP_TYPE_TIMELINE_VIEW);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-ticket-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, stack);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, failed_page);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, header);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, conflicts);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, promises);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, presence);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, timeline);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, composer);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, details);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, view_stack);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, switch_box);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, talk_toggle);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, details_toggle);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, messages_toggle);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, narrow_bin);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, wide_bin);
  gtk_widget_class_bind_template_child (widget_class, KipTicketPane, wide_separator);
  gtk_widget_class_bind_template_callback (widget_class, view_toggled_cb);
}

static void
kip_ticket_pane_class_init (KipTicketPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_ticket_pane_dispose;
  widget_class->size_allocate = kip_ticket_pane_size_allocate;
  widget_class->measure = kip_ticket_pane_measure;
  widget_class->get_request_mode = kip_ticket_pane_get_request_mode;

  ensure_types ();
  bind_template (widget_class);
  kip_ticket_pane_install_actions (widget_class);

  signals[SIGNAL_OPEN_TICKET] = g_signal_new ("open-ticket", KIP_TYPE_TICKET_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
kip_ticket_pane_init (KipTicketPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kip_composer_accept_drops (self->composer, GTK_WIDGET (self->header));
  kip_composer_accept_drops (self->composer, GTK_WIDGET (self->timeline));
  kip_presence_hint_watch (self->presence, GTK_WIDGET (self));
  g_signal_connect_object (self->composer, "written", G_CALLBACK (kip_presence_hint_write), self->presence, G_CONNECT_SWAPPED);
  kip_ticket_pane_update_actions (self);
}

GtkWidget *
kip_ticket_pane_new (KipSession *session)
{
  KipTicketPane *self = g_object_new (KIP_TYPE_TICKET_PANE, NULL);

  kip_ticket_pane_set_session (self, session);
  return GTK_WIDGET (self);
}

/* ---- public ---- */

static void
show_case (KipTicketPane *self)
{
  kip_case_widget_set_case (KIP_CASE_WIDGET (self->header), self->kase);
  kip_case_widget_set_case (self->conflicts, self->kase);
  kip_case_widget_set_case (KIP_CASE_WIDGET (self->promises), self->kase);
  kip_case_widget_set_case (KIP_CASE_WIDGET (self->presence), self->kase);
  kip_case_widget_set_case (KIP_CASE_WIDGET (self->timeline), self->kase);
  kip_case_widget_set_case (KIP_CASE_WIDGET (self->composer), self->kase);
  kip_case_widget_set_case (KIP_CASE_WIDGET (self->details), self->kase);
}

void
kip_ticket_pane_set_session (KipTicketPane *self,
                             KipSession    *session)
{
  g_return_if_fail (KIP_IS_TICKET_PANE (self));

  if (self->kase != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->kase, self);
      kip_case_open (self->kase, KIP_ID_NONE);
    }
  g_clear_object (&self->kase);
  if (session != NULL)
    self->kase = kip_case_new (session);
  if (self->stack == NULL)
    return;
  show_case (self);
  if (self->kase != NULL)
    {
      g_signal_connect_swapped (self->kase, "changed", G_CALLBACK (show_page), self);
      g_signal_connect_swapped (self->kase, "failed", G_CALLBACK (failed_cb), self);
    }
  show_page (self);
}

void
kip_ticket_pane_set_ticket (KipTicketPane *self,
                            KipId          ticket)
{
  g_return_if_fail (KIP_IS_TICKET_PANE (self));

  if (self->kase != NULL)
    kip_case_open (self->kase, ticket);
}

KipId
kip_ticket_pane_get_ticket (KipTicketPane *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_PANE (self), KIP_ID_NONE);

  return self->kase != NULL ? kip_case_get_id (self->kase) : KIP_ID_NONE;
}

KipCase *
kip_ticket_pane_get_case (KipTicketPane *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_PANE (self), NULL);

  return self->kase;
}

void
kip_ticket_pane_focus_reply (KipTicketPane *self)
{
  g_return_if_fail (KIP_IS_TICKET_PANE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "ticket.reply", NULL);
}

void
kip_ticket_pane_open_other (KipTicketPane *self,
                            KipId          ticket)
{
  if (ticket != KIP_ID_NONE)
    g_signal_emit (self, signals[SIGNAL_OPEN_TICKET], 0, ticket);
}
