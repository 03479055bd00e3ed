import GraphIR
import TensorCore

/// A decoded image: 8-bit samples, rows from top to bottom, the channels of a pixel side by side.
struct Raster {
  /// The colours of a pixel, with as many channels as the number says.
  enum Colors: Int {
    case gray = 1
    case rgb = 3
    /// As JPEG files hold them since Adobe's programs: 255 is no ink.
    case invertedCmyk = 4
  }

  let width: Int
  let height: Int
  let colors: Colors
  var samples: [UInt8]

  init(width: Int, height: Int, colors: Colors, samples: [UInt8]) {
    (self.width, self.height, self.colors, self.samples) = (width, height, colors, samples)
  }

  /// A black image, where it is within the limits.
  init(width: Int, height: Int, colors: Colors) throws {
    let count = try Self.sampleCount(width: width, height: height, colors: colors)
    self.init(width: width, height: height, colors: colors, samples: [UInt8](repeating: 0, count: count))
  }

  /// The number of samples, to be asked before they are decoded.
  ///
  /// - Throws: `OperatorError` (invalidValue) for an empty or too large image; an error of the memory limit.
  static func sampleCount(width: Int, height: Int, colors: Colors) throws -> Int {
    guard (1...largestSide).contains(width), (1...largestSide).contains(height),
      width * height * colors.rawValue <= mostSamples
    else {
      throw OperatorError(
        .invalidValue,
        "the image has \(width)×\(height) pixels of \(colors.rawValue) channels; "
          + "1 to \(largestSide) a side and at most \(mostSamples) samples are read")
    }
    let count = width * height * colors.rawValue
    try MemoryLimit.check(count, times: bytesPerSample, of: "samples of an image that is decoded")
    return count
  }

  static let largestSide = 65_535
  static let mostSamples = 1 << 28
  /// What decoders hold of a sample at a time, at most, with the result.
  private static let bytesPerSample = 12

  /// Sets a pixel of an RGB image.
  mutating func set(_ x: Int, _ y: Int, _ color: (red: UInt8, green: UInt8, blue: UInt8)) {
    let at = 3 * (y * width + x)
    (samples[at], samples[at + 1], samples[at + 2]) = color
  }
}

/// A sample of `largest` levels above 0, as one of 255: rounded, a half up.
func eightBits(_ sample: Int, of largest: Int) -> UInt8 {
  largest == 255 ? UInt8(sample) : UInt8((sample * 510 + largest) / (2 * largest))
}

/// The layouts that ImageDecoder gives.
enum PixelFormat: String {
  case rgb = "RGB"
  case bgr = "BGR"
  case grayscale = "Grayscale"

  var channels: Int { self == .grayscale ? 1 : 3 }
}

extension Raster {
  /// The image as [height, width, channels].
  func tensor(_ format: PixelFormat) -> Tensor {
    Tensor(.uint8, shape: [height, width, format.channels]) { bytes in
      if format == .grayscale && colors == .gray { return bytes.copyBytes(from: samples) }
      for pixel in 0..<width * height {
        let (red, green, blue) = color(pixel)
        switch format {
        case .rgb: (bytes[3 * pixel], bytes[3 * pixel + 1], bytes[3 * pixel + 2]) = (red, green, blue)
        case .bgr: (bytes[3 * pixel], bytes[3 * pixel + 1], bytes[3 * pixel + 2]) = (blue, green, red)
        case .grayscale: bytes[pixel] = luma(red, green, blue)
        }
      }
    }
  }

  private func color(_ pixel: Int) -> (UInt8, UInt8, UInt8) {
    let at = pixel * colors.rawValue
    switch colors {
    case .gray: return (samples[at], samples[at], samples[at])
    case .rgb: return (samples[at], samples[at + 1], samples[at + 2])
    case .invertedCmyk:
      let key = samples[at + 3]
      return (inked(samples[at], key), inked(samples[at + 1], key), inked(samples[at + 2], key))
    }
  }

  /// What is left of white under a colour's ink and black ink: their inverses multiplied.
  private func inked(_ color: UInt8, _ key: UInt8) -> UInt8 { UInt8((Int(color) * Int(key) + 127) / 255) }

  /// ITU-R 601's luma, 0.299 R + 0.587 G + 0.114 B, in 16 bits of fraction.
  private func luma(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let sum: UInt32 = 19_595 * UInt32(red) + 38_470 * UInt32(green) + 7_471 * UInt32(blue)
    return UInt8((sum + 0x8000) >> 16)
  }
}
