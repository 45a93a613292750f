/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What FETCH can ask for, and the part of a message that answers it.
 *
 * Leaves out everything that needs the MIME structure: BODY and BODYSTRUCTURE
 * without a section, part numbers, and so the macro FULL.
 *
 * RFC 3501 section 6.4.5, RFC 9051 sections 6.4.5 and 6.4.5.1.
 */

#include "proto/imap/fetch-items.h"

#include "base/limits.h"
#include "mail/message.h"

#include <string.h>

/* Items without a section; the RFC822 ones are sections under old names. */
static const struct {
  const char    *name;
  PcImapItemKind kind;
  PcImapSection  section;
  gboolean       peek;
} plain_items[] = {
  { "ENVELOPE", PC_IMAP_ITEM_ENVELOPE },
  { "FLAGS", PC_IMAP_ITEM_FLAGS },
  { "INTERNALDATE", PC_IMAP_ITEM_DATE },
  { "RFC822", PC_IMAP_ITEM_SECTION, PC_IMAP_SECTION_WHOLE, FALSE },
  { "RFC822.HEADER", PC_IMAP_ITEM_SECTION, PC_IMAP_SECTION_HEADER, TRUE },
  { "RFC822.SIZE", PC_IMAP_ITEM_SIZE },
  { "RFC822.TEXT", PC_IMAP_ITEM_SECTION, PC_IMAP_SECTION_TEXT, FALSE },
  { "UID", PC_IMAP_ITEM_UID },
};

static const struct {
  const char    *name;
  PcImapItemKind kinds[4];
  guint          n;
} macros[] = {
  { "ALL",
    { PC_IMAP_ITEM_FLAGS, PC_IMAP_ITEM_DATE, PC_IMAP_ITEM_SIZE,
      PC_IMAP_ITEM_ENVELOPE },
    4 },
  { "FAST",
    { PC_IMAP_ITEM_FLAGS, PC_IMAP_ITEM_DATE, PC_IMAP_ITEM_SIZE },
    3 },
};

static void
item_clear (gpointer data)
{
  PcImapItem *self = data;

  g_clear_pointer (&self->fields, g_strfreev);
  g_clear_pointer (&self->name, g_free);
}

/* -- reading -------------------------------------------------------------- */

/* header-list = "(" header-fld-name *(SP header-fld-name) ")" */
static gboolean
read_header_list (PcImapCursor *cursor,
                  char       ***fields)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);

  if (!pc_imap_read_char (cursor, '('))
    return FALSE;
  do {
    char *field;

    if (!pc_imap_read_astring (cursor, &field))
      return FALSE;
    g_ptr_array_add (out, field);
  } while (pc_imap_read_char (cursor, ' '));
  if (!pc_imap_read_char (cursor, ')'))
    return FALSE;

  g_ptr_array_add (out, NULL);
  *fields = (char **) g_ptr_array_free (g_steal_pointer (&out), FALSE);
  return TRUE;
}

static gsize
letters (const PcImapCursor *cursor)
{
  gsize n = cursor->pos;

  while (n < cursor->len &&
         (g_ascii_isalnum (cursor->data[n]) || cursor->data[n] == '.'))
    n++;

  return n - cursor->pos;
}

/* Takes a word of letters, digits and dots.  Transfer full, upper case. */
static char *
read_name (PcImapCursor *cursor)
{
  gsize n = letters (cursor);
  char *name = g_ascii_strup ((const char *) cursor->data + cursor->pos,
                              (gssize) n);

  cursor->pos += n;
  return name;
}

