/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inspector's page of states.  Most steps are only passed by while the
 * exchange plays: it is filled for the one that somebody looks at. */

#include "app/state-page.h"

#include "app/state-pair.h"
#include "app/verb-row.h"

#include "run/standpoint.h"

#include <glib/gi18n-lib.h>

struct _PcStatePage
{
  GtkWidget parent_instance;

  GtkWidget    *scrolled;
  GtkWidget    *nothing; /* in place of the sheet */
  GtkWidget    *sheet;
  GtkWidget    *security_box;
  GtkImage     *security_icon;
  GtkLabel     *security;
  PcStatePair  *states;
  GtkWidget    *ways_box;
  GtkWidget    *ways;
  GtkWidget    *legal_box;
  GtkListBox   *legal;
  GtkWidget    *none;
  GtkWidget    *illegal_box;
  GtkListBox   *illegal;

  PcTimeline  *timeline;
  PcStep      *step;
  PcStandpoint at;
  gboolean     stale;
};

G_DEFINE_FINAL_TYPE (PcStatePage, pc_state_page, GTK_TYPE_WIDGET)

static void
fill_security (PcStatePage *self)
{
  static const struct
  {
    const char *icon;
    const char *text;
    const char *class;
  } kinds[] = {
    [PC_COVER_NEVER] = { "channel-insecure-symbolic",
                         N_ ("In clear. This protocol has no TLS."),
                         "warning" },
    [PC_COVER_NONE] = { "channel-insecure-symbolic",
                        N_ ("In clear: others can read along on the way."),
                        "warning" },
    [PC_COVER_HANDSHAKE] = { "channel-secure-symbolic",
                             N_ ("TLS is being set up: only its own records "
                                 "are legal until both ends have finished."),
                             "note" },
    [PC_COVER_TLS] = { "channel-secure-symbolic",
                       N_ ("Under TLS: only the two ends can read it."),
                       "note" },
  };

  gtk_image_set_from_icon_name (self->security_icon,
                                kinds[self->at.cover].icon);
  gtk_label_set_label (self->security, _ (kinds[self->at.cover].text));
  gtk_widget_remove_css_class (self->security_box, "warning");
  gtk_widget_remove_css_class (self->security_box, "note");
  gtk_widget_add_css_class (self->security_box, kinds[self->at.cover].class);
}

/* -- both ends ------------------------------------------------------------ */

/* The two ends of the conversation are those of its first step between two; a
 * later one may be between one of them and a stranger. */
static const char *
get_name (PcStatePage *self,
          PcRole       role)
{
  guint n = pc_timeline_get_n_steps (self->timeline);
  PcStep *first = self->step;

  for (guint i = 0; i < n; i++) {
    first = pc_timeline_get_step (self->timeline, i);
    if (pc_step_get_conn (first) == pc_step_get_conn (self->step))
      break;
  }
  for (guint i = 0; i < 2; i++) {
    int index = pc_timeline_find_actor (self->timeline,
                                        i == 0 ? pc_step_get_from (first)
                                               : pc_step_get_to (first));
    const PcActor *actor =
        index >= 0 ? pc_timeline_get_actor (self->timeline, (guint) index)
                   : NULL;

    if (actor != NULL && actor->role == role)
      return actor->name;
  }
  return role == PC_ROLE_CLIENT ? _ ("Client") : _ ("Server");
}

static void
fill_states (PcStatePage *self)
{
  const char *names[2] = { [PC_ROLE_CLIENT] = get_name (self, PC_ROLE_CLIENT),
                           [PC_ROLE_SERVER] = get_name (self,
                                                        PC_ROLE_SERVER) };

  pc_state_pair_show (self->states, &self->at, names);
}

/* -- where it goes -------------------------------------------------------- */

static void
add_way (PcStatePage *self,
         const char  *state,
         const char  *causes)
{
  /* Translators: a state that can follow, and what leads there. */
  g_autofree char *text = g_strdup_printf (_ ("“%1$s”: %2$s"), state,
                                           causes);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (self->ways), label);
}

