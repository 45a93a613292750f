/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tree of parts: where each begins and ends, what its header says, and
 * what becomes of messages that are built to hurt. */

#include "mail/message.h"

#include "base/limits.h"

#include <string.h>

/* A part is type/subtype, its header and body as they are, "~" for CR LF, and
 * its children in brackets. */
static const struct {
  const char *message;
  const char *tree;
} cases[] = {
  { "", "-/-||" },
  { "\r\n", "-/-|~|" },
  { "A: b\r\n\r\nc\r\n", "-/-|A: b~~|c~" },
  { "A: b", "-/-|A: b|" },
  { "Content-Type: Text/HTML (x); charset=\"a\\\"b\"; x=y\r\n\r\nz",
    "Text/HTML charset=a\"b x=y|Content-Type: Text/HTML (x); "
    "charset=\"a\\\"b\"; x=y~~|z" },
  { "Content-Type: nonsense\r\n\r\n", "-/-|Content-Type: nonsense~~|" },
  { "Content-Type: multipart/mixed\r\n\r\n--x\r\n",
    "multipart/mixed|Content-Type: multipart/mixed~~|--x~" },
  { "Content-Type: multipart/x; boundary=b\r\n\r\npre\r\n--b\r\n\r\none\r\n"
    "--b  \r\nA: b\r\n\r\ntwo\r\n\r\n--b--\r\nepilogue\r\n--b\r\n\r\nno",
    "multipart/x boundary=b|Content-Type: multipart/x; boundary=b~~|"
    "pre~--b~~one~--b  ~A: b~~two~~--b--~epilogue~--b~~no"
    "[-/-|~|one][-/-|A: b~~|two~]" },
  /* neither a longer boundary nor one inside a line */
  { "Content-Type: multipart/x; boundary=b\r\n\r\n--b\r\n\r\n--bc\r\n --b\r\n"
    "--b-\r\nx",
    "multipart/x boundary=b|Content-Type: multipart/x; boundary=b~~|"
    "--b~~--bc~ --b~--b-~x[-/-|~|--bc~ --b~--b-~x]" },
  /* parts without header, body, or end */
  { "Content-Type: multipart/x; boundary=b\r\n\r\n--b\r\n--b\r\nA: b\r\n"
    "--b\r\n\r\n--b\r\n\r\n\r\n--b--",
    "multipart/x boundary=b|Content-Type: multipart/x; boundary=b~~|"
    "--b~--b~A: b~--b~~--b~~~--b--"
    "[-/-||][-/-|A: b~|][-/-|~|][-/-|~|]" },
  /* an outer boundary closes what is inside */
  { "Content-Type: multipart/x; boundary=o\r\n\r\n--o\r\n"
    "Content-Type: multipart/y; boundary=i\r\n\r\n--i\r\n\r\nin\r\n--o--\r\n",
    "multipart/x boundary=o|Content-Type: multipart/x; boundary=o~~|"
    "--o~Content-Type: multipart/y; boundary=i~~--i~~in~--o--~"
    "[multipart/y boundary=i|Content-Type: multipart/y; boundary=i~~|"
    "--i~~in[-/-|~|in]]" },
  { "Content-Type: message/RFC822\r\n\r\nA: b\r\n\r\nin\r\n",
    "message/RFC822|Content-Type: message/RFC822~~|A: b~~in~"
    "[-/-|A: b~~|in~]" },
  { "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nS: 1\r\n"
    "\r\nx\r\n--b\r\nContent-Type: text/plain\r\n\r\ny\r\n--b--",
    "multipart/digest boundary=b|"
    "Content-Type: multipart/digest; boundary=b~~|"
    "--b~~S: 1~~x~--b~Content-Type: text/plain~~y~--b--"
    "[message/rfc822|~|S: 1~~x[-/-|S: 1~~|x]]"
    "[text/plain|Content-Type: text/plain~~|y]" },
  /* lone line feeds */
  { "Content-Type: multipart/x; boundary=b\n\n--b\n\none\n--b--\n",
    "multipart/x boundary=b|Content-Type: multipart/x; boundary=b\n\n|"
    "--b\n\none\n--b--\n[-/-|\n|one]" },
};

static void
describe (GString      *out,
          const char   *message,
          const PcPart *part)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (out, "%s/%s", part->type != NULL ? part->type : "-",
                          part->subtype != NULL ? part->subtype : "-");
  for (guint i = 0; part->params != NULL && part->params[i] != NULL; i += 2)
    g_string_append_printf (out, " %s=%s", part->params[i],
                            part->params[i + 1]);
  g_string_append_c (text, '|');
  g_string_append_len (text, message + part->header,
                       (gssize) part->header_len);
  g_string_append_c (text, '|');
  g_string_append_len (text, message + part->body, (gssize) part->body_len);
  g_string_replace (text, "\r\n", "~", 0);
  g_string_append (out, text->str);
  for (guint i = 0; i < part->children->len; i++) {
    g_string_append_c (out, '[');
    describe (out, message, g_ptr_array_index (part->children, i));
    g_string_append_c (out, ']');
  }
}

static void
test_trees (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes)  message =
        g_bytes_new (cases[i].message, strlen (cases[i].message));
    g_autoptr (PcPart)  part = pc_part_new (message);
    g_autoptr (GString) out = g_string_new (NULL);

    g_test_message ("case %u", i);
    describe (out, cases[i].message, part);
    g_assert_cmpstr (out->str, ==, cases[i].tree);
  }
}

