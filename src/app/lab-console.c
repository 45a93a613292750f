/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of the console.  It joins run/console with the log, the line or the
 * packet that one types, the guide and the wire; what is right and what helps
 * is known there and not here. */

#include "app/lab-console.h"

#include "app/choice-list.h"
#include "app/flow-layout.h"
#include "app/lab-console-guide.h"
#include "app/lab-console-line.h"
#include "app/lab-console-log.h"
#include "app/lab-console-packet.h"
#include "app/lab-console-save.h"
#include "app/lab-layout.h"
#include "app/tab-stop.h"

#include <string.h>

#include <glib/gi18n-lib.h>

struct _PcLabConsole
{
  GtkWidget parent_instance;

  GtkWidget          *box;
  GtkButton          *link;
  GtkWidget          *choosers;
  GtkLabel           *goal;
  GtkWidget          *bench;
  GtkWidget          *talk_tab;
  GtkWidget          *wire_tab;
  GtkWidget          *guide_tab;
  PcLabConsoleLog    *log;
  GtkWidget          *word;
  GtkImage           *word_icon;
  GtkLabel           *word_label;
  GtkWidget          *use;
  GtkLabel           *mode;
  PcLabConsoleLine   *line;
  PcLabConsolePacket *packet;
  GtkLabel           *syntax;
  PcLabStage         *stage;
  PcLabConsoleGuide  *guide;

  GtkWidget          *protocols; /* choice lists */
  GtkWidget          *roles;
  GtkWidget          *securities;
  GtkWidget          *goals;
  GSimpleActionGroup *actions;
  PcConsole          *console;
  guint               update_id;
  guint               rung; /* of the ladder of hints; 0 for none yet */
  guint               n_entries;
  char               *offer; /* the line that "use" puts in */
  gboolean            reached; /* was told */
  gboolean            silent;
};

G_DEFINE_FINAL_TYPE (PcLabConsole, pc_lab_console, GTK_TYPE_WIDGET)

static const char *const protocol_ids[] = { "imap", "pop3", "smtp", "tftp" };

/* -- words ---------------------------------------------------------------- */

typedef enum {
  WORD_HINT,
  WORD_PROBLEM,
  WORD_REACHED,
} Word;

/* Beside the line: a hint, or why something was not sent.  NULL: nothing. */
static void
say (PcLabConsole *self,
     Word          word,
     const char   *text,
     const char   *offer)
{
  static const struct
  {
    const char *icon;
    const char *css;
  } looks[] = {
    [WORD_HINT] = { "pc-note-symbolic", "note" },
    [WORD_PROBLEM] = { "dialog-warning-symbolic", "warning" },
    [WORD_REACHED] = { "pc-right-symbolic", "note" },
  };

  g_free (self->offer);
  self->offer = g_strdup (offer);
  gtk_widget_set_visible (self->word, text != NULL);
  gtk_widget_set_visible (self->use, offer != NULL);
  gtk_label_set_label (self->word_label, text != NULL ? text : "");
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (self->word, looks[i].css);
  gtk_widget_add_css_class (self->word, looks[word].css);
  gtk_image_set_from_icon_name (self->word_icon, looks[word].icon);
  if (text != NULL)
    pc_lab_console_line_tell (self->line, text);
}

/* -- what is shown -------------------------------------------------------- */

static gboolean
has_packets (PcLabConsole *self)
{
  return self->console != NULL &&
         !pc_console_get_setup (self->console)->protocol->stream;
}

