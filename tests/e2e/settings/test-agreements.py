#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies, calendars and outages: what makes no sense is refused with a sentence, what
moves a deadline is shown before it is saved."""
import keys
from kip import _, plain, plural, text
from menus import choose
from office import SEEDED, Office, entry, like, open_row, press, says
from poll import until
from story import Story

NORMAL = f"{_('Normal')}, {_('Resolution')}"
MOVES = plural('%1$u of %2$u open tickets gets another deadline.', '%1$u of %2$u open tickets get another deadline.',
               1).replace('%1$u', '1').replace('%2$u', '1')
NO_TIME = ('This calendar has no working time, so no deadline could ever be reached. '
           'Give at least one day its hours.')

with Story('agreements') as story:
    office = Office()
    office.kipctl('new', '--subject', 'Printer on floor 3', 'channel=mail')
    kip = story.watch(office.open())
    kip.tree.find('frame', 'Sao Mai')

    def page(name):
        kip.action('settings-page', text(name))
        return kip.tree.find('frame', _('Settings'))

    def target():
        clocks = office.ask('explain', 'A-1')
        return next(clock['target_seconds'] for clock in clocks if clock['clock'] == 'resolution')

    @story.step('a bare day is refused')
    def _told():
        frame = page('policies')
        open_row(_('Settings'), frame, SEEDED['policy'])
        entry(frame, NORMAL).write('1 day')
        says(frame, '“%s” can mean two things. Write “working day (8 h)” or “day 24×7”.')
        until(lambda: not frame.find('button', plain('_Save…')).has('sensitive'), 'that it cannot be saved')

    @story.step('what moves is shown, from when to when')
    def _told():
        frame = kip.tree.find('frame', _('Settings'))
        entry(frame, NORMAL).write('2 working days (16 h)')
        frame.find('button', plain('_Save…'), where=lambda button: button.has('sensitive')).click()
        says(frame, MOVES)
        says(frame, 'A-1  Printer on floor 3')
        moved = frame.find('label', where=lambda label: ' → ' in label.text).text
        assert moved.startswith(_('Resolution') + ': '), moved

    @story.step('nothing is saved before it is said')
    def _told():
        assert target() == 24 * 3600, target()
        kip.tree.find('frame', _('Settings')).find('button', plain('_Save')).click()
        until(lambda: target() == 16 * 3600, 'the new target')

    @story.step('a condition with a mistake gets a hint')
    def _told():
        frame = page('policies')
        frame.find('button', plain('_Add Policy')).click()
        entry(frame, _('Search')).write('categry:network')
        says(frame, 'Did you mean “%s”?')
        until(lambda: not frame.find('button', plain('_Save…')).has('sensitive'), 'that it cannot be saved')

    @story.step('leaving what is not saved asks first')
    def _told():
        page('calendars')
        kip.tree.find('button', plain('_Keep Editing')).click()
        kip.tree.gone('button', plain('_Keep Editing'))
        says(kip.tree, 'Did you mean “%s”?')
        page('calendars')
        kip.tree.find('button', plain('_Discard')).click()
        kip.tree.find('frame', _('Settings')).find('list item', SEEDED['calendar'])

    @story.step('a calendar without working time is refused')
    def _told():
        frame = kip.tree.find('frame', _('Settings'))
        open_row(_('Settings'), frame, SEEDED['calendar'])
        frame.find('button', like('%s, remove these hours'))

        def emptied():
            remove = frame.seek('button', like('%s, remove these hours'))
            return remove is None or not remove.click()
        until(emptied, 'a week without hours')
        says(frame, NO_TIME)
        until(lambda: not frame.find('button', plain('_Save…')).has('sensitive'), 'that it cannot be saved')

    @story.step('an outage moves the deadline by its working time')
    def _told():
        page('outages')
        kip.tree.find('button', plain('_Discard')).click()
        frame = kip.tree.find('frame', _('Settings'))
        frame.find('button', plain('_Declare Outage')).click()
        entry(frame, _('What happened')).write('Power cut')
        entry(frame, _('Last day')).write('1/1/2099')
        entry(frame, _('Until')).write('08:00')
        frame.find('button', plain('_Save…'), where=lambda button: button.has('sensitive')).click()
        says(frame, MOVES)
        frame.find('button', plain('_Save')).click()
        frame.find('list item', 'Power cut')

    def due():
        clocks = office.ask('explain', 'A-1')
        return next(clock['due'] for clock in clocks if clock['clock'] == 'resolution')

    @story.step('an outage that was withdrawn is found again and restored')
    def _told():
        frame = kip.tree.find('frame', _('Settings'))
        moved = due()
        row = frame.find('list item', 'Power cut')
        choose(keys.Window(_('Settings')), row.find('button', _('More for %s') % 'Power cut'), '_Withdraw')
        says(frame, MOVES)
        frame.find('button', plain('_Save')).click()
        frame.gone('list item', 'Power cut')
        until(lambda: due() != moved, 'another deadline')
        press(_('Settings'), frame, 'check button', '_Show withdrawn ones')
        row = frame.find('list item', 'Power cut')
        row.find('label', _('withdrawn'))
        choose(keys.Window(_('Settings')), row.find('button', _('More for %s') % 'Power cut'), '_Restore')
        says(frame, MOVES)
        frame.find('button', plain('_Save')).click()
        row = frame.find('list item', 'Power cut')
        row.gone('label', _('withdrawn'))
        until(lambda: due() == moved, 'the deadline as it was')
