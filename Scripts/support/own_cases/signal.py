"""Transforms and windows."""
import numpy as np

from .case import F, I32, I64, Case, ramp


def dft_onesided_of_complex():
    case = Case("DFT", 20, "one-sided needs a real signal: the other half is no conjugate", 28)
    case.input("X", ramp(1, 4, 2), F)
    case.apply("X", onesided=1)
    return case.rejects("invalidShape")


def dft_onesided_inverse_of_real():
    case = Case("DFT", 20, "a one-sided inverse takes half a spectrum, which is complex", 28)
    case.input("X", ramp(1, 3, 1), F)
    case.apply("X", onesided=1, inverse=1)
    return case.rejects("invalidShape")


def dft_onesided_inverse():
    case = Case("DFT", 20, "a one-sided inverse makes 2(n - 1) real numbers of n", 28, rtol=1e-6, atol=1e-7)
    x = np.array([4.0, 1, 3, 2])
    half = np.fft.rfft(x)
    case.input("X", np.stack([half.real, half.imag], axis=-1)[None], F)
    case.apply("X", onesided=1, inverse=1)
    return case.gives(x[None, :, None], F)


def dft_17_transforms_axis_1():
    case = Case("DFT", 17, "before 20 the axis is 1 by default, not the last but one", 28, rtol=1e-6, atol=1e-5)
    x = case.input("X", ramp(1, 3, 2, 1), F)
    case.apply("X")
    spectrum = np.fft.fft(x[..., 0], axis=1)
    return case.gives(np.stack([spectrum.real, spectrum.imag], axis=-1), F)


def stft_drops_an_incomplete_frame():
    case = Case("STFT", 17, "10 samples, frames of 4 every 4: two frames, two left", 28, rtol=1e-6, atol=1e-5)
    x = case.input("signal", ramp(1, 10, 1), F)
    case.input("step", 4, I64, []), case.input("length", 4, I64, [])
    case.apply("signal", "step", "", "length", onesided=1)
    frames = np.fft.rfft(x[0, :8, 0].reshape(2, 4))
    return case.gives(np.stack([frames.real, frames.imag], axis=-1)[None], F)


def _window(operator, shows, size, wanted, **attributes):
    case = Case(operator, 17, shows, 54)
    case.input("size", size, I64, [])
    case.apply("size", **attributes)
    return case.gives(wanted, attributes.get("output_datatype", F))


def _symmetric_of_1(operator):
    shows = "a symmetric window of one element, where the formula divides 0 by 0, is 1"
    return _window(operator, shows, 1, [1], periodic=0).admits([[np.nan]])


def hannwindow_symmetric_of_1():
    return _symmetric_of_1("HannWindow")


def hammingwindow_symmetric_of_1():
    return _symmetric_of_1("HammingWindow")


def blackmanwindow_symmetric_of_1():
    return _symmetric_of_1("BlackmanWindow")


def hannwindow_periodic_of_1():
    return _window("HannWindow", "a periodic window of one element is the first of a symmetric one of 2: 0", 1, [0])


def hannwindow_of_integers():
    return _window("HannWindow", "integers are cut: 0.5 becomes 0", 4, [0, 0, 1, 0], output_datatype=I32)


def melweightmatrix_peak_of_1():
    case = Case("MelWeightMatrix", 17, "a triangle whose rising side has no width has its peak", 58, rtol=1e-6)
    bands, length, rate, lower, upper = 4, 16, 8192, 0, 4096
    for name, number in (("bands", bands), ("length", length), ("rate", rate)):
        case.input(name, number, I64, [])
    case.input("lower", lower, F, []), case.input("upper", upper, F, [])
    case.apply("bands", "length", "rate", "lower", "upper")
    return case.gives(_mel(bands, length, rate, lower, upper), F)


def _mel(bands, length, rate, lower, upper):
    """Triangles over bins; edges fall on bins as in ONNX's reference: bands + 2 steps, length + 1 bins a rate."""
    low, high = (2595 * np.log10(1 + it / 700) for it in (lower, upper))
    mels = low + np.arange(bands + 2) * (high - low) / (bands + 2)
    edges = np.floor((length + 1) * 700 * (10 ** (mels / 2595) - 1) / rate).astype(int)
    matrix = np.zeros((length // 2 + 1, bands))
    for i, (left, peak, right) in enumerate(zip(edges, edges[1:], edges[2:])):
        for j in range(left, right):
            matrix[j, i] = (j - left) / (peak - left) if j < peak else (right - j) / (right - peak)
        matrix[peak, i] = 1
    return matrix
