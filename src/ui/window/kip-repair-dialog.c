/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-repair-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* ---- what was done ---- */

static void
say_failure (GtkWindow    *parent,
             const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Not Done"), error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autofree GWeakRef *weak = data;
  g_autoptr (GtkWindow) parent = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (weak);
  if (!kip_sync_decide_finish (KIP_SYNC (source), result, &error) && parent != NULL)
    say_failure (parent, error);
}

/* ---- doing it ---- */

static void
write_again (GtkWindow *parent,
             KipSync   *sync)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, parent);
  kip_sync_mend_async (sync, done_cb, weak);
}

static void
do_step (GtkWindow    *parent,
         KipSync      *sync,
         KipRepairStep step)
{
  switch (step)
    {
    case KIP_REPAIR_TRY_AGAIN:
      kip_sync_now (sync);
      return;
    case KIP_REPAIR_WRITE_AGAIN:
      write_again (parent, sync);
      return;
    case KIP_REPAIR_SAVE_COPY:
      gtk_widget_activate_action (GTK_WIDGET (parent), "app.backup", NULL);
      return;
    case KIP_REPAIR_CHOOSE:
    case KIP_REPAIR_SETTINGS:
    default:
      gtk_widget_activate_action (GTK_WIDGET (parent), "app.settings-page", "s", "sharing");
    }
}

typedef struct
{
  GtkWindow    *parent; /* (owned) */
  KipSync      *sync;   /* (owned) */
  KipRepairStep step;
} Offer;

static void
offer_free (gpointer  data,
            GClosure *closure)
{
  Offer *offer = data;

  g_object_unref (offer->parent);
  g_object_unref (offer->sync);
  g_free (offer);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Offer            *offer)
{
  if (g_str_equal (response, "do"))
    do_step (offer->parent, offer->sync, offer->step);
}

void
kip_repair_present (GtkWindow *parent,
                    KipSync   *sync)
{
  KipSyncStatus status;
  KipRepair repair;
  GtkWidget *dialog;
  Offer *offer;

  kip_sync_get_status (sync, &status);
  if (!kip_repair_for (&status, &repair))
    return;
  offer = g_new0 (Offer, 1);
  offer->parent = g_object_ref (parent);
  offer->sync = g_object_ref (sync);
  offer->step = repair.step;
  dialog = adw_message_dialog_new (parent, repair.title, repair.text);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Not Now"), "do", repair.label, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "do");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), offer, offer_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
