/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-composer.h"
#include "kip-draft.h"
#include "kip-moment-row.h"
#include "kip-picker.h"
#include "pane-fixture.h"
#include "shared-office.h"

#include <string.h>

/* ---- writing ---- */

static void
test_reply (void)
{
  Editor editor;
  g_autofree char *draft = NULL;

  editor_init (&editor);
  act (&editor, "ticket.reply");
  type_text (writing (&editor), "H");
  draft = kip_draft_load (editor.desk.office.store, editor.ticket, KIP_MESSAGE_REPLY, NULL);
  g_assert_cmpstr (draft, ==, "H");
  find (editor.pane, GTK_TYPE_LABEL, "Draft saved");
  type_text (writing (&editor), "ello");
  click (find (editor.pane, GTK_TYPE_BUTTON, "Send Reply"));
  UNTIL (shown (&editor)->messages->len == 1);
  g_assert_cmpstr (g_array_index (shown (&editor)->messages, KipMessage, 0).text, ==, "Hello");
  g_assert_cmpint (shown (&editor)->phase, ==, KIP_PHASE_OPEN);
  find (editor.pane, KIP_TYPE_MOMENT_ROW, "Hello");
  UNTIL (kip_draft_find (editor.desk.office.store, editor.ticket) == 0);
  assert_writing (&editor, "");
  editor_clear (&editor);
}

static void
test_draft_survives (void)
{
  Editor editor;

  editor_init (&editor);
  act (&editor, "ticket.note");
  type_text (writing (&editor), "Ask the supplier");
  desk_restart (&editor.desk);
  open_pane (&editor);
  assert_writing (&editor, "Ask the supplier");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find (editor.pane, GTK_TYPE_TOGGLE_BUTTON,
                                                                        "Internal note"))));
  editor_clear (&editor);
}

/* What is written belongs to its ticket and its kind. */
static void
test_drafts_apart (void)
{
  Editor editor;
  KipId other;

  editor_init (&editor);
  other = add_ticket (editor.desk.office.store, "VPN", KIP_INSTANT_NONE);
  type_text (writing (&editor), "for the printer");
  kip_ticket_pane_set_ticket (editor.pane, other);
  UNTIL (shown (&editor) != NULL && shown (&editor)->id == other);
  assert_writing (&editor, "");
  kip_ticket_pane_set_ticket (editor.pane, editor.ticket);
  UNTIL (shown (&editor) != NULL && shown (&editor)->id == editor.ticket);
  assert_writing (&editor, "for the printer");
  act (&editor, "ticket.note");
  assert_writing (&editor, "for the printer");
  g_assert_cmpint (kip_draft_find (editor.desk.office.store, editor.ticket), ==, KIP_MESSAGE_NOTE);
  editor_clear (&editor);
}

static void
answer_as (Editor     *editor,
           KipId       author,
           const char *text)
{
  KipChange *change = kip_change_new (author, "reply");

  kip_change_add_message (change, editor->ticket, KIP_MESSAGE_REPLY, text);
  append (editor->desk.office.store, change);
}

/* A colleague answers while one writes: held back with a note, sent on request. */
static void
test_held_back (void)
{
  Editor editor;
  KipId minh;

  editor_init (&editor);
  minh = add_person (editor.desk.office.store, "Minh", FALSE);
  answer_as (&editor, minh, "before");
  UNTIL (shown (&editor)->messages->len == 1);
  type_text (writing (&editor), "mine");
  g_assert_null (look_for (editor.pane, GTK_TYPE_BUTTON, "Send Anyway"));
  answer_as (&editor, minh, "meanwhile");
  find (editor.pane, GTK_TYPE_BUTTON, "Send Anyway");
  click (find (editor.pane, GTK_TYPE_BUTTON, "Send Reply"));
  g_assert_cmpint (shown (&editor)->messages->len, ==, 2);
  assert_writing (&editor, "mine");
  click (find (editor.pane, GTK_TYPE_BUTTON, "Send Anyway"));
  UNTIL (shown (&editor)->messages->len == 3);
  UNTIL (look_for (editor.pane, GTK_TYPE_BUTTON, "Send Anyway") == NULL);
  editor_clear (&editor);
}

