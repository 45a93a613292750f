/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"
#include "net/certificate.h"
#include "net/net.h"
#include "proto/common/protocol.h"
#include "run/files.h"
#include "scenario/fault.h"
#include "scenario/scenario.h"
#include "timeline/recorder.h"

G_BEGIN_DECLS

/* Where the layers meet: engines, links and recorder of one run.  A hub holds
 * the conversations (PcConn) and their ends (PcEndpoint), moves octets between
 * engine and link, and lets the recorder see them pass.  All calls back come
 * from the network's turn. */

typedef struct _PcHub       PcHub;
typedef struct _PcConn      PcConn;
typedef struct _PcEndpoint  PcEndpoint;
typedef struct _PcListening PcListening;

typedef struct
{
  /* A conversation begins: who is it, and who records it?  Sets the client's
   * actor id and the recorder of @conn with pc_conn_set_client ().  Only for
   * conversations that a foreign client begins. */
  void (*conn_begins) (PcConn  *conn,
                       gpointer user_data);
  /* All of its ends are gone. */
  void (*conn_ended) (PcConn  *conn,
                      gpointer user_data);
  /* A client endpoint of ours has something to say. */
  void (*event) (PcEndpoint    *endpoint,
                 const PcEvent *event,
                 gpointer       user_data);
  /* At the end of every turn; may call in again, may not free the hub. */
  void (*settled) (PcHub   *hub,
                   gpointer user_data);
} PcHubHandler;

/* One service of a server. @port is where it really listens: 0 takes a free
 * one; @registered is the number people know. */
typedef struct
{
  const PcProtocol *protocol;
  PcServerRole      role;
  gboolean          fixes; /* submission: completes headers */
  guint             registered;
  guint             port;
  const char       *actor;
  const char       *host;
  gboolean          secure;     /* TLS from the first octet on */
  gboolean          starttls;   /* begins in clear and offers TLS */
  gboolean          needs_tls;  /* takes no password in clear */
  const char       *mechanisms; /* of SASL, by blanks; NULL for all */
  PcFlaw            flaw;       /* of the certificate */
  const char       *relays_to;  /* actor: hands everything on to it */
  const char       *strip;      /* … but for this word of the server's */
  /* Of mail; must outlive the hub, as what follows must.  NULL: the hub's. */
  PcMailStore *store;
  PcMailQueue *queue;          /* SMTP, as in PcServerConfig */
  PcGreylist  *greylist;
  guint        max_connections; /* at once; 0 for the hub's own bound */
  PcServerPolicy policy;
  /* No engine of ours, but a puppet (puppet.h) that says these in order; they
   * must outlive the hub. */
  gboolean                played;
  const PcScenarioSaying *says;
  guint                   n_says;
} PcHubService;

/* How a client of ours calls. */
typedef struct
{
  const PcProtocol *speaks;
  const char       *client;      /* actor */
  const char       *client_host;
  const char       *server;      /* actor */
  guint             registered;  /* the port that the client was told */
  gboolean          secure;      /* TLS from the first octet on */
  gboolean          needs_tls;   /* gives no password in clear */
  gboolean          old_acks;    /* TFTP, as in PcClientConfig */
  const char       *server_name; /* to be certified; NULL: the server's own */
  PcTrust          *trust;       /* NULL: in our own authority */
} PcHubCall;

/* @store is kept by reference; @net and @files are the hub's from now on.
 * @store and @files may be NULL. */
PcHub      *pc_hub_new (PcNet              *net,
                        PcMailStore        *store,
                        PcFiles            *files,
                        const PcHubHandler *handler,
                        gpointer            user_data);
/* Ends every conversation at once. */
void        pc_hub_free (PcHub *self);
PcNet      *pc_hub_get_net (PcHub *self);
/* For both ends of every stream; the first resend of TFTP, or how long a mail
 * client waits for an answer. */
void        pc_hub_set_link (PcHub *self,
                             guint  rate,
                             gint64 delay,
                             gint64 timeout);
/* TFTP: how often one packet is sent again; 0 for the limits there are. */
void        pc_hub_set_max_resends (PcHub *self,
                                    guint  max_resends);
