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

/// One axis of a resized tensor.
struct ResizedAxis: Sendable {
  /// The extents before and after.
  let input: Int
  let output: Int
  /// Output cells per input cell.
  let scale: Double
  /// The part of the input that tf_crop_and_resize takes, as fractions of it.
  var roi: (start: Double, end: Double) = (0, 1)

  /// The extent after resizing before it was rounded to a whole number: ONNX's `output_width`, and its
  /// `length_resized` (TSN-0001).
  private var exactOutput: Double { scale * Double(input) * (roi.end - roi.start) }

  /// The place in the input, in cells, that output cell `o` shows.
  func place(_ o: Int, _ transformation: CoordinateTransformation) -> Double {
    let x = Double(o)
    let lastInput = Double(input - 1)
    switch transformation {
    case .halfPixel: return (x + 0.5) / scale - 0.5
    case .halfPixelSymmetric:
      let offset = Double(input) / 2 * (1 - Double(output) / exactOutput)
      return offset + (x + 0.5) / scale - 0.5
    case .pytorchHalfPixel: return exactOutput > 1 ? (x + 0.5) / scale - 0.5 : 0
    case .alignCorners: return exactOutput == 1 ? 0 : x * lastInput / (exactOutput - 1)
    case .asymmetric: return x / scale
    case .tfHalfPixelForNN: return (x + 0.5) / scale
    case .tfCropAndResize:
      // With `sizes`, scale is output / input and the crop does not change the extent.
      guard croppedOutput > 1 else { return 0.5 * (roi.start + roi.end) * lastInput }
      return roi.start * lastInput + x * (roi.end - roi.start) * lastInput / (croppedOutput - 1)
    }
  }

  /// `length_resized` of a crop: whole if sizes were given.
  private var croppedOutput: Double { isSized ? Double(output) : exactOutput }
  var isSized = false

  /// The nearest cell for each output cell; none outside the input where the crop extrapolates.
  func nearest(_ transformation: CoordinateTransformation, _ mode: NearestMode) -> ResampledAxis {
    (0..<output).map { o in
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
  ) -> ResampledAxis {
    (0..<output).map { o in
      let x = place(o, transformation)
      if transformation == .tfCropAndResize && isOutside(x) { return nil }
      var taps = kernel.taps(at: x, stretch: antialias ? max(1, 1 / scale) : 1)
      if excludesOutside {
        taps.removeAll { $0.cell < 0 || $0.cell >= input }
        taps.normalize()
      }
      return taps.map { Tap(cell: min(max($0.cell, 0), input - 1), weight: $0.weight) }
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
    let ratios = zip(extents, sizes).map { $0 == 0 ? 1 : Double($1) / Double($0) }
    guard self != .stretch else {
      return ratios.indices.map {
        ResizedAxis(input: extents[$0], output: sizes[$0], scale: ratios[$0], isSized: true)
      }
    }
    let scale = (self == .notLarger ? ratios.min() : ratios.max()) ?? 1
    return extents.map { extent in
      let output = Int(Int64(clamping: (scale * Double(extent) + 0.5).rounded(.down)))
      return ResizedAxis(input: extent, output: output, scale: scale, isSized: true)
    }
  }
}

extension ResizedAxis {
  /// The axis for a scale: output = ⌊input · (roi.end − roi.start) · scale⌋, in the float arithmetic of
  /// `scales`.
  init(input: Int, scale: Float, roi: (start: Double, end: Double) = (0, 1)) throws {
    guard scale > 0, scale.isFinite else {
      throw OperatorError(.invalidValue, "scales holds \(scale), but must be positive")
    }
    let cropped = Float(input) * Float(roi.end - roi.start)
    let output = Int(Int64(clamping: Double((cropped * scale).rounded(.down))))
    guard output >= 0, input > 0 || output == 0 else {
      throw OperatorError(.invalidValue, "an extent of \(input) cannot be resized to \(output)")
    }
    self.init(input: input, output: output, scale: Double(scale), roi: roi)
  }

  /// Refuses a kernel stretched over more cells than any input has.
  func checkStretch() throws {
    guard scale > 1e-9 || output == 0 else {
      throw OperatorError(.invalidValue, "a scale of \(scale) is too small to interpolate")
    }
  }
}
