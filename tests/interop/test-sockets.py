#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The system's own word for it: real sockets, and none but on 127.0.0.1.

Usage: test-sockets.py PORTCALL-CLI
"""
import json
import os
import re
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
import servers

STRACE = servers.need('strace')
CLI = sys.argv.pop(1)

ADDRESS = re.compile(r'sin6?_addr=inet_(?:addr|pton)\(([^)]*)\)')
FAMILY = re.compile(r'^(?:\[pid +\d+\] |\d+ +)?socket\((\w+), (\w+)', re.M)


def is_allowed():
    """strace needs a permission that containers may lack."""
    return subprocess.run([STRACE, '-o', '/dev/null', 'true'],
                          capture_output=True,
                          timeout=servers.PATIENCE).returncode == 0


def trace(*args):
    # Only one can look into a process: the leak check would fail.
    options = os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'
    with subprocess.Popen([STRACE, '-f', '-e', 'trace=network', '-o',
                           '/dev/stderr', CLI, *args],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, 'ASAN_OPTIONS': options},
                          text=True) as process:
        out, calls = process.communicate(timeout=servers.PATIENCE)
    assert process.returncode == 0, calls
    return out, calls


class Sockets(unittest.TestCase):
    def check_addresses(self, calls):
        addresses = ADDRESS.findall(calls)
        self.assertGreater(len(addresses), 0)
        self.assertEqual({a.split('"')[1] for a in addresses},
                         {'127.0.0.1'})
        families = {family for family, _ in FAMILY.findall(calls)}
        self.assertIn('AF_INET', families)
        self.assertEqual(families - {'AF_INET', 'AF_UNIX'}, set())

    def test_run(self):
        ids = [s['id'] for s in json.loads(
            subprocess.check_output([CLI, 'list', '--json'],
                                    timeout=servers.PATIENCE))]
        self.assertGreaterEqual(len(ids), 14)
        for scenario in ids:
            with self.subTest(scenario=scenario):
                _, calls = trace('run', scenario, '--format', 'json')
                kind = ('SOCK_DGRAM' if scenario.startswith('tftp')
                        else 'SOCK_STREAM')
                self.assertRegex(calls, rf'socket\(AF_INET, {kind}')
                if scenario != 'tftp-nobody-listens':
                    self.assertRegex(calls, r'(recvfrom|recvmsg)\(')
                self.check_addresses(calls)

    def test_memory_has_none(self):
        _, calls = trace('run', 'imap-read-phone', '--link', 'memory')
        self.assertNotIn('AF_INET', calls)


if __name__ == '__main__':
    if not is_allowed():
        print('skipped: strace may not trace here')
        sys.exit(servers.SKIP)
    unittest.main(verbosity=1)
