/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-attachments.h"

#include "kip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HASH_SIZE 32

/* ---- adding ---- */

typedef struct
{
  KipStore   *store;   /* (owned) */
  KipId       ticket;
  GFile      *file;    /* (owned) (nullable) what to read, or */
  GdkTexture *texture; /* (owned) (nullable) what to encode */
  char       *name;    /* (owned) */
  char       *mime;    /* (owned) (nullable) until it is known */
  gint64      size;
  guint8      hash[HASH_SIZE];
} Adding;

static void
adding_free (Adding *adding)
{
  g_object_unref (adding->store);
  g_clear_object (&adding->file);
  g_clear_object (&adding->texture);
  g_free (adding->name);
  g_free (adding->mime);
  g_free (adding);
}

static gboolean
check_file (Adding    *adding,
            GFileInfo *info,
            GError   **error)
{
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                   _("“%s” is a folder. Only files can be attached; nothing was changed."), adding->name);
      return FALSE;
    }
  if (g_file_info_get_size (info) > KIP_ATTACHMENT_MAX_BYTES)
    {
      g_autofree char *most = g_format_size (KIP_ATTACHMENT_MAX_BYTES);

      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                   _("“%s” is larger than %s and was not attached. Keep it elsewhere and write down where."),
                   adding->name, most);
      return FALSE;
    }
  return TRUE;
}

static GBytes *
read_file (Adding       *adding,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (adding->file,
                                                  G_FILE_ATTRIBUTE_STANDARD_SIZE ","
                                                  G_FILE_ATTRIBUTE_STANDARD_TYPE ","
                                                  G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, error);
  const char *type;

  if (info == NULL || !check_file (adding, info, error))
    return NULL;
  type = g_file_info_get_content_type (info);
  adding->mime = type != NULL ? g_content_type_get_mime_type (type) : NULL;
  return g_file_load_bytes (adding->file, cancellable, NULL, error);
}

