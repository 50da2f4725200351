/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-mount.h"

/* As /proc/self/mountinfo had them on a machine with all of these. */
static const char mounts[] =
  "22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,errors=remount-ro\n"
  "40 22 0:35 / /srv/strict rw,relatime - cifs //nas/office rw,vers=3.1.1,cache=strict,soft,nounix,serverino,actimeo=1\n"
  "41 22 0:36 / /srv/no\\040brl rw,relatime shared:20 master:3 - cifs //nas/office rw,vers=3.1.1,cache=strict,nobrl,actimeo=1\n"
  "42 22 0:37 / /srv/n3 rw,relatime - nfs nas:/export rw,vers=3,hard,nolock,proto=tcp,local_lock=all,addr=10.0.0.1\n"
  "43 22 0:38 / /srv/n4 rw,relatime - nfs4 nas:/export rw,vers=4.2,soft,local_lock=none,addr=10.0.0.1\n"
  "44 22 0:39 / /srv/nf rw,relatime - nfs nas:/export rw,vers=3,local_lock=flock,addr=10.0.0.1\n"
  "45 22 0:40 / /srv/np rw,relatime - nfs nas:/export rw,vers=3,local_lock=posix,addr=10.0.0.1\n"
  "46 22 0:41 / /run/user/1000/gvfs rw,nosuid,nodev,relatime - fuse.gvfsd-fuse gvfsd-fuse rw,user_id=1000,group_id=1000\n"
  "47 22 0:42 / /home/an/nas rw,nosuid,nodev - fuse.sshfs an@nas:/office rw,user_id=1000\n"
  "48 22 8:17 / /media/stick rw - fuseblk /dev/sdb1 rw,user_id=0\n"
  "49 22 0:43 / /srv/vm rw - 9p office rw,trans=virtio\n"
  "50 22 0:44 /\n"
  "401 22 0:45 / /srv/last rw - tmpfs tmpfs rw";

static void
test_find (void)
{
  static const struct
  {
    guint64 id;
    gboolean is_there;
    KipShareKind kind;
    gboolean has_locks;
    const char *source;
  } cases[] = {
    { 22, TRUE, KIP_SHARE_LOCAL, TRUE, "/dev/vda1" },
    { 40, TRUE, KIP_SHARE_SMB, TRUE, "//nas/office" },
    { 41, TRUE, KIP_SHARE_SMB, FALSE, "//nas/office" },
    { 42, TRUE, KIP_SHARE_NFS, FALSE, "nas:/export" },
    { 43, TRUE, KIP_SHARE_NFS, TRUE, "nas:/export" },
    { 44, TRUE, KIP_SHARE_NFS, TRUE, "nas:/export" },
    { 45, TRUE, KIP_SHARE_NFS, FALSE, "nas:/export" },
    { 46, TRUE, KIP_SHARE_GVFS, FALSE, "gvfsd-fuse" },
    { 47, TRUE, KIP_SHARE_FUSE, FALSE, "an@nas:/office" },
    { 48, TRUE, KIP_SHARE_LOCAL, TRUE, "/dev/sdb1" },
    { 49, TRUE, KIP_SHARE_LOCAL, FALSE, "office" },
    { 50, FALSE, 0, FALSE, NULL },
    { 4, FALSE, 0, FALSE, NULL },
    { 401, TRUE, KIP_SHARE_LOCAL, TRUE, "tmpfs" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (KipShareMount) mount = { 0 };

      g_test_message ("mount %" G_GUINT64_FORMAT, cases[i].id);
      g_assert_true (kip_share_mount_find (mounts, cases[i].id, &mount) == cases[i].is_there);
      if (!cases[i].is_there)
        continue;
      g_assert_cmpint (mount.kind, ==, cases[i].kind);
      g_assert_true (mount.has_locks == cases[i].has_locks);
      g_assert_cmpstr (mount.source, ==, cases[i].source);
    }
}

static guint64
identify (guint64     id,
          const char *folder)
{
  g_auto (KipShareMount) mount = { 0 };

  g_assert_true (kip_share_mount_find (mounts, id, &mount));
  return kip_share_mount_identify (&mount, folder);
}

/* The same share has the same number wherever it is mounted; gvfs mounts all shares at one place. */
static void
test_identify (void)
{
  guint64 nas = identify (46, "/run/user/1000/gvfs/smb-share:server=nas,share=office/a");

  g_assert_cmpuint (identify (40, "/srv/strict/a"), ==, identify (41, "/srv/no brl/b"));
  g_assert_cmpuint (identify (40, "/srv/strict"), !=, identify (42, "/srv/n3"));
  g_assert_cmpuint (nas, ==, identify (46, "/run/user/1000/gvfs/smb-share:server=nas,share=office/b/c"));
  g_assert_cmpuint (nas, ==, identify (46, "/run/user/1000/gvfs/smb-share:server=nas,share=office"));
  g_assert_cmpuint (nas, !=, identify (46, "/run/user/1000/gvfs/smb-share:server=nas,share=other/a"));
  g_assert_cmpuint (nas, !=, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/mount/find", test_find);
  g_test_add_func ("/sync/mount/identify", test_identify);
  return g_test_run ();
}
