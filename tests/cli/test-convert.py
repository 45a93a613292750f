#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions to other programs and back, by the command line.

Moodle XML is held against the structure that Moodle's documentation gives
("Moodle XML format"): elements, their order and what they may hold.

Usage: test-convert.py PORTCALL-CLI QUESTIONS [unittest arguments]
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET

CLI = ''
QUESTIONS = pathlib.Path()
PATIENCE = 30

COMMON = ['name', 'questiontext', 'generalfeedback', 'defaultgrade', 'penalty',
          'hidden', 'idnumber']
OWN = {
    'multichoice': ['single', 'shuffleanswers', 'answernumbering'],
    'matching': ['shuffleanswers'],
    'numerical': [],
    'shortanswer': ['usecase'],
}
# The grades that Moodle accepts on import.
FRACTIONS = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30,
             25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0}


def call(*args):
    return subprocess.run([CLI, *map(str, args)], capture_output=True,
                          text=True, encoding='utf-8', timeout=PATIENCE,
                          check=False)


def banks():
    return sorted(QUESTIONS.glob('*.json'))


class Moodle(unittest.TestCase):
    def check_text(self, element, html=True):
        self.assertEqual([child.tag for child in element], ['text'])
        if html:
            self.assertEqual(element.get('format'), 'html')

    def check_answers(self, question):
        kind = question.get('type')
        fractions = []
        for answer in question.findall('answer'):
            fractions.append(float(answer.get('fraction')))
            self.assertTrue(any(abs(abs(fractions[-1]) - known) < 1e-4
                                for known in FRACTIONS), fractions)
            tags = [child.tag for child in answer]
            self.assertEqual(tags, ['text', 'tolerance', 'feedback']
                             if kind == 'numerical' else ['text', 'feedback'])
            if kind == 'numerical':
                float(answer.findtext('text'))
        if kind == 'multichoice' and question.findtext('single') == 'true':
            self.assertEqual(fractions.count(100), 1)
        elif kind == 'multichoice':
            rights = [f for f in fractions if f > 0]
            self.assertAlmostEqual(sum(rights), 100, places=3)
        elif kind != 'matching':
            self.assertEqual(max(fractions), 100)

    def check_pairs(self, question):
        pairs = question.findall('subquestion')
        self.assertGreaterEqual(
            sum(bool(pair.findtext('text')) for pair in pairs), 2)
        for pair in pairs:
            self.assertEqual([child.tag for child in pair], ['text', 'answer'])
            self.assertTrue(pair.find('answer').findtext('text'))

    def check_question(self, question):
        kind = question.get('type')
        self.assertIn(kind, OWN)
        tags = [child.tag for child in question]
        head = COMMON + OWN[kind]
        self.assertEqual(tags[:len(head)], head)
        body = 'subquestion' if kind == 'matching' else 'answer'
        rest = tags[len(head):]
        self.assertEqual(set(rest) - {body, 'hint', 'tags'}, set())
        self.assertEqual(rest, sorted(rest, key=[body, 'hint', 'tags'].index))
        self.check_text(question.find('name'), html=False)
        self.check_text(question.find('questiontext'))
        self.check_text(question.find('generalfeedback'))
        for tag in question.iterfind('tags/tag'):
            self.check_text(tag, html=False)
        if kind == 'matching':
            self.check_pairs(question)
        self.check_answers(question)

    def test_structure(self):
        for path in banks():
            with self.subTest(path.name):
                result = call('convert', '--to', 'moodle', path)
                self.assertEqual(result.returncode, 0, result.stderr)
                quiz = ET.fromstring(result.stdout)
                self.assertEqual(quiz.tag, 'quiz')
                ids = [q.findtext('idnumber') for q in quiz]
                self.assertEqual(len(ids), len(set(ids)))
                self.assertGreaterEqual(len(ids), 15)
                for question in quiz:
                    self.check_question(question)


class There(unittest.TestCase):
    def test_all_formats(self):
        for name in ('gift', 'aiken', 'moodle', 'anki', 'amc'):
            for path in banks():
                with self.subTest(f'{path.name} to {name}'):
                    result = call('convert', '--to', name, path)
                    self.assertEqual(result.returncode, 0, result.stderr)
                    self.assertGreater(len(result.stdout), 1000)
                    # What is lost is told.
                    self.assertIn('note[X0', result.stderr)

    def test_translation(self):
        result = call('convert', '--to', 'aiken', '--language', 'de',
                      QUESTIONS / 'imap.json')
        self.assertNotEqual(result.stdout, call(
            'convert', '--to', 'aiken', QUESTIONS / 'imap.json').stdout)


class Back(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return pathlib.Path(self.folder.name, name)

    def test_round_trip(self):
        """Out as GIFT, in again: a bank without an error."""
        for path in banks():
            with self.subTest(path.name):
                gift, bank = self.path('x.gift'), self.path('x.json')
                call('convert', '--to', 'gift', path, '-o', gift)
                result = call('convert', '--from', 'gift', gift, '-o', bank)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertIn(' 0 errors', call('check', bank).stdout)
                items = json.loads(bank.read_text())['items']
                self.assertGreaterEqual(len(items), 14)

    def test_nothing_usable(self):
        """A bad file leaves no bank behind, and says where it is bad."""
        text, bank = self.path('x.txt'), self.path('x.json')
        text.write_text('Stem\nA. a\nB. b\nANSWER: Z\n')
        result = call('convert', '--from', 'aiken', text, '-o', bank)
        self.assertEqual(result.returncode, 2)
        self.assertIn('x.txt:4:1: error', result.stderr)
        self.assertFalse(bank.exists())

    def test_wrong_calls(self):
        for words in (['convert'], ['convert', 'x'],
                      ['convert', '--to', 'gift', '--from', 'gift', 'x'],
                      ['convert', '--to', 'word', 'x'],
                      ['convert', '--from', 'moodle', 'x'],
                      ['convert', '--from', 'gift', '/nonexistent']):
            with self.subTest(words):
                result = call(*words)
                self.assertEqual(result.returncode, 2)
                self.assertIn('portcall-cli: ', result.stderr)


if __name__ == '__main__':
    CLI = sys.argv.pop(1)
    QUESTIONS = pathlib.Path(sys.argv.pop(1))
    os.environ['XDG_DATA_HOME'] = '/nonexistent'
    unittest.main(verbosity=1)
