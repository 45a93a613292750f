/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form.  Which questions is the choice of quiz/choose.h; here only those
 * are kept that have the objective asked for. */

#include "app/exam-setup.h"

#include "app/clamp-layout.h"
#include "app/flow-layout.h"
#include "app/tab-stop.h"

#include <glib/gi18n-lib.h>

struct _PcExamSetup
{
  GtkWidget parent_instance;

  GtkWidget     *scrolled;
  GtkSpinButton *n_items;
  GtkSpinButton *minutes;
  GtkSpinButton *pass;
  GtkDropDown   *extra;
  GtkDropDown   *objective;
  GtkLabel      *title;
  GtkWidget     *level_row;
  GtkDropDown   *level;
  GtkWidget     *seed_row;
  GtkEditable   *seed;
  GtkWidget     *countable;
  GtkWidget     *certainty;
  GtkWidget     *banks;
  GtkLabel      *available;
  GtkWidget     *begin;
  GtkWidget     *save;

  PcLearning *learning;
  GPtrArray  *objectives; /* ids, borrowed; NULL for all of them */
  gboolean    for_vote;
};

G_DEFINE_FINAL_TYPE (PcExamSetup, pc_exam_setup, GTK_TYPE_WIDGET)

static const guint extras[] = { 0, 25, 50, 100 };

static guint64
make_seed (void)
{
  return ((guint64) g_random_int () << 32) | g_random_int ();
}

/* The one that was typed, or any.  FALSE when it is none. */
static gboolean
get_seed (PcExamSetup *self,
          guint64     *seed)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (self->seed));

  /* Short enough to be told to somebody and typed. */
  *seed = (guint64) g_random_int_range (1, 1000000);
  return *g_strstrip (text) == '\0' ||
         g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, seed, NULL);
}

/* -- choosing ------------------------------------------------------------- */

static PcCatalogue *
make_catalogue (PcExamSetup *self)
{
  PcCatalogue *all = pc_learning_get_catalogue (self->learning);
  PcCatalogue *some = pc_catalogue_new ();
  GtkWidget *check = gtk_widget_get_first_child (self->banks);

  for (guint i = 0; check != NULL && i < pc_catalogue_get_n_banks (all); i++) {
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      pc_catalogue_add_bank (some, pc_catalogue_get_bank (all, i));
    check = gtk_widget_get_next_sibling (check);
  }
  return some;
}

static gboolean
fits (PcExamSetup  *self,
      const PcPick *pick,
      const char   *objective)
{
  const char *const *ids = pc_item_get_objectives (pick->item);
  guint level = gtk_drop_down_get_selected (self->level);

  if (level > 0 && level != GTK_INVALID_LIST_POSITION &&
      pc_item_get_level (pick->item) != (PcItemLevel) level)
    return FALSE;
  if (self->for_vote &&
      gtk_check_button_get_active (GTK_CHECK_BUTTON (self->countable)) &&
      !pc_vote_can_count (pick->item))
    return FALSE;
  if (objective == NULL)
    return TRUE;
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    if (g_str_equal (ids[i], objective))
      return TRUE;
  return FALSE;
}

static const char *
get_objective (PcExamSetup *self)
{
  guint index = gtk_drop_down_get_selected (self->objective);

  return self->objectives != NULL && index < self->objectives->len
             ? self->objectives->pdata[index]
             : NULL;
}

/* At most @n, in the order to ask them. */
static GArray *
choose (PcExamSetup *self,
        PcCatalogue *catalogue,
        guint        n,
        guint64      seed)
{
  const char *objective = get_objective (self);
  gboolean some = objective != NULL || self->for_vote;
  GArray *picks = pc_choose_exam (
      catalogue, some ? pc_catalogue_get_n (catalogue) : n, seed);

  for (guint i = picks->len; some && i > 0; i--)
    if (!fits (self, &g_array_index (picks, PcPick, i - 1), objective))
      g_array_remove_index (picks, i - 1);
  if (picks->len > n)
    g_array_set_size (picks, n);
  return picks;
}

