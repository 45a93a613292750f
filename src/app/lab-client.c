/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Serves, and lists who comes.  The servers are run/serve's, on 127.0.0.1
 * only; each conversation has a timeline of its own, which grows while one
 * looks at it.  The list is told of many steps at once: a fast client must not
 * keep the window busy. */

#include "app/lab-client.h"

#include "app/flow-layout.h"
#include "app/lab-certificate.h"
#include "app/lab-layout.h"
#include "app/lab-recipes.h"
#include "app/tab-stop.h"

#include "base/limits.h"
#include "run/fault-aim.h"
#include "run/run.h"
#include "run/serve.h"
#include "scenario/world.h"

#include <glib/gi18n-lib.h>

#define HOST "mail.example.test"
#define MAX_KINDS 16
#define UPDATE_MS 100
#define MOST_ROWS 25 /* made in one update */
#define LINE_CHARS 30 /* of a row, where there is room */
#define NEWEST_US 500000 /* where many come, not each is shown */

struct _PcLabClient
{
  GtkWidget parent_instance;

  GtkWidget  *box;
  GtkButton  *start;
  GtkWidget  *newest;
  GtkLabel   *status;
  GtkWidget  *bench;
  GtkWidget  *settings_tab;
  GtkWidget  *wire_tab;
  GtkWidget  *list_tab;
  GtkWidget  *recipes;
  PcLabStage *stage;
  GtkListBox *list;

  PcServe   *serve; /* NULL while nothing runs */
  guint      ports[MAX_KINDS];
  char      *armed; /* what goes wrong on purpose; or NULL */
  GPtrArray *talks; /* Talk*, oldest first */
  guint      n_seen;
  guint      update_id;
  gboolean   newer; /* somebody came: to be shown at the next update */
  gint64     shown; /* when that was last, monotonic */
};

/* One conversation. */
typedef struct
{
  PcLabClient *page;
  PcTimeline  *timeline;
  char        *name; /* "3 · IMAP, port 10143" */
  GtkWidget   *state;
  GtkWidget   *row; /* NULL before the next update */
  gulong       grown_id;
  gboolean     over;
  gboolean     changed;
} Talk;

enum { ARMED = 1,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcLabClient, pc_lab_client, GTK_TYPE_WIDGET)

static void
talk_free (gpointer data)
{
  Talk *self = data;

  g_signal_handler_disconnect (self->timeline, self->grown_id);
  g_object_unref (self->timeline);
  g_free (self->name);
  g_free (self);
}

/* -- the list ------------------------------------------------------------- */

static void
show_talk (Talk *talk)
{
  guint n = pc_timeline_get_n_steps (talk->timeline);
  g_autofree char *text =
      talk->over
          ? g_strdup_printf (ngettext ("%u step, over", "%u steps, over", n),
                             n)
          : g_strdup_printf (ngettext ("%u step, goes on",
                                       "%u steps, goes on", n),
                             n);
  g_autofree char *name = NULL;

  talk->changed = FALSE;
  if (talk->row == NULL)
    return;
  gtk_inscription_set_text (GTK_INSCRIPTION (talk->state), text);
  name = g_strdup_printf ("%s: %s", talk->name, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (talk->row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static gboolean update_cb (gpointer data);

static void
update_soon (PcLabClient *self)
{
  if (self->update_id == 0)
    self->update_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, UPDATE_MS,
                                          update_cb, self, NULL);
}

/* No labels: those would have the whole window laid out anew whenever one of
 * hundreds counts another step. */
static GtkWidget *
make_line (const char *text,
           const char *css)
{
  GtkWidget *line = gtk_inscription_new (text);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (line),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (line), LINE_CHARS);
  gtk_widget_add_css_class (line, css);
  return line;
}

static void
make_row (Talk *talk)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  talk->row = gtk_list_box_row_new ();
  talk->state = make_line (NULL, "row-subtitle");
  gtk_box_append (GTK_BOX (box), make_line (talk->name, "row-title"));
  gtk_box_append (GTK_BOX (box), talk->state);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (talk->row), box);
  gtk_list_box_prepend (talk->page->list, talk->row);
  show_talk (talk);
}

/* Those that came since, a few at a time. */
static void
make_rows (PcLabClient *self)
{
  guint n = 0;

  for (guint i = 0; i < self->talks->len; i++) {
    Talk *talk = self->talks->pdata[i];

    if (talk->row != NULL)
      continue;
    if (++n > MOST_ROWS) {
      update_soon (self);
      return;
    }
    make_row (talk);
  }
}

