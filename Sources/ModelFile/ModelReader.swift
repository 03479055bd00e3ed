import COnnxProto
import GraphIR
import TensorCore

extension FileReader {
  /// The versions of the intermediate representation that this reader knows.
  static let irVersions = 1...14

  /// A `ModelProto`.
  func model(_ proto: Touchstone__ModelProto) throws -> Model {
    guard proto.has_ir_version != 0 else {
      throw LoadError.malformed(
        "the model has no ir_version, but every model must state one: is this an ONNX model?")
    }
    guard proto.ir_version >= 1 else {
      throw LoadError.malformed("ir_version is \(proto.ir_version), but the first version is 1")
    }
    guard proto.ir_version <= Self.irVersions.upperBound else {
      throw LoadError(
        .unsupported,
        "ir_version is \(proto.ir_version), but the newest known is \(Self.irVersions.upperBound)")
    }
    guard let graph = proto.graph else {
      throw LoadError.malformed("the model has no graph, but must have one")
    }
    var imports = try opsetImports(proto.opset_import, proto.n_opset_import)
    if imports.isEmpty {
      guard proto.ir_version < 3 else {
        throw LoadError.malformed(
          "the model has no opset_import, but with ir_version \(proto.ir_version) must have one (from 3 on)")
      }
      imports = [OpsetImport(domain: "", version: 1)]
    }
    var model = Model(
      irVersion: Int(proto.ir_version), opsetImports: imports, graph: try self.graph(graph.pointee))
    model.functions = try each(proto.functions, proto.n_functions) { try function($0.pointee) }
    model.producerName = try text(proto.producer_name, "producer_name")
    model.producerVersion = try text(proto.producer_version, "producer_version")
    model.domain = try text(proto.domain, "the model's domain")
    model.modelVersion = Int(proto.model_version)
    model.externalFiles = externalData.files
    model.annotations = try annotations(
      proto, docString: proto.doc_string, proto.metadata_props, proto.n_metadata_props)
    return model
  }

  private func opsetImports(_ list: CList<Touchstone__OperatorSetIdProto>?, _ count: Int) throws
    -> [OpsetImport]
  {
    try each(list, count) { proto in
      var opset = OpsetImport(
        domain: try name(proto.pointee.domain, "the domain of an opset_import"),
        version: Int(proto.pointee.version))
      opset.unknownFields = unknownFields(proto.pointee)
      return opset
    }
  }

  /// A `FunctionProto`.
  func function(_ proto: Touchstone__FunctionProto) throws -> Function {
    let functionName = try name(proto.name, "a function's name")
    return try at("function \(quoted(functionName))") {
      var function = Function(
        name: functionName, domain: try name(proto.domain, "its domain"),
        overload: try name(proto.overload, "its overload"),
        inputs: try names(proto.input, proto.n_input, "the name of an input"),
        outputs: try names(proto.output, proto.n_output, "the name of an output"),
        nodes: try nodes(proto.node, proto.n_node),
        opsetImports: try opsetImports(proto.opset_import, proto.n_opset_import))
      function.attributes = try names(proto.attribute, proto.n_attribute, "the name of an attribute")
      function.defaults = try each(proto.attribute_proto, proto.n_attribute_proto) {
        try attribute($0.pointee)
      }
      function.valueInfos = try each(proto.value_info, proto.n_value_info) { try valueInfo($0.pointee) }
      function.annotations = try annotations(
        proto, docString: proto.doc_string, proto.metadata_props, proto.n_metadata_props)
      return function
    }
  }

  /// A `GraphProto`.
  func graph(_ proto: Touchstone__GraphProto) throws -> Graph {
    let graphName = try name(proto.name, "a graph's name")
    return try at("graph \(quoted(graphName))") {
      var graph = Graph(name: graphName, nodes: try nodes(proto.node, proto.n_node))
      graph.inputs = try each(proto.input, proto.n_input) { try valueInfo($0.pointee) }
      graph.outputs = try each(proto.output, proto.n_output) { try valueInfo($0.pointee) }
      graph.valueInfos = try each(proto.value_info, proto.n_value_info) { try valueInfo($0.pointee) }
      graph.initializers = try each(proto.initializer, proto.n_initializer) { try initializer($0.pointee) }
      graph.sparseInitializers = try each(proto.sparse_initializer, proto.n_sparse_initializer) {
        try sparseInitializer($0.pointee)
      }
      graph.annotations = try annotations(
        proto, docString: proto.doc_string, proto.metadata_props, proto.n_metadata_props)
      return graph
    }
  }

  private func nodes(_ list: CList<Touchstone__NodeProto>?, _ count: Int) throws -> [Node] {
    var position = -1
    return try each(list, count) { proto in
      position += 1
      return try at("node \(position)") { try node(proto.pointee) }
    }
  }

  /// A `NodeProto`.
  private func node(_ proto: Touchstone__NodeProto) throws -> Node {
    let nodeName = try name(proto.name, "its name")
    let opType = try name(proto.op_type, "its op_type")
    return try at("\(quoted(nodeName)) (\(shown(opType)))") {
      var node = Node(
        opType, domain: try name(proto.domain, "its domain"),
        overload: try name(proto.overload, "its overload"),
        name: nodeName, inputs: try names(proto.input, proto.n_input, "the name of an input"),
        outputs: try names(proto.output, proto.n_output, "the name of an output"))
      node.attributes = try each(proto.attribute, proto.n_attribute) { try attribute($0.pointee) }
      node.annotations = try annotations(
        proto, docString: proto.doc_string, proto.metadata_props, proto.n_metadata_props)
      return node
    }
  }

  private func valueInfo(_ proto: Touchstone__ValueInfoProto) throws -> ValueInfo {
    let valueName = try name(proto.name, "a value's name")
    return try at("value \(quoted(valueName))") {
      let (type, encoded) = try TypeReader.read(proto.type)
      var info = ValueInfo(name: valueName, type: type)
      info.encodedType = encoded
      info.annotations = try annotations(
        proto, docString: proto.doc_string, proto.metadata_props, proto.n_metadata_props)
      return info
    }
  }

  private func initializer(_ proto: Touchstone__TensorProto) throws -> Initializer {
    let details = try details(proto)
    var initializer = Initializer(name: details.name, tensor: try tensor(proto))
    initializer.annotations = details.annotations
    return initializer
  }

  private func sparseInitializer(_ proto: Touchstone__SparseTensorProto) throws -> SparseInitializer {
    let details = try details(proto)
    var initializer = SparseInitializer(name: details[0].name, tensor: try sparseTensor(proto))
    if !details.allSatisfy(\.isEmpty) { initializer.details = details }
    return initializer
  }
}
