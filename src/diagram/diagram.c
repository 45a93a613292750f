/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sequence diagram.
 *
 * A list view holds a few hundred row widgets whatever the length of the
 * timeline; all rows are equally high, so the place to scroll to is
 * arithmetic, and the same moment shows the same picture however it was
 * reached.  Only rows that look different are drawn again.
 */

#include "diagram/diagram.h"

#include "diagram/diagram-private.h"
#include "diagram/header.h"
#include "diagram/keys.h"
#include "diagram/style.h"
#include "diagram/zoom.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (PcDiagram, pc_diagram, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_PLAYER,
  PROP_SHOW_SECRETS,
  PROP_HIDE_FUTURE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* -- rows ----------------------------------------------------------------- */

/* Before the selection hears of it: where it lands, nobody has put it. */
static void
rows_changed_cb (PcDiagram *self)
{
  self->stale = TRUE;
  self->selecting = TRUE;
}

static void
rows_settled_cb (PcDiagram *self)
{
  self->selecting = FALSE;
}

static guint
note_parts (const char *note,
            gpointer    user_data)
{
  PcDiagram *self = user_data;

  return pc_row_view_note_parts (self->scene, GTK_WIDGET (self), note);
}

/* -- selection and focus -------------------------------------------------- */

static void
selected_cb (PcDiagram *self)
{
  PcDiagramRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (self->selecting || self->player == NULL || row == NULL)
    return;

  self->picking = TRUE;
  pc_player_show_step (self->player, row->index);
  self->picking = FALSE;
}

/* Of the group that has step @index: what is lit stays lit. */
static void
toggled_cb (guint    index,
            gpointer user_data)
{
  PcDiagram *self = user_data;

  if (pc_diagram_rows_toggle (self->rows, index))
    pc_diagram_select_current (self);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                PcDiagram             *self)
{
  if (self->player == NULL ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  if (pc_diagram_keys_move (self->player, key))
    return GDK_EVENT_STOP;
  if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  toggled_cb (pc_player_get_current (self->player), self);
  return GDK_EVENT_STOP;
}

/* -- the player ----------------------------------------------------------- */

static void
position_cb (PcDiagram *self)
{
  self->scene->position = self->player != NULL
                              ? pc_player_get_position (self->player)
                              : 0;
  pc_diagram_rows_set_current (self->rows,
                               self->player != NULL
                                   ? pc_player_get_current (self->player)
                                   : G_MAXUINT);
  pc_row_views_position_changed (self->views);
  pc_diagram_follow (self);
}

static void
scene_changed (PcDiagram *self)
{
  pc_row_views_scene_changed (self->views);
  gtk_widget_queue_resize (self->list);
  gtk_widget_queue_resize (self->header);
}

static void
actors_cb (PcDiagram *self)
{
  pc_scene_set_width (self->scene, self->scene->layout.width);
  pc_actor_header_update (PC_ACTOR_HEADER (self->header));
  scene_changed (self);
}

static void
steps_cb (PcDiagram *self)
{
  double gutter = self->scene->gutter;

  pc_scene_set_width (self->scene, self->scene->layout.width);
  if (self->scene->gutter != gutter)
    scene_changed (self);
  pc_row_views_rename (self->views);
  /* Rows that became others took it with them. */
  if (gtk_single_selection_get_selected (self->selection) !=
      pc_diagram_get_current_row (self))
    pc_diagram_select_current (self);
}

/* What has not arrived by now never does. */
static void
outcome_cb (PcDiagram *self)
{
  scene_changed (self);
  steps_cb (self);
}

static void
forget_timeline (PcDiagram *self)
{
  if (self->scene->timeline == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->scene->timeline, self);
}

static void
timeline_cb (PcDiagram *self)
{
  PcTimeline      *timeline = self->player != NULL
                                  ? pc_player_get_timeline (self->player)
                                  : NULL;
  g_autofree char *label = NULL;

  forget_timeline (self);
  /* First: rows must not look for their steps in another timeline. */
  pc_diagram_rows_set_timeline (self->rows, NULL);
  pc_scene_set_timeline (self->scene, timeline);
  position_cb (self);
  pc_diagram_rows_set_timeline (self->rows, timeline);
  if (timeline != NULL)
    {
      g_signal_connect_swapped (timeline, "notify::actors",
                                G_CALLBACK (actors_cb), self);
      g_signal_connect_swapped (timeline, "items-changed",
                                G_CALLBACK (steps_cb), self);
      g_signal_connect_swapped (timeline, "notify::outcome",
                                G_CALLBACK (outcome_cb), self);
      label = g_strdup_printf (_ ("Sequence diagram: %s"),
                               pc_timeline_get_title (timeline));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label
                                                : _ ("Sequence diagram"),
                                  -1);
  actors_cb (self);
  pc_diagram_select_current (self);
  pc_diagram_settle_soon (self);
}

/* -- GtkWidget ------------------------------------------------------------ */

static void
pc_diagram_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  PcDiagram *self = PC_DIAGRAM (widget);
  int        min;
  int        nat;

  gtk_widget_measure (self->header, orientation, -1, minimum, natural, NULL,
                      NULL);
  gtk_widget_measure (self->scroller, orientation, -1, &min, &nat, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum += min;
      *natural += nat;
    }
  else
    {
      *minimum = MAX (*minimum, min);
      *natural = MAX (*natural, nat);
    }
}

