/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Anki's "Notes in plain text": one card in a line, fields parted by tabs, of
 * HTML.  The first field is an id of our own, so that a second import updates
 * the card and keeps what Anki remembers of it.
 */

#include "quiz/exchange-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In quotes as RFC 4180 section 2 has them. */
static void
append_field (GString    *out,
              const char *html)
{
  g_string_append_c (out, '"');
  for (; *html != '\0'; html++) {
    if (*html == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *html == '\t' ? ' ' : *html);
  }
  g_string_append_c (out, '"');
}

static char *
write_front (const PcPortable *question)
{
  g_autofree char *stem =
      pc_exchange_dup_html (question->stem, question->listing);
  GString *front = g_string_new (stem);
  gboolean shown = question->kind == PC_PORTABLE_CHOICE ||
                   question->kind == PC_PORTABLE_MULTIPLE;

  for (guint i = 0; i < question->answers->len; i++) {
    const PcPortableAnswer *answer = question->answers->pdata[i];
    g_autofree char        *text = NULL;

    if (question->kind == PC_PORTABLE_MATCH) {
      text = pc_exchange_dup_html (
          answer->text != NULL ? answer->text : answer->match, NULL);
      g_string_append_printf (front, "<br>• %s", text);
    } else if (shown) {
      text = pc_exchange_dup_html (answer->text, NULL);
      g_string_append_printf (front, "<br>%c) %s", 'A' + i, text);
    }
  }
  return g_string_free (front, FALSE);
}

static void
append_part (GString    *out,
             const char *text)
{
  g_autofree char *html = NULL;

  if (text == NULL)
    return;
  html = pc_exchange_dup_html (text, NULL);
  g_string_append_printf (out, "%s%s", out->len > 0 ? "<br>" : "", html);
}

static char *
write_back (const PcPortable *question)
{
  GString *back = g_string_new (NULL);

  for (guint i = 0; i < question->answers->len; i++) {
    const PcPortableAnswer *answer = question->answers->pdata[i];

    if (question->kind == PC_PORTABLE_MATCH && answer->text != NULL) {
      g_autofree char *pair =
          g_strdup_printf ("%s → %s", answer->text, answer->match);

      append_part (back, pair);
    } else if (answer->weight > 0) {
      append_part (back, answer->text);
    }
  }
  for (guint i = 0; i < question->answers->len; i++)
    append_part (back,
                 ((PcPortableAnswer *) question->answers->pdata[i])->feedback);
  append_part (back, question->general);
  return g_string_free (back, FALSE);
}

void
pc_anki_write (GString    *out,
               PcPortable *question,
               const char *bank,
               PcProblems *left_out)
{
  g_autofree char *front = write_front (question);
  g_autofree char *back = write_back (question);

  g_string_append_printf (out, "portcall:%s/%s\tPortcall::%s\t", bank,
                          question->id, bank);
  append_field (out, front);
  g_string_append_c (out, '\t');
  append_field (out, back);
  g_string_append_c (out, '\t');
  for (guint i = 0; i < question->tags->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                            (char *) question->tags->pdata[i]);
  g_string_append_c (out, '\n');
  if (question->hints->len > 0)
    pc_exchange_tell (left_out, PC_SEVERITY_NOTE, bank, question->line,
                      _ ("%s: a card of two sides has no hints"),
                      question->id);
}
