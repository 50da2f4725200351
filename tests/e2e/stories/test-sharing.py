#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two desks, one file: what is written at one is seen at the other, with the share there and away."""
import os
import shutil
import tempfile

from kip import ID, LANGUAGE, Office, _, start, text
from poll import until
from story import Story

class Copy(Office):
    """An office that was joined."""

    def __init__(self, folder):   # pylint: disable=super-init-not-called
        self.dir, self.at = folder, None


PASSPHRASE = 'bốn từ dễ nhớ'

with Story(f'sharing ({LANGUAGE})') as story:
    os.environ['KIP_PASSPHRASE'] = PASSPHRASE
    folder = tempfile.mkdtemp(prefix='kip-share-')
    file = os.path.join(folder, 'Office.kip')
    here = Office('here')
    there = Copy(os.path.join(os.path.dirname(here.dir), 'there'))

    def knows(office, subject):
        return any(subject in office.show(number)['subject'] for number in office.numbers())

    def synced():
        """The other desk; the window may hold the file for a moment."""
        until(lambda: there('office', 'sync') is not None, 'the other desk to be synced')

    @story.step('an office is shared and joined')
    def _shared():
        here('office', 'share', file)
        here('office', 'add', 'person', 'An Nguyễn', 'role=agent')
        code = here('office', 'invite', 'An Nguyễn').strip()
        there('office', 'join', file, '--code', code)
        here.new('máy in')

    kip = story.watch(start(here))

    @story.step('what the other desk writes appears in the open window')
    def _seen():
        synced()
        there('new', '--subject', 'máy chiếu ở phòng họp')
        synced()
        until(lambda: knows(here, 'máy chiếu ở phòng họp'), 'the other desk’s ticket')

    @story.step('the header says that all is shared')
    def _header():
        until(lambda: kip.tree.seek(where=lambda widget: _('Shared %s').split('%')[0].strip() in widget.name), 'the state of the share')

    @story.step('with the share away both go on, and the window says so')
    def _away():
        os.rename(folder, folder + '.away')
        here.new('trong lúc mất mạng, ở đây')
        there('new', '--subject', 'trong lúc mất mạng, ở kia')
        words = _('Share away since %s, everything kept here').split('%')[0].strip()
        until(lambda: kip.tree.seek(where=lambda widget: words in widget.name), 'that the share is away')

    @story.step('when it is back, everything is on both desks')
    def _back():
        os.rename(folder + '.away', folder)
        kip.action('sync-now')

        def both():
            there('office', 'sync')
            return knows(here, 'ở kia') and knows(there, 'ở đây')

        until(both, 'both tickets on both desks')

    @story.step('the settings name both computers')
    def _settings():
        kip.action('settings-page', text('sharing'))
        kip.tree.find(where=lambda widget: 'An Nguyễn' in widget.name)

    shutil.rmtree(folder, ignore_errors=True)
