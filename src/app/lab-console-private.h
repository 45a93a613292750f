/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/lab-console.h"

#include "app/lab-console-guide.h"
#include "app/lab-console-line.h"
#include "app/lab-console-log.h"
#include "app/lab-console-packet.h"

G_BEGIN_DECLS

/* Between lab-console.c, lab-console-actions.c and lab-console-choosers.c. */

struct _PcLabConsole
{
  GtkWidget parent_instance;

  GtkWidget          *box;
  GtkButton          *link;
  GtkWidget          *choosers;
  GtkLabel           *goal;
  GtkWidget          *bench;
  GtkWidget          *talk_tab;
  GtkWidget          *wire_tab;
  GtkWidget          *guide_tab;
  PcLabConsoleLog    *log;
  GtkWidget          *word;
  GtkImage           *word_icon;
  GtkLabel           *word_label;
  GtkWidget          *use;
  GtkLabel           *mode;
  PcLabConsoleLine   *line;
  PcLabConsolePacket *packet;
  GtkLabel           *syntax;
  PcLabStage         *stage;
  PcLabConsoleGuide  *guide;

  GtkWidget          *protocols; /* choice lists */
  GtkWidget          *roles;
  GtkWidget          *securities;
  GtkWidget          *goals;
  GSimpleActionGroup *actions;
  PcConsole          *console;
  guint               update_id;
  guint               rung; /* of the ladder of hints; 0 for none yet */
  guint               n_entries;
  char               *offer; /* the line that "use" puts in */
  gboolean            reached; /* was told */
  gboolean            silent;
};

/* What the words beside the line are. */
typedef enum {
  PC_LAB_CONSOLE_HINT,
  PC_LAB_CONSOLE_PROBLEM,
  PC_LAB_CONSOLE_REACHED,
} PcLabConsoleWord;

/* lab-console.c */

/* A hint, or why something was not sent; NULL: nothing.  @offer: the line that
 * a button puts in; or NULL. */
void     pc_lab_console_say (PcLabConsole    *self,
                             PcLabConsoleWord word,
                             const char      *text,
                             const char      *offer);
/* The network tells of each portion; one look at all of them is enough. */
void     pc_lab_console_update_soon (PcLabConsole *self);
/* A console that nothing was said in yet, as is chosen.  FALSE: there is none,
 * and the stage says why. */
gboolean pc_lab_console_make (PcLabConsole *self);
void     pc_lab_console_open_line (PcLabConsole *self);
/* To where one types. */
void     pc_lab_console_focus_input (PcLabConsole *self);

/* lab-console-actions.c */

void     pc_lab_console_init_actions (PcLabConsole *self);
/* Those that are possible now. */
void     pc_lab_console_update_actions (PcLabConsole *self);
/* Whether a client's lines get their tags from us. */
gboolean pc_lab_console_makes_tags (PcLabConsole *self);

/* lab-console-choosers.c */

void           pc_lab_console_add_choosers (PcLabConsole *self);
/* What is chosen. */
PcConsoleSetup pc_lab_console_get_setup (PcLabConsole *self);
/* As for "console-setup"; what there is not stays as it was. */
void           pc_lab_console_choose (PcLabConsole *self,
                                      const char   *protocol,
                                      const char   *role,
                                      const char   *security);

G_END_DECLS