static GSimpleAction *
get_action (PcLabConsole *self,
            const char   *name)
{
  return G_SIMPLE_ACTION (
      g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

static void
update_actions (PcLabConsole *self)
{
  PcConsoleMode mode = self->console != NULL
                           ? pc_console_get_mode (self->console)
                           : PC_CONSOLE_CLOSED;
  gboolean open = mode != PC_CONSOLE_CLOSED;
  gboolean some = self->console != NULL &&
                  pc_console_get_n_entries (self->console) > 0;
  const PcConsoleSetup *setup =
      self->console != NULL ? pc_console_get_setup (self->console) : NULL;
  gboolean client = setup != NULL && setup->role == PC_CONSOLE_CLIENT;

  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->link),
                                  open ? "console.console-close"
                                       : "console.console-connect");
  gtk_button_set_label (self->link, open     ? _ ("_Hang Up")
                                    : client ? _ ("Co_nnect")
                                             : _ ("Let the Client _Call"));
  if (open)
    gtk_widget_remove_css_class (GTK_WIDGET (self->link), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->link), "suggested-action");
  g_simple_action_set_enabled (get_action (self, "console-connect"),
                               self->console != NULL && !open);
  g_simple_action_set_enabled (get_action (self, "console-close"), open);
  g_simple_action_set_enabled (get_action (self, "console-cut"), open);
  g_simple_action_set_enabled (get_action (self, "console-save"), some);
  g_simple_action_set_enabled (get_action (self, "console-save-to"), some);
  g_simple_action_set_enabled (get_action (self, "console-run"), some);
  g_simple_action_set_enabled (get_action (self, "console-tags"),
                               client &&
                                   g_str_equal (setup->protocol->id, "imap"));
}

/* What the command that is being typed is written like. */
static void
update_syntax (PcLabConsole *self)
{
  g_autofree char *text = pc_lab_console_line_get_text (self->line);
  g_autofree char *line = NULL;
  g_autoptr (GPtrArray) choices = NULL;
  const char *found = "";

  if (self->console == NULL || *text == '\0' || has_packets (self)) {
    gtk_label_set_label (self->syntax, "");
    gtk_widget_set_visible (GTK_WIDGET (self->syntax), FALSE);
    return;
  }
  line = pc_console_complete_line (self->console, text);
  choices = pc_console_list_choices (self->console, FALSE);
  for (guint i = 0; i < choices->len; i++) {
    const PcConsoleChoice *choice = choices->pdata[i];
    gsize len = strlen (choice->word);
    const char *at = line;

    /* The word itself, or behind a tag. */
    for (guint word = 0; word < 2 && at != NULL; word++) {
      if (g_ascii_strncasecmp (at, choice->word, len) == 0 &&
          (at[len] == ' ' || at[len] == '\0') &&
          len + 1 > strlen (found) - (*found == '\0' ? 0 : 1))
        found = choice->syntax;
      at = strchr (at, ' ');
      at = at != NULL ? at + 1 : NULL;
    }
  }
  gtk_label_set_label (self->syntax, found);
  gtk_widget_set_visible (GTK_WIDGET (self->syntax), *found != '\0');
}

static void
update_goal (PcLabConsole *self)
{
  const PcConsoleGoal *goal = pc_console_get_setup (self->console)->goal;
  gboolean reached = pc_console_is_goal_reached (self->console);
  g_autofree char *text = NULL;

  if (goal == NULL)
    return;
  text = g_strdup_printf (reached ? /* Translators: a goal, and what it is. */
                              _ ("Goal reached: %1$s. %2$s")
                                  : _ ("Goal: %1$s. %2$s"),
                          _ (goal->title), _ (goal->meaning));
  gtk_label_set_label (self->goal, text);
  if (reached && !self->reached) {
    self->reached = TRUE;
    say (self, WORD_REACHED, text, NULL);
  }
}

static gboolean
update_cb (gpointer data)
{
  PcLabConsole *self = data;
  g_autofree char *news = NULL;
  g_autofree char *mode = NULL;
  guint n;

  self->update_id = 0;
  /* The window is gone, and its commands with it. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return G_SOURCE_REMOVE;
  if (self->console == NULL) {
    update_actions (self);
    return G_SOURCE_REMOVE;
  }
  n = pc_console_get_n_entries (self->console);
  if (n != self->n_entries) {
    self->rung = 0;
    say (self, WORD_HINT, NULL, NULL);
  }
  self->n_entries = n;
  news = pc_lab_console_log_update (self->log);
  if (news != NULL)
    pc_lab_console_line_tell (self->line, news);
  mode = pc_console_describe_mode (self->console);
  if (g_strcmp0 (mode, gtk_label_get_label (self->mode)) != 0)
    gtk_label_set_label (self->mode, mode);
  pc_lab_console_guide_show (self->guide, self->console);
  update_goal (self);
  update_actions (self);
  update_syntax (self);
  return G_SOURCE_REMOVE;
}

/* The network tells of each portion; one look at all of them is enough. */
static void
update_soon (PcLabConsole *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_cb, self);
}

