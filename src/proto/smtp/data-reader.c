/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The octets after DATA, as one automaton over named states.
 *
 * A server that also takes LF "." LF, or CR "." CR, for the end can be made to
 * read one message as two, the second one forged ("SMTP smuggling").  Only
 * CR LF "." CR LF is an end here, and whatever a laxer server might take for
 * one is remembered as a fault.  A LF of its own is no more than what programs
 * on Unix write: it is kept as CR LF.
 * RFC 5321 sections 2.3.8, 4.1.1.4, 4.5.2, 4.5.3.1.
 */

#include "proto/smtp/data-reader.h"

#include "base/limits.h"

#include <string.h>

enum
{
  AT_START,  /* of a line */
  AFTER_DOT, /* which began the line */
  DOT_CR,    /* the line is "." CR so far */
  IN_LINE,
  AFTER_CR,
  AT_END,
};

/* Of a line that every LF ends; NULs, which some drop, count for nothing. */
enum
{
  SEEN_NOTHING,
  SEEN_DOT, /* and no more */
  SEEN_TEXT,
};

void
pc_smtp_data_reader_init (PcSmtpDataReader *self,
                          gsize             limit)
{
  g_return_if_fail (self != NULL);

  *self = (PcSmtpDataReader){ .limit = limit, .state = AT_START };
  if (limit > 0)
    self->content = g_byte_array_new ();
}

void
pc_smtp_data_reader_clear (PcSmtpDataReader *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->content, g_byte_array_unref);
}

static void
keep (PcSmtpDataReader *self,
      gconstpointer     data,
      gsize             len)
{
  self->line += len;
  if (self->line > PC_LIMIT_SMTP_TEXT_LINE)
    self->faults |= PC_SMTP_DATA_LONG_LINE;
  if (self->content == NULL)
    return;

  if (len > self->limit - self->content->len) {
    self->faults |= PC_SMTP_DATA_TOO_BIG;
    g_clear_pointer (&self->content, g_byte_array_unref);
    return;
  }
  g_byte_array_append (self->content, data, len);
}

/* The CR before was no part of a line end. */
static void
keep_lone_cr (PcSmtpDataReader *self)
{
  self->faults |= PC_SMTP_DATA_LONE_END;
  keep (self, "\r", 1);
}

static guint
next_in_line (PcSmtpDataReader *self,
              guint8            octet)
{
  if (octet == '\r')
    return AFTER_CR;
  if (octet == '\n') {
    self->faults |= PC_SMTP_DATA_LONE_LF;
    keep (self, "\r\n", 2);
    self->line = 0;
  } else
    keep (self, &octet, 1);

  return IN_LINE;
}

static guint
next_state (PcSmtpDataReader *self,
            guint8            octet)
{
  switch (self->state) {
  case AT_START:
    return octet == '.' ? AFTER_DOT : next_in_line (self, octet);

  case AFTER_DOT:
    /* The dot is not kept: this line is the end, or it was stuffed. */
    return octet == '\r' ? DOT_CR : next_in_line (self, octet);

  case DOT_CR:
    if (octet == '\n')
      return AT_END;
    keep_lone_cr (self);
    return next_in_line (self, octet);

  case AFTER_CR:
    if (octet == '\n') {
      keep (self, "\r\n", 2);
      self->line = 0;
      return AT_START;
    }
    keep_lone_cr (self);
    return next_in_line (self, octet);

  default:
    return next_in_line (self, octet);
  }
}

/* Every octet but the last of the end. */
static void
look (PcSmtpDataReader *self,
      guint8            octet)
{
  if (octet == '\n') {
    if (self->seen == SEEN_DOT)
      self->faults |= PC_SMTP_DATA_LONE_END;
    self->seen = SEEN_NOTHING;
  } else if (octet == '.' && self->seen == SEEN_NOTHING)
    self->seen = SEEN_DOT;
  else if (octet != '\r' && octet != '\0')
    self->seen = SEEN_TEXT;
}

/* Octets at the head of @data without CR, LF. */
static gsize
plain_run (const guint8 *data,
           gsize         len)
{
  const guint8 *cr = memchr (data, '\r', len);
  gsize         run = cr == NULL ? len : (gsize) (cr - data);
  const guint8 *lf = memchr (data, '\n', run);

  return lf == NULL ? run : (gsize) (lf - data);
}

gboolean
pc_smtp_data_reader_feed (PcSmtpDataReader *self,
                          const guint8     *data,
                          gsize             len,
                          gsize            *used)
{
  gsize i = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL || len == 0, FALSE);
  g_return_val_if_fail (used != NULL, FALSE);

  while (i < len && self->state != AT_END) {
    if (self->state == IN_LINE) {
      gsize run = plain_run (data + i, len - i);

      keep (self, data + i, run);
      for (gsize k = i; k < i + run && self->seen != SEEN_TEXT; k++)
        look (self, data[k]);
      i += run;
      if (i == len)
        break;
    }
    self->state = next_state (self, data[i]);
    if (self->state != AT_END)
      look (self, data[i]);
    i++;
  }
  *used = i;

  return self->state == AT_END;
}

GBytes *
pc_smtp_data_reader_take (PcSmtpDataReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->content == NULL)
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&self->content));
}
