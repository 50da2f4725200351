/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-timeline-private.h"

#include "kip-conflict.h"
#include "kip-format.h"
#include "kip-tiding-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- what was done, in a sentence ---- */

/* Translators: %s is the name of a person in all of these. */
static const struct
{
  const char *action, *sentence;
} actions[] = {
  { "assign", N_("%s assigned it") },
  { "attach", N_("%s attached a file") },
  { "bulk", N_("%s changed several tickets at once") },
  { "delete", N_("%s deleted or restored it") },
  { "link", N_("%s linked it") },
  { "merge", N_("%s merged it") },
  { "new", N_("%s logged it") },
  { "parent", N_("%s changed its parent") },
  { "pick", N_("%s chose between two values") },
  { "reopen", N_("%s reopened it") },
  { "resolve", N_("%s resolved it") },
  { "review", N_("%s held a review") },
  { "status", N_("%s changed its status") },
  { "survey", N_("%s made the follow-up call") },
  { "tag", N_("%s changed its tags") },
  { "take", N_("%s took it") },
  { "undo", N_("%s undid a change") },
  { "unlink", N_("%s removed a link") },
  { "unmerge", N_("%s took a merge back") },
  { "work", N_("%s logged work time") },
};

static const char *
message_sentence (KipMessageKind kind)
{
  switch (kind)
    {
    case KIP_MESSAGE_REPLY:
      return N_("%s replied");
    case KIP_MESSAGE_CALL:
      return N_("%s logged a call");
    case KIP_MESSAGE_INCOMING:
      return N_("%s wrote");
    case KIP_MESSAGE_AUTOMATIC:
      return N_("%s sent an automatic reply");
    case KIP_MESSAGE_NOTE:
    default:
      return N_("%s wrote an internal note");
    }
}

static const char *
action_sentence (const char *action)
{
  for (guint i = 0; action != NULL && i < G_N_ELEMENTS (actions); i++)
    if (strcmp (actions[i].action, action) == 0)
      return actions[i].sentence;
  return N_("%s changed it");
}

static const char *
sentence_of (KipMoment *self)
{
  if (self->message != NULL)
    return message_sentence (kip_moment_get_message_kind (self));
  if (self->is_new)
    return N_("%s logged it");
  return action_sentence (self->stamp->action);
}

/* @who in place of the %s: the sentence comes from a table, so not by printf. */
static char *
put_name (const char *sentence,
          const char *who)
{
  const char *place = strstr (sentence, "%s");

  if (place == NULL)
    return g_strdup (sentence);
  return g_strdup_printf ("%.*s%s%s", (int) (place - sentence), sentence, who, place + 2);
}

char *
kip_moment_title (KipMoment      *self,
                  const KipWords *words,
                  const char     *who)
{
  g_autofree char *title = NULL;
  g_autofree char *source = NULL;

  if (self->tiding != NULL)
    return kip_tiding_title (self->tiding);
  title = put_name (_(sentence_of (self)), who);
  if (self->entity == self->ticket->entity)
    return g_steal_pointer (&title);
  source = kip_ticket_number_format (kip_entity_get_int (self->entity, KIP_FIELD_NUMBER, 0));
  /* Translators: what happened, and the number of the merged ticket it happened to */
  return g_strdup_printf (_("%s (in %s)"), title, source);
}

/* ---- what changed ---- */

/* The values that a SET replaced; "" when it was the first write.  Where it settled a conflict, all of them. */
static char *
format_before (KipMoment      *self,
               const KipWords *words,
               const KipEvent *event)
{
  g_autoptr (GPtrArray) settled = kip_conflict_settled (self->entity, event);
  GString *text = g_string_new (NULL);
  gboolean is_undo = self->stamp->undo_seq != 0;

  for (guint i = is_undo && settled->len > 0 ? settled->len - 1 : 0; i < settled->len; i++)
    {
      const KipEvent *before = g_ptr_array_index (settled, i);
      g_autofree char *value = kip_format_value (words, KIP_KIND_TICKET, event->field, before->value);

      if (*value != '\0' && strstr (text->str, value) == NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " / " : "", value);
    }
  return g_string_free (text, FALSE);
}

static char *
line_changed (const char *field,
              const char *old,
              const char *new)
{
  if (*old != '\0' && *new != '\0')
    /* Translators: a field, its value before and after */
    return g_strdup_printf (_("%s: %s → %s"), field, old, new);
  if (*new != '\0')
    return g_strdup_printf (_("%s: %s"), field, new);
  return g_strdup_printf (_("%s removed: %s"), field, old);
}

