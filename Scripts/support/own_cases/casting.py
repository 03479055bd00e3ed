"""Cast: out of range, small floats, text."""
from onnx import TensorProto

from .case import BOOL, D, F, F16, I16, I32, I64, I8, INF, NAN, STRING, U8, Case

E8M0, E4M3, E4M3Z = TensorProto.FLOAT8E8M0, TensorProto.FLOAT8E4M3FN, TensorProto.FLOAT8E4M3FNUZ
FLOAT4 = TensorProto.FLOAT4E2M1


def _cast(shows, note, x, source, wanted, target, version=25, back=None, **attributes):
    """`back` casts the result to a type in which it is easy to read."""
    case = Case("Cast", version, shows, note)
    case.input("X", x, source)
    case.apply("X", outputs=["Y" if back is None else "C"], to=target, **attributes)
    if back is not None:
        case.node("Cast", ["C"], ["Y"], to=back)
    return case.gives(wanted, target if back is None else back)


def cast_float_to_int_truncates():
    return _cast("a number within the range is cut toward zero", 8, [2.9, -2.9, 0.9], F, [2, -2, 0], I32)


def cast_float_to_int_out_of_range():
    shows = "what does not fit keeps its low bits: 2^31 + 5 is -2^31 + 5, 300 is 44, as between integers"
    case = _cast(shows, 8, [2.0**31 + 5, -2.0**31 - 7], D, [-2**31 + 5, 2**31 - 7], I32)
    return case.admits_anything()


def cast_float_to_int8_out_of_range():
    return _cast("300 keeps its low bits, 44", 8, [300, -129], F, [44, 127], I8).admits_anything()


def cast_nan_and_infinity_to_int():
    return _cast("NaN and infinities give 0", 8, [NAN, INF, -INF], F, [0, 0, 0], I64).admits_anything()


def cast_int_to_int_wraps():
    return _cast("int16 200 is int8 -56, as the text says", 8, [200, -129], I16, [-56, 127], I8)


def cast_float_to_bool():
    return _cast("all but zeros are true, NaN too", 8, [0.0, -0.0, 0.1, NAN, -INF], F, [0, 0, 1, 1, 1], BOOL)


def cast_float8_without_saturation():
    x, wanted = [448, 480, 1e6, INF, -INF], [448, NAN, NAN, NAN, NAN]
    return _cast("float8e4m3fn without saturation: what rounds beyond 448 is NaN", 9, x, F, wanted, E4M3, back=F,
                 saturate=0)


def cast_float8_saturates():
    x, wanted = [448, 480, 1e6, INF, -INF, NAN], [448, 448, 448, 448, -448, NAN]
    return _cast("float8e4m3fn saturates, at infinity too", 9, x, F, wanted, E4M3, back=F)


def cast_float8_ties_to_even():
    x = [17, 19, 1 + 1 / 16, 1 + 3 / 16]
    return _cast("float8e4m3fn: ties go to even", 9, x, F, [16, 20, 1, 1.25], E4M3, back=F)


def cast_float8_fnuz_has_no_negative_zero():
    case = Case("Cast", 25, "float8e4m3fnuz: -0 becomes 0, which the reciprocal shows", 9)
    case.input("X", [-0.0, 0.0], F)
    case.apply("X", outputs=["C"], to=E4M3Z)
    case.node("Cast", ["C"], ["B"], to=F)
    case.node("Reciprocal", ["B"], ["Y"])
    return case.gives([INF, INF], F)


def cast_float8e8m0_saturates():
    x, wanted = [1e-45, INF, NAN, 1.25, 3], [2.0**-127, 2.0**127, NAN, 2, 4]
    return _cast("float8e8m0 by default: up, and to the ends of the range", 9, x, F, wanted, E8M0, back=F)


def cast_float8e8m0_without_saturation():
    x, wanted = [0, INF, NAN, 1.25, 1.5, 3], [NAN, NAN, NAN, 1, 2, 4]
    return _cast("float8e8m0, nearest without saturation: 0 and infinity are NaN; ties go up", 9, x, F, wanted, E8M0,
                 back=F, round_mode="nearest", saturate=0)


def cast_float4_saturates():
    x, wanted = [100, -INF, NAN, 5, 0.25, 0.75], [6, -6, 0, 4, 0, 1]
    return _cast("float4e2m1 has no infinity and no NaN: 6, -6 and -0; ties go to even", 9, x, F, wanted, FLOAT4,
                 back=F)


def cast_float_to_string():
    x = [1, 0.1, -2.5, 1e-5, NAN, INF, -INF, 314.15926]
    wanted = ["1.0", "0.1", "-2.5", "0.00001", "nan", "inf", "-inf", "314.15927"]
    return _cast("plain digits, as few as read back to the same float", 10, x, F, wanted, STRING)


def cast_large_float_to_string():
    return _cast("plain digits for large numbers too, but no more than read back", 10, [1e20, 2.0**60], D,
                 ["100000000000000000000.0", "1152921504606847000.0"], STRING)


def cast_float16_to_string():
    return _cast("the digits that float16 needs, not those of float", 10, [0.1, 65504], F16, ["0.1", "65504.0"], STRING)


def cast_int_and_bool_to_string():
    case = Case("Cast", 25, "integers as their digits, bools as 1 and 0", 10)
    case.input("I", [-7, 2**63 - 1], I64), case.input("B", [True, False], BOOL)
    case.apply("I", outputs=["Y"], to=STRING)
    case.apply("B", outputs=["Z"], to=STRING)
    case.gives(["-7", "9223372036854775807"], STRING)
    return case.gives(["1", "0"], STRING, "Z")


def cast_string_to_float():
    x = ["3.14", "1e-5", "1E8", "+INF", "-inf", "NaN", " 7 ", "INF"]
    return _cast("plain and scientific, infinities and NaN in any case, blanks around", 10, x, STRING,
                 [3.14, 1e-5, 1e8, INF, -INF, NAN, 7, INF], F)


def cast_string_to_int():
    return _cast("digits with a sign", 10, ["12", "-7", "+3"], STRING, [12, -7, 3], I32)


def cast_word_to_float():
    case = Case("Cast", 25, "text that is no number is an error", 10)
    case.input("X", ["Hello World!"], STRING)
    case.apply("X", to=F)
    return case.rejects("invalidValue")


def strings_compare_by_bytes():
    case = Case("Equal", 19, "a letter with an accent is not the letter followed by an accent", 10)
    case.input("A", ["\u00e9", "a"], STRING), case.input("B", ["e\u0301", "a"], STRING)
    case.apply("A", "B")
    return case.gives([False, True], BOOL)


def cast_uint8_to_bool():
    return _cast("36 is true, not its last bit", 8, [36, 0, 1], U8, [1, 0, 1], BOOL)
