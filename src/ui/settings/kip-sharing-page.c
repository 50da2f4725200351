/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kip-settings-window.h"
#include "kip-clock.h"
#include "kip-file-chooser.h"
#include "kip-format.h"
#include "kip-settings-commands.h"
#include "kip-sharing-keys.h"
#include "kip-sharing-place.h"
#include "kip-sync-traffic.h"
#include "kip-sync-log.h"

/* As many letters as kip_sharing_begin() asks for. */
#define SHORTEST 8

struct _KipSharingPage
{
  AdwBin parent_instance;

  KipSession *session; /* (owned) */
  KipSync    *sync;    /* (owned) (nullable) */
  GPtrArray  *rows;    /* (owned) of GtkWidget, borrowed: those that are made anew */
  GPtrArray  *knocks;  /* (owned) of KipKnock, as the rows show them */
  GCancellable *compacting; /* (owned) (nullable) */
  char       *shown;   /* (owned) (nullable) what the rows say: they stay while that is so */

  KipSharingKeys *keys_group;
  KipSharingPlace *place_group;
  AdwPreferencesGroup *begin_group, *state_group, *knock_group, *member_group, *invite_group;
  GtkEditable  *passphrase_row, *again_row;
  GtkWidget    *begin_button, *invite_button, *compact_button, *stop_button;
  GtkProgressBar *size_bar;
  GtkSwitch    *presence_switch;
  AdwActionRow *state_row, *size_row, *code_row;
  AdwExpanderRow *log_row;
  GPtrArray    *log_rows;  /* (owned) of GtkWidget, borrowed */
  char         *log_shown; /* (owned) (nullable) what they say */
  AdwComboRow  *person_row;
};

G_DEFINE_FINAL_TYPE (KipSharingPage, kip_sharing_page, ADW_TYPE_BIN)

static KipStore *
store_of (KipSharingPage *self)
{
  return kip_session_get_store (self->session);
}

/* What was decided and could not be done is said; otherwise the page shows it. */
static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (KipSharingPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!kip_sync_decide_finish (KIP_SYNC (source), result, &error) && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    kip_settings_show_message (GTK_WIDGET (self), _("Not Done"), error->message);
  gtk_widget_set_sensitive (GTK_WIDGET (self->begin_group), TRUE);
}

/* ---- rows that come and go ---- */

static void
add_row (KipSharingPage      *self,
         AdwPreferencesGroup *group,
         GtkWidget           *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
drop_rows (KipSharingPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static void
add_button (KipSharingPage *self,
            GtkWidget      *row,
            const char     *label,
            guint           number,
            GCallback       callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "kip-number", GUINT_TO_POINTER (number));
  g_signal_connect_object (button, "clicked", callback, self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static guint
number_of (GtkWidget *button)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kip-number"));
}

/* ---- computers ---- */

static void
removal_cb (AdwMessageDialog *dialog,
            const char       *response,
            KipSharingPage   *self)
{
  guint device = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (dialog), "kip-number"));

  if (g_str_equal (response, "remove") && self->sync != NULL)
    kip_sync_remove_async (self->sync, device, decided_cb, g_object_ref (self));
}

