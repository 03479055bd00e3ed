"""Python's values to the library's and back.

Arrays are copied both ways: an output may share its bytes with an input, a weight or another output, but in
numpy whoever holds an array may write to it.
"""

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int32, c_int64, c_size_t, c_void_p
from typing import NamedTuple

import numpy as np

from . import _dtypes
from ._library import TensorView, ValueHandle, call, handles
from .errors import InvalidArgument, NotImplemented

#: The axes that an array of this numpy can have.
_MOST_AXES = 64 if int(np.__version__.split(".")[0]) >= 2 else 32

_TENSOR, _SPARSE_TENSOR, _SEQUENCE, _MAP, _OPTIONAL = 1, 2, 3, 4, 5


class SparseTensor(NamedTuple):
    """A tensor given by its elements that are not zero."""

    #: of shape [n]
    values: np.ndarray
    #: int64, of shape [n] (flat positions) or [n, rank]
    indices: np.ndarray
    #: the extents of the whole
    shape: tuple


def _inner(type_string, kind):
    """What stands in the parentheses of ``kind(...)``; None where the type is of another kind."""
    if type_string is not None and type_string.startswith(kind + "("):
        return type_string[len(kind) + 1 : -1]
    return None


def _dims(shape):
    return (c_int64 * len(shape))(*shape), len(shape)


# ---- to the library ----


def to_value(python_value, type_string, where):
    """A value of the library.

    ``type_string`` is what the model declares, or None; ``where`` names the value in errors.
    """
    element = _inner(type_string, "optional")
    if element is not None:
        if python_value is None:
            return ValueHandle.make("optional", None, element.encode())
        inner = to_value(python_value, element, where)
        return ValueHandle.make("optional", inner, element.encode())
    if python_value is None:
        raise InvalidArgument(
            f"{where} is None, but must be {type_string or 'a value'}"
        )
    if isinstance(python_value, SparseTensor):
        return _sparse_value(python_value, where)
    if isinstance(python_value, dict):
        return _map_value(python_value, type_string, where)
    element = _inner(type_string, "seq")
    if element is not None:
        if not isinstance(python_value, (list, tuple)):
            raise InvalidArgument(
                f"{where} is {type(python_value).__name__}, but must be a list: {type_string}"
            )
        return _sequence_value(python_value, element, where)
    if _inner(type_string, "map") is not None:
        raise InvalidArgument(
            f"{where} is {type(python_value).__name__}, but must be a dict: {type_string}"
        )
    return _tensor_value(python_value, _inner(type_string, "tensor"), where)


def _sequence_value(elements, element_type, where):
    values = [
        to_value(element, element_type, f"{where}, element {index},")
        for index, element in enumerate(elements)
    ]
    return ValueHandle.make(
        "sequence", handles(values), len(values), element_type.encode()
    )


def _map_value(mapping, type_string, where):
    inner = _inner(type_string, "map")
    if type_string is not None and inner is None:
        raise InvalidArgument(f"{where} is a dict, but must be {type_string}")
    key_type, _, value_type = (inner or "").partition(",")
    default = "string" if all(isinstance(key, str) for key in mapping) else "int64"
    keys = _tensor_value(
        list(mapping), key_type or default, f"{where}, as a list of keys,"
    )
    values = [
        to_value(value, value_type or None, f"{where}, at {key!r},")
        for key, value in mapping.items()
    ]
    return ValueHandle.make(
        "map", keys, handles(values), len(values), value_type.encode() or None
    )


def _sparse_value(sparse, where):
    values = _tensor_value(sparse.values, None, f"{where}, its values,")
    indices = _tensor_value(sparse.indices, "int64", f"{where}, its indices,")
    return ValueHandle.make("sparse_tensor", values, indices, *_dims(sparse.shape))


def _tensor_value(python_value, declared, where):
    array = _as_array(python_value, declared, where)
    name = _dtypes.name_of(array.dtype)
    if name is None:
        raise InvalidArgument(
            f"{where} has dtype {array.dtype}, for which ONNX has no element type"
        )
    if declared is not None and name != declared:
        raise InvalidArgument(
            f"{where} is tensor({name}), of dtype {array.dtype}, but the model declares tensor({declared})"
        )
    if name == "string":
        return _string_value(array, where)
    array = _dtypes.to_carrier(array, name)
    return ValueHandle.make(
        "tensor_copy",
        _dtypes.NUMBERS[name],
        *_dims(array.shape),
        _dtypes.address_of(array),
        array.nbytes,
    )


