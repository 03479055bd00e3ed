import GraphIR
import TensorCore

/// An operator that only moves elements: each element of an output is an element of some input, or a
/// constant. An element of an input takes the sum of dL/dy over all places that it went to.
protocol Movement: Differentiable {
  /// The inputs whose elements are moved, among `count` inputs.
  func movedInputs(_ count: Int) -> [Int]
  /// This operator, filling places that take no input's element with zeros.
  var fillingZeros: Self { get }
}

extension Movement {
  func movedInputs(_ count: Int) -> [Int] { [0] }
  var fillingZeros: Self { self }

  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] {
    let moved = movedInputs(node.inputs.count).filter { node.inputs[$0] != nil }
    // The definition moves the elements' numbers, from 1 on; so each place says itself what went there.
    var values = (0..<node.inputs.count).map { node.inputs[$0] }
    var next = 1
    for index in moved {
      let input = try node.inputs.tensor(index)
      values[index] = .tensor(Tensor(int64: Array(next..<(next + input.count)), shape: input.shape))
      next += input.count
    }
    let numbers = try fillingZeros.evaluate(Inputs(values, parameters: []), node.context)
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: next)
    for (output, value) in numbers.enumerated() {
      guard let dY = node.gradient(output), case .tensor(let origins) = value else { continue }
      try zip(origins.ints(), dY.doubles()).forEach(spending: 1) { sums[$0].add($1) }
    }
    var gradients = [Tensor?](repeating: nil, count: node.inputs.count)
    next = 1
    for index in moved {
      let input = try node.inputs.tensor(index)
      gradients[index] = .gradient(sums[next..<(next + input.count)].map(\.value), input.shape)
      next += input.count
    }
    return gradients
  }
}

// MARK: - Other shapes and orders

extension Identity: Movement {}
extension Reshape: Movement {}
extension Flatten: Movement {}
extension Squeeze: Movement {}
extension Unsqueeze: Movement {}
extension Transpose: Movement {}
extension DepthToSpace: Movement {}
extension SpaceToDepth: Movement {}
extension ReverseSequence: Movement {}

// MARK: - Parts, and parts put together

extension Slice: Movement {}
extension Split: Movement {}
extension Gather: Movement {}
extension GatherElements: Movement {}
extension GatherND: Movement {}
extension Compress: Movement {}
extension Trilu: Movement {}
extension MaxUnpool: Movement {}
extension CenterCropPad: Movement {}

extension Concat: Movement {
  func movedInputs(_ count: Int) -> [Int] { Array(0..<count) }
}

extension Where: Movement {
  func movedInputs(_ count: Int) -> [Int] { [1, 2] }
}

extension OneHot: Movement {
  func movedInputs(_ count: Int) -> [Int] { [2] }
}

extension TensorScatter: Movement {
  func movedInputs(_ count: Int) -> [Int] { [0, 1] }
}

// MARK: - Repetitions

extension Expand: Movement {}
extension Tile: Movement {}

extension Pad: Movement {
  /// The data, and from 11 on the number that it is padded with.
  func movedInputs(_ count: Int) -> [Int] { padsAttribute == nil ? [0, 2] : [0] }

  var fillingZeros: Pad {
    var pad = self
    pad.value = nil
    return pad
  }
}

// MARK: - Operators that take of an input its shape alone

/// An operator whose output does not depend on the elements of its floating inputs.
protocol ShapeOnly: Differentiable {}

extension ShapeOnly {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] { [] }
}

extension EyeLike: ShapeOnly {}
extension RandomNormalLike: ShapeOnly {}
extension RandomUniformLike: ShapeOnly {}

// MARK: - Casts

extension Cast: Differentiable {
  /// A cast between floating types hands the gradient on: rounding counts as no change.
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] { [node.gradient()] }
}

extension CastLike: Differentiable {
  package func inputGradients(_ node: Evaluation) throws -> [Tensor?] { [node.gradient()] }
}
