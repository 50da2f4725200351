#!/usr/bin/python3
# Copyright the Kip developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our symbolic icons are ones that GTK can recolour: 16 × 16, filled paths and nothing
else (a stroke keeps its colour); each is in the resource; each that the sources name is
there, be it ours or of the theme that this system has (themes drop some)."""
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

import lint

SVG = '{http://www.w3.org/2000/svg}'
NAMED = re.compile(r'["\'>]([a-z0-9]+(?:-[a-z0-9]+)+-symbolic)\b')
THEME = '/usr/share/icons/Adwaita'


def shape(path, text):
    root = ElementTree.fromstring(text)
    if (root.get('width'), root.get('height')) != ('16', '16'):
        yield f'{path} is not 16 × 16'
    for item in root.iter():
        name = item.tag.replace(SVG, '')
        if name not in ('svg', 'path', 'circle', 'rect', 'g') or item.get('stroke'):
            yield f'{path}: {name} cannot be recoloured'


def theme():
    """The files of the theme: NAME.svg, or NAME.symbolic.png."""
    return {file.replace('.symbolic.png', '.svg') for _, _, files in os.walk(THEME) for file in files}


def check(top):
    resource = ElementTree.fromstring(lint.read(top, 'icons/kip-icons.gresource.xml'))
    listed = {item.get('alias') for item in resource.iter('file')}
    there = set()
    for path in lint.files(top, ['icons/symbolic'], ['.svg']):
        there.add(os.path.basename(path))
        yield from shape(path, lint.read(top, path))
    for name in listed ^ there:
        yield f'{name} is in only one of icons/symbolic and its list'
    there |= theme()
    for path in lint.files(top, ['src'], ['.c', '.ui', '.xml']):
        for line, match in lint.matches(NAMED, lint.read(top, path)):
            if match[1] + '.svg' not in there:
                yield f'{path}:{line}: there is no icon {match[1]}'


if __name__ == '__main__':
    problems = list(check(sys.argv[1]))
    print('\n'.join(problems))
    sys.exit(bool(problems))
