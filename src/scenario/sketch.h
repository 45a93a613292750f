/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json-edit.h"
#include "scenario/source.h"

G_BEGIN_DECLS

/* A scenario that somebody writes: its JSON tree as a form sees it.  What the
 * form does not know stays in the file as it was; what is wrong is told by
 * the scenario's own reader. */
typedef struct _PcSketch PcSketch;

typedef enum {
  PC_SKETCH_SCRIPT,
  PC_SKETCH_ACTORS, /* and what they listen with */
  PC_SKETCH_WORLD,  /* accounts, mailboxes, messages, files */
  PC_SKETCH_MARKS,
  PC_SKETCH_FAULTS,
  PC_SKETCH_ABOUT, /* title and so on, link, presenter's note */
  PC_SKETCH_N_SECTIONS,
} PcSketchSection;

/* Something that has a form of its own. */
typedef struct
{
  char *pointer; /* JSON Pointer of the object */
  char *title;
  char *subtitle; /* may be empty */
  guint depth;    /* 0 and up: what lies in what */
} PcSketchRow;

/* Something that can be added to a section. */
typedef struct
{
  char *what; /* for pc_sketch_add () */
  char *title;
  char *summary; /* may be empty */
} PcSketchKind;

typedef enum {
  PC_SKETCH_TEXT,
  PC_SKETCH_NAME,      /* others refer to it: to be set when it is whole */
  PC_SKETCH_NUMBER,
  PC_SKETCH_PARAGRAPH, /* of several lines on the screen */
  PC_SKETCH_LINES,     /* an array of lines */
  PC_SKETCH_WORDS,     /* an array of words */
  PC_SKETCH_SWITCH,    /* "yes" or "" */
  PC_SKETCH_SWITCHED,  /* the same; on where nothing is said */
  PC_SKETCH_CHOICE,
  PC_SKETCH_CONTENT,  /* a choice: how the octets of the entry are given */
} PcSketchInput;

typedef struct
{
  char        *pointer; /* of the value, which need not be there */
  char        *label;   /* the name that it has in the file, or a word for it */
  const char  *hint;    /* translated, or NULL */
  PcSketchInput input;
  gboolean     required;
  char       **choices; /* "": not said */
} PcSketchField;

void        pc_sketch_row_free (PcSketchRow *self);
void        pc_sketch_kind_free (PcSketchKind *self);
void        pc_sketch_field_free (PcSketchField *self);

/* Reads @path, of which only JSON is asked.  NULL with problems when it is
 * none.  One that came with the program becomes a copy, with an id, a title
 * and a place of its own. */
PcSketch    *pc_sketch_load (const char *path,
                           PcProblems *problems);
/* A short exchange that runs: of "imap", "pop3", "smtp" or "tftp". */
PcSketch    *pc_sketch_new (const char *protocol);
/* Its text, with names in the person's language; NULL for other words.
 * Transfer full. */
char       *pc_sketch_make_template (const char *protocol);
void        pc_sketch_free (PcSketch *self);

/* The tree and its history; what is done there shows in the sketch. */
PcJsonEdit *pc_sketch_get_edit (PcSketch *self);
/* Where it is saved. */
const char *pc_sketch_get_path (PcSketch *self);
void        pc_sketch_set_path (PcSketch    *self,
                               const char *path);
/* FALSE: nothing was saved there yet. */
gboolean    pc_sketch_is_saved (PcSketch *self);
/* Whether it has what is not on the disk. */
gboolean    pc_sketch_is_changed (PcSketch *self);
/* Transfer full. */
char       *pc_sketch_dup_title (PcSketch *self);
char       *pc_sketch_dup_text (PcSketch *self);
/* Whole or not at all.  G_IO_ERROR_WRONG_ETAG when the file has changed since
 * and not @force. */
gboolean    pc_sketch_save (PcSketch *self,
                           gboolean force,
                           GError **error);
/* The whole text anew: one step of the history.  FALSE with problems when it
 * is not JSON. */
gboolean    pc_sketch_set_text (PcSketch    *self,
                               const char *text,
                               PcProblems *problems);

/* -- entries -------------------------------------------------------------- */

/* Transfer full, of PcSketchRow. */
GPtrArray  *pc_sketch_list_rows (PcSketch       *self,
                                PcSketchSection section);
/* What can be added behind the entry at @after, or NULL. Of PcSketchKind. */
GPtrArray  *pc_sketch_list_kinds (PcSketch       *self,
                                 PcSketchSection section,
                                 const char    *after);
/* Adds one such, with values that work where there are any.  Its pointer;
 * NULL when it has no place there.  Transfer full. */
char       *pc_sketch_add (PcSketch       *self,
                          PcSketchSection section,
                          const char    *after,
                          const char    *what);
/* Marks the @nth step with @rule that @from said in conversation @conn, 0 for
 * any.  Its pointer; transfer full. */
char       *pc_sketch_add_mark (PcSketch    *self,
                               const char *rule,
                               const char *from,
                               guint       nth,
                               guint       conn);
gboolean    pc_sketch_can_remove (PcSketch    *self,
                                 const char *pointer);
gboolean    pc_sketch_remove (PcSketch    *self,
                             const char *pointer);
/* By one place among its like; its new pointer, or NULL.  Transfer full. */
char       *pc_sketch_move (PcSketch    *self,
                           const char *pointer,
                           int         by);
/* In which section the value at @pointer is shown, and the row that it
 * belongs to (transfer full). */
char       *pc_sketch_find_row (PcSketch        *self,
                               const char     *pointer,
                               PcSketchSection *section);

/* -- fields --------------------------------------------------------------- */

/* Of the entry at @pointer.  Transfer full, of PcSketchField. */
GPtrArray  *pc_sketch_list_fields (PcSketch    *self,
                                  const char *pointer);
/* "" where nothing is said.  Transfer full. */
char       *pc_sketch_get_field (PcSketch            *self,
                                const PcSketchField *field);
/* Letters that follow each other are one step of the history.  FALSE when it
 * was so already. */
gboolean    pc_sketch_set_field (PcSketch            *self,
                                const PcSketchField *field,
                                const char         *value);

/* -- checking ------------------------------------------------------------- */

/* @text as the file @path would be read; nothing is read from there.  May
 * take a while: for a thread. */
PcScenarioSource *pc_sketch_check (const char *path,
                                  const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcSketch, pc_sketch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcSketchField, pc_sketch_field_free)

G_END_DECLS
