/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/tls/names.h"
#include "proto/tls/reader.h"

#include "proto/common/observer.h"

#include "base/bytes.h"
#include "base/limits.h"

G_BEGIN_DECLS

/* What the files of the observer share. */

#define PC_TLS_MESSAGE_HEADER 4

typedef struct
{
  guint type;
  guint detail;
} PcTlsHint;

typedef struct
{
  PcBytes   in;
  gboolean  foreign;  /* no TLS comes from here any more */
  gboolean  guarded;  /* nor anything that may be shown */
  gboolean  sealed;   /* until TLS 1.2: after ChangeCipherSpec */
  gboolean  finished; /* its Finished was sent */
  gboolean  closed;
  PcTlsHint hints[PC_LIMIT_TLS_HINTS];
  guint     n_hints;

  /* The handshake message that a record cut. */
  struct
  {
    guint8      head[PC_TLS_MESSAGE_HEADER];
    guint       n_head; /* so many octets of it are there */
    guint       left;   /* octets of the body still to come */
    GByteArray *hello;  /* a ServerHello so far; else NULL */
  } message;
} PcTlsSide;

typedef struct
{
  PcObserver base;
  guint      version; /* 0 before the ServerHello */
  guint      cipher;
  gboolean   hello;   /* a ClientHello was seen */
  gboolean   retried; /* a HelloRetryRequest was seen */
  PcTlsSide  sides[2];
} PcTlsObserver;

/* One record on its way to a unit. */
typedef struct
{
  PcUnit     *unit;
  PcTlsReader reader;
  GString    *summary;
  PcTlsRule   rule;
  gboolean    ruled; /* the first message has given its rule */
} PcTlsRecord;

/* What a whole record is: its rule, its labels, its summary. */
void pc_tls_see_record (PcTlsObserver *self,
                        PcSide         from,
                        guint          type,
                        PcTlsRecord   *record);
void pc_tls_see_handshake (PcTlsObserver *self,
                           PcSide         from,
                           PcTlsRecord   *record);
void pc_tls_record_summarise (PcTlsRecord *record,
                              const char  *text);
/* The record is in error: @rule holds, whatever came before. */
void      pc_tls_record_spoil (PcTlsRecord *record,
                               PcTlsRule    rule);
PcTlsRule pc_tls_rule_of_message (const PcTlsObserver *self,
                                  PcSide               from,
                                  guint                type,
                                  gboolean             clear);
/* Forgets the message that @side was sending. */
void pc_tls_end_message (PcTlsSide *side);
void pc_tls_update_states (PcTlsObserver *self);
/* A record turned out to be in clear: the hint that meant it goes. */
void pc_tls_drop_hint (PcTlsSide *side,
                       guint      type,
                       guint      detail);

G_END_DECLS
