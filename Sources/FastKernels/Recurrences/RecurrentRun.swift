import Execution
import OperatorSet
import TensorCore

/// One run of a layer: its directions and some sequences at a time are walked by themselves, with nothing to wait for.
struct RecurrentRun {
  let inputs: RecurrentInputs
  let weights: RecurrentWeights
  /// Those of each direction.
  let cells: [RecurrentCell]
  let clip: Float

  /// Sequences that are walked together: two tiles of a product.
  private static let rowsPerWalk = 12
  /// Multiplications in a step that are worth a part of their own, where there is but one walk.
  private static let worthwhile = 1 << 16

  init(_ inputs: RecurrentInputs, _ weights: RecurrentWeights, _ cells: [RecurrentCell], clip: Float) {
    (self.inputs, self.weights, self.cells, self.clip) = (inputs, weights, cells, clip)
  }

  private var extents: RecurrentExtents { inputs.extents }

  func outputs(_ context: KernelContext) throws -> [Value]? {
    let rows = min(extents.batch, Self.rowsPerWalk)
    let walksPerDirection = (extents.batch + rows - 1) / rows
    let walks = walksPerDirection * extents.directions
    let parts = walks > 1 ? 1 : partsOfStep(rows)
    let (bytesY, bytesState) = (try byteCount(extents.shapeY), try byteCount(extents.stateShape))
    let (Y, H, C) = (
      Storage(byteCount: bytesY), Storage(byteCount: bytesState), Storage(byteCount: bytesState)
    )
    let plan = WalkPlan(extents, rows: rows, longest: inputs.lengths.max() ?? 0, parts: parts)
    try weights.withPanels(extents) { panels in
      try withPointers(Y, H, C) { pointers in
        try context.forEachChunk(walks, scratch: plan.floats) { walk, scratch in
          let (d, first) = (walk / walksPerDirection, walk % walksPerDirection * rows)
          RecurrentWalk(
            self, direction: d, sequences: first..<min(first + rows, extents.batch), plan, pointers,
            panels: panels + d * RecurrentWeights.count(extents), scratch: scratch, context
          ).run()
        }
      }
    }
    let states = cells[0].hasCellState ? [H, C] : [H]
    return [.tensor(Tensor(.float, shape: extents.shapeY, storage: Y))]
      + states.map { .tensor(Tensor(.float, shape: extents.stateShape, storage: $0)) }
  }

  private func byteCount(_ shape: [Int]) throws -> Int {
    try elementCount(shape) * MemoryLayout<Float>.stride
  }

  private func partsOfStep(_ rows: Int) -> Int {
    let work = rows * extents.gates * extents.units * extents.hidden
    return max(1, min(extents.units / PackedMatrix.panelColumns, work / Self.worthwhile))
  }

  /// The elements of all inputs and outputs.
  private func withPointers(
    _ Y: Storage, _ H: Storage, _ C: Storage, _ body: (RecurrentPointers) throws -> Void
  ) throws {
    try inputs.X.withFloats { x in
      try withOptional(inputs.B) { b in
        try withOptional(inputs.initialH) { h in
          try withOptional(inputs.initialC) { c in
            try withOptional(inputs.P) { p in
              try withExtendedLifetime((Y, H, C)) {
                let targets = [Y, H, C].map { $0.base.assumingMemoryBound(to: Float.self) }
                try body(
                  RecurrentPointers(
                    X: x, B: b, initialH: h, initialC: c, P: p, Y: targets[0], lastH: targets[1],
                    lastC: targets[2]))
              }
            }
          }
        }
      }
    }
  }

  private func withOptional(_ tensor: Tensor?, _ body: (UnsafePointer<Float>?) throws -> Void) throws {
    guard let tensor else { return try body(nil) }
    try tensor.withFloats { try body($0) }
  }
}
