import TensorCore

/// Reads and writes NumPy's arrays (`.npy`) and archives of arrays (`.npz`).
///
/// Types that NumPy does not have are written as `ml_dtypes` writes them: as void of the same width, one byte
/// for each element below a byte. Such a file does not say which type it holds; the reader must be told.
public enum NumpyFile {
  /// The array in a `.npy` file; large elements stay mapped.
  ///
  /// - Parameter type: the element type that is expected; required where the file does not state it.
  /// - Throws: `LoadError`, also where the file holds another type.
  public static func read(path: String, as type: ElementType? = nil, limits: LoadLimits = LoadLimits()) throws
    -> Tensor
  {
    try LoadError.naming(path) {
      let storage = try MappedFile.open(path)
      return try NumpyReader(storage, 0..<storage.byteCount, limits).tensor(as: type)
    }
  }

  /// The array in the bytes of a `.npy` file, as `read(path:as:limits:)`.
  public static func parse(bytes: [UInt8], as type: ElementType? = nil, limits: LoadLimits = LoadLimits())
    throws
    -> Tensor
  {
    let storage = bytes.withUnsafeBytes(Storage.copying)
    return try NumpyReader(storage, 0..<storage.byteCount, limits).tensor(as: type)
  }

  /// The arrays of a `.npz` file, in its order.
  ///
  /// - Parameter types: by name, the element types that are expected.
  /// - Throws: `LoadError`.
  public static func readArchive(
    path: String, types: [String: ElementType] = [:], limits: LoadLimits = LoadLimits()
  ) throws -> [(name: String, tensor: Tensor)] {
    try LoadError.naming(path) {
      let archive = try ZipArchive(MappedFile.open(path), limits: limits)
      var inflated = 0
      return try archive.entries.map { entry in
        let name = entry.name.hasSuffix(".npy") ? String(entry.name.dropLast(4)) : entry.name
        return try at("array \(quoted(name))") {
          let (storage, range) = try archive.contents(of: entry, inflated: &inflated)
          var reader = try NumpyReader(storage, range, limits)
          if entry.isDeflated { reader.stringLimit = archive.inflatedLimit / MemoryLayout<String>.stride }
          return (name, try reader.tensor(as: types[name]))
        }
      }
    }
  }

  /// The bytes of a `.npy` file.
  ///
  /// - Throws: `LoadError` for strings that end in NUL, which NumPy's arrays cannot hold.
  public static func serialize(_ tensor: Tensor) throws -> [UInt8] {
    guard tensor.rank <= 64 else {
      throw LoadError(.unsupported, "the tensor has \(tensor.rank) dims, but NumPy allows 64")
    }
    if tensor.elementType == .string { return try serialize(strings: tensor) }
    let descr = NumpyReader.names[tensor.elementType] ?? (tensor.elementType == .bfloat16 ? "<V2" : "<V1")
    let header = NumpyHeader(descr: descr, shape: tensor.shape).serialize()
    guard tensor.elementType.bitWidth < 8 else { return tensor.withUnsafeBytes { header + Array($0) } }
    // ml_dtypes leaves the bits above an element zero, also where it is negative.
    let mask = UInt8(truncatingIfNeeded: 1 << tensor.elementType.bitWidth - 1)
    return tensor.withUnsafeBytes { header + $0.map { $0 & mask } }
  }

  private static func serialize(strings tensor: Tensor) throws -> [UInt8] {
    let texts = tensor.strings.map { Array($0.unicodeScalars) }
    guard !texts.contains(where: { $0.last?.value == 0 }) else {
      throw LoadError(.unsupported, "a string ends in NUL, which NumPy's strings cannot")
    }
    let width = max(1, texts.map(\.count).max() ?? 1)
    var bytes = NumpyHeader(descr: "<U\(width)", shape: tensor.shape).serialize()
    for text in texts {
      for scalar in text { withUnsafeBytes(of: scalar.value.littleEndian) { bytes.append(contentsOf: $0) } }
      bytes += [UInt8](repeating: 0, count: 4 * (width - text.count))
    }
    return bytes
  }

  /// Writes a `.npy` file; the file at `path` is replaced only once the new one is complete.
  public static func write(_ tensor: Tensor, to path: String) throws {
    try LoadError.naming(path) { try put(serialize(tensor), path) }
  }

