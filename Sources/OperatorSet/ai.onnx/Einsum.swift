import GraphIR
import TensorCore

/// # Einsum
///
/// Products of elements of several tensors, summed over the axes that the output does not name.
///
///     Output[output labels] = Σ over the other labels  Π Inputs[p][labels of p]
///
/// - Inputs: `Inputs` (T), variadic: as many as the equation has terms.
/// - Outputs: `Output` (T): an axis for each label of the output's term.
/// - Attributes: `equation`: terms of letters, divided by commas, and after `->` the output's term; without
///   it the letters that stand once, in the order of their codes. A letter twice in a term means a diagonal.
///   `...` stands for axes that broadcast, as many in each term; blanks are ignored.
/// - Types: T is float16, float, double or any integer of a byte or more; also bfloat16 from 28.
/// - Errors: an equation that is none; ranks that do not fit; a label with two extents, neither of them 1.
/// - Versions: 12, 28 (bfloat16).
/// - Source: onnx/defs/math/defs.cc, old.cc.
/// - Notes: TSN-0027 (extents of 1 broadcast for letters too; an ellipsis missing in the output is summed
///   over).
package struct Einsum: Operator {
  private static let version12 = OperatorVersion(
    since: 12, inputs: [.variadic("Inputs", "T")], outputs: [.single("Output", "T")],
    attributes: [.required("equation", .string)], types: ["T": .integers | .ieeeFloats])
  private static let version28 = version12.then(since: 28, "bfloat16", types: ["T": .integers | .floats])
  package static let schema = OperatorSchema("Einsum", versions: [version12, version28])

  package var rounding: Rounding { .sumOfProducts }

  let equation: EinsumEquation

  package init(_ node: NodeAttributes) throws { equation = try EinsumEquation(node.string("equation")) }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let facts = try inputs.variadic()
    guard let type = facts.lazy.compactMap(\.elementType).first else { return [.unknown] }
    let shapes = facts.compactMap(\.dims)
    guard shapes.count == facts.count else { return [.tensor(type, nil)] }
    let (operands, output) = try equation.labels(ranks: shapes.map(\.count))
    var dims: [EinsumEquation.Label: Dim] = [:]
    for (label, dim) in zip(operands.joined(), shapes.joined()) {
      dims[label] = try broadcastDims([[dims[label] ?? 1], [dim]])?.first
    }
    return [.tensor(type, output.map { dims[$0] ?? 1 })]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let body = try sumOfProducts(inputs.tensors())
    guard let type = body.tensors.first?.elementType else { return [] }
    return [.tensor(try type.inWideNumbers(body))]
  }

  /// The sum that the equation means for tensors of these shapes.
  func sumOfProducts(_ tensors: [Tensor]) throws -> SumOfProducts {
    let (operands, output) = try equation.labels(ranks: tensors.map(\.rank))
    var extents: [EinsumEquation.Label: Int] = [:]
    for (labels, tensor) in zip(operands, tensors) {
      for (label, extent) in zip(labels, tensor.shape) {
        extents[label] = try broadcastShape([[extents[label] ?? 1], [extent]]).first
      }
    }
    var summed: [EinsumEquation.Label] = []
    for label in operands.joined() where !output.contains(label) && !summed.contains(label) {
      summed.append(label)
    }
    let shape = output.map { extents[$0] ?? 1 }
    _ = try elementCount(shape)
    return SumOfProducts(
      tensors: tensors, shape: shape, summedShape: summed.map { extents[$0] ?? 1 },
      outputStrides: zip(operands, tensors).map { strides(of: $1, $0, along: output) },
      summedStrides: zip(operands, tensors).map { strides(of: $1, $0, along: summed) })
  }

  /// How far each label moves through an operand: the strides of all its axes of that label together; an axis
  /// of extent 1 does not move.
  private func strides(
    of tensor: Tensor, _ labels: [EinsumEquation.Label], along wanted: [EinsumEquation.Label]
  ) -> [Int] {
    let strides = rowMajorStrides(tensor.shape)
    return wanted.map { label in
      labels.indices.reduce(0) { $0 + (labels[$1] == label && tensor.shape[$1] != 1 ? strides[$1] : 0) }
    }
  }
}

/// An output cell is the sum, over the labels that it lacks, of products of one element of each operand.
struct SumOfProducts: WideBody {
  let tensors: [Tensor]
  let shape: [Int]
  let summedShape: [Int]
  let outputStrides: [[Int]]
  let summedStrides: [[Int]]

  func run<W: WideNumber>(_: W.Type) throws -> Tensor {
    let operands = tensors.map { W.elements(of: $0) }
    var y: [W] = []
    try forEachIndex(shape) { o in
      let starts = outputStrides.map { zip($0, o).reduce(0) { $0 + $1.0 * $1.1 } }
      var sum = WideSum<W>()
      try forEachIndex(summedShape, spending: operands.count) { s in
        var product = W.one
        for (p, operand) in operands.enumerated() {
          product = product &* operand[zip(summedStrides[p], s).reduce(starts[p]) { $0 + $1.0 * $1.1 }]
        }
        sum.add(product)
      }
      y.append(sum.value)
    }
    return Tensor(tensors[0].elementType, shape: shape, wide: y)
  }
}
