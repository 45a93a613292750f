/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TFTP packets as one line of text, for a terminal and for hints:
 * "RRQ boot.cfg octet blksize=1024", "DATA 1 hex:00ff".
 *
 * Words of a request are quoted as a shell has it, where they need it.
 *
 * RFC 1350 section 5, RFC 2347.
 */

#include "run/console-packet-private.h"

#include "proto/tftp/packet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "boot.cfg", or in quotes as a shell has them. */
static void
write_word (GString    *out,
            const char *word)
{
  gboolean plain = *word != '\0';

  for (const char *at = word; *at != '\0'; at++)
    plain = plain && (g_ascii_isalnum (*at) || strchr ("._-/+:=", *at) != NULL);
  g_string_append_c (out, ' ');
  if (plain) {
    g_string_append (out, word);
  } else {
    g_autofree char *quoted = g_shell_quote (word);

    g_string_append (out, quoted);
  }
}

static void
write_options (GString        *out,
               const PcPacket *self)
{
  for (guint i = 0; i < self->options->len; i++) {
    const PcPacketOption *option = self->options->pdata[i];
    g_autofree char *pair = g_strconcat (option->name, "=", option->value,
                                         NULL);

    write_word (out, pair);
  }
}

char *
pc_packet_to_string (const PcPacket *self)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  g_string_append (out, pc_packet_get_name (self) != NULL
                            ? pc_packet_get_name (self)
                            : self->number);
  switch (self->opcode) {
  case PC_TFTP_RRQ:
  case PC_TFTP_WRQ:
    write_word (out, self->file);
    write_word (out, self->mode);
    write_options (out, self);
    break;
  case PC_TFTP_DATA:
    g_string_append_printf (out, " %s %s", self->block, self->data);
    break;
  case PC_TFTP_ACK:
    g_string_append_printf (out, " %s", self->block);
    break;
  case PC_TFTP_ERROR:
    g_string_append_printf (out, " %s %s", self->code, self->message);
    break;
  case PC_TFTP_OACK:
    write_options (out, self);
    break;
  default:
    g_string_append_printf (out, " %s", self->data);
  }
  return g_string_free (out, FALSE);
}

static gboolean
fail (GError    **error,
      const char *why)
{
  g_set_error_literal (error, G_CONVERT_ERROR,
                       G_CONVERT_ERROR_ILLEGAL_SEQUENCE, why);
  return FALSE;
}

static gboolean
parse_request (PcPacket   *self,
               const char *rest,
               GError    **error)
{
  gboolean request = self->opcode != PC_TFTP_OACK;
  guint    first = request ? 2 : 0;
  g_auto (GStrv) words = NULL;
  int      n = 0;

  if (*rest != '\0' && !g_shell_parse_argv (rest, &n, &words, NULL))
    n = -1;
  if (n < (int) first)
    return fail (error, _ ("A request is written: RRQ FILE MODE, then options "
                           "as NAME=VALUE."));
  if (request) {
    pc_packet_set (self, "file", words[0]);
    pc_packet_set (self, "mode", words[1]);
  }
  for (int i = (int) first; i < n; i++) {
    char *equals = strchr (words[i], '=');

    if (equals == NULL)
      return fail (error, _ ("An option is written NAME=VALUE."));
    *equals = '\0';
    if (!pc_packet_add_option (self, words[i], equals + 1))
      return fail (error, _ ("These are too many options."));
  }
  return TRUE;
}

/* "1 text": a number, then the rest of the line as it is. */
static void
parse_numbered (PcPacket   *self,
                const char *rest,
                const char *number_id,
                const char *text_id)
{
  gsize            len = strcspn (rest, " ");
  g_autofree char *number = g_strndup (rest, len);

  pc_packet_set (self, number_id, number);
  if (text_id != NULL)
    pc_packet_set (self, text_id, rest[len] == ' ' ? rest + len + 1 : "");
}

PcPacket *
pc_packet_parse (const char *text,
                 GError    **error)
{
  g_autoptr (PcPacket) self = pc_packet_new ();
  gsize            len = strcspn (text, " ");
  g_autofree char *word = g_strndup (text, len);
  const char      *rest = text[len] == ' ' ? text + len + 1 : "";

  if (!pc_packet_set (self, "opcode", word)) {
    fail (error, _ ("A packet begins with RRQ, WRQ, DATA, ACK, ERROR, OACK, "
                    "or with the number of another opcode."));
    return NULL;
  }

  switch (self->opcode) {
  case PC_TFTP_RRQ:
  case PC_TFTP_WRQ:
  case PC_TFTP_OACK:
    return parse_request (self, rest, error) ? g_steal_pointer (&self) : NULL;
  case PC_TFTP_DATA:
    parse_numbered (self, rest, "block", "data");
    break;
  case PC_TFTP_ACK:
    parse_numbered (self, rest, "block", NULL);
    break;
  case PC_TFTP_ERROR:
    parse_numbered (self, rest, "code", "message");
    break;
  default:
    pc_packet_set (self, "data", rest);
  }
  return g_steal_pointer (&self);
}

static void
take_text (PcPacket           *self,
           const char         *id,
           const PcTftpString *string)
{
  g_autofree char *text = string->data != NULL
                              ? g_strndup ((const char *) string->data,
                                           string->len)
                              : g_strdup ("");

  pc_packet_set (self, id, text);
}

static void
take_number (PcPacket   *self,
             const char *id,
             guint       number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  pc_packet_set (self, id, text);
}

PcPacket *
pc_packet_read (const guint8 *octets,
                gsize         len)
{
  g_autoptr (PcPacket) self = pc_packet_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *data = NULL;
  PcTftpPacket     packet;

  if (pc_tftp_packet_parse (&packet, octets, len) != PC_TFTP_PARSED)
    return NULL;

  pc_packet_set_opcode (self, packet.opcode);
  take_text (self, "file", &packet.name);
  take_text (self, "mode", &packet.mode);
  take_text (self, "message", &packet.message);
  take_number (self, "block", packet.number);
  take_number (self, "code", packet.number);
  data = pc_packet_write_data (packet.data != NULL ? packet.data : octets,
                     packet.data != NULL ? packet.len : 0);
  pc_packet_set (self, "data", data);
  for (guint i = 0; i < packet.n_options; i++) {
    pc_packet_add_option (self, "", "");
    take_text (self, ((PcPacketOption *) self->options->pdata[i])->ids[0],
               &packet.options[i].name);
    take_text (self, ((PcPacketOption *) self->options->pdata[i])->ids[1],
               &packet.options[i].value);
  }

  bytes = pc_packet_to_bytes (self);
  return g_bytes_get_size (bytes) == len &&
                 memcmp (g_bytes_get_data (bytes, NULL), octets, len) == 0
             ? g_steal_pointer (&self)
             : NULL;
}
