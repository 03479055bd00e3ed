import GraphIR

/// The formats of files that ImageDecoder reads.
enum ImageFormat: String {
  case bmp = "BMP"
  case jpeg = "JPEG"
  case jpeg2000 = "JPEG 2000"
  case png = "PNG"
  case pnm = "PNM"
  case tiff = "TIFF"
  case webp = "WebP"

  /// The format that a file's first bytes say it has.
  init?(of bytes: [UInt8]) {
    func begins(with signature: [UInt8], at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: signature)
    }
    func begins(with text: String, at offset: Int = 0) -> Bool { begins(with: Array(text.utf8), at: offset) }

    if begins(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if begins(with: [0x89]) && begins(with: "PNG\r\n\u{1A}\n", at: 1) {
      self = .png
    } else if begins(with: "jP  \r\n", at: 4) || begins(with: [0xFF, 0x4F, 0xFF, 0x51]) {
      self = .jpeg2000
    } else if begins(with: "II*\0") || begins(with: "MM\0*") || begins(with: "II+\0") || begins(with: "MM\0+")
    {
      self = .tiff
    } else if begins(with: "RIFF") && begins(with: "WEBP", at: 8) {
      self = .webp
    } else if begins(with: "BM") {
      self = .bmp
    } else if begins(with: "P"), bytes.count > 2, (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(bytes[1]),
      NetpbmFile.isBlank(bytes[2]) || bytes[2] == UInt8(ascii: "#")
    {
      self = .pnm
    } else {
      return nil
    }
  }

  /// The first image of a file in this format.
  ///
  /// - Throws: `OperatorError`: invalidValue for a damaged or too large file, unsupported for what is not
  ///   read of the format or where its library is not installed.
  func decode(_ bytes: [UInt8]) throws -> Raster {
    switch self {
    case .bmp: try BitmapFile(bytes).decode()
    case .pnm: try NetpbmFile.decode(bytes)
    case .jpeg: try ImageLibrary.turboJpeg.decode(bytes, self)
    case .jpeg2000: try ImageLibrary.openJpeg.decode(bytes, self)
    case .png: try ImageLibrary.libpng.decode(bytes, self)
    case .tiff: try ImageLibrary.libtiff.decode(bytes, self)
    case .webp: try ImageLibrary.libwebp.decode(try WebpFile.firstFrame(bytes) ?? bytes, self)
    }
  }

  /// The error of a file that is not as its format wants it.
  func damaged(_ what: String) -> OperatorError {
    OperatorError(.invalidValue, "the \(rawValue) file is damaged or not readable: \(what)")
  }
}
