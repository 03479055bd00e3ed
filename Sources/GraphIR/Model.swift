import TensorCore

/// Text and fields that do not change what a model computes, kept so that writing loses nothing.
public struct Annotations: Sendable {
  public var docString = ""
  public var metadata: [StringPair] = []
  /// The bytes of fields that this version of Touchstone does not know, as they stood in the file.
  public var unknownFields: [UInt8] = []
  public init() {}
}

/// A `StringStringEntryProto`.
public struct StringPair: Sendable, Hashable {
  public var key: String
  public var value: String
  /// As in `Annotations`.
  public var unknownFields: [UInt8] = []
  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// What a `TensorProto` inside an attribute or a sparse tensor says beside its elements.
public struct TensorDetails: Sendable {
  public var name = ""
  public var annotations = Annotations()
  public init() {}
}

/// A file beside a model that holds tensors of it.
public struct ExternalFile: Sendable {
  /// Relative to the model's folder.
  public let location: String
  /// The file itself, all links followed.
  public let path: String
  /// Its bytes, to which tensors refer.
  public let storage: Storage

  public init(location: String, path: String, storage: Storage) {
    (self.location, self.path, self.storage) = (location, path, storage)
  }
}

/// `ModelProto`: a graph with the operator sets it is written in.
public struct Model: Sendable {
  public var irVersion: Int
  public var opsetImports: [OpsetImport]
  public var graph: Graph
  public var functions: [Function]
  public var producerName = ""
  public var producerVersion = ""
  public var domain = ""
  public var modelVersion = 0
  /// The files that hold tensors of the model, as they were when it was read.
  public var externalFiles: [ExternalFile] = []
  public var annotations = Annotations()

  public init(irVersion: Int, opsetImports: [OpsetImport], graph: Graph, functions: [Function] = []) {
    self.irVersion = irVersion
    self.opsetImports = opsetImports
    self.graph = graph
    self.functions = functions
  }
}

/// `OperatorSetIdProto`: the version of a domain's operators that a model or function means.
public struct OpsetImport: Sendable, Hashable {
  /// The domain; `ai.onnx` is written as the empty string.
  public var domain: String
  public var version: Int
  /// As in `Annotations`.
  public var unknownFields: [UInt8] = []
  public init(domain: String, version: Int) {
    self.domain = canonicalDomain(domain)
    self.version = version
  }
}

/// ONNX's default domain has two spellings; inside Touchstone it is the empty string.
public func canonicalDomain(_ domain: String) -> String { areSame(domain, "ai.onnx") ? "" : domain }

/// `GraphProto`: nodes in topological order, with their inputs, outputs and constants.
public struct Graph: Sendable {
  public var name: String
  public var nodes: [Node]
  public var inputs: [ValueInfo]
  public var outputs: [ValueInfo]
  public var valueInfos: [ValueInfo]
  public var initializers: [Initializer]
  public var sparseInitializers: [SparseInitializer]
  public var annotations = Annotations()

  public init(
    name: String, nodes: [Node] = [], inputs: [ValueInfo] = [], outputs: [ValueInfo] = [],
    valueInfos: [ValueInfo] = [], initializers: [Initializer] = [],
    sparseInitializers: [SparseInitializer] = []
  ) {
    self.name = name
    self.nodes = nodes
    self.inputs = inputs
    self.outputs = outputs
    self.valueInfos = valueInfos
    self.initializers = initializers
    self.sparseInitializers = sparseInitializers
  }
}

/// A named constant of a graph.
public struct Initializer: Sendable {
  public var name: String
  public var tensor: Tensor
  public var annotations = Annotations()
  public init(name: String, tensor: Tensor) {
    self.name = name
    self.tensor = tensor
  }
}

/// A named sparse constant of a graph; the name is that of its `values` tensor.
public struct SparseInitializer: Sendable {
  public var name: String
  public var tensor: SparseTensor
  /// Of the values, the indices, and the sparse tensor itself; empty where there are none.
  public var details: [TensorDetails] = []
  public init(name: String, tensor: SparseTensor) {
    self.name = name
    self.tensor = tensor
  }
}

/// `ValueInfoProto`: a name and what is declared of its value; nil where nothing is.
public struct ValueInfo: Sendable {
  public var name: String
  public var type: ValueType?
  /// The type as it stood in the file where it says more than `type` can hold (denotations); else empty.
  public var encodedType: [UInt8] = []
  public var annotations = Annotations()
  public init(name: String, type: ValueType?) {
    self.name = name
    self.type = type
  }
}

/// `NodeProto`: one use of an operator. An omitted optional input or output has the empty name.
public struct Node: Sendable {
  public var opType: String
  public var domain: String
  public var overload: String
  public var name: String
  public var inputs: [String]
  public var outputs: [String]
  public var attributes: [NamedAttribute]
  public var annotations = Annotations()

