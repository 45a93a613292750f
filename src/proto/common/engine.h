/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/bytes.h"
#include "proto/common/action.h"

G_BEGIN_DECLS

/* The verbs that all engines share.  An engine is one end of one conversation:
 * octets in, octets out; no socket, file, clock or random number inside.
 *
 * After every call the owner drains: pc_engine_get_output () for a stream,
 * pc_engine_next_datagram () for datagrams, pc_engine_next_event (), then
 * looks at the status and the deadline.  An engine never calls out.
 *
 * Times are microseconds since 1970-01-01T00:00:00Z. */

#define PC_ENGINE_NEVER G_MAXINT64

/* An action that cannot be begun: the message says why. */
#define PC_ENGINE_ERROR (pc_engine_error_quark ())
GQuark pc_engine_error_quark (void);

typedef enum {
  PC_ENGINE_ERROR_ARGUMENT, /* unknown action, or a parameter is not usable */
  PC_ENGINE_ERROR_BUSY,     /* not idle */
} PcEngineError;

typedef enum {
  PC_ENGINE_RUNNING,
  PC_ENGINE_CLOSING, /* send what is queued, then close; nothing more comes */
  PC_ENGINE_FAILED,  /* the same, and a PC_EVENT_FAILED says why */
} PcEngineStatus;

typedef enum {
  /* clients */
  PC_EVENT_DONE,    /* the action succeeded */
  PC_EVENT_REFUSED, /* the action was refused; text: the peer's words */
  PC_EVENT_ITEM,    /* something received; text: its name, data: the octets */
  PC_EVENT_FAILED,  /* the conversation is over; text: why, translated */
  /* servers of files (TFTP): the owner answers with pc_engine_answer () */
  PC_EVENT_OPEN_READ,  /* text: file name as sent */
  PC_EVENT_READ,       /* number: how many octets of the file come next */
  PC_EVENT_OPEN_WRITE, /* text: file name as sent; number: size or -1 */
  PC_EVENT_WRITE,      /* data: the next octets of the file */
  PC_EVENT_COMMIT,     /* the file is whole: put it in place */
  PC_EVENT_ABORT,      /* it will not be whole: forget it; no answer */
  /* servers: an answer that was injected (injection.h) is given.  text: the
   * verb, data: the reply, number: how many octets of the output, or datagrams,
   * go before it */
  PC_EVENT_ANSWERED,
  PC_EVENT_CUT, /* servers: the line is to be lost now */
} PcEventKind;

/* What lies between this end and the wire.  An engine never sees TLS itself:
 * its owner puts TLS between engine and link. */
typedef enum {
  PC_SECURITY_CLEAR,
  /* Both ends have agreed (STARTTLS): TLS begins as soon as the output has
   * left.  Until then nothing that arrives counts. */
  PC_SECURITY_WANTED,
  PC_SECURITY_ON,
} PcSecurity;

typedef struct
{
  PcEventKind kind;
  char       *text;
  GBytes     *data;
  gint64      number;
} PcEvent;

typedef enum {
  PC_FILE_OK,
  PC_FILE_NOT_FOUND,
  PC_FILE_ACCESS,
  PC_FILE_EXISTS,
  PC_FILE_FULL,
  PC_FILE_FAILED,
} PcFileStatus;

typedef struct _PcEngine PcEngine;

typedef struct
{
  const char *name; /* "imap-server" */
  void        (*free) (PcEngine *self);
  /* The link is up; a server greets.  Optional. */
  void        (*start) (PcEngine *self,
                        gint64    now);
  /* Octets, or one datagram, arrived.  @port: the sender's, for datagrams. */
  void        (*feed) (PcEngine     *self,
                       gint64        now,
                       guint         port,
                       const guint8 *data,
                       gsize         len);
  /* The peer sends no more. */
  void        (*eof) (PcEngine *self,
                      gint64    now);
  /* TLS is there: whatever was learnt in clear is forgotten.  Optional. */
  void        (*secured) (PcEngine *self,
                          gint64    now);
  /* The deadline has come, or the world changed: look again.  Optional. */
  void        (*wake) (PcEngine *self,
                       gint64    now);
  gint64      (*deadline) (const PcEngine *self); /* optional */
  const char *(*state) (const PcEngine *self);    /* static, N_() */
  /* Clients: begins an action; FALSE with PC_ENGINE_ERROR when
   * its parameters are not usable.  Only when idle. */
  gboolean    (*act) (PcEngine       *self,
                      gint64          now,
                      const PcAction *action,
                      GError        **error);
  /* Servers of files: the owner's answer to the last question.  @content is
   * the whole file for OPEN_READ, or NULL: then the engine asks for it piece by
   * piece with READ.  For READ @content is the next piece, shorter than asked
   * for only at the end of the file; NULL is an empty one. */
  void        (*answer) (PcEngine    *self,
                         gint64       now,
                         PcFileStatus status,
                         GBytes      *content);
  /* Servers: whether @reply may be given to @verb in place of an answer of our
   * own; see injection.h.  Returns: the verb, static, and in @wire the reply
   * without its last line end, transfer full; else NULL with
   * PC_ENGINE_ERROR_ARGUMENT. */
  const char *(*check_answer) (const char *verb,
                               const char *reply,
                               char      **wire,
                               GError    **error);
  /* Servers of files: see pc_engine_tell_size ().  Optional. */
  void        (*tell_size) (PcEngine *self,
                            gint64    size);
} PcEngineClass;

