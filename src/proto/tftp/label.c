/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fields of each TFTP packet, and its line.
 *
 * Says what the octets are; what the packet means in its transfer is the
 * observer's to say.  Most packets are DATA and ACK, and most of them are
 * never looked at: their values and lines are made when somebody does.
 *
 * RFC 1350 section 5 and the appendix, RFC 2347.
 */

#include "proto/tftp/label.h"

#include "proto/tftp/verbs.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>

#define STRING_CHARS 100
#define ROUND 65536 /* block numbers */

static const struct
{
  const char *words; /* of RFC 1350 */
  const char *meaning;
} errors[] = {
  [PC_TFTP_ERROR_UNDEFINED] = {
      N_ ("not defined"),
      N_ ("What went wrong, as a number for the program. 0 has no meaning of "
          "its own: the message says it.") },
  [PC_TFTP_ERROR_NOT_FOUND] = {
      N_ ("file not found"),
      N_ ("What went wrong, as a number for the program. 1: there is no file "
          "of that name.") },
  [PC_TFTP_ERROR_ACCESS] = {
      N_ ("access violation"),
      N_ ("What went wrong, as a number for the program. 2: the file is "
          "there, perhaps, but may not be read or written this way.") },
  [PC_TFTP_ERROR_FULL] = {
      N_ ("disk full"),
      N_ ("What went wrong, as a number for the program. 3: no room, or the "
          "file is larger than this end takes.") },
  [PC_TFTP_ERROR_ILLEGAL] = {
      N_ ("illegal operation"),
      N_ ("What went wrong, as a number for the program. 4: the other end "
          "sent a packet that this one cannot take.") },
  [PC_TFTP_ERROR_TID] = {
      N_ ("unknown transfer ID"),
      N_ ("What went wrong, as a number for the program. 5: the port is not "
          "part of this transfer.") },
  [PC_TFTP_ERROR_EXISTS] = {
      N_ ("file already exists"),
      N_ ("What went wrong, as a number for the program. 6: a file of that "
          "name is there, and is not replaced.") },
  [PC_TFTP_ERROR_USER] = {
      N_ ("no such user"),
      N_ ("What went wrong, as a number for the program. 7 belongs to the "
          "old mail mode.") },
  [PC_TFTP_ERROR_OPTION] = {
      N_ ("option refused"),
      N_ ("What went wrong, as a number for the program. 8: an option or its "
          "value is not acceptable.") },
};

char *
pc_tftp_string_to_text (const PcTftpString *self)
{
  return pc_text_from_wire (self->data, self->len, PC_TEXT_PICTURES,
                            STRING_CHARS);
}

static guint
get_number (const guint8 *octets)
{
  return (guint)octets[0] << 8 | octets[1];
}

/* -- values, made when asked for ------------------------------------------ */

static char *
read_opcode (const guint8 *octets,
             gsize         len,
             guint64       about)
{
  guint opcode = get_number (octets);

  if (opcode == 0 || opcode > PC_TFTP_N_OPCODES)
    return g_strdup_printf ("%u", opcode);

  return g_strdup_printf ("%u (%s)", opcode, pc_tftp_verbs[opcode - 1].name);
}

static char *
read_block (const guint8 *octets,
            gsize         len,
            guint64       about)
{
  guint            number = get_number (octets);
  g_autofree char *block = g_strdup_printf ("%" G_GUINT64_FORMAT, about);

  if (about < ROUND)
    return g_strdup_printf ("%u", number);

  /* Translators: %1$u is the number in the packet, 0 to 65535; %2$s counts all
   * blocks of the file. */
  return g_strdup_printf (_ ("%1$u (block %2$s of the file)"), number, block);
}

static char *
read_error (const guint8 *octets,
            gsize         len,
            guint64       about)
{
  guint code = get_number (octets);

  if (code >= G_N_ELEMENTS (errors))
    return g_strdup_printf ("%u", code);

  return g_strdup_printf ("%u (%s)", code, _ (errors[code].words));
}

static char *
read_end_mark (const guint8 *octets,
               gsize         len,
               guint64       about)
{
  return g_strdup ("0");
}

/* -- fields --------------------------------------------------------------- */

