/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client passes on to whoever told it what to do: parts of messages as
 * they came, and one readable line for each thing found, listed or counted.
 *
 * Names of mailboxes are the server's; they are shown, never taken for paths.
 *
 * RFC 3501 section 7, RFC 9051 sections 7.1, 7.3 and 7.5.
 */

#include "proto/imap/client-private.h"

#include "proto/imap/utf7.h"

#include "base/text.h"

#include <string.h>

#define LINE_CHARS 2000

static void
push_item (PcImapClient *self,
           const char   *number,
           const char   *name,
           const guint8 *data,
           gsize         len)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, len);
  g_autofree char   *text =
      g_strdup_printf ("%s %s %s",
                       self->mailbox != NULL ? self->mailbox : "", number,
                       name);

  pc_engine_push_event (&self->base, PC_EVENT_ITEM, text, bytes, 0);
}

/* @text and a line end. */
static void
push_line (PcImapClient *self,
           const char   *name,
           const char   *text)
{
  g_autofree char   *line = g_strconcat (text, "\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (line, strlen (line));

  pc_engine_push_event (&self->base, PC_EVENT_ITEM, name, bytes, 0);
}

/* The rest of the response, without its line end.  Transfer full. */
static char *
get_rest (const PcImapCursor *at)
{
  return pc_text_from_wire (at->data + at->pos, at->len - at->pos,
                            PC_TEXT_NO_EOL | PC_TEXT_ONE_LINE, LINE_CHARS);
}

/* -- FETCH ---------------------------------------------------------------- */

/* One item's name: up to the space that is not inside brackets. */
static char *
read_item_name (PcImapCursor *at)
{
  gsize    start = at->pos;
  gboolean bracket = FALSE;

  for (; at->pos < at->len; at->pos++) {
    guint8 c = at->data[at->pos];

    if (c == '[' || c == ']')
      bracket = c == '[';
    if ((c == ' ' && !bracket) || c == '\r')
      break;
  }

  return pc_imap_client_quote (at->data + start, at->pos - start);
}

static gboolean
is_part (const char *name)
{
  return g_ascii_strncasecmp (name, "BODY[", 5) == 0 ||
         g_ascii_strncasecmp (name, "BINARY[", 7) == 0 ||
         g_ascii_strcasecmp (name, "RFC822") == 0 ||
         g_ascii_strcasecmp (name, "RFC822.HEADER") == 0 ||
         g_ascii_strcasecmp (name, "RFC822.TEXT") == 0;
}

static gboolean
is_structure (const char *name)
{
  return g_ascii_strcasecmp (name, "BODY") == 0 ||
         g_ascii_strcasecmp (name, "BODYSTRUCTURE") == 0;
}

static gboolean
take_structure (PcImapClient *self,
                PcImapCursor *at,
                const char   *number,
                const char   *name)
{
  gsize            start = at->pos;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  if (!pc_imap_skip_value (at))
    return FALSE;

  text = pc_text_from_wire (at->data + start, at->pos - start,
                            PC_TEXT_ONE_LINE, LINE_CHARS);
  line = g_strconcat (text, "\n", NULL);
  push_item (self, number, name, (const guint8 *) line, strlen (line));
  return TRUE;
}

/* The value of an item; message parts and structures are passed on.  FALSE
 * when it is none. */
static gboolean
take_value (PcImapClient *self,
            PcImapCursor *at,
            const char   *number,
            const char   *name)
{
  g_autofree char *quoted = NULL;
  guint64          size;
  gboolean         synchronising;

  if (is_structure (name))
    return take_structure (self, at, number, name);
  if (!is_part (name))
    return pc_imap_skip_value (at);

  if (pc_imap_read_literal_header (at, &size, &synchronising)) {
    if (size > at->len - at->pos)
      return FALSE;
    push_item (self, number, name, at->data + at->pos, (gsize) size);
    at->pos += (gsize) size;
    return TRUE;
  }
  if (pc_imap_read_string (at, &quoted)) {
    push_item (self, number, name, (const guint8 *) quoted, strlen (quoted));
    return TRUE;
  }
  return pc_imap_skip_value (at); /* NIL */
}

/* "2 FETCH (UID 7 BODY[] {12}...)" */
static void
take_fetch (PcImapClient *self,
            PcImapCursor  at)
{
  g_autofree char *number = NULL;

  if (!pc_imap_read_atom (&at, &number) || !pc_imap_read_char (&at, ' ') ||
      !pc_imap_read_word (&at, "FETCH") || !pc_imap_read_char (&at, ' ') ||
      !pc_imap_read_char (&at, '('))
    return;

  do {
    g_autofree char *name = read_item_name (&at);

    if (!pc_imap_read_char (&at, ' ') ||
        !take_value (self, &at, number, name))
      return;
  } while (pc_imap_read_char (&at, ' '));
}

/* -- lines ---------------------------------------------------------------- */

/* "SEARCH 2 5": what is behind the word, or an empty line when nothing is. */
static void
take_rest (PcImapClient *self,
           PcImapCursor  at,
           const char   *name)
{
  g_autofree char *rest = NULL;

  pc_imap_read_char (&at, ' ');
  rest = get_rest (&at);
  push_line (self, name, rest);
}

/* "ESEARCH (TAG "a7") UID MIN 3 COUNT 2", without what leads to it */
static void
take_esearch (PcImapClient *self,
              PcImapCursor  at)
{
  PcImapCursor tag;

  if (pc_imap_read_char (&at, ' ')) {
    tag = at;
    if (pc_imap_peek_char (&tag, '(') && pc_imap_skip_value (&tag)) {
      at = tag;
      pc_imap_read_char (&at, ' ');
    }
    if (pc_imap_read_word (&at, "UID"))
      pc_imap_read_char (&at, ' ');
  }
  take_rest (self, at, "SEARCH");
}

/* The name for people; what is not modified UTF-7 as it is.  Transfer
 * full. */
static char *
show_name (PcImapClient *self,
           const char   *wire)
{
  g_autofree char *name = self->known.utf8 ? NULL
                                           : pc_imap_utf7_decode (wire);
  const char      *text = name != NULL ? name : wire;

  return pc_text_from_wire (text, strlen (text), PC_TEXT_ONE_LINE, LINE_CHARS);
}

/* "LIST (\Sent) "/" Sent": "Sent (\Sent)" */
static void
take_list (PcImapClient *self,
           PcImapCursor  at,
           const char   *word)
{
  g_autofree char *wire = NULL;
  g_autofree char *name = NULL;
  g_autofree char *attributes = NULL;
  g_autofree char *line = NULL;
  gsize            start;

  if (!pc_imap_read_char (&at, ' '))
    return;
  start = at.pos;
  if (!pc_imap_skip_value (&at))
    return;
  attributes = pc_text_from_wire (at.data + start, at.pos - start,
                                  PC_TEXT_ONE_LINE, LINE_CHARS);
  if (!pc_imap_read_char (&at, ' ') || !pc_imap_skip_value (&at) ||
      !pc_imap_read_char (&at, ' ') || !pc_imap_read_astring (&at, &wire))
    return;

  name = show_name (self, wire);
  line = g_strdup_printf ("%s %s", name, attributes);
  push_line (self, word, line);
}

/* "STATUS INBOX (MESSAGES 3)": "INBOX (MESSAGES 3)" */
static void
take_status (PcImapClient *self,
             PcImapCursor  at)
{
  g_autofree char *wire = NULL;
  g_autofree char *name = NULL;
  g_autofree char *counts = NULL;
  g_autofree char *line = NULL;

  if (!pc_imap_read_char (&at, ' ') || !pc_imap_read_astring (&at, &wire) ||
      !pc_imap_read_char (&at, ' '))
    return;

  name = show_name (self, wire);
  counts = get_rest (&at);
  line = g_strdup_printf ("%s %s", name, counts);
  push_line (self, "STATUS", line);
}

void
pc_imap_client_pass_on (PcImapClient *self,
                        PcImapCursor  at)
{
  if (at.pos < at.len && g_ascii_isdigit (at.data[at.pos]))
    take_fetch (self, at);
  else if (pc_imap_read_word (&at, "SEARCH"))
    take_rest (self, at, "SEARCH");
  else if (pc_imap_read_word (&at, "ESEARCH"))
    take_esearch (self, at);
  else if (pc_imap_read_word (&at, "LIST"))
    take_list (self, at, "LIST");
  else if (pc_imap_read_word (&at, "LSUB"))
    take_list (self, at, "LSUB");
  else if (pc_imap_read_word (&at, "STATUS"))
    take_status (self, at);
  else if (pc_imap_read_word (&at, "ENABLED"))
    take_rest (self, at, "ENABLED");
  else if (pc_imap_read_word (&at, "QUOTA"))
    take_rest (self, at, "QUOTA");
}

void
pc_imap_client_pass_alert (PcImapClient *self,
                           PcImapCursor  at)
{
  g_autofree char *text = NULL;

  if (self->base.security != PC_SECURITY_ON || !pc_imap_read_char (&at, ' ') ||
      !pc_imap_read_word (&at, "[ALERT") || !pc_imap_read_char (&at, ']'))
    return;

  pc_imap_read_char (&at, ' ');
  text = get_rest (&at);
  push_line (self, "ALERT", text);
}
