/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-card.h"

#include "kip-chart-file.h"
#include "kip-chart-table.h"
#include "kip-chart-view.h"
#include "kip-file-chooser.h"

#include <glib/gi18n-lib.h>

/* Of pictures; wide enough for a slide or a page. */
#define PICTURE_WIDTH 1280
#define PICTURE_HEIGHT 560

struct _KipChartCard
{
  GtkWidget parent_instance;

  KipBoardChart which;
  KipChart     *chart; /* (owned) (nullable) */
  gboolean      is_table;

  GtkLabel      *title;
  GtkLabel      *note;
  GtkMenuButton *menu_button;
  GtkStack      *stack;
  KipChartView  *view;
  AdwBin        *table;
};

G_DEFINE_FINAL_TYPE (KipChartCard, kip_chart_card, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_note (KipChartCard *self,
           const char   *told)
{
  const char *note = self->chart != NULL && self->chart->note != NULL ? self->chart->note : "";

  gtk_label_set_text (self->note, told != NULL ? told : note);
}

static void
show_table (KipChartCard *self)
{
  if (adw_bin_get_child (self->table) == NULL)
    adw_bin_set_child (self->table, kip_chart_table_new (self->which == KIP_BOARD_AGENTS));
  kip_chart_table_set_chart (adw_bin_get_child (self->table), self->chart);
}

/* Marks that nobody sees would be read out all the same. */
static void
show_numbers (KipChartCard *self)
{
  gboolean is_table = self->is_table && self->chart != NULL;

  if (is_table)
    show_table (self);
  else
    adw_bin_set_child (self->table, NULL);
  kip_chart_view_set_chart (self->view, self->is_table ? NULL : self->chart);
  gtk_stack_set_visible_child_name (self->stack, self->is_table ? "table" : "chart");
}

/* ---- copy and save ---- */

static GdkTexture *
make_picture (KipChartCard *self)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kip-copy-XXXXXX.png", NULL);
  int fd = g_mkstemp (path);
  GdkTexture *texture = NULL;
  KipChartTheme theme;

  if (fd < 0)
    return NULL;
  close (fd);
  kip_chart_theme_init (&theme, FALSE, FALSE, 1.0);
  if (kip_chart_save (self->chart, &theme, PICTURE_WIDTH, PICTURE_HEIGHT, KIP_CHART_PNG, path, NULL))
    texture = gdk_texture_new_from_filename (path, NULL);
  unlink (path);
  return texture;
}

/* The picture for who can take one, else the numbers. */
static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  KipChartCard *self = KIP_CHART_CARD (widget);
  g_autoptr (GdkTexture) picture = NULL;
  g_autofree char *csv = NULL;
  GdkContentProvider *providers[2];
  g_autoptr (GdkContentProvider) both = NULL;

  if (self->chart == NULL)
    return;
  picture = make_picture (self);
  csv = kip_chart_to_csv (self->chart);
  providers[0] = gdk_content_provider_new_typed (G_TYPE_STRING, csv);
  providers[1] = picture != NULL ? gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, picture) : NULL;
  both = gdk_content_provider_new_union (providers, picture != NULL ? 2 : 1);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), both);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  KipChartCard *self = KIP_CHART_CARD (source);
  g_autoptr (KipChart) chart = data;
  g_autoptr (GFile) file = kip_file_chooser_save_finish (GTK_WIDGET (source), result);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;
  KipChartFormat format;
  KipChartTheme theme;

  if (path == NULL)
    return;
  kip_chart_theme_init (&theme, FALSE, FALSE, 1.0);
  if (!kip_chart_format_from_path (path, &format))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, _("A chart can be written as .png, .svg, .pdf or .csv. Nothing was written."));
  else if (!kip_chart_save (chart, &theme, PICTURE_WIDTH, PICTURE_HEIGHT, format, path, &error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  KipChartCard *self = KIP_CHART_CARD (widget);
  g_autofree char *file = NULL;

  if (self->chart == NULL)
    return;
  file = g_strdup_printf ("%s.%s", self->chart->title, g_variant_get_string (parameter, NULL));
  g_strdelimit (file, "/:\\", '-');
  kip_file_chooser_save_async (widget, _("Save Chart"), file, saved_cb, kip_chart_ref (self->chart));
}

/* ---- callbacks ---- */

static void
told_cb (KipChartCard *self,
         const char   *told)
{
  show_note (self, told);
}

static void
open_query_cb (KipChartCard *self,
               const char   *query)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.show-query", "s", query);
}

