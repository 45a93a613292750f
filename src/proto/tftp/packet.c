/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The packets of TFTP, read and written.
 *
 * RFC 1350 section 5 gives five of them, RFC 2347 adds OACK and the options at
 * the end of a request.  Every string is walked with the remaining length in
 * hand.  What an option means is not known here, and nothing is refused for
 * what it says: that is for the engines.
 */

#include "proto/tftp/packet.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

#define MESSAGE_CHARS 200

static const char *const modes[] = {
  [PC_TFTP_MODE_NETASCII] = "netascii",
  [PC_TFTP_MODE_OCTET] = "octet",
  [PC_TFTP_MODE_MAIL] = "mail",
};

static const char *const error_words[] = {
  [PC_TFTP_ERROR_UNDEFINED] = "Error",
  [PC_TFTP_ERROR_NOT_FOUND] = "File not found",
  [PC_TFTP_ERROR_ACCESS] = "Access violation",
  [PC_TFTP_ERROR_FULL] = "Disk full or allocation exceeded",
  [PC_TFTP_ERROR_ILLEGAL] = "Illegal TFTP operation",
  [PC_TFTP_ERROR_TID] = "Unknown transfer ID",
  [PC_TFTP_ERROR_EXISTS] = "File already exists",
  [PC_TFTP_ERROR_USER] = "No such user",
  [PC_TFTP_ERROR_OPTION] = "Option not acceptable",
};

static guint16
get_number (const guint8 *data)
{
  return (guint16)(data[0] << 8 | data[1]);
}

static void
append_number (GByteArray *out,
               guint16     number)
{
  const guint8 octets[] = { (guint8)(number >> 8), (guint8)number };

  g_byte_array_append (out, octets, sizeof octets);
}

/* Takes a string and its NUL off the rest of the datagram.  Without a NUL it
 * takes all there is. */
static PcTftpString
take_string (const guint8 **data,
             gsize         *len)
{
  const guint8 *nul = *len > 0 ? memchr (*data, 0, *len) : NULL;
  PcTftpString  string = { *data, *len, FALSE };
  gsize         used = *len;

  if (nul != NULL) {
    string.len = (gsize)(nul - *data);
    string.terminated = TRUE;
    used = string.len + 1;
  }

  *data += used;
  *len -= used;
  return string;
}

static void
take_options (PcTftpPacket *self,
              const guint8 *data,
              gsize         len)
{
  while (len > 0 && self->n_options < PC_TFTP_MAX_OPTIONS) {
    PcTftpOption option;

    option.name = take_string (&data, &len);
    option.value = take_string (&data, &len);
    if (!option.name.terminated || !option.value.terminated)
      return;
    self->options[self->n_options++] = option;
  }
}

static PcTftpParsed
parse_request (PcTftpPacket *self,
               const guint8 *data,
               gsize         len)
{
  self->name = take_string (&data, &len);
  if (!self->name.terminated)
    return PC_TFTP_MALFORMED;

  self->mode = take_string (&data, &len);
  if (!self->mode.terminated)
    return PC_TFTP_MALFORMED;

  take_options (self, data, len);
  return PC_TFTP_PARSED;
}

PcTftpParsed
pc_tftp_packet_parse (PcTftpPacket *self,
                      const guint8 *data,
                      gsize         len)
{
  g_return_val_if_fail (self != NULL, PC_TFTP_SHORT);

  /* Not: the options, which most packets do not have. */
  memset (self, 0, G_STRUCT_OFFSET (PcTftpPacket, options));
  if (len < PC_TFTP_HEADER)
    return PC_TFTP_SHORT;

  self->opcode = get_number (data);
  switch (self->opcode) {
  case PC_TFTP_RRQ:
  case PC_TFTP_WRQ:
    return parse_request (self, data + 2, len - 2);

  case PC_TFTP_DATA:
    self->number = get_number (data + 2);
    self->data = data + PC_TFTP_HEADER;
    self->len = len - PC_TFTP_HEADER;
    return PC_TFTP_PARSED;

  case PC_TFTP_ACK:
    self->number = get_number (data + 2);
    return PC_TFTP_PARSED;

  case PC_TFTP_ERROR:
    self->number = get_number (data + 2);
    data += PC_TFTP_HEADER;
    len -= PC_TFTP_HEADER;
    self->message = take_string (&data, &len);
    return PC_TFTP_PARSED;

  case PC_TFTP_OACK:
    take_options (self, data + 2, len - 2);
    return self->n_options > 0 ? PC_TFTP_PARSED : PC_TFTP_MALFORMED;

  default:
    return PC_TFTP_UNKNOWN;
  }
}

