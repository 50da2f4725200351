/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-knocks.h"

#include <glib/gi18n-lib.h>

#include "kip-settings-commands.h"
#include "kip-sharing-parts.h"

struct _KipSharingKnocks
{
  AdwPreferencesGroup parent_instance;

  KipSession     *session; /* (owned) (nullable) */
  KipSync        *sync;    /* (owned) (nullable) */
  KipSharingRows *rows;    /* (owned) */
  GPtrArray      *knocks;  /* (owned) (nullable) of KipKnock, as the rows show them */
};

G_DEFINE_FINAL_TYPE (KipSharingKnocks, kip_sharing_knocks, ADW_TYPE_PREFERENCES_GROUP)

/* ---- letting them in ---- */

static KipId
find_person (KipStore   *store,
             const char *name)
{
  GPtrArray *agents = kip_office_get_agents (kip_store_get_office (store));

  for (guint i = 0; i < agents->len; i++)
    if (g_utf8_collate (((KipPerson *) g_ptr_array_index (agents, i))->name, name) == 0)
      return ((KipPerson *) g_ptr_array_index (agents, i))->id;
  return KIP_ID_NONE;
}

/* Somebody whom the office did not know is one of its agents from now on. */
static KipId
make_person (KipSession *session,
             const char *name)
{
  KipStore *store = kip_session_get_store (session);
  KipChange *change = kip_command_settings (store);
  KipId person = kip_store_new_id (store);

  kip_change_set_text (change, KIP_KIND_PERSON, person, KIP_FIELD_NAME, name);
  kip_change_set_int (change, KIP_KIND_PERSON, person, KIP_FIELD_ROLE, KIP_ROLE_AGENT);
  kip_session_do (session, change, NULL, NULL, NULL);
  return person;
}

static void
admit_cb (GtkWidget        *button,
          KipSharingKnocks *self)
{
  guint number = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kip-number"));
  const KipKnock *knock = g_ptr_array_index (self->knocks, number);
  KipId person = find_person (kip_session_get_store (self->session), knock->person);

  if (person == KIP_ID_NONE)
    person = make_person (self->session, knock->person);
  kip_sync_admit_async (self->sync, knock, person, kip_sharing_decided_cb, kip_sharing_deciding (GTK_WIDGET (self)));
}

/* ---- what it says ---- */

static void
add_row (KipSharingKnocks *self,
         guint             number,
         gboolean          may)
{
  const KipKnock *knock = g_ptr_array_index (self->knocks, number);
  GtkWidget *row = kip_sharing_row_new (knock->person, knock->machine);
  GtkWidget *button = may ? kip_sharing_row_add_button (row, _("Let _In")) : NULL;

  if (button != NULL)
    {
      g_object_set_data (G_OBJECT (button), "kip-number", GUINT_TO_POINTER (number));
      g_signal_connect_object (button, "clicked", G_CALLBACK (admit_cb), self, 0);
    }
  kip_sharing_rows_add (self->rows, row);
}

static char *
gather (GPtrArray *knocks,
        gboolean   may)
{
  GString *text = g_string_new (may ? "1\n" : "0\n");

  for (guint i = 0; i < knocks->len; i++)
    {
      const KipKnock *knock = g_ptr_array_index (knocks, i);

      g_string_append_printf (text, "%s %s\n", knock->person, knock->machine);
    }
  return g_string_free (text, FALSE);
}

void
kip_sharing_knocks_show (KipSharingKnocks *self,
                         KipSession       *session,
                         KipSync          *sync,
                         gboolean          may)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->knocks);

  g_set_object (&self->session, session);
  g_set_object (&self->sync, sync);
  self->knocks = kip_sync_dup_knocks (sync);
  gtk_widget_set_visible (GTK_WIDGET (self), self->knocks->len > 0);
  if (!kip_sharing_rows_begin (self->rows, gather (self->knocks, may)))
    return;
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), may ? _("They know the passphrase and can read. Whom you let in can write.")
                                         : _("They know the passphrase and can read. A manager lets them in, to write."));
  for (guint i = 0; i < self->knocks->len; i++)
    add_row (self, i, may);
}

/* ---- object ---- */

static void
kip_sharing_knocks_dispose (GObject *object)
{
  KipSharingKnocks *self = KIP_SHARING_KNOCKS (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kip_sharing_knocks_parent_class)->dispose (object);
}

static void
kip_sharing_knocks_finalize (GObject *object)
{
  KipSharingKnocks *self = KIP_SHARING_KNOCKS (object);

  kip_sharing_rows_free (self->rows);
  g_clear_pointer (&self->knocks, g_ptr_array_unref);
  G_OBJECT_CLASS (kip_sharing_knocks_parent_class)->finalize (object);
}

static void
kip_sharing_knocks_class_init (KipSharingKnocksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_sharing_knocks_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_sharing_knocks_finalize;
}

static void
kip_sharing_knocks_init (KipSharingKnocks *self)
{
  self->rows = kip_sharing_rows_new (GTK_WIDGET (self), (KipSharingRowFunc) adw_preferences_group_add,
                                     (KipSharingRowFunc) adw_preferences_group_remove);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Asking to Be Let In"));
}
