/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From where to where conversations were under TLS.
 *
 * A tunnel begins when both ends have said Finished, and ends with the first
 * close_notify, or where the connection closes without one.  What somebody on
 * the way sees of a handshake has no Finished that could be told from other
 * records, so an eavesdropper's view has no tunnels.
 */

#include "timeline/tunnels.h"

/* What is known of a connection. */
typedef struct
{
  guint n_finished;
  guint open; /* place of its tunnel plus 1; 0: none */
} Conn;

struct _PcTunnels
{
  PcTimeline *timeline;
  GArray     *tunnels; /* PcTunnel */
  GHashTable *conns;   /* number → Conn */
};

PcTunnels *
pc_tunnels_new (PcTimeline *timeline)
{
  PcTunnels *self;

  g_return_val_if_fail (PC_IS_TIMELINE (timeline), NULL);

  self = g_new0 (PcTunnels, 1);
  self->timeline = timeline;
  self->tunnels = g_array_new (FALSE, FALSE, sizeof (PcTunnel));
  self->conns = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
pc_tunnels_free (PcTunnels *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->tunnels, g_array_unref);
  g_clear_pointer (&self->conns, g_hash_table_unref);
  g_free (self);
}

static Conn *
find_conn (PcTunnels *self,
           guint      number)
{
  gpointer key = GUINT_TO_POINTER (number);
  Conn    *conn = g_hash_table_lookup (self->conns, key);

  if (conn == NULL)
    {
      conn = g_new0 (Conn, 1);
      g_hash_table_insert (self->conns, key, conn);
    }
  return conn;
}

static gboolean
begin (PcTunnels *self,
       Conn      *conn,
       PcStep    *step,
       guint      index)
{
  PcTunnel tunnel = { pc_step_get_conn (step), index, G_MAXUINT, FALSE };

  if (++conn->n_finished != 2)
    return FALSE;

  conn->n_finished = 0;
  if (conn->open != 0)
    return FALSE;
  g_array_append_val (self->tunnels, tunnel);
  conn->open = self->tunnels->len;
  return TRUE;
}

static void
end (PcTunnels *self,
     Conn      *conn,
     guint      last,
     gboolean   closed)
{
  PcTunnel *tunnel;

  conn->n_finished = 0;
  if (conn->open == 0)
    return;

  tunnel = &g_array_index (self->tunnels, PcTunnel, conn->open - 1);
  tunnel->last = last;
  tunnel->closed = closed;
  conn->open = 0;
}

gboolean
pc_tunnels_add (PcTunnels *self,
                guint      index)
{
  PcStep     *step = pc_timeline_get_step (self->timeline, index);
  const char *rule;

  g_return_val_if_fail (step != NULL, FALSE);

  rule = pc_step_get_rule (step);
  if (pc_step_get_layer (step) == PC_LAYER_TLS)
    {
      Conn *conn = find_conn (self, pc_step_get_conn (step));

      if (g_strcmp0 (rule, "tls.finished") == 0)
        return begin (self, conn, step, index);
      if (g_strcmp0 (rule, "tls.alert.close-notify") == 0)
        end (self, conn, index, TRUE);
    }
  else if (pc_step_get_layer (step) == PC_LAYER_TCP)
    end (self, find_conn (self, pc_step_get_conn (step)),
         index > 0 ? index - 1 : 0, FALSE);
  return FALSE;
}

guint
pc_tunnels_get_n (PcTunnels *self)
{
  return self->tunnels->len;
}

const PcTunnel *
pc_tunnels_get (PcTunnels *self,
                guint      i)
{
  g_return_val_if_fail (i < self->tunnels->len, NULL);

  return &g_array_index (self->tunnels, PcTunnel, i);
}
