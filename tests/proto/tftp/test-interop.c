/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Our server engine on real sockets, against curl and tftp-hpa.  A client
 * that is not installed is skipped. */

#include <glib/gstdio.h>
#include <string.h>

#include "net/net.h"
#include "proto/tftp/protocol.h"

#define SMALL (1024 * 1024)
#define LARGE (33 * 1024 * 1024) /* past block 65535 */
#define PATIENCE 60              /* seconds */

typedef struct
{
  PcNet          *net;
  PcDatagramPort *well_known;
  GHashTable     *files;
  GPtrArray      *transfers;
} Owner;

typedef struct
{
  Owner          *owner;
  PcEngine       *engine;
  PcDatagramPort *port;
  PcTimer        *timer;
  char           *name;
  GByteArray     *upload;
} Transfer;

static void
transfer_free (gpointer data)
{
  Transfer *self = data;

  g_clear_pointer (&self->timer, pc_timer_free);
  pc_datagram_port_free (self->port);
  pc_engine_free (self->engine);
  g_clear_pointer (&self->upload, g_byte_array_unref);
  g_free (self->name);
  g_free (self);
}

static PcFileStatus
answer_question (Transfer      *self,
                 const PcEvent *event,
                 GBytes       **content)
{
  GHashTable   *files = self->owner->files;
  gconstpointer octets;
  gsize         len;

  switch (event->kind) {
  case PC_EVENT_OPEN_READ:
    *content = g_hash_table_lookup (files, event->text);
    return *content != NULL ? PC_FILE_OK : PC_FILE_NOT_FOUND;
  case PC_EVENT_OPEN_WRITE:
    if (g_hash_table_contains (files, event->text))
      return PC_FILE_EXISTS;
    self->name = g_strdup (event->text);
    self->upload = g_byte_array_new ();
    return PC_FILE_OK;
  case PC_EVENT_WRITE:
    octets = g_bytes_get_data (event->data, &len);
    g_byte_array_append (self->upload, octets, (guint)len);
    return PC_FILE_OK;
  case PC_EVENT_COMMIT:
    g_hash_table_insert (
        files, g_steal_pointer (&self->name),
        g_byte_array_free_to_bytes (g_steal_pointer (&self->upload)));
    return PC_FILE_OK;
  default:
    return PC_FILE_FAILED;
  }
}

static void drain (Transfer *self);

static void
woken_cb (gpointer user_data)
{
  Transfer *self = user_data;

  g_clear_pointer (&self->timer, pc_timer_free);
  pc_engine_wake (self->engine, pc_net_now (self->owner->net));
  drain (self);
}

static void
drain (Transfer *self)
{
  PcEvent    *event;
  PcDatagram *datagram;

  while ((event = pc_engine_next_event (self->engine)) != NULL) {
    GBytes      *content = NULL;
    PcFileStatus status;

    if (event->kind >= PC_EVENT_OPEN_READ && event->kind < PC_EVENT_ABORT) {
      status = answer_question (self, event, &content);
      pc_engine_answer (self->engine, pc_net_now (self->owner->net),
                        status, content);
    }
    pc_event_free (event);
  }
  while ((datagram = pc_engine_next_datagram (self->engine)) != NULL) {
    gsize         len;
    gconstpointer data = g_bytes_get_data (datagram->data, &len);

    pc_datagram_port_send (self->port, datagram->port, data, len);
    pc_datagram_free (datagram);
  }

  g_clear_pointer (&self->timer, pc_timer_free);
  if (pc_engine_get_deadline (self->engine) != PC_ENGINE_NEVER)
    self->timer = pc_net_add_timer (self->owner->net,
                                    pc_engine_get_deadline (self->engine),
                                    woken_cb, self);
}

static void
received_cb (PcDatagramPort *port,
             guint           from,
             const guint8   *data,
             gsize           len,
             gpointer        user_data)
{
  Transfer *self = user_data;

  pc_engine_feed (self->engine, pc_net_now (self->owner->net), from, data,
                  len);
  drain (self);
}

