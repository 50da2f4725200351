# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A notification service that remembers what it was told, and presses buttons."""
import os

import dbus
import dbusmock

from poll import until

NAME = 'org.freedesktop.Notifications'
CAPABILITIES = 'body body-markup actions icon-static persistence'


class Notice:
    def __init__(self, number, arguments):
        self.number = number
        self.app, self.replaces, self.icon, self.title, self.body = arguments[:5]
        self.actions = {str(key): str(label) for key, label in zip(arguments[5][::2], arguments[5][1::2])}
        self.hints = dict(arguments[6])
        self.timeout = int(arguments[7])

    def __repr__(self):
        return f'notification {self.number} “{self.title}”: {self.body}'


class Service:
    def __init__(self):
        self.log = open(os.path.join(os.environ.get('XDG_STATE_HOME', '/tmp'), 'notices.log'), 'wb')
        self.process, proxy = dbusmock.DBusTestCase.spawn_server_template(
            'notification_daemon', {'capabilities': CAPABILITIES}, stdout=self.log)
        self.mock = dbus.Interface(proxy, 'org.freedesktop.DBus.Mock')
        self.daemon = dbus.Interface(proxy, NAME)
        self.forgotten = 0

    def all(self):
        """Those since forget(), oldest first.  The mock counts from 1 and keeps a number that is replaced."""
        notices, last = [], 0
        for _, method, arguments in self.mock.GetCalls():
            if method != 'Notify':
                continue
            number = int(arguments[1])
            if number == 0:
                last += 1
                number = last
            notices.append(Notice(number, arguments))
        return notices[self.forgotten:]

    def forget(self):
        self.forgotten += len(self.all())

    def wait(self, test=lambda notice: True, what='a notification'):
        """The newest for which TEST holds, as soon as there is one."""
        return until(lambda: next(filter(test, reversed(self.all())), None),
                     lambda: f'{what}; there are {self.all()}')

    def press(self, notice, action='default'):
        """As a person pressing the button with that key."""
        assert action in notice.actions, f'{notice} has {notice.actions}'
        self.mock.EmitSignal(NAME, 'ActionInvoked', 'us', [dbus.UInt32(notice.number), action])

    def close(self, notice):
        self.daemon.CloseNotification(dbus.UInt32(notice.number))

    def closed(self, notice):
        """Whether the program has taken it back."""
        return any(method == 'CloseNotification' and int(arguments[0]) == notice.number
                   for _, method, arguments in self.mock.GetCalls())

    def stop(self):
        """From now on nobody answers."""
        self.process.terminate()
        self.process.wait()
        self.log.close()
