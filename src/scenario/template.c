/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a new scenario begins with: for each protocol the shortest exchange
 * that is one, with everything in it that a person will want to change.
 */

#include "scenario/sketch.h"

#include "scenario/sketch-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEAD(id, protocol, subtitle)                                    \
  "{\"format\":\"portcall-scenario\",\"format_version\":1,\"id\":\"" id \
  "\",\"title\":\"\",\"summary\":\"\",\"subtitle\":\"" subtitle         \
  "\",\"protocol\":\"" protocol "\",\"order\":1000,"
#define ACTORS(protocol, port)                                             \
  "\"actors\":[{\"id\":\"client\",\"name\":\"\",\"role\":\"client\","      \
  "\"speaks\":\"" protocol "\",\"icon\":\"laptop-symbolic\"},"             \
  "{\"id\":\"server\",\"name\":\"\",\"role\":\"server\","                  \
  "\"icon\":\"server-symbolic\",\"listens\":[{\"protocol\":\"" protocol    \
  "\",\"port\":" port "}]}],"
#define CONNECT(port) \
  "{\"actor\":\"client\",\"do\":\"connect\",\"port\":" port "},"
#define ACT(more) "{\"actor\":\"client\",\"do\":" more "}"
#define LOGIN ",\"user\":\"alex\",\"password\":\"portcall\""
#define ACCOUNT                                                             \
  "\"accounts\":[{\"user\":\"alex\",\"password\":\"portcall\",\"mailboxes\"" \
  ":[{\"name\":\"INBOX\",\"messages\":[{\"age_hours\":1,\"message\":{"       \
  "\"from\":\"Robin Vale <robin@example.test>\","                            \
  "\"to\":\"alex@example.test\",\"subject\":\"Hello\","                      \
  "\"lines\":[\"Hello Alex!\"]}}]}]}]"

static const struct
{
  const char *protocol;
  const char *title; /* N_() */
  const char *summary;
  const char *text;
} templates[] = {
  { "imap", N_ ("My IMAP exchange"),
    N_ ("A client logs in and reads a message that stays on the server."),
    HEAD ("my-imap", "imap", "143") ACTORS ("imap", "143")
    "\"world\":{" ACCOUNT "},\"script\":[" CONNECT ("143")
    ACT ("\"login\"" LOGIN) ","
    ACT ("\"select\",\"mailbox\":\"INBOX\"") ","
    ACT ("\"fetch\",\"set\":\"1\",\"items\":\"BODY[]\"") ","
    ACT ("\"logout\"") "],\"marks\":["
    "{\"id\":\"greeting\",\"rule\":\"imap.greeting\"}]}" },
  { "pop3", N_ ("My POP3 exchange"),
    N_ ("A client logs in and fetches a message."),
    HEAD ("my-pop3", "pop3", "110") ACTORS ("pop3", "110")
    "\"world\":{" ACCOUNT "},\"script\":[" CONNECT ("110")
    ACT ("\"login\"" LOGIN) "," ACT ("\"stat\"") ","
    ACT ("\"retr\",\"number\":1") "," ACT ("\"quit\"") "],\"marks\":["
    "{\"id\":\"greeting\",\"rule\":\"pop3.greeting\"}]}" },
  { "smtp", N_ ("My SMTP exchange"),
    N_ ("A client hands in a message."),
    HEAD ("my-smtp", "smtp", "587") ACTORS ("smtp", "587")
    "\"script\":[" CONNECT ("587") ACT ("\"ehlo\"") ","
    ACT ("\"auth\"" LOGIN) ","
    ACT ("\"mail\",\"from\":\"alex@example.test\"") ","
    ACT ("\"rcpt\",\"to\":\"robin@example.test\"") ","
    ACT ("\"data\",\"message\":{\"from\":\"Alex Moreau <alex@example.test>\","
         "\"to\":\"robin@example.test\",\"subject\":\"Hello\","
         "\"lines\":[\"Hello Robin!\"]}") "," ACT ("\"quit\"")
    "],\"marks\":[{\"id\":\"greeting\",\"rule\":\"smtp.greeting\"}]}" },
  { "tftp", N_ ("My TFTP exchange"),
    N_ ("A client fetches a file, block by block."),
    HEAD ("my-tftp", "tftp", "69") ACTORS ("tftp", "69")
    "\"world\":{\"files\":[{\"name\":\"router.cfg\",\"bytes\":1200,"
    "\"pattern\":\"hostname edge-1\\n\"}]},\"script\":[" CONNECT ("69")
    ACT ("\"get\",\"file\":\"router.cfg\"") "],\"marks\":["
    "{\"id\":\"rrq\",\"rule\":\"tftp.rrq\"}]}" },
};

char *
pc_sketch_make_template (const char *protocol)
{
  g_return_val_if_fail (protocol != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++) {
    g_autoptr (PcJsonEdit) edit = NULL;

    if (strcmp (templates[i].protocol, protocol) != 0)
      continue;
    edit = pc_json_edit_new (pc_sketch_parse (templates[i].text));
    pc_json_edit_set (edit, "/title",
                      pc_sketch_string (_ (templates[i].title)));
    pc_json_edit_set (edit, "/summary",
                      pc_sketch_string (_ (templates[i].summary)));
    pc_json_edit_set (edit, "/actors/0/name",
                      pc_sketch_string (_ ("Client")));
    pc_json_edit_set (edit, "/actors/1/name",
                      pc_sketch_string (_ ("Server")));
    return pc_json_write (pc_json_edit_get_root (edit));
  }
  return NULL;
}
