import GraphIR
import TensorCore

/// Which side of a matrix product an operand stands on: its scales go by row or by column.
enum MatrixSide {
  case left, right
}

/// A scale or zero point of a matrix operand, spread over `shape` […, M, N]: one number, one for each row of
/// the left or column of the right operand, or […, M, 1] and […, 1, N] with stacks.
func spreadOverMatrix(_ parameter: Tensor, _ side: MatrixSide, over shape: [Int], name: String) throws
  -> [Double]
{
  let aligned: Tensor
  if parameter.count == 1, parameter.rank <= 1 {
    aligned = parameter.reshaped([])
  } else if parameter.rank == 1, side == .left {
    aligned = parameter.reshaped([parameter.count, 1])
  } else {
    aligned = parameter
  }
  guard try aligned.rank <= shape.count && broadcastShape([aligned.shape, shape]) == shape else {
    throw OperatorError(
      .invalidShape, "\(name) has shape \(parameter.shape), which does not fit a matrix of shape \(shape)")
  }
  return aligned.broadcast(to: shape).doubles()
}

/// The elements of a matrix operand less their zero points; exact.
func shifted(_ operand: Tensor, _ zeroPoint: Tensor?, _ side: MatrixSide, name: String) throws -> [Double] {
  let x = operand.doubles()
  guard let zeroPoint else { return x }
  let zeroPoints = try spreadOverMatrix(zeroPoint, side, over: operand.shape, name: name)
  return try zip(x, zeroPoints).map(spending: 1) { $0 - $1 }
}

/// The filters of a quantized convolution, [M, …], less their zero points: one, or one for each filter.
func shiftedFilters(_ W: Tensor, _ zeroPoint: Tensor?, name: String) throws -> [Double] {
  guard let zeroPoint else { return W.doubles() }
  let zeroPoints = try perFilter(zeroPoint, filters: W.shape.first ?? 0, name: name)
  let size = max(W.shape.dropFirst().product, 1)
  return try W.doubles().enumerated().map(spending: 1) { $1 - zeroPoints[$0 / size] }
}

/// A parameter given once, or once for each filter.
func perFilter(_ parameter: Tensor, filters: Int, name: String) throws -> [Double] {
  let values = parameter.doubles()
  if let value = values.first, values.count == 1 { return [Double](repeating: value, count: filters) }
  guard values.count == filters, parameter.rank == 1 else {
    throw OperatorError(
      .invalidShape, "\(name) has shape \(parameter.shape), but must hold one element or \(filters)")
  }
  return values
}
