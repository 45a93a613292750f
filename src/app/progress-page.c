/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers are those of quiz/progress.h; here they become plots and sentences.
 * A share of a few answers is told as such, never as a percentage. */

#include "app/progress-page.h"

#include "app/progress-page-private.h"

#include "app/clamp-layout.h"
#include "app/flow-layout.h"
#include "app/learner-menu.h"
#include "app/mode-row.h"
#include "app/plot.h"
#include "app/share-row.h"
#include "app/tab-stop.h"

#include "quiz/day.h"

#include <glib/gi18n-lib.h>

#define FORECAST_DAYS 14
#define HISTORY_DAYS (26 * 7)
#define MAX_SLIPS 5

struct _PcProgressPage
{
  GtkWidget parent_instance;

  GtkStack      *stack;
  PcLearnerMenu *learner;
  PcLearnerMenu *empty_learner;
  GtkLabel      *total;
  PcPlot        *forecast;
  GtkLabel      *forecast_text;
  GtkLabel      *exam_label;
  GtkMenuButton *exam_button;
  GtkCalendar   *calendar;
  GtkWidget     *exam_remove;
  GtkListBox    *objectives;
  GtkListBox    *certainties;
  GtkLabel      *certainties_none;
  PcPlot        *heat;
  GtkLabel      *heat_text;
  PcPlot        *boxes;
  GtkWidget     *slips_part;
  GtkListBox    *slips;