/* The colleague's answer is read and one's own goes on, or is dropped and taken back. */
static void
test_held_back_choices (void)
{
  Editor editor;
  KipId minh;

  editor_init (&editor);
  minh = add_person (editor.desk.office.store, "Minh", FALSE);
  type_text (writing (&editor), "mine");
  answer_as (&editor, minh, "the first");
  find (find (editor.pane, KIP_TYPE_COMPOSER, NULL), GTK_TYPE_LABEL, "the first");
  click (find (editor.pane, GTK_TYPE_BUTTON, "Go On Writing"));
  g_assert_null (look_for (editor.pane, GTK_TYPE_BUTTON, "Send Anyway"));
  answer_as (&editor, minh, "the second");
  find (find (editor.pane, KIP_TYPE_COMPOSER, NULL), GTK_TYPE_LABEL, "the second");
  click (find (editor.pane, GTK_TYPE_BUTTON, "Discard"));
  UNTIL (look_for (editor.pane, GTK_TYPE_BUTTON, "Send Anyway") == NULL);
  assert_writing (&editor, "");
  gtk_text_buffer_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (writing (&editor))));
  assert_writing (&editor, "mine");
  click (find (editor.pane, GTK_TYPE_BUTTON, "Send Reply"));
  UNTIL (shown (&editor)->messages->len == 3);
  editor_clear (&editor);
}

/* An answer that was written earlier and arrives while one writes holds it back as well, and is the one that is shown. */
static void
test_held_back_late (void)
{
  Editor editor;
  KipStore *there;
  g_autofree char *dir = g_dir_make_tmp ("kip-there-XXXXXX", NULL);
  KipChange *change;

  editor_init (&editor);
  there = join_office (editor.desk.office.store, dir, 2, "Minh");
  change = kip_change_new (kip_store_get_me (there), "reply");
  kip_change_add_message (change, editor.ticket, KIP_MESSAGE_REPLY, "from afar");
  append (there, change);
  answer_as (&editor, add_person (editor.desk.office.store, "Hà", FALSE), "seen");
  UNTIL (shown (&editor)->messages->len == 1);
  type_text (writing (&editor), "mine");
  exchange (there, editor.desk.office.store);
  find (find (editor.pane, KIP_TYPE_COMPOSER, NULL), GTK_TYPE_LABEL, "from afar");
  find (editor.pane, GTK_TYPE_BUTTON, "Send Anyway");
  kip_store_close (there);
  g_object_unref (there);
  remove_tree (dir);
  editor_clear (&editor);
}

static void
test_send_and_wait (void)
{
  Editor editor;

  editor_init (&editor);
  type_text (writing (&editor), "Is the tray closed?");
  kip_composer_send (KIP_COMPOSER (find (editor.pane, KIP_TYPE_COMPOSER, NULL)), KIP_SEND_AND_WAIT);
  UNTIL (shown (&editor)->pause == KIP_PAUSE_REQUESTER);
  g_assert_cmpint (shown (&editor)->messages->len, ==, 1);
  editor_clear (&editor);
}

/* One change-set: one undo brings the ticket back as it was. */
static void
test_send_and_resolve (void)
{
  Editor editor;
  GtkWidget *dialog;

  editor_init (&editor);
  type_text (writing (&editor), "Cleaned the rollers.");
  kip_composer_send (KIP_COMPOSER (find (editor.pane, KIP_TYPE_COMPOSER, NULL)), KIP_SEND_AND_RESOLVE);
  dialog = find_window ("Resolve");
  type_text (find (dialog, GTK_TYPE_ENTRY, NULL), "worn out");
  click (find (dialog, GTK_TYPE_BUTTON, "Resolve"));
  UNTIL (shown (&editor)->phase == KIP_PHASE_RESOLVED);
  g_assert_cmpstr (shown (&editor)->cause, ==, "worn out");
  g_assert_cmpstr (shown (&editor)->done, ==, "Cleaned the rollers.");
  g_assert_cmpint (shown (&editor)->messages->len, ==, 1);
  kip_session_undo (editor.desk.session);
  UNTIL (shown (&editor)->phase == KIP_PHASE_NEW);
  g_assert_cmpint (shown (&editor)->messages->len, ==, 0);
  g_assert_null (shown (&editor)->cause);
  editor_clear (&editor);
}

static void
test_canned (void)
{
  Editor editor;
  KipStore *store;
  KipChange *change;
  KipId canned;
  GtkWidget *picker, *search;

  editor_init (&editor);
  store = editor.desk.office.store;
  canned = kip_store_new_id (store);
  change = kip_change_new (kip_store_get_me (store), "settings");
  kip_change_set_text (change, KIP_KIND_CANNED, canned, KIP_FIELD_NAME, "Zz greeting");
  kip_change_set_text (change, KIP_KIND_CANNED, canned, KIP_FIELD_TEXT, "Dear {requester}, about {number}:");
  append (store, change);
  settle ();
  gtk_menu_button_popup (GTK_MENU_BUTTON (find (editor.pane, GTK_TYPE_MENU_BUTTON, "Put in a canned reply")));
  picker = find (editor.pane, KIP_TYPE_PICKER, NULL);
  search = find (picker, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "zz");
  g_signal_emit_by_name (search, "activate");
  assert_writing (&editor, "Dear Lan Anh, about A-1:");
  editor_clear (&editor);
}

