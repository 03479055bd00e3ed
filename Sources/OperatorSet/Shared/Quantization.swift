import GraphIR
import TensorCore

/// How far one scale or zero point reaches: over the whole tensor, one index of an axis, or a block along it.
package struct QuantizationGranularity: Sendable {
  package let axis: Int?
  /// The length of a block; 0 where there are none.
  package let blockSize: Int

  init(_ node: NodeAttributes) throws {
    axis = node.optionalInt("axis")
    blockSize = node.optionalInt("block_size") ?? 0
    guard blockSize >= 0 else {
      throw OperatorError(.invalidAttribute, "block_size is \(blockSize), but must not be negative")
    }
  }

  /// `parameter` repeated so that each element of a tensor of `shape` has its own.
  func spread(_ parameter: Tensor, over shape: [Int], name: String) throws -> Tensor {
    if parameter.count == 1, parameter.rank <= 1 { return parameter.repeated(shape) }
    guard let axis else { throw mismatch(parameter.shape, shape, name, "one element") }
    let at = try resolveAxis(axis, rank: shape.count)
    guard blockSize > 0 else {
      guard parameter.shape == [shape[at]] else {
        throw mismatch(parameter.shape, shape, name, "the extent of axis \(at)")
      }
      return parameter.strided(shape: shape, strides: shape.indices.map { $0 == at ? 1 : 0 })
    }
    var blocks = shape
    blocks[at] = shape[at] / blockSize + (shape[at] % blockSize == 0 ? 0 : 1)
    guard parameter.shape == blocks else {
      throw mismatch(parameter.shape, shape, name, "shape \(blocks) for blocks of \(blockSize)")
    }
    let (view, blockView) = (AxisView(shape, axis: at), AxisView(blocks, axis: at))
    let positions = try (0..<shape.product).map(spending: 1) { flat in
      let (line, inner) = (flat / view.inner, flat % view.inner)
      return blockView.position(line / view.length, line % view.length / blockSize, inner)
    }
    return parameter.selecting(positions, shape: shape)
  }

  private func mismatch(_ found: [Int], _ shape: [Int], _ name: String, _ wanted: String) -> OperatorError {
    OperatorError(.invalidShape, "\(name) has shape \(found), but for an input of \(shape) needs \(wanted)")
  }
}

/// Rounds each number to `type` and reads it back.
func rounded(_ values: [Double], to type: ElementType) -> [Double] {
  type == .double ? values : Tensor(type, shape: [values.count], rounding: values).doubles()
}

/// The last step of every quantization: numbers in units of the scale become elements of a quantized type.
/// For integers they are rounded, ties to even, then shifted by the zero point, then clamped to the type's
/// range; NaN counts as 0 (TSN-0011). For floats they are shifted, then rounded.
func quantized(
  _ values: [Double], zeroPoints: [Double], _ type: ElementType, shape: [Int], saturate: Bool = true
)
  throws -> Tensor
{
  if type.isFloating {
    return Tensor(
      type, shape: shape, rounding: try zip(values, zeroPoints).map(spending: 1) { $0 + $1 },
      saturate: saturate)
  }
  let limits = type.limits(Double.self)
  let clamped = try zip(values, zeroPoints).map(spending: 1) { value, zeroPoint in
    let steps = value.isNaN ? 0 : value.rounded(.toNearestOrEven)
    return min(max(steps + zeroPoint, limits.lowest), limits.highest)
  }
  return Tensor(type, shape: shape, rounding: clamped)
}
