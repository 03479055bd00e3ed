import GraphIR
import TensorCore

/// # Crop
///
/// A rectangle of an image.
///
///     output[n, c, h, w] = input[n, c, top + h, left + w]
///
/// - Inputs: `input` (T): [N, C, H, W].
/// - Outputs: `output` (T): [N, C, height, width]; without `scale` H − top − bottom and W − left − right.
/// - Attributes: `border`: left, top, right, bottom, by default 0. `scale`: height and width; then right and
///   bottom of the border count for nothing.
/// - Types: T is float16, float or double.
/// - Errors: an input of another rank; lists of other lengths; a negative number; a rectangle that does not lie
///   in the image.
/// - Versions: 1, experimental: in ONNX's releases to 1.4.
/// - Source: onnx/defs/experiments/defs.cc of ONNX 1.4.
/// - Notes: none.
struct Crop: ExperimentalOperator {
  static let schema = OperatorSchema(
    "Crop",
    versions: [
      OperatorVersion(
        since: 1, inputs: [.single("input", "T")], outputs: [.single("output", "T")],
        attributes: [.optional("border", .ints), .optional("scale", .ints)], types: ["T": .ieeeFloats])
    ])

  var rounding: Rounding { .none }
  static let lastRelease = "1.4"

  let border: [Int]
  let scale: [Int]?

  init(_ node: NodeAttributes) throws {
    border = node.optionalInts("border") ?? [0, 0, 0, 0]
    scale = node.optionalInts("scale")
    guard border.count == 4, border.allSatisfy({ $0 >= 0 }) else {
      throw OperatorError(
        .invalidAttribute, "border is \(border), but must be four numbers that are not negative")
    }
    if let scale, scale.count != 2 || scale.contains(where: { $0 < 0 }) {
      throw OperatorError(
        .invalidAttribute, "scale is \(scale), but must be two numbers that are not negative")
    }
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    let input = try inputs.required(0)
    guard let type = input.elementType, let dims = input.dims else { return [Fact(input.type?.withoutShape)] }
    try check(rank: dims.count)
    let height = try dims[2].number.map { Dim.value(try rows(of: $0).count) }
    let width = try dims[3].number.map { Dim.value(try columns(of: $0).count) }
    return [.tensor(type, [dims[0], dims[1], height ?? .unknown, width ?? .unknown])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let input = try inputs.tensor(0)
    try check(rank: input.rank)
    let (rows, columns) = (try rows(of: input.shape[2]), try columns(of: input.shape[3]))
    let strip = input.sliced(axis: 2, start: rows.lowerBound, count: rows.count)
    return [.tensor(strip.sliced(axis: 3, start: columns.lowerBound, count: columns.count))]
  }

  private func rows(of height: Int) throws -> Range<Int> {
    try range("height", height, from: border[1], count: scale?[0], end: border[3])
  }

  private func columns(of width: Int) throws -> Range<Int> {
    try range("width", width, from: border[0], count: scale?[1], end: border[2])
  }

  private func range(_ name: String, _ extent: Int, from start: Int, count: Int?, end: Int) throws
    -> Range<Int>
  {
    let (stop, overflows) = count.map(start.addingReportingOverflow) ?? (extent - end, false)
    guard !overflows, start <= stop, stop <= extent else {
      let size = count.map { "takes \($0)" } ?? "ends \(end) before the last"
      throw OperatorError(
        .invalidShape, "the rectangle begins at \(start) and \(size), but the input has \(name) \(extent)")
    }
    return start..<stop
  }

  private func check(rank: Int) throws {
    guard rank == 4 else {
      throw OperatorError(.invalidShape, "input has rank \(rank), but must be an image [N, C, H, W]")
    }
  }
}
