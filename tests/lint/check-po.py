#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-po TOP: every language of po/LINGUAS has every text of the sources as they are
now, none of them fuzzy, and what msgfmt can check holds (formats, plurals, header).

check-po TOP --form: only what msgfmt can check."""
import os
import re
import subprocess
import sys
import tempfile

KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3',
            'g_dpgettext2:2c,3', 'gettext', 'ngettext:1,2']


def tool(*command, cwd=None):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False,
                          env=dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE=''))
    if done.returncode:
        sys.exit(f'{" ".join(command)}\n{done.stdout}{done.stderr}')
    return done.stdout


def template(top, scratch):
    pot = os.path.join(scratch, 'kip.pot')
    tool('xgettext', '--files-from=po/POTFILES.in', '--from-code=UTF-8', '--add-comments',
         '--output=' + pot, *['--keyword=' + keyword for keyword in KEYWORDS], cwd=top)
    return pot


def lacking(po, pot, scratch):
    """What a translator would still have to do, as entries of a catalogue."""
    merged = os.path.join(scratch, 'merged.po')
    tool('msgmerge', '--quiet', '--output-file=' + merged, po, pot)
    for kind in ('--untranslated', '--only-fuzzy'):
        entries = tool('msgattrib', kind, '--no-obsolete', merged).split('\n\n')
        yield from (entry for entry in entries
                    if 'msgid' in entry and not re.search(r'^msgid ""\nmsgstr', entry, re.MULTILINE))


def main():
    top = sys.argv[1]
    with open(os.path.join(top, 'po/LINGUAS'), encoding='utf-8') as file:
        languages = file.read().split()
    bad = 0
    with tempfile.TemporaryDirectory() as scratch:
        pot = template(top, scratch)
        for language in languages:
            po = os.path.join(top, 'po', language + '.po')
            tool('msgfmt', '--check', '--output-file=/dev/null', po)
            missing = [] if '--form' in sys.argv else list(lacking(po, pot, scratch))
            print(f'{language}: {len(missing)} texts lack a translation')
            print('\n\n'.join(missing[:40]))
            bad += len(missing)
    sys.exit(bad > 0)


if __name__ == '__main__':
    main()