static void
remove_cb (GtkWidget      *button,
           KipSharingPage *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Remove This Computer?"),
                                              _("What it wrote up to now stays. It can write nothing more and read nothing that comes after: the key is changed, and the passphrase, which it knows, is ended; set a new one afterwards if others shall join by it. What is on that computer already it can still read."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data (G_OBJECT (dialog), "kip-number", GUINT_TO_POINTER (number_of (button)));
  g_signal_connect_object (dialog, "response", G_CALLBACK (removal_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static char *
describe_member (KipSharingPage  *self,
                 const KipMember *member)
{
  KipInstant heard = kip_sync_heard_of (self->sync, member->device);
  const char *name = member->name != NULL ? member->name : _("not here yet");
  g_autofree char *version = kip_sync_dup_version_of (self->sync, member->device);
  g_autofree char *program = version != NULL && *version != '\0' ? g_strdup_printf (" · Kip %s", version) : g_strdup ("");
  g_autofree char *when = NULL;
  g_autofree char *words = NULL;

  if (member->is_recovery)
    return g_strdup (_("A printed code that nobody used yet"));
  if (member->device == kip_store_get_device (store_of (self)))
    words = g_strdup_printf (_("%s, this computer"), name);
  else if (heard == KIP_INSTANT_NONE)
    return g_strdup (name);
  if (words != NULL)
    return g_strconcat (words, program, NULL);
  when = kip_format_when (heard, kip_clock_now (), NULL);
  words = g_strdup_printf (_("%s, heard of %s"), name, when);
  return g_strconcat (words, program, NULL);
}

/* Who is out stays in the list, with who said so and when. */
static char *
describe_end (KipSharingPage  *self,
              const KipMember *member)
{
  const KipPerson *person = kip_office_person (kip_store_get_office (store_of (self)), member->ended_by);
  g_autofree char *when = kip_format_when (member->ended, kip_clock_now (), NULL);
  const char *name = member->name != NULL ? member->name : "—";

  if (member->has_left)
    return g_strdup_printf (_("%s, left %s"), name, when);
  /* Translators: the name of a computer, by whom, when */
  return g_strdup_printf (_("%s, removed by %s %s"), name, person != NULL ? person->name : "—", when);
}

static char *
title_member (KipSharingPage  *self,
              KipMembers      *members,
              const KipMember *member)
{
  const KipPerson *person = kip_office_person (kip_store_get_office (store_of (self)), member->person);
  g_autofree char *letters = kip_id_device_letters (member->device);
  const char *what = member->last != G_MAXUINT64 ? C_ ("computer", "out") : member->is_recovery ? _("recovery code")
                     : kip_members_is_manager (members, member->device) ? _("manager") : _("agent");

  return g_strdup_printf ("%s · %s · %s", letters, person != NULL ? person->name : "—", what);
}

static void
add_member (KipSharingPage  *self,
            KipMembers      *members,
            const KipMember *member)
{
  g_autofree char *title = title_member (self, members, member);
  gboolean is_in = member->last == G_MAXUINT64;
  g_autofree char *subtitle = is_in ? describe_member (self, member) : describe_end (self, member);
  GtkWidget *row = new_row (title, subtitle);
  guint32 own = kip_store_get_device (store_of (self));

  if (is_in && member->device != own && kip_members_is_manager (members, own))
    add_button (self, row, _("Remove…"), member->device, G_CALLBACK (remove_cb));
  add_row (self, self->member_group, row);
}

static void
show_members (KipSharingPage *self)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store_of (self));
  GPtrArray *all = kip_members_get_all (members);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (member->keys->len > 0 && member->last == G_MAXUINT64)
        add_member (self, members, member);
    }
  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (member->keys->len > 0 && member->last != G_MAXUINT64 && !member->is_recovery)
        add_member (self, members, member);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->invite_group), kip_members_is_manager (members, kip_store_get_device (store_of (self))));
}

/* ---- those who ask ---- */

static KipId
find_person (KipSharingPage *self,
             const char     *name)
{
  GPtrArray *agents = kip_office_get_agents (kip_store_get_office (store_of (self)));

  for (guint i = 0; i < agents->len; i++)
    if (g_utf8_collate (((KipPerson *) g_ptr_array_index (agents, i))->name, name) == 0)
      return ((KipPerson *) g_ptr_array_index (agents, i))->id;
  return KIP_ID_NONE;
}

/* Somebody whom the office did not know is one of its agents from now on. */
static KipId
make_person (KipSharingPage *self,
             const char     *name)
{
  KipStore *store = store_of (self);
  KipChange *change = kip_command_settings (store);
  KipId person = kip_store_new_id (store);

  kip_change_set_text (change, KIP_KIND_PERSON, person, KIP_FIELD_NAME, name);
  kip_change_set_int (change, KIP_KIND_PERSON, person, KIP_FIELD_ROLE, KIP_ROLE_AGENT);
  kip_session_do (self->session, change, NULL, NULL, NULL);
  return person;
}

static void
admit_cb (GtkWidget      *button,
          KipSharingPage *self)
{
  const KipKnock *knock = g_ptr_array_index (self->knocks, number_of (button));
  KipId person = find_person (self, knock->person);

  if (person == KIP_ID_NONE)
    person = make_person (self, knock->person);
  gtk_widget_set_sensitive (button, FALSE);
  kip_sync_admit_async (self->sync, knock, person, decided_cb, g_object_ref (self));
}

static void
show_knocks (KipSharingPage *self)
{
  g_clear_pointer (&self->knocks, g_ptr_array_unref);
  self->knocks = kip_sync_dup_knocks (self->sync);
  for (guint i = 0; i < self->knocks->len; i++)
    {
      const KipKnock *knock = g_ptr_array_index (self->knocks, i);
      GtkWidget *row = new_row (knock->person, knock->machine);

      add_button (self, row, _("Let In"), i, G_CALLBACK (admit_cb));
      add_row (self, self->knock_group, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->knock_group), self->knocks->len > 0);
}

