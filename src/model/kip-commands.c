/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-commands.h"

#include "kip-conflict.h"

#include <string.h>

static KipChange *
change_for (KipStore   *store,
            const char *action)
{
  return kip_change_new (kip_store_get_me (store), action);
}

static void
set_id (KipChange *change,
        KipId      ticket,
        KipField   field,
        KipId      id)
{
  if (id != KIP_ID_NONE)
    kip_change_set_int (change, KIP_KIND_TICKET, ticket, field, (gint64) id);
}

static KipEvent *
put_status (KipChange       *change,
            KipId            ticket,
            const KipStatus *status)
{
  return kip_change_set_status (change, ticket, status->id, status->phase, status->pause);
}

/* The status that an office uses for a phase; it always has one, but a damaged
 * or half-synced office must not stop a person from resolving. */
static void
put_phase (KipStore  *store,
           KipChange *change,
           KipId      ticket,
           KipPhase   phase)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  const KipStatus *status = kip_office_status_for (office, phase, KIP_PAUSE_NONE);

  if (status != NULL)
    put_status (change, ticket, status);
  else
    kip_change_set_status (change, ticket, KIP_ID_NONE, phase, KIP_PAUSE_NONE);
}

/* ---- a new ticket ---- */

static KipId
requester_of (KipStore           *store,
              KipChange          *change,
              const KipNewTicket *ticket)
{
  KipId id = ticket->requester;

  if (id == KIP_ID_NONE && ticket->requester_name != NULL && *ticket->requester_name != '\0')
    {
      id = kip_store_new_id (store);
      kip_change_set_text (change, KIP_KIND_PERSON, id, KIP_FIELD_NAME, ticket->requester_name);
    }
  return id;
}

static KipId
team_of (KipStore           *store,
         const KipNewTicket *ticket)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  const KipCategory *category = kip_office_category (office, ticket->category);

  if (ticket->team != KIP_ID_NONE)
    return ticket->team;
  return category != NULL ? category->team : KIP_ID_NONE;
}

/* Somebody who rings or stands at the desk is being answered. */
static gboolean
is_on_line (const KipNewTicket *ticket,
            KipChannel          channel,
            KipInstant          now)
{
  if (ticket->not_on_line || (channel != KIP_CHANNEL_PHONE && channel != KIP_CHANNEL_WALK_IN))
    return FALSE;
  return ticket->received == KIP_INSTANT_NONE || ticket->received >= now - KIP_MS_PER_MINUTE;
}

static void
put_texts (KipChange          *change,
           KipId               id,
           const KipNewTicket *ticket)
{
  kip_change_set_text (change, KIP_KIND_TICKET, id, KIP_FIELD_SUBJECT, ticket->subject);
  if (ticket->description != NULL && *ticket->description != '\0')
    kip_change_set_text (change, KIP_KIND_TICKET, id, KIP_FIELD_DESCRIPTION, ticket->description);
}

static void
put_levels (KipChange          *change,
            KipId               id,
            const KipNewTicket *ticket)
{
  if (ticket->impact != 0)
    kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_IMPACT, ticket->impact);
  if (ticket->urgency != 0)
    kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_URGENCY, ticket->urgency);
}

KipChange *
kip_command_new_ticket (KipStore           *store,
                        const KipNewTicket *ticket,
                        KipId              *ret_id)
{
  KipChange *change = change_for (store, "new");
  KipId id = kip_store_new_id (store);
  KipId requester = requester_of (store, change, ticket);
  KipChannel channel = ticket->channel != 0 ? ticket->channel : KIP_CHANNEL_PHONE;

  kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_NUMBER, 0);
  put_texts (change, id, ticket);
  put_phase (store, change, id, ticket->assignee != KIP_ID_NONE ? KIP_PHASE_OPEN : KIP_PHASE_NEW);
  set_id (change, id, KIP_FIELD_REQUESTER, requester);
  kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_CHANNEL, channel);
  if (ticket->received != KIP_INSTANT_NONE)
    kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_RECEIVED, ticket->received);
  set_id (change, id, KIP_FIELD_CATEGORY, ticket->category);
  set_id (change, id, KIP_FIELD_TEAM, team_of (store, ticket));
  set_id (change, id, KIP_FIELD_ASSIGNEE, ticket->assignee);
  put_levels (change, id, ticket);
  if (is_on_line (ticket, channel, change->stamp->at))
    kip_change_set_int (change, KIP_KIND_TICKET, id, KIP_FIELD_ON_LINE, 1);
  if (ret_id != NULL)
    *ret_id = id;
  return change;
}

