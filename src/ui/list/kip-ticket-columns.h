/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-excerpts.h"
#include "kip-ticket-list.h"

G_BEGIN_DECLS

/* The columns of the ticket list: what each is called, what it sorts by, what it
 * says.  Cells watch their KipTicketItem and ask it for its row when they are
 * bound, so that nothing is read that nobody sees. */
typedef struct
{
  const char *key;    /* in the settings, and of the sort */
  const char *title;  /* N_() */
  KipSort     sort;
  int         width;  /* px with text of the usual size; 0: takes what is left */
  int         compact_width; /* the same, in a narrow list */
} KipColumnInfo;

/* All there are, in their usual order. Static. */
const KipColumnInfo *kip_columns (guint *n);
const KipColumnInfo *kip_column_by_key (const char *key); /* (nullable) */

/* What the cells of one view need to know. */
typedef struct
{
  KipStore    *store;    /* (nullable) borrowed */
  KipExcerpts *excerpts; /* (nullable) as the store */
  GHashTable  *drafts;   /* set of pointers to KipId: tickets with an unsent text */
  gboolean     compact;  /* the list is narrow */
  int          digit;    /* px, the width of one: what large text needs more */
  int          promise;  /* px, what the words of a promise need at least */
  GHashTable  *dues;     /* set of GtkListItem: bound cells that change with time */
} KipColumnContext;

/* A width for text of the usual size, in that of the context. */
int kip_columns_scale (const KipColumnContext *context,
                       int                     width);

/* @context is borrowed by the column's cells. */
GtkColumnViewColumn *kip_column_new (const KipColumnInfo *info,
                                     KipColumnContext    *context);

/* After context->compact changed: gives the column the width and title of that. */
void kip_column_fit (GtkColumnViewColumn *column);

/* Which column this is. */
const KipColumnInfo *kip_column_get_info (GtkColumnViewColumn *column);

/* The row in which what a column put into a cell stands; G_MAXUINT: @child (nullable) is
 * nothing of a column. */
guint kip_column_cell_position (GtkWidget *child);

/* Time has passed: shows all promises as they are now. */
void kip_columns_update_dues (KipColumnContext *context);

G_END_DECLS