static void
fill_ways (PcStatePage *self)
{
  const PcProtocol *protocol = self->at.protocol;
  int now = pc_state_find (protocol->server_states,
                           self->at.now[PC_ROLE_SERVER]);
  GtkWidget *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (self->ways)) != NULL)
    gtk_box_remove (GTK_BOX (self->ways), child);
  for (guint to = 0; now >= 0 && protocol->server_states[to] != NULL; to++) {
    g_autofree char *causes = pc_standpoint_dup_causes (
        protocol->server_changes, (guint) now, to);

    if (*causes == '\0' || to == (guint) now)
      continue;
    add_way (self, _ (protocol->server_states[to]), causes);
    n++;
  }
  gtk_widget_set_visible (self->ways_box, n > 0);
}

/* -- commands ------------------------------------------------------------- */

static void
clear_list (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

static void
fill_verbs (PcStatePage *self)
{
  const PcVerbInfo *verbs = self->at.protocol->verbs;
  guint n[2] = { 0 };

  clear_list (self->legal);
  clear_list (self->illegal);
  for (guint i = 0; verbs[i].name != NULL; i++) {
    g_autofree char *reason = pc_standpoint_dup_reason (&self->at, &verbs[i]);

    gtk_list_box_append (reason == NULL ? self->legal : self->illegal,
                         pc_verb_row_new (&verbs[i], self->at.cover, reason));
    n[reason == NULL]++;
  }
  gtk_widget_set_visible (GTK_WIDGET (self->legal), n[TRUE] > 0);
  gtk_widget_set_visible (self->none, n[TRUE] == 0);
  gtk_widget_set_visible (self->illegal_box, n[FALSE] > 0);
}

static void
fill (PcStatePage *self)
{
  gboolean known;

  self->stale = FALSE;
  self->at = (PcStandpoint){ 0 };
  if (self->step != NULL)
    pc_standpoint_init (&self->at, self->timeline, self->step);
  known = self->at.protocol != NULL && (self->at.now[0] != NULL ||
                                        self->at.now[1] != NULL);
  gtk_widget_set_visible (self->nothing, !known);
  gtk_widget_set_visible (self->sheet, known);
  if (!known)
    return;
  fill_security (self);
  fill_states (self);
  fill_ways (self);
  fill_verbs (self);
}

/* -- life ----------------------------------------------------------------- */

static void
map (GtkWidget *widget)
{
  PcStatePage *self = PC_STATE_PAGE (widget);

  if (self->stale)
    fill (self);
  GTK_WIDGET_CLASS (pc_state_page_parent_class)->map (widget);
}

static void
dispose (GObject *object)
{
  PcStatePage *self = PC_STATE_PAGE (object);

  g_clear_object (&self->timeline);
  g_clear_object (&self->step);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_state_page_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcStatePage, name)

static void
pc_state_page_class_init (PcStatePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_STATE_PAIR);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->map = map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "statepage");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/state-page.ui");
  BIND (scrolled);
  BIND (nothing);
  BIND (sheet);
  BIND (security_box);
  BIND (security_icon);
  BIND (security);
  BIND (states);
  BIND (ways_box);
  BIND (ways);
  BIND (legal_box);
  BIND (legal);
  BIND (none);
  BIND (illegal_box);
  BIND (illegal);
}

#undef BIND

static void
pc_state_page_init (PcStatePage *self)
{
  self->stale = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pc_state_page_set_step (PcStatePage *self,
                        PcTimeline  *timeline,
                        PcStep      *step)
{
  g_return_if_fail (PC_IS_STATE_PAGE (self));
  g_return_if_fail (step == NULL || PC_IS_STEP (step));
  g_return_if_fail (step == NULL || PC_IS_TIMELINE (timeline));

  g_set_object (&self->timeline, timeline);
  g_set_object (&self->step, step);
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}
