/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several sessions in one mailbox, with commands drawn by lot.
 *
 * Each session has a model of a client that knows nothing but what it was
 * told.  It checks that everything comes when it may (RFC 9051 sections 5.5
 * and 7.5.1), and in the end agrees with the mailbox: numbers, UIDs, flags,
 * keywords, mod-sequences.  PC_TEST_SEED=17 shows what is said under that
 * seed.
 */

#include "pump.h"

#include "mail/keywords.h"
#include "proto/imap/protocol.h"
#include "proto/imap/syntax.h"
#include "proto/imap/view.h"

#include <string.h>

#define N_SESSIONS 4
#define N_SEEDS 300
#define N_COMMANDS 60

/* A message as a client knows it. */
typedef struct
{
  guint32 uid;    /* 0: not known */
  guint64 modseq; /* 0: not known */
  char   *flags;  /* sorted, in lower case, by blanks; NULL: not known */
  gboolean guessed; /* flags: others' changes may be missing in them */
} Known;

/* What a STORE with .SILENT does when nobody says otherwise. */
typedef struct
{
  char        mode; /* '=', '+', '-' */
  const char *flags;
  gboolean    named; /* the server names the messages by mod-sequence */
} Silent;

typedef struct
{
  PcEngine   *server;
  PcObserver *observer;
  GPtrArray  *messages; /* Known* */
  GHashTable *keywords; /* those that FLAGS has told of */
  guint       enabled;
  gboolean    may_expunge; /* the command under way allows it */
  gboolean    idle;
  guint       number;
  Silent      silent;
} Session;

static gboolean journal; /* show what is said */

static void
known_free (gpointer data)
{
  Known *self = data;

  g_free (self->flags);
  g_free (self);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Without \Recent, which is another matter. */
static char *
sort_flags (const char *list)
{
  g_autofree char      *lower = g_ascii_strdown (list, -1);
  g_auto (GStrv)        words = g_strsplit (lower, " ", -1);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && strcmp (words[i], "\\recent") != 0)
      g_ptr_array_add (out, words[i]);
  g_ptr_array_sort (out, compare_words);
  g_ptr_array_add (out, NULL);
  return g_strjoinv (" ", (char **) out->pdata);
}

static char *
change_flags (const char *old,
              char        mode,
              const char *flags)
{
  g_auto (GStrv)      words = g_strsplit (flags, " ", -1);
  g_autoptr (GString) out = g_string_new (mode == '=' ? "" : old);

  for (guint i = 0; words[i] != NULL; i++) {
    g_auto (GStrv)   have = g_strsplit (out->str, " ", -1);
    g_autofree char *word = g_ascii_strdown (words[i], -1);

    g_string_truncate (out, 0);
    for (guint k = 0; have[k] != NULL; k++)
      if (strcmp (have[k], word) != 0)
        g_string_append_printf (out, "%s ", have[k]);
    if (mode != '-')
      g_string_append (out, word);
  }

  return sort_flags (out->str);
}

/* -- what a client makes of a response ------------------------------------ */

static Known *
get_known (Session *self,
           guint64  number)
{
  g_assert_cmpuint (number, >, 0);
  g_assert_cmpuint (number, <=, self->messages->len);
  return g_ptr_array_index (self->messages, number - 1);
}

static char *
read_list (PcImapCursor *at)
{
  gsize start = at->pos + 1;

  g_assert_true (pc_imap_peek_char (at, '('));
  g_assert_true (pc_imap_skip_value (at));
  return g_strndup ((const char *) at->data + start, at->pos - start - 1);
}

static void
take_flags (Session    *self,
            Known      *known,
            const char *list)
{
  g_auto (GStrv) words = NULL;

  g_free (known->flags);
  known->flags = sort_flags (list);
  known->guessed = FALSE;
  words = g_strsplit (known->flags, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && words[i][0] != '\\')
      g_assert_true (g_hash_table_contains (self->keywords, words[i]));
  if ((self->enabled & PC_IMAP_ENABLED_REV2) != 0)
    g_assert_null (strstr (list, "\\Recent"));
}

static void
apply_silent (Session *self,
              guint    number)
{
  Known *known = get_known (self, number);
  char  *flags;

  if (known->flags == NULL)
    return;
  known->guessed = TRUE;
  flags = change_flags (known->flags, self->silent.mode, self->silent.flags);
  g_free (known->flags);
  known->flags = flags;
}

