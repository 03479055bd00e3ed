import GraphIR
import OperatorSet
import TensorCore
import Testing

/// Cast, CastLike and BitCast. Expected values: IEEE 754, two's complement, and the tables in ONNX's text.
@Suite struct CastTests {
  private func cast(
    _ x: Tensor, _ to: ElementType, _ attributes: [String: Attribute] = [:], opset: Int = 25, gives: Tensor
  ) throws {
    var all = attributes
    all["to"] = .int(Int(to.rawValue))
    try tries("Cast", opset, all, [x], gives: [gives], "to \(to)")
  }

  @Test func floatsToIntegersKeepTheLowBits() throws {
    let x = floats([1.9, -1.9, 300, -129, 3e9, .nan, .infinity, -.infinity])
    try cast(x, .int8, gives: numbers(.int8, [1, -1, 44, 127, 0, 0, 0, 0]))
    try cast(x, .uint8, gives: numbers(.uint8, [1, 255, 44, 127, 0, 0, 0, 0]))
    try cast(
      floats([3e9, -3e9, 9e18, 2e19]), .int32, gives: numbers(.int32, [-1_294_967_296, 1_294_967_296, 0, 0]))
    try cast(
      numbers(.double, [1e19, -1]), .uint64,
      gives: Tensor(.uint64, shape: [2], elements: [10_000_000_000_000_000_000, UInt64.max]))
    try cast(floats([-9, -8, 7, 8, 15]), .int4, gives: numbers(.int4, [7, -8, 7, -8, -1]))
    try cast(
      floats([0, -0.0, 0.1, .nan]), .bool, gives: Tensor(bools: [false, false, true, true], shape: [4]))
  }

  @Test(arguments: [6, 9, 13, 19, 25, 28])
  func unsignedNumbersAreNotReadAsBits(_ opset: Int) throws {
    let x = numbers(.uint64, [1, 2, 3])
    try cast(x, .double, opset: opset, gives: numbers(.double, [1, 2, 3]))
    try cast(x, .float, opset: opset, gives: floats([1, 2, 3]))
    try cast(numbers(.uint32, [1, 2, 3]), .float, opset: opset, gives: floats([1, 2, 3]))
    try tries("CastLike", 19, [:], [x, numbers(.double, [0])], gives: [numbers(.double, [1, 2, 3])])
    try tries("ReduceL2", 18, [:], [numbers(.uint64, [3, 4])], gives: [numbers(.uint64, [5]).reshaped([1])])
    let scales = floats([2])
    try tries(
      "Resize", 19, ["mode": .string("linear")], [numbers(.uint64, [0, 4]), nil, scales],
      gives: [numbers(.uint64, [0, 1, 3, 4])])
  }

  @Test func integersToAll() throws {
    try cast(numbers(.int16, [200, -1, 256]), .int8, gives: numbers(.int8, [-56, -1, 0]))
    try cast(numbers(.int8, [-1, 5]), .uint32, gives: numbers(.uint32, [4_294_967_295, 5]))
    try cast(numbers(.int32, [70_000, -7]), .float16, gives: numbers(.float16, [.infinity, -7]))
    // 2^24 + 1 halfway, and a 64-bit number just above halfway: rounded once, not twice.
    let halfways: [Int64] = [16_777_217, 0x40_0000_4000_0001]
    try cast(
      Tensor(.int64, shape: [2], elements: halfways), .float,
      gives: Tensor(floats: [16_777_216, 18_014_400_656_965_632]))
    try cast(Tensor(bools: [true, false], shape: [2]), .float, gives: floats([1, 0]))
    try cast(
      Tensor(.uint64, shape: [1], elements: [UInt64.max]), .float, gives: floats([18_446_744_073_709_551_616])
    )
  }

  @Test func smallFloats() throws {
    let x = floats([0.4789, 1e6, .infinity, -.infinity, .nan, -0.0])
    try cast(x, .float8e4m3fn, gives: numbers(.float8e4m3fn, [0.46875, 448, 448, -448, .nan, 0]))
    try cast(
      x, .float8e5m2, ["saturate": .int(0)],
      gives: numbers(.float8e5m2, [0.5, .infinity, .infinity, -.infinity, .nan, 0]))
    try cast(
      x, .float8e4m3fnuz, ["saturate": .int(0)],
      gives: numbers(.float8e4m3fnuz, [0.46875, .nan, .nan, .nan, .nan, 0]))
    try cast(floats([7, -9, 0.3]), .float4e2m1, gives: numbers(.float4e2m1, [6, -6, 0.5]))
    try cast(floats([1.1, 2, 3]), .float8e8m0, gives: numbers(.float8e8m0, [2, 2, 4]))
    try cast(
      floats([1.1, 2, 3]), .float8e8m0, ["round_mode": .string("down")],
      gives: numbers(.float8e8m0, [1, 2, 2]))
    try cast(
      floats([1.1, 3]), .float8e8m0, ["round_mode": .string("nearest")], gives: numbers(.float8e8m0, [1, 4]))
    fails(
      "Cast", 25, ["to": .int(24), "round_mode": .string("odd")], [x], .invalidAttribute,
      mentioning: "round_mode")
  }

