/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Labels for the octets of POP3.
 *
 * Lines of lists are cut into number, size and name; messages into header
 * fields, the empty line, runs of body lines, and every stuffed dot.  A unit
 * has only so many fields: when they run out, the lines left share one.
 *
 * RFC 1939 sections 3, 5 and 7; RFC 2449 sections 3 and 8; RFC 8446
 * section 5.1 (TLS records).
 */

#include "proto/pop3/fields.h"

#include "base/limits.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LAST_FIELDS 8 /* kept for the rest of the lines and the end mark */

static const guint8 *
rest_of (const PcUnit *unit,
         gsize        *len)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (unit->bytes, &size);

  *len = pc_unit_get_rest (unit);
  return data + (size - *len);
}

static void
add_eol (PcUnit *unit,
         gsize   eol)
{
  pc_unit_add_field (unit, eol, N_ ("End of line"),
                     N_ ("Carriage return and line feed close the line."));
}

static void
add_space (PcUnit *unit,
           gsize   len)
{
  pc_unit_add_field (unit, len, N_ ("Space"),
                     N_ ("One space stands between two parts of a line."));
}

/* Labels the word up to the next space, and that space, within @len octets.
 * Returns: how many of them are left. */
static gsize
add_word (PcUnit     *unit,
          gsize       len,
          const char *label,
          const char *meaning)
{
  gsize         rest;
  const guint8 *data = rest_of (unit, &rest);
  const guint8 *space = len > 0 ? memchr (data, ' ', len) : NULL;
  gsize         word = space != NULL ? (gsize) (space - data) : len;

  pc_unit_add_field (unit, word, label, meaning);
  if (space == NULL)
    return 0;

  add_space (unit, 1);
  return len - word - 1;
}

static gsize
add_number (PcUnit *unit,
            gsize   len)
{
  return add_word (unit, len, N_ ("Message number"),
                   N_ ("Which message; the numbers hold for this session "
                       "only."));
}

static gsize
add_octets (PcUnit *unit,
            gsize   len)
{
  return add_word (unit, len, N_ ("Octets"),
                   N_ ("The size in bytes, each line end counted as two."));
}

static void
add_text (PcUnit *unit,
          gsize   len)
{
  pc_unit_add_field (unit, len, N_ ("Text"),
                     N_ ("Words for people; programs do not read them."));
}

/* A response of @len octets, as far as it may be shown. */
static void
add_response (PcUnit           *unit,
              const PcSaslView *login,
              gsize             len,
              const char       *label)
{
  gsize         rest;
  const guint8 *data = rest_of (unit, &rest);
  PcField      *field;

  if (pc_sasl_view_response (login, data, len) != PC_SASL_PART_SECRET) {
    pc_unit_add_field_value (unit, len, label,
                             N_ ("Base64. No password is in it, only what "
                                 "was worked out from one."),
                             pc_sasl_view_describe (login, data, len));
    return;
  }

  field = pc_unit_add_secret (unit, len, label,
                              N_ ("Base64, and so only wrapped, not "
                                  "encrypted; it may hold the password."));
  if (field == NULL)
    return;
  g_free (field->value);
  field->value = pc_sasl_view_describe (login, data, len);
}

static void
label_auth (PcUnit *unit,
            gsize   len)
{
  gsize         rest;
  const guint8 *args = rest_of (unit, &rest);
  PcSaslView    login;

  pc_sasl_view_begin (&login, args, len);
  login.step = 0; /* of the response in the command itself */
  len = add_word (unit, len, N_ ("Mechanism"),
                  N_ ("The way to log in, one of those the server "
                      "offers."));
  if (len > 0)
    add_response (unit, &login, len, N_ ("Initial response"));
}

/* -- commands ------------------------------------------------------------- */

