/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cuts the units of an SMTP conversation into labelled fields.
 *
 * What the observer has cut is taken as it is: a line that breaks the grammar
 * simply has fewer labels.  RFC 5321 sections 4.1.2, 4.2, 4.5.2; RFC 3463
 * section 2; RFC 4616 section 2; RFC 8446 section 5.1.
 */

#include "proto/smtp/observe-private.h"
#include "proto/smtp/syntax.h"

#include "base/limits.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RESERVED_FIELDS 8 /* kept for the end of a long message */

static const guint8 *
peek (const PcUnit *unit)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (unit->bytes, &size);

  return data + (size - pc_unit_get_rest (unit));
}

static void
label_blanks (PcUnit *unit,
              gsize   len)
{
  pc_unit_add_field (unit, len, N_ ("Blank"),
                     N_ ("Separates the words of the line."));
}

/* -- commands ------------------------------------------------------------- */

static void
label_params (PcUnit *unit,
              gsize   text)
{
  PcSmtpParam param;

  while (pc_smtp_parse_param (peek (unit), text, &param) == PC_SMTP_PARAM_OK) {
    label_blanks (unit, param.blanks);
    pc_unit_add_field (unit, param.keyword, N_ ("Parameter"),
                       pc_smtp_find_param_meaning (peek (unit),
                                                   param.keyword));
    if (param.value > 0) {
      pc_unit_add_field (unit, 1, N_ ("Equals sign"),
                         N_ ("The parameter's value follows."));
      pc_unit_add_field (unit, param.value, N_ ("Value"),
                         N_ ("The value of the parameter."));
    }
    text -= param.total;
  }
  pc_unit_add_field (unit, text, N_ ("Unknown argument"),
                     N_ ("Portcall cannot read this as parameters."));
}

static void
label_address (PcUnit           *unit,
               const PcSmtpPath *path,
               gboolean          sender)
{
  if (path->address == 0) {
    pc_unit_add_field (unit, path->total, N_ ("Empty sender"),
                       N_ ("Nobody: reports about this mail go nowhere, so "
                           "they cannot travel in circles."));
    return;
  }

  pc_unit_add_field (unit, 1, N_ ("Opening bracket"),
                     N_ ("The address stands between < and >."));
  pc_unit_add_field (unit, path->route, N_ ("Source route"),
                     N_ ("An old way to name servers to pass; it is "
                         "ignored today."));
  pc_unit_add_field (unit, path->address,
                     sender ? N_ ("Sender") : N_ ("Recipient"),
                     sender ? N_ ("Where trouble with this mail is reported.")
                            : N_ ("Who gets the mail, whatever its To line "
                                  "says."));
  pc_unit_add_field (unit, 1, N_ ("Closing bracket"),
                     N_ ("The address ends here."));
}

/* "FROM:" or "TO:", a path, parameters; @text octets in all. */
static void
label_path (PcUnit  *unit,
            gboolean sender,
            gsize    text)
{
  const guint8 *data = peek (unit);
  const guint8 *colon = text == 0 ? NULL : memchr (data, ':', text);
  const guint8 *open = text == 0 ? NULL : memchr (data, '<', text);
  PcSmtpPath    path;
  gsize         skip;

  if (colon != NULL && (open == NULL || colon < open)) {
    skip = (gsize) (colon - data) + 1;
    pc_unit_add_field (unit, skip, N_ ("Keyword"),
                       sender ? N_ ("FROM: an address to report to follows.")
                              : N_ ("TO: the recipient's address "
                                    "follows."));
    data += skip;
    text -= skip;
    for (skip = 0; skip < text && data[skip] == ' ';)
      skip++;
    label_blanks (unit, skip);
    data += skip;
    text -= skip;
  }
  if (pc_smtp_parse_path_utf8 (data, text, &path) != PC_SMTP_PATH_OK) {
    pc_unit_add_field (unit, text, N_ ("Unknown argument"),
                       N_ ("Portcall cannot read this as an address."));
    return;
  }

  label_address (unit, &path, sender);
  label_params (unit, text - path.total);
}

static void
label_secret (PcUnit           *unit,
              const PcSaslView *login,
              gsize             len)
{
  const guint8 *data = peek (unit);
  const char   *label = N_ ("Login response");
  PcField      *field;

  if (len > 0 &&
      pc_sasl_view_response (login, data, len) != PC_SASL_PART_SECRET) {
    pc_unit_add_field_value (unit, len, label,
                             N_ ("Base64. No password is in it, only what "
                                 "was worked out from one."),
                             pc_sasl_view_describe (login, data, len));
    return;
  }

  field = pc_unit_add_secret (unit, len, label,
                              N_ ("User name or password in base64, which "
                                  "anybody can undo. Portcall hides it."));
  if (field == NULL)
    return;
  g_free (field->value);
  field->value = pc_sasl_view_describe (login, data, len);
}

