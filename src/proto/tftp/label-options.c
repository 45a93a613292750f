/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The options of requests and of OACKs, told with their units, and what the
 * server changed.
 *
 * RFC 2347, RFC 2348, RFC 2349, RFC 7440 section 3.
 */

#include "proto/tftp/label.h"

#include "proto/tftp/observe-options.h"

#include <glib/gi18n-lib.h>

/* -- the name ------------------------------------------------------------- */

static const char *
name_meaning (PcTftpAsked kind)
{
  switch (kind) {
  case PC_TFTP_ASKED_BLKSIZE:
    return N_ ("Block size: how many bytes of the file one DATA packet "
               "carries, from 8 to 65464 instead of 512. The server may "
               "lower it, never raise it.");
  case PC_TFTP_ASKED_TIMEOUT:
    return N_ ("Timeout: how many seconds to wait for an answer before "
               "sending again, from 1 to 255. The server takes it as it is "
               "or leaves it out.");
  case PC_TFTP_ASKED_TSIZE:
    return N_ ("Transfer size: how large the whole file is. A read request "
               "asks with 0 and the server tells; a write request tells, so "
               "that the server can refuse a file that is too large.");
  case PC_TFTP_ASKED_WINDOWSIZE:
    return N_ ("Window size: how many blocks leave one after another before "
               "an ACK is awaited, from 1 to 65535 instead of 1. The server "
               "may lower it, never raise it.");
  case PC_TFTP_ASKED_OTHER:
  default:
    return N_ ("An option beyond block size, timeout, transfer size and "
               "window size. A server that does not know it leaves it out of "
               "its answer; it is no error.");
  }
}

/* -- the value ------------------------------------------------------------ */

static char *
say_blocks (guint64 number)
{
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u block before an acknowledgement",
                   "%u blocks before an acknowledgement", (gulong)number),
      (guint)number);
}

static char *
say_size (guint64  number,
          gboolean asks)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  if (asks && number == 0)
    return g_strdup (_ ("0: the server shall tell the size"));
  if (asks)
    return g_strdup_printf (_ ("%s: a read request should ask with 0"), text);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "the whole file has %s byte",
                                       "the whole file has %s bytes",
                                       (gulong)number),
                          text);
}

static char *
say_value (PcTftpAsked kind,
           guint64     number,
           gboolean    asks)
{
  switch (kind) {
  case PC_TFTP_ASKED_BLKSIZE:
    return g_strdup_printf (_ ("%u bytes per block"), (guint)number);
  case PC_TFTP_ASKED_TIMEOUT:
    return g_strdup_printf (_ ("resend after %u s"), (guint)number);
  case PC_TFTP_ASKED_WINDOWSIZE:
    return say_blocks (number);
  case PC_TFTP_ASKED_TSIZE:
    return say_size (number, asks);
  case PC_TFTP_ASKED_OTHER:
  default:
    g_assert_not_reached ();
  }
}

static char *
say_range (PcTftpAsked kind,
           const char *value)
{
  switch (kind) {
  case PC_TFTP_ASKED_BLKSIZE:
    return g_strdup_printf (_ ("%s: not allowed, only 8 to 65464"), value);
  case PC_TFTP_ASKED_TIMEOUT:
    return g_strdup_printf (_ ("%s: not allowed, only 1 to 255"), value);
  case PC_TFTP_ASKED_WINDOWSIZE:
    return g_strdup_printf (_ ("%s: not allowed, only 1 to 65535"), value);
  default:
    return g_strdup_printf (_ ("%s: not allowed, only a number"), value);
  }
}

/* What is to say about an answer besides its value; or NULL. */
static char *
say_answer (const PcTftpOption *option,
            const PcTftpPacket *request)
{
  const PcTftpOption *asked = pc_tftp_option_find (request, &option->name);
  g_autofree char *before = NULL;

  if (asked != NULL)
    before = pc_tftp_string_to_text (&asked->value);

  switch (pc_tftp_option_compare (option, request)) {
  case PC_TFTP_ANSWER_LOWERED:
    return g_strdup_printf (_ ("lowered from %s"), before);
  case PC_TFTP_ANSWER_OTHER:
    return g_strdup_printf (_ ("not allowed in answer to %s"), before);
  case PC_TFTP_ANSWER_UNASKED:
    return request != NULL ? g_strdup (_ ("nobody asked for it")) : NULL;
  default:
    return NULL;
  }
}

