/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "run/run.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* "Set up an account": the settings of a phone's form are really tried, and
 * the wire says what is wrong with them.  Not the account of a mail store,
 * which is mail/account.h's PcAccount. */

/* -- the form ------------------------------------------------------------- */

typedef enum {
  PC_ACCOUNT_IN_PROTO,    /* "imap", "pop3"; "smtp", "tftp" are mistakes */
  PC_ACCOUNT_IN_HOST,
  PC_ACCOUNT_IN_PORT,     /* "1" to "65535" */
  PC_ACCOUNT_IN_SECURITY, /* "none", "starttls", "tls" */
  PC_ACCOUNT_USER,
  PC_ACCOUNT_PASSWORD,
  PC_ACCOUNT_OUT_HOST,
  PC_ACCOUNT_OUT_PORT,
  PC_ACCOUNT_OUT_SECURITY,
  PC_ACCOUNT_OUT_LOGIN,   /* "yes", "no" */
} PcAccountField;

#define PC_ACCOUNT_N_FIELDS (PC_ACCOUNT_OUT_LOGIN + 1)
#define PC_ACCOUNT_BIT(field) (1u << (field)) /* in sets of fields */

typedef enum {
  PC_ACCOUNT_INCOMING,
  PC_ACCOUNT_OUTGOING,
} PcAccountSide;

#define PC_ACCOUNT_N_SIDES 2
#define PC_ACCOUNT_RECEIVE (1u << PC_ACCOUNT_INCOMING) /* in sets of sides */
#define PC_ACCOUNT_SEND (1u << PC_ACCOUNT_OUTGOING)
#define PC_ACCOUNT_BOTH (PC_ACCOUNT_RECEIVE | PC_ACCOUNT_SEND)

/* One text for each field, as somebody typed it. */
typedef struct _PcAccountForm PcAccountForm;

/* "in-proto", "in-host", "in-port", "in-sec", "user", "password", "out-host",
 * "out-port", "out-sec", "out-login": also the ids of question banks. */
const char    *pc_account_field_to_id (PcAccountField field);
/* FALSE when @id is none of them. */
gboolean       pc_account_field_from_id (const char     *id,
                                         PcAccountField *field);
/* Translated, as forms label it: "Incoming port". */
const char    *pc_account_field_get_label (PcAccountField field);
/* The values of a field that is a choice, NULL-terminated, best first; NULL
 * for the others.  And what people call one: "TLS from the first byte". */
const char *const *pc_account_field_get_choices (PcAccountField field);
const char    *pc_account_choice_get_label (PcAccountField field,
                                            const char    *value);

/* All fields empty. */
PcAccountForm *pc_account_form_new (void);
PcAccountForm *pc_account_form_copy (const PcAccountForm *self);
void           pc_account_form_free (PcAccountForm *self);
/* @value is copied, without blanks around it but in a password. */
void           pc_account_form_set (PcAccountForm *self,
                                    PcAccountField field,
                                    const char    *value);
/* Borrowed, never NULL; valid until it is set again. */
const char    *pc_account_form_get (const PcAccountForm *self,
                                    PcAccountField       field);
gboolean       pc_account_form_equal (const PcAccountForm *self,
                                      const PcAccountForm *other);
/* Gives every empty field the sensible value that goes with those which are
 * filled: port 993 means IMAP and TLS; STARTTLS means port 587.  With nothing
 * filled: IMAP and SMTP with TLS from the first byte, mail.example.test, alex
 * and portcall. */
void           pc_account_form_complete (PcAccountForm *self);
/* Completes both, so that they differ only where they did: what @answer does
 * not say is as in @right. */
void           pc_account_form_complete_pair (PcAccountForm *answer,
                                              PcAccountForm *right);
/* What @self has and @other has not: "Incoming port: 110, Password: …".
 * Translated, transfer full. */
char          *pc_account_form_describe_difference (
             const PcAccountForm *self,
             const PcAccountForm *other);
/* Why @field cannot be used as it is, a translated sentence (transfer full);
 * NULL when it can. */
char          *pc_account_form_check (const PcAccountForm *self,
                                      PcAccountField       field);
/* The fields of @sides that cannot: a set of PC_ACCOUNT_BIT (). */
guint          pc_account_form_check_all (const PcAccountForm *self,
                                          guint                sides);
/* "imap://alex:portcall@mail.example.test:993?security=tls", and for the
 * outgoing side "smtp://…:587?security=starttls&login=yes".  Reads only what
 * is there; imaps, pop3s and submissions mean TLS.  FALSE with @error, and
 * @self as it was, when it cannot be read. */
gboolean       pc_account_form_read_url (PcAccountForm *self,
                                         PcAccountSide  side,
                                         const char    *url,
                                         GError       **error);
