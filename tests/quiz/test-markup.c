/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Inline marks: what becomes of them, and that the result always parses. */

#include "quiz/markup.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *pango;
  const char *plain;
} Row;

static const Row rows[] = {
  { "", "", "" },
  { "plain", "plain", "plain" },
  { "a < b & c > d", "a &lt; b &amp; c &gt; d", "a < b & c > d" },
  { "`code`", "<tt>code</tt>", "code" },
  { "**strong**", "<b>strong</b>", "strong" },
  { "*em*", "<i>em</i>", "em" },
  { "x `a` **b** *c* y", "x <tt>a</tt> <b>b</b> <i>c</i> y", "x a b c y" },
  { "**a *b* c**", "<b>a <i>b</i> c</b>", "a b c" },
  { "*a **b** c*", "<i>a <b>b</b> c</i>", "a b c" },
  { "*a `b*` c*", "<i>a <tt>b*</tt> c</i>", "a b* c" },
  { "`**no**`", "<tt>**no**</tt>", "**no**" },
  { "`<b>`", "<tt>&lt;b&gt;</tt>", "<b>" },
  { "<span size='9'>x</span>", "&lt;span size='9'&gt;x&lt;/span&gt;",
    "<span size='9'>x</span>" },
  { "&amp;", "&amp;amp;", "&amp;" },
  /* Without a partner a mark is a character. */
  { "2 * 3", "2 * 3", "2 * 3" },
  { "2 * 3 * 4", "2 * 3 * 4", "2 * 3 * 4" },
  { "2*3", "2*3", "2*3" },
  { "a ** b", "a ** b", "a ** b" },
  { "**open", "**open", "**open" },
  { "open `here", "open `here", "open `here" },
  { "****", "****", "****" },
  { "``", "``", "``" },
  { "*", "*", "*" },
  { "* BYE", "* BYE", "* BYE" },
  { "`* OK` and *now*", "<tt>* OK</tt> and <i>now</i>", "* OK and now" },
  { "**a *b** c*", "<b>a *b</b> c*", "a *b c*" },
  /* A mark does not reach over an empty line. */
  { "*a\n\nb*", "*a\n\nb*", "*a\n\nb*" },
  { "*a*\n\n*b*", "<i>a</i>\n\n<i>b</i>", "a\n\nb" },
  { "*a\nb*", "<i>a\nb</i>", "a\nb" },
  { "é *ü* €", "é <i>ü</i> €", "é ü €" },
  { "a\tb\nc", "a\tb\nc", "a\tb\nc" },
  { "a\001b\342\200\256c", "a\357\277\275b\357\277\275c",
    "a\357\277\275b\357\277\275c" },
  { "bad \377", "bad \357\277\275", "bad \357\277\275" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *shown = g_strescape (rows[i].text, NULL);
    g_autofree char *pango = pc_markup_to_pango (rows[i].text);
    g_autofree char *plain = pc_markup_to_plain (rows[i].text);

    g_test_message ("row %u: %s", i, shown);
    g_assert_cmpstr (pango, ==, rows[i].pango);
    g_assert_cmpstr (plain, ==, rows[i].plain);
  }
}

static void
assert_parses (const char *pango)
{
  static const GMarkupParser parser = { NULL };
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *wrapped = g_strconcat ("<m>", pango, "</m>", NULL);

  g_markup_parse_context_parse (context, wrapped, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
}

/* Every text of up to seven of these parts, for all that can be nested. */
static void
test_always_parses (void)
{
  static const char *const parts[] = { "*", "**", "`", "a", " ", "<", "\n\n" };
  guint total = 1;

  for (guint length = 1; length <= 6; length++) {
    total *= G_N_ELEMENTS (parts);
    for (guint n = 0; n < total; n++) {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *pango = NULL;
      guint            rest = n;

      for (guint i = 0; i < length; i++) {
        g_string_append (text, parts[rest % G_N_ELEMENTS (parts)]);
        rest /= G_N_ELEMENTS (parts);
      }
      pango = pc_markup_to_pango (text->str);
      assert_parses (pango);
    }
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/markup/rows", test_rows);
  g_test_add_func ("/markup/always-parses", test_always_parses);
  return g_test_run ();
}
