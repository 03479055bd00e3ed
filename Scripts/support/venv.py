"""The scripts' virtual environments: made once under the git-ignored .cache/, every version pinned."""
import os
import pathlib
import shutil
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
ONNX_RELEASE = "1.23.2"

# Pinned beside onnx because its test cases compute their expected values with them.
LIBRARIES = ["numpy==2.4.6", "ml_dtypes==0.5.4", "protobuf==7.36.2"]

# The other runtimes. Where only their libraries are opened, what their Python packages import is not needed.
RUNTIMES = ["onnxruntime==1.32.0", "openvino==2026.4.1"]

# What only single scripts need: Unicode's tables, RE2 to compare regular expressions with, and images.
TOOLS = ["fonttools==4.61.0", "google-re2==1.1.20251105", "pillow==13.0.0"]

# Other tools that rewrite models.
OPTIMIZERS = ["onnxslim==0.1.98", "onnxsim==0.8.1", "onnxoptimizer==0.4.2", "onnxscript==0.7.2", "onnx-ir==1.1.0"]

# Hash order and the number of BLAS threads must not show in what a script writes.
ENVIRONMENT = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def enter(onnx_release=ONNX_RELEASE):
    """Goes on only inside an environment with this onnx: restarts the running script in it if need be."""
    _enter(f"onnx-{onnx_release}", [f"onnx=={onnx_release}", *LIBRARIES])


def enter_with_runtimes():
    """The same with onnx and the other runtimes side by side, for scripts that ask them from Python."""
    _enter("spec-notes", [f"onnx=={ONNX_RELEASE}", *RUNTIMES, *LIBRARIES])


def enter_tools():
    """The same with the packages that only single scripts need."""
    _enter("tools", [f"onnx=={ONNX_RELEASE}", *LIBRARIES, *TOOLS])


def enter_with_optimizers():
    """The same with the other tools that rewrite models, and ONNX Runtime."""
    _enter("optimizers", [f"onnx=={ONNX_RELEASE}", RUNTIMES[0], *LIBRARIES, *OPTIMIZERS])


def _enter(name, requirements):
    if sys.version_info < (3, 11):
        sys.exit(f"{sys.argv[0]}: needs Python 3.11 or newer, this is {sys.version.split()[0]}")
    folder = CACHE / "venvs" / name
    if pathlib.Path(sys.prefix).resolve() == folder.resolve():
        return
    _make(folder, requirements)
    python = str(folder / "bin" / "python")
    sys.stdout.flush()
    os.execve(python, [python, *sys.argv], os.environ | ENVIRONMENT)


def make_providers():
    """The folder of the environment that holds the other runtimes."""
    folder = CACHE / "venvs" / "providers"
    _make(folder, RUNTIMES, "--no-deps")
    return folder


def _make(folder, requirements, *options):
    # Written last, so that an environment whose making was interrupted is made again.
    stamp = folder / "requirements.txt"
    wanted = "\n".join(requirements) + "\n"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"making {folder.relative_to(ROOT)}", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--only-binary", ":all:"]
    subprocess.run([*command, *options, *requirements], check=True)
    stamp.write_text(wanted)
