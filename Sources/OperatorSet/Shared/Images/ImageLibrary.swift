import CImageLibraries
import GraphIR

/// A system's library that decodes a format, opened when it is needed first.
struct ImageLibrary {
  /// What Debian calls the package.
  let package: String
  /// Names of the file, the usual one first.
  let names: [String]
  let decoder:
    @Sendable (UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<image_sink>?) ->
      Int32

  static let turboJpeg = ImageLibrary(
    package: "libturbojpeg0", names: ["libturbojpeg.so.0", "libturbojpeg.so"], decoder: image_decode_jpeg)
  static let libpng = ImageLibrary(
    package: "libpng16-16", names: ["libpng16.so.16", "libpng16.so"], decoder: image_decode_png)
  static let libtiff = ImageLibrary(
    package: "libtiff6", names: ["libtiff.so.6", "libtiff.so"], decoder: image_decode_tiff)
  static let libwebp = ImageLibrary(
    package: "libwebp7", names: ["libwebp.so.7", "libwebp.so"], decoder: image_decode_webp)
  static let openJpeg = ImageLibrary(
    package: "libopenjp2-7", names: ["libopenjp2.so.7", "libopenjp2.so"], decoder: image_decode_jpeg2000)

  /// Decodes a file of this format.
  func decode(_ bytes: [UInt8], _ format: ImageFormat) throws -> Raster {
    // Opening again what is open costs little, and what is never closed stays where it is.
    guard let library = names.lazy.compactMap({ image_library_open($0) }).first else {
      throw missing("which is not installed", format)
    }
    let place = DecodedPlace()
    var sink = image_sink()
    sink.context = Unmanaged.passUnretained(place).toOpaque()
    sink.allocate = { context, width, height, channels in
      guard let context else { return nil }
      return Unmanaged<DecodedPlace>.fromOpaque(context).takeUnretainedValue()
        .allocate(Int(width), Int(height), Int(channels))
    }
    sink.most_bytes = 8 * Raster.mostSamples
    let isDone = bytes.withUnsafeBufferPointer { decoder(library, $0.baseAddress, $0.count, &sink) == 1 }
    if let refusal = place.refusal { throw refusal }
    if sink.lacks_function != 0 { throw missing("with the function \(Self.message(of: sink))", format) }
    guard isDone, let raster = place.raster() else { throw format.damaged(Self.message(of: sink)) }
    return raster
  }

  private func missing(_ what: String, _ format: ImageFormat) -> OperatorError {
    OperatorError(
      .unsupported,
      "decoding \(format.rawValue) needs the library \(names[0]), \(what); "
        + "Debian has it in the package \(package)")
  }

  private static func message(of sink: image_sink) -> String {
    withUnsafeBytes(of: sink.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// Memory that a decoder writes to. A reference, since C code holds it while it decodes.
private final class DecodedPlace {
  private var extents: (width: Int, height: Int, colors: Raster.Colors)?
  private var samples: UnsafeMutableBufferPointer<UInt8>?
  /// Why an image was not taken.
  private(set) var refusal: (any Error)?

  func allocate(_ width: Int, _ height: Int, _ channels: Int) -> UnsafeMutablePointer<UInt8>? {
    samples?.deallocate()
    samples = nil
    guard let colors = Raster.Colors(rawValue: channels) else { return nil }
    do {
      let count = try Raster.sampleCount(width: width, height: height, colors: colors)
      let place = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: count)
      place.initialize(repeating: 0)
      (extents, samples) = ((width, height, colors), place)
      return place.baseAddress
    } catch {
      refusal = error
      return nil
    }
  }

  /// The image once it is decoded.
  func raster() -> Raster? {
    guard let extents, let samples else { return nil }
    return Raster(
      width: extents.width, height: extents.height, colors: extents.colors, samples: Array(samples))
  }

  deinit { samples?.deallocate() }
}