static void
request_cb (PcDatagramPort *port,
            guint           from,
            const guint8   *data,
            gsize           len,
            gpointer        user_data)
{
  Owner         *owner = user_data;
  PcServerConfig config = { .host = "files.example.test" };
  Transfer      *self = g_new0 (Transfer, 1);
  g_autoptr (GError) error = NULL;

  self->owner = owner;
  self->engine = pc_tftp_server_new (&config);
  self->port = pc_net_bind (owner->net, 0, received_cb, self, &error);
  g_assert_no_error (error);
  g_ptr_array_add (owner->transfers, self);
  received_cb (self->port, from, data, len, self);
}

static Owner *
owner_new (void)
{
  Owner *self = g_new0 (Owner, 1);
  g_autoptr (GError) error = NULL;

  self->net = pc_loopback_new ();
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify)g_bytes_unref);
  self->transfers = g_ptr_array_new_with_free_func (transfer_free);
  self->well_known = pc_net_bind (self->net, 0, request_cb, self, &error);
  g_assert_no_error (error);
  return self;
}

static void
owner_free (Owner *self)
{
  g_ptr_array_unref (self->transfers);
  pc_datagram_port_free (self->well_known);
  g_hash_table_unref (self->files);
  pc_net_free (self->net);
  g_free (self);
}

static GBytes *
make_content (gsize len)
{
  guint8 *content = g_malloc (len);
  guint32 x = 1;

  for (gsize i = 0; i < len; i++) {
    x = x * 1664525 + 1013904223;
    content[i] = (guint8)(x >> 24);
  }
  return g_bytes_new_take (content, len);
}

/* Runs @argv while the sockets are served.  Returns its exit status. */
static int
run (Owner             *owner,
     const char *const *argv,
     const char        *folder)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gint64 until = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);

  /* The identifier goes when the process was reaped. */
  while (g_subprocess_get_identifier (process) != NULL) {
    if (g_get_monotonic_time () > until) {
      g_subprocess_force_exit (process);
      g_error ("%s did not end", argv[0]);
    }
    g_main_context_iteration (NULL, TRUE);
  }
  return g_subprocess_get_if_exited (process)
             ? g_subprocess_get_exit_status (process)
             : -1;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  const char *program;
  gboolean    put;
  gboolean    netascii;
  gsize       size;
} Case;

static int
run_curl (Owner      *owner,
          const Case *c,
          const char *folder,
          const char *name)
{
  g_autofree char *url = g_strdup_printf (
      "tftp://127.0.0.1:%u/%s%s",
      pc_datagram_port_get_number (owner->well_known), name,
      c->netascii ? ";mode=netascii" : "");
  const char *get[] = { "curl", "-sS", "-o", "local", url, NULL };
  const char *put[] = { "curl", "-sS", "-T", "local", url, NULL };

  return run (owner, c->put ? put : get, folder);
}

static int
run_tftp (Owner      *owner,
          const Case *c,
          const char *folder,
          const char *name)
{
  g_autofree char *port = g_strdup_printf (
      "%u", pc_datagram_port_get_number (owner->well_known));
  const char *mode = c->netascii ? "netascii" : "octet";
  const char *get[] = { "tftp", "-m", mode, "127.0.0.1", port,
                        "-c", "get", name, "local", NULL };
  const char *put[] = { "tftp", "-m", mode, "127.0.0.1", port,
                        "-c", "put", "local", name, NULL };

  return run (owner, c->put ? put : get, folder);
}

