/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar of the search in an exchange.  What matches is timeline/search.c's;
 * it goes on between two frames, so a long exchange does not stop the
 * picture. */

#include "app/find-bar.h"

#include "app/flow-layout.h"

#include "timeline/search.h"

#include <glib/gi18n-lib.h>

#define TURN_US 6000 /* of one turn: less than half a frame */
#define STEPS 32     /* between two looks at the clock */

struct _PcFindBar
{
  GtkWidget parent_instance;

  GtkWidget   *box;
  GtkEditable *entry;
  GtkDropDown *actors;
  GtkDropDown *conns;
  GtkDropDown *kinds;
  GtkToggleButton *only;
  GtkLabel    *count;

  PcPlayer *player;
  PcSearch *search; /* or NULL: nothing is asked for */
  guint     idle_id;
  guint     origin; /* the step that was seen when the search began */
  guint     seen;   /* so many steps of it have been shown */
  gboolean  jump;   /* to the first match from there */
  gboolean  filling;
  gboolean  show_secrets;
  gboolean  hide_future;
  GtkBitset *matches; /* or NULL: nothing is hidden */
};

enum { PROP_0, PROP_SHOW_SECRETS, PROP_MATCHES, N_PROPS };
enum { SIGNAL_CLOSED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcFindBar, pc_find_bar, GTK_TYPE_WIDGET)

/* -- the search ----------------------------------------------------------- */

static char *
dup_count (PcFindBar  *self,
           const char *text)
{
  guint hidden = pc_timeline_get_n_steps (
                     pc_player_get_timeline (self->player)) -
                 (guint) gtk_bitset_get_size (self->matches);

  /* Translators: "2 of 5", and how many steps are not to be seen. */
  return g_strdup_printf (ngettext ("%s · %u hidden", "%s · %u hidden",
                                    hidden),
                          text, hidden);
}

static void
update_count (PcFindBar *self)
{
  guint n = self->search != NULL ? pc_search_get_n (self->search) : 0;
  int number = self->search != NULL
                   ? pc_search_find (self->search,
                                     pc_player_get_current (self->player))
                   : -1;
  g_autofree char *text = NULL;

  if (self->search == NULL)
    text = g_strdup ("");
  else if (number >= 0)
    /* Translators: the number of a match, and of all matches. */
    text = g_strdup_printf (_ ("%u of %u"), (guint) number + 1, n);
  else if (n > 0)
    text = g_strdup_printf (ngettext ("%u match", "%u matches", n), n);
  else
    text = g_strdup (self->idle_id != 0 ? "…" : _ ("No match"));
  if (self->matches != NULL) {
    g_autofree char *both = dup_count (self, text);

    gtk_label_set_label (self->count, both);
  } else {
    gtk_label_set_label (self->count, text);
  }
}

/* -- what is hidden ------------------------------------------------------- */

static void
take_matches (PcFindBar *self,
              GtkBitset *matches)
{
  if (self->matches == NULL && matches == NULL)
    return;
  g_clear_pointer (&self->matches, gtk_bitset_unref);
  self->matches = matches;
  if (matches != NULL)
    gtk_widget_add_css_class (self->box, "filtering");
  else
    gtk_widget_remove_css_class (self->box, "filtering");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MATCHES]);
}

/* Once all matches are known: rows that come and go while somebody types are
 * no help. */
static void
update_matches (PcFindBar *self)
{
  GtkBitset *matches;

  if (self->search == NULL || !gtk_toggle_button_get_active (self->only)) {
    take_matches (self, NULL);
    return;
  }
  if (self->idle_id != 0)
    return;
  matches = gtk_bitset_new_empty ();
  for (guint i = 0; i < pc_search_get_n (self->search); i++)
    gtk_bitset_add (matches, pc_search_get (self->search, i));
  take_matches (self, matches);
}

/* -- looking -------------------------------------------------------------- */

/* A longer word is looked for from where the first letter was typed. */
static void
jump (PcFindBar *self)
{
  int index;

  if (pc_search_find (self->search, self->origin) >= 0)
    index = (int) self->origin;
  else
    index = pc_search_next (self->search, self->origin, TRUE);
  self->jump = FALSE;
  if (index >= 0 && (guint) index != pc_player_get_current (self->player))
    pc_player_show_step (self->player, (guint) index);
}

static gboolean
idle_cb (gpointer data)
{
  PcFindBar *self = data;
  gint64 end = g_get_monotonic_time () + TURN_US;
  gboolean more = TRUE;

  while (more && g_get_monotonic_time () < end)
    more = pc_search_advance (self->search, STEPS);
  if (!more) {
    self->idle_id = 0;
    update_matches (self);
    if (self->jump)
      jump (self);
  }
  update_count (self);
  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Which connection is chosen; the first entry is all of them. */
static guint
get_conn (PcFindBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->conns);

  return selected == GTK_INVALID_LIST_POSITION ? 0 : selected;
}

