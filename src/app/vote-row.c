/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is right is told by a word and a sign, and by colour besides. */

#include "app/vote-row.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

struct _PcVoteRow
{
  GtkListBoxRow parent_instance;

  GtkLabel       *letter;
  GtkLabel       *text;
  GtkWidget      *mark;
  GtkLabel       *feedback;
  GtkWidget      *tally;
  GtkLabel       *count;
  GtkWidget      *fewer;
  GtkWidget      *more;
  GtkWidget      *rounds[PC_VOTE_ROUNDS];
  GtkLabel       *names[PC_VOTE_ROUNDS];
  GtkProgressBar *bars[PC_VOTE_ROUNDS];
  GtkLabel       *numbers[PC_VOTE_ROUNDS];

  guint choice;
};

G_DEFINE_FINAL_TYPE (PcVoteRow, pc_vote_row, GTK_TYPE_LIST_BOX_ROW)

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcVoteRow, name)
#define BIND_AS(name, place)                                             \
  gtk_widget_class_bind_template_child_full (                            \
      widget_class, name, FALSE, G_STRUCT_OFFSET (PcVoteRow, place))

static void
pc_vote_row_class_init (PcVoteRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/vote-row.ui");
  BIND (letter);
  BIND (text);
  BIND (mark);
  BIND (feedback);
  BIND (tally);
  BIND (count);
  BIND (fewer);
  BIND (more);
  BIND_AS ("round_0", rounds[0]);
  BIND_AS ("round_1", rounds[1]);
  BIND_AS ("name_0", names[0]);
  BIND_AS ("name_1", names[1]);
  BIND_AS ("bar_0", bars[0]);
  BIND_AS ("bar_1", bars[1]);
  BIND_AS ("numbers_0", numbers[0]);
  BIND_AS ("numbers_1", numbers[1]);
}

#undef BIND
#undef BIND_AS

static void
pc_vote_row_init (PcVoteRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_vote_row_new (guint choice)
{
  PcVoteRow *self = g_object_new (PC_TYPE_VOTE_ROW, NULL);
  char letter[2] = { (char) ('A' + choice), '\0' };
  g_autofree char *more = NULL;
  g_autofree char *fewer = NULL;

  self->choice = choice;
  gtk_label_set_label (self->letter, letter);
  /* Translators: %s is the letter of an option. */
  more = g_strdup_printf (_ ("One hand more for %s"), letter);
  fewer = g_strdup_printf (_ ("One hand fewer for %s"), letter);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, more, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fewer),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, fewer, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->more), "u", choice);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->fewer), "u",
                                    choice);
  return GTK_WIDGET (self);
}

guint
pc_vote_row_get_choice (PcVoteRow *self)
{
  g_return_val_if_fail (PC_IS_VOTE_ROW (self), 0);

  return self->choice;
}

/* -- what it shows -------------------------------------------------------- */

static const char *
get_round_name (guint round,
                guint n_rounds)
{
  if (n_rounds < 2)
    return _ ("Hands");
  return round == 0 ? _ ("First vote") : _ ("Second vote");
}

static void
show_round (PcVoteRow *self,
            PcVote    *vote,
            guint      round,
            guint      n_rounds)
{
  guint percent = pc_vote_get_percent (vote, self->choice, round);
  const char *name = get_round_name (round, n_rounds);
  /* Translators: hands raised, and their share of all. */
  g_autofree char *numbers = g_strdup_printf (
      _ ("%u · %u %%"), pc_vote_get_hands (vote, self->choice, round),
      percent);

  gtk_label_set_label (self->names[round], name);
  gtk_widget_set_visible (GTK_WIDGET (self->names[round]), n_rounds > 1);
  gtk_label_set_label (self->numbers[round], numbers);
  gtk_progress_bar_set_fraction (self->bars[round], percent / 100.0);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->bars[round]), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
      GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, numbers, -1);
}

static void
show_rounds (PcVoteRow *self,
             PcVote    *vote)
{
  gboolean counting = pc_vote_is_counting (vote);
  guint n = pc_vote_get_n_rounds (vote);

  for (guint i = 0; i < PC_VOTE_ROUNDS; i++) {
    /* The vote before stays away while the next goes on: nobody should raise
     * the hand for the longest bar. */
    gboolean shown = !counting && i < n;

    gtk_widget_set_visible (self->rounds[i], shown);
    if (shown)
      show_round (self, vote, i, n);
  }
}

/* Of the one that is right, and of those that somebody chose. */
static const char *
find_feedback (PcVoteRow  *self,
               PcVote     *vote,
               const char *language)
{
  guint hands = 0;

  for (guint i = 0; i < PC_VOTE_ROUNDS; i++)
    hands += pc_vote_get_hands (vote, self->choice, i);
  if (hands == 0 && !pc_vote_is_right (vote, self->choice))
    return NULL;
  return pc_vote_get_feedback (vote, self->choice, language);
}

static void
show_verdict (PcVoteRow  *self,
              PcVote     *vote,
              const char *language)
{
  gboolean revealed = pc_vote_get_stage (vote) >= PC_VOTE_REVEALED;
  gboolean right = revealed && pc_vote_is_right (vote, self->choice);
  const char *feedback =
      revealed ? find_feedback (self, vote, language) : NULL;
  g_autofree char *markup =
      pc_markup_to_pango (feedback != NULL ? feedback : "");

  gtk_widget_set_visible (self->mark, right);
  gtk_label_set_markup (self->feedback, markup);
  gtk_widget_set_visible (GTK_WIDGET (self->feedback), feedback != NULL);
  if (right)
    gtk_widget_add_css_class (GTK_WIDGET (self), "right");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "right");
  if (revealed && !right)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");
}

/* "A: 143, 7 hands", "A: 143, right". */
static void
show_name (PcVoteRow  *self,
           PcVote     *vote,
           const char *plain)
{
  gboolean counting = pc_vote_is_counting (vote);
  guint n_rounds = pc_vote_get_n_rounds (vote);
  guint hands = pc_vote_get_hands (vote, self->choice,
                                   MAX (n_rounds, 1) - 1);
  g_autofree char *state = g_strdup_printf (
      ngettext ("%u hand", "%u hands", hands), hands);
  /* Translators: the letter of an option, its text, and how it stands. */
  g_autofree char *name = g_strdup_printf (
      _ ("%s: %s, %s"), gtk_label_get_label (self->letter), plain,
      gtk_widget_get_visible (self->mark) && !counting ? _ ("right") : state);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
pc_vote_row_show (PcVoteRow  *self,
                  PcVote     *vote,
                  const char *language)
{
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *count = NULL;
  gboolean counting;

  g_return_if_fail (PC_IS_VOTE_ROW (self));
  g_return_if_fail (vote != NULL);

  counting = pc_vote_is_counting (vote);
  text = pc_vote_dup_text (vote, self->choice, language);
  markup = pc_markup_to_pango (text);
  plain = pc_markup_to_plain (text);
  gtk_label_set_markup (self->text, markup);
  gtk_widget_set_visible (self->tally, counting);
  if (counting)
    count = g_strdup_printf (
        "%u", pc_vote_get_hands (vote, self->choice,
                                 pc_vote_get_stage (vote) ==
                                     PC_VOTE_ASKED_AGAIN));
  gtk_label_set_label (self->count, count != NULL ? count : "");
  show_rounds (self, vote);
  show_verdict (self, vote, language);
  show_name (self, vote, plain);
}