static void
changed_cb (PcConsole *console,
            gpointer   data)
{
  update_soon (data);
}

static const PcConsoleHandler handler = { .changed = changed_cb };

/* -- sessions ------------------------------------------------------------- */

static guint
get_choice (GtkWidget *list)
{
  return gtk_drop_down_get_selected (GTK_DROP_DOWN (list));
}

static const PcProtocol *
get_protocol (PcLabConsole *self)
{
  return pc_registry_find (protocol_ids[get_choice (self->protocols)]);
}

static PcConsoleRole
get_role (PcLabConsole *self)
{
  return get_choice (self->roles) == 0 ? PC_CONSOLE_CLIENT
                                       : PC_CONSOLE_SERVER;
}

static void
drop_console (PcLabConsole *self)
{
  g_clear_handle_id (&self->update_id, g_source_remove);
  pc_lab_console_log_set_console (self->log, NULL);
  pc_lab_console_line_set_console (self->line, NULL);
  g_clear_pointer (&self->console, pc_console_free);
}

/* A console that nothing was said in yet. */
static gboolean
make_console (PcLabConsole *self)
{
  PcConsoleSetup setup = { .protocol = get_protocol (self),
                           .role = get_role (self),
                           .link = PC_LINK_SOCKETS };
  g_autoptr (GError) error = NULL;
  guint goal = get_choice (self->goals);

  setup.goal = pc_console_get_goal (setup.protocol, setup.role, goal);
  setup.security = setup.protocol->stream
                       ? (PcVariant) get_choice (self->securities)
                       : PC_VARIANT_CLEAR;
  pc_lab_stage_show_text (self->stage,
                          _ ("What crosses the wire is shown here while you "
                             "type it."));
  drop_console (self);
  say (self, WORD_HINT, NULL, NULL);
  self->rung = 0;
  self->n_entries = 0;
  self->reached = FALSE;
  self->console = pc_console_new (&setup, &handler, self, &error);
  if (self->console == NULL) {
    pc_lab_stage_show_text (self->stage, error->message);
    update_actions (self);
    return FALSE;
  }
  pc_console_set_auto_tag (
      self->console, g_variant_get_boolean (g_action_get_state (G_ACTION (
                         get_action (self, "console-tags")))));
  pc_lab_console_log_set_console (self->log, self->console);
  pc_lab_console_line_set_console (self->line, self->console);
  pc_lab_console_line_set_text (self->line, "");
  gtk_widget_set_visible (GTK_WIDGET (self->packet), has_packets (self));
  gtk_widget_set_visible (GTK_WIDGET (self->line), !has_packets (self));
  update_cb (self);
  return TRUE;
}

static void
open_line (PcLabConsole *self)
{
  g_autoptr (GError) error = NULL;

  if (self->console == NULL && !make_console (self))
    return;
  pc_lab_stage_follow (self->stage, pc_console_get_timeline (self->console));
  if (!pc_console_connect (self->console, &error))
    say (self, WORD_PROBLEM, error->message, NULL);
  update_soon (self);
}

static void
focus_input (PcLabConsole *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->talk_tab), TRUE);
  gtk_widget_grab_focus (has_packets (self) ? GTK_WIDGET (self->packet)
                                            : GTK_WIDGET (self->line));
}

void
pc_lab_console_begin (PcLabConsole *self)
{
  g_return_if_fail (PC_IS_LAB_CONSOLE (self));

  if (make_console (self)) {
    open_line (self);
    focus_input (self);
  }
}

/* -- saying something ----------------------------------------------------- */

/* TRUE when all of it is on the wire; @rest: what is not, within @text. */
static gboolean
send_lines (PcLabConsole *self,
            char         *text,
            const char  **rest,
            GError      **error)
{
  for (char *line = text; line != NULL;) {
    char *end = strchr (line, '\n');

    *rest = line;
    if (end != NULL)
      *end = '\0';
    if (!pc_console_send (self->console, line, error)) {
      if (end != NULL)
        *end = '\n';
      return FALSE;
    }
    line = end != NULL ? end + 1 : NULL;
  }
  return TRUE;
}

