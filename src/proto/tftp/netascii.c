/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Between the lines of this system and the lines of "netascii".
 *
 * RFC 1350 section 1 takes the text form of Telnet: LF here is CR LF there, CR
 * here is CR NUL there, all else is the same, octets above 127 included.  So
 * any file survives the way there and back, but grows on it.
 */

#include "proto/tftp/netascii.h"

gsize
pc_tftp_encode (PcTftpEncoder *self,
                const guint8  *data,
                gsize          len,
                gsize         *used,
                guint8        *out,
                gsize          size)
{
  gsize made = 0;
  gsize i = 0;

  while (made < size) {
    if (self->owes) {
      out[made++] = self->owed;
      self->owes = FALSE;
      continue;
    }
    if (i == len)
      break;

    if (data[i] == '\n' || data[i] == '\r') {
      out[made++] = '\r';
      self->owes = TRUE;
      self->owed = data[i] == '\n' ? '\n' : '\0';
    } else {
      out[made++] = data[i];
    }
    i++;
  }

  *used = i;
  return made;
}

static void
append (GByteArray *out,
        guint8      octet)
{
  g_byte_array_append (out, &octet, 1);
}

void
pc_tftp_decode (PcTftpDecoder *self,
                const guint8  *data,
                gsize          len,
                GByteArray    *out)
{
  for (gsize i = 0; i < len; i++) {
    gboolean after_cr = self->after_cr;

    self->after_cr = FALSE;
    if (after_cr && data[i] == '\n') {
      append (out, '\n');
      continue;
    }
    if (after_cr)
      append (out, '\r');
    if (after_cr && data[i] == '\0')
      continue;

    if (data[i] == '\r')
      self->after_cr = TRUE;
    else
      append (out, data[i]);
  }
}

void
pc_tftp_decode_end (PcTftpDecoder *self,
                    GByteArray    *out)
{
  if (self->after_cr)
    append (out, '\r');
  self->after_cr = FALSE;
}
