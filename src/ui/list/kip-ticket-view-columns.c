/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-view-private.h"

#include "kip-sort-probe.h"

#include <glib/gi18n-lib.h>

/* ---- sorting ---- */

static void
sorter_changed_cb (KipTicketView *self)
{
  GtkColumnViewColumn *column;
  gboolean descending;

  /* A view that goes takes its columns out of the sorter one by one. */
  if (self->column_view == NULL)
    return;
  column = kip_sort_probe_find (self->column_view, &descending);
  if (column == NULL)
    return;
  self->sort = kip_column_get_info (column)->sort;
  self->descending = descending;
  g_settings_set_string (self->settings, "sort-column", kip_column_get_info (column)->key);
  g_settings_set_boolean (self->settings, "sort-descending", descending);
  g_signal_emit_by_name (self, "sort-changed");
}

/* ---- columns ---- */

/* Only columns that are shown are in the view: GTK 4.8 keeps room for hidden ones. */
static GtkColumnViewColumn *
find_column (KipTicketView *self,
             const char    *key)
{
  GListModel *columns = gtk_column_view_get_columns (self->column_view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_strcmp0 (kip_column_get_info (column)->key, key) == 0)
        return column;
    }
  return NULL;
}

static GMenuModel *
new_header_menu (void)
{
  GMenu *menu = g_menu_new ();
  guint n;
  const KipColumnInfo *infos = kip_columns (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *action = g_strconcat ("columns.", infos[i].key, NULL);

      g_menu_append (menu, _(infos[i].title), action);
    }
  return G_MENU_MODEL (menu);
}

static void
insert_column (KipTicketView       *self,
               const KipColumnInfo *info,
               guint                position)
{
  g_autoptr (GtkColumnViewColumn) column = kip_column_new (info, &self->context);

  kip_sort_probe_prepare (column);
  kip_column_fit (column);
  gtk_column_view_column_set_header_menu (column, self->header_menu);
  gtk_column_view_insert_column (self->column_view, position, column);
}

/* Behind the shown ones that usually stand before @info. */
static guint
usual_place (KipTicketView       *self,
             const KipColumnInfo *info)
{
  GListModel *columns = gtk_column_view_get_columns (self->column_view);
  guint place = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (kip_column_get_info (column) < info)
        place = i + 1;
    }
  return place;
}

static void
toggle_column_cb (GSimpleAction *action,
                  GVariant      *state,
                  gpointer       data)
{
  KipTicketView *self = data;
  const KipColumnInfo *info = kip_column_by_key (g_action_get_name (G_ACTION (action)));
  GtkColumnViewColumn *column = find_column (self, info->key);

  if (column != NULL && !g_variant_get_boolean (state))
    gtk_column_view_remove_column (self->column_view, column);
  else if (column == NULL && g_variant_get_boolean (state))
    insert_column (self, info, usual_place (self, info));
  g_simple_action_set_state (action, state);
}

static void
add_column_actions (KipTicketView *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  guint n;
  const KipColumnInfo *infos = kip_columns (&n);

  for (guint i = 0; i < n; i++)
    {
      GVariant *shown = g_variant_new_boolean (find_column (self, infos[i].key) != NULL);
      g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (infos[i].key, NULL, shown);

      g_signal_connect (action, "change-state", G_CALLBACK (toggle_column_cb), self);
      g_simple_action_set_enabled (action, infos[i].sort != KIP_SORT_SUBJECT);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (group));
}

static void
add_columns (KipTicketView *self)
{
  g_auto (GStrv) shown = g_settings_get_strv (self->settings, "list-columns");
  guint n = 0;

  self->header_menu = new_header_menu ();
  for (guint i = 0; shown[i] != NULL; i++)
    if (kip_column_by_key (shown[i]) != NULL && find_column (self, shown[i]) == NULL)
      insert_column (self, kip_column_by_key (shown[i]), n++);
  if (find_column (self, "subject") == NULL)
    insert_column (self, kip_column_by_key ("subject"), 0);
}

/* What it was sorted by stays so, even if that column is not shown. */
static void
restore_sort (KipTicketView *self)
{
  g_autofree char *key = g_settings_get_string (self->settings, "sort-column");
  const KipColumnInfo *info = kip_column_by_key (key);
  GtkColumnViewColumn *column = find_column (self, key);

  self->descending = g_settings_get_boolean (self->settings, "sort-descending");
  self->sort = info != NULL ? info->sort : KIP_SORT_DUE;
  if (column != NULL)
    gtk_column_view_sort_by_column (self->column_view, column,
                                    self->descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

/* ---- width ---- */

/* Below this width of the list what is beside the subject makes room for it; below
 * the other one only what nobody can do without stays. */
#define COMPACT 620
#define TIGHT 470

static gboolean
is_narrow (KipTicketView *self,
           int            width)
{
  return width < kip_columns_scale (&self->context, COMPACT);
}

static gboolean
is_tight (KipTicketView *self,
          int            width)
{
  return width < kip_columns_scale (&self->context, TIGHT);
}

static gboolean
is_needed (const KipColumnInfo *info)
{
  return info->sort == KIP_SORT_NUMBER || info->sort == KIP_SORT_SUBJECT || info->sort == KIP_SORT_DUE;
}

/* (transfer full) the keys of the columns that are there */
static GStrv
shown_columns (KipTicketView *self)
{
  g_autoptr (GStrvBuilder) shown = g_strv_builder_new ();
  GListModel *columns = gtk_column_view_get_columns (self->column_view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_strv_builder_add (shown, kip_column_get_info (column)->key);
    }
  return g_strv_builder_end (shown);
}

static void
put_away (KipTicketView *self)
{
  self->put_away = shown_columns (self);
  for (guint i = 0; self->put_away[i] != NULL; i++)
    if (!is_needed (kip_column_by_key (self->put_away[i])))
      gtk_column_view_remove_column (self->column_view, find_column (self, self->put_away[i]));
}

/* Where they were. */
static void
bring_back (KipTicketView *self)
{
  g_auto (GStrv) keys = g_steal_pointer (&self->put_away);

  for (guint i = 0; keys[i] != NULL; i++)
    if (find_column (self, keys[i]) == NULL)
      insert_column (self, kip_column_by_key (keys[i]), i);
}

gboolean
kip_ticket_view_fits (KipTicketView *self,
                      int            width)
{
  return is_narrow (self, width) == self->context.compact && is_tight (self, width) == (self->put_away != NULL);
}

void
kip_ticket_view_fit_columns (KipTicketView *self,
                             int            width)
{
  GListModel *columns = gtk_column_view_get_columns (self->column_view);

  self->context.compact = is_narrow (self, width);
  if (is_tight (self, width) && self->put_away == NULL)
    put_away (self);
  else if (!is_tight (self, width) && self->put_away != NULL)
    bring_back (self);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      kip_column_fit (column);
    }
  if (self->list != NULL)
    kip_ticket_list_tell_all (self->list);
}

/* ---- public ---- */

void
kip_ticket_view_add_columns (KipTicketView *self)
{
  add_columns (self);
  add_column_actions (self);
  restore_sort (self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
}

void
kip_ticket_view_save_state (KipTicketView *self)
{
  g_auto (GStrv) keys = NULL;

  g_return_if_fail (KIP_IS_TICKET_VIEW (self));

  keys = self->put_away != NULL ? g_strdupv (self->put_away) : shown_columns (self);
  g_settings_set_strv (self->settings, "list-columns", (const char *const *) keys);
}
