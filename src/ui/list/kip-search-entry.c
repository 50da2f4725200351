/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-search-entry.h"

#include "kip-clock.h"
#include "kip-query-complete.h"
#include "kip-search-history.h"
#include "kip-tooltip.h"

#include <glib/gi18n-lib.h>

#define MAX_SUGGESTIONS 8

/* A mistake at the cursor is told of when typing has paused so long. */
#define PAUSE_MS 900

struct _KipSearchEntry
{
  GtkWidget         parent_instance;
  KipStore         *store;        /* (owned) (nullable) */
  KipQuery         *query;        /* (owned) of the text */
  KipQueryPlan     *plan;         /* (owned) (nullable) for its mistakes, names included */
  GPtrArray        *suggestions;  /* (owned) (nullable) of KipQueryCompletion */
  gboolean          inserting;    /* a suggestion is being put in: do not suggest */
  gboolean          paused;       /* typing has paused: tell of unfinished terms too */
  guint             search_source, pause_source;

  GtkEditable      *entry;
  GtkPopover       *popover;      /* (nullable) until there is something to suggest */
  GtkListBox       *list;
};

G_DEFINE_FINAL_TYPE (KipSearchEntry, kip_search_entry, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_SEARCH,
  SIGNAL_GO,
  SIGNAL_LEAVE,
  SIGNAL_MISTAKE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Where the cursor is, in bytes. */
static gsize
cursor_place (KipSearchEntry *self)
{
  const char *text = gtk_editable_get_text (self->entry);

  return g_utf8_offset_to_pointer (text, gtk_editable_get_position (self->entry)) - text;
}

/* ---- mistakes ---- */

/* Whether to speak of @mistake: not while it is perhaps only half a word. */
static gboolean
is_told (KipSearchEntry        *self,
         const KipQueryMistake *mistake)
{
  if (self->paused || !gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (self->entry))))
    return TRUE;
  return !mistake->unfinished && mistake->end < cursor_place (self);
}

static void
underline (KipSearchEntry *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GPtrArray *mistakes = self->plan != NULL ? self->plan->mistakes : kip_query_get_mistakes (self->query);

  for (guint i = 0; i < mistakes->len; i++)
    {
      const KipQueryMistake *mistake = g_ptr_array_index (mistakes, i);
      PangoAttribute *line;

      if (!is_told (self, mistake))
        continue;
      line = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);
      line->start_index = mistake->start;
      line->end_index = mistake->end;
      pango_attr_list_insert (attributes, line);
    }
  gtk_text_set_attributes (GTK_TEXT (gtk_editable_get_delegate (self->entry)), attributes);
}

static void
read_text (KipSearchEntry *self)
{
  g_clear_pointer (&self->query, kip_query_unref);
  g_clear_pointer (&self->plan, kip_query_plan_unref);
  self->query = kip_query_parse (gtk_editable_get_text (self->entry));
  if (self->store != NULL)
    self->plan = kip_query_plan_new (self->query, kip_store_get_resolver (self->store), kip_clock_now (), NULL);
  underline (self);
}

static gboolean
paused_cb (gpointer data)
{
  KipSearchEntry *self = data;

  self->pause_source = 0;
  self->paused = TRUE;
  underline (self);
  g_signal_emit (self, signals[SIGNAL_MISTAKE], 0);
  return G_SOURCE_REMOVE;
}

static void
start_pause (KipSearchEntry *self)
{
  GPtrArray *mistakes = self->plan != NULL ? self->plan->mistakes : kip_query_get_mistakes (self->query);

  self->paused = FALSE;
  g_clear_handle_id (&self->pause_source, g_source_remove);
  if (mistakes->len > 0)
    self->pause_source = g_timeout_add (PAUSE_MS, paused_cb, self);
}

/* ---- suggestions ---- */

static void take_suggestion (KipSearchEntry *self,
                             int             index);

