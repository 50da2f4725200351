#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checks are checked: each finds what was planted and leaves alone what is right."""
import importlib
import os
import sys

HEAD = '/* Copyright the Kip developers\n * SPDX-License-Identifier: GPL-3.0-or-later\n */\n'
LONG = 'void\nlong_one (void)\n{\n' + '  x ();\n' * 81 + '}\n'
FITS = 'void\nshort_one (void)\n{\n' + '  x ();\n' * 80 + '}\n'
MARK = 'TO' + 'DO'

# check, path, text, part of the message (None: nothing is found)
CASES = [
    ('check-layers', 'src/core/a.c', '#include <gtk/gtk.h>\n', 'GTK'),
    ('check-layers', 'src/ui/list/a.c', '#include <gtk/gtk.h>\n', None),
    ('check-layers', 'src/core/a.c', '/* #include <gtk/gtk.h> */\n', None),
    ('check-layers', 'src/sla/a.c', '#include "kip-store.h"\n', 'of store/'),
    ('check-layers', 'src/store/a.c', '#include "kip-sla.h"\n', None),
    ('check-layers', 'src/alerts/a.c', '#include "kip-model.h"\n', 'of model/'),
    ('check-layers', 'src/kpi/a.c', '#include "kip-model.h"\n', None),
    ('check-layers', 'src/kpi/a.c', '#include <sqlite3.h>\n', 'SQLite'),
    ('check-layers', 'src/attic/a.c', '', 'not a room'),
    ('check-layers', 'src/ui/a.c', 'f ("SELECT a " "FROM b");', 'SQL outside'),
    ('check-layers', 'src/store/a.c', 'f ("SELECT a FROM b WHERE c = ?1");', None),
    ('check-layers', 'src/store/a.c', 'f ("SELECT a FROM b WHERE c = %s");', 'bind a parameter'),
    ('check-layers', 'src/ui/a.c', '/* "SELECT a FROM b" */ f (_("Select all from here"));', None),
    ('check-size', 'src/core/a.c', LONG, 'long_one has 81'),
    ('check-size', 'src/core/a.c', FITS, None),
    ('check-size', 'src/core/a.c', '\n' * 1001, '1002 lines'),
    ('check-size', 'src/core/a.c', 'static const int t[] =\n{\n' + '  1,\n' * 200 + '};\n', None),
    ('check-banned', 'src/core/a.c', 'strcpy (a, b);', 'strcpy'),
    ('check-banned', 'src/core/a.c', 'g_strlcpy (a, b, 3); /* strcpy (a) */', None),
    ('check-banned', 'tests/core/a.c', 'g_test_skip ("x");', 'g_test_skip'),
    ('check-banned', 'src/store/a.c', 'x = g_get_real_time ();', 'kip_clock_now'),
    ('check-banned', 'src/core/kip-clock.c', 'x = g_get_real_time ();', None),
    ('check-banned', 'src/sla/a.c', 'double share;', 'integers'),
    ('check-banned', 'src/sla/a.h', '  double fraction;', None),
    ('check-banned', 'src/sla/a.c', '/* a double share */', None),
    ('check-banned', 'tests/e2e/a.py', 'time.sleep(1)', 'time.sleep'),
    ('check-marks', 'src/core/a.c', HEAD + '/* ' + MARK + ' */\n', 'unfinished'),
    ('check-css', 'src/ui/a.css', '.a {\n  margin: 0;\n\n.b {\n  margin: 0;\n}\n', 'inside another'),
    ('check-css', 'src/ui/a.css', '.a {\n  margin: 0;\n', 'not closed'),
    ('check-css', 'src/ui/a.css', '.a {\n  margin: 0;\n}\n}\n', 'closes nothing'),
    ('check-css', 'src/ui/a.css', '/* { */\n.a {\n  margin: 0;\n}\n', None),
    ('check-man', 'data/man/a.1', '.BI join " FILE " [\\-\\-code CODE]\n', 'loses the space'),
    ('check-man', 'data/man/a.1', '.BI join " FILE " [\\-\\-code\\ CODE]\n', None),
    ('check-man', 'data/man/a.1', '.RI [ ARGUMENT \\|.]\nor [a b] in a text\n', None),
    ('check-marks', 'src/core/a.c', 'int x;\n', 'licence'),
    ('check-marks', 'src/core/a.c', HEAD + 'int x; \n', 'white space'),
    ('check-marks', 'src/core/a.c', HEAD + 'int x;\n', None),
    ('check-strings', 'src/ui/a.c', 'gtk_label_set_text (l, "Hello");', 'Hello'),
    ('check-strings', 'src/ui/a.c', 'gtk_label_set_text (l, _("Hello"));', None),
    ('check-strings', 'src/ui/a.c', 'gtk_label_set_text (l, g_strdup_printf ("%d", n));', None),
    ('check-strings', 'src/ui/a.c', 'gtk_label_new (ngettext ("%d a", "%d many", n));', None),
    ('check-strings', 'src/ui/a.c', 'g_set_error (e, KIP_ERROR, KIP_ERROR_IO, "Lost.");', 'Lost'),
    ('check-strings', 'src/ui/a.c', 'g_set_error (e, KIP_ERROR, KIP_ERROR_IO, _("Lost %s."), "a");', None),
    ('check-strings', 'src/ui/a.ui', '<property name="label">Hello</property>', 'not translatable'),
    ('check-strings', 'src/ui/a.ui', '<property name="label" translatable="yes">Hello</property>', None),
    ('check-strings', 'src/ui/a.ui', '<property name="icon-name">list-add-symbolic</property>', None),
]


def holds(name, path, text, expected):
    module = importlib.import_module(name)
    if name == 'check-layers':
        module.homes.update({'kip-store.h': 'store', 'kip-sla.h': 'sla', 'kip-model.h': 'model'})
    found = [message for _, message in module.check(path, text)]
    if expected is None:
        return not found, found
    return len(found) == 1 and expected in found[0], found


def main():
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    print(f'1..{len(CASES)}')
    failed = 0
    for number, case in enumerate(CASES, 1):
        fine, found = holds(*case)
        failed += not fine
        print(f'{"ok" if fine else "not ok"} {number} {case[0]} {case[3] or "leaves it alone"}')
        if not fine:
            print(f'# {case[2][:60]!r}: {found}')
    sys.exit(failed > 0)


if __name__ == '__main__':
    main()
