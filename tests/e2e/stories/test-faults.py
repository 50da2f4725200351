#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What cannot be read is not touched, and the window says what is safe and what to do."""
import hashlib
import os
import shutil
import sqlite3

import keys
from kip import LANGUAGE, Office, _, plain, start
import pictures
from poll import until
from story import Story

SUBJECT = 'Máy in tầng 3'
HALF = 'Mất mạng ở phò'

with Story('faults') as story:
    keys.premap(SUBJECT, HALF)
    office = Office()
    office.new(SUBJECT, 'assignee=me')
    good = office.dir + '.good'
    shutil.copytree(office.dir, good)
    database = os.path.join(office.dir, 'kip.db')
    kip = frame = None

    def run(**options):
        global kip, frame
        if story.program:
            story.program.end()
        kip = story.watch(start(office, **options))
        frame = kip.tree.find('frame')

    def mend():
        os.chmod(office.dir, 0o700)
        shutil.rmtree(office.dir)
        shutil.copytree(good, office.dir)

    def contents():
        """Every file with the hash of what is in it; locks come and go."""
        found = {}
        for folder, _folders, names in os.walk(office.dir):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, 'rb') as file:
                    found[path] = hashlib.sha256(file.read()).hexdigest()
        return found

    def says(title, name, **options):
        """The window says TITLE, nothing in the folder has changed, and once that is mended it opens."""
        before = contents()
        run(**options)
        frame.find('label', _(title))
        pictures.screenshot(f'faults-{name}-{LANGUAGE}.png')
        after = contents()
        assert all(after.get(path) == value for path, value in before.items()), (before, after)
        mend()
        frame.find('button', plain('_Try Again')).click()
        frame.find('label', where=lambda label: label.text == SUBJECT)

    @story.step('a damaged database')
    def _damaged():
        with open(database, 'r+b') as file:
            file.write(b'\0' * 4096)
        says('The Data Is Damaged', 'damaged')

    @story.step('a database of a newer Kip')
    def _newer():
        story.program.end()
        with sqlite3.connect(database) as connection:
            version, = connection.execute('PRAGMA user_version').fetchone()
            connection.execute(f'PRAGMA user_version = {version + 1}')
        connection.close()
        says('Written by a Newer Kip', 'newer')

    @story.step('a folder that may not be written')
    def _read_only():
        story.program.end()
        os.chmod(database, 0o400)
        os.chmod(office.dir, 0o500)
        says('The Folder Cannot Be Written', 'read-only', powerless=True)

    @story.step('a power cut while a call is typed')
    def _power_cut():
        run()
        window = keys.Window('Bình Minh')
        keys.press('ctrl+shift+n')
        form = keys.Window(_('Quick Log'))
        keys.press('Tab')
        keys.write(HALF)

        def typed():
            return any(text.text == HALF for root in kip.tree.children for text in root.all('text'))
        until(typed, 'what was typed')
        until(lambda: any(HALF in open(os.path.join(office.dir, name), 'rb').read().decode(errors='replace')
                          for name in os.listdir(office.dir) if name.startswith('kip')), 'it to be on disk')
        kip.kill()
        run()
        window = keys.Window('Bình Minh')
        keys.press('ctrl+shift+n')
        keys.Window(_('Quick Log'))
        until(typed, 'what was typed before')
        assert any(root.seek('label', _('This was typed before and not logged.')) for root in kip.tree.children)
        pictures.screenshot(f'faults-again-{LANGUAGE}.png')
        assert form and window
        assert len(office.numbers()) == 1, office.numbers()
        office('check')
