/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the octets of extensions are for: logins by a mechanism, options of
 * SEARCH and LIST, and their answers.
 *
 * RFC 9051 sections 6.2.2, 6.3.9, 6.4.4, 7.2.2 and 7.3.4; RFC 4731; RFC 5182;
 * RFC 5258; RFC 5819.
 */

#include "proto/imap/observe-label-private.h"
#include "proto/imap/observe-label.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *word;
  const char *meaning;
} Row;

static const Row result_options[] = {
  { "ALL", N_ ("All that fit, as a set that can go into the next command.") },
  { "COUNT", N_ ("How many fit.") },
  { "MAX", N_ ("The highest number that fits.") },
  { "MIN", N_ ("The lowest number that fits.") },
  { "MODSEQ", N_ ("The highest count of changes among what was found.") },
  { "SAVE", N_ ("The server is to remember what it finds; $ stands for it "
                "later.") },
};

static const Row selection_options[] = {
  { "RECURSIVEMATCH", N_ ("Also names that do not fit themselves, when one "
                          "below them does.") },
  { "REMOTE", N_ ("Also mailboxes that are on other servers.") },
  { "SPECIAL-USE", N_ ("Only mailboxes with a use, as \\Sent or \\Trash.") },
  { "SUBSCRIBED", N_ ("Only names the user has chosen to watch, even if "
                      "there is no such mailbox.") },
};

static const Row return_options[] = {
  { "CHILDREN", N_ ("Tell whether there are mailboxes below each one.") },
  { "SPECIAL-USE", N_ ("Tell what each mailbox is for.") },
  { "STATUS", N_ ("Send the counts of each mailbox along, so that no STATUS "
                  "need follow.") },
  { "SUBSCRIBED", N_ ("Tell which ones the user has chosen to watch.") },
};

static const char *
find_row (const Row            *rows,
          gsize                 n,
          const PcImapLabeller *self,
          gsize                 len)
{
  for (gsize i = 0; i < n; i++)
    if (pc_text_equal_ascii (self->at.data + self->at.pos, len,
                             rows[i].word))
      return rows[i].meaning;

  return NULL;
}

/* Up to what ends a word in a list. */
static gsize
name_length (const PcImapLabeller *self)
{
  gsize n = self->at.pos;

  while (n < self->at.len && self->at.data[n] > ' ' &&
         strchr ("()\"", self->at.data[n]) == NULL)
    n++;

  return n - self->at.pos;
}

/* -- logins --------------------------------------------------------------- */

static void
put_response (PcImapLabeller   *self,
              const PcSaslView *login,
              const char       *label)
{
  const guint8    *line = self->at.data + self->at.pos;
  gsize            len = pc_imap_word_length (self);
  g_autofree char *shown = pc_sasl_view_describe (login, line, len);
  PcField         *field;

  if (len == 0)
    return;
  if (pc_sasl_view_response (login, line, len) != PC_SASL_PART_SECRET) {
    pc_unit_add_field_value (
        self->unit, len, label,
        N_ ("Base64. No password is in it, only what was worked out from "
            "one."),
        g_steal_pointer (&shown));
  } else {
    field = pc_unit_add_secret (
        self->unit, len, label,
        N_ ("Name and password in base64. That is an encoding, not an "
            "encryption: anybody can turn it back."));
    if (field != NULL) {
      g_free (field->value);
      field->value = g_steal_pointer (&shown);
    }
  }
  self->at.pos += len;
}

void
pc_imap_put_authenticate (PcImapLabeller *self)
{
  PcSaslView login;
  gsize      len = pc_imap_word_length (self);

  pc_sasl_view_begin (&login, self->at.data + self->at.pos, len);
  pc_imap_put (self, len, N_ ("Mechanism"),
               N_ ("The way to prove who one is; CAPABILITY has named those "
                   "the server knows."));
  if (pc_imap_put_space (self))
    put_response (self, &login, N_ ("Initial response"));
}

void
pc_imap_label_sasl (PcUnit           *unit,
                    const PcSaslView *login)
{
  PcImapLabeller self = pc_imap_labeller (unit);

  if (pc_imap_word_length (&self) == 1 && pc_imap_peek_char (&self.at, '*'))
    pc_imap_put (&self, 1, N_ ("Cancel"),
                 N_ ("A single asterisk calls the login off."));
  else
    put_response (&self, login, N_ ("SASL response"));
}