static void
label_auth (PcUnit *unit,
            gsize   text)
{
  const guint8 *data = peek (unit);
  const guint8 *blank = text == 0 ? NULL : memchr (data, ' ', text);
  gsize         name = blank == NULL ? text : (gsize) (blank - data);
  PcSaslView    login;

  pc_sasl_view_begin (&login, data, text);
  login.step = 0; /* of the response in the command itself */
  pc_unit_add_field (unit, name, N_ ("Mechanism"),
                     N_ ("The way user name and password are packed; one of "
                         "those the server listed."));
  if (blank == NULL)
    return;
  label_blanks (unit, 1);
  label_secret (unit, &login, text - name - 1);
}

/* chunk-size [SP "LAST"] */
static void
label_chunk_size (PcUnit *unit,
                  gsize   text)
{
  const guint8 *data = peek (unit);
  const guint8 *blank = text == 0 ? NULL : memchr (data, ' ', text);
  gsize         digits = blank == NULL ? text : (gsize) (blank - data);

  pc_unit_add_field (unit, digits, N_ ("Octets"),
                     N_ ("So many octets of the message follow right behind "
                         "this line."));
  if (blank == NULL)
    return;
  label_blanks (unit, 1);
  pc_unit_add_field (unit, text - digits - 1, N_ ("Last piece"),
                     N_ ("LAST: with this piece the message is complete."));
}

static void
label_argument (PcUnit    *unit,
                PcSmtpVerb verb,
                gsize      text)
{
  if (verb == PC_SMTP_VERB_MAIL || verb == PC_SMTP_VERB_RCPT)
    label_path (unit, verb == PC_SMTP_VERB_MAIL, text);
  else if (verb == PC_SMTP_VERB_AUTH)
    label_auth (unit, text);
  else if (verb == PC_SMTP_VERB_BDAT)
    label_chunk_size (unit, text);
  else if (verb == PC_SMTP_VERB_EHLO || verb == PC_SMTP_VERB_HELO)
    pc_unit_add_field (unit, text, N_ ("Client's name"),
                       N_ ("The computer that speaks, as it calls itself; "
                           "the server writes it into the trace."));
  else
    pc_unit_add_field (unit, text, N_ ("Argument"),
                       N_ ("What the command is about."));
}

void
pc_smtp_label_command (PcUnit    *unit,
                       PcSmtpVerb verb,
                       gsize      word,
                       gsize      text)
{
  gsize         blanks = 0;
  const guint8 *data;

  if (verb >= PC_SMTP_N_VERBS) {
    pc_unit_add_field (unit, text, N_ ("Unknown line"),
                       N_ ("It begins with no command of SMTP."));
    return;
  }

  pc_unit_add_field (unit, word, N_ ("Command"),
                     N_ ("The verb: what the client wants. Capital and small "
                         "letters are the same."));
  text -= word;
  for (data = peek (unit); blanks < text && data[blanks] == ' ';)
    blanks++;
  label_blanks (unit, blanks);
  label_argument (unit, verb, text - blanks);
}

void
pc_smtp_label_sasl (PcUnit                *unit,
                    const PcSaslView *login,
                    gsize                  text)
{
  if (text == 1 && peek (unit)[0] == '*')
    pc_unit_add_field (unit, 1, N_ ("Asterisk"),
                       N_ ("The client gives the login up."));
  else
    label_secret (unit, login, text);
}

/* -- replies -------------------------------------------------------------- */

/* ehlo-line = ehlo-keyword *( SP ehlo-param ) */
static void
label_keyword (PcUnit *unit,
               gsize   text)
{
  const guint8 *data = peek (unit);
  const guint8 *blank = text == 0 ? NULL : memchr (data, ' ', text);
  gsize         word = blank == NULL ? text : (gsize) (blank - data);

  pc_unit_add_field (unit, word, N_ ("Extension"),
                     pc_smtp_find_extension_meaning (data, word));
  if (blank == NULL)
    return;
  label_blanks (unit, 1);
  pc_unit_add_field (unit, text - word - 1, N_ ("Extension's values"),
                     N_ ("More about the extension: SIZE has the longest "
                         "message in octets, AUTH the mechanisms."));
}