static void
add_in_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Adding *adding = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = adding->texture != NULL
                             ? gdk_texture_save_to_png_bytes (adding->texture)
                             : read_file (adding, cancellable, &error);

  if (bytes == NULL || !kip_store_put_file (adding->store, bytes, adding->hash, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  adding->size = (gint64) g_bytes_get_size (bytes);
  g_task_return_boolean (task, TRUE);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (kip_session_do_finish (KIP_SESSION (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The bytes are on disk: now the history may name them. */
static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  Adding *adding = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  g_autofree char *label = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  label = g_strdup_printf (_("“%s” attached"), adding->name);
  kip_session_do (KIP_SESSION (source),
                  kip_command_attach (adding->store, adding->ticket, adding->name, adding->size, adding->hash,
                                      adding->mime != NULL ? adding->mime : "application/octet-stream"),
                  label, done_cb, g_object_ref (task));
}

static void
add_async (KipSession         *session,
           Adding             *adding,
           GCancellable       *cancellable,
           GAsyncReadyCallback callback,
           gpointer            data)
{
  GTask *whole = g_task_new (session, cancellable, callback, data);
  g_autoptr (GTask) keeping = g_task_new (session, cancellable, added_cb, whole);

  g_task_set_task_data (keeping, adding, (GDestroyNotify) adding_free);
  g_task_run_in_thread (keeping, add_in_thread);
}

static Adding *
adding_new (KipSession *session,
            KipId       ticket)
{
  Adding *adding = g_new0 (Adding, 1);

  adding->store = g_object_ref (kip_session_get_store (session));
  adding->ticket = ticket;
  return adding;
}

void
kip_attachments_add_file_async (KipSession         *session,
                                KipId               ticket,
                                GFile              *file,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            data)
{
  Adding *adding = adding_new (session, ticket);
  g_autofree char *base = g_file_get_basename (file);

  adding->file = g_object_ref (file);
  adding->name = g_filename_display_name (base != NULL ? base : "");
  add_async (session, adding, cancellable, callback, data);
}

void
kip_attachments_add_texture_async (KipSession         *session,
                                   KipId               ticket,
                                   GdkTexture         *texture,
                                   const char         *name,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            data)
{
  Adding *adding = adding_new (session, ticket);

  adding->texture = g_object_ref (texture);
  adding->name = g_strdup (name);
  adding->mime = g_strdup ("image/png");
  add_async (session, adding, cancellable, callback, data);
}

gboolean
kip_attachments_add_finish (KipSession   *session,
                            GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- getting out ---- */

typedef struct
{
  guint8 hash[HASH_SIZE];
  GFile *target; /* (owned) (nullable) */
  char  *name;   /* (owned) (nullable) */
  int    size;   /* pixels of a thumbnail */
} Getting;

static void
getting_free (Getting *getting)
{
  g_clear_object (&getting->target);
  g_free (getting->name);
  g_free (getting);
}

static Getting *
getting_new (const guint8 *hash)
{
  Getting *getting = g_new0 (Getting, 1);

  memcpy (getting->hash, hash, HASH_SIZE);
  return getting;
}

static gboolean
copy_kept (KipStore      *store,
           const Getting *getting,
           GFile         *target,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *path = kip_store_file_path (store, getting->hash, error);
  g_autoptr (GFile) kept = path != NULL ? g_file_new_for_path (path) : NULL;

  if (kept == NULL)
    return FALSE;
  return g_file_copy (kept, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, cancellable, NULL, NULL,
                      error);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Getting *getting = data;
  GError *error = NULL;

  if (copy_kept (source, getting, getting->target, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
kip_attachments_save_async (KipStore           *store,
                            const guint8       *hash,
                            GFile              *target,
                            GAsyncReadyCallback callback,
                            gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, data);
  Getting *getting = getting_new (hash);

  getting->target = g_object_ref (target);
  g_task_set_task_data (task, getting, (GDestroyNotify) getting_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
kip_attachments_save_finish (KipStore     *store,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A name that cannot lead out of its folder. */
static char *
safe_name (const char *name)
{
  g_autofree char *base = g_path_get_basename (name);

  if (*base == '.' || *base == '\0' || *base == G_DIR_SEPARATOR)
    return g_strdup ("file");
  return g_steal_pointer (&base);
}

static GFile *
make_target (const Getting *getting,
             GError       **error)
{
  g_autofree char *name = safe_name (getting->name);
  g_autofree char *folder = NULL;

  folder = g_strdup_printf ("%s/kip/open/%02x%02x%02x%02x", g_get_user_cache_dir (), getting->hash[0],
                            getting->hash[1], getting->hash[2], getting->hash[3]);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_IO,
                   _("The folder “%s” cannot be made, so the file cannot be opened. It is kept safely: use Save As."),
                   folder);
      return NULL;
    }
  return g_file_new_build_filename (folder, name, NULL);
}

static void
copy_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GFile) target = make_target (data, &error);

  if (target != NULL && copy_kept (source, data, target, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&target), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
kip_attachments_copy_async (KipStore           *store,
                            const guint8       *hash,
                            const char         *name,
                            GAsyncReadyCallback callback,
                            gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, data);
  Getting *getting = getting_new (hash);

  getting->name = g_strdup (name);
  g_task_set_task_data (task, getting, (GDestroyNotify) getting_free);
  g_task_run_in_thread (task, copy_in_thread);
}

GFile *
kip_attachments_copy_finish (KipStore     *store,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
thumbnail_in_thread (GTask        *task,
                     gpointer      source,
                     gpointer      data,
                     GCancellable *cancellable)
{
  Getting *getting = data;
  GError *error = NULL;
  g_autofree char *path = kip_store_file_path (source, getting->hash, &error);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (path != NULL)
    pixbuf = gdk_pixbuf_new_from_file_at_scale (path, getting->size, getting->size, TRUE, &error);
  if (pixbuf != NULL)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (pixbuf), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
kip_attachments_thumbnail_async (KipStore           *store,
                                 const guint8       *hash,
                                 int                 size,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Getting *getting = getting_new (hash);

  getting->size = size;
  g_task_set_task_data (task, getting, (GDestroyNotify) getting_free);
  g_task_run_in_thread (task, thumbnail_in_thread);
}

GdkTexture *
kip_attachments_thumbnail_finish (KipStore     *store,
                                  GAsyncResult *result,
                                  GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
