import COnnxProto
import GraphIR
import TensorCore

extension FileReader {
  /// The name of a `TensorProto`.
  func tensorName(_ proto: Touchstone__TensorProto) throws -> String {
    try name(proto.name, "a tensor's name")
  }

  /// The name and the text of a tensor, for writing it back.
  func details(_ proto: Touchstone__TensorProto) throws -> TensorDetails {
    var details = TensorDetails()
    details.name = try tensorName(proto)
    details.annotations = try annotations(
      proto, docString: proto.doc_string, proto.metadata_props, proto.n_metadata_props)
    return details
  }

  /// A `TensorProto` in any of its encodings. Large elements stay where they are.
  func tensor(_ proto: Touchstone__TensorProto) throws -> Tensor {
    let ownName = try tensorName(proto)
    return try at("tensor \(quoted(ownName))") {
      guard let type = ElementType(rawValue: proto.data_type) else {
        throw LoadError(
          proto.data_type == 0 ? .malformed : .unsupported,
          "data_type is \(proto.data_type), but must be one of 1 to \(ElementType.allCases.count)")
      }
      let shape = try dims(proto.dims, proto.n_dims)
      let count = try checkedCount(shape)
      switch proto.data_location {
      case 0: return try inlineTensor(type, shape, count, elements(proto.raw_data))
      case 1: return try externalTensor(type, shape, count, proto)
      default:
        throw LoadError.malformed(
          "data_location is \(proto.data_location), but must be 0 (default) or 1 (external)")
      }
    }
  }

  /// The dims of a tensor, none of them negative.
  func dims(_ dims: UnsafeMutablePointer<Int64>?, _ count: Int) throws -> [Int] {
    guard count <= limits.rank else {
      throw LoadError(.limit, "there are \(count) dims, over the limit of \(limits.rank)")
    }
    let shape = UnsafeBufferPointer(start: dims, count: dims == nil ? 0 : count).map(Int.init)
    if let negative = shape.first(where: { $0 < 0 }) {
      throw LoadError.malformed("dims \(shape) hold \(negative), but an extent must not be negative")
    }
    return shape
  }

  /// The product of dims, small enough that no later computation on it can overflow.
  func checkedCount(_ shape: [Int]) throws -> Int {
    var product = 1
    for extent in shape where extent != 0 {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      guard !overflow, next <= Int.max / 256 else {
        throw LoadError.malformed(
          "dims \(shape) have a product over \(Int.max / 256), the most a tensor can have")
      }
      product = next
    }
    return shape.contains(0) ? 0 : product
  }

  // MARK: Encodings

  private func inlineTensor(_ type: ElementType, _ shape: [Int], _ count: Int, _ elements: BulkElements)
    throws
    -> Tensor
  {
    let fields = elements.fields
    guard fields.count <= 1 else {
      let found = fields.map(Self.fieldName).joined(separator: " and ")
      throw LoadError.malformed("its elements stand in both \(found), but must stand in one field")
    }
    let expected = Self.typedField(of: type)
    guard let field = fields.first else {
      guard count == 0 else {
        throw LoadError.malformed(
          "dims \(shape) need \(count) elements of \(type), but the tensor has no data")
      }
      return type == .string ? Tensor(strings: [], shape: shape) : Tensor(type, shape: shape) { _ in }
    }
    if field == Self.rawData && type != .string {
      let range = try elements.last(of: field) ?? 0..<0
      let required = BitPacking.packedByteCount(type, count)
      guard range.count == required else {
        throw LoadError.malformed(
          "raw_data has \(range.count) bytes, but \(type) with dims \(shape) needs \(required)")
      }
      return try rawTensor(type, shape, storage, range)
    }
    guard field == expected else {
      throw LoadError.malformed(
        "\(type) elements stand in \(Self.fieldName(field)), but must stand in \(Self.fieldName(expected))"
          + (type == .string ? "" : " or raw_data"))
    }
    return try typedTensor(type, shape, count, field, elements)
  }

