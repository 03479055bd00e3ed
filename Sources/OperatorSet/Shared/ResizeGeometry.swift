import GraphIR
import TensorCore

/// How Resize maps a cell of the output to a place in the input, along one axis.
enum CoordinateTransformation: String, CaseIterable, Sendable {
  case halfPixel = "half_pixel"
  case halfPixelSymmetric = "half_pixel_symmetric"
  case pytorchHalfPixel = "pytorch_half_pixel"
  case alignCorners = "align_corners"
  case asymmetric
  case tfHalfPixelForNN = "tf_half_pixel_for_nn"
  case tfCropAndResize = "tf_crop_and_resize"
}

/// Which neighbour a place between two cells takes.
enum NearestMode: String, CaseIterable, Sendable {
  case roundPreferFloor = "round_prefer_floor"
  case roundPreferCeil = "round_prefer_ceil"
  case floor
  case ceil

  /// The number of the cell for place `x`.
  func cell(_ x: Double) -> Double {
    switch self {
    case .roundPreferFloor: (x - 0.5).rounded(.up)
    case .roundPreferCeil: (x + 0.5).rounded(.down)
    case .floor: x.rounded(.down)
    case .ceil: x.rounded(.up)
    }
  }
}

/// Output cells per input cell, as the quotient of two numbers that are exact, so that places are divided
/// once: a place that is a whole number or a half must not fall beside it (TSN-0001).
struct ResizeScale: Sendable {
  /// Wanted cells and given cells for `sizes`; the scale and 1 for `scales`.
  let numerator: Double
  let denominator: Double

  static let one = ResizeScale(numerator: 1, denominator: 1)

  var value: Double { numerator / denominator }
}

/// One axis of a resized tensor.
struct ResizedAxis: Sendable {
  /// The extents before and after.
  let input: Int
  let output: Int
  let scale: ResizeScale
  /// The part of the input that tf_crop_and_resize takes, as fractions of it.
  var roi: (start: Double, end: Double) = (0, 1)
  /// Whether `sizes` were given: the length of a crop is then whole.
  var isSized = false

  /// The extent after resizing before it was rounded to a whole number, times `scale.denominator`: ONNX's
  /// `output_width`, and its `length_resized` (TSN-0001).
  private var exactOutput: Double { scale.numerator * Double(input) * (roi.end - roi.start) }

  /// The place in the input, in cells, that output cell `o` shows.
  func place(_ o: Int, _ transformation: CoordinateTransformation) -> Double {
    let (p, q) = (scale.numerator, scale.denominator)
    let x = Double(o)
    let lastInput = Double(input - 1)
    // (x + ½)·q/p − ½
    let halfPixel = ((2 * x + 1) * q - p) / (2 * p)
    switch transformation {
    case .halfPixel: return halfPixel
    case .halfPixelSymmetric:
      // The place of half_pixel, moved by input/2 · (1 − output / (input·p/q)).
      return (exactOutput - Double(output) * q + (2 * x + 1) * q - p) / (2 * p)
    case .pytorchHalfPixel: return exactOutput > q ? halfPixel : 0
    case .alignCorners: return exactOutput == q ? 0 : x * lastInput * q / (exactOutput - q)
    case .asymmetric: return x * q / p
    case .tfHalfPixelForNN: return (2 * x + 1) * q / (2 * p)
    case .tfCropAndResize: return croppedPlace(x)
    }
  }

  private func croppedPlace(_ x: Double) -> Double {
    let lastInput = Double(input - 1)
    let length = isSized ? Double(output) : exactOutput / scale.denominator
    guard length > 1 else { return 0.5 * (roi.start + roi.end) * lastInput }
    return roi.start * lastInput + x * (roi.end - roi.start) * lastInput / (length - 1)
  }

  /// The nearest cell for each output cell; none outside the input where the crop extrapolates.
  func nearest(_ transformation: CoordinateTransformation, _ mode: NearestMode) -> ResampledAxis {
    ResampledAxis(count: output) { o in
      let x = place(o, transformation)
      if transformation == .tfCropAndResize && isOutside(x) { return nil }
      return [Tap(cell: clamped(mode.cell(x)), weight: 1)]
    }
  }

