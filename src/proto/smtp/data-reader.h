/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Finds the end of the mail data: CR LF "." CR LF and nothing else; the "." of
 * an empty message comes right after the command's own CR LF.  Takes the
 * stuffed dots away on the way (RFC 5321 sections 4.1.1.4, 4.5.2), and keeps
 * a LF of its own as CR LF. */

typedef enum
{
  /* Others may find another end in it: a CR of its own, or a line with just
   * a dot that is not between CR LF and CR LF. */
  PC_SMTP_DATA_LONE_END = 1 << 0,
  PC_SMTP_DATA_LONG_LINE = 1 << 1, /* past PC_LIMIT_SMTP_TEXT_LINE */
  PC_SMTP_DATA_TOO_BIG = 1 << 2,   /* past the limit; content is gone */
  PC_SMTP_DATA_LONE_LF = 1 << 3,   /* a LF of its own; no harm in itself */
} PcSmtpDataFaults;

/* To be embedded; only faults may be read from outside. */
typedef struct
{
  GByteArray      *content; /* without stuffed dots; NULL: not wanted */
  gsize            limit;   /* most octets of content */
  gsize            line;    /* octets of the line under way */
  guint            state;
  guint            seen; /* what a reader with laxer line ends has seen */
  PcSmtpDataFaults faults;
} PcSmtpDataReader;

/* At the first octet after DATA's CR LF.  @limit 0: only look for the end,
 * keep nothing. */
void pc_smtp_data_reader_init (PcSmtpDataReader *self,
                               gsize             limit);
void pc_smtp_data_reader_clear (PcSmtpDataReader *self);
/* Reads on; @used octets were taken.  TRUE: the end was found, @used is with
 * it.  FALSE: all were taken, more must come. */
gboolean pc_smtp_data_reader_feed (PcSmtpDataReader *self,
                                   const guint8     *data,
                                   gsize             len,
                                   gsize            *used);
/* What was read; NULL when it was too big.  Transfer full. */
GBytes *pc_smtp_data_reader_take (PcSmtpDataReader *self);

G_END_DECLS
