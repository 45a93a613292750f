/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cards of the actors: icon, name, address.
 *
 * Name and address are labels, so that assistive technology reads them; card
 * and icon are drawn, since their colours are the diagram's.
 */

#include "diagram/header.h"

#include "diagram/paint.h"

#include <math.h>
#include <string.h>

#define RECT(x, y, w, h) \
  (&GRAPHENE_RECT_INIT ((float) (x), (float) (y), (float) (w), (float) (h)))

#define HERE "127.0.0.1:"
#define MARGIN 6 /* above the cards, and of the lifeline below them */
#define PAD 8    /* inside a card */

typedef struct
{
  GtkWidget    *name;
  GtkWidget    *address;
  GtkWidget    *brief; /* in its place where there is no room */
  GdkPaintable *icon;
  PcRole        role;
} Card;

struct _PcActorHeader
{
  GtkWidget parent_instance;

  PcScene  *scene;
  GArray   *cards;
};

G_DEFINE_FINAL_TYPE (PcActorHeader, pc_actor_header, GTK_TYPE_WIDGET)

static void
card_clear (gpointer data)
{
  Card *card = data;

  g_clear_pointer (&card->name, gtk_widget_unparent);
  g_clear_pointer (&card->address, gtk_widget_unparent);
  g_clear_pointer (&card->brief, gtk_widget_unparent);
  g_clear_object (&card->icon);
}

/* Symbolic icons are drawn on a grid of 16; on a projector they are large. */
static int
icon_size (PcActorHeader *self)
{
  int line = self->scene->metrics.line;

  return line < 22 ? 16 : line < 32 ? 24 : line / 16 * 16;
}

static int
tile_size (PcActorHeader *self)
{
  return (int) round (self->scene->metrics.line * 2.1);
}

static int
natural_size (GtkWidget     *widget,
              GtkOrientation orientation,
              int            for_size)
{
  int natural;

  gtk_widget_measure (widget, orientation, for_size, NULL, &natural, NULL,
                      NULL);
  return natural;
}

static int
card_height (PcActorHeader *self)
{
  int text = 0;

  if (self->cards->len > 0)
    {
      Card *card = &g_array_index (self->cards, Card, 0);

      text = natural_size (card->name, GTK_ORIENTATION_VERTICAL, -1) +
             MAX (natural_size (card->address, GTK_ORIENTATION_VERTICAL, -1),
                  natural_size (card->name, GTK_ORIENTATION_VERTICAL, -1));
    }
  return MAX (tile_size (self), text) + 2 * PAD;
}

/* A name is worth more than an icon; an address can be shortened, and its
 * tooltip has it whole. */
static gboolean
has_tiles (PcActorHeader *self)
{
  double room = self->scene->layout.card_width - tile_size (self) - 3 * PAD;

  for (guint i = 0; i < self->cards->len; i++)
    if (natural_size (g_array_index (self->cards, Card, i).name,
                      GTK_ORIENTATION_HORIZONTAL, -1) > room)
      return FALSE;

  return TRUE;
}

/* -- GtkWidget ------------------------------------------------------------ */

static void
pc_actor_header_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  PcActorHeader *self = PC_ACTOR_HEADER (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = card_height (self) + 2 * MARGIN;
  else
    {
      *minimum = self->scene->metrics.line * 8;
      *natural = self->scene->metrics.line * 36;
    }
}

static void
allocate_label (GtkWidget *label,
                int        x,
                int        y,
                int        width,
                int        height)
{
  GtkAllocation rect = { x, y, width, height };

  gtk_widget_size_allocate (label, &rect, -1);
}

/* The address goes where it is empty, and where the name needs two lines. */
static void
allocate_card (PcActorHeader *self,
               Card          *card,
               int            x,
               int            width)
{
  int      room = MAX (width, 1);
  int      line = natural_size (card->name, GTK_ORIENTATION_VERTICAL, -1);
  gboolean two = natural_size (card->name, GTK_ORIENTATION_HORIZONTAL, -1) >
                 room;
  gboolean address = !two &&
                     *gtk_label_get_label (GTK_LABEL (card->address)) != '\0';
  int      below = 0;
  int      y;
  GtkWidget *shown = card->address;

  if (natural_size (shown, GTK_ORIENTATION_HORIZONTAL, -1) > room)
    shown = card->brief;
  if (two)
    line *= 2;
  if (address)
    below = natural_size (card->address, GTK_ORIENTATION_VERTICAL, -1);
  y = MARGIN + (card_height (self) - line - below) / 2;

  gtk_widget_set_child_visible (card->address,
                                address && shown == card->address);
  gtk_widget_set_child_visible (card->brief, address && shown == card->brief);
  allocate_label (card->name, x, y, room, line);
  if (address)
    allocate_label (shown, x, y + line, room, below);
}