static void
changed_cb (PcExamSetup *self)
{
  g_autoptr (PcCatalogue) catalogue = NULL;
  g_autofree char *text = NULL;
  guint64 seed;
  guint n = 0;

  if (self->learning == NULL)
    return;
  catalogue = make_catalogue (self);
  for (guint i = 0; i < pc_catalogue_get_n (catalogue); i++)
    n += fits (self, pc_catalogue_get (catalogue, i), get_objective (self));
  if (!get_seed (self, &seed))
    text = g_strdup (_ ("The seed is a number without a sign."));
  else
    text = n > 0 ? g_strdup_printf (
                     ngettext ("%u question fits.", "%u questions fit.", n), n)
               : g_strdup (_ ("No question fits. Choose another bank or "
                              "objective."));
  gtk_label_set_label (self->available, text);
  gtk_widget_set_sensitive (self->begin, n > 0 && get_seed (self, &seed));
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (
      GTK_WIDGET (PC_EXAM_SETUP (widget)->n_items));
}

static void
dispose (GObject *object)
{
  PcExamSetup *self = PC_EXAM_SETUP (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_pointer (&self->objectives, g_ptr_array_unref);
  g_clear_object (&self->learning);
  G_OBJECT_CLASS (pc_exam_setup_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcExamSetup, name)

static void
pc_exam_setup_class_init (PcExamSetupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_CLAMP_LAYOUT);
  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/exam-setup.ui");
  BIND (scrolled);
  BIND (n_items);
  BIND (minutes);
  BIND (pass);
  BIND (extra);
  BIND (objective);
  BIND (title);
  BIND (level_row);
  BIND (level);
  BIND (seed_row);
  BIND (seed);
  BIND (countable);
  BIND (certainty);
  BIND (banks);
  BIND (available);
  BIND (begin);
  BIND (save);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

#undef BIND

static void
pc_exam_setup_init (PcExamSetup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The first one is NULL: all. */
static gboolean
equal_ids (gconstpointer a,
           gconstpointer b)
{
  return g_strcmp0 (a, b) == 0;
}

static void
add_objectives (PcExamSetup   *self,
                PcBank        *bank,
                GtkStringList *names)
{
  for (guint i = 0; i < pc_bank_get_n_objectives (bank); i++) {
    const PcBankObjective *objective = pc_bank_get_objective (bank, i);
    g_autofree char *name = pc_bank_objective_dup_name (objective);

    if (g_ptr_array_find_with_equal_func (self->objectives, objective->id,
                                          equal_ids, NULL))
      continue;
    g_ptr_array_add (self->objectives, (gpointer) objective->id);
    gtk_string_list_append (names, name);
  }
}

/* The button in it is what has the focus. */
static void
name_list (GtkDropDown *list,
           const char  *name)
{
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (list))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* With a label that wraps: titles of banks are long. */
static GtkWidget *
new_check (const char *title)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", title, "wrap",
                                   TRUE, "xalign", 0.0, NULL);

  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return check;
}

void
pc_exam_setup_set_learning (PcExamSetup *self,
                            PcLearning  *learning)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  PcCatalogue *catalogue;
  GtkWidget *old;

  g_return_if_fail (PC_IS_EXAM_SETUP (self));
  g_return_if_fail (PC_IS_LEARNING (learning));

  g_set_object (&self->learning, learning);
  while ((old = gtk_widget_get_first_child (self->banks)) != NULL)
    gtk_box_remove (GTK_BOX (self->banks), old);
  /* The ids are the banks'; the list must not ask for them meanwhile. */
  g_clear_pointer (&self->objectives, g_ptr_array_unref);
  self->objectives = g_ptr_array_new ();
  g_ptr_array_add (self->objectives, NULL);
  gtk_string_list_append (names, _ ("All objectives"));
  catalogue = pc_learning_get_catalogue (learning);
  for (guint i = 0; i < pc_catalogue_get_n_banks (catalogue); i++) {
    PcBank *bank = pc_catalogue_get_bank (catalogue, i);
    GtkWidget *check = new_check (pc_bank_get_title (bank));

    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
    g_signal_connect_object (check, "toggled", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->banks), check);
    add_objectives (self, bank, names);
  }
  gtk_drop_down_set_model (self->objective, G_LIST_MODEL (names));
  name_list (self->extra, _ ("Extra time"));
  name_list (self->level, _ ("Level"));
  name_list (self->objective, _ ("Objective"));
  changed_cb (self);
}