static void
label_arguments (PcUnit    *unit,
                 PcPop3Verb verb,
                 gsize      len)
{
  switch (verb) {
  case PC_POP3_VERB_USER:
    pc_unit_add_field (unit, len, N_ ("User"),
                       N_ ("Whose maildrop is to be opened."));
    return;
  case PC_POP3_VERB_PASS:
    pc_unit_add_secret (unit, len, N_ ("Password"),
                        N_ ("It goes out as it is; without TLS everybody on "
                            "the way can read it. Here it is shown as "
                            "dots."));
    return;
  case PC_POP3_VERB_APOP:
    len = add_word (unit, len, N_ ("User"),
                    N_ ("Whose maildrop is to be opened."));
    pc_unit_add_field (unit, len, N_ ("Digest"),
                       N_ ("MD5 of the greeting's stamp and the password."));
    return;
  case PC_POP3_VERB_AUTH:
    label_auth (unit, len);
    return;
  case PC_POP3_VERB_LIST:
  case PC_POP3_VERB_UIDL:
  case PC_POP3_VERB_RETR:
  case PC_POP3_VERB_DELE:
    len = add_number (unit, len);
    break;
  case PC_POP3_VERB_TOP:
    len = add_number (unit, len);
    len = add_word (unit, len, N_ ("Lines"),
                    N_ ("How many lines of the body are wanted."));
    break;
  default:
    break;
  }

  pc_unit_add_field (unit, len, N_ ("Argument"),
                     N_ ("More than this command needs."));
}

void
pc_pop3_label_command (PcUnit *unit,
                       gsize   len,
                       gsize   eol)
{
  gsize         rest;
  const guint8 *line = rest_of (unit, &rest);
  PcPop3Command command;

  pc_pop3_parse_command (line, len, &command);
  pc_unit_add_field (unit, command.word_len, N_ ("Command"),
                     N_ ("What the client wants, in three or four letters; "
                         "upper or lower case is the same."));
  if (command.word_len < len) {
    add_space (unit, 1);
    label_arguments (unit, command.verb, command.args_len);
  }
  add_eol (unit, eol);
}

void
pc_pop3_label_response (PcUnit           *unit,
                        const PcSaslView *login,
                        gsize             len,
                        gsize             eol)
{
  gsize         rest;
  const guint8 *line = rest_of (unit, &rest);

  if (len == 1 && line[0] == '*')
    pc_unit_add_field (unit, len, N_ ("Cancel"),
                       N_ ("A star alone calls the login off."));
  else if (len > 0)
    add_response (unit, login, len, N_ ("Response"));
  add_eol (unit, eol);
}

/* -- first line of a reply ------------------------------------------------ */

/* timestamp = "<" *VCHAR ">" (RFC 2449 section 3) */
static void
label_greeting (PcUnit *unit,
                gsize   len)
{
  gsize         rest;
  const guint8 *text = rest_of (unit, &rest);
  const guint8 *begin = len > 0 ? memchr (text, '<', len) : NULL;
  const guint8 *end = NULL;
  gsize         words;

  if (begin != NULL)
    end = memchr (begin, '>', len - (gsize) (begin - text));
  if (end == NULL) {
    add_text (unit, len);
    return;
  }

  words = (gsize) (begin - text);
  while (words > 0 && text[words - 1] == ' ')
    words--;
  add_text (unit, words);
  add_space (unit, (gsize) (begin - text) - words);
  pc_unit_add_field (unit, (gsize) (end - begin) + 1, N_ ("Stamp"),
                     N_ ("Another one for each session: the client may join "
                         "it with the password for APOP."));
  add_text (unit, len - (gsize) (end - text) - 1);
}

static gsize
label_values (PcUnit    *unit,
              PcPop3Verb verb,
              gboolean   has_args,
              gsize      len)
{
  if (verb == PC_POP3_VERB_STAT) {
    len = add_word (unit, len, N_ ("Messages"),
                    N_ ("How many messages are in the maildrop, without the "
                        "marked ones."));
    return add_octets (unit, len);
  }
  if (verb == PC_POP3_VERB_LIST && has_args)
    return add_octets (unit, add_number (unit, len));
  if (verb == PC_POP3_VERB_UIDL && has_args)
    return add_word (unit, add_number (unit, len), N_ ("Unique-id"),
                     N_ ("The name that this message keeps over all "
                         "sessions."));
  return len;
}

