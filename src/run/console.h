/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/console-packet.h"
#include "run/run.h"
#include "run/standpoint.h"
#include "scenario/variant.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* A conversation in which one end is a learner who types: raw commands to a
 * server of ours, or raw replies to a client of ours that pursues a goal.  All
 * of it crosses a link and is recorded as any other exchange is; with TFTP the
 * learner builds packets (console-packet.h).
 *
 * With real sockets the thread-default main context must run, and @changed
 * tells of news; or who owns it calls pc_console_settle () in place of that.
 * Texts are translated; those that are "char *" are transfer full. */
typedef struct _PcConsole PcConsole;

/* Who the learner is. */
typedef enum {
  PC_CONSOLE_CLIENT,
  PC_CONSOLE_SERVER,
} PcConsoleRole;

/* What may be typed now. */
typedef enum {
  PC_CONSOLE_CLOSED,  /* no connection: pc_console_connect () */
  PC_CONSOLE_WAITING, /* the other end has the word */
  PC_CONSOLE_COMMAND, /* as client: a command */
  PC_CONSOLE_TEXT,    /* as client: what a command has announced: lines of a
                       * message, octets of a literal, a step of AUTH */
  PC_CONSOLE_REPLY,   /* as server: lines of a reply, or of the greeting */
  PC_CONSOLE_PACKET,  /* TFTP: pc_console_send_packet () */
} PcConsoleMode;

/* What to do with the conversation: of a table, pc_console_get_goal (). */
typedef struct
{
  const char *id;      /* "read-newest" */
  const char *title;   /* N_(): "Read the newest letter" */
  const char *meaning; /* N_(): a sentence */
} PcConsoleGoal;

typedef struct
{
  const PcProtocol    *protocol;
  PcConsoleRole        role;
  PcVariant            security; /* TFTP: PC_VARIANT_CLEAR only */
  const PcConsoleGoal *goal;     /* NULL: the first one */
  PcLinkKind           link;
} PcConsoleSetup;

typedef struct
{
  /* Something was said, answered or closed: mode, states, choices, hints and
   * remarks may be others now.  May call in, may not free the console. */
  void (*changed) (PcConsole *console,
                   gpointer   user_data);
} PcConsoleHandler;

/* One thing that can come now. */
typedef struct
{
  char       *word;    /* "LOGIN", "+OK" */
  char       *syntax;  /* "LOGIN user password" */
  char       *meaning; /* what it is for */
  char       *reason;  /* why it may not come now; NULL: it may */
  char       *line;    /* to begin the line with: "a1 LOGIN " */
} PcConsoleChoice;

/* What is to be said about a line, or about what came of it. */
typedef struct
{
  PcStatus    status; /* WARNING: it may be meant so; ERROR: it is wrong */
  const char *code;   /* static: "unknown-verb", "wrong-state", … */
  char       *text;   /* a sentence or two */
} PcConsoleRemark;

/* What was typed, what came of it. */
typedef struct
{
  char            *text;   /* as it was typed, tag included */
  gboolean         secret; /* has a password in it */
  guint            first;  /* index of its first step in the timeline */
  guint            n_steps; /* that have come since, up to the next entry */
  PcConsoleRemark *before; /* judged before it left; NULL: nothing to say */
  PcConsoleRemark *after;  /* what the other end made of it; or NULL */
} PcConsoleEntry;

/* NULL past the last one; there is at least one. */
const PcConsoleGoal *pc_console_get_goal (const PcProtocol *protocol,
                                          PcConsoleRole     role,
                                          guint             index);

/* @handler may be NULL and must outlive the console.  NULL with @error when
 * the world failed (no sockets), or when there is no such security. */
PcConsole  *pc_console_new (const PcConsoleSetup   *setup,
                            const PcConsoleHandler *handler,
                            gpointer                user_data,
                            GError                **error);