static GtkWidget *
new_suggestion (const char *label,
                const char *description)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (label);
  GtkWidget *words = gtk_label_new (description);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (words), 48);
  gtk_widget_add_css_class (words, "kip-dim");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), words);
  return box;
}

static void
row_activated_cb (KipSearchEntry *self,
                  GtkListBoxRow  *row)
{
  take_suggestion (self, gtk_list_box_row_get_index (row));
}

static void
ensure_popover (KipSearchEntry *self)
{
  if (self->popover != NULL)
    return;
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Suggestions"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_autohide (self->popover, FALSE);
  gtk_popover_set_has_arrow (self->popover, FALSE);
  gtk_popover_set_position (self->popover, GTK_POS_BOTTOM);
  gtk_popover_set_child (self->popover, GTK_WIDGET (self->list));
  gtk_widget_set_halign (GTK_WIDGET (self->popover), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (self->popover), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->popover), "menu");
  gtk_widget_add_css_class (GTK_WIDGET (self->popover), "kip-completion");
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
}

static gboolean
suggestions_are_shown (KipSearchEntry *self)
{
  return self->popover != NULL && gtk_widget_get_visible (GTK_WIDGET (self->popover));
}

static void
hide_suggestions (KipSearchEntry *self)
{
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  if (suggestions_are_shown (self))
    gtk_popover_popdown (self->popover);
}

static void
show_suggestions (KipSearchEntry *self,
                  GPtrArray      *suggestions) /* taken */
{
  GtkWidget *row;

  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  self->suggestions = suggestions;
  if (suggestions->len == 0)
    {
      hide_suggestions (self);
      return;
    }
  ensure_popover (self);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < suggestions->len; i++)
    {
      const KipQueryCompletion *completion = g_ptr_array_index (suggestions, i);

      gtk_list_box_append (self->list, new_suggestion (completion->label, completion->description));
    }
  gtk_list_box_unselect_all (self->list);
  gtk_widget_set_size_request (GTK_WIDGET (self->list), MIN (gtk_widget_get_width (GTK_WIDGET (self)), 360), -1);
  if (!suggestions_are_shown (self))
    gtk_popover_popup (self->popover);
}

/* Where a word has begun: what it could become. */
static void
suggest (KipSearchEntry *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  gsize cursor = cursor_place (self);

  if (self->inserting || cursor == 0 || text[cursor - 1] == ' ' || self->store == NULL ||
      !gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (self->entry))))
    hide_suggestions (self);
  else
    show_suggestions (self, kip_query_complete (text, cursor, kip_store_get_resolver (self->store), MAX_SUGGESTIONS));
}

static void
suggest_recent (KipSearchEntry *self)
{
  GPtrArray *recent;

  if (self->store == NULL)
    return;
  recent = kip_search_history_suggest (self->store, MAX_SUGGESTIONS);
  if (recent->len == 0)
    {
      g_ptr_array_unref (recent);
      recent = kip_query_complete ("", 0, kip_store_get_resolver (self->store), MAX_SUGGESTIONS);
    }
  show_suggestions (self, recent);
}

static void
insert (KipSearchEntry           *self,
        const KipQueryCompletion *completion)
{
  const char *text = gtk_editable_get_text (self->entry);
  gsize length = strlen (text);
  gsize start = MIN (completion->start, length);
  gboolean goes_on = g_str_has_suffix (completion->text, ":");
  g_autofree char *before = g_strndup (text, start);
  g_autofree char *now = g_strconcat (before, completion->text, goes_on ? "" : " ", text + MIN (completion->end, length), NULL);
  int place = g_utf8_strlen (before, -1) + g_utf8_strlen (completion->text, -1) + (goes_on ? 0 : 1);

  self->inserting = !goes_on;
  gtk_editable_set_text (self->entry, now);
  gtk_editable_set_position (self->entry, place);
  self->inserting = FALSE;
  if (goes_on)
    suggest (self);
  else
    hide_suggestions (self);
}

