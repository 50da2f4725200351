/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-excerpts.h"

#include "kip-excerpt.h"
#include "kip-find.h"

/* A quick typist is not disturbed. */
#define CALM_MS 80

/* Of earlier questions not more is kept than this. */
#define MAX_KEPT 512

struct _KipExcerpts
{
  GObject       parent_instance;
  KipStore     *store;    /* (owned) */
  KipQuery     *query;    /* (owned) (nullable) */
  GPtrArray    *words;    /* (owned) (nullable) of char * */
  guint         question; /* counts them */
  GHashTable   *texts;    /* (owned) pointer to KipId → Text */
  GArray       *wanted;   /* (owned) (nullable) of KipId */
  GCancellable *reading;  /* (owned) (nullable) */
  guint         source;
};

typedef struct
{
  char *text;     /* (owned) */
  guint question; /* that it answers */
} Text;

G_DEFINE_FINAL_TYPE (KipExcerpts, kip_excerpts, G_TYPE_OBJECT)

enum
{
  SIGNAL_FOUND,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
text_free (gpointer data)
{
  Text *text = data;

  g_free (text->text);
  g_free (text);
}

/* ---- reading ---- */

typedef struct
{
  KipExcerpts  *excerpts; /* (owned) */
  GArray       *ids;      /* (owned) of KipId */
  GCancellable *reading;  /* (owned) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->excerpts);
  g_array_unref (reading->ids);
  g_object_unref (reading->reading);
  g_free (reading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

/* TRUE when @id has another text now. */
static gboolean
put (KipExcerpts *self,
     KipId        id,
     const char  *found)
{
  Text *text = g_hash_table_lookup (self->texts, &id);
  gboolean other;

  if (text == NULL)
    {
      text = g_new0 (Text, 1);
      g_hash_table_insert (self->texts, g_memdup2 (&id, sizeof id), text);
    }
  text->question = self->question;
  other = g_strcmp0 (text->text, found) != 0;
  if (other)
    {
      g_free (text->text);
      text->text = g_strdup (found);
    }
  return other;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Reading) reading = data;
  KipExcerpts *self = reading->excerpts;
  g_autoptr (GPtrArray) texts = kip_find_excerpts_finish (KIP_STORE (source), result, NULL);
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (KipId));

  if (self->reading != reading->reading)
    return; /* another question was put */
  g_clear_object (&self->reading);
  for (guint i = 0; texts != NULL && i < reading->ids->len; i++)
    {
      KipId id = g_array_index (reading->ids, KipId, i);

      if (put (self, id, g_ptr_array_index (texts, i)))
        g_array_append_val (changed, id);
    }
  if (changed->len > 0)
    g_signal_emit (self, signals[SIGNAL_FOUND], 0, changed);
}

/* (transfer full) */
static GArray *
unknown (KipExcerpts *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  for (guint i = 0; self->wanted != NULL && i < self->wanted->len; i++)
    {
      KipId id = g_array_index (self->wanted, KipId, i);
      Text *text = g_hash_table_lookup (self->texts, &id);

      if (text == NULL || text->question != self->question)
        g_array_append_val (ids, id);
    }
  return ids;
}

static void
stop (KipExcerpts *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static gboolean
calm_cb (gpointer data)
{
  KipExcerpts *self = data;
  g_autoptr (GArray) ids = unknown (self);
  Reading *reading;

  self->source = 0;
  if (ids->len == 0)
    return G_SOURCE_REMOVE;
  stop (self);
  self->reading = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->excerpts = g_object_ref (self);
  reading->ids = g_array_ref (ids);
  reading->reading = g_object_ref (self->reading);
  kip_find_excerpts_async (self->store, self->query, ids, self->reading, read_cb, reading);
  return G_SOURCE_REMOVE;
}

/* ---- class ---- */

static void
kip_excerpts_dispose (GObject *object)
{
  KipExcerpts *self = KIP_EXCERPTS (object);

  stop (self);
  g_clear_object (&self->store);
  g_clear_pointer (&self->query, kip_query_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->wanted, g_array_unref);
  G_OBJECT_CLASS (kip_excerpts_parent_class)->dispose (object);
}

static void
kip_excerpts_finalize (GObject *object)
{
  g_hash_table_unref (KIP_EXCERPTS (object)->texts);
  G_OBJECT_CLASS (kip_excerpts_parent_class)->finalize (object);
}

static void
kip_excerpts_class_init (KipExcerptsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kip_excerpts_dispose;
  object_class->finalize = kip_excerpts_finalize;

  signals[SIGNAL_FOUND] =
    g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
}

static void
kip_excerpts_init (KipExcerpts *self)
{
  self->texts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, text_free);
}

/* ---- public ---- */

KipExcerpts *
kip_excerpts_new (KipStore *store)
{
  KipExcerpts *self = g_object_new (KIP_TYPE_EXCERPTS, NULL);

  self->store = g_object_ref (store);
  return self;
}

void
kip_excerpts_set_query (KipExcerpts    *self,
                        const KipQuery *query)
{
  g_autoptr (GPtrArray) words = NULL;

  g_return_if_fail (KIP_IS_EXCERPTS (self));

  words = kip_excerpt_words (query);
  stop (self);
  self->question++;
  g_clear_pointer (&self->query, kip_query_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->wanted, g_array_unref);
  if (words->len > 0)
    {
      self->query = kip_query_ref (query);
      self->words = g_steal_pointer (&words);
    }
  if (self->words == NULL || g_hash_table_size (self->texts) > MAX_KEPT)
    g_hash_table_remove_all (self->texts);
}

GPtrArray *
kip_excerpts_get_words (KipExcerpts *self)
{
  g_return_val_if_fail (KIP_IS_EXCERPTS (self), NULL);

  return self->words;
}

void
kip_excerpts_want (KipExcerpts *self,
                   GArray      *ids)
{
  g_return_if_fail (KIP_IS_EXCERPTS (self));

  g_clear_pointer (&self->wanted, g_array_unref);
  self->wanted = ids;
  if (self->words == NULL || self->source != 0)
    return;
  self->source = g_timeout_add (CALM_MS, calm_cb, self);
}

const char *
kip_excerpts_get (KipExcerpts *self,
                  KipId        id)
{
  Text *text;

  g_return_val_if_fail (KIP_IS_EXCERPTS (self), NULL);

  text = g_hash_table_lookup (self->texts, &id);
  return text != NULL ? text->text : NULL;
}
