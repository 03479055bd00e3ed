import COnnxProto
import GraphIR
import TensorCore

extension FileReader {
  /// An `AttributeProto`.
  func attribute(_ proto: Touchstone__AttributeProto) throws -> NamedAttribute {
    let attributeName = try name(proto.name, "an attribute's name")
    return try at("attribute \(quoted(attributeName))") {
      let elements = elements(
        CBytes(
          len: proto.n_strings > 0 ? proto.strings[0].len : 0,
          data: proto.n_strings > 0 ? proto.strings[0].data : nil))
      let kind = try kind(proto, elements)
      var attribute = NamedAttribute(attributeName, .int(0))
      let reference = try name(proto.ref_attr_name, "ref_attr_name")
      if reference.isEmpty {
        try checkOnly(kind, proto, elements)
        attribute.value = try value(kind, proto, elements)
        try addDetails(&attribute, kind, proto)
      } else {
        attribute.value = .reference(reference, kind)
      }
      attribute.annotations = try annotations(proto, docString: proto.doc_string)
      return attribute
    }
  }

  /// The kinds of which a value is present.
  private func present(_ proto: Touchstone__AttributeProto, _ elements: BulkElements) -> [AttributeKind] {
    let fields = elements.fields
    let presence: [(AttributeKind, Bool)] = [
      (.float, proto.has_f != 0), (.int, proto.has_i != 0), (.string, proto.has_s != 0),
      (.tensor, proto.t != nil), (.graph, proto.g != nil), (.floats, fields.contains(Self.floats)),
      (.ints, fields.contains(Self.ints)), (.strings, fields.contains(Self.strings)),
      (.tensors, proto.n_tensors > 0), (.graphs, proto.n_graphs > 0),
      (.sparseTensor, proto.sparse_tensor != nil), (.sparseTensors, proto.n_sparse_tensors > 0),
      (.type, proto.tp != nil), (.types, proto.n_type_protos > 0),
    ]
    return presence.filter(\.1).map(\.0)
  }

  /// The kind that `type` states, or, in files of IR version 1, which have no such field, the kind of the
  /// value that is present.
  private func kind(_ proto: Touchstone__AttributeProto, _ elements: BulkElements) throws -> AttributeKind {
    if let kind = AttributeKind(rawValue: proto.type) { return kind }
    guard proto.type == 0 else {
      throw LoadError(
        .unsupported, "type is \(proto.type), but must be one of 1 to \(AttributeKind.allCases.count)")
    }
    let present = present(proto, elements)
    guard present.count == 1 else {
      let found = present.isEmpty ? "no value" : present.map(\.name).joined(separator: " and ")
      throw LoadError.malformed("its type is not stated and must follow from its value, but it has \(found)")
    }
    return present[0]
  }

  private func checkOnly(_ kind: AttributeKind, _ proto: Touchstone__AttributeProto, _ elements: BulkElements)
    throws
  {
    if let other = present(proto, elements).first(where: { $0 != kind }) {
      throw LoadError.malformed("its type is \(kind.name), but it has a value of type \(other.name)")
    }
  }

  private func value(_ kind: AttributeKind, _ proto: Touchstone__AttributeProto, _ elements: BulkElements)
    throws
    -> Attribute
  {
    func required<T>(_ value: UnsafeMutablePointer<T>?) throws -> T {
      guard let value else { throw LoadError.malformed("its type is \(kind.name), but it has no such value") }
      return value.pointee
    }
    switch kind {
    case .float: return .float(proto.f)
    case .int: return .int(Int(proto.i))
    case .string: return .string(try text(proto.s, "its value"))
    case .tensor: return .tensor(try tensor(required(proto.t)))
    case .graph: return .graph(try graph(required(proto.g)))
    case .sparseTensor: return .sparseTensor(try sparseTensor(required(proto.sparse_tensor)))
    case .floats: return .floats(try floats(elements))
    case .ints: return .ints(try ints(elements))
    case .strings: return .strings(try elements.strings(of: Self.strings) { "its string \($0)" })
    case .tensors: return .tensors(try each(proto.tensors, proto.n_tensors) { try tensor($0.pointee) })
    case .graphs: return .graphs(try each(proto.graphs, proto.n_graphs) { try graph($0.pointee) })
    case .sparseTensors:
      return .sparseTensors(
        try each(proto.sparse_tensors, proto.n_sparse_tensors) { try sparseTensor($0.pointee) })
    case .type: return .type(try known(TypeReader.read(proto.tp).0))
    case .types:
      return .types(try each(proto.type_protos, proto.n_type_protos) { try known(TypeReader.read($0).0) })
    }
  }

  private func known(_ type: ValueType?) throws -> ValueType {
    guard let type else { throw LoadError(.unsupported, "its value is a type that has no known kind") }
    return type
  }

  private func floats(_ elements: BulkElements) throws -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(elements.byteCount(of: Self.floats) / 5)
    try elements.fixed(of: Self.floats, width: 4) { bytes in
      for offset in stride(from: 0, to: bytes.count, by: 4) {
        let bits = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        values.append(Float(bitPattern: bits))
      }
    }
    return values
  }

  private func ints(_ elements: BulkElements) throws -> [Int] {
    var values: [Int] = []
    try elements.varints(of: Self.ints) { values.append(Int(truncatingIfNeeded: $0)) }
    return values
  }

  /// Keeps what tensors and types in the value say beside it.
  private func addDetails(
    _ attribute: inout NamedAttribute, _ kind: AttributeKind, _ proto: Touchstone__AttributeProto
  )
    throws
  {
    var found: [TensorDetails] = []
    switch kind {
    case .tensor: if let tensor = proto.t { found = [try details(tensor.pointee)] }
    case .tensors: found = try each(proto.tensors, proto.n_tensors) { try details($0.pointee) }
    case .sparseTensor: if let sparse = proto.sparse_tensor { found = try details(sparse.pointee) }
    case .sparseTensors:
      found = try each(proto.sparse_tensors, proto.n_sparse_tensors) { try details($0.pointee) }.flatMap(
        \.self)
    case .type: attribute.encodedTypes = [try TypeReader.read(proto.tp).1]
    case .types:
      attribute.encodedTypes = try each(proto.type_protos, proto.n_type_protos) { try TypeReader.read($0).1 }
    default: break
    }
    if !found.allSatisfy(\.isEmpty) { attribute.details = found }
    if attribute.encodedTypes.allSatisfy(\.isEmpty) { attribute.encodedTypes = [] }
  }

  static let floats = 7
  static let ints = 8
  static let strings = 9
}
