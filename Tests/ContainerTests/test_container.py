"""Touchstone where machines are small and strange: as process 1, with full outputs and temporary folders, little stack,
little memory, and signals. Each ends with the exit code that README names and at most one sentence.

    TOUCHSTONE=.build/release/touchstone python -m unittest discover -s Tests/ContainerTests

What the machine does not permit, as namespaces, is skipped with its reason.
"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import numpy
import onnx
from onnx import TensorProto, helper

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOUCHSTONE = os.path.abspath(os.environ.get("TOUCHSTONE", ROOT / ".build/release/touchstone"))
CORPUS = ROOT / "ConformanceData/touchstone"
# Exit codes, as README has them.
EXPECTED, MISMATCH, USAGE, INVALID, CRASH, UNWRITABLE, INTERRUPTED = 0, 1, 2, 3, 7, 74, 130
# Seconds after which something counts as hanging.
PATIENCE = 60


def run(words, shell='exec "$0" "$@"', **variables):
    """Runs a program as a shell starts it; its result with text."""
    environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", **variables}
    return subprocess.run(
        ["/bin/bash", "-c", shell, *words], env=environment, timeout=PATIENCE, capture_output=True, text=True)


def wait_for_workers(process):
    """Waits until a program is in the middle of its cases."""
    children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
    end = time.monotonic() + PATIENCE
    while not children.read_text() and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(0.1)


def namespaces():
    """The words that start a program in namespaces of its own, and why that is not to be had."""
    for words in (["unshare"], ["unshare", "--user", "--map-root-user"]):
        tried = run([*words, "--pid", "--mount", "--fork", "true"])
        if tried.returncode == 0:
            return words, None
    return None, tried.stderr.strip() or "unshare does not work here"


UNSHARE, REFUSAL = namespaces()


class ContainerTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def model(self, graph_nodes, inputs, outputs, name="model.onnx", initializers=()):
        graph = helper.make_graph(
            graph_nodes, "g", [helper.make_tensor_value_info(it, TensorProto.FLOAT, [2]) for it in inputs],
            [helper.make_tensor_value_info(it, TensorProto.FLOAT, None) for it in outputs], list(initializers))
        path = self.folder / name
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)
        return str(path)

    def small_model(self):
        return self.model([helper.make_node("Neg", ["x"], ["y"])], ["x"], ["y"])

    def large_model(self):
        """More bytes than the temporary folders here take."""
        weights = onnx.numpy_helper.from_array(numpy.ones((256, 256), numpy.float32), "w")
        row = onnx.numpy_helper.from_array(numpy.ones((1, 256), numpy.float32), "r")
        nodes = [helper.make_node("MatMul", ["r", "w"], ["p"]), helper.make_node("Neg", ["p"], ["y"])]
        return self.model(nodes, [], ["y"], "large.onnx", [weights, row])

    def check(self, result, code, *words):
        """One exit code, and where it is an error one sentence with these words."""
        self.assertEqual(result.returncode, code, result)
        errors = [it for it in result.stderr.splitlines() if it.startswith("error")]
        self.assertEqual(len(errors), 1 if words else 0, result)
        for word in words:
            self.assertIn(word, errors[0])


@unittest.skipIf(REFUSAL, f"no namespaces: {REFUSAL}")
class ProcessOne(ContainerTest):
    """As a container starts it: its number is 1, and nobody reaps for it."""

    def run_alone(self, words, shell='exec "$0" "$@"'):
        return run([*UNSHARE, "--pid", "--mount", "--fork", "--mount-proc", "/bin/bash", "-c", shell, *words])

    def test_workers_start(self):
        done = self.run_alone([TOUCHSTONE, "conform", str(CORPUS), "--filter", "cast", "--jobs", "2"])
        self.check(done, EXPECTED)

    def test_run(self):
        self.check(self.run_alone([TOUCHSTONE, "run", self.small_model()]), EXPECTED)

    def test_a_signal_ends_it(self):
        """To process 1 a signal without a handler is nothing."""
        report = self.folder / "report.json"
        words = [TOUCHSTONE, "conform", str(CORPUS), "--json", str(report)]
        started = subprocess.Popen([*UNSHARE, "--pid", "--fork", "--kill-child", *words], stderr=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL)
        time.sleep(2)
        children = pathlib.Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()
        for child in children:
            os.kill(int(child), signal.SIGTERM)
        self.assertIn(started.wait(PATIENCE), (EXPECTED, INTERRUPTED))
        self.assertTrue(report.exists())


class FullOutputs(ContainerTest):
    COMMANDS = ["run", "check", "infer", "inspect"]

    def words(self, command):
        words = [TOUCHSTONE, command, self.small_model()]
        return words + ["-o", str(self.folder / "out.onnx")] if command == "infer" else words

    def test_standard_output(self):
        for command in ["run", "inspect"]:
            with self.subTest(command):
                done = run(self.words(command), 'exec "$0" "$@" >/dev/full')
                self.check(done, UNWRITABLE, "standard output", "No space left on device")
        with self.subTest("conform"):
            done = run([TOUCHSTONE, "conform", str(CORPUS), "--filter", "cast"], 'exec "$0" "$@" >/dev/full')
            self.check(done, UNWRITABLE, "standard output")

    def test_standard_error(self):
        for command in self.COMMANDS:
            with self.subTest(command):
                self.assertEqual(run(self.words(command), 'exec "$0" "$@" 2>/dev/full').returncode, EXPECTED)
        self.assertEqual(run([TOUCHSTONE, "run", "/nowhere"], 'exec "$0" "$@" 2>/dev/full').returncode, INVALID)

    def test_both(self):
        done = run(self.words("run"), 'exec "$0" "$@" >/dev/full 2>/dev/full')
        self.assertEqual(done.returncode, UNWRITABLE)


class TemporaryFolders(ContainerTest):
    """A model that is compared is copied into TMPDIR, which may be full or read-only."""

    def compare(self):
        return [TOUCHSTONE, "compare", self.large_model(), "--provider", "touchstone", "--per-node"]

    @unittest.skipIf(REFUSAL, f"no namespaces: {REFUSAL}")
    def test_full(self):
        place = self.folder / "small"
        place.mkdir()
        shell = f'mount -t tmpfs -o size=64k none {place} && exec "$0" "$@"'
        done = run([*UNSHARE, "--mount", "/bin/bash", "-c", shell, *self.compare()], TMPDIR=str(place))
        self.check(done, UNWRITABLE, "No space left on device")

    @unittest.skipIf(REFUSAL, f"no namespaces: {REFUSAL}")
    def test_read_only(self):
        place = self.folder / "small"
        place.mkdir()
        shell = f'mount -t tmpfs -o ro none {place} && exec "$0" "$@"'
        done = run([*UNSHARE, "--mount", "/bin/bash", "-c", shell, *self.compare()], TMPDIR=str(place))
        self.check(done, UNWRITABLE, "Read-only file system")

    def test_not_there(self):
        self.check(run(self.compare(), TMPDIR="/proc/nowhere"), UNWRITABLE, "temporary folder")


class Signals(ContainerTest):
    """In the middle of a run: what there is of the report is kept, and nothing is left in TMPDIR."""

    def test_the_report_is_kept(self):
        for number in signal.SIGTERM, signal.SIGHUP, signal.SIGINT:
            with self.subTest(number.name):
                place = self.folder / number.name
                place.mkdir()
                report = place.with_suffix(".json")
                words = [TOUCHSTONE, "conform", str(CORPUS), "--json", str(report), "--jobs", "1"]
                process = subprocess.Popen(
                    words, env={**os.environ, "TMPDIR": str(place)}, stdout=subprocess.DEVNULL,
                    # What nohup and the like have the tests ignore, a program that they start would ignore too.
                    stderr=subprocess.DEVNULL, preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
                wait_for_workers(process)
                process.send_signal(number)
                self.assertEqual(process.wait(PATIENCE), INTERRUPTED)
                self.assertTrue(report.exists())
                self.assertEqual(list(place.iterdir()), [])


class LittleStack(ContainerTest):
    """Graphs one inside the other as deep as a file may have them."""

    DEPTH = 64

    def test_programs(self):
        deep = nested(self.DEPTH)
        path = self.folder / "deep.onnx"
        path.write_bytes(deep)
        for command in ["check", "run", "infer", "inspect"]:
            with self.subTest(command):
                words = [TOUCHSTONE, command, str(path)] + (["-o", str(self.folder / "o")] if command == "infer" else [])
                self.check(run(words, 'ulimit -s 256; exec "$0" "$@"'), EXPECTED)
        with self.subTest("conform"):
            words = [TOUCHSTONE, "conform", str(CORPUS), "--filter", "loop"]
            self.check(run(words, 'ulimit -s 256; exec "$0" "$@"'), EXPECTED)

    def test_threads(self):
        """The library in threads as musl makes them, and somewhat larger ones."""
        path = self.folder / "deep.onnx"
        path.write_bytes(nested(self.DEPTH))
        for kibibytes in 128, 448:
            with self.subTest(kibibytes):
                words = [sys.executable, __file__, "in-a-small-thread", str(path), str(kibibytes)]
                done = run(words, PYTHONPATH=str(ROOT / "Bindings/python"))
                self.assertEqual((done.returncode, done.stdout.strip()), (0, "[-1.0, -2.0]"), done.stderr)


class LittleMemory(ContainerTest):
    """Libraries that find no memory for their threads must not keep the program from its end."""

    def test_it_ends(self):
        for mebibytes in 150, 200, 250, 300, 500:
            with self.subTest(mebibytes):
                done = run([TOUCHSTONE, "run", self.small_model()], f'ulimit -v {mebibytes << 10}; exec "$0" "$@"')
                # 127: not even its libraries can be loaded.
                self.assertIn(done.returncode, (EXPECTED, 127), done)


def nested(depth):
    """The bytes of a model of Ifs one inside the other; Python's protobuf refuses such depths."""
    def field(number, data):
        length, rest = b"", len(data)
        while rest > 0x7F:
            length, rest = length + bytes([rest & 0x7F | 0x80]), rest >> 7
        return bytes([number << 3 | 2]) + length + bytes([rest]) + data

    def graph(nodes, inputs, output):
        infos = b"".join(field(11, it.SerializeToString()) for it in inputs)
        return b"".join(field(1, it) for it in nodes) + field(2, b"g") + infos + field(
            12, helper.make_tensor_value_info(output, TensorProto.FLOAT, None).SerializeToString())

    def branch(name, inner):
        # AttributeProto: name, g and its type, GRAPH.
        return field(5, field(1, name.encode()) + field(6, inner) + bytes([20 << 3 & 0xFF | 0x80, 1, 5]))

    body = graph([helper.make_node("Neg", ["x"], ["y0"]).SerializeToString()], [], "y0")
    for level in range(1, depth):
        other = graph([helper.make_node("Identity", ["x"], [f"e{level}"]).SerializeToString()], [], f"e{level}")
        chosen = helper.make_node("If", ["c"], [f"y{level}"]).SerializeToString()
        node = chosen + branch("then_branch", body) + branch("else_branch", other)
        inputs = [] if level < depth - 1 else [
            helper.make_tensor_value_info("c", TensorProto.BOOL, []), helper.make_tensor_value_info("x", 1, [2])]
        body = graph([node], inputs, f"y{level}")
    header = helper.make_model(
        helper.make_graph([], "g", [], []), opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    header.ClearField("graph")
    return header.SerializeToString() + field(7, body)


def run_in_a_small_thread(path, kibibytes):
    import touchstone

    def work():
        session = touchstone.InferenceSession(path)
        feeds = {"x": numpy.array([1, 2], numpy.float32), "c": numpy.array(True)}
        print(session.run(None, feeds)[0].tolist())
        touchstone.infer_shapes(pathlib.Path(path).read_bytes())

    threading.stack_size(kibibytes << 10)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


if __name__ == "__main__":
    if sys.argv[1:2] == ["in-a-small-thread"]:
        run_in_a_small_thread(sys.argv[2], int(sys.argv[3]))
    else:
        unittest.main()
