/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/memory.h"

G_BEGIN_DECLS

/* What the learner answered, for good: one SQLite file, one transaction per
 * answer, on the disk before pc_record_add() returns TRUE.  Several programs
 * may have it open at once.  Not for use from two threads at once. */
typedef struct _PcRecord PcRecord;

#define PC_RECORD_ERROR (pc_record_error_quark ())
GQuark pc_record_error_quark (void);

typedef enum {
  PC_RECORD_ERROR_OPEN,   /* cannot be opened or made */
  PC_RECORD_ERROR_BUSY,   /* another program held it too long */
  PC_RECORD_ERROR_FULL,   /* no space left */
  PC_RECORD_ERROR_NEWER,  /* written by a newer Portcall; left alone */
  PC_RECORD_ERROR_DAMAGED, /* damaged, and could not be put aside */
  PC_RECORD_ERROR_LEARNER, /* there is none, or there is one already */
  PC_RECORD_ERROR_FAILED, /* anything else */
} PcRecordError;

/* One answer.  In those given back strings are never NULL. */
typedef struct
{
  gint64      id;           /* given by the record, growing */
  gint64      time_us;      /* Unix time, microseconds */
  const char *session;      /* any id of the sitting */
  const char *bank;
  const char *bank_version;
  const char *item;
  guint       revision;
  const char *memory_key;
  const char *option_order; /* pc_session_dup_option_order() */
  const char *choice;       /* pc_answer_to_string() */
  double      fraction;     /* 0 to 1 */
  gboolean    correct;
  guint       certainty;    /* PcCertainty */
  guint       grade;        /* 1 to 4; pc_grade_memory() */
  gint64      taken_us;
  gboolean    hinted;
  gboolean    retry;
  /* Since version 2; see pc_record_answer_fill(). */
  gint64      learner;      /* given by the record */
  const char *mode;         /* "practice", "exam", "drill", "placement" */
  const char *sheet;        /* printed on it; "" for none */
  guint64     seed;         /* of the sitting */
  guint       number;       /* of the question in the sitting, from 1 */
  const char *type;         /* pc_item_type_to_string() */
  const char *level;        /* pc_item_level_to_string(), or "" */
  const char *objectives;   /* ids, with spaces between */
  double      points;       /* that could be had */
  const char *key;          /* the right answer, as choice is written */
  const char *right_service; /* ids of the service table, or "": what was */
  const char *chosen_service; /* right, and what was taken for it */
  const char *misconception; /* of the chosen option, or "" */
} PcRecordAnswer;

/* Somebody who answers.  There is always one. */
typedef struct
{
  gint64 id;
  char  *name; /* "" for one without a name */
  gint64 created_us;
  gint64 n_answers;
  gint64 last_us; /* of the last answer; 0 for none */
} PcRecordLearner;

/* A fact that a placement test took for known. */
typedef struct
{
  const char *key;
  guint       grade;
} PcRecordAssumption;

/* What was answered, oldest first.  @answer is valid during the call.  FALSE
 * ends it. */
typedef gboolean (*PcRecordFunc) (const PcRecordAnswer *answer,
                                  gpointer              user_data);

/* Opens or makes the file at @path (its folder too).  A damaged database is
 * renamed aside, never deleted, and a new one begun, now or when the damage
 * shows later; ask pc_record_get_set_aside() and tell the learner. */
PcRecord   *pc_record_open (const char *path,
                            GError    **error);
void        pc_record_close (PcRecord *self);
/* $XDG_DATA_HOME/portcall/record.db.  Transfer full. */
char       *pc_record_dup_default_path (void);
const char *pc_record_get_path (PcRecord *self);
/* Where a damaged database went; NULL when there was none. */
const char *pc_record_get_set_aside (PcRecord *self);

/* -- learners ------------------------------------------------------------- */

/* Everything below is about one learner, and answers are added for this one;
 * in the beginning it is the first.  FALSE with @error set when there is none
 * with this @id. */
gboolean    pc_record_set_learner (PcRecord *self,
                                   gint64    id,
                                   GError  **error);
gint64      pc_record_get_learner (PcRecord *self);
/* All of them, in the order in which they came.  Transfer full,
 * PcRecordLearner*; NULL with @error set. */
GPtrArray  *pc_record_get_learners (PcRecord *self,
                                    GError  **error);
/* Makes one, and returns the id; 0 with @error set, so also when the name is
 * taken (in any case), empty or longer than PC_LIMIT_LEARNER_NAME. */