static void
take_fetch (Session      *self,
            guint64       number,
            PcImapCursor *at)
{
  Known           *known = get_known (self, number);
  g_autofree char *old = g_strdup (known->flags);
  guint64          old_modseq = known->modseq;
  gboolean         guessed = known->guessed;
  gboolean         has_flags = FALSE, has_modseq = FALSE;

  g_assert_true (pc_imap_read_char (at, '('));
  do {
    guint64 value;

    if (pc_imap_read_word (at, "UID")) {
      g_assert_true (pc_imap_read_char (at, ' '));
      g_assert_true (pc_imap_read_number (at, G_MAXUINT32, &value));
      if (known->uid != 0)
        g_assert_cmpuint (known->uid, ==, value);
      known->uid = (guint32) value;
    } else if (pc_imap_read_word (at, "FLAGS")) {
      g_autofree char *list = NULL;

      g_assert_true (pc_imap_read_char (at, ' '));
      list = read_list (at);
      take_flags (self, known, list);
      has_flags = TRUE;
    } else if (pc_imap_read_word (at, "MODSEQ")) {
      g_assert_true (pc_imap_read_char (at, ' '));
      g_assert_true (pc_imap_read_char (at, '('));
      g_assert_true (pc_imap_read_number (at, G_MAXINT64, &value));
      g_assert_true (pc_imap_read_char (at, ')'));
      g_assert_cmpuint (value, >=, known->modseq);
      known->modseq = value;
      has_modseq = TRUE;
    } else {
      g_assert_true (pc_imap_skip_value (at));
      g_assert_true (pc_imap_read_char (at, ' '));
      g_assert_true (pc_imap_skip_value (at));
    }
  } while (pc_imap_read_char (at, ' '));
  g_assert_true (pc_imap_read_char (at, ')'));

  /* Other flags, and so another number. */
  if (has_flags && !guessed && old != NULL && old_modseq != 0 &&
      strcmp (old, known->flags) != 0 &&
      (self->enabled & PC_IMAP_ENABLED_CONDSTORE) != 0 && has_modseq)
    g_assert_cmpuint (known->modseq, >, old_modseq);
  if (self->silent.named && has_modseq && !has_flags)
    apply_silent (self, (guint) number);
}

static void
take_exists (Session *self,
             guint64  n)
{
  g_assert_cmpuint (n, >=, self->messages->len);
  while (self->messages->len < n)
    g_ptr_array_add (self->messages, g_new0 (Known, 1));
}

static void
take_numbered (Session      *self,
               PcImapCursor *at)
{
  guint64 number;

  g_assert_true (pc_imap_read_number (at, G_MAXUINT32, &number));
  g_assert_true (pc_imap_read_char (at, ' '));
  if (pc_imap_read_word (at, "EXISTS")) {
    take_exists (self, number);
  } else if (pc_imap_read_word (at, "EXPUNGE")) {
    g_assert_true (self->may_expunge);
    get_known (self, number);
    g_ptr_array_remove_index (self->messages, (guint) number - 1);
  } else if (pc_imap_read_word (at, "RECENT")) {
    g_assert_cmpuint (number, <=, self->messages->len);
    g_assert_cmpuint (self->enabled & PC_IMAP_ENABLED_REV2, ==, 0);
  } else {
    g_assert_true (pc_imap_read_word (at, "FETCH"));
    g_assert_true (pc_imap_read_char (at, ' '));
    take_fetch (self, number, at);
  }
}

static void
take_keywords (Session      *self,
               PcImapCursor *at)
{
  g_autofree char *list = NULL;
  g_auto (GStrv)   words = NULL;

  g_assert_true (pc_imap_read_char (at, ' '));
  list = read_list (at);
  words = g_strsplit (list, " ", -1);
  g_hash_table_remove_all (self->keywords);
  for (guint i = 0; words[i] != NULL; i++)
    g_hash_table_add (self->keywords, g_ascii_strdown (words[i], -1));
}

static void
take_response (Session      *self,
               const guint8 *data,
               gsize         len)
{
  PcImapCursor at = { data, len, 2 };

  if (data[0] != '*')
    return;
  if (g_ascii_isdigit (data[2]))
    take_numbered (self, &at);
  else if (pc_imap_read_word (&at, "FLAGS"))
    take_keywords (self, &at);
}

/* -- saying and hearing --------------------------------------------------- */

