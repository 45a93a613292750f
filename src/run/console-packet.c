/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TFTP packets, built field by field.
 *
 * Each field is kept as the text that somebody typed, right or wrong; what is
 * wrong with it is said beside it, and still it can go out: how the other end
 * takes it is worth seeing.
 *
 * RFC 1350 section 5 and appendix, RFC 2347, RFC 2348, RFC 2349, RFC 7440.
 */

#include "run/console-packet-private.h"

#include "base/limits.h"
#include "proto/registry.h"
#include "proto/tftp/packet.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEX "hex:"

static const PcPacketChoice opcodes[] = {
  { PC_TFTP_RRQ, "RRQ", N_ ("ask for a file") },
  { PC_TFTP_WRQ, "WRQ", N_ ("ask to write a file") },
  { PC_TFTP_DATA, "DATA", N_ ("a block of the file") },
  { PC_TFTP_ACK, "ACK", N_ ("confirm a block") },
  { PC_TFTP_ERROR, "ERROR", N_ ("give up, and say why") },
  { PC_TFTP_OACK, "OACK", N_ ("agree to options; only servers do") },
  { 0, NULL, NULL },
};

static const PcPacketChoice codes[] = {
  { 0, "0", N_ ("not defined, see the message") },
  { 1, "1", N_ ("file not found") },
  { 2, "2", N_ ("access violation") },
  { 3, "3", N_ ("disk full") },
  { 4, "4", N_ ("illegal operation") },
  { 5, "5", N_ ("unknown transfer ID (port)") },
  { 6, "6", N_ ("file already exists") },
  { 7, "7", N_ ("no such user") },
  { 8, "8", N_ ("option refused") },
  { 0, NULL, NULL },
};

static const char *const option_names[] = { "blksize", "timeout", "tsize",
                                            "windowsize", NULL };

/* -- making --------------------------------------------------------------- */

static void
option_free (gpointer data)
{
  PcPacketOption *option = data;

  g_free (option->name);
  g_free (option->value);
  g_free (option->ids[0]);
  g_free (option->ids[1]);
  g_free (option);
}

void
pc_packet_set_opcode (PcPacket *self,
            guint     opcode)
{
  self->opcode = opcode;
  g_free (self->number);
  self->number = g_strdup_printf ("%u", opcode);
}

PcPacket *
pc_packet_new (void)
{
  PcPacket *self = g_new0 (PcPacket, 1);

  pc_packet_set_opcode (self, PC_TFTP_RRQ);
  self->file = g_strdup ("");
  self->mode = g_strdup ("octet");
  self->block = g_strdup ("1");
  self->code = g_strdup ("0");
  self->message = g_strdup ("");
  self->data = g_strdup ("");
  self->options = g_ptr_array_new_with_free_func (option_free);
  self->fields = g_array_new (FALSE, TRUE, sizeof (PcPacketField));
  return self;
}

void
pc_packet_free (PcPacket *self)
{
  if (self == NULL)
    return;

  g_free (self->file);
  g_free (self->mode);
  g_free (self->block);
  g_free (self->code);
  g_free (self->message);
  g_free (self->data);
  g_free (self->number);
  g_ptr_array_unref (self->options);
  g_array_unref (self->fields);
  g_free (self);
}

static const char *const plain_ids[] = { "file", "mode", "block", "code",
                                         "message", "data" };

static char **
find_plain (PcPacket   *self,
            const char *id)
{
  char **const values[] = { &self->file, &self->mode,    &self->block,
                            &self->code, &self->message, &self->data };

  for (guint i = 0; i < G_N_ELEMENTS (plain_ids); i++)
    if (strcmp (plain_ids[i], id) == 0)
      return values[i];
  return NULL;
}

PcPacket *
pc_packet_copy (const PcPacket *self)
{
  PcPacket *copy = pc_packet_new ();

  pc_packet_set_opcode (copy, self->opcode);
  for (guint i = 0; i < G_N_ELEMENTS (plain_ids); i++) {
    char **to = find_plain (copy, plain_ids[i]);

    g_free (*to);
    *to = g_strdup (*find_plain ((PcPacket *) self, plain_ids[i]));
  }
  for (guint i = 0; i < self->options->len; i++) {
    const PcPacketOption *option = self->options->pdata[i];

    pc_packet_add_option (copy, option->name, option->value);
  }
  return copy;
}