static void
label_status (PcUnit            *unit,
              const PcPop3Reply *reply)
{
  const char *meaning = N_ ("Success: the server has done what was asked.");

  if (reply->status == PC_POP3_REPLY_ERR)
    meaning = N_ ("Failure: the server has not done what was asked.");
  else if (reply->status == PC_POP3_REPLY_CONTINUE)
    meaning = N_ ("Not over yet: the server waits for the next line of the "
                  "login.");

  pc_unit_add_field (unit, reply->status_len, N_ ("Status indicator"),
                     meaning);
}

void
pc_pop3_label_reply (PcUnit    *unit,
                     PcPop3Verb verb,
                     gboolean   has_args,
                     gsize      len,
                     gsize      eol)
{
  gsize         rest;
  const guint8 *line = rest_of (unit, &rest);
  PcPop3Reply   reply;

  pc_pop3_parse_reply (line, len, &reply);
  label_status (unit, &reply);
  add_space (unit, reply.text - reply.status_len);
  pc_unit_add_field (unit, reply.code_len, N_ ("Response code"),
                     N_ ("The reason, for programs: [AUTH] the credentials "
                         "are wrong, [IN-USE] another session has the "
                         "maildrop."));
  len -= reply.text + reply.code_len;

  if (reply.status == PC_POP3_REPLY_CONTINUE) {
    if (len > 0)
      pc_unit_add_field_value (unit, len, N_ ("Challenge"),
                               N_ ("What the mechanism asks for, in Base64."),
                               pc_sasl_view_decode (line + reply.text, len));
  } else if (verb == PC_POP3_VERB_CONNECT) {
    label_greeting (unit, len);
  } else {
    if (reply.status == PC_POP3_REPLY_OK)
      len = label_values (unit, verb, has_args, len);
    add_text (unit, len);
  }
  add_eol (unit, eol);
}

/* -- lines after the first one -------------------------------------------- */

/* Length of the line with its CR LF; a lone LF ends none. */
static gsize
line_length (const guint8 *data,
             gsize         len)
{
  gsize from = 0;

  while (from < len) {
    const guint8 *lf = memchr (data + from, '\n', len - from);

    if (lf == NULL)
      break;
    from = (gsize) (lf - data) + 1;
    if (from >= 2 && data[from - 2] == '\r')
      return from;
  }

  return len;
}

static gsize
eol_length (const guint8 *data,
            gsize         len)
{
  return len >= 2 && data[len - 2] == '\r' && data[len - 1] == '\n' ? 2 : 0;
}

/* What the first word of a line of CAPA says, for an onlooker as well. */
static const char *
capability_meaning (const guint8 *line,
                    gsize         len)
{
  static const struct
  {
    const char *word;
    const char *meaning;
  } rows[] = {
    { "STLS", N_ ("The connection can be switched to TLS before the login. "
                  "Who sits on the way can remove this line, for it comes in "
                  "clear; a careful client then gives no password.") },
    { "USER", N_ ("USER and PASS are taken here. Without TLS around them "
                  "everybody on the way can read the password.") },
    { "SASL", N_ ("The mechanisms for AUTH. With PLAIN and LOGIN everybody on "
                  "the way can read the password, unless TLS is around "
                  "it.") },
  };
  const guint8 *space = len > 0 ? memchr (line, ' ', len) : NULL;
  gsize         word = space != NULL ? (gsize) (space - line) : len;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (pc_text_equal_ascii (line, word, rows[i].word))
      return rows[i].meaning;

  return N_ ("Something that this server can do.");
}

/* A line of LIST, UIDL, CAPA or AUTH; @len octets with its end. */
static void
label_list_line (PcUnit    *unit,
                 PcPop3Verb verb,
                 gsize      len)
{
  gsize         rest;
  const guint8 *data = rest_of (unit, &rest);
  gsize         eol = eol_length (data, len);

  len -= eol;
  if (verb == PC_POP3_VERB_LIST)
    len = add_octets (unit, add_number (unit, len));
  else if (verb == PC_POP3_VERB_UIDL)
    len = add_word (unit, add_number (unit, len), N_ ("Unique-id"),
                    N_ ("The name that this message keeps over all "
                        "sessions."));
  else if (verb == PC_POP3_VERB_CAPA)
    len = add_word (unit, len, N_ ("Capability"),
                    capability_meaning (data, len));
  else
    len = add_word (unit, len, N_ ("Mechanism"),
                    N_ ("A way to log in that this server offers."));

  pc_unit_add_field (unit, len, N_ ("Arguments"),
                     N_ ("More about it, word by word."));
  add_eol (unit, eol);
}

