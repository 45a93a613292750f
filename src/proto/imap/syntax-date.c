/* SPDX-License-Identifier: GPL-3.0-or-later */

/* IMAP's dates: the day of SEARCH, and the moment of APPEND and INTERNALDATE.
 *
 * Leaves out leap seconds: the sixtieth is the fifty-ninth.
 *
 * RFC 3501 section 9, RFC 9051 section 9: date and date-time.
 */

#include "proto/imap/syntax.h"

#include "base/text.h"

static const char months[12][4] = {
  "Jan", "Feb", "Mar", "Apr", "May", "Jun",
  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
};

/* Exactly @n digits. */
static gboolean
read_digits (PcImapCursor *self,
             gsize         n,
             guint64       max,
             int          *value)
{
  guint64 number;

  if (self->len - self->pos < n ||
      !pc_text_parse_number (self->data + self->pos, n, max, &number))
    return FALSE;

  self->pos += n;
  *value = (int) number;
  return TRUE;
}

/* "-Feb-1994", the month in any case. */
static gboolean
read_month_and_year (PcImapCursor *self,
                     int          *month,
                     int          *year)
{
  guint i = 0;

  if (!pc_imap_read_char (self, '-') || self->len - self->pos < 3)
    return FALSE;
  while (i < G_N_ELEMENTS (months) &&
         !pc_text_equal_ascii (self->data + self->pos, 3, months[i]))
    i++;
  self->pos += 3;
  *month = (int) i + 1;

  return i < G_N_ELEMENTS (months) && pc_imap_read_char (self, '-') &&
         read_digits (self, 4, 9999, year);
}

gboolean
pc_imap_read_day (PcImapCursor *self,
                  guint64      *day)
{
  PcImapCursor at = *self;
  gboolean     quoted = pc_imap_read_char (&at, '"');
  int          year, month, number;
  GDate        date;

  if ((!read_digits (&at, 2, 31, &number) &&
       !read_digits (&at, 1, 9, &number)) ||
      !read_month_and_year (&at, &month, &year) ||
      (quoted && !pc_imap_read_char (&at, '"')) ||
      !g_date_valid_dmy ((GDateDay) number, (GDateMonth) month,
                         (GDateYear) year))
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) number, (GDateMonth) month,
                  (GDateYear) year);
  *day = g_date_get_julian (&date);
  *self = at;
  return TRUE;
}

/* "08:30:00 +0100": time in seconds, zone in seconds east. */
static gboolean
read_time (PcImapCursor *self,
           int          *seconds,
           int          *zone)
{
  int      hour, minute, second, zone_hour, zone_minute;
  gboolean west;

  if (!read_digits (self, 2, 23, &hour) || !pc_imap_read_char (self, ':') ||
      !read_digits (self, 2, 59, &minute) || !pc_imap_read_char (self, ':') ||
      !read_digits (self, 2, 60, &second) || !pc_imap_read_char (self, ' '))
    return FALSE;
  west = pc_imap_read_char (self, '-');
  if ((!west && !pc_imap_read_char (self, '+')) ||
      !read_digits (self, 2, 23, &zone_hour) ||
      !read_digits (self, 2, 59, &zone_minute))
    return FALSE;

  *seconds = hour * 3600 + minute * 60 + MIN (second, 59);
  *zone = (west ? -1 : 1) * (zone_hour * 3600 + zone_minute * 60);
  return TRUE;
}

gboolean
pc_imap_read_date_time (PcImapCursor *self,
                        gint64       *time)
{
  PcImapCursor          at = *self;
  g_autoptr (GDateTime) date = NULL;
  int                   day, month, year, seconds, zone;

  if (!pc_imap_read_char (&at, '"'))
    return FALSE;
  if (pc_imap_read_char (&at, ' ') ? !read_digits (&at, 1, 9, &day)
                                   : !read_digits (&at, 2, 31, &day))
    return FALSE;
  if (!read_month_and_year (&at, &month, &year) ||
      !pc_imap_read_char (&at, ' ') || !read_time (&at, &seconds, &zone) ||
      !pc_imap_read_char (&at, '"'))
    return FALSE;

  date = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (date == NULL)
    return FALSE;

  *time = (g_date_time_to_unix (date) + seconds - zone) * G_USEC_PER_SEC;
  *self = at;
  return TRUE;
}

void
pc_imap_write_date (GString *out,
                    gint64   time)
{
  g_autoptr (GDateTime) date =
      g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  /* A time no calendar has: the first moment instead. */
  if (date == NULL)
    date = g_date_time_new_from_unix_utc (0);

  g_string_append_printf (out, "\"%2d-%s-%04d %02d:%02d:%02d +0000\"",
                          g_date_time_get_day_of_month (date),
                          months[g_date_time_get_month (date) - 1],
                          g_date_time_get_year (date),
                          g_date_time_get_hour (date),
                          g_date_time_get_minute (date),
                          g_date_time_get_second (date));
}
