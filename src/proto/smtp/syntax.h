/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The grammar of SMTP that server, client and observer share.  Parsers look at
 * octets and give back spans; nothing is copied. */

/* -- paths (RFC 5321 section 4.1.2) --------------------------------------- */

typedef enum
{
  PC_SMTP_PATH_OK,
  PC_SMTP_PATH_BAD,     /* not the grammar */
  PC_SMTP_PATH_LONG,    /* past 64, 255 or 256 octets (section 4.5.3.1) */
  PC_SMTP_PATH_FOREIGN, /* octets above 127, without SMTPUTF8 */
} PcSmtpPathResult;

/* "<@relay.example:alex@example.test>".  Offsets from the "<". */
typedef struct
{
  gsize total;   /* with "<" and ">" */
  gsize route;   /* octets of a source route with its ":"; after the "<" */
  gsize address; /* octets of the mailbox, after the route; 0 for "<>" */
  gsize local;   /* of these the local part; all of them without a domain */
} PcSmtpPath;

/* The path at the head of @data.  @path is set only on OK. */
PcSmtpPathResult pc_smtp_parse_path (const guint8 *data,
                                     gsize         len,
                                     PcSmtpPath   *path);
/* The same, with UTF-8 for any letter (RFC 6531 section 3.3).  FOREIGN: what
 * is no UTF-8. */
PcSmtpPathResult pc_smtp_parse_path_utf8 (const guint8 *data,
                                          gsize         len,
                                          PcSmtpPath   *path);
/* A mailbox without "<" and ">", all of @data.  A missing domain is OK. */
PcSmtpPathResult pc_smtp_check_mailbox (const guint8 *data,
                                        gsize         len,
                                        gsize        *local);
/* What EHLO and HELO take: letters, digits and "-._:[]".  Wider than the
 * grammar, which many hosts' names do not meet, yet safe in a header. */
gboolean pc_smtp_is_host (const guint8 *data,
                          gsize         len);

/* -- parameters (RFC 5321 section 4.1.2, esmtp-param) ---------------------- */

typedef enum
{
  PC_SMTP_PARAM_OK,
  PC_SMTP_PARAM_END, /* nothing left */
  PC_SMTP_PARAM_BAD,
} PcSmtpParamResult;

/* " SIZE=500". Offsets from the first blank. */
typedef struct
{
  gsize total; /* with the blanks before it */
  gsize blanks;
  gsize keyword;
  gsize value; /* without "="; 0 when there is none */
} PcSmtpParam;

PcSmtpParamResult pc_smtp_parse_param (const guint8 *data,
                                       gsize         len,
                                       PcSmtpParam  *param);

/* xtext = *( xchar / hexchar ) (RFC 3461 section 4) */
gboolean pc_smtp_is_xtext (const guint8 *data,
                           gsize         len);

/* -- replies (RFC 5321 section 4.2) ---------------------------------------- */

typedef enum
{
  PC_SMTP_REPLY_DONE,
  PC_SMTP_REPLY_MORE,
  PC_SMTP_REPLY_BAD,
} PcSmtpReplyResult;

/* Remembers between calls how far it has looked.  Zeroed it is new. */
typedef struct
{
  gsize scanned; /* octets known to hold no further line end */
  gsize line;    /* where the line under way begins */
  guint n_lines;
  guint code; /* of the lines so far */
} PcSmtpReplyReader;

/* Looks for a whole reply at the head of @data, of lines up to @limit octets.
 * Until it answers DONE or BAD, call it with the same head and more behind.
 * DONE: @total octets are a reply; @self is new again, its code stays.
 * BAD: a line is no reply line or has another code; @total octets of lines
 * before it were right (0: it is the first). */
PcSmtpReplyResult pc_smtp_reply_find (PcSmtpReplyReader *self,
                                      const guint8      *data,
                                      gsize              len,
                                      gsize              limit,
                                      gsize             *total);
/* "5.1.1" and the blank behind it (RFC 2034 section 4, RFC 3463 section 2),
 * or 0 when @data begins with none of class @klass (2, 4 or 5). */
gsize pc_smtp_find_enhanced (const guint8 *data,
                             gsize         len,
                             guint         klass);
/* The octets up to the next LF, with it; all when there is none.  @text is
 * without the CR LF. */
gsize pc_smtp_split_line (const guint8 *data,
                          gsize         len,
                          gsize        *text);

/* -- messages (RFC 5321 section 4.5.2) ------------------------------------- */

/* Makes every line end CR LF, the last one too.  Must come before the dots:
 * a dot after a lone CR would else go out unstuffed.  Transfer full. */
GByteArray *pc_smtp_canonicalise (gconstpointer data,
                                  gsize         len);
/* A second dot before every line that begins with one, and the end of data
 * behind.  @content is canonical. Transfer full. */
GByteArray *pc_smtp_stuff (const GByteArray *content);

G_END_DECLS