/* ---- files ---- */

static void
attach (Editor  *editor,
        GType    type,
        gpointer object)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, type);
  g_value_set_object (&value, object);
  g_assert_true (kip_composer_attach_value (KIP_COMPOSER (find (editor->pane, KIP_TYPE_COMPOSER, NULL)), &value));
}

static GdkTexture *
new_texture (void)
{
  static const guint8 pixels[4 * 4 * 4] = { 0xff, 0, 0, 0xff };
  g_autoptr (GBytes) bytes = g_bytes_new_static (pixels, sizeof pixels);

  return gdk_memory_texture_new (4, 4, GDK_MEMORY_R8G8B8A8, bytes, 16);
}

static void
test_files (void)
{
  Editor editor;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GdkTexture) texture = new_texture ();
  const KipAttachment *attachment;

  editor_init (&editor);
  path = g_build_filename (editor.desk.office.dir, "log.txt", NULL);
  g_assert_true (g_file_set_contents (path, "error 5\n", -1, NULL));
  file = g_file_new_for_path (path);
  attach (&editor, G_TYPE_FILE, file);
  UNTIL (shown (&editor)->attachments->len == 1);
  attachment = &g_array_index (shown (&editor)->attachments, KipAttachment, 0);
  g_assert_cmpstr (attachment->name, ==, "log.txt");
  g_assert_cmpint (attachment->size, ==, 8);
  g_assert_cmpstr (attachment->mime, ==, "text/plain");
  attach (&editor, GDK_TYPE_TEXTURE, texture);
  UNTIL (shown (&editor)->attachments->len == 2);
  attachment = &g_array_index (shown (&editor)->attachments, KipAttachment, 1);
  g_assert_cmpstr (attachment->mime, ==, "image/png");
  find (editor.pane, GTK_TYPE_BUTTON, "Open log.txt");
  editor_clear (&editor);
}

/* A screenshot in the clipboard becomes a file; words are pasted as words. */
static void
test_paste (void)
{
  Editor editor;
  GdkClipboard *clipboard;
  g_autoptr (GdkTexture) texture = new_texture ();

  editor_init (&editor);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (editor.pane));
  gdk_clipboard_set_texture (clipboard, texture);
  g_signal_emit_by_name (writing (&editor), "paste-clipboard");
  UNTIL (shown (&editor)->attachments->len == 1);
  assert_writing (&editor, "");
  gdk_clipboard_set_text (clipboard, "from the clipboard");
  g_signal_emit_by_name (writing (&editor), "paste-clipboard");
  UNTIL (kip_draft_find (editor.desk.office.store, editor.ticket) == KIP_MESSAGE_REPLY);
  assert_writing (&editor, "from the clipboard");
  g_assert_cmpint (shown (&editor)->attachments->len, ==, 1);
  editor_clear (&editor);
}

static void
count_failure (guint *n)
{
  (*n)++;
}

/* A folder is refused with a sentence; nothing is attached. */
static void
test_folder (void)
{
  Editor editor;
  guint failures = 0;
  g_autoptr (GFile) folder = NULL;

  editor_init (&editor);
  folder = g_file_new_for_path (editor.desk.office.dir);
  g_signal_connect_swapped (editor.desk.session, "failed", G_CALLBACK (count_failure), &failures);
  attach (&editor, G_TYPE_FILE, folder);
  UNTIL (failures == 1);
  g_assert_cmpint (shown (&editor)->attachments->len, ==, 0);
  editor_clear (&editor);
}

static void
add_tests (void)
{
  g_test_add_func ("/pane/reply", test_reply);
  g_test_add_func ("/pane/draft-survives", test_draft_survives);
  g_test_add_func ("/pane/drafts-apart", test_drafts_apart);
  g_test_add_func ("/pane/held-back", test_held_back);
  g_test_add_func ("/pane/held-back-choices", test_held_back_choices);
  g_test_add_func ("/pane/held-back-late", test_held_back_late);
  g_test_add_func ("/pane/send-and-wait", test_send_and_wait);
  g_test_add_func ("/pane/send-and-resolve", test_send_and_resolve);
  g_test_add_func ("/pane/canned", test_canned);
  g_test_add_func ("/pane/files", test_files);
  g_test_add_func ("/pane/paste", test_paste);
  g_test_add_func ("/pane/folder", test_folder);
}

int
main (int   argc,
      char *argv[])
{
  return ui_run (&argc, &argv, add_tests);
}