/* One header field with its folded lines. */
static gsize
header_length (const guint8 *data,
               gsize         len)
{
  gsize end = line_length (data, len);

  while (end < len && (data[end] == ' ' || data[end] == '\t'))
    end += line_length (data + end, len - end);

  return end;
}

static void
add_body (PcUnit *unit,
          gsize   len)
{
  pc_unit_add_field (unit, len, N_ ("Body"),
                     N_ ("Lines of the message's text."));
}

/* Body lines up to the next one that begins with a dot. */
static void
label_body (PcUnit *unit,
            gsize   len)
{
  gsize         rest;
  const guint8 *data = rest_of (unit, &rest);
  gsize         end = line_length (data, len);

  while (end < len && data[end] != '.')
    end += line_length (data + end, len - end);

  add_body (unit, end);
}

static void
add_stuffed_dot (PcUnit *unit)
{
  pc_unit_add_field (unit, 1, N_ ("Stuffed dot"),
                     N_ ("Put in by the server because the line begins with "
                         "a dot; the client takes it out again."));
}

/* Labels at least one octet of the @len that come before the end mark. */
static void
label_message_lines (PcUnit           *unit,
                     PcPop3TextLabels *labels,
                     gsize             len)
{
  gsize         rest;
  const guint8 *data = rest_of (unit, &rest);

  if (data[0] == '.') {
    add_stuffed_dot (unit);
    data++;
    if (--len == 0)
      return;
  }

  if (labels->in_body) {
    label_body (unit, len);
  } else if (len >= 2 && data[0] == '\r' && data[1] == '\n') {
    pc_unit_add_field (unit, 2, N_ ("Empty line"),
                       N_ ("Ends the header; the body follows."));
    labels->in_body = TRUE;
  } else {
    pc_unit_add_field (unit, header_length (data, len), N_ ("Header field"),
                       N_ ("A line of the message's header: a name, a colon "
                           "and a value."));
  }
}

static gboolean
is_message (PcPop3Verb verb)
{
  return verb == PC_POP3_VERB_RETR || verb == PC_POP3_VERB_TOP;
}

static void
label_next (PcUnit           *unit,
            PcPop3TextLabels *labels,
            gsize             len)
{
  gsize         rest;
  const guint8 *data = rest_of (unit, &rest);

  if (pc_unit_get_n_fields (unit) > PC_LIMIT_FIELDS - LAST_FIELDS)
    pc_unit_add_field (unit, len, N_ ("More lines"),
                       N_ ("The rest of the reply, line by line like the "
                           "part before."));
  else if (labels->mid_line)
    pc_unit_add_field (unit, line_length (data, len), N_ ("Rest of a line"),
                       N_ ("The line began in the part before."));
  else if (is_message (labels->verb))
    label_message_lines (unit, labels, len);
  else
    label_list_line (unit, labels->verb, line_length (data, len));

  labels->mid_line = FALSE;
}

void
pc_pop3_label_text (PcUnit           *unit,
                    PcPop3TextLabels *labels,
                    gboolean          ends)
{
  gsize         mark = ends ? 3 : 0;
  gsize         size, rest;
  const guint8 *data = g_bytes_get_data (unit->bytes, &size);

  for (;;) {
    rest = pc_unit_get_rest (unit);
    if (rest <= mark)
      break;
    label_next (unit, labels, rest - mark);
  }

  pc_unit_add_field (unit, mark, N_ ("End mark"),
                     N_ ("A dot alone on a line: the reply is over."));
  labels->mid_line = eol_length (data, size) == 0;
}
