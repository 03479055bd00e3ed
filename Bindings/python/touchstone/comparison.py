"""Comparing runtimes: the results of ``touchstone compare``, ``bisect`` and ``reduce`` as data.

Other runtimes live in worker processes of the command, so that their crashes stay there. The command is looked for at
TOUCHSTONE_COMMAND, then beside the library, then in the PATH.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from ._library import LIBRARY_PATH
from .errors import BY_CODE, InvalidArgument, NoSuchFile, TouchstoneError


def compare(model, feeds=None, providers=("onnxruntime",), *, per_node=False, isolate_nodes=False,
            tolerance="onnx", rtol=None, atol=None, ulps=None, opt_levels=(99,), threads=(1,), runs=1, **common):
    """Runs a model on the providers and holds their results against Touchstone's.

    ``model`` is a path or the bytes of a model, ``feeds`` maps names of inputs to arrays; inputs that are left out are
    drawn at random (see ``seed`` and ``dims``). The result is what ``touchstone compare --json`` writes: a dict
    with ``trials``, one for each provider, optimization level and number of threads, each with ``verdict``,
    ``outputs`` and, with ``per_node``, ``nodes``.

    Raises ``InvalidArgument`` for inputs that do not fit, ``InvalidGraph`` for a model that breaks the rules, and
    ``TouchstoneError`` where a provider is not to be had.
    """
    arguments = _flags(per_node=per_node, isolate_nodes=isolate_nodes)
    arguments += _options(tolerance=tolerance, rtol=rtol, atol=atol, ulps=ulps, runs=runs,
                          opt_level=_numbers(opt_levels), threads=_numbers(threads))
    return _run("compare", model, feeds, providers, arguments, **common)


def bisect(model, feeds=None, provider="onnxruntime", *, opt_level=99, against_level=None, threshold=None,
           **common):
    """The first node at which a provider differs, as ``touchstone bisect --json`` says it."""
    arguments = _options(opt_level=opt_level, against_level=against_level, threshold=threshold)
    return _run("bisect", model, feeds, [provider], arguments, **common)


def reduce(model, output, feeds=None, provider="onnxruntime", *, opt_level=99, against_level=None,
           threshold=None, **common):
    """Writes the smallest part of the model that still differs into the folder ``output``, as a case of ONNX's
    backend tests; returns what ``bisect`` found."""
    arguments = _options(opt_level=opt_level, against_level=against_level, threshold=threshold,
                         output=os.fspath(output))
    return _run("reduce", model, feeds, [provider], arguments, **common)


def verify(before, after, feeds=None, *, same_bits=False):
    """Whether the model ``after``, which a tool has made of ``before``, computes the same.

    Both are paths or bytes; ``feeds`` maps names of inputs to arrays, others are made up. The result is what
    ``touchstone verify --json`` writes: a dict with ``verdict``, which is ``same-bits``, ``within-rounding`` or
    ``different``, and ``differences``.
    """
    with tempfile.TemporaryDirectory(prefix="touchstone-") as folder:
        report = f"{folder}/report.json"
        words = [str(_command()), "verify", _model_path(before, folder, "before"),
                 _model_path(after, folder, "after"), "--json", report]
        for index, (name, value) in enumerate((feeds or {}).items()):
            words += ["--input", f"{name}={_write(value, name, f'{folder}/input_{index}.npy')}"]
        answer = subprocess.run(words + _flags(same_bits=same_bits), capture_output=True, text=True,
                                stdin=subprocess.DEVNULL)
        if not os.path.exists(report):
            raise BY_CODE.get(answer.returncode, TouchstoneError)(answer.stderr.strip() or answer.stdout.strip())
        return json.loads(Path(report).read_text())


def _run(command, model, feeds, providers, arguments, *, provider_model=None, seed=0, dims=None, timeout=None,
         allow_fallback=False):
    if isinstance(providers, str):
        providers = [providers]
    with tempfile.TemporaryDirectory(prefix="touchstone-") as folder:
        words = [str(_command()), command, _model_path(model, folder, "model"), "--json", "-"]
        words += ["--provider", ",".join(providers)]
        words += _options(seed=seed, timeout=timeout)
        words += _flags(allow_fallback=allow_fallback)
        if provider_model is not None:
            words += ["--provider-model", _model_path(provider_model, folder, "copy")]
        for index, (name, value) in enumerate((feeds or {}).items()):
            words += ["--input", f"{name}={_write(value, name, f'{folder}/input_{index}.npy')}"]
        for name, extent in (dims or {}).items():
            words += ["--dim", f"{name}={extent}"]
        answer = subprocess.run(words + arguments, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if not answer.stdout.lstrip().startswith("{"):
        message = answer.stderr.strip() or answer.stdout.strip()
        raise BY_CODE.get(answer.returncode, TouchstoneError)(message)
    return json.loads(answer.stdout)


def _command():
    chosen = os.environ.get("TOUCHSTONE_COMMAND")
    beside = Path(LIBRARY_PATH).parent / "touchstone"
    found = chosen or (beside if beside.is_file() else shutil.which("touchstone"))
    if not found:
        raise NoSuchFile("the command touchstone was not found: set TOUCHSTONE_COMMAND to its path")
    return found


def _model_path(model, folder, name):
    if not isinstance(model, (bytes, bytearray, memoryview)):
        return os.fspath(model)
    path = f"{folder}/{name}.onnx"
    Path(path).write_bytes(model)
    return path


def _write(value, name, path):
    if isinstance(value, (list, tuple, dict)) or value is None:
        raise InvalidArgument(f"input '{name}' is a {type(value).__name__}, but only arrays can be compared")
    array = np.asarray(value)
    if array.dtype == object:
        array = array.astype(str)
    np.save(path, array)
    return path


def _options(**values):
    return [word for name, value in values.items() if value is not None
            for word in (f"--{name.replace('_', '-')}", str(value))]


def _flags(**values):
    return [f"--{name.replace('_', '-')}" for name, value in values.items() if value]


def _numbers(values):
    return ",".join(str(value) for value in ([values] if isinstance(values, int) else values))
