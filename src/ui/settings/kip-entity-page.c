/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-entity-page.h"

#include <glib/gi18n-lib.h>

#include "kip-canned-editor.h"
#include "kip-pick-rows.h"
#include "kip-purge-dialog.h"
#include "kip-settings-commands.h"
#include "kip-settings-window.h"
#include "kip-settings-words.h"
#include "kip-store-share.h"
#include "kip-switch-row.h"
#include "kip-text-row.h"
#include "kip-ticket-count.h"

struct _KipEntityPage
{
  AdwBin parent_instance;

  KipSession *session; /* (owned) */
  KipKind     kind;
  KipId       id;
  gboolean    is_new;
  GPtrArray  *rows;    /* (owned) of GtkWidget in fields_group, borrowed */
  GPtrArray  *teams;   /* (owned) of KipSwitchRow in teams_group, borrowed */
  KipCannedEditor *text; /* (nullable) */
  KipTicketCount  *count; /* (owned) (nullable) */

  AdwPreferencesGroup *fields_group;
  AdwPreferencesGroup *teams_group;
  AdwPreferencesGroup *text_group;
  GtkButton           *add_button;
  GtkButton           *archive_button;
  GtkButton           *purge_button;
  GtkLabel            *use_label;
};

G_DEFINE_FINAL_TYPE (KipEntityPage, kip_entity_page, ADW_TYPE_BIN)

static const struct
{
  KipKind  kind;
  KipField field;
} fields[] = {
  { KIP_KIND_PERSON, KIP_FIELD_NAME },
  { KIP_KIND_PERSON, KIP_FIELD_PHONE },
  { KIP_KIND_PERSON, KIP_FIELD_MAIL },
  { KIP_KIND_PERSON, KIP_FIELD_DEPARTMENT },
  { KIP_KIND_PERSON, KIP_FIELD_NOTE },
  { KIP_KIND_PERSON, KIP_FIELD_VIP },
  { KIP_KIND_PERSON, KIP_FIELD_ROLE },
  { KIP_KIND_PERSON, KIP_FIELD_PERSON_CALENDAR },
  { KIP_KIND_TEAM, KIP_FIELD_NAME },
  { KIP_KIND_CATEGORY, KIP_FIELD_NAME },
  { KIP_KIND_CATEGORY, KIP_FIELD_CATEGORY_PARENT },
  { KIP_KIND_CATEGORY, KIP_FIELD_CATEGORY_TEAM },
  { KIP_KIND_CATEGORY, KIP_FIELD_FIRST_CONTACT },
  { KIP_KIND_STATUS, KIP_FIELD_NAME },
  { KIP_KIND_STATUS, KIP_FIELD_PHASE },
  { KIP_KIND_STATUS, KIP_FIELD_PAUSES },
  { KIP_KIND_CANNED, KIP_FIELD_NAME },
  { KIP_KIND_ASSET, KIP_FIELD_NAME },
  { KIP_KIND_ASSET, KIP_FIELD_SERIAL },
  { KIP_KIND_ASSET, KIP_FIELD_ASSET_OWNER },
};

static KipStore *
store_of (KipEntityPage *self)
{
  return kip_session_get_store (self->session);
}

static KipOffice *
office_of (KipEntityPage *self)
{
  return kip_store_get_office (store_of (self));
}

static KipField
field_of (GtkWidget *row)
{
  return (KipField) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "kip-field"));
}

static GtkWidget *
row_of (KipEntityPage *self,
        KipField       field)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (field_of (g_ptr_array_index (self->rows, i)) == field)
      return g_ptr_array_index (self->rows, i);
  return NULL;
}

/* ---- values between rows and the office ---- */

static KipValue *
dup_value (GtkWidget *row)
{
  gint64 number;

  if (KIP_IS_TEXT_ROW (row))
    {
      g_autofree char *text = kip_text_row_dup_text (KIP_TEXT_ROW (row));

      return kip_value_text (text);
    }
  if (KIP_IS_SWITCH_ROW (row))
    number = kip_switch_row_get_value (KIP_SWITCH_ROW (row));
  else
    number = kip_pick_row_get_value (KIP_PICK_ROW (row));
  return number != 0 ? kip_value_int (number) : kip_value_none ();
}

