#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies, calendars and outages: what makes no sense is refused with a sentence, what
moves a deadline is shown before it is saved."""
from office import Office, entry, open_row, text
from poll import until
from story import Story

with Story('agreements') as story:
    office = Office()
    office.run('new', '--subject', 'Printer on floor 3', 'channel=mail')
    kip = story.watch(office.open())
    kip.tree.find('frame', 'Sao Mai')

    def page(name):
        kip.action('settings-page', text(name))
        return kip.tree.find('frame', 'Settings')

    def says(frame, part):
        return frame.find('label', where=lambda label: part in label.text)

    def target():
        clocks = office.ask('explain', 'A-1')
        return next(clock['target_seconds'] for clock in clocks if clock['clock'] == 'resolution')

    @story.step('a bare day is refused')
    def _():
        frame = page('policies')
        open_row('Settings', frame, 'Usual promise')
        entry(frame, 'Normal, Resolution').write('1 day')
        says(frame, 'can mean two things')
        assert not frame.find('button', 'Save…').has('sensitive')

    @story.step('what moves is shown, from when to when')
    def _():
        frame = kip.tree.find('frame', 'Settings')
        entry(frame, 'Normal, Resolution').write('2 working days (16 h)')
        frame.find('button', 'Save…', where=lambda button: button.has('sensitive')).click()
        says(frame, '1 of 1 open tickets gets another deadline.')
        says(frame, 'A-1  Printer on floor 3')
        moved = says(frame, 'Resolution: ').text
        assert ' → ' in moved, moved

    @story.step('nothing is saved before it is said')
    def _():
        assert target() == 24 * 3600, target()
        kip.tree.find('frame', 'Settings').find('button', 'Save').click()
        until(lambda: target() == 16 * 3600, 'the new target')

    @story.step('a condition with a mistake gets a hint')
    def _():
        frame = page('policies')
        frame.find('button', 'Add Policy').click()
        entry(frame, 'Search').write('categry:network')
        says(frame, 'category')
        assert not frame.find('button', 'Save…').has('sensitive')

    @story.step('leaving what is not saved asks first')
    def _():
        page('calendars')
        kip.tree.find('button', 'Keep Editing').click()
        kip.tree.gone('button', 'Keep Editing')
        says(kip.tree, 'Did you mean')
        page('calendars')
        kip.tree.find('button', 'Discard').click()
        kip.tree.find('frame', 'Settings').find('list item', 'Office hours')

    @story.step('a calendar without working time is refused')
    def _():
        frame = kip.tree.find('frame', 'Settings')
        open_row('Settings', frame, 'Office hours')
        frame.find('button', lambda name: name.startswith('Monday, remove'))
        while True:
            remove = frame.seek('button', lambda name: name.endswith(', remove these hours'))
            if remove is None:
                break
            remove.click()
        says(frame, 'has no working time')
        assert not frame.find('button', 'Save…').has('sensitive')

    @story.step('an outage moves the deadline by its working time')
    def _():
        page('outages')
        kip.tree.find('button', 'Discard').click()
        frame = kip.tree.find('frame', 'Settings')
        frame.find('button', 'Declare Outage').click()
        entry(frame, 'What happened').write('Power cut')
        entry(frame, 'Last day').write('1/1/2099')
        entry(frame, 'Until').write('08:00')
        frame.find('button', 'Save…', where=lambda button: button.has('sensitive')).click()
        says(frame, '1 of 1 open tickets')
        frame.find('button', 'Save').click()
        frame.find('list item', 'Power cut')
