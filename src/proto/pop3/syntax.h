/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/pop3/verbs.h"

G_BEGIN_DECLS

/* The grammar of POP3: command lines, reply lines, byte-stuffed text. */

/* A command line, cut.  Points into the line. */
typedef struct
{
  PcPop3Verb    verb;
  gsize         word_len; /* the keyword is line[0 … word_len - 1] */
  const guint8 *args;     /* behind the keyword and one space */
  gsize         args_len;
  gboolean      has_args; /* more than spaces */
} PcPop3Command;

/* @line is without its end.  Never fails: what is no verb is UNKNOWN. */
void     pc_pop3_parse_command (const guint8  *line,
                                gsize          len,
                                PcPop3Command *command);
/* One to @max decimal numbers with one space between; spaces at the end are
 * forgiven.  The count, or 0 when it is anything else. */
guint    pc_pop3_parse_numbers (const guint8 *args,
                                gsize         len,
                                guint32      *values,
                                guint         max);
/* "GET" and its like: a web browser has the wrong port. */
gboolean pc_pop3_is_http (const guint8 *line,
                          gsize         word_len);

typedef enum {
  PC_POP3_REPLY_OK,       /* "+OK" */
  PC_POP3_REPLY_ERR,      /* "-ERR" */
  PC_POP3_REPLY_CONTINUE, /* "+ ": a SASL challenge (RFC 5034 section 4) */
  PC_POP3_REPLY_BAD,      /* nothing of POP3 */
} PcPop3Status;

typedef struct
{
  PcPop3Status status;
  gsize        status_len; /* octets of the indicator */
  gsize        text;       /* offset of what is behind indicator and space */
  gsize        code_len;   /* "[IN-USE]" at the start of text, or 0 */
} PcPop3Reply;

/* @line is without its end. */
void     pc_pop3_parse_reply (const guint8 *line,
                              gsize         len,
                              PcPop3Reply  *reply);
/* @code: "IN-USE", in any case; also when the reply is more precise
 * ("SYS" matches "[SYS/TEMP]"; RFC 2449 section 8). */
gboolean pc_pop3_reply_has_code (const guint8      *line,
                                 const PcPop3Reply *reply,
                                 const char        *code);

/* Takes the stuffing off the lines of a multi-line reply, as they come, and
 * finds their end (RFC 1939 section 3).  Zeroed it is at the first line. */
typedef struct
{
  enum {
    PC_POP3_LINE_START,
    PC_POP3_DOT,    /* one dot at the start of a line */
    PC_POP3_DOT_CR, /* perhaps the end */
    PC_POP3_TEXT,
    PC_POP3_CR,
    PC_POP3_END,
  } at;
} PcPop3Unstuffer;

/* Reads up to and with the end mark, or all of @data: see @self->at.  Appends
 * the text to @out (nullable).  Returns: octets read. */
gsize    pc_pop3_unstuff (PcPop3Unstuffer *self,
                          const guint8    *data,
                          gsize            len,
                          GByteArray      *out);
/* Length of the header, the empty line and @n_lines lines of the body: what
 * TOP shows (RFC 1939 section 7). */
gsize    pc_pop3_top_length (const guint8 *text,
                             gsize         len,
                             guint32       n_lines);

G_END_DECLS