static void
label_words (PcUnit *unit,
             guint   code,
             gsize   text)
{
  gsize    enhanced = pc_smtp_find_enhanced (peek (unit), text, code / 100);
  gboolean blank = enhanced > 0 && peek (unit)[enhanced - 1] == ' ';

  if (enhanced > 0) {
    pc_unit_add_field (unit, enhanced - (blank ? 1 : 0),
                       N_ ("Enhanced code"),
                       N_ ("The same verdict in finer steps: class, "
                           "subject, detail. 5.1.1 is an unknown mailbox, "
                           "5.7.1 a matter of policy."));
    if (blank)
      label_blanks (unit, 1);
  }
  pc_unit_add_field (unit, text - enhanced, N_ ("Text"),
                     N_ ("For people; programs act on the digits alone."));
}

/* What stands behind 334. */
static void
label_challenge (PcUnit *unit,
                 gsize   text)
{
  if (text > 0)
    pc_unit_add_field_value (unit, text, N_ ("Challenge"),
                             N_ ("What the mechanism asks for, in Base64."),
                             pc_sasl_view_decode (peek (unit), text));
}

static void
label_reply_line (PcUnit    *unit,
                  PcSmtpVerb verb,
                  guint      code,
                  gsize      text,
                  gboolean   first)
{
  gboolean more = text > 3 && peek (unit)[3] == '-';

  pc_unit_add_field (unit, 3, N_ ("Reply code"),
                     N_ ("Three digits. The first says it: 2 yes, 3 go on, "
                         "4 not now, 5 no."));
  if (text == 3)
    return;
  pc_unit_add_field (unit, 1, N_ ("Separator"),
                     more ? N_ ("A hyphen: more lines of this reply follow.")
                          : N_ ("A blank: this is the last line of the "
                                "reply."));
  if (verb == PC_SMTP_VERB_EHLO && code == 250 && !first)
    label_keyword (unit, text - 4);
  else if (code == 334)
    label_challenge (unit, text - 4);
  else
    label_words (unit, code, text - 4);
}

void
pc_smtp_label_reply (PcUnit    *unit,
                     PcSmtpVerb verb,
                     guint      code)
{
  gboolean first = TRUE;
  gsize    rest;

  for (rest = pc_unit_get_rest (unit); rest > 0;
       rest = pc_unit_get_rest (unit)) {
    gsize text;
    gsize total = pc_smtp_split_line (peek (unit), rest, &text);

    label_reply_line (unit, verb, code, text, first);
    pc_unit_add_field (unit, total - text, N_ ("End of line"),
                       N_ ("Carriage return and line feed close the "
                           "line."));
    first = FALSE;
  }
}

/* -- messages ------------------------------------------------------------- */

static gboolean
is_full (const PcUnit *unit)
{
  return pc_unit_get_n_fields (unit) + RESERVED_FIELDS >= PC_LIMIT_FIELDS;
}

/* Octets up to a CR or LF that is no line end; all when there is none. */
static gsize
find_lone_end (const guint8 *data,
               gsize         len)
{
  gsize i;

  for (i = 0; i < len; i++) {
    if (data[i] == '\n')
      return i;
    if (data[i] == '\r' && i + 1 < len) {
      if (data[i + 1] != '\n')
        return i;
      i++;
    }
  }

  return len;
}

static void
label_text (PcUnit     *unit,
            gsize       len,
            const char *label,
            const char *meaning)
{
  while (len > 0 && !is_full (unit)) {
    gsize run = find_lone_end (peek (unit), len);

    pc_unit_add_field (unit, run, label, meaning);
    len -= run;
    if (len > 0) {
      pc_unit_add_field (unit, 1, N_ ("Lone line end"),
                         N_ ("A CR without LF, or a LF without CR. In "
                             "SMTP neither ends a line, though not every "
                             "program knows."));
      len--;
    }
  }
  pc_unit_add_field (unit, len, label, meaning);
}

/* A line up to CR LF and nothing less. */
static gsize
find_line (const guint8 *data,
           gsize         len)
{
  const guint8 *end = memmem (data, len, "\r\n", 2);

  return end == NULL ? len : (gsize) (end - data) + 2;
}

/* field-name ":" (RFC 5322 section 2.2) */
static gboolean
is_header_line (const guint8 *data,
                gsize         len)
{
  gsize i;

  for (i = 0; i < len && data[i] > 0x20 && data[i] < 0x7f; i++)
    if (data[i] == ':')
      return i > 0;

  return FALSE;
}

/* Up to a LF, with or without CR: the header of a message whose lines end in
 * LF alone is to be read as one, too. */
static gsize
find_header_line (const guint8 *data,
                  gsize         len)
{
  const guint8 *end = memchr (data, '\n', len);

  return end == NULL ? len : (gsize) (end - data) + 1;
}