/* ---- one or many tickets ---- */

static const char *
one_or_bulk (guint       n,
             const char *action)
{
  return n > 1 ? "bulk" : action;
}

static const char *
action_for (KipField field)
{
  switch ((int) field)
    {
    case KIP_FIELD_ASSIGNEE:
      return "assign";
    case KIP_FIELD_DELETED:
      return "delete";
    default:
      return "edit";
    }
}

KipChange *
kip_command_set_field (KipStore    *store,
                       const KipId *ids,
                       guint        n,
                       KipField     field,
                       KipValue    *value)
{
  KipChange *change = change_for (store, one_or_bulk (n, action_for (field)));

  for (guint i = 0; i < n; i++)
    kip_change_set (change, KIP_KIND_TICKET, ids[i], field, kip_value_ref (value));
  kip_value_unref (value);
  return change;
}

KipChange *
kip_command_assign (KipStore    *store,
                    const KipId *ids,
                    guint        n,
                    KipId        assignee)
{
  KipValue *value = assignee != KIP_ID_NONE ? kip_value_int ((gint64) assignee) : kip_value_none ();

  return kip_command_set_field (store, ids, n, KIP_FIELD_ASSIGNEE, value);
}

KipChange *
kip_command_take (KipStore       *store,
                  const KipId    *ids,
                  const KipPhase *phases,
                  guint           n)
{
  KipChange *change = change_for (store, "take");

  for (guint i = 0; i < n; i++)
    {
      set_id (change, ids[i], KIP_FIELD_ASSIGNEE, kip_store_get_me (store));
      if (phases != NULL && phases[i] == KIP_PHASE_NEW)
        put_phase (store, change, ids[i], KIP_PHASE_OPEN);
    }
  return change;
}

KipChange *
kip_command_set_status (KipStore        *store,
                        const KipId     *ids,
                        guint            n,
                        const KipStatus *status)
{
  KipChange *change = change_for (store, one_or_bulk (n, "status"));

  for (guint i = 0; i < n; i++)
    put_status (change, ids[i], status);
  return change;
}

KipChange *
kip_command_set_priority (KipStore    *store,
                          const KipId *ids,
                          guint        n,
                          int          priority,
                          const char  *reason)
{
  KipValue *value;

  if (priority == 0)
    return kip_command_set_field (store, ids, n, KIP_FIELD_PRIORITY, kip_value_none ());
  value = kip_value_map ();
  kip_value_put (value, 1, kip_value_int (priority));
  if (reason != NULL && *reason != '\0')
    kip_value_put (value, 2, kip_value_text (reason));
  return kip_command_set_field (store, ids, n, KIP_FIELD_PRIORITY, value);
}

KipChange *
kip_command_tag (KipStore    *store,
                 const KipId *ids,
                 guint        n,
                 const char  *tag,
                 gboolean     add)
{
  KipChange *change = change_for (store, one_or_bulk (n, "tag"));

  for (guint i = 0; i < n; i++)
    if (add)
      kip_change_add (change, KIP_KIND_TICKET, ids[i], KIP_FIELD_TAGS, kip_value_text (tag));
    else
      kip_change_remove (change, KIP_KIND_TICKET, ids[i], KIP_FIELD_TAGS, kip_value_text (tag));
  return change;
}

KipChange *
kip_command_delete (KipStore    *store,
                    const KipId *ids,
                    guint        n,
                    gboolean     deleted)
{
  return kip_command_set_field (store, ids, n, KIP_FIELD_DELETED,
                                deleted ? kip_value_int (1) : kip_value_none ());
}

/* ---- messages ---- */

static const char *
message_action (KipMessageKind kind)
{
  const KipChoice *choice = kip_choice_find (kip_schema_message_kinds (), kind);

  return choice != NULL ? choice->key : "message";
}

/* The phase that a message moves the ticket to by itself; 0: none. */
static KipPhase
phase_after (const KipTicket *ticket,
             KipMessageKind   kind)
{
  gboolean waits_for_them = ticket->pause == KIP_PAUSE_REQUESTER;

  if (kind == KIP_MESSAGE_INCOMING)
    return waits_for_them || !kip_phase_is_open (ticket->phase) ? KIP_PHASE_OPEN : 0;
  if (kind == KIP_MESSAGE_REPLY || kind == KIP_MESSAGE_CALL)
    return ticket->phase == KIP_PHASE_NEW ? KIP_PHASE_OPEN : 0;
  return 0;
}

