/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings for programs that people have.  Each one is an address of this
 * machine: nothing of it leads anywhere else. */

#include "app/lab-recipes.h"

#include "run/serve.h"

#include <glib/gi18n-lib.h>

const PcLabRecipe pc_lab_recipes[] = {
  { "curl", N_ ("IMAP: read the first message"),
    "curl -v -u alex:portcall 'imap://127.0.0.1:{imap}/INBOX;UID=1'" },
  { "curl", N_ ("IMAP with TLS from the first byte"),
    "curl -v --cacert {ca} -u alex:portcall "
    "'imaps://localhost:{imaps}/INBOX;UID=1'" },
  { "curl", N_ ("POP3: list what is there"),
    "curl -v -u alex:portcall pop3://127.0.0.1:{pop3}/" },
  { "swaks", N_ ("SMTP: hand in a message, with STARTTLS and a login"),
    "swaks --server 127.0.0.1:{submission} --tls --auth PLAIN "
    "--auth-user alex --auth-password portcall "
    "--from alex@example.test --to robin@example.test" },
  { "mutt", N_ ("IMAP: a whole mail program in the terminal"),
    "mutt -n -F /dev/null -e 'set ssl_starttls=no ssl_force_tls=no' "
    "-f imap://alex:portcall@127.0.0.1:{imap}/INBOX" },
  { "telnet", N_ ("POP3 by hand: type USER alex, PASS portcall, STAT, QUIT"),
    "telnet 127.0.0.1 {pop3}" },
  { "openssl", N_ ("IMAP by hand under TLS"),
    "openssl s_client -crlf -quiet -CAfile {ca} -connect localhost:{imaps}" },
  { "openssl", N_ ("SMTP by hand, with STARTTLS"),
    "openssl s_client -crlf -quiet -CAfile {ca} -starttls smtp "
    "-connect localhost:{submission}" },
  { "tftp", N_ ("TFTP: fetch a configuration"),
    "tftp -m binary 127.0.0.1 {tftp} -c get switch1.cfg" },
  { "Thunderbird", N_ ("Set up by hand: “Configure manually”"),
    N_ ("Incoming: IMAP, localhost, port {imaps}, SSL/TLS, normal password.\n"
        "Outgoing: localhost, port {submissions}, SSL/TLS, normal password.\n"
        "User name alex, password portcall, address alex@example.test.\n"
        "Import {ca} among the authorities first."),
    TRUE },
  { "Evolution", N_ ("New mail account, without looking settings up"),
    N_ ("Receiving: IMAP, localhost, port {imap}, no encryption or STARTTLS.\n"
        "Sending: SMTP, localhost, port {submission}, STARTTLS, login PLAIN.\n"
        "User name alex, password portcall, address alex@example.test."),
    TRUE },
  { NULL },
};

#define CA_FILE "portcall-ca.pem"

char *
pc_lab_recipe_write (const PcLabRecipe *recipe,
                     const guint       *ports)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (recipe != NULL && ports != NULL, NULL);

  text = g_string_new (recipe->prose ? _ (recipe->text) : recipe->text);
  g_string_replace (text, "{ca}", CA_FILE, 0);
  for (guint i = 0; pc_serve_kinds[i].name != NULL; i++) {
    g_autofree char *name = g_strdup_printf ("{%s}", pc_serve_kinds[i].name);
    g_autofree char *port = g_strdup_printf ("%u", ports[i]);

    g_string_replace (text, name, port, 0);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
copy_cb (GtkWidget *button)
{
  gdk_clipboard_set_text (
      gtk_widget_get_clipboard (button),
      g_object_get_data (G_OBJECT (button), "text"));
}

GtkWidget *
pc_lab_recipe_make_row (const PcLabRecipe *recipe,
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
  if (!recipe->prose)
    gtk_widget_set_direction (code, GTK_TEXT_DIR_LTR);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), what);
  gtk_box_append (GTK_BOX (box), code);
  return box;
}