static Talk *
get_newest (PcLabClient *self)
{
  for (guint i = self->talks->len; i > 0; i--) {
    Talk *talk = self->talks->pdata[i - 1];

    if (talk->row != NULL)
      return talk;
  }
  return NULL;
}

static gboolean
update_cb (gpointer data)
{
  PcLabClient *self = data;
  Talk *newest;

  self->update_id = 0;
  make_rows (self);
  newest = get_newest (self);
  if (self->newer && newest != NULL &&
      g_get_monotonic_time () - self->shown < NEWEST_US) {
    update_soon (self);
  } else if (self->newer && newest != NULL) {
    self->shown = g_get_monotonic_time ();
    self->newer = FALSE;
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (newest->row));
  }
  for (guint i = 0; i < self->talks->len; i++) {
    Talk *talk = self->talks->pdata[i];

    if (talk->changed)
      show_talk (talk);
  }
  return G_SOURCE_REMOVE;
}

static void
grown_cb (Talk *talk)
{
  talk->changed = TRUE;
  update_soon (talk->page);
}

static Talk *
get_selected (PcLabClient *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  for (guint i = 0; row != NULL && i < self->talks->len; i++) {
    Talk *talk = self->talks->pdata[i];

    if (talk->row == (GtkWidget *) row)
      return talk;
  }
  return NULL;
}

static void
show_selected (PcLabClient *self)
{
  Talk *talk = get_selected (self);

  if (talk == NULL)
    return;
  if (talk->over)
    pc_lab_stage_show (self->stage, talk->timeline, 0);
  else
    pc_lab_stage_follow (self->stage, talk->timeline);
}

/* Who has chosen one wants to go on with it. */
static void
row_activated_cb (PcLabClient *self)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->newest), FALSE);
  self->newer = FALSE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->wire_tab), TRUE);
}

/* The list does not grow for ever: what is over goes first. */
static void
make_room (PcLabClient *self)
{
  for (guint i = 0;
       i < self->talks->len && self->talks->len >= PC_LIMIT_LAB_TALKS; i++) {
    Talk *talk = self->talks->pdata[i];

    if (!talk->over || talk == get_selected (self))
      continue;
    if (talk->row != NULL)
      gtk_list_box_remove (self->list, talk->row);
    g_ptr_array_remove_index (self->talks, i--);
  }
}

/* -- conversations -------------------------------------------------------- */

static void
begins_cb (PcTimeline *timeline,
           PcConn     *conn,
           gpointer    data)
{
  PcLabClient *self = data;
  const PcHubService *service = pc_conn_get_service (conn);
  Talk *talk = g_new0 (Talk, 1);

  make_room (self);
  self->n_seen++;
  talk->page = self;
  talk->timeline = g_object_ref (timeline);
  talk->name = g_strdup_printf (
      /* Translators: a number, a protocol, and the client's port. */
      _ ("%u · %s, from port %u"), self->n_seen, service->protocol->name,
      pc_conn_get_client_port (conn));
  talk->grown_id = g_signal_connect_swapped (
      timeline, "items-changed", G_CALLBACK (grown_cb), talk);
  g_ptr_array_add (self->talks, talk);
  if (get_selected (self) == NULL ||
      gtk_check_button_get_active (GTK_CHECK_BUTTON (self->newest)))
    self->newer = TRUE;
  update_soon (self);
}

static void
ends_cb (PcTimeline *timeline,
         gpointer    data)
{
  PcLabClient *self = data;

  for (guint i = 0; i < self->talks->len; i++) {
    Talk *talk = self->talks->pdata[i];

    if (talk->timeline != timeline)
      continue;
    talk->over = TRUE;
    show_talk (talk);
    if (talk == get_selected (self))
      show_selected (self);
  }
}

static const PcServeHandler handler = { .begins = begins_cb, .ends = ends_cb };

/* -- the servers ---------------------------------------------------------- */

static PcFiles *
make_files (const PcWorld *world)
{
  static const char config[] = "hostname switch1\n"
                               "interface vlan 1\n"
                               " ip address 192.0.2.10 255.255.255.0\n"
                               "snmp-server location lab\n";
  PcFiles *files = pc_run_make_files (world);
  g_autoptr (GBytes) content =
      g_bytes_new_static (config, sizeof config - 1);

  pc_files_add (files, "switch1.cfg", content);
  return files;
}

