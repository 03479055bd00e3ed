import GraphIR
import OperatorSet
import TensorCore
import TestSupport
import Testing

@testable import Execution
@testable import FastKernels

/// Operators that one kernel computes together give the bits that they give one by one.
@Suite struct ChainTests {
  private static let trials = 300

  /// A random graph: an operator at the front, and others behind it that work element by element.
  private struct Case {
    var nodes: [Node] = []
    var inputs: [(name: String, tensor: Tensor)] = []
    var constants: [Initializer] = []
    let shape: [Int]

    /// - Parameter front: the operator that the chain begins with.
    init(_ front: String, _ random: inout SplitMix) {
      let (m, k, n) = (1 + random.below(40), 1 + random.below(300), 1 + random.below(300))
      switch front {
      case "MatMul":
        let batch = random.happens(50) ? [] : [1 + random.below(3)]
        shape = batch + [m, n]
        inputs.append(("x", random.tensor(batch + [m, k], isTame: true)))
        constants.append(Initializer(name: "w", tensor: random.tensor([k, n], isTame: true)))
        nodes.append(Node("MatMul", inputs: ["x", "w"], outputs: ["v0"]))
      case "Gemm":
        shape = [m, n]
        let isTransposed = random.happens(50)
        inputs.append(("x", random.tensor([m, k], isTame: true)))
        constants.append(
          Initializer(name: "w", tensor: random.tensor(isTransposed ? [n, k] : [k, n], isTame: true)))
        constants.append(Initializer(name: "c", tensor: random.tensor([n], isTame: true)))
        nodes.append(
          Node(
            "Gemm", inputs: ["x", "w", "c"], outputs: ["v0"],
            attributes: [NamedAttribute("transB", .int(isTransposed ? 1 : 0))]))
      case "DequantizeLinear":
        shape = [m, n]
        let isBlocked = random.happens(50)
        let blocks = [isBlocked ? (k + 31) / 32 : 1, n]
        let scaleShape = isBlocked ? blocks : random.one(of: [[], [n]])
        let type = random.one(of: [ElementType.int8, .uint8, .int4, .uint4])
        inputs.append(("x", random.tensor([m, k], isTame: true)))
        constants.append(Initializer(name: "q", tensor: random.integers(type, [k, n])))
        constants.append(Initializer(name: "s", tensor: random.scales(scaleShape, isTame: true)))
        constants.append(Initializer(name: "z", tensor: random.integers(type, scaleShape)))
        let attributes = [
          NamedAttribute("axis", .int(isBlocked ? 0 : 1)),
          NamedAttribute("block_size", .int(isBlocked ? 32 : 0)),
        ]
        let names = random.happens(50) ? ["q", "s", "z"] : ["q", "s"]
        nodes.append(Node("DequantizeLinear", inputs: names, outputs: ["w"], attributes: attributes))
        nodes.append(Node("MatMul", inputs: ["x", "w"], outputs: ["v0"]))
      case "Conv":
        let (channels, filters) = (1 + random.below(20), 1 + random.below(20))
        let isDepthwise = random.happens(40)
        let extents = [7 + random.below(20), 7 + random.below(20)]
        shape = [1 + random.below(2), isDepthwise ? channels : filters] + extents
        inputs.append(("x", random.tensor([shape[0], channels] + extents, isTame: true)))
        let weights = random.tensor([shape[1], isDepthwise ? 1 : channels, 3, 3], isTame: true)
        constants.append(Initializer(name: "w", tensor: weights))
        constants.append(Initializer(name: "c", tensor: random.tensor([shape[1]], isTame: true)))
        nodes.append(
          Node(
            "Conv", inputs: ["x", "w", "c"], outputs: ["v0"],
            attributes: [
              NamedAttribute("pads", .ints([1, 1, 1, 1])),
              NamedAttribute("group", .int(isDepthwise ? channels : 1)),
            ]))
      default:
        shape = random.shape(rank: 0...4, upTo: 20)
        inputs.append(("x", random.tensor(shape)))
        nodes.append(Node(front, inputs: ["x"], outputs: ["v0"]))
      }
      for link in 1...(1 + random.below(7)) { append(link, &random) }
    }

    private mutating func append(_ link: Int, _ random: inout SplitMix) {
      let value = "v\(link - 1)"
      let output = "v\(link)"
      switch random.below(10) {
      case 0...4:
        // The other operand is a value from before, an input, or a constant; the result stays as large as it is.
        let other = "o\(link)"
        let isEarlier = random.happens(30)
        if !isEarlier {
          let operand = random.tensor(random.broadcastable(shape))
          if random.happens(50) {
            inputs.append((other, operand))
          } else {
            constants.append(Initializer(name: other, tensor: operand))
          }
        }
        var operands = [value, isEarlier ? "v\(random.below(link))" : other]
        if random.happens(50) { operands.reverse() }
        nodes.append(Node(random.one(of: ["Add", "Sub", "Mul", "Div"]), inputs: operands, outputs: [output]))
      case 5:
        constants.append(Initializer(name: "low\(link)", tensor: Tensor(floats: [-0.5], shape: [])))
        nodes.append(Node("Clip", inputs: [value, "low\(link)"], outputs: [output]))
      case 6:
        nodes.append(
          Node(
            "LeakyRelu", inputs: [value], outputs: [output],
            attributes: [NamedAttribute("alpha", .float(0.3))]))
      default:
        nodes.append(
          Node(
            random.one(of: ["Relu", "Sigmoid", "Tanh", "Erf", "Neg", "Sqrt"]), inputs: [value],
            outputs: [output]))
      }
    }

    var last: String { nodes[nodes.count - 1].outputs[0] }

    func session() throws -> Session {
      let graph = Graph(
        name: "g", nodes: nodes,
        inputs: inputs.map { ValueInfo(name: $0.name, type: Value.tensor($0.tensor).type) },
        outputs: [ValueInfo(name: last, type: nil)], initializers: constants)
      let model = Model(irVersion: 10, opsetImports: [OpsetImport(domain: "", version: 21)], graph: graph)
      return try Session(model, options: SessionOptions(kernels: .all, graphOptimizationLevel: .none))
    }
  }

  @Test(arguments: ["MatMul", "Gemm", "DequantizeLinear", "Conv", "Relu", "Exp"])
  func chainsChangeNoBit(front: String) throws {
    var random = SplitMix(seed: front.utf8.reduce(3) { $0 &* 31 &+ UInt64($1) })
    var chained = 0
    for _ in 0..<Self.trials {
      let trial = Case(front, &random)
      let session = try trial.session()
      var feeds = NamedValues()
      for (name, tensor) in trial.inputs { feeds[name] = .tensor(tensor) }
      let profile = RunProfile()
      var options = RunOptions()
      options.profile = profile
      let together = try session.run(feeds, options: options)
      if profile.entries.contains(where: { $0.opType.contains("+") }) { chained += 1 }
      // Whoever wants to see what is between takes the steps one by one.
      let apart = try session.run(feeds, fetching: trial.nodes.flatMap(\.outputs))
      #expect(try bits(together[trial.last]) == bits(apart[trial.last]), "\(trial.nodes)")
    }
    #expect(chained > Self.trials / 3, "\(chained) of \(Self.trials) were computed together")
  }

  private func bits(_ value: Value?) throws -> [UInt32] {
    guard case .tensor(let tensor)? = value else { throw OperatorError(.internalError, "no tensor") }
    // What a NaN says of itself is nobody's affair.
    return tensor.withElements(Float.self) { $0.map { $0.isNaN ? 0x7FC0_0000 : $0.bitPattern } }
  }
}