static void
test_fields (void)
{
  static const char text[] =
      "Content-Type: image/png; name*0=\"a;b\"; name*1=c\r\n"
      "Content-Transfer-Encoding: base64 (x)\r\n"
      "Content-ID: <1@x>\r\nContent-Description: a\r\n picture\r\n"
      "Content-Disposition: Attachment; filename = \"x y.png\"\r\n"
      "Content-Language: de, en-GB,,\r\nContent-MD5: abc==\r\n"
      "Content-Location: http://x/\r\n\r\nA\r\nB\r\nC";
  g_autoptr (GBytes) message = g_bytes_new_static (text, strlen (text));
  g_autoptr (PcPart) part = pc_part_new (message);

  g_assert_true (pc_part_is (part, "IMAGE", "png"));
  g_assert_true (pc_part_is (part, "image", NULL));
  g_assert_false (pc_part_is (part, "image", "gif"));
  g_assert_cmpstr (pc_part_get_param (part, "NAME"), ==, "a;bc");
  g_assert_cmpstr (part->encoding, ==, "base64");
  g_assert_cmpstr (part->id, ==, "<1@x>");
  g_assert_cmpstr (part->description, ==, "a picture");
  g_assert_cmpstr (part->disposition, ==, "Attachment");
  g_assert_cmpstr (part->disposition_params[1], ==, "x y.png");
  g_assert_cmpstr (part->languages[1], ==, "en-GB");
  g_assert_null (part->languages[2]);
  g_assert_cmpstr (part->md5, ==, "abc==");
  g_assert_cmpstr (part->location, ==, "http://x/");
  g_assert_cmpuint (part->lines, ==, 2);
  g_assert_null (pc_part_get_message (part));
}

/* Values in pieces (RFC 2231 section 3): "name=value" of each. */
static void
test_pieces (void)
{
  static const struct
  {
    const char *params;
    const char *joined;
  } rows[] = {
    { "; a*0=x; a*1=y; a*2=z", "a=xyz " },
    { "; b=1; a*1=y; c=2; A*0=x", "b=1 c=2 A=xy " },
    { "; a*0*=utf-8''%e2; a*1=b'%c; a*2*=%2A", "a*=utf-8''%e2b%27%25c%2A " },
    { "; a*0=\"x y\"; a*1*=%21", "a*=x%20y%21 " },
    { "; a*=utf-8''x", "a*=utf-8''x " },
    { "; a*1=y; a*2=z", "a*1=y a*2=z " },
    { "; a*0=x; a*2=z", "a=x a*2=z " },
    { "; a*0=x; a*0=y; a*1=z", "a=xz a=y " },
    { "; a*00=x; a*=y; *0=z; a*0x=1", "a*00=x a*=y *0=z a*0x=1 " },
    { "; a*99999999999999999999=x; a*4294967296=y",
      "a*99999999999999999999=x a*4294967296=y " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strconcat ("Content-Type: x/y", rows[i].params,
                                         "\r\n\r\n", NULL);
    g_autoptr (GBytes)  message = g_bytes_new (text, strlen (text));
    g_autoptr (PcPart)  part = pc_part_new (message);
    g_autoptr (GString) out = g_string_new (NULL);

    g_test_message ("row %u: %s", i, rows[i].params);
    for (guint k = 0; part->params[k] != NULL; k += 2)
      g_string_append_printf (out, "%s=%s ", part->params[k],
                              part->params[k + 1]);
    g_assert_cmpstr (out->str, ==, rows[i].joined);
  }
}

static guint
count_depth (const PcPart *part)
{
  guint depth = 0;

  for (; part != NULL; depth++)
    part = part->children->len > 0 ? g_ptr_array_index (part->children, 0)
                                   : NULL;
  return depth;
}

/* 5000 parts in one another, and more parts than anybody sends. */
static void
test_limits (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) messages = g_string_new (NULL);
  g_autoptr (GString) wide = g_string_new (
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n");
  GString *texts[] = { deep, messages, wide };
  PcPart  *parts[3];

  for (guint i = 0; i < 5000; i++) {
    g_string_append_printf (
        deep, "Content-Type: multipart/x; boundary=b%u\r\n\r\n--b%u\r\n", i,
        i);
    g_string_append (messages, "Content-Type: message/rfc822\r\n\r\n");
  }
  for (guint i = 0; i < 2 * PC_LIMIT_MIME_PARTS; i++)
    g_string_append (wide, "--b\r\n\r\nx\r\n");
  g_string_append (wide, "--b--\r\n");

  for (guint i = 0; i < 3; i++) {
    g_autoptr (GBytes) message = g_bytes_new (texts[i]->str, texts[i]->len);

    parts[i] = pc_part_new (message);
  }
  g_assert_cmpuint (count_depth (parts[0]), ==, PC_LIMIT_MIME_DEPTH);
  g_assert_cmpuint (count_depth (parts[1]), ==, PC_LIMIT_MIME_DEPTH);
  g_assert_cmpuint (parts[2]->children->len, ==, PC_LIMIT_MIME_PARTS - 1);
  for (guint i = 0; i < 3; i++)
    pc_part_free (parts[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/structure/trees", test_trees);
  g_test_add_func ("/mail/structure/fields", test_fields);
  g_test_add_func ("/mail/structure/pieces", test_pieces);
  g_test_add_func ("/mail/structure/limits", test_limits);
  return g_test_run ();
}
