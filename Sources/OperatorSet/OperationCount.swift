import GraphIR
import TensorCore

extension Operator {
  /// About how many arithmetic operations a node takes, extents that are not known taken as 1: two for each
  /// product of a sum, none where elements are moved, selected or compared, and else one for each element of the
  /// largest value.
  package func operationCount(_ inputs: Inputs<Fact>, _ outputs: [Fact]) -> Double {
    if let products = productCount(inputs, outputs.first ?? .unknown) { return 2 * products }
    guard rounding != .none else { return 0 }
    let given = (0..<inputs.count).compactMap { inputs[$0]?.size }
    return (given + outputs.map(\.size)).max() ?? 0
  }

  /// About how many products the operators take whose work is to multiply and add; nil for others.
  private func productCount(_ inputs: Inputs<Fact>, _ output: Fact) -> Double? {
    func input(_ index: Int) -> Fact { inputs[index] ?? .unknown }
    switch self {
    case is MatMul, is MatMulInteger, is QLinearMatMul: return output.size * input(0).extent(-1)
    case let gemm as Gemm: return output.size * input(0).extent(gemm.transposesA ? 0 : 1)
    case is Conv, is ConvInteger, is DeformConv: return output.size * input(1).sizeBesidesFirst
    case is QLinearConv: return output.size * input(3).sizeBesidesFirst
    // Each cell of X, [N, C, …], is spread by the weights [C, M/group, K1, …].
    case is ConvTranspose: return input(0).size * input(1).sizeBesidesFirst
    // The scores of all queries and keys, and the values that they weigh.
    case is Attention: return (input(0).size + output.size) * input(1).extent(-2)
    // Every step of every sequence, X [L, N, I] in either layout, takes all weights W and R once.
    case is RNN, is GRU, is LSTM:
      return input(0).extent(0) * input(0).extent(1) * (input(1).size + input(2).size)
    default: return nil
    }
  }
}

extension Fact {
  /// The number of elements, extents that are not known taken as 1.
  fileprivate var size: Double { (dims ?? []).reduce(1) { $0 * Double($1.number ?? 1) } }

  /// The number of elements for each step along the first axis.
  fileprivate var sizeBesidesFirst: Double {
    (dims ?? []).dropFirst().reduce(1) { $0 * Double($1.number ?? 1) }
  }

  /// An extent, 1 where it is not known; negative axes count from the end.
  fileprivate func extent(_ axis: Int) -> Double {
    guard let dims, dims.indices.contains(axis < 0 ? axis + dims.count : axis) else { return 1 }
    return Double(dims[axis < 0 ? axis + dims.count : axis].number ?? 1)
  }
}