const char *
pc_packet_get_name (const PcPacket *self)
{
  return self->opcode >= PC_TFTP_RRQ && self->opcode <= PC_TFTP_OACK
             ? opcodes[self->opcode - 1].name
             : NULL;
}

guint
pc_packet_get_opcode (const PcPacket *self)
{
  return self->opcode;
}

static void
number_options (PcPacket *self)
{
  for (guint i = 0; i < self->options->len; i++) {
    PcPacketOption *option = self->options->pdata[i];

    g_free (option->ids[0]);
    g_free (option->ids[1]);
    option->ids[0] = g_strdup_printf ("option-%u", i + 1);
    option->ids[1] = g_strdup_printf ("value-%u", i + 1);
  }
}

gboolean
pc_packet_add_option (PcPacket   *self,
                      const char *name,
                      const char *value)
{
  PcPacketOption *option;

  if (self->options->len >= PC_LIMIT_PACKET_OPTIONS)
    return FALSE;

  option = g_new0 (PcPacketOption, 1);
  option->name = g_strdup (name);
  option->value = g_strdup (value);
  g_ptr_array_add (self->options, option);
  number_options (self);
  return TRUE;
}

void
pc_packet_remove_option (PcPacket *self,
                         guint     n)
{
  g_return_if_fail (n >= 1 && n <= self->options->len);

  g_ptr_array_remove_index (self->options, n - 1);
  number_options (self);
}

guint
pc_packet_get_n_options (const PcPacket *self)
{
  return self->options->len;
}

const char *const *
pc_packet_get_option_names (void)
{
  return option_names;
}

const PcPacketChoice *
pc_packet_get_choices (const PcPacket *self,
                       const char     *id)
{
  if (strcmp (id, "opcode") == 0)
    return opcodes;
  return strcmp (id, "code") == 0 ? codes : NULL;
}

static gboolean
read_number (const char *text,
             guint      *number)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &value, NULL))
    return FALSE;
  *number = (guint) value;
  return TRUE;
}

static gboolean
read_opcode (const char *text,
             guint      *opcode)
{
  for (const PcPacketChoice *choice = opcodes; choice->name != NULL; choice++)
    if (g_ascii_strcasecmp (choice->name, text) == 0) {
      *opcode = choice->number;
      return TRUE;
    }

  return read_number (text, opcode);
}

gboolean
pc_packet_set (PcPacket   *self,
               const char *id,
               const char *value)
{
  char **plain = find_plain (self, id);
  guint  opcode;

  g_return_val_if_fail (value != NULL, FALSE);

  if (plain != NULL) {
    char *copy = g_strdup (value);

    g_free (*plain);
    *plain = copy;
    return TRUE;
  }
  if (strcmp (id, "opcode") == 0) {
    if (!read_opcode (value, &opcode))
      return FALSE;
    pc_packet_set_opcode (self, opcode);
    return TRUE;
  }

  for (guint i = 0; i < self->options->len; i++) {
    PcPacketOption *option = self->options->pdata[i];

    for (guint part = 0; part < 2; part++)
      if (strcmp (option->ids[part], id) == 0) {
        char **to = part == 0 ? &option->name : &option->value;
        char  *copy = g_strdup (value);

        g_free (*to);
        *to = copy;
        return TRUE;
      }
  }
  return FALSE;
}

/* -- data ----------------------------------------------------------------- */

/* "hex:0d 0a", or text in which \n, \r, \t, \\ and \ooo stand for octets.
 * NULL when it is neither. */
static GByteArray *
read_data (const char *text)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  gsize end = strlen (text);
  gsize n_slashes = 0;

  if (!g_str_has_prefix (text, HEX)) {
    g_autofree char *plain = NULL;

    while (n_slashes < end && text[end - 1 - n_slashes] == '\\')
      n_slashes++;
    if (n_slashes % 2 != 0)
      return NULL;
    plain = g_strcompress (text);
    g_byte_array_append (octets, (const guint8 *) plain,
                         (guint) strlen (plain));
    return g_steal_pointer (&octets);
  }

  for (const char *at = text + strlen (HEX); *at != '\0'; at++) {
    guint8 octet;

    if (*at == ' ')
      continue;
    if (!g_ascii_isxdigit (at[0]) || !g_ascii_isxdigit (at[1]))
      return NULL;
    octet = (guint8) (g_ascii_xdigit_value (at[0]) * 16 +
                      g_ascii_xdigit_value (at[1]));
    g_byte_array_append (octets, &octet, 1);
    at++;
  }
  return g_steal_pointer (&octets);
}

