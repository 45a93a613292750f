/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opens a comparison on the page of exchanges: runs both scenarios, one after
 * the other, and gives what came of them to the view.  A choice that is made
 * meanwhile cancels the runs. */

#include "app/exchanges-compare.h"

#include "app/compare-list.h"
#include "app/compare-picker.h"
#include "app/exchanges-page-private.h"

#include "run/run.h"

#include <glib/gi18n-lib.h>

/* Both runs. */
typedef struct
{
  PcExchangesPage *page;
  PcComparison    *comparison;
  PcTimeline      *left; /* once it is there */
  GCancellable    *cancellable;
} Runs;

static void
runs_free (Runs *self)
{
  g_clear_object (&self->left);
  g_clear_object (&self->cancellable);
  pc_comparison_unref (self->comparison);
  g_object_unref (self->page);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Runs, runs_free)

/* -- showing -------------------------------------------------------------- */

/* Another half, or another step of one: the players of the halves follow the
 * page's, so that it has been told too early. */
static void
step_changed_cb (PcExchangesPage *page)
{
  if (page->comparison != NULL)
    pc_exchanges_page_show_current (page);
}

static void
ensure_view (PcExchangesPage *page)
{
  GtkWidget *view;

  if (page->compare != NULL)
    return;
  view = pc_compare_view_new (page->player);
  page->compare = PC_COMPARE_VIEW (view);
  gtk_stack_add_named (page->stage, view, "compare");
  g_object_bind_property (page->inspector, "reveal", view, "show-secrets",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (view, "notify::half", G_CALLBACK (step_changed_cb),
                           page, G_CONNECT_SWAPPED);
  for (guint half = 0; half < PC_N_HALVES; half++)
    g_signal_connect_object (
        pc_duet_get_player (pc_compare_view_get_duet (page->compare), half),
        "notify::current", G_CALLBACK (step_changed_cb), page,
        G_CONNECT_SWAPPED);
}

static void
show (Runs       *runs,
      PcTimeline *right)
{
  PcExchangesPage *page = runs->page;

  ensure_view (page);
  pc_compare_view_show (page->compare, runs->comparison, runs->left, right);
  pc_exchanges_page_show_current (page);
  pc_exchanges_page_update_actions (page);
  gtk_stack_set_visible_child_name (page->stage, "compare");
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    gtk_widget_grab_focus (GTK_WIDGET (page->compare));
}

gboolean
pc_exchanges_compare_show_current (PcExchangesPage *page)
{
  PcTimeline *timeline = NULL;
  PcStep *step = NULL;

  if (page->comparison == NULL)
    return FALSE;
  if (page->compare != NULL)
    step = pc_compare_view_get_step (page->compare, &timeline);
  pc_inspector_set_step (page->inspector, step != NULL ? timeline : NULL,
                         step);
  return TRUE;
}

/* -- running -------------------------------------------------------------- */

static void
start (Runs               *runs,
       PcHalf              half,
       GAsyncReadyCallback callback)
{
  pc_run_scenario_async (
      pc_comparison_get_scenario (runs->comparison, half), PC_LINK_SOCKETS,
      runs->cancellable, callback, runs);
}

/* NULL when all is over: cancelled, or told. */
static PcTimeline *
finish (Runs         *runs,
        GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  PcTimeline *timeline = pc_run_scenario_finish (result, &error);

  if (runs->page->player == NULL ||
      runs->page->cancellable != runs->cancellable)
    g_clear_object (&timeline);
  else if (timeline == NULL)
    pc_exchanges_page_show_failure (runs->page, error->message);
  return timeline;
}

static void
right_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Runs) runs = data;
  g_autoptr (PcTimeline) timeline = finish (runs, result);

  if (timeline == NULL)
    return;
  pc_exchanges_page_end_run (runs->page);
  show (runs, timeline);
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Runs) runs = data;

  runs->left = finish (runs, result);
  if (runs->left == NULL)
    return;
  start (runs, PC_HALF_RIGHT, right_cb);
  g_steal_pointer (&runs);
}

gboolean
pc_exchanges_compare_run (PcExchangesPage *page)
{
  Runs *runs;

  if (page->comparison == NULL)
    return FALSE;
  runs = g_new0 (Runs, 1);
  runs->page = g_object_ref (page);
  runs->comparison = pc_comparison_ref (page->comparison);
  runs->cancellable = g_object_ref (pc_exchanges_page_begin_run (page));
  start (runs, PC_HALF_LEFT, left_cb);
  return TRUE;
}

/* -- opening and leaving -------------------------------------------------- */

