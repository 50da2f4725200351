/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-join-page.h"

#include "kip-file-chooser.h"
#include "kip-progress-relay.h"
#include "kip-sharing.h"

#include <glib/gi18n-lib.h>

struct _KipJoinPage
{
  AdwBin parent_instance;

  char *dir;  /* (owned) (nullable) */
  char *path; /* (owned) (nullable) of the shared file */
  GCancellable *joining; /* (owned) (nullable) */

  AdwActionRow *file_row;
  GtkEditable  *code_row, *passphrase_row, *me_row;
  GtkWidget    *join_button, *file_group, *entry_group, *button_box, *progress_box;
  GtkProgressBar *progress_bar;
};

G_DEFINE_FINAL_TYPE (KipJoinPage, kip_join_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_JOINED,
  SIGNAL_BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what was filled in ---- */

/* (transfer full) */
static char *
trimmed (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

static void
changed_cb (KipJoinPage *self)
{
  g_autofree char *code = trimmed (self->code_row);
  g_autofree char *me = trimmed (self->me_row);
  const char *passphrase = gtk_editable_get_text (self->passphrase_row);

  gtk_widget_set_sensitive (self->join_button, self->path != NULL && (*code != '\0' || (*passphrase != '\0' && *me != '\0')));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipJoinPage) self = data;
  g_autoptr (GListModel) files = kip_file_chooser_open_finish (GTK_WIDGET (source), result);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file == NULL || g_file_peek_path (file) == NULL)
    return;
  g_free (self->path);
  self->path = g_file_get_path (file);
  adw_action_row_set_subtitle (self->file_row, self->path);
  changed_cb (self);
}

static void
choose_cb (KipJoinPage *self)
{
  kip_file_chooser_open_async (GTK_WIDGET (self), _("Join an Office"), FALSE, NULL, chosen_cb, g_object_ref (self));
}

/* ---- joining, in a thread ---- */

typedef struct
{
  char *dir, *path, *code, *passphrase, *person; /* (owned) */
  KipProgressRelay *relay; /* (owned) */
} Join;

static void
join_free (gpointer data)
{
  Join *join = data;

  g_free (join->dir);
  g_free (join->path);
  g_free (join->code);
  g_free (join->passphrase);
  g_free (join->person);
  kip_progress_relay_unref (join->relay);
  g_free (join);
}

static void
join_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Join *join = data;
  KipJoining joining = { join->path, join->code, join->passphrase, join->person, g_get_host_name (),
                         kip_progress_relay_tell, join->relay };
  GError *error = NULL;

  if (kip_sharing_join (join->dir, &joining, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* ---- while it lasts ---- */

static void
progress_cb (double   fraction,
             gpointer data)
{
  KipJoinPage *self = data;

  gtk_progress_bar_set_fraction (self->progress_bar, fraction);
}

static void
cancel_cb (KipJoinPage *self)
{
  g_cancellable_cancel (self->joining);
}

static void
show_joining (KipJoinPage *self,
              gboolean     is_joining)
{
  g_clear_object (&self->joining);
  if (is_joining)
    self->joining = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_widget_set_visible (self->progress_box, is_joining);
  gtk_widget_set_visible (self->button_box, !is_joining);
  gtk_widget_set_sensitive (self->file_group, !is_joining);
  gtk_widget_set_sensitive (self->entry_group, !is_joining);
  if (is_joining)
    gtk_widget_child_focus (self->progress_box, GTK_DIR_TAB_FORWARD);
}

static void
say_trouble (KipJoinPage  *self,
             const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Not Joined"), error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipJoinPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipStore) store = kip_store_open_finish (result, &error);

  show_joining (self, FALSE);
  if (store != NULL)
    g_signal_emit (self, signals[SIGNAL_JOINED], 0, store);
  else
    say_trouble (self, error);
}

static void
joined_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  KipJoinPage *self = KIP_JOIN_PAGE (source);
  g_autoptr (GError) error = NULL;
  gboolean is_cancelled = g_cancellable_is_cancelled (self->joining);

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      kip_store_open_async (self->dir, NULL, opened_cb, g_object_ref (self));
      return;
    }
  show_joining (self, FALSE);
  if (!is_cancelled)
    say_trouble (self, error);
}

static void
join_cb (KipJoinPage *self)
{
  g_autoptr (GTask) task = NULL;
  Join *join;

  if (self->joining != NULL || self->dir == NULL || !gtk_widget_get_sensitive (self->join_button))
    return;
  show_joining (self, TRUE);
  join = g_new0 (Join, 1);
  join->relay = kip_progress_relay_new (progress_cb, self);
  join->dir = g_strdup (self->dir);
  join->path = g_strdup (self->path);
  join->code = trimmed (self->code_row);
  if (*join->code == '\0')
    g_clear_pointer (&join->code, g_free);
  join->passphrase = g_strdup (gtk_editable_get_text (self->passphrase_row));
  join->person = trimmed (self->me_row);
  task = g_task_new (self, self->joining, joined_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, join, join_free);
  g_task_run_in_thread (task, join_thread);
}

static void
back_cb (KipJoinPage *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

/* ---- object ---- */

void
kip_join_page_set_dir (KipJoinPage *self,
                       const char  *dir)
{
  g_return_if_fail (KIP_IS_JOIN_PAGE (self));

  g_free (self->dir);
  self->dir = g_strdup (dir);
}

static void
kip_join_page_finalize (GObject *object)
{
  KipJoinPage *self = KIP_JOIN_PAGE (object);

  g_clear_object (&self->joining);
  g_free (self->dir);
  g_free (self->path);
  G_OBJECT_CLASS (kip_join_page_parent_class)->finalize (object);
}

static void
kip_join_page_class_init (KipJoinPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kip_join_page_finalize;
  signals[SIGNAL_JOINED] = g_signal_new ("joined", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, KIP_TYPE_STORE);
  signals[SIGNAL_BACK] = g_signal_new ("back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-join-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipJoinPage, file_row);
  gtk_widget_class_bind_template_child (widget_class, KipJoinPage, code_row);
  gtk_widget_class_bind_template_child (widget_class, KipJoinPage, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, KipJoinPage, me_row);
  gtk_widget_class_bind_template_child (widget_class, KipJoinPage, join_button);
  gtk_widget_class_bind_template_child (widget_class, KipJoinPage, file_group);
  gtk_widget_class_bind_template_child (widget_class, KipJoinPage, entry_group);
  gtk_widget_class_bind_template_child (widget_class, KipJoinPage, button_box);
  gtk_widget_class_bind_template_child (widget_class, KipJoinPage, progress_box);
  gtk_widget_class_bind_template_child (widget_class, KipJoinPage, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, join_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
kip_join_page_init (KipJoinPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->file_row), FALSE);
}
