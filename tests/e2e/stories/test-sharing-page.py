#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that is decided about the shared file, by the buttons of the settings: it is shared, others are let in, given
another role and removed, keys and passphrase change, the file is made smaller and moved, a person is forgotten, and
the office is left."""
import os
import shutil
import tempfile

import keys
from kip import LANGUAGE, Office, _, in_context, plain, start, text
from menus import answering
from poll import until
from story import Story

PATIENCE = 200   # seconds: keys are derived with much memory, on a busy machine


class Copy(Office):
    """An office that was joined, or will be."""

    def __init__(self, name):   # pylint: disable=super-init-not-called
        self.dir, self.at = os.path.join(os.environ['XDG_DATA_HOME'], name), None

    def join(self, file, passphrase):
        """By the passphrase; whether that was right."""
        os.environ['KIP_PASSPHRASE'] = passphrase
        return self.run('office', 'join', file, '--me', 'Chi').returncode == 0


with Story(f'sharing page ({LANGUAGE})') as story:
    FIRST, SECOND = 'bốn từ dễ nhớ', 'năm chữ khó quên hơn'
    folder = tempfile.mkdtemp(prefix='kip-share-')
    file, moved = os.path.join(folder, 'Office.kip'), os.path.join(folder, 'elsewhere.kip')
    home, away, late = Office('here'), Copy('away'), Copy('late')
    home('office', 'add', 'person', 'An', 'role=agent')
    home('office', 'add', 'person', 'Bình Trần', 'role=requester')
    kip = story.watch(start(home))
    kip.tree.find('frame', 'Bình Minh')

    def page(name):
        kip.action('settings-page', text(name))
        return kip.tree.find('frame', _('Settings'))

    def button(words, within):
        """One that can be pressed, as soon as there is one."""
        return until(lambda: within().seek('button', plain(words), where=lambda one: one.has('sensitive')),
                     lambda: f'the button {plain(words)!r}', PATIENCE)

    def row(title):
        return settings.seek('list item', title)

    def press(title, words):
        """The button of a row."""
        answering(button(words, lambda: row(title)))

    def dialog(title):
        """The one that says so."""
        return next((window for window in kip.tree.children if window.role != 'frame' and window.seek(name=_(title))), None)

    def other():
        """The window that is neither the desk nor the settings."""
        return next(window for window in kip.tree.children if window.role != 'frame')

    def answer(title, words):
        """The button of a dialog, which goes with it."""
        asked = until(lambda: dialog(title), title, PATIENCE)
        answering(button(words, lambda: asked))
        until(lambda: not dialog(title), f'the dialog {title} to go')

    def write(words, within=lambda: settings):
        """Into the entries of the dialog or group for a passphrase, the same twice."""
        for label in 'Passphrase, three or four words', 'The same again':
            until(lambda label=label: within().seek('text', _(label), where=lambda one: one.has('editable')).write(words),
                  label, PATIENCE)

    def choose_file(title, path):
        keys.Window(_(title))
        keys.press('ctrl+a')
        keys.write(path)
        keys.press('Return')
        until(lambda: not keys.visible(_(title)), f'the dialog {title} to go')

    def members(office):
        return {one['machine']: one for one in office.json('office', 'members')}

    def frames():
        return home.json('office', 'doctor', file)['frames']

    settings = page('sharing')

    @story.step('an office is shared')
    def _shared():
        write(FIRST)
        press(_('Where the file will be'), '_Choose and Share…')
        choose_file('Share This Office', file)
        until(lambda: row(_('Passphrase')), 'the state of the share', PATIENCE)
        until(lambda: home.json('office', 'status')['state'] == 'done', 'kipctl to see it', PATIENCE)

    @story.step('by a code somebody comes in')
    def _invited():
        press(_('Join code'), '_Make a Code')
        code = until(lambda: row(_('Join code')).seek('label', where=lambda one: one.text.count('-') == 5), 'the code', PATIENCE).text
        answer(code, '_Close')
        away('office', 'join', file, '--code', code)
        away.new('máy in', 'requester=Bình Trần')
        away.new('máy chiếu')
        away('office', 'sync')
        until(lambda: 'B' in members(home), 'the other computer', PATIENCE)

    def open_person(name):
        page('people')
        label = until(lambda: settings.seek('label', name), name, PATIENCE)
        keys.Window(_('Settings')).click(label)

    @story.step('whose role changes has it on their computer')
    def _role():
        open_person('An')
        roles = until(lambda: settings.seek('combo box', _('Role')), 'the role', PATIENCE)
        keys.Window(_('Settings')).click(roles)
        until(lambda: roles.seek('list item', where=lambda one: one.has('focused')), 'the roles', PATIENCE)
        keys.press('End', 'Return')   # a manager's
        page('sharing')
        until(lambda: row('B · An · ' + _('manager')), 'a manager’s computer', PATIENCE)
        until(lambda: away('office', 'sync') is not None and members(away)['B']['manager'], 'it to know', PATIENCE)

    @story.step('another key, which the other computer gets by itself')
    def _key():
        before = frames()
        press(_('Key of the Office'), 'C_hange…')
        answer('Change the Key?', 'C_hange the Key')
        until(lambda: frames() > before, 'the new key in the file', PATIENCE)
        away('office', 'sync')

    @story.step('who knows the new passphrase asks, and is let in')
    def _passphrase():
        press(_('Passphrase'), '_New…')
        write(SECOND, other)
        answer('New Passphrase', '_Set')
        until(lambda: late.join(file, SECOND), 'the new passphrase', PATIENCE)
        press('Chi', 'Let _In')
        until(lambda: any(one.get('person') == 'Chi' and one['in'] for one in members(home).values()), 'the third computer', PATIENCE)

    @story.step('a recovery code, which is listed among the computers')
    def _recovery():
        press(_('Recovery code'), 'Ma_ke…')
        answer('Make a Recovery Code?', 'Ma_ke the Code')
        until(lambda: any(one['recovery_code'] for one in members(home).values()), 'the code among the computers', PATIENCE)
        answering(button('_Close', other))

    @story.step('a person is forgotten for good')
    def _forgotten():
        open_person('Bình Trần')
        answering(button('_Remove for Good…', lambda: settings))
        until(lambda: other().seek('text', _('Type “%s” to go on') % 'Bình Trần'), 'the entry', PATIENCE).write('Bình Trần')
        answering(button('_Remove for Good', other))
        answer('Removed for Good', '_Close')
        assert [home.show(number)['subject'] for number in home.numbers()] == ['máy chiếu']

    @story.step('a smaller file')
    def _smaller():
        page('sharing')
        press(_('Size'), 'Make S_maller')
        answer('The File Was Written Anew', '_Close')

    @story.step('at another place, where the other computer finds it')
    def _moved():
        press(in_context('place', 'Now'), 'Mo_ve…')
        choose_file('Move the Shared File', moved)
        answer('The File Was Moved', '_Close')
        away('office', 'sync')
        away.new('máy quét')
        away('office', 'sync')
        until(lambda: len(home.numbers()) == 2, 'what it writes into the file there', PATIENCE)

    @story.step('a computer goes')
    def _removed():
        press('B · An · ' + _('manager'), '_Remove…')
        answer('Remove This Computer?', '_Remove')
        until(lambda: row('B · An · ' + in_context('computer', 'out')), 'it to be out', PATIENCE)

    @story.step('the office is left, and stays')
    def _left():
        press(_('Leave'), '_Leave…')
        answer('Leave the Shared Office?', '_Leave')
        answer('You Have Left', '_Close')
        until(lambda: row(_('Where the file will be')), 'sharing to be offered again', PATIENCE)
        assert len(home.numbers()) == 2

    shutil.rmtree(folder, ignore_errors=True)
