/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-conflict-text.h"

#include "kip-conflict-group.h"
#include "kip-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How much of the text around a place is shown, in letters. */
#define AROUND 60

struct _KipConflictText
{
  AdwBin     parent_instance;
  KipCase   *kase;    /* (owned) */
  KipId      ticket;
  KipField   field;
  GPtrArray *pieces;  /* (owned) of KipMergePiece */
  GPtrArray *toggles; /* (owned) of GtkToggleButton, borrowed: three for each conflict */
  GtkWidget *box;     /* in which the places stand */
};

G_DEFINE_FINAL_TYPE (KipConflictText, kip_conflict_text, ADW_TYPE_BIN)

/* ---- choosing ---- */

static KipMergeTake
take_of (KipConflictText *self,
         guint            conflict)
{
  for (guint i = 0; i < 3; i++)
    if (gtk_toggle_button_get_active (g_ptr_array_index (self->toggles, 3 * conflict + i)))
      return (KipMergeTake) i;
  return KIP_MERGE_TAKE_BOTH;
}

static void
keep (KipConflictText *self)
{
  guint n = kip_merge_count_conflicts (self->pieces);
  g_autofree KipMergeTake *takes = g_new (KipMergeTake, n);
  g_autofree char *text = NULL;
  g_autofree char *label = g_strdup_printf (_("%s chosen"), kip_format_field (KIP_KIND_TICKET, self->field));
  g_autoptr (KipValue) value = NULL;

  for (guint i = 0; i < n; i++)
    takes[i] = take_of (self, i);
  text = kip_merge_join (self->pieces, takes);
  value = kip_value_text (text);
  kip_case_do (self->kase,
               kip_command_pick (kip_case_get_store (self->kase), KIP_KIND_TICKET, self->ticket, self->field, value),
               label);
}

static gboolean
keep_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  keep (data);
  return TRUE;
}

static gboolean
choose_key_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   toggle)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (toggle));
  return TRUE;
}

/* 1, 2 and 3 within one place. */
static void
add_keys (GtkWidget  *place,
          GtkWidget **toggles)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < 3; i++)
    {
      GtkShortcutTrigger *trigger = gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_1 + i, 0),
                                                                 gtk_keyval_trigger_new (GDK_KEY_KP_1 + i, 0));

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (trigger, gtk_callback_action_new (choose_key_cb, toggles[i], NULL)));
    }
  gtk_widget_add_controller (place, controller);
}

/* ---- a place ---- */

static GtkWidget *
new_words (const char *text)
{
  g_autofree char *shown = g_strdup (text);
  GtkWidget *label;

  g_strchomp (shown);
  label = gtk_label_new (*shown != '\0' ? shown : _("(taken away)"));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  if (*shown == '\0')
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

/* Who wrote it, above what they wrote. */
static GtkWidget *
new_side (const char *writer,
          const char *text)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *name = gtk_label_new (writer);

  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "caption-heading");
  gtk_widget_add_css_class (side, "card");
  gtk_widget_add_css_class (side, "kip-side");
  gtk_widget_set_hexpand (side, TRUE);
  gtk_box_append (GTK_BOX (side), name);
  gtk_box_append (GTK_BOX (side), new_words (text));
  return side;
}

static GtkWidget *
new_toggle (KipConflictText *self,
            GtkWidget       *group,
            const char      *label,
            guint            number)
{
  GtkWidget *toggle = gtk_toggle_button_new_with_label (label);
  g_autofree char *tip = g_strdup_printf (_("Key %u"), number);

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (toggle))), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (toggle, TRUE);
  gtk_widget_set_tooltip_text (toggle, tip);
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (toggle), GTK_TOGGLE_BUTTON (group));
  g_ptr_array_add (self->toggles, toggle);
  return toggle;
}

static GtkWidget *
new_chooser (KipConflictText *self,
             GtkWidget       *place)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *toggles[3];

  toggles[0] = new_toggle (self, NULL, C_ ("one of two texts", "Left"), 1);
  toggles[1] = new_toggle (self, toggles[0], C_ ("one of two texts", "Right"), 2);
  toggles[2] = new_toggle (self, toggles[0], C_ ("one of two texts", "Both"), 3);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggles[2]), TRUE);
  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < 3; i++)
    gtk_box_append (GTK_BOX (box), toggles[i]);
  add_keys (place, toggles);
  return box;
}