PcExam *
pc_exam_setup_make (PcExamSetup *self)
{
  g_autoptr (PcCatalogue) catalogue = NULL;
  g_autoptr (GArray) picks = NULL;
  guint extra;
  PcExamOptions options = { 0 };

  g_return_val_if_fail (PC_IS_EXAM_SETUP (self), NULL);
  g_return_val_if_fail (self->learning != NULL, NULL);

  extra = gtk_drop_down_get_selected (self->extra);
  options.seed = make_seed ();
  options.minutes = (guint) gtk_spin_button_get_value_as_int (self->minutes);
  options.pass = (guint) gtk_spin_button_get_value_as_int (self->pass);
  options.extra = extras[MIN (extra, G_N_ELEMENTS (extras) - 1)];
  options.certainty =
      gtk_check_button_get_active (GTK_CHECK_BUTTON (self->certainty));
  catalogue = make_catalogue (self);
  picks = choose (self, catalogue,
                  (guint) gtk_spin_button_get_value_as_int (self->n_items),
                  options.seed);
  if (picks->len == 0)
    return NULL;
  return pc_exam_new ((const PcPick *) (gpointer) picks->data, picks->len,
                      &options, g_get_monotonic_time ());
}

/* -- a vote --------------------------------------------------------------- */

static void
hide_row (GtkWidget *widget)
{
  gtk_widget_set_visible (gtk_widget_get_parent (widget), FALSE);
}

void
pc_exam_setup_set_for_vote (PcExamSetup *self)
{
  g_return_if_fail (PC_IS_EXAM_SETUP (self));

  self->for_vote = TRUE;
  hide_row (GTK_WIDGET (self->minutes));
  hide_row (GTK_WIDGET (self->extra));
  hide_row (GTK_WIDGET (self->pass));
  gtk_widget_set_visible (self->certainty, FALSE);
  gtk_widget_set_visible (self->level_row, TRUE);
  gtk_widget_set_visible (self->seed_row, TRUE);
  gtk_widget_set_visible (self->countable, TRUE);
  gtk_widget_set_visible (self->save, TRUE);
  gtk_label_set_label (self->title, _ ("A class vote"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scrolled),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("A class vote"), -1);
  gtk_spin_button_set_value (self->n_items, 5);
  gtk_spin_button_set_increments (self->n_items, 1, 5);
  gtk_button_set_label (GTK_BUTTON (self->begin),
                        _ ("_Begin on the Projector"));
  gtk_label_set_wrap (
      GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->begin))), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->begin),
                                  "win.vote-begin");
  changed_cb (self);
}

PcVote *
pc_exam_setup_make_vote (PcExamSetup *self)
{
  g_autoptr (PcCatalogue) catalogue = NULL;
  g_autoptr (GArray) picks = NULL;
  guint64 seed;

  g_return_val_if_fail (PC_IS_EXAM_SETUP (self), NULL);
  g_return_val_if_fail (self->learning != NULL, NULL);

  if (!get_seed (self, &seed))
    return NULL;
  catalogue = make_catalogue (self);
  picks = choose (self, catalogue,
                  (guint) gtk_spin_button_get_value_as_int (self->n_items),
                  seed);
  if (picks->len == 0)
    return NULL;
  return pc_vote_new ((const PcPick *) (gpointer) picks->data, picks->len,
                      seed, g_get_real_time ());
}

PcExam *
pc_exam_make_mock (PcLearning *learning,
                   const char *id)
{
  const PcMockExam *mock = NULL;
  g_autoptr (GArray) picks = NULL;
  PcExamOptions options = { 0 };

  g_return_val_if_fail (PC_IS_LEARNING (learning), NULL);

  for (guint i = 0; i < PC_N_MOCK_EXAMS; i++)
    if (g_str_equal (pc_choose_get_mock_exam (i)->id, id))
      mock = pc_choose_get_mock_exam (i);
  if (mock == NULL)
    return NULL;
  picks = pc_choose_exam (pc_learning_get_catalogue (learning), mock->n_items,
                          mock->seed);
  if (picks->len == 0)
    return NULL;
  options.title = _ (mock->title);
  options.sheet = mock->id;
  options.seed = mock->seed;
  options.minutes = mock->minutes;
  options.pass = mock->pass;
  return pc_exam_new ((const PcPick *) (gpointer) picks->data, picks->len,
                      &options, g_get_monotonic_time ());
}

PcExam *
pc_exam_make_placement (PcLearning *learning)
{
  PcExamOptions options = { 0 };
  g_autoptr (GArray) picks = NULL;

  g_return_val_if_fail (PC_IS_LEARNING (learning), NULL);

  options.title = _ ("Placement test");
  options.seed = make_seed ();
  /* A right guess is not knowing. */
  options.certainty = TRUE;
  picks = pc_choose_placement (pc_learning_get_catalogue (learning),
                               options.seed);
  if (picks->len == 0)
    return NULL;
  return pc_exam_new ((const PcPick *) (gpointer) picks->data, picks->len,
                      &options, g_get_monotonic_time ());
}