  private func externalTensor(
    _ type: ElementType, _ shape: [Int], _ count: Int, _ proto: Touchstone__TensorProto
  ) throws -> Tensor {
    guard type != .string else {
      throw LoadError.malformed("strings stand in external data, but must stand in string_data")
    }
    guard elements(proto.raw_data).runs.isEmpty else {
      throw LoadError.malformed("its elements stand both in the model and in external data")
    }
    let entries = try pairs(proto.external_data, proto.n_external_data).map { (key: $0.key, value: $0.value) }
    let required = BitPacking.packedByteCount(type, count)
    let (file, offset) = try externalData.locate(entries, required: required)
    return try rawTensor(type, shape, file, offset..<offset + required)
  }

  /// Elements as `raw_data` has them: little-endian, those below a byte packed.
  private func rawTensor(_ type: ElementType, _ shape: [Int], _ file: Storage, _ range: Range<Int>) throws
    -> Tensor
  {
    if type.bitWidth >= 8 && type != .bool && range.count >= Self.mappedFrom {
      return Tensor(type, shape: shape, storage: file, byteOffset: range.lowerBound)
    }
    return try withExtendedLifetime(file) {
      let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[range])
      try charge(expanded: range.count * 8 / min(type.bitWidth, 8))
      guard type.bitWidth < 8 else {
        return Tensor(type, shape: shape) { target in
          target.copyMemory(from: bytes)
          if type == .bool { target.readAsBools() }
        }
      }
      return BitPacking.unpack(type, shape: shape, bytes)
    }
  }

  private func typedTensor(
    _ type: ElementType, _ shape: [Int], _ count: Int, _ field: Int, _ elements: BulkElements
  ) throws -> Tensor {
    if type == .string {
      let strings = try elements.strings(of: field) { "string \($0)" }
      try require(strings.count, count, field, type, shape)
      return Tensor(strings: strings, shape: shape)
    }
    let isComplex = type.arithmetic == .complex
    let entries = type.bitWidth < 6 ? BitPacking.packedByteCount(type, count) : isComplex ? count * 2 : count
    // Each entry takes a byte at least: nothing is allocated for more entries than there can be.
    let most = elements.byteCount(of: field)
    if entries > most { try require(most, entries, field, type, shape, atMost: true) }
    switch field {
    case Self.floatData, Self.doubleData:
      let width = field == Self.floatData ? 4 : 8
      if let range = try elements.only(of: field), range.count == entries * width {
        return try rawTensor(type, shape, storage, range)
      }
      return try Tensor(type, shape: shape) { target in
        var filled = 0
        try elements.fixed(of: field, width: width) { source in
          guard source.count <= target.count - filled else {
            throw tooMany(entries, field, type, shape)
          }
          UnsafeMutableRawBufferPointer(rebasing: target[filled..<filled + source.count]).copyMemory(
            from: source)
          filled += source.count
        }
        try require(filled / width, entries, field, type, shape)
      }
    default:
      return try integerTensor(type, shape, entries, field, elements)
    }
  }

  private func integerTensor(
    _ type: ElementType, _ shape: [Int], _ entries: Int, _ field: Int, _ elements: BulkElements
  ) throws -> Tensor {
    try charge(expanded: entries * type.byteWidth)
    func decode<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type, into target: UnsafeMutableBufferPointer<T>)
      throws
    {
      var filled = 0
      try elements.varints(of: field) { number in
        guard filled < target.count else { throw tooMany(entries, field, type, shape) }
        target[filled] = type == .bool ? (number == 0 ? 0 : 1) : T(truncatingIfNeeded: number)
        filled += 1
      }
      try require(filled, entries, field, type, shape)
    }
    if type.bitWidth < 6 {
      let packed = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: entries)
      defer { packed.deallocate() }
      try decode(UInt8.self, into: packed)
      return BitPacking.unpack(type, shape: shape, UnsafeRawBufferPointer(packed))
    }
    return try Tensor(type, shape: shape) { bytes in
      switch type.byteWidth {
      case 1:
        let codes = bytes.bindMemory(to: UInt8.self)
        try decode(UInt8.self, into: codes)
        if type.bitWidth == 6 { for index in codes.indices { codes[index] &= 63 } }
      case 2: try decode(UInt16.self, into: bytes.bindMemory(to: UInt16.self))
      case 4: try decode(UInt32.self, into: bytes.bindMemory(to: UInt32.self))
      default: try decode(UInt64.self, into: bytes.bindMemory(to: UInt64.self))
      }
    }
  }

  private func require(
    _ found: Int, _ required: Int, _ field: Int, _ type: ElementType, _ shape: [Int], atMost: Bool = false
  ) throws {
    if found == required { return }
    throw LoadError.malformed(
      "\(Self.fieldName(field)) has \(atMost ? "at most " : "")\(found) entries, but \(type) with dims "
        + "\(shape) needs \(required)")
  }

  private func tooMany(_ required: Int, _ field: Int, _ type: ElementType, _ shape: [Int]) -> LoadError {
    .malformed(
      "\(Self.fieldName(field)) has more entries than the \(required) that \(type) with dims \(shape) needs")
  }

  // MARK: Fields

  static let floatData = 4
  static let int32Data = 5
  static let stringData = 6
  static let int64Data = 7
  static let rawData = 9
  static let doubleData = 10
  static let uint64Data = 11

  private static func fieldName(_ field: Int) -> String {
    let names = [
      floatData: "float_data", int32Data: "int32_data", stringData: "string_data", int64Data: "int64_data",
      rawData: "raw_data", doubleData: "double_data", uint64Data: "uint64_data",
    ]
    return names[field] ?? "field \(field)"
  }

  /// The field that holds a type's elements where `raw_data` does not.
  static func typedField(of type: ElementType) -> Int {
    switch type {
    case .float, .complex64: floatData
    case .double, .complex128: doubleData
    case .int64: int64Data
    case .uint32, .uint64: uint64Data
    case .string: stringData
    default: int32Data
    }
  }
}

