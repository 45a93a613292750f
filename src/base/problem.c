/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Problems found in files that people wrote: collecting and showing them.
 *
 * The shape of a message follows what compilers print, because editors can
 * jump to it: "file:line:col: error[Q102] pointer  message".  What a file
 * contains may end up in a message, so all text is made harmless here: no
 * control characters for a terminal, no bidirectional tricks.
 * Not here: finding the problems, and translating them.
 */

#include "base/problem.h"

#include "base/limits.h"

#include <string.h>

struct _PcProblems
{
  gatomicrefcount refs;
  GPtrArray      *kept;
  PcProblem      *dropped; /* the last one: its giver may still add a hint */
  guint           counts[PC_SEVERITY_ERROR + 1]; /* dropped ones included */
};

static gboolean
is_harmful (gunichar c)
{
  /* Explicit bidirectional formatting, Unicode UAX #9 section 2. */
  if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069))
    return TRUE;
  if (c == 0x200E || c == 0x200F || c == 0x061C)
    return TRUE;
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029;
}

char *
pc_problem_clean_text (const char *text)
{
  g_autofree char *valid = NULL;
  GString         *clean;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  clean = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    /* A tab counts one column, so it takes one here too. */
    if (c == '\t')
      g_string_append_c (clean, ' ');
    else
      g_string_append_unichar (clean, is_harmful (c) ? 0xFFFD : c);
  }
  return g_string_free (clean, FALSE);
}

PcProblem *
pc_problem_new (PcSeverity  severity,
                const char *code,
                const char *file,
                guint       line,
                guint       column,
                const char *format,
                ...)
{
  PcProblem       *self;
  g_autofree char *message = NULL;
  va_list          args;

  g_return_val_if_fail (code != NULL, NULL);
  g_return_val_if_fail (format != NULL, NULL);

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  self = g_new0 (PcProblem, 1);
  self->severity = severity;
  g_strlcpy (self->code, code, sizeof self->code);
  self->file = g_strdup (file);
  self->line = line;
  self->column = column;
  self->message = pc_problem_clean_text (message);
  return self;
}

void
pc_problem_free (PcProblem *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->file, g_free);
  g_clear_pointer (&self->pointer, g_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->hint, g_free);
  g_clear_pointer (&self->excerpt, g_free);
  g_free (self);
}

const char *
pc_severity_to_string (PcSeverity severity)
{
  switch (severity) {
  case PC_SEVERITY_NOTE: return "note";
  case PC_SEVERITY_WARNING: return "warning";
  case PC_SEVERITY_ERROR: return "error";
  default: g_return_val_if_reached ("error");
  }
}

static void
append_excerpt (GString         *out,
                const PcProblem *self)
{
  g_autofree char *excerpt = pc_problem_clean_text (self->excerpt);

  g_string_append_printf (out, "\n%5u | %s\n      | ", self->line, excerpt);
  for (guint i = 0; i < self->caret; i++)
    g_string_append_c (out, ' ');
  g_string_append_c (out, '^');
}

char *
pc_problem_format (const PcProblem *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_new (NULL);
  if (self->file != NULL) {
    g_autofree char *file = pc_problem_clean_text (self->file);

    g_string_append_printf (out, "%s:", file);
    if (self->line > 0)
      g_string_append_printf (out, "%u:%u:", self->line, self->column);
    g_string_append_c (out, ' ');
  }
  g_string_append_printf (out, "%s[%s] ",
                          pc_severity_to_string (self->severity), self->code);
  if (self->pointer != NULL && *self->pointer != '\0') {
    g_autofree char *pointer = pc_problem_clean_text (self->pointer);

    g_string_append_printf (out, "%s  ", pointer);
  }
  g_string_append (out, self->message);
  if (self->excerpt != NULL && self->line > 0)
    append_excerpt (out, self);
  if (self->hint != NULL) {
    g_autofree char *hint = pc_problem_clean_text (self->hint);

    g_string_append_printf (out, "%s hint: %s",
                            self->excerpt != NULL ? "" : "\n       ", hint);
  }
  return g_string_free (out, FALSE);
}

/* -- many ----------------------------------------------------------------- */