  /// The weighed cells for each output cell; none outside the input where the crop extrapolates. Cells beyond
  /// the edge repeat it, or with `excludesOutside` leave their weight to the others.
  func interpolated(
    _ transformation: CoordinateTransformation, _ kernel: InterpolationKernel, antialias: Bool,
    excludesOutside: Bool
  ) throws -> ResampledAxis {
    let stretch = antialias && output > 0 ? max(1, 1 / scale.value) : 1
    // A tap takes two numbers.
    _ = try elementCount([kernel.tapCount(stretch: stretch), 2])
    return ResampledAxis(count: output) { o in
      let x = place(o, transformation)
      if transformation == .tfCropAndResize && isOutside(x) { return nil }
      var taps = try kernel.taps(at: x, stretch: stretch)
      if excludesOutside {
        taps.removeAll { $0.cell < 0 || $0.cell >= input }
        try taps.normalize()
      }
      for k in taps.indices { taps[k].cell = min(max(taps[k].cell, 0), input - 1) }
      return taps
    }
  }

  private func isOutside(_ x: Double) -> Bool { !(x >= 0 && x <= Double(input - 1)) }

  private func clamped(_ cell: Double) -> Int { Int(Int64(clamping: min(max(cell, 0), Double(input - 1)))) }
}

/// The extents that sizes, with a policy for the aspect ratio, or scales ask for.
enum AspectRatioPolicy: String, CaseIterable, Sendable {
  case stretch
  case notLarger = "not_larger"
  case notSmaller = "not_smaller"

  /// The resized axes for wanted `sizes` of the given extents.
  func axes(_ extents: [Int], sizes: [Int]) throws -> [ResizedAxis] {
    for (extent, size) in zip(extents, sizes) where size < 0 || (extent == 0 && size > 0) {
      throw OperatorError(.invalidValue, "an extent of \(extent) cannot be resized to \(size)")
    }
    guard self != .stretch else { return zip(extents, sizes).map { .init(sized: $0, to: $1) } }
    let ratios = zip(sizes, extents).filter { $1 > 0 }
    func isLess(_ a: (Int, Int), _ b: (Int, Int)) -> Bool {
      let (x, y) = (a.0.multipliedFullWidth(by: b.1), b.0.multipliedFullWidth(by: a.1))
      return (x.high, x.low) < (y.high, y.low)
    }
    guard let ratio = self == .notLarger ? ratios.min(by: isLess) : ratios.max(by: isLess) else {
      return extents.map { .init(sized: $0, to: $0) }
    }
    let scale = ResizeScale(numerator: Double(ratio.0), denominator: Double(ratio.1))
    return try extents.map { extent in
      ResizedAxis(
        input: extent, output: try Self.scaled(extent, by: ratio), scale: scale, isSized: true)
    }
  }

  /// extent · size / of, rounded to the nearest whole number, halves up.
  private static func scaled(_ extent: Int, by ratio: (size: Int, of: Int)) throws -> Int {
    let (product, overflows) = extent.multipliedReportingOverflow(by: ratio.size)
    guard !overflows else {
      throw OperatorError(
        .invalidValue, "an extent of \(extent) resized by \(ratio.size)/\(ratio.of) is too large")
    }
    let (quotient, rest) = product.quotientAndRemainder(dividingBy: ratio.of)
    return quotient + (rest >= ratio.of - rest ? 1 : 0)
  }
}

extension ResizedAxis {
  /// An axis of `input` cells stretched to `output`.
  init(sized input: Int, to output: Int) {
    self.init(
      input: input, output: output,
      scale: input == 0 ? .one : ResizeScale(numerator: Double(output), denominator: Double(input)),
      isSized: true)
  }

  /// The axis for a scale: output = ⌊input · (roi.end − roi.start) · scale⌋, in the float arithmetic of
  /// `scales` where float holds the extent.
  init(input: Int, scale: Float, roi: (start: Double, end: Double) = (0, 1)) throws {
    guard scale > 0, scale.isFinite else {
      throw OperatorError(.invalidValue, "scales holds \(scale), but must be positive")
    }
    let part = roi.end - roi.start
    let isExact = Float(exactly: input) != nil
    let extent = isExact ? Double(Float(input) * Float(part) * scale) : Double(input) * part * Double(scale)
    let output = Int(Int64(clamping: extent.rounded(.down)))
    guard output >= 0, input > 0 || output == 0 else {
      throw OperatorError(.invalidValue, "an extent of \(input) cannot be resized to \(output)")
    }
    self.init(
      input: input, output: output, scale: ResizeScale(numerator: Double(scale), denominator: 1), roi: roi)
  }

  /// Refuses a kernel stretched over more cells than any input has.
  func checkStretch() throws {
    guard scale.value > 1e-9 || output == 0 else {
      throw OperatorError(.invalidValue, "a scale of \(scale.value) is too small to interpolate")
    }
  }
}
