/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/console.h"

#include "run/hub.h"
#include "run/sites.h"

G_BEGIN_DECLS

#define PC_CONSOLE_LEARNER "learner" /* actors */
#define PC_CONSOLE_OTHER "other"
#define PC_CONSOLE_HOST "mail.example.test"
#define PC_CONSOLE_USER "alex"
#define PC_CONSOLE_PASSWORD "portcall"

/* What a client's line belongs to. */
typedef enum {
  PC_TEXT_COMMAND,
  PC_TEXT_CHALLENGE, /* one step of a login */
  PC_TEXT_MESSAGE,   /* up to a line with a dot alone */
  PC_TEXT_LITERAL,   /* so many octets, then the rest of the command */
  PC_TEXT_REST,      /* the rest of the command */
  PC_TEXT_IDLE,      /* up to DONE */
} PcConsoleText;

/* Something that a scenario can do again. */
typedef struct
{
  PcScenarioVerb verb;
  char          *line; /* ACT: the raw line, or a packet's octets; */
  guint          act;  /* of a client of ours: which one of its plan */
  gboolean       refused;
} PcConsoleDeed;

/* A line, read as the server of the protocol reads it. */
typedef struct
{
  char             *tag;  /* NULL: none */
  char             *word; /* the verb as it was typed, or "" */
  const PcVerbInfo *verb; /* NULL: none that we know */
  const char       *args; /* behind the verb; in the text that was given */
} PcConsoleLine;

/* One step towards a goal. */
typedef struct
{
  const char *verb;  /* NULL: lines of text */
  const char *line;  /* the whole line, without a tag */
  const char *reach; /* N_(): what is to be reached */
  guint       states; /* bits: done when the server is in one of these; 0: when
                       * the verb was answered with yes */
  PcVariant   only;  /* PC_N_VARIANTS: always; else with this security */
} PcConsoleAim;

typedef struct
{
  PcConsoleGoal       goal;
  const char         *protocol;
  PcConsoleRole       role;
  const PcConsoleAim *aims;  /* ends with a NULL line; of a learner's */
  const char         *plan;  /* of a client of ours: actions, "name p=v; …" */
} PcConsoleTask;

/* What a client has said and waits for an answer to. */
typedef struct
{
  char    *verb;   /* NULL: the greeting; "": no command that we know */
  char    *tag;    /* or NULL */
  PcStep  *data;   /* where it is no command, but data: that */
  GString *answer; /* that a server of ours gives */
} PcConsoleAsked;

struct _PcConsole
{
  PcConsoleSetup          setup;
  const PcConsoleHandler *handler;
  gpointer                user_data;
  PcScenario             *scenario; /* sets the stage */
  PcSites                *sites;
  PcHub                  *hub;
  PcTimeline             *timeline;
  PcRecorder             *recorder;
  PcEndpoint             *endpoint; /* the client's, of the last connection */
  GPtrArray              *entries;  /* PcConsoleEntry */
  GPtrArray              *history;  /* char* */
  GArray                 *deeds;    /* PcConsoleDeed */
  GArray                 *said;     /* PcScenarioSaying: as server */
  guint                   n_seen;   /* steps that were looked at */
  guint                   n_read;   /* the same by the shadow */
  guint                   conn_first; /* the first one of this connection */
  gboolean                answered;
  gboolean                auto_tag;
  guint                   n_tags;
  PcConsoleText           text;
  gsize                   octets;    /* LITERAL: still to come */
  gsize                   announced; /* a "+" will ask for these */
  char                   *pending;  /* as client: verb of the last command */
  GPtrArray              *plan;     /* as server: PcAction*, of the client */
  guint                   next;
  gboolean                acting;
  guint                   n_before; /* steps when it began to act */
  gboolean                broke_off; /* TFTP: a transfer, by another one */
  char                   *tag;      /* of the client's last command */
  GQueue                  asked;    /* PcConsoleAsked: oldest first */
  gboolean                reached;  /* the goal */
  PcEngine               *shadow;   /* as server: what ours would say */
  PcMailStore            *shadow_store;
  gboolean                in_settled;
};

