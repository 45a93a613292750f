/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The mode "netascii" (RFC 1350 section 1): on the wire a line ends in CR LF,
 * and a CR that ends no line is CR NUL.  Here a line ends in LF.  A pair may
 * stand astride two blocks, so both ways keep state.  Zeroed they are ready. */

typedef struct
{
  gboolean owes; /* the second octet of a pair did not fit */
  guint8   owed;
} PcTftpEncoder;

typedef struct
{
  gboolean after_cr;
} PcTftpDecoder;

/* Fills @out with at most @size octets of wire text made from @data; @used is
 * how many octets of @data went in.  Returns how many came out: fewer than
 * @size only when @data is used up and nothing is owed. */
gsize pc_tftp_encode (PcTftpEncoder *self,
                      const guint8  *data,
                      gsize          len,
                      gsize         *used,
                      guint8        *out,
                      gsize          size);

/* Appends what @data means to @out. A CR before anything but LF or NUL is
 * against the rules, and is kept. */
void  pc_tftp_decode (PcTftpDecoder *self,
                      const guint8  *data,
                      gsize          len,
                      GByteArray    *out);
/* The file ends here: a last CR waits no longer. */
void  pc_tftp_decode_end (PcTftpDecoder *self,
                          GByteArray    *out);

G_END_DECLS