static void
open_comparison (PcExchangesPage *page,
                 PcComparison    *comparison)
{
  pc_comparison_ref (comparison);
  g_clear_pointer (&page->comparison, pc_comparison_unref);
  page->comparison = comparison;
  pc_exchanges_page_update_predict (page);
  g_clear_pointer (&page->scenario, pc_scenario_unref);
  pc_exchanges_page_reset_security (page);
  g_clear_pointer (&page->mark, g_free);
  /* The other diagram would drive the same player. */
  if (page->diagram != NULL)
    pc_diagram_set_player (page->diagram, NULL);
  g_clear_object (&page->timeline);
  pc_player_set_timeline (page->player, NULL);
  g_simple_action_set_enabled (
      pc_exchanges_page_get_action (page, "eavesdrop"), FALSE);
  gtk_list_box_unselect_all (page->list);
  pc_compare_list_select (page->compare_list,
                          pc_comparison_get_id (comparison));
  g_simple_action_set_enabled (
      pc_exchanges_page_get_action (page, "other-half"), TRUE);
  pc_exchanges_page_run (page);
}

void
pc_exchanges_compare_leave (PcExchangesPage *page)
{
  if (page->comparison == NULL)
    return;
  g_clear_pointer (&page->comparison, pc_comparison_unref);
  if (page->compare != NULL)
    pc_compare_view_clear (page->compare);
  pc_exchanges_page_update_predict (page);
  if (page->diagram != NULL)
    pc_diagram_set_player (page->diagram, page->player);
  pc_compare_list_select (page->compare_list, NULL);
  g_simple_action_set_enabled (
      pc_exchanges_page_get_action (page, "other-half"), FALSE);
}

gboolean
pc_exchanges_page_compare (PcExchangesPage *page,
                           const char      *left,
                           const char      *right)
{
  PcLibrary *library;
  PcScenario *x, *y;
  g_autoptr (PcComparison) comparison = NULL;

  g_return_val_if_fail (PC_IS_EXCHANGES_PAGE (page), FALSE);
  g_return_val_if_fail (left != NULL && right != NULL, FALSE);

  if (page->content == NULL)
    return FALSE;
  library = pc_content_get_library (page->content);
  x = pc_library_find (library, left);
  y = pc_library_find (library, right);
  if (x == NULL || y == NULL)
    return FALSE;
  comparison = pc_comparison_new (x, y);
  open_comparison (page, comparison);
  return TRUE;
}

PcCompareView *
pc_exchanges_page_get_compare_view (PcExchangesPage *page)
{
  g_return_val_if_fail (PC_IS_EXCHANGES_PAGE (page), NULL);

  return page->comparison != NULL ? page->compare : NULL;
}

void
pc_exchanges_compare_fill (PcExchangesPage *page)
{
  pc_compare_list_fill (page->compare_list,
                        pc_content_get_comparisons (page->content));
}

/* -- commands ------------------------------------------------------------- */

static void
compare_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  PcExchangesPage *page = data;
  PcComparison *comparison = NULL;

  if (page->content != NULL)
    comparison = pc_comparisons_find (
        pc_content_get_comparisons (page->content),
        g_variant_get_string (parameter, NULL));
  if (comparison == NULL)
    return;
  pc_exchanges_page_come_forward (page);
  open_comparison (page, comparison);
  if (pc_fold_get_start_folded (page->fold))
    pc_fold_set_show_start (page->fold, FALSE);
}

static void
compare_two_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  const char *left, *right;

  g_variant_get (parameter, "(&s&s)", &left, &right);
  pc_exchanges_page_come_forward (data);
  pc_exchanges_page_compare (data, left, right);
}

static void
compare_with_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       data)
{
  PcExchangesPage *page = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  PcScenario *scenario = page->scenario;

  if (page->comparison != NULL && page->compare != NULL)
    scenario = pc_comparison_get_scenario (
        page->comparison,
        pc_duet_get_half (pc_compare_view_get_duet (page->compare)));
  if (page->content == NULL || scenario == NULL ||
      pc_exchanges_page_refuse_to_tell (page))
    return;
  gtk_window_present (GTK_WINDOW (pc_compare_picker_new (
      GTK_WINDOW (root), pc_content_get_library (page->content),
      scenario)));
}

static void
other_half_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  PcExchangesPage *page = data;
  PcDuet *duet;

  if (page->compare == NULL)
    return;
  duet = pc_compare_view_get_duet (page->compare);
  pc_duet_set_half (duet, pc_duet_get_half (duet) == PC_HALF_LEFT
                              ? PC_HALF_RIGHT
                              : PC_HALF_LEFT);
  gtk_widget_grab_focus (GTK_WIDGET (page->compare));
}

static const GActionEntry entries[] = {
  { .name = "compare", .parameter_type = "s", .activate = compare_cb },
  { .name = "compare-two",
    .parameter_type = "(ss)",
    .activate = compare_two_cb },
  { .name = "compare-with", .activate = compare_with_cb },
  { .name = "other-half", .activate = other_half_cb },
};

void
pc_exchanges_compare_init (PcExchangesPage *page)
{
  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries,
                                   G_N_ELEMENTS (entries), page);
  g_simple_action_set_enabled (
      pc_exchanges_page_get_action (page, "other-half"), FALSE);
}
