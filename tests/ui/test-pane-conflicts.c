/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-conflict-group.h"
#include "kip-conflict-mark.h"
#include "kip-conflict-text.h"
#include "kip-conflicts.h"
#include "kip-edit-label.h"
#include "kip-field-row.h"
#include "kip-moment-row.h"
#include "kip-text-group.h"
#include "pane-fixture.h"
#include "shared-office.h"

#include <string.h>

/* The desk that is shown, and a colleague's. */
typedef struct
{
  Editor    editor;
  KipStore *here, *there; /* there: (owned) */
  char     *dir;          /* (owned) of there */
} Pair;

static void
pair_init (Pair *pair)
{
  editor_init (&pair->editor);
  pair->here = pair->editor.desk.office.store;
  pair->dir = g_dir_make_tmp ("kip-there-XXXXXX", NULL);
  pair->there = join_office (pair->here, pair->dir, 2, "Minh");
}

static void
pair_clear (Pair *pair)
{
  kip_store_close (pair->there);
  g_object_unref (pair->there);
  remove_tree (pair->dir);
  g_free (pair->dir);
  editor_clear (&pair->editor);
}

/* Both desks know the same. */
static void
meet (Pair *pair)
{
  exchange (pair->there, pair->here);
  exchange (pair->here, pair->there);
}

static gboolean
is_in_conflict (Pair *pair)
{
  return shown (&pair->editor) != NULL && shown (&pair->editor)->conflict;
}

static KipTicket *
read_there (Pair *pair)
{
  return kip_store_ticket (pair->there, pair->editor.ticket, NULL);
}

static void
say_both (Pair       *pair,
          KipField    field,
          const char *here,
          const char *there)
{
  set_text (pair->here, pair->editor.ticket, field, here);
  set_text (pair->there, pair->editor.ticket, field, there);
}

/* ---- one field ---- */

static void
test_keep (void)
{
  Pair pair;
  GtkWidget *pane, *mark;
  g_autoptr (KipTicket) there = NULL;

  pair_init (&pair);
  pane = GTK_WIDGET (pair.editor.pane);
  g_assert_null (look_for (pane, KIP_TYPE_CONFLICTS, NULL));
  g_assert_null (look_for (pane, KIP_TYPE_CONFLICT_MARK, NULL));
  say_both (&pair, KIP_FIELD_SUBJECT, "Printer of Lan", "Printer on floor 3");
  meet (&pair);
  UNTIL (is_in_conflict (&pair));
  find (find (pane, KIP_TYPE_CONFLICTS, NULL), ADW_TYPE_ACTION_ROW, "Printer of Lan");
  mark = find (pane, KIP_TYPE_CONFLICT_MARK, NULL);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (gtk_widget_get_first_child (mark)), "Minh"));
  /* The story tells of both, and that neither had seen the other. */
  find (pane, KIP_TYPE_MOMENT_ROW, "Subject: Printer jams → Printer on floor 3 · at the same time Hà: Printer of Lan");
  click (find (find (find (pane, KIP_TYPE_CONFLICTS, NULL), ADW_TYPE_ACTION_ROW, "Printer on floor 3"), GTK_TYPE_BUTTON, "Keep"));
  UNTIL (!is_in_conflict (&pair));
  UNTIL (look_for (pane, KIP_TYPE_CONFLICTS, NULL) == NULL && look_for (pane, KIP_TYPE_CONFLICT_MARK, NULL) == NULL);
  g_assert_cmpstr (shown (&pair.editor)->subject, ==, "Printer on floor 3");
  meet (&pair);
  there = read_there (&pair);
  g_assert_false (there->conflict);
  g_assert_cmpstr (there->subject, ==, "Printer on floor 3");
  pair_clear (&pair);
}

/* Undo gives the choice back. */
static void
test_undo (void)
{
  Pair pair;
  GtkWidget *pane;

  pair_init (&pair);
  pane = GTK_WIDGET (pair.editor.pane);
  say_both (&pair, KIP_FIELD_SUBJECT, "A", "B");
  meet (&pair);
  UNTIL (is_in_conflict (&pair));
  click (find (find (pane, KIP_TYPE_CONFLICTS, NULL), GTK_TYPE_BUTTON, "Keep"));
  UNTIL (!is_in_conflict (&pair));
  kip_session_undo (pair.editor.desk.session);
  UNTIL (is_in_conflict (&pair));
  find (find (pane, KIP_TYPE_CONFLICTS, NULL), ADW_TYPE_ACTION_ROW, "A");
  find (find (pane, KIP_TYPE_CONFLICTS, NULL), ADW_TYPE_ACTION_ROW, "B");
  pair_clear (&pair);
}

/* ---- several ---- */

static GtkWidget *
focused_group (Pair *pair)
{
  GtkWidget *focus = gtk_window_get_focus (pair->editor.desk.window);

  return focus != NULL ? gtk_widget_get_ancestor (focus, KIP_TYPE_CONFLICT_GROUP) : NULL;
}

static void
test_several (void)
{
  Pair pair;
  GtkWidget *pane, *first;

  pair_init (&pair);
  pane = GTK_WIDGET (pair.editor.pane);
  say_both (&pair, KIP_FIELD_SUBJECT, "A", "B");
  set_int (pair.here, pair.editor.ticket, KIP_FIELD_URGENCY, 1);
  set_int (pair.there, pair.editor.ticket, KIP_FIELD_URGENCY, 3);
  meet (&pair);
  UNTIL (is_in_conflict (&pair));
  find (pane, KIP_TYPE_CONFLICT_GROUP, "Subject: which one is right?");
  act (&pair.editor, "ticket.settle");
  first = focused_group (&pair);
  g_assert_nonnull (first);
  act (&pair.editor, "ticket.settle");
  g_assert_nonnull (focused_group (&pair));
  g_assert_true (focused_group (&pair) != first);
  click (find (pane, GTK_TYPE_BUTTON, "Keep All of Minh"));
  UNTIL (!is_in_conflict (&pair));
  g_assert_cmpstr (shown (&pair.editor)->subject, ==, "B");
  g_assert_cmpint (shown (&pair.editor)->urgency, ==, 3);
  pair_clear (&pair);
}

