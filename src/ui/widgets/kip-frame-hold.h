/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An answer that is almost there comes with the next frame instead of a frame later.
 *
 * What a person does changes something at once (the letter typed, the view marked)
 * and the list some milliseconds after.  GTK would paint the first right away and
 * then wait for the next frame.  A hold lets no frame begin until it ends, which
 * it does by itself after @ms; keys, clicks and answers are taken meanwhile.
 * @hold: 0 when there is none. */
void kip_frame_hold_begin (guint *hold,
                           guint  ms);
void kip_frame_hold_end (guint *hold);

/* The other way round: frames come first, and whatever can wait runs only after the
 * hold has ended.  It ends as above. */
void kip_frame_hold_begin_others (guint *hold,
                                  guint  ms);

G_END_DECLS
