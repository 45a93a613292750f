#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start to first frame, and memory, beside an empty GTK window.

Usage: start.py EMPTY PORTCALL [RUNS]   (on a display, with a session bus)

Both programs print a line at their first frame; the time runs from before
they are started.  Medians; the runs of the two alternate.
"""
import pathlib
import statistics
import subprocess
import sys
import time


def first_frame(program, option):
    begin = time.monotonic()
    with subprocess.Popen([program, option], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as process:
        process.stdout.readline()
        took = time.monotonic() - begin
        process.wait(timeout=20)
    return took * 1000


def resident_mib(program):
    with subprocess.Popen([program], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        time.sleep(2.5)
        status = pathlib.Path(f'/proc/{process.pid}/status').read_text()
        process.terminate()
        process.wait(timeout=20)
    line = next(x for x in status.splitlines() if x.startswith('VmRSS'))
    return int(line.split()[1]) / 1024


def main():
    empty, portcall = sys.argv[1:3]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 9
    times = {empty: [], portcall: []}
    for program, option in ((empty, 'once'), (portcall, '--first-frame')) * 2:
        first_frame(program, option)  # warm up
    for _ in range(runs):
        times[empty].append(first_frame(empty, 'once'))
        times[portcall].append(first_frame(portcall, '--first-frame'))
    a, b = (statistics.median(times[p]) for p in (empty, portcall))
    print(f'first-frame-empty {a:.0f} ms')
    print(f'first-frame-portcall {b:.0f} ms')
    print(f'first-frame-ratio {b / a:.2f}')
    a, b = resident_mib(empty), resident_mib(portcall)
    print(f'memory-empty {a:.1f} MiB')
    print(f'memory-portcall {b:.1f} MiB')
    print(f'memory-ratio {b / a:.2f}')


main()
