/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/account.h"
#include "run/hub.h"

#include "base/limits.h"
#include "mail/queue.h"

G_BEGIN_DECLS

/* What the files of account*.c share. */

#define PC_ACCOUNT_HOST "mail.example.test"
#define PC_ACCOUNT_LESSON_USER "alex"
#define PC_ACCOUNT_LESSON_PASSWORD "portcall"
#define PC_ACCOUNT_PHONE "phone" /* actors */
#define PC_ACCOUNT_SERVER "server"
#define PC_ACCOUNT_OLD_SERVER "old-server"
#define PC_ACCOUNT_LOCALHOST "localhost"

typedef enum {
  PC_ACCOUNT_CLEAR,
  PC_ACCOUNT_STARTTLS,
  PC_ACCOUNT_TLS,
} PcAccountSecurity;

/* account-form.c */
/* The fields that differ. */
guint             pc_account_form_compare (const PcAccountForm *self,
                                           const PcAccountForm *other);
const char       *pc_account_form_get_protocol (const PcAccountForm *self,
                                                PcAccountSide        side);
/* 0 when it is no port. */
guint             pc_account_form_get_port (const PcAccountForm *self,
                                            PcAccountSide        side);
PcAccountSecurity pc_account_form_get_security (const PcAccountForm *self,
                                                PcAccountSide        side);
PcAccountField    pc_account_side_host (PcAccountSide side);
PcAccountField    pc_account_side_port (PcAccountSide side);
PcAccountField    pc_account_side_security (PcAccountSide side);

/* account-world.c: who is where. */

typedef enum {
  PC_ACCOUNT_NOWHERE, /* no machine has this name */
  PC_ACCOUNT_MAIL,    /* the mail server, by any of its names */
  PC_ACCOUNT_OLD,     /* a server that knows no TLS */
  PC_ACCOUNT_SELF,    /* the phone */
  PC_ACCOUNT_FAR,     /* an address from which nothing comes back */
} PcAccountMachine;

PcAccountMachine  pc_account_world_find (const char *host);
/* A firewall in front of the servers drops what comes for it. */
gboolean          pc_account_world_is_filtered (PcAccountMachine machine,
                                                guint            port);
/* The actor's id; NULL for machines that have none. */
const char       *pc_account_world_get_actor (PcAccountMachine machine);
void              pc_account_world_add_actors (PcTimeline      *timeline,
                                               PcAccountMachine machine);
/* All services of @machine listen; at the lab ports where those are free.
 * FALSE with @error when the system has none. */
gboolean          pc_account_world_listen (PcHub           *hub,
                                           PcMailQueue     *queue,
                                           PcAccountMachine machine,
                                           PcLinkKind       link,
                                           GError         **error);
/* Both transfer full: the address of whoever logs in so, and the message that
 * is sent. */
char             *pc_account_world_make_sender (const char *user);
char             *pc_account_world_make_message (const char *from,
                                                 gint64      now);
/* Whom it is for: somebody at another place. */
const char       *pc_account_world_get_recipient (void);

/* account-see.c: what a side's steps say. */

typedef struct
{
  const PcAccountForm *form;
  PcAccountSide        side;
  PcTimeline          *timeline;
  guint                first;    /* index of its steps in @timeline */
  guint                end;
  PcAccountMachine     machine;
  const PcHubService  *service;  /* that listens there; or NULL */
  gboolean             other;    /* somebody listens at the same number, but
                                    by UDP for TCP or the other way round */
  gboolean             filtered;
  gboolean             declined; /* the client cannot do that at all */
  const char          *refused;  /* name of the action that was; or NULL */
  const char          *words;    /* why, as the client says; or NULL */
  gboolean             done;     /* all actions were */
} PcAccountSight;

/* Fills in all but the fixes. */
void              pc_account_see (const PcAccountSight *sight,
                                  PcAccountHalf        *half);
/* The index of the first step of @sight with this rule and on, or -1. */
int               pc_account_sight_find (const PcAccountSight *sight,
                                         const char           *rule);
/* The first thing that the server said, or -1. */
int               pc_account_sight_find_greeting (const PcAccountSight *sight);

/* The last thing that it said, and the last one of these that was an error. */
int               pc_account_sight_find_last_word (const PcAccountSight *sight);
int               pc_account_sight_find_error (const PcAccountSight *sight);

/* account-words.c: the sentence for an outcome.  Transfer full. */
char             *pc_account_describe (const PcAccountSight *sight,
                                       const PcAccountHalf  *half);

/* account-goal.c: whether what @goal wants of @side came true. */
gboolean            pc_account_goal_fits (const PcAccountGoal  *goal,
                                          const PcAccountTrial *trial,
                                          PcAccountSide         side);

/* account-trial.c */
PcAccountTrial     *pc_account_trial_new (const PcAccountForm *form);

/* account-fix.c: looks for ways out of what went wrong, in memory.  NULL when
 * nothing did.  @trial must outlive it, and gets what is found. */
typedef struct _PcAccountFixSearch PcAccountFixSearch;

PcAccountFixSearch *pc_account_fix_search_new (PcAccountTrial      *trial,
                                               const PcAccountGoal *goal);
/* One try.  FALSE when that was the last one. */
gboolean            pc_account_fix_search_step (PcAccountFixSearch *self);
void                pc_account_fix_search_free (PcAccountFixSearch *self);
void                pc_account_fix_free (gpointer data);

G_END_DECLS
