/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-application.h"

#include "kip-carrier.h"
#include "kip-i18n.h"
#include "kip-memory.h"
#include "kip-sharing.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (KipApplication) application = NULL;

  /* The half of this program that touches a share. */
  if (kip_carrier_is_child (argc, argv))
    return kip_carrier_serve (KIP_CARRIER_CHILD_FD);
  kip_sharing_use_child ();
  kip_memory_init ();
  kip_i18n_init ();
  application = kip_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
