/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-repair-dialog.h"

#include "kip-file-chooser.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  gatomicrefcount refs;
  GtkWindow      *parent; /* (owned) */
  KipSync        *sync;   /* (owned) */
  KipRepairStep   step;
} Offer;

static Offer *
offer_new (GtkWindow    *parent,
           KipSync      *sync,
           KipRepairStep step)
{
  Offer *offer = g_new0 (Offer, 1);

  g_atomic_ref_count_init (&offer->refs);
  offer->parent = g_object_ref (parent);
  offer->sync = g_object_ref (sync);
  offer->step = step;
  return offer;
}

static Offer *
offer_ref (Offer *offer)
{
  g_atomic_ref_count_inc (&offer->refs);
  return offer;
}

static void
offer_unref (Offer *offer)
{
  if (!g_atomic_ref_count_dec (&offer->refs))
    return;
  g_object_unref (offer->parent);
  g_object_unref (offer->sync);
  g_free (offer);
}

static void
unref_closure (gpointer  data,
               GClosure *closure)
{
  offer_unref (data);
}

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
  Offer *offer = data;
  g_autoptr (GError) error = NULL;

  if (!kip_sync_decide_finish (KIP_SYNC (source), result, &error) && gtk_widget_get_mapped (GTK_WIDGET (offer->parent)))
    say_failure (offer->parent, error);
  offer_unref (offer);
}

/* ---- doing it ---- */

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Offer *offer = data;
  g_autoptr (GListModel) files = kip_file_chooser_open_finish (GTK_WIDGET (source), result);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file != NULL && g_file_peek_path (file) != NULL)
    kip_sync_use_async (offer->sync, g_file_peek_path (file), done_cb, offer_ref (offer));
  offer_unref (offer);
}

static void
do_step (Offer *offer)
{
  GtkWidget *parent = GTK_WIDGET (offer->parent);

  switch (offer->step)
    {
    case KIP_REPAIR_TRY_AGAIN:
      kip_sync_now (offer->sync);
      return;
    case KIP_REPAIR_WRITE_AGAIN:
      kip_sync_mend_async (offer->sync, done_cb, offer_ref (offer));
      return;
    case KIP_REPAIR_CHOOSE:
      kip_file_chooser_open_async (parent, _("Choose the Shared File"), FALSE, NULL, chosen_cb, offer_ref (offer));
      return;
    case KIP_REPAIR_SAVE_COPY:
      gtk_widget_activate_action (parent, "app.backup", NULL);
      return;
    case KIP_REPAIR_SETTINGS:
    default:
      gtk_widget_activate_action (parent, "app.settings-page", "s", "sharing");
    }
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Offer            *offer)
{
  if (g_str_equal (response, "do"))
    do_step (offer);
}

/* Where it was moved to, the sentence says. */
static char *
body_of (const KipSyncStatus *status,
         const KipRepair     *repair)
{
  if (status->state != KIP_SYNC_MOVED || status->problem == NULL)
    return g_strdup (repair->text);
  return g_strdup_printf ("%s\n\n%s", repair->text, status->problem);
}

void
kip_repair_present (GtkWindow *parent,
                    KipSync   *sync)
{
  KipSyncStatus status;
  KipRepair repair;
  GtkWidget *dialog;
  g_autofree char *body = NULL;

  kip_sync_get_status (sync, &status);
  if (!kip_repair_for (&status, &repair))
    return;
  body = body_of (&status, &repair);
  dialog = adw_message_dialog_new (parent, repair.title, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Not Now"), "do", repair.label, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "do");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), offer_new (parent, sync, repair.step), unref_closure, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
