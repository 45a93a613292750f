# SPDX-License-Identifier: GPL-3.0-or-later
"""The published schema of question banks says what the checker says: both take
the banks that come with the program, and of a bank with every type of item,
broken in a thousand ways, both refuse the same ones.

What a schema cannot say is left out: whether ids lead somewhere and keys make
sense.  So each verdict of the checker is taken without scenarios and services,
and only by the codes of shape."""

import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import warnings

import jsonschema

CLI, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
SHAPE = {'Q020', 'Q021', 'Q022', 'Q023', 'Q024', 'Q106'}
# Members whose values mean something only beside another one.
BESIDE = {'corrections', 'accept', 'when', 'preset', 'strings'}
OTHERS = [None, 7, 'Some words', True, [], {}, -1, '', 'x' * 5000, 'a\nb']


def walk(value, path=()):
    yield path
    if isinstance(value, dict):
        for name in value:
            yield from walk(value[name], path + (name,))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from walk(value[index], path + (index,))


def at(bank, path):
    for part in path:
        bank = bank[part]
    return bank


def break_in_turn(bank):
    """Every bank with one thing changed, and a name for it."""
    for number, path in enumerate(walk(bank)):
        if not path:
            continue
        broken = copy.deepcopy(bank)
        parent = at(broken, path[:-1])
        if isinstance(parent, dict):
            del parent[path[-1]]
            yield path, 'gone', broken
            broken = copy.deepcopy(bank)
            at(broken, path[:-1])['unknown'] = 1
            yield path[:-1], 'with a stranger', broken
        # Each value is replaced by one of the others, in turn.
        other = OTHERS[number % len(OTHERS)]
        if other != at(bank, path):
            broken = copy.deepcopy(bank)
            at(broken, path[:-1])[path[-1]] = other
            yield path, f'is {str(other)[:20]!r}', broken


def beyond_schema(path, what):
    """Whether only the checker can know: by names, not by shape."""
    names = [part for part in path if isinstance(part, str)]
    if any(name in BESIDE for name in names):
        return True
    # A list of lines that others refer to, the kind of a field, the type that
    # decides about all the rest, versions to come.
    return names[-1:] in (['type'], ['kind'], ['format_version'])


def check(files, empty):
    """File to whether the checker finds its shape wrong."""
    env = dict(os.environ, PORTCALL_DATA=empty, XDG_DATA_HOME=empty)
    for file in files:
        result = subprocess.run([CLI, 'check', '--json', '--load-only', file],
                                capture_output=True, env=env, check=False,
                                timeout=60)
        problems = json.loads(result.stdout)
        for problem in problems:
            assert problem['line'] > 0 and problem['column'] > 0, problem
        yield [problem for problem in problems
               if problem['severity'] == 'error' and problem['code'] in SHAPE]


def main():
    warnings.simplefilter('ignore')
    schema = json.loads((ROOT / 'data/schema/question-bank-1.schema.json')
                        .read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for file in sorted((ROOT / 'data/questions').glob('*.json')):
        validator.validate(json.loads(file.read_text()))
    bank = json.loads((ROOT / 'tests/quiz/eight-types.json').read_text())
    validator.validate(bank)

    n = differ = 0
    refused = [0, 0]
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / 'bank.json'
        for path, what, broken in break_in_turn(bank):
            if beyond_schema(path, what):
                continue
            n += 1
            # One item at a time: a bank is long, and its checks are quick.
            if isinstance(broken.get('items'), list):
                index = path[1] if path[:1] == ('items',) and path[1:] else 0
                broken['items'] = broken['items'][index:index + 1]
            file.write_text(json.dumps(broken))
            by_schema = not validator.is_valid(broken)
            problems = next(check([str(file)], folder))
            refused[0] += by_schema
            refused[1] += bool(problems)
            if by_schema != bool(problems):
                differ += 1
                name = '/'.join(str(part) for part in path)
                print(f'/{name} {what}: the schema says '
                      f'{"no" if by_schema else "yes"}, the checker '
                      f'{problems[0]["message"] if problems else "yes"}')
    print(f'{n} banks, {refused[0]} refused by the schema, {refused[1]} by the '
          f'checker, {differ} times not both')
    return 1 if differ or n < 1000 or refused[0] < n / 2 else 0


if __name__ == '__main__':
    sys.exit(main())
