#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""portcall-cli record and statistics, on a record made here.

Usage: test-record.py PORTCALL-CLI RECORD-1 [unittest arguments]
RECORD-1 is a record that version 1 wrote; it is copied.
"""
import csv
import io
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

CLI = ''
RECORD = ''


def call(*args):
    return subprocess.run([CLI, *map(str, args)], capture_output=True,
                          encoding='utf-8', timeout=30)


class Record(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.addCleanup(self.dir.cleanup)
        self.folder = pathlib.Path(self.dir.name)
        self.path = self.folder / 'record.db'
        shutil.copy(RECORD, self.path)
        self.path.chmod(0o600)

    def record(self, *args):
        return call('record', *args, '--record', self.path)

    def add_learner(self, name):
        self.record('learners')  # brings the file up to date
        with sqlite3.connect(self.path) as db:
            db.execute('INSERT INTO learners (name, created_us) VALUES (?, 1)',
                       (name,))
        db.close()

    def test_learners(self):
        self.add_learner('Robin\x1b[31m')
        result = self.record('learners')
        self.assertEqual(result.returncode, 0, result)
        rows = [line.split('\t') for line in result.stdout.splitlines()]
        self.assertEqual([row[:2] for row in rows], [['1', '5'], ['2', '0']])
        self.assertNotIn('\x1b', result.stdout)

    def test_export(self):
        result = subprocess.run([CLI, 'record', 'export', '--record',
                                 self.path], capture_output=True, timeout=30)
        self.assertEqual(result.returncode, 0, result)
        text = result.stdout.decode()
        self.assertTrue(text.endswith('\r\n'))
        rows = list(csv.DictReader(io.StringIO(text, newline='')))
        self.assertEqual(len(rows), 5)
        self.assertEqual(rows[0]['item_id'], 'imap-143')
        self.assertEqual(rows[0]['chosen'], 'o110')
        self.assertEqual(rows[0]['correct'], '0')
        self.assertEqual(rows[3]['chosen'], '110/tcp')
        self.assertEqual(rows[4]['item_id'], "é'; --")

    def test_export_json(self):
        out = self.folder / 'out.json'
        result = self.record('export', '-f', 'json', '-o', out)
        self.assertEqual((result.returncode, result.stdout), (0, ''), result)
        told = json.loads(out.read_text('utf-8'))
        self.assertEqual(told['format'], 'portcall-record')
        self.assertEqual(len(told['answers']), 5)

    def test_reset(self):
        refused = self.record('reset')
        self.assertEqual(refused.returncode, 2, refused)
        self.assertIn('5 answers', refused.stderr)
        self.add_learner('Robin')
        self.assertEqual(self.record('reset', '--yes').returncode, 2)
        other = self.record('reset', '--yes', '--learner', 'robin')
        self.assertEqual(other.returncode, 0, other)
        self.assertIn('1\t5\t', self.record('learners').stdout)
        mine = self.record('reset', '--yes', '--learner', '1')
        self.assertEqual(mine.returncode, 0, mine)
        self.assertIn('1\t0\t', self.record('learners').stdout)

    def test_backup(self):
        backup = self.folder / 'backup.db'
        result = self.record('backup', backup)
        self.assertEqual(result.returncode, 0, result)
        self.record('reset', '--yes')
        self.assertEqual(self.record('restore', backup).returncode, 2)
        result = self.record('restore', backup, '--yes')
        self.assertEqual(result.returncode, 0, result)
        self.assertIn('before-restore', result.stdout)
        self.assertIn('1\t5\t', self.record('learners').stdout)

    def test_wrong_calls(self):
        for args, status in ((('record',), 2), (('record', 'dance'), 2),
                             (('record', 'backup'), 2),
                             (('record', 'export', 'x'), 2),
                             (('statistics',), 2),
                             (('statistics', '/nonexistent.csv'), 2)):
            result = call(*args)
            self.assertEqual(result.returncode, status, (args, result))
            self.assertEqual(result.stdout, '')
            self.assertNotEqual(result.stderr, '')
        self.assertEqual(self.record('export', '-l', 'nobody').returncode, 2)
        self.assertEqual(self.record('export', '-f', 'xlsx').returncode, 2)
        none = call('record', 'learners', '--record', self.folder / 'none.db')
        self.assertEqual(none.returncode, 1, none)
        self.assertFalse((self.folder / 'none.db').exists())

    def test_statistics(self):
        out = self.folder / 'out.csv'
        self.record('export', '-o', out)
        result = call('statistics', '--json', out, out)
        self.assertEqual(result.returncode, 0, result)
        told = json.loads(result.stdout)
        self.assertEqual(told['sittings'], 1)
        items = {(item['item'], item['revision']): item
                 for item in told['items']}
        self.assertEqual(items['imap-143', 1]['p'], 0)
        self.assertEqual(items['pop3-110', 4]['p'], 1)
        self.assertEqual(items['pop3-110', 4]['flags'], ['few'])
        text = call('statistics', out)
        self.assertEqual(text.returncode, 0, text)
        self.assertTrue(text.stdout.startswith('1 sitting\n'))
        self.assertIn('imap/pop3-110  n=1  p=1.00  D=-', text.stdout)

    def test_statistics_bad_row(self):
        out = self.folder / 'bad.csv'
        out.write_text('item_id,correct,chosen\na,1,x\nb,maybe,x\n')
        result = call('statistics', out)
        self.assertEqual(result.returncode, 0, result)
        self.assertIn('bad.csv:3:1: warning[Q300]', result.stderr)


if __name__ == '__main__':
    CLI = sys.argv.pop(1)
    RECORD = sys.argv.pop(1)
    unittest.main(verbosity=2)