static void
pc_actor_header_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  PcActorHeader  *self = PC_ACTOR_HEADER (widget);
  const PcLayout *layout = &self->scene->layout;
  int             inner;

  pc_scene_set_width (self->scene, width);
  inner = has_tiles (self) ? tile_size (self) + 2 * PAD : PAD;
  for (guint i = 0; i < self->cards->len; i++)
    {
      Card    *card = &g_array_index (self->cards, Card, i);
      gboolean shown = i < layout->n_actors;

      gtk_widget_set_child_visible (card->name, shown);
      gtk_widget_set_child_visible (card->address, shown);
      gtk_widget_set_child_visible (card->brief, shown);
      if (shown)
        allocate_card (self, card, (int) layout->card[i] + inner,
                       (int) layout->card_width - inner - PAD);
    }
}

static void
draw_tile (PcActorHeader *self,
           GtkSnapshot   *snapshot,
           const Card    *card,
           double         x)
{
  const PcPalette *palette = &self->scene->palette;
  double           tile = tile_size (self);
  double           size = icon_size (self);
  double           y = MARGIN + (card_height (self) - tile) / 2;
  GdkRGBA          fill = pc_palette_get (palette,
                                          card->role == PC_ROLE_CLIENT
                                              ? PC_COLOR_CLIENT
                                              : PC_COLOR_SERVER,
                                          1);
  GdkRGBA          ink = pc_palette_get (palette, PC_COLOR_ON_SIDE, 1);
  GdkRGBA          inks[4] = { ink, ink, ink, ink };

  pc_paint_box (snapshot, RECT (x, y, tile, tile), 8, &fill, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) (x + (tile - size) / 2),
                                                (float) (y +
                                                         (tile - size) / 2)));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (card->icon),
                                            snapshot, size, size, inks, 4);
  gtk_snapshot_restore (snapshot);
}

static void
pc_actor_header_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  PcActorHeader   *self = PC_ACTOR_HEADER (widget);
  const PcLayout  *layout = &self->scene->layout;
  const PcPalette *palette = &self->scene->palette;
  double           height = card_height (self);
  GdkRGBA          fill = pc_palette_get (palette, PC_COLOR_CARD, 1);
  GdkRGBA          border = pc_palette_get (palette, PC_COLOR_CARD_BORDER, 1);
  GdkRGBA          line = pc_palette_get (palette, PC_COLOR_LIFELINE, 1);

  for (guint i = 0; i < MIN (self->cards->len, layout->n_actors); i++)
    {
      Card  *card = &g_array_index (self->cards, Card, i);
      double x = layout->card[i];

      pc_paint_lifeline (snapshot, layout->x[i], MARGIN + height,
                         gtk_widget_get_height (widget), 2 * MARGIN, &line);
      pc_paint_box (snapshot, RECT (x, MARGIN, layout->card_width, height),
                    12, &fill, &border);
      if (has_tiles (self))
        draw_tile (self, snapshot, card, x + PAD);
      gtk_widget_snapshot_child (widget, card->name, snapshot);
      gtk_widget_snapshot_child (widget, card->address, snapshot);
      gtk_widget_snapshot_child (widget, card->brief, snapshot);
    }
}

static void
pc_actor_header_dispose (GObject *object)
{
  PcActorHeader *self = PC_ACTOR_HEADER (object);

  g_array_set_size (self->cards, 0);

  G_OBJECT_CLASS (pc_actor_header_parent_class)->dispose (object);
}

static void
pc_actor_header_finalize (GObject *object)
{
  PcActorHeader *self = PC_ACTOR_HEADER (object);

  g_clear_pointer (&self->cards, g_array_unref);
  g_clear_pointer (&self->scene, pc_scene_unref);

  G_OBJECT_CLASS (pc_actor_header_parent_class)->finalize (object);
}

