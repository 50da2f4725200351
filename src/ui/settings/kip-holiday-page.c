/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-holiday-page.h"

#include <glib/gi18n-lib.h>

#include "kip-calendar-edit.h"
#include "kip-pick-row.h"
#include "kip-clock.h"
#include "kip-date-button.h"
#include "kip-settings-window.h"

#define TET_FIRST (-7)
#define TET_LAST 14

struct _KipHolidayPage
{
  AdwBin parent_instance;

  KipTextRow   *name_row;
  KipPickRow *kind_row;
  KipTextRow   *first_row;
  KipTextRow   *last_row;
  KipPickRow *tet_first_row;
  KipPickRow *tet_last_row;
  GtkLabel     *message;
  GtkWidget    *add_button;
};

G_DEFINE_FINAL_TYPE (KipHolidayPage, kip_holiday_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* NULL while what is typed is no holiday: @error says why. */
static KipHoliday *
read_form (KipHolidayPage *self,
           GError        **error)
{
  KipHolidayKind kind = (KipHolidayKind) kip_pick_row_get_value (self->kind_row);
  g_autofree char *name = kip_text_row_dup_text (self->name_row);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (kind == KIP_HOLIDAY_TET)
    {
      first = g_strdup_printf ("%d", (int) kip_pick_row_get_value (self->tet_first_row));
      last = g_strdup_printf ("%d", (int) kip_pick_row_get_value (self->tet_last_row));
    }
  else
    {
      first = kip_text_row_dup_text (self->first_row);
      last = kip_text_row_dup_text (self->last_row);
    }
  return kip_holiday_from_typed (kind, first, last, name, kip_clock_now (), error);
}

/* When it will be next, or what is wrong. */
static char *
say_next (const KipHoliday *holiday)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (kip_clock_now () / KIP_MS_PER_SECOND);
  KipDay first, last;

  for (int year = g_date_time_get_year (now); year < g_date_time_get_year (now) + 3; year++)
    if (kip_holiday_in_year (holiday, year, &first, &last))
      {
        g_autofree char *from = kip_day_describe (first);
        g_autofree char *to = kip_day_describe (last);

        return first == last ? g_strdup_printf (_("This is %s."), from)
                             : g_strdup_printf (_("This is %1$s to %2$s."), from, to);
      }
  return kip_holiday_describe (holiday);
}

static void
update (KipHolidayPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipHoliday) holiday = read_form (self, &error);
  g_autofree char *first = kip_text_row_dup_text (self->first_row);
  gboolean empty = *first == '\0' && kip_pick_row_get_value (self->kind_row) != KIP_HOLIDAY_TET;
  g_autofree char *text = holiday != NULL ? say_next (holiday) : g_strdup (empty ? "" : error->message);

  gtk_label_set_text (self->message, text);
  gtk_widget_set_visible (GTK_WIDGET (self->message), *text != '\0');
  gtk_widget_set_sensitive (self->add_button, holiday != NULL);
  if (holiday == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
}

static void
kind_cb (KipHolidayPage *self)
{
  KipHolidayKind kind = (KipHolidayKind) kip_pick_row_get_value (self->kind_row);
  gboolean tet = kind == KIP_HOLIDAY_TET;
  gboolean once = kind == KIP_HOLIDAY_DATES;

  gtk_widget_set_visible (GTK_WIDGET (self->first_row), !tet);
  gtk_widget_set_visible (GTK_WIDGET (self->last_row), !tet);
  gtk_widget_set_visible (GTK_WIDGET (self->tet_first_row), tet);
  gtk_widget_set_visible (GTK_WIDGET (self->tet_last_row), tet);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->first_row),
                                 once ? _("First day, such as 30/4/2027") : _("First day, such as 30/4"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->last_row), _("Last day, if it takes several"));
  update (self);
}

static void
add_cb (KipHolidayPage *self)
{
  g_autoptr (KipHoliday) holiday = read_form (self, NULL);

  if (holiday == NULL)
    return;
  g_signal_emit (self, signals[SIGNAL_ADDED], 0, holiday);
  kip_settings_pop (GTK_WIDGET (self));
}

/* ---- object ---- */

static void
fill_kinds (KipHolidayPage *self)
{
  kip_pick_row_begin (self->kind_row);
  kip_pick_row_add (self->kind_row, KIP_HOLIDAY_DATES, _("Once"));
  kip_pick_row_add (self->kind_row, KIP_HOLIDAY_YEARLY, _("Every year"));
  kip_pick_row_add (self->kind_row, KIP_HOLIDAY_LUNAR, _("Every lunar year"));
  kip_pick_row_add (self->kind_row, KIP_HOLIDAY_TET, _("Around Tết"));
  kip_pick_row_end (self->kind_row);
  kip_pick_row_set_value (self->kind_row, KIP_HOLIDAY_DATES);
}

static void
fill_tet (KipPickRow *row,
          int         value)
{
  kip_pick_row_begin (row);
  for (int day = TET_FIRST; day <= TET_LAST; day++)
    {
      g_autofree char *label = kip_tet_day_describe (day);

      kip_pick_row_add (row, day, label);
    }
  kip_pick_row_end (row);
  kip_pick_row_set_value (row, value);
}

static void
kip_holiday_page_class_init (KipHolidayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_ADDED] = g_signal_new ("added", KIP_TYPE_HOLIDAY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (KIP_TYPE_TEXT_ROW);
  g_type_ensure (KIP_TYPE_PICK_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-holiday-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipHolidayPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, KipHolidayPage, kind_row);
  gtk_widget_class_bind_template_child (widget_class, KipHolidayPage, first_row);
  gtk_widget_class_bind_template_child (widget_class, KipHolidayPage, last_row);
  gtk_widget_class_bind_template_child (widget_class, KipHolidayPage, tet_first_row);
  gtk_widget_class_bind_template_child (widget_class, KipHolidayPage, tet_last_row);
  gtk_widget_class_bind_template_child (widget_class, KipHolidayPage, message);
  gtk_widget_class_bind_template_child (widget_class, KipHolidayPage, add_button);
}

static void
kip_holiday_page_init (KipHolidayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_kinds (self);
  fill_tet (self->tet_first_row, -1);
  fill_tet (self->tet_last_row, 3);
  kip_text_row_add_calendar (self->first_row);
  kip_text_row_add_calendar (self->last_row);
  g_signal_connect_swapped (self->kind_row, "commit", G_CALLBACK (kind_cb), self);
  g_signal_connect_swapped (self->tet_first_row, "commit", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->tet_last_row, "commit", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->first_row, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->last_row, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  kind_cb (self);
}

GtkWidget *
kip_holiday_page_new (void)
{
  return g_object_new (KIP_TYPE_HOLIDAY_PAGE, NULL);
}