/* Behind the "[". */
static PcImapItemsResult
read_section (PcImapCursor *cursor,
              PcImapItem   *item)
{
  g_autofree char *name = read_name (cursor);

  if (name[0] == '\0') {
    item->section = PC_IMAP_SECTION_WHOLE;
  } else if (strcmp (name, "HEADER") == 0) {
    item->section = PC_IMAP_SECTION_HEADER;
  } else if (strcmp (name, "TEXT") == 0) {
    item->section = PC_IMAP_SECTION_TEXT;
  } else if (strcmp (name, "HEADER.FIELDS") == 0 ||
             strcmp (name, "HEADER.FIELDS.NOT") == 0) {
    item->section = name[13] == '\0' ? PC_IMAP_SECTION_FIELDS
                                     : PC_IMAP_SECTION_FIELDS_NOT;
    if (!pc_imap_read_char (cursor, ' ') ||
        !read_header_list (cursor, &item->fields))
      return PC_IMAP_ITEMS_BAD;
  } else if (name[0] >= '1' && name[0] <= '9') {
    return PC_IMAP_ITEMS_UNKNOWN;
  } else {
    return PC_IMAP_ITEMS_BAD;
  }

  return pc_imap_read_char (cursor, ']') ? PC_IMAP_ITEMS_DONE
                                         : PC_IMAP_ITEMS_BAD;
}

/* "<" number "." nz-number ">" */
static gboolean
read_partial (PcImapCursor *cursor,
              PcImapItem   *item)
{
  guint64 offset, count;

  if (!pc_imap_read_char (cursor, '<'))
    return TRUE;
  if (!pc_imap_read_number (cursor, G_MAXUINT32, &offset) ||
      !pc_imap_read_char (cursor, '.') ||
      !pc_imap_read_number (cursor, G_MAXUINT32, &count) || count == 0 ||
      !pc_imap_read_char (cursor, '>'))
    return FALSE;

  item->partial = TRUE;
  item->offset = (guint32) offset;
  item->count = (guint32) count;
  return TRUE;
}

/* The reply says BODY[...] without PEEK, and <o> without the count. */
static char *
section_name (const PcImapItem *item)
{
  static const char *const names[] = {
    [PC_IMAP_SECTION_WHOLE] = "",
    [PC_IMAP_SECTION_HEADER] = "HEADER",
    [PC_IMAP_SECTION_FIELDS] = "HEADER.FIELDS",
    [PC_IMAP_SECTION_FIELDS_NOT] = "HEADER.FIELDS.NOT",
    [PC_IMAP_SECTION_TEXT] = "TEXT",
  };
  GString *out = g_string_new ("BODY[");

  g_string_append (out, names[item->section]);
  for (guint i = 0; item->fields != NULL && item->fields[i] != NULL; i++) {
    g_string_append (out, i == 0 ? " (" : " ");
    if (!pc_imap_write_astring (out, item->fields[i]))
      g_string_append_c (out, '?');
  }
  if (item->fields != NULL)
    g_string_append_c (out, ')');
  g_string_append_c (out, ']');
  if (item->partial)
    g_string_append_printf (out, "<%u>", item->offset);

  return g_string_free (out, FALSE);
}

static PcImapItemsResult
read_body (PcImapCursor *cursor,
           PcImapItem   *item)
{
  PcImapItemsResult result;

  item->kind = PC_IMAP_ITEM_SECTION;
  result = read_section (cursor, item);
  if (result != PC_IMAP_ITEMS_DONE)
    return result;
  if (!read_partial (cursor, item))
    return PC_IMAP_ITEMS_BAD;

  item->name = section_name (item);
  return PC_IMAP_ITEMS_DONE;
}

static PcImapItemsResult
read_item (PcImapCursor *cursor,
           GArray       *items)
{
  PcImapItem       item = { 0 };
  g_autofree char *name = read_name (cursor);
  gboolean         body = strcmp (name, "BODY") == 0;

  item.peek = strcmp (name, "BODY.PEEK") == 0;
  if ((body || item.peek) && pc_imap_read_char (cursor, '[')) {
    PcImapItemsResult result = read_body (cursor, &item);

    g_array_append_val (items, item);
    return result;
  }
  if (body || strcmp (name, "BODYSTRUCTURE") == 0)
    return PC_IMAP_ITEMS_UNKNOWN;

  for (guint i = 0; i < G_N_ELEMENTS (plain_items); i++)
    if (strcmp (plain_items[i].name, name) == 0) {
      item.kind = plain_items[i].kind;
      item.section = plain_items[i].section;
      item.peek = plain_items[i].peek;
      item.name = g_steal_pointer (&name);
      g_array_append_val (items, item);
      return PC_IMAP_ITEMS_DONE;
    }

  return PC_IMAP_ITEMS_BAD;
}

