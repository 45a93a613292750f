/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What to type into other programs so that they come to our servers. */
typedef struct
{
  const char *client; /* "curl" */
  const char *what;   /* N_() */
  const char *text;   /* N_() where @prose; {imap} stands for a port, {ca} for
                         the file of the authority's certificate */
  gboolean    prose;
} PcLabRecipe;

/* Ends with a NULL client. */
extern const PcLabRecipe pc_lab_recipes[];

/* @ports: as many as there are pc_serve_kinds.  Transfer full. */
char *pc_lab_recipe_write (const PcLabRecipe *recipe,
                           const guint       *ports);
/* The same to look at, with a button that copies it.  Floating. */
GtkWidget *pc_lab_recipe_make_row (const PcLabRecipe *recipe,
                                   const guint       *ports);

G_END_DECLS
