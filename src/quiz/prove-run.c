/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Holding predictions and wrong lines against what crossed the wire.
 *
 * The text of a unit is its line without CRLF, for datagrams and TLS records
 * its summary.  Where a line has a password, the one with dots will do as
 * well, since that is what a transcript shows.  What the network made a second
 * time nobody sent, so it is passed over.
 */

#include "quiz/prove-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LINES 2000 /* of one unit; a message may be long */

/* -- units ---------------------------------------------------------------- */

static gboolean
is_unit (PcStep *step)
{
  return g_bytes_get_size (pc_step_get_bytes (step)) > 0 &&
         pc_step_get_fate (step) != PC_FATE_DUPLICATE;
}

/* Who opened the conversation that @step belongs to. */
static const char *
find_client (PcTimeline *run,
             PcStep     *step)
{
  for (guint i = 0; i < pc_timeline_get_n_steps (run); i++) {
    PcStep *first = pc_timeline_get_step (run, i);

    if (pc_step_get_conn (first) == pc_step_get_conn (step))
      return pc_step_get_from (first);
  }
  return NULL;
}

static gboolean
is_from_client (PcTimeline *run,
                PcStep     *step)
{
  return g_strcmp0 (pc_step_get_from (step), find_client (run, step)) == 0;
}

/* The lines of a text, its wire form first; NULL-terminated. */
static char **
dup_lines (PcStep *step)
{
  GBytes          *bytes = pc_step_get_bytes (step);
  g_autofree char *text = NULL;
  char           **lines;

  if (pc_step_get_layer (step) != PC_LAYER_APP) {
    lines = g_new0 (char *, 2);
    lines[0] = g_strdup (pc_step_get_summary (step));
    return lines;
  }
  text = g_utf8_make_valid (g_bytes_get_data (bytes, NULL),
                            g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", MAX_LINES);
  for (guint i = 0; lines[i] != NULL; i++) {
    gsize len = strlen (lines[i]);

    if (len > 0 && lines[i][len - 1] == '\r')
      lines[i][len - 1] = '\0';
  }
  return lines;
}

static char *
dup_first_line (PcStep *step)
{
  g_auto (GStrv) lines = dup_lines (step);

  return g_strdup (lines[0]);
}

/* -- what comes next ------------------------------------------------------ */

/* Index of the next unit after @index that the question is about, or -1. */
static int
find_next (PcTimeline *run,
           guint       index,
           PcItemAsk   ask)
{
  PcStep *step = pc_timeline_get_step (run, index);

  for (guint i = index + 1; i < pc_timeline_get_n_steps (run); i++) {
    PcStep *next = pc_timeline_get_step (run, i);

    if (pc_step_get_conn (next) != pc_step_get_conn (step) || !is_unit (next))
      continue;
    if (ask == PC_ITEM_ASK_PACKET)
      return i;
    if (pc_step_get_layer (next) != PC_LAYER_TLS &&
        is_from_client (run, next) == (ask == PC_ITEM_ASK_COMMAND))
      return i;
  }
  return -1;
}

static gboolean
is_tagged (const char *line)
{
  return *line != '*' && *line != '+' && *line != '-' &&
         !g_ascii_isdigit (*line);
}

/* The server's tagged response of IMAP at or after @index, or -1. */
static int
find_tagged (PcTimeline *run,
             int         index)
{
  while (index >= 0) {
    g_autofree char *line = dup_first_line (pc_timeline_get_step (run, index));

    if (is_tagged (line))
      return index;
    index = find_next (run, index, PC_ITEM_ASK_REPLY);
  }
  return -1;
}

/* "354" of "354 Go ahead", "250" of "250-SIZE", else the first word. */
static char *
dup_code (const char *line)
{
  gsize len = strcspn (line, " ");

  if (strspn (line, "0123456789") == 3)
    len = 3;
  return g_strndup (line, len);
}

/* "OK" of "a1 OK done", "+OK", "2yz". */
static char *
dup_status (PcTimeline *run,
            int         index)
{
  g_autofree char *line = dup_first_line (pc_timeline_get_step (run, index));
  g_autofree char *tagged = NULL;
  const char      *word;

  if (strspn (line, "0123456789") == 3)
    return g_strdup_printf ("%cyz", *line);
  if (*line == '-' || g_str_has_prefix (line, "+OK"))
    return dup_code (line);
  index = find_tagged (run, index);
  if (index < 0)
    return g_strdup ("");
  tagged = dup_first_line (pc_timeline_get_step (run, index));
  word = strchr (tagged, ' ');
  return word != NULL ? dup_code (word + 1) : g_strdup ("");
}

/* -- predict -------------------------------------------------------------- */

static const char *
state_after (PcTimeline *run,
             guint       index)
{
  PcStep *step = pc_timeline_get_step (run, index);
  int     next = index;

  if (is_from_client (run, step)) {
    int reply = find_next (run, index, PC_ITEM_ASK_REPLY);
    int command = find_next (run, index, PC_ITEM_ASK_COMMAND);
    int tagged;

    if (reply < 0)
      return NULL;
    /* IMAP says what became of a command last. */
    tagged = find_tagged (run, reply);
    next = tagged >= 0 && (command < 0 || tagged < command) ? tagged : reply;
  }
  return pc_step_get_server_state (pc_timeline_get_step (run, next));
}

static gboolean
line_fits (PcStep                 *step,
           const PcItemPrediction *key)
{
  g_autofree char *line = dup_first_line (step);
  const char      *shown = pc_step_has_secret (step)
                               ? pc_step_get_summary (step)
                               : line;

  if (key->match == PC_ITEM_MATCH_PREFIX)
    return g_str_has_prefix (line, key->value) ||
           g_str_has_prefix (shown, key->value);
  return g_str_equal (line, key->value) || g_str_equal (shown, key->value);
}

static gboolean
prediction_holds (PcTimeline             *run,
                  int                     index,
                  const PcItemPrediction *key)
{
  PcStep          *step = pc_timeline_get_step (run, index);
  g_autofree char *line = dup_first_line (step);
  g_autofree char *word = NULL;

  switch (key->match) {
  case PC_ITEM_MATCH_CODE:
    word = dup_code (line);
    return g_str_equal (word, key->value);
  case PC_ITEM_MATCH_STATUS:
    word = dup_status (run, index);
    return g_str_equal (word, key->value);
  case PC_ITEM_MATCH_PREFIX:
  case PC_ITEM_MATCH_EXACT: return line_fits (step, key);
  case PC_ITEM_MATCH_STATE:
  default: return FALSE;
  }
}

static gboolean
holds (PcProof                *self,
       int                     index,
       const char             *state,
       const PcItemPrediction *key)
{
  if (pc_item_get_ask (self->item) == PC_ITEM_ASK_STATE)
    return g_strcmp0 (state, key->value) == 0;
  return prediction_holds (self->run, index, key);
}

/* At least one accepted prediction is what the run shows; of the others only
 * the author knows why they are there. */
static void
report_predictions (PcProof    *self,
                    int         index,
                    const char *shown)
{
  guint   n = pc_item_get_n_predictions (self->item);
  guint   n_held = 0;
  gboolean state = pc_item_get_ask (self->item) == PC_ITEM_ASK_STATE;

  for (guint i = 0; i < n; i++)
    n_held += holds (self, index, state ? shown : NULL,
                     pc_item_get_prediction (self->item, i));
  for (guint i = 0; i < n; i++) {
    const PcItemPrediction *key = pc_item_get_prediction (self->item, i);
    g_autofree char        *tail = g_strdup_printf ("/accept/%u/value", i);

    if (holds (self, index, state ? shown : NULL, key))
      continue;
    pc_proof_report (self,
                     n_held == 0 ? PC_SEVERITY_ERROR : PC_SEVERITY_WARNING,
                     n_held == 0 ? "Q108" : "Q212", tail,
                     _ ("after \"%s\" a run of \"%s\" shows \"%s\", not "
                        "\"%s\""),
                     pc_item_get_scenario_step (self->item),
                     pc_item_get_scenario (self->item), shown, key->value);
  }
}

void
pc_proof_predict (PcProof *self)
{
  PcItemAsk        ask = pc_item_get_ask (self->item);
  const char      *mark = pc_item_get_scenario_step (self->item);
  int              index = pc_timeline_find_mark (self->run, mark);
  const char      *state = NULL;
  g_autofree char *shown = NULL;

  if (index < 0)
    return; /* reported as a step that never comes */
  if (ask == PC_ITEM_ASK_STATE) {
    state = state_after (self->run, index);
    shown = g_strdup (state);
  } else {
    index = find_next (self->run, index, ask);
    if (index >= 0)
      shown = dup_first_line (pc_timeline_get_step (self->run, index));
  }
  if (shown == NULL) {
    pc_proof_report (self, PC_SEVERITY_ERROR, "Q108", "/simulation/step",
                     _ ("in a run of \"%s\" nothing that is asked for comes "
                        "after \"%s\""),
                     pc_item_get_scenario (self->item), mark);
    return;
  }
  report_predictions (self, index, shown);
}

/* -- fault ---------------------------------------------------------------- */

/* What a line of a transcript is held against. */
typedef struct
{
  gboolean    from_client;
  char      **lines;
  const char *shown; /* with dots for a password; or NULL */
  GBytes     *bytes;
} Unit;

static void
clear_unit (gpointer data)
{
  Unit *self = data;

  g_clear_pointer (&self->lines, g_strfreev);
}

static GArray *
list_units (PcTimeline *run)
{
  GArray *units = g_array_new (FALSE, FALSE, sizeof (Unit));

  g_array_set_clear_func (units, clear_unit);
  for (guint i = 0; i < pc_timeline_get_n_steps (run); i++) {
    PcStep *step = pc_timeline_get_step (run, i);
    Unit    unit;

    if (!is_unit (step))
      continue;
    unit = (Unit){ is_from_client (run, step), dup_lines (step),
                   pc_step_has_secret (step) ? pc_step_get_summary (step)
                                             : NULL,
                   pc_step_get_bytes (step) };
    g_array_append_val (units, unit);
  }
  return units;
}

/* A place in a run: the unit, and the line of it. */
typedef struct
{
  guint unit;
  guint line;
} Place;

/* Moves @place behind the next line that says @text.  A unit of several lines
 * may be shown line by line. */
static gboolean
advance (GArray     *units,
         Place      *place,
         gboolean    from_client,
         const char *text,
         GBytes     *bytes)
{
  for (; place->unit < units->len; place->unit++, place->line = 0) {
    const Unit *unit = &g_array_index (units, Unit, place->unit);

    if (unit->from_client != from_client ||
        (bytes != NULL && !g_bytes_equal (bytes, unit->bytes)))
      continue;
    if (place->line == 0 && g_strcmp0 (unit->shown, text) == 0) {
      place->unit++;
      return TRUE;
    }
    for (guint i = place->line; unit->lines[i] != NULL; i++) {
      if (g_str_equal (unit->lines[i], text)) {
        place->line = i + 1;
        return TRUE;
      }
    }
  }
  return FALSE;
}

/* Index of the first line that the run does not have where it should be, with
 * the lines of @corrected (a set) put right; -1 when all are there. */
static int
find_missing (PcProof *self,
              GArray  *units,
              guint64  corrected)
{
  const PcStimulus *shown = pc_item_get_stimulus (self->item);
  Place             place = { 0, 0 };

  for (guint i = 0; i < shown->n_lines; i++) {
    const PcStimulusLine *line = &shown->lines[i];
    gboolean              correct = (corrected >> i & 1) != 0;
    gboolean              wrong = pc_item_get_line_wrong (self->item, i);
    g_autoptr (GBytes) bytes = NULL;

    if (line->from == 'N')
      continue;
    if (line->n_octets > 0 && !wrong)
      bytes = g_bytes_new_static (line->octets, line->n_octets);
    if (!advance (units, &place, line->from == 'C',
                  correct ? pc_item_get_line_correction (self->item, i)
                          : line->text,
                  bytes))
      return i;
  }
  return -1;
}

static void
report_missing_line (PcProof *self,
                     guint    index)
{
  const PcStimulus     *shown = pc_item_get_stimulus (self->item);
  const PcStimulusLine *line = &shown->lines[index];
  gboolean              wrong = pc_item_get_line_wrong (self->item, index);
  g_autofree char      *tail = NULL;

  if (wrong)
    tail = g_strconcat ("/corrections/", line->id, NULL);
  else
    tail = g_strdup_printf ("/stimuli/%u/lines/%u/text", shown->index, index);
  pc_proof_report (self, PC_SEVERITY_ERROR, "Q108", tail,
                   _ ("\"%s\" needs here what a run of \"%s\" does not have: "
                      "\"%s\""),
                   pc_item_get_id (self->item),
                   pc_item_get_scenario (self->item),
                   wrong ? pc_item_get_line_correction (self->item, index)
                         : line->text);
}

void
pc_proof_fault (PcProof *self)
{
  const PcStimulus *shown = pc_item_get_stimulus (self->item);
  g_autoptr (GArray) units = list_units (self->run);
  guint64 all = 0;
  int     missing;

  for (guint i = 0; i < shown->n_lines; i++) {
    if (pc_item_get_line_wrong (self->item, i))
      all |= G_GUINT64_CONSTANT (1) << i;
  }
  missing = find_missing (self, units, all);
  if (missing >= 0) {
    report_missing_line (self, missing);
    return;
  }
  for (guint i = 0; i < shown->n_lines; i++) {
    guint64          but_one = all & ~(G_GUINT64_CONSTANT (1) << i);
    g_autofree char *tail = NULL;

    if (but_one == all || find_missing (self, units, but_one) >= 0)
      continue;
    tail = g_strconcat ("/corrections/", shown->lines[i].id, NULL);
    pc_proof_report (self, PC_SEVERITY_ERROR, "Q108", tail,
                     _ ("a run of \"%s\" has \"%s\" here, so the line is not "
                        "wrong"),
                     pc_item_get_scenario (self->item), shown->lines[i].text);
  }
}
