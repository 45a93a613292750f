/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What FETCH can ask for, and the part of a message that answers it.
 *
 * BINARY[] without a part is the message as it is: what is asked for is not
 * one encoding but many.
 *
 * RFC 3501 section 6.4.5, RFC 9051 sections 6.4.5 and 6.4.5.1, RFC 3516.
 */

#include "proto/imap/fetch-items.h"

#include "base/limits.h"
#include "base/text.h"
#include <string.h>

/* Items without a section; the RFC822 ones are sections under old names. */
static const struct {
  const char    *name;
  PcImapItemKind kind;
  PcImapSection  section;
  gboolean       peek;
} plain_items[] = {
  { "BODY", PC_IMAP_ITEM_BODY },
  { "BODYSTRUCTURE", PC_IMAP_ITEM_BODYSTRUCTURE },
  { "ENVELOPE", PC_IMAP_ITEM_ENVELOPE },
  { "FLAGS", PC_IMAP_ITEM_FLAGS },
  { "INTERNALDATE", PC_IMAP_ITEM_DATE },
  { "MODSEQ", PC_IMAP_ITEM_MODSEQ },
  { "RFC822", PC_IMAP_ITEM_SECTION, PC_IMAP_SECTION_WHOLE, FALSE },
  { "RFC822.HEADER", PC_IMAP_ITEM_SECTION, PC_IMAP_SECTION_HEADER, TRUE },
  { "RFC822.SIZE", PC_IMAP_ITEM_SIZE },
  { "RFC822.TEXT", PC_IMAP_ITEM_SECTION, PC_IMAP_SECTION_TEXT, FALSE },
  { "UID", PC_IMAP_ITEM_UID },
};

static const struct {
  const char    *name;
  PcImapItemKind kinds[5];
  guint          n;
} macros[] = {
  { "ALL",
    { PC_IMAP_ITEM_FLAGS, PC_IMAP_ITEM_DATE, PC_IMAP_ITEM_SIZE,
      PC_IMAP_ITEM_ENVELOPE },
    4 },
  { "FAST",
    { PC_IMAP_ITEM_FLAGS, PC_IMAP_ITEM_DATE, PC_IMAP_ITEM_SIZE },
    3 },
  { "FULL",
    { PC_IMAP_ITEM_FLAGS, PC_IMAP_ITEM_DATE, PC_IMAP_ITEM_SIZE,
      PC_IMAP_ITEM_ENVELOPE, PC_IMAP_ITEM_BODY },
    5 },
};

/* By PcImapSection. */
static const char *const section_names[] = {
  [PC_IMAP_SECTION_WHOLE] = "",
  [PC_IMAP_SECTION_HEADER] = "HEADER",
  [PC_IMAP_SECTION_FIELDS] = "HEADER.FIELDS",
  [PC_IMAP_SECTION_FIELDS_NOT] = "HEADER.FIELDS.NOT",
  [PC_IMAP_SECTION_TEXT] = "TEXT",
  [PC_IMAP_SECTION_MIME] = "MIME",
};

