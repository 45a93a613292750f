/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/bytes.h"

G_BEGIN_DECLS

/* The grammar of RFC 3501 section 9 and RFC 9051 section 9, as far as the
 * engines and the observer need it.  A cursor walks over a whole command or
 * response, literals in their place.  Each read function returns FALSE when
 * the octets are something else, and then has not moved the cursor. */

typedef struct
{
  const guint8 *data; /* not owned */
  gsize         len;
  gsize         pos;
  gboolean      utf8; /* names of mailboxes are UTF-8 (RFC 9051, RFC 6855) */
} PcImapCursor;

/* Message numbers or UIDs: "1,3:5,7:*". */
typedef struct
{
  guint32 from; /* PC_IMAP_SET_LAST for "*" */
  guint32 to;
} PcImapRange;

#define PC_IMAP_SET_LAST 0 /* no message has the number 0 */

/* ATOM-CHAR: no controls, no space, none of ( ) { % * " \ ] */
gboolean pc_imap_is_atom_char (guint8 c);

gboolean pc_imap_at_end (const PcImapCursor *self);
/* The cursor stands at @c. */
gboolean pc_imap_peek_char (const PcImapCursor *self,
                            char                c);
gboolean pc_imap_read_char (PcImapCursor *self,
                            char          c);
/* @word in any case, and not as the beginning of a longer atom. */
gboolean pc_imap_read_word (PcImapCursor *self,
                            const char   *word);
/* The out strings are transfer full and NUL-terminated; a NUL octet in a
 * literal or a quoted string makes the read fail. */
gboolean pc_imap_read_tag (PcImapCursor *self,
                           char        **tag);
gboolean pc_imap_read_atom (PcImapCursor *self,
                            char        **atom);
/* A quoted string or a literal. */
gboolean pc_imap_read_string (PcImapCursor *self,
                              char        **string);
gboolean pc_imap_read_astring (PcImapCursor *self,
                               char        **string);
/* As astring, with the wildcards "%" and "*" allowed. */
gboolean pc_imap_read_list_mailbox (PcImapCursor *self,
                                    char        **pattern);
gboolean pc_imap_read_number (PcImapCursor *self,
                              guint64       max,
                              guint64      *number);
/* At most PC_LIMIT_IMAP_SET ranges.  Transfer full: PcImapRange elements. */
gboolean pc_imap_read_set (PcImapCursor *self,
                           GArray      **ranges);
/* "{12}" or "{12+}" with its line end: what comes behind is @size octets.
 * With "~" before it, zero octets may be among them (RFC 3516). */
gboolean pc_imap_read_literal_header (PcImapCursor *self,
                                      guint64      *size,
                                      gboolean     *synchronising);
/* Whether a line, its line end included, ends in the header of a literal.  A
 * brace inside a quoted string is text. */
gboolean pc_imap_ends_in_literal (const guint8 *line,
                                  gsize         len,
                                  guint64      *size,
                                  gboolean     *synchronising);
/* "1-Feb-1994", quoted or not (date); counted as GDate does. */
gboolean pc_imap_read_day (PcImapCursor *self,
                           guint64      *day);
/* "\"23-Nov-2026 08:30:00 +0100\"" (date-time); µs since 1970 UTC. */
gboolean pc_imap_read_date_time (PcImapCursor *self,
                                 gint64       *time);
/* An astring that names a mailbox, in modified UTF-7 unless the cursor says
 * otherwise; "" when it is none that could be, so that no mailbox has it. */
gboolean pc_imap_read_mailbox (PcImapCursor *self,
                               char        **name);
/* Steps over one value of a response: atom, number, string, or a
 * parenthesised list to any depth up to PC_LIMIT_IMAP_RESPONSE_NESTING. */
gboolean pc_imap_skip_value (PcImapCursor *self);

/* Puts @last for every "*", orders and joins the ranges: ascending, apart. */
void     pc_imap_set_resolve (GArray *ranges,
                              guint32 last);
/* "1:3,5" of @numbers, guint32, ascending, at least one. */
void     pc_imap_write_set (GString      *out,
                            const GArray *numbers);
/* "%" matches no hierarchy separator "/"; "*" matches anything.  INBOX is to
 * be put in upper case by the caller.  Time grows with the product of the
 * lengths at worst, whatever the pattern. */
gboolean pc_imap_match_mailbox (const char *pattern,
                                const char *name);

/* -- frames ---------------------------------------------------------------- */

/* Finds where a command or a response ends: at the first line end that no
 * literal follows. */

typedef enum {
  PC_IMAP_FRAME_MORE,    /* not whole yet */
  PC_IMAP_FRAME_DONE,    /* the first end octets of the queue are whole */
  PC_IMAP_FRAME_LITERAL, /* the first end octets ask for leave to send a
                          * literal of size octets; said once per literal */
  PC_IMAP_FRAME_LONG,    /* the text is longer than allowed */
  PC_IMAP_FRAME_BIG,     /* the literals are bigger than allowed; as LITERAL
                          * when synchronising; again with higher limits
                          * it goes on */
} PcImapFrameResult;

typedef struct
{
  gsize    end;           /* out, see above */
  guint64  size;          /* out: of the literal */
  gboolean synchronising; /* out: the sender waits for "+" */
  gsize    line;          /* private: where the line being read begins */
  gsize    scanned;       /* private */
  gsize    text;          /* private: octets of finished lines */
  guint64  literals;      /* private: octets of literals */
} PcImapFramer;

/* @responses: from a server, where human text may end in something that only
 * looks like a literal.  Zero the framer when the frame is consumed. */
PcImapFrameResult pc_imap_framer_next (PcImapFramer *self,
                                       const guint8 *data,
                                       gsize         len,
                                       gboolean      responses,
                                       gsize         text_limit,
                                       guint64       literal_limit);

/* -- writing --------------------------------------------------------------- */

/* An nstring: NIL, quoted when it can be, else a literal. */
void pc_imap_write_nstring (GString    *out,
                            const char *string);
/* A literal whatever is in it; NUL octets, which no literal may carry, become
 * 0x80. */
void pc_imap_write_literal (GString      *out,
                            const guint8 *data,
                            gsize         len);
/* "~{12}": a literal that may have NUL octets in it (RFC 3516). */
void pc_imap_write_literal8 (GString      *out,
                             const guint8 *data,
                             gsize         len);
/* An atom or quoted.  FALSE, nothing written, when only a literal can carry
 * @string (octets past 127). */
gboolean pc_imap_write_astring (GString    *out,
                                const char *string);
/* "23-Nov-2026 08:30:00 +0000", quoted.  @time in µs since 1970 UTC. */
void pc_imap_write_date (GString *out,
                         gint64   time);

G_END_DECLS
