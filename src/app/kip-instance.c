/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-instance.h"

#define TIMEOUT_MS 1000

static gboolean
has_owner (GDBusConnection *bus,
           const char      *name)
{
  g_autoptr (GVariant) reply = NULL;
  gboolean owned = FALSE;

  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "NameHasOwner",
                                       g_variant_new ("(s)", name), G_VARIANT_TYPE ("(b)"),
                                       G_DBUS_CALL_FLAGS_NO_AUTO_START, TIMEOUT_MS, NULL, NULL);
  if (reply != NULL)
    g_variant_get (reply, "(b)", &owned);
  return owned;
}

/* The path under which GApplication offers its actions.  (transfer full) */
static char *
object_path (const char *app_id)
{
  g_autofree char *path = g_strconcat ("/", app_id, NULL);

  g_strdelimit (path, ".", '/');
  return g_strdelimit (g_steal_pointer (&path), "-", '_');
}

/* Which folder the owner of @app_id has open; NULL when it does not say. */
static char *
folder_of (GDBusConnection *bus,
           const char      *app_id)
{
  g_autofree char *path = object_path (app_id);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) states = NULL;
  g_autoptr (GVariant) state = NULL;

  reply = g_dbus_connection_call_sync (bus, app_id, path, "org.gtk.Actions", "Describe",
                                       g_variant_new ("(s)", KIP_INSTANCE_ACTION), G_VARIANT_TYPE ("((bgav))"),
                                       G_DBUS_CALL_FLAGS_NO_AUTO_START, TIMEOUT_MS, NULL, NULL);
  if (reply == NULL)
    return NULL;
  g_variant_get (reply, "((bg@av))", NULL, NULL, &states);
  if (g_variant_n_children (states) != 1)
    return NULL;
  g_variant_get_child (states, 0, "v", &state);
  return g_variant_is_of_type (state, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (state, NULL) : NULL;
}

static char *
id_for_folder (const char *app_id,
               const char *dir)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, dir, -1);

  return g_strdup_printf ("%s.Office%.12s", app_id, sum);
}

char *
kip_instance_choose_id (const char *app_id,
                        const char *dir)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autofree char *open = NULL;

  if (bus == NULL || !has_owner (bus, app_id))
    return g_strdup (app_id);
  open = folder_of (bus, app_id);
  if (open == NULL || g_str_equal (open, dir))
    return g_strdup (app_id);
  return id_for_folder (app_id, dir);
}
