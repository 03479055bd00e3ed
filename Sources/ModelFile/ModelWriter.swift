import GraphIR
import TensorCore

/// Writes GraphIR as ONNX messages.
struct ModelWriter {
  /// Initializers of this many bytes or more go to a file of their own; nil: none does.
  var externalFrom: Int?
  /// The name of that file.
  var externalName = ""
  /// What goes there, with its position.
  private(set) var external: [(tensor: Tensor, offset: Int)] = []
  private var externalEnd = 0
  /// Files that stand beside the model already: tensors whose bytes they hold refer to them.
  var standing: [ExternalFile] = []

  /// Page size, so that readers can map each tensor.
  private static let alignment = 4_096

  // MARK: Models, functions, graphs

  mutating func model(_ model: Model) throws -> MessageWriter {
    var writer = try MessageWriter(unknownFields: model.annotations.unknownFields)
    writer.int(1, model.irVersion)
    writer.optionalText(2, model.producerName)
    writer.optionalText(3, model.producerVersion)
    writer.optionalText(4, model.domain)
    if model.modelVersion != 0 { writer.int(5, model.modelVersion) }
    writer.optionalText(6, model.annotations.docString)
    writer.message(7, try graph(model.graph))
    try write(model.opsetImports, field: 8, to: &writer)
    try writer.pairs(14, model.annotations.metadata)
    for function in model.functions { writer.message(25, try self.function(function)) }
    return writer
  }

  private func write(_ imports: [OpsetImport], field: Int, to writer: inout MessageWriter) throws {
    for opset in imports {
      var message = try MessageWriter(unknownFields: opset.unknownFields)
      message.text(1, opset.domain)
      message.int(2, opset.version)
      writer.message(field, message)
    }
  }

  private mutating func function(_ function: Function) throws -> MessageWriter {
    var writer = try MessageWriter(unknownFields: function.annotations.unknownFields)
    writer.text(1, function.name)
    writer.texts(4, function.inputs)
    writer.texts(5, function.outputs)
    writer.texts(6, function.attributes)
    for node in function.nodes { writer.message(7, try self.node(node)) }
    writer.optionalText(8, function.annotations.docString)
    try write(function.opsetImports, field: 9, to: &writer)
    writer.text(10, function.domain)
    for attribute in function.defaults { writer.message(11, try self.attribute(attribute)) }
    for info in function.valueInfos { writer.message(12, try valueInfo(info)) }
    writer.optionalText(13, function.overload)
    try writer.pairs(14, function.annotations.metadata)
    return writer
  }

  private mutating func graph(_ graph: Graph) throws -> MessageWriter {
    var writer = try MessageWriter(unknownFields: graph.annotations.unknownFields)
    for node in graph.nodes { writer.message(1, try self.node(node)) }
    writer.text(2, graph.name)
    for initializer in graph.initializers {
      var details = TensorDetails()
      details.name = initializer.name
      details.annotations = initializer.annotations
      writer.message(5, try tensor(initializer.tensor, details, mayBeExternal: true))
    }
    writer.optionalText(10, graph.annotations.docString)
    for info in graph.inputs { writer.message(11, try valueInfo(info)) }
    for info in graph.outputs { writer.message(12, try valueInfo(info)) }
    for info in graph.valueInfos { writer.message(13, try valueInfo(info)) }
    for initializer in graph.sparseInitializers {
      var details = initializer.details.count == 3 ? initializer.details : Self.noDetails
      details[0].name = initializer.name
      writer.message(15, try sparseTensor(initializer.tensor, details[...]))
    }
    try writer.pairs(16, graph.annotations.metadata)
    return writer
  }

  private func valueInfo(_ info: ValueInfo) throws -> MessageWriter {
    var writer = try MessageWriter(unknownFields: info.annotations.unknownFields)
    writer.text(1, info.name)
    if let type = try Self.typeBytes(info.type, encoded: info.encodedType) { writer.bytes(2, type) }
    writer.optionalText(3, info.annotations.docString)
    try writer.pairs(4, info.annotations.metadata)
    return writer
  }