  @Test func numbersAsText() throws {
    let x = floats([314.15926, 1, -0.0, 1e-5, 1e21, .nan, .infinity, -.infinity, 0.1])
    try cast(
      x, .string,
      gives: texts([
        "314.15927", "1.0", "-0.0", "0.00001", "1000000000000000000000.0", "nan", "inf", "-inf", "0.1",
      ]))
    try cast(
      numbers(.double, [314.15926, 1.5e300]), .string,
      gives: texts(["314.15926", "15" + String(repeating: "0", count: 299) + ".0"]))
    try cast(numbers(.float16, [0.1]), .string, gives: texts(["0.1"]))
    try cast(numbers(.int8, [-7, 5]), .string, gives: texts(["-7", "5"]))
    try cast(
      Tensor(.uint64, shape: [1], elements: [UInt64.max]), .string, gives: texts(["18446744073709551615"]))
    try cast(Tensor(bools: [true, false], shape: [2]), .string, gives: texts(["1", "0"]))
  }

  @Test func textAsNumbers() throws {
    try cast(
      texts(["3.14", " 1e-5", "1E8", "+INF", "inf", "-Inf", "NaN", "-.5", "7."]), .float,
      gives: floats([3.14, 1e-5, 1e8, .infinity, .infinity, -.infinity, .nan, -0.5, 7]))
    try cast(texts(["100.5", "-3", "1e3", "300"]), .int8, gives: numbers(.int8, [100, -3, -24, 44]))
    try cast(
      texts(["9223372036854775807", "-1"]), .int64,
      gives: Tensor(.int64, shape: [2], elements: [Int64.max, -1]))
    try cast(texts(["0", "2"]), .bool, gives: Tensor(bools: [false, true], shape: [2]))
    for text in ["Hello World!", "", "0x10", "1e", "1_0", "+-1", "."] {
      fails("Cast", 13, ["to": .int(1)], [texts([text])], .invalidValue, mentioning: "no number")
    }
  }

  @Test func versionsAndLike() throws {
    try tries("Cast", 1, ["to": .string("INT64")], [floats([2.5])], gives: [int64s([2])])
    fails("Cast", 1, ["to": .string("WORD")], [floats([2.5])], .invalidAttribute, mentioning: "WORD")
    fails("Cast", 6, ["to": .int(8)], [floats([2.5])], .invalidAttribute, mentioning: "string")
    fails("Cast", 13, ["to": .int(14)], [floats([2.5])], .invalidAttribute, mentioning: "complex64")
    try tries("CastLike", 15, [:], [floats([2.5], [1, 1]), int64s([])], gives: [int64s([2], [1, 1])])
    let dims: [Dim] = [.param("N"), 300]
    let fact = try infer("Cast", opset: 13, ["to": .int(6)], [.list(dims)])[0]
    #expect(fact.elements == dims)
    #expect(
      try infer("Cast", opset: 13, ["to": .int(3)], [.list(dims)])[0].elements == [.param("N"), .unknown])
  }

  @Test func bits() throws {
    try tries(
      "BitCast", 26, ["to": .int(6)], [floats([1, -0.0])],
      gives: [numbers(.int32, [1_065_353_216, -2_147_483_648])])
    try tries("BitCast", 26, ["to": .int(21)], [numbers(.int4, [-1, 3])], gives: [numbers(.uint4, [15, 3])])
    try tries("BitCast", 26, ["to": .int(22)], [numbers(.uint4, [15, 3])], gives: [numbers(.int4, [-1, 3])])
    try tries(
      "BitCast", 26, ["to": .int(23)], [numbers(.int4, [-1, 3])], gives: [numbers(.float4e2m1, [-6, 1.5])])
    fails("BitCast", 26, ["to": .int(7)], [floats([1])], .invalidType, mentioning: "32 bits")
  }
}
