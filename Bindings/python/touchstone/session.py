"""InferenceSession, in ONNX Runtime's words."""

import os
import warnings
from ctypes import byref, c_size_t, c_void_p

from ._library import (
    Metadata,
    PortInfo,
    SessionHandle,
    ValueHandle,
    call,
    handles,
    text,
    texts,
)
from ._values import from_value, to_value
from .errors import InvalidArgument
from .options import RunOptions, SessionOptions

_INPUT, _OUTPUT, _OVERRIDABLE_INITIALIZER = 0, 1, 2
_PROVIDER = "CPUExecutionProvider"


def get_available_providers():
    """The execution providers: the CPU alone."""
    return [_PROVIDER]


def get_device():
    """The device on which models run."""
    return "CPU"


class NodeArg:
    """An input or output of a model."""

    __slots__ = ("name", "shape", "type")

    def __init__(self, name, type, shape):  # noqa: A002 - ONNX Runtime's word
        self.name = name
        #: as "tensor(float)"; None where the model does not say
        self.type = type
        #: a number, a name or None for each extent; None where not even their number is known
        self.shape = shape

    def __repr__(self):
        return f"NodeArg(name={self.name!r}, type={self.type!r}, shape={self.shape!r})"


class ModelMetadata:
    """What a model says about itself."""

    __slots__ = (
        "custom_metadata_map",
        "description",
        "domain",
        "graph_description",
        "graph_name",
        "producer_name",
        "version",
    )

    def __init__(self, metadata):
        self.producer_name = _text(metadata.producer_name)
        self.graph_name = _text(metadata.graph_name)
        self.domain = _text(metadata.domain)
        self.description = _text(metadata.description)
        self.graph_description = _text(metadata.graph_description)
        self.version = metadata.version
        self.custom_metadata_map = {
            _text(metadata.custom_keys[index]): _text(metadata.custom_values[index])
            for index in range(metadata.custom_count)
        }


def _text(utf8):
    return None if utf8 is None else utf8.decode()


#: What a run is made with that is given no options; nobody can end it.
_DEFAULT_RUN = RunOptions()._struct()


class InferenceSession:
    """A model ready to run. Several threads may run it at once."""

    def __init__(
        self, path_or_bytes, sess_options=None, providers=None, provider_options=None
    ):
        """
        path_or_bytes: the path of an .onnx file, or its bytes.
        sess_options: SessionOptions.
        providers: as in ONNX Runtime; only the CPU's exists.
        """
        options = SessionOptions() if sess_options is None else sess_options
        if not isinstance(options, SessionOptions):
            raise TypeError(
                f"sess_options is {type(options).__name__}, but must be SessionOptions"
            )
        _warn_of_missing(providers)
        self._options = options
        self._handle = _load(path_or_bytes, options._struct())
        if options.optimized_model_filepath:
            path = text(os.fspath(options.optimized_model_filepath))
            call("session_save_optimized_model", self._handle, path)
        self._inputs = self._ports(_INPUT)
        self._outputs = self._ports(_OUTPUT)
        self._overridable_initializers = self._ports(_OVERRIDABLE_INITIALIZER)
        self._types = {
            argument.name: argument.type
            for argument in self._inputs + self._overridable_initializers
        }

    def get_inputs(self):
        """The inputs that a run must be given."""
        return list(self._inputs)

    def get_outputs(self):
        """The outputs, in the model's order."""
        return list(self._outputs)

    def get_overridable_initializers(self):
        """The inputs with a default, which a run may replace."""
        return list(self._overridable_initializers)

    def get_modelmeta(self):
        """What the model says about itself."""
        metadata = Metadata()
        call("session_metadata", self._handle, byref(metadata))
        return ModelMetadata(metadata)

    def get_providers(self):
        """The execution providers of this session."""
        return [_PROVIDER]

    def get_session_options(self):
        """The options that this session was made with."""
        return self._options

    def run(self, output_names, input_feed, run_options=None):
        """The values of the named outputs (None or empty: all), for the inputs given by name.

        Tensors are numpy arrays, sequences lists, maps dicts, an absent optional None. The outputs are the
        caller's own: writing to them changes nothing else.
        """
        names = list(output_names or [output.name for output in self._outputs])
        feeds = {
            name: to_value(value, self._type(name), f"input '{name}'")
            for name, value in input_feed.items()
        }
        options = _DEFAULT_RUN if run_options is None else run_options._struct()
        results = (c_void_p * len(names))()
        call(
            "session_run",
            self._handle,
            byref(options),
            texts(feeds),
            handles(feeds.values()),
            len(feeds),
            texts(names),
            len(names),
            results,
        )
        values = [ValueHandle(c_void_p(result)) for result in results]
        return [from_value(value) for value in values]

    def _type(self, name):
        if name not in self._types:
            known = ", ".join(f"'{known}'" for known in self._types)
            raise InvalidArgument(
                f"the model has no input '{name}'; its inputs are {known}"
            )
        return self._types[name]

    def _ports(self, port):
        count = c_size_t()
        call("session_port_count", self._handle, port, byref(count))
        return [self._port(port, index) for index in range(count.value)]

    def _port(self, port, index):
        info = PortInfo()
        call("session_port_info", self._handle, port, index, byref(info))
        shape = None
        if info.rank >= 0:
            shape = [
                info.dims[axis] if info.dims[axis] >= 0 else _text(info.dim_params[axis])
                for axis in range(info.rank)
            ]
        return NodeArg(_text(info.name), _text(info.type), shape)


def _load(path_or_bytes, options):
    if isinstance(path_or_bytes, (bytes, bytearray, memoryview)):
        data = bytes(path_or_bytes)
        return SessionHandle.make(
            "session_create_from_bytes", data, len(data), None, byref(options)
        )
    if isinstance(path_or_bytes, (str, os.PathLike)):
        path = os.fsencode(path_or_bytes)
        return SessionHandle.make("session_create_from_file", path, byref(options))
    raise TypeError(
        f"path_or_bytes is {type(path_or_bytes).__name__}, but must be a path or bytes"
    )


def _warn_of_missing(providers):
    for provider in providers or []:
        name = provider[0] if isinstance(provider, tuple) else provider
        if name != _PROVIDER:
            warnings.warn(
                f"provider '{name}' is not available; the model runs on {_PROVIDER}",
                stacklevel=3,
            )