  /// Writes a `.npz` file without compression, as `numpy.savez`.
  public static func writeArchive(_ tensors: [(name: String, tensor: Tensor)], to path: String) throws {
    try LoadError.naming(path) {
      var archive = ZipWriter()
      for (name, tensor) in tensors { try archive.add(name + ".npy", serialize(tensor)) }
      try put(archive.finish(), path)
    }
  }

  private static func put(_ bytes: [UInt8], _ path: String) throws {
    let file = try OutputFile(path)
    try bytes.withUnsafeBytes(file.write)
    try file.complete()
    try file.commit()
  }
}

/// One array in a range of bytes.
struct NumpyReader {
  private let storage: Storage
  private let header: NumpyHeader
  private let elements: Range<Int>
  private let count: Int
  /// The most strings: in memory one takes more than it does in the array.
  var stringLimit = Int.max

  /// NumPy's names of the types that it has.
  static let names: [ElementType: String] = [
    .bool: "|b1", .int8: "|i1", .uint8: "|u1", .int16: "<i2", .uint16: "<u2", .int32: "<i4", .uint32: "<u4",
    .int64: "<i8", .uint64: "<u8", .float16: "<f2", .float: "<f4", .double: "<f8", .complex64: "<c8",
    .complex128: "<c16",
  ]
  private static let types = Dictionary(uniqueKeysWithValues: names.map { (String($1.dropFirst()), $0) })

  init(_ storage: Storage, _ range: Range<Int>, _ limits: LoadLimits) throws {
    self.storage = storage
    header = try withExtendedLifetime(storage) {
      try NumpyHeader(UnsafeRawBufferPointer(rebasing: storage.bytes[range]), limits: limits)
    }
    elements = range.lowerBound + header.byteCount..<range.upperBound
    var product = 1
    for extent in header.shape where extent != 0 {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      guard !overflow, next <= Int.max / 256 else {
        throw LoadError.malformed("shape \(header.shape) has a product over \(Int.max / 256)")
      }
      product = next
    }
    count = header.shape.contains(0) ? 0 : product
  }

  func tensor(as expected: ElementType?) throws -> Tensor {
    try withExtendedLifetime(storage) { try read(as: expected) }
  }

  private func read(as expected: ElementType?) throws -> Tensor {
    let code = String(header.descr.dropFirst())
    if let kind = code.first, kind == "U" || kind == "S", let width = Int(code.dropFirst()) {
      guard expected == nil || expected == .string else { throw mismatch(expected) }
      return try strings(width: width, isUnicode: kind == "U")
    }
    let type = try elementType(code, expected)
    guard "<>|=".contains(header.descr.prefix(1)) else { throw unknown }
    let required = count * type.byteWidth
    try requireBytes(required, "elements of \(type)")
    let isForeign = header.descr.hasPrefix(">") && type.bitWidth > 8
    let isMapped = !isForeign && !header.fortranOrder && type.bitWidth >= 8 && type != .bool
    if isMapped && required >= FileReader.mappedFrom {
      return Tensor(type, shape: header.shape, storage: storage, byteOffset: elements.lowerBound)
    }
    return Tensor(type, shape: header.shape) { target in
      copy(to: target, type)
      if isForeign { swapBytes(target, type.arithmetic == .complex ? type.byteWidth / 2 : type.byteWidth) }
      if type.bitWidth < 8 { normalize(target, type) }
      if type == .bool { target.readAsBools() }
    }
  }

  /// The type that `descr` states, or that is expected where `descr` only states a width.
  private func elementType(_ code: String, _ expected: ElementType?) throws -> ElementType {
    if let type = Self.types[code] {
      guard let expected, expected != type else { return type }
      // Types that NumPy does not have may also be given by their codes.
      let isCode = type.isInteger && type.byteWidth == expected.byteWidth && Self.names[expected] == nil
      guard isCode, expected != .string else { throw mismatch(expected) }
      return expected
    }
    switch (code, expected) {
    case ("V2", nil): return .bfloat16
    case ("f1", nil): return .float8e5m2
    case ("V1", nil):
      throw LoadError(
        .unsupported,
        "descr is '\(header.descr)', which several types share: the expected element type is required")
    case ("V2", let type?) where type == .bfloat16: return type
    case ("V1", let type?), ("f1", let type?):
      guard type.byteWidth == 1, Self.names[type] == nil else { throw mismatch(expected) }
      return type
    default: throw unknown
    }
  }

  private var unknown: LoadError {
    let hint = header.descr.hasSuffix("O") ? " (pickled Python objects are never read)" : ""
    return LoadError(.unsupported, "descr is \(quoted(header.descr)), which is no type of ONNX\(hint)")
  }