PcProblems *
pc_problems_new (void)
{
  PcProblems *self = g_new0 (PcProblems, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kept =
      g_ptr_array_new_with_free_func ((GDestroyNotify) pc_problem_free);
  return self;
}

PcProblems *
pc_problems_ref (PcProblems *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
pc_problems_unref (PcProblems *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->dropped, pc_problem_free);
  g_free (self);
}

/* The last of the least grave among those kept, if less grave than
 * @severity: a hundred warnings must not hide the error after them. */
static gboolean
find_victim (const PcProblems *self,
             PcSeverity        severity,
             guint            *index)
{
  for (int level = PC_SEVERITY_NOTE; level < (int) severity; level++) {
    for (guint i = self->kept->len; i > 0; i--) {
      const PcProblem *problem = g_ptr_array_index (self->kept, i - 1);

      if ((int) problem->severity == level) {
        *index = i - 1;
        return TRUE;
      }
    }
  }
  return FALSE;
}

void
pc_problems_take (PcProblems *self,
                  PcProblem  *problem)
{
  guint victim;

  g_return_if_fail (self != NULL);
  g_return_if_fail (problem != NULL);

  g_clear_pointer (&self->dropped, pc_problem_free);
  self->counts[problem->severity]++;
  if (self->kept->len >= PC_LIMIT_PROBLEMS) {
    if (!find_victim (self, problem->severity, &victim)) {
      self->dropped = problem;
      return;
    }
    g_ptr_array_remove_index (self->kept, victim);
  }
  g_ptr_array_add (self->kept, problem);
}

void
pc_problems_take_all (PcProblems *self,
                      PcProblems *other)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (other != NULL && other != self);

  for (guint i = 0; i < other->kept->len; i++) {
    PcProblem *problem = g_ptr_array_index (other->kept, i);

    other->counts[problem->severity]--;
    pc_problems_take (self, problem);
  }
  /* The problems are @self's now, so they must not be freed here. */
  g_ptr_array_set_free_func (other->kept, NULL);
  g_ptr_array_set_size (other->kept, 0);
  g_ptr_array_set_free_func (other->kept, (GDestroyNotify) pc_problem_free);
  /* What is left are the dropped ones. */
  for (guint i = 0; i <= PC_SEVERITY_ERROR; i++) {
    self->counts[i] += other->counts[i];
    other->counts[i] = 0;
  }
}

static PcProblem *
copy_problem (const PcProblem *self)
{
  PcProblem *copy = g_memdup2 (self, sizeof *self);

  copy->file = g_strdup (self->file);
  copy->pointer = g_strdup (self->pointer);
  copy->message = g_strdup (self->message);
  copy->hint = g_strdup (self->hint);
  copy->excerpt = g_strdup (self->excerpt);
  return copy;
}

PcProblems *
pc_problems_copy (const PcProblems *self)
{
  PcProblems *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = pc_problems_new ();
  for (guint i = 0; i < self->kept->len; i++)
    g_ptr_array_add (copy->kept,
                     copy_problem (g_ptr_array_index (self->kept, i)));
  memcpy (copy->counts, self->counts, sizeof copy->counts);
  return copy;
}

void
pc_problems_soften (PcProblems *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->kept->len; i++) {
    PcProblem *problem = g_ptr_array_index (self->kept, i);

    problem->severity = MIN (problem->severity, PC_SEVERITY_WARNING);
  }
  self->counts[PC_SEVERITY_WARNING] += self->counts[PC_SEVERITY_ERROR];
  self->counts[PC_SEVERITY_ERROR] = 0;
}

guint
pc_problems_get_n (const PcProblems *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->kept->len;
}

const PcProblem *
pc_problems_get (const PcProblems *self,
                 guint             index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->kept->len, NULL);

  return g_ptr_array_index (self->kept, index);
}

guint
pc_problems_count (const PcProblems *self,
                   PcSeverity        severity)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (severity <= PC_SEVERITY_ERROR, 0);

  return self->counts[severity];
}

guint
pc_problems_get_n_dropped (const PcProblems *self)
{
  guint total = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i <= PC_SEVERITY_ERROR; i++)
    total += self->counts[i];
  return total - self->kept->len;
}
