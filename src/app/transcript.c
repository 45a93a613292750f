/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines are shown as they are: what comes from a wire has no marks.  Only
 * text that crossed a wire as lines has a CR LF: packets have octets, and what
 * a program printed has neither side nor end. */

#include "app/transcript.h"

#include "app/part-mark.h"

#include <glib/gi18n-lib.h>

#define MAX_OCTETS 64 /* shown of one packet */
#define END "<span alpha=\"60%\">␍␊</span>"

struct _PcTranscriptLine
{
  GtkWidget parent_instance;

  GtkWidget  *box;
  GtkLabel   *number;
  GtkLabel   *side;
  GtkLabel   *text;
  GtkLabel   *octets;
  PcPartMark *mark;
  GtkLabel   *correction;

  PcStimulusKind kind;
  char           from;
  char          *name;
};

G_DEFINE_FINAL_TYPE (PcTranscriptLine, pc_transcript_line, GTK_TYPE_WIDGET)

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_TRANSCRIPT_LINE (object)->box, gtk_widget_unparent);
  g_clear_pointer (&PC_TRANSCRIPT_LINE (object)->name, g_free);
  G_OBJECT_CLASS (pc_transcript_line_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcTranscriptLine, name)

static void
pc_transcript_line_class_init (PcTranscriptLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  g_type_ensure (PC_TYPE_PART_MARK);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "transcriptline");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/transcript-line.ui");
  BIND (box);
  BIND (number);
  BIND (side);
  BIND (text);
  BIND (octets);
  BIND (mark);
  BIND (correction);
}

#undef BIND

static void
pc_transcript_line_init (PcTranscriptLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (PcTranscriptLine *self,
          GtkLabel         *label,
          const char       *text,
          gboolean          ends)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_autofree char *markup = g_strconcat (escaped, ends ? END : "", NULL);

  gtk_label_set_markup (label, markup);
}

static void
fill_side (PcTranscriptLine *self)
{
  gboolean sided = self->kind == PC_STIMULUS_TRANSCRIPT ||
                   self->kind == PC_STIMULUS_PACKETS;

  gtk_widget_set_visible (GTK_WIDGET (self->side), sided);
  if (self->from == 'N') {
    if (sided)
      gtk_widget_add_css_class (GTK_WIDGET (self->text), "note");
    return;
  }
  /* Translators: the letter for the client in a transcript. */
  gtk_label_set_label (self->side, self->from == 'C' ? C_ ("side", "C")
                                                     : C_ ("side", "S"));
  gtk_widget_add_css_class (GTK_WIDGET (self->side),
                            self->from == 'C' ? "client" : "server");
}

static void
fill_octets (PcTranscriptLine     *self,
             const PcStimulusLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n = MIN (line->n_octets, MAX_OCTETS);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, i > 0 ? " %02x" : "%02x", line->octets[i]);
  if (n < line->n_octets) {
    guint more = (guint) (line->n_octets - n);

    g_string_append_c (text, ' ');
    g_string_append_printf (
        text, ngettext ("… and %u octet more", "… and %u octets more", more),
        more);
  }
  gtk_label_set_label (self->octets, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->octets), n > 0);
}

static char *
dup_name (char        from,
          const char *text)
{
  switch (from) {
  /* Translators: a line of a transcript that the client sent. */
  case 'C': return g_strdup_printf (_ ("Client: %s"), text);
  /* Translators: a line of a transcript that the server sent. */
  case 'S': return g_strdup_printf (_ ("Server: %s"), text);
  default: return g_strdup (text);
  }
}

GtkWidget *
pc_transcript_line_new (PcItem     *item,
                        guint       index,
                        gboolean    numbered,
                        const char *language)
{
  PcTranscriptLine *self = g_object_new (PC_TYPE_TRANSCRIPT_LINE, NULL);
  const PcStimulus *stimulus = pc_item_get_stimulus (item);
  const PcStimulusLine *line = &stimulus->lines[index];
  const char *text = pc_item_get_stimulus_text (item, index, language);
  g_autofree char *number = g_strdup_printf ("%u", index + 1);

  self->kind = stimulus->kind;
  self->from = line->from;
  self->name = dup_name (line->from, text);
  gtk_label_set_label (self->number, number);
  gtk_widget_set_visible (GTK_WIDGET (self->number), numbered);
  set_text (self, self->text, text,
            self->kind == PC_STIMULUS_TRANSCRIPT && self->from != 'N' &&
                line->n_octets == 0);
  fill_side (self);
  fill_octets (self, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  -1);
  return GTK_WIDGET (self);
}

const char *
pc_transcript_line_get_name (PcTranscriptLine *self)
{
  g_return_val_if_fail (PC_IS_TRANSCRIPT_LINE (self), NULL);

  return self->name;
}

void
pc_transcript_line_reveal (PcTranscriptLine *self,
                           gboolean          right,
                           const char       *words,
                           const char       *correction)
{
  g_return_if_fail (PC_IS_TRANSCRIPT_LINE (self));

  pc_part_mark_set (self->mark, right, words);
  gtk_widget_set_visible (GTK_WIDGET (self->correction), correction != NULL);
  if (correction != NULL)
    set_text (self, self->correction, correction,
              self->kind == PC_STIMULUS_TRANSCRIPT);
}

GtkWidget *
pc_transcript_title_new (PcItem     *item,
                         const char *language)
{
  const char *title = pc_item_get_stimulus_title (item, language);
  GtkWidget *label;

  if (title == NULL)
    return NULL;
  label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "transcript-title");
  return label;
}

GtkWidget *
pc_transcript_new (PcItem     *item,
                   const char *language)
{
  const PcStimulus *stimulus = pc_item_get_stimulus (item);
  GtkWidget *title = pc_transcript_title_new (item, language);
  GtkWidget *box =
      g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                    "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);

  g_return_val_if_fail (stimulus != NULL, NULL);

  if (title != NULL)
    gtk_box_append (GTK_BOX (box), title);
  for (guint i = 0; i < stimulus->n_lines; i++)
    gtk_box_append (GTK_BOX (box),
                    pc_transcript_line_new (item, i, FALSE, language));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_add_css_class (box, "transcript");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
      title != NULL ? gtk_label_get_label (GTK_LABEL (title))
                    : _ ("What is known"),
      -1);
  return box;
}