static const char *
get_actor (PcFindBar  *self,
           PcTimeline *timeline)
{
  guint selected = gtk_drop_down_get_selected (self->actors);

  if (selected == GTK_INVALID_LIST_POSITION || selected == 0 ||
      selected > pc_timeline_get_n_actors (timeline))
    return NULL;
  return pc_timeline_get_actor (timeline, selected - 1)->id;
}

/* Once seen is seen: who goes back finds it still.  Before the first step the
 * current one is G_MAXUINT. */
static void
note_seen (PcFindBar *self)
{
  self->seen = MAX (self->seen, pc_player_get_current (self->player) + 1);
  if (self->search != NULL)
    pc_search_set_end (self->search,
                       self->hide_future ? self->seen : G_MAXUINT);
}

static PcSearchKind
get_kind (PcFindBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->kinds);

  return selected <= PC_SEARCH_TROUBLE ? (PcSearchKind) selected
                                       : PC_SEARCH_ANY;
}

static void
search (PcFindBar *self)
{
  PcTimeline *timeline = pc_player_get_timeline (self->player);
  const char *text = gtk_editable_get_text (self->entry);
  const char *actor;
  guint conn;

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->search, pc_search_free);
  if (timeline != NULL && gtk_widget_get_visible (GTK_WIDGET (self))) {
    actor = get_actor (self, timeline);
    conn = get_conn (self);
    if (*text != '\0' || actor != NULL || conn != 0 ||
        get_kind (self) != PC_SEARCH_ANY) {
      self->search = pc_search_new (timeline, text, actor, conn,
                                    self->show_secrets);
      note_seen (self);
      pc_search_set_kind (self->search, get_kind (self));
      self->idle_id = g_idle_add (idle_cb, self);
    }
  }
  update_matches (self);
  update_count (self);
}

/* -- what it can be held to ----------------------------------------------- */

static void
fill_actors (PcFindBar  *self,
             PcTimeline *timeline)
{
  guint n = timeline != NULL ? pc_timeline_get_n_actors (timeline) : 0;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _ ("All actors"));
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, pc_timeline_get_actor (timeline, i)->name);
  gtk_drop_down_set_model (self->actors, G_LIST_MODEL (list));
  /* Between two, every step is from the one to the other. */
  gtk_widget_set_visible (GTK_WIDGET (self->actors), n > 2);
}

static void
fill_conns (PcFindBar  *self,
            PcTimeline *timeline)
{
  guint n = timeline != NULL ? pc_timeline_get_n_steps (timeline) : 0;
  guint last = 0;
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    last = MAX (last, pc_step_get_conn (pc_timeline_get_step (timeline, i)));
  gtk_string_list_append (list, _ ("All connections"));
  for (guint i = 1; i <= last; i++) {
    g_autofree char *name = g_strdup_printf (_ ("Connection %u"), i);

    gtk_string_list_append (list, name);
  }
  gtk_drop_down_set_model (self->conns, G_LIST_MODEL (list));
  gtk_widget_set_visible (GTK_WIDGET (self->conns),
                          last > 1 && !self->hide_future);
}

static void
fill (PcFindBar  *self,
      PcTimeline *timeline)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  /* They were steps of another timeline. */
  take_matches (self, NULL);
  self->filling = TRUE;
  fill_actors (self, timeline);
  fill_conns (self, timeline);
  self->filling = FALSE;
  self->jump = FALSE;
  search (self);
}

static void
timeline_changed_cb (PcFindBar *self)
{
  PcTimeline *timeline = pc_player_get_timeline (self->player);

  self->seen = 0;
  fill (self, timeline);
}

static void
current_changed_cb (PcFindBar *self)
{
  guint before = self->seen;

  note_seen (self);
  if (self->search != NULL && self->hide_future && self->seen > before &&
      self->idle_id == 0)
    self->idle_id = g_idle_add (idle_cb, self);
  update_count (self);
}

/* -- the person ----------------------------------------------------------- */

/* For what was typed or chosen. */
static void
look (PcFindBar *self)
{
  if (self->search == NULL)
    self->origin = pc_player_get_current (self->player);
  self->jump = TRUE;
  search (self);
}

static void
text_changed_cb (PcFindBar *self)
{
  look (self);
}

static void
filter_changed_cb (PcFindBar *self)
{
  if (!self->filling)
    look (self);
}