void
pc_tftp_label_string (PcUnit             *unit,
                      const PcTftpString *string,
                      const char         *label,
                      const char         *meaning,
                      char               *value)
{
  pc_unit_add_field_value (unit, string->len, label, meaning, value);
  if (string->terminated)
    pc_unit_add_field_read (unit, 1, N_ ("End mark"),
                            N_ ("A zero byte ends the text before it."),
                            read_end_mark, 0);
}

static void
label_opcode (PcUnit *unit)
{
  pc_unit_add_field_read (unit, 2, N_ ("Opcode"),
                          N_ ("Says what kind of packet this is: 1 RRQ, 2 "
                              "WRQ, 3 DATA, 4 ACK, 5 ERROR, 6 OACK."),
                          read_opcode, 0);
}

static gboolean
leads_up (const PcTftpString *name)
{
  g_autofree char *text = g_strndup ((const char *)name->data, name->len);
  g_auto (GStrv) parts = g_strsplit_set (text, "/\\", -1);

  return g_strv_contains ((const char *const *)parts, "..");
}

static const char *
name_meaning (const PcTftpString *name)
{
  if (name->len > 0 && leads_up (name))
    return N_ ("The file that is asked for. Two dots mean the folder above: "
               "a careful server refuses names that lead out of the folder "
               "that it serves, or anybody could fetch any file.");
  return N_ ("The file that is asked for, as the server knows it. TFTP can "
             "list no files, so the name must be known.");
}

static const char *
mode_meaning (PcTftpMode mode)
{
  switch (mode) {
  case PC_TFTP_MODE_OCTET:
    return N_ ("How the file travels: octet leaves every byte as it is. "
               "Firmware, images and archives need it.");
  case PC_TFTP_MODE_NETASCII:
    return N_ ("How the file travels: netascii is for text. Each line end "
               "travels as CR LF and each other CR as CR NUL; the receiver "
               "makes its own line ends of them. Anything but text is "
               "damaged by that.");
  case PC_TFTP_MODE_MAIL:
    return N_ ("How the file travels: mail sent text to a user instead of "
               "into a file. It is obsolete and should not be used.");
  case PC_TFTP_MODE_OTHER:
  default:
    return N_ ("How the file should travel; but this is no mode of TFTP. "
               "There are octet, netascii, and the obsolete mail.");
  }
}

static void
label_request (PcUnit           *unit,
               const PcTftpSeen *seen)
{
  const PcTftpPacket *packet = seen->packet;

  pc_tftp_label_string (unit, &packet->name, N_ ("File name"),
                        name_meaning (&packet->name), NULL);
  pc_tftp_label_string (unit, &packet->mode, N_ ("Mode"),
                        mode_meaning (pc_tftp_packet_get_mode (packet)), NULL);
  pc_tftp_label_options (unit, seen);
}

static const char *
data_meaning (const PcTftpSeen *seen)
{
  if (seen->rule == PC_TFTP_RULE_DATA_TOO_LONG)
    return N_ ("More bytes than the block size allows: the receiver has no "
               "room for them.");
  if (seen->netascii)
    return seen->full ? N_ ("This part of the file, as netascii: line ends "
                            "travel as CR LF. The block is full, so another "
                            "one follows.")
                      : N_ ("This part of the file, as netascii: line ends "
                            "travel as CR LF. The block is not full, and "
                            "that means the end.");
  return seen->full ? N_ ("This part of the file. The block is full, so "
                          "another one follows.")
                    : N_ ("This part of the file. Fewer bytes than the block "
                          "size (512 unless agreed otherwise) mean the end.");
}

static void
label_data (PcUnit           *unit,
            const PcTftpSeen *seen)
{
  pc_unit_add_field_read (unit, 2, N_ ("Block number"),
                          N_ ("Which block this is, counted from 1; after "
                              "65535 comes 0. An ACK carries the number "
                              "back."),
                          read_block, seen->block);
  pc_unit_add_field (unit, seen->packet->len, N_ ("Data"),
                     data_meaning (seen));
}

static const char *
ack_meaning (const PcTftpSeen *seen)
{
  switch (seen->rule) {
  case PC_TFTP_RULE_ACK_GAP:
    return N_ ("The last block that arrived in order. The one after it is "
               "missing and wanted again.");
  case PC_TFTP_RULE_ACK_WINDOW:
    return N_ ("The last block of the window. With it all blocks before it "
               "are confirmed as well.");
  case PC_TFTP_RULE_ACK_OPTIONS:
  case PC_TFTP_RULE_ACK_AGAIN_OPTIONS:
    return N_ ("0 stands for the options in the OACK: no block has come "
               "yet.");
  case PC_TFTP_RULE_ACK_ZERO:
  case PC_TFTP_RULE_ACK_WITHOUT_OPTIONS:
    return N_ ("0 stands for the write request: no block has come yet.");
  default:
    return N_ ("The block that arrived. 0 stands for the request or its "
               "options, before any block; and for the block after 65535.");
  }
}

