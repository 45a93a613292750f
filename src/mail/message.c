/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields of a message's header.
 *
 * The octets are cut here, by hand, because servers must give back exactly
 * what came; GMime is asked only where a person is to read the result.
 * Addresses are in address.c.
 *
 * Leaves out: the MIME structure of the body, which is in structure.c.
 *
 * RFC 5322 sections 2.1, 2.2 and 3.3, RFC 2047, RFC 9051 section 7.5.2.
 */

#include "mail/message.h"

#include "base/text.h"

#include <gmime/gmime.h>
#include <string.h>

/* Length of the line at @offset with its end; a lone LF ends one as well. */
static gsize
line_length (const guint8 *data,
             gsize         len,
             gsize         offset)
{
  const guint8 *lf = memchr (data + offset, '\n', len - offset);

  return lf != NULL ? (gsize) (lf - data) + 1 - offset : len - offset;
}

static gboolean
is_empty_line (const guint8 *line,
               gsize         len)
{
  return (len == 1 && line[0] == '\n') ||
         (len == 2 && line[0] == '\r' && line[1] == '\n');
}

gsize
pc_message_header_length (gconstpointer data,
                          gsize         len)
{
  const guint8 *octets = data;
  gsize         offset = 0;

  while (offset < len) {
    gsize line = line_length (octets, len, offset);

    if (is_empty_line (octets + offset, line))
      return offset + line;
    offset += line;
  }

  return len;
}

/* field-name = 1*ftext: printable, no colon (RFC 5322 section 3.6.8); blanks
 * before the colon are the obsolete syntax (4.5). */
static void
read_field_name (PcHeaderField *field)
{
  gsize i = 0;

  while (i < field->len && field->data[i] > ' ' && field->data[i] < 0x7f &&
         field->data[i] != ':')
    i++;

  field->name_len = i;
  while (i < field->len && (field->data[i] == ' ' || field->data[i] == '\t'))
    i++;

  if (field->name_len > 0 && i < field->len && field->data[i] == ':') {
    field->value = i + 1;
  } else {
    field->name_len = 0;
    field->value = 0;
  }
}

gboolean
pc_message_next_field (gconstpointer  data,
                       gsize          len,
                       gsize         *offset,
                       PcHeaderField *field)
{
  const guint8 *octets = data;
  gsize         end = *offset;

  if (end >= len)
    return FALSE;

  end += line_length (octets, len, end);
  if (is_empty_line (octets + *offset, end - *offset))
    return FALSE;

  while (end < len && (octets[end] == ' ' || octets[end] == '\t'))
    end += line_length (octets, len, end);

  field->data = octets + *offset;
  field->len = end - *offset;
  read_field_name (field);
  *offset = end;

  return TRUE;
}

/* Unfolding takes out the line ends only; the blank behind each stays. */
static char *
unfold (const PcHeaderField *field)
{
  g_autoptr (GString) out = g_string_sized_new (field->len);

  for (gsize i = field->value; i < field->len; i++) {
    guint8 c = field->data[i];

    if (c != '\r' && c != '\n' && c != '\0')
      g_string_append_c (out, (char) c);
  }

  return g_strdup (g_strstrip (out->str));
}

char *
pc_message_get_field (gconstpointer data,
                      gsize         len,
                      const char   *name)
{
  PcHeaderField field;
  gsize         offset = 0;

  g_return_val_if_fail (name != NULL, NULL);

  while (pc_message_next_field (data, len, &offset, &field)) {
    if (pc_text_equal_ascii (field.data, field.name_len, name))
      return unfold (&field);
  }

  return NULL;
}

static void
require_gmime (void)
{
  static gsize done;

  if (g_once_init_enter (&done)) {
    g_mime_init ();
    g_once_init_leave (&done, 1);
  }
}

char *
pc_message_get_field_text (gconstpointer data,
                           gsize         len,
                           const char   *name)
{
  g_autofree char *raw = pc_message_get_field (data, len, name);
  g_autofree char *text = NULL;

  if (raw == NULL)
    return NULL;

  require_gmime ();
  text = g_mime_utils_header_decode_text (NULL, raw);

  return g_utf8_make_valid (text != NULL ? text : raw, -1);
}

/* -- text to search in ---------------------------------------------------- */

