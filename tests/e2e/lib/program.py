# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A program under test: started, watched, asked over D-Bus, ended."""
import os
import signal
import subprocess
import tempfile

import dbus

from poll import PATIENCE, until
import widgets

CRITICAL = 'fatal-criticals'


class Program:
    """COMMAND, started with ENV on top of ours.  A critical message of GLib ends it."""

    def __init__(self, *command, env=None, app_id=None):
        self.app_id = app_id
        self.log = tempfile.NamedTemporaryFile(mode='w+', prefix='program-', suffix='.log', encoding='utf-8',
                                               dir=os.environ.get('XDG_STATE_HOME'), delete=False)
        self.process = subprocess.Popen(
            command, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL,
            env=dict(os.environ, G_DEBUG=CRITICAL, **(env or {})))

    @property
    def pid(self):
        return self.process.pid

    @property
    def output(self):
        with open(self.log.name, encoding='utf-8', errors='replace') as file:
            return file.read()

    def says(self, text):
        until(lambda: text in self.output, lambda: f'{text!r} in the output:\n{self.output}')

    @property
    def tree(self):
        """Its windows, for a screen reader."""
        def look():
            assert self.process.poll() is None, f'it ended with {self.process.returncode}:\n{self.output}'
            return widgets.application(self.pid, patience=1)
        return until(look, lambda: f'the program to show a window:\n{self.output}')

    def action(self, name, *parameters, path=None):
        """Activates an action of the application, or of the window whose object path is PATH."""
        path = path or '/' + self.app_id.replace('.', '/')
        group = until(lambda: dbus.Interface(dbus.SessionBus().get_object(self.app_id, path), 'org.gtk.Actions'),
                      f'{self.app_id} on the bus')
        group.Activate(name, dbus.Array(parameters, signature='v'), dbus.Dictionary({}, signature='sv'))

    def wait(self, status=0, patience=PATIENCE):
        """Waits for it to end by itself, with that status."""
        until(lambda: self.process.poll() is not None, 'the program to end', patience)
        assert self.process.returncode == status, f'it ended with {self.process.returncode}:\n{self.output}'

    def kill(self):
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