char *
pc_packet_write_data (const guint8 *data,
            gsize         len)
{
  g_autofree char *text = g_strndup ((const char *) data, len);
  GString         *hex;

  if (memchr (data, '\0', len) == NULL && g_utf8_validate (text, -1, NULL) &&
      !g_str_has_prefix (text, HEX))
    return g_strescape (text, NULL);

  hex = g_string_new (HEX);
  for (gsize i = 0; i < len; i++)
    g_string_append_printf (hex, "%02x", data[i]);
  return g_string_free (hex, FALSE);
}

/* -- fields --------------------------------------------------------------- */

static const char *
check_number (const char *value)
{
  guint number;

  return read_number (value, &number)
             ? NULL
             : _ ("This is no number from 0 to 65535: it goes out as 0.");
}

static const char *
check_file (const char *value)
{
  if (*value == '\0')
    return _ ("A file has a name.");
  return pc_tftp_name_is_usable (value, strlen (value))
             ? NULL
             : _ ("A file name has 1 to 255 octets, and no control "
                  "characters.");
}

static const char *
check_mode (const char *value)
{
  switch (pc_tftp_mode_from_name (value, strlen (value))) {
  case PC_TFTP_MODE_OCTET:
  case PC_TFTP_MODE_NETASCII:
    return NULL;
  case PC_TFTP_MODE_MAIL:
    return _ ("The mode mail is long out of use.");
  case PC_TFTP_MODE_OTHER:
  default:
    return _ ("The modes are octet (as it is) and netascii (text).");
  }
}

static const char *
check_code (const char *value)
{
  guint number;

  if (!read_number (value, &number))
    return check_number (value);
  return number > 8 ? _ ("There are error codes from 0 to 8.") : NULL;
}

static const char *
check_data (const char *value)
{
  g_autoptr (GByteArray) octets = read_data (value);

  if (octets == NULL)
    return _ ("Octets are two digits each behind “hex:”; a “\\” in text is "
              "written twice. It goes out empty.");
  if (octets->len > PC_TFTP_MAX_BLOCK_SIZE)
    return _ ("No block has more than 65464 octets.");
  return octets->len > PC_TFTP_BLOCK_SIZE
             ? _ ("More than 512 octets are right only when a larger blksize "
                  "was agreed on.")
             : NULL;
}

static const char *
check_option (const char *value)
{
  if (*value == '\0')
    return _ ("An option has a name.");
  for (guint i = 0; option_names[i] != NULL; i++)
    if (g_ascii_strcasecmp (option_names[i], value) == 0)
      return NULL;
  return _ ("Few know this option; who does not, leaves it out of the "
            "answer.");
}

static const char *
check_value (const char *value)
{
  guint64 number;

  return g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &number, NULL)
             ? NULL
             : _ ("The values of the options that we know are numbers.");
}

static void
add_field (PcPacket         *self,
           const char       *id,
           const char       *label,
           const char       *meaning,
           PcPacketFieldKind kind,
           const char       *value,
           const char       *problem)
{
  PcPacketField field = { id, label, meaning, kind, value, problem };

  g_array_append_val (self->fields, field);
}

static void
add_options (PcPacket *self)
{
  for (guint i = 0; i < self->options->len; i++) {
    const PcPacketOption *option = self->options->pdata[i];

    add_field (self, option->ids[0], _ ("Option"),
               _ ("What the sender would like to agree on."), PC_PACKET_TEXT,
               option->name, check_option (option->name));
    add_field (self, option->ids[1], _ ("Value"),
               _ ("The value it proposes, as digits in text."),
               PC_PACKET_TEXT, option->value, check_value (option->value));
  }
}

static void
add_block (PcPacket *self)
{
  add_field (self, "block", _ ("Block"),
             self->opcode == PC_TFTP_DATA
                 ? _ ("Blocks are numbered from 1 on.")
                 : _ ("The block that has arrived; 0 confirms a write request "
                      "or options."),
             PC_PACKET_NUMBER, self->block, check_number (self->block));
}

static void
add_data (PcPacket *self)
{
  add_field (self, "data", _ ("Data"),
             _ ("Octets of the file: text, or “hex:” and two digits for each. "
                "A block of fewer than 512 is the last."),
             PC_PACKET_DATA, self->data, check_data (self->data));
}