void        pc_console_free (PcConsole *self);
/* Grows; owned by @self. */
PcTimeline *pc_console_get_timeline (PcConsole *self);
const PcConsoleSetup *pc_console_get_setup (PcConsole *self);
PcConsoleMode pc_console_get_mode (PcConsole *self);
/* One sentence: what the console waits for, "The server waits for the rest of
 * 20 octets." */
char       *pc_console_describe_mode (PcConsole *self);
/* Where the conversation stands. */
void        pc_console_get_standpoint (PcConsole    *self,
                                       PcStandpoint *standpoint);

/* As client: connects; again, when it was closed.  As server: a client of ours
 * comes and begins with its goal. */
gboolean    pc_console_connect (PcConsole *self,
                                GError   **error);
/* Sends @text with a CR LF: one line in the modes COMMAND and TEXT; in the
 * mode REPLY any number, with LF between them, as one reply.  FALSE with
 * @error, and nothing has left, when it cannot be sent: the wrong mode, or
 * longer than PC_LIMIT_CONSOLE_LINE. What is only wrong is sent. */
gboolean    pc_console_send (PcConsole  *self,
                             const char *text,
                             GError    **error);
gboolean    pc_console_send_packet (PcConsole      *self,
                                    const PcPacket *packet,
                                    GError        **error);
/* Closes our side in order; cuts the line. */
void        pc_console_close (PcConsole *self);
void        pc_console_cut (PcConsole *self);
/* Lets the network turn until the learner has the word again, or nothing more
 * will happen. */
void        pc_console_settle (PcConsole *self);

/* In memory, where nothing happens by itself: lets time go by until something
 * does. */
void        pc_console_idle (PcConsole *self);

/* -- help ----------------------------------------------------------------- */

/* IMAP: a line that does not begin with a tag gets the next one; on at first.
 * Has no effect in the mode TEXT. */
void        pc_console_set_auto_tag (PcConsole *self,
                                     gboolean   auto_tag);
gboolean    pc_console_get_auto_tag (PcConsole *self);
/* What is sent when @text is typed: with its tag. */
char       *pc_console_complete_line (PcConsole  *self,
                                      const char *text);
/* All that can come now (PcConsoleChoice*); with @all also what is not legal
 * now, each with its reason.  As server: replies to what was asked. */
GPtrArray  *pc_console_list_choices (PcConsole *self,
                                     gboolean   all);
/* What @text, up to the cursor, can go on to: whole lines (char*), best first:
 * verbs, names of mailboxes, words. */
GPtrArray  *pc_console_complete (PcConsole  *self,
                                 const char *text);
/* Rungs of the ladder towards the goal: 1 what is to be reached, 2 by which
 * command, 3 its syntax, 4 the whole line.  NULL: the goal is reached, or
 * there is nothing to say now. */
#define PC_CONSOLE_RUNGS 4
char       *pc_console_get_hint (PcConsole *self,
                                 guint      rung);
gboolean    pc_console_is_goal_reached (PcConsole *self);
/* What is wrong with @text, before it is sent; NULL: nothing that we know. */
PcConsoleRemark *pc_console_judge (PcConsole  *self,
                                   const char *text);
void        pc_console_remark_free (PcConsoleRemark *self);
void        pc_console_choice_free (PcConsoleChoice *self);

/* -- what was said -------------------------------------------------------- */

/* Oldest first; past PC_LIMIT_CONSOLE_ENTRIES nothing more is sent. */
guint       pc_console_get_n_entries (PcConsole *self);
const PcConsoleEntry *pc_console_get_entry (PcConsole *self,
                                            guint      index);
/* The @back-th line before the newest, 0 and up, NULL when there is none;
 * without repetitions, and without passwords. */
const char *pc_console_get_history (PcConsole *self,
                                    guint      back);

/* The session as a scenario (JSON), which does the same again; not while a
 * client of ours waits for an answer.  @id: letters, digits and "-".  Transfer
 * full. */
char       *pc_console_save (PcConsole  *self,
                             const char *id,
                             const char *title,
                             GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcConsole, pc_console_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcConsoleRemark, pc_console_remark_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcConsoleChoice, pc_console_choice_free)

G_END_DECLS
