"""What can go wrong, by ONNX Runtime's names; all derive from TouchstoneError and so from RuntimeError."""


class TouchstoneError(RuntimeError):
    """Anything that Touchstone reports."""


class Fail(TouchstoneError):
    """An operator cannot compute on the values of this run."""


class InvalidArgument(TouchstoneError, ValueError):
    """An argument, or an input of a run, is not what it must be."""


class InvalidGraph(TouchstoneError):
    """The model breaks ONNX's rules, or is unsafe to load."""


class NotImplemented(TouchstoneError):  # noqa: A001 - ONNX Runtime's name
    """The model asks for what Touchstone does not have."""


class NoSuchFile(TouchstoneError):
    """The model's file cannot be read."""


class InternalError(TouchstoneError):
    """A mistake of Touchstone itself."""


class Cancelled(TouchstoneError):
    """RunOptions.terminate has ended the run."""


#: The exception of each code of touchstone.h.
BY_CODE = {
    1: Fail,
    2: InvalidArgument,
    3: InvalidGraph,
    4: NotImplemented,
    66: NoSuchFile,
    70: InternalError,
    130: Cancelled,
}