gboolean
pc_lab_console_send (PcLabConsole *self,
                     const char   *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *lines = g_strdup (text);
  const char *rest = lines;
  gboolean sent;

  g_return_val_if_fail (PC_IS_LAB_CONSOLE (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (self->console == NULL)
    return FALSE;
  /* Nobody wants to send an empty command. */
  if (*text == '\0' &&
      pc_console_get_mode (self->console) == PC_CONSOLE_COMMAND)
    return FALSE;
  if (pc_console_get_setup (self->console)->role == PC_CONSOLE_SERVER)
    sent = pc_console_send (self->console, text, &error);
  else
    sent = send_lines (self, lines, &rest, &error);
  pc_lab_console_line_set_text (self->line, sent ? "" : rest);
  if (!sent)
    say (self, WORD_PROBLEM, error->message, NULL);
  update_soon (self);
  return sent;
}

static void
send_cb (PcLabConsole *self,
         const char   *text)
{
  pc_lab_console_send (self, text);
}

static void
send_packet_cb (PcLabConsole *self)
{
  g_autoptr (GError) error = NULL;

  if (self->console == NULL)
    return;
  if (pc_console_get_mode (self->console) == PC_CONSOLE_CLOSED)
    open_line (self);
  if (!pc_console_send_packet (self->console,
                               pc_lab_console_packet_get (self->packet),
                               &error))
    say (self, WORD_PROBLEM, error->message, NULL);
  update_soon (self);
}

/* Into the line, or into the form of the packet; nothing is sent. */
static void
put (PcLabConsole *self,
     const char   *line)
{
  g_autoptr (PcPacket) packet = NULL;

  if (!has_packets (self)) {
    pc_lab_console_line_set_text (self->line, line);
  } else {
    packet = pc_packet_parse (line, NULL);
    if (packet != NULL)
      pc_lab_console_packet_set (self->packet, packet);
  }
  focus_input (self);
}

static void
use_cb (PcLabConsole *self)
{
  g_autofree char *offer = g_strdup (self->offer);

  if (offer != NULL)
    put (self, offer);
}

/* -- hints ---------------------------------------------------------------- */

static void
hint (PcLabConsole *self)
{
  g_autofree char *text = NULL;
  g_autofree char *told = NULL;
  guint rung = MIN (self->rung + 1, PC_CONSOLE_RUNGS);

  if (self->console == NULL)
    return;
  text = pc_console_get_hint (self->console, rung);
  if (text == NULL) {
    say (self, WORD_HINT, _ ("There is nothing to say now."), NULL);
    return;
  }
  self->rung = rung;
  told = g_strdup_printf (
      /* Translators: which hint of how many, and what it says. */
      _ ("Hint %1$u of %2$u: %3$s"), rung, PC_CONSOLE_RUNGS, text);
  say (self, WORD_HINT, told, rung == PC_CONSOLE_RUNGS ? text : NULL);
}

/* -- commands ------------------------------------------------------------- */

static void
action_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcLabConsole *self = data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_str_equal (name, "console-new")) {
    pc_lab_console_begin (self);
  } else if (g_str_equal (name, "console-connect")) {
    open_line (self);
    focus_input (self);
  } else if (g_str_equal (name, "console-close")) {
    pc_console_close (self->console);
  } else if (g_str_equal (name, "console-cut")) {
    pc_console_cut (self->console);
  } else if (g_str_equal (name, "console-hint")) {
    hint (self);
  } else {
    pc_lab_console_run (GTK_WIDGET (self), self->console);
  }
  update_soon (self);
}

static void
chosen_file_cb (gpointer owner,
                GFile   *file)
{
  PcLabConsole *self = owner;

  if (self->console != NULL)
    pc_lab_console_save_to (GTK_WIDGET (self), self->console, file);
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  pc_lab_console_ask_file (data, chosen_file_cb);
}

static void
save_to_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  g_autoptr (GFile) file =
      g_file_new_for_path (g_variant_get_bytestring (parameter));

  chosen_file_cb (data, file);
}

static void
tags_cb (GSimpleAction *action,
         GVariant      *state,
         gpointer       data)
{
  PcLabConsole *self = data;

  g_simple_action_set_state (action, state);
  if (self->console != NULL)
    pc_console_set_auto_tag (self->console, g_variant_get_boolean (state));
  update_soon (self);
}