/* A header field with its continuation lines (RFC 5322 section 2.2.3). */
static gsize
find_header_field (const guint8 *data,
                   gsize         len)
{
  gsize i = find_header_line (data, len);

  while (i < len && (data[i] == ' ' || data[i] == '\t'))
    i += find_header_line (data + i, len - i);

  return i;
}

/* Only behind CR LF can a dot have been put in. */
static gboolean
is_behind_line_end (const PcUnit      *unit,
                    const PcSmtpPlace *place)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (unit->bytes, &size);
  gsize         at = size - pc_unit_get_rest (unit);

  if (at == 0)
    return !place->mid_line;
  return at >= 2 && data[at - 2] == '\r' && data[at - 1] == '\n';
}

static gboolean
is_empty_line (const guint8 *data,
               gsize         len)
{
  return data[0] == '\n' || (len == 2 && data[0] == '\r');
}

/* Lines up to one that begins with a dot. */
static gsize
find_body_run (const guint8 *data,
               gsize         len)
{
  gsize i = find_line (data, len);

  while (i < len && data[i] != '.')
    i += find_line (data + i, len - i);

  return i;
}

/* The lines at the head of @len octets.  Returns how many it labelled. */
static gsize
label_lines (PcUnit      *unit,
             PcSmtpPlace *place,
             gsize        len)
{
  const guint8 *data = peek (unit);
  gsize         dot = 0;
  gsize         run;

  if (data[0] == '.' && is_behind_line_end (unit, place))
    dot = 1;
  pc_unit_add_field (unit, dot, N_ ("Stuffed dot"),
                     N_ ("Put in by the sender because the line begins with "
                         "a dot; the receiver takes it out."));
  data += dot;
  len -= dot;
  if (len == 0)
    return dot;

  run = find_header_line (data, len);
  if (place->in_header && !place->mid_line && dot == 0 &&
      is_empty_line (data, run)) {
    pc_unit_add_field (unit, run, N_ ("Empty line"),
                       N_ ("The header ends, the body begins."));
    place->in_header = FALSE;
  } else if (place->in_header &&
             (place->mid_line || is_header_line (data, run))) {
    run = find_header_field (data, len);
    label_text (unit, run, N_ ("Header field"),
                N_ ("Part of the letter, written by the sender's mail "
                    "program; SMTP does not act on it."));
  } else {
    place->in_header = FALSE;
    run = find_body_run (data, len);
    label_text (unit, run, N_ ("Body"), N_ ("The text of the letter."));
  }
  place->mid_line = FALSE;

  return dot + run;
}

/* "Subject: " at the start of a line of the header.  Transfer full. */
static char *
find_subject (const PcUnit *unit)
{
  guint i;

  for (i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_peek_field (unit, i);
    const guint8  *data = g_bytes_get_data (unit->bytes, NULL);
    gsize          len = field->end - field->start;

    data += field->start;
    if (len > 8 && pc_text_equal_ascii (data, 8, "Subject:") &&
        strcmp (field->label, "Header field") == 0)
      return pc_text_from_wire (data, len,
                                PC_TEXT_NO_EOL | PC_TEXT_ONE_LINE, 80);
  }

  return NULL;
}

static void
summarise_content (PcUnit  *unit,
                   gboolean end)
{
  gulong           size = g_bytes_get_size (unit->bytes);
  g_autofree char *subject = find_subject (unit);
  g_autofree char *text = NULL;

  if (end)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%lu octet of message",
                                         "%lu octets of message", size),
                            size);
  else
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%lu octet of a message under way",
                                         "%lu octets of a message under way",
                                         size),
                            size);
  if (subject == NULL)
    unit->summary = g_steal_pointer (&text);
  else
    unit->summary = g_strdup_printf ("%s (%s)", subject, text);
}

void
pc_smtp_label_content (PcUnit      *unit,
                       PcSmtpPlace *place,
                       gboolean     end)
{
  gsize         size = pc_unit_get_rest (unit);
  gsize         len = size - (end ? 3 : 0);
  const guint8 *data = peek (unit);

  while (len > 0 && !is_full (unit))
    len -= label_lines (unit, place, len);
  pc_unit_add_field (unit, len, N_ ("Body"),
                     N_ ("The rest of a message with very many parts."));
  pc_unit_add_field (unit, end ? 3 : 0, N_ ("End of data"),
                     N_ ("A line with a single dot: the message is complete "
                         "and the server may judge it."));
  place->mid_line = !end && size > 1 &&
                    memcmp (data + size - 2, "\r\n", 2) != 0;
  summarise_content (unit, end);
}
