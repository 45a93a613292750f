/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"
#include "app/lab-account.h"
#include "app/lab-client.h"
#include "app/lab-console.h"
#include "app/lab-faults.h"

#include "quiz/attempt.h"

G_BEGIN_DECLS

/* The place where one does things oneself. */

#define PC_TYPE_LAB_PAGE (pc_lab_page_get_type ())
G_DECLARE_FINAL_TYPE (PcLabPage, pc_lab_page, PC, LAB_PAGE, GtkWidget)

/* @answer, @right of pc_lab_page_try_answer (): field ids (run/account.h) and
 * what they are, such as {"in-proto": "imap", "in-port": "110"}. */
#define PC_LAB_ANSWER_TYPE "a{ss}"

GtkWidget    *pc_lab_page_new (void);
/* Its commands, for the window; they take the place of those which the page
 * of exchanges has by the same names: what moves the player, "run-again",
 * "eavesdrop", "other-half", "sidebar", "inspector", "reveal".  And
 * "lab-page" (s): "account", "console", "client" or "faults"; "lab-arm": what
 * the fault lab has, on the servers of "client"; and those of the console
 * (lab-console.h). */
void          pc_lab_page_add_actions (PcLabPage  *self,
                                       GActionMap *map);
/* Where related questions come from. */
void          pc_lab_page_set_content (PcLabPage *self,
                                       PcContent *content);
/* "Try your answer": runs the settings that were chosen and those that are
 * right, and shows both side by side; @right may be empty.  Settings that are
 * not among them get the sensible value that goes with the others; the same
 * in both.  FALSE when there is something that no form has. */
gboolean      pc_lab_page_try_answer (PcLabPage *self,
                                      GVariant  *answer,
                                      GVariant  *right);
/* The answer "@protocol uses @port", PC_LAB_ANSWER_TYPE, floating; NULL for
 * protocols that no form has.  @security may be NULL: what goes with both. */
GVariant     *pc_lab_answer_for_port (const char *protocol,
                                      guint       port,
                                      const char *security);
/* What "win.lab-try" takes for @attempt; floating. */
GVariant     *pc_lab_answer_for_attempt (const PcAttempt *attempt);
/* Whether there is a question to go back to. */
void          pc_lab_page_set_question_waits (PcLabPage *self,
                                              gboolean   waits);
/* Owned by the page. */
PcLabAccount *pc_lab_page_get_account (PcLabPage *self);
PcLabConsole *pc_lab_page_get_console (PcLabPage *self);
PcLabClient  *pc_lab_page_get_client (PcLabPage *self);
PcLabFaults  *pc_lab_page_get_faults (PcLabPage *self);

G_END_DECLS