static void
pc_diagram_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  PcDiagram    *self = PC_DIAGRAM (widget);
  GtkAllocation rect = { 0, 0, width, 0 };
  int           header;

  gtk_widget_measure (self->header, GTK_ORIENTATION_VERTICAL, -1, &header,
                      NULL, NULL, NULL);
  rect.y = header;
  rect.height = MAX (height - header, 1);
  gtk_widget_size_allocate (self->scroller, &rect, -1);
  self->stale = FALSE;

  /* Where scrollbars take room, the cards keep to the rows' width. */
  rect.y = 0;
  rect.width = gtk_widget_get_width (self->list);
  rect.height = header;
  gtk_widget_size_allocate (self->header, &rect, -1);
  pc_diagram_settle_soon (self);
}

static void
pc_diagram_css_changed (GtkWidget         *widget,
                        GtkCssStyleChange *change)
{
  PcDiagram *self = PC_DIAGRAM (widget);

  GTK_WIDGET_CLASS (pc_diagram_parent_class)->css_changed (widget, change);
  pc_scene_set_style (self->scene, widget);
  scene_changed (self);
}

static void
scale_cb (PcDiagram *self)
{
  pc_scene_set_style (self->scene, GTK_WIDGET (self));
  actors_cb (self);
}

/* -- GObject -------------------------------------------------------------- */

static void
pc_diagram_dispose (GObject *object)
{
  PcDiagram *self = PC_DIAGRAM (object);

  pc_diagram_set_player (self, NULL);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (pc_diagram_parent_class)->dispose (object);
}

static void
pc_diagram_finalize (GObject *object)
{
  PcDiagram *self = PC_DIAGRAM (object);

  g_clear_pointer (&self->ticker, pc_ticker_free);
  g_clear_pointer (&self->views, pc_row_views_free);
  g_clear_pointer (&self->scene, pc_scene_unref);

  G_OBJECT_CLASS (pc_diagram_parent_class)->finalize (object);
}