static PcImapItemsResult
read_item_list (PcImapCursor *cursor,
                GArray       *items)
{
  do {
    PcImapItemsResult result = read_item (cursor, items);

    if (result != PC_IMAP_ITEMS_DONE)
      return result;
    if (items->len > PC_LIMIT_IMAP_ITEMS)
      return PC_IMAP_ITEMS_BAD;
  } while (pc_imap_read_char (cursor, ' '));

  return pc_imap_read_char (cursor, ')') ? PC_IMAP_ITEMS_DONE
                                         : PC_IMAP_ITEMS_BAD;
}

static gboolean
read_macro (PcImapCursor *cursor,
            GArray       *items)
{
  for (guint i = 0; i < G_N_ELEMENTS (macros); i++) {
    if (!pc_imap_read_word (cursor, macros[i].name))
      continue;

    for (guint k = 0; k < macros[i].n; k++) {
      PcImapItem item = { .kind = macros[i].kinds[k] };

      g_array_append_val (items, item);
    }
    return TRUE;
  }

  return FALSE;
}

PcImapItemsResult
pc_imap_read_items (PcImapCursor *cursor,
                    GArray      **items)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (PcImapItem));
  PcImapItemsResult  result = PC_IMAP_ITEMS_DONE;

  g_array_set_clear_func (out, item_clear);
  if (pc_imap_read_char (cursor, '('))
    result = read_item_list (cursor, out);
  else if (pc_imap_read_word (cursor, "FULL"))
    result = PC_IMAP_ITEMS_UNKNOWN;
  else if (!read_macro (cursor, out))
    result = read_item (cursor, out);

  if (result == PC_IMAP_ITEMS_DONE)
    *items = g_steal_pointer (&out);
  return result;
}

/* -- extracting ----------------------------------------------------------- */

static gboolean
has_field (char        **fields,
           const guint8 *name,
           gsize         len)
{
  for (; *fields != NULL; fields++)
    if (strlen (*fields) == len &&
        g_ascii_strncasecmp (*fields, (const char *) name, len) == 0)
      return TRUE;

  return FALSE;
}

/* Fields in the order of the message, each with its folded lines, then the
 * empty line that RFC 3501 6.4.5 always adds. */
static GBytes *
extract_fields (const PcImapItem *item,
                const guint8     *data,
                gsize             len)
{
  GByteArray   *out = g_byte_array_new ();
  PcHeaderField field;
  gsize         offset = 0;
  gboolean      wanted = item->section == PC_IMAP_SECTION_FIELDS;

  while (pc_message_next_field (data, len, &offset, &field))
    if (has_field (item->fields, field.data, field.name_len) == wanted)
      g_byte_array_append (out, field.data, (guint) field.len);

  g_byte_array_append (out, (const guint8 *) "\r\n", 2);
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
extract_section (const PcImapItem *item,
                 GBytes           *content)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (content, &len);
  gsize         header = pc_message_header_length (data, len);

  switch (item->section) {
  case PC_IMAP_SECTION_HEADER:
    return g_bytes_new_from_bytes (content, 0, header);
  case PC_IMAP_SECTION_TEXT:
    return g_bytes_new_from_bytes (content, header, len - header);
  case PC_IMAP_SECTION_FIELDS:
  case PC_IMAP_SECTION_FIELDS_NOT:
    return extract_fields (item, data, header);
  case PC_IMAP_SECTION_WHOLE:
  default:
    return g_bytes_ref (content);
  }
}

GBytes *
pc_imap_item_extract (const PcImapItem *item,
                      GBytes           *content)
{
  g_autoptr (GBytes) whole = extract_section (item, content);
  gsize              size = g_bytes_get_size (whole);
  gsize              from = MIN (item->offset, size);

  if (!item->partial)
    return g_steal_pointer (&whole);

  return g_bytes_new_from_bytes (whole, from, MIN (item->count, size - from));
}
