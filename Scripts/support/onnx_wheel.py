"""onnx's Linux wheel of any release since 1.2.3, downloaded and read without installing it.

The backend-test files in a wheel are the same for every platform. Taking one platform's wheel everywhere lets
a release too old for this Python be read, and makes the manifest the same on every machine.
"""
import hashlib
import pathlib
import shutil
import subprocess
import sys
import zipfile

from support.venv import CACHE

DATA = "onnx/backend/test/data/"
PLATFORMS = ("manylinux1", "manylinux2010", "manylinux2014",
             "manylinux_2_17", "manylinux_2_27", "manylinux_2_28")


class OnnxWheel:
    def __init__(self, release):
        self.release = release
        self.path = _downloaded(release)
        self._archive = zipfile.ZipFile(self.path)

    def source(self):
        digest = hashlib.sha256(self.path.read_bytes()).hexdigest()
        return {"package": "onnx", "version": self.release, "file": self.path.name, "sha256": digest}

    def folders(self, kind):
        """The cases of a kind: {test name: {path inside its folder: member of the archive}}."""
        found = {}
        for member in self._archive.namelist():
            parts = pathlib.PurePosixPath(member.removeprefix(DATA)).parts
            if member.startswith(DATA + kind + "/") and not member.endswith("/") and len(parts) > 2:
                found.setdefault(parts[1], {})["/".join(parts[2:])] = member
        return found

    def read(self, member):
        return self._archive.read(member)

    def has(self, member):
        return member in self._archive.NameToInfo


def parsed(release):
    return tuple(int(part) for part in release.split("."))


def _python_of(release):
    """The newest Python we may name that has a wheel of this release."""
    version = parsed(release)
    return "3.11" if version >= (1, 13) else "3.8" if version >= (1, 12) else "3.6"


def _downloaded(release):
    folder = CACHE / "wheels" / f"onnx-{release}"
    if not folder.exists():
        partial = folder.with_name(folder.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        platforms = [word for it in PLATFORMS for word in ("--platform", f"{it}_x86_64")]
        command = [sys.executable, "-m", "pip", "download", f"onnx=={release}", "--quiet", "--no-deps"]
        command += ["--only-binary", ":all:", "--python-version", _python_of(release), *platforms]
        command += ["--dest", str(partial)]
        subprocess.run(command, check=True)
        partial.rename(folder)
    return next(folder.glob("*.whl"))
