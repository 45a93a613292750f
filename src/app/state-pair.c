/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where both ends of a conversation stand, in words and in a picture. */

#include "app/state-pair.h"

#include "app/clamp-layout.h"
#include "app/state-graph.h"

#include <glib/gi18n-lib.h>

#define WIDEST_EMS 40 /* a state drawn wider is only emptier */

struct _PcStatePair
{
  GtkWidget parent_instance;

  GtkWidget    *box;
  GtkLabel     *client_move;
  PcStateGraph *client_graph; /* only where its states are its own */
  GtkLabel     *server_move;
  PcStateGraph *server_graph;
};

G_DEFINE_FINAL_TYPE (PcStatePair, pc_state_pair, GTK_TYPE_WIDGET)

static void
fill_move (const PcStandpoint *at,
           PcRole              role,
           const char         *name,
           GtkLabel           *label)
{
  const char *mark = role == PC_ROLE_CLIENT ? "●" : "■";
  const char *before = at->before[role];
  const char *now = at->now[role];
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (label), now != NULL);
  if (now == NULL)
    return;
  if (before != NULL && !g_str_equal (before, now))
    /* Translators: a mark, an end, two states. */
    text = g_strdup_printf (_ ("%1$s %2$s: from “%3$s” to “%4$s”"), mark,
                            name, _ (before), _ (now));
  else
    /* Translators: a mark, an end, its state. */
    text = g_strdup_printf (_ ("%1$s %2$s: “%3$s”"), mark,
                            name, _ (now));
  gtk_label_set_label (label, text);
}

static PcStateMove
find_move (const PcStandpoint *at,
           PcRole              role,
           const char *const  *states)
{
  return (PcStateMove){ pc_state_find (states, at->before[role]),
                        pc_state_find (states, at->now[role]) };
}

/* In words what the picture shows. */
static void
describe (PcStateGraph *graph,
          GtkLabel     *client,
          GtkLabel     *server)
{
  g_autofree char *text = g_strdup_printf (
      "%s\n%s", client != NULL ? gtk_label_get_label (client) : "",
      server != NULL ? gtk_label_get_label (server) : "");

  g_strstrip (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (graph),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

void
pc_state_pair_show (PcStatePair        *self,
                    const PcStandpoint *at,
                    const char *const   names[2])
{
  const PcProtocol *protocol;
  PcStateMove none = { -1, -1 };
  PcStateMove client, server;
  gboolean own;

  g_return_if_fail (PC_IS_STATE_PAIR (self));
  g_return_if_fail (at != NULL && at->protocol != NULL);

  protocol = at->protocol;
  own = protocol->client_states != protocol->server_states;
  client = find_move (at, PC_ROLE_CLIENT, protocol->client_states);
  server = find_move (at, PC_ROLE_SERVER, protocol->server_states);
  fill_move (at, PC_ROLE_CLIENT, names[PC_ROLE_CLIENT], self->client_move);
  fill_move (at, PC_ROLE_SERVER, names[PC_ROLE_SERVER], self->server_move);
  gtk_widget_set_visible (GTK_WIDGET (self->client_graph), own);
  if (own) {
    pc_state_graph_show (self->client_graph, protocol->client_states,
                         protocol->client_changes,
                         (PcStateMove[]){ client, none });
    describe (self->client_graph, self->client_move, NULL);
  }
  pc_state_graph_show (self->server_graph, protocol->server_states,
                       protocol->server_changes,
                       (PcStateMove[]){ own ? none : client, server });
  describe (self->server_graph, own ? NULL : self->client_move,
            self->server_move);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_STATE_PAIR (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_state_pair_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcStatePair, name)

static void
pc_state_pair_class_init (PcStatePairClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_STATE_GRAPH);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, PC_TYPE_CLAMP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/state-pair.ui");
  BIND (box);
  BIND (client_move);
  BIND (client_graph);
  BIND (server_move);
  BIND (server_graph);
}

#undef BIND

static void
pc_state_pair_init (PcStatePair *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "ems",
                WIDEST_EMS, NULL);
}
