"""Files committed with their generator: written anew, or held against what the generator says now."""
import argparse
import difflib
import itertools
import os
import sys

from support.venv import ROOT

LINES_SHOWN = 20
LINE_WIDTH = 160


def wants_check(description):
    """Reads the command line that all such generators share."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the committed file")
    return parser.parse_args().check


def write_or_check(path, text, check):
    """Writes the text, or with `check` compares it with the file; returns the exit status."""
    name = path.relative_to(ROOT)
    if check:
        return _compare(name, path.read_text() if path.exists() else "", text)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_text(text)
    os.replace(partial, path)
    print(f"{name}: {len(text):,} bytes")
    return 0


def _compare(name, committed, generated):
    if committed == generated:
        print(f"{name}: as generated")
        return 0
    lines = difflib.unified_diff(committed.splitlines(), generated.splitlines(), n=0, lineterm="")
    changes = [line for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))]
    removed = sum(line[0] == "-" for line in changes)
    print(f"{name}: differs from its generator (-{removed} +{len(changes) - removed} lines)", file=sys.stderr)
    for line in itertools.islice(changes, LINES_SHOWN):
        print("  " + line[:LINE_WIDTH], file=sys.stderr)
    if len(changes) > LINES_SHOWN:
        print(f"  and {len(changes) - LINES_SHOWN} lines more", file=sys.stderr)
    return 1
