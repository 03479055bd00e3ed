"""Element types of ONNX and their counterparts in numpy and ml_dtypes."""

import ctypes
import functools

import numpy as np

#: TensorProto.DataType by the names in type strings.
NUMBERS = {
    name: number
    for number, name in enumerate(
        "float uint8 int8 uint16 int16 int32 int64 string bool float16 double uint32 uint64 complex64 "
        "complex128 bfloat16 float8e4m3fn float8e4m3fnuz float8e5m2 float8e5m2fnuz uint4 int4 float4e2m1 "
        "float8e8m0 uint2 int2 float6e2m3 float6e3m2".split(),
        start=1,
    )
}
NAMES = {number: name for name, number in NUMBERS.items()}

_NUMPY = {"float": "float32", "double": "float64"}
_ML_DTYPES = {
    "bfloat16": "bfloat16",
    "float8e4m3fn": "float8_e4m3fn",
    "float8e4m3fnuz": "float8_e4m3fnuz",
    "float8e5m2": "float8_e5m2",
    "float8e5m2fnuz": "float8_e5m2fnuz",
    "uint4": "uint4",
    "int4": "int4",
    "float4e2m1": "float4_e2m1fn",
    "float8e8m0": "float8_e8m0fnu",
    "uint2": "uint2",
    "int2": "int2",
    "float6e2m3": "float6_e2m3fn",
    "float6e3m2": "float6_e3m2fn",
}
_FROM_ML_DTYPES = {ours: name for name, ours in _ML_DTYPES.items()}

#: Integers below a byte travel as whole bytes, signed ones with their sign.
_CARRIERS = {"int4": np.int8, "int2": np.int8, "uint4": np.uint8, "uint2": np.uint8}


@functools.cache
def dtype_of(name):
    """The dtype for an element type other than string."""
    if name not in _ML_DTYPES:
        return np.dtype(_NUMPY.get(name, name))
    try:
        import ml_dtypes
    except ImportError as error:
        raise ImportError(
            f"arrays of {name} need the package ml_dtypes: pip install ml_dtypes"
        ) from error
    wanted = getattr(ml_dtypes, _ML_DTYPES[name], None)
    if wanted is None:
        raise ImportError(
            f"arrays of {name} need a newer ml_dtypes than {ml_dtypes.__version__}"
        )
    return np.dtype(wanted)


@functools.cache
def name_of(dtype):
    """The element type for a dtype; None where ONNX has none."""
    if dtype.kind in "OUS":
        return "string"
    if dtype.name in _FROM_ML_DTYPES:
        return _FROM_ML_DTYPES[dtype.name]
    for name, numpy_name in _NUMPY.items():
        if dtype.name == numpy_name:
            return name
    return dtype.name if dtype.name in NUMBERS else None


def to_carrier(array, name):
    """The array as its bytes travel: contiguous, little-endian."""
    if name in _CARRIERS:
        array = array.astype(_CARRIERS[name])
    elif array.dtype.byteorder == ">" or not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("<"))
    # numpy.ascontiguousarray would make a scalar one-dimensional.
    return np.asarray(array, order="C")


def from_carrier(address, byte_count, name, shape):
    """An array of its own with the bytes that have travelled."""
    array = np.empty(shape, dtype=_CARRIERS.get(name) or dtype_of(name))
    ctypes.memmove(address_of(array), address, byte_count)
    return array.astype(dtype_of(name)) if name in _CARRIERS else array


def address_of(array):
    """Where the elements of an array begin."""
    return array.__array_interface__["data"][0]
