/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

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
} PcRecordAnswer;

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

void        pc_record_answer_free (PcRecordAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcRecord, pc_record_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcRecordAnswer, pc_record_answer_free)

G_END_DECLS
