/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-session.h"

#include <glib/gi18n-lib.h>

/* Something done that can be undone, or undone that can be redone. */
typedef struct
{
  guint32 device;
  guint64 seq;
  char   *label; /* (owned) */
} Step;

struct _KipSession
{
  GObject    parent_instance;
  KipStore  *store; /* (owned) */
  GPtrArray *done;   /* (owned) of Step, the newest last */
  GPtrArray *undone; /* (owned) of Step */
};

G_DEFINE_FINAL_TYPE (KipSession, kip_session, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STORE,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  N_PROPS
};

enum
{
  SIGNAL_DONE,
  SIGNAL_UNDONE,
  SIGNAL_FAILED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
step_free (gpointer data)
{
  g_free (((Step *) data)->label);
  g_free (data);
}

static void
push_step (KipSession       *self,
           GPtrArray        *stack,
           const KipReceipt *receipt,
           const char       *label)
{
  Step *step = g_new0 (Step, 1);

  step->device = receipt->device;
  step->seq = receipt->seq;
  step->label = g_strdup (label != NULL ? label : "");
  g_ptr_array_add (stack, step);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNDO_LABEL]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REDO_LABEL]);
}

static Step *
last_step (GPtrArray *stack)
{
  return stack->len > 0 ? g_ptr_array_index (stack, stack->len - 1) : NULL;
}

static void
forget_step (KipSession *self,
             GPtrArray  *stack,
             guint32     device,
             guint64     seq)
{
  for (guint i = stack->len; i > 0; i--)
    {
      Step *step = g_ptr_array_index (stack, i - 1);

      if (step->seq == seq && step->device == device)
        {
          g_ptr_array_remove_index (stack, i - 1);
          break;
        }
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNDO_LABEL]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REDO_LABEL]);
}

/* ---- doing ---- */

static KipReceipt *
receipt_copy (const KipReceipt *receipt)
{
  return g_memdup2 (receipt, sizeof *receipt);
}

static void
append_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  KipSession *self = g_task_get_source_object (task);
  const char *label = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  KipReceipt receipt = { 0 };

  if (!kip_store_append_finish (KIP_STORE (source), result, &receipt, &error))
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (receipt.seq != 0)
    {
      g_ptr_array_set_size (self->undone, 0);
      push_step (self, self->done, &receipt, label);
      g_signal_emit (self, signals[SIGNAL_DONE], 0, label, receipt.device, receipt.seq);
    }
  g_task_return_pointer (task, receipt_copy (&receipt), g_free);
}

void
kip_session_do (KipSession         *self,
                KipChange          *change,
                const char         *label,
                GAsyncReadyCallback callback,
                gpointer            data)
{
  GTask *task;

  g_return_if_fail (KIP_IS_SESSION (self));
  if (change == NULL)
    return;
  task = g_task_new (self, NULL, callback, data);
  g_task_set_task_data (task, g_strdup (label != NULL ? label : ""), g_free);
  kip_store_append_async (self->store, change, NULL, append_cb, task);
}

gboolean
kip_session_do_finish (KipSession   *self,
                       GAsyncResult *result,
                       KipReceipt   *receipt,
                       GError      **error)
{
  g_autofree KipReceipt *got = g_task_propagate_pointer (G_TASK (result), error);

  if (got == NULL)
    return FALSE;
  if (receipt != NULL)
    *receipt = *got;
  return TRUE;
}

/* ---- undoing ---- */

typedef struct
{
  KipSession *session; /* (owned) */
  guint32     device;  /* the change-set to undo */
  guint64     seq;
  char       *label;   /* (owned) */
  gboolean    redo;
} Undo;

static void
undo_free (Undo *undo)
{
  g_object_unref (undo->session);
  g_free (undo->label);
  g_free (undo);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Undo, undo_free)

/* An undo is itself a change-set: undoing that is redo. */
static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Undo) undo = data;
  KipSession *self = undo->session;
  g_autoptr (GError) error = NULL;
  KipReceipt receipt = { 0 };
  gboolean ok = kip_store_append_finish (KIP_STORE (source), result, &receipt, &error);

  forget_step (self, undo->redo ? self->undone : self->done, undo->device, undo->seq);
  if (!ok)
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
      return;
    }
  if (receipt.seq != 0)
    push_step (self, undo->redo ? self->done : self->undone, &receipt, undo->label);
  g_signal_emit (self, signals[SIGNAL_UNDONE], 0, undo->label, undo->redo);
}

static void
start_undo (KipSession *self,
            guint32     device,
            guint64     seq,
            const char *label,
            gboolean    redo)
{
  Undo *undo = g_new0 (Undo, 1);

  undo->session = g_object_ref (self);
  undo->device = device;
  undo->seq = seq;
  undo->label = g_strdup (label);
  undo->redo = redo;
  kip_store_undo_async (self->store, device, seq, NULL, undone_cb, undo);
}

void
kip_session_undo_change (KipSession *self,
                         guint       device,
                         guint64     seq,
                         const char *label)
{
  start_undo (self, device, seq, label != NULL ? label : "", FALSE);
}

void
kip_session_undo (KipSession *self)
{
  const Step *step = last_step (self->done);

  if (step != NULL)
    start_undo (self, step->device, step->seq, step->label, FALSE);
}

void
kip_session_redo (KipSession *self)
{
  const Step *step = last_step (self->undone);

  if (step != NULL)
    start_undo (self, step->device, step->seq, step->label, TRUE);
}

/* An action without a name of its own can still be undone. */
static const char *
label_of (const Step *step)
{
  if (step == NULL)
    return "";
  return *step->label != '\0' ? step->label : _("last change");
}

const char *
kip_session_get_undo_label (KipSession *self)
{
  return label_of (last_step (self->done));
}

const char *
kip_session_get_redo_label (KipSession *self)
{
  return label_of (last_step (self->undone));
}

/* ---- object ---- */

static void
kip_session_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  KipSession *self = KIP_SESSION (object);

  switch (id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, kip_session_get_undo_label (self));
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, kip_session_get_redo_label (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kip_session_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  KipSession *self = KIP_SESSION (object);

  if (id == PROP_STORE)
    self->store = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_session_finalize (GObject *object)
{
  KipSession *self = KIP_SESSION (object);

  g_clear_object (&self->store);
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->undone);
  G_OBJECT_CLASS (kip_session_parent_class)->finalize (object);
}

static void
kip_session_class_init (KipSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kip_session_get_property;
  object_class->set_property = kip_session_set_property;
  object_class->finalize = kip_session_finalize;

  props[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, KIP_TYPE_STORE,
                                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, "",
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_REDO_LABEL] = g_param_spec_string ("redo-label", NULL, NULL, "",
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_DONE] = g_signal_new ("done", KIP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_UINT, G_TYPE_UINT64);
  signals[SIGNAL_UNDONE] = g_signal_new ("undone", KIP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", KIP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
kip_session_init (KipSession *self)
{
  self->done = g_ptr_array_new_with_free_func (step_free);
  self->undone = g_ptr_array_new_with_free_func (step_free);
}

KipSession *
kip_session_new (KipStore *store)
{
  return g_object_new (KIP_TYPE_SESSION, "store", store, NULL);
}

KipStore *
kip_session_get_store (KipSession *self)
{
  return self->store;
}