static void
item_clear (gpointer data)
{
  PcImapItem *self = data;

  g_clear_pointer (&self->numbers, g_free);
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

/* section-part = nz-number *("." nz-number); what stands behind it, and behind
 * its dot, is moved to. */
static gboolean
read_part (const char **name,
           PcImapItem  *item)
{
  guint32 numbers[PC_LIMIT_IMAP_SECTION];

  while (g_ascii_isdigit (**name)) {
    gsize   n = strspn (*name, "0123456789");
    guint64 number;

    if (item->n_numbers == G_N_ELEMENTS (numbers) || **name == '0' ||
        !pc_text_parse_number (*name, n, G_MAXUINT32, &number))
      return FALSE;
    numbers[item->n_numbers++] = (guint32) number;
    *name += n;
    if (**name == '\0')
      break;
    if (**name != '.' || (*name)[1] == '\0')
      return FALSE;
    (*name)++;
  }

  if (item->n_numbers > 0)
    item->numbers = g_memdup2 (numbers, item->n_numbers * sizeof *numbers);
  return TRUE;
}

/* Behind the "[". */
static gboolean
read_section (PcImapCursor *cursor,
              PcImapItem   *item)
{
  g_autofree char *whole = read_name (cursor);
  const char      *name = whole;
  guint            section = 0;

  if (!read_part (&name, item))
    return FALSE;
  while (section < G_N_ELEMENTS (section_names) &&
         strcmp (section_names[section], name) != 0)
    section++;
  item->section = section;
  if (section == G_N_ELEMENTS (section_names) ||
      (section == PC_IMAP_SECTION_MIME && item->n_numbers == 0))
    return FALSE;
  if ((section == PC_IMAP_SECTION_FIELDS ||
       section == PC_IMAP_SECTION_FIELDS_NOT) &&
      (!pc_imap_read_char (cursor, ' ') ||
       !read_header_list (cursor, &item->fields)))
    return FALSE;

  return pc_imap_read_char (cursor, ']');
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
  const char *name = section_names[item->section];
  GString    *out = g_string_new (
      item->kind == PC_IMAP_ITEM_BINARY_SIZE ? "BINARY.SIZE["
      : item->binary                         ? "BINARY["
                                             : "BODY[");

  for (guint i = 0; i < item->n_numbers; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? "." : "", item->numbers[i]);
  g_string_append_printf (out, "%s%s",
                          item->n_numbers > 0 && name[0] != '\0' ? "." : "",
                          name);
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

static gboolean
read_body (PcImapCursor *cursor,
           PcImapItem   *item)
{
  item->kind = PC_IMAP_ITEM_SECTION;
  if (!read_section (cursor, item) || !read_partial (cursor, item))
    return FALSE;

  item->name = section_name (item);
  return TRUE;
}

/* "BINARY", "BINARY.PEEK" or "BINARY.SIZE" "[" [section-part] "]" and, but for
 * the last, [partial]. */
static gboolean
read_binary (PcImapCursor *cursor,
             PcImapItem   *item,
             gboolean      size)
{
  item->kind = size ? PC_IMAP_ITEM_BINARY_SIZE : PC_IMAP_ITEM_SECTION;
  item->binary = TRUE;
  if (!read_section (cursor, item) ||
      item->section != PC_IMAP_SECTION_WHOLE ||
      (!size && !read_partial (cursor, item)))
    return FALSE;

  item->name = section_name (item);
  return TRUE;
}

static gboolean
read_item (PcImapCursor *cursor,
           GArray       *items)
{
  PcImapItem       item = { 0 };
  g_autofree char *name = read_name (cursor);

  item.peek = strcmp (name, "BODY.PEEK") == 0;
  if ((item.peek || strcmp (name, "BODY") == 0) &&
      pc_imap_read_char (cursor, '[')) {
    gboolean done = read_body (cursor, &item);

    g_array_append_val (items, item);
    return done;
  }

  item.peek = strcmp (name, "BINARY.PEEK") == 0;
  if ((item.peek || strcmp (name, "BINARY") == 0 ||
       strcmp (name, "BINARY.SIZE") == 0) &&
      pc_imap_read_char (cursor, '[')) {
    gboolean done = read_binary (cursor, &item,
                                 strcmp (name, "BINARY.SIZE") == 0);

    g_array_append_val (items, item);
    return done;
  }

  for (guint i = 0; i < G_N_ELEMENTS (plain_items); i++)
    if (strcmp (plain_items[i].name, name) == 0) {
      item.kind = plain_items[i].kind;
      item.section = plain_items[i].section;
      item.peek = plain_items[i].peek;
      item.name = g_steal_pointer (&name);
      g_array_append_val (items, item);
      return TRUE;
    }

  return FALSE;
}

static gboolean
read_item_list (PcImapCursor *cursor,
                GArray       *items)
{
  do {
    if (!read_item (cursor, items) || items->len > PC_LIMIT_IMAP_ITEMS)
      return FALSE;
  } while (pc_imap_read_char (cursor, ' '));

  return pc_imap_read_char (cursor, ')');
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

gboolean
pc_imap_read_items (PcImapCursor *cursor,
                    GArray      **items)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (PcImapItem));
  gboolean           done;

  g_array_set_clear_func (out, item_clear);
  if (pc_imap_read_char (cursor, '('))
    done = read_item_list (cursor, out);
  else
    done = read_macro (cursor, out) || read_item (cursor, out);

  if (done)
    *items = g_steal_pointer (&out);
  return done;
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

/* Header and body of what HEADER and TEXT are asked of: the message, or the
 * one inside the part.  FALSE when there is none. */
static gboolean
find_message (const PcImapItem *item,
              const PcPart     *part,
              GBytes           *content,
              gsize            *header,
              gsize            *body,
              gsize            *end)
{
  const PcPart *message;

  if (item->n_numbers == 0) {
    gsize         len;
    gconstpointer data = g_bytes_get_data (content, &len);

    *header = 0;
    *body = pc_message_header_length (data, len);
    *end = len;
    return TRUE;
  }

  message = pc_part_get_message (part);
  if (message == NULL)
    return FALSE;

  *header = message->header;
  *body = message->body;
  *end = message->body + message->body_len;
  return TRUE;
}

static GBytes *
extract_section (const PcImapItem *item,
                 GBytes           *content,
                 const PcPart     *structure)
{
  const guint8 *data = g_bytes_get_data (content, NULL);
  const PcPart *part = NULL;
  gsize         header, body, end;

  if (item->n_numbers > 0) {
    part = pc_part_find (structure, item->numbers, item->n_numbers);
    if (part == NULL)
      return NULL;
  }
  if (item->section == PC_IMAP_SECTION_MIME)
    return g_bytes_new_from_bytes (content, part->header, part->header_len);
  if (item->binary && part != NULL)
    return pc_part_decode (part, content);
  if (item->section == PC_IMAP_SECTION_WHOLE)
    return part == NULL
               ? g_bytes_ref (content)
               : g_bytes_new_from_bytes (content, part->body, part->body_len);
  if (!find_message (item, part, content, &header, &body, &end))
    return NULL;

  switch (item->section) {
  case PC_IMAP_SECTION_HEADER:
    return g_bytes_new_from_bytes (content, header, body - header);
  case PC_IMAP_SECTION_TEXT:
    return g_bytes_new_from_bytes (content, body, end - body);
  case PC_IMAP_SECTION_FIELDS:
  case PC_IMAP_SECTION_FIELDS_NOT:
    return extract_fields (item, data + header, body - header);
  case PC_IMAP_SECTION_WHOLE:
  case PC_IMAP_SECTION_MIME:
  default:
    g_assert_not_reached ();
  }
}

gboolean
pc_imap_item_is_unknown (const PcImapItem *item,
                         GBytes           *content,
                         const PcPart     *structure)
{
  g_autoptr (GBytes) octets = NULL;

  if (!item->binary || item->n_numbers == 0 ||
      pc_part_find (structure, item->numbers, item->n_numbers) == NULL)
    return FALSE;

  octets = extract_section (item, content, structure);
  return octets == NULL;
}

gboolean
pc_imap_item_needs_structure (const PcImapItem *item)
{
  return item->n_numbers > 0 || item->kind == PC_IMAP_ITEM_BODY ||
         item->kind == PC_IMAP_ITEM_BODYSTRUCTURE;
}

GBytes *
pc_imap_item_extract (const PcImapItem *item,
                      GBytes           *content,
                      const PcPart     *structure)
{
  g_autoptr (GBytes) whole = extract_section (item, content, structure);
  gsize              size, from;

  if (whole == NULL || !item->partial)
    return g_steal_pointer (&whole);

  size = g_bytes_get_size (whole);
  from = MIN (item->offset, size);
  return g_bytes_new_from_bytes (whole, from, MIN (item->count, size - from));
}
