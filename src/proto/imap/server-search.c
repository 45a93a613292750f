/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SEARCH and UID SEARCH: which messages fit a tree of keys.
 *
 * Texts are compared as people read them: encoded words and transfer
 * encodings decoded, upper and lower case the same.  What a message needs for
 * that is made once, and only when a key asks for it.
 *
 * RFC 3501 sections 6.4.4, 6.4.8 and 7.2.5; RFC 9051 section 6.4.4.
 */

#include "proto/imap/search-keys.h"
#include "proto/imap/server-private.h"

#include "base/limits.h"
#include "mail/message.h"

#include <string.h>

/* Day 1 of GDate is 1 January 1. */
#define DAY_OF_1970 719163
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* One message under test. */
typedef struct
{
  const PcImapView *view;
  const PcMessage  *message;
  guint32           number;
  char             *header; /* folded text; NULL until asked for */
  char             *body;
  char             *mime;
} Candidate;

static gboolean
in_ranges (const GArray *ranges,
           guint32       number)
{
  guint low = 0, high = ranges->len;

  while (low < high) {
    guint              middle = low + (high - low) / 2;
    const PcImapRange *range = &g_array_index (ranges, PcImapRange, middle);

    if (number < range->from)
      high = middle;
    else if (number > range->to)
      low = middle + 1;
    else
      return TRUE;
  }

  return FALSE;
}

/* Takes @text. */
static char *
fold (char *text)
{
  char *folded = g_utf8_casefold (text, -1);

  g_free (text);
  return folded;
}

static const char *
get_header (Candidate *self)
{
  gsize         len;
  gconstpointer data = g_bytes_get_data (self->message->content, &len);

  if (self->header == NULL)
    self->header = fold (pc_message_get_header_text (data, len));
  return self->header;
}

static const char *
get_body (Candidate *self)
{
  if (self->body == NULL)
    self->body = fold (pc_message_get_body_text (self->message->content));
  return self->body;
}

static const char *
get_mime (Candidate *self)
{
  if (self->mime == NULL)
    self->mime = fold (pc_message_get_mime_text (self->message->content));
  return self->mime;
}

/* Any field of the name; an empty text is in all of them. */
static gboolean
matches_header (const Candidate *self,
                const PcImapKey *key)
{
  gsize         len;
  gconstpointer data = g_bytes_get_data (self->message->content, &len);
  PcHeaderField field;
  gsize         offset = 0;

  while (pc_message_next_field (data, len, &offset, &field)) {
    g_autofree char *value = NULL;

    if (field.name_len != strlen (key->name) ||
        g_ascii_strncasecmp ((const char *) field.data, key->name,
                             field.name_len) != 0)
      continue;
    value = fold (pc_message_get_field_text (field.data, field.len,
                                             key->name));
    if (strstr (value, key->text) != NULL)
      return TRUE;
  }

  return FALSE;
}

static guint64
arrival_day (const PcMessage *message)
{
  gint64 time = message->internal_date;
  gint64 day = time / DAY - (time % DAY < 0 ? 1 : 0) + DAY_OF_1970;

  return (guint64) MAX (day, 0);
}

/* 0 when there is no date that can be read; it is then on no day. */
static guint64
sent_day (const Candidate *self)
{
  gsize         len;
  gconstpointer data = g_bytes_get_data (self->message->content, &len);

  return pc_message_get_sent_day (data, len);
}

static gboolean matches (Candidate       *self,
                         const PcImapKey *key);

static gboolean
matches_children (Candidate       *self,
                  const PcImapKey *key)
{
  for (guint i = 0; i < key->children->len; i++) {
    gboolean match = matches (self, g_ptr_array_index (key->children, i));

    if (key->kind == PC_IMAP_KEY_NOT)
      return !match;
    if (match == (key->kind == PC_IMAP_KEY_OR))
      return match;
  }

  return key->kind == PC_IMAP_KEY_AND;
}

static gboolean
matches_sent (const Candidate *self,
              const PcImapKey *key)
{
  guint64 day = sent_day (self);

  if (day == 0)
    return FALSE;
  if (key->kind == PC_IMAP_KEY_SENT_BEFORE)
    return day < key->number;

  return key->kind == PC_IMAP_KEY_SENT_ON ? day == key->number
                                          : day >= key->number;
}