static void
only_cb (PcFindBar *self)
{
  update_matches (self);
  if (self->player != NULL)
    update_count (self);
}

static void
next_cb (PcFindBar *self)
{
  pc_find_bar_move (self, TRUE);
}

static void
previous_cb (PcFindBar *self)
{
  pc_find_bar_move (self, FALSE);
}

static void
close_cb (PcFindBar *self)
{
  pc_find_bar_close (self);
}

static gboolean
key_pressed_cb (PcFindBar      *self,
                guint           key,
                guint           code,
                GdkModifierType state)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  pc_find_bar_close (self);
  return GDK_EVENT_STOP;
}

/* -- life ----------------------------------------------------------------- */

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (id == PROP_SHOW_SECRETS)
    g_value_set_boolean (value, PC_FIND_BAR (object)->show_secrets);
  else if (id == PROP_MATCHES)
    g_value_set_boxed (value, PC_FIND_BAR (object)->matches);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  PcFindBar *self = PC_FIND_BAR (object);

  if (id != PROP_SHOW_SECRETS) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  if (self->show_secrets == g_value_get_boolean (value))
    return;
  self->show_secrets = g_value_get_boolean (value);
  if (self->player != NULL)
    search (self);
  g_object_notify_by_pspec (object, props[PROP_SHOW_SECRETS]);
}

static void
dispose (GObject *object)
{
  PcFindBar *self = PC_FIND_BAR (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->search, pc_search_free);
  g_clear_pointer (&self->matches, gtk_bitset_unref);
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_find_bar_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcFindBar, name)

static void
pc_find_bar_class_init (PcFindBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  props[PROP_SHOW_SECRETS] = g_param_spec_boolean (
      "show-secrets", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_MATCHES] = g_param_spec_boxed (
      "matches", NULL, NULL, GTK_TYPE_BITSET,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_CLOSED] =
      g_signal_new ("closed", PC_TYPE_FIND_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/find-bar.ui");
  BIND (box);
  BIND (entry);
  BIND (actors);
  BIND (conns);
  BIND (kinds);
  BIND (only);
  BIND (count);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, only_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

#undef BIND

/* What has the focus is the button inside, which GTK 4.8 gives no name. */
static void
name_button (GtkDropDown *drop_down,
             const char  *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
pc_find_bar_init (PcFindBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
  name_button (self->actors, _ ("Actor"));
  name_button (self->conns, _ ("Connection"));
  name_button (self->kinds, _ ("Kind of step"));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb),
                            self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
pc_find_bar_new (PcPlayer *player)
{
  PcFindBar *self = g_object_new (PC_TYPE_FIND_BAR, "visible", FALSE, NULL);

  self->player = g_object_ref (player);
  g_signal_connect_swapped (player, "notify::timeline",
                            G_CALLBACK (timeline_changed_cb), self);
  g_signal_connect_swapped (player, "notify::current",
                            G_CALLBACK (current_changed_cb), self);
  return GTK_WIDGET (self);
}

void
pc_find_bar_open (PcFindBar *self)
{
  g_return_if_fail (PC_IS_FIND_BAR (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self))) {
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
    fill (self, pc_player_get_timeline (self->player));
  }
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}

void
pc_find_bar_close (PcFindBar *self)
{
  g_return_if_fail (PC_IS_FIND_BAR (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  search (self);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

void
pc_find_bar_move (PcFindBar *self,
                  gboolean   forward)
{
  int index;

  g_return_if_fail (PC_IS_FIND_BAR (self));

  if (self->search == NULL)
    return;
  /* Whoever asks for the next one will not wait for all. */
  self->jump = FALSE;
  index = pc_search_next (self->search, pc_player_get_current (self->player),
                          forward);
  if (index < 0)
    return;
  self->origin = (guint) index;
  pc_player_show_step (self->player, self->origin);
}

void
pc_find_bar_set_hide_future (PcFindBar *self,
                             gboolean   hide_future)
{
  g_return_if_fail (PC_IS_FIND_BAR (self));

  if (self->hide_future == hide_future)
    return;
  self->hide_future = hide_future;
  fill (self, pc_player_get_timeline (self->player));
}

void
pc_find_bar_toggle_filter (PcFindBar *self)
{
  g_return_if_fail (PC_IS_FIND_BAR (self));

  gtk_toggle_button_set_active (self->only,
                                !gtk_toggle_button_get_active (self->only));
}

GtkBitset *
pc_find_bar_get_matches (PcFindBar *self)
{
  g_return_val_if_fail (PC_IS_FIND_BAR (self), NULL);

  return self->matches;
}