  private mutating func node(_ node: Node) throws -> MessageWriter {
    var writer = try MessageWriter(unknownFields: node.annotations.unknownFields)
    writer.texts(1, node.inputs)
    writer.texts(2, node.outputs)
    writer.optionalText(3, node.name)
    writer.text(4, node.opType)
    for attribute in node.attributes { writer.message(5, try self.attribute(attribute)) }
    writer.optionalText(6, node.annotations.docString)
    writer.optionalText(7, node.domain)
    writer.optionalText(8, node.overload)
    try writer.pairs(9, node.annotations.metadata)
    return writer
  }

  // MARK: Attributes

  private mutating func attribute(_ attribute: NamedAttribute) throws -> MessageWriter {
    var writer = try MessageWriter(unknownFields: attribute.annotations.unknownFields)
    writer.text(1, attribute.name)
    let afterDoc = try earlyValue(attribute, to: &writer)
    writer.optionalText(13, attribute.annotations.docString)
    if afterDoc, case .type(let type) = attribute.value {
      if let bytes = try Self.typeBytes(type, encoded: attribute.encodedTypes.first ?? []) {
        writer.bytes(14, bytes)
      }
    } else if afterDoc, case .types(let types) = attribute.value {
      for (index, type) in types.enumerated() {
        let encoded = attribute.encodedTypes.count == types.count ? attribute.encodedTypes[index] : []
        if let bytes = try Self.typeBytes(type, encoded: encoded) { writer.bytes(15, bytes) }
      }
    }
    writer.int(20, Int(attribute.value.kind.rawValue))
    guard afterDoc else { return writer }
    switch attribute.value {
    case .reference(let name, _): writer.text(21, name)
    case .sparseTensor(let tensor):
      writer.message(22, try sparseTensor(tensor, Self.details(attribute.details, of: 1)[...]))
    case .sparseTensors(let tensors):
      let details = Self.details(attribute.details, of: tensors.count)
      for (index, tensor) in tensors.enumerated() {
        writer.message(23, try sparseTensor(tensor, details[(index * 3)..<(index * 3 + 3)]))
      }
    default: break
    }
    return writer
  }

  /// Writes a value whose field comes before `doc_string`; for others returns true.
  private mutating func earlyValue(_ attribute: NamedAttribute, to writer: inout MessageWriter) throws -> Bool
  {
    switch attribute.value {
    case .float(let value): writer.float(2, value)
    case .int(let value): writer.int(3, value)
    case .string(let value): writer.text(4, value)
    case .tensor(let value): writer.message(5, try tensor(value, attribute.details.first ?? TensorDetails()))
    case .graph(let value): writer.message(6, try graph(value))
    case .floats(let values): for value in values { writer.float(7, value) }
    case .ints(let values): for value in values { writer.int(8, value) }
    case .strings(let values): writer.texts(9, values)
    case .tensors(let values):
      for (index, value) in values.enumerated() {
        let details = attribute.details.count == values.count ? attribute.details[index] : TensorDetails()
        writer.message(10, try tensor(value, details))
      }
    case .graphs(let values): for value in values { writer.message(11, try graph(value)) }
    case .type, .types, .sparseTensor, .sparseTensors, .reference: return true
    }
    return false
  }

  private static let noDetails = [TensorDetails(), TensorDetails(), TensorDetails()]

  /// Details of `count` sparse tensors; none of their own if they do not fit that number.
  private static func details(_ details: [TensorDetails], of count: Int) -> [TensorDetails] {
    details.count == 3 * count ? details : (0..<count).flatMap { _ in noDetails }
  }

  // MARK: Tensors

