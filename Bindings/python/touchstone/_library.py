"""Finds libTouchstoneC, and declares the functions of touchstone.h to ctypes."""

import ctypes
import os
import sys
from ctypes import POINTER, c_char_p, c_int32, c_int64, c_size_t, c_uint64, c_void_p
from pathlib import Path

from .errors import BY_CODE, InvalidArgument, TouchstoneError

#: TOUCHSTONE_ABI_VERSION of the header that this file follows.
ABI_VERSION = 1


class SessionOptionsStruct(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        ("graph_optimization_level", c_int32),
        ("intra_op_num_threads", c_int32),
        ("use_kernels", c_int32),
        ("reserved", c_int32),
        ("seed", c_uint64),
        ("memory_limit", c_uint64),
    ]


class RunOptionsStruct(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        ("seed", c_uint64),
        ("has_seed", c_int32),
        ("reserved", c_int32),
        ("terminate", POINTER(c_int32)),
    ]


class RewritingStruct(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        ("path", c_char_p),
        ("bytes", c_char_p),
        ("byte_count", c_size_t),
        ("external_data_folder", c_char_p),
        ("output_path", c_char_p),
    ]


class PortInfo(ctypes.Structure):
    _fields_ = [
        ("name", c_char_p),
        ("type", c_char_p),
        ("element_type", c_int32),
        ("rank", c_int32),
        ("dims", POINTER(c_int64)),
        ("dim_params", POINTER(c_char_p)),
    ]


class Metadata(ctypes.Structure):
    _fields_ = [
        ("producer_name", c_char_p),
        ("producer_version", c_char_p),
        ("graph_name", c_char_p),
        ("domain", c_char_p),
        ("description", c_char_p),
        ("graph_description", c_char_p),
        ("version", c_int64),
        ("ir_version", c_int64),
        ("custom_count", c_size_t),
        ("custom_keys", POINTER(c_char_p)),
        ("custom_values", POINTER(c_char_p)),
    ]


class TensorView(ctypes.Structure):
    _fields_ = [
        ("element_type", c_int32),
        ("rank", c_int32),
        ("dims", POINTER(c_int64)),
        ("count", c_size_t),
        ("data", c_void_p),
        ("byte_count", c_size_t),
    ]


_HANDLES = POINTER(c_void_p)
_DIMS = [POINTER(c_int64), c_size_t]
_TEXTS = [POINTER(c_char_p), c_size_t]

#: The parameters of the functions that return a code, but for the last, the place of the error.
_FALLIBLE = {
    "session_create_from_file": [c_char_p, POINTER(SessionOptionsStruct), _HANDLES],
    "session_create_from_bytes": [
        c_char_p,
        c_size_t,
        c_char_p,
        POINTER(SessionOptionsStruct),
        _HANDLES,
    ],
    "session_port_count": [c_void_p, c_int32, POINTER(c_size_t)],
    "session_port_info": [c_void_p, c_int32, c_size_t, POINTER(PortInfo)],
    "session_metadata": [c_void_p, POINTER(Metadata)],
    "session_run": [
        c_void_p,
        POINTER(RunOptionsStruct),
        POINTER(c_char_p),
        _HANDLES,
        c_size_t,
        POINTER(c_char_p),
        c_size_t,
        _HANDLES,
    ],
    "tensor_copy": [c_int32, *_DIMS, c_void_p, c_size_t, _HANDLES],
    "tensor_strings": [
        *_DIMS,
        POINTER(c_char_p),
        POINTER(c_size_t),
        c_size_t,
        _HANDLES,
    ],
    "sparse_tensor": [c_void_p, c_void_p, *_DIMS, _HANDLES],
    "sequence": [_HANDLES, c_size_t, c_char_p, _HANDLES],
    "map": [c_void_p, _HANDLES, c_size_t, c_char_p, _HANDLES],
    "optional": [c_void_p, c_char_p, _HANDLES],
    "value_kind": [c_void_p, POINTER(c_int32)],
    "value_view": [c_void_p, POINTER(TensorView)],
    "value_strings": [
        c_void_p,
        POINTER(POINTER(c_void_p)),
        POINTER(POINTER(c_size_t)),
        POINTER(c_size_t),
    ],
    "value_element_count": [c_void_p, POINTER(c_size_t)],
    "value_element": [c_void_p, c_size_t, _HANDLES],
    "value_keys": [c_void_p, _HANDLES],
    "infer_shapes": [c_char_p, c_size_t, c_int32, c_int32, c_int32, _HANDLES],
    "optimize": [POINTER(RewritingStruct), c_int32, c_int32, c_int32, *_TEXTS, *_TEXTS, _HANDLES],
    "convert_version": [POINTER(RewritingStruct), c_int64, c_char_p, _HANDLES],
    "inline_functions": [POINTER(RewritingStruct), *_TEXTS, c_int32, _HANDLES],
    "extract_model": [POINTER(RewritingStruct), *_TEXTS, *_TEXTS, _HANDLES],
    "outline_function": [POINTER(RewritingStruct), *_DIMS, c_char_p, c_char_p, _HANDLES],
    "session_save_optimized_model": [c_void_p, c_char_p],
}