static void
show_value (GtkWidget *row,
            KipValue  *value)
{
  if (KIP_IS_TEXT_ROW (row))
    kip_text_row_set_value (KIP_TEXT_ROW (row), kip_value_get_text (value));
  else if (KIP_IS_SWITCH_ROW (row))
    kip_switch_row_set_value (KIP_SWITCH_ROW (row), kip_value_get_int (value, 0) != 0);
  else
    kip_pick_row_set_value (KIP_PICK_ROW (row), kip_value_get_int (value, 0));
}

static const char *
name_of (KipEntityPage *self)
{
  KipOfficeItem item = { 0 };

  return kip_office_find_item (office_of (self), self->kind, self->id, &item) ? item.name : "";
}

static void
done (KipEntityPage *self,
      KipChange     *change,
      const char    *past_tense)
{
  g_autofree char *label = kip_settings_say_done (past_tense, name_of (self));

  kip_session_do (self->session, change, label, NULL, NULL);
}

static void
commit_cb (GtkWidget     *row,
           KipEntityPage *self)
{
  g_autoptr (KipValue) value = dup_value (row);
  KipField field = field_of (row);
  KipChange *change;

  if (self->is_new || self->session == NULL)
    return;
  if (field == KIP_FIELD_CATEGORY_PARENT)
    change = kip_command_move_category (store_of (self), self->id, (KipId) kip_value_get_int (value, 0), KIP_ID_NONE);
  else
    change = kip_command_setting (store_of (self), self->kind, self->id, field, kip_value_ref (value));
  done (self, change, kip_settings_words (self->kind)->changed);
}

/* ---- rows ---- */

static void
fill_row (KipEntityPage *self,
          GtkWidget     *row)
{
  switch ((int) field_of (row))
    {
    case KIP_FIELD_CATEGORY_PARENT:
      kip_pick_row_fill_items (KIP_PICK_ROW (row), office_of (self), KIP_KIND_CATEGORY, _("None"),
                               self->is_new ? KIP_ID_NONE : self->id);
      break;
    case KIP_FIELD_CATEGORY_TEAM:
      kip_pick_row_fill_items (KIP_PICK_ROW (row), office_of (self), KIP_KIND_TEAM, _("None"), KIP_ID_NONE);
      break;
    case KIP_FIELD_ASSET_OWNER:
      kip_pick_row_fill_items (KIP_PICK_ROW (row), office_of (self), KIP_KIND_PERSON, _("Nobody"), KIP_ID_NONE);
      break;
    case KIP_FIELD_PERSON_CALENDAR:
      kip_pick_row_fill_calendars (KIP_PICK_ROW (row), kip_store_get_agreements (store_of (self)),
                                   _("The office's"));
      break;
    default:
      break;
    }
}

static GtkWidget *
make_row (const KipFieldInfo *info)
{
  GtkWidget *row;

  switch (info->type)
    {
    case KIP_TYPE_BOOL:
      return kip_switch_row_new (_(info->label), NULL);
    case KIP_TYPE_ENUM:
      row = kip_pick_row_new (_(info->label));
      kip_pick_row_fill_choices (KIP_PICK_ROW (row), info->choices);
      return row;
    case KIP_TYPE_ID:
      return kip_pick_row_new (_(info->label));
    default:
      row = kip_text_row_new (_(info->label));
      kip_text_row_set_required (KIP_TEXT_ROW (row), info->field == KIP_FIELD_NAME);
      return row;
    }
}

/* What deserves a word more than its label. */
static void
explain_row (GtkWidget *row)
{
  switch ((int) field_of (row))
    {
    case KIP_FIELD_VIP:
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Tickets of this person are marked with a star."));
      break;
    case KIP_FIELD_FIRST_CONTACT:
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                                   _("Counts in the net rate of first contact resolution."));
      break;
    case KIP_FIELD_CATEGORY_TEAM:
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("New tickets of this category go to it."));
      break;
    default:
      break;
    }
}