def _as_array(python_value, declared, where):
    """Arrays and numpy's scalars as they are; Python's numbers and lists in the declared type."""
    if isinstance(python_value, (np.ndarray, np.generic)):
        return np.asarray(python_value)
    try:
        array = np.asarray(python_value)
    except ValueError as error:
        raise InvalidArgument(f"{where} is no array: {error}") from error
    if declared == "string" and array.size == 0:
        return array.astype(object)
    if declared is None or declared == "string" or array.dtype.kind in "OUS":
        return array
    wanted = _dtypes.dtype_of(declared)
    # An empty list says nothing of its type; otherwise numbers must not lose their kind, as 1.5 would as int64.
    if array.size and not _keeps_kind(array.dtype, declared):
        raise InvalidArgument(
            f"{where} holds numbers of {array.dtype}, but the model declares tensor({declared})"
        )
    try:
        with np.errstate(over="ignore"):
            converted = array.astype(wanted)
    except (TypeError, ValueError, OverflowError) as error:
        raise InvalidArgument(
            f"{where} cannot become tensor({declared}): {error}"
        ) from error
    is_integer = declared.startswith(("int", "uint"))
    if is_integer and not np.array_equal(converted.astype(array.dtype), array):
        raise InvalidArgument(
            f"{where} holds numbers that do not fit into tensor({declared})"
        )
    return converted


def _keeps_kind(dtype, declared):
    if declared == "bool":
        return dtype.kind == "b"
    if declared.startswith(("int", "uint")):
        return dtype.kind in "iu"
    return dtype.kind in "biuf" or (
        dtype.kind == "c" and declared.startswith("complex")
    )


def _string_value(array, where):
    encoded = []
    for text in array.ravel().tolist():
        if isinstance(text, str):
            text = text.encode()
        if not isinstance(text, bytes):
            raise InvalidArgument(
                f"{where} holds {type(text).__name__}, but must hold strings"
            )
        encoded.append(text)
    count = len(encoded)
    return ValueHandle.make(
        "tensor_strings",
        *_dims(array.shape),
        (c_char_p * count)(*encoded),
        (c_size_t * count)(*map(len, encoded)),
        count,
    )


# ---- from the library ----


def from_value(value):
    """Python's value for one of the library."""
    kind = c_int32()
    call("value_kind", value, byref(kind))
    if kind.value == _TENSOR:
        return _array(value)
    if kind.value == _SEQUENCE:
        return [from_value(element) for element in _elements(value)]
    if kind.value == _MAP:
        keys = from_value(ValueHandle.make("value_keys", value)).tolist()
        return dict(zip(keys, map(_scalar, _elements(value))))
    if kind.value == _OPTIONAL:
        elements = _elements(value)
        return from_value(elements[0]) if elements else None
    values, indices = map(from_value, _elements(value))
    return SparseTensor(values, indices, _shape(_view(value)))


def _scalar(value):
    """The value of a map's entry: a plain number or string where it is one, as ONNX Runtime gives it."""
    python_value = from_value(value)
    if isinstance(python_value, np.ndarray) and python_value.ndim == 0:
        return python_value.item()
    return python_value


def _elements(value):
    count = c_size_t()
    call("value_element_count", value, byref(count))
    return [
        ValueHandle.make("value_element", value, index) for index in range(count.value)
    ]


def _view(value):
    view = TensorView()
    call("value_view", value, byref(view))
    return view


def _shape(view):
    return tuple(view.dims[: view.rank])


def _array(value):
    view = _view(value)
    if view.rank > _MOST_AXES:
        raise NotImplemented(
            f"the value is of rank {view.rank}, but numpy's arrays have at most {_MOST_AXES} axes"
        )
    name = _dtypes.NAMES[view.element_type]
    if name == "string":
        return _string_array(value, _shape(view))
    if view.byte_count == 0:
        return np.empty(_shape(view), dtype=_dtypes.dtype_of(name))
    return _dtypes.from_carrier(view.data, view.byte_count, name, _shape(view))


def _string_array(value, shape):
    texts, lengths = POINTER(c_void_p)(), POINTER(c_size_t)()
    count = c_size_t()
    call("value_strings", value, byref(texts), byref(lengths), byref(count))
    array = np.empty(count.value, dtype=object)
    for index in range(count.value):
        array[index] = ctypes.string_at(texts[index], lengths[index]).decode()
    return array.reshape(shape)
