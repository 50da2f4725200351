/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-log.h"

#include <glib/gi18n-lib.h>

#include "kip-clock.h"
#include "kip-format.h"
#include "kip-sharing-parts.h"
#include "kip-sync-log.h"

/* So many are shown; kipctl knows them all. */
#define MOST 30

struct _KipSharingLog
{
  AdwExpanderRow parent_instance;

  KipSharingRows *rows; /* (owned) */
};

G_DEFINE_FINAL_TYPE (KipSharingLog, kip_sharing_log, ADW_TYPE_EXPANDER_ROW)

static char *
gather (GPtrArray  *entries,
        KipMembers *members,
        GPtrArray  *words) /* of char *, the latest first */
{
  GString *all = g_string_new (NULL);

  for (guint i = entries->len; i > 0 && words->len < MOST; i--)
    {
      const KipSyncLogEntry *entry = g_ptr_array_index (entries, i - 1);
      char *one = kip_sync_log_entry_words (entry, members);

      g_ptr_array_add (words, one);
      g_string_append_printf (all, "%" G_GINT64_FORMAT " %s\n", entry->at, one);
    }
  return g_string_free (all, FALSE);
}

void
kip_sharing_log_show (KipSharingLog *self,
                      KipStore      *store,
                      KipSync       *sync)
{
  g_autoptr (GPtrArray) entries = kip_sync_dup_log (sync);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KipMembers) members = kip_store_dup_members (store);

  if (!kip_sharing_rows_begin (self->rows, gather (entries, members, words)))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), words->len > 0);
  for (guint i = 0; i < words->len; i++)
    {
      const KipSyncLogEntry *entry = g_ptr_array_index (entries, entries->len - 1 - i);
      g_autofree char *when = kip_format_when (entry->at, kip_clock_now (), NULL);
      GtkWidget *row = kip_sharing_row_new (g_ptr_array_index (words, i), when);

      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      kip_sharing_rows_add (self->rows, row);
    }
}

/* ---- object ---- */

static void
kip_sharing_log_finalize (GObject *object)
{
  kip_sharing_rows_free (KIP_SHARING_LOG (object)->rows);
  G_OBJECT_CLASS (kip_sharing_log_parent_class)->finalize (object);
}

static void
kip_sharing_log_class_init (KipSharingLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_sharing_log_finalize;
}

static void
kip_sharing_log_init (KipSharingLog *self)
{
  self->rows = kip_sharing_rows_new (GTK_WIDGET (self), (KipSharingRowFunc) adw_expander_row_add_row,
                                     (KipSharingRowFunc) adw_expander_row_remove);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("What Happened"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), _("As this computer saw it, the latest first"));
}
