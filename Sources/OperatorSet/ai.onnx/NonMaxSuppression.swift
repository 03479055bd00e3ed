import GraphIR
import TensorCore

/// # NonMaxSuppression
///
/// Picks boxes by falling score, and drops those that overlap a picked one too much.
///
///     for each batch and class: repeat  pick the box of the highest score;
///                                       drop every box with IoU(box, picked) > iou_threshold
///
/// - Inputs: `boxes` (tensor(float)): [batch, boxes, 4]. `scores` (tensor(float)): [batch, classes, boxes].
///   `max_output_boxes_per_class` (tensor(int64)), optional: how many to pick at most, by default none.
///   `iou_threshold` (tensor(float)), optional: in 0…1, by default 0. `score_threshold` (tensor(float)),
///   optional: only boxes of a higher score are looked at.
/// - Outputs: `selected_indices` (tensor(int64)): [selected, 3], rows of batch, class and box, in the order
///   of batch and class, then of picking.
/// - Attributes: `center_point_box`: 0 means boxes [y1, x1, y2, x2] by any two opposite corners, 1 means
///   [x_center, y_center, width, height].
/// - Types: float and int64 only.
/// - Errors: shapes that do not fit together; `iou_threshold` outside 0…1.
/// - Versions: 10, 11 (clearer words).
/// - Source: onnx/defs/object_detection/defs.cc, old.cc.
/// - Notes: TSN-0017 (strictly more than the threshold, compared in float; equal scores: the lower index
///   first; boxes of no area overlap nothing).
package struct NonMaxSuppression: Operator {
  private static let version10 = OperatorVersion(
    since: 10,
    inputs: [
      .single("boxes", "tensor(float)"), .single("scores", "tensor(float)"),
      .optional("max_output_boxes_per_class", "tensor(int64)"), .optional("iou_threshold", "tensor(float)"),
      .optional("score_threshold", "tensor(float)"),
    ],
    outputs: [.single("selected_indices", "tensor(int64)")], attributes: [.int("center_point_box", 0)])
  private static let version11 = version10.then(since: 11, "clearer words")
  package static let schema = OperatorSchema("NonMaxSuppression", versions: [version10, version11])

  package let isCentered: Bool

  package init(_ node: NodeAttributes) throws { isCentered = try node.flag("center_point_box") }

  package func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    for index in 0...1 {
      if let rank = try inputs.required(index).rank, rank != 3 {
        throw OperatorError(.invalidShape, "\(inputs.name(index)) has rank \(rank), but must have rank 3")
      }
    }
    return [.tensor(.int64, [.unknown, 3])]
  }

  package func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let (boxes, scores) = (try inputs.tensor(0), try inputs.tensor(1))
    guard boxes.rank == 3, scores.rank == 3, boxes.shape[2] == 4, boxes.shape[0] == scores.shape[0],
      boxes.shape[1] == scores.shape[2]
    else {
      throw OperatorError(
        .invalidShape,
        "boxes \(boxes.shape) must be [batch, boxes, 4] and scores \(scores.shape) "
          + "[batch, classes, boxes]")
    }
    let limit: Int64 = try inputs[2] == nil ? 0 : inputs.scalar(2)
    let threshold: Double = try inputs[3] == nil ? 0 : inputs.scalar(3)
    let leastScore: Double? = try inputs[4] == nil ? nil : inputs.scalar(4)
    guard threshold >= 0, threshold <= 1 else {
      throw OperatorError(.invalidValue, "iou_threshold is \(threshold), but must lie in 0…1")
    }
    let corners = boxes.doubles()
    let score = scores.doubles()
    let count = boxes.shape[1]
    var selected: [Int64] = []
    for batch in 0..<boxes.shape[0] {
      let candidates = (0..<count).map { box(corners, (batch * count + $0) * 4) }
      for label in 0..<scores.shape[1] {
        try Work.spend(count)
        let row = (batch * scores.shape[1] + label) * count
        let order = try byFallingScore(Array(score[row..<(row + count)]), above: leastScore)
        for box in try picked(order, candidates, threshold: threshold, limit: Int(limit)) {
          selected += [Int64(batch), Int64(label), Int64(box)]
        }
      }
    }
    return [.tensor(Tensor(.int64, shape: [selected.count / 3, 3], wrapping: selected))]
  }

  /// The boxes of a score above the least, the highest first; of equal scores the lower index first.
  private func byFallingScore(_ score: [Double], above least: Double?) throws -> [Int] {
    var work = Work()
    let candidates = score.indices.filter { isAbove(score[$0], least) }
    let key = score.map { $0.isNaN ? -.infinity : $0 }
    return try candidates.sorted { a, b in
      try work.spend(1)
      return key[a] == key[b] ? a < b : key[a] > key[b]
    }
  }

  private func isAbove(_ score: Double, _ least: Double?) -> Bool { least.map { score > $0 } ?? true }

  private func picked(_ order: [Int], _ boxes: [Box], threshold: Double, limit: Int) throws -> [Int] {
    var work = Work()
    var picked: [Int] = []
    for candidate in order where picked.count < limit {
      try work.spend(1 + picked.count)
      let overlaps = picked.contains { Double(Float(boxes[candidate].overlap(boxes[$0]))) > threshold }
      if !overlaps { picked.append(candidate) }
    }
    return picked
  }

  private func box(_ numbers: [Double], _ at: Int) -> Box {
    let (a, b, c, d) = (numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3])
    if isCentered { return Box(y: (b - d / 2, b + d / 2), x: (a - c / 2, a + c / 2)) }
    return Box(y: (min(a, c), max(a, c)), x: (min(b, d), max(b, d)))
  }
}

/// A rectangle with sides along the axes.
private struct Box {
  let y: (low: Double, high: Double)
  let x: (low: Double, high: Double)

  var area: Double { (y.high - y.low) * (x.high - x.low) }

  /// Intersection over union; 0 where either box has no area.
  func overlap(_ other: Box) -> Double {
    let height = min(y.high, other.y.high) - max(y.low, other.y.low)
    let width = min(x.high, other.x.high) - max(x.low, other.x.low)
    guard height > 0, width > 0, area > 0, other.area > 0 else { return 0 }
    return height * width / (area + other.area - height * width)
  }
}