/* Servers wait so much longer than usual for their clients, µs. */
void        pc_hub_set_patience (PcHub *self,
                                 gint64 patience);
/* From now on these go wrong, in conversations that begin later.  Kept by
 * reference. */
void        pc_hub_arm (PcHub    *self,
                        PcFaults *faults);
/* From now on none of them strikes any more, in any conversation; what a line
 * has suffered already stays as it is. */
void        pc_hub_disarm (PcHub *self);
/* Why a limit had to end it all: a sentence, transfer full. */
char       *pc_hub_describe_limit (PcHub *self);
/* Returns the port, or 0 with @error. */
guint       pc_hub_listen (PcHub           *self,
                           const PcHubService *service,
                           GError         **error);
/* See pc_account_restore_mailbox ().  NOT_FOUND also without such a user. */
PcStoreStatus pc_hub_restore_mailbox (PcHub      *self,
                                      const char *user,
                                      const char *mailbox,
                                      guint       keep);
/* Where @actor listens at the registered port, or NULL. */
PcListening *pc_hub_find_listening (PcHub      *self,
                                    const char *actor,
                                    guint       registered,
                                    gboolean    stream);
/* The port that is really used. */
guint        pc_listening_get_port (PcListening *self);

/* A client of ours opens a conversation that @recorder records.  @listening:
 * who answers, or NULL where nobody does: then it is refused at a port held
 * for that.  @call is read at once. */
PcEndpoint *pc_hub_connect (PcHub           *self,
                            PcRecorder      *recorder,
                            const PcHubCall *call,
                            PcListening     *listening,
                            GError         **error);
/* The same to a server of somebody else's, on this machine at the port that
 * @call names; it must name the server to be certified. */
PcEndpoint *pc_hub_connect_out (PcHub           *self,
                                PcRecorder      *recorder,
                                const PcHubCall *call,
                                GError         **error);
/* Somebody else than the hub's handler hears what this client endpoint has to
 * say. */
typedef void (*PcEndpointFunc) (PcEndpoint    *endpoint,
                                const PcEvent *event,
                                gpointer       user_data);
void        pc_endpoint_set_listener (PcEndpoint    *self,
                                      PcEndpointFunc listener,
                                      gpointer       user_data);
/* Nobody will ask for this one any more, which is gone: it may be freed. */
void        pc_endpoint_forget (PcEndpoint *self);
/* A client endpoint of ours, and its engine, are valid until pc_hub_free () or
 * pc_endpoint_forget (). */
PcEngine   *pc_endpoint_get_engine (PcEndpoint *self);
PcConn     *pc_endpoint_get_conn (PcEndpoint *self);
/* It has begun, and may act. */
gboolean    pc_endpoint_is_open (PcEndpoint *self);
/* Its link is gone. */
gboolean    pc_endpoint_is_gone (PcEndpoint *self);
gboolean    pc_endpoint_act (PcEndpoint     *self,
                             const PcAction *action,
                             GError        **error);
/* Says no more, in order; without a goodbye of the protocol. */
void        pc_endpoint_close (PcEndpoint *self);
/* The line is lost. */
void        pc_endpoint_cut (PcEndpoint *self);

guint       pc_conn_get_number (PcConn *self); /* of the hub, 1 and up */
guint       pc_conn_get_client_port (PcConn *self);
const PcHubService *pc_conn_get_service (PcConn *self);
void        pc_conn_set_client (PcConn     *self,
                                const char *actor,
                                PcRecorder *recorder);
gpointer    pc_conn_get_data (PcConn *self);
void        pc_conn_set_data (PcConn        *self,
                              gpointer       data,
                              GDestroyNotify destroy);
/* Ends that are not gone; a server end that only waits in case its last
 * acknowledgement was lost does not count. */
guint       pc_conn_get_n_busy (PcConn *self);
guint       pc_hub_get_n_conns (PcHub *self);
/* TRUE when no conversation has an end that is busy. */
gboolean    pc_hub_is_quiet (PcHub *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcHub, pc_hub_free)

G_END_DECLS
