import Avx2Kernels
import Execution
import GraphIR
import OperatorSet
import TensorCore
import VectorKernels

/// Functions of single float elements, and of pairs of them after broadcasting; chains of them go through memory once.
enum ElementwiseKernels {
  static let all = operators.map(\.kernel)

  private static let operators: [ElementwiseOperator] =
    [
      ElementwiseOperator("relu.float", for: Relu.self) { _, _ in .limits(0, .infinity) },
      map("sigmoid.float", for: Sigmoid.self, VectorKernels.logistic, Avx2Kernels.logistic),
      map("tanh.float", for: Tanh.self, VectorKernels.hyperbolicTangent, Avx2Kernels.hyperbolicTangent),
      map("exp.float", for: Exp.self, VectorKernels.exponential, Avx2Kernels.exponential),
      map("erf.float", for: Erf.self, VectorKernels.errorFunction, Avx2Kernels.errorFunction),
      map("neg.float", for: Neg.self, VectorKernels.negate, Avx2Kernels.negate),
      map("abs.float", for: Abs.self, VectorKernels.absolute, Avx2Kernels.absolute),
      map("sqrt.float", for: Sqrt.self, VectorKernels.squareRoot, Avx2Kernels.squareRoot),
      map("reciprocal.float", for: Reciprocal.self, VectorKernels.invert, Avx2Kernels.invert),
      ElementwiseOperator("leakyrelu.float", for: LeakyRelu.self) { node, _ in
        .map(variant(VectorKernels.rectifyLeakily, avx2: Avx2Kernels.rectifyLeakily), Float(node.alpha))
      },
      ElementwiseOperator("hardsigmoid.float", for: HardSigmoid.self) { node, _ in
        .map(variant(VectorKernels.ramp, avx2: Avx2Kernels.ramp), Float(node.alpha), Float(node.beta))
      },
      ElementwiseOperator("clip.float", for: Clip.self, clip),
      ElementwiseOperator("pow.float", for: Pow.self, power),
    ] + [
      ElementwiseOperator("add.float", for: Add.self) { node, _ in node.legacyBroadcast == nil ? .sum : nil },
      pair("sub.float", for: Sub.self, VectorKernels.subtract, Avx2Kernels.subtract),
      pair("mul.float", for: Mul.self, VectorKernels.multiply, Avx2Kernels.multiply),
      pair("div.float", for: Div.self, VectorKernels.divide, Avx2Kernels.divide),
      ElementwiseOperator("sum.float", for: Sum.self) { node, inputs in
        // More than two terms are rounded once by the definition, but after each addition here.
        inputs.count == 2 && node.broadcasts ? .sum : nil
      },
    ]

  private static let byDefinition = Dictionary(
    uniqueKeysWithValues: operators.map { (ObjectIdentifier($0.definition), $0) })

  /// What a link of a chain does to each element; nil where it is no such operator, or not before the run is known.
  static func function(of link: ChainLink) -> BlockFunction? {
    guard let entry = byDefinition[ObjectIdentifier(type(of: link.definition))] else { return nil }
    return entry.function(link.definition, ElementwiseInputs(link.site))
  }

  private static func map<Definition: Operator>(
    _ name: String, for definition: Definition.Type, _ portable: @escaping BlockMap,
    _ avx2: @escaping BlockMap
  ) -> ElementwiseOperator {
    let function = BlockFunction.map(variant(portable, avx2: avx2))
    return ElementwiseOperator(name, for: definition) { _, _ in function }
  }

  private static func pair<Definition: Operator & BroadcastOperator>(
    _ name: String, for definition: Definition.Type, _ portable: @escaping BlockPairMap,
    _ avx2: @escaping BlockPairMap
  ) -> ElementwiseOperator {
    let function = BlockFunction.pair(variant(portable, avx2: avx2))
    return ElementwiseOperator(name, for: definition) { node, _ in
      node.legacyBroadcast == nil ? function : nil
    }
  }

  private static func clip(_ clip: Clip, _ inputs: ElementwiseInputs) -> BlockFunction? {
    func bound(_ position: Int, _ attribute: Float) -> Float? {
      guard let isGiven = inputs.isGiven(position) else { return nil }
      return isGiven ? inputs.scalar(position).map { Float($0) } : attribute
    }
    guard let low = bound(1, clip.attributeBounds?.min ?? -.infinity),
      let high = bound(2, clip.attributeBounds?.max ?? .infinity), !low.isNaN, !high.isNaN
    else { return nil }
    return .limits(low, high)
  }

  /// The powers that networks use: squares and cubes.
  private static func power(_: Pow, _ inputs: ElementwiseInputs) -> BlockFunction? {
    switch inputs.scalar(1) {
    case 2: .map(variant(VectorKernels.square, avx2: Avx2Kernels.square))
    case 3: .map(variant(VectorKernels.cube, avx2: Avx2Kernels.cube))
    default: nil
    }
  }
}