#: Parameters and result of the others.
_INFALLIBLE = {
    "error_message": ([c_void_p], c_char_p),
    "error_free": ([c_void_p], None),
    "version": ([], c_char_p),
    "abi_version": ([], c_int32),
    "session_options_init": ([POINTER(SessionOptionsStruct)], None),
    "session_free": ([c_void_p], None),
    "run_options_init": ([POINTER(RunOptionsStruct)], None),
    "value_free": ([c_void_p], None),
}


def _candidates():
    """Where the library may lie, and how each place is called in an error."""
    name = "libTouchstoneC.dylib" if sys.platform == "darwin" else "libTouchstoneC.so"
    package = Path(__file__).resolve().parent
    yield package / name
    # In the repository the package lies in Bindings/python/touchstone.
    if len(package.parents) > 2:
        yield package.parents[2] / ".build" / "release" / name


def _open():
    chosen = os.environ.get("TOUCHSTONE_LIBRARY")
    paths = [Path(chosen)] if chosen else list(_candidates())
    for path in paths:
        if path.exists():
            try:
                return ctypes.CDLL(str(path))
            except OSError as error:
                raise ImportError(f"{path} cannot be loaded: {error}") from error
    looked = " or ".join(str(path) for path in paths)
    source = "TOUCHSTONE_LIBRARY names " if chosen else "looked for "
    raise ImportError(
        f"Touchstone's library is missing ({source}{looked}). Build it in the repository with\n"
        "    swift build -c release\n"
        "or set TOUCHSTONE_LIBRARY to the path of libTouchstoneC."
    )


def _declare(library):
    for name, parameters in _FALLIBLE.items():
        function = getattr(library, f"touchstone_{name}")
        function.argtypes = [*parameters, _HANDLES]
        function.restype = c_int32
    for name, (parameters, result) in _INFALLIBLE.items():
        function = getattr(library, f"touchstone_{name}")
        function.argtypes = parameters
        function.restype = result
    found = library.touchstone_abi_version()
    if found != ABI_VERSION:
        raise ImportError(
            f"this package needs ABI version {ABI_VERSION} of libTouchstoneC, but the library has {found}; "
            "build both from one version of the repository"
        )
    return library


_library = _declare(_open())

#: Where the library lies.
LIBRARY_PATH = Path(_library._name).resolve()

#: The library's version.
VERSION = _library.touchstone_version().decode()


#: The functions that return a code, by name: a run makes several calls.
_FUNCTIONS = {name: getattr(_library, f"touchstone_{name}") for name in _FALLIBLE}


def call(name, *arguments):
    """Calls a function that returns a code; another than 0 becomes an exception."""
    error = c_void_p()
    code = _FUNCTIONS[name](*arguments, ctypes.byref(error))
    if code == 0:
        return
    message = _library.touchstone_error_message(error).decode("utf-8", "replace")
    _library.touchstone_error_free(error)
    raise BY_CODE.get(code, TouchstoneError)(message)


class Handle:
    """A handle that is freed with this object."""

    _free = None
    __slots__ = ("_as_parameter_", "__weakref__")

    def __init__(self, pointer):
        self._as_parameter_ = pointer

    @classmethod
    def make(cls, name, *arguments):
        """What a function makes whose last parameter but the error receives a handle."""
        pointer = c_void_p()
        call(name, *arguments, ctypes.byref(pointer))
        return cls(pointer)

    def __del__(self):
        # While the interpreter ends, the globals of this module may be gone already.
        if self._free is not None:
            self._free(self._as_parameter_)


class SessionHandle(Handle):
    __slots__ = ()
    _free = staticmethod(_library.touchstone_session_free)


class ValueHandle(Handle):
    __slots__ = ()
    _free = staticmethod(_library.touchstone_value_free)


def session_options_struct():
    """The library's defaults."""
    options = SessionOptionsStruct()
    _library.touchstone_session_options_init(ctypes.byref(options))
    return options


def run_options_struct():
    """The library's defaults."""
    options = RunOptionsStruct()
    _library.touchstone_run_options_init(ctypes.byref(options))
    return options


def handles(values):
    """An array of handles for C."""
    return (c_void_p * len(values))(*[value._as_parameter_ for value in values])


def text(string):
    """A text for C, whose texts end at the first NUL."""
    try:
        encoded = string.encode()
    except UnicodeEncodeError as error:
        raise InvalidArgument(f"{string!r} is no Unicode text: {error}") from error
    if 0 in encoded:
        raise InvalidArgument(f"{string!r} holds a NUL character, which no name does")
    return encoded


def texts(strings):
    """An array of texts for C."""
    return (c_char_p * len(strings))(*map(text, strings))
