/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Structure of an RFC 5322 message.  The only file that knows GMime is
 * message.c. */

/* Length of the header with the empty line that ends it (RFC 5322 2.1); of
 * everything when there is none. */
gsize    pc_message_header_length (gconstpointer data,
                                   gsize         len);

/* One field of a header, with its folded lines.  Points into the message. */
typedef struct
{
  const guint8 *data;     /* from the name to the last CR LF */
  gsize         len;
  gsize         name_len; /* 0 for a line that is no field */
  gsize         value;    /* offset of what stands after the colon */
} PcHeaderField;

/* Walks over the fields: set @offset to 0 at first.  FALSE at the empty line
 * that ends the header (@offset is before it), and at the end. */
gboolean pc_message_next_field (gconstpointer  data,
                                gsize          len,
                                gsize         *offset,
                                PcHeaderField *field);
/* The value of the first field @name (in any case), unfolded (RFC 5322
 * section 2.2.3) and without blanks around it; encoded words stay as they
 * are, and so do octets above 127.  (transfer full) (nullable) */
char    *pc_message_get_field (gconstpointer data,
                               gsize         len,
                               const char   *name);
/* The same, for people: encoded words decoded (RFC 2047), always UTF-8. */
char    *pc_message_get_field_text (gconstpointer data,
                                    gsize         len,
                                    const char   *name);
/* For searching, always UTF-8: the fields, one in a line, encoded words
 * decoded; the text of the body, of every text part and of messages inside
 * with their headers, transfer encodings and charsets decoded; and the fields
 * of all parts inside.  Transfer full. */
char    *pc_message_get_header_text (gconstpointer data,
                                     gsize         len);
char    *pc_message_get_body_text (GBytes *message);
char    *pc_message_get_mime_text (GBytes *message);
/* The day in the Date field, as it stands there, whatever the time zone;
 * counted as GDate does.  0 when there is none. */
guint    pc_message_get_sent_day (gconstpointer data,
                                  gsize         len);
/* "Mon, 02 Jan 2006 15:04:05 +0000" (RFC 5322 section 3.3), in any locale.
 * @time: µs since 1970 UTC.  Transfer full. */
char    *pc_message_format_date (gint64 time);

typedef struct
{
  char *name;    /* not decoded: encoded words as in the header; or NULL */
  char *route;   /* "@one.test,@two.test" (RFC 5322 4.4); mostly NULL */
  char *mailbox; /* local part; for a group start: the group's name;
                  * for a group end: NULL */
  char *host;    /* NULL for group start and group end; "" when missing */
} PcAddress;

void       pc_address_free (PcAddress *self);
/* Reads the value of From, To and the like (RFC 5322 section 3.4, and the old
 * forms of 4.4) forgivingly; names are without their quotes.  At most
 * PC_LIMIT_ADDRESSES; NULL when there is none.  Transfer full. */
GPtrArray *pc_address_parse_list (const char *value);

/* RFC 9051 section 7.5.2: the ten fields of ENVELOPE; NULL stands for NIL,
 * Sender and Reply-To already fall back to From.  Strings are as in the
 * header, unfolded; they may have octets above 127. */
typedef struct
{
  char      *date;
  char      *subject;
  GPtrArray *from; /* PcAddress; NULL when the field is absent or empty */
  GPtrArray *sender;
  GPtrArray *reply_to;
  GPtrArray *to;
  GPtrArray *cc;
  GPtrArray *bcc;
  char      *in_reply_to;
  char      *message_id;
} PcEnvelope;

PcEnvelope *pc_envelope_new (GBytes *message);
void        pc_envelope_free (PcEnvelope *self);

/* A part of a message: the message itself, a part of a multipart, or the
 * message inside a message/rfc822.  Offsets are octets in the whole message;
 * strings are as in the header, NULL when the field is not there. */
typedef struct
{
  gsize      header; /* where its header begins */
  gsize      header_len; /* with the empty line */
  gsize      body;
  gsize      body_len; /* without the line end before the next boundary */
  guint      lines;  /* line ends in the body */
  char      *type;   /* "text"; NULL, as subtype, for the default */
  char      *subtype;
  char     **params; /* names and values in turn, NULL at the end; or NULL */
  char      *id;
  char      *description;
  char      *encoding;
  char      *md5;
  char      *disposition;
  char     **disposition_params;
  char     **languages;
  char      *location;
  GPtrArray *children; /* PcPart; of a message/rfc822 the message inside */
} PcPart;

/* Looks into everything up to PC_LIMIT_MIME_DEPTH and PC_LIMIT_MIME_PARTS;
 * what is beyond stays closed.  Never fails.  Transfer full. */
PcPart       *pc_part_new (GBytes *message);
void          pc_part_free (PcPart *self);
/* In any case; @subtype NULL for any.  The default is text/plain (RFC 2045
 * section 5.2). */
gboolean      pc_part_is (const PcPart *self,
                          const char   *type,
                          const char   *subtype);
const char   *pc_part_get_param (const PcPart *self,
                                 const char   *name);
/* The body without its transfer encoding (RFC 2045 section 6); NULL when that
 * is one we do not know.  @message: the whole.  (transfer full) (nullable) */
GBytes       *pc_part_decode (const PcPart *self,
                              GBytes       *message);
/* The message inside a message/rfc822, or NULL. */
const PcPart *pc_part_get_message (const PcPart *self);
/* The part that IMAP calls "2.1" (RFC 9051 section 6.4.5.1); @self is the
 * message.  NULL when there is none. */
const PcPart *pc_part_find (const PcPart  *self,
                            const guint32 *numbers,
                            guint          n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcAddress, pc_address_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcEnvelope, pc_envelope_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcPart, pc_part_free)

G_END_DECLS
