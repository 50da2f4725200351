/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chip-bar.h"

#include "kip-query-edit.h"
#include "kip-tooltip.h"
#include "kip-wrap-layout.h"

#include <glib/gi18n-lib.h>

static const struct
{
  KipQueryField field;
  const char   *value; /* as in a query */
  const char   *label;
} quick[] = {
  { KIP_QUERY_AGENT, "me", N_("Mine") },
  { KIP_QUERY_IS, "unassigned", N_("Nobody’s") },
  { KIP_QUERY_IS, "overdue", N_("Overdue") },
  { KIP_QUERY_IS, "unanswered", N_("Unanswered") },
  { KIP_QUERY_STATUS, "waiting", N_("Waiting") },
  { KIP_QUERY_IS, "vip", N_("VIP") },
};

struct _KipChipBar
{
  GtkWidget  parent_instance;
  KipQuery  *query;   /* (owned) */
  gboolean   showing; /* the switches are being set, not clicked */

  GtkWidget *row;
  GtkLabel  *title;
  GtkBox    *chips;   /* the query's terms, then the filters */
  GtkWidget *filters[G_N_ELEMENTS (quick)];
  GtkWidget *save;
  GtkLabel  *summary;
};

G_DEFINE_FINAL_TYPE (KipChipBar, kip_chip_bar, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- terms ---- */

static void
term_clicked_cb (GtkWidget  *button,
                 KipChipBar *self)
{
  guint chip = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kip-chip"));
  g_autofree char *text = kip_query_without_chip (self->query, chip);

  g_signal_emit (self, signals[SIGNAL_EDITED], 0, text);
}

static GtkWidget *
new_term (KipChipBar         *self,
          const KipQueryChip *chip,
          guint               index)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (chip->label);
  g_autofree char *tooltip = g_strdup_printf (_("Take away “%s”"), chip->label);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  kip_tooltip_set (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_widget_add_css_class (button, "kip-chip");
  if (chip->wrong)
    gtk_widget_add_css_class (button, "error");
  g_object_set_data (G_OBJECT (button), "kip-chip", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", G_CALLBACK (term_clicked_cb), self);
  return button;
}

/* Words stand in the box already; a chip would say them twice. */
static gboolean
is_shown (const KipQueryChip *chip)
{
  return chip->field != KIP_QUERY_TEXT;
}

static void
remove_terms (KipChipBar *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != self->filters[0])
    gtk_box_remove (self->chips, child);
}

static void
show_terms (KipChipBar             *self,
            const KipQueryResolver *resolver)
{
  g_autoptr (GPtrArray) chips = kip_query_chips (self->query, resolver);
  GtkWidget *last = NULL;

  for (guint i = 0; i < chips->len; i++)
    if (is_shown (g_ptr_array_index (chips, i)))
      {
        GtkWidget *term = new_term (self, g_ptr_array_index (chips, i), i);

        gtk_box_insert_child_after (self->chips, term, last);
        last = term;
      }
}

/* ---- filters ---- */

static void
filter_toggled_cb (GtkWidget  *button,
                   KipChipBar *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kip-filter"));
  g_autofree char *text = NULL;

  if (self->showing)
    return;
  text = kip_query_toggle_term (self->query, quick[i].field, quick[i].value);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, text);
}

static void
add_filters (KipChipBar *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (quick); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_(quick[i].label));

      gtk_widget_add_css_class (button, "kip-chip");
      g_object_set_data (G_OBJECT (button), "kip-filter", GUINT_TO_POINTER (i));
      g_signal_connect (button, "toggled", G_CALLBACK (filter_toggled_cb), self);
      gtk_box_append (self->chips, button);
      self->filters[i] = button;
    }
}

/* A filter that is on stands among the terms; here are those that could be. */
static void
show_filters (KipChipBar *self)
{
  self->showing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (quick); i++)
    {
      gboolean on = kip_query_has_term (self->query, quick[i].field, quick[i].value);

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->filters[i]), FALSE);
      gtk_widget_set_visible (self->filters[i], !on);
    }
  self->showing = FALSE;
}

/* ---- class ---- */

static void
kip_chip_bar_dispose (GObject *object)
{
  KipChipBar *self = KIP_CHIP_BAR (object);

  g_clear_pointer (&self->row, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_chip_bar_parent_class)->dispose (object);
}

static void
kip_chip_bar_finalize (GObject *object)
{
  KipChipBar *self = KIP_CHIP_BAR (object);

  g_clear_pointer (&self->query, kip_query_unref);
  G_OBJECT_CLASS (kip_chip_bar_parent_class)->finalize (object);
}

static void
kip_chip_bar_class_init (KipChipBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kip_chip_bar_dispose;
  object_class->finalize = kip_chip_bar_finalize;

  signals[SIGNAL_EDITED] =
    g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (KIP_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-chip-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, KipChipBar, row);
  gtk_widget_class_bind_template_child (widget_class, KipChipBar, title);
  gtk_widget_class_bind_template_child (widget_class, KipChipBar, chips);
  gtk_widget_class_bind_template_child (widget_class, KipChipBar, save);
  gtk_widget_class_bind_template_child (widget_class, KipChipBar, summary);
}

static void
kip_chip_bar_init (KipChipBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kip_tooltip_set (self->save, _("Save this search as a view (Ctrl+D)"));
  self->query = kip_query_parse (NULL);
  add_filters (self);
}

/* ---- public ---- */

void
kip_chip_bar_show (KipChipBar             *self,
                   const char             *title,
                   const KipQuery         *query,
                   const KipQueryResolver *resolver)
{
  KipQuery *previous;

  g_return_if_fail (KIP_IS_CHIP_BAR (self));

  previous = self->query;
  self->query = kip_query_ref (query);
  kip_query_unref (previous);
  gtk_label_set_text (self->title, title != NULL ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->title), title != NULL);
  remove_terms (self);
  if (title == NULL)
    show_terms (self, resolver);
  show_filters (self);
}

void
kip_chip_bar_set_summary (KipChipBar *self,
                          const char *summary)
{
  g_return_if_fail (KIP_IS_CHIP_BAR (self));

  gtk_label_set_text (self->summary, summary);
}

void
kip_chip_bar_set_can_save (KipChipBar *self,
                           gboolean    can_save)
{
  g_return_if_fail (KIP_IS_CHIP_BAR (self));

  gtk_widget_set_visible (self->save, can_save);
}
