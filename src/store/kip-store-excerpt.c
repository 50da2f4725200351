/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

#include "kip-excerpt.h"

static char *
excerpt_of_ticket (const KipTicket *ticket,
                   GPtrArray       *words)
{
  char *excerpt = NULL;

  for (guint i = ticket->messages->len; excerpt == NULL && i > 0; i--)
    excerpt = kip_excerpt_around (g_array_index (ticket->messages, KipMessage, i - 1).text, words);
  if (excerpt == NULL)
    excerpt = kip_excerpt_around (ticket->description, words);
  if (excerpt == NULL)
    excerpt = kip_excerpt_around (ticket->done, words);
  if (excerpt == NULL)
    excerpt = kip_excerpt_around (ticket->cause, words);
  for (guint i = 0; excerpt == NULL && i < ticket->works->len; i++)
    excerpt = kip_excerpt_around (g_array_index (ticket->works, KipWork, i).note, words);
  for (guint i = 0; excerpt == NULL && i < ticket->attachments->len; i++)
    excerpt = kip_excerpt_around (g_array_index (ticket->attachments, KipAttachment, i).name, words);
  return excerpt;
}

char *
kip_store_excerpt (KipStore       *store,
                   KipId           id,
                   const KipQuery *query)
{
  g_autoptr (GPtrArray) words = kip_excerpt_words (query);
  g_autoptr (KipTicket) ticket = NULL;
  g_autofree char *subject = NULL;

  if (words->len == 0 || (ticket = kip_store_ticket (store, id, NULL)) == NULL)
    return NULL;
  subject = kip_excerpt_mark (ticket->subject, words);
  return subject != NULL ? NULL : excerpt_of_ticket (ticket, words);
}
