/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-size.h"

#include <glib/gi18n-lib.h>

#include "kip-settings-window.h"
#include "kip-sharing-parts.h"

struct _KipSharingSize
{
  AdwActionRow parent_instance;

  KipSync      *sync;       /* (owned) (nullable) */
  GCancellable *compacting; /* (owned) (nullable) */

  GtkProgressBar *bar;
  GtkWidget      *button, *stop_button;
};

G_DEFINE_FINAL_TYPE (KipSharingSize, kip_sharing_size, ADW_TYPE_ACTION_ROW)

/* ---- written anew ---- */

static char *
describe (const KipCompaction *compaction)
{
  g_autofree char *before = g_format_size (compaction->size_before);
  g_autofree char *after = g_format_size (compaction->size_after);

  return g_strdup_printf (_("It had %s and has %s now. Everything that was ever done is in it as before."), before, after);
}

static void
compacted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (KipSharingSize) self = data;
  g_autoptr (GCancellable) compacting = g_steal_pointer (&self->compacting);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  KipCompaction compaction;

  gtk_widget_set_sensitive (self->button, TRUE);
  if (!kip_sync_compact_finish (KIP_SYNC (source), result, &compaction, &error))
    {
      if (!g_cancellable_is_cancelled (compacting))
        kip_sharing_say_failure (GTK_WIDGET (self), error);
      return;
    }
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  text = describe (&compaction);
  kip_settings_show_message (GTK_WIDGET (self), _("The File Was Written Anew"), text);
}

static void
compact_cb (KipSharingSize *self)
{
  if (self->sync == NULL || self->compacting != NULL)
    return;
  self->compacting = g_cancellable_new ();
  gtk_widget_set_sensitive (self->button, FALSE);
  kip_sync_compact_async (self->sync, self->compacting, compacted_cb, g_object_ref (self));
}

static void
stop_cb (KipSharingSize *self)
{
  g_cancellable_cancel (self->compacting);
}

/* ---- what it says ---- */

static char *
describe_size (const KipSyncStatus *status)
{
  g_autofree char *size = g_format_size (status->file_size);

  if (status->compacting >= 0)
    return g_strdup (_("It is written anew; the others go on meanwhile"));
  return status->is_worth_compacting ? g_strdup_printf (_("%s; written anew it would be much smaller"), size) : g_steal_pointer (&size);
}

void
kip_sharing_size_show (KipSharingSize      *self,
                       KipSync             *sync,
                       const KipSyncStatus *status,
                       gboolean             may)
{
  gboolean is_compacting = status->compacting >= 0;
  g_autofree char *text = describe_size (status);

  g_set_object (&self->sync, sync);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  gtk_progress_bar_set_fraction (self->bar, MAX (status->compacting, 0) / 100.0);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), is_compacting);
  gtk_widget_set_visible (self->stop_button, is_compacting);
  gtk_widget_set_visible (self->button, may && !is_compacting);
  if (status->is_worth_compacting)
    gtk_widget_add_css_class (self->button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->button, "suggested-action");
}

/* ---- object ---- */

static void
kip_sharing_size_dispose (GObject *object)
{
  KipSharingSize *self = KIP_SHARING_SIZE (object);

  g_cancellable_cancel (self->compacting);
  g_clear_object (&self->sync);
  G_OBJECT_CLASS (kip_sharing_size_parent_class)->dispose (object);
}

static void
kip_sharing_size_class_init (KipSharingSizeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_sharing_size_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-sharing-size.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSharingSize, bar);
  gtk_widget_class_bind_template_child (widget_class, KipSharingSize, button);
  gtk_widget_class_bind_template_child (widget_class, KipSharingSize, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, compact_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
kip_sharing_size_init (KipSharingSize *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