/* Transfer full; the password only with @secrets, else it is left out. */
char          *pc_account_form_write_url (const PcAccountForm *self,
                                          PcAccountSide        side,
                                          gboolean             secrets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcAccountForm, pc_account_form_free)

/* The machines of the world in which accounts are tried. */
typedef struct
{
  const char *name;
  const char *what; /* N_() */
} PcAccountHost;

/* Ends with a NULL name.  Any other name is nobody's, and any other address
 * never answers. */
extern const PcAccountHost pc_account_hosts[];

/* -- what became of it ---------------------------------------------------- */

typedef enum {
  PC_ACCOUNT_NOT_TRIED,       /* nobody asked, or a field cannot be used */
  PC_ACCOUNT_WORKS,           /* mail was there; the message was taken */
  PC_ACCOUNT_NO_NAME,         /* no machine has this name */
  PC_ACCOUNT_REFUSED,         /* nothing listens on this TCP port */
  PC_ACCOUNT_UDP_ONLY,        /* the same, but UDP would be answered */
  PC_ACCOUNT_FILTERED,        /* a firewall drops the SYN without a word */
  PC_ACCOUNT_UNANSWERED,      /* UDP: nothing came back */
  PC_ACCOUNT_OTHER_PROTOCOL,  /* the greeting is another protocol's */
  PC_ACCOUNT_TLS_TO_CLEAR,    /* ClientHello where clear text is spoken */
  PC_ACCOUNT_CLEAR_TO_TLS,    /* both ends wait for the other one */
  PC_ACCOUNT_NO_STARTTLS,     /* the server does not offer it */
  PC_ACCOUNT_NO_TLS_EVER,     /* TFTP has none */
  PC_ACCOUNT_OTHER_NAME,      /* the certificate is another name's */
  PC_ACCOUNT_WRONG_LOGIN,     /* user or password */
  PC_ACCOUNT_LOGIN_NEEDS_TLS, /* the server takes no password in clear */
  PC_ACCOUNT_NO_LOGIN_HERE,   /* port 25: no login is offered */
  PC_ACCOUNT_LOGIN_MISSING,   /* port 587: mail only after a login */
  PC_ACCOUNT_NO_RELAY,        /* port 25: no mail for others */
  PC_ACCOUNT_NO_MAILBOX,      /* SMTP, TFTP: it answers, but has no mailbox */
  PC_ACCOUNT_FAILED,          /* something else; the sentence says what */
} PcAccountOutcome;

/* "works", "other-protocol", …; not translated. */
const char *pc_account_outcome_to_string (PcAccountOutcome outcome);

/* What was seen on the wire of one side. */
typedef struct
{
  const char *service;   /* protocol id that answered; NULL: nobody did */
  gboolean    opened;    /* the TCP connection stood */
  gboolean    tls;       /* a handshake was finished */
  gboolean    tls_first; /* … before anything was said */
  gboolean    logged_in;
  gboolean    password_in_clear; /* anybody on the way could read it */
  gboolean    mail_in_clear;     /* the same of a mailbox or message */
  gboolean    read;      /* IMAP: a mailbox was opened where it is */
  gboolean    collected; /* POP3: the list of messages came */
  gboolean    sent;      /* the server took the message */
} PcAccountFacts;

/* A way out, which was tried as well and works. */
typedef struct
{
  PcAccountForm *form;   /* all of it, as it would be */
  guint          fields; /* that differ: PC_ACCOUNT_BIT () */
  char          *title;  /* "Incoming port 993" */
  char          *detail; /* what it keeps, and what it costs */
  gboolean       unsafe; /* shows the password or the mail to the wire */
  gboolean       fits;   /* the goal that the trial was given; TRUE without */
} PcAccountFix;

typedef struct
{
  PcAccountOutcome outcome;
  char            *sentence; /* translated: what happened, and why */
  PcAccountField   bites;    /* the field at which it shows; when not WORKS */
  guint            fields;   /* all that do not go together, with @bites */
  guint            conn;     /* of the timeline, 1 and up; 0: none came about */
  guint            step;     /* number of the step that tells; 0: none */
  PcAccountFacts   facts;
  GPtrArray       *fixes;    /* PcAccountFix*, best first; empty if WORKS */
} PcAccountHalf;

typedef struct
{
  PcAccountForm *form;     /* as tried */
  PcTimeline    *timeline; /* all of it, incoming side first */
  PcAccountHalf  halves[PC_ACCOUNT_N_SIDES];
} PcAccountTrial;

/* -- the task ------------------------------------------------------------- */