typedef struct
{
  guint   port; /* where to: the peer's port */
  GBytes *data;
} PcDatagram;

struct _PcEngine
{
  const PcEngineClass *klass;
  PcBytes              out;       /* stream engines append here */
  GQueue               datagrams; /* PcDatagram* */
  GQueue               events;    /* PcEvent* */
  PcEngineStatus       status;
  PcSecurity           security;
  gboolean             needs_tls; /* clients: nothing private in clear */
  gboolean             busy;      /* clients: an action is under way */
  gint64               patience;  /* servers: what is waited for a client beyond
                                   * the usual, µs */
  GPtrArray           *answers;   /* servers: injected; NULL when none were */
};

void           pc_engine_init (PcEngine            *self,
                               const PcEngineClass *klass);
/* For free(): drops what was not drained. */
void           pc_engine_deinit (PcEngine *self);

void           pc_engine_free (PcEngine *self);
void           pc_engine_start (PcEngine *self,
                                gint64    now);
/* Ignored unless the status is RUNNING, and while TLS is about to begin. */
void           pc_engine_feed (PcEngine     *self,
                               gint64        now,
                               guint         port,
                               const guint8 *data,
                               gsize         len);
void           pc_engine_eof (PcEngine *self,
                              gint64    now);
PcSecurity     pc_engine_get_security (const PcEngine *self);
/* The owner has set up TLS that was WANTED.  A handshake that failed is told
 * by pc_engine_fail (). */
void           pc_engine_secured (PcEngine *self,
                                  gint64    now);
void           pc_engine_wake (PcEngine *self,
                               gint64    now);
gint64         pc_engine_get_deadline (const PcEngine *self);
const char    *pc_engine_get_state (const PcEngine *self);
PcEngineStatus pc_engine_get_status (const PcEngine *self);
/* Clients: no action is under way, and the conversation can go on.  Servers:
 * nothing is left that the peer must confirm. */
gboolean       pc_engine_is_idle (const PcEngine *self);
gboolean       pc_engine_act (PcEngine       *self,
                              gint64          now,
                              const PcAction *action,
                              GError        **error);
void           pc_engine_answer (PcEngine    *self,
                                 gint64       now,
                                 PcFileStatus status,
                                 GBytes      *content);
/* Before the answer OK to OPEN_READ without content: how many octets the file
 * has, -1 when that is not known. */
void           pc_engine_tell_size (PcEngine *self,
                                    gint64    size);

/* What is to be sent; consume from it what was. */
PcBytes       *pc_engine_get_output (PcEngine *self);
/* (transfer full) (nullable) */
PcDatagram    *pc_engine_next_datagram (PcEngine *self);
void           pc_datagram_free (PcDatagram *self);
PcEvent       *pc_engine_next_event (PcEngine *self);
void           pc_event_free (PcEvent *self);

/* For clients that are new: as PcClientConfig has it.  With @needs_tls an
 * action with something private is refused while there is no TLS; see
 * starttls.h. */
void           pc_engine_set_security (PcEngine *self,
                                       gboolean  secure,
                                       gboolean  needs_tls);
/* For servers whose client thinks before it types: @patience µs more than
 * usual. */
void           pc_engine_set_patience (PcEngine *self,
                                       gint64    patience);
/* For servers: @deadline, with that patience. */
gint64         pc_engine_extend (const PcEngine *self,
                                 gint64          deadline);
/* For engines: the reply that lets TLS begin is in the output. The caller
 * has thrown away whatever else it had read (RFC 3207 4.2, RFC 9051 6.2.1). */
void           pc_engine_want_tls (PcEngine *self);
/* For engines. @text and @data are copied or referenced. */
void           pc_engine_push_event (PcEngine   *self,
                                     PcEventKind kind,
                                     const char *text,
                                     GBytes     *data,
                                     gint64      number);
void           pc_engine_push_datagram (PcEngine     *self,
                                        guint         port,
                                        gconstpointer data,
                                        gsize         len);
/* The same without a copy; references @data. */
void           pc_engine_push_datagram_bytes (PcEngine *self,
                                              guint     port,
                                              GBytes   *data);
/* The action under way is over: clears busy, pushes DONE or REFUSED. */
void           pc_engine_finish_action (PcEngine   *self,
                                        PcEventKind kind,
                                        const char *text);
/* Pushes FAILED with @text and sets the status. */
void           pc_engine_fail (PcEngine   *self,
                               const char *text);
/* Appends to the output; past PC_LIMIT_OUTPUT the engine fails instead. */
void           pc_engine_send (PcEngine     *self,
                               gconstpointer data,
                               gsize         len);
void           pc_engine_send_printf (PcEngine   *self,
                                      const char *format,
                                      ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcEngine, pc_engine_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcDatagram, pc_datagram_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcEvent, pc_event_free)

G_END_DECLS
