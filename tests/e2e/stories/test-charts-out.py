#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A manager takes the charts along: a mark says what it is under the pointer, a chart is saved
in each form, the page is printed by the desktop's own dialog, and real readers open them."""
import datetime
import glob
import os
import subprocess

import keys
from kip import Office, _, plain, start
from menus import answering, choose, give_path
import pictures
from poll import until
from story import Story

FLOW, RECEIVED = _('Received, resolved, open'), _('Received')
MENU = _('Menu of “%s”') % FLOW
FORMS = {'png': 'Save as _PNG…', 'svg': 'Save as _SVG…', 'pdf': 'Save as P_DF…', 'csv': 'Save as CS_V…'}


def read(*words):
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return done.stdout


def surfaces():
    """Every window that the program shows, a hint under the pointer among them."""
    return set(keys.xdo('search', '--onlyvisible', '--name', '').split())


with Story('charts-out') as story:
    office = Office(sample=True)
    os.chdir(os.environ['XDG_DATA_HOME'])   # what is printed to a file without a word lies here
    kip = story.watch(start(office))
    kip.tree.find('frame', 'Bình Minh')
    kip.action('charts')
    frame = kip.tree.find('frame', _('Charts'))
    window = keys.Window(_('Charts'))

    def chart():
        return frame.find(None, FLOW, where=lambda widget: widget.children and widget.children[0].role in ('image', 'icon'),
                          patience=30)

    menu = frame.find('button', MENU, patience=60)

    def saved(ending):
        """Saves the chart in that form; where it lies."""
        path = os.path.abspath(f'flow.{ending}')
        keys.xdo('windowraise', window.id)
        window.focus()
        choose(window, menu, FORMS[ending])
        give_path(kip.tree, _('Save Chart'), path)
        until(lambda: os.path.exists(path) and os.path.getsize(path) > 0, path, 20)
        until(lambda: not keys.visible(_('Save Chart')), 'the dialog to go')
        return path

    @story.step('a mark under the pointer says what it is')
    def _hover():
        marks = chart()
        before = surfaces()

        def hinted(n=[0]):
            n[0] = (n[0] + 1) % 40
            window.hover(marks, 0.1 + n[0] * 0.02, 0.8)
            return until(lambda: surfaces() - before, 'a hint', 1)
        until(hinted, 'a mark under the pointer', 60)

    @story.step('as a picture')
    def _png():
        assert read('identify', '-format', '%m %w', saved('png')) == 'PNG 1280'

    @story.step('as a drawing')
    def _svg():
        read('gdk-pixbuf-thumbnailer', '-s', '1280', saved('svg'), 'drawn.png')
        assert read('identify', '-format', '%m %w', 'drawn.png') == 'PNG 1280' and pictures.colours('drawn.png') > 40

    @story.step('as a document')
    def _pdf():
        words = read('pdftotext', saved('pdf'), '-')
        assert FLOW in words and RECEIVED in words, words

    @story.step('as a table')
    def _csv():
        with open(saved('csv'), encoding='utf-8') as file:
            lines = file.read().splitlines()
        assert RECEIVED in lines[0] and len(lines) > 20, lines[:3]

    @story.step('the whole page, by the dialog of the desktop')
    def _print():
        window.focus()
        keys.press('ctrl+p')
        dialog = kip.tree.find('dialog', patience=30)
        keys.Window(dialog.name).click(dialog.find('table cell', where=lambda cell: cell.box()[2] > 0))
        dialog.find('button', where=lambda button: button.name.endswith('.pdf'))
        answering(dialog.all('button')[-1])
        path = until(lambda: glob.glob('*.pdf') and [name for name in glob.glob('*.pdf') if name != 'flow.pdf'], 'the printed page', 30)[0]
        until(lambda: 'A4' in read('pdfinfo', path), 'the page to be whole', 30)
        words = read('pdftotext', path, '-')
        assert 'Bình Minh' in words and FLOW in words, words
        assert 'Pages:           1' in read('pdfinfo', path)

    @story.step('the report of a month, in the language of who asks')
    def _report():
        path = os.path.abspath('report.pdf')
        office('report', '--month', datetime.date.today().strftime('%Y-%m'), '--pdf', path)
        pages = [' '.join(page.split()) for page in read('pdftotext', path, '-').rstrip('\f').split('\f')]
        words = (('Are promises kept?', 'Received', 'By priority', 'Critical'),
                 ('Why not, and what to do', 'Where promises break', 'What to do', 'First response, median'))
        assert len(pages) == 2, pages
        for page, expected in zip(pages, words):
            missing = [_(word) for word in expected if _(word) not in page]
            assert not missing, f'{missing} not in:\n{page}'

    @story.step('nothing went wrong')
    def _quiet():
        # GTK's own dialog warns of the buttons of its path now and then.
        lines = [line for line in kip.output.splitlines() if 'without a current allocation' not in line]
        assert not any('CRITICAL' in line or 'WARNING' in line for line in lines), kip.output
