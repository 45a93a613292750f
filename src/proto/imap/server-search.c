/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SEARCH and UID SEARCH: which messages fit a tree of keys.
 *
 * Texts are compared as people read them: encoded words and transfer
 * encodings decoded, upper and lower case the same.  What a message needs for
 * that is made once, and only when a key asks for it.
 *
 * RFC 3501 sections 6.4.4, 6.4.8 and 7.2.5; RFC 9051 section 6.4.4; RFC 4731;
 * RFC 5182; RFC 7162 sections 3.1.5, 3.1.6 and 3.1.10.
 */

#include "proto/imap/search-keys.h"
#include "proto/imap/search-reply.h"
#include "proto/imap/server-private.h"

#include "base/limits.h"
#include "mail/keywords.h"
#include "mail/message.h"

#include <string.h>

/* Day 1 of GDate is 1 January 1. */
#define DAY_OF_1970 719163
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* One message under test. */
typedef struct
{
  const PcImapView *view;
  const GArray     *saved; /* of "$": UIDs */
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

static gboolean
has_keyword (const Candidate *self,
             const char      *name)
{
  const char *const names[] = { name, NULL };
  const PcMailbox  *mailbox = pc_imap_view_get_mailbox (self->view);

  return (self->message->keywords &
          pc_mailbox_find_keywords (mailbox, names)) != 0;
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
  case PC_IMAP_KEY_SAVED:
    return pc_imap_has_uid (self->saved, message->uid);
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
    return has_keyword (self, key->name);
  case PC_IMAP_KEY_MODSEQ:
    return message->modseq >= key->number;
  default:
    g_assert_not_reached ();
  }
}

/* What fits, by number and by UID. */
static void
find (PcImapServer *self,
      PcImapKey    *key,
      GArray       *numbers,
      GArray       *uids)
{
  guint n = pc_imap_view_get_n_messages (self->view);

  pc_imap_key_resolve (
      key, n, n > 0 ? pc_imap_view_get_uid (self->view, n - 1) : 0);
  for (guint i = 0; i < n; i++) {
    Candidate candidate = { .view = self->view,
                            .saved = self->saved,
                            .number = i + 1 };

    candidate.message = pc_imap_view_get_message (self->view, i);
    if (candidate.message != NULL && matches (&candidate, key)) {
      g_array_append_val (numbers, candidate.number);
      g_array_append_val (uids, candidate.message->uid);
    }
    g_free (candidate.header);
    g_free (candidate.body);
    g_free (candidate.mime);
  }
}

/* The highest mod-sequence of what the answer names (RFC 4731 section 3.2);
 * 0 when nothing was found. */
static guint64
find_modseq (const PcImapServer      *self,
             const PcImapSearchReply *reply,
             const GArray            *uids)
{
  gboolean ends = (reply->min || reply->max) && !reply->all && !reply->count;
  guint64  highest = 0;

  for (guint i = 0; i < uids->len; i++) {
    const PcMessage *message;

    if (ends && !(reply->min && i == 0) &&
        !(reply->max && i + 1 == uids->len))
      continue;
    message = pc_mailbox_find_uid (pc_imap_view_get_mailbox (self->view),
                                   g_array_index (uids, guint32, i));
    highest = MAX (highest, message->modseq);
  }

  return highest;
}

static void
send_found (PcImapServer            *self,
            const PcImapCommand     *command,
            const PcImapSearchReply *reply,
            PcImapKey               *key)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GArray)  numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray)  uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint64             modseq = 0;

  find (self, key, numbers, uids);
  if (pc_imap_key_contains (key, PC_IMAP_KEY_MODSEQ)) {
    pc_imap_server_enable (self, PC_IMAP_ENABLED_CONDSTORE);
    modseq = find_modseq (self, reply, uids);
  }
  pc_imap_write_found (out, reply, command->tag, command->uid,
                       command->uid ? uids : numbers, modseq);
  if (reply->save) {
    g_array_unref (self->saved);
    self->saved = pc_imap_search_choose_saved (reply, uids);
  }
  pc_engine_send (&self->base, out->str, out->len);
  pc_imap_server_ok (self, command, "Searched");
}

/* A SEARCH that should have saved something, and fails, saves nothing (RFC
 * 5182 section 2.1); one that is not understood changes nothing. */
static void
refuse (PcImapServer            *self,
        const PcImapCommand     *command,
        const PcImapSearchReply *reply,
        const char              *code,
        const char              *text)
{
  if (reply->save)
    g_array_set_size (self->saved, 0);
  pc_imap_server_no (self, command, code, text);
}

/* With UTF8=ACCEPT there is but one (RFC 6855 section 3). */
static gboolean
may_name_charset (const PcImapServer *self,
                  PcImapCursor        args)
{
  return (self->enabled & PC_IMAP_ENABLED_UTF8) == 0 ||
         !pc_imap_read_word (&args, "CHARSET");
}

/* search = "SEARCH" [SP return] SP [charset] keys */
void
pc_imap_run_search (PcImapServer  *self,
                    PcImapCommand *command)
{
  g_autoptr (PcImapKey) key = NULL;
  PcImapSearchResult    result = PC_IMAP_SEARCH_BAD;
  PcImapSearchReply     reply = { 0 };

  if (pc_imap_read_char (&command->args, ' ') &&
      pc_imap_read_search_return (&command->args, &reply) &&
      may_name_charset (self, command->args))
    result = pc_imap_read_search (&command->args, &key);
  /* IMAP4rev2 has no other answer (RFC 9051 section 6.4.4). */
  if (pc_imap_server_is_rev2 (self) && !reply.extended)
    reply.extended = reply.all = TRUE;

  switch (result) {
  case PC_IMAP_SEARCH_DONE:
    send_found (self, command, &reply, key);
    break;
  case PC_IMAP_SEARCH_CHARSET:
    refuse (self, command, &reply, "[BADCHARSET (US-ASCII UTF-8)]",
            "That character set is not known here");
    break;
  case PC_IMAP_SEARCH_LIMIT:
    refuse (self, command, &reply, "[LIMIT]",
            "That is too much to look for at once");
    break;
  case PC_IMAP_SEARCH_BAD:
  default:
    pc_imap_server_bad (self, command, "That cannot be searched for");
  }
}
