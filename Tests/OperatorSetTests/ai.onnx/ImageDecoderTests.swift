import Foundation
import GraphIR
import TensorCore
import TestSupport
import Testing

@testable import OperatorSet

/// Files of images. Expected pixels: those that the files were made from or, where a format loses some,
/// what Pillow decodes; see Scripts/export-images, which writes both.
@Suite struct ImageDecoderTests {
  @Test(arguments: ImageFile.all) func decodes(_ image: ImageFile) throws {
    let size = [image.height, image.width]
    let reversed = stride(from: 0, to: image.rgb.count, by: 3).flatMap { image.rgb[$0..<$0 + 3].reversed() }
    for (format, samples, channels) in [
      ("RGB", Array(image.rgb), 3), ("BGR", reversed, 3), ("Grayscale", Array(image.gray), 1),
    ] {
      try tries(
        "ImageDecoder", 20, ["pixel_format": .string(format)], [Self.stream(image.file)],
        gives: [Self.bytes(samples, size + [channels])], "\(format) of \(image.name)")
    }
  }

  static func stream(_ file: some Sequence<UInt8>) -> Tensor {
    let samples = Array(file)
    return bytes(samples, [samples.count])
  }

  static func bytes(_ samples: [UInt8], _ shape: [Int]) -> Tensor {
    Tensor(.uint8, shape: shape) { $0.copyBytes(from: samples) }
  }

  @Test func filesAreThere() { #expect(ImageFile.all.count > 50) }

  @Test func defaultIsRgb() throws {
    let image = try #require(ImageFile.all.first { $0.name == "PNG rgb" })
    try tries(
      "ImageDecoder", 20, [:], [Self.stream(image.file)],
      gives: [Self.bytes(Array(image.rgb), [image.height, image.width, 3])])
  }

  static let refusals: [(String, [UInt8], OperatorError.Kind, String)] = [
    ("empty", [], .invalidValue, "0 bytes"),
    ("no image", Array("hello".utf8), .invalidValue, "5 bytes that begin like no"),
    ("wide", Array("P5 70000 1 255\n".utf8), .invalidValue, "70000×1 pixels"),
    ("large", Array("P5 60000 60000 255\n".utf8), .invalidValue, "60000×60000 pixels"),
    ("no rows", Array("P5 3 0 255\n".utf8), .invalidValue, "3×0 pixels"),
    ("no number", Array("P5 3 -1 255\n".utf8), .invalidValue, "a number is missing at byte 5"),
    ("long number", Array("P5 99999999999999999999 1 255\n".utf8), .invalidValue, "too large"),
    ("above the maximum", Array("P2 1 1 9 10".utf8), .invalidValue, "a sample is 10, above 9"),
    ("zero maximum", Array("P2 1 1 0 0".utf8), .invalidValue, "largest sample is 0"),
    ("few samples", Array("P6 2 2 255\n123".utf8), .invalidValue, "12 bytes of samples are needed, but 3"),
    ("signature alone", [0x89] + Array("PNG\r\n\u{1A}\n".utf8), .invalidValue, "the PNG file is damaged"),
    ("JPEG signature alone", [0xFF, 0xD8, 0xFF], .invalidValue, "the JPEG file is damaged"),
    ("TIFF signature alone", Array("II*\0".utf8), .invalidValue, "the TIFF file is damaged"),
    ("JPEG 2000 signature alone", [0xFF, 0x4F, 0xFF, 0x51], .invalidValue, "the JPEG 2000 file is damaged"),
    ("WebP signature alone", Array("RIFF\0\0\0\0WEBP".utf8), .invalidValue, "the WebP file is damaged"),
    ("BMP signature alone", Array("BM".utf8), .invalidValue, "the BMP file is damaged"),
    ("PNG of 2^32 pixels", hugePng, .invalidValue, "65535×65535 pixels"),
  ]
  @Test(arguments: refusals) func refuses(
    _ name: String, _ file: [UInt8], _ kind: OperatorError.Kind, _ fragment: String
  ) {
    fails("ImageDecoder", 20, [:], [Self.stream(file)], kind, mentioning: fragment)
  }

  /// A header that states extents of 65,535, with an empty chunk of data.
  static let hugePng: [UInt8] =
    [0x89] + Array("PNG\r\n\u{1A}\n\0\0\0\u{D}IHDR".utf8)
    + [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 8, 2, 0, 0, 0, 0x39, 0x67, 0x4E, 0x07] + idat

  private static let idat: [UInt8] = [0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54, 0x35, 0xAF, 6, 0x1E]

  @Test func compressedBmp() {
    var file = [UInt8](repeating: 0, count: 54)
    (file[0], file[1], file[14], file[18], file[22], file[28], file[30]) = (0x42, 0x4D, 40, 1, 1, 24, 4)
    fails("ImageDecoder", 20, [:], [Self.stream(file)], .unsupported, mentioning: "compression 4")
  }

  @Test func attributesAndShapes() {
    let file = Self.stream(Array("P5 1 1 255\n1".utf8))
    fails(
      "ImageDecoder", 20, ["pixel_format": .string("rgb")], [file], .invalidAttribute,
      mentioning: "must be RGB, BGR or Grayscale")
    fails("ImageDecoder", 20, [:], [file.reshaped([1, 12])], .invalidShape, mentioning: "rank 2")
  }

  /// A system without the library is told which package to install.
  @Test func missingLibrary() {
    let library = ImageLibrary(
      package: "libtiff6", names: ["libtouchstone-has-no-such-library.so"],
      decoder: ImageLibrary.libtiff.decoder)
    expectError(.unsupported, mentioning: "Debian has it in the package libtiff6") {
      _ = try library.decode([1], .tiff)
    }
  }

  /// Another library in place of the right one lacks its functions.
  @Test func wrongLibrary() {
    let library = ImageLibrary(
      package: "libtiff6", names: ImageLibrary.libwebp.names, decoder: ImageLibrary.libtiff.decoder)
    expectError(.unsupported, mentioning: "with the function TIFFOpenOptionsAlloc") {
      _ = try library.decode([1], .tiff)
    }
  }
}

/// Files that are cut or changed give an error or an image, and never end the process.
@Suite struct DamagedImageTests {
  /// Files that end with what the first image does not need: more images, the end of rows in a fax, the
  /// place of the next directory, or a blank; the last number of a plain file may also become a shorter
  /// one.
  private static let mayBeCut: Set<String> = [
    "TIFF gray, two images", "TIFF fax", "TIFF big endian", "WebP animation", "PNM P1", "PNM P2", "PNM P3",
  ]

