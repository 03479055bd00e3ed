import GraphIR
import OperatorSet
import TensorCore
import Testing

/// Quantization. Expected values: by hand from the formulas, in exact arithmetic.
@Suite struct QuantizationTests {
  @Test func quantizeLinear() throws {
    let x = floats([0, 1, 3, 5, 1000, -254, -1000, .nan])
    let zero = numbers(.uint8, [128], [])
    // Ties go to the even integer before the odd or even zero point is added.
    try tries(
      "QuantizeLinear", 10, [:], [x, floats([2], []), zero],
      gives: [numbers(.uint8, [128, 128, 130, 130, 255, 1, 0, 128])])
    try tries(
      "QuantizeLinear", 13, [:], [floats([1, 3]), floats([2], []), nil], gives: [numbers(.uint8, [0, 2])])
    try tries(
      "QuantizeLinear", 13, ["axis": .int(-2)],
      [floats([4, 8, 4, 8], [2, 2]), floats([2, 4]), numbers(.int8, [0, 1])],
      gives: [numbers(.int8, [2, 4, 2, 3], [2, 2])])
    try tries(
      "QuantizeLinear", 21, ["block_size": .int(2), "output_dtype": .int(22)],
      [floats([2, 4, 6, 2, 4, 60], [2, 3]), floats([2, 1, 1, 4], [2, 2]), nil],
      gives: [numbers(.int4, [1, 2, 6, 2, 4, 7], [2, 3])])
    try tries(
      "QuantizeLinear", 19, ["saturate": .int(0)],
      [floats([1e6, 3]), floats([2], []), numbers(.float8e5m2, [0], [])],
      gives: [numbers(.float8e5m2, [.infinity, 1.5])])
    // In float16, 2049 is 2048, and 2048 / 3 is 682.5, which is even; in float it is 683.
    let wide: [Tensor?] = [
      numbers(.float16, [2049], [1]), numbers(.float16, [3], []), numbers(.int16, [0], []),
    ]
    try tries("QuantizeLinear", 23, [:], wide, gives: [numbers(.int16, [682])])
    try tries("QuantizeLinear", 23, ["precision": .int(1)], wide, gives: [numbers(.int16, [683])])
    fails(
      "QuantizeLinear", 13, [:], [floats([1, 2], [1, 2]), floats([1, 1, 1]), nil], .invalidShape,
      mentioning: "[3]")
    fails(
      "QuantizeLinear", 21, ["output_dtype": .int(3)], [x, floats([2], []), zero], .invalidType,
      mentioning: "int8")
  }

  @Test func dequantizeLinear() throws {
    try tries(
      "DequantizeLinear", 10, [:],
      [numbers(.uint8, [0, 3, 255]), floats([2], []), numbers(.uint8, [128], [])],
      gives: [floats([-256, -250, 254])])
    try tries(
      "DequantizeLinear", 19, ["axis": .int(0)],
      [numbers(.int8, [1, 2, 3, 4], [2, 2]), numbers(.float16, [2, 3]), numbers(.int8, [0, 1])],
      gives: [numbers(.float16, [2, 4, 6, 9], [2, 2])])
    try tries(
      "DequantizeLinear", 21, ["block_size": .int(2)],
      [numbers(.int4, [-8, 7, 3, 1, 2, -1], [2, 3]), floats([2, 1, 1, 4], [2, 2]), nil],
      gives: [floats([-16, 14, 3, 1, 2, -4], [2, 3])])
    try tries(
      "DequantizeLinear", 24, ["output_dtype": .int(16)],
      [numbers(.float4e2m1, [6, -0.5]), numbers(.float8e8m0, [4], []), nil],
      gives: [numbers(.bfloat16, [24, -2])])
    fails(
      "DequantizeLinear", 24, [:], [numbers(.int8, [6]), numbers(.float8e8m0, [4], []), nil], .invalidType,
      mentioning: "output_dtype")
  }

  @Test func dynamicQuantizeLinear() throws {
    // The range 0…255 gives a scale of 1; −1…254 a zero point of 1.
    try tries(
      "DynamicQuantizeLinear", 11, [:], [floats([255, 2.5], [2, 1])],
      gives: [numbers(.uint8, [255, 2], [2, 1]), floats([1], []), numbers(.uint8, [0], [])])
    try tries(
      "DynamicQuantizeLinear", 11, [:], [floats([-1, 254, 1.5])],
      gives: [numbers(.uint8, [0, 255, 3]), floats([1], []), numbers(.uint8, [1], [])])
    try tries(
      "DynamicQuantizeLinear", 11, [:], [floats([0])],
      gives: [numbers(.uint8, [0]), floats([0], []), numbers(.uint8, [0], [])])
  }

  @Test func convolutions() throws {
    let x = numbers(.uint8, [2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 1, 3, 3])
    let w = numbers(.uint8, [1, 1, 1, 1], [1, 1, 2, 2])
    try tries(
      "ConvInteger", 10, [:], [x, w, numbers(.uint8, [1], [])],
      gives: [numbers(.int32, [12, 16, 24, 28], [1, 1, 2, 2])])
    // Padding counts as the zero point, so it adds nothing.
    try tries(
      "ConvInteger", 10, ["pads": .ints([1, 0, 0, 0])],
      [x, w, numbers(.uint8, [1], []), numbers(.uint8, [0])],
      gives: [numbers(.int32, [3, 5, 12, 16, 24, 28], [1, 1, 3, 2])])
    let two = numbers(.int8, [1, 1, 1, 1, 3, 3, 3, 3], [2, 1, 2, 2])
    try tries(
      "QLinearConv", 10, ["strides": .ints([2, 2])],
      [
        x, floats([0.5], []), numbers(.uint8, [1], []), two, floats([1, 2]), numbers(.int8, [0, 2]),
        floats([0.5], []),
        numbers(.uint8, [10], []), numbers(.int32, [1, -40]),
      ], gives: [numbers(.uint8, [23, 0], [1, 2, 1, 1])])
  }
}