static void
watch (Session      *self,
       PcSide        side,
       const guint8 *data,
       gsize         len)
{
  PcUnit *unit;

  pc_observer_feed (self->observer, side, 0, data, len);
  while ((unit = pc_observer_next (self->observer)) != NULL) {
    check_cover (unit);
    g_assert_cmpstr (unit->rule, !=, "imap.unreadable");
    g_assert_cmpstr (unit->rule, !=, "imap.other.data");
    g_assert_cmpstr (unit->rule, !=, "imap.other");
    pc_unit_free (unit);
  }
}

static void
hear (Session *self)
{
  g_autofree char *text = take_output (self->server);
  const guint8    *data = (const guint8 *) text;
  gsize            len = strlen (text);

  if (journal)
    g_test_message ("%s", text);
  watch (self, PC_SIDE_SERVER, data, len);
  while (len > 0) {
    PcImapFramer framer = { 0 };

    g_assert_cmpint (pc_imap_framer_next (&framer, data, len, TRUE, G_MAXSIZE,
                                          G_MAXINT64),
                     ==, PC_IMAP_FRAME_DONE);
    take_response (self, data, framer.end);
    data += framer.end;
    len -= framer.end;
  }
}

static void
say_all (Session    *self,
         GRand      *rand,
         const char *text)
{
  gsize len = strlen (text);

  if (journal)
    g_test_message ("session %u: %s", self->number, text);
  watch (self, PC_SIDE_CLIENT, (const guint8 *) text, len);
  for (gsize at = 0; at < len;) {
    gsize n = (gsize) g_rand_int_range (rand, 1, (gint32) (len - at) + 1);

    pc_engine_feed (self->server, NOW, 0, (const guint8 *) text + at, n);
    at += n;
  }
  hear (self);
  g_assert_true (pc_engine_get_state (self->server) ==
                 pc_observer_get_state (self->observer, PC_SIDE_SERVER));
}

static void
select_inbox (Session *self,
              GRand   *rand)
{
  g_ptr_array_set_size (self->messages, 0);
  self->may_expunge = FALSE;
  say_all (self, rand, "s SELECT INBOX\r\n");
}

static void
session_init (Session     *self,
              PcMailStore *store,
              guint        number,
              GRand       *rand)
{
  static const struct {
    const char *line;
    guint       enabled;
  } kinds[] = {
    { "", 0 },
    { "e ENABLE CONDSTORE\r\n", PC_IMAP_ENABLED_CONDSTORE },
    { "e ENABLE IMAP4rev2\r\n", PC_IMAP_ENABLED_REV2 },
    { "e ENABLE IMAP4rev2 CONDSTORE UTF8=ACCEPT\r\n",
      PC_IMAP_ENABLED_REV2 | PC_IMAP_ENABLED_CONDSTORE },
  };
  guint kind = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds));

  memset (self, 0, sizeof *self);
  self->number = number;
  self->server = server_new (store, number);
  self->observer = pc_imap_protocol.observer_new ();
  self->messages = g_ptr_array_new_with_free_func (known_free);
  self->keywords = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          NULL);
  pc_engine_start (self->server, NOW);
  hear (self);
  say_all (self, rand, "l LOGIN alex portcall\r\n");
  self->enabled = kinds[kind].enabled;
  say_all (self, rand, kinds[kind].line);
  select_inbox (self, rand);
}

static void
session_clear (Session *self)
{
  g_clear_pointer (&self->server, pc_engine_free);
  g_clear_pointer (&self->observer, pc_observer_free);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->keywords, g_hash_table_unref);
}

/* -- commands ------------------------------------------------------------- */

static const char *const flag_lists[] = {
  "\\Seen", "\\Flagged work", "\\Deleted", "work", "$Forwarded later",
  "WORK \\Draft", "\\Deleted \\Answered", "later",
};

static const char *
pick_flags (GRand *rand)
{
  return flag_lists[g_rand_int_range (rand, 0, G_N_ELEMENTS (flag_lists))];
}

/* Two numbers in use, in no order; FALSE when there are none. */
static gboolean
pick_range (const Session *self,
            GRand         *rand,
            guint         *a,
            guint         *b)
{
  if (self->messages->len == 0)
    return FALSE;
  *a = (guint) g_rand_int_range (rand, 1, (gint32) self->messages->len + 1);
  *b = (guint) g_rand_int_range (rand, 1, (gint32) self->messages->len + 1);
  return TRUE;
}

