/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-matrix-page.h"

#include <glib/gi18n-lib.h>

#include "kip-settings-commands.h"

struct _KipMatrixPage
{
  AdwBin parent_instance;

  KipSession  *session; /* (owned) */
  GtkDropDown *cells[KIP_N_LEVELS][KIP_N_LEVELS]; /* [impact - 1][urgency - 1] */
  gboolean     quiet;   /* the program chooses, not the person */

  GtkGrid   *grid;
  GtkWidget *reset_button;
};

G_DEFINE_FINAL_TYPE (KipMatrixPage, kip_matrix_page, ADW_TYPE_BIN)

static KipStore *
store_of (KipMatrixPage *self)
{
  return kip_session_get_store (self->session);
}

static void
save (KipMatrixPage   *self,
      const KipMatrix *matrix)
{
  KipChange *change = kip_command_setting (store_of (self), KIP_KIND_OFFICE, KIP_ID_OFFICE, KIP_FIELD_MATRIX,
                                           kip_matrix_to_value (matrix));

  kip_session_do (self->session, change, _("Priority matrix changed"), NULL, NULL);
}

static void
refresh (KipMatrixPage *self)
{
  const KipMatrix *matrix = kip_office_get_matrix (kip_store_get_office (store_of (self)));
  KipMatrix usual;

  kip_matrix_init_default (&usual);
  self->quiet = TRUE;
  for (int impact = 1; impact <= KIP_N_LEVELS; impact++)
    for (int urgency = 1; urgency <= KIP_N_LEVELS; urgency++)
      gtk_drop_down_set_selected (self->cells[impact - 1][urgency - 1],
                                  (guint) kip_matrix_get (matrix, impact, urgency) - 1);
  self->quiet = FALSE;
  gtk_widget_set_sensitive (self->reset_button, !kip_matrix_equal (matrix, &usual));
}

static void
selected_cb (KipMatrixPage *self)
{
  KipMatrix matrix;

  if (self->quiet)
    return;
  kip_matrix_init_default (&matrix);
  for (int impact = 1; impact <= KIP_N_LEVELS; impact++)
    for (int urgency = 1; urgency <= KIP_N_LEVELS; urgency++)
      kip_matrix_set (&matrix, impact, urgency,
                      (KipPriority) gtk_drop_down_get_selected (self->cells[impact - 1][urgency - 1]) + 1);
  save (self, &matrix);
}

static void
reset_cb (KipMatrixPage *self)
{
  KipMatrix usual;

  kip_matrix_init_default (&usual);
  save (self, &usual);
}

/* ---- the grid ---- */

/* In a narrow window a priority is known by its mark. */
static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  data)
{
  GtkStringObject *priority = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (priority));
}

static void
let_shrink (GtkDropDown *cell)
{
  g_autoptr (GtkListItemFactory) whole = g_object_ref (gtk_drop_down_get_factory (cell));
  g_autoptr (GtkListItemFactory) cut = gtk_signal_list_item_factory_new ();

  g_signal_connect (cut, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (cut, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_drop_down_set_factory (cell, cut);
  gtk_drop_down_set_list_factory (cell, whole);
}

static GtkDropDown *
make_cell (KipMatrixPage *self,
           int            impact,
           int            urgency)
{
  g_autoptr (GtkStringList) priorities = gtk_string_list_new (NULL);
  g_autofree char *label = g_strdup_printf (_("Priority for impact “%1$s” and urgency “%2$s”"),
                                            kip_level_label (impact), kip_level_label (urgency));
  GtkWidget *cell;

  for (int priority = KIP_PRIORITY_CRITICAL; priority <= KIP_PRIORITY_LOW; priority++)
    {
      g_autofree char *text = g_strdup_printf ("%s %s", kip_priority_mark (priority), kip_priority_label (priority));

      gtk_string_list_append (priorities, text);
    }
  cell = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (priorities)), NULL);
  let_shrink (GTK_DROP_DOWN (cell));
  gtk_widget_set_hexpand (cell, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (cell, "notify::selected", G_CALLBACK (selected_cb), self);
  return GTK_DROP_DOWN (cell);
}

static GtkWidget *
make_heading (const char *text,
              const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, class);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

/*            Urgency
 *            High     Medium   Low
 *  Impact
 *  High      ▲▲ …     ▲ …      ● …  */
static void
fill_grid (KipMatrixPage *self)
{
  gtk_grid_attach (self->grid, make_heading (_("Urgency"), "heading"), 1, 0, KIP_N_LEVELS, 1);
  gtk_grid_attach (self->grid, make_heading (_("Impact"), "heading"), 0, 1, 1, 1);
  for (int level = 1; level <= KIP_N_LEVELS; level++)
    {
      gtk_grid_attach (self->grid, make_heading (kip_level_label (level), "dim-label"), level, 1, 1, 1);
      gtk_grid_attach (self->grid, make_heading (kip_level_label (level), "dim-label"), 0, level + 1, 1, 1);
    }
  for (int impact = 1; impact <= KIP_N_LEVELS; impact++)
    for (int urgency = 1; urgency <= KIP_N_LEVELS; urgency++)
      {
        self->cells[impact - 1][urgency - 1] = make_cell (self, impact, urgency);
        gtk_grid_attach (self->grid, GTK_WIDGET (self->cells[impact - 1][urgency - 1]), urgency, impact + 1, 1, 1);
      }
}

/* ---- object ---- */

static void
kip_matrix_page_dispose (GObject *object)
{
  KIP_MATRIX_PAGE (object)->quiet = TRUE;
  g_clear_object (&KIP_MATRIX_PAGE (object)->session);
  G_OBJECT_CLASS (kip_matrix_page_parent_class)->dispose (object);
}

static void
kip_matrix_page_class_init (KipMatrixPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_matrix_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-matrix-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipMatrixPage, grid);
  gtk_widget_class_bind_template_child (widget_class, KipMatrixPage, reset_button);
}

static void
kip_matrix_page_init (KipMatrixPage *self)
{
  self->quiet = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_grid (self);
  g_signal_connect_swapped (self->reset_button, "clicked", G_CALLBACK (reset_cb), self);
}

GtkWidget *
kip_matrix_page_new (KipSession *session)
{
  KipMatrixPage *self = g_object_new (KIP_TYPE_MATRIX_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (store_of (self), "office-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
