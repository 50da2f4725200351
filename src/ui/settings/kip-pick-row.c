/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-pick-row.h"

struct _KipPickRow
{
  AdwComboRow parent_instance;

  GArray    *numbers;     /* (owned) of gint64, as in the model */
  GArray    *new_numbers; /* (owned) (nullable) between begin and end */
  GPtrArray *new_labels;  /* (owned) (nullable) */
  gint64     value;
  gboolean   quiet;       /* the program chooses, not the person */
};

G_DEFINE_FINAL_TYPE (KipPickRow, kip_pick_row, ADW_TYPE_COMBO_ROW)

enum
{
  SIGNAL_COMMIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
selected_cb (KipPickRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (self->quiet || selected >= self->numbers->len)
    return;
  if (g_array_index (self->numbers, gint64, selected) == self->value)
    return;
  self->value = g_array_index (self->numbers, gint64, selected);
  g_signal_emit (self, signals[SIGNAL_COMMIT], 0);
}

static void
select_value (KipPickRow *self)
{
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < self->numbers->len; i++)
    if (g_array_index (self->numbers, gint64, i) == self->value)
      selected = i;
  self->quiet = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  self->quiet = FALSE;
}

static void
kip_pick_row_finalize (GObject *object)
{
  KipPickRow *self = KIP_PICK_ROW (object);

  g_array_unref (self->numbers);
  g_clear_pointer (&self->new_numbers, g_array_unref);
  g_clear_pointer (&self->new_labels, g_ptr_array_unref);
  G_OBJECT_CLASS (kip_pick_row_parent_class)->finalize (object);
}

static void
kip_pick_row_class_init (KipPickRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_pick_row_finalize;
  signals[SIGNAL_COMMIT] = g_signal_new ("commit", KIP_TYPE_PICK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
kip_pick_row_init (KipPickRow *self)
{
  self->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

/* ---- public ---- */

GtkWidget *
kip_pick_row_new (const char *title)
{
  return g_object_new (KIP_TYPE_PICK_ROW, "title", title, NULL);
}

void
kip_pick_row_begin (KipPickRow *self)
{
  self->new_numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->new_labels = g_ptr_array_new_with_free_func (g_free);
}

void
kip_pick_row_add (KipPickRow *self,
                  gint64      number,
                  const char *label)
{
  g_array_append_val (self->new_numbers, number);
  g_ptr_array_add (self->new_labels, g_strdup (label));
}

static gboolean
is_as_before (KipPickRow *self)
{
  GListModel *model = adw_combo_row_get_model (ADW_COMBO_ROW (self));

  if (model == NULL || g_list_model_get_n_items (model) != self->new_labels->len)
    return FALSE;
  for (guint i = 0; i < self->new_labels->len; i++)
    if (g_array_index (self->numbers, gint64, i) != g_array_index (self->new_numbers, gint64, i)
        || g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (model), i),
                      g_ptr_array_index (self->new_labels, i)) != 0)
      return FALSE;
  return TRUE;
}

void
kip_pick_row_end (KipPickRow *self)
{
  g_autoptr (GArray) numbers = g_steal_pointer (&self->new_numbers);
  g_autoptr (GtkStringList) model = NULL;

  self->new_numbers = numbers;
  if (!is_as_before (self))
    {
      model = gtk_string_list_new (NULL);
      for (guint i = 0; i < self->new_labels->len; i++)
        gtk_string_list_append (model, g_ptr_array_index (self->new_labels, i));
      g_array_set_size (self->numbers, 0);
      g_array_append_vals (self->numbers, numbers->data, numbers->len);
      self->quiet = TRUE;
      adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (model));
      self->quiet = FALSE;
      select_value (self);
    }
  self->new_numbers = NULL;
  g_clear_pointer (&self->new_labels, g_ptr_array_unref);
}

void
kip_pick_row_set_value (KipPickRow *self,
                        gint64      number)
{
  self->value = number;
  select_value (self);
}

gint64
kip_pick_row_get_value (KipPickRow *self)
{
  return self->value;
}