static void
table_changed_cb (KipChartCard *self)
{
  show_numbers (self);
}

/* ---- object ---- */

enum
{
  PROP_TABLE = 1
};

static void
kip_chart_card_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (property_id == PROP_TABLE)
    g_value_set_boolean (value, KIP_CHART_CARD (object)->is_table);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
kip_chart_card_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  if (property_id != PROP_TABLE)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  KIP_CHART_CARD (object)->is_table = g_value_get_boolean (value);
  g_object_notify_by_pspec (object, pspec);
}

static void
kip_chart_card_dispose (GObject *object)
{
  KipChartCard *self = KIP_CHART_CARD (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_pointer (&self->chart, kip_chart_unref);
  if (child != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kip_chart_card_parent_class)->dispose (object);
}

static void
kip_chart_card_class_init (KipChartCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kip_chart_card_dispose;
  object_class->get_property = kip_chart_card_get_property;
  object_class->set_property = kip_chart_card_set_property;
  g_object_class_install_property (object_class, PROP_TABLE,
                                   g_param_spec_boolean ("table", NULL, NULL, FALSE,
                                                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (KIP_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, KipChartCard, title);
  gtk_widget_class_bind_template_child (widget_class, KipChartCard, note);
  gtk_widget_class_bind_template_child (widget_class, KipChartCard, menu_button);
  gtk_widget_class_bind_template_child (widget_class, KipChartCard, stack);
  gtk_widget_class_bind_template_child (widget_class, KipChartCard, view);
  gtk_widget_class_bind_template_child (widget_class, KipChartCard, table);
  gtk_widget_class_bind_template_callback (widget_class, told_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_query_cb);
  gtk_widget_class_install_property_action (widget_class, "card.table", "table");
  gtk_widget_class_install_action (widget_class, "card.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "card.save", "s", save_action);
}

static void
kip_chart_card_init (KipChartCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::table", G_CALLBACK (table_changed_cb), NULL);
}

/* ---- public ---- */

GtkWidget *
kip_chart_card_new (KipBoardChart which)
{
  KipChartCard *self = g_object_new (KIP_TYPE_CHART_CARD, NULL);
  const char *title = kip_board_chart_title (which);
  /* Translators: of a button with a menu; the title of a chart is put in. */
  g_autofree char *menu = g_strdup_printf (_("Menu of “%s”"), title);

  self->which = which;
  gtk_label_set_text (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu_button), menu);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, menu, -1);
  if (which == KIP_BOARD_AGENTS)
    g_object_set (self, "table", TRUE, NULL);
  return GTK_WIDGET (self);
}

void
kip_chart_card_set_chart (KipChartCard *self,
                          KipChart     *chart)
{
  g_return_if_fail (KIP_IS_CHART_CARD (self));

  /* An edit moves few of the charts. */
  if (self->chart != NULL && kip_chart_equal (self->chart, chart))
    return;
  kip_chart_ref (chart);
  g_clear_pointer (&self->chart, kip_chart_unref);
  self->chart = chart;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), chart->definition);
  show_note (self, NULL);
  show_numbers (self);
}

KipChart *
kip_chart_card_get_chart (KipChartCard *self)
{
  g_return_val_if_fail (KIP_IS_CHART_CARD (self), NULL);

  return self->chart;
}

gboolean
kip_chart_card_is_in_sight (KipChartCard *self)
{
  g_return_val_if_fail (KIP_IS_CHART_CARD (self), FALSE);

  return gtk_widget_get_height (GTK_WIDGET (self)) == 0 || kip_chart_view_is_in_sight (GTK_WIDGET (self));
}