typedef enum {
  PC_GOAL_READ_ON_SERVER = 1 << 0,    /* IMAP: the mail stays there */
  PC_GOAL_COLLECT = 1 << 1,           /* POP3 */
  PC_GOAL_SEND = 1 << 2,              /* the message was taken */
  PC_GOAL_SEND_WITH_LOGIN = 1 << 3,
  PC_GOAL_TLS_FIRST = 1 << 4,         /* both sides, from the first byte */
  PC_GOAL_TLS_LATER = 1 << 5,         /* both sides, by STARTTLS */
  PC_GOAL_NO_CLEAR_PASSWORD = 1 << 6, /* nobody on the way can read it */
} PcAccountGoalFlags;

typedef struct
{
  const char *id;   /* "phone-tls" */
  const char *task; /* N_() */
  guint       wants; /* PcAccountGoalFlags */
} PcAccountGoal;

/* Ends with a NULL id. */
extern const PcAccountGoal pc_account_goals[];

/* The sides on which one of the wishes depends: a set. */
guint pc_account_goal_get_sides (const PcAccountGoal *goal);
/* Which of the wishes came true in @trial, by what happened there and not by
 * what the fields say. */
guint pc_account_goal_check (const PcAccountGoal  *goal,
                             const PcAccountTrial *trial);
/* What one wish is, and, when it did not come true, what happened instead:
 * translated sentences, transfer full. */
char *pc_account_goal_describe (const PcAccountGoal  *goal,
                                PcAccountGoalFlags    wish,
                                const PcAccountTrial *trial);

/* -- trying --------------------------------------------------------------- */

typedef struct
{
  PcLinkKind           link;
  guint                sides;    /* 0 for both */
  gint64               patience; /* µs for an answer; 0: the limit there is */
  const PcAccountGoal *goal;     /* for the fixes; or NULL */
  gboolean             no_fixes; /* nobody will ask for them */
} PcAccountOptions;

/* Runs exactly these settings against a world with one mail server, whose
 * services are all there, and tells what happened.  @options may be NULL: in
 * memory, everything.  NULL with @error only when the world failed. */
PcAccountTrial *pc_account_try (const PcAccountForm    *form,
                                const PcAccountOptions *options,
                                GError                **error);
/* The same on the thread-default main context.  Returns the trial's timeline,
 * which grows meanwhile; borrowed until the callback. */
PcTimeline     *pc_account_try_async (const PcAccountForm    *form,
                                      const PcAccountOptions *options,
                                      GCancellable           *cancellable,
                                      GAsyncReadyCallback     callback,
                                      gpointer                user_data);
PcAccountTrial *pc_account_try_finish (GAsyncResult *result,
                                       GError      **error);
void            pc_account_trial_free (PcAccountTrial *self);
/* All sides that were asked for. */
gboolean        pc_account_trial_works (const PcAccountTrial *self);
/* It works, but somebody on the way can read the password or the mail. */
gboolean        pc_account_trial_is_unsafe (const PcAccountTrial *self);
/* The number of the step that tells what is wrong; 0 where nothing is. */
guint           pc_account_trial_get_telling_step (const PcAccountTrial *self);
/* A sentence for the whole, translated, transfer full. */
char           *pc_account_trial_describe (const PcAccountTrial *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcAccountTrial, pc_account_trial_free)

/* -- for questions -------------------------------------------------------- */

typedef enum {
  PC_ACCOUNT_JUDGED_WORKS,
  PC_ACCOUNT_JUDGED_UNSAFE, /* works, but anybody on the way can read along */
  PC_ACCOUNT_JUDGED_FAILS,
} PcAccountJudgement;

/* "works", "unsafe", "fails". */
const char *pc_account_judgement_to_string (PcAccountJudgement judgement);
/* Tries in memory what a question has asked for: @ids and @values are @n field
 * ids and their values ("true" and "false" are "yes" and "no"); what is not
 * among them has the sensible value.
 * @sentence (transfer full, may be NULL) says what happened.  FALSE with
 * @error: an id or a value that no form has, or the world failed. */
gboolean    pc_account_judge (const char *const  *ids,
                              const char *const  *values,
                              guint               n,
                              PcAccountJudgement *judgement,
                              char              **sentence,
                              GError            **error);

/* -- the table ------------------------------------------------------------ */

/* What one client meets at one port: IMAP, POP3 and TFTP as the incoming side,
 * SMTP as the outgoing one. */
typedef struct
{
  const char      *protocol;
  guint            port;
  const char      *security;
  PcAccountOutcome outcome;
  char            *sentence;
} PcAccountRow;

/* All 4 protocols at all 8 ports with all 3 kinds of security: PcAccountRow*,
 * transfer full.  NULL with @error only when the world failed. */
GPtrArray *pc_account_make_table (PcLinkKind link,
                                  gint64     patience,
                                  GError   **error);

G_END_DECLS
