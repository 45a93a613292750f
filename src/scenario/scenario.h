/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "mail/store.h"
#include "proto/registry.h"
#include "scenario/fault.h"
#include "scenario/world.h"

G_BEGIN_DECLS

/* An exchange that somebody wrote down: who takes part, what is in the world
 * before it begins, what the clients do, what goes wrong on purpose, and what
 * is worth saying beside it.  Immutable; read from JSON (scenario format 1,
 * data/schema/scenario-1.schema.json). */
/* typedef struct _PcScenario PcScenario; in fault.h */

typedef struct
{
  const char *id;
  const char *name;
  gboolean    server;
  const char *speaks; /* clients: protocol id */
  const char *icon;   /* or NULL */
  gboolean    old_acks; /* TFTP clients: as in PcClientConfig */
  const char *host;   /* "phone.example.test" */
  /* Servers: whose mail they take; NULL-terminated.  NULL: the world's own
   * domain.  The first one is their own. */
  const char *const *domains;
} PcScenarioActor;

typedef enum {
  PC_THEN_GO_ON,
  PC_THEN_STARTTLS, /* TLS begins */
  PC_THEN_CLOSE,    /* it says no more, in order */
  PC_THEN_CUT,      /* the line is lost */
} PcScenarioThen;

/* One thing that a service says which understands nothing. */
typedef struct
{
  guint          conn;   /* only in the connection of this number; 0: in each */
  guint          hears;  /* lines, or datagrams, that come since the one before
                          * and which this answers */
  gint64         after;  /* µs behind the last of them, or the one before */
  GBytes        *octets; /* NULL: without a word */
  PcScenarioThen then;
} PcScenarioSaying;

/* A service that a server actor listens with. */
typedef struct
{
  const char       *actor;
  const PcProtocol *protocol;
  guint             port; /* the registered one */
  PcServerRole      role;
  gboolean          fixes; /* submission: completes headers */
  gboolean          secure;     /* TLS from the first octet on */
  gboolean          starttls;   /* begins in clear and offers TLS */
  gboolean          needs_tls;  /* takes no password in clear */
  const char       *mechanisms; /* of SASL, by blanks; NULL for all */
  const char       *certificate; /* what is wrong with it, or NULL */
  const char       *relays_to;   /* actor: hands everything on to it */
  const char       *strip;       /* … but for this word of the server's */
  gint64            greylist; /* SMTP: µs before a second attempt counts */
  guint             max_connections; /* 0 where nothing was said */
  PcServerPolicy    policy;
  /* No engine of ours: it says these in order, and nothing else. */
  gboolean                played;
  const PcScenarioSaying *says;
  guint                   n_says;
} PcScenarioService;

/* How servers send mail on: waits in µs; all 0 for what real ones do. */
typedef struct
{
  gint64 wait;    /* before the second attempt */
  gint64 warn;    /* before the sender is told of a delay */
  gint64 give_up;
} PcScenarioRetry;

typedef enum {
  PC_DO_CONNECT, /* opens a connection to @server at registered @port */
  PC_DO_ACT,     /* the client engine does @action */
  PC_DO_CLOSE,   /* the client closes its side without a goodbye */
  PC_DO_CUT,     /* the line is lost */
  PC_DO_WAIT,    /* @delay µs pass */
  PC_DO_RESTORE, /* a server's mailbox comes back as from a backup */
} PcScenarioVerb;

typedef struct
{
  PcScenarioVerb  verb;
  const char     *actor;
  const char     *server;
  guint           port;
  gboolean        secure;    /* connect: TLS from the first octet on */
  gboolean        needs_tls; /* connect: gives no password in clear */
  const char     *name;      /* connect: to be certified; NULL: the host */
  gint64          delay;
  const PcAction *action;
  const char     *user;    /* restore: whose */
  const char     *mailbox; /* this one, */
  guint           keep;    /* with so many of its messages, the oldest */
  /* The action is expected to be refused: its refusal is no failure. */
  gboolean        refused;
  char           *pointer; /* of the JSON value, for messages */
} PcScenarioAction;

/* A name and perhaps a note for the @nth step with @rule (of the @conn-th
 * connection, or of any when 0) that @from sent (or anyone: NULL). */
typedef struct
{
  const char *id;
  const char *rule;
  const char *from;
  guint       nth;
  guint       conn;
  const char *note; /* or NULL */
  const char *presenter; /* for who shows it, not for who watches; or NULL */
} PcScenarioMark;

typedef struct
{
  gint64      start;       /* µs since 1970: when the memory link begins */
  gint64      timeout;     /* TFTP: first resend, µs; 0 for the default */
  guint       max_resends; /* TFTP: of one packet; 0 for the limits */
  guint       rate;        /* octets per second of every stream; 0: any */
  gint64      delay;       /* one way, µs */
} PcScenarioLink;

/* Reads @path.  NULL when the file cannot be used; @problems says why, and
 * names what was set aside in a file that can. */
PcScenario *pc_scenario_load (const char *path,
                              PcProblems *problems);
PcScenario *pc_scenario_parse (const char   *name,
                               const guint8 *data,
                               gsize         len,
                               PcProblems   *problems);
PcScenario *pc_scenario_new_from_json (PcJson     *json,
                                       PcProblems *problems);
PcScenario *pc_scenario_ref (PcScenario *self);
void        pc_scenario_unref (PcScenario *self);

const char *pc_scenario_get_id (const PcScenario *self);
const char *pc_scenario_get_file (const PcScenario *self);
const char *pc_scenario_get_title (const PcScenario *self);
/* One or two sentences: what one sees. */
const char *pc_scenario_get_summary (const PcScenario *self);
/* A few words for a list: "143 · TCP · clear text". */
const char *pc_scenario_get_subtitle (const PcScenario *self);
/* The protocol it is listed under. */
const PcProtocol *pc_scenario_get_protocol (const PcScenario *self);
/* The place in lists: lower first. */
guint       pc_scenario_get_order (const PcScenario *self);
gboolean    pc_scenario_expects_failure (const PcScenario *self);
const PcScenarioLink *pc_scenario_get_link (const PcScenario *self);
const PcScenarioRetry *pc_scenario_get_retry (const PcScenario *self);

guint       pc_scenario_get_n_actors (const PcScenario *self);
const PcScenarioActor   *pc_scenario_get_actor (const PcScenario *self,
                                                guint             index);
const PcScenarioActor   *pc_scenario_find_actor (const PcScenario *self,
                                                 const char       *id);
guint       pc_scenario_get_n_services (const PcScenario *self);
const PcScenarioService *pc_scenario_get_service (const PcScenario *self,
                                                  guint             index);
guint       pc_scenario_get_n_actions (const PcScenario *self);
const PcScenarioAction  *pc_scenario_get_action (const PcScenario *self,
                                                 guint             index);
PcFaults                *pc_scenario_get_faults (const PcScenario *self);
guint       pc_scenario_get_n_marks (const PcScenario *self);
const PcScenarioMark    *pc_scenario_get_mark (const PcScenario *self,
                                               guint             index);
/* NULL when there is none. */
const PcScenarioMark    *pc_scenario_find_mark (const PcScenario *self,
                                                const char       *id);
/* What its author tells who shows it to others: about the whole; or NULL. */
const char *pc_scenario_get_presenter (const PcScenario *self);
gboolean    pc_scenario_has_mark (const PcScenario *self,
                                  const char       *id);
/* What is there before anything happens. Owned by @self. */
const PcWorld           *pc_scenario_get_world (const PcScenario *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcScenario, pc_scenario_unref)

G_END_DECLS