static gboolean
matches (Candidate       *self,
         const PcImapKey *key)
{
  const PcMessage *message = self->message;

  switch (key->kind) {
  case PC_IMAP_KEY_AND:
  case PC_IMAP_KEY_OR:
  case PC_IMAP_KEY_NOT:
    return matches_children (self, key);
  case PC_IMAP_KEY_NUMBERS:
    return in_ranges (key->ranges, self->number);
  case PC_IMAP_KEY_UIDS:
    return in_ranges (key->ranges, message->uid);
  case PC_IMAP_KEY_FLAG:
    return (message->flags & key->flags) != 0;
  case PC_IMAP_KEY_RECENT:
    return pc_imap_view_is_recent (self->view, message->uid);
  case PC_IMAP_KEY_BEFORE:
    return arrival_day (message) < key->number;
  case PC_IMAP_KEY_ON:
    return arrival_day (message) == key->number;
  case PC_IMAP_KEY_SINCE:
    return arrival_day (message) >= key->number;
  case PC_IMAP_KEY_SENT_BEFORE:
  case PC_IMAP_KEY_SENT_ON:
  case PC_IMAP_KEY_SENT_SINCE:
    return matches_sent (self, key);
  case PC_IMAP_KEY_LARGER:
    return g_bytes_get_size (message->content) > key->number;
  case PC_IMAP_KEY_SMALLER:
    return g_bytes_get_size (message->content) < key->number;
  case PC_IMAP_KEY_HEADER:
    return matches_header (self, key);
  case PC_IMAP_KEY_BODY:
    return strstr (get_body (self), key->text) != NULL;
  case PC_IMAP_KEY_TEXT:
    return strstr (get_header (self), key->text) != NULL ||
           strstr (get_body (self), key->text) != NULL ||
           strstr (get_mime (self), key->text) != NULL;
  case PC_IMAP_KEY_KEYWORD:
  default:
    return FALSE;
  }
}

static void
send_found (PcImapServer *self,
            PcImapKey    *key,
            gboolean      uid)
{
  g_autoptr (GString) out = g_string_new ("* SEARCH");
  guint               n = pc_imap_view_get_n_messages (self->view);

  pc_imap_key_resolve (
      key, n, n > 0 ? pc_imap_view_get_uid (self->view, n - 1) : 0);
  for (guint i = 0; i < n; i++) {
    Candidate candidate = { .view = self->view, .number = i + 1 };

    candidate.message = pc_imap_view_get_message (self->view, i);
    if (candidate.message != NULL && matches (&candidate, key))
      g_string_append_printf (out, " %u",
                              uid ? candidate.message->uid : i + 1);
    g_free (candidate.header);
    g_free (candidate.body);
    g_free (candidate.mime);
  }
  g_string_append (out, "\r\n");
  pc_engine_send (&self->base, out->str, out->len);
}

/* search = "SEARCH" SP [charset] keys */
void
pc_imap_run_search (PcImapServer  *self,
                    PcImapCommand *command)
{
  g_autoptr (PcImapKey) key = NULL;
  PcImapSearchResult    result = PC_IMAP_SEARCH_BAD;

  if (pc_imap_read_char (&command->args, ' '))
    result = pc_imap_read_search (&command->args, &key);

  switch (result) {
  case PC_IMAP_SEARCH_DONE:
    send_found (self, key, command->uid);
    pc_imap_server_ok (self, command, "Searched");
    break;
  case PC_IMAP_SEARCH_CHARSET:
    pc_imap_server_no (self, command, "[BADCHARSET (US-ASCII UTF-8)]",
                       "That character set is not known here");
    break;
  case PC_IMAP_SEARCH_LIMIT:
    pc_imap_server_no (self, command, "[LIMIT]",
                       "That is too much to look for at once");
    break;
  case PC_IMAP_SEARCH_BAD:
  default:
    pc_imap_server_bad (self, command, "That cannot be searched for");
  }
}