gint64      pc_record_add_learner (PcRecord   *self,
                                   const char *name,
                                   GError    **error);
/* @name may be "" here: a name need not be told. */
gboolean    pc_record_rename_learner (PcRecord   *self,
                                      gint64      id,
                                      const char *name,
                                      GError    **error);
/* With all answers; the last learner stays.  If it was the one chosen, the
 * first of the others is. */
gboolean    pc_record_remove_learner (PcRecord *self,
                                      gint64    id,
                                      GError  **error);
/* Deletes all that is known of one learner but the name; it is overwritten in
 * the file.  The only thing that ever takes an answer away. */
gboolean    pc_record_reset (PcRecord *self,
                             gint64    id,
                             GError  **error);
void        pc_record_learner_free (PcRecordLearner *self);

/* -- answers -------------------------------------------------------------- */

/* Saves one answer; @answer->id is ignored, NULL strings are saved as "".
 * May wait up to PC_LIMIT_RECORD_WAIT for another program and for the disk,
 * so call it from a worker thread.  Returns its id, or 0 with
 * @error set; then nothing was saved and the same answer may be tried
 * again. */
gint64      pc_record_add (PcRecord             *self,
                           const PcRecordAnswer *answer,
                           GError              **error);

/* Number of answers, or -1 with @error set. */
gint64      pc_record_count (PcRecord *self,
                             GError  **error);
/* Answers, newest first: at most @limit (0: all) with an id below @before
 * (0: any).  Transfer full, PcRecordAnswer*; NULL with @error set. */
GPtrArray  *pc_record_get_history (PcRecord *self,
                                   gint64    before,
                                   guint     limit,
                                   GError  **error);
/* The last answer for each memory key, sorted by key.  As above. */
GPtrArray  *pc_record_get_last_by_key (PcRecord *self,
                                       GError  **error);
/* The last answer for @memory_key.  Free with pc_record_answer_free().  NULL
 * when there is none, or with @error set. */
PcRecordAnswer *pc_record_get_last (PcRecord   *self,
                                    const char *memory_key,
                                    GError    **error);

/* Calls @func for each answer with an id above @after (0: all), oldest first,
 * without holding them all. */
gboolean    pc_record_foreach (PcRecord    *self,
                               gint64       after,
                               PcRecordFunc func,
                               gpointer     user_data,
                               GError     **error);

void        pc_record_answer_free (PcRecordAnswer *self);
/* Transfer full; strings are never NULL. */
PcRecordAnswer *pc_record_answer_copy (const PcRecordAnswer *self);

/* -- assumptions, open sittings ------------------------------------------- */

/* Facts that a placement test took for known at @time_us: all or none. */
gboolean    pc_record_assume (PcRecord                 *self,
                              gint64                    time_us,
                              const PcRecordAssumption *facts,
                              guint                     n,
                              GError                  **error);
/* Adds all answers and assumptions to @memory, in the order in which they
 * happened.  FALSE with @error set. */
gboolean    pc_record_replay (PcRecord *self,
                              PcMemories *memory,
                              GError  **error);

/* The state of a sitting that is not over, so that it survives a crash:
 * @state is the caller's text (pc_exam_to_text()); NULL: it is over. */
gboolean    pc_record_save_sitting (PcRecord   *self,
                                    const char *session,
                                    const char *state,
                                    GError    **error);
/* The state of the newest open sitting; NULL when there is none, or with
 * @error set.  Transfer full, both. */
char       *pc_record_get_sitting (PcRecord *self,
                                   char    **session,
                                   GError  **error);
/* Saves all answers of a sitting and that it is over: all or none. */
gboolean    pc_record_finish_sitting (PcRecord   *self,
                                      const char *session,
                                      GPtrArray  *answers,
                                      GError    **error);

/* -- files ---------------------------------------------------------------- */

/* Writes all learners to a file of its own; there is never half of one.  Other
 * programs may go on answering meanwhile. */
gboolean    pc_record_backup (PcRecord   *self,
                              const char *path,
                              GError    **error);
/* Puts a backup in the place of what is there now, which is written to
 * "<path>.before-restore-<time>" first; @kept (transfer full) says where.  A
 * file that is damaged, of a newer Portcall or no record at all changes
 * nothing. */
gboolean    pc_record_restore (PcRecord   *self,
                               const char *path,
                               char      **kept,
                               GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcRecord, pc_record_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcRecordAnswer, pc_record_answer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcRecordLearner, pc_record_learner_free)

G_END_DECLS
