/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Question banks to and from other programs: which format is whose, and what
 * they share.  Formats are in files of their own: gift*.c, moodle.c, aiken.c,
 * anki.c, amc.c, table.c.
 *
 * What is read becomes the text of a bank and nothing else: whoever saves it
 * does so at once and whole, and the loader of banks has the last word.
 */

#include "quiz/exchange.h"

#include "quiz/exchange-private.h"
#include "quiz/markup.h"
#include "quiz/reader-private.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *ending;
  const char *head; /* what the file begins with */
  const char *foot;
  void (*write) (GString    *out,
                 PcPortable *question,
                 const char *bank,
                 PcProblems *left_out);
  GPtrArray *(*read) (const char *name,
                      const char *text,
                      PcProblems *problems);
} Format;

static const Format formats[PC_N_EXCHANGES] = {
  [PC_EXCHANGE_GIFT] = { "gift", "gift", "", "", pc_gift_write,
                         pc_gift_read },
  [PC_EXCHANGE_AIKEN] = { "aiken", "txt", "", "", pc_aiken_write,
                          pc_aiken_read },
  [PC_EXCHANGE_MOODLE] = { "moodle", "xml",
                           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                           "<quiz>\n",
                           "</quiz>\n", pc_moodle_write, NULL },
  [PC_EXCHANGE_ANKI] = { "anki", "txt",
                         "#separator:tab\n#html:true\n#notetype:Basic\n"
                         "#guid column:1\n#deck column:2\n#tags column:5\n"
                         "#if matches:update current\n",
                         "", pc_anki_write, NULL },
  [PC_EXCHANGE_AMC] = { "amc", "txt", "", "", pc_amc_write, NULL },
  [PC_EXCHANGE_CSV] = { "csv", "csv", "", "", NULL, pc_table_read },
};

const char *
pc_exchange_to_string (PcExchange format)
{
  g_return_val_if_fail (format < PC_N_EXCHANGES, NULL);

  return formats[format].name;
}

gboolean
pc_exchange_from_string (const char *name,
                         PcExchange *format)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (PcExchange i = 0; i < PC_N_EXCHANGES; i++) {
    if (g_str_equal (formats[i].name, name)) {
      *format = i;
      return TRUE;
    }
  }
  return FALSE;
}

const char *
pc_exchange_get_ending (PcExchange format)
{
  g_return_val_if_fail (format < PC_N_EXCHANGES, NULL);

  return formats[format].ending;
}

gboolean
pc_exchange_can_write (PcExchange format)
{
  return format < PC_N_EXCHANGES && formats[format].write != NULL;
}

gboolean
pc_exchange_can_read (PcExchange format)
{
  return format < PC_N_EXCHANGES && formats[format].read != NULL;
}

/* -- shared --------------------------------------------------------------- */

void
pc_exchange_tell (PcProblems *problems,
                  PcSeverity  severity,
                  const char *file,
                  guint       line,
                  const char *format,
                  ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  pc_problems_take (problems, pc_problem_new (severity, "X003", file, line, 1,
                                              "%s", message));
}

char *
pc_exchange_dup_html (const char *text,
                      const char *listing)
{
  g_autofree char *marked = pc_markup_to_html (text);
  GString         *html = g_string_new (marked);

  g_string_replace (html, "\n", "<br>", 0);
  if (listing != NULL) {
    g_autofree char *escaped = g_markup_escape_text (listing, -1);
    GString         *lines = g_string_new (escaped);

    g_string_replace (lines, "\n", "<br>", 0);
    g_string_append_printf (html, "<pre>%s</pre>", lines->str);
    g_string_free (lines, TRUE);
  }
  return g_string_free (html, FALSE);
}

/* What a tag stands for in our text; "" for one that only goes. */
static const char *
tag_to_mark (const char *name)
{
  static const char *const rows[][2] = {
    { "code", "`" },
    { "tt", "`" },
    { "strong", "**" },
    { "b", "**" },
    { "em", "*" },
    { "i", "*" },
    { "br", "\n" },
    { "p", "\n" },
    { "div", "\n" },
    { "li", "\n" },
    { "pre", "\n" },
  };

  if (*name == '/')
    name++;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize len = strlen (rows[i][0]);

    if (g_ascii_strncasecmp (name, rows[i][0], len) == 0 &&
        !g_ascii_isalnum (name[len]))
      return rows[i][1];
  }
  return "";
}

/* "&lt;" and the like at @p.  Returns what follows, or NULL for none. */
static const char *
read_entity (const char *p,
             GString    *out)
{
  static const struct
  {
    const char *name;
    gunichar    c;
  } rows[] = {
    { "&lt;", '<' },   { "&gt;", '>' },    { "&amp;", '&' },
    { "&quot;", '"' }, { "&apos;", '\'' }, { "&nbsp;", ' ' },
  };
  char   *end;
  guint64 code;
  int     base = 10;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (g_str_has_prefix (p, rows[i].name)) {
      g_string_append_unichar (out, rows[i].c);
      return p + strlen (rows[i].name);
    }
  }
  if (p[1] != '#')
    return NULL;
  p += 2;
  if (*p == 'x' || *p == 'X') {
    base = 16;
    p++;
  }
  if (!g_ascii_isxdigit (*p))
    return NULL;
  code = g_ascii_strtoull (p, &end, base);
  if (*end != ';' || code > 0x10FFFF || !g_unichar_validate ((gunichar) code) ||
      code == 0)
    return NULL;
  g_string_append_unichar (out, (gunichar) code);
  return end + 1;
}