static void
label_ack (PcUnit           *unit,
           const PcTftpSeen *seen)
{
  pc_unit_add_field_read (unit, 2, N_ ("Block number"), ack_meaning (seen),
                          read_block, seen->block);
}

static void
label_error (PcUnit           *unit,
             const PcTftpSeen *seen)
{
  guint code = seen->packet->number;

  pc_unit_add_field_read (
      unit, 2, N_ ("Error code"),
      code < G_N_ELEMENTS (errors)
          ? errors[code].meaning
          : N_ ("What went wrong, as a number for the program. The RFCs give "
                "this one no meaning: the message says it."),
      read_error, 0);
  pc_tftp_label_string (unit, &seen->packet->message, N_ ("Error message"),
                        N_ ("What went wrong, in words for a person."), NULL);
}

static void
label_body (PcUnit           *unit,
            const PcTftpSeen *seen)
{
  switch (seen->packet->opcode) {
  case PC_TFTP_RRQ:
  case PC_TFTP_WRQ:
    label_request (unit, seen);
    break;
  case PC_TFTP_DATA:
    label_data (unit, seen);
    break;
  case PC_TFTP_ACK:
    label_ack (unit, seen);
    break;
  case PC_TFTP_ERROR:
    label_error (unit, seen);
    break;
  case PC_TFTP_OACK:
    pc_tftp_label_options (unit, seen);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* -- the line ------------------------------------------------------------- */

static void
append_request (GString          *line,
                const PcTftpSeen *seen)
{
  g_autofree char *name = pc_tftp_string_to_text (&seen->packet->name);
  g_autofree char *mode = pc_tftp_string_to_text (&seen->packet->mode);

  g_string_append_printf (line, " \"%s\" %s", name, mode);
  pc_tftp_append_options (line, seen);
}

static void
append_body (GString          *line,
             const PcTftpSeen *seen)
{
  const PcTftpPacket *packet = seen->packet;
  g_autofree char    *text = NULL;

  switch (packet->opcode) {
  case PC_TFTP_RRQ:
  case PC_TFTP_WRQ:
    append_request (line, seen);
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
  case PC_TFTP_OACK:
    pc_tftp_append_options (line, seen);
    break;
  default:
    g_assert_not_reached ();
  }
}

static char *
make_line (const PcTftpSeen *seen,
           gboolean          stranger)
{
  g_autoptr (GString) line = NULL;

  line = g_string_new (pc_tftp_verbs[seen->packet->opcode - 1].name);
  append_body (line, seen);
  if (stranger)
    return g_strdup_printf (_ ("From a stranger: %s"), line->str);

  return g_strdup (line->str);
}

static char *
summarise_later (const PcUnit *unit)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (unit->bytes, &len);
  PcTftpPacket  packet;
  PcTftpSeen    seen = { .packet = &packet };

  seen.parsed = pc_tftp_packet_parse (&packet, data, len);
  g_assert (seen.parsed == PC_TFTP_PARSED);
  return make_line (&seen, g_str_has_prefix (unit->rule, "tftp.stranger"));
}

void
pc_tftp_label (PcUnit           *unit,
               const PcTftpSeen *seen)
{
  if (seen->parsed == PC_TFTP_PARSED) {
    label_opcode (unit);
    label_body (unit, seen);
    pc_unit_add_field (unit, pc_unit_get_rest (unit), N_ ("Extra bytes"),
                       N_ ("Bytes beyond the end of the packet's form."));
    /* An OACK is told beside its request, which is not kept for ever. */
    if (seen->request == NULL)
      unit->summarise = summarise_later;
    else
      unit->summary = make_line (seen, FALSE);
    return;
  }

  if (seen->parsed != PC_TFTP_SHORT)
    label_opcode (unit);
  pc_unit_add_field (unit, pc_unit_get_rest (unit), N_ ("Unreadable bytes"),
                     N_ ("These bytes do not have the form that this packet "
                         "should have."));
}
