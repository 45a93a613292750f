/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads from a server's greeting and capabilities how one may log in.
 *
 * Left out: capabilities that our client does not act on.
 *
 * RFC 1939 section 7, RFC 2449 sections 3 and 6.3.
 */

#include "proto/pop3/offer.h"

#include <string.h>

void
pc_pop3_offer_read_greeting (PcPop3Offer  *self,
                             const guint8 *line,
                             gsize         len)
{
  const guint8 *begin = len > 0 ? memchr (line, '<', len) : NULL;
  const guint8 *end = NULL;

  if (begin != NULL)
    end = memchr (begin, '>', len - (gsize) (begin - line));
  if (end == NULL)
    return;

  g_free (self->stamp);
  self->stamp = g_strndup ((const char *) begin, (gsize) (end - begin) + 1);
}

/* Mechanisms are in order of strength. */
static void
read_mechanisms (PcPop3Offer *self,
                 char       **words)
{
  for (guint i = 0; words[i] != NULL; i++) {
    PcSaslMechanism mechanism;

    if (pc_sasl_find (words[i], strlen (words[i]), &mechanism))
      self->strongest = MAX (self->strongest, mechanism);
  }
}

void
pc_pop3_offer_read_capa (PcPop3Offer *self,
                         GBytes      *lines)
{
  gsize            len;
  const char      *data = g_bytes_get_data (lines, &len);
  g_autofree char *text = g_strndup (len > 0 ? data : "", len);
  g_auto (GStrv) split = g_strsplit (text, "\r\n", -1);

  self->strongest = PC_SASL_PLAIN;
  self->known = TRUE;
  self->stls = FALSE;
  for (guint i = 0; split[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (split[i], " ", -1);

    if (words[0] != NULL && g_ascii_strcasecmp (words[0], "SASL") == 0)
      read_mechanisms (self, words + 1);
    if (words[0] != NULL && g_ascii_strcasecmp (words[0], "STLS") == 0)
      self->stls = TRUE;
  }
}

void
pc_pop3_offer_forget (PcPop3Offer *self)
{
  self->known = FALSE;
  self->stls = FALSE;
  self->strongest = PC_SASL_PLAIN;
}

void
pc_pop3_offer_clear (PcPop3Offer *self)
{
  g_clear_pointer (&self->stamp, g_free);
}