static void
take_suggestion (KipSearchEntry *self,
                 int             index)
{
  g_autoptr (GPtrArray) suggestions = self->suggestions != NULL ? g_ptr_array_ref (self->suggestions) : NULL;

  if (suggestions != NULL && index >= 0 && (guint) index < suggestions->len)
    insert (self, g_ptr_array_index (suggestions, index));
}

static gboolean
move_in_suggestions (KipSearchEntry *self,
                     int             steps)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int n = self->suggestions->len;
  int index = row != NULL ? gtk_list_box_row_get_index (row) + steps : (steps > 0 ? 0 : n - 1);

  if (index < 0 || index >= n)
    gtk_list_box_unselect_all (self->list);
  else
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, index));
  return TRUE;
}

/* ---- typing ---- */

static gboolean
search_cb (gpointer data)
{
  KipSearchEntry *self = data;

  self->search_source = 0;
  g_signal_emit (self, signals[SIGNAL_SEARCH], 0);
  suggest (self);
  return G_SOURCE_REMOVE;
}

/* An input method may take a letter back and put another in its place: two
 * changes, one search. */
static void
changed_cb (KipSearchEntry *self)
{
  read_text (self);
  start_pause (self);
  if (self->search_source == 0)
    self->search_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 10, search_cb, self, NULL);
}

static void
search_now (KipSearchEntry *self)
{
  if (self->search_source == 0)
    return;
  g_clear_handle_id (&self->search_source, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_SEARCH], 0);
}

static void
activate_cb (KipSearchEntry *self)
{
  search_now (self);
  hide_suggestions (self);
  self->paused = TRUE;
  underline (self);
  g_signal_emit (self, signals[SIGNAL_MISTAKE], 0);
  g_signal_emit (self, signals[SIGNAL_GO], 0);
}

static gboolean
key_in_suggestions (KipSearchEntry *self,
                    guint           key)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return move_in_suggestions (self, 1);

    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return move_in_suggestions (self, -1);

    case GDK_KEY_Tab:
      take_suggestion (self, row != NULL ? gtk_list_box_row_get_index (row) : 0);
      return TRUE;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (row == NULL)
        return FALSE;
      take_suggestion (self, gtk_list_box_row_get_index (row));
      return TRUE;

    case GDK_KEY_Escape:
      hide_suggestions (self);
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
key_pressed_cb (KipSearchEntry *self,
                guint           key,
                guint           code,
                GdkModifierType state)
{
  gboolean empty = *gtk_editable_get_text (self->entry) == '\0';

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  /* Fast keys: what is shown is still of the text before. */
  if (self->search_source != 0 && gdk_keyval_to_unicode (key) < ' ')
    suggest (self);
  if (self->suggestions != NULL && suggestions_are_shown (self) &&
      key_in_suggestions (self, key))
    return TRUE;
  if (key == GDK_KEY_Escape && !empty)
    {
      gtk_editable_set_text (self->entry, "");
      return TRUE;
    }
  if (key == GDK_KEY_Escape || ((key == GDK_KEY_Down || key == GDK_KEY_KP_Down) && !empty))
    {
      search_now (self);
      g_signal_emit (self, signals[SIGNAL_LEAVE], 0);
      return TRUE;
    }
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    {
      suggest_recent (self);
      return TRUE;
    }
  return FALSE;
}

static void
focus_left_cb (KipSearchEntry *self)
{
  hide_suggestions (self);
  underline (self);
  g_signal_emit (self, signals[SIGNAL_MISTAKE], 0);
}

/* ---- class ---- */

static void
kip_search_entry_dispose (GObject *object)
{
  KipSearchEntry *self = KIP_SEARCH_ENTRY (object);

  g_clear_handle_id (&self->search_source, g_source_remove);
  g_clear_handle_id (&self->pause_source, g_source_remove);
  g_clear_pointer (&self->suggestions, g_ptr_array_unref);
  g_clear_pointer (&self->plan, kip_query_plan_unref);
  g_clear_object (&self->store);
  g_clear_pointer ((GtkWidget **) &self->popover, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->entry, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_search_entry_parent_class)->dispose (object);
}

