/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-columns.h"

#include "kip-clock.h"
#include "kip-due-cell.h"
#include "kip-format.h"
#include "kip-priority.h"
#include "kip-row-words.h"
#include "kip-subject-cell.h"

#include <glib/gi18n-lib.h>

static const KipColumnInfo columns[] = {
  { "number", N_("Number"), KIP_SORT_NUMBER, 68, 62 },
  { "priority", N_("Priority"), KIP_SORT_PRIORITY, 86, 30 },
  { "subject", N_("Subject"), KIP_SORT_SUBJECT, 0, 0 },
  { "requester", N_("Requester"), KIP_SORT_REQUESTER, 124, 100 },
  { "assignee", N_("Agent"), KIP_SORT_ASSIGNEE, 124, 124 },
  { "team", N_("Team"), KIP_SORT_TEAM, 100, 100 },
  { "category", N_("Category"), KIP_SORT_CATEGORY, 130, 130 },
  { "status", N_("Status"), KIP_SORT_STATUS, 140, 140 },
  { "received", N_("Received"), KIP_SORT_RECEIVED, 120, 120 },
  { "updated", N_("Updated"), KIP_SORT_UPDATED, 120, 120 },
  { "resolved", N_("Resolved"), KIP_SORT_RESOLVED, 120, 120 },
  { "due", N_("Due"), KIP_SORT_DUE, 176, 160 },
};

const KipColumnInfo *
kip_columns (guint *n)
{
  *n = G_N_ELEMENTS (columns);
  return columns;
}

const KipColumnInfo *
kip_column_by_key (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_strcmp0 (columns[i].key, key) == 0)
      return &columns[i];
  return NULL;
}

/* A column of one view. */
typedef struct
{
  const KipColumnInfo *info;
  KipColumnContext    *context;
} Column;

static GQuark column_quark (void);
static GQuark cell_class_quark (void);
static GQuark list_item_quark (void);

G_DEFINE_QUARK (kip-column, column)
G_DEFINE_QUARK (kip-cell-class, cell_class)
G_DEFINE_QUARK (kip-list-item, list_item)

static Column *
column_of (gpointer object)
{
  return g_object_get_qdata (object, column_quark ());
}

/* ---- words ---- */

static const char *
or_nothing (const char *text)
{
  return text != NULL ? text : "";
}

static const char *
person_name (KipOffice *office,
             KipId      id)
{
  const KipPerson *person = id != KIP_ID_NONE ? kip_office_person (office, id) : NULL;

  return person != NULL ? person->name : "";
}

static char *
when_text (KipInstant at)
{
  return kip_format_when (at, kip_clock_now (), NULL);
}

/* In a list that is too narrow for the word the mark stands alone.  (transfer full) */
static char *
priority_text (const KipTicketRow *row,
               gboolean            compact)
{
  if (compact)
    return g_strdup (kip_priority_mark (row->priority));
  return g_strdup_printf ("%s %s", kip_priority_mark (row->priority), kip_priority_label (row->priority));
}

/* What a plain cell says.  (transfer full) */
static char *
text_of (const KipTicketRow *row,
         KipSort             what,
         KipColumnContext   *context)
{
  KipOffice *office = kip_store_get_office (context->store);
  const KipTeam *team;
  const KipCategory *category;
  const KipStatus *status;

  switch (what)
    {
    case KIP_SORT_NUMBER:
      return kip_ticket_number_format (row->number);

    case KIP_SORT_PRIORITY:
      return priority_text (row, context->compact);

    case KIP_SORT_REQUESTER:
      return g_strdup (person_name (office, row->requester));

    case KIP_SORT_ASSIGNEE:
      return g_strdup (row->assignee != KIP_ID_NONE ? person_name (office, row->assignee) : "–");

    case KIP_SORT_TEAM:
      team = kip_office_team (office, row->team);
      return g_strdup (team != NULL ? or_nothing (team->name) : "");

    case KIP_SORT_CATEGORY:
      category = kip_office_category (office, row->category);
      return g_strdup (category != NULL ? or_nothing (category->path) : "");

    case KIP_SORT_STATUS:
      status = kip_office_status (office, row->status);
      return g_strdup (status != NULL ? or_nothing (status->name) : "");

    case KIP_SORT_RECEIVED:
      return when_text (row->received);

    case KIP_SORT_UPDATED:
      return when_text (row->updated);

    case KIP_SORT_RESOLVED:
      return when_text (row->resolved);

    case KIP_SORT_SUBJECT:
    case KIP_SORT_DUE:
      break;
    }
  return NULL;
}

