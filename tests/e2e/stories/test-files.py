#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two desks, two windows, one share: a file attached at one is read at the other, byte for byte, and each
sees that the other one is there."""
import glob
import hashlib
import os
import shutil
import tempfile
import time

import pictures
from keys import visible, xdo
from kip import ID, LANGUAGE, Office, _, start, text
from poll import until
from story import Story


class Copy(Office):
    """An office that was joined."""

    def __init__(self, folder):   # pylint: disable=super-init-not-called
        self.dir, self.at = folder, None


PATIENCE = 90   # seconds: this machine may be busy
BIG = os.urandom(9_000_000)
SMALL = 'xin chào\n'.encode()

with Story(f'files ({LANGUAGE})') as story:
    os.environ['KIP_PASSPHRASE'] = 'bốn từ dễ nhớ'
    work = tempfile.mkdtemp(prefix='kip-files-')
    share = os.path.join(work, 'share')
    os.mkdir(share)
    file = os.path.join(share, 'Office.kip')
    here = Office('here')
    there = Copy(os.path.join(os.path.dirname(here.dir), 'there'))

    def make(name, content):
        path = os.path.join(work, name)
        with open(path, 'wb') as out:
            out.write(content)
        return path

    def blobs():
        return sorted(glob.glob(f'{file}.files/a-*'))

    def state(office, name):
        return next(a['state'] for a in office.show('A-1')['attachments'] if a['name'] == name)

    def saved(office, name):
        path = os.path.join(work, f'{office is here}-{name}')
        office('save', 'A-1', name, path)
        with open(path, 'rb') as got:
            return got.read()

    def says(program, words):
        """A label of its that begins, or ends, with WORDS but for what is put in."""
        before, after = (words.split('%s', 1) + [''])[:2]
        return lambda: program.tree.seek('label', lambda name: name.startswith(before.strip()) and name.endswith(after.strip())
                                         and len(name) > 3)

    def soon(program, probe, what):
        """A window behind another one looks at the share only every now and then, unless it is told to."""
        told = [0.0]

        def look():
            if time.monotonic() - told[0] > 2:
                program.action('sync-now')
                told[0] = time.monotonic()
            return probe()
        return until(look, what, PATIENCE)

    def show(program):
        told = [0.0]

        def look():
            # Until its office is open a program does not hear of tickets.
            if time.monotonic() - told[0] > 3:
                program.action('show-ticket', text('A-1'))
                told[0] = time.monotonic()
            return program.tree.seek('button', _('Open %s') % 'small.txt')
        until(look, 'the ticket in the window', PATIENCE)

    @story.step('an office is shared and joined, a ticket has a small file and a large one')
    def _shared():
        here('office', 'share', file)
        here('office', 'add', 'person', 'An Nguyễn', 'role=agent')
        code = here('office', 'invite', 'An Nguyễn').strip()
        there('office', 'join', file, '--code', code)
        here.new('máy in kẹt giấy')
        here('attach', 'A-1', make('small.txt', SMALL), make('big.bin', BIG))
        assert not blobs()

    @story.step('the share is taken away while they are sent, and the rest goes when it is back')
    def _interrupted():
        # Not in the middle of a chunk: what happens then is tried with a share that does as it is told.
        full = os.path.join(share, 'Office.kip.files')
        with open(full, 'w', encoding='utf-8') as out:   # something that is no folder lies in its place
            out.write('not a folder')
        try:
            here('office', 'sync')
            refused = False
        except AssertionError:
            refused = True
        assert refused, 'it should have said that the files cannot be put there'
        os.remove(full)
        here('office', 'sync')
        assert len(blobs()) == 4, blobs()

    @story.step('at the other desk the small one comes by itself, the large one when it is asked for')
    def _fetched():
        there('office', 'sync')
        assert state(there, 'small.txt') == 'here'
        assert state(there, 'big.bin') == 'away'
        assert saved(there, 'small.txt') == SMALL
        assert hashlib.sha256(saved(there, 'big.bin')).digest() == hashlib.sha256(BIG).digest()

    @story.step('nothing of them can be read on the share')
    def _sealed():
        for path in blobs() + [file]:
            with open(path, 'rb') as blob:
                content = blob.read()
            assert SMALL not in content and BIG[:64] not in content and b'small.txt' not in content

    one = story.watch(start(here))

    @story.step('the ticket is opened in a window')
    def _opened():
        show(one)

    @story.step('what is attached at the other desk appears in the open window, and is fetched by looking at it')
    def _seen():
        there('attach', 'A-1', make('photo.dat', b'\x89' * 600_000))
        there('office', 'sync')
        soon(one, says(one, 'photo.dat'), 'the file in the window')
        soon(one, lambda: state(here, 'photo.dat') == 'here', 'the file on this computer')

    @story.step('one that is not on the share yet says whose computer has it')
    def _missing():
        there('attach', 'A-1', make('scan.dat', b'\x17' * 700_000))
        there('office', 'members')   # what happened goes out, the file does not
        soon(one, says(one, _('not on the share yet – on %s')), 'that it is missing, and where it is')
        assert state(here, 'scan.dat') == 'away'
        pictures.screenshot(f'files-missing-{LANGUAGE}.png')

    two = start(there)
    # The first one has the program's name on the bus: the second one has a name of its own.
    two.app_id = f'{ID}.Office{hashlib.sha256(there.dir.encode()).hexdigest()[:12]}'

    @story.step('the ticket is opened in the other window')
    def _opened_there():
        show(two)

    @story.step('with the other window open it is put there, and arrives')
    def _arrives():
        soon(one, lambda: state(here, 'scan.dat') == 'here', 'the file, from the other computer')
        assert saved(here, 'scan.dat') == b'\x17' * 700_000

    def front(program):
        def look():
            window = next(number for number in visible('Bình Minh') if xdo('getwindowpid', number) == str(program.pid))
            xdo('windowraise', window)
            xdo('windowfocus', window)
            return xdo('getwindowfocus') == window
        until(look, 'the window to have the focus', PATIENCE)

    @story.step('a window tells that the other one is looking')
    def _looking():
        front(two)
        soon(one, says(one, _('%s is looking')), 'the other desk in the first window')
        pictures.screenshot(f'files-presence-{LANGUAGE}.png')

    @story.step('who writes is seen to write')
    def _writing():
        front(one)
        entry = one.tree.find('text', where=lambda widget: widget.has('editable') and widget.has('multi-line'))
        letters = []

        def writes():
            letters.append('a')   # it goes on writing for as long as it is waited for
            if len(letters) % 50 == 1:
                entry.write('đang trả lời ' + ''.join(letters))
            return says(two, _('%s is writing'))()
        soon(two, writes, 'that somebody writes, in the second window')

    two.end()
    shutil.rmtree(work, ignore_errors=True)