/* A little of what stands before or behind the place, as it is by now. */
static GtkWidget *
new_around (const KipMergePiece *piece,
            gboolean             is_before)
{
  g_autofree char *text = g_strdup (piece->kind == KIP_MERGE_LEFT ? piece->left : piece->right);
  glong length;
  g_autofree char *part = NULL;
  g_autofree char *shown = NULL;
  GtkWidget *label;

  g_strstrip (text);
  g_strdelimit (text, "\n\r\t", ' ');
  length = g_utf8_strlen (text, -1);
  part = g_utf8_substring (text, is_before ? MAX (0, length - AROUND) : 0, is_before ? length : MIN (length, AROUND));
  shown = length <= AROUND ? g_strdup (part) : is_before ? g_strconcat ("…", part, NULL) : g_strconcat (part, "…", NULL);
  label = gtk_label_new (shown);
  gtk_label_set_ellipsize (GTK_LABEL (label), is_before ? PANGO_ELLIPSIZE_START : PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static const KipMergePiece *
piece_at (KipConflictText *self,
          guint            i)
{
  return i < self->pieces->len ? g_ptr_array_index (self->pieces, i) : NULL;
}

static void
add_place (KipConflictText *self,
           guint            i,
           const char      *left,
           const char      *right)
{
  const KipMergePiece *piece = piece_at (self, i);
  const KipMergePiece *before = i > 0 ? piece_at (self, i - 1) : NULL, *after = piece_at (self, i + 1);
  GtkWidget *place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_set_homogeneous (GTK_BOX (sides), TRUE);
  gtk_box_append (GTK_BOX (sides), new_side (left, piece->left));
  gtk_box_append (GTK_BOX (sides), new_side (right, piece->right));
  if (before != NULL)
    gtk_box_append (GTK_BOX (place), new_around (before, TRUE));
  gtk_box_append (GTK_BOX (place), sides);
  gtk_box_append (GTK_BOX (place), new_chooser (self, place));
  if (after != NULL)
    gtk_box_append (GTK_BOX (place), new_around (after, FALSE));
  gtk_box_append (GTK_BOX (self->box), place);
}

/* ---- the whole ---- */

static void
add_end (KipConflictText *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *note = gtk_label_new (_("What they changed elsewhere is together already."));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Keep This _Text"));

  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_widget_set_hexpand (note, TRUE);
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Ctrl+Enter"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (keep), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), note);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (self->box), row);
}

static void
add_keep_key (KipConflictText *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger = gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_CONTROL_MASK),
                                                             gtk_keyval_trigger_new (GDK_KEY_KP_Enter, GDK_CONTROL_MASK));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (trigger, gtk_callback_action_new (keep_key_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
kip_conflict_text_finalize (GObject *object)
{
  KipConflictText *self = KIP_CONFLICT_TEXT (object);

  g_clear_object (&self->kase);
  g_clear_pointer (&self->pieces, g_ptr_array_unref);
  g_ptr_array_unref (self->toggles);
  G_OBJECT_CLASS (kip_conflict_text_parent_class)->finalize (object);
}

static void
kip_conflict_text_class_init (KipConflictTextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_conflict_text_finalize;
}

static void
kip_conflict_text_init (KipConflictText *self)
{
  self->toggles = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

GtkWidget *
kip_conflict_text_new (KipCase           *kase,
                       KipTicket         *ticket,
                       const KipConflict *conflict)
{
  const KipEvent *left, *right;
  g_autoptr (GPtrArray) pieces = kip_conflict_pieces (ticket->entity, conflict, &left, &right);
  g_autofree char *left_writer = NULL, *right_writer = NULL;
  KipConflictText *self;

  if (pieces == NULL || kip_merge_count_conflicts (pieces) == 0)
    return NULL;
  self = g_object_new (KIP_TYPE_CONFLICT_TEXT, NULL);
  self->kase = g_object_ref (kase);
  self->ticket = ticket->id;
  self->field = conflict->field;
  self->pieces = g_steal_pointer (&pieces);
  left_writer = kip_conflict_format_writer (kase, ticket, left);
  right_writer = kip_conflict_format_writer (kase, ticket, right);
  for (guint i = 0; i < self->pieces->len; i++)
    if (piece_at (self, i)->kind == KIP_MERGE_CONFLICT)
      add_place (self, i, left_writer, right_writer);
  add_end (self);
  add_keep_key (self);
  return GTK_WIDGET (self);
}
