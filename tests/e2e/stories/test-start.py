#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first day: look around in a sample, leave it, start an office with hours of its own; and
the day on which a backup is needed."""
import os

import keys
from kip import Office, _, plain, start, text
from menus import give_path
from poll import until
from story import Story

NAME = 'Nắng Mai'
ME = 'Hồ Bảo Trân'


class Made(Office):
    """An office that the window makes."""

    def __init__(self, folder):   # pylint: disable=super-init-not-called
        self.dir, self.at = folder, None


with Story('start') as story:
    keys.premap(NAME, ME)
    folder = os.path.join(os.environ['XDG_DATA_HOME'], 'kip')
    backup = os.path.join(os.environ['XDG_DATA_HOME'], 'kip.backup')
    office = Made(folder)
    kip = story.watch(start(folder))
    frame = kip.tree.find('frame')

    def press(title):
        """A row of the first page, by the pointer."""
        keys.Window(frame.name).click(frame.find('label', plain(title)))

    @story.step('look around in the sample')
    def _sample():
        press('_Look Around With a Sample Office')
        frame.find('label', _('This is the sample office: nothing in it is real.'), patience=60)
        assert len(office.numbers()) > 100

    @story.step('leave it: it is put aside')
    def _leave():
        frame.find('button', plain('_Leave the Sample…')).click()
        kip.tree.find('button', plain('_Leave')).click()
        # The first page stands behind the desk all the time: what tells is that the folder has gone.
        until(lambda: not os.path.exists(os.path.join(folder, 'kip.db')), 'the sample to be put aside')
        frame.find('label', _('Welcome to Kip'), where=lambda label: label.box()[2] > 0)   # it is shown
        assert os.path.exists(os.path.join(folder + '-sample', 'kip.db'))

    @story.step('start an office, by keyboard')
    def _start():
        keys.Window(frame.name)
        keys.press('Return')   # the first choice has the focus
        entry = frame.find('text', _('Name of the office'), where=lambda entry: entry.box()[2] > 0)   # it is shown
        keys.write(NAME)
        until(lambda: entry.text == NAME, 'the name to stand where the focus was')
        keys.press('Tab', 'ctrl+a')
        keys.write(ME)
        keys.press('Tab', 'space', 'Down', 'Return')
        frame.find('button', plain('_Start the Office'), where=lambda button: button.has('sensitive')).click()
        kip.tree.find('frame', NAME)

    @story.step('its promises are counted in the hours that were chosen')
    def _hours():
        office.new('Màn hình', 'channel=mail', 'received=2026-11-20T08:00:00+07:00')
        clocks = office.json('explain', 'A-1')
        clock = next(clock for clock in clocks if clock['clock'] == 'resolution')
        counted = next(part for part in clock['segments'] if part['kind'] == 'counted')
        assert counted['start'] == '2026-11-20T02:00:00Z', counted   # 9:00 in Vietnam

    @story.step('a backup is restored; what was there is set aside')
    def _restore():
        office('backup', backup)
        office.new('Too much')
        keys.Window(NAME)
        kip.action('settings-page', text('backup'))
        settings = keys.Window(_('Settings'))
        settings.click(kip.tree.find('frame', _('Settings')).find('label', plain('_Restore a Backup…')))
        give_path(kip.tree, _('Choose a Backup'), backup, opens=True)
        kip.tree.find('button', plain('_Restore')).click()
        kip.tree.find('label', where=lambda label: label.text.startswith(_('What was there before is kept in %s.').partition('%s')[0]))
        assert office.numbers() == ['A-1'], office.numbers()
        office('check')