static void
test_case (gconstpointer data)
{
  const Case      *c = data;
  g_autofree char *program = g_find_program_in_path (c->program);
  g_autofree char *folder = NULL;
  g_autofree char *local = NULL;
  g_autoptr (GBytes) content = make_content (c->size);
  g_autofree char *got = NULL;
  gsize            got_len = 0;
  Owner           *owner;
  guint            tick;
  int              status;

  if (program == NULL) {
    g_test_skip ("the client is not installed");
    return;
  }

  folder = g_dir_make_tmp ("portcall-tftp-XXXXXX", NULL);
  local = g_build_filename (folder, "local", NULL);
  owner = owner_new ();
  tick = g_timeout_add (50, wake_cb, NULL);
  if (c->put)
    g_file_set_contents (local, g_bytes_get_data (content, NULL),
                         (gssize)c->size, NULL);
  else
    g_hash_table_insert (owner->files, g_strdup ("remote.bin"),
                         g_bytes_ref (content));

  status = strcmp (c->program, "curl") == 0
               ? run_curl (owner, c, folder, "remote.bin")
               : run_tftp (owner, c, folder, "remote.bin");
  g_assert_cmpint (status, ==, 0);

  if (c->put) {
    GBytes *stored = g_hash_table_lookup (owner->files, "remote.bin");

    g_assert_nonnull (stored);
    g_assert_true (g_bytes_equal (stored, content));
  } else {
    g_assert_true (g_file_get_contents (local, &got, &got_len, NULL));
    g_assert_cmpmem (got, got_len, g_bytes_get_data (content, NULL),
                     c->size);
  }

  g_source_remove (tick);
  g_remove (local);
  g_rmdir (folder);
  owner_free (owner);
}

static void
test_refused (gconstpointer data)
{
  Case             c = { .program = data };
  g_autofree char *program = g_find_program_in_path (c.program);
  g_autofree char *folder = NULL;
  g_autofree char *local = NULL;
  Owner           *owner;
  guint            tick;
  gint64           begun = g_get_monotonic_time ();

  if (program == NULL) {
    g_test_skip ("the client is not installed");
    return;
  }

  folder = g_dir_make_tmp ("portcall-tftp-XXXXXX", NULL);
  local = g_build_filename (folder, "local", NULL);
  owner = owner_new ();
  tick = g_timeout_add (50, wake_cb, NULL);
  if (strcmp (c.program, "curl") == 0)
    g_assert_cmpint (run_curl (owner, &c, folder, "none"), ==, 68);
  else
    run_tftp (owner, &c, folder, "none");
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 10 * G_USEC_PER_SEC);
  /* One request, one ERROR, no quarrel (curl answers it with an ERROR). */
  g_assert_cmpuint (owner->transfers->len, ==, 1);

  g_source_remove (tick);
  g_remove (local);
  g_rmdir (folder);
  owner_free (owner);
}

static const Case cases[] = {
  { "curl", FALSE, FALSE, 100 },
  { "curl", TRUE, FALSE, 100 },
  { "curl", FALSE, FALSE, 1024 },
  { "curl", TRUE, FALSE, 1024 },
  { "curl", FALSE, FALSE, SMALL },
  { "curl", TRUE, FALSE, SMALL },
  { "curl", FALSE, FALSE, LARGE },
  { "curl", TRUE, FALSE, LARGE },
  { "tftp", FALSE, FALSE, 100 },
  { "tftp", TRUE, FALSE, 100 },
  { "tftp", FALSE, TRUE, SMALL },
  { "tftp", TRUE, TRUE, SMALL },
  { "tftp", FALSE, FALSE, SMALL },
  { "tftp", TRUE, FALSE, SMALL },
  { "tftp", FALSE, FALSE, LARGE },
  { "tftp", TRUE, FALSE, LARGE },
};

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = NULL;

    path = g_strdup_printf (
        "/tftp/interop/%s/%s-%s-%" G_GSIZE_FORMAT, cases[i].program,
        cases[i].put ? "put" : "get",
        cases[i].netascii ? "netascii" : "octet", cases[i].size);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_data_func ("/tftp/interop/curl/refused", "curl", test_refused);
  g_test_add_data_func ("/tftp/interop/tftp/refused", "tftp", test_refused);
  return g_test_run ();
}
