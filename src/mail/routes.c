/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table in place of the MX records of the DNS.
 *
 * Leaves out: names without an MX record, which real servers look up as hosts,
 * and the shuffling of servers of the same preference.
 * RFC 5321 section 5.1; RFC 7504 section 4.
 */

#include "mail/routes.h"

#include "base/text.h"

#include <string.h>

struct _PcRoutes
{
  guint      ref_count;
  GPtrArray *routes; /* PcRoute*, by preference */
};

static void
route_free (gpointer data)
{
  PcRoute *route = data;

  g_free (route->domain);
  g_free (route->host);
  g_free (route);
}

PcRoutes *
pc_routes_new (void)
{
  PcRoutes *self = g_new0 (PcRoutes, 1);

  self->ref_count = 1;
  self->routes = g_ptr_array_new_with_free_func (route_free);
  return self;
}

PcRoutes *
pc_routes_ref (PcRoutes *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->ref_count++;
  return self;
}

void
pc_routes_unref (PcRoutes *self)
{
  g_return_if_fail (self != NULL);

  if (--self->ref_count > 0)
    return;

  g_ptr_array_unref (self->routes);
  g_free (self);
}

void
pc_routes_add (PcRoutes   *self,
               const char *domain,
               guint       preference,
               const char *host,
               guint       port)
{
  PcRoute *route;
  guint    at = 0;

  g_return_if_fail (self != NULL && domain != NULL && host != NULL);

  while (at < self->routes->len &&
         ((PcRoute *) self->routes->pdata[at])->preference <= preference)
    at++;

  route = g_new0 (PcRoute, 1);
  route->domain = g_strdup (domain);
  route->preference = preference;
  route->host = g_strdup (host);
  route->port = port;
  g_ptr_array_insert (self->routes, (int) at, route);
}

const PcRoute *
pc_routes_get (const PcRoutes *self,
               const char     *domain,
               guint           index)
{
  g_return_val_if_fail (self != NULL && domain != NULL, NULL);

  for (guint i = 0; i < self->routes->len; i++) {
    const PcRoute *route = self->routes->pdata[i];

    if (pc_text_equal_ascii (domain, strlen (domain), route->domain) &&
        index-- == 0)
      return route;
  }

  return NULL;
}

gboolean
pc_routes_is_closed (const PcRoutes *self,
                     const char     *domain)
{
  const PcRoute *route = pc_routes_get (self, domain, 0);

  return route != NULL && strcmp (route->host, ".") == 0;
}
