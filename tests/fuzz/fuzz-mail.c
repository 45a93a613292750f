/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Feeds octets to all that reads messages: fields, addresses, envelopes, the
 * tree of parts, and the text that is searched.
 *
 * Parts lie inside one another, fields follow each other, and all text is
 * UTF-8 where that is promised. */

#include "base/limits.h"
#include "mail/message.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static guint
check_part (const PcPart *part,
            gsize         start,
            gsize         end,
            guint         depth)
{
  guint n = 1;

  g_assert (depth <= PC_LIMIT_MIME_DEPTH + 1);
  g_assert (part->header >= start && part->header <= end);
  g_assert (part->body == part->header + part->header_len);
  g_assert (part->body <= end && part->body_len <= end - part->body);
  g_assert (part->lines <= part->body_len);
  for (guint i = 0; i < part->children->len; i++)
    n += check_part (g_ptr_array_index (part->children, i), part->body,
                     part->body + part->body_len, depth + 1);

  return n;
}

static void
fuzz_fields (const guint8 *data,
             gsize         size)
{
  PcHeaderField field;
  gsize         offset = 0, last = 0;

  while (pc_message_next_field (data, size, &offset, &field)) {
    g_assert (field.data == data + last && field.len > 0);
    g_assert (field.value <= field.len && field.name_len <= field.len);
    last += field.len;
    g_assert (offset == last && last <= size);
  }
  g_assert (pc_message_header_length (data, size) <= size);
}

static void
fuzz_texts (GBytes       *message,
            const guint8 *data,
            gsize         size)
{
  static const char *const names[] = { "Subject", "From", "Content-Type" };
  g_autofree char *header = pc_message_get_header_text (data, size);
  g_autofree char *body = pc_message_get_body_text (message);

  g_assert (g_utf8_validate (header, -1, NULL));
  g_assert (g_utf8_validate (body, -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *raw = pc_message_get_field (data, size, names[i]);
    g_autofree char *text = pc_message_get_field_text (data, size, names[i]);

    g_assert (raw == NULL || strpbrk (raw, "\r\n") == NULL);
    g_assert ((raw == NULL) == (text == NULL));
    g_assert (text == NULL || g_utf8_validate (text, -1, NULL));
  }
  pc_message_get_sent_day (data, size);
}

static void
fuzz_addresses (const guint8 *data,
                gsize         size)
{
  g_autofree char      *value = g_strndup ((const char *) data, size);
  g_autoptr (GPtrArray) list = pc_address_parse_list (value);

  g_assert (list == NULL ||
            (list->len > 0 && list->len <= PC_LIMIT_ADDRESSES));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree guint8     *copy = g_memdup2 (data, MAX (size, 1));
  g_autoptr (GBytes)     message = g_bytes_new (data, size);
  g_autoptr (PcEnvelope) envelope = NULL;
  g_autoptr (PcPart)     part = NULL;

  if (size == 0)
    return 0;

  fuzz_fields (copy, size);
  fuzz_texts (message, copy, size);
  fuzz_addresses (copy, size);
  envelope = pc_envelope_new (message);
  g_assert (envelope != NULL);
  part = pc_part_new (message);
  g_assert (check_part (part, 0, size, 1) <= PC_LIMIT_MIME_PARTS + 1);

  return 0;
}
