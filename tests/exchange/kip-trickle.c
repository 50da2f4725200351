/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-trickle.h"

#include <string.h>

struct _KipTrickle
{
  GInputStream parent;
  GBytes      *bytes; /* (owned) */
  gsize        at;
  gsize        step;
  gsize        fail_at;
};

G_DEFINE_FINAL_TYPE (KipTrickle, kip_trickle, G_TYPE_INPUT_STREAM)

static gssize
kip_trickle_read (GInputStream *stream,
                  void         *buffer,
                  gsize         count,
                  GCancellable *cancellable,
                  GError      **error)
{
  KipTrickle *self = KIP_TRICKLE (stream);
  gsize length;
  const char *data = g_bytes_get_data (self->bytes, &length);
  gsize n = MIN (MIN (count, self->step), length - self->at);

  if (self->at >= self->fail_at)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Input/output error");
      return -1;
    }
  n = MIN (n, self->fail_at - self->at);
  if (n > 0)
    memcpy (buffer, data + self->at, n);
  self->at += n;
  return (gssize) n;
}

static void
kip_trickle_finalize (GObject *object)
{
  g_bytes_unref (KIP_TRICKLE (object)->bytes);
  G_OBJECT_CLASS (kip_trickle_parent_class)->finalize (object);
}

static void
kip_trickle_class_init (KipTrickleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_trickle_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = kip_trickle_read;
}

static void
kip_trickle_init (KipTrickle *self)
{
}

GInputStream *
kip_trickle_new (GBytes *bytes,
                 gsize   step,
                 gsize   fail_at)
{
  KipTrickle *self = g_object_new (KIP_TYPE_TRICKLE, NULL);

  self->bytes = g_bytes_ref (bytes);
  self->step = step;
  self->fail_at = fail_at;
  return G_INPUT_STREAM (self);
}

GBytes *
kip_test_gzip (GBytes *bytes)
{
  g_autoptr (GConverter) zip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, zip);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (out, data, length, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (out, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

GBytes *
kip_test_encode (const char *text,
                 const char *encoding)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  char *encoded = g_convert (text, -1, encoding, "UTF-8", NULL, &length, &error);

  g_assert_no_error (error);
  return g_bytes_new_take (encoded, length);
}

char *
kip_test_shared (const char *file)
{
  const char *shared = g_getenv ("KIP_SHARED");
  g_autofree char *path = shared != NULL ? g_build_filename (shared, file, NULL)
                                         : g_build_filename (KIP_SOURCE_ROOT, "..", "shared", file, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_message ("data: made up here, for there is no %s", path);
      return NULL;
    }
  g_test_message ("data: %s", path);
  return g_steal_pointer (&path);
}
