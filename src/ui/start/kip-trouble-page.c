/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-trouble-page.h"

#include "kip-backup-dialogs.h"
#include "kip-error.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  KipError    code;
  const char *title;
  const char *advice;
  gboolean    restore; /* a backup helps */
} Trouble;

static const Trouble troubles[] = {
  { KIP_ERROR_CORRUPT, N_("The Data Is Damaged"),
    N_("Kip has changed nothing. Every day a backup is made into the folder “backups”; the newest one is whole up to its day. What you restore does not overwrite the damaged data: that is set aside."),
    TRUE },
  { KIP_ERROR_NEWER, N_("Written by a Newer Kip"),
    N_("Kip has changed nothing. Install the newer version on this computer to go on with this office."),
    FALSE },
  { KIP_ERROR_READ_ONLY, N_("The Folder Cannot Be Written"),
    N_("Everything in it is as it was. Give yourself permission to write there, or start Kip with another folder (--data), and try again."),
    FALSE },
  { KIP_ERROR_NO_SPACE, N_("The Disk Is Full"),
    N_("Everything that was saved is safe. Make some room on the disk and try again."),
    FALSE },
  { KIP_ERROR_BUSY, N_("In Use by Another Program"),
    N_("Everything that was saved is safe. Close the other program that works in this folder, and try again."),
    FALSE },
};

static const Trouble unknown = {
  KIP_ERROR_FAILED, N_("The Office Cannot Be Opened"),
  N_("Everything that was saved is as it was. Try again; if that does not help, look at the folder or restore a backup."),
  TRUE
};

struct _KipTroublePage
{
  GtkWidget      parent_instance;
  char          *dir; /* (owned) */

  AdwStatusPage *page;
  GtkLabel      *advice;
  GtkLabel      *where;
  GtkWidget     *again;
  GtkWidget     *restore;
};

G_DEFINE_FINAL_TYPE (KipTroublePage, kip_trouble_page, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_TRY_AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const Trouble *
find_trouble (const GError *error)
{
  if (error->domain != KIP_ERROR)
    return &unknown;
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (troubles[i].code == (KipError) error->code)
      return &troubles[i];
  return &unknown;
}

static GtkWindow *
window_of (KipTroublePage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
again_cb (KipTroublePage *self)
{
  g_signal_emit (self, signals[SIGNAL_TRY_AGAIN], 0);
}

static void
restore_cb (KipTroublePage *self)
{
  kip_restore_present (window_of (self));
}

static void
folder_cb (KipTroublePage *self)
{
  g_autofree char *uri = g_filename_to_uri (self->dir, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (window_of (self), uri, GDK_CURRENT_TIME);
}

static gboolean
kip_trouble_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (KIP_TROUBLE_PAGE (widget)->again);
}

/* ---- class ---- */

static void
kip_trouble_page_dispose (GObject *object)
{
  KipTroublePage *self = KIP_TROUBLE_PAGE (object);

  g_clear_pointer ((GtkWidget **) &self->page, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_trouble_page_parent_class)->dispose (object);
}

static void
kip_trouble_page_finalize (GObject *object)
{
  g_free (KIP_TROUBLE_PAGE (object)->dir);
  G_OBJECT_CLASS (kip_trouble_page_parent_class)->finalize (object);
}

static void
kip_trouble_page_class_init (KipTroublePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_trouble_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_trouble_page_finalize;
  widget_class->grab_focus = kip_trouble_page_grab_focus;

  signals[SIGNAL_TRY_AGAIN] =
    g_signal_new ("try-again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-trouble-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipTroublePage, page);
  gtk_widget_class_bind_template_child (widget_class, KipTroublePage, advice);
  gtk_widget_class_bind_template_child (widget_class, KipTroublePage, where);
  gtk_widget_class_bind_template_child (widget_class, KipTroublePage, again);
  gtk_widget_class_bind_template_child (widget_class, KipTroublePage, restore);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_cb);
}

static void
kip_trouble_page_init (KipTroublePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- public ---- */

void
kip_trouble_page_show (KipTroublePage *self,
                       const char     *dir,
                       const GError   *error)
{
  const Trouble *trouble;
  g_autofree char *shown = NULL;
  g_autofree char *message = NULL;

  g_return_if_fail (KIP_IS_TROUBLE_PAGE (self));
  g_return_if_fail (error != NULL);

  trouble = find_trouble (error);
  g_free (self->dir);
  self->dir = g_strdup (dir);
  shown = g_filename_display_name (dir);
  message = g_markup_escape_text (error->message, -1);
  adw_status_page_set_title (self->page, _(trouble->title));
  adw_status_page_set_description (self->page, message);
  gtk_label_set_text (self->advice, _(trouble->advice));
  gtk_label_set_text (self->where, shown);
  gtk_widget_set_visible (self->restore, trouble->restore);
}
