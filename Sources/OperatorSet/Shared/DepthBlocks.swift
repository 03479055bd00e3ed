import GraphIR
import TensorCore

/// In which order the channels of a block lie: blocks outermost (DCR) or channels outermost (CRD).
enum DepthOrder: String, CaseIterable, Sendable { case DCR, CRD }

/// Reads `blocksize`, which must be positive.
func blockSize(_ node: NodeAttributes) throws -> Int {
  let size = try node.int("blocksize")
  guard size > 0, size < 1 << 31 else {
    throw OperatorError(.invalidAttribute, "blocksize is \(size), but must be a positive 32-bit number")
  }
  return size
}

/// Checks that a tensor is [N, C, H, W].
func checkImageRank(_ rank: Int) throws {
  guard rank == 4 else {
    throw OperatorError(.invalidShape, "input has rank \(rank), but needs [N, C, H, W]")
  }
}

/// An extent divided by a number that must divide it; an unknown extent stays unknown.
func exactQuotient(_ extent: Dim, _ divisor: Int, name: String) throws -> Dim {
  guard let number = extent.number else { return .unknown }
  guard number % divisor == 0 else {
    throw OperatorError(.invalidShape, "\(name) is \(number), but must be a multiple of \(divisor)")
  }
  return .value(number / divisor)
}