/* console.c */
PcConsoleEntry *pc_console_newest_entry (PcConsole *self);
void        pc_console_add_deed (PcConsole     *self,
                                 PcScenarioVerb verb,
                                 const char    *line);
PcConsoleDeed *pc_console_last_deed (PcConsole *self);
/* In memory: mail between servers goes its way. */
void        pc_console_wait_for_post (PcConsole *self);

/* console-stage.c */

/* The stage as JSON, with @deeds (NULL: one connect) for its script, and what
 * a learner has @said who played the server; or NULL. */
char       *pc_console_write_scenario (const PcConsoleSetup *setup,
                                       const char           *id,
                                       const char           *title,
                                       const GArray         *deeds,
                                       const GArray         *said);
/* In hexadecimal.  Transfer full. */
char       *pc_console_write_octets (GBytes *bytes);
guint       pc_console_get_port (const PcConsoleSetup *setup);
void        pc_console_deed_clear (gpointer data);

/* console-goals.c */
const PcConsoleTask *pc_console_find_task (const PcConsoleSetup *setup);
/* The first one that is not done; NULL when all are, or there are none. */
const PcConsoleAim  *pc_console_find_aim (PcConsole *self);
/* Transfer full: PcAction*. */
GPtrArray           *pc_console_make_plan (const PcConsoleSetup *setup);

/* console-words.c */
void        pc_console_read_line (const PcConsole *self,
                                  const char      *text,
                                  PcConsoleLine   *line);
void        pc_console_line_clear (PcConsoleLine *line);
gboolean    pc_console_line_is_secret (const PcConsole *self,
                                       const char      *text);
/* @step is words or a packet of @actor's, and no more than that of TCP, TLS
 * or a note. */
gboolean    pc_console_is_said_by (PcStep     *step,
                                   const char *actor);
/* The server's own state, as an index; -1: none. */
int         pc_console_get_state (PcConsole *self);

/* console-judge.c: what came of the newest entry. */
void        pc_console_judge_steps (PcConsole      *self,
                                    PcConsoleEntry *entry);
PcConsoleRemark *pc_console_remark_new (PcStatus    status,
                                        const char *code,
                                        char       *text);

/* console-play.c: the learner is the server. */
PcEndpoint *pc_console_find_server (PcConsole *self);
void        pc_console_play_event (PcConsole     *self,
                                   const PcEvent *event);
void        pc_console_play_settled (PcConsole *self);
void        pc_console_play_begin (PcConsole *self);
/* What the learner has begun to say is no whole reply yet. */
gboolean    pc_console_play_is_open (PcConsole *self);
/* @server may be NULL: then nobody says it. */
void        pc_console_play_say (PcConsole  *self,
                                 PcEndpoint *server,
                                 const char *data,
                                 gsize       len);
/* The learner closes, or cuts the line: written down as well. */
void        pc_console_play_leave (PcConsole     *self,
                                   PcEndpoint    *server,
                                   PcScenarioThen then);
/* For what was said. */
void        pc_console_said_clear (gpointer data);

/* console-shadow.c */
void        pc_console_asked_free (gpointer data);
void        pc_console_shadow_begin (PcConsole *self);
void        pc_console_shadow_clear (PcConsole *self);
/* The client has said @step; the learner has. */
void        pc_console_shadow_hear (PcConsole *self,
                                    PcStep    *step);
void        pc_console_shadow_tell (PcConsole *self,
                                    PcStep    *step);
/* What waits for an answer; NULL: nothing. */
const PcConsoleAsked *pc_console_get_asked (PcConsole *self);
/* Its tag; "*" when there is none. */
const char *pc_console_get_asked_tag (PcConsole *self);
/* What our own server would say now, NULL when nothing; transfer full. */
char       *pc_console_play_answer (PcConsole *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PcConsoleLine, pc_console_line_clear)

G_END_DECLS
