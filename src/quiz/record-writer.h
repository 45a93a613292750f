/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "quiz/record.h"

G_BEGIN_DECLS

/* Writes to the record in a thread of its own, so that a window never waits
 * for the disk.  What is asked for first is done first.  What fails stays, in
 * its place, and is tried again before the next one and by _retry(); nothing
 * that comes later overtakes it.  Used from the thread that made it, whose
 * main context then hears of results.
 *
 * Properties, with notify: "n-unsaved" (guint: failed so far), "problem"
 * (char *: why, a sentence, or NULL), "set-aside" (char *: where a damaged
 * record went, or NULL).  Disposing of it waits for what can still be done;
 * what cannot is lost then, so flush and ask before. */
#define PC_TYPE_RECORD_WRITER (pc_record_writer_get_type ())
G_DECLARE_FINAL_TYPE (PcRecordWriter, pc_record_writer, PC, RECORD_WRITER,
                      GObject)

/* Does one thing to the record, in the writer's thread; FALSE with @error set
 * to be tried again later. */
typedef gboolean (*PcRecordWriterFunc) (PcRecord *record,
                                        gpointer  data,
                                        GError  **error);

/* @path is opened by the first thing to do.  @learner 0: the first one. */
PcRecordWriter *pc_record_writer_new (const char *path,
                                      gint64      learner);
const char     *pc_record_writer_get_path (PcRecordWriter *self);
/* For what is asked from now on. */
void            pc_record_writer_set_learner (PcRecordWriter *self,
                                              gint64          learner);
gint64          pc_record_writer_get_learner (PcRecordWriter *self);

/* Saves a copy of @answer. */
void            pc_record_writer_add (PcRecordWriter       *self,
                                      const PcRecordAnswer *answer);
/* pc_record_save_sitting(). */
void            pc_record_writer_save_sitting (PcRecordWriter *self,
                                               const char     *session,
                                               const char     *state);
/* pc_record_finish_sitting(); takes over @answers. */
void            pc_record_writer_finish_sitting (PcRecordWriter *self,
                                                 const char     *session,
                                                 GPtrArray      *answers);
/* pc_record_assume(). */
void            pc_record_writer_assume (PcRecordWriter           *self,
                                         gint64                    time_us,
                                         const PcRecordAssumption *facts,
                                         guint                     n);
/* Anything else, in its turn; @func is also called by it for reading.  @data
 * is freed by @free_data, in this thread, after it was done or given up. */
void            pc_record_writer_run (PcRecordWriter    *self,
                                      PcRecordWriterFunc func,
                                      gpointer           data,
                                      GDestroyNotify     free_data);

/* Things that failed and have not been done since. */
guint           pc_record_writer_get_n_unsaved (PcRecordWriter *self);
/* "1 answer is not saved: there is no space left …"; NULL when all is well.
 * Valid until the next notify. */
const char     *pc_record_writer_get_problem (PcRecordWriter *self);
const char     *pc_record_writer_get_set_aside (PcRecordWriter *self);
void            pc_record_writer_retry (PcRecordWriter *self);
/* Calls back, in this thread, when all that was asked for until now has been
 * done or has failed.  _finish() is FALSE with the reason when something is
 * unsaved. */
void            pc_record_writer_flush_async (PcRecordWriter     *self,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean        pc_record_writer_flush_finish (PcRecordWriter *self,
                                               GAsyncResult   *result,
                                               GError        **error);
/* The same, waiting; for the end of a program. */
gboolean        pc_record_writer_flush (PcRecordWriter *self,
                                        GError        **error);

G_END_DECLS
