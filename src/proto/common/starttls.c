/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of STARTTLS that does not depend on the protocol.
 *
 * A client that needs TLS fails closed: without it no password and no mail
 * goes out, whatever the server says it can do.  What a server sends behind
 * its yes could have been put there by somebody on the way, who wants it to
 * be taken for an answer inside TLS.
 *
 * RFC 3207 sections 4 and 6, RFC 9051 sections 6.2.1 and 11.1, RFC 2595
 * sections 2.1 and 4, RFC 8314 section 5.2, RFC 8446 appendix B.1.
 */

#include "proto/common/starttls.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>

#define RECORD_HEAD 5 /* RFC 8446 section 5.1 */

gboolean
pc_starttls_keeps_silent (PcEngine *self)
{
  if (!self->needs_tls || self->security == PC_SECURITY_ON)
    return FALSE;

  pc_engine_finish_action (
      self, PC_EVENT_REFUSED,
      _ ("This client sends neither passwords nor mail without TLS. Nothing "
         "was sent; “starttls” comes first."));
  return TRUE;
}

void
pc_starttls_missing (PcEngine *self)
{
  pc_engine_finish_action (
      self, PC_EVENT_REFUSED,
      _ ("The server does not offer TLS. If it did so before, somebody on "
         "the way may have removed the offer, in order to read along."));
}

void
pc_starttls_refused (PcEngine   *self,
                     const char *words)
{
  g_autofree char *text = g_strdup_printf (
      _ ("No TLS: “%s”. If the server had it before, somebody on the way may "
         "have put this answer there, in order to read along."),
      words);

  pc_engine_finish_action (self, PC_EVENT_REFUSED, text);
}

void
pc_starttls_agreed (PcEngine *self,
                    gsize     rest)
{
  g_autofree char *text = NULL;

  if (rest == 0) {
    pc_engine_want_tls (self);
    return;
  }

  text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "Behind its agreement on TLS the server sent %lu octet in "
                   "clear text. Somebody on the way may have slipped it in; "
                   "the client gives up.",
                   "Behind its agreement on TLS the server sent %lu octets in "
                   "clear text. Somebody on the way may have slipped them in; "
                   "the client gives up.",
                   (gulong) rest),
      (gulong) rest);
  pc_engine_fail (self, text);
}

void
pc_starttls_done (PcEngine *self)
{
  pc_engine_finish_action (self, PC_EVENT_DONE, _ ("TLS is on."));
}

gboolean
pc_starttls_is_record (guint8 octet)
{
  return octet >= 20 && octet <= 23;
}

gsize
pc_starttls_measure_record (const guint8 *data,
                            gsize         len)
{
  if (len == 0 || !pc_starttls_is_record (data[0]) ||
      (len > 1 && data[1] != 3)) /* the version, for ever */
    return 0;
  if (len < RECORD_HEAD)
    return RECORD_HEAD;

  return RECORD_HEAD + ((gsize) data[3] << 8 | data[4]);
}

static void
add_part (PcUnit     *unit,
          gsize       len,
          const char *label,
          const char *meaning)
{
  pc_unit_add_field (unit, MIN (len, pc_unit_get_rest (unit)), label, meaning);
}

void
pc_starttls_label_record (PcUnit *unit)
{
  gulong len = (gulong) g_bytes_get_size (unit->bytes);

  add_part (unit, 1, N_ ("Record type"),
            N_ ("22 is the handshake, 23 encrypted data, 21 an alert."));
  add_part (unit, 2, N_ ("Version"),
            N_ ("Kept at an old value so that old routers are not "
                "startled."));
  add_part (unit, 2, N_ ("Length"),
            N_ ("How many octets follow in this record."));
  add_part (unit, G_MAXSIZE, N_ ("Payload"),
            N_ ("Only the two ends can read it."));
  unit->summary = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "TLS record of %lu octet",
                   "TLS record of %lu octets", len),
      len);
}

gsize
pc_starttls_find_clear (const guint8 *data,
                        gsize         len,
                        gboolean      last)
{
  gsize n = MIN (len, PC_LIMIT_UNIT);

  for (gsize i = 0; i < n; i++) {
    if (data[i] == '\n')
      return i + 1;
    if (i > 0 && pc_starttls_is_record (data[i]))
      return i;
  }

  return last || n == PC_LIMIT_UNIT ? n : 0;
}

gboolean
pc_starttls_is_named (const guint8 *text,
                      gsize         len)
{
  for (gsize i = 0; i + 3 <= len; i++)
    if (g_ascii_strncasecmp ((const char *) text + i, "TLS", 3) == 0)
      return TRUE;

  return FALSE;
}
