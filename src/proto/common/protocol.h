/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/answers.h"
#include "proto/common/engine.h"
#include "proto/common/narrate.h"
#include "proto/common/observer.h"

G_BEGIN_DECLS

/* What the rest of the program knows of one protocol: its row in
 * proto/registry. */

typedef struct _PcMailStore PcMailStore; /* mail/store.h */
typedef struct _PcMailQueue PcMailQueue; /* mail/queue.h */
typedef struct _PcGreylist PcGreylist;   /* mail/greylist.h */

typedef enum {
  PC_SERVER_DEFAULT,
  PC_SERVER_RELAY,      /* SMTP on 25: takes mail for its own domains */
  PC_SERVER_SUBMISSION, /* SMTP on 587 and 465: takes mail after login */
} PcServerRole;

/* What one server does unlike others of its protocol; all 0 for what they do.
 * It goes whole from a scenario's service to the engine. */
typedef struct
{
  /* SMTP: */
  guint    max_recipients; /* of one mail; 0 for the limit there is */
  gsize    max_size;       /* of a message; 0 for the limit there is */
  gboolean closed;         /* takes no mail, and says so (RFC 7504) */
  gboolean in_step;        /* ends with who does not wait for replies where
                            * one must (RFC 2920 section 3.1) */
  /* TFTP: */
  gboolean no_options;     /* knows none (RFC 1350) */
  gboolean old_acks;       /* a repeated ACK brings DATA again, as before
                            * RFC 1123: the Sorcerer's Apprentice */
  guint    max_block_size; /* agrees to no more; 0 for all there is */
} PcServerPolicy;

/* Copied by the engine; @store is kept by reference. */
typedef struct
{
  const char  *host;         /* "mail.example.test" */
  PcMailStore *store;        /* NULL for protocols without mail */
  PcServerRole role;
  gboolean     fixes;        /* submission: complete headers (RFC 6409 8) */
  guint        session;      /* 1, 2, …: makes ids and stamps unique */
  const char  *peer_address; /* "127.0.0.1", for trace headers */
  gint64       timeout;      /* TFTP: first resend, µs; 0 for the default */
  gboolean     secure;       /* under TLS from the first octet on */
  gboolean     starttls;     /* in clear, and TLS is offered */
  gboolean     needs_tls;    /* takes no password in clear */
  const char  *mechanisms;   /* of SASL, by blanks; NULL for all we know */
  /* SMTP; kept by reference: */
  PcMailQueue *queue;        /* mail for others; NULL: sends nothing on */
  PcGreylist  *greylist;     /* NULL: nobody has to come twice */
  PcServerPolicy policy;
  guint        max_resends;  /* TFTP: of one packet; 0 for what there is */
} PcServerConfig;

typedef struct
{
  const char *host;        /* our own name: "phone.example.test" */
  const char *server_host; /* the name we wanted to reach */
  guint       server_port; /* TFTP: where the first packet goes */
  gint64      timeout;     /* TFTP: first resend; mail: how long an answer
                            * may take; µs; 0 for the default */
  gboolean    secure;      /* under TLS from the first octet on */
  gboolean    needs_tls;   /* gives no password in clear: fails closed */
  gboolean    old_acks;    /* TFTP: as for a server */
  guint       max_resends; /* TFTP: as for a server */
} PcClientConfig;

/* What TLS changes for a verb. */
typedef enum {
  PC_VERB_PLAIN,      /* nothing */
  PC_VERB_PASSWORD,   /* what it carries opens the mailbox */
  PC_VERB_STARTS_TLS, /* legal only while there is none */
} PcVerbTls;

/* "What is legal here?": one row per verb. */
typedef struct
{
  const char *name;    /* "FETCH" */
  const char *syntax;  /* "FETCH set items" */
  guint       states;  /* bit n: legal in states[n] of the server */
  const char *meaning; /* N_(), what it is for */
  PcVerbTls   tls;
} PcVerbInfo;

/* "Where does it lead?": an end that is in one of the states @from may get to
 * each of the states @to.  What leaves an end where it is has no row. */
typedef struct
{
  const char *verb;  /* of the verbs; or NULL, and it is */
  const char *cause; /* N_(): "the connection ends" */
  guint       from;  /* bits, as in PcVerbInfo */
  guint       to;
} PcStateChange;

typedef struct
{
  const char         *id;     /* "imap" */
  const char         *name;   /* "IMAP" */
  gboolean            stream; /* TCP; else datagrams over UDP */
  PcEngine           *(*server_new) (const PcServerConfig *config);
  PcEngine           *(*client_new) (const PcClientConfig *config);
  PcObserver         *(*observer_new) (void);
  const PcActionSpec *actions;       /* ends with a NULL name */
  const PcNarration  *narrations;    /* sorted by rule */
  gsize               n_narrations;
  const char *const  *server_states; /* N_(), NULL-terminated, in order */
  const char *const  *client_states; /* the same ones but for TFTP */
  const PcVerbInfo   *verbs;         /* ends with a NULL name */
  const PcAnswers    *answers;       /* what can come next */
  const PcStateChange *server_changes; /* end with one that leads nowhere */
  const PcStateChange *client_changes;
  const char         *crowded;       /* greets one client too many with this,
                                      * without the line end; or NULL */
} PcProtocol;

G_END_DECLS
