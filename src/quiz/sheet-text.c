/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The blocks of a sheet as Markdown (CommonMark, and tables as in GFM).  Bank
 * text has marks of its own that Markdown reads alike; nothing else of it may
 * mean something to Markdown.
 */

#include "quiz/sheet-private.h"

#include "quiz/markup.h"

#include <string.h>

#define LINE "\\_\\_\\_\\_\\_\\_"

typedef struct
{
  GString         *out;
  PcSheetBlockKind last; /* what stands above */
  gboolean         any;
} Writer;

/* As one line: a new one would end the list or the cell that it is in. */
static char *
flatten (char *text)
{
  return g_strdelimit (text, "\n\r\t", ' ');
}

/* Text without marks. */
static char *
escape (const char *text)
{
  g_autofree char *clean = pc_problem_clean_text (text);
  GString         *out = g_string_new (NULL);

  for (const char *p = clean; *p != '\0'; p++) {
    if (strchr ("\\`*_[]<>&#~|", *p) != NULL)
      g_string_append_c (out, '\\');
    g_string_append_c (out, *p);
  }
  return g_string_free (out, FALSE);
}

static char *
dup_inline (const char *text,
            gboolean    plain)
{
  if (text == NULL)
    return g_strdup ("");
  return flatten (plain ? escape (text) : pc_markup_to_markdown (text));
}

/* In `code`, a bar must be escaped in a table and only there. */
static char *
dup_cell (const char *text,
          gboolean    plain)
{
  g_autofree char *line = dup_inline (text, plain);
  GString         *out = g_string_new (NULL);

  for (const char *p = line; *p != '\0'; p++) {
    if (*p == '|' && (p == line || p[-1] != '\\'))
      g_string_append_c (out, '\\');
    g_string_append_c (out, *p);
  }
  return g_string_free (out, FALSE);
}

/* Paragraphs; what would begin a list at their start is escaped. */
static void
append_paragraphs (Writer     *self,
                   const char *text,
                   const char *worth)
{
  g_auto (GStrv) parts = g_strsplit (text, "\n\n", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *line = dup_inline (g_strstrip (parts[i]), FALSE);
    gsize            digits = strspn (line, "0123456789");

    if (*line == '\0')
      continue;
    if (i > 0)
      g_string_append (self->out, "\n");
    if (i > 0 && strchr ("-+=", *line) != NULL)
      g_string_append_c (self->out, '\\');
    if (i > 0 && digits > 0 && strchr (".)", line[digits]) != NULL) {
      g_string_append_len (self->out, line, (gssize) digits);
      g_string_append_printf (self->out, "\\%s\n", line + digits);
    } else
      g_string_append_printf (self->out, "%s\n", line);
  }
  /* On the last line. */
  g_string_truncate (self->out, self->out->len - 1);
  g_string_append_printf (self->out, " *(%s)*\n", worth);
}

static void
append_blanks (Writer *self,
               guint   n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (self->out, " " LINE);
}

static void
write_pair (Writer             *self,
            const PcSheetBlock *block)
{
  g_autofree char *left = dup_cell (block->text, block->plain);
  g_autofree char *right = dup_cell (block->right, block->plain);

  if (self->last != PC_SHEET_PAIR)
    g_string_append (self->out, "| | | | | |\n|--:|:--|---|--:|:--|\n");
  if (block->mark != NULL)
    g_string_append_printf (self->out, "| **%s** | %s | " LINE " |",
                            block->mark, left);
  else
    g_string_append (self->out, "| | | |");
  if (block->right_mark != NULL)
    g_string_append_printf (self->out, " **%s)** | %s |\n", block->right_mark,
                            right);
  else
    g_string_append (self->out, " | |\n");
}

static void
write_field (Writer             *self,
             const PcSheetBlock *block)
{
  g_autofree char *label = dup_inline (block->text, block->plain);

  g_string_append_printf (self->out, "- %s:", label);
  for (guint i = 0; block->choices != NULL && block->choices[i] != NULL; i++) {
    g_autofree char *choice = dup_inline (block->choices[i], block->plain);

    g_string_append_printf (self->out, "%s☐ %s", i > 0 ? "  " : " ", choice);
  }
  if (block->choices == NULL)
    g_string_append (self->out, " " LINE LINE);
  if (block->right != NULL) {
    g_autofree char *now = escape (block->right);

    g_string_append_printf (self->out, " (%s)", now);
  }
  g_string_append (self->out, "\n");
}

static void
write_row (Writer             *self,
           const PcSheetBlock *block)
{
  g_autofree char *cell = dup_cell (block->text, block->plain);

  if (self->last != PC_SHEET_ROW)
    g_string_append (self->out, "| | |\n|--:|:--|\n");
  g_string_append_printf (self->out, "| %s | %s |\n", block->mark, cell);
}

static void
write_block (Writer             *self,
             const PcSheetBlock *block)
{
  g_autofree char *text = dup_inline (block->text, block->plain);

  if (self->any && self->last != block->kind)
    g_string_append (self->out, "\n");
  switch (block->kind) {
  case PC_SHEET_TITLE:
    g_string_append_printf (self->out, "# %s\n", text);
    break;
  case PC_SHEET_NAME:
    g_string_append_printf (self->out, "%s " LINE LINE LINE "  %s " LINE LINE
                                       "\n",
                            block->mark, text);
    break;
  case PC_SHEET_FACTS:
  case PC_SHEET_REASON:
    g_string_append_printf (self->out, "%s\n", text);
    break;
  case PC_SHEET_QUESTION:
    g_string_append_printf (self->out, "**%s.** ", block->mark);
    append_paragraphs (self, block->text, block->right);
    break;
  case PC_SHEET_LISTING:
    /* Four spaces make it a listing, whatever stands in it. */
    g_string_append_printf (self->out, "    %2s  %s\n", block->mark,
                            block->text);
    break;
  case PC_SHEET_CHOICE:
  case PC_SHEET_FEEDBACK:
    g_string_append_printf (self->out, "- **%s)** %s\n", block->mark, text);
    break;
  case PC_SHEET_PAIR: write_pair (self, block); break;
  case PC_SHEET_FIELD: write_field (self, block); break;
  case PC_SHEET_BLANK:
    g_string_append (self->out, text);
    append_blanks (self, block->n);
    g_string_append (self->out, "\n");
    break;
  case PC_SHEET_ROW: write_row (self, block); break;
  case PC_SHEET_ANSWER:
    g_string_append_printf (self->out, "**%s.** **%s**\n", block->mark, text);
    break;
  default: g_assert_not_reached ();
  }
  self->last = block->kind;
  self->any = TRUE;
}

char *
pc_sheet_write_markdown (GPtrArray  *blocks,
                         const char *footer)
{
  Writer           self = { g_string_new (NULL), PC_SHEET_TITLE, FALSE };
  g_autofree char *foot = NULL;

  g_return_val_if_fail (blocks != NULL, NULL);
  g_return_val_if_fail (footer != NULL, NULL);

  for (guint i = 0; i < blocks->len; i++)
    write_block (&self, blocks->pdata[i]);
  foot = escape (footer);
  g_string_append_printf (self.out, "\n---\n\n%s\n", foot);
  return g_string_free (self.out, FALSE);
}
