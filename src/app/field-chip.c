/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chip shows octets, not the field's readable value: the line of chips is
 * the unit itself, cut into its parts. */

#include "app/field-chip.h"

#include "app/colors.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>

#define MAX_CHARS 18 /* so that a chip fits a narrow window, twice as large */

struct _PcFieldChip
{
  GtkToggleButton parent_instance;

  GtkLabel *octets;
  GtkLabel *name;
};

G_DEFINE_FINAL_TYPE (PcFieldChip, pc_field_chip, GTK_TYPE_TOGGLE_BUTTON)

/* A record of TLS is numbers, but for a name here and there. */
static gboolean
is_binary (PcStep       *step,
           const guint8 *data,
           gsize         len)
{
  if (pc_step_get_layer (step) != PC_LAYER_TLS)
    return FALSE;

  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isprint (data[i]))
      return TRUE;
  return len < 3;
}

static char *
dup_hex (const guint8 *data,
         gsize         len,
         gsize         max_octets)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < MIN (len, max_octets); i++)
    g_string_append_printf (text, "%s%02X", i > 0 ? " " : "", data[i]);
  if (len > max_octets)
    g_string_append (text, "…");
  return g_string_free (text, FALSE);
}

char *
pc_field_chip_dup_text (PcStep        *step,
                        const PcField *field,
                        gboolean       reveal,
                        gsize          max_chars)
{
  GBytes *bytes = pc_step_get_bytes (step);
  gsize len = 0;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  g_autofree char *text = NULL;

  if (field->secret && !reveal)
    return g_strdup (PC_SECRET_DOTS);
  if (data == NULL || field->start >= len)
    return g_strdup ("");
  data += field->start;
  len = MIN (field->end, len) - field->start;
  if (is_binary (step, data, len))
    return dup_hex (data, len, max_chars / 3);
  text = pc_text_from_wire (data, len, PC_TEXT_PICTURES, max_chars);
  return pc_field_chip_spell_controls (text);
}

/* ASCII, RFC 20 section 4.1, in the order of the codes; then DEL. */
static const char control_names[][4] = {
  "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF",
  "VT", "FF", "CR", "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK",
  "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US", "SP",
  "DEL"
};

char *
pc_field_chip_spell_controls (const char *text)
{
  GString *spelled = g_string_new (NULL);
  gboolean after_name = FALSE;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar code = g_utf8_get_char (c);
    gboolean name = code >= 0x2400 &&
                    code < 0x2400 + G_N_ELEMENTS (control_names);

    if (spelled->len > 0 && (name || after_name))
      g_string_append_c (spelled, ' ');
    if (name)
      g_string_append (spelled, control_names[code - 0x2400]);
    else
      g_string_append_unichar (spelled, code);
    after_name = name;
  }
  return g_string_free (spelled, FALSE);
}

gboolean
pc_field_chip_is_minor (PcStep        *step,
                        const PcField *field)
{
  gsize len = 0;
  const guint8 *data = g_bytes_get_data (pc_step_get_bytes (step), &len);

  if (field->end > len || pc_step_get_layer (step) == PC_LAYER_TLS)
    return FALSE;
  for (guint i = field->start; i < field->end; i++)
    if (data[i] != ' ')
      return FALSE;
  return TRUE;
}

/* Space lights a field, as a click does; Enter goes to its octets.  Not: a
 * binding of the class, which comes after those of GtkButton. */
static gboolean
key_pressed_cb (PcFieldChip *self,
                guint        key)
{
  GVariant *target =
      gtk_actionable_get_action_target_value (GTK_ACTIONABLE (self));

  if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter &&
      key != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action_variant (GTK_WIDGET (self),
                                             "inspector.octets", target);
}

static void
pc_field_chip_class_init (PcFieldChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/field-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, PcFieldChip, octets);
  gtk_widget_class_bind_template_child (widget_class, PcFieldChip, name);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
pc_field_chip_init (PcFieldChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_field_chip_new (PcStep  *step,
                   guint    index,
                   gboolean reveal)
{
  PcFieldChip *self = g_object_new (PC_TYPE_FIELD_CHIP, NULL);
  const PcField *field = pc_step_get_field (step, index);
  g_autofree char *octets =
      pc_field_chip_dup_text (step, field, reveal, MAX_CHARS);
  g_autofree char *tint =
      g_strdup_printf ("field-%u", index % PC_N_FIELD_TINTS);
  g_autofree char *name = NULL;

  /* Translators: a field's name, its octets, and which field of how many it
   * is: "Tag: a3, 1 of 8". */
  name = g_strdup_printf (_ ("%s: %s, %u of %u"), _ (field->label), octets,
                          index + 1, pc_step_get_n_fields (step));
  gtk_widget_set_direction (GTK_WIDGET (self->octets), GTK_TEXT_DIR_LTR);
  gtk_label_set_label (self->octets, octets);
  gtk_label_set_label (self->name, _ (field->label));
  if (pc_field_chip_is_minor (step, field)) {
    gtk_label_set_label (self->octets, "·");
    /* As high as the others: Tab goes by where the middle is. */
    gtk_label_set_label (self->name, " ");
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ (field->label));
    gtk_widget_add_css_class (GTK_WIDGET (self), "minor");
  }
  gtk_widget_add_css_class (GTK_WIDGET (self), tint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "i", (int) index);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "inspector.field");
  return GTK_WIDGET (self);
}
