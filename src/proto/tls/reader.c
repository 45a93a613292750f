/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading and labelling in one pass.
 *
 * Vectors have their length before them (RFC 8446 section 3.4): to enter one
 * is to get a reader that cannot read past it, and to leave it is to go on
 * behind it, however far the inner reader came.
 */

#include "proto/tls/reader.h"

#include <glib/gi18n-lib.h>

#define HEX_OCTETS 32

char *
pc_tls_hex (const guint8 *data,
            gsize         len)
{
  GString *text = g_string_sized_new (2 * MIN (len, HEX_OCTETS) + 4);

  for (gsize i = 0; i < MIN (len, HEX_OCTETS); i++)
    g_string_append_printf (text, "%02X", data[i]);
  if (len > HEX_OCTETS)
    g_string_append (text, "\342\200\246");

  return g_string_free (text, FALSE);
}

char *
pc_tls_octets (gsize n)
{
  return g_strdup_printf (ngettext ("%u octet", "%u octets", (gulong) n),
                          (guint) n);
}

gsize
pc_tls_reader_get_rest (const PcTlsReader *self)
{
  return (gsize) (self->end - self->at);
}

/* Not everything is there. */
static void
stop (PcTlsReader *self)
{
  gsize rest = pc_tls_reader_get_rest (self);

  if (self->cut) {
    pc_tls_reader_add (self, rest, N_ ("Begun"),
                       N_ ("The record ends in the middle of this; the next "
                           "one goes on."),
                       NULL);
    return;
  }

  self->bad = TRUE;
  pc_tls_reader_add (self, rest, N_ ("Too short"),
                     N_ ("More octets should be here: a length before them "
                         "is wrong."),
                     NULL);
}

gboolean
pc_tls_reader_peek (PcTlsReader *self,
                    guint        n,
                    guint       *value)
{
  guint number = 0;

  if (pc_tls_reader_get_rest (self) < n) {
    stop (self);
    return FALSE;
  }

  for (guint i = 0; i < n; i++)
    number = number << 8 | self->at[i];
  *value = number;
  return TRUE;
}

void
pc_tls_reader_add (PcTlsReader *self,
                   gsize        n,
                   const char  *label,
                   const char  *meaning,
                   char        *value)
{
  g_assert (n <= pc_tls_reader_get_rest (self));

  if (value == NULL)
    value = pc_tls_hex (self->at, n);
  pc_unit_add_field_value (self->unit, n, label, meaning, value);
  self->at += n;
}

gboolean
pc_tls_reader_octets (PcTlsReader *self,
                      gsize        n,
                      const char  *label,
                      const char  *meaning)
{
  if (pc_tls_reader_get_rest (self) < n) {
    stop (self);
    return FALSE;
  }

  pc_tls_reader_add (self, n, label, meaning, NULL);
  return TRUE;
}

gboolean
pc_tls_reader_number (PcTlsReader *self,
                      guint        n,
                      const char  *label,
                      const char  *meaning,
                      guint       *value)
{
  if (!pc_tls_reader_peek (self, n, value))
    return FALSE;

  pc_tls_reader_add (self, n, label, meaning,
                     g_strdup_printf ("%u", *value));
  return TRUE;
}

gboolean
pc_tls_reader_enter (PcTlsReader *self,
                     guint        n,
                     const char  *label,
                     PcTlsReader *inner)
{
  guint length;
  gsize rest;

  if (!pc_tls_reader_number (self, n, label,
                             N_ ("How many octets of it follow."), &length))
    return FALSE;

  rest = pc_tls_reader_get_rest (self);
  if (length > rest && !self->cut) {
    stop (self);
    return FALSE;
  }

  *inner = *self;
  inner->end = self->at + MIN (length, rest);
  inner->cut = length > rest;
  inner->bad = FALSE;
  return TRUE;
}

void
pc_tls_reader_leave (PcTlsReader *self,
                     PcTlsReader *inner)
{
  gsize rest = pc_tls_reader_get_rest (inner);

  if (rest > 0) {
    inner->bad = TRUE;
    pc_tls_reader_add (inner, rest, N_ ("Too much"),
                       N_ ("There should be nothing more here: a length "
                           "before it is wrong."),
                       NULL);
  }
  self->at = inner->at;
  self->bad |= inner->bad;
}

gboolean
pc_tls_reader_vector (PcTlsReader *self,
                      guint        n,
                      const char  *length_label,
                      const char  *label,
                      const char  *meaning)
{
  PcTlsReader inner;
  gsize       rest;

  if (!pc_tls_reader_enter (self, n, length_label, &inner))
    return FALSE;

  rest = pc_tls_reader_get_rest (&inner);
  pc_tls_reader_add (&inner, rest, label, meaning, NULL);
  pc_tls_reader_leave (self, &inner);
  return TRUE;
}