  PcLearning         *learning;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (PcProgressPage, pc_progress_page, GTK_TYPE_WIDGET)

PcLearning *
pc_progress_page_get_learning (PcProgressPage *self)
{
  return self->learning;
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* @format: of g_date_time_format().  Transfer full. */
static char *
format_day (gint        day,
            const char *format)
{
  g_autoptr (GDateTime) time = NULL;
  GDate date;

  pc_day_to_date (day, &date);
  time = g_date_time_new_local (g_date_get_year (&date),
                                (int) g_date_get_month (&date),
                                g_date_get_day (&date), 12, 0, 0);
  return time != NULL ? g_date_time_format (time, format) : g_strdup ("");
}

/* -- what comes due ------------------------------------------------------- */

static void
show_forecast (PcProgressPage *self)
{
  gint today = pc_learning_get_today (self->learning);
  g_autoptr (GArray) days = pc_progress_forecast (
      pc_learning_get_memory (self->learning), today, FORECAST_DAYS);
  GArray *cells = pc_plot_cells_new ();
  g_autofree char *summary = NULL;
  g_autofree char *text = NULL;
  guint sum = 0;

  for (guint i = 0; i < days->len; i++) {
    guint n = g_array_index (days, guint, i);
    /* Translators: a date, as in "Tuesday, 24 November"; see strftime.
     * xgettext:no-c-format */
    g_autofree char *date = format_day (today + (gint) i, _ ("%A, %-d %B"));
    g_autofree char *due = g_strdup_printf (
        ngettext ("%u question due", "%u questions due", n), n);

    sum += n;
    pc_plot_cells_add (
        cells, n,
        /* Translators: a short date below a bar, as in "24"; see strftime.
         * xgettext:no-c-format */
        i == 0 ? g_strdup (_ ("Today"))
               : format_day (today + (gint) i, _ ("%-d")),
        /* Translators: a date, and how many questions are due. */
        g_strdup_printf (_ ("%s: %s"), date, due));
  }
  summary = g_strdup_printf (
      ngettext ("%u question comes due within two weeks.",
                "%u questions come due within two weeks.", sum),
      sum);
  pc_plot_set_cells (self->forecast, cells, _ ("What comes due"), summary);
  text = pc_plot_dup_text (self->forecast);
  gtk_label_set_label (self->forecast_text,
                       *text != '\0' ? text : _ ("Nothing"));
}

static void
show_boxes (PcProgressPage *self)
{
  static const char *const names[PC_PROGRESS_BOXES][2] = {
    { N_ ("<1 d"), N_ ("Hardly: gone within a day") },
    { N_ ("<1 w"), N_ ("A little: for some days") },
    { N_ ("<3 w"), N_ ("Fairly: for one to three weeks") },
    { N_ ("<3 m"), N_ ("Well: for some months") },
    { N_ ("longer"), N_ ("Firmly: for longer than three months") },
  };
  guint counts[PC_PROGRESS_BOXES];
  GArray *cells = pc_plot_cells_new ();
  g_autofree char *summary = NULL;
  guint sum = 0;

  pc_progress_count_boxes (pc_learning_get_memory (self->learning), counts);
  for (guint i = 0; i < PC_PROGRESS_BOXES; i++) {
    sum += counts[i];
    pc_plot_cells_add (cells, counts[i], g_strdup (_ (names[i][0])),
                       /* Translators: how firmly, and how many facts. */
                       g_strdup_printf (_ ("%s: %u"), _ (names[i][1]),
                                        counts[i]));
  }
  summary = g_strdup_printf (
      ngettext ("%u thing asked so far, by how long it will last.",
                "%u things asked so far, by how long they will last.", sum),
      sum);
  pc_plot_set_cells (self->boxes, cells, _ ("How firmly you know it"),
                     summary);
}

static void
show_exam (PcProgressPage *self)
{
  gint day = pc_learning_get_exam_day (self->learning);
  gint today = pc_learning_get_today (self->learning);
  g_autofree char *date = NULL;
  g_autofree char *text = NULL;
  guint n = (guint) MAX (day - today, 0);

  gtk_widget_set_visible (self->exam_remove, day != PC_DAY_NONE);
  gtk_menu_button_set_label (self->exam_button, day != PC_DAY_NONE
                                                    ? _ ("_Change…")
                                                    : _ ("_Set a Date…"));
  if (day == PC_DAY_NONE) {
    gtk_label_set_label (
        self->exam_label,
        _ ("Is there an exam? With its date, everything comes due in time."));
    return;
  }
  /* Translators: a date with its year; see strftime.
   * xgettext:no-c-format */
  date = format_day (day, _ ("%A, %-d %B %Y"));
  if (day < today)
    text = g_strdup_printf (_ ("Your exam was on %s."), date);
  else
    text = g_strdup_printf (
        ngettext ("Your exam is in %u day: %s.", "Your exam is in %u days: %s.",
                  n),
        n, date);
  gtk_label_set_label (self->exam_label, text);
}

/* -- what is known -------------------------------------------------------- */

static char *
dup_objective_title (PcProgressPage *self,
                     const char     *id)
{
  PcCatalogue *catalogue = pc_learning_get_catalogue (self->learning);

  for (guint i = 0; i < pc_catalogue_get_n_banks (catalogue); i++) {
    const PcBankObjective *objective = pc_bank_lookup_objective (
        pc_catalogue_get_bank (catalogue, i), id);

    if (objective != NULL)
      return pc_bank_objective_dup_name (objective);
  }
  return g_strdup (id);
}

static void
show_objectives (PcProgressPage *self)
{
  g_autoptr (GArray) objectives = pc_progress_get_objectives (
      pc_learning_get_progress (self->learning));

  clear_list (self->objectives);
  for (guint i = 0; i < objectives->len; i++) {
    const PcProgressObjective *objective =
        &g_array_index (objectives, PcProgressObjective, i);
    g_autofree char *title =
        dup_objective_title (self, objective->objective);

    gtk_list_box_append (self->objectives,
                         pc_share_row_new (title, objective->n_correct,
                                           objective->n, objective->percent));
  }
}

static void
show_certainties (PcProgressPage *self)
{
  static const struct
  {
    PcCertainty certainty;
    const char *title;
  } rows[] = {
    { PC_CERTAINTY_SURE, N_ ("When you were certain") },
    { PC_CERTAINTY_FAIRLY, N_ ("When you were fairly sure") },
    { PC_CERTAINTY_GUESS, N_ ("When you guessed") },
  };
  guint sum = 0;

  clear_list (self->certainties);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcProgressCertainty known = pc_progress_get_certainty (
        pc_learning_get_progress (self->learning), rows[i].certainty);

    sum += known.n;
    if (known.n > 0)
      gtk_list_box_append (self->certainties,
                           pc_share_row_new (_ (rows[i].title),
                                             known.n_correct, known.n,
                                             known.percent));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->certainties), sum > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->certainties_none), sum == 0);
}