static void
pc_diagram_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  PcDiagram *self = PC_DIAGRAM (object);

  switch (prop_id)
    {
    case PROP_PLAYER:
      g_value_set_object (value, self->player);
      break;
    case PROP_SHOW_SECRETS:
      g_value_set_boolean (value, self->scene->secrets);
      break;
    case PROP_HIDE_FUTURE:
      g_value_set_boolean (value, self->scene->hides);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pc_diagram_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  PcDiagram *self = PC_DIAGRAM (object);

  switch (prop_id)
    {
    case PROP_PLAYER:
      pc_diagram_set_player (self, g_value_get_object (value));
      break;
    case PROP_SHOW_SECRETS:
      pc_diagram_set_show_secrets (self, g_value_get_boolean (value));
      break;
    case PROP_HIDE_FUTURE:
      pc_diagram_set_hide_future (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pc_diagram_class_init (PcDiagramClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                            G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pc_diagram_dispose;
  object_class->finalize = pc_diagram_finalize;
  object_class->get_property = pc_diagram_get_property;
  object_class->set_property = pc_diagram_set_property;
  widget_class->measure = pc_diagram_measure;
  widget_class->size_allocate = pc_diagram_size_allocate;
  widget_class->css_changed = pc_diagram_css_changed;

  props[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL,
                                            PC_TYPE_PLAYER, flags);
  props[PROP_SHOW_SECRETS] = g_param_spec_boolean ("show-secrets", NULL, NULL,
                                                   FALSE, flags);
  props[PROP_HIDE_FUTURE] = g_param_spec_boolean ("hide-future", NULL, NULL,
                                                  FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "pcdiagram");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_list (PcDiagram *self)
{
  GtkListItemFactory *factory = pc_row_views_make_factory (self->views);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget          *list;

  list = gtk_list_view_new (GTK_SELECTION_MODEL (
                                g_object_ref (self->selection)),
                            factory);
  gtk_widget_add_css_class (list, "pc-diagram");

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (list, keys);
  return list;
}

static void
pc_diagram_init (PcDiagram *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  pc_diagram_add_css ();
  self->scene = pc_scene_new ();
  self->scene->folding = TRUE;
  self->views = pc_row_views_new (self->scene);
  self->rows = pc_diagram_rows_new ();
  pc_row_views_set_toggled (self->views, toggled_cb, self);
  pc_diagram_rows_set_note_func (self->rows, note_parts, self);
  pc_diagram_rows_set_folding (self->rows, TRUE);
  g_signal_connect_swapped (self->rows, "items-changed",
                            G_CALLBACK (rows_changed_cb), self);
  g_signal_connect_data (self->rows, "items-changed",
                         G_CALLBACK (rows_settled_cb), self, NULL,
                         G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  self->selection = g_object_new (GTK_TYPE_SINGLE_SELECTION,
                                  "autoselect", FALSE,
                                  "can-unselect", TRUE,
                                  "model", self->rows, NULL);
  g_signal_connect_swapped (self->selection, "notify::selected",
                            G_CALLBACK (selected_cb), self);

  self->header = pc_actor_header_new (self->scene);
  gtk_widget_set_parent (self->header, widget);
  self->list = make_list (self);
  self->scroller = gtk_scrolled_window_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sequence diagram"), -1);
  /* The picture is never turned round: the cards stand above their lines. */
  gtk_widget_set_direction (self->scroller, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (self->list, GTK_TEXT_DIR_LTR);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller),
                                 self->list);
  gtk_widget_set_parent (self->scroller, widget);
  pc_zoom_attach (widget);
  self->ticker = pc_ticker_new (widget);
  self->adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (self->adjustment, "changed",
                           G_CALLBACK (pc_diagram_settle_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (scale_cb), NULL);
}

GtkWidget *
pc_diagram_new (void)
{
  return g_object_new (PC_TYPE_DIAGRAM, NULL);
}

void
pc_diagram_set_player (PcDiagram *self,
                       PcPlayer  *player)
{
  g_return_if_fail (PC_IS_DIAGRAM (self));
  g_return_if_fail (player == NULL || PC_IS_PLAYER (player));

  if (self->player == player)
    return;

  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_set_object (&self->player, player);
  if (player != NULL)
    {
      g_signal_connect_swapped (player, "notify::timeline",
                                G_CALLBACK (timeline_cb), self);
      g_signal_connect_swapped (player, "notify::position",
                                G_CALLBACK (position_cb), self);
      g_signal_connect_swapped (player, "notify::current",
                                G_CALLBACK (pc_diagram_select_current), self);
    }
  pc_ticker_set_player (self->ticker, player);
  timeline_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAYER]);
}

PcPlayer *
pc_diagram_get_player (PcDiagram *self)
{
  g_return_val_if_fail (PC_IS_DIAGRAM (self), NULL);

  return self->player;
}

void
pc_diagram_set_show_secrets (PcDiagram *self,
                             gboolean   show_secrets)
{
  g_return_if_fail (PC_IS_DIAGRAM (self));

  show_secrets = !!show_secrets;
  if (self->scene->secrets == show_secrets)
    return;

  self->scene->secrets = show_secrets;
  scene_changed (self);
  steps_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_SECRETS]);
}

gboolean
pc_diagram_get_show_secrets (PcDiagram *self)
{
  g_return_val_if_fail (PC_IS_DIAGRAM (self), FALSE);

  return self->scene->secrets;
}

void
pc_diagram_set_hide_future (PcDiagram *self,
                            gboolean   hide_future)
{
  g_return_if_fail (PC_IS_DIAGRAM (self));

  hide_future = !!hide_future;
  if (self->scene->hides == hide_future)
    return;

  self->scene->hides = hide_future;
  self->scene->folding = !hide_future;
  pc_diagram_rows_set_folding (self->rows, !hide_future);
  actors_cb (self);
  steps_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HIDE_FUTURE]);
}

void
pc_diagram_set_filter (PcDiagram *self,
                       GtkBitset *steps)
{
  g_return_if_fail (PC_IS_DIAGRAM (self));

  pc_diagram_rows_set_filter (self->rows, steps);
  pc_diagram_select_current (self);
  self->due = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
pc_diagram_set_spotlight (PcDiagram *self,
                          gboolean   spotlight)
{
  g_return_if_fail (PC_IS_DIAGRAM (self));

  self->scene->spotlight = !!spotlight;
  pc_row_views_position_changed (self->views);
}

void
pc_diagram_set_driving (PcDiagram *self,
                        gboolean   driving)
{
  g_return_if_fail (PC_IS_DIAGRAM (self));

  pc_ticker_set_driving (self->ticker, driving);
}
