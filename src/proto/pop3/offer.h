/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/sasl.h"

G_BEGIN_DECLS

/* What a server has told of itself, and a client acts on.  Zeroed, nothing
 * yet. */
typedef struct
{
  char           *stamp;     /* of the greeting, or NULL */
  gboolean        known;     /* CAPA was answered */
  gboolean        stls;      /* and TLS offered */
  PcSaslMechanism strongest; /* of those we know; PLAIN when none was told */
  guint           n_logins;  /* AUTH commands so far: for nonces */
} PcPop3Offer;

/* Looks for timestamp = "<" *VCHAR ">" (RFC 2449 section 3). */
void pc_pop3_offer_read_greeting (PcPop3Offer  *self,
                                  const guint8 *line,
                                  gsize         len);
/* The lines of CAPA: "SASL" *( SP mechanism ) (RFC 2449 section 6.3). */
void pc_pop3_offer_read_capa (PcPop3Offer *self,
                              GBytes      *lines);
/* TLS is there: forgets the capabilities.  The stamp stays, for there is no
 * second greeting. */
void pc_pop3_offer_forget (PcPop3Offer *self);
void pc_pop3_offer_clear (PcPop3Offer *self);

G_END_DECLS
