/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client remembers: capabilities, the map from numbers to UIDs, and
 * UIDVALIDITY of the mailboxes it has seen.
 *
 * Every EXPUNGE moves the numbers behind it, one at a time.  A server that
 * claims more messages than we would ever keep gets no map.
 *
 * RFC 3501 and RFC 9051 sections 2.3.1, 7.1, 7.2 and 7.4 (7.5).
 */

#include "proto/imap/client-known.h"

#include "base/limits.h"

#include <string.h>

void
pc_imap_known_init (PcImapKnown *self)
{
  *self = (PcImapKnown){ 0 };
  self->uids = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->validities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            NULL);
}

void
pc_imap_known_clear (PcImapKnown *self)
{
  g_clear_pointer (&self->capabilities, g_ptr_array_unref);
  g_clear_pointer (&self->uids, g_array_unref);
  g_clear_pointer (&self->validities, g_hash_table_unref);
}

/* -- capabilities --------------------------------------------------------- */

void
pc_imap_known_forget (PcImapKnown *self)
{
  g_clear_pointer (&self->capabilities, g_ptr_array_unref);
  self->fresh = FALSE;
}

gboolean
pc_imap_known_can (const PcImapKnown *self,
                   const char        *capability)
{
  for (guint i = 0; self->capabilities != NULL && i < self->capabilities->len;
       i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (self->capabilities, i),
                            capability) == 0)
      return TRUE;

  return FALSE;
}

gboolean
pc_imap_known_lacks (const PcImapKnown *self,
                     const char        *capability)
{
  return self->capabilities != NULL && !pc_imap_known_can (self, capability);
}

PcSaslMechanism
pc_imap_known_get_mechanism (const PcImapKnown *self)
{
  for (guint i = PC_SASL_N_MECHANISMS; i > 0; i--) {
    g_autofree char *name = g_strconcat ("AUTH=", pc_sasl_get_name (i - 1),
                                         NULL);

    if (pc_imap_known_can (self, name))
      return i - 1;
  }

  return PC_SASL_PLAIN;
}

/* *(SP capability), up to "]" or the line end. */
static void
take_capabilities (PcImapKnown *self,
                   PcImapCursor at)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  char                 *word;

  while (words->len < PC_LIMIT_IMAP_CAPABILITIES &&
         pc_imap_read_char (&at, ' ') && pc_imap_read_atom (&at, &word))
    g_ptr_array_add (words, word);

  g_clear_pointer (&self->capabilities, g_ptr_array_unref);
  self->capabilities = g_steal_pointer (&words);
  self->fresh = TRUE;
}

/* *(SP capability): names of mailboxes change their form (RFC 6855 section 3,
 * RFC 9051 appendix A). */
static void
take_enabled (PcImapKnown *self,
              PcImapCursor at)
{
  g_autofree char *word = NULL;

  while (pc_imap_read_char (&at, ' ') && pc_imap_read_atom (&at, &word)) {
    self->utf8 = self->utf8 || g_ascii_strcasecmp (word, "IMAP4rev2") == 0 ||
                 g_ascii_strcasecmp (word, "UTF8=ACCEPT") == 0;
    g_clear_pointer (&word, g_free);
  }
}

/* -- the open mailbox ----------------------------------------------------- */

void
pc_imap_known_deselect (PcImapKnown *self)
{
  g_array_set_size (self->uids, 0);
  self->validity = 0;
}

/* The array is cleared where it grows: those UIDs are not known. */
static void
take_exists (PcImapKnown *self,
             guint64      count)
{
  g_array_set_size (self->uids, count > PC_LIMIT_MAILBOX_MESSAGES
                                    ? 0
                                    : (guint) count);
}

/* "UID 7" anywhere in the list. */
static void
take_fetch (PcImapKnown *self,
            PcImapCursor at,
            guint64      number)
{
  guint64 uid;

  if (number == 0 || number > self->uids->len ||
      !pc_imap_read_char (&at, ' ') || !pc_imap_read_char (&at, '('))
    return;

  do {
    if (pc_imap_read_word (&at, "UID")) {
      if (pc_imap_read_char (&at, ' ') &&
          pc_imap_read_number (&at, G_MAXUINT32, &uid))
        g_array_index (self->uids, guint32, number - 1) = (guint32) uid;
      return;
    }
    if (!pc_imap_skip_value (&at) || !pc_imap_read_char (&at, ' ') ||
        !pc_imap_skip_value (&at))
      return;
  } while (pc_imap_read_char (&at, ' '));
}

static void
take_number (PcImapKnown *self,
             PcImapCursor at)
{
  guint64 number;

  if (!pc_imap_read_number (&at, G_MAXUINT32, &number) ||
      !pc_imap_read_char (&at, ' '))
    return;

  self->news = TRUE;
  if (pc_imap_read_word (&at, "EXISTS"))
    take_exists (self, number);
  else if (pc_imap_read_word (&at, "EXPUNGE") && number > 0 &&
           number <= self->uids->len)
    g_array_remove_index (self->uids, (guint) number - 1);
  else if (pc_imap_read_word (&at, "FETCH"))
    take_fetch (self, at, number);
}

/* Behind "OK", "NO" and the like. */
static void
take_code (PcImapKnown *self,
           PcImapCursor at)
{
  guint64 number;

  if (!pc_imap_read_char (&at, ' '))
    return;
  if (pc_imap_read_word (&at, "[CAPABILITY"))
    take_capabilities (self, at);
  else if (pc_imap_read_word (&at, "[UIDVALIDITY") &&
           pc_imap_read_char (&at, ' ') &&
           pc_imap_read_number (&at, G_MAXUINT32, &number))
    self->validity = (guint32) number;
}

void
pc_imap_known_take (PcImapKnown *self,
                    PcImapCursor at)
{
  if (at.pos < at.len && g_ascii_isdigit (at.data[at.pos]))
    take_number (self, at);
  else if (pc_imap_read_word (&at, "CAPABILITY"))
    take_capabilities (self, at);
  else if (pc_imap_read_word (&at, "ENABLED"))
    take_enabled (self, at);
  else if (pc_imap_read_word (&at, "OK") ||
           pc_imap_read_word (&at, "PREAUTH") ||
           pc_imap_read_word (&at, "NO"))
    take_code (self, at);
}

char *
pc_imap_known_find_uids (const PcImapKnown *self,
                         const char        *set)
{
  PcImapCursor        at = { (const guint8 *) set, strlen (set), 0 };
  g_autoptr (GArray)  ranges = NULL;
  g_autoptr (GArray)  uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GString) out = NULL;

  if (!pc_imap_read_set (&at, &ranges))
    return NULL;

  pc_imap_set_resolve (ranges, self->uids->len);
  for (guint r = 0; r < ranges->len; r++) {
    PcImapRange range = g_array_index (ranges, PcImapRange, r);

    if (range.from == 0 || range.to > self->uids->len)
      return NULL;
    for (guint32 i = range.from; i <= range.to; i++) {
      guint32 uid = g_array_index (self->uids, guint32, i - 1);

      if (uid == 0)
        return NULL;
      g_array_append_val (uids, uid);
    }
  }

  out = g_string_new (NULL);
  pc_imap_write_set (out, uids);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
