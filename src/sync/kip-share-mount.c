/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-mount.h"

#include <string.h>

/* Of a line's fields: those before " - ", and those after it. */
enum { FIELD_ID = 0, FIELD_POINT = 4, N_FIELDS_BEFORE = 6 };
enum { FIELD_TYPE = 0, FIELD_SOURCE = 1, FIELD_OPTIONS = 2, N_FIELDS_AFTER = 3 };

void
kip_share_mount_clear (KipShareMount *mount)
{
  g_clear_pointer (&mount->point, g_free);
  g_clear_pointer (&mount->source, g_free);
}

static KipShareKind
kind_of_type (const char *type)
{
  if (g_str_equal (type, "cifs") || g_str_equal (type, "smb3") || g_str_equal (type, "smbfs"))
    return KIP_SHARE_SMB;
  if (g_str_equal (type, "nfs") || g_str_equal (type, "nfs4"))
    return KIP_SHARE_NFS;
  if (g_str_equal (type, "fuse.gvfsd-fuse"))
    return KIP_SHARE_GVFS;
  if (g_str_equal (type, "fuse") || g_str_has_prefix (type, "fuse."))
    return KIP_SHARE_FUSE;
  return KIP_SHARE_LOCAL;
}

/* On these the kernel answers for a lock by itself, without asking the other side. */
static gboolean
type_has_no_locks (const char *type)
{
  static const char *const types[] = { "9p", "afs", "vboxsf", "virtiofs", "vmhgfs", NULL };

  return g_strv_contains (types, type);
}

static gboolean
options_forbid_locks (const char *options)
{
  g_auto (GStrv) each = g_strsplit (options, ",", -1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      if (g_str_equal (each[i], "nolock") || g_str_equal (each[i], "nobrl") || g_str_equal (each[i], "nobrlock"))
        return TRUE;
      if (g_str_equal (each[i], "local_lock=all") || g_str_equal (each[i], "local_lock=posix"))
        return TRUE;
    }
  return FALSE;
}

static gboolean
locks_work (KipShareKind kind,
            const char  *type,
            const char  *options)
{
  if (kind == KIP_SHARE_GVFS || kind == KIP_SHARE_FUSE || type_has_no_locks (type))
    return FALSE;
  return !options_forbid_locks (options);
}

static gboolean
parse_line (const char    *line,
            guint64        id,
            KipShareMount *mount)
{
  const char *dash = strstr (line, " - ");
  g_autofree char *head = NULL;
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) after = NULL;

  if (dash == NULL || g_ascii_strtoull (line, NULL, 10) != id)
    return FALSE;
  head = g_strndup (line, dash - line);
  before = g_strsplit (head, " ", -1);
  after = g_strsplit (dash + strlen (" - "), " ", -1);
  if (g_strv_length (before) < N_FIELDS_BEFORE || g_strv_length (after) < N_FIELDS_AFTER)
    return FALSE;

  mount->kind = kind_of_type (after[FIELD_TYPE]);
  mount->has_locks = locks_work (mount->kind, after[FIELD_TYPE], after[FIELD_OPTIONS]);
  mount->point = g_strdup (before[FIELD_POINT]);
  mount->source = g_strdup (after[FIELD_SOURCE]);
  return TRUE;
}

gboolean
kip_share_mount_find (const char    *mountinfo,
                      guint64        id,
                      KipShareMount *mount)
{
  g_auto (GStrv) lines = g_strsplit (mountinfo, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (parse_line (lines[i], id, mount))
      return TRUE;
  return FALSE;
}

/* FNV-1a, 64 bits. */
static guint64
hash_more (guint64     hash,
           const char *text,
           gsize       length)
{
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint8) text[i]) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}

guint64
kip_share_mount_identify (const KipShareMount *mount,
                          const char          *folder)
{
  guint64 hash = hash_more (G_GUINT64_CONSTANT (14695981039346656037), mount->source, strlen (mount->source));
  gsize at = strlen (mount->point);

  if (mount->kind == KIP_SHARE_GVFS && strncmp (folder, mount->point, at) == 0 && folder[at] == '/')
    hash = hash_more (hash, folder + at, 1 + strcspn (folder + at + 1, "/"));
  return MAX (hash, 1);
}
