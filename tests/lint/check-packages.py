#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Debian package is built with is in the one list of packages."""
import os
import re
import subprocess
import sys

PROVIDED = {'debhelper-compat'}   # is there where packages are built


def build_depends(control):
    field = re.search(r'^Build-Depends:(.*?)^\S', control + '\n\nX', re.MULTILINE | re.DOTALL)
    return {item.split()[0] for item in field[1].split(',') if item.strip()}


def main():
    top = sys.argv[1]
    with open(os.path.join(top, 'debian/control'), encoding='utf-8') as file:
        wanted = build_depends(file.read())
    listed = subprocess.run([os.path.join(top, 'build-aux/deps'), '--list'],
                            capture_output=True, text=True, check=True).stdout.split()
    missing = wanted - set(listed) - PROVIDED
    print(f'{len(wanted)} build dependencies, {len(missing)} not in build-aux/deps:', *sorted(missing))
    sys.exit(bool(missing) or len(wanted) < 5)


if __name__ == '__main__':
    main()
