/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-values-step.h"

#include <glib/gi18n-lib.h>

#include "kip-pick-row.h"

#define MAX_VALUES 60 /* of one field: whatever has more is no list of words */
#define UNDECIDED (-1)

struct _KipImportValuesStep
{
  AdwBin parent_instance;

  KipImportDraft *draft;  /* (nullable) borrowed */
  GPtrArray      *groups; /* (owned) of AdwPreferencesGroup, borrowed */

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (KipImportValuesStep, kip_import_values_step, ADW_TYPE_BIN)

/* ---- what a word can mean: number i of a row is target i ---- */

static KipOffice *
office_of (KipImportValuesStep *self)
{
  return kip_store_get_office (kip_session_get_store (self->draft->session));
}

static void
add_target (GPtrArray  *targets,
            const char *target)
{
  if (target != NULL && !g_ptr_array_find_with_equal_func (targets, target, g_str_equal, NULL))
    g_ptr_array_add (targets, g_strdup (target));
}

/* The usual ones, the office's own statuses, leaving alone, refusing. */
static GPtrArray *
targets_of (KipImportValuesStep *self,
            KipImportField       field)
{
  const char *const *usual = kip_import_field_targets (field);
  GPtrArray *statuses = kip_office_get_statuses (office_of (self));
  GPtrArray *targets = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; usual != NULL && usual[i] != NULL; i++)
    add_target (targets, usual[i]);
  for (guint i = 0; field == KIP_IMPORT_STATUS && i < statuses->len; i++)
    {
      const KipStatus *status = g_ptr_array_index (statuses, i);

      if (!status->deleted)
        add_target (targets, status->key != NULL && *status->key != '\0' ? status->key : status->name);
    }
  add_target (targets, KIP_IMPORT_IGNORE);
  add_target (targets, KIP_IMPORT_REFUSE);
  return targets;
}

static const char *
choice_label (const KipChoice *choices,
              const char      *key)
{
  const KipChoice *choice = kip_choice_find_key (choices, key);

  return choice != NULL ? _(choice->label) : key;
}

static const char *
status_label (KipOffice  *office,
              const char *key)
{
  const KipStatus *status = kip_office_status_by_key (office, key);

  return status != NULL ? status->name : key;
}

static const char *
label_of (KipImportValuesStep *self,
          KipImportField       field,
          const char          *target)
{
  if (g_str_equal (target, KIP_IMPORT_IGNORE))
    return _("Leave as it was");
  if (g_str_equal (target, KIP_IMPORT_REFUSE))
    return _("Refuse the line");
  switch ((int) field)
    {
    case KIP_IMPORT_STATUS:
      return status_label (office_of (self), target);
    case KIP_IMPORT_PRIORITY:
      return kip_priority_label (kip_priority_from_key (target));
    case KIP_IMPORT_IMPACT:
    case KIP_IMPORT_URGENCY:
      return kip_level_label (kip_level_from_key (target));
    case KIP_IMPORT_CHANNEL:
      return choice_label (kip_schema_channels (), target);
    case KIP_IMPORT_MESSAGE_KIND:
      return choice_label (kip_schema_message_kinds (), target);
    default:
      if (g_str_equal (target, "yes"))
        return _("Yes");
      return g_str_equal (target, "no") ? _("No") : target;
    }
}

static int
find_target (GPtrArray  *targets,
             const char *target)
{
  guint index;

  if (target == NULL || !g_ptr_array_find_with_equal_func (targets, target, g_str_equal, &index))
    return UNDECIDED;
  return (int) index;
}

/* ---- rows ---- */

static KipImportField
field_of (gpointer row)
{
  return (KipImportField) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "kip-field"));
}

static void
value_cb (KipPickRow          *row,
          KipImportValuesStep *self)
{
  GPtrArray *targets = g_object_get_data (G_OBJECT (row), "kip-targets");
  gint64 number = kip_pick_row_get_value (row);
  const char *value = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  kip_import_map_set_value (self->draft->map, field_of (row), value,
                            number == UNDECIDED ? NULL : g_ptr_array_index (targets, (guint) number));
}