// MARK: - Sparse tensors

extension FileReader {
  /// A `SparseTensorProto`, whose indices are held against its dims, since evaluation relies on them.
  func sparseTensor(_ proto: Touchstone__SparseTensorProto) throws -> SparseTensor {
    guard let values = proto.values, let indices = proto.indices else {
      throw LoadError.malformed("a sparse tensor needs both values and indices")
    }
    let sparseName = try tensorName(values.pointee)
    return try at("sparse tensor \(quoted(sparseName))") {
      let shape = try dims(proto.dims, proto.n_dims)
      _ = try checkedCount(shape)
      let sparse = SparseTensor(
        values: try tensor(values.pointee), indices: try tensor(indices.pointee), shape: shape)
      if let flaw = sparse.flaw { throw LoadError.malformed(flaw) }
      return sparse
    }
  }

  /// The details of the values, the indices, and the sparse tensor itself.
  func details(_ proto: Touchstone__SparseTensorProto) throws -> [TensorDetails] {
    var own = TensorDetails()
    own.annotations.unknownFields = unknownFields(proto)
    return [
      try proto.values.map { try details($0.pointee) } ?? TensorDetails(),
      try proto.indices.map { try details($0.pointee) } ?? TensorDetails(), own,
    ]
  }
}

extension TensorDetails {
  /// Whether there is nothing to keep.
  var isEmpty: Bool { name.isEmpty && annotations.isEmpty }
}

extension Annotations {
  /// Whether there is nothing to keep.
  var isEmpty: Bool { docString.isEmpty && metadata.isEmpty && unknownFields.isEmpty }
}

extension UnsafeMutableRawBufferPointer {
  /// Makes bytes from a file the elements of a bool tensor, which are 0 and 1: any other byte is true, as in
  /// NumPy.
  func readAsBools() { for index in indices { self[index] = self[index] == 0 ? 0 : 1 } }
}
