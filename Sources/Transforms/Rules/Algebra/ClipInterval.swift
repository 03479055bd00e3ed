import GraphIR
import OperatorSet
import TensorCore

/// The numbers that a Clip or a Relu lets pass.
struct ClipInterval: Equatable {
  let low: Double?
  let high: Double?

  private init(low: Double?, high: Double?) { (self.low, self.high) = (low, high) }

  /// Nil for other operators, for bounds that are not constant or NaN, and for integers beyond 2^53, of which
  /// `Double` does not hold every one.
  init?(of node: EditedNode, _ editor: GraphEditor) {
    if node.uses("Relu") {
      self.init(low: 0, high: nil)
      return
    }
    guard let clip = node.definition as? Clip else { return nil }
    if let bounds = clip.attributeBounds {
      self.init(low: bounds.min.map(Double.init), high: bounds.max.map(Double.init))
    } else {
      let numbers = [1, 2].map { index in node.input(index).map { Self.number($0, editor) } }
      guard numbers.allSatisfy({ $0 != .some(nil) }) else { return nil }
      self.init(low: numbers[0] ?? nil, high: numbers[1] ?? nil)
    }
    guard low?.isNaN != true, high?.isNaN != true else { return nil }
  }

  private static func number(_ name: String, _ editor: GraphEditor) -> Double? {
    guard let tensor = editor.constant(name), tensor.count == 1, let number = tensor.doubles().first,
      tensor.elementType.isFloating || number.magnitude < 0x1p53
    else { return nil }
    return number
  }

  /// What both let pass, one after the other; nil where nothing lies in both. Of two bounds that are equal
  /// the first one counts, which matters to the sign of a zero.
  func applied(after first: ClipInterval) -> ClipInterval? {
    func one(_ a: Double?, _ b: Double?, if isCloser: (Double, Double) -> Bool) -> Double? {
      guard let a, let b else { return a ?? b }
      return isCloser(b, a) ? b : a
    }
    let (low, high) = (one(first.low, low, if: >), one(first.high, high, if: <))
    if let low, let high, low > high { return nil }
    return ClipInterval(low: low, high: high)
  }

  /// The same numbers, zeros of one sign included.
  static func == (a: ClipInterval, b: ClipInterval) -> Bool {
    a.low?.bitPattern == b.low?.bitPattern && a.high?.bitPattern == b.high?.bitPattern
  }

  /// A Clip to this interval, put in place of `node`; nil where the type is not known.
  func clip(_ x: String, inPlaceOf node: EditedNode, _ editor: inout GraphEditor) throws -> Node? {
    guard let version = editor.version(of: "Clip"), let type = editor.fact(x).elementType else { return nil }
    var clip = Node("Clip", name: node.node.name, inputs: [x], outputs: node.node.outputs)
    clip.annotations = node.node.annotations
    let bounds = [("min", low), ("max", high)]
    guard version.since >= 11 else {
      clip.attributes = bounds.compactMap { name, bound in
        bound.map { NamedAttribute(name, .float(Float($0))) }
      }
      return clip
    }
    for (name, bound) in bounds {
      let tensor = bound.map { Tensor(type, shape: [], number: $0) }
      let base = "\(node.node.outputs.first ?? "")_\(name)"
      clip.inputs.append(try tensor.map { try editor.addConstant($0, named: base, before: node) } ?? "")
    }
    if high == nil { clip.inputs.removeLast() }
    return clip
  }
}

extension Tensor {
  /// A scalar that holds a number which its type holds exactly.
  fileprivate init(_ type: ElementType, shape: [Int], number: Double) {
    if type.isFloating {
      self.init(type, shape: shape, rounding: [number])
    } else {
      self.init(type, shape: shape, wrapping: [Int64(number)])
    }
  }
}
