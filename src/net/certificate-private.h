/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/certificate.h"

#include <gnutls/gnutls.h>

G_BEGIN_DECLS

/* For tls.c. */
gnutls_certificate_credentials_t pc_identity_get_credentials (
    PcIdentity *self);
gnutls_certificate_credentials_t pc_trust_get_credentials (PcTrust *self);

G_END_DECLS
