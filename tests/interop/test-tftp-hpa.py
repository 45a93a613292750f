#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client of tftp-hpa gets and puts files.

Usage: test-tftp-hpa.py PORTCALL-CLI
"""
import subprocess
import sys

sys.dont_write_bytecode = True
import servers

TFTP = servers.need('tftp')

TEXT = b'first\nsecond\r\nthird\rfourth\n\n' + 100 * b'sixteen octets.\n'


def is_hpa():
    version = subprocess.run([TFTP, '-V'], capture_output=True, text=True,
                             timeout=servers.PATIENCE)
    return 'hpa' in version.stdout


class TftpHpa(servers.Case):
    def tftp(self, mode, *command):
        result = subprocess.run(
            [TFTP, '127.0.0.1', str(self.ports['tftp']), '-m', mode, '-c',
             *command], cwd=self.here, capture_output=True, text=True,
            timeout=servers.PATIENCE)
        return result.stdout + result.stderr

    def put_and_get(self, mode, octets):
        (self.here / 'there').write_bytes(octets)
        self.assertEqual(self.tftp(mode, 'put', 'there', f'{mode}.bin'), '')
        self.assertEqual(self.tftp(mode, 'get', f'{mode}.bin', 'back'), '')
        return ((self.servers.folder / f'{mode}.bin').read_bytes(),
                (self.here / 'back').read_bytes())

    def test_octet(self):
        octets = servers.make_octets(1024 * 1024)
        stored, back = self.put_and_get('octet', octets)
        self.assertTrue(stored == octets)
        self.assertTrue(back == octets)

    def test_octet_sizes(self):
        for size in 0, 1, 511, 512, 513, 1024:
            octets = servers.make_octets(size)
            (self.servers.folder / f'get-{size}').write_bytes(octets)
            self.assertEqual(self.tftp('octet', 'get', f'get-{size}', 'x'),
                             '')
            self.assertEqual((self.here / 'x').read_bytes(), octets)

    def test_netascii(self):
        stored, back = self.put_and_get('netascii', TEXT)
        self.assertEqual(stored, TEXT)
        self.assertEqual(back, TEXT)

    def test_netascii_large(self):
        text = b''.join(b'line %06d\n' % n for n in range(90000))
        self.assertGreater(len(text), 1024 * 1024)
        stored, back = self.put_and_get('netascii', text)
        self.assertTrue(stored == text)
        self.assertTrue(back == text)

    def test_not_found(self):
        self.assertIn('File not found', self.tftp('octet', 'get', 'nosuch'))

    def test_exists(self):
        (self.here / 'x').write_bytes(b'new')
        (self.servers.folder / 'x').write_bytes(b'old')
        self.assertIn('exists', self.tftp('octet', 'put', 'x').lower())
        self.assertEqual((self.servers.folder / 'x').read_bytes(), b'old')

    def test_outside(self):
        (self.servers.folder / 'inside').write_bytes(b'1')
        for name in '../outside', '/etc/passwd', 'inside/../../x':
            self.assertIn('Error code', self.tftp('octet', 'get', name))


if __name__ == '__main__':
    if not is_hpa():
        print('skipped: the tftp that is installed is not tftp-hpa')
        sys.exit(servers.SKIP)
    servers.main()
