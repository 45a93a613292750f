/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Four options: how they are read, lowered, granted and checked.
 *
 * What an RFC says of a value that cannot be is the same for all of them here:
 * a server leaves the option out, as if it had not been asked for (RFC 2347),
 * and never answers with a number that it did not read itself.  What the file
 * is, and whether tsize is true, the engines know.
 *
 * RFC 2347, RFC 2348, RFC 2349, RFC 7440 section 3.
 */

#include "proto/tftp/options.h"

#include "base/text.h"

#include <string.h>

#define CULPRIT_CHARS 40

static const struct
{
  const char *name;
  guint64     min;
  guint64     max;
  gboolean    may_fall; /* a server may answer with less */
} terms[] = {
  [PC_TFTP_TERM_BLKSIZE] = { "blksize", PC_TFTP_MIN_BLOCK_SIZE,
                             PC_TFTP_MAX_BLOCK_SIZE, TRUE },
  [PC_TFTP_TERM_TIMEOUT] = { "timeout", 1, 255, FALSE },
  [PC_TFTP_TERM_TSIZE] = { "tsize", 0, G_MAXINT64, FALSE },
  [PC_TFTP_TERM_WINDOWSIZE] = { "windowsize", 1, 65535, TRUE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (terms) == PC_TFTP_N_TERMS);

const char *
pc_tftp_term_get_name (PcTftpTerm term)
{
  g_return_val_if_fail (term < PC_TFTP_N_TERMS, NULL);

  return terms[term].name;
}

/* PC_TFTP_N_TERMS for an option that nobody here knows. */
static PcTftpTerm
find_term (const PcTftpString *name)
{
  guint term;

  for (term = 0; term < PC_TFTP_N_TERMS; term++)
    if (pc_text_equal_ascii (name->data, name->len, terms[term].name))
      break;

  return (PcTftpTerm)term;
}

static gboolean
parse_value (PcTftpTerm    term,
             gconstpointer text,
             gsize         len,
             guint64      *value)
{
  /* Not: "0512", which another end may take for octal. */
  if (len > 1 && *(const char *)text == '0')
    return FALSE;

  return pc_text_parse_number (text, len, terms[term].max, value) &&
         *value >= terms[term].min;
}

static gboolean
is_listed (const PcTftpTerms *self,
           PcTftpTerm         term)
{
  for (guint i = 0; i < self->n; i++)
    if (self->order[i] == term)
      return TRUE;

  return FALSE;
}

static void
list (PcTftpTerms  *self,
      PcTftpTerm    term,
      gconstpointer name)
{
  gsize len = strlen (terms[term].name);

  g_assert (!is_listed (self, term));

  memcpy (self->name[term], name, len);
  self->name[term][len] = '\0';
  self->order[self->n++] = term;
}

void
pc_tftp_terms_set (PcTftpTerms *self,
                   PcTftpTerm   term,
                   guint64      value)
{
  g_return_if_fail (term < PC_TFTP_N_TERMS);

  if (!is_listed (self, term))
    list (self, term, terms[term].name);
  self->known[term] = TRUE;
  self->value[term] = value;
}

gboolean
pc_tftp_terms_set_text (PcTftpTerms  *self,
                        PcTftpTerm    term,
                        gconstpointer text,
                        gsize         len)
{
  guint64 value;

  g_return_val_if_fail (term < PC_TFTP_N_TERMS, FALSE);

  if (!parse_value (term, text, len, &value))
    return FALSE;

  pc_tftp_terms_set (self, term, value);
  return TRUE;
}

void
pc_tftp_terms_drop (PcTftpTerms *self,
                    PcTftpTerm   term)
{
  g_return_if_fail (term < PC_TFTP_N_TERMS);

  self->known[term] = FALSE;
}

gboolean
pc_tftp_terms_is_empty (const PcTftpTerms *self)
{
  for (guint i = 0; i < PC_TFTP_N_TERMS; i++)
    if (self->known[i])
      return FALSE;

  return TRUE;
}

guint64
pc_tftp_terms_get (const PcTftpTerms *self,
                   PcTftpTerm         term,
                   guint64            fallback)
{
  g_return_val_if_fail (term < PC_TFTP_N_TERMS, fallback);

  return self->known[term] ? self->value[term] : fallback;
}

void
pc_tftp_terms_read (PcTftpTerms        *self,
                    const PcTftpPacket *packet)
{
  *self = (PcTftpTerms){ 0 };

  for (guint i = 0; i < packet->n_options; i++) {
    const PcTftpString *value = &packet->options[i].value;
    PcTftpTerm          term = find_term (&packet->options[i].name);

    if (term == PC_TFTP_N_TERMS || is_listed (self, term))
      continue;

    /* Also with a value that cannot be: it has had its turn. */
    list (self, term, packet->options[i].name.data);
    self->known[term] = parse_value (term, value->data, value->len,
                                     &self->value[term]);
  }
}

void
pc_tftp_terms_lower (PcTftpTerms *self,
                     gsize        max_block_size,
                     gsize        flight)
{
  guint64 *size = &self->value[PC_TFTP_TERM_BLKSIZE];
  guint64 *window = &self->value[PC_TFTP_TERM_WINDOWSIZE];
  guint64  block;

  /* None smaller can be told. */
  if (self->known[PC_TFTP_TERM_BLKSIZE] && max_block_size > 0)
    *size = MIN (*size, MAX (max_block_size, PC_TFTP_MIN_BLOCK_SIZE));

  block = pc_tftp_terms_get (self, PC_TFTP_TERM_BLKSIZE, PC_TFTP_BLOCK_SIZE);
  if (self->known[PC_TFTP_TERM_WINDOWSIZE])
    *window = MIN (*window, MAX (flight / block, 1));
}

static gboolean
is_answer_to (PcTftpTerm term,
              guint64    value,
              guint64    asked)
{
  /* A client cannot know how large the file is that it asks for. */
  if (term == PC_TFTP_TERM_TSIZE && asked == 0)
    return TRUE;

  return terms[term].may_fall ? value <= asked : value == asked;
}

PcTftpVerdict
pc_tftp_terms_accept (PcTftpTerms        *self,
                      const PcTftpTerms  *asked,
                      const PcTftpPacket *packet,
                      char              **culprit)
{
  *self = (PcTftpTerms){ 0 };

  for (guint i = 0; i < packet->n_options; i++) {
    const PcTftpString *name = &packet->options[i].name;
    const PcTftpString *text = &packet->options[i].value;
    PcTftpTerm          term = find_term (name);
    guint64             value = 0;
    PcTftpVerdict       verdict;

    if (term == PC_TFTP_N_TERMS || !asked->known[term])
      verdict = PC_TFTP_TERMS_UNASKED;
    else if (is_listed (self, term) ||
             !parse_value (term, text->data, text->len, &value) ||
             !is_answer_to (term, value, asked->value[term]))
      verdict = PC_TFTP_TERMS_CHANGED;
    else
      verdict = PC_TFTP_TERMS_AGREED;

    if (verdict != PC_TFTP_TERMS_AGREED) {
      *culprit = pc_text_from_wire (name->data, name->len, PC_TEXT_ONE_LINE,
                                    CULPRIT_CHARS);
      return verdict;
    }
    pc_tftp_terms_set (self, term, value);
  }

  *culprit = NULL;
  return PC_TFTP_TERMS_AGREED;
}

void
pc_tftp_pack_terms (GByteArray        *out,
                    const PcTftpTerms *self)
{
  for (guint i = 0; i < self->n; i++) {
    PcTftpTerm  term = self->order[i];
    const char *name = self->name[term];
    char        value[24];
    gsize       len;

    if (!self->known[term])
      continue;

    len = (gsize)g_snprintf (value, sizeof value, "%" G_GUINT64_FORMAT,
                             self->value[term]);
    /* RFC 2347: the name is copied from the request. */
    g_byte_array_append (out, (const guint8 *)name, strlen (name) + 1);
    g_byte_array_append (out, (const guint8 *)value, (guint)len + 1);
  }
}

void
pc_tftp_pack_oack (GByteArray        *out,
                   const PcTftpTerms *self)
{
  static const guint8 opcode[] = { 0, PC_TFTP_OACK };

  g_return_if_fail (!pc_tftp_terms_is_empty (self));

  g_byte_array_append (out, opcode, sizeof opcode);
  pc_tftp_pack_terms (out, self);
}