  private func mismatch(_ expected: ElementType?) -> LoadError {
    let wanted = expected.map(\.description) ?? "another type"
    return .malformed("descr is \(quoted(header.descr)), but \(wanted) is expected")
  }

  private func requireBytes(_ required: Int, _ what: String) throws {
    guard elements.count == required else {
      throw LoadError.malformed(
        "\(elements.count) bytes follow the header, but shape \(header.shape) needs \(required) bytes "
          + "of \(what)"
      )
    }
  }

  // MARK: Order and bytes

  /// Calls `body` with each row-major position and the position in the file where that element stands.
  private func forEachPosition(_ body: (_ row: Int, _ file: Int) throws -> Void) rethrows {
    guard header.fortranOrder && header.shape.count > 1 else {
      for position in 0..<count { try body(position, position) }
      return
    }
    for row in 0..<count {
      var rest = row
      var file = 0
      // Taking the coordinates from the innermost outwards, each weighs the product of the extents before it.
      var weight = count
      for extent in header.shape.reversed() {
        weight /= extent
        file += rest % extent * weight
        rest /= extent
      }
      try body(row, file)
    }
  }

  private func copy(to target: UnsafeMutableRawBufferPointer, _ type: ElementType) {
    let source = UnsafeRawBufferPointer(rebasing: storage.bytes[elements])
    guard header.fortranOrder && header.shape.count > 1 else { return target.copyMemory(from: source) }
    let width = type.byteWidth
    forEachPosition { row, file in
      for byte in 0..<width { target[row * width + byte] = source[file * width + byte] }
    }
  }

  private func swapBytes(_ bytes: UnsafeMutableRawBufferPointer, _ width: Int) {
    for start in stride(from: 0, to: bytes.count, by: width) {
      for byte in 0..<width / 2 { bytes.swapAt(start + byte, start + width - 1 - byte) }
    }
  }

  /// Leaves only the bits of a type below a byte; signed ones keep their sign.
  private func normalize(_ bytes: UnsafeMutableRawBufferPointer, _ type: ElementType) {
    let unused = UInt8(8 - type.bitWidth)
    for index in bytes.indices {
      let code = bytes[index] << unused
      bytes[index] =
        type.arithmetic == .signed
        ? UInt8(bitPattern: Int8(bitPattern: code) >> Int8(unused)) : code >> unused
    }
  }

  // MARK: Strings

  private func strings(width: Int, isUnicode: Bool) throws -> Tensor {
    let unit = isUnicode ? 4 : 1
    let (byteWidth, overflow) = width.multipliedReportingOverflow(by: unit)
    let (required, overflow2) = count.multipliedReportingOverflow(by: byteWidth)
    guard width > 0 || count == 0, !overflow, !overflow2 else { throw unknown }
    try requireBytes(required, "strings")
    guard count <= stringLimit else {
      throw LoadError(.limit, "the array has \(count) strings, over the limit of \(stringLimit)")
    }
    var strings = [String](repeating: "", count: count)
    try forEachPosition { row, file in
      let start = elements.lowerBound + file * byteWidth
      let bytes = UnsafeRawBufferPointer(rebasing: storage.bytes[start..<start + byteWidth])
      strings[row] = try isUnicode ? unicode(bytes, row) : plain(bytes, row)
    }
    return Tensor(strings: strings, shape: header.shape)
  }

  private func plain(_ bytes: UnsafeRawBufferPointer, _ index: Int) throws -> String {
    let count = (bytes.lastIndex { $0 != 0 } ?? -1) + 1
    return try text(
      UnsafeRawBufferPointer(rebasing: bytes[..<count]).bindMemory(to: UInt8.self), "string \(index)")
  }

  private func unicode(_ bytes: UnsafeRawBufferPointer, _ index: Int) throws -> String {
    var string = ""
    var nuls = 0
    for offset in stride(from: 0, to: bytes.count, by: 4) {
      let unit = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
      let value = header.descr.hasPrefix(">") ? unit.bigEndian : unit.littleEndian
      if value == 0 {
        nuls += 1
        continue
      }
      guard let scalar = Unicode.Scalar(value) else {
        throw LoadError.malformed("string \(index) has the code \(value), which is no Unicode scalar")
      }
      // NUL within a string counts; at its end it is padding.
      for _ in 0..<nuls { string.unicodeScalars.append("\0") }
      nuls = 0
      string.unicodeScalars.append(scalar)
    }
    return string
  }
}