static void
append_header_text (GString      *out,
                    gconstpointer data,
                    gsize         len)
{
  PcHeaderField field;
  gsize         offset = 0;

  require_gmime ();
  while (pc_message_next_field (data, len, &offset, &field)) {
    g_autofree char *raw = unfold (&field);
    g_autofree char *text = g_mime_utils_header_decode_text (NULL, raw);
    g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : raw, -1);

    g_string_append_len (out, (const char *) field.data,
                         (gssize) field.name_len);
    g_string_append_printf (out, ": %s\n", valid);
  }
}

char *
pc_message_get_header_text (gconstpointer data,
                            gsize         len)
{
  GString *out = g_string_new (NULL);

  append_header_text (out, data, len);
  return g_string_free (out, FALSE);
}

/* The octets without their transfer encoding; one that is not known is left
 * as it is. */
static GByteArray *
decode_transfer (const guint8 *data,
                 gsize         len,
                 const char   *encoding)
{
  GMimeContentEncoding type =
      encoding != NULL ? g_mime_content_encoding_from_string (encoding)
                       : GMIME_CONTENT_ENCODING_DEFAULT;
  GByteArray   *out = g_byte_array_new ();
  GMimeEncoding decoder;
  gsize         n;

  if (type != GMIME_CONTENT_ENCODING_BASE64 &&
      type != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE) {
    g_byte_array_append (out, data, (guint) len);
    return out;
  }

  g_mime_encoding_init_decode (&decoder, type);
  g_byte_array_set_size (out,
                         (guint) g_mime_encoding_outlen (&decoder, len));
  n = g_mime_encoding_flush (&decoder, (const char *) data, len,
                             (char *) out->data);
  g_byte_array_set_size (out, (guint) n);
  return out;
}

GBytes *
pc_part_decode (const PcPart *self,
                GBytes       *message)
{
  static const char *const known[] = { "7bit", "8bit", "binary", "base64",
                                       "quoted-printable" };
  const guint8 *data = g_bytes_get_data (message, NULL);
  gboolean      found = self->encoding == NULL;

  for (guint i = 0; !found && i < G_N_ELEMENTS (known); i++)
    found = g_ascii_strcasecmp (self->encoding, known[i]) == 0;
  if (!found)
    return NULL;

  return g_byte_array_free_to_bytes (
      decode_transfer (data + self->body, self->body_len, self->encoding));
}

/* In a charset that is not known, octets that happen to be UTF-8 are kept. */
static void
append_part_text (GString      *out,
                  const guint8 *data,
                  const PcPart *part)
{
  g_autoptr (GByteArray) octets =
      decode_transfer (data + part->body, part->body_len, part->encoding);
  const char      *charset = pc_part_get_param (part, "charset");
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;

  if (octets->len == 0)
    return;
  for (guint i = 0; i < octets->len; i++)
    if (octets->data[i] == '\0')
      octets->data[i] = ' ';
  if (charset != NULL && g_ascii_strcasecmp (charset, "UTF-8") != 0 &&
      g_ascii_strcasecmp (charset, "US-ASCII") != 0)
    text = g_convert ((const char *) octets->data, (gssize) octets->len,
                      "UTF-8", charset, NULL, NULL, NULL);

  valid = text != NULL ? g_utf8_make_valid (text, -1)
                       : g_utf8_make_valid ((const char *) octets->data,
                                            (gssize) octets->len);
  g_string_append (out, valid);
  g_string_append_c (out, '\n');
}

static void
append_body_text (GString      *out,
                  const guint8 *data,
                  const PcPart *part)
{
  const PcPart *message = pc_part_get_message (part);

  if (message != NULL)
    append_header_text (out, data + message->header, message->header_len);
  if (part->children->len == 0 && (pc_part_is (part, "text", NULL) ||
                                   pc_part_is (part, "message", NULL)))
    append_part_text (out, data, part);
  for (guint i = 0; i < part->children->len; i++)
    append_body_text (out, data, g_ptr_array_index (part->children, i));
}

char *
pc_message_get_body_text (GBytes *message)
{
  g_autoptr (PcPart) structure = pc_part_new (message);
  GString           *out = g_string_new (NULL);

  require_gmime ();
  append_body_text (out, g_bytes_get_data (message, NULL), structure);
  return g_string_free (out, FALSE);
}

