/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The window of the program in a test, and files for it to open. */

#include "app/application.h"
#include "app/window.h"

#define WAIT_US (10 * G_USEC_PER_SEC)

#define wait_until(condition)                               \
  G_STMT_START                                              \
  {                                                         \
    gint64 end = g_get_monotonic_time () + WAIT_US;         \
    while (!(condition) && g_get_monotonic_time () < end) { \
      g_main_context_iteration (NULL, FALSE);               \
      g_usleep (1000);                                      \
    }                                                       \
    g_assert_true (condition);                              \
  }                                                         \
  G_STMT_END

extern PcApplication *app;
extern PcWindow *window;
extern GSettings *settings; /* NULL where the schema is not compiled */
extern char *home; /* a folder of the test's own */

/* Runs the tests that @add adds. */
int run_tests (int    argc,
               char **argv,
               void (*add) (void));

GAction *find_action (const char *name);
void act (const char *name,
          GVariant   *parameter);
PcExchangesPage *page (void);
PcPlayer *player (void);
PcTimeline *timeline (void);
/* With what there is to watch; once. */
void open_window (void);
void close_window (void);
/* Depth first; or NULL. */
GtkWidget *find_type (GtkWidget *widget,
                      GType      type);
/* A mapped label that has @text in it; NULL when there is none. */
GtkWidget *find_label (GtkWidget  *widget,
                       const char *text);
gboolean seen (const char *text);
/* Fails where something that takes the focus has no name; how many do. */
guint check_names (GtkWidget *widget);
char *file_path (const char *name);
/* Into the folder of the test, by a new file that takes the name. */
void save (const char *name,
           const char *text);
/* Our own scenario with another title, and @from as @to.  Transfer full. */
char *write_scenario (const char *title,
                      const char *from,
                      const char *to);
void open_path (const char *name);
/* The exchange with this title has run and is shown. */
gboolean shows (const char *title);