static void
add_rows (KipEntityPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *row;

      if (fields[i].kind != self->kind)
        continue;
      row = make_row (kip_schema_field (self->kind, fields[i].field));
      g_object_set_data (G_OBJECT (row), "kip-field", GINT_TO_POINTER (fields[i].field));
      explain_row (row);
      adw_preferences_group_add (self->fields_group, row);
      g_ptr_array_add (self->rows, row);
      g_signal_connect (row, "commit", G_CALLBACK (commit_cb), self);
    }
}

/* ---- the teams of a person ---- */

static void
team_cb (KipSwitchRow  *row,
         KipEntityPage *self)
{
  gint64 team = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (row), "kip-team"));

  if (!self->is_new)
    done (self,
          kip_command_setting_member (store_of (self), self->kind, self->id, KIP_FIELD_TEAMS,
                                      kip_value_int (team), kip_switch_row_get_value (row)),
          kip_settings_words (self->kind)->changed);
}

static void
add_team_row (KipEntityPage *self,
              KipId          team,
              const char    *name)
{
  GtkWidget *row = kip_switch_row_new ("", NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  g_object_set_data (G_OBJECT (row), "kip-team", GSIZE_TO_POINTER (team));
  g_signal_connect (row, "commit", G_CALLBACK (team_cb), self);
  adw_preferences_group_add (self->teams_group, row);
  g_ptr_array_add (self->teams, row);
}

static gboolean
shows_teams (KipEntityPage *self,
             const GArray  *items)
{
  if (self->teams->len != items->len)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const KipOfficeItem *item = &g_array_index (items, KipOfficeItem, i);
      GObject *row = g_ptr_array_index (self->teams, i);

      if (GPOINTER_TO_SIZE (g_object_get_data (row, "kip-team")) != item->id
          || g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), item->name) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_member (const KipPerson *person,
           KipId            team)
{
  for (guint i = 0; person != NULL && i < person->teams->len; i++)
    if (g_array_index (person->teams, KipId, i) == team)
      return TRUE;
  return FALSE;
}

static void
show_teams (KipEntityPage *self)
{
  g_autoptr (GArray) items = kip_office_list_items (office_of (self), KIP_KIND_TEAM, FALSE);
  const KipPerson *person = kip_office_person (office_of (self), self->id);

  if (!shows_teams (self, items))
    {
      for (guint i = 0; i < self->teams->len; i++)
        adw_preferences_group_remove (self->teams_group, g_ptr_array_index (self->teams, i));
      g_ptr_array_set_size (self->teams, 0);
      for (guint i = 0; i < items->len; i++)
        add_team_row (self, g_array_index (items, KipOfficeItem, i).id, g_array_index (items, KipOfficeItem, i).name);
    }
  for (guint i = 0; !self->is_new && i < self->teams->len; i++)
    kip_switch_row_set_value (g_ptr_array_index (self->teams, i),
                              is_member (person, g_array_index (items, KipOfficeItem, i).id));
  gtk_widget_set_visible (GTK_WIDGET (self->teams_group), items->len > 0);
}

/* ---- a canned reply's text ---- */

static void
text_cb (KipEntityPage *self)
{
  g_autofree char *text = kip_canned_editor_dup_text (self->text);

  if (!self->is_new)
    done (self,
          kip_command_setting (store_of (self), self->kind, self->id, KIP_FIELD_TEXT, kip_value_text (text)),
          kip_settings_words (self->kind)->changed);
}

static void
add_text (KipEntityPage *self)
{
  self->text = KIP_CANNED_EDITOR (kip_canned_editor_new (store_of (self)));
  adw_preferences_group_add (self->text_group, GTK_WIDGET (self->text));
  gtk_widget_set_visible (GTK_WIDGET (self->text_group), TRUE);
  g_signal_connect_swapped (self->text, "commit", G_CALLBACK (text_cb), self);
}

/* ---- putting away ---- */

static gboolean
is_archived (KipEntityPage *self)
{
  KipOfficeItem item = { 0 };

  return kip_office_find_item (office_of (self), self->kind, self->id, &item) && item.deleted;
}

static void
archive_clicked_cb (KipEntityPage *self)
{
  const KipSettingsWords *words = kip_settings_words (self->kind);
  gboolean archived = is_archived (self);

  done (self, kip_command_archive (store_of (self), self->kind, self->id, !archived),
        archived ? words->restored : words->archived);
  if (!archived)
    kip_settings_pop (GTK_WIDGET (self));
}

static void
show_archive (KipEntityPage *self)
{
  KipId me = kip_store_get_me (store_of (self));
  const char *why = kip_office_why_needed (office_of (self), me, self->kind, self->id);

  gtk_button_set_label (self->archive_button, is_archived (self) ? _("_Restore") : _("_Archive"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->archive_button), why == NULL || is_archived (self));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->archive_button), why);
}

