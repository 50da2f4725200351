/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/* A window with an office behind it, for one test; widgets are found by what a
 * person sees. */
typedef struct
{
  Fixture     office;
  KipSession *session; /* (owned) */
  GtkWindow  *window;  /* (nullable) */
} Desk;

/* GTK, libadwaita and Kip's own style; then runs the tests. */
int ui_run (int    *argc,
            char ***argv,
            void ( *add_tests )(void));

void desk_init (Desk *desk); /* as fixture_init(), with a session */
void desk_clear (Desk *desk);

/* Closes the office and opens it again, as a restart of the program does. */
void desk_restart (Desk *desk);

/* Shows @child in a window of that size and waits until it is drawn. */
void desk_show (Desk      *desk,
                GtkWidget *child,
                int        width,
                int        height);
void desk_hide (Desk *desk);

/* The first widget of @type below @root that is shown, and that says @text (NULL:
 * any): a label in it, a tooltip, or the title of a row.  NULL: there is none. */
GtkWidget *look_for (gpointer    root,
                     GType       type,
                     const char *text);

/* The same; waits for it and fails the test without. */
GtkWidget *find (gpointer    root,
                 GType       type,
                 const char *text);

/* The window whose title is @title. */
GtkWidget *find_window (const char *title);

/* Presses a button that a person could press. */
void click (gpointer button);

/* Types at the end of an entry, a row or a text view. */
void type_text (gpointer    widget,
                const char *text);

/* What stands in a text view.  (transfer full) */
char *get_text (gpointer text_view);

/* Runs the main context until nothing is pending. */
void settle (void);

/* The ticket as it is on disk. (transfer full) */
KipTicket *read_ticket (Desk *desk,
                        KipId ticket);

/* Runs the main context until CONDITION holds; fails the test after some seconds. */
#define UNTIL(condition)                                                                   \
  G_STMT_START                                                                             \
  {                                                                                        \
    gint64 until_end_ = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                     \
    while (!(condition) && g_get_monotonic_time () < until_end_)                           \
      g_main_context_iteration (NULL, FALSE);                                              \
    g_assert_true (condition);                                                             \
  }                                                                                        \
  G_STMT_END

G_END_DECLS
