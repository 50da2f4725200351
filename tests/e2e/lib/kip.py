# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kip itself: an office made with kipctl, the program on it, its words in the language of the
desktop, and a clock that runs as fast as a story needs."""
import datetime
import gettext
import json
import os
import subprocess
import time

import dbus

from poll import PATIENCE, until
from program import Program

ID = 'io.github.kipdesk.Kip'
BUILD = os.environ['KIP_BUILD']
LANGUAGE = os.environ['LANGUAGE']
# A word that has no translation yet is English here as it is there.
translations = gettext.translation('kip', os.environ['KIP_LOCALEDIR'], [LANGUAGE], fallback=True)


def _(text):
    return translations.gettext(text)


def in_context(context, text):
    return translations.pgettext(context, text)


def plain(text):
    """A label as a screen reader gets it: translated, without the line under its key."""
    return _(text).replace('_', '', 1)


def plural(one, many, number):
    return translations.ngettext(one, many, number)


def text(value):
    """A parameter of an action."""
    return dbus.String(value, variant_level=1)


class Clock:
    """KIP_CLOCK: from START on, SPEED times as fast as real time, once a program is started."""

    def __init__(self, start, speed=1):
        self.start, self.speed = datetime.datetime.fromisoformat(start), speed
        self.begin = time.monotonic()

    def __str__(self):
        self.begin = time.monotonic()
        return f'{self.start.isoformat()} x{self.speed}'

    def now(self):
        """A little later than in the program: that looked at its clock for the first time after it was started."""
        return self.start + datetime.timedelta(seconds=(time.monotonic() - self.begin) * self.speed)

    def reaches(self, instant):
        instant = datetime.datetime.fromisoformat(instant)
        patience = (instant - self.now()).total_seconds() / self.speed
        until(lambda: self.now() >= instant, f'{instant} on its clock', max(patience, 0) + PATIENCE)


class Office:
    """A data folder.  AT: what time it is for kipctl; each call counts from there."""

    def __init__(self, name='kip', me='Lan', office='Bình Minh', at=None, sample=False):
        self.dir = os.path.join(os.environ['XDG_DATA_HOME'], name)
        self.at = at
        self('init', '--office', office, '--me', me, '--language', LANGUAGE, *(['--sample'] if sample else []))

    def run(self, *words, at=None):
        """kipctl, however it ends."""
        env = dict(os.environ)
        if at or self.at:
            env['KIP_CLOCK'] = at or self.at
        return subprocess.run([f'{BUILD}/src/cli/kipctl', '--data', self.dir, *words], env=env,
                              capture_output=True, text=True, check=False)

    def __call__(self, *words, at=None):
        done = self.run(*words, at=at)
        assert done.returncode == 0, f'kipctl {words}: {done.returncode}\n{done.stderr}'
        return done.stdout.strip()

    def json(self, *words, at=None):
        return json.loads(self('--json', *words, at=at))

    def show(self, number):
        return self.json('show', number)

    def numbers(self, query=''):
        return [ticket['number'] for ticket in self.json('list', query)['tickets']]

    def new(self, subject, *fields, at=None):
        return self('new', '--subject', subject, *fields, at=at)


# Root may write where nobody may, unless it gives that up.
POWERLESS = ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'] if os.geteuid() == 0 else []


def start(office, clock=None, *options, env=None, powerless=False):
    """The program on OFFICE (or a folder); POWERLESS: bound by permissions, whoever runs the test."""
    folder = office.dir if isinstance(office, Office) else office
    env = dict(env or {})
    if clock is not None:
        env['KIP_CLOCK'] = str(clock)
    return Program(*(POWERLESS if powerless else []), f'{BUILD}/src/app/kip', '--data', folder, *options, env=env, app_id=ID)
