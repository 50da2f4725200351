/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-condition-row.h"

#include <glib/gi18n-lib.h>

#include "kip-clock.h"
#include "kip-ticket-count.h"

struct _KipConditionRow
{
  AdwBin parent_instance;

  KipStore       *store;   /* (owned) (nullable) */
  KipTicketCount *count;   /* (owned) (nullable) */
  char           *problem; /* (owned) (nullable) */

  AdwEntryRow *entry;
  GtkLabel    *message;
};

G_DEFINE_FINAL_TYPE (KipConditionRow, kip_condition_row, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
say (KipConditionRow *self,
     const char      *text,
     const char      *class)
{
  static const char *const classes[] = { "error", "dim-label" };

  gtk_label_set_text (self->message, text);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_strcmp0 (classes[i], class) == 0)
      gtk_widget_add_css_class (GTK_WIDGET (self->message), classes[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self->message), classes[i]);
}

static void
counted_cb (KipTicketCount  *count,
            guint            n,
            KipConditionRow *self)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u open ticket is meant.", "%u open tickets are meant.", n), n);

  if (self->problem == NULL)
    say (self, text, "dim-label");
}

/* The first mistake, as the search box would say it; else what the agreements refuse. */
static char *
find_problem (KipConditionRow *self,
              const char      *text)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (KipQueryPlan) plan = kip_query_plan_new (query, kip_store_get_resolver (self->store), kip_clock_now (), NULL);

  if (plan->mistakes->len > 0)
    {
      const KipQueryMistake *mistake = g_ptr_array_index (plan->mistakes, 0);

      return g_strdup_printf ("%s %s", mistake->message, mistake->hint != NULL ? mistake->hint : "");
    }
  return kip_agreements_check_condition (kip_store_get_agreements (self->store), text);
}

static void
check (KipConditionRow *self)
{
  g_autofree char *text = kip_condition_row_dup_text (self);
  g_autofree char *query = *text != '\0' ? g_strdup_printf ("is:open (%s)", text) : g_strdup ("is:open");

  g_clear_pointer (&self->problem, g_free);
  if (self->store == NULL)
    return;
  if (*text != '\0')
    self->problem = find_problem (self, text);
  if (self->problem != NULL)
    say (self, self->problem, "error");
  else
    kip_ticket_count_ask (self->count, query);
}

static void
changed_cb (KipConditionRow *self)
{
  check (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- object ---- */

static void
kip_condition_row_dispose (GObject *object)
{
  KipConditionRow *self = KIP_CONDITION_ROW (object);

  g_clear_object (&self->count);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kip_condition_row_parent_class)->dispose (object);
}

static void
kip_condition_row_finalize (GObject *object)
{
  g_free (KIP_CONDITION_ROW (object)->problem);
  G_OBJECT_CLASS (kip_condition_row_parent_class)->finalize (object);
}

static void
kip_condition_row_class_init (KipConditionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_condition_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_condition_row_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KIP_TYPE_CONDITION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-condition-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KipConditionRow, entry);
  gtk_widget_class_bind_template_child (widget_class, KipConditionRow, message);
}

static void
kip_condition_row_init (KipConditionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
}

/* ---- public ---- */

void
kip_condition_row_set_store (KipConditionRow *self,
                             KipStore        *store)
{
  self->store = g_object_ref (store);
  self->count = kip_ticket_count_new (store);
  g_signal_connect_object (self->count, "counted", G_CALLBACK (counted_cb), self, 0);
  check (self);
}

void
kip_condition_row_set_title (KipConditionRow *self,
                             const char      *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), title);
}

void
kip_condition_row_set_text (KipConditionRow *self,
                            const char      *text)
{
  const char *wanted = text != NULL ? text : "";

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), wanted) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), wanted);
}

char *
kip_condition_row_dup_text (KipConditionRow *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

const char *
kip_condition_row_get_problem (KipConditionRow *self)
{
  return self->problem;
}