void
pc_imap_label_challenge (PcUnit *unit)
{
  PcImapLabeller self = pc_imap_labeller (unit);
  gsize          len;

  pc_imap_put (&self, 1, N_ ("Go-ahead"),
               N_ ("The login is not over, and the server waits for the next "
                   "line of it."));
  pc_imap_put_space (&self);
  len = pc_imap_word_length (&self);
  if (len > 0)
    pc_unit_add_field_value (
        unit, len, N_ ("Challenge"),
        N_ ("What the mechanism asks for, in base64."),
        pc_sasl_view_decode (self.at.data + self.at.pos, len));
}

/* -- options -------------------------------------------------------------- */

/* "(" words ")", each with what it is for; a list inside one belongs to it. */
static void
put_options (PcImapLabeller *self,
             const char     *label,
             const Row      *rows,
             gsize           n)
{
  guint depth = 0;

  do {
    gboolean    opens = pc_imap_peek_char (&self->at, '(');
    gboolean    closes = pc_imap_peek_char (&self->at, ')');
    const char *meaning = depth == 1 ? find_row (rows, n, self,
                                                 name_length (self))
                                     : pc_imap_item_meaning (self);

    if (!pc_imap_put_token (self, depth == 1 ? label : N_ ("Item"), meaning))
      return;
    depth += opens ? 1 : 0;
    depth -= closes ? 1 : 0;
  } while (depth > 0);
}

static gboolean
is_word (const PcImapLabeller *self,
         const char           *word)
{
  return pc_text_equal_ascii (self->at.data + self->at.pos,
                              pc_imap_word_length (self), word);
}

static gboolean
put_return (PcImapLabeller *self,
            const char     *meaning)
{
  if (!is_word (self, "RETURN"))
    return FALSE;

  pc_imap_put (self, strlen ("RETURN"), N_ ("RETURN"), meaning);
  return pc_imap_put_space (self) && pc_imap_peek_char (&self->at, '(');
}

void
pc_imap_put_search_return (PcImapLabeller *self)
{
  if (!put_return (self, N_ ("What the answer is to tell, in place of every "
                             "number.")))
    return;

  put_options (self, N_ ("Result option"), result_options,
               G_N_ELEMENTS (result_options));
  pc_imap_put_space (self);
}

void
pc_imap_put_list_selection (PcImapLabeller *self)
{
  if (!pc_imap_peek_char (&self->at, '('))
    return;

  put_options (self, N_ ("Selection option"), selection_options,
               G_N_ELEMENTS (selection_options));
  pc_imap_put_space (self);
}

void
pc_imap_put_list_return (PcImapLabeller *self)
{
  if (pc_imap_put_space (self) &&
      put_return (self, N_ ("What is to be told of each mailbox.")))
    put_options (self, N_ ("Return option"), return_options,
                 G_N_ELEMENTS (return_options));
}

/* -- ESEARCH -------------------------------------------------------------- */

/* Behind the word: SP "(" "TAG" SP string ")" [SP "UID"] *(SP name SP
 * value) */
void
pc_imap_put_esearch (PcImapLabeller *self)
{
  if (!pc_imap_put_space (self))
    return;

  if (pc_imap_peek_char (&self->at, '(')) {
    while (!pc_imap_peek_char (&self->at, ')') &&
           pc_imap_put_token (self, N_ ("Correlator"),
                              N_ ("The tag of the SEARCH that this answers; "
                                  "there may be others under way.")))
      ;
    if (!pc_imap_put_token (self, NULL, NULL) || !pc_imap_put_space (self))
      return;
  }
  if (is_word (self, "UID")) {
    pc_imap_put (self, strlen ("UID"), N_ ("UID"),
                 N_ ("The numbers that follow are UIDs."));
    if (!pc_imap_put_space (self))
      return;
  }
  while (pc_imap_word_length (self) > 0) {
    pc_imap_put (self, pc_imap_word_length (self), N_ ("Result option"),
                 find_row (result_options, G_N_ELEMENTS (result_options),
                           self, name_length (self)));
    if (!pc_imap_put_space (self) || pc_imap_word_length (self) == 0)
      return;
    pc_imap_put (self, pc_imap_word_length (self), N_ ("Found"), NULL);
    if (!pc_imap_put_space (self))
      return;
  }
}
