/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fields of each TFTP packet, and its line.
 *
 * Says what the octets are; what the packet means in its transfer is the
 * observer's to say.
 *
 * RFC 1350 section 5, RFC 2347.
 */

#include "proto/tftp/label.h"

#include "proto/tftp/verbs.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>

#define NAME_CHARS 100

static void
label_string (PcUnit             *unit,
              const PcTftpString *string,
              const char         *label,
              const char         *meaning)
{
  pc_unit_add_field (unit, string->len, label, meaning);
  if (string->terminated)
    pc_unit_add_field_value (unit, 1, N_ ("End mark"),
                             N_ ("A zero byte ends the text before it."),
                             g_strdup ("0"));
}

static void
label_opcode (PcUnit             *unit,
              PcTftpParsed        parsed,
              const PcTftpPacket *packet)
{
  const char *meaning = N_ ("Says what kind of packet this is: 1 RRQ, 2 WRQ, "
                            "3 DATA, 4 ACK, 5 ERROR, 6 OACK.");
  char       *value;

  if (parsed == PC_TFTP_UNKNOWN)
    value = g_strdup_printf ("%u", packet->opcode);
  else
    value = g_strdup_printf ("%u (%s)", packet->opcode,
                             pc_tftp_verbs[packet->opcode - 1].name);

  pc_unit_add_field_value (unit, 2, N_ ("Opcode"), meaning, value);
}

static void
label_number (PcUnit             *unit,
              const PcTftpPacket *packet,
              const char         *label,
              const char         *meaning)
{
  pc_unit_add_field_value (unit, 2, label, meaning,
                           g_strdup_printf ("%u", packet->number));
}

static void
label_options (PcUnit             *unit,
               const PcTftpPacket *packet)
{
  for (guint i = 0; i < packet->n_options; i++) {
    label_string (unit, &packet->options[i].name, N_ ("Option"),
                  N_ ("The name of an option; capital and small letters "
                      "are the same."));
    label_string (unit, &packet->options[i].value, N_ ("Option value"),
                  N_ ("The value of the option before it, as text."));
  }
}

static void
label_body (PcUnit             *unit,
            const PcTftpPacket *packet)
{
  switch (packet->opcode) {
  case PC_TFTP_RRQ:
  case PC_TFTP_WRQ:
    label_string (unit, &packet->name, N_ ("File name"),
                  N_ ("The file that is asked for, as the server knows "
                      "it."));
    label_string (unit, &packet->mode, N_ ("Mode"),
                  N_ ("How the file travels: octet leaves every byte as it "
                      "is, netascii translates the line ends."));
    label_options (unit, packet);
    break;

  case PC_TFTP_DATA:
    label_number (unit, packet, N_ ("Block number"),
                  N_ ("Which block this is. The ACK carries the same "
                      "number back."));
    pc_unit_add_field (unit, packet->len, N_ ("Data"),
                       N_ ("This part of the file. Fewer bytes than the "
                           "block size (512 unless agreed otherwise) mean "
                           "the end."));
    break;

  case PC_TFTP_ACK:
    label_number (unit, packet, N_ ("Block number"),
                  N_ ("The block that arrived. 0 stands for the request "
                      "or its options, before any block."));
    break;

  case PC_TFTP_ERROR:
    label_number (unit, packet, N_ ("Error code"),
                  N_ ("What went wrong, as a number for the program."));
    label_string (unit, &packet->message, N_ ("Error message"),
                  N_ ("What went wrong, in words for a person."));
    break;

  case PC_TFTP_OACK:
    label_options (unit, packet);
    break;

  default:
    break;
  }
}

static char *
safe (const PcTftpString *string)
{
  return pc_text_from_wire (string->data, string->len, PC_TEXT_PICTURES,
                            NAME_CHARS);
}

static void
append_options (GString            *line,
                const PcTftpPacket *packet)
{
  for (guint i = 0; i < packet->n_options; i++) {
    g_autofree char *name = safe (&packet->options[i].name);
    g_autofree char *value = safe (&packet->options[i].value);

    g_string_append_printf (line, " %s=%s", name, value);
  }
}

static void
append_strings (GString            *line,
                const PcTftpPacket *packet)
{
  g_autofree char *name = safe (&packet->name);
  g_autofree char *mode = safe (&packet->mode);

  g_string_append_printf (line, " \"%s\" %s", name, mode);
}

static void
append_body (GString            *line,
             const PcTftpPacket *packet)
{
  g_autofree char *text = NULL;

  switch (packet->opcode) {
  case PC_TFTP_RRQ:
  case PC_TFTP_WRQ:
    append_strings (line, packet);
    break;

  case PC_TFTP_DATA:
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u byte",
                                         "%u bytes", packet->len),
                            (guint)packet->len);
    g_string_append_printf (line, " %u (%s)", packet->number, text);
    break;

  case PC_TFTP_ACK:
    g_string_append_printf (line, " %u", packet->number);
    break;

  case PC_TFTP_ERROR:
    text = pc_tftp_packet_get_error_text (packet);
    g_string_append_printf (line, " %u \"%s\"", packet->number, text);
    break;

  default:
    break;
  }

  append_options (line, packet);
}

void
pc_tftp_label (PcUnit             *unit,
               PcTftpParsed        parsed,
               const PcTftpPacket *packet)
{
  if (parsed == PC_TFTP_PARSED) {
    label_opcode (unit, parsed, packet);
    label_body (unit, packet);
    pc_unit_add_field (unit, pc_unit_get_rest (unit), N_ ("Extra bytes"),
                       N_ ("Bytes beyond the end of the packet's form."));
    return;
  }

  if (parsed != PC_TFTP_SHORT)
    label_opcode (unit, parsed, packet);
  pc_unit_add_field (unit, pc_unit_get_rest (unit), N_ ("Unreadable bytes"),
                     N_ ("These bytes do not have the form that this packet "
                         "should have."));
}

char *
pc_tftp_summarise (const PcTftpPacket *packet,
                   gboolean            stranger)
{
  g_autoptr (GString) line = NULL;

  line = g_string_new (pc_tftp_verbs[packet->opcode - 1].name);
  append_body (line, packet);
  if (stranger)
    return g_strdup_printf (_ ("From a stranger: %s"), line->str);

  return g_strdup (line->str);
}
