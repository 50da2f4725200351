#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A foreign table comes in, each line that does not is named, and all of it goes again; a
backup is put back in place while the window is open."""
import os

from kip import _, plain, plural, text
from office import SEEDED, Office
from poll import until
from story import Story

TABLE = '''Number;Opened at;Short description;Caller;State;Category
INC001;02/11/2026 08:15;Máy in tầng 3 không in;Trần Thị Hà;In Progress;Hardware
INC002;03/11/2026 09:00;VPN rớt;Lê Minh;Awaiting Vendor;Network
INC003;not a date;Bad row;Lê Minh;Closed;Network
INC004;04/11/2026 10:30;Need a laptop;Phạm An;On fire;Hardware
'''

with Story('import') as story:
    office = Office()
    table = os.path.join(office.dir, 'old.csv')
    backup = os.path.join(office.dir, 'before.backup')
    with open(table, 'w', encoding='utf-8') as file:
        file.write(TABLE)
    office.kipctl('new', '--subject', 'Here before')
    office.kipctl('backup', backup)
    kip = story.watch(office.open())
    kip.tree.find('frame', 'Sao Mai')

    def assistant():
        return kip.tree.find('frame', _('Import Tickets'))

    def says(part):
        return kip.tree.find('label', where=lambda label: part in label.text)

    @story.step('the columns are shown with examples')
    def _told():
        kip.action('import-file', text(table))
        row = assistant().find('combo box', 'Short description')
        row.find('label', where=lambda label: 'VPN rớt' in label.text)

    @story.step('the words of the file are shown to be given a meaning')
    def _told():
        assistant().find('button', plain('_Next')).click()
        assistant().find('combo box', 'Awaiting Vendor')
        assistant().find('combo box', 'On fire')

    @story.step('the first tickets are shown, nothing is imported yet')
    def _told():
        assistant().find('button', plain('_Next')).click()
        says('INC001  Máy in tầng 3 không in')
        says(SEEDED['supplier'])
        assert office.numbers() == ['A-1'], office.numbers()

    @story.step('three tickets come in, one line is refused with its reason')
    def _told():
        assistant().find('button', plain('_Import'), where=lambda button: button.has('sensitive')).click()
        says(plural('%u new ticket.', '%u new tickets.', 3).replace('%u', '3'))
        says('INC003 · ' + _('refused'))
        until(lambda: len(office.numbers('is:open')) == 4, lambda: office.kipctl('list', 'is:open'))
        assert len(office.numbers('may in')) == 1

    @story.step('the import is undone as a whole')
    def _told():
        assistant().find('button', plain('_Undo the Import')).click()
        says(_('Everything that this import had put into the office is gone again; the history remembers it.'))
        until(lambda: office.numbers() == ['A-1'], lambda: f'A-1 alone, not {office.numbers()}')
        assistant().find('button', plain('_Close')).click()

    @story.step('a backup is put back under the open window')
    def _told():
        office.kipctl('new', '--subject', 'Too much')
        assert len(office.numbers()) == 2
        kip.action('restore', text(backup))
        says(_('What was there before is kept in %s.').partition('%s')[0])
        until(lambda: len(office.numbers()) == 1, 'the backup to be in place')
