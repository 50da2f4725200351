/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-error.h"

G_DEFINE_QUARK (kip-error-quark, kip_error)