/* "… · at the same time Lan: Low", for each who wrote something else without having seen this. */
static char *
with_rivals (KipMoment      *self,
             const KipWords *words,
             const KipEvent *event,
             char           *line)
{
  GPtrArray *rivals = self->rivals != NULL ? g_hash_table_lookup (self->rivals, event) : NULL;
  gboolean is_long = kip_schema_is_long_text (KIP_KIND_TICKET, event->field);

  for (guint i = 0; rivals != NULL && i < rivals->len; i++)
    {
      const KipEvent *rival = g_ptr_array_index (rivals, i);
      g_autofree char *taken = line;
      g_autofree char *who = kip_format_person (words->office, kip_conflict_origin (self->entity, rival)->stamp->author, "Kip");
      g_autofree char *value = kip_format_value (words, KIP_KIND_TICKET, rival->field, rival->value);

      if (is_long)
        /* Translators: what was changed, and the name of a colleague who changed it, too */
        line = g_strdup_printf (_("%s · at the same time as %s"), taken, who);
      else
        /* Translators: what was changed, the name of a colleague who changed it at the same time, and into what */
        line = g_strdup_printf (_("%s · at the same time %s: %s"), taken, who, *value != '\0' ? value : _("(empty)"));
    }
  return line;
}

static char *
line_for_set (KipMoment      *self,
              const KipWords *words,
              const KipEvent *event)
{
  const char *field = kip_format_field (KIP_KIND_TICKET, event->field);
  g_autofree char *old = format_before (self, words, event);
  g_autofree char *new = kip_format_value (words, KIP_KIND_TICKET, event->field, event->value);

  if (event->field == KIP_FIELD_DESCRIPTION)
    return with_rivals (self, words, event, g_strdup (_("Description edited")));
  if (*old == '\0' && *new == '\0')
    return NULL;
  return with_rivals (self, words, event, line_changed (field, old, new));
}

static char *
line_for_element (const KipWords *words,
                  const KipEvent *event)
{
  const char *field = kip_format_field (KIP_KIND_TICKET, event->field);
  g_autofree char *element = kip_format_value (words, KIP_KIND_TICKET, event->field, event->value);

  if (event->verb == KIP_VERB_ADD)
    return g_strdup_printf (_("%s: added %s"), field, element);
  return g_strdup_printf (_("%s: took away %s"), field, element);
}

static char *
with_note (char       *line,
           const char *note)
{
  g_autofree char *taken = line;

  if (note == NULL || *note == '\0')
    return g_steal_pointer (&taken);
  return g_strdup_printf ("%s — %s", taken, note);
}

static char *
line_for_entry (const KipEvent *event)
{
  g_autofree char *work = NULL;

  switch ((int) event->field)
    {
    case KIP_FIELD_WORK:
      work = kip_format_duration (kip_value_map_int (event->value, 1, 0));
      return with_note (g_strdup_printf (_("Work time: %s"), work), kip_value_map_text (event->value, 2));
    case KIP_FIELD_SURVEY:
      return with_note (g_strdup_printf (_("Follow-up call: %d of 5"), (int) kip_value_map_int (event->value, 1, 0)),
                        kip_value_map_text (event->value, 2));
    default:
      return NULL;
    }
}

static char *
line_for_retract (const KipEvent *event)
{
  const char *field = kip_format_field (KIP_KIND_TICKET, event->field);

  if (event->verb == KIP_VERB_RETRACT)
    return g_strdup_printf (_("%s taken back"), field);
  return g_strdup_printf (_("%s put back"), field);
}

/* What the header of the ticket shows anyway. */
static gboolean
is_silent (KipMoment      *self,
           const KipEvent *event)
{
  if (event->field == KIP_FIELD_NUMBER || event == self->message)
    return TRUE;
  return self->is_new && (event->field == KIP_FIELD_SUBJECT || event->field == KIP_FIELD_DESCRIPTION ||
                          event->field == KIP_FIELD_STATUS);
}

static char *
line_for (KipMoment      *self,
          const KipWords *words,
          const KipEvent *event)
{
  switch (event->verb)
    {
    case KIP_VERB_SET:
      return line_for_set (self, words, event);
    case KIP_VERB_ADD:
    case KIP_VERB_REMOVE:
      return line_for_element (words, event);
    case KIP_VERB_ENTRY:
      return line_for_entry (event);
    case KIP_VERB_RETRACT:
    case KIP_VERB_RESTORE:
      return line_for_retract (event);
    default:
      return g_strdup (_("A change that this version of Kip does not know"));
    }
}

char **
kip_moment_lines (KipMoment      *self,
                  const KipWords *words)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < self->events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (self->events, i);
      char *line = is_silent (self, event) ? NULL : line_for (self, words, event);

      if (line != NULL)
        g_ptr_array_add (lines, line);
    }
  if (self->tiding != NULL)
    g_ptr_array_add (lines, kip_tiding_sentence (self->tiding, words->office));
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}