/* At its lab port; where somebody has that already, at any. */
static gboolean
listen (PcLabClient *self,
        GError     **error)
{
  for (guint i = 0; pc_serve_kinds[i].name != NULL; i++) {
    const PcServeKind *kind = &pc_serve_kinds[i];

    self->ports[i] = pc_serve_listen (
        self->serve, kind, kind->registered + PC_SERVE_LAB_OFFSET, NULL);
    if (self->ports[i] == 0)
      self->ports[i] = pc_serve_listen (self->serve, kind, 0, error);
    if (self->ports[i] == 0)
      return FALSE;
  }
  return TRUE;
}

static void
show_recipes (PcLabClient *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->recipes)) != NULL)
    gtk_box_remove (GTK_BOX (self->recipes), child);
  for (guint i = 0; pc_lab_recipes[i].client != NULL; i++)
    gtk_box_append (GTK_BOX (self->recipes),
                    pc_lab_recipe_make_row (&pc_lab_recipes[i],
                                            self->ports));
}

/* Before they run: the ports that they will most likely have. */
static void
guess_ports (PcLabClient *self)
{
  for (guint i = 0; pc_serve_kinds[i].name != NULL; i++)
    self->ports[i] = pc_serve_kinds[i].registered + PC_SERVE_LAB_OFFSET;
}

static void
update_status (PcLabClient *self)
{
  gboolean running = self->serve != NULL;

  gtk_button_set_label (self->start, running ? _ ("_Stop the Servers")
                                             : _ ("_Start the Servers"));
  if (running)
    gtk_widget_remove_css_class (GTK_WIDGET (self->start),
                                 "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->start), "suggested-action");
  gtk_label_set_label (
      self->status,
      running ? _ ("The servers listen on 127.0.0.1, for programs on this "
                   "computer only.")
              : _ ("Start the servers, then let curl, Thunderbird or tftp "
                   "come to them, and watch what they say."));
}

/* Takes @sentence. */
static void
set_armed (PcLabClient *self,
           char        *sentence)
{
  g_free (self->armed);
  self->armed = sentence;
  g_object_notify_by_pspec (G_OBJECT (self), props[ARMED]);
}

void
pc_lab_client_set_running (PcLabClient *self,
                           gboolean     running)
{
  g_autoptr (PcWorld) world = NULL;
  g_autoptr (PcMailStore) store = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (PC_IS_LAB_CLIENT (self));

  if (running == (self->serve != NULL))
    return;
  if (!running) {
    set_armed (self, NULL);
    /* It tells of the end of all that goes on. */
    g_clear_pointer (&self->serve, pc_serve_free);
    for (guint i = 0; i < self->talks->len; i++)
      ends_cb (((Talk *) self->talks->pdata[i])->timeline, self);
    update_status (self);
    if (get_selected (self) == NULL)
      pc_lab_stage_show_text (self->stage, _ ("The servers do not run."));
    return;
  }
  world = pc_world_new (PC_WORLD_FULL);
  store = pc_world_make_store (world, g_get_real_time ());
  self->serve = pc_serve_new (store, make_files (world), HOST, &handler,
                              self);
  pc_serve_share (self->serve);
  if (!listen (self, &error)) {
    g_clear_pointer (&self->serve, pc_serve_free);
    pc_lab_stage_show_text (self->stage, error->message);
    return;
  }
  show_recipes (self);
  update_status (self);
  if (get_selected (self) == NULL)
    pc_lab_stage_show_text (self->stage,
                            _ ("Nobody has come yet. Copy a command into a "
                               "terminal."));
}

gboolean
pc_lab_client_arm (PcLabClient *self,
                   const char  *spec,
                   GError     **error)
{
  g_autoptr (PcFaults) faults = NULL;

  g_return_val_if_fail (PC_IS_LAB_CLIENT (self), FALSE);
  g_return_val_if_fail (spec != NULL, FALSE);

  faults = pc_faults_new_spec (spec, NULL, error);
  if (faults == NULL)
    return FALSE;
  pc_lab_client_set_running (self, TRUE);
  if (self->serve == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         _ ("The servers do not run."));
    return FALSE;
  }
  pc_serve_arm (self->serve, faults);
  set_armed (self, pc_fault_describe (pc_faults_get (faults, 0), NULL));
  return TRUE;
}

void
pc_lab_client_disarm (PcLabClient *self)
{
  g_return_if_fail (PC_IS_LAB_CLIENT (self));

  if (self->serve != NULL)
    pc_serve_disarm (self->serve);
  set_armed (self, NULL);
}

const char *
pc_lab_client_get_armed (PcLabClient *self)
{
  g_return_val_if_fail (PC_IS_LAB_CLIENT (self), NULL);

  return self->armed;
}