char *
pc_exchange_read_html (const char *html)
{
  GString *out = g_string_new (NULL);

  for (const char *p = html; *p != '\0';) {
    const char *next = NULL;

    if (*p == '<' && (g_ascii_isalpha (p[1]) || p[1] == '/')) {
      const char *end = strchr (p, '>');

      if (end != NULL) {
        g_string_append (out, tag_to_mark (p + 1));
        next = end + 1;
      }
    } else if (*p == '&') {
      next = read_entity (p, out);
    }
    if (next == NULL) {
      g_string_append_c (out, *p);
      next = p + 1;
    }
    p = next;
  }
  g_strstrip (out->str);
  return g_string_free (out, FALSE);
}

GPtrArray *
pc_exchange_list (PcBank     *bank,
                  const char *language,
                  PcProblems *left_out)
{
  GPtrArray *all =
      g_ptr_array_new_with_free_func ((GDestroyNotify) pc_portable_free);

  for (guint i = 0; i < pc_bank_get_n_items (bank); i++) {
    PcItem     *item = pc_bank_get_item (bank, i);
    PcPortable *question;

    if (pc_item_get_status (item) == PC_ITEM_STATUS_RETIRED)
      continue;
    question = pc_portable_from_item (item, language, pc_bank_get_id (bank),
                                      left_out);
    if (question != NULL)
      g_ptr_array_add (all, question);
  }
  return all;
}

/* -- out ------------------------------------------------------------------ */

char *
pc_exchange_write (PcBank     *bank,
                   PcExchange  format,
                   const char *language,
                   PcProblems *left_out)
{
  g_autoptr (GPtrArray) questions = NULL;
  GString *out;

  g_return_val_if_fail (PC_IS_BANK (bank), NULL);
  g_return_val_if_fail (left_out != NULL, NULL);

  if (!pc_exchange_can_write (format))
    return NULL;
  questions = pc_exchange_list (bank, language, left_out);
  out = g_string_new (formats[format].head);
  for (guint i = 0; i < questions->len; i++)
    formats[format].write (out, questions->pdata[i], pc_bank_get_id (bank),
                           left_out);
  g_string_append (out, formats[format].foot);
  return g_string_free (out, FALSE);
}

/* -- in ------------------------------------------------------------------- */

/* An id for each question: its own if it may be one, else a number. */
static void
give_ids (GPtrArray *questions)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < questions->len; i++) {
    PcPortable *question = questions->pdata[i];

    if (question->id != NULL) {
      g_autofree char *lower = g_ascii_strdown (question->id, -1);

      g_strcanon (lower, "abcdefghijklmnopqrstuvwxyz0123456789._-", '-');
      g_free (question->id);
      question->id = g_steal_pointer (&lower);
    }
    if (question->id == NULL ||
        !pc_reader_text_is (question->id, PC_TEXT_ID) ||
        g_hash_table_contains (taken, question->id)) {
      guint n = i + 1;

      do {
        g_free (question->id);
        question->id = g_strdup_printf ("q%u", n++);
      } while (g_hash_table_contains (taken, question->id));
    }
    g_hash_table_add (taken, question->id);
  }
}

/* Control characters have no place in a question, and what is for private use
 * our readers use themselves. */
static char *
clean (const char *text,
       gsize       len)
{
  GString *out = g_string_sized_new (len);

  for (const char *p = text; p < text + len; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if ((g_unichar_iscntrl (c) && strchr ("\n\r\t", (int) c) == NULL) ||
        g_unichar_type (c) == G_UNICODE_PRIVATE_USE)
      c = 0xFFFD;
    g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

static char *
write_bank (const char *name,
            const char *id,
            JsonArray  *items)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *title = g_path_get_basename (name);
  JsonObject      *bank = json_object_new ();
  JsonObject      *license = json_object_new ();

  json_object_set_string_member (bank, "format", "portcall-question-bank");
  json_object_set_int_member (bank, "format_version", 1);
  json_object_set_string_member (bank, "id", id);
  json_object_set_string_member (bank, "version", "1.0.0");
  json_object_set_string_member (bank, "language", "en");
  json_object_set_string_member (bank, "title", title);
  json_object_set_string_member (license, "spdx", "NOASSERTION");
  json_object_set_object_member (bank, "license", license);
  json_object_set_array_member (bank, "items", items);
  json_node_take_object (root, bank);
  return json_to_string (root, TRUE);
}

char *
pc_exchange_read (const char   *name,
                  const guint8 *data,
                  gsize         len,
                  PcExchange    format,
                  const char   *id,
                  PcProblems   *problems)
{
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) questions = NULL;
  JsonArray  *items;
  const char *begin = (const char *) data;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  if (!pc_exchange_can_read (format))
    return NULL;
  if (len > PC_LIMIT_EXCHANGE) {
    pc_exchange_tell (problems, PC_SEVERITY_ERROR, name, 0,
                      _ ("the file is larger than %u MiB; split it"),
                      PC_LIMIT_EXCHANGE >> 20);
    return NULL;
  }
  if (len >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0) {
    begin += 3;
    len -= 3;
  }
  if (!g_utf8_validate_len (begin, len, NULL)) {
    pc_exchange_tell (problems, PC_SEVERITY_ERROR, name, 0, "%s",
                      _ ("the file is not UTF-8; save it as UTF-8"));
    return NULL;
  }
  text = clean (begin, len);
  questions = formats[format].read (name, text, problems);
  give_ids (questions);

  items = json_array_new ();
  for (guint i = 0; i < questions->len; i++) {
    JsonNode *item =
        pc_portable_to_json (questions->pdata[i], name, problems);

    if (item != NULL)
      json_array_add_element (items, item);
  }
  if (json_array_get_length (items) == 0) {
    json_array_unref (items);
    pc_exchange_tell (problems, PC_SEVERITY_ERROR, name, 0, "%s",
                      _ ("no question could be read from this file"));
    return NULL;
  }
  return write_bank (name, id, items);
}