/* ---- forgetting ---- */

static void
purge_clicked_cb (KipEntityPage *self)
{
  kip_purge_dialog_ask (GTK_WIDGET (self), store_of (self), self->id, kip_settings_pop);
}

/* A manager may, and nobody forgets themselves. */
static void
show_purge (KipEntityPage *self)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store_of (self));

  gtk_widget_set_visible (GTK_WIDGET (self->purge_button),
                          self->kind == KIP_KIND_PERSON && !self->is_new && self->id != kip_store_get_me (store_of (self))
                          && kip_members_is_manager (members, kip_store_get_device (store_of (self))));
}

/* "12 tickets have it": archiving takes it from none of them. */
static void
counted_cb (KipTicketCount *count,
            guint           n,
            KipEntityPage  *self)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u ticket has it and keeps it.",
                                                     "%u tickets have it and keep it.", n), n);

  gtk_label_set_text (self->use_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->use_label), n > 0);
}

static void
count_use (KipEntityPage *self)
{
  static const struct
  {
    KipKind     kind;
    const char *field;
  } askable[] = {
    { KIP_KIND_STATUS, "status" }, { KIP_KIND_CATEGORY, "category" }, { KIP_KIND_TEAM, "team" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (askable); i++)
    if (askable[i].kind == self->kind)
      {
        self->count = kip_ticket_count_new (store_of (self));
        g_signal_connect_object (self->count, "counted", G_CALLBACK (counted_cb), self, 0);
        kip_ticket_count_ask_name (self->count, askable[i].field, name_of (self));
      }
}

/* ---- a new one ---- */

static gboolean
has_position (KipKind kind)
{
  return kind != KIP_KIND_PERSON;
}

static KipChange *
change_of_new (KipEntityPage *self)
{
  KipChange *change = kip_command_settings (store_of (self));
  KipId parent = KIP_ID_NONE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      g_autoptr (KipValue) value = dup_value (row);

      if (field_of (row) == KIP_FIELD_CATEGORY_PARENT)
        parent = (KipId) kip_value_get_int (value, 0);
      if (kip_value_type (value) != KIP_VALUE_NONE)
        kip_change_set (change, self->kind, self->id, field_of (row), g_steal_pointer (&value));
    }
  for (guint i = 0; i < self->teams->len; i++)
    if (kip_switch_row_get_value (g_ptr_array_index (self->teams, i)))
      kip_change_add (change, self->kind, self->id, KIP_FIELD_TEAMS,
                      kip_value_int (GPOINTER_TO_SIZE (g_object_get_data (g_ptr_array_index (self->teams, i), "kip-team"))));
  if (has_position (self->kind))
    kip_change_set_int (change, self->kind, self->id, KIP_FIELD_POSITION,
                        kip_office_last_position (office_of (self), self->kind, parent) + 1);
  return change;
}

static void
add_clicked_cb (KipEntityPage *self)
{
  KipTextRow *name = KIP_TEXT_ROW (row_of (self, KIP_FIELD_NAME));
  g_autofree char *text = kip_text_row_dup_text (name);
  g_autofree char *label = kip_settings_say_done (kip_settings_words (self->kind)->added, text);
  KipChange *change;

  if (*text == '\0')
    {
      kip_text_row_refuse (name, _("Give it a name first."));
      gtk_widget_grab_focus (GTK_WIDGET (name));
      return;
    }
  change = change_of_new (self);
  if (self->text != NULL)
    {
      g_autofree char *body = kip_canned_editor_dup_text (self->text);

      kip_change_set_text (change, self->kind, self->id, KIP_FIELD_TEXT, body);
    }
  kip_session_do (self->session, change, label, NULL, NULL);
  kip_settings_pop (GTK_WIDGET (self));
}

