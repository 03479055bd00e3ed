import TensorCore

/// The entries of a ZIP archive, as far as `.npz` needs them: stored or deflated, with sizes of 64 bits.
///
/// Source: PKWARE APPNOTE 6.3.9, sections 4.3 and 4.5.3.
struct ZipArchive {
  struct Entry {
    let name: String
    let isDeflated: Bool
    let checksum: UInt32
    let compressedSize: Int
    let size: Int
    let headerOffset: Int
  }

  let storage: Storage
  let entries: [Entry]
  /// Bytes of all decompressed entries together.
  let inflatedLimit: Int

  init(_ storage: Storage, limits: LoadLimits) throws {
    self.storage = storage
    inflatedLimit = max(limits.inflatedBytes, limits.expansion * storage.byteCount)
    entries = try withExtendedLifetime(storage) { try Self.entries(storage.bytes) }
  }

  private static func entries(_ bytes: UnsafeRawBufferPointer) throws -> [Entry] {
    guard let end = Self.endRecord(bytes) else {
      throw LoadError.malformed("the file has no ZIP directory: it is no archive, or cut off")
    }
    var count = Int(try bytes.number(at: end + 10, 2))
    var offset = Int(try bytes.number(at: end + 16, 4))
    if count == 0xffff || offset == 0xffff_ffff {
      guard end >= 20, try bytes.number(at: end - 20, 4) == 0x0706_4b50 else {
        throw LoadError.malformed("the archive has no 64-bit directory, though it needs one")
      }
      let record = try Self.size(bytes.number(at: end - 12, 8))
      guard try bytes.number(at: record, 4) == 0x0606_4b50 else {
        throw LoadError.malformed("the archive's 64-bit directory is not where it should be")
      }
      count = try Self.size(bytes.number(at: record + 32, 8))
      offset = try Self.size(bytes.number(at: record + 48, 8))
    }
    var entries: [Entry] = []
    // Entries that share bytes would let a small archive ask for any amount of work.
    var total = 0
    for _ in 0..<count {
      let entry = try Self.entry(bytes, &offset)
      total += entry.compressedSize
      guard total <= bytes.count else {
        throw LoadError.malformed(
          "the archive's entries need \(total) bytes or more, but it has \(bytes.count)")
      }
      entries.append(entry)
    }
    return entries
  }