KipChange *
kip_command_message (KipStore        *store,
                     const KipTicket *ticket,
                     KipMessageKind   kind,
                     const char      *text,
                     const KipStatus *then)
{
  KipChange *change = change_for (store, message_action (kind));
  KipEvent *event = kip_change_add_message (change, ticket->id, kind, text);
  KipPhase phase = phase_after (ticket, kind);

  if (kind == KIP_MESSAGE_INCOMING && ticket->requester != KIP_ID_NONE)
    kip_value_put (event->value, 3, kip_value_int ((gint64) ticket->requester));
  if (then != NULL)
    put_status (change, ticket->id, then);
  else if (phase != 0)
    put_phase (store, change, ticket->id, phase);
  return change;
}

KipChange *
kip_command_resolve (KipStore    *store,
                     const KipId *ids,
                     guint        n,
                     const char  *cause,
                     const char  *done)
{
  KipChange *change = change_for (store, one_or_bulk (n, "resolve"));

  for (guint i = 0; i < n; i++)
    {
      if (cause != NULL && *cause != '\0')
        kip_change_set_text (change, KIP_KIND_TICKET, ids[i], KIP_FIELD_CAUSE, cause);
      if (done != NULL && *done != '\0')
        kip_change_set_text (change, KIP_KIND_TICKET, ids[i], KIP_FIELD_DONE, done);
      put_phase (store, change, ids[i], KIP_PHASE_RESOLVED);
    }
  return change;
}

KipChange *
kip_command_reopen (KipStore    *store,
                    const KipId *ids,
                    guint        n)
{
  KipChange *change = change_for (store, one_or_bulk (n, "reopen"));

  for (guint i = 0; i < n; i++)
    put_phase (store, change, ids[i], KIP_PHASE_OPEN);
  return change;
}

/* ---- one ticket ---- */

KipChange *
kip_command_work (KipStore   *store,
                  KipId       ticket,
                  gint64      seconds,
                  const char *note)
{
  KipChange *change = change_for (store, "work");
  KipValue *value = kip_value_map ();

  kip_value_put (value, 1, kip_value_int (seconds));
  if (note != NULL && *note != '\0')
    kip_value_put (value, 2, kip_value_text (note));
  kip_change_entry (change, KIP_KIND_TICKET, ticket, KIP_FIELD_WORK, value);
  return change;
}

KipChange *
kip_command_survey (KipStore   *store,
                    KipId       ticket,
                    int         score,
                    const char *comment)
{
  KipChange *change = change_for (store, "survey");
  KipValue *value = kip_value_map ();

  kip_value_put (value, 1, kip_value_int (CLAMP (score, 1, 5)));
  if (comment != NULL && *comment != '\0')
    kip_value_put (value, 2, kip_value_text (comment));
  kip_change_entry (change, KIP_KIND_TICKET, ticket, KIP_FIELD_SURVEY, value);
  return change;
}

KipChange *
kip_command_attach (KipStore     *store,
                    KipId         ticket,
                    const char   *name,
                    gint64        size,
                    const guint8 *hash,
                    const char   *mime)
{
  KipChange *change = change_for (store, "attach");
  KipValue *value = kip_value_map ();

  kip_value_put (value, 1, kip_value_text (name));
  kip_value_put (value, 2, kip_value_int (size));
  kip_value_put (value, 3, kip_value_bytes (hash, 32));
  kip_value_put (value, 4, kip_value_text (mime));
  kip_change_entry (change, KIP_KIND_TICKET, ticket, KIP_FIELD_ATTACHMENT, value);
  return change;
}

KipChange *
kip_command_merge (KipStore    *store,
                   const KipId *sources,
                   guint        n,
                   KipId        target)
{
  KipChange *change = change_for (store, "merge");

  for (guint i = 0; i < n; i++)
    if (sources[i] != target)
      set_id (change, sources[i], KIP_FIELD_MERGED_INTO, target);
  return change;
}

KipChange *
kip_command_unmerge (KipStore *store,
                     KipId     source)
{
  KipChange *change = change_for (store, "unmerge");

  kip_change_clear (change, KIP_KIND_TICKET, source, KIP_FIELD_MERGED_INTO);
  return change;
}

