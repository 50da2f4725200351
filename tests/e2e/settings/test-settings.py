#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""People, teams, statuses and causes are edited in place, seen at once, and undone."""
import keys
from office import Office, entry, open_row, text
from poll import until
from story import Story

with Story('settings') as story:
    office = Office()
    office.run('new', '--subject', 'Printer')
    kip = story.watch(office.open())
    kip.tree.find('frame', 'Sao Mai')
    keys.Window('Sao Mai')

    def page(name):
        kip.action('settings-page', text(name))
        return kip.tree.find('frame', 'Settings')

    def row(frame, title):
        return frame.find('list item', title)

    def editor(frame):
        return frame.find('filler', 'KipEntityPage')

    @story.step('open by keyboard')
    def _():
        keys.press('ctrl+comma')
        keys.Window('Settings')
        frame = kip.tree.find('frame', 'Settings')
        assert entry(frame, 'Name').text == 'Sao Mai'

    @story.step('add a team and undo it')
    def _():
        frame = page('teams')
        frame.find('button', 'Add Team').click()
        entry(editor(frame), 'Name').write('Night shift')
        editor(frame).find('button', 'Add Team').click()
        row(frame, 'Night shift')
        keys.Window('Settings')
        keys.press('ctrl+z')
        frame.gone('list item', 'Night shift')
        keys.press('ctrl+shift+z')
        row(frame, 'Night shift')

    @story.step('a nameless team is refused')
    def _():
        frame = page('teams')
        frame.find('button', 'Add Team').click()
        editor(frame).find('button', 'Add Team').click()
        editor(frame).find('image', where=lambda icon: 'Give it a name' in icon.description)
        keys.Window('Settings')
        keys.press('Escape')
        row(frame, 'Night shift')

    @story.step('a person is found without marks')
    def _():
        office.run('office', 'add', 'person', 'Đỗ Thị Hà', 'phone=0901')
        office.run('office', 'add', 'person', 'Trần Minh')
        frame = page('people')
        frame.find('label', where=lambda label: label.text == 'Trần Minh')
        frame.find('text', where=lambda found: found.has('editable')).write('do ha')
        frame.gone('label', where=lambda label: label.text == 'Trần Minh')
        frame.find('label', where=lambda label: label.text == 'Đỗ Thị Hà')

    @story.step('a status in use is put away and its ticket keeps it')
    def _():
        frame = page('statuses')
        open_row('Settings', frame, 'Waiting for supplier')
        name = entry(editor(frame), 'Name').write('Waiting for the shop')
        keys.Window('Settings').click(name)
        keys.press('Return')
        editor(frame).find('button', 'Archive').click()
        frame.gone('list item', 'Waiting for the shop')
        keys.press('ctrl+z')
        row(frame, 'Waiting for the shop')

    @story.step('what kipctl changes is seen at once')
    def _():
        frame = page('teams')
        office.run('office', 'add', 'team', 'Day shift')
        row(frame, 'Day shift')

    @story.step('everything is still there after a restart')
    def _():
        kip.end()
        again = story.watch(office.open())
        again.tree.find('frame', 'Sao Mai')
        again.action('settings-page', text('teams'))
        until(lambda: again.tree.seek('frame', 'Settings'), 'the settings')
        row(again.tree.find('frame', 'Settings'), 'Night shift')