static void
make_fields (PcPacket *self)
{
  g_array_set_size (self->fields, 0);
  add_field (self, "opcode", _ ("Opcode"), _ ("Which kind of packet it is."),
             PC_PACKET_CHOICE, self->number,
             self->opcode >= PC_TFTP_RRQ && self->opcode <= PC_TFTP_OACK
                 ? NULL
                 : _ ("There are opcodes from 1 to 6."));
  switch (self->opcode) {
  case PC_TFTP_RRQ:
  case PC_TFTP_WRQ:
    add_field (self, "file", _ ("File"), _ ("The file's name."),
               PC_PACKET_TEXT, self->file, check_file (self->file));
    add_field (self, "mode", _ ("Mode"),
               _ ("octet sends it as it is, netascii makes the line ends of "
                  "text alike."),
               PC_PACKET_TEXT, self->mode, check_mode (self->mode));
    add_options (self);
    break;
  case PC_TFTP_DATA:
    add_block (self);
    add_data (self);
    break;
  case PC_TFTP_ACK:
    add_block (self);
    break;
  case PC_TFTP_ERROR:
    add_field (self, "code", _ ("Error code"), _ ("Why it cannot go on."),
               PC_PACKET_CHOICE, self->code, check_code (self->code));
    add_field (self, "message", _ ("Message"),
               _ ("The same in words, for a person."), PC_PACKET_TEXT,
               self->message, NULL);
    break;
  case PC_TFTP_OACK:
    add_options (self);
    break;
  default:
    add_data (self);
  }
}

guint
pc_packet_get_n_fields (const PcPacket *self)
{
  make_fields ((PcPacket *) self);
  return self->fields->len;
}

const PcPacketField *
pc_packet_get_field (PcPacket *self,
                     guint     index)
{
  make_fields (self);
  g_return_val_if_fail (index < self->fields->len, NULL);

  return &g_array_index (self->fields, PcPacketField, index);
}

/* -- octets --------------------------------------------------------------- */

static void
pack_number (GByteArray *out,
             guint       number)
{
  const guint8 octets[2] = { (guint8) (number >> 8), (guint8) number };

  g_byte_array_append (out, octets, sizeof octets);
}

static void
pack_text (GByteArray *out,
           const char *text)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text) + 1);
}

static void
pack_field (GByteArray *out,
            const char *text)
{
  guint number = 0;

  read_number (text, &number);
  pack_number (out, number);
}

static void
pack_data (GByteArray *out,
           const char *text)
{
  g_autoptr (GByteArray) octets = read_data (text);

  if (octets != NULL)
    g_byte_array_append (out, octets->data,
                         MIN (octets->len, PC_TFTP_MAX_BLOCK_SIZE));
}

static void
pack_options (GByteArray     *out,
              const PcPacket *self)
{
  for (guint i = 0; i < self->options->len; i++) {
    const PcPacketOption *option = self->options->pdata[i];

    pack_text (out, option->name);
    pack_text (out, option->value);
  }
}

GBytes *
pc_packet_to_bytes (const PcPacket *self)
{
  GByteArray *out = g_byte_array_new ();

  g_return_val_if_fail (self != NULL, NULL);

  pack_number (out, self->opcode);
  switch (self->opcode) {
  case PC_TFTP_RRQ:
  case PC_TFTP_WRQ:
    pack_text (out, self->file);
    pack_text (out, self->mode);
    pack_options (out, self);
    break;
  case PC_TFTP_DATA:
    pack_field (out, self->block);
    pack_data (out, self->data);
    break;
  case PC_TFTP_ACK:
    pack_field (out, self->block);
    break;
  case PC_TFTP_ERROR:
    pack_field (out, self->code);
    pack_text (out, self->message);
    break;
  case PC_TFTP_OACK:
    pack_options (out, self);
    break;
  default:
    pack_data (out, self->data);
  }
  return g_byte_array_free_to_bytes (out);
}

PcUnit *
pc_packet_label (const PcPacket *self)
{
  const PcProtocol *protocol = pc_registry_find ("tftp");
  g_autoptr (PcObserver) observer = protocol->observer_new ();
  g_autoptr (GBytes) bytes = pc_packet_to_bytes (self);
  gsize         len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  pc_observer_feed (observer, PC_SIDE_CLIENT, 1, data, len);
  return pc_observer_next (observer);
}
