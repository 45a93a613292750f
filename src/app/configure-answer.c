/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The account form of a mail app, with a part for each server. */

#include "app/answer-kinds.h"

#include "app/clamp-layout.h"
#include "app/form-row.h"
#include "app/part-mark.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SPACING 10
#define PHONE_EMS 24

struct _PcConfigureAnswer
{
  PcAnswerView parent_instance;

  guint      n;
  PcFormRow *rows[PC_LIMIT_FORM];
};

G_DEFINE_FINAL_TYPE (PcConfigureAnswer, pc_configure_answer,
                     PC_TYPE_ANSWER_VIEW)

/* Where a field with this id belongs. */
static const char *
get_part (const char *id)
{
  if (g_str_has_prefix (id, "in-"))
    return _ ("Incoming mail");
  if (g_str_has_prefix (id, "out-"))
    return _ ("Outgoing mail");
  return _ ("Who you are");
}

static GtkWidget *
new_heading (const char *text,
             const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* The screen of the phone; what it is laid out in goes into @view. */
static GtkBox *
add_phone (PcAnswerView *view)
{
  GtkWidget *clamp = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *screen =
      g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                    "spacing", SPACING, "accessible-role",
                    GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkLayoutManager *layout =
      g_object_new (PC_TYPE_CLAMP_LAYOUT, "ems", PHONE_EMS, NULL);

  gtk_widget_set_layout_manager (clamp, layout);
  gtk_widget_add_css_class (screen, "phone");
  gtk_accessible_update_property (GTK_ACCESSIBLE (screen),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Mail account"), -1);
  gtk_box_append (GTK_BOX (screen),
                  new_heading (_ ("Mail account"), "phone-title"));
  gtk_box_append (GTK_BOX (clamp), screen);
  gtk_box_append (pc_answer_view_get_box (view), clamp);
  return GTK_BOX (screen);
}

static void
fill (PcAnswerView *view,
      PcSession    *session)
{
  PcConfigureAnswer *self = PC_CONFIGURE_ANSWER (view);
  PcItem *item = pc_answer_view_get_item (view);
  GtkBox *screen = add_phone (view);
  const char *part = NULL;

  self->n = pc_item_get_n_fields (item);
  for (guint i = 0; i < self->n; i++) {
    const char *belongs = get_part (pc_item_get_field_id (item, i));
    GtkWidget *row =
        pc_form_row_new (item, i, pc_answer_view_get_language (view));

    if (g_strcmp0 (part, belongs) != 0)
      gtk_box_append (screen, new_heading (belongs, "phone-part"));
    part = belongs;
    self->rows[i] = PC_FORM_ROW (row);
    g_signal_connect_object (row, "changed",
                             G_CALLBACK (pc_answer_view_changed), view,
                             G_CONNECT_SWAPPED);
    gtk_box_append (screen, row);
  }
}

static void
get_answer (PcAnswerView *view,
            PcAnswer     *answer)
{
  PcConfigureAnswer *self = PC_CONFIGURE_ANSWER (view);

  answer->kind = PC_ANSWER_FIELDS;
  for (guint i = 0; i < self->n; i++)
    pc_answer_set_field (answer, pc_answer_view_get_item (view), i,
                         pc_form_row_get_value (self->rows[i]));
}

static void
set_answer (PcAnswerView   *view,
            const PcAnswer *answer)
{
  PcConfigureAnswer *self = PC_CONFIGURE_ANSWER (view);

  for (guint i = 0; i < self->n; i++)
    pc_form_row_set_value (self->rows[i], pc_answer_get_field (answer, i));
}

/* What should be in @field, as people read it; NULL where any will do. */
static const char *
get_expected (PcAnswerView *view,
              guint         setting,
              guint         field)
{
  PcItem *item = pc_answer_view_get_item (view);
  const char *value = pc_item_get_setting (item, setting, field);

  if (value == NULL)
    return NULL;
  if (pc_item_get_field_kind (item, field) == PC_ITEM_FIELD_FLAG)
    return g_str_equal (value, "yes") ? _ ("On") : _ ("Off");
  return pc_item_get_field_value_text (item, field, value,
                                       pc_answer_view_get_language (view));
}

static void
reveal (PcAnswerView   *view,
        const PcAnswer *answer)
{
  PcConfigureAnswer *self = PC_CONFIGURE_ANSWER (view);
  PcItem *item = pc_answer_view_get_item (view);
  guint setting = pc_grade_find_setting (item, answer);

  for (guint i = 0; i < self->n; i++) {
    gboolean right = pc_grade_part (item, answer, i);
    g_autofree char *words =
        pc_part_mark_dup_words (right, get_expected (view, setting, i));

    pc_form_row_reveal (self->rows[i], right, words);
  }
}

/* To the first field that is empty. */
static gboolean
grab_focus (GtkWidget *widget)
{
  PcConfigureAnswer *self = PC_CONFIGURE_ANSWER (widget);
  guint first = 0;

  for (guint i = self->n; i-- > 0;) {
    const char *value = pc_form_row_get_value (self->rows[i]);

    if (value == NULL || strspn (value, " ") == strlen (value))
      first = i;
  }
  return gtk_widget_grab_focus (GTK_WIDGET (self->rows[first]));
}

static void
pc_configure_answer_class_init (PcConfigureAnswerClass *klass)
{
  PcAnswerViewClass *view_class = PC_ANSWER_VIEW_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->grab_focus = grab_focus;
  view_class->marks_parts = TRUE;
  view_class->fill = fill;
  view_class->get_answer = get_answer;
  view_class->set_answer = set_answer;
  view_class->reveal = reveal;
}

static void
pc_configure_answer_init (PcConfigureAnswer *self)
{
}
