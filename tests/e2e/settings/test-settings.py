#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""People, teams, statuses and causes are edited in place, seen at once, and undone."""
import keys
from kip import _, plain, text
from office import SEEDED, Office, entry, open_row, press, says
from poll import until
from story import Story

with Story('settings') as story:
    office = Office()
    office.kipctl('new', '--subject', 'Printer')
    kip = story.watch(office.open())
    kip.tree.find('frame', 'Sao Mai')
    keys.Window('Sao Mai')

    def page(name):
        kip.action('settings-page', text(name))
        return kip.tree.find('frame', _('Settings'))

    def row(frame, title):
        return frame.find('list item', title)

    def editor(frame, title):
        return frame.find('panel', title)

    @story.step('open by keyboard')
    def _told():
        keys.press('ctrl+comma')
        keys.Window(_('Settings'))
        frame = kip.tree.find('frame', _('Settings'))
        until(lambda: entry(frame, _('Name')).text == 'Sao Mai', 'the name of the office')

    @story.step('see the keys by keyboard, from here too')
    def _told():
        windows = len(kip.tree.children)
        keys.press('ctrl+question')
        until(lambda: len(kip.tree.children) > windows, 'the window of the keys')
        keys.press('Escape')
        until(lambda: len(kip.tree.children) == windows, 'it to go')

    @story.step('add a team and undo it')
    def _told():
        frame = page('teams')
        frame.find('button', plain('_Add Team')).click()
        entry(editor(frame, _('New Team')), _('Name')).write('Night shift')
        editor(frame, _('New Team')).find('button', plain('_Add Team')).click()
        row(frame, 'Night shift')
        keys.Window(_('Settings'))
        keys.press('ctrl+z')
        frame.gone('list item', 'Night shift')
        keys.press('ctrl+shift+z')
        row(frame, 'Night shift')

    @story.step('a nameless team is refused')
    def _told():
        frame = page('teams')
        frame.find('button', plain('_Add Team')).click()
        editor(frame, _('New Team')).find('button', plain('_Add Team')).click()
        editor(frame, _('New Team')).find('image', lambda name: _('Give it a name first.') in name)
        keys.Window(_('Settings'))
        keys.press('Escape')
        row(frame, 'Night shift')

    @story.step('a person is found without marks')
    def _told():
        office.kipctl('office', 'add', 'person', 'Đỗ Thị Hà', 'phone=0901')
        office.kipctl('office', 'add', 'person', 'Trần Minh')
        frame = page('people')
        frame.find('label', where=lambda label: label.text == 'Trần Minh')
        frame.find('text', where=lambda found: found.has('editable')).write('do ha')
        frame.gone('label', where=lambda label: label.text == 'Trần Minh')
        frame.find('label', where=lambda label: label.text == 'Đỗ Thị Hà')

    @story.step('a status in use is put away and its ticket keeps it')
    def _told():
        frame = page('statuses')
        open_row(_('Settings'), frame, SEEDED['supplier'])
        name = entry(editor(frame, SEEDED['supplier']), _('Name')).write('Waiting for the shop')
        keys.Window(_('Settings')).click(name)
        keys.press('Return')
        editor(frame, SEEDED['supplier']).find('button', plain('_Archive')).click()
        frame.gone('list item', 'Waiting for the shop')
        keys.press('ctrl+z')
        row(frame, 'Waiting for the shop')

    @story.step('what was put away is found again and taken back')
    def _told():
        frame = page('teams')
        open_row(_('Settings'), frame, 'Night shift')
        editor(frame, 'Night shift').find('button', plain('_Archive')).click()
        frame.gone('list item', 'Night shift')
        press(_('Settings'), frame, 'check button', '_Show archived ones')
        open_row(_('Settings'), frame, 'Night shift')
        editor(frame, 'Night shift').find('button', plain('_Restore')).click()
        editor(frame, 'Night shift').find('button', plain('_Archive'))
        page('people')
        row(page('teams'), 'Night shift')

    @story.step('an asset is added with its serial number and its owner')
    def _told():
        frame = page('assets')
        frame.find('button', plain('_Add Asset')).click()
        entry(editor(frame, _('New Asset')), _('Name')).write('PRN-9')
        entry(editor(frame, _('New Asset')), _('Serial number')).write('SN 4711')
        editor(frame, _('New Asset')).find('button', plain('_Add Asset')).click()
        row(frame, 'PRN-9').find('label', 'SN 4711')
        until(lambda: 'SN 4711' in office.kipctl('office', 'list', 'asset'), 'it to be on disk')

    @story.step('what kipctl changes is seen at once')
    def _told():
        frame = page('teams')
        office.kipctl('office', 'add', 'team', 'Day shift')
        row(frame, 'Day shift')

    @story.step('everything is still there after a restart')
    def _told():
        kip.end()
        again = story.watch(office.open())
        again.tree.find('frame', 'Sao Mai')
        again.action('settings-page', text('teams'))
        until(lambda: again.tree.seek('frame', _('Settings')), 'the settings')
        row(again.tree.find('frame', _('Settings')), 'Night shift')
