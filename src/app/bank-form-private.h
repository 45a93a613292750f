/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the form share. */

#include "app/bank-form.h"

struct _PcBankForm
{
  GtkWidget parent_instance;

  GtkWidget  *scrolled;
  GtkWidget  *box;
  PcContent  *content;
  PcBankEdit *edit;
  char       *pointer;  /* of what is shown; NULL for nothing */
  char       *type;     /* of the question, as it was made */
  GHashTable *places;   /* pointer to the widget that takes the focus */
  GPtrArray  *folds;    /* GtkExpander, those not filled yet too */
  GPtrArray  *followers; /* GtkWidget whose choices stand elsewhere */
  GHashTable *opened;   /* names of the parts that are open */
  char       *wanted;   /* where the focus goes after the next making */
  gboolean    silent;   /* widgets change because the bank did */
  guint       idle_id;
  gboolean    stale;    /* all has to be made anew */
};

/* Fills a box that something stands in; again when it may have changed. */
typedef void (*PcFormFill) (PcBankForm        *self,
                            GtkBox            *box,
                            const PcFormField *field,
                            const char        *pointer,
                            const char        *name);

/* -- bank-field.c --------------------------------------------------------- */

/* The fields of an object at @pointer, into @box.  @name: of the object, for
 * who hears names only; or NULL. */
void       pc_bank_form_add_fields (PcBankForm        *self,
                                    GtkBox            *box,
                                    const PcFormField *fields,
                                    const char        *pointer,
                                    const char        *name);
/* One text; @pointer may be of an element. */
GtkWidget *pc_bank_form_new_entry (PcBankForm *self,
                                   const char *pointer,
                                   PcFormKind  kind,
                                   const char *name);
GtkWidget *pc_bank_form_new_text (PcBankForm *self,
                                  const char *pointer,
                                  PcFormKind  kind,
                                  const char *name);
/* A list to choose a text from; @ids and @labels are copied. */
GtkWidget *pc_bank_form_new_choice (PcBankForm        *self,
                                    const char        *pointer,
                                    const char *const *ids,
                                    const char *const *labels,
                                    const char        *name);
/* A label above @child. */
void       pc_bank_form_add_row (GtkBox     *box,
                                 const char *label,
                                 GtkWidget  *child);

/* -- bank-list-field.c ---------------------------------------------------- */

void       pc_bank_form_fill_list (PcBankForm        *self,
                                   GtkBox            *box,
                                   const PcFormField *field,
                                   const char        *pointer,
                                   const char        *name);
void       pc_bank_form_fill_checks (PcBankForm        *self,
                                     GtkBox            *box,
                                     const PcFormField *field,
                                     const char        *pointer,
                                     const char        *name);
void       pc_bank_form_fill_map (PcBankForm        *self,
                                  GtkBox            *box,
                                  const PcFormField *field,
                                  const char        *pointer,
                                  const char        *name);
void       pc_bank_form_fill_linked (PcBankForm        *self,
                                     GtkBox            *box,
                                     const PcFormField *field,
                                     const char        *pointer,
                                     const char        *name);

/* -- bank-form.c ---------------------------------------------------------- */

/* @widget takes the focus for @pointer. */
void       pc_bank_form_place (PcBankForm *self,
                               const char *pointer,
                               GtkWidget  *widget);
/* A part that is filled when it is opened.  @title: translated; @key: names
 * it among those that are open; @open: at first. */
GtkWidget *pc_bank_form_new_fold (PcBankForm        *self,
                                  const char        *title,
                                  const char        *key,
                                  gboolean           open,
                                  PcFormFill         fill,
                                  const PcFormField *field,
                                  const char        *pointer,
                                  const char        *name);
/* A box that @fill fills now, and again when its choices may have changed. */
GtkWidget *pc_bank_form_new_follower (PcBankForm        *self,
                                      PcFormFill         fill,
                                      const PcFormField *field,
                                      const char        *pointer,
                                      const char        *name);
/* The ids that @field chooses from; see pc_form_list_source(). */
char     **pc_bank_form_list (PcBankForm  *self,
                              const char  *pointer,
                              PcFormSource source,
                              char      ***labels);
/* "Option 2: Text": @name may be NULL.  Transfer full. */
char      *pc_bank_form_dup_name (const char *name,
                                  const char *label);