static void
run_store (Session *self,
           GRand   *rand)
{
  static const char   modes[] = { '=', '+', '-' };
  g_autoptr (GString) line = g_string_new ("c STORE ");
  Silent             *silent = &self->silent;
  gboolean            is_silent = g_rand_boolean (rand);
  gboolean            conditional = g_rand_int_range (rand, 0, 4) == 0;
  char                mode = modes[g_rand_int_range (rand, 0, 3)];
  const char         *flags = pick_flags (rand);
  guint               a, b;

  if (!pick_range (self, rand, &a, &b))
    return;

  g_string_append_printf (line, "%u:%u ", a, b);
  if (conditional)
    g_string_append_printf (line, "(UNCHANGEDSINCE %d) ",
                            g_rand_int_range (rand, 0, 120));
  if (mode != '=')
    g_string_append_c (line, mode);
  g_string_append_printf (line, "FLAGS%s (%s)\r\n",
                          is_silent ? ".SILENT" : "", flags);
  if (conditional)
    self->enabled |= PC_IMAP_ENABLED_CONDSTORE;

  self->may_expunge = FALSE;
  silent->mode = mode;
  silent->flags = flags;
  silent->named = is_silent &&
                  (self->enabled & PC_IMAP_ENABLED_CONDSTORE) != 0;
  /* Before the answer: what it tells of others' changes is newer. */
  for (guint i = MIN (a, b); is_silent && !silent->named && i <= MAX (a, b);
       i++)
    apply_silent (self, i);
  say_all (self, rand, line->str);
  silent->named = FALSE;
}

static void
run_fetch (Session *self,
           GRand   *rand)
{
  static const char *const items[] = {
    "FLAGS", "(UID FLAGS)", "BODY[]", "(UID BODY.PEEK[HEADER])",
    "(FLAGS UID MODSEQ)", "ENVELOPE", "FLAGS (CHANGEDSINCE 5)",
  };
  g_autofree char *line = NULL;
  gint32           item = g_rand_int_range (rand, 0, G_N_ELEMENTS (items));
  guint            a, b;

  if (!pick_range (self, rand, &a, &b))
    return;
  if (strstr (items[item], "MODSEQ") != NULL ||
      strstr (items[item], "CHANGEDSINCE") != NULL)
    self->enabled |= PC_IMAP_ENABLED_CONDSTORE;
  self->may_expunge = FALSE;
  line = g_strdup_printf ("c FETCH %u:%u %s\r\n", a, b, items[item]);
  say_all (self, rand, line);
}

static void
run_transfer (Session *self,
              GRand   *rand)
{
  static const char *const targets[] = { "INBOX", "Sent" };
  g_autofree char *line = NULL;
  guint            a, b;

  if (!pick_range (self, rand, &a, &b) || self->messages->len > 40)
    return;
  self->may_expunge = TRUE;
  line = g_strdup_printf ("c %s %u:%u %s\r\n",
                          g_rand_boolean (rand) ? "COPY" : "MOVE", a, b,
                          targets[g_rand_int_range (rand, 0, 2)]);
  say_all (self, rand, line);
}

static void
run_idle (Session *self,
          GRand   *rand)
{
  self->may_expunge = TRUE;
  if (self->idle) {
    self->idle = FALSE;
    say_all (self, rand, "DONE\r\n");
  } else {
    self->idle = TRUE;
    say_all (self, rand, "c IDLE\r\n");
  }
}

/* Commands that bring news and change little. */
static void
run_simple (Session *self,
            GRand   *rand)
{
  static const struct {
    const char *line;
    gboolean    numbers;
  } lines[] = {
    { "c NOOP\r\n" },
    { "c CHECK\r\n" },
    { "c EXPUNGE\r\n" },
    { "c UID EXPUNGE 1:20\r\n" },
    { "c SEARCH KEYWORD work\r\n", TRUE },
    { "c UID SEARCH DELETED\r\n" },
    { "c UID FETCH 1:* (FLAGS)\r\n" },
    { "c UID STORE 2:9 +FLAGS (\\Flagged)\r\n" },
    { "c STATUS INBOX (MESSAGES DELETED SIZE)\r\n" },
    { "c APPEND INBOX (\\Draft work) {12+}\r\nA: b\r\n\r\nc\r\nd\r\n" },
    { "c APPEND INBOX {5+}\r\nA: b\n\r\n" },
  };
  gint32 i = g_rand_int_range (rand, 0, G_N_ELEMENTS (lines));

  self->may_expunge = !lines[i].numbers;
  say_all (self, rand, lines[i].line);
}

