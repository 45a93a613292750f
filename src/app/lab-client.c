/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Serves, and lists who comes.  The servers are run/serve's, on 127.0.0.1
 * only; each conversation has a timeline of its own, which grows while one
 * looks at it.  The list is told of many steps at once: a fast client must not
 * keep the window busy. */

#include "app/lab-client.h"

#include "app/flow-layout.h"
#include "app/lab-layout.h"
#include "app/lab-recipes.h"
#include "app/save-file.h"
#include "app/tab-stop.h"
#include "app/window.h"

#include "base/limits.h"
#include "net/certificate.h"
#include "run/run.h"
#include "run/serve.h"
#include "scenario/world.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define HOST "mail.example.test"
#define MAX_KINDS 16
#define UPDATE_MS 100
#define CHOOSER "pc-ca-chooser"

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
  GPtrArray *talks; /* Talk*, oldest first */
  guint      n_seen;
  guint      update_id;
  gboolean   newer; /* somebody came: to be shown at the next update */
};

/* One conversation. */
typedef struct
{
  PcLabClient *page;
  PcTimeline  *timeline;
  char        *name; /* "3 · IMAP, port 10143" */
  GtkLabel    *title;
  GtkLabel    *state;
  GtkWidget   *row;
  gulong       grown_id;
  gboolean     over;
  gboolean     changed;
} Talk;

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

  gtk_label_set_label (talk->state, text);
  talk->changed = FALSE;
}

static gboolean
update_cb (gpointer data)
{
  PcLabClient *self = data;

  self->update_id = 0;
  if (self->newer && self->talks->len > 0)
    gtk_list_box_select_row (
        self->list,
        GTK_LIST_BOX_ROW (((Talk *) self->talks->pdata[self->talks->len - 1])
                              ->row));
  self->newer = FALSE;
  for (guint i = 0; i < self->talks->len; i++) {
    Talk *talk = self->talks->pdata[i];

    if (talk->changed)
      show_talk (talk);
  }
  return G_SOURCE_REMOVE;
}

static void
update_soon (PcLabClient *self)
{
  if (self->update_id == 0)
    self->update_id = g_timeout_add (UPDATE_MS, update_cb, self);
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
    gtk_list_box_remove (self->list, talk->row);
    g_ptr_array_remove_index (self->talks, i--);
  }
}

static GtkWidget *
make_row (Talk *talk)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  talk->title = GTK_LABEL (gtk_label_new (talk->name));
  talk->state = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (talk->title, 0);
  gtk_label_set_xalign (talk->state, 0);
  /* To wrap, hundreds of them would be measured again and again. */
  gtk_label_set_ellipsize (talk->title, PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (talk->state, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (talk->title), "row-title");
  gtk_widget_add_css_class (GTK_WIDGET (talk->state), "row-subtitle");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (talk->title));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (talk->state));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
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
  talk->row = make_row (talk);
  talk->grown_id = g_signal_connect_swapped (
      timeline, "items-changed", G_CALLBACK (grown_cb), talk);
  g_ptr_array_add (self->talks, talk);
  gtk_list_box_prepend (self->list, talk->row);
  show_talk (talk);
  if (get_selected (self) == NULL ||
      gtk_check_button_get_active (GTK_CHECK_BUTTON (self->newest))) {
    self->newer = TRUE;
    update_soon (self);
  }
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
copy_cb (GtkWidget *button)
{
  gdk_clipboard_set_text (
      gtk_widget_get_clipboard (button),
      g_object_get_data (G_OBJECT (button), "text"));
}

static GtkWidget *
make_recipe (const PcLabRecipe *recipe,
             const guint       *ports)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = gtk_label_new (recipe->client);
  GtkWidget *what = gtk_label_new (_ (recipe->what));
  GtkWidget *copy = gtk_button_new_with_label (_ ("Copy"));
  char *text = pc_lab_recipe_write (recipe, ports);
  GtkWidget *code = gtk_label_new (text);
  g_autofree char *label =
      /* Translators: a program, and what it does. */
      g_strdup_printf (_ ("Copy: %s, %s"), recipe->client, _ (recipe->what));

  gtk_widget_add_css_class (name, "heading");
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (copy, "step-link");
  g_object_set_data_full (G_OBJECT (copy), "text", text, g_free);
  g_signal_connect (copy, "clicked", G_CALLBACK (copy_cb), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (head), name);
  gtk_box_append (GTK_BOX (head), copy);
  gtk_label_set_xalign (GTK_LABEL (what), 0);
  gtk_label_set_wrap (GTK_LABEL (what), TRUE);
  gtk_widget_add_css_class (what, "row-subtitle");
  gtk_label_set_xalign (GTK_LABEL (code), 0);
  gtk_label_set_wrap (GTK_LABEL (code), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (code), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (code), 36);
  gtk_widget_add_css_class (code, recipe->prose ? "callout" : "excerpt");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), what);
  gtk_box_append (GTK_BOX (box), code);
  return box;
}

static void
show_recipes (PcLabClient *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->recipes)) != NULL)
    gtk_box_remove (GTK_BOX (self->recipes), child);
  for (guint i = 0; pc_lab_recipes[i].client != NULL; i++)
    gtk_box_append (GTK_BOX (self->recipes),
                    make_recipe (&pc_lab_recipes[i], self->ports));
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

PcLabStage *
pc_lab_client_get_stage (PcLabClient *self)
{
  g_return_val_if_fail (PC_IS_LAB_CLIENT (self), NULL);

  return self->stage;
}

/* -- the certificate ------------------------------------------------------ */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (PcLabClient) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = pc_save_file_finish (result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (PC_IS_WINDOW (root))
    pc_window_toast (PC_WINDOW (root),
                     saved ? _ ("The certificate was saved. Import it among "
                                "the authorities of your client.")
                           : error->message);
}

void
pc_lab_client_save_ca (PcLabClient *self,
                       GFile       *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PcAuthority *authority = pc_authority_get_default (&error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const char *pem;

  g_return_if_fail (PC_IS_LAB_CLIENT (self));
  g_return_if_fail (G_IS_FILE (file));

  if (authority == NULL) {
    if (PC_IS_WINDOW (root))
      pc_window_toast (PC_WINDOW (root), error->message);
    return;
  }
  pem = pc_authority_get_pem (authority);
  bytes = g_bytes_new (pem, strlen (pem));
  pc_save_file_async (file, bytes, NULL, saved_cb, g_object_ref (self));
}

static void
response_cb (PcLabClient    *self,
             int             response,
             GtkFileChooser *chooser)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (chooser);
  if (file != NULL)
    pc_lab_client_save_ca (self, file);
  g_object_set_data (G_OBJECT (self), CHOOSER, NULL);
}

static void
chooser_free (gpointer data)
{
  gtk_native_dialog_destroy (data);
  g_object_unref (data);
}

static void
save_cb (PcLabClient *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Save Certificate"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_SAVE,
      _ ("_Save"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser),
                                     "portcall-ca.pem");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (self), CHOOSER, chooser, chooser_free);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
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
  G_OBJECT_CLASS (pc_lab_client_parent_class)->finalize (object);
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