static void
kip_search_entry_finalize (GObject *object)
{
  KipSearchEntry *self = KIP_SEARCH_ENTRY (object);

  g_clear_pointer (&self->query, kip_query_unref);
  G_OBJECT_CLASS (kip_search_entry_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, KIP_TYPE_SEARCH_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kip_search_entry_class_init (KipSearchEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = kip_search_entry_dispose;
  object_class->finalize = kip_search_entry_finalize;

  signals[SIGNAL_SEARCH] = new_signal ("search");
  signals[SIGNAL_GO] = new_signal ("go");
  signals[SIGNAL_LEAVE] = new_signal ("leave");
  signals[SIGNAL_MISTAKE] = new_signal ("mistake");

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-search-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSearchEntry, entry);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);
}

static void
kip_search_entry_init (KipSearchEntry *self)
{
  self->query = kip_query_parse (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  kip_tooltip_set (GTK_WIDGET (self->entry), _("Search everything (Ctrl+F)"));
}

/* ---- public ---- */

void
kip_search_entry_set_store (KipSearchEntry *self,
                            KipStore       *store)
{
  g_return_if_fail (KIP_IS_SEARCH_ENTRY (self));

  g_set_object (&self->store, store);
  hide_suggestions (self);
  read_text (self);
}

const KipQuery *
kip_search_entry_get_query (KipSearchEntry *self)
{
  g_return_val_if_fail (KIP_IS_SEARCH_ENTRY (self), NULL);

  return self->query;
}

const char *
kip_search_entry_get_text (KipSearchEntry *self)
{
  g_return_val_if_fail (KIP_IS_SEARCH_ENTRY (self), NULL);

  return gtk_editable_get_text (self->entry);
}

void
kip_search_entry_set_text (KipSearchEntry *self,
                           const char     *text)
{
  g_return_if_fail (KIP_IS_SEARCH_ENTRY (self));

  self->inserting = TRUE;
  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
  search_now (self);
  self->inserting = FALSE;
}

void
kip_search_entry_focus (KipSearchEntry *self)
{
  g_return_if_fail (KIP_IS_SEARCH_ENTRY (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}

void
kip_search_entry_capture (KipSearchEntry *self,
                          GtkWidget      *widget)
{
  g_return_if_fail (KIP_IS_SEARCH_ENTRY (self));

  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->entry), widget);
}

void
kip_search_entry_remember (KipSearchEntry *self)
{
  g_return_if_fail (KIP_IS_SEARCH_ENTRY (self));

  if (self->store != NULL)
    kip_search_history_add (self->store, gtk_editable_get_text (self->entry));
}

const KipQueryMistake *
kip_search_entry_get_mistake (KipSearchEntry *self)
{
  GPtrArray *mistakes;

  g_return_val_if_fail (KIP_IS_SEARCH_ENTRY (self), NULL);

  mistakes = self->plan != NULL ? self->plan->mistakes : kip_query_get_mistakes (self->query);
  for (guint i = 0; i < mistakes->len; i++)
    if (is_told (self, g_ptr_array_index (mistakes, i)))
      return g_ptr_array_index (mistakes, i);
  return NULL;
}

void
kip_search_entry_mend (KipSearchEntry *self)
{
  const KipQueryMistake *mistake;
  const char *text;
  g_autofree char *before = NULL;
  g_autofree char *mended = NULL;

  g_return_if_fail (KIP_IS_SEARCH_ENTRY (self));

  mistake = kip_search_entry_get_mistake (self);
  if (mistake == NULL || mistake->replacement == NULL)
    return;
  text = kip_query_get_text (self->query);
  before = g_strndup (text, mistake->start);
  mended = g_strconcat (before, mistake->replacement, text + mistake->end, NULL);
  kip_search_entry_set_text (self, mended);
}
