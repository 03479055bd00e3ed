import GraphIR
import TensorCore

/// # ImageDecoder
///
/// The first image of a file, as pixels.
///
///     image[y, x, :] = the pixel in row y from the top and column x from the left, in pixel_format
///
/// - Inputs: `encoded_stream` (T1): the bytes of a file, [length].
/// - Outputs: `image` (T2): [height, width, channels], with 3 channels or, for Grayscale, 1.
/// - Attributes: `pixel_format`: RGB, BGR or Grayscale.
/// - Types: T1 and T2 are uint8.
/// - Errors: a file that is no BMP, JPEG, JPEG 2000, PNG, PNM (P1 to P6), TIFF or WebP, that is damaged or
///   too large; a format whose library is not installed.
/// - Versions: 20.
/// - Source: onnx/defs/image/defs.cc.
/// - Notes: TSN-0040: errors instead of an empty matrix; alpha is dropped; more than 8 bits are rounded to 8;
///   limits. A file is told by its first bytes. Libraries of the system decode all but BMP and PNM.
struct ImageDecoder: Operator {
  private static let version20 = OperatorVersion(
    since: 20,
    inputs: [.single("encoded_stream", "T1")],
    outputs: [.single("image", "T2")],
    attributes: [.string("pixel_format", "RGB")],
    types: ["T1": .tensors(.uint8), "T2": .tensors(.uint8)])
  static let schema = OperatorSchema("ImageDecoder", versions: [version20])

  let pixelFormat: PixelFormat

  init(_ node: NodeAttributes) throws {
    let name = try node.string("pixel_format")
    guard let format = PixelFormat(rawValue: name) else {
      throw OperatorError(
        .invalidAttribute, "attribute 'pixel_format' is \(name); it must be RGB, BGR or Grayscale")
    }
    pixelFormat = format
  }

  func infer(_ inputs: Inputs<Fact>, _ context: any InferenceContext) throws -> [Fact] {
    if let rank = try inputs.required(0).dims?.count { try checkRank(rank) }
    return [.tensor(.uint8, [.unknown, .unknown, .value(pixelFormat.channels)])]
  }

  func evaluate(_ inputs: Inputs<Value>, _ context: any EvaluationContext) throws -> [Value] {
    let file = try inputs.tensor(0)
    try checkRank(file.rank)
    let bytes = file.withUnsafeBytes { Array($0) }
    guard let format = ImageFormat(of: bytes) else {
      throw OperatorError(
        .invalidValue,
        "encoded_stream has \(bytes.count) bytes that begin like no BMP, JPEG, JPEG 2000, PNG, PNM, TIFF "
          + "or WebP file")
    }
    return [.tensor(try format.decode(bytes).tensor(pixelFormat))]
  }

  private func checkRank(_ rank: Int) throws {
    guard rank == 1 else {
      throw OperatorError(.invalidShape, "encoded_stream has rank \(rank); it must have rank 1")
    }
  }
}