  /// A `TensorProto`: elements as `raw_data`, strings as `string_data`, or a reference to external data.
  mutating func tensor(_ tensor: Tensor, _ details: TensorDetails, mayBeExternal: Bool = false) throws
    -> MessageWriter
  {
    var writer = try MessageWriter(unknownFields: details.annotations.unknownFields)
    for extent in tensor.shape { writer.int(1, extent) }
    writer.int(2, Int(tensor.elementType.rawValue))
    let isText = tensor.elementType == .string
    writer.texts(6, tensor.strings)
    writer.optionalText(8, details.name)
    let byteCount = BitPacking.packedByteCount(tensor.elementType, tensor.count)
    let isExternal = mayBeExternal && !isText && byteCount >= externalFrom ?? Int.max
    if !isText && !isExternal { writer.elements(9, tensor) }
    writer.optionalText(12, details.annotations.docString)
    if isExternal {
      let (location, offset) = externalPlace(of: tensor, byteCount)
      try writer.pairs(
        13,
        [
          StringPair(key: "location", value: location), StringPair(key: "offset", value: "\(offset)"),
          StringPair(key: "length", value: "\(byteCount)"),
        ])
      writer.int(14, 1)
    }
    try writer.pairs(16, details.annotations.metadata)
    return writer
  }

  /// Where the elements of a tensor stand beside the model: where they were read from, or in the new file.
  private mutating func externalPlace(of tensor: Tensor, _ byteCount: Int) -> (location: String, offset: Int)
  {
    if tensor.elementType.bitWidth >= 8, let place = tensor.place,
      let file = standing.first(where: { $0.storage === place.storage })
    {
      return (file.location, place.byteOffset)
    }
    let offset = (externalEnd + Self.alignment - 1) / Self.alignment * Self.alignment
    external.append((tensor, offset))
    externalEnd = offset + byteCount
    return (externalName, offset)
  }

  /// - Parameter details: of the values, the indices, and the sparse tensor itself.
  mutating func sparseTensor(_ sparse: SparseTensor, _ details: ArraySlice<TensorDetails>) throws
    -> MessageWriter
  {
    let details = details.count == 3 ? Array(details) : Self.noDetails
    var writer = try MessageWriter(unknownFields: details[2].annotations.unknownFields)
    writer.message(1, try tensor(sparse.values, details[0]))
    writer.message(2, try tensor(sparse.indices, details[1]))
    for extent in sparse.shape { writer.int(3, extent) }
    return writer
  }
}

// MARK: - Types

extension ModelWriter {
  /// A type's bytes: as they stood in the file, if they still mean `type`.
  static func typeBytes(_ type: ValueType?, encoded: [UInt8]) throws -> [UInt8]? {
    if !encoded.isEmpty && TypeReader.decode(encoded) == type { return encoded }
    guard let type else { return nil }
    var writer = try self.type(type)
    return bytes(of: writer.finish())
  }

  private static func type(_ type: ValueType) throws -> MessageWriter {
    var writer = try MessageWriter()
    var inner = try MessageWriter()
    switch type {
    case .tensor(let elementType, let dims), .sparseTensor(let elementType, let dims):
      inner.int(1, Int(elementType.rawValue))
      if let dims { inner.message(2, try shape(dims)) }
      if case .tensor = type { writer.message(1, inner) } else { writer.message(8, inner) }
    case .sequence(let element):
      inner.message(1, try self.type(element))
      writer.message(4, inner)
    case .map(let key, let value):
      inner.int(1, Int(key.rawValue))
      inner.message(2, try self.type(value))
      writer.message(5, inner)
    case .optional(let element):
      inner.message(1, try self.type(element))
      writer.message(9, inner)
    }
    return writer
  }

  private static func shape(_ dims: [Dim]) throws -> MessageWriter {
    var writer = try MessageWriter()
    for dim in dims {
      var message = try MessageWriter()
      switch dim {
      case .value(let number): message.int(1, number)
      case .param(let name): message.text(2, name)
      case .unknown: break
      }
      writer.message(1, message)
    }
    return writer
  }

  /// All bytes of a message.
  static func bytes(of pieces: [MessageWriter.Piece]) -> [UInt8] {
    var bytes: [UInt8] = []
    for piece in pieces { MessageWriter.withBytes(of: piece) { bytes.append(contentsOf: $0) } }
    return bytes
  }
}
