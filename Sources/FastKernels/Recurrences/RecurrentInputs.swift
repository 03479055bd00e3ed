import OperatorSet
import TensorCore

/// The inputs of one run, of the types and shapes that the definition asks for.
struct RecurrentInputs: Sendable {
  let X: Tensor
  let W: Tensor
  let R: Tensor
  let B: Tensor?
  let initialH: Tensor?
  let initialC: Tensor?
  let P: Tensor?
  /// How many steps each sequence of the batch has.
  let lengths: [Int]
  /// Whether the first direction begins at the end.
  let isReversed: Bool
  let extents: RecurrentExtents

  /// Nil where one is not as it must be, or where there is nothing to compute.
  init?(_ layer: RecurrentLayer, _ inputs: Inputs<Value>, hasCellState: Bool) throws {
    (X, W, R) = (try inputs.tensor(0), try inputs.tensor(1), try inputs.tensor(2))
    (B, initialH) = (try inputs.optionalTensor(3), try inputs.optionalTensor(5))
    initialC = hasCellState ? try inputs.optionalTensor(6) : nil
    P = hasCellState ? try inputs.optionalTensor(7) : nil
    guard let extents = RecurrentExtents(layer, X: X.shape, R: R.shape) else { return nil }
    self.extents = extents
    isReversed = layer.direction == .reverse
    let (directions, rows) = (extents.directions, extents.gates * extents.hidden)
    let wanted: [(Tensor?, [Int])] = [
      (X, X.shape), (W, [directions, rows, extents.input]), (R, [directions, rows, extents.hidden]),
      (B, [directions, 2 * rows]), (initialH, extents.stateShape), (initialC, extents.stateShape),
      (P, [directions, 3 * extents.hidden]),
    ]
    guard
      wanted.allSatisfy({ tensor, shape in
        tensor.map { $0.elementType == .float && $0.shape == shape } ?? true
      })
    else { return nil }
    let given = try inputs.optionalTensor(4)
    if let given, given.elementType != .int32 || given.shape != [extents.batch] { return nil }
    lengths = given?.ints() ?? [Int](repeating: extents.time, count: extents.batch)
    guard lengths.allSatisfy({ (0...extents.time).contains($0) }) else { return nil }
  }
}

/// How large everything is, and where it lies.
struct RecurrentExtents: Sendable {
  let time: Int
  let batch: Int
  let input: Int
  let hidden: Int
  let directions: Int
  let gates: Int
  let isBatchMajor: Bool

  init?(_ layer: RecurrentLayer, X: [Int], R: [Int]) {
    guard X.count == 3, R.count == 3, !X.contains(0), R[2] > 0, layer.hiddenSize.map({ $0 == R[2] }) ?? true
    else { return nil }
    isBatchMajor = layer.isBatchMajor
    (time, batch) = isBatchMajor ? (X[1], X[0]) : (X[0], X[1])
    (input, hidden) = (X[2], R[2])
    (directions, gates) = (layer.directions, layer.gates)
  }

  /// Hidden units with those that fill up the last panel.
  var units: Int {
    (hidden + PackedMatrix.panelColumns - 1) / PackedMatrix.panelColumns * PackedMatrix.panelColumns
  }

  var shapeY: [Int] {
    isBatchMajor ? [batch, time, directions, hidden] : [time, directions, batch, hidden]
  }
  var stateShape: [Int] { isBatchMajor ? [batch, directions, hidden] : [directions, batch, hidden] }

  /// Where X[t, b, :] begins.
  func rowX(_ t: Int, _ b: Int) -> Int { (isBatchMajor ? b * time + t : t * batch + b) * input }

  /// Where Y[t, d, b, :] begins.
  func rowY(_ t: Int, _ d: Int, _ b: Int) -> Int {
    (isBatchMajor ? (b * time + t) * directions + d : (t * directions + d) * batch + b) * hidden
  }

  /// Where the state of sequence `b` begins.
  func rowState(_ d: Int, _ b: Int) -> Int { (isBatchMajor ? b * directions + d : d * batch + b) * hidden }
}
