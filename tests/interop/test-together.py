#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Five programs at the same time (five.py): five conversations, each with its
own steps only, each step explained.

Usage: test-together.py PORTCALL-CLI
"""
import re
import sys

sys.dont_write_bytecode = True
import five
import servers

if five.find_missing():
    print('skipped:', ', '.join(five.find_missing()), 'not installed')
    sys.exit(servers.SKIP)

STEP = re.compile(rb'\[live-(\d+)\] +(\d+) ')


class Together(servers.Case):
    def setUp(self):
        super().setUp()
        (self.servers.folder / 'switch1.cfg').write_bytes(
            servers.make_octets(200000))

    def read_transcript(self):
        """Of each conversation: its lines, and where they stand among all."""
        talks, now = {}, None
        for at, line in enumerate(self.servers.transcript):
            step = STEP.match(line)
            if step:
                now = talks.setdefault(int(step[1]), [])
            if now is not None:
                now.append((at, line, int(step[2]) if step else None))
        return talks

    def test_five(self):
        failed = five.Five(self.here, self.servers.ports).run()
        self.assertEqual(failed, [])
        self.assertEqual(self.servers.end(), (0, b''))
        talks = self.read_transcript()
        self.assertEqual(len(talks), len(five.WORDS))
        owners = {}
        for number, lines in talks.items():
            text = b''.join(line for _, line, _ in lines)
            said = [name for name, (_, words) in five.WORDS.items()
                    if words in text]
            self.assertEqual(len(said), 1, text.decode()[:2000])
            owners[said[0]] = number
            # Its steps are numbered as if there were no others.
            steps = [step for _, _, step in lines if step is not None]
            self.assertEqual(steps, list(range(1, len(steps) + 1)))
        self.assertEqual(set(owners), set(five.WORDS))
        # imaplib was there when each of them came.  Who has left is seen when
        # the server comes to it, so that may be after imaplib's last line.
        first, last = (talks[owners['imaplib']][i][0] for i in (0, -1))
        for name in set(owners) - {'imaplib'}:
            self.assertTrue(first < talks[owners[name]][0][0] < last, name)

    def tearDown(self):
        self.assertEqual(self.servers.find_unclear_steps(), [])


if __name__ == '__main__':
    servers.main()