static void
prepare_new (KipEntityPage *self)
{
  GtkWidget *phase = row_of (self, KIP_FIELD_PHASE);
  GtkWidget *name = row_of (self, KIP_FIELD_NAME);

  if (phase != NULL)
    kip_pick_row_set_value (KIP_PICK_ROW (phase), KIP_PHASE_WAITING);
  g_signal_connect_swapped (name, "entry-activated", G_CALLBACK (add_clicked_cb), self);
  gtk_button_set_label (self->add_button, _(kip_settings_words (self->kind)->add));
  gtk_widget_set_visible (GTK_WIDGET (self->add_button), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->archive_button), FALSE);
}

/* ---- showing ---- */

static void
refresh (KipEntityPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      g_autoptr (KipValue) value = kip_office_get_value (office_of (self), self->kind, self->id, field_of (row));

      if (!self->is_new)
        show_value (row, value);
      fill_row (self, row);
    }
  if (self->kind == KIP_KIND_PERSON)
    show_teams (self);
  if (self->text != NULL && !self->is_new)
    {
      g_autoptr (KipValue) text = kip_office_get_value (office_of (self), self->kind, self->id, KIP_FIELD_TEXT);

      kip_canned_editor_set_value (self->text, kip_value_get_text (text));
    }
  show_archive (self);
  show_purge (self);
}

/* ---- object ---- */

static void
kip_entity_page_dispose (GObject *object)
{
  KipEntityPage *self = KIP_ENTITY_PAGE (object);

  g_clear_object (&self->count);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kip_entity_page_parent_class)->dispose (object);
}

static void
kip_entity_page_finalize (GObject *object)
{
  KipEntityPage *self = KIP_ENTITY_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->teams);
  G_OBJECT_CLASS (kip_entity_page_parent_class)->finalize (object);
}

static void
kip_entity_page_class_init (KipEntityPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_entity_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_entity_page_finalize;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-entity-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipEntityPage, fields_group);
  gtk_widget_class_bind_template_child (widget_class, KipEntityPage, teams_group);
  gtk_widget_class_bind_template_child (widget_class, KipEntityPage, text_group);
  gtk_widget_class_bind_template_child (widget_class, KipEntityPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, KipEntityPage, archive_button);
  gtk_widget_class_bind_template_child (widget_class, KipEntityPage, purge_button);
  gtk_widget_class_bind_template_child (widget_class, KipEntityPage, use_label);
}

static void
kip_entity_page_init (KipEntityPage *self)
{
  self->rows = g_ptr_array_new ();
  self->teams = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_clicked_cb), self);
  g_signal_connect_swapped (self->archive_button, "clicked", G_CALLBACK (archive_clicked_cb), self);
  g_signal_connect_swapped (self->purge_button, "clicked", G_CALLBACK (purge_clicked_cb), self);
}

/* ---- public ---- */

GtkWidget *
kip_entity_page_new (KipSession *session,
                     KipKind     kind,
                     KipId       id)
{
  KipEntityPage *self = g_object_new (KIP_TYPE_ENTITY_PAGE, NULL);
  KipStore *store = kip_session_get_store (session);

  self->session = g_object_ref (session);
  self->kind = kind;
  self->is_new = id == KIP_ID_NONE;
  self->id = self->is_new ? kip_store_new_id (store) : id;
  add_rows (self);
  if (kind == KIP_KIND_CANNED)
    add_text (self);
  if (kind == KIP_KIND_STATUS)
    adw_preferences_group_set_description (self->fields_group,
                                           _("Tickets that had this status keep the clocks they had: "
                                             "a change here never changes pauses of the past."));
  if (self->is_new)
    prepare_new (self);
  else
    count_use (self);
  refresh (self);
  g_signal_connect_object (store, "office-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
kip_entity_page_set_parent (KipEntityPage *self,
                            KipId          parent)
{
  GtkWidget *row = row_of (self, KIP_FIELD_CATEGORY_PARENT);

  if (row != NULL)
    kip_pick_row_set_value (KIP_PICK_ROW (row), (gint64) parent);
}

void
kip_entity_page_set_name (KipEntityPage *self,
                          const char    *name)
{
  gtk_editable_set_text (GTK_EDITABLE (row_of (self, KIP_FIELD_NAME)), name);
}