static void
put_link (KipChange *change,
          KipId      from,
          KipId      to,
          gboolean   linked)
{
  KipValue *element = kip_value_int ((gint64) to);

  if (linked)
    kip_change_add (change, KIP_KIND_TICKET, from, KIP_FIELD_LINKS, element);
  else
    kip_change_remove (change, KIP_KIND_TICKET, from, KIP_FIELD_LINKS, element);
}

KipChange *
kip_command_link (KipStore *store,
                  KipId     a,
                  KipId     b,
                  gboolean  linked)
{
  KipChange *change = change_for (store, linked ? "link" : "unlink");

  put_link (change, a, b, linked);
  put_link (change, b, a, linked);
  return change;
}

KipChange *
kip_command_set_parent (KipStore *store,
                        KipId     child,
                        KipId     parent)
{
  KipChange *change = change_for (store, "parent");

  if (parent != KIP_ID_NONE && parent != child)
    set_id (change, child, KIP_FIELD_PARENT, parent);
  else
    kip_change_clear (change, KIP_KIND_TICKET, child, KIP_FIELD_PARENT);
  return change;
}

KipChange *
kip_command_pick (KipStore *store,
                  KipKind   kind,
                  KipId     entity,
                  KipField  field,
                  KipValue *value)
{
  KipChange *change = change_for (store, "pick");

  kip_change_set (change, kind, entity, field, kip_value_ref (value));
  return change;
}

static const KipEvent *
claim_by (KipEntity         *entity,
          const KipConflict *conflict,
          KipId              author)
{
  for (guint i = 0; i < conflict->claims->len; i++)
    {
      const KipEvent *claim = g_ptr_array_index (conflict->claims, i);

      if (kip_conflict_origin (entity, claim)->stamp->author == author)
        return claim;
    }
  return NULL;
}

KipChange *
kip_command_pick_by (KipStore        *store,
                     const KipTicket *ticket,
                     KipId            author)
{
  g_autoptr (GPtrArray) conflicts = kip_conflict_list (ticket->entity);
  KipChange *change = change_for (store, "pick");

  for (guint i = 0; i < conflicts->len; i++)
    {
      const KipConflict *conflict = g_ptr_array_index (conflicts, i);
      const KipEvent *claim = claim_by (ticket->entity, conflict, author);

      if (claim != NULL)
        kip_change_set (change, KIP_KIND_TICKET, ticket->id, conflict->field,
                        claim->value != NULL ? kip_value_ref (claim->value) : kip_value_none ());
    }
  return change;
}

KipChange *
kip_command_as_seen (KipChange       *change,
                     const KipTicket *ticket)
{
  for (guint i = 0; i < change->events->len; i++)
    {
      KipEvent *event = g_ptr_array_index (change->events, i);
      GPtrArray *writes;

      if (event->kind != KIP_KIND_TICKET || event->entity != ticket->id || event->verb != KIP_VERB_SET)
        continue;
      writes = kip_entity_get_writes (ticket->entity, event->field);
      for (guint j = 0; writes != NULL && j < writes->len; j++)
        kip_event_add_ref (event, &((const KipEvent *) g_ptr_array_index (writes, j))->id);
      event->saw_refs = TRUE;
    }
  return change;
}

/* ---- texts ---- */

static const char *
name_or_empty (const KipPerson *person)
{
  return person != NULL ? person->name : "";
}

char *
kip_canned_fill (const char      *text,
                 KipStore        *store,
                 const KipTicket *ticket,
                 const char      *due)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  g_autofree char *number = kip_ticket_number_format (ticket->number);
  const struct
  {
    const char *placeholder, *value;
  } table[] = {
    { "{requester}", name_or_empty (kip_office_person (office, ticket->requester)) },
    { "{number}", number },
    { "{subject}", ticket->subject },
    { "{agent}", name_or_empty (kip_office_person (office, kip_store_get_me (store))) },
    { "{office}", kip_office_get_name (office) },
    { "{due}", due != NULL ? due : "" },
  };
  GString *filled = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize taken = 0;

      for (guint i = 0; i < G_N_ELEMENTS (table) && taken == 0; i++)
        if (g_str_has_prefix (text, table[i].placeholder))
          {
            g_string_append (filled, table[i].value);
            taken = strlen (table[i].placeholder);
          }
      if (taken == 0)
        g_string_append_c (filled, *text);
      text += MAX (taken, 1);
    }
  return g_string_free (filled, FALSE);
}