static void
start_cb (PcLabClient *self)
{
  pc_lab_client_set_running (self, self->serve == NULL);
}

gboolean
pc_lab_client_get_running (PcLabClient *self)
{
  g_return_val_if_fail (PC_IS_LAB_CLIENT (self), FALSE);

  return self->serve != NULL;
}

guint
pc_lab_client_get_port (PcLabClient *self,
                        const char  *name)
{
  g_return_val_if_fail (PC_IS_LAB_CLIENT (self), 0);

  for (guint i = 0; self->serve != NULL && pc_serve_kinds[i].name != NULL; i++)
    if (g_str_equal (pc_serve_kinds[i].name, name))
      return self->ports[i];
  return 0;
}

guint
pc_lab_client_get_n (PcLabClient *self)
{
  g_return_val_if_fail (PC_IS_LAB_CLIENT (self), 0);

  return self->talks->len;
}

PcTimeline *
pc_lab_client_get_timeline (PcLabClient *self,
                            guint        index)
{
  g_return_val_if_fail (PC_IS_LAB_CLIENT (self), NULL);

  return index < self->talks->len
             ? ((Talk *) self->talks->pdata[index])->timeline
             : NULL;
}

void
pc_lab_client_show (PcLabClient *self,
                    guint        index)
{
  GtkListBoxRow *row;

  g_return_if_fail (PC_IS_LAB_CLIENT (self));
  g_return_if_fail (index < self->talks->len);

  make_rows (self);
  row = GTK_LIST_BOX_ROW (((Talk *) self->talks->pdata[index])->row);
  gtk_list_box_select_row (self->list, row);
  row_activated_cb (self);
}

PcLabStage *
pc_lab_client_get_stage (PcLabClient *self)
{
  g_return_val_if_fail (PC_IS_LAB_CLIENT (self), NULL);

  return self->stage;
}

static void
save_cb (PcLabClient *self)
{
  pc_lab_certificate_ask (GTK_WIDGET (self));
}

static void
tab_toggled_cb (PcLabClient     *self,
                GtkToggleButton *tab)
{
  if (gtk_toggle_button_get_active (tab))
    pc_lab_layout_set_chosen (
        PC_LAB_LAYOUT (gtk_widget_get_layout_manager (self->bench)),
        tab == (gpointer) self->settings_tab ? 0
        : tab == (gpointer) self->wire_tab   ? 1
                                             : 2);
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (PC_LAB_CLIENT (widget)->start));
}

static void
dispose (GObject *object)
{
  PcLabClient *self = PC_LAB_CLIENT (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  self->list = NULL;
  g_clear_pointer (&self->talks, g_ptr_array_unref);
  self->talks = g_ptr_array_new_with_free_func (talk_free);
  g_clear_pointer (&self->serve, pc_serve_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_lab_client_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  g_ptr_array_unref (PC_LAB_CLIENT (object)->talks);
  g_free (PC_LAB_CLIENT (object)->armed);
  G_OBJECT_CLASS (pc_lab_client_parent_class)->finalize (object);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (id == ARMED)
    g_value_set_string (value, PC_LAB_CLIENT (object)->armed);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabClient, name)
#define CALLBACK(name) \
  gtk_widget_class_bind_template_callback (widget_class, name)

static void
pc_lab_client_class_init (PcLabClientClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_LAB_LAYOUT);
  g_type_ensure (PC_TYPE_LAB_STAGE);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  G_OBJECT_CLASS (klass)->get_property = get_property;
  props[ARMED] = g_param_spec_string (
      "armed", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-client.ui");
  BIND (box);
  BIND (start);
  BIND (newest);
  BIND (status);
  BIND (bench);
  BIND (settings_tab);
  BIND (wire_tab);
  BIND (list_tab);
  BIND (recipes);
  BIND (stage);
  BIND (list);
  CALLBACK (start_cb);
  CALLBACK (save_cb);
  CALLBACK (tab_toggled_cb);
  CALLBACK (row_activated_cb);
}

#undef BIND
#undef CALLBACK

static void
pc_lab_client_init (PcLabClient *self)
{
  self->talks = g_ptr_array_new_with_free_func (talk_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->list, "selected-rows-changed",
                            G_CALLBACK (show_selected), self);
  guess_ports (self);
  show_recipes (self);
  update_status (self);
  pc_lab_stage_show_text (self->stage,
                          _ ("What a client says to the servers is shown "
                             "here while it says it."));
}
