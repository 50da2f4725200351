#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared file is deleted, damaged, replaced by another office's: the window says what is safe and offers the
one thing to do, and its button does it."""
import os
import shutil
import tempfile

from kip import LANGUAGE, Office, _, plain, start
from poll import until
from story import Story

PATIENCE = 100   # seconds: after a minute Kip mends a file by itself

with Story(f'repair ({LANGUAGE})') as story:
    os.environ['KIP_PASSPHRASE'] = 'bốn từ dễ nhớ'
    folder = tempfile.mkdtemp(prefix='kip-share-')
    file = os.path.join(folder, 'Office.kip')
    office = Office('here')
    other = Office('other', office='Văn phòng khác')
    kip = None

    def header(words):
        return kip.tree.seek(where=lambda widget: widget.role == 'label' and words in widget.name)

    def offered(harm, banner, title):
        """The dialog, whose button nobody pressed yet; on a slow machine the file may be well again before it is there."""
        def once():
            harm()
            if not until(lambda: header(banner) or not harmed(), 'the banner', PATIENCE) or not harmed():
                return None
            button = kip.tree.seek('button', plain('_What to Do…'))
            if button is None:
                return None
            button.click()
            return until(lambda: kip.tree.seek(name=title), 'the dialog', PATIENCE)

        return until(once, 'the dialog in time', 3 * PATIENCE)

    def harmed():
        return not os.path.exists(file) or open(file, 'rb').read(8) != whole[:8] or os.path.getsize(file) < 4096

    def mended():
        until(lambda: not harmed(), 'the file to be whole', PATIENCE)
        until(lambda: not kip.tree.seek('button', plain('_What to Do…')), 'the banner to go', PATIENCE)
        assert not kip.tree.seek(name=_('Not Done'))

    @story.step('an office is shared, and its window is open')
    def _shared():
        global kip, whole
        office('office', 'share', file)
        office.new('máy in')
        office('office', 'sync')
        with open(file, 'rb') as data:
            whole = data.read()
        kip = story.watch(start(office))
        until(lambda: header(_('Shared %s').split('%')[0].strip()), 'the state of the share', PATIENCE)

    @story.step('a deleted file is written again')
    def _deleted():
        offered(lambda: os.path.exists(file) and os.unlink(file), _('Shared file gone, everything kept here'), _('The Shared File Is Gone'))
        kip.tree.find('button', plain('_Write the Whole File Again')).click()
        mended()

    @story.step('a damaged one is set aside and written anew')
    def _damaged():
        def damage():
            with open(file, 'r+b') as data:
                data.write(b'x' * 4096)

        offered(damage, _('Shared file damaged, everything kept here'), _('The Shared File Is Damaged'))
        kip.tree.find('button', plain('_Set It Aside and Write Anew')).click()
        mended()
        assert os.path.exists(file + '.damaged')

    @story.step('in the place of another office’s nothing is written, and the right one can be chosen')
    def _foreign():
        os.rename(file, file + '.ours')
        other('office', 'share', file)
        with open(file, 'rb') as data:
            foreign = data.read()
        office.new('máy chiếu')
        until(lambda: header(_('Another office’s file, everything kept here')), 'the banner', PATIENCE)
        kip.tree.find('button', plain('_What to Do…')).click()
        until(lambda: kip.tree.seek(name=_('This Is Another Office’s File')), 'the dialog', PATIENCE)
        kip.tree.find('button', plain('_Choose the File…')).click()
        with open(file, 'rb') as data:
            assert data.read() == foreign
        os.rename(file + '.ours', file)
        mended()

    @story.step('kipctl says the same of such files')
    def _doctor():
        for name, harm, title in (('gone', None, 'The Shared File Is Gone'),
                                  ('cut', whole[1000:], 'The Shared File Is Damaged')):
            path = os.path.join(folder, name)
            if harm is not None:
                with open(path, 'wb') as data:
                    data.write(harm)
            said = office.run('office', 'doctor', path).stdout
            assert _(title) in said, said

    shutil.rmtree(folder, ignore_errors=True)
