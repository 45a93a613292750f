/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever a narration refers to has a title, and a link. */

#include "proto/common/rfc.h"
#include "proto/registry.h"
#include "proto/tls/narrate.h"

static guint
check_table (const PcNarration *table,
             gsize              n_rows)
{
  guint n = 0;

  for (gsize i = 0; i < n_rows; i++)
    for (guint j = 0; j < G_N_ELEMENTS (table[i].references); j++) {
      const PcReference *it = &table[i].references[j];
      g_autofree char *uri = NULL;

      if (it->rfc == 0)
        break;
      g_test_message ("%s: RFC %u section %s", table[i].rule, it->rfc,
                      it->section);
      g_assert_nonnull (pc_rfc_get_title (it->rfc));
      if (it->section != NULL)
        g_assert_nonnull (pc_rfc_get_section_title (it->rfc, it->section));
      uri = pc_rfc_dup_uri (it->rfc, it->section);
      g_assert_true (g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL));
      n++;
    }
  return n;
}

static void
test_titles (void)
{
  guint n = check_table (pc_common_narrations, pc_common_n_narrations);

  n += check_table (pc_tls_narrations, pc_tls_n_narrations);
  for (guint i = 0; i < PC_N_PROTOCOLS; i++) {
    const PcProtocol *protocol = pc_registry_get (i);

    n += check_table (protocol->narrations, protocol->n_narrations);
  }
  g_assert_cmpuint (n, >, 500);
}

static void
test_some (void)
{
  g_autofree char *uri = pc_rfc_dup_uri (9051, "6.4.5");
  g_autofree char *appendix = pc_rfc_dup_uri (8446, "B.1");
  g_autofree char *whole = pc_rfc_dup_uri (768, NULL);

  g_assert_cmpstr (pc_rfc_get_title (5321), ==,
                   "Simple Mail Transfer Protocol");
  g_assert_cmpstr (pc_rfc_get_section_title (9051, "6.4.5"), ==,
                   "FETCH Command");
  g_assert_null (pc_rfc_get_section_title (9051, "6.4"));
  g_assert_null (pc_rfc_get_title (9999));
  g_assert_cmpstr (uri, ==,
                   "https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5");
  g_assert_cmpstr (appendix, ==,
                   "https://www.rfc-editor.org/rfc/rfc8446#appendix-B.1");
  g_assert_cmpstr (whole, ==, "https://www.rfc-editor.org/rfc/rfc768");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/proto/references/titles", test_titles);
  g_test_add_func ("/proto/references/some", test_some);
  return g_test_run ();
}
