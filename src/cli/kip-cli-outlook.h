/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-cli.h"
#include "kip-study.h"

G_BEGIN_DECLS

/* What is coming, behind the figures of what was. */
void kip_cli_print_outlook (const KipStudy *study);

/* The members "outlook" and "forecast" of the present object. */
void kip_cli_json_outlook (JsonBuilder    *builder,
                           const KipStudy *study);

G_END_DECLS
