import GraphIR
import TensorCore
import Testing

private let typesIeee: [ElementType] = [.double, .float, .float16]
private let typesAll: [ElementType] = typesIeee + [.bfloat16]

/// Operators that map each floating number by itself. Expected values: the formulas of the specification in mpmath
/// with 60 digits, rounded to float64; at infinities, NaN and beyond a domain: IEEE 754 and C's Annex F.
@Suite struct FloatFunctionTests {
  private static let values: [NumberCase] = [
    NumberCase(
      "Exp", 13, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        0.0820849986238988, 0.36787944117144233, 0.6872892787909722, 1, 1.2840254166877414, 2.718281828459045,
        33.11545195869231,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Log", 13, typesAll,
      [[0.25, 0.5, 1, 1.5, 2, 10]],
      gives: [
        -1.3862943611198906, -0.6931471805599453, 0, 0.4054651081081644, 0.6931471805599453,
        2.302585092994046,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Sqrt", 13, typesAll,
      [[0.25, 0.5, 1, 1.5, 2, 10]],
      gives: [0.5, 0.7071067811865476, 1, 1.224744871391589, 1.4142135623730951, 3.1622776601683795],
      relativeTolerance: 1e-15),
    NumberCase(
      "Tanh", 13, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -0.9866142981514303, -0.7615941559557649, -0.35835739835078595, 0, 0.24491866240370913,
        0.7615941559557649, 0.9981778976111987,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Reciprocal", 13, typesAll,
      [[-4, -1.5, 0.75, 3]],
      gives: [-0.25, -0.6666666666666666, 1.3333333333333333, 0.3333333333333333], relativeTolerance: 1e-15),
    NumberCase(
      "Erf", 13, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -0.999593047982555, -0.8427007929497149, -0.4041169094348223, 0, 0.27632639016823696,
        0.8427007929497149, 0.9999992569016276,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Sigmoid", 13, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        0.07585818002124355, 0.2689414213699951, 0.4073334000459302, 0.5, 0.5621765008857981,
        0.7310585786300049, 0.9706877692486436,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Ceil", 13, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [-2, -1, 0, 0, 1, 1, 4], relativeTolerance: 1e-15),
    NumberCase(
      "Floor", 13, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [-3, -1, -1, 0, 0, 1, 3], relativeTolerance: 1e-15),
    NumberCase(
      "Sin", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -0.5984721441039565, -0.8414709848078965, -0.36627252908604757, 0, 0.24740395925452294,
        0.8414709848078965, -0.35078322768961984,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Cos", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -0.8011436155469337, 0.5403023058681398, 0.9305076219123143, 1, 0.9689124217106447,
        0.5403023058681398, -0.9364566872907963,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Tan", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        0.7470222972386603, -1.5574077246549023, -0.39362657592563277, 0, 0.25534192122103627,
        1.5574077246549023, 0.3745856401585947,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Asin", 22, typesAll,
      [[-1, -0.5, -0.125, 0, 0.25, 0.75, 1]],
      gives: [
        -1.5707963267948966, -0.5235987755982989, -0.1253278311680654, 0, 0.25268025514207865,
        0.848062078981481, 1.5707963267948966,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Acos", 22, typesAll,
      [[-1, -0.5, -0.125, 0, 0.25, 0.75, 1]],
      gives: [
        3.141592653589793, 2.0943951023931957, 1.696124157962962, 1.5707963267948966, 1.318116071652818,
        0.7227342478134157, 0,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Atan", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -1.1902899496825317, -0.7853981633974483, -0.35877067027057225, 0, 0.24497866312686414,
        0.7853981633974483, 1.2924966677897853,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Sinh", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -6.0502044810397875, -1.1752011936438014, -0.38385106791361456, 0, 0.2526123168081683,
        1.1752011936438014, 16.542627287634996,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Cosh", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        6.132289479663686, 1.5430806348152437, 1.0711403467045868, 1, 1.0314130998795732, 1.5430806348152437,
        16.572824671057315,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Asinh", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -1.6472311463710958, -0.881373587019543, -0.36672460423013675, 0, 0.24746646154726346,
        0.881373587019543, 1.9657204716496515,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Acosh", 22, typesAll,
      [[1, 1.25, 2, 10]],
      gives: [0, 0.6931471805599453, 1.3169578969248168, 2.993222846126381], relativeTolerance: 1e-15),
    NumberCase(
      "Atanh", 22, typesAll,
      [[-0.5, -0.125, 0, 0.25, 0.75]],
      gives: [-0.5493061443340549, -0.12565721414045303, 0, 0.25541281188299536, 0.9729550745276566],
      relativeTolerance: 1e-15),
    NumberCase(
      "Softsign", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [-0.7142857142857143, -0.5, -0.2727272727272727, 0, 0.2, 0.5, 0.7777777777777778],
      relativeTolerance: 1e-15),
    NumberCase(
      "Softplus", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        0.07888973429254963, 0.3132616875182228, 0.52312326413984, 0.6931471805599453, 0.8259394198788436,
        1.3132616875182228, 3.5297504182726205,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Mish", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -0.19681620390653334, -0.3034014613741089, -0.18004010884183477, 0, 0.1695724096638176,
        0.8650983882673103, 3.493990715117519,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "HardSwish", 22, typesAll,
      [[-4, -3, -1.5, 0, 1.5, 3, 4]],
      gives: [0, 0, -0.375, 0, 1.125, 3, 4], relativeTolerance: 1e-15),
    NumberCase(
      "Gelu", 20, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -0.015524163314440337, -0.15865525393145705, -0.13268633749772857, 0, 0.14967658142073093,
        0.8413447460685429, 3.4991857982233756,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Gelu", 20, ["approximate": .string("tanh")], typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -0.015084266089998582, -0.1588080093917233, -0.1326922331084884, 0, 0.149675350701685,
        0.8411919906082767, 3.499383802344626,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Swish", 24, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -0.18964545005310887, -0.2689414213699951, -0.15275002501722384, 0, 0.14054412522144952,
        0.7310585786300049, 3.397407192370253,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Swish", 24, ["alpha": .float(1.5)], typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -0.05744342477506404, -0.18242552380635635, -0.1361134520698563, 0, 0.14816664998851745,
        0.8175744761936437, 3.4817295600725457,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "HardSigmoid", 22, ["alpha": .float(0.25)], typesAll,
      [[-3, -2, -1, 0, 1, 2, 3]],
      gives: [0, 0, 0.25, 0.5, 0.75, 1, 1], relativeTolerance: 1e-15),
    NumberCase(
      "HardSigmoid", 22, typesAll,
      [[-3, -1, 1, 3]],
      gives: [0, 0.29999999701976776, 0.7000000029802322, 1], relativeTolerance: 1e-15),
    NumberCase(
      "Elu", 22, ["alpha": .float(0.5)], typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [-0.4589575006880506, -0.31606027941427883, -0.1563553606045139, 0, 0.25, 1, 3.5],
      relativeTolerance: 1e-15),
    NumberCase(
      "Elu", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [-0.9179150013761012, -0.6321205588285577, -0.3127107212090278, 0, 0.25, 1, 3.5],
      relativeTolerance: 1e-15),
    NumberCase(
      "Celu", 28, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [-0.9179150013761012, -0.6321205588285577, -0.3127107212090278, 0, 0.25, 1, 3.5],
      relativeTolerance: 1e-15),
    NumberCase(
      "Celu", 28, ["alpha": .float(2)], typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [-1.4269904062796197, -0.7869386805747332, -0.3419417636391993, 0, 0.25, 1, 3.5],
      relativeTolerance: 1e-15),
    NumberCase(
      "Celu", 28, ["alpha": .float(-2)], typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [-4.980685914923683, -1.2974425414002564, -0.4124604988419614, 0, 0.25, 1, 3.5],
      relativeTolerance: 1e-15),
    NumberCase(
      "Selu", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -1.6137857639177853, -1.1113307412864784, -0.5497765145520493, 0, 0.2626752555370331,
        1.0507010221481323, 3.677453577518463,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "Selu", 1, typesIeee,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [
        -1.6137231810148154, -1.1112876436799035, -0.5497551941196632, 0, 0.2626749873161316,
        1.0506999492645264, 3.6774498224258423,
      ], relativeTolerance: 1e-15),
    NumberCase(
      "LeakyRelu", 16, ["alpha": .float(0.125)], typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [-0.3125, -0.125, -0.046875, 0, 0.25, 1, 3.5], relativeTolerance: 1e-15),
    NumberCase(
      "LeakyRelu", 16, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [-0.024999999441206455, -0.009999999776482582, -0.0037499999161809683, 0, 0.25, 1, 3.5],
      relativeTolerance: 1e-15),
    NumberCase(
      "ThresholdedRelu", 22, typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [0, 0, 0, 0, 0, 0, 3.5], relativeTolerance: 1e-15),
    NumberCase(
      "ThresholdedRelu", 22, ["alpha": .float(-1.5)], typesAll,
      [[-2.5, -1, -0.375, 0, 0.25, 1, 3.5]],
      gives: [0, -1, -0.375, 0, 0.25, 1, 3.5], relativeTolerance: 1e-15),
  ]

  private static let edges: [NumberCase] = [
    NumberCase(
      "Exp", 13, typesAll, [[.infinity, -.infinity, 1000, .nan]],
      gives: [.infinity, 0, .infinity, .nan]),
    NumberCase(
      "Log", 13, typesAll, [[0, -1, .infinity, .nan]],
      gives: [-.infinity, .nan, .infinity, .nan]),
    NumberCase(
      "Sqrt", 13, typesAll, [[-1, .infinity, 0]],
      gives: [.nan, .infinity, 0]),
    NumberCase(
      "Reciprocal", 13, typesAll, [[0, -0.0, .infinity]],
      gives: [.infinity, -.infinity, 0]),
    NumberCase(
      "Sigmoid", 13, typesAll, [[.infinity, -.infinity, -1000, 1000, .nan]],
      gives: [1, 0, 0, 1, .nan]),
    NumberCase(
      "Round", 22, typesAll, [[0.5, 1.5, 2.5, -0.5, -1.5, -4.5, 2.25, .infinity, .nan]],
      gives: [0, 2, 2, 0, -2, -4, 2, .infinity, .nan]),
    NumberCase(
      "Asin", 22, typesAll, [[1.5, -1.5]],
      gives: [.nan, .nan]),
    NumberCase(
      "Acos", 22, typesAll, [[1.5]],
      gives: [.nan]),
    NumberCase(
      "Acosh", 22, typesAll, [[0.5, .infinity]],
      gives: [.nan, .infinity]),
    NumberCase(
      "Atanh", 22, typesAll, [[1, -1, 2]],
      gives: [.infinity, -.infinity, .nan]),
    NumberCase(
      "Softplus", 22, typesAll, [[1000, -1000, .infinity, -.infinity, .nan]],
      gives: [1000, 0, .infinity, 0, .nan]),
    NumberCase(
      "Mish", 22, typesAll, [[1000, -1000, .infinity, .nan]],
      gives: [1000, 0, .infinity, .nan]),
    NumberCase(
      "Softsign", 22, typesAll, [[1000, .infinity, .nan]],
      gives: [0.999000999000999, .nan, .nan]),
    NumberCase(
      "Swish", 24, typesAll, [[1000, -1000, .infinity, -.infinity]],
      gives: [1000, 0, .infinity, .nan]),
    NumberCase(
      "Gelu", 20, typesAll, [[100, -100, .infinity, -.infinity]],
      gives: [100, 0, .infinity, .nan]),
    NumberCase(
      "HardSigmoid", 22, typesAll, [[.infinity, -.infinity, .nan]],
      gives: [1, 0, .nan]),
    NumberCase(
      "HardSwish", 22, typesAll, [[.infinity, .nan]],
      gives: [.infinity, .nan]),
    NumberCase(
      "Elu", 22, typesAll, [[.infinity, -.infinity, .nan]],
      gives: [.infinity, -1, .nan]),
    NumberCase(
      "Celu", 28, typesAll, [[.infinity, -.infinity, .nan]],
      gives: [.infinity, -1, .nan]),
    NumberCase(
      "LeakyRelu", 16, typesAll, [[.nan, .infinity]],
      gives: [.nan, .infinity]),
    NumberCase(
      "ThresholdedRelu", 22, typesAll, [[.nan, 1, .infinity]],
      gives: [0, 0, .infinity]),
    NumberCase(
      "Relu", 14, typesAll, [[.nan, -1, 2, .infinity, -.infinity]],
      gives: [.nan, 0, 2, .infinity, 0]),
    NumberCase(
      "Sign", 13, typesAll, [[.nan, -3, 0, 7, -.infinity]],
      gives: [.nan, -1, 0, 1, -1]),
    NumberCase(
      "Abs", 13, typesAll, [[-.infinity, -2.5, 0, .nan]],
      gives: [.infinity, 2.5, 0, .nan]),
    NumberCase(
      "Neg", 13, typesAll, [[2.5, -.infinity, 0, .nan]],
      gives: [-2.5, .infinity, 0, .nan]),
    NumberCase(
      "Shrink", 9, typesIeee, [[-2, -0.5, 0, 0.5, 0.75, .nan]],
      gives: [-2, 0, 0, 0, 0.75, 0]),
    NumberCase(
      "Shrink", 9, ["lambd": .float(1.5), "bias": .float(1.5)], typesIeee, [[-2, -1.5, 1.5, 2, 4]],
      gives: [-0.5, 0, 0, 0.5, 2.5]),
  ]

  @Test(arguments: values) func value(_ row: NumberCase) throws { try row.check() }

  @Test(arguments: edges) func edge(_ row: NumberCase) throws { try row.check() }

  private static let first: [(String, Int)] = [
    ("Exp", 1), ("Log", 6), ("Tanh", 1), ("Ceil", 6), ("Sigmoid", 1), ("Sin", 7), ("Acosh", 9), ("Round", 11),
    ("Celu", 12), ("HardSwish", 14), ("Mish", 18),
  ]

  @Test(arguments: first) func emptyTensorsAndTypesOfFirstVersions(_ name: String, _ opset: Int) throws {
    let empty = Tensor(floats: [], shape: [3, 0])
    try OperatorCase(opset: opset, [:], [empty], gives: [empty]).check(name)
    expectError(.invalidType, mentioning: "bfloat16") {
      _ = try evaluate(name, opset: opset, [:], [.tensor(Tensor(.bfloat16, shape: [1], rounding: [1]))])
    }
  }

  @Test func geluLosesNothingFarFromZero() throws {
    let x = Tensor(.double, shape: [1], rounding: [-10])
    // mpmath: −10 · erfc(10/√2) / 2, and the tanh form.
    try OperatorCase(
      opset: 20, [:], [x], gives: [Tensor(.double, shape: [1], rounding: [-7.619853024160526e-23])],
      relativeTolerance: 1e-13
    ).check("Gelu")
    try OperatorCase(
      opset: 20, ["approximate": .string("tanh")], [x],
      gives: [Tensor(.double, shape: [1], rounding: [-1.204092348209806e-37])], relativeTolerance: 1e-13
    ).check("Gelu")
  }

  @Test func unknownApproximation() {
    expectError(.invalidAttribute, mentioning: "none, tanh") {
      _ = try evaluate("Gelu", opset: 20, ["approximate": .string("fast")], [.tensor(Tensor(floats: [1]))])
    }
  }

  @Test(arguments: [
    NumberCase("Abs", 13, [.int8], [[-128, -3, 0, 3]], gives: [-128, 3, 0, 3]),
    NumberCase("Abs", 6, [.uint64, .int64], [[0, 3]], gives: [0, 3]),
    NumberCase("Neg", 6, [.int8], [[-128, -3, 0, 127]], gives: [-128, 3, 0, -127]),
    NumberCase("Relu", 14, [.int8, .int16, .int32, .int64], [[-5, 0, 5]], gives: [0, 0, 5]),
    NumberCase("Sign", 9, [.int8, .int64], [[-5, 0, 5]], gives: [-1, 0, 1]),
    NumberCase("Sign", 13, [.uint8, .uint64], [[0, 5]], gives: [0, 1]),
    NumberCase("Erf", 9, [.int32, .uint8], [[0, 1, 9]], gives: [0, 0, 1]),
    NumberCase(
      "Shrink", 9, ["lambd": .float(1.5), "bias": .float(1)], [.int8, .int64], [[-128, -2, -1, 1, 2]],
      gives: [-127, -1, 0, 0, 1]),
    NumberCase("Shrink", 9, ["bias": .float(1.5)], [.int32], [[-3, -1, 1, 3]], gives: [-1, 0, 0, 1]),
    NumberCase("Shrink", 9, ["bias": .float(2)], [.uint8], [[0, 1, 9]], gives: [0, 255, 7]),
  ])
  func integers(_ row: NumberCase) throws { try row.check() }

  @Test func shrinkIsExactForLargeIntegers() throws {
    let (x, y) = (Tensor(int64: [1 << 60 + 1]), Tensor(int64: [1 << 60]))
    try OperatorCase(opset: 9, ["bias": .float(1)], [x], gives: [y]).check("Shrink")
  }

  private static let float8s: [ElementType] = [.float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz]

  @Test(arguments: [
    NumberCase("IsNaN", 20, typesAll + float8s, [[1, .nan, 0, -2]], gives: [0, 1, 0, 0], as: .bool),
    NumberCase("IsNaN", 9, typesIeee, [[.infinity, .nan]], gives: [0, 1], as: .bool),
    NumberCase(
      "IsInf", 10, [.float, .double], [[-.infinity, 1, .nan, .infinity]], gives: [1, 0, 0, 1], as: .bool),
    NumberCase("IsInf", 20, typesAll + [.float8e5m2], [[-.infinity, .infinity]], gives: [1, 1], as: .bool),
    NumberCase("IsInf", 20, [.float8e4m3fn], [[1, .nan]], gives: [0, 0], as: .bool),
    NumberCase(
      "IsInf", 20, ["detect_negative": .int(0)], typesAll, [[-.infinity, .infinity]], gives: [0, 1], as: .bool
    ),
    NumberCase(
      "IsInf", 20, ["detect_positive": .int(0)], typesAll, [[-.infinity, .infinity]], gives: [1, 0], as: .bool
    ),
  ])
  func predicates(_ row: NumberCase) throws { try row.check() }
}