  public init(
    _ opType: String, domain: String = "", overload: String = "", name: String = "", inputs: [String],
    outputs: [String], attributes: [NamedAttribute] = []
  ) {
    self.opType = opType
    self.domain = canonicalDomain(domain)
    self.overload = overload
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
  }
}

/// `AttributeProto` with its name. Inside a function the value may be a reference to the caller's attribute.
public struct NamedAttribute: Sendable {
  public var name: String
  public var value: Attribute
  public var annotations = Annotations()
  /// Of each tensor in the value, and of each sparse tensor's values, indices and itself; empty where there
  /// are none.
  public var details: [TensorDetails] = []
  /// Of each type in the value, as `ValueInfo.encodedType`; empty where there are none.
  public var encodedTypes: [[UInt8]] = []
  public init(_ name: String, _ value: Attribute) {
    self.name = name
    self.value = value
  }
}

/// The value of an attribute.
public indirect enum Attribute: Sendable {
  case int(Int)
  case float(Float)
  case string(String)
  case tensor(Tensor)
  case sparseTensor(SparseTensor)
  case graph(Graph)
  case type(ValueType)
  case ints([Int])
  case floats([Float])
  case strings([String])
  case tensors([Tensor])
  case sparseTensors([SparseTensor])
  case graphs([Graph])
  case types([ValueType])
  /// `ref_attr_name`: the attribute of that name and kind of the function's caller.
  case reference(String, AttributeKind)
}

/// `AttributeProto.AttributeType`, by ONNX's numbers.
public enum AttributeKind: Int32, Sendable, CaseIterable {
  case float = 1, int, string, tensor, graph, floats, ints, strings, tensors, graphs
  case sparseTensor, sparseTensors, type, types

  /// ONNX's name: `INT`, `SPARSE_TENSOR`, `TYPE_PROTO`.
  public var name: String {
    switch self {
    case .sparseTensor: "SPARSE_TENSOR"
    case .sparseTensors: "SPARSE_TENSORS"
    case .type: "TYPE_PROTO"
    case .types: "TYPE_PROTOS"
    default: "\(self)".uppercased()
    }
  }
}

extension Attribute {
  /// The kind of this value.
  public var kind: AttributeKind {
    switch self {
    case .int: .int
    case .float: .float
    case .string: .string
    case .tensor: .tensor
    case .sparseTensor: .sparseTensor
    case .graph: .graph
    case .type: .type
    case .ints: .ints
    case .floats: .floats
    case .strings: .strings
    case .tensors: .tensors
    case .sparseTensors: .sparseTensors
    case .graphs: .graphs
    case .types: .types
    case .reference(_, let kind): kind
    }
  }
}

/// `FunctionProto`: an operator defined by a model in terms of others, with imports of its own.
public struct Function: Sendable {
  public var name: String
  public var domain: String
  public var overload: String
  public var inputs: [String]
  public var outputs: [String]
  /// Attributes that a caller must give.
  public var attributes: [String]
  /// Attributes with defaults.
  public var defaults: [NamedAttribute]
  public var nodes: [Node]
  public var opsetImports: [OpsetImport]
  public var valueInfos: [ValueInfo]
  public var annotations = Annotations()

  public init(
    name: String, domain: String, overload: String = "", inputs: [String], outputs: [String],
    attributes: [String] = [], defaults: [NamedAttribute] = [], nodes: [Node], opsetImports: [OpsetImport],
    valueInfos: [ValueInfo] = []
  ) {
    self.name = name
    self.domain = canonicalDomain(domain)
    self.overload = overload
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
    self.defaults = defaults
    self.nodes = nodes
    self.opsetImports = opsetImports
    self.valueInfos = valueInfos
  }
}