/* ---- the whole page ---- */

static void
show_people (KipSharingPage *self)
{
  GPtrArray *agents = kip_office_get_agents (kip_store_get_office (store_of (self)));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = adw_combo_row_get_selected (self->person_row);

  for (guint i = 0; i < agents->len; i++)
    gtk_string_list_append (names, ((KipPerson *) g_ptr_array_index (agents, i))->name);
  adw_combo_row_set_model (self->person_row, G_LIST_MODEL (names));
  if (selected < agents->len)
    adw_combo_row_set_selected (self->person_row, selected);
}

static void
show_size (KipSharingPage      *self,
           const KipSyncStatus *status)
{
  gboolean is_compacting = status->compacting >= 0;
  g_autofree char *size = g_format_size (status->file_size);
  g_autofree char *text = status->is_worth_compacting ? g_strdup_printf (_("%s; written anew it would be much smaller"), size) : g_strdup (size);

  adw_action_row_set_subtitle (self->size_row, is_compacting ? _("It is written anew; the others go on meanwhile") : text);
  gtk_progress_bar_set_fraction (self->size_bar, MAX (status->compacting, 0) / 100.0);
  gtk_widget_set_visible (GTK_WIDGET (self->size_bar), is_compacting);
  gtk_widget_set_visible (self->stop_button, is_compacting);
  gtk_widget_set_visible (self->compact_button, !is_compacting);
  if (status->is_worth_compacting)
    gtk_widget_add_css_class (self->compact_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->compact_button, "suggested-action");
}

static void
show_state (KipSharingPage      *self,
            const KipSyncStatus *status)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *label = kip_sync_status_label (status, zone);
  g_autofree char *sentence = kip_sync_status_sentence (status, zone);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), label);
  adw_action_row_set_subtitle (self->state_row, sentence);
}

/* Everything that rows are made of. */
static char *
gather (KipSharingPage *self)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store_of (self));
  g_autoptr (GPtrArray) knocks = kip_sync_dup_knocks (self->sync);
  GPtrArray *all = kip_members_get_all (members);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);
      g_autofree char *title = title_member (self, members, member);
      g_autofree char *words = member->last == G_MAXUINT64 ? describe_member (self, member) : describe_end (self, member);

      g_string_append_printf (text, "%u %d %s %s\n", member->device, member->last == G_MAXUINT64, title, words);
    }
  for (guint i = 0; i < knocks->len; i++)
    g_string_append_printf (text, "%s %s\n", ((KipKnock *) g_ptr_array_index (knocks, i))->person,
                            ((KipKnock *) g_ptr_array_index (knocks, i))->machine);
  return g_string_free (text, FALSE);
}

/* Rows are made anew only when they say something else: somebody may stand on one with the keyboard. */
static void
show_rows (KipSharingPage *self,
           gboolean        is_shared)
{
  g_autofree char *text = is_shared ? gather (self) : g_strdup ("");

  if (g_strcmp0 (text, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  drop_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self->knock_group), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->invite_group), FALSE);
  if (!is_shared)
    return;
  show_members (self);
  show_knocks (self);
}

static gboolean
is_manager (KipSharingPage *self)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store_of (self));

  return kip_members_is_manager (members, kip_store_get_device (store_of (self)));
}

/* ---- what happened ---- */

/* So many are shown; kipctl knows them all. */
#define LOG_SHOWN 30

static char *
gather_log (GPtrArray  *entries,
            KipMembers *members,
            GPtrArray  *words) /* of char *, the latest first */
{
  GString *all = g_string_new (NULL);

  for (guint i = entries->len; i > 0 && words->len < LOG_SHOWN; i--)
    {
      const KipSyncLogEntry *entry = g_ptr_array_index (entries, i - 1);
      char *one = kip_sync_log_entry_words (entry, members);

      g_ptr_array_add (words, one);
      g_string_append_printf (all, "%" G_GINT64_FORMAT " %s\n", entry->at, one);
    }
  return g_string_free (all, FALSE);
}

