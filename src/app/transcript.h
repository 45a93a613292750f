/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/item.h"

G_BEGIN_DECLS

/* What a question shows beside its text, as it crossed a wire: the side in
 * front, the line in monospace with the CR LF at its end, octets in hex. */

#define PC_TYPE_TRANSCRIPT_LINE (pc_transcript_line_get_type ())
G_DECLARE_FINAL_TYPE (PcTranscriptLine, pc_transcript_line, PC,
                      TRANSCRIPT_LINE, GtkWidget)

/* @numbered: show the number of the line. */
GtkWidget *pc_transcript_line_new (PcItem     *item,
                                   guint       line,
                                   gboolean    numbered,
                                   const char *language);
/* "Client: USER alex", or the note.  Owned by the line. */
const char *pc_transcript_line_get_name (PcTranscriptLine *self);
/* Says below the line whether it was marked rightly, and what should stand
 * there; NULL when there is nothing to correct. */
void        pc_transcript_line_reveal (PcTranscriptLine *self,
                                       gboolean          right,
                                       const char       *words,
                                       const char       *correction);

/* All lines of the item's stimulus, with its title. */
GtkWidget *pc_transcript_new (PcItem     *item,
                              const char *language);
/* The title alone; NULL when it has none. */
GtkWidget *pc_transcript_title_new (PcItem     *item,
                                    const char *language);

G_END_DECLS