PcTftpMode
pc_tftp_packet_get_mode (const PcTftpPacket *self)
{
  return pc_tftp_mode_from_name (self->mode.data, self->mode.len);
}

char *
pc_tftp_packet_get_error_text (const PcTftpPacket *self)
{
  if (self->message.len > 0)
    return pc_text_from_wire (self->message.data, self->message.len,
                              PC_TEXT_ONE_LINE, MESSAGE_CHARS);
  if (self->number < G_N_ELEMENTS (error_words))
    return g_strdup (error_words[self->number]);

  return g_strdup_printf ("Error %u", self->number);
}

void
pc_tftp_pack_request (GByteArray  *out,
                      PcTftpOpcode opcode,
                      const char  *name,
                      PcTftpMode   mode)
{
  const char *word = pc_tftp_mode_get_name (mode);

  g_return_if_fail (opcode == PC_TFTP_RRQ || opcode == PC_TFTP_WRQ);
  g_return_if_fail (word != NULL);

  append_number (out, opcode);
  g_byte_array_append (out, (const guint8 *)name, strlen (name) + 1);
  g_byte_array_append (out, (const guint8 *)word, strlen (word) + 1);
}

void
pc_tftp_pack_header (guint8      *out,
                     PcTftpOpcode opcode,
                     guint16      block)
{
  out[0] = 0;
  out[1] = (guint8)opcode;
  out[2] = (guint8)(block >> 8);
  out[3] = (guint8)block;
}

void
pc_tftp_pack_data (GByteArray   *out,
                   guint16       block,
                   const guint8 *data,
                   gsize         len)
{
  guint8 header[PC_TFTP_HEADER];

  pc_tftp_pack_header (header, PC_TFTP_DATA, block);
  g_byte_array_append (out, header, sizeof header);
  if (len > 0)
    g_byte_array_append (out, data, (guint)len);
}

void
pc_tftp_pack_ack (GByteArray *out,
                  guint16     block)
{
  guint8 header[PC_TFTP_HEADER];

  pc_tftp_pack_header (header, PC_TFTP_ACK, block);
  g_byte_array_append (out, header, sizeof header);
}

void
pc_tftp_pack_error (GByteArray     *out,
                    PcTftpErrorCode code,
                    const char     *message)
{
  g_return_if_fail (code < G_N_ELEMENTS (error_words));

  if (message == NULL)
    message = error_words[code];

  append_number (out, PC_TFTP_ERROR);
  append_number (out, (guint16)code);
  g_byte_array_append (out, (const guint8 *)message, strlen (message) + 1);
}

const char *
pc_tftp_mode_get_name (PcTftpMode mode)
{
  return mode < G_N_ELEMENTS (modes) ? modes[mode] : NULL;
}

PcTftpMode
pc_tftp_mode_from_name (gconstpointer name,
                        gsize         len)
{
  for (gsize i = PC_TFTP_MODE_NETASCII; i < G_N_ELEMENTS (modes); i++)
    if (pc_text_equal_ascii (name, len, modes[i]))
      return (PcTftpMode)i;

  return PC_TFTP_MODE_OTHER;
}

gboolean
pc_tftp_name_is_usable (gconstpointer name,
                        gsize         len)
{
  const char *end = (const char *)name + len;

  if (len == 0 || len > PC_LIMIT_TFTP_NAME)
    return FALSE;
  if (!g_utf8_validate_len (name, len, NULL))
    return FALSE;

  for (const char *p = name; p < end; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}