static const char *
priority_class (int priority)
{
  switch (priority)
    {
    case KIP_PRIORITY_CRITICAL:
      return "kip-critical";

    case KIP_PRIORITY_HIGH:
      return "kip-plain";

    default:
      return "kip-dim";
    }
}

/* Changing a class costs a new style, so only when it is another. */
static void
set_cell_class (GtkWidget  *cell,
                const char *name)
{
  const char *old = g_object_get_qdata (G_OBJECT (cell), cell_class_quark ());

  if (old == name)
    return;
  if (old != NULL)
    gtk_widget_remove_css_class (cell, old);
  gtk_widget_add_css_class (cell, name);
  g_object_set_qdata (G_OBJECT (cell), cell_class_quark (), (gpointer) name);
}

/* ---- showing a row ---- */

static void
show_text (Column        *column,
           GtkWidget     *cell,
           KipTicketItem *item)
{
  KipTicketRow *row = kip_ticket_item_get_row (item);
  g_autofree char *text = NULL;

  if (row != NULL)
    text = text_of (row, column->info->sort, column->context);
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  if (row == NULL || column->info->sort != KIP_SORT_PRIORITY)
    return;
  set_cell_class (cell, priority_class (row->priority));
  if (column->context->compact)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, kip_priority_label (row->priority), -1);
}

static void
show_subject (Column        *column,
              GtkWidget     *cell,
              KipTicketItem *item)
{
  KipTicketRow *row = kip_ticket_item_get_row (item);
  KipId id = kip_ticket_item_get_id (item);

  kip_subject_cell_set (KIP_SUBJECT_CELL (cell), row,
                        g_hash_table_contains (column->context->drafts, &id),
                        kip_excerpts_get_words (column->context->excerpts),
                        kip_excerpts_get (column->context->excerpts, id));
}

static void
show_due (Column        *column,
          GtkWidget     *cell,
          KipTicketItem *item)
{
  KipTicketRow *row = kip_ticket_item_get_row (item);
  g_auto (KipRowPromise) promise = { 0 };

  if (row != NULL)
    kip_row_promise_read (&promise, row, kip_store_get_agreements (column->context->store), kip_clock_now ());
  kip_due_cell_set (KIP_DUE_CELL (cell), row != NULL ? &promise : NULL);
}

static void
show (KipTicketItem *item,
      gpointer       data)
{
  Column *column = column_of (data);
  GtkWidget *cell = gtk_list_item_get_child (data);

  if (column->context->store == NULL)
    return;
  if (column->info->sort == KIP_SORT_SUBJECT)
    show_subject (column, cell, item);
  else if (column->info->sort == KIP_SORT_DUE)
    show_due (column, cell, item);
  else
    show_text (column, cell, item);
}

/* ---- cells ---- */

static GtkWidget *
new_text_cell (KipSort sort)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), 3);
  if (sort == KIP_SORT_NUMBER || sort >= KIP_SORT_RECEIVED)
    gtk_widget_add_css_class (cell, "numeric");
  if (sort != KIP_SORT_PRIORITY)
    gtk_widget_add_css_class (cell, "kip-dim");
  return cell;
}

