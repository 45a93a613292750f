/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/tls/names.h"
#include "proto/tls/reader.h"

G_BEGIN_DECLS

/* The handshake messages that are sent in clear, field by field. */

/* What the conversation has come to when a message is read. */
typedef struct
{
  PcSide from;
  guint  version; /* agreed on; 0 before */
  guint  cipher;  /* chosen by the server; 0 before */
} PcTlsContext;

/* What a message says that the observer goes by. */
typedef struct
{
  guint    version;      /* hellos: the best offered, or the chosen one */
  guint    cipher;       /* ServerHello */
  guint    group;        /* HelloRetryRequest */
  guint    certificates; /* Certificate: how many */
  gboolean retry;        /* the ServerHello is a HelloRetryRequest */
  char    *name;         /* ClientHello: the server's, as safe text; owned */
} PcTlsFacts;

void pc_tls_facts_clear (PcTlsFacts *self);

/* Labels what @reader has as the body of a message of @type, to its end.
 * @facts is zeroed before. */
void pc_tls_label_message (PcTlsReader        *reader,
                           guint               type,
                           const PcTlsContext *context,
                           PcTlsFacts         *facts);

/* For the above: parts of it in files of their own. */
void pc_tls_label_client_hello (PcTlsReader *reader,
                                PcTlsFacts  *facts);
void pc_tls_label_server_hello (PcTlsReader *reader,
                                PcTlsFacts  *facts);
/* The extensions of a ClientHello, or of a ServerHello. */
void pc_tls_label_extensions (PcTlsReader *reader,
                              guint        message,
                              PcTlsFacts  *facts);
void pc_tls_label_schemes (PcTlsReader *reader);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PcTlsFacts, pc_tls_facts_clear)

G_END_DECLS