static void
run_one (Session *self,
         GRand   *rand)
{
  if (self->idle || g_rand_int_range (rand, 0, 12) == 0) {
    run_idle (self, rand);
    return;
  }

  switch (g_rand_int_range (rand, 0, 8)) {
  case 0:
  case 1:
    run_store (self, rand);
    break;
  case 2:
  case 3:
    run_fetch (self, rand);
    break;
  case 4:
    run_transfer (self, rand);
    break;
  case 5:
    if (g_rand_int_range (rand, 0, 4) == 0)
      select_inbox (self, rand);
    break;
  default:
    run_simple (self, rand);
  }
}

/* What a change in the store does at once: only who idles hears of it. */
static void
wake_all (Session *sessions)
{
  for (guint i = 0; i < N_SESSIONS; i++) {
    gsize before;

    pc_engine_wake (sessions[i].server, NOW);
    before = pc_bytes_get_size (pc_engine_get_output (sessions[i].server));
    if (!sessions[i].idle)
      g_assert_cmpuint (before, ==, 0);
    hear (&sessions[i]);
  }
}

/* -- the end -------------------------------------------------------------- */

static char *
real_flags (const PcMailbox *mailbox,
            const PcMessage *message)
{
  static const struct {
    PcFlags     flag;
    const char *name;
  } names[] = {
    { PC_FLAG_SEEN, "\\seen" },       { PC_FLAG_ANSWERED, "\\answered" },
    { PC_FLAG_FLAGGED, "\\flagged" }, { PC_FLAG_DELETED, "\\deleted" },
    { PC_FLAG_DRAFT, "\\draft" },
  };
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((message->flags & names[i].flag) != 0)
      g_string_append_printf (out, "%s ", names[i].name);
  for (guint i = 0; i < 64; i++)
    if ((message->keywords >> i & 1) != 0)
      g_string_append_printf (out, "%s ",
                              pc_mailbox_get_keyword (mailbox, i));
  return sort_flags (out->str);
}

static void
compare (Session         *self,
         const PcMailbox *mailbox)
{
  g_assert_cmpuint (self->messages->len, ==,
                    pc_mailbox_get_n_messages (mailbox));
  for (guint i = 0; i < self->messages->len; i++) {
    const Known     *known = g_ptr_array_index (self->messages, i);
    const PcMessage *message = pc_mailbox_get_message (mailbox, i);
    g_autofree char *flags = real_flags (mailbox, message);

    if (known->uid != 0)
      g_assert_cmpuint (known->uid, ==, message->uid);
    if (known->flags != NULL)
      g_assert_cmpstr (known->flags, ==, flags);
    if (known->modseq != 0 &&
        (self->enabled & PC_IMAP_ENABLED_CONDSTORE) != 0)
      g_assert_cmpuint (known->modseq, ==, message->modseq);
    g_assert_cmpuint (message->modseq, <=,
                      pc_mailbox_get_highest_modseq (mailbox));
  }
}

static void
run_seed (guint32 seed)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (GRand)       rand = g_rand_new_with_seed (seed);
  PcMailbox              *inbox = world_inbox (store);
  Session                 sessions[N_SESSIONS];

  for (guint i = 0; i < N_SESSIONS; i++)
    session_init (&sessions[i], store, i + 1, rand);
  for (guint i = 0; i < N_COMMANDS; i++) {
    run_one (&sessions[g_rand_int_range (rand, 0, N_SESSIONS)], rand);
    wake_all (sessions);
  }

  for (guint i = 0; i < N_SESSIONS; i++) {
    if (sessions[i].idle)
      run_idle (&sessions[i], rand);
    sessions[i].may_expunge = TRUE;
    say_all (&sessions[i], rand, "n NOOP\r\n");
    compare (&sessions[i], inbox);
    say_all (&sessions[i], rand, "n UID FETCH 1:* (FLAGS)\r\n");
    compare (&sessions[i], inbox);
    for (guint k = 0; k < sessions[i].messages->len; k++)
      g_assert_nonnull (get_known (&sessions[i], k + 1)->flags);
  }
  for (guint i = 0; i < N_SESSIONS; i++)
    session_clear (&sessions[i]);
}

static void
test_by_lot (void)
{
  const char *one = g_getenv ("PC_TEST_SEED");

  journal = one != NULL;
  if (one != NULL) {
    run_seed ((guint32) g_ascii_strtoull (one, NULL, 10));
    return;
  }

  for (guint32 seed = 1; seed <= N_SEEDS; seed++) {
    g_test_message ("seed %u", seed);
    run_seed (seed);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/sessions/by-lot", test_by_lot);
  return g_test_run ();
}
