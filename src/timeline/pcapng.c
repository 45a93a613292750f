/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Blocks of pcapng, the file format of Wireshark (draft-ietf-opsawg-pcapng).
 *
 * Each block: its type, its length, a body in units of four octets, and its
 * length again.  The section's first block says in which order the octets of
 * numbers stand: here always the lowest first, on every machine, so that the
 * same exchange is the same file.  Left out: statistics, and interfaces other
 * than the one.
 */

#include "timeline/pcapng.h"

#include <string.h>

enum
{
  BLOCK_SECTION = 0x0a0d0d0a,
  BLOCK_INTERFACE = 1,
  BLOCK_NAMES = 4,
  BLOCK_PACKET = 6,
  BLOCK_SECRETS = 10,
};

enum
{
  OPTION_END = 0,
  OPTION_COMMENT = 1,
  OPTION_INTERFACE_NAME = 2,
  OPTION_PROGRAM = 4,   /* of a section */
  OPTION_RESOLUTION = 9, /* of an interface's times */
};

#define BYTE_ORDER_MAGIC 0x1a2b3c4d
#define LINK_ETHERNET 1
#define SECRETS_TLS 0x544c534b
#define RECORD_IPV4 1
#define MICROSECONDS 6 /* ten to the minus … */
#define LONGEST 65535

struct _PcPcapng
{
  GByteArray *out;
  gsize       block; /* where the one begins that is being written */
};

/* -- parts ---------------------------------------------------------------- */

static void
append_16 (PcPcapng *self,
           guint     value)
{
  guint16 number = GUINT16_TO_LE ((guint16) value);

  g_byte_array_append (self->out, (guint8 *) &number, sizeof number);
}

static void
append_32 (PcPcapng *self,
           guint32   value)
{
  guint32 number = GUINT32_TO_LE (value);

  g_byte_array_append (self->out, (guint8 *) &number, sizeof number);
}

static void
append_padded (PcPcapng     *self,
               gconstpointer data,
               gsize         len)
{
  static const guint8 zeros[4];

  g_byte_array_append (self->out, data, (guint) len);
  g_byte_array_append (self->out, zeros, (4 - len % 4) % 4);
}

static void
begin_block (PcPcapng *self,
             guint32   type)
{
  self->block = self->out->len;
  append_32 (self, type);
  append_32 (self, 0);
}

static void
end_block (PcPcapng *self)
{
  guint32 len = (guint32) (self->out->len + 4 - self->block);
  guint32 number = GUINT32_TO_LE (len);

  append_32 (self, len);
  memcpy (self->out->data + self->block + 4, &number, sizeof number);
}

/* No more than fits, and no half letter. */
static gsize
measure (const char *text)
{
  gsize       len = strlen (text);
  const char *end;

  if (len <= LONGEST)
    return len;

  end = g_utf8_find_prev_char (text, text + LONGEST + 1);
  return end != NULL ? (gsize) (end - text) : LONGEST;
}

static void
append_option (PcPcapng     *self,
               guint         code,
               gconstpointer data,
               gsize         len)
{
  append_16 (self, code);
  append_16 (self, (guint) len);
  append_padded (self, data, len);
}

static void
append_text (PcPcapng   *self,
             guint       code,
             const char *text)
{
  if (text != NULL && *text != '\0')
    append_option (self, code, text, measure (text));
}

/* -- blocks --------------------------------------------------------------- */

PcPcapng *
pc_pcapng_new (const char *program,
               const char *comment)
{
  static const guint8 resolution = MICROSECONDS;
  PcPcapng           *self = g_new0 (PcPcapng, 1);

  self->out = g_byte_array_new ();
  begin_block (self, BLOCK_SECTION);
  append_32 (self, BYTE_ORDER_MAGIC);
  append_16 (self, 1); /* version 1.0 */
  append_16 (self, 0);
  append_32 (self, G_MAXUINT32); /* nobody says how long it is */
  append_32 (self, G_MAXUINT32);
  append_text (self, OPTION_COMMENT, comment);
  append_text (self, OPTION_PROGRAM, program);
  append_option (self, OPTION_END, NULL, 0);
  end_block (self);

  begin_block (self, BLOCK_INTERFACE);
  append_16 (self, LINK_ETHERNET);
  append_16 (self, 0);
  append_32 (self, 0); /* packets are whole, however long */
  append_text (self, OPTION_INTERFACE_NAME, "portcall");
  append_option (self, OPTION_RESOLUTION, &resolution, 1);
  append_option (self, OPTION_END, NULL, 0);
  end_block (self);
  return self;
}

void
pc_pcapng_free (PcPcapng *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->out);
  g_free (self);
}

GBytes *
pc_pcapng_free_to_bytes (PcPcapng *self)
{
  GBytes *bytes;

  g_return_val_if_fail (self != NULL, NULL);

  bytes = g_byte_array_free_to_bytes (self->out);
  g_free (self);
  return bytes;
}

void
pc_pcapng_add_key_log (PcPcapng   *self,
                       const char *key_log)
{
  gsize len;

  g_return_if_fail (self != NULL && key_log != NULL);

  len = strlen (key_log);
  begin_block (self, BLOCK_SECRETS);
  append_32 (self, SECRETS_TLS);
  append_32 (self, (guint32) len);
  append_padded (self, key_log, len);
  end_block (self);
}

void
pc_pcapng_add_names (PcPcapng          *self,
                     const guint32     *addresses,
                     const char *const *names,
                     guint              n)
{
  g_return_if_fail (self != NULL && (addresses != NULL || n == 0));

  begin_block (self, BLOCK_NAMES);
  for (guint i = 0; i < n; i++) {
    guint32 address = GUINT32_TO_BE (addresses[i]);
    gsize   len = MIN (strlen (names[i]) + 1, 256);
    guint8  record[4 + 256] = { 0 };

    memcpy (record, &address, sizeof address);
    memcpy (record + 4, names[i], len - 1);
    append_16 (self, RECORD_IPV4);
    append_16 (self, (guint) (4 + len));
    append_padded (self, record, 4 + len);
  }
  append_32 (self, 0); /* the end of the records */
  end_block (self);
}

void
pc_pcapng_add_packet (PcPcapng          *self,
                      gint64             time,
                      const GByteArray  *frame,
                      const char *const *comments,
                      guint              n)
{
  guint64 stamp = (guint64) MAX (time, 0);

  g_return_if_fail (self != NULL && frame != NULL);

  begin_block (self, BLOCK_PACKET);
  append_32 (self, 0); /* interface */
  append_32 (self, (guint32) (stamp >> 32));
  append_32 (self, (guint32) stamp);
  append_32 (self, frame->len); /* captured */
  append_32 (self, frame->len);
  append_padded (self, frame->data, frame->len);
  for (guint i = 0; i < n; i++)
    append_text (self, OPTION_COMMENT, comments[i]);
  if (n > 0)
    append_option (self, OPTION_END, NULL, 0);
  end_block (self);
}
