"""Touchstone, a reference interpreter of ONNX, in ONNX Runtime's words.

    import touchstone as ort
    session = ort.InferenceSession("model.onnx")
    outputs = session.run(None, {session.get_inputs()[0].name: x})

Everything is computed by libTouchstoneC, which ``swift build -c release`` makes; TOUCHSTONE_LIBRARY names
another place of it.
"""

from ._library import VERSION as __version__
from ._values import SparseTensor
from .comparison import bisect, compare, reduce, verify
from .errors import (
    Cancelled,
    Fail,
    InternalError,
    InvalidArgument,
    InvalidGraph,
    NoSuchFile,
    NotImplemented,
    TouchstoneError,
)
from .options import GraphOptimizationLevel, RunOptions, SessionOptions
from .rewriting import (
    convert_version,
    extract_model,
    inline_functions,
    inline_selected_functions,
    optimize,
    outline_function,
)
from .session import (
    InferenceSession,
    ModelMetadata,
    NodeArg,
    get_available_providers,
    get_device,
)
from .shape_inference import infer_shapes

__all__ = [
    "Cancelled",
    "Fail",
    "GraphOptimizationLevel",
    "InferenceSession",
    "InternalError",
    "InvalidArgument",
    "InvalidGraph",
    "ModelMetadata",
    "NoSuchFile",
    "NodeArg",
    "NotImplemented",
    "RunOptions",
    "SessionOptions",
    "SparseTensor",
    "TouchstoneError",
    "bisect",
    "compare",
    "convert_version",
    "extract_model",
    "get_available_providers",
    "get_device",
    "infer_shapes",
    "inline_functions",
    "inline_selected_functions",
    "optimize",
    "outline_function",
    "reduce",
    "verify",
]