/* Made anew only when they say something else: somebody may read. */
static void
show_log (KipSharingPage *self)
{
  g_autoptr (GPtrArray) entries = kip_sync_dup_log (self->sync);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KipMembers) members = kip_store_dup_members (store_of (self));
  g_autofree char *text = gather_log (entries, members, words);

  gtk_widget_set_visible (GTK_WIDGET (self->log_row), words->len > 0);
  if (g_strcmp0 (text, self->log_shown) == 0)
    return;
  g_free (self->log_shown);
  self->log_shown = g_steal_pointer (&text);
  for (guint i = 0; i < self->log_rows->len; i++)
    adw_expander_row_remove (self->log_row, g_ptr_array_index (self->log_rows, i));
  g_ptr_array_set_size (self->log_rows, 0);
  for (guint i = 0; i < words->len; i++)
    {
      const KipSyncLogEntry *entry = g_ptr_array_index (entries, entries->len - 1 - i);
      g_autofree char *when = kip_format_when (entry->at, kip_clock_now (), NULL);
      GtkWidget *row = new_row (g_ptr_array_index (words, i), when);

      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_expander_row_add_row (self->log_row, row);
      g_ptr_array_add (self->log_rows, row);
    }
}

static void
show_all (KipSharingPage *self)
{
  KipSyncStatus status = { 0 };

  if (self->sync != NULL)
    kip_sync_get_status (self->sync, &status);
  gtk_widget_set_visible (GTK_WIDGET (self->begin_group), !status.is_shared);
  gtk_widget_set_visible (GTK_WIDGET (self->state_group), status.is_shared);
  gtk_widget_set_visible (GTK_WIDGET (self->member_group), status.is_shared);
  gtk_widget_set_visible (GTK_WIDGET (self->keys_group), status.is_shared);
  gtk_widget_set_visible (GTK_WIDGET (self->place_group), status.is_shared);
  if (status.is_shared)
    {
      show_state (self, &status);
      show_size (self, &status);
      kip_sharing_keys_show (self->keys_group, self->sync, &status, is_manager (self));
      kip_sharing_place_show (self->place_group, self->sync, &status, is_manager (self));
      show_log (self);
    }
  show_rows (self, status.is_shared);
}

/* ---- what is asked ---- */

static void
passphrase_cb (KipSharingPage *self)
{
  const char *one = gtk_editable_get_text (self->passphrase_row), *two = gtk_editable_get_text (self->again_row);

  gtk_widget_set_sensitive (self->begin_button, g_utf8_strlen (one, -1) >= SHORTEST && g_str_equal (one, two));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipSharingPage) self = data;
  g_autoptr (GFile) file = kip_file_chooser_save_finish (GTK_WIDGET (source), result);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  if (path == NULL || self->sync == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->begin_group), FALSE);
  kip_sync_share_async (self->sync, path, gtk_editable_get_text (self->passphrase_row), decided_cb, g_object_ref (self));
}

static void
begin_cb (KipSharingPage *self)
{
  const char *name = kip_office_get_name (kip_store_get_office (store_of (self)));
  g_autofree char *file = g_strdup_printf ("%s.kip", *name != '\0' ? name : _("Office"));

  kip_file_chooser_save_async (GTK_WIDGET (self), _("Share This Office"), file, chosen_cb, g_object_ref (self));
}

static void
now_cb (KipSharingPage *self)
{
  if (self->sync != NULL)
    kip_sync_now (self->sync);
}