static void
unknown_cb (KipPickRow          *row,
            KipImportValuesStep *self)
{
  kip_import_map_set_unknown (self->draft->map, field_of (row), (KipImportUnknown) kip_pick_row_get_value (row));
}

static GtkWidget *
make_value_row (KipImportValuesStep *self,
                KipImportField       field,
                const char          *value,
                GPtrArray           *targets)
{
  GtkWidget *row = kip_pick_row_new ("");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), value);
  kip_pick_row_begin (KIP_PICK_ROW (row));
  kip_pick_row_add (KIP_PICK_ROW (row), UNDECIDED, _("Not listed"));
  for (guint i = 0; i < targets->len; i++)
    kip_pick_row_add (KIP_PICK_ROW (row), i, label_of (self, field, g_ptr_array_index (targets, i)));
  kip_pick_row_end (KIP_PICK_ROW (row));
  kip_pick_row_set_value (KIP_PICK_ROW (row),
                          find_target (targets, kip_import_map_lookup (self->draft->map, field, value)));
  g_object_set_data_full (G_OBJECT (row), "kip-targets", g_ptr_array_ref (targets), (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data (G_OBJECT (row), "kip-field", GINT_TO_POINTER (field));
  g_signal_connect (row, "commit", G_CALLBACK (value_cb), self);
  return row;
}

static GtkWidget *
make_unknown_row (KipImportValuesStep *self,
                  KipImportField       field)
{
  GtkWidget *row = kip_pick_row_new (_("What is not listed"));

  kip_pick_row_begin (KIP_PICK_ROW (row));
  kip_pick_row_add (KIP_PICK_ROW (row), KIP_IMPORT_UNKNOWN_TAG, _("Becomes a tag"));
  kip_pick_row_add (KIP_PICK_ROW (row), KIP_IMPORT_UNKNOWN_DEFAULT, _("Is passed over"));
  kip_pick_row_add (KIP_PICK_ROW (row), KIP_IMPORT_UNKNOWN_REFUSE, _("Refuses the line"));
  kip_pick_row_end (KIP_PICK_ROW (row));
  kip_pick_row_set_value (KIP_PICK_ROW (row), kip_import_map_get_unknown (self->draft->map, field));
  g_object_set_data (G_OBJECT (row), "kip-field", GINT_TO_POINTER (field));
  g_signal_connect (row, "commit", G_CALLBACK (unknown_cb), self);
  return row;
}

static void
add_group (KipImportValuesStep *self,
           KipImportField       field,
           GPtrArray           *values)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autoptr (GPtrArray) targets = targets_of (self, field);

  adw_preferences_group_set_title (group, _(kip_import_field_info (field)->label));
  for (guint i = 0; i < values->len && i < MAX_VALUES; i++)
    adw_preferences_group_add (group, make_value_row (self, field, g_ptr_array_index (values, i), targets));
  adw_preferences_group_add (group, make_unknown_row (self, field));
  adw_preferences_page_add (self->page, group);
  g_ptr_array_add (self->groups, group);
}

/* ---- object ---- */

static void
kip_import_values_step_finalize (GObject *object)
{
  g_ptr_array_unref (KIP_IMPORT_VALUES_STEP (object)->groups);
  G_OBJECT_CLASS (kip_import_values_step_parent_class)->finalize (object);
}

static void
kip_import_values_step_class_init (KipImportValuesStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kip_import_values_step_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-import-values-step.ui");
  gtk_widget_class_bind_template_child (widget_class, KipImportValuesStep, page);
}

static void
kip_import_values_step_init (KipImportValuesStep *self)
{
  self->groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- public ---- */

void
kip_import_values_step_show (KipImportValuesStep *self,
                             KipImportDraft      *draft)
{
  self->draft = draft;
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->page, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  for (int i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    {
      KipImportField field = (KipImportField) i;
      g_autoptr (GPtrArray) values = NULL;

      if (kip_import_field_info (field)->type != KIP_IMPORT_TYPE_VALUE || kip_import_field_targets (field) == NULL)
        continue;
      values = kip_import_sample_values (draft->sample, draft->map, field);
      if (values->len > 0)
        add_group (self, field, values);
    }
}

gboolean
kip_import_values_step_has_any (KipImportValuesStep *self)
{
  return self->groups->len > 0;
}
