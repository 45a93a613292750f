/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the editor share. */

#include "app/bank-editor.h"

#include "app/bank-check.h"
#include "app/bank-form.h"
#include "app/bank-items.h"
#include "app/bank-preview.h"
#include "app/fold.h"
#include "app/toasts.h"

struct _PcBankEditor
{
  GtkApplicationWindow parent_instance;

  GtkLabel      *title;
  GtkStack      *pages; /* "choose", "edit" */
  PcToasts      *toasts;
  GtkListBox    *own;
  GtkListBox    *ours;
  GtkListBox    *begin;
  GtkWidget     *own_part;
  PcFold        *fold;
  PcBankItems   *items;
  GtkStack      *views; /* "form", "preview", "json" */
  PcBankForm    *form;
  PcBankPreview *preview;
  GtkTextView   *json;
  GtkWidget     *tools;
  GtkMenuButton *add_button;
  GtkWidget     *mistakes_button;
  GtkLabel      *mistakes_label;
  GtkImage      *mistakes_icon;
  GtkWidget     *mistakes_part;
  GtkListBox    *mistakes;

  PcContent    *content;
  PcBankEdit   *edit;
  PcBankCheck  *check;
  GFileMonitor *monitor;
  guint         quiet_id;
  gboolean      saving;
  gboolean      closes_anyway;
};

/* -- bank-editor.c -------------------------------------------------------- */

/* Shows @edit (transfer none); NULL: the list of banks. */
void pc_bank_editor_show (PcBankEditor *self,
                          PcBankEdit   *edit);
void pc_bank_editor_update (PcBankEditor *self);
void pc_bank_editor_tell (PcBankEditor *self,
                          const char   *text);

/* -- bank-editor-files.c -------------------------------------------------- */

void pc_bank_editor_init_files (PcBankEditor *self);
/* What can be opened. */
void pc_bank_editor_list_banks (PcBankEditor *self);
/* The file of what is written is looked at from now on. */
void pc_bank_editor_watch_file (PcBankEditor *self);

/* -- bank-editor-mistakes.c ----------------------------------------------- */

void pc_bank_editor_show_mistakes (PcBankEditor *self);
/* A row of the mistakes was chosen. */
void pc_bank_editor_go_to_mistake (PcBankEditor  *self,
                                   GtkListBoxRow *row);