static const char *
get_item_title (PcProgressPage *self,
                const char     *bank,
                const char     *item)
{
  const PcPick *pick = pc_catalogue_lookup (
      pc_learning_get_catalogue (self->learning), bank, item);
  const char *language = g_get_language_names ()[0];
  const char *title;

  if (pick == NULL)
    return NULL;
  title = pc_item_get_title (pick->item, language);
  return title != NULL ? title : pc_item_get_stem (pick->item, language);
}

static void
show_slips (PcProgressPage *self)
{
  g_autoptr (GArray) slips =
      pc_progress_get_slips (pc_learning_get_progress (self->learning));
  guint n = 0;

  clear_list (self->slips);
  for (guint i = 0; i < slips->len && n < MAX_SLIPS; i++) {
    const PcProgressSlip *slip = &g_array_index (slips, PcProgressSlip, i);
    const char *title = get_item_title (self, slip->bank, slip->item);
    GtkWidget *row;

    if (title == NULL || slip->mended)
      continue;
    row = pc_mode_row_new (title, NULL, NULL, "");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)",
                                      slip->bank, slip->item);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.ask");
    gtk_list_box_append (self->slips, row);
    n++;
  }
  gtk_widget_set_visible (self->slips_part, n > 0);
}

/* -- when one practised --------------------------------------------------- */

static void
add_day (GArray              *cells,
         const PcProgressDay *day)
{
  /* Translators: a date with its year; see strftime.
   * xgettext:no-c-format */
  g_autofree char *date = format_day (day->day, _ ("%A, %-d %B %Y"));
  g_autofree char *answers = g_strdup_printf (
      ngettext ("%u answer", "%u answers", day->n), day->n);
  GDate when;

  pc_day_to_date (day->day, &when);
  pc_plot_cells_add (
      cells, day->n,
      /* Translators: a month above a calendar, as in "Nov"; see strftime.
       * xgettext:no-c-format */
      g_date_get_day (&when) == 1 ? format_day (day->day, _ ("%b")) : NULL,
      /* Translators: a date, and a number of answers. */
      g_strdup_printf (_ ("%s: %s"), date, answers));
}

static void
show_history (PcProgressPage *self)
{
  PcProgress *progress = pc_learning_get_progress (self->learning);
  gint today = pc_learning_get_today (self->learning);
  g_autoptr (GArray) days =
      pc_progress_get_days (progress, today - HISTORY_DAYS + 1, today);
  GArray *cells = pc_plot_cells_new ();
  guint n = pc_progress_get_n_answers (progress);
  guint streak = pc_progress_get_streak (progress, today);
  g_autofree char *summary = NULL;
  g_autofree char *total = NULL;
  g_autofree char *text = NULL;
  GDate first;

  for (guint i = 0; i < days->len; i++)
    add_day (cells, &g_array_index (days, PcProgressDay, i));
  summary = g_strdup_printf (
      ngettext ("You have practised %u day in a row.",
                "You have practised %u days in a row.", streak),
      streak);
  total = g_strdup_printf (ngettext ("%u answer so far", "%u answers so far",
                                     n),
                           n);
  pc_day_to_date (today - HISTORY_DAYS + 1, &first);
  pc_plot_heat_set_first (self->heat, g_date_get_weekday (&first) - 1u);
  pc_plot_set_cells (self->heat, cells, _ ("When you practised"), summary);
  gtk_label_set_label (self->total, total);
  text = pc_plot_dup_text (self->heat);
  gtk_label_set_label (self->heat_text,
                       *text != '\0' ? text : _ ("Nothing"));
}

