/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which server takes mail for a domain: what MX records say in the DNS (RFC
 * 5321 section 5.1), as a table that somebody wrote. */
typedef struct _PcRoutes PcRoutes;

typedef struct
{
  char *domain;
  guint preference; /* lower ones first */
  char *host;       /* a server's name here; "." for "takes no mail" */
  guint port;       /* on 127.0.0.1; 0 where @host says enough */
} PcRoute;

PcRoutes      *pc_routes_new (void);
PcRoutes      *pc_routes_ref (PcRoutes *self);
void           pc_routes_unref (PcRoutes *self);
void           pc_routes_add (PcRoutes   *self,
                              const char *domain,
                              guint       preference,
                              const char *host,
                              guint       port);
/* The @index-th server to try for @domain, which is in any case; those of the
 * same preference in the order they were added.  NULL: no more. */
const PcRoute *pc_routes_get (const PcRoutes *self,
                              const char     *domain,
                              guint           index);
/* The domain has said that it takes no mail at all: a "null MX". */
gboolean       pc_routes_is_closed (const PcRoutes *self,
                                    const char     *domain);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcRoutes, pc_routes_unref)

G_END_DECLS