/* ---- long texts ---- */

static void
test_text (void)
{
  Pair pair;
  GtkWidget *pane, *text;

  pair_init (&pair);
  pane = GTK_WIDGET (pair.editor.pane);
  set_text (pair.here, pair.editor.ticket, KIP_FIELD_DESCRIPTION, "It jams.\nFloor 2.\nSince Monday.\n");
  meet (&pair);
  say_both (&pair, KIP_FIELD_DESCRIPTION, "It jams.\nFloor 2.\nSince Sunday.\n", "It jams a lot.\nFloor 2.\nSince Monday.\n");
  meet (&pair);
  UNTIL (g_strcmp0 (shown (&pair.editor)->description, "It jams a lot.\nFloor 2.\nSince Sunday.\n") == 0);
  g_assert_false (shown (&pair.editor)->conflict);
  say_both (&pair, KIP_FIELD_DESCRIPTION, "It jams a lot.\nFloor 2.\nSince May.\n", "It stopped.\nFloor 2.\nSince June.\n");
  meet (&pair);
  UNTIL (is_in_conflict (&pair));
  text = find (pane, KIP_TYPE_CONFLICT_TEXT, NULL);
  find (text, GTK_TYPE_LABEL, "May.");
  find (text, GTK_TYPE_LABEL, "June.");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (text, GTK_TYPE_TOGGLE_BUTTON, "Right")), TRUE);
  click (find (text, GTK_TYPE_BUTTON, "Keep This Text"));
  UNTIL (!is_in_conflict (&pair));
  g_assert_cmpstr (shown (&pair.editor)->description, ==, "It stopped.\nFloor 2.\nSince June.\n");
  pair_clear (&pair);
}

/* What came in while somebody typed is not replaced unseen. */
static void
test_typed_over (void)
{
  Pair pair;
  GtkWidget *pane, *group, *view;

  pair_init (&pair);
  pane = GTK_WIDGET (pair.editor.pane);
  set_text (pair.here, pair.editor.ticket, KIP_FIELD_DESCRIPTION, "one\ntwo\nthree\n");
  meet (&pair);
  UNTIL (g_strcmp0 (shown (&pair.editor)->description, "one\ntwo\nthree\n") == 0);
  act (&pair.editor, "ticket.details");
  group = find (pane, KIP_TYPE_TEXT_GROUP, NULL);
  view = find (group, GTK_TYPE_TEXT_VIEW, NULL);
  gtk_widget_grab_focus (view);
  type_text (view, "four\n");
  set_text (pair.there, pair.editor.ticket, KIP_FIELD_DESCRIPTION, "ONE\ntwo\nthree\n");
  meet (&pair);
  UNTIL (g_strcmp0 (shown (&pair.editor)->description, "ONE\ntwo\nthree\n") == 0);
  gtk_widget_grab_focus (find (pane, GTK_TYPE_BUTTON, "Take"));
  UNTIL (g_strcmp0 (shown (&pair.editor)->description, "ONE\ntwo\nthree\nfour\n") == 0);
  g_assert_false (shown (&pair.editor)->conflict);
  pair_clear (&pair);
}

/* Nor is a subject, and opening the entry for it without typing changes nothing. */
static void
test_subject_typed_over (void)
{
  Pair pair;
  GtkWidget *pane;

  pair_init (&pair);
  pane = GTK_WIDGET (pair.editor.pane);
  act (&pair.editor, "ticket.subject");
  set_text (pair.there, pair.editor.ticket, KIP_FIELD_SUBJECT, "theirs");
  meet (&pair);
  UNTIL (strcmp (shown (&pair.editor)->subject, "theirs") == 0);
  gtk_widget_grab_focus (find (pane, GTK_TYPE_BUTTON, "Take"));
  settle ();
  g_assert_cmpstr (shown (&pair.editor)->subject, ==, "theirs");
  act (&pair.editor, "ticket.subject");
  set_text (pair.there, pair.editor.ticket, KIP_FIELD_SUBJECT, "theirs again");
  meet (&pair);
  UNTIL (strcmp (shown (&pair.editor)->subject, "theirs again") == 0);
  type_text (find (find (pane, KIP_TYPE_EDIT_LABEL, NULL), GTK_TYPE_ENTRY, NULL), " and mine");
  gtk_widget_grab_focus (find (pane, GTK_TYPE_BUTTON, "Take"));
  UNTIL (is_in_conflict (&pair));
  pair_clear (&pair);
}

static void
add_tests (void)
{
  g_test_add_func ("/conflicts/keep", test_keep);
  g_test_add_func ("/conflicts/undo", test_undo);
  g_test_add_func ("/conflicts/several", test_several);
  g_test_add_func ("/conflicts/text", test_text);
  g_test_add_func ("/conflicts/typed-over", test_typed_over);
  g_test_add_func ("/conflicts/subject-typed-over", test_subject_typed_over);
}

int
main (int   argc,
      char *argv[])
{
  return ui_run (&argc, &argv, add_tests);
}