static gboolean
query_due_tooltip_cb (GtkWidget   *cell,
                      int          x,
                      int          y,
                      gboolean     keyboard,
                      GtkTooltip  *tooltip,
                      GtkListItem *list_item)
{
  KipTicketItem *item = gtk_list_item_get_item (list_item);
  KipTicketRow *row = item != NULL ? kip_ticket_item_get_row (item) : NULL;
  Column *column = column_of (list_item);
  g_autofree char *text = NULL;

  if (row == NULL)
    return FALSE;
  text = kip_row_promises_text (row, kip_store_get_agreements (column->context->store), kip_clock_now ());
  gtk_tooltip_set_text (tooltip, text);
  return *text != '\0';
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          Column             *column)
{
  GtkWidget *cell;

  g_object_set_qdata (G_OBJECT (list_item), column_quark (), column);
  switch (column->info->sort)
    {
    case KIP_SORT_SUBJECT:
      cell = kip_subject_cell_new ();
      break;

    case KIP_SORT_DUE:
      cell = kip_due_cell_new ();
      gtk_widget_set_has_tooltip (cell, TRUE);
      g_signal_connect (cell, "query-tooltip", G_CALLBACK (query_due_tooltip_cb), list_item);
      break;

    default:
      cell = new_text_cell (column->info->sort);
      break;
    }
  g_object_set_qdata (G_OBJECT (cell), list_item_quark (), list_item);
  gtk_list_item_set_child (list_item, cell);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         Column             *column)
{
  KipTicketItem *item = gtk_list_item_get_item (list_item);

  kip_ticket_item_watch (item, show, list_item);
  if (column->info->sort >= KIP_SORT_RECEIVED || column->info->sort == KIP_SORT_DUE)
    g_hash_table_add (column->context->dues, list_item);
  show (item, list_item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *list_item,
           Column             *column)
{
  kip_ticket_item_unwatch (gtk_list_item_get_item (list_item), list_item);
  g_hash_table_remove (column->context->dues, list_item);
}

/* ---- public ---- */

#define USUAL_DIGIT 9 /* px, in Cantarell 11 */

int
kip_columns_scale (const KipColumnContext *context,
                   int                     width)
{
  return width * MAX (context->digit, USUAL_DIGIT) / USUAL_DIGIT;
}

#define CELL_PADDING 6 /* px, as in style.css */

static int
width_of (const Column *column,
          gboolean      compact)
{
  int width = kip_columns_scale (column->context, compact ? column->info->compact_width : column->info->width);

  return column->info->sort == KIP_SORT_DUE ? MAX (width, column->context->promise + 2 * CELL_PADDING) : width;
}

GtkColumnViewColumn *
kip_column_new (const KipColumnInfo *info,
                KipColumnContext    *context)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *self = gtk_column_view_column_new (_(info->title), factory);
  Column *column = g_new0 (Column, 1);

  column->info = info;
  column->context = context;
  g_object_set_qdata_full (G_OBJECT (factory), column_quark (), column, g_free);
  g_object_set_qdata (G_OBJECT (self), column_quark (), column);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), column);
  gtk_column_view_column_set_resizable (self, TRUE);
  if (info->width > 0)
    gtk_column_view_column_set_fixed_width (self, width_of (column, FALSE));
  else
    gtk_column_view_column_set_expand (self, TRUE);
  return self;
}

/* What a person made wider or narrower stays so. */
void
kip_column_fit (GtkColumnViewColumn *self)
{
  Column *column = column_of (self);
  gboolean compact = column->context->compact;
  int from = width_of (column, !compact);
  int to = width_of (column, compact);

  if (from != to && gtk_column_view_column_get_fixed_width (self) == from)
    gtk_column_view_column_set_fixed_width (self, to);
  if (column->info->sort == KIP_SORT_PRIORITY)
    gtk_column_view_column_set_title (self, column->context->compact ? "" : _(column->info->title));
}

const KipColumnInfo *
kip_column_get_info (GtkColumnViewColumn *column)
{
  return column_of (column)->info;
}

guint
kip_column_cell_position (GtkWidget *child)
{
  GtkListItem *list_item = child != NULL ? g_object_get_qdata (G_OBJECT (child), list_item_quark ()) : NULL;

  return list_item != NULL ? gtk_list_item_get_position (list_item) : G_MAXUINT;
}

void
kip_columns_update_dues (KipColumnContext *context)
{
  GHashTableIter iter;
  gpointer list_item;

  g_hash_table_iter_init (&iter, context->dues);
  while (g_hash_table_iter_next (&iter, &list_item, NULL))
    show (gtk_list_item_get_item (list_item), list_item);
}