  @Test(arguments: ImageFile.all) func cutFiles(_ image: ImageFile) {
    // Every length of small files, some of large ones.
    for length in stride(from: 0, to: image.file.count, by: image.file.count > 500 ? 7 : 1) {
      let isRefused = Self.isRefused(image.file.prefix(length))
      #expect(isRefused || Self.mayBeCut.contains(image.name), "\(image.name), \(length) bytes")
    }
  }

  @Test(arguments: ImageFile.all) func changedFiles(_ image: ImageFile) {
    var random = SplitMix(seed: 7)
    for _ in 0..<300 {
      var file = image.file
      for _ in 0...random.below(4) { file[random.below(file.count)] = UInt8(random.below(256)) }
      _ = Self.isRefused(file)
    }
  }

  /// Whether a file is refused with one of the operator's errors.
  private static func isRefused(_ file: some Sequence<UInt8>) -> Bool {
    do {
      _ = try evaluate("ImageDecoder", opset: 20, [:], [.tensor(ImageDecoderTests.stream(file))])
      return false
    } catch {
      #expect(error is OperatorError, "\(error)")
      return true
    }
  }
}

/// A line of Fixtures/images.jsonl.
struct ImageFile: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let width: Int
  let height: Int
  let file: Data
  let rgb: Data
  let gray: Data

  var testDescription: String { name }

  static let all: [ImageFile] = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/images.jsonl")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap {
      try? JSONDecoder().decode(ImageFile.self, from: Data($0.utf8))
    }
  }()
}