  private static func endRecord(_ bytes: UnsafeRawBufferPointer) -> Int? {
    // The record has 22 bytes, and a comment of up to 65,535 may follow.
    guard bytes.count >= 22 else { return nil }
    return (max(0, bytes.count - 65_557)...bytes.count - 22).last {
      bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self).littleEndian == 0x0605_4b50
    }
  }

  private static func entry(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) throws -> Entry {
    guard try bytes.number(at: offset, 4) == 0x0201_4b50 else {
      throw LoadError.malformed("the archive's directory has no entry at byte \(offset)")
    }
    let flags = try bytes.number(at: offset + 8, 2)
    let method = try bytes.number(at: offset + 10, 2)
    let nameLength = Int(try bytes.number(at: offset + 28, 2))
    let extraLength = Int(try bytes.number(at: offset + 30, 2))
    let commentLength = Int(try bytes.number(at: offset + 32, 2))
    let nameStart = offset + 46
    let name = try text(
      UnsafeRawBufferPointer(rebasing: try bytes.slice(nameStart, nameLength)).bindMemory(to: UInt8.self),
      "the name of an archive's entry")
    guard flags & 1 == 0, method == 0 || method == 8 else {
      throw LoadError(
        .unsupported,
        "entry \(quoted(name)) is encrypted or compressed by method \(method); known are 0 and 8")
    }
    var sizes = [
      try bytes.number(at: offset + 24, 4), try bytes.number(at: offset + 20, 4),
      try bytes.number(at: offset + 42, 4),
    ]
    try widen(&sizes, bytes, extra: nameStart + nameLength, extraLength)
    let entry = Entry(
      name: name, isDeflated: method == 8, checksum: UInt32(try bytes.number(at: offset + 16, 4)),
      compressedSize: try size(sizes[1]), size: try size(sizes[0]), headerOffset: try size(sizes[2]))
    offset = nameStart + nameLength + extraLength + commentLength
    return entry
  }

  /// Sizes that do not fit 32 bits stand in the extra field of kind 1, in order.
  private static func widen(
    _ sizes: inout [UInt64], _ bytes: UnsafeRawBufferPointer, extra start: Int, _ length: Int
  ) throws {
    var position = start
    while position + 4 <= start + length {
      let kind = try bytes.number(at: position, 2)
      let end = position + 4 + Int(try bytes.number(at: position + 2, 2))
      var field = position + 4
      for index in sizes.indices where kind == 1 && sizes[index] == 0xffff_ffff && field + 8 <= end {
        sizes[index] = try bytes.number(at: field, 8)
        field += 8
      }
      position = end
    }
  }

  private static func size(_ number: UInt64) throws -> Int {
    guard let size = Int(exactly: number), size < 1 << 60 else {
      throw LoadError.malformed("the archive states a size or offset of \(number)")
    }
    return size
  }

  /// The bytes of an entry: within the mapped file if stored, else decompressed.
  ///
  /// - Parameter inflated: bytes decompressed so far, counted against the limit.
  func contents(of entry: Entry, inflated: inout Int) throws -> (storage: Storage, range: Range<Int>) {
    let result = try withExtendedLifetime(storage) { try data(of: entry, inflated: &inflated) }
    try withExtendedLifetime(result.storage) {
      let found = CRC32.of(UnsafeRawBufferPointer(rebasing: result.storage.bytes[result.range]))
      guard found == entry.checksum else {
        throw LoadError.malformed("the entry's checksum is \(found), but \(entry.checksum) is stated")
      }
    }
    return result
  }

  private func data(of entry: Entry, inflated: inout Int) throws -> (storage: Storage, range: Range<Int>) {
    let bytes = storage.bytes
    guard try bytes.number(at: entry.headerOffset, 4) == 0x0403_4b50 else {
      throw LoadError.malformed("the entry has no header at byte \(entry.headerOffset)")
    }
    let start =
      entry.headerOffset + 30 + Int(try bytes.number(at: entry.headerOffset + 26, 2))
      + Int(try bytes.number(at: entry.headerOffset + 28, 2))
    let data = UnsafeRawBufferPointer(rebasing: try bytes.slice(start, entry.compressedSize))
    var result = (storage: storage, range: start..<start + entry.compressedSize)
    if entry.isDeflated {
      guard entry.size <= inflatedLimit - inflated else {
        throw LoadError(
          .limit, "the archive's entries decompress to more than \(inflatedLimit) bytes, the limit")
      }
      inflated += entry.size
      let storage = try Inflate.inflate(data, expected: entry.size).withUnsafeBytes(Storage.copying)
      result = (storage, 0..<entry.size)
    }
    guard result.range.count == entry.size else {
      throw LoadError.malformed("the entry has \(result.range.count) bytes, but states \(entry.size)")
    }
    return result
  }
}

extension UnsafeRawBufferPointer {
  /// A little-endian number of `width` bytes.
  func number(at offset: Int, _ width: Int) throws -> UInt64 {
    try slice(offset, width).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// `count` bytes from `offset` on, if they are there.
  func slice(_ offset: Int, _ count: Int) throws -> Slice<UnsafeRawBufferPointer> {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
      throw LoadError.malformed(
        "the file is cut off: \(count) bytes at \(offset) lie beyond its end at \(self.count)")
    }
    return self[offset..<offset + count]
  }
}

// MARK: - Writing

/// Writes a ZIP archive of stored entries with sizes of 32 bits.
struct ZipWriter {
  private(set) var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  mutating func add(_ name: String, _ contents: [UInt8]) throws {
    let offset = bytes.count
    guard offset + contents.count < 0xffff_0000, name.utf8.count < 0xffff, count < 0xfffe else {
      throw LoadError(.unsupported, "the archive would exceed 4 GiB or 65,534 entries")
    }
    // Version 2.0, names in UTF-8, stored, 1 January 1980; then checksum, sizes and the length of the name.
    var common: [UInt8] = [20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0]
    let checksum = contents.withUnsafeBytes(CRC32.of)
    for number in [Int(checksum), contents.count, contents.count] { common += Self.little(number, 4) }
    common += Self.little(name.utf8.count, 2) + [0, 0]
    bytes += [0x50, 0x4b, 3, 4] + common + Array(name.utf8) + contents
    directory += [0x50, 0x4b, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 10)
    directory += Self.little(offset, 4) + Array(name.utf8)
    count += 1
  }

  /// The whole archive.
  func finish() -> [UInt8] {
    var end: [UInt8] = [0x50, 0x4b, 5, 6, 0, 0, 0, 0]
    end += Self.little(count, 2) + Self.little(count, 2)
    end += Self.little(directory.count, 4) + Self.little(bytes.count, 4) + [0, 0]
    return bytes + directory + end
  }

  private static func little(_ number: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