static void
setup_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  static const char *const securities[] = { "none", "starttls", "tls" };
  PcLabConsole *self = data;
  const char *protocol, *role, *security;

  g_variant_get (parameter, "(&s&s&s)", &protocol, &role, &security);
  self->silent = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (protocol_ids); i++)
    if (g_str_equal (protocol_ids[i], protocol))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->protocols), i);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->roles),
                              g_str_equal (role, "server"));
  for (guint i = 0; i < G_N_ELEMENTS (securities); i++)
    if (g_str_equal (securities[i], security))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->securities), i);
  self->silent = FALSE;
  pc_lab_console_begin (self);
}

/* -- choosers ------------------------------------------------------------- */

/* What there is to reach depends on who one is. */
static void
fill_goals (PcLabConsole *self)
{
  const PcProtocol *protocol = get_protocol (self);
  PcConsoleRole role = get_role (self);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  const PcConsoleGoal *goal;

  for (guint i = 0;
       (goal = pc_console_get_goal (protocol, role, i)) != NULL; i++)
    gtk_string_list_append (titles, _ (goal->title));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->goals),
                           G_LIST_MODEL (titles));
}

/* Nothing that was typed is lost by a look at another protocol. */
static void
chooser_cb (PcLabConsole *self,
            GParamSpec   *pspec,
            GtkWidget    *list)
{
  gboolean silent = self->silent;

  self->silent = TRUE;
  if (list == self->protocols || list == self->roles)
    fill_goals (self);
  self->silent = silent;
  gtk_widget_set_sensitive (self->securities, get_protocol (self)->stream);
  if (silent)
    return;
  if (self->console != NULL && pc_console_get_n_entries (self->console) > 0)
    say (self, WORD_HINT, _ ("Press New Session to begin with this."), NULL);
  else
    make_console (self);
}

static GtkWidget *
add_chooser (PcLabConsole      *self,
             const char        *name,
             const char *const *texts)
{
  GtkWidget *list = pc_choice_list_new (name, texts, FALSE);

  gtk_box_append (GTK_BOX (self->choosers), list);
  g_signal_connect_swapped (list, "notify::selected", G_CALLBACK (chooser_cb),
                            self);
  return list;
}

static void
add_choosers (PcLabConsole *self)
{
  const char *protocols[G_N_ELEMENTS (protocol_ids) + 1] = { NULL };
  const char *const roles[] = { _ ("I am the client"), _ ("I am the server"),
                                NULL };
  const char *const securities[] = { _ ("In clear"), _ ("STARTTLS"),
                                     _ ("TLS from the first octet"), NULL };
  const char *const none[] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (protocol_ids); i++)
    protocols[i] = pc_registry_find (protocol_ids[i])->name;
  self->silent = TRUE;
  self->protocols = add_chooser (self, _ ("Protocol"), protocols);
  self->roles = add_chooser (self, _ ("Role"), roles);
  self->securities = add_chooser (self, _ ("Security"), securities);
  self->goals = add_chooser (self, _ ("Goal"), none);
  fill_goals (self);
  self->silent = FALSE;
}

static void
tab_toggled_cb (PcLabConsole    *self,
                GtkToggleButton *tab)
{
  if (gtk_toggle_button_get_active (tab))
    pc_lab_layout_set_chosen (
        PC_LAB_LAYOUT (gtk_widget_get_layout_manager (self->bench)),
        tab == (gpointer) self->talk_tab   ? 0
        : tab == (gpointer) self->wire_tab ? 1
                                           : 2);
}

static void
step_chosen_cb (PcLabConsole *self,
                guint         number)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->wire_tab), TRUE);
  g_action_group_activate_action (
      G_ACTION_GROUP (pc_lab_stage_get_actions (self->stage)), "show-step",
      g_variant_new_uint32 (number));
}

/* -- access --------------------------------------------------------------- */

PcLabStage *
pc_lab_console_get_stage (PcLabConsole *self)
{
  g_return_val_if_fail (PC_IS_LAB_CONSOLE (self), NULL);

  return self->stage;
}

GSimpleActionGroup *
pc_lab_console_get_actions (PcLabConsole *self)
{
  g_return_val_if_fail (PC_IS_LAB_CONSOLE (self), NULL);

  return self->actions;
}

