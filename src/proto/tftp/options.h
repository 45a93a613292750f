/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/tftp/packet.h"

G_BEGIN_DECLS

/* The options of a request, and what both ends agree on (RFC 2347).  The same
 * struct is a client's wishes, what a server read of them, and what is left
 * when it has lowered and left out what it must. */

typedef enum {
  PC_TFTP_TERM_BLKSIZE,    /* RFC 2348: octets of a block */
  PC_TFTP_TERM_TIMEOUT,    /* RFC 2349: seconds */
  PC_TFTP_TERM_TSIZE,      /* RFC 2349: octets of the file */
  PC_TFTP_TERM_WINDOWSIZE, /* RFC 7440: blocks */
  PC_TFTP_N_TERMS,
} PcTftpTerm;

#define PC_TFTP_TERM_NAME 11 /* "windowsize", and NUL */

typedef struct
{
  gboolean   known[PC_TFTP_N_TERMS];
  guint64    value[PC_TFTP_N_TERMS];
  char       name[PC_TFTP_N_TERMS][PC_TFTP_TERM_NAME]; /* as it was sent */
  PcTftpTerm order[PC_TFTP_N_TERMS];
  guint      n; /* in @order, left out ones included */
} PcTftpTerms;

typedef enum {
  PC_TFTP_TERMS_AGREED,
  PC_TFTP_TERMS_UNASKED, /* an option that was not in the request */
  PC_TFTP_TERMS_CHANGED, /* a value that the option's RFC does not allow */
} PcTftpVerdict;

/* "blksize".  Static. */
const char   *pc_tftp_term_get_name (PcTftpTerm term);

/* Adds @term, or gives it another value. */
void          pc_tftp_terms_set (PcTftpTerms *self,
                                 PcTftpTerm   term,
                                 guint64      value);
/* The same from text: strict decimal digits, in the range of @term's RFC.
 * FALSE, with nothing changed, for anything else. */
gboolean      pc_tftp_terms_set_text (PcTftpTerms  *self,
                                      PcTftpTerm    term,
                                      gconstpointer text,
                                      gsize         len);
void          pc_tftp_terms_drop (PcTftpTerms *self,
                                  PcTftpTerm   term);
gboolean      pc_tftp_terms_is_empty (const PcTftpTerms *self);
/* @fallback when @term is not there. */
guint64       pc_tftp_terms_get (const PcTftpTerms *self,
                                 PcTftpTerm         term,
                                 guint64            fallback);

/* Servers: what of @packet's options is known and well formed.  Of an option
 * that comes twice the first counts. */
void          pc_tftp_terms_read (PcTftpTerms        *self,
                                  const PcTftpPacket *packet);
/* Servers: lowers the size of a block to @max_block_size (0: no more than the
 * protocol's), and then the window so that it has no more than @flight octets
 * of file, at least one block. */
void          pc_tftp_terms_lower (PcTftpTerms *self,
                                   gsize        max_block_size,
                                   gsize        flight);

/* Clients: reads an OACK that answers @asked.  Unless AGREED @culprit is the
 * name of the first option at fault, safe to show; transfer full. */
PcTftpVerdict pc_tftp_terms_accept (PcTftpTerms        *self,
                                    const PcTftpTerms  *asked,
                                    const PcTftpPacket *packet,
                                    char              **culprit);

/* Appends the options to a request, or to nothing but an opcode. */
void          pc_tftp_pack_terms (GByteArray        *out,
                                  const PcTftpTerms *self);
void          pc_tftp_pack_oack (GByteArray        *out,
                                 const PcTftpTerms *self);

G_END_DECLS