static void
pc_actor_header_class_init (PcActorHeaderClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pc_actor_header_dispose;
  object_class->finalize = pc_actor_header_finalize;
  widget_class->measure = pc_actor_header_measure;
  widget_class->size_allocate = pc_actor_header_size_allocate;
  widget_class->snapshot = pc_actor_header_snapshot;
  gtk_widget_class_set_css_name (widget_class, "pcactors");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
pc_actor_header_init (PcActorHeader *self)
{
  self->cards = g_array_new (FALSE, TRUE, sizeof (Card));
  g_array_set_clear_func (self->cards, card_clear);
}

GtkWidget *
pc_actor_header_new (PcScene *scene)
{
  PcActorHeader *self = g_object_new (PC_TYPE_ACTOR_HEADER, NULL);

  self->scene = pc_scene_ref (scene);
  return GTK_WIDGET (self);
}

/* -- cards ---------------------------------------------------------------- */

static GtkWidget *
make_label (PcActorHeader    *self,
            const char       *text,
            const char       *css_class,
            GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role,
                                   "label", text, NULL);

  /* Like the rows: beside the icon, which is at the left. */
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_tooltip_text (label, text);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

char *
pc_actor_header_dup_brief (const char *address)
{
  GString *out = g_string_new (NULL);
  guint    depth = 0;

  for (const char *at = address; *at != '\0'; at++)
    {
      if (*at == '(')
        {
          depth++;
          if (depth == 1 && out->len > 0 && out->str[out->len - 1] == ' ')
            g_string_truncate (out, out->len - 1);
        }
      if (depth == 0)
        g_string_append_c (out, *at);
      if (*at == ')' && depth > 0)
        depth--;
    }
  /* All of them are on this computer. */
  if (g_str_has_prefix (out->str, HERE))
    g_string_erase (out, 0, strlen (HERE) - 1);
  return g_string_free (out, FALSE);
}

static GtkWidget *
make_brief (PcActorHeader *self,
            const char    *address)
{
  g_autofree char *text = pc_actor_header_dup_brief (address);
  /* The whole address is read. */
  GtkWidget       *label = make_label (self, text, "pc-actor-address",
                                       GTK_ACCESSIBLE_ROLE_PRESENTATION);

  gtk_widget_set_tooltip_text (label, address);
  return label;
}

static GtkWidget *
make_name (PcActorHeader *self,
           const char    *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", -1);
  g_autofree char *breakable = g_strjoinv (".\u200b", parts);
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();
  GtkWidget *label = make_label (self, text, "pc-actor-name",
                                 GTK_ACCESSIBLE_ROLE_LABEL);

  /* The name of a host is broken after a dot, and read as it is. */
  if (strchr (text, ' ') == NULL) {
    gtk_label_set_label (GTK_LABEL (label), breakable);
    gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  }
  pango_attr_list_insert (attrs, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attrs);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  return label;
}

static GdkPaintable *
find_icon (PcActorHeader *self,
           const PcActor *actor)
{
  GtkWidget    *widget = GTK_WIDGET (self);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (
      gtk_widget_get_display (widget));
  const char *own = actor->role == PC_ROLE_SERVER ? "network-server-symbolic"
                                                  : "computer-symbolic";
  gboolean    known = actor->icon != NULL &&
                   gtk_icon_theme_has_icon (theme, actor->icon);

  /* Not: fallbacks, of which one in the desktop's theme goes before the
   * wanted one in our own resource. */
  return GDK_PAINTABLE (gtk_icon_theme_lookup_icon (
      theme, known ? actor->icon : own, NULL, icon_size (self),
      self->scene->scale, GTK_TEXT_DIR_LTR, GTK_ICON_LOOKUP_FORCE_SYMBOLIC));
}

void
pc_actor_header_update (PcActorHeader *self)
{
  PcTimeline *timeline;
  guint       n;

  g_return_if_fail (PC_IS_ACTOR_HEADER (self));

  timeline = self->scene->timeline;
  n = timeline != NULL ? pc_timeline_get_n_actors (timeline) : 0;
  g_array_set_size (self->cards, 0);
  for (guint i = 0; i < n; i++)
    {
      const PcActor *actor = pc_timeline_get_actor (timeline, i);
      const char    *address = actor->address != NULL ? actor->address : "";
      Card           card = {
        .name = make_name (self, actor->name),
        .address = make_label (self, address, "pc-actor-address",
                               GTK_ACCESSIBLE_ROLE_LABEL),
        .brief = make_brief (self, address),
        .icon = find_icon (self, actor),
        .role = actor->role,
      };

      g_array_append_val (self->cards, card);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