static char *
describe_compaction (const KipCompaction *compaction)
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
  g_autoptr (KipSharingPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  KipCompaction compaction;

  gtk_widget_set_sensitive (self->compact_button, TRUE);
  if (!kip_sync_compact_finish (KIP_SYNC (source), result, &compaction, &error))
    {
      if (!g_cancellable_is_cancelled (self->compacting) && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        kip_settings_show_message (GTK_WIDGET (self), _("Not Done"), error->message);
      g_clear_object (&self->compacting);
      return;
    }
  g_clear_object (&self->compacting);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  text = describe_compaction (&compaction);
  kip_settings_show_message (GTK_WIDGET (self), _("The File Was Written Anew"), text);
}

static void
compact_cb (KipSharingPage *self)
{
  if (self->sync == NULL || self->compacting != NULL)
    return;
  self->compacting = g_cancellable_new ();
  gtk_widget_set_sensitive (self->compact_button, FALSE);
  kip_sync_compact_async (self->sync, self->compacting, compacted_cb, g_object_ref (self));
}

static void
stop_cb (KipSharingPage *self)
{
  g_cancellable_cancel (self->compacting);
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KipSharingPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean told, ok = kip_sync_leave_finish (KIP_SYNC (source), result, &told, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (!ok)
    kip_settings_show_message (GTK_WIDGET (self), _("Not Done"), error->message);
  else if (told)
    kip_settings_show_message (GTK_WIDGET (self), _("You Have Left"), _("The others see it. The copy on this computer is yours alone: go on working with it, or make a backup and join again with a code in a new data folder."));
  else
    kip_settings_show_message (GTK_WIDGET (self), _("You Have Left"), _("The others could not be told: they list this computer until a manager removes it. The copy on this computer is yours alone: go on working with it."));
}

static void
leaving_cb (KipSharingPage *self,
            const char     *response)
{
  if (g_str_equal (response, "leave") && self->sync != NULL)
    kip_sync_leave_async (self->sync, left_cb, g_object_ref (self));
}

static void
presence_cb (KipSharingPage *self)
{
  if (self->sync != NULL)
    kip_sync_set_tells_presence (self->sync, gtk_switch_get_active (self->presence_switch));
}

static void
leave_cb (KipSharingPage *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Leave the Shared Office?"),
                                              _("Everything stays on this computer, to be read and changed. The others are told that it is gone; what they do from now on is not seen here, nor the other way round."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "leave", _("_Leave"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "leave", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (leaving_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
invited_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (KipSharingPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_valid;
  g_autofree char *code = kip_sync_invite_finish (KIP_SYNC (source), result, &is_valid, &error);

  gtk_widget_set_sensitive (self->invite_button, TRUE);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (code == NULL)
    {
      kip_settings_show_message (GTK_WIDGET (self), _("Not Done"), error->message);
      return;
    }
  adw_action_row_set_subtitle (self->code_row, code);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), code);
  kip_settings_show_message (GTK_WIDGET (self), code, !is_valid ? _("This code is not valid yet, as the share cannot be written just now. It was copied, and opens the office once the header says that everything is shared.")
       : _("This join code lets one computer in within a week. It was copied; give it to nobody but the person it is for. On the other computer choose “Join an Office”."));
}

static void
invite_cb (KipSharingPage *self)
{
  GPtrArray *agents = kip_office_get_agents (kip_store_get_office (store_of (self)));
  guint selected = adw_combo_row_get_selected (self->person_row);

  if (selected >= agents->len || self->sync == NULL)
    return;
  gtk_widget_set_sensitive (self->invite_button, FALSE);
  kip_sync_invite_async (self->sync, ((KipPerson *) g_ptr_array_index (agents, selected))->id, invited_cb, g_object_ref (self));
}

/* ---- object ---- */

static void
kip_sharing_page_dispose (GObject *object)
{
  KipSharingPage *self = KIP_SHARING_PAGE (object);

  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_cancellable_cancel (self->compacting);
  g_clear_object (&self->sync);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kip_sharing_page_parent_class)->dispose (object);
}

static void
kip_sharing_page_finalize (GObject *object)
{
  KipSharingPage *self = KIP_SHARING_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->log_rows);
  g_free (self->log_shown);
  g_clear_pointer (&self->knocks, g_ptr_array_unref);
  g_clear_object (&self->compacting);
  g_free (self->shown);
  G_OBJECT_CLASS (kip_sharing_page_parent_class)->finalize (object);
}

static void
kip_sharing_page_class_init (KipSharingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (KIP_TYPE_SHARING_KEYS);
  g_type_ensure (KIP_TYPE_SHARING_PLACE);
  G_OBJECT_CLASS (klass)->dispose = kip_sharing_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_sharing_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-sharing-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, begin_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, state_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, knock_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, member_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, invite_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, keys_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, place_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, again_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, begin_button);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, invite_button);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, size_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, log_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, size_bar);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, compact_button);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, stop_button);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, presence_switch);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, code_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, person_row);
  gtk_widget_class_bind_template_callback (widget_class, passphrase_cb);
  gtk_widget_class_bind_template_callback (widget_class, begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
  gtk_widget_class_bind_template_callback (widget_class, compact_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, presence_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, invite_cb);
}

static void
kip_sharing_page_init (KipSharingPage *self)
{
  self->rows = g_ptr_array_new ();
  self->log_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->state_row), FALSE);
}

GtkWidget *
kip_sharing_page_new (KipSession *session)
{
  KipSharingPage *self = g_object_new (KIP_TYPE_SHARING_PAGE, NULL);
  KipStore *store = kip_session_get_store (session);

  self->session = g_object_ref (session);
  self->sync = kip_sync_of (store) != NULL ? g_object_ref (kip_sync_of (store)) : NULL;
  if (self->sync != NULL)
    {
      gtk_switch_set_active (self->presence_switch, kip_sync_get_tells_presence (self->sync));
      g_signal_connect_object (self->sync, "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (store, "office-changed", G_CALLBACK (show_people), self, G_CONNECT_SWAPPED);
  show_people (self);
  show_all (self);
  return GTK_WIDGET (self);
}
