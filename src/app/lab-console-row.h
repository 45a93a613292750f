/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "run/console.h"

G_BEGIN_DECLS

/* One thing that was said in a console: who, what, and what there is to say
 * about it. */

#define PC_TYPE_LAB_CONSOLE_ROW (pc_lab_console_row_get_type ())
G_DECLARE_FINAL_TYPE (PcLabConsoleRow, pc_lab_console_row, PC,
                      LAB_CONSOLE_ROW, GtkListBoxRow)

typedef enum {
  PC_CONSOLE_VOICE_SELF,
  PC_CONSOLE_VOICE_OTHER,
  PC_CONSOLE_VOICE_NOTE, /* nobody said it: a connection opens */
} PcConsoleVoice;

/* @who: translated. */
GtkWidget *pc_lab_console_row_new (PcConsoleVoice voice,
                                   const char    *who,
                                   PcRole         role);
void       pc_lab_console_row_set_text (PcLabConsoleRow *self,
                                        const char      *text,
                                        PcStatus         status);
/* Below the text: 0 what was to be said before it left, 1 what the other end
 * made of it.  NULL: nothing. */
void       pc_lab_console_row_set_remark (PcLabConsoleRow       *self,
                                          guint                  place,
                                          const PcConsoleRemark *remark);
/* The step that it stands for, by its number; 0 for none. */
void       pc_lab_console_row_set_step (PcLabConsoleRow *self,
                                        guint            number);
guint      pc_lab_console_row_get_step (PcLabConsoleRow *self);
/* All of it in words. */
const char *pc_lab_console_row_get_name (PcLabConsoleRow *self);

G_END_DECLS
