/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all kinds of answers share: the item, its language, and that nothing
 * is told of changes while the view is filled or after it is revealed. */

#include "app/answer-view.h"

#include "app/answer-kinds.h"
#include "app/tab-stop.h"

#define SPACING 8

typedef struct
{
  GtkWidget  *box;
  PcItem     *item;
  const char *language;
  gboolean    quiet;
} PcAnswerViewPrivate;

enum { CHANGED,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PcAnswerView, pc_answer_view,
                                     GTK_TYPE_WIDGET)

static PcAnswerViewPrivate *
get_private (PcAnswerView *self)
{
  return pc_answer_view_get_instance_private (self);
}

/* Not of the view itself: that would come back here. */
static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (gtk_widget_get_first_child (widget),
                                 GTK_DIR_TAB_FORWARD);
}

static void
dispose (GObject *object)
{
  PcAnswerViewPrivate *priv = get_private (PC_ANSWER_VIEW (object));

  /* Lists that lose their selection are no answers. */
  priv->quiet = TRUE;
  g_clear_pointer (&priv->box, gtk_widget_unparent);
  g_clear_object (&priv->item);
  G_OBJECT_CLASS (pc_answer_view_parent_class)->dispose (object);
}

static void
pc_answer_view_class_init (PcAnswerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  /* GTK's own would grab the focus again when Tab leaves. */
  widget_class->focus = pc_tab_stop_focus_child;
  signals[CHANGED] =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
pc_answer_view_init (PcAnswerView *self)
{
}

static GType
get_kind (PcItem *item)
{
  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_NUMBER: return PC_TYPE_NUMBER_ANSWER;
  case PC_ITEM_MATCH: return PC_TYPE_MATCH_ANSWER;
  case PC_ITEM_ORDER: return PC_TYPE_ORDER_ANSWER;
  case PC_ITEM_FAULT: return PC_TYPE_LINES_ANSWER;
  case PC_ITEM_CONFIGURE: return PC_TYPE_CONFIGURE_ANSWER;
  case PC_ITEM_PREDICT:
    return pc_item_get_n_options (item) > 0 ? PC_TYPE_OPTIONS_ANSWER
                                            : PC_TYPE_TEXT_ANSWER;
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
  default: return PC_TYPE_OPTIONS_ANSWER;
  }
}

GtkWidget *
pc_answer_view_new (PcSession  *session,
                    const char *language)
{
  PcItem *item = pc_session_get_item (session);
  PcAnswerView *self;
  PcAnswerViewPrivate *priv;

  g_return_val_if_fail (PC_IS_ITEM (item), NULL);

  self = g_object_new (get_kind (item), NULL);
  priv = get_private (self);
  priv->item = g_object_ref (item);
  priv->language = g_intern_string (language);
  priv->quiet = TRUE;
  PC_ANSWER_VIEW_GET_CLASS (self)->fill (self, session);
  priv->quiet = FALSE;
  return GTK_WIDGET (self);
}

gboolean
pc_answer_view_get_answer (PcAnswerView *self,
                           PcAnswer     *answer)
{
  g_return_val_if_fail (PC_IS_ANSWER_VIEW (self), FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  *answer = (PcAnswer){ .kind = PC_ANSWER_BLANK };
  PC_ANSWER_VIEW_GET_CLASS (self)->get_answer (self, answer);
  return pc_answer_is_complete (answer, get_private (self)->item);
}

gboolean
pc_answer_view_choose (PcAnswerView *self,
                       guint         key)
{
  PcAnswerViewClass *klass;

  g_return_val_if_fail (PC_IS_ANSWER_VIEW (self), FALSE);

  klass = PC_ANSWER_VIEW_GET_CLASS (self);
  return key > 0 && !get_private (self)->quiet && klass->choose != NULL &&
         klass->choose (self, key);
}

void
pc_answer_view_reveal (PcAnswerView   *self,
                       const PcAnswer *answer)
{
  g_return_if_fail (PC_IS_ANSWER_VIEW (self));
  g_return_if_fail (answer != NULL);

  get_private (self)->quiet = TRUE;
  PC_ANSWER_VIEW_GET_CLASS (self)->reveal (self, answer);
}

gboolean
pc_answer_view_explains_itself (PcAnswerView *self)
{
  g_return_val_if_fail (PC_IS_ANSWER_VIEW (self), FALSE);

  return PC_ANSWER_VIEW_GET_CLASS (self)->explains_itself;
}

gboolean
pc_answer_view_marks_parts (PcAnswerView *self)
{
  g_return_val_if_fail (PC_IS_ANSWER_VIEW (self), FALSE);

  return PC_ANSWER_VIEW_GET_CLASS (self)->marks_parts;
}

PcItem *
pc_answer_view_get_item (PcAnswerView *self)
{
  return get_private (self)->item;
}

const char *
pc_answer_view_get_language (PcAnswerView *self)
{
  return get_private (self)->language;
}

GtkBox *
pc_answer_view_get_box (PcAnswerView *self)
{
  PcAnswerViewPrivate *priv = get_private (self);

  if (priv->box == NULL) {
    priv->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
    gtk_widget_set_parent (priv->box, GTK_WIDGET (self));
  }
  return GTK_BOX (priv->box);
}

void
pc_answer_view_changed (PcAnswerView *self)
{
  if (!get_private (self)->quiet)
    g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
pc_answer_view_is_focused (GtkWidget *part)
{
  GtkRoot *root = gtk_widget_get_root (part);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL &&
         (focus == part || gtk_widget_is_ancestor (focus, part));
}
