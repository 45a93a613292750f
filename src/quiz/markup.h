/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bank text with the inline marks `code`, **strong** and *em* to Pango
 * markup.  The text is escaped first, so nothing in it can become a tag;
 * marks without a partner stay as they are; control and bidirectional
 * overrides become U+FFFD.  The result always parses.  Transfer full. */
char *pc_markup_to_pango (const char *text);
/* The same as HTML: <code>, <strong>, <em>; line breaks stay line breaks. */
char *pc_markup_to_html (const char *text);
/* The same as Markdown (CommonMark): those marks stay, all else that would
 * mean something within a line is escaped. */
char *pc_markup_to_markdown (const char *text);
/* The same without marks, for a screen reader or a terminal. */
char *pc_markup_to_plain (const char *text);

G_END_DECLS