void
pc_progress_page_update (PcProgressPage *self)
{
  guint n;

  g_return_if_fail (PC_IS_PROGRESS_PAGE (self));

  n = pc_progress_get_n_answers (pc_learning_get_progress (self->learning));
  gtk_stack_set_visible_child_name (
      self->stack, n > 0                                    ? "numbers"
                   : pc_learning_is_loaded (self->learning) ? "empty"
                                                            : "loading");
  if (n == 0)
    return;
  show_forecast (self);
  show_boxes (self);
  show_exam (self);
  show_objectives (self);
  show_certainties (self);
  show_slips (self);
  show_history (self);
}

/* -- the day of the exam -------------------------------------------------- */

static void
day_selected_cb (PcProgressPage *self)
{
  g_autoptr (GDateTime) time = gtk_calendar_get_date (self->calendar);
  GDate date;

  gtk_menu_button_popdown (self->exam_button);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (time),
                  (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  pc_learning_set_exam_day (self->learning, pc_day_from_date (&date));
  show_exam (self);
}

static void
exam_date_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  PcProgressPage *self = data;
  GDate date;

  g_date_clear (&date, 1);
  if (*g_variant_get_string (parameter, NULL) != '\0')
    g_date_set_parse (&date, g_variant_get_string (parameter, NULL));
  pc_learning_set_exam_day (self->learning, g_date_valid (&date)
                                                ? pc_day_from_date (&date)
                                                : PC_DAY_NONE);
  show_exam (self);
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (
      gtk_stack_get_visible_child (PC_PROGRESS_PAGE (widget)->stack),
      GTK_DIR_TAB_FORWARD);
}

static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pc_progress_page_parent_class)->map (widget);
  pc_progress_page_update (PC_PROGRESS_PAGE (widget));
}

static void
dispose (GObject *object)
{
  PcProgressPage *self = PC_PROGRESS_PAGE (object);
  GtkWidget *stack = GTK_WIDGET (self->stack);

  g_clear_pointer (&stack, gtk_widget_unparent);
  self->stack = NULL;
  g_clear_object (&self->learning);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (pc_progress_page_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcProgressPage, name)

static void
pc_progress_page_class_init (PcProgressPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_CLAMP_LAYOUT);
  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_LEARNER_MENU);
  g_type_ensure (PC_TYPE_PLOT_BARS);
  g_type_ensure (PC_TYPE_PLOT_HEAT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  widget_class->map = map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/progress-page.ui");
  BIND (stack);
  BIND (learner);
  BIND (empty_learner);
  BIND (total);
  BIND (forecast);
  BIND (forecast_text);
  BIND (exam_label);
  BIND (exam_button);
  BIND (calendar);
  BIND (exam_remove);
  BIND (objectives);
  BIND (certainties);
  BIND (certainties_none);
  BIND (heat);
  BIND (heat_text);
  BIND (boxes);
  BIND (slips_part);
  BIND (slips);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
}

#undef BIND

static void
pc_progress_page_init (PcProgressPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_progress_page_new (PcLearning *learning)
{
  static const GActionEntry entries[] = {
    { .name = "progress-exam-date",
      .parameter_type = "s",
      .activate = exam_date_cb },
  };
  PcProgressPage *self;

  g_return_val_if_fail (PC_IS_LEARNING (learning), NULL);

  self = g_object_new (PC_TYPE_PROGRESS_PAGE, NULL);
  self->learning = g_object_ref (learning);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  pc_progress_page_init_files (self, G_ACTION_MAP (self->actions));
  pc_learner_menu_set_learning (self->learner, learning);
  pc_learner_menu_set_learning (self->empty_learner, learning);
  g_signal_connect_object (learning, "loaded",
                           G_CALLBACK (pc_progress_page_update), self,
                           G_CONNECT_SWAPPED);
  pc_progress_page_update (self);
  return GTK_WIDGET (self);
}

void
pc_progress_page_add_actions (PcProgressPage *self,
                              GActionMap     *map)
{
  g_auto (GStrv) names = NULL;

  g_return_if_fail (PC_IS_PROGRESS_PAGE (self));

  names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));
  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_add_action (
        map, g_action_map_lookup_action (G_ACTION_MAP (self->actions),
                                         names[i]));
}
