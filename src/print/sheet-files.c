/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names a file by the code that makes the sheet again. */

#include "print/sheet-files.h"

#include <string.h>

GBytes *
pc_sheet_files_make (const PcSheet       *sheet,
                     gboolean             key,
                     const PcSheetFormat *format,
                     GError             **error)
{
  g_autoptr (GPtrArray) blocks = NULL;
  g_autofree char *footer = NULL;
  char *text;

  g_return_val_if_fail (sheet != NULL && format != NULL, NULL);

  blocks = key ? pc_sheet_list_key (sheet, format->language)
               : pc_sheet_list_questions (sheet, format->language);
  footer = pc_sheet_dup_footer (sheet);
  if (format->pdf)
    return pc_paper_make_pdf (blocks, footer, format->paper, error);
  text = pc_sheet_write_markdown (blocks, footer);
  return g_bytes_new_take (text, strlen (text));
}

char *
pc_sheet_files_write (const PcSheet       *sheet,
                      gboolean             key,
                      const PcSheetFormat *format,
                      const char          *folder,
                      GError             **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *code = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  const char *data;
  gsize size;

  g_return_val_if_fail (folder != NULL, NULL);

  bytes = pc_sheet_files_make (sheet, key, format, error);
  if (bytes == NULL)
    return NULL;
  code = pc_sheet_dup_code (sheet);
  name = g_strdup_printf ("sheet-%s-%c%s.%s", code,
                          'A' + pc_sheet_get_variant (sheet),
                          key ? "-key" : "", format->pdf ? "pdf" : "md");
  path = g_build_filename (folder, name, NULL);
  data = g_bytes_get_data (bytes, &size);
  return g_file_set_contents (path, data, (gssize) size, error)
             ? g_steal_pointer (&path)
             : NULL;
}
