import GraphIR
import OperatorSet
import TensorCore
import Testing

/// Linear models and support vector machines. Expected values: ONNX Runtime on the same attributes.
@Suite struct LinearAndVectorTests {
  private let ml = "ai.onnx.ml"
  private let x = floats([-1, 1], [2, 1])

  @Test func linearClassifier() throws {
    func tries(_ transform: String, _ z: [Double]) throws {
      let attributes: [String: Attribute] = [
        "coefficients": .floats([0.5]), "intercepts": .floats([0.1]), "classlabels_ints": .ints([10, 20]),
        "post_transform": .string(transform),
      ]
      try OperatorSetTests.tries(
        "LinearClassifier", 1, attributes, [x], gives: [int64s([10, 20]), floats(z, [2, 2])], domain: ml,
        tolerance: 1e-4)
    }
    try tries("NONE", [1.4, -0.4, 0.4, 0.6])
    try tries("LOGISTIC", [0.59869, 0.40131, 0.35434, 0.64566])
    let three: [String: Attribute] = [
      "coefficients": .floats([1, 0, 2]), "intercepts": .floats([0, 0, 0]),
      "classlabels_strings": .strings(["a", "b", "c"]),
    ]
    try OperatorSetTests.tries(
      "LinearClassifier", 1, three, [x], gives: [texts(["b", "c"]), floats([-1, 0, -2, 1, 0, 2], [2, 3])],
      domain: ml)
    fails(
      "LinearClassifier", 1, ["coefficients": .floats([1, 2])], [x], .invalidAttribute, mentioning: "none is",
      domain: ml)
  }

  @Test func linearRegressor() throws {
    let two: [String: Attribute] = [
      "coefficients": .floats([0.5, 0.25]), "intercepts": .floats([1, 3]), "targets": .int(2),
    ]
    try tries("LinearRegressor", 1, two, [x], gives: [floats([0.5, 2.75, 1.5, 3.25], [2, 2])], domain: ml)
    let soft = two.merging([
      "post_transform": .string("SOFTMAX"), "intercepts": .floats([0.1, 0.3]),
      "coefficients": .floats([0.5, 0.2]),
    ]) { $1 }
    try tries(
      "LinearRegressor", 1, soft, [x], gives: [floats([0.37754, 0.62246, 0.52498, 0.47502], [2, 2])],
      domain: ml,
      tolerance: 1e-5)
    let probit = two.merging([
      "post_transform": .string("PROBIT"), "targets": .int(1), "intercepts": .floats([0.1]),
      "coefficients": .floats([0.5]),
    ]) { $1 }
    try tries(
      "LinearRegressor", 1, probit, [floats([1])], gives: [floats([0.25334710], [1, 1])], domain: ml,
      tolerance: 1e-6)
    fails(
      "LinearRegressor", 1, two, [floats([1, 2, 3])], .invalidShape, mentioning: "3 features", domain: ml)
  }

  /// Expected values: SciPy's expit and ndtri in float64, rounded to float.
  @Test func tailsOfTheTransforms() throws {
    func tries(_ transform: String, _ x: [Double], gives y: [Double]) throws {
      let attributes: [String: Attribute] = [
        "coefficients": .floats([1]), "post_transform": .string(transform),
      ]
      try OperatorSetTests.tries(
        "LinearRegressor", 1, attributes, [floats(x, [x.count, 1])], gives: [floats(y, [y.count, 1])],
        domain: ml, tolerance: 6e-8)
    }
    try tries(
      "LOGISTIC", [1, -30, -36, -40, -80, 100],
      gives: [0.7310586, 9.357623e-14, 2.3195227e-16, 4.2483541e-18, 1.8048513e-35, 1])
    try tries("SOFTMAX", [1, -5], gives: [1, 1])
    try tries(
      "PROBIT", [0, 1e-30, 0.01, 0.25, 0.5, 0.50000006, 0.85, 0.999, 1, 1.5],
      gives: [
        -.infinity, -11.464025, -2.3263478, -0.67448975, 0, 1.4940669e-07, 1.0364334, 3.0902362, .infinity,
        .nan,
      ])
  }

  private let machine: [String: Attribute] = [
    "coefficients": .floats([0.5, -0.4]), "rho": .floats([0.1]), "support_vectors": .floats([0.3, -0.6]),
    "vectors_per_class": .ints([1, 1]), "kernel_type": .string("RBF"), "kernel_params": .floats([0.5, 0, 3]),
    "classlabels_ints": .ints([10, 20]),
  ]

  @Test func vectorClassifier() throws {
    func tries(_ more: [String: Attribute], _ z: [Double]) throws {
      try OperatorSetTests.tries(
        "SVMClassifier", 1, machine.merging(more) { $1 }, [x],
        gives: [int64s([20, 10]), floats(z, [2, 2])], domain: ml,
        tolerance: 2e-4)
    }
    try tries([:], [0.05447, -0.05447, -0.38014, 0.38014])
    try tries(["post_transform": .string("LOGISTIC")], [0.51361, 0.48639, 0.40609, 0.59391])
    try tries(["prob_a": .floats([-2]), "prob_b": .floats([0.1])], [0.44789, 0.55211, 0.65656, 0.34344])
    fails(
      "SVMClassifier", 1, machine.merging(["rho": .floats([])]) { $1 }, [x], .invalidAttribute,
      mentioning: "0 rho",
      domain: ml)
    let linear: [String: Attribute] = [
      "coefficients": .floats([0.5, 0.25, -1]), "rho": .floats([0.5]),
      "classlabels_strings": .strings(["a", "b", "c"]),
    ]
    try OperatorSetTests.tries(
      "SVMClassifier", 1, linear, [x],
      gives: [texts(["c", "a"]), floats([0, 0.25, 1.5, 1, 0.75, -0.5], [2, 3])],
      domain: ml)
  }

  @Test func vectorRegressor() throws {
    let sigmoid: [String: Attribute] = [
      "coefficients": .floats([0.5, -0.4]), "rho": .floats([0.1]), "support_vectors": .floats([0.3, -0.6]),
      "n_supports": .int(2), "kernel_type": .string("SIGMOID"), "kernel_params": .floats([0.5, 0.1, 3]),
    ]
    try tries(
      "SVMRegressor", 1, sigmoid, [x], gives: [floats([-0.07696, 0.30141], [2, 1])], domain: ml,
      tolerance: 1e-4)
    let one = sigmoid.merging(["one_class": .int(1)]) { $1 }
    try tries("SVMRegressor", 1, one, [x], gives: [floats([-1, 1], [2, 1])], domain: ml)
    let linear: [String: Attribute] = ["coefficients": .floats([0.5]), "rho": .floats([0.25])]
    try tries("SVMRegressor", 1, linear, [x], gives: [floats([-0.25, 0.75], [2, 1])], domain: ml)
  }
}
