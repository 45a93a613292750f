/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is wrong with a file that a person wrote, and where.  Loaders collect
 * every problem of a file instead of stopping at the first. */

typedef enum {
  PC_SEVERITY_NOTE,
  PC_SEVERITY_WARNING,
  PC_SEVERITY_ERROR,
} PcSeverity;

typedef struct
{
  PcSeverity severity;
  char       code[8];  /* "Q102": stable, so that teachers can search it */
  char      *file;     /* as the person named it; NULL for none */
  guint      line;     /* 1-based; 0 when the problem has no place */
  guint      column;   /* 1-based, in characters; a tab counts one */
  char      *pointer;  /* JSON Pointer (RFC 6901), or NULL */
  char      *message;  /* one sentence, translated */
  char      *hint;     /* what to do, or NULL */
  char      *excerpt;  /* the line of the file, at most PC_LIMIT_EXCERPT
                        * characters and an ellipsis at a cut end, or NULL */
  guint      caret;    /* characters of @excerpt before the place */
} PcProblem;

/* At most PC_LIMIT_PROBLEMS are kept, the graver first to stay; the rest are
 * only counted. */
typedef struct _PcProblems PcProblems;

PcProblems      *pc_problems_new (void);
PcProblems      *pc_problems_ref (PcProblems *self);
void             pc_problems_unref (PcProblems *self);
/* Takes ownership of @problem, which stays valid until the next call. */
void             pc_problems_take (PcProblems *self,
                                   PcProblem  *problem);
/* Moves every problem of @other, and its count of dropped ones, to @self. */
void             pc_problems_take_all (PcProblems *self,
                                       PcProblems *other);
/* The same problems, and the count of dropped ones.  Transfer full. */
PcProblems      *pc_problems_copy (const PcProblems *self);
/* What is wrong was set aside, and the rest is used: errors become
 * warnings. */
void             pc_problems_soften (PcProblems *self);
guint            pc_problems_get_n (const PcProblems *self);
const PcProblem *pc_problems_get (const PcProblems *self,
                                  guint             index);
/* Those of exactly @severity, dropped ones included. */
guint            pc_problems_count (const PcProblems *self,
                                    PcSeverity        severity);
guint            pc_problems_get_n_dropped (const PcProblems *self);

/* Strings are copied; @format is translated already. */
PcProblem       *pc_problem_new (PcSeverity  severity,
                                 const char *code,
                                 const char *file,
                                 guint       line,
                                 guint       column,
                                 const char *format,
                                 ...) G_GNUC_PRINTF (6, 7);
void             pc_problem_free (PcProblem *self);

/* "file:line:col: error[Q102] pointer  message", then the excerpt with a caret
 * and the hint on lines of their own.  Transfer full. */
char            *pc_problem_format (const PcProblem *self);
/* "note", "warning", "error"; not translated, as compilers do. */
const char      *pc_severity_to_string (PcSeverity severity);
/* @text, made safe to show: valid UTF-8 on one line, with every control and
 * bidirectional character as U+FFFD.  Transfer full. */
char            *pc_problem_clean_text (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcProblems, pc_problems_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcProblem, pc_problem_free)

G_END_DECLS