static void
append_mime_text (GString      *out,
                  const guint8 *data,
                  const PcPart *part)
{
  for (guint i = 0; i < part->children->len; i++) {
    const PcPart *child = g_ptr_array_index (part->children, i);

    append_header_text (out, data + child->header, child->header_len);
    append_mime_text (out, data, child);
  }
}

char *
pc_message_get_mime_text (GBytes *message)
{
  g_autoptr (PcPart) structure = pc_part_new (message);
  GString           *out = g_string_new (NULL);

  require_gmime ();
  append_mime_text (out, g_bytes_get_data (message, NULL), structure);
  return g_string_free (out, FALSE);
}

guint
pc_message_get_sent_day (gconstpointer data,
                         gsize         len)
{
  g_autofree char      *raw = pc_message_get_field (data, len, "Date");
  g_autoptr (GDateTime) date = NULL;
  GDate                 day;
  int                   year, month, month_day;

  if (raw == NULL)
    return 0;

  require_gmime ();
  date = g_mime_utils_header_decode_date (raw);
  if (date == NULL)
    return 0;

  g_date_time_get_ymd (date, &year, &month, &month_day);
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay) month_day, (GDateMonth) month,
                  (GDateYear) year);
  return g_date_get_julian (&day);
}

/* -- dates ---------------------------------------------------------------- */

char *
pc_message_format_date (gint64 time)
{
  static const char days[][4] = {
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
  };
  static const char months[][4] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  };
  g_autoptr (GDateTime) date = NULL;

  date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  if (date == NULL)
    date = g_date_time_new_from_unix_utc (0);

  return g_strdup_printf ("%s, %02d %s %04d %02d:%02d:%02d +0000",
                          days[g_date_time_get_day_of_week (date) - 1],
                          g_date_time_get_day_of_month (date),
                          months[g_date_time_get_month (date) - 1],
                          g_date_time_get_year (date),
                          g_date_time_get_hour (date),
                          g_date_time_get_minute (date),
                          g_date_time_get_second (date));
}

/* -- envelope ------------------------------------------------------------- */

static GPtrArray *
get_addresses (GBytes     *header,
               const char *name)
{
  gsize            len;
  gconstpointer    data = g_bytes_get_data (header, &len);
  g_autofree char *value = pc_message_get_field (data, len, name);

  return value != NULL ? pc_address_parse_list (value) : NULL;
}

static GPtrArray *
get_addresses_or (GBytes     *header,
                  const char *name,
                  GPtrArray  *fallback)
{
  GPtrArray *addresses = get_addresses (header, name);

  if (addresses == NULL && fallback != NULL)
    addresses = g_ptr_array_ref (fallback);

  return addresses;
}

PcEnvelope *
pc_envelope_new (GBytes *message)
{
  gsize         len;
  gconstpointer data = g_bytes_get_data (message, &len);
  PcEnvelope   *self = g_new0 (PcEnvelope, 1);

  self->date = pc_message_get_field (data, len, "Date");
  self->subject = pc_message_get_field (data, len, "Subject");
  self->from = get_addresses (message, "From");
  self->sender = get_addresses_or (message, "Sender", self->from);
  self->reply_to = get_addresses_or (message, "Reply-To", self->from);
  self->to = get_addresses (message, "To");
  self->cc = get_addresses (message, "Cc");
  self->bcc = get_addresses (message, "Bcc");
  self->in_reply_to = pc_message_get_field (data, len, "In-Reply-To");
  self->message_id = pc_message_get_field (data, len, "Message-ID");

  return self;
}

void
pc_envelope_free (PcEnvelope *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->date, g_free);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->from, g_ptr_array_unref);
  g_clear_pointer (&self->sender, g_ptr_array_unref);
  g_clear_pointer (&self->reply_to, g_ptr_array_unref);
  g_clear_pointer (&self->to, g_ptr_array_unref);
  g_clear_pointer (&self->cc, g_ptr_array_unref);
  g_clear_pointer (&self->bcc, g_ptr_array_unref);
  g_clear_pointer (&self->in_reply_to, g_free);
  g_clear_pointer (&self->message_id, g_free);
  g_free (self);
}
