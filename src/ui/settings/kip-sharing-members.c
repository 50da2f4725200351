/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-members.h"

#include <glib/gi18n-lib.h>

#include "kip-clock.h"
#include "kip-format.h"
#include "kip-sharing-parts.h"

struct _KipSharingMembers
{
  AdwPreferencesGroup parent_instance;

  KipStore       *store; /* (owned) (nullable) */
  KipSync        *sync;  /* (owned) (nullable) */
  KipSharingRows *rows;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (KipSharingMembers, kip_sharing_members, ADW_TYPE_PREFERENCES_GROUP)

/* ---- removing one ---- */

static guint
number_of (gpointer object)
{
  return GPOINTER_TO_UINT (g_object_get_data (object, "kip-number"));
}

static void
removal_cb (AdwMessageDialog  *dialog,
            const char        *response,
            KipSharingMembers *self)
{
  if (g_str_equal (response, "do"))
    kip_sync_remove_async (self->sync, number_of (dialog), kip_sharing_decided_cb, kip_sharing_deciding (GTK_WIDGET (self)));
}

static void
remove_cb (GtkWidget         *button,
           KipSharingMembers *self)
{
  AdwMessageDialog *dialog = kip_sharing_ask (GTK_WIDGET (self), _("Remove This Computer?"),
                                              _("What it wrote up to now stays. It can write nothing more and read nothing that comes after: the key is changed, and the passphrase, which it knows, is ended; set a new one afterwards if others shall join by it. What is on that computer already it can still read."),
                                              _("_Remove"), ADW_RESPONSE_DESTRUCTIVE);

  g_object_set_data (G_OBJECT (dialog), "kip-number", GUINT_TO_POINTER (number_of (button)));
  g_signal_connect_object (dialog, "response", G_CALLBACK (removal_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- what it says of one ---- */

static gboolean
is_in (const KipMember *member)
{
  return member->last == G_MAXUINT64;
}

static gboolean
is_here (KipSharingMembers *self,
         const KipMember   *member)
{
  return member->device == kip_store_get_device (self->store);
}

static const char *
name_person (KipSharingMembers *self,
             KipId              id)
{
  const KipPerson *person = kip_office_person (kip_store_get_office (self->store), id);

  return person != NULL ? person->name : "—";
}

static const char *
name_role (KipMembers      *members,
           const KipMember *member)
{
  if (!is_in (member))
    return C_ ("computer", "out");
  if (member->is_recovery)
    return _("recovery code");
  return kip_members_is_manager (members, member->device) ? _("manager") : _("agent");
}

static char *
make_title (KipSharingMembers *self,
            KipMembers        *members,
            const KipMember   *member)
{
  g_autofree char *letters = kip_id_device_letters (member->device);

  return g_strdup_printf ("%s · %s · %s", letters, name_person (self, member->person), name_role (members, member));
}

static char *
name_machine (const KipMember *member)
{
  const char *name = member->name != NULL ? member->name : _("not here yet");
  g_autofree char *letters = member->twin_of != 0 ? kip_id_device_letters (member->twin_of) : NULL;

  /* Translators: the name of a computer, and the letters of another one */
  return letters != NULL ? g_strdup_printf (_("%s, a copy of computer %s"), name, letters) : g_strdup (name);
}

static char *
describe_place (KipSharingMembers *self,
                const KipMember   *member)
{
  KipInstant heard = kip_sync_heard_of (self->sync, member->device);
  g_autofree char *name = name_machine (member);
  g_autofree char *when = NULL;

  if (is_here (self, member))
    return g_strdup_printf (_("%s, this computer"), name);
  if (heard == KIP_INSTANT_NONE)
    return g_steal_pointer (&name);
  when = kip_format_when (heard, kip_clock_now (), NULL);
  return g_strdup_printf (_("%s, heard of %s"), name, when);
}

static char *
describe_member (KipSharingMembers *self,
                 const KipMember   *member)
{
  g_autofree char *version = kip_sync_dup_version_of (self->sync, member->device);
  g_autofree char *place = NULL;

  if (member->is_recovery)
    return g_strdup (_("A printed code that nobody used yet"));
  place = describe_place (self, member);
  return version != NULL && *version != '\0' ? g_strdup_printf ("%s · Kip %s", place, version) : g_steal_pointer (&place);
}

/* Who is out stays in the list, with who said so and when. */
static char *
describe_end (KipSharingMembers *self,
              const KipMember   *member)
{
  g_autofree char *when = kip_format_when (member->ended, kip_clock_now (), NULL);
  const char *name = member->name != NULL ? member->name : "—";

  if (member->has_left)
    return g_strdup_printf (_("%s, left %s"), name, when);
  /* Translators: the name of a computer, by whom, when */
  return g_strdup_printf (_("%s, removed by %s %s"), name, name_person (self, member->ended_by), when);
}

/* ---- all of them ---- */

/* Those that are in, then those that are out; a code that was withdrawn is nobody. */
static GPtrArray *
list_members (KipMembers *members)
{
  GPtrArray *all = kip_members_get_all (members);
  GPtrArray *listed = g_ptr_array_new ();

  for (guint out = 0; out < 2; out++)
    for (guint i = 0; i < all->len; i++)
      {
        const KipMember *member = g_ptr_array_index (all, i);

        if (member->keys->len > 0 && is_in (member) == !out && (is_in (member) || !member->is_recovery))
          g_ptr_array_add (listed, (gpointer) member);
      }
  return listed;
}

static void
add_row (KipSharingMembers *self,
         const KipMember   *member,
         char             **words, /* title and what is below it */
         gboolean           may)
{
  GtkWidget *row = kip_sharing_row_new (words[0], words[1]);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (may && is_in (member) && !is_here (self, member))
    {
      GtkWidget *button = kip_sharing_row_add_button (row, _("_Remove…"));

      g_object_set_data (G_OBJECT (button), "kip-number", GUINT_TO_POINTER (member->device));
      g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
    }
  kip_sharing_rows_add (self->rows, row);
}

static char *
gather (KipSharingMembers *self,
        KipMembers        *members,
        GPtrArray         *listed,
        gboolean           may,
        GPtrArray         *words) /* of GStrv */
{
  GString *text = g_string_new (may ? "1\n" : "0\n");

  for (guint i = 0; i < listed->len; i++)
    {
      const KipMember *member = g_ptr_array_index (listed, i);
      char **both = g_new0 (char *, 3);

      both[0] = make_title (self, members, member);
      both[1] = is_in (member) ? describe_member (self, member) : describe_end (self, member);
      g_string_append_printf (text, "%u %d %s %s\n", member->device, is_in (member), both[0], both[1]);
      g_ptr_array_add (words, both);
    }
  return g_string_free (text, FALSE);
}

void
kip_sharing_members_show (KipSharingMembers *self,
                          KipStore          *store,
                          KipSync           *sync,
                          gboolean           may)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  g_autoptr (GPtrArray) listed = list_members (members);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  g_set_object (&self->store, store);
  g_set_object (&self->sync, sync);
  if (!kip_sharing_rows_begin (self->rows, gather (self, members, listed, may, words)))
    return;
  for (guint i = 0; i < listed->len; i++)
    add_row (self, g_ptr_array_index (listed, i), g_ptr_array_index (words, i), may);
}

/* ---- object ---- */

static void
kip_sharing_members_dispose (GObject *object)
{
  KipSharingMembers *self = KIP_SHARING_MEMBERS (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kip_sharing_members_parent_class)->dispose (object);
}

static void
kip_sharing_members_finalize (GObject *object)
{
  kip_sharing_rows_free (KIP_SHARING_MEMBERS (object)->rows);
  G_OBJECT_CLASS (kip_sharing_members_parent_class)->finalize (object);
}

static void
kip_sharing_members_class_init (KipSharingMembersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_sharing_members_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_sharing_members_finalize;
}

static void
kip_sharing_members_init (KipSharingMembers *self)
{
  self->rows = kip_sharing_rows_new (GTK_WIDGET (self), (KipSharingRowFunc) adw_preferences_group_add,
                                     (KipSharingRowFunc) adw_preferences_group_remove);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Computers"));
}