static char *
value_of (const PcTftpSeen   *seen,
          const PcTftpOption *option)
{
  gboolean    asks = seen->packet->opcode == PC_TFTP_RRQ;
  PcTftpAsked kind = pc_tftp_option_get_kind (option);
  g_autofree char *value = NULL;
  g_autofree char *answer = NULL;
  guint64     number;

  if (kind == PC_TFTP_ASKED_OTHER)
    value = pc_tftp_string_to_text (&option->value);
  else if (pc_tftp_option_get_value (option, &number))
    value = say_value (kind, number, asks);
  else {
    g_autofree char *raw = pc_tftp_string_to_text (&option->value);

    return say_range (kind, raw);
  }

  if (seen->packet->opcode == PC_TFTP_OACK)
    answer = say_answer (option, seen->request);
  return answer == NULL ? g_steal_pointer (&value)
                        : g_strdup_printf ("%s (%s)", value, answer);
}

static const char *
value_meaning (const PcTftpSeen *seen)
{
  if (seen->packet->opcode == PC_TFTP_OACK)
    return N_ ("What holds for this transfer from now on, if the client "
               "accepts it.");
  return N_ ("What the client would like. Options are written as text, "
             "numbers too.");
}

void
pc_tftp_label_options (PcUnit           *unit,
                       const PcTftpSeen *seen)
{
  for (guint i = 0; i < seen->packet->n_options; i++) {
    const PcTftpOption *option = &seen->packet->options[i];
    PcTftpAsked         kind = pc_tftp_option_get_kind (option);

    pc_tftp_label_string (unit, &option->name, N_ ("Option"),
                          name_meaning (kind), NULL);
    pc_tftp_label_string (unit, &option->value, N_ ("Option value"),
                          value_meaning (seen), value_of (seen, option));
  }
}

/* -- the line ------------------------------------------------------------- */

static void
take_note (GString *notes,
           char    *note)
{
  g_string_append (notes, notes->len == 0 ? "" : "; ");
  g_string_append (notes, note);
  g_free (note);
}

static void
note_answer (GString            *notes,
             const PcTftpOption *option,
             const PcTftpPacket *request)
{
  const PcTftpOption *asked = pc_tftp_option_find (request, &option->name);
  g_autofree char *name = pc_tftp_string_to_text (&option->name);
  g_autofree char *before = NULL;

  if (asked != NULL)
    before = pc_tftp_string_to_text (&asked->value);

  switch (pc_tftp_option_compare (option, request)) {
  case PC_TFTP_ANSWER_LOWERED:
    take_note (notes, g_strdup_printf (_ ("%s lowered from %s"), name,
                                       before));
    break;
  case PC_TFTP_ANSWER_OTHER:
    take_note (notes, g_strdup_printf (_ ("%s should be %s"), name, before));
    break;
  case PC_TFTP_ANSWER_INVALID:
    take_note (notes, g_strdup_printf (_ ("%s not allowed"), name));
    break;
  case PC_TFTP_ANSWER_UNASKED:
    take_note (notes, g_strdup_printf (_ ("%s not asked for"), name));
    break;
  default:
    break;
  }
}

static void
append_notes (GString          *line,
              const PcTftpSeen *seen)
{
  g_autoptr (GString) notes = g_string_new (NULL);
  const PcTftpPacket *request = seen->request;

  for (guint i = 0; i < seen->packet->n_options; i++)
    note_answer (notes, &seen->packet->options[i], request);
  for (guint i = 0; i < request->n_options; i++) {
    const PcTftpString *name = &request->options[i].name;
    g_autofree char    *text = pc_tftp_string_to_text (name);

    if (pc_tftp_option_find (seen->packet, name) == NULL)
      take_note (notes, g_strdup_printf (_ ("%s left out"), text));
  }

  if (notes->len > 0)
    g_string_append_printf (line, " (%s)", notes->str);
}

void
pc_tftp_append_options (GString          *line,
                        const PcTftpSeen *seen)
{
  for (guint i = 0; i < seen->packet->n_options; i++) {
    const PcTftpOption *option = &seen->packet->options[i];
    g_autofree char    *name = pc_tftp_string_to_text (&option->name);
    g_autofree char    *value = pc_tftp_string_to_text (&option->value);

    g_string_append_printf (line, " %s=%s", name, value);
  }

  if (seen->packet->opcode == PC_TFTP_OACK && seen->request != NULL)
    append_notes (line, seen);
}
