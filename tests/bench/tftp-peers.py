#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our TFTP server beside in.tftpd (tftpd-hpa) and atftpd, in one run.

Usage: tftp-peers.py PORTCALL-CLI BENCH-TFTP [ROUNDS]

The same client (bench-tftp.c) gets the same 32 MiB from one after the other,
and so on; MiB/s, medians over the rounds and in brackets the best.  Ours
records and prints all that it says, as "portcall-cli serve" does: it answers
first and records in the next pause, and for how long it was still at work is
told too.  Only what is installed is measured, anywhere in PATH, since Debian
does not install both at once; with neither, status 77.  A ratio above 1 means
that ours is faster than the faster of them.
"""
import os
import pathlib
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

SKIP = 77
SIZE = 32 << 20
BUDGET = 150 # seconds: no round begins that would not end before
PATIENCE = 2 # seconds to wait for a quiet moment
WHERE = f'{os.environ.get("PATH", "")}:/usr/sbin:/usr/local/sbin'
OURS = 'portcall'
# Block size, window; what a server does not know is left out.
JOBS = ((512, 1), (1428, 1), (8192, 1), (65464, 1), (512, 64), (1428, 64))


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def find(tool, told):
    """Its path, if it is what its name says: atftpd too comes as in.tftpd."""
    for folder in WHERE.split(':'):
        path = shutil.which(tool, path=folder) if folder else None
        if path is not None and told in subprocess.run(
                [path, '-V'], capture_output=True, check=False).stdout:
            return path
    return None


def used(process):
    """Processor time that it has had, in clock ticks."""
    stat = pathlib.Path(f'/proc/{process.pid}/stat').read_text()
    return sum(int(word) for word in stat.rsplit(') ')[-1].split()[11:13])


class Server:
    def __init__(self, name, command):
        self.name = name
        self.port = int(command[0])
        self.process = subprocess.Popen(command[1:],
                                        stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)

    def wait_for_it(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.settimeout(0.2)
            for _ in range(50):
                probe.sendto(b'\0\1small\0octet\0', ('127.0.0.1', self.port))
                try:
                    _, server = probe.recvfrom(600)
                except OSError:
                    continue
                probe.sendto(b'\0\4\0\1', server)
                return
        raise AssertionError(f'{self.name} does not answer')

    def settle(self):
        """Waits for what it does afterwards, and says how many ms that took;
        a tick has 10."""
        begin = last = time.monotonic()
        ticks = used(self.process)
        while time.monotonic() - last < 0.1:
            time.sleep(0.01)
            if used(self.process) - ticks > 0:
                ticks, last = used(self.process), time.monotonic()
        return (last - begin) * 1000

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def start(cli, folder):
    """Ours and those that are installed."""
    found = [Server(OURS, [port := free_port(), cli, 'serve', f'--tftp={port}',
                           '--tftp-root', str(folder)])]
    path = find('in.tftpd', b'tftp-hpa')
    if path is None:
        print('skipped: tftpd-hpa is not installed')
    elif os.geteuid() != 0:
        print('skipped: in.tftpd must be started by root')
    else:
        found.append(Server('in.tftpd', [
            port := free_port(), path, '--foreground', '--listen', '--address',
            f'127.0.0.1:{port}', '--user', 'nobody', '--secure',
            str(folder)]))
    path = find('atftpd', b'atftp')
    if path is None:
        print('skipped: atftpd is not installed')
    else:
        found.append(Server('atftpd', [
            port := free_port(), path, '--daemon', '--no-fork', '--port',
            str(port), '--bind-address', '127.0.0.1', '--user',
            'nobody.nogroup', '--logfile', '/dev/null', str(folder)]))
    return found


def busy():
    """What all processors have worked, in clock ticks."""
    with open('/proc/stat', encoding='ascii') as stat:
        words = [int(word) for word in stat.readline().split()[1:9]]
    return sum(words) - words[3] - words[4]


def wait_for_quiet():
    """Others may be at work on this machine; but not for ever."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        before = busy()
        time.sleep(0.06)
        if busy() - before <= 1:
            return


def measure(client, server, job):
    """MiB/s, or None where the server does not know what is asked for."""
    block_size, window = job
    wait_for_quiet()
    done = subprocess.run(
        [client, str(server.port), 'large', str(SIZE), str(block_size),
         str(window)], capture_output=True, timeout=120, check=False)
    if done.returncode == 0:
        return float(done.stdout.split()[0])
    assert b'agree' in done.stderr and window > 1, (server.name, done)
    return None


def print_table(servers, found):
    names = [server.name for server in servers]
    print(f'{"MiB/s, median (best)":24}' +
          ''.join(f'{name:>20}' for name in names) +
          f'{"ratio":>8}  transcript complete after')
    for job in JOBS:
        text = f'block size {job[0]}'
        if job[1] > 1:
            text += f', window {job[1]}'
        medians = {}
        line = f'{text:24}'
        for name in names:
            rates = [rate for rate, _ in found[job, name] if rate is not None]
            if not rates:
                line += f'{"–":>20}'
                continue
            medians[name] = statistics.median(rates)
            line += f'{medians[name]:10.1f} ({max(rates):7.1f})'
        late = statistics.median(after for _, after in found[job, OURS])
        peers = [medians[name] for name in names[1:] if name in medians]
        ratio = f'{medians[OURS] / max(peers):8.2f}' if peers else f'{"":8}'
        print(f'{line}{ratio}  {late:.0f} ms')


def main():
    cli, client = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    begin = time.monotonic()
    servers = []
    found = {}
    with tempfile.TemporaryDirectory(prefix='portcall-') as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        (folder / 'large').write_bytes(random.Random(1).randbytes(SIZE))
        (folder / 'small').write_bytes(b'x')
        for path in folder.iterdir():
            path.chmod(0o644)
        try:
            servers = start(cli, folder)
            if len(servers) == 1:
                print('skipped: no peer is installed')
                sys.exit(SKIP)
            for server in servers:
                server.wait_for_it()
            longest = 0
            for number in range(rounds):
                round_began = time.monotonic()
                if round_began - begin + longest > BUDGET:
                    rounds = number
                    break
                for job in JOBS:
                    # By turns also within a round.
                    turn = number % len(servers)
                    for server in servers[turn:] + servers[:turn]:
                        rate = measure(client, server, job)
                        found.setdefault((job, server.name), []).append(
                            (rate, server.settle()))
                longest = max(longest, time.monotonic() - round_began)
        finally:
            for server in servers:
                server.end()
    print(f'{rounds} rounds, {time.monotonic() - begin:.0f} s, load '
          f'{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors')
    print_table(servers, found)


main()
