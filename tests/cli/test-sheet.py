#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sheets by the command line, without a display; and the published schema of
blueprints says what the reader says.

Usage: test-sheet.py PORTCALL-CLI ROOT [unittest arguments]
"""
import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

CLI = ''
ROOT = pathlib.Path()
BLUEPRINT = 'data/blueprints/mail-basics.json'
WHOLE = {
    'format': 'portcall-blueprint', 'format_version': 1, 'title': 'Week 3',
    'banks': ['imap', 'pop3'], 'items': 12, 'objectives': {'o1': 4, 'o2': 3},
    'types': ['single', 'fault'], 'difficulty': [2, 4], 'minutes': 20,
    'pass': 60, 'same_items': False}
OTHERS = [None, 7, 'Some words', True, [], {}, -1, 0, 501, '', 'x' * 5000,
          'a\nb', [1, 5], ['imap', 'imap'], ['No such thing'], 1.5,
          {'A b': 1}, {'a': 0}]


def run(*arguments, code=0):
    env = {name: value for name, value in os.environ.items()
           if name not in ('DISPLAY', 'WAYLAND_DISPLAY')}
    result = subprocess.run([CLI, *arguments], capture_output=True, env=env,
                            check=False, timeout=60)
    assert result.returncode == code, (arguments, result)
    return result.stdout.decode(), result.stderr.decode()


class Sheets(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def make(self, *arguments, **kinds):
        out, _ = run('sheet', '-o', str(self.folder), *arguments, **kinds)
        return [pathlib.Path(line) for line in out.splitlines()]

    def test_files(self):
        made = self.make('--blueprint', str(ROOT / BLUEPRINT), '--seed', '7',
                         '--variants', 'A-H', '--format', 'pdf')
        self.assertEqual(len(made), 16)
        stem = made[0].name[:-len('-A.pdf')]
        self.assertRegex(stem, '^sheet-00000007-16-[0-9A-F]{4}$')
        self.assertEqual([path.name for path in made[:3]],
                         [stem + '-A.pdf', stem + '-A-key.pdf',
                          stem + '-B.pdf'])
        before = [path.read_bytes() for path in made]
        self.assertTrue(all(data.startswith(b'%PDF-') for data in before))
        self.assertEqual(len(set(before)), 16)
        again = self.make('--blueprint', str(ROOT / BLUEPRINT), '--seed', '7',
                          '--variants', 'A-H', '--format', 'pdf')
        self.assertEqual(before, [path.read_bytes() for path in again])

    def test_code(self):
        for options in [['--blueprint', str(ROOT / BLUEPRINT)],
                        ['--items', '9']]:
            made = self.make(*options, '--seed', '12', '--variants', 'C')
            code = made[0].name[len('sheet-'):-len('-C.md')]
            # Neither seed, nor number, nor blueprint need be told again.
            text, said = run('sheet', '--code', code.lower(), '--variants',
                             'C')
            self.assertEqual(text, made[0].read_text())
            self.assertEqual(said, '')
            key, _ = run('sheet', '--code', code, '--variants', 'C', '--key')
            self.assertEqual(key, made[1].read_text())
            other = code[:-4] + f'{(int(code[-4:], 16) ^ 1):04X}'
            _, said = run('sheet', '--code', other)
            self.assertIn('other versions', said)

    def test_wrong(self):
        for options in [['--variants', 'I'], ['--variants', 'C-A'],
                        ['--format', 'odt'], ['--paper', 'a5'],
                        ['--items', '501'], ['--seed', '-1'],
                        ['--seed', '4294967296'], ['--code', 'X'],
                        ['--format', 'pdf']]:
            _, said = run('sheet', *options, code=2)
            self.assertNotEqual(said, '', options)

    def test_too_few(self):
        file = self.folder / 'b.json'
        file.write_text(json.dumps({
            'format': 'portcall-blueprint', 'format_version': 1,
            'banks': ['imap'], 'objectives': {'imap-ports': 400}}))
        _, said = run('sheet', '--blueprint', str(file))
        self.assertIn('of 400 questions were found for the objective '
                      '"imap-ports"', said)

    def test_schema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest('python3-jsonschema is missing')
        schema = json.loads((ROOT / 'data/schema/blueprint-1.schema.json')
                            .read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for file in (ROOT / 'data/blueprints').glob('*.json'):
            validator.validate(json.loads(file.read_text()))
            run('check', '--load-only', str(file))
        n = refused = 0
        file = self.folder / 'b.json'
        for broken in self.broken():
            file.write_text(json.dumps(broken))
            result = subprocess.run([CLI, 'check', '--json', '--load-only',
                                     str(file)], capture_output=True,
                                    check=False, timeout=60)
            problems = json.loads(result.stdout)
            self.assertEqual(validator.is_valid(broken), not problems,
                             (broken, problems))
            for problem in problems:
                self.assertTrue(problem['line'] and problem['column'], problem)
            n += 1
            refused += bool(problems)
        self.assertGreater(n, 150)
        self.assertGreater(refused, n // 2)

    @staticmethod
    def broken():
        yield WHOLE
        for member in WHOLE:
            without = copy.deepcopy(WHOLE)
            del without[member]
            yield without
            for other in OTHERS:
                # What is no blueprint at all is something else to "check"; a
                # schema cannot compare two numbers.
                if member == 'format' or (member, other) == ('items', 7):
                    continue
                yield {**copy.deepcopy(WHOLE), member: other}
        yield {**WHOLE, 'unknown': 1}
        yield {**WHOLE, 'x-own': 1}


if __name__ == '__main__':
    CLI, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