PcConsole *
pc_lab_console_get_console (PcLabConsole *self)
{
  g_return_val_if_fail (PC_IS_LAB_CONSOLE (self), NULL);

  return self->console;
}

static void
reveal_cb (PcLabConsole *self,
           GParamSpec   *pspec,
           PcInspector  *inspector)
{
  pc_lab_console_log_set_reveal (self->log,
                                 pc_inspector_get_reveal (inspector));
}

void
pc_lab_console_set_inspector (PcLabConsole *self,
                              PcInspector  *inspector)
{
  g_return_if_fail (PC_IS_LAB_CONSOLE (self));

  pc_lab_stage_set_inspector (self->stage, inspector);
  if (inspector != NULL)
    g_signal_connect_object (inspector, "notify::reveal",
                             G_CALLBACK (reveal_cb), self, G_CONNECT_SWAPPED);
}

/* -- life ----------------------------------------------------------------- */

/* Its sockets are opened when somebody wants to see it. */
static void
map (GtkWidget *widget)
{
  PcLabConsole *self = PC_LAB_CONSOLE (widget);

  GTK_WIDGET_CLASS (pc_lab_console_parent_class)->map (widget);
  if (self->console == NULL)
    make_console (self);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  PcLabConsole *self = PC_LAB_CONSOLE (widget);

  if (self->console == NULL ||
      pc_console_get_mode (self->console) == PC_CONSOLE_CLOSED)
    return gtk_widget_grab_focus (GTK_WIDGET (self->link));
  focus_input (self);
  return TRUE;
}

static void
dispose (GObject *object)
{
  PcLabConsole *self = PC_LAB_CONSOLE (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  self->silent = TRUE;
  if (self->box != NULL)
    drop_console (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->offer, g_free);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (pc_lab_console_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabConsole, name)
#define CALLBACK(name) \
  gtk_widget_class_bind_template_callback (widget_class, name)

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-console.ui");
  BIND (box);
  BIND (link);
  BIND (choosers);
  BIND (goal);
  BIND (bench);
  BIND (talk_tab);
  BIND (wire_tab);
  BIND (guide_tab);
  BIND (log);
  BIND (word);
  BIND (word_icon);
  BIND (word_label);
  BIND (use);
  BIND (mode);
  BIND (line);
  BIND (packet);
  BIND (syntax);
  BIND (stage);
  BIND (guide);
  CALLBACK (tab_toggled_cb);
  CALLBACK (send_cb);
  CALLBACK (send_packet_cb);
  CALLBACK (update_syntax);
  CALLBACK (use_cb);
  CALLBACK (put);
  CALLBACK (step_chosen_cb);
}

#undef BIND
#undef CALLBACK

static void
pc_lab_console_class_init (PcLabConsoleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_LAB_CONSOLE_GUIDE);
  g_type_ensure (PC_TYPE_LAB_CONSOLE_LINE);
  g_type_ensure (PC_TYPE_LAB_CONSOLE_LOG);
  g_type_ensure (PC_TYPE_LAB_CONSOLE_PACKET);
  g_type_ensure (PC_TYPE_LAB_LAYOUT);
  g_type_ensure (PC_TYPE_LAB_STAGE);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  widget_class->map = map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0,
                                       "console.console-hint", NULL);
  bind_template (widget_class);
}

static void
pc_lab_console_init (PcLabConsole *self)
{
  static const GActionEntry entries[] = {
    { .name = "console-new", .activate = action_cb },
    { .name = "console-connect", .activate = action_cb },
    { .name = "console-close", .activate = action_cb },
    { .name = "console-cut", .activate = action_cb },
    { .name = "console-hint", .activate = action_cb },
    { .name = "console-run", .activate = action_cb },
    { .name = "console-save", .activate = save_cb },
    { .name = "console-save-to",
      .parameter_type = "ay",
      .activate = save_to_cb },
    { .name = "console-setup",
      .parameter_type = "(sss)",
      .activate = setup_cb },
    { .name = "console-tags", .state = "true", .change_state = tags_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "console",
                                  G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  add_choosers (self);
  say (self, WORD_HINT, NULL, NULL);
  update_syntax (self);
  update_actions (self);
}
