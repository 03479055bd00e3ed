import GraphIR
import TensorCore
import Testing

@testable import Verification

/// Pairs of models and what they are to each other. Expected verdicts: by hand.
@Suite struct VerificationTests {
  private static func model(
    _ nodes: [Node], _ type: ElementType = .float, x: [Dim] = [2, 3], inputs: [String] = ["x"],
    outputs: [String] = ["y"], constants: [String: Tensor] = [:]
  ) -> Model {
    let graph = Graph(
      name: "g", nodes: nodes, inputs: inputs.map { ValueInfo(name: $0, type: .tensor(type, x)) },
      outputs: outputs.map { ValueInfo(name: $0, type: nil) },
      initializers: constants.sorted { $0.key < $1.key }.map { Initializer(name: $0.key, tensor: $0.value) })
    return Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 21)], graph: graph)
  }

  private static func node(
    _ opType: String, _ inputs: [String], _ outputs: [String] = ["y"], _ attributes: [NamedAttribute] = []
  ) -> Node {
    Node(opType, inputs: inputs, outputs: outputs, attributes: attributes)
  }

  private static let weights = Tensor(floats: (0..<12).map { Float($0 * $0) / 7 - 3 }, shape: [3, 4])

  private func verify(_ before: Model, _ after: Model) throws -> RewriteReport {
    try RewriteVerification(before: before, after: after).run()
  }

  @Test func theSameIsTheSame() throws {
    let model = Self.model([Self.node("Neg", ["x"])])
    let report = try verify(model, model)
    #expect(report.verdict == .sameBits && report.refusedTrials == 0)
  }

  @Test func anotherOrderOfProductsIsRounding() throws {
    let scaled = Tensor(floats: Self.weights.doubles().map { Float($0 * 0.3) }, shape: [3, 4])
    let before = Self.model(
      [Self.node("MatMul", ["x", "w"], ["a"]), Self.node("Mul", ["a", "c"])],
      constants: ["w": Self.weights, "c": Tensor(floats: [0.3], shape: [])])
    let after = Self.model([Self.node("MatMul", ["x", "w"])], constants: ["w": scaled])
    #expect(try verify(before, after).verdict == .withinRounding)
    let other = Tensor(floats: Self.weights.doubles().map { Float($0 * 0.30001) }, shape: [3, 4])
    let wrong = Self.model([Self.node("MatMul", ["x", "w"])], constants: ["w": other])
    #expect(try verify(before, wrong).verdict == .different)
  }

  @Test func signsOfZerosAreNotRounding() throws {
    let before = Self.model([Self.node("Add", ["x", "z"])], constants: ["z": Tensor(floats: [0], shape: [])])
    let report = try verify(before, Self.model([Self.node("Identity", ["x"])]))
    #expect(report.verdict == .different)
  }

  @Test func aDimThatMayBeOneIsTried() throws {
    let before = Self.model(
      [Self.node("Mul", ["x", "c"])], x: [.param("n")],
      constants: ["c": Tensor(floats: [1, 1, 1], shape: [3])])
    let report = try verify(before, Self.model([Self.node("Identity", ["x"])], x: [.param("n")]))
    #expect(report.verdict == .different && report.refusedTrials > 0)
  }

  /// To 3 by 0, 0 by 3 elements can go, and no others.
  @Test func anOpenDimMayBeZero() throws {
    func reshaped(_ attributes: [NamedAttribute]) -> Model {
      Self.model(
        [Self.node("Reshape", ["x", "s"], ["y"], attributes)], x: [.param("n"), 3],
        constants: ["s": Tensor(int64: [3, 0])])
    }
    let before = reshaped([NamedAttribute("allowzero", .int(1))])
    let report = try verify(before, reshaped([]))
    #expect(report.verdict == .different && report.trials == 1)
    #expect(try verify(before, before).verdict == .sameBits)
  }

  // MARK: - Numbers at which operators turn

  @Test func aReciprocalThatOverflowsIsNotRounding() throws {
    let inputs = ["x", "v"]
    let before = Self.model(
      [Self.node("Reciprocal", ["v"], ["r"]), Self.node("Mul", ["r", "x"])], x: [3], inputs: inputs)
    let after = Self.model([Self.node("Div", ["x", "v"])], x: [3], inputs: inputs)
    #expect(try verify(before, after).verdict == .different)
  }

  @Test(arguments: [ElementType.float16, .float, .double])
  func exponentialsThatOverflowAreEqual(_ type: ElementType) throws {
    let last = [NamedAttribute("axis", .int(-1))]
    let before = Self.model(
      [Self.node("Exp", ["x"], ["e"]), Self.node("ArgMax", ["e"], ["y"], last)], type)
    let after = Self.model([Self.node("ArgMax", ["x"], ["y"], last)], type)
    #expect(try verify(before, after).verdict == .different)
  }

  /// 1 + 2⁻¹¹ + 2⁻⁵² is rounded to 1 + 2⁻¹⁰ at once, and to 1 by way of float: there it is in the middle.
  @Test(arguments: [[ElementType.float16], [.float16, .double]])
  func roundingTwiceIsNotRounding(_ types: [ElementType]) throws {
    func casts(_ types: [ElementType]) -> Model {
      let names = ["x"] + types.indices.dropLast().map { "c\($0)" } + ["y"]
      let nodes = types.indices.map { index in
        Self.node(
          "Cast", [names[index]], [names[index + 1]], [NamedAttribute("to", .int(Int(types[index].rawValue)))]
        )
      }
      return Self.model(nodes, .double)
    }
    #expect(try verify(casts([.float] + types), casts(types)).verdict == .different)
  }

  // MARK: - What rounding explains

  @Test func theNoiseOfOneElementDoesNotExcuseAnother() throws {
    func scaled(_ factor: Float) -> Model {
      let factors = Tensor(floats: [1e30, factor, 1], shape: [3])
      return Self.model([Self.node("Mul", ["x", "c"])], constants: ["c": factors])
    }
    #expect(try verify(scaled(1), scaled(1.001)).verdict == .different)
  }

  /// 0.1/0.04 and 1/0.4 are ties but for rounding, which may take them either way.
  @Test func aTieThatRoundingBreaksIsRounding() throws {
    func quantized(_ scale: Float, _ nodes: [Node], _ input: String) -> Model {
      let quantize = Self.node("QuantizeLinear", [input, "s", "z"])
      let zero = Tensor(.int8, shape: [], wrapping: [0])
      return Self.model(
        nodes + [quantize],
        constants: [
          "c": Tensor(floats: [0.1], shape: []), "s": Tensor(floats: [scale], shape: []), "z": zero,
        ])
    }
    let before = quantized(0.04, [Self.node("Mul", ["x", "c"], ["a"])], "a")
    #expect(try verify(before, quantized(0.4, [], "x")).verdict != .different)
    #expect(try verify(before, quantized(0.41, [], "x")).verdict == .different)
  }

  /// Near the mean, x − m is small, and what rounding does to the shift that is joined ahead is large beside
  /// it.
  @Test func partsThatCancelAreRoundedAsParts() throws {
    let constants = [
      "s": [0.7, 1.3, 0.2], "b": [0.70001, 1.30001, 0.20001], "m": [1, 1, 1], "v": [1, 1, 1],
      "c": [0.70001 - 0.7, 1.30001 - 1.3, 0.20001 - 0.2],
    ].mapValues { (numbers: [Double]) in Tensor(floats: numbers.map { Float($0) }, shape: [3]) }
    let epsilon = [NamedAttribute("epsilon", .float(0))]
    let before = Self.model(
      [Self.node("BatchNormalization", ["x", "s", "b", "m", "v"], ["y"], epsilon)], constants: constants)
    let after = Self.model(
      [Self.node("Mul", ["x", "s"], ["a"]), Self.node("Add", ["a", "c"])], constants: constants)
    #expect(try verify(before, after).verdict == .withinRounding)
  }

  /// The same but where four times a number is too large.
  @Test func whatOverflowsInOneOrderIsRounding() throws {
    let before = Self.model(
      [Self.node("Mul", ["x", "c"], ["a"]), Self.node("Mul", ["a", "d"])],
      constants: ["c": Tensor(floats: [4], shape: []), "d": Tensor(floats: [0.25], shape: [])])
    let after = Self.model([Self.node("Identity", ["x"])])
    #expect(try verify(before, after).verdict == .withinRounding)
    #expect(try verify(before, Self.model([Self.node("Abs", ["x"])])).verdict == .different)
  }

  /// The smallest number is itself when multiplied by 0.6 and 0.8, and 0 by 0.48; and infinity makes NaN of 0.
  @Test func whatIsNoLargerThanItsErrorMayBeZero() throws {
    func product(_ factors: [Float]) -> Model {
      let names = ["v"] + factors.indices.dropLast().map { "a\($0)" } + ["b"]
      let nodes = factors.indices.map { Self.node("Mul", [names[$0], "c\($0)"], [names[$0 + 1]]) }
      let constants = factors.enumerated().map { ("c\($0)", Tensor(floats: [$1], shape: [])) }
      return Self.model(
        nodes + [Self.node("Mul", ["x", "b"])], inputs: ["x", "v"],
        constants: Dictionary(uniqueKeysWithValues: constants))
    }
    #expect(try verify(product([0.6, 0.8]), product([0.48])).verdict == .withinRounding)
    #expect(try verify(product([0.6]), product([0])).verdict == .different)
  }

  @Test func subnormalNumbersAreRoundedMore() throws {
    func scaled(_ factors: [Float]) -> Model {
      let names = ["x"] + factors.indices.dropLast().map { "a\($0)" } + ["y"]
      let nodes = factors.indices.map { Self.node("Mul", [names[$0], "c\($0)"], [names[$0 + 1]]) }
      let constants = factors.enumerated().map { ("c\($0)", Tensor(floats: [$1], shape: [])) }
      return Self.model(nodes, constants: Dictionary(uniqueKeysWithValues: constants))
    }
    #expect(
      try verify(scaled([3e-30, 7e-11, 1e29]), scaled([3e-30, 1e29, 7e-11])).verdict == .withinRounding)
    #expect(try verify(scaled([3e-30, 7e-5]), scaled([3e-30, 8e-5])).verdict == .different)
  }

  /// The loop adds 1 as often as x says.
  @Test(.timeLimit(.minutes(1))) func aLoopThatWouldNotEndIsGivenUp() throws {
    let body = Graph(
      name: "body", nodes: [Self.node("Identity", ["c"], ["d"]), Self.node("Add", ["s", "o"], ["t"])],
      inputs: ["i", "c", "s"].map { ValueInfo(name: $0, type: nil) },
      outputs: ["d", "t"].map { ValueInfo(name: $0, type: nil) })
    let nodes = [
      Self.node("Cast", ["x"], ["count"], [NamedAttribute("to", .int(Int(ElementType.int64.rawValue)))]),
      Self.node("Loop", ["count", "", "o"], ["y"], [NamedAttribute("body", .graph(body))]),
    ]
    let model = Self.model(nodes, x: [], constants: ["o": Tensor(floats: [1], shape: [])])
    let report = try verify(model, model)
    #expect(report.verdict == .sameBits && report.refusedTrials > 0)
  }

  @Test func aWrongTypeOfAnOutputIsDifferent() throws {
    func stating(_ type: ValueType?) -> Model {
      var model = Self.model([Self.node("Neg", ["x"])])
      model.graph.outputs[0].type = type
      return model
    }
    let wrong = stating(.tensor(.float, [3, 3]))
    let report = try verify(stating(.tensor(.float, [.param("n"), 3])), wrong)
    #expect(report.verdict == .different)
    #expect(try verify(stating(nil), wrong).verdict == .different)
    #expect(try verify(wrong, wrong).verdict == .sameBits)
  }

  @Test func theFirstValueThatDiffersIsNamed() throws {
    func chain(_ middle: String) -> Model {
      Self.model([Self.node("Neg", ["x"], ["a"]), Self.node(middle, ["a"], ["b"]), Self.node("Abs", ["b"])])
    }
    let report = try verify(chain("Ceil"), chain("Floor"))
    #expect(report.firstDifference?.value == "b")
    #expect(report.firstDifference?.description.hasPrefix("Floor '': ") == true)
  }

  @Test func drawsAreCounted() throws {
    let draw = { Self.node("RandomNormalLike", ["x"], [$0]) }
    let before = Self.model([draw("a"), draw("b"), Self.node("Sub", ["a", "b"])])
    let after = Self.model([draw("a"), Self.node("Sub", ["a", "a"])])
    let report = try verify(before, after)
    #expect(report.differences.contains { $0.description.contains("1 RandomNormalLike instead of") })
  }

  @Test func aModelThatIsRefusedIsDifferent() throws {
    let before = Self.model([Self.node("Neg", ["x"])])
    let report = try verify(before, Self.model([Self.node("Neg", ["q"])]))
    #expect(report.verdict == .different && report.differences[0].description.contains("refused"))
  }
}
