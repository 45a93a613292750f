/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Certificates, made at run time and kept in memory: an authority of our own,
 * and what it signs.  Nothing is written to a file unless somebody asks for
 * the authority's certificate (pc_authority_get_pem ()); its key never is.
 * All of these are counted by reference and immutable. */

typedef struct _PcAuthority PcAuthority; /* signs */
typedef struct _PcIdentity  PcIdentity;  /* what a server shows, and its key */
typedef struct _PcTrust     PcTrust;     /* whom a client believes */

#define PC_CERTIFICATE_ERROR (pc_certificate_error_quark ())
GQuark pc_certificate_error_quark (void); /* code 0; the message says why */

/* What is wrong with a certificate on purpose. */
typedef enum {
  PC_FLAW_NONE,
  PC_FLAW_NAME,      /* made out for another host */
  PC_FLAW_EXPIRED,   /* since yesterday */
  PC_FLAW_AUTHORITY, /* signed by an authority nobody here knows */
} PcFlaw;

/* One for the whole program, made when it is first needed (a few ms).
 * Borrowed; NULL with @error when the system has no good random numbers. */
PcAuthority *pc_authority_get_default (GError **error);
/* Another one, which nobody trusts. */
PcAuthority *pc_authority_new (GError **error);
PcAuthority *pc_authority_ref (PcAuthority *self);
void         pc_authority_unref (PcAuthority *self);
/* The certificate without the key, for clients that shall trust it. */
const char  *pc_authority_get_pem (PcAuthority *self);

/* A key and a certificate for @host, "localhost" and 127.0.0.1 (RFC 6125:
 * clients compare the names in subjectAltName), valid from an hour ago for a
 * week. */
PcIdentity  *pc_authority_issue (PcAuthority *self,
                                 const char  *host,
                                 PcFlaw       flaw,
                                 GError     **error);
PcIdentity  *pc_identity_ref (PcIdentity *self);
void         pc_identity_unref (PcIdentity *self);

/* Believes in what @authority signs. */
PcTrust     *pc_trust_new (PcAuthority *authority,
                           GError     **error);
/* Believes in the authorities of a PEM file; NULL for the system's own. */
PcTrust     *pc_trust_new_from_file (const char *path,
                                     GError    **error);
PcTrust     *pc_trust_ref (PcTrust *self);
void         pc_trust_unref (PcTrust *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcAuthority, pc_authority_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcIdentity, pc_identity_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcTrust, pc_trust_unref)

G_END_DECLS
