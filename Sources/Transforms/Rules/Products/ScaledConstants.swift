import GraphIR
import TensorCore

/// The constants that a graph would have, were one of its values multiplied by a number.
struct ScaledConstants {
  private struct Change {
    let reader: EditedNode
    let input: Int
    let tensor: Tensor
  }

  private var changes: [Change] = []
  /// What reads values on the way with the flow. Where two ways meet, the number would count twice.
  private var passed: Set<EditedNode.ID> = []

  /// How far constants are looked for.
  private static let depth = 16
  private static let movements: Set<String> = ["Reshape", "Transpose", "Squeeze", "Unsqueeze", "Flatten"]

  /// The columns of a value's last axis that are meant, where not all are.
  private typealias Columns = Range<Int>

  /// For a value that `reader` alone wants, constants of what it is computed from.
  ///
  /// - Returns: nil where the number does not get through to constants, or one would leave its type's range.
  init?(multiplying name: String, readBy reader: EditedNode, by factor: Double, _ editor: GraphEditor) {
    guard raise(factor, name, reader, nil, depth: Self.depth, editor) else { return nil }
  }

  /// For a value that is given to `readers` without the number, constants of what it is multiplied with
  /// there.
  init?(multiplyingWhatReads name: String, by factor: Double, _ editor: GraphEditor) {
    guard lower(factor, name, depth: Self.depth, editor) else { return nil }
  }

  /// Puts the constants in place of the ones that there are.
  func apply(_ editor: inout GraphEditor) throws {
    for change in changes {
      guard let reader = editor[change.reader.id] else { continue }
      var node = reader.node
      node.inputs[change.input] = try editor.addConstant(
        change.tensor, named: node.inputs[change.input], before: reader)
      editor.replace(reader, with: node)
    }
  }

  // MARK: - Against the flow

  private mutating func raise(
    _ factor: Double, _ name: String, _ reader: EditedNode, _ columns: Columns?, depth: Int,
    _ editor: GraphEditor
  ) -> Bool {
    guard depth > 0, let node = editor.producer(of: name), editor.isRead(name, butForItsShapeOnlyBy: reader),
      reader.node.inputs.count(where: { areSame($0, name) }) == 1, node.uses(node.node.opType)
    else { return false }
    func input(_ index: Int, _ scaled: inout ScaledConstants) -> Bool {
      guard let operand = node.input(index) else { return false }
      return scaled.scale(factor, node, index, columns, editor)
        || scaled.raise(factor, operand, node, columns, depth: depth - 1, editor)
    }
    switch node.node.opType {
    case let type where Self.movements.contains(type) && columns == nil:
      return node.input(0).map { raise(factor, $0, node, nil, depth: depth - 1, editor) } ?? false
    case "Split":
      guard columns == nil, let columns = editor.columns(of: name, in: node), let whole = node.input(0) else {
        return false
      }
      return raise(factor, whole, node, columns, depth: depth - 1, editor)
    case "Add" where node.stretchesInputs, "Sub" where node.stretchesInputs:
      return input(0, &self) && input(1, &self)
    case "Mul" where node.stretchesInputs && columns == nil:
      return attempt { input(0, &$0) } || attempt { input(1, &$0) }
    case "Div" where node.stretchesInputs && columns == nil: return input(0, &self)
    case "MatMul":
      return attempt { input(1, &$0) } || columns == nil && attempt { input(0, &$0) }
    case "DequantizeLinear":
      let isByColumn =
        [1, -1].contains(node.attributes?.optionalInt("axis")) || editor.fact(node.input(1)).rank == 2
      return (columns == nil || isByColumn) && scale(factor, node, 1, columns, editor)
    case "Gemm" where node.stretchesInputs && columns == nil, "Conv" where columns == nil,
      "ConvTranspose" where columns == nil:
      return input(1, &self) && (node.input(2) == nil || input(2, &self))
    default: return false
    }
  }

  /// Keeps what was found only if all was.
  private mutating func attempt(_ body: (inout ScaledConstants) -> Bool) -> Bool {
    let before = self
    if body(&self) { return true }
    self = before
    return false
  }

  /// A constant input, multiplied; of some columns only where not all are meant.
  private mutating func scale(
    _ factor: Double, _ node: EditedNode, _ index: Int, _ columns: Columns?, _ editor: GraphEditor
  ) -> Bool {
    guard let constant = editor.constant(node.input(index)), constant.elementType.isFloating else {
      return false
    }
    let width = constant.shape.last ?? 1
    guard columns.map({ $0.upperBound <= width && constant.rank <= 2 }) ?? true,
      let scaled = constant.scaled({ columns?.contains($0 % width) ?? true ? factor : 1 })
    else { return false }
    changes.append(Change(reader: node, input: index, tensor: scaled))
    return true
  }

  // MARK: - With the flow

  private mutating func lower(_ factor: Double, _ name: String, depth: Int, _ editor: GraphEditor) -> Bool {
    let readers = editor.readers(of: name)
    guard depth > 0, !readers.isEmpty, !editor.isOutput(name) else { return false }
    return readers.allSatisfy { reader in
      guard let index = reader.node.inputs.firstIndex(where: { areSame($0, name) }),
        reader.node.inputs.count(where: { areSame($0, name) }) == 1, let next = reader.output(0),
        reader.uses(reader.node.opType), passed.insert(reader.id).inserted
      else { return false }
      func onward(_ scaled: inout ScaledConstants) -> Bool {
        scaled.lower(factor, next, depth: depth - 1, editor)
      }
      switch reader.node.opType {
      case let type where Self.movements.contains(type) && index == 0: return onward(&self)
      case "Mul" where reader.stretchesInputs, "MatMul":
        return scale(factor, reader, 1 - index, nil, editor) || onward(&self)
      case "Gemm" where index < 2, "Conv" where index == 0, "ConvTranspose" where index == 0:
        return scale(factor, reader, 1 - index, nil, editor)
      default: return false
      }
    }
  }
}

extension GraphEditor {
  /// Whether the elements of a value are wanted by one node alone, as an input.
  fileprivate func isRead(_ name: String, butForItsShapeOnlyBy reader: EditedNode) -> Bool {
    !isOutput(name)
      && readers(of: name).allSatisfy { $0.id == reader.id || $0.uses("Shape") || $0.uses("Size") }
      && reader.node.inputs.contains { areSame($0, name) }
  }

  /// The columns of the last axis that one output of a Split holds; nil for another axis or unknown extents.
  fileprivate func columns(of output: String, in split: EditedNode) -> Range<Int>? {
    guard let index = split.node.outputs.firstIndex(where: { areSame($0, output) }),
      let rank = fact(split.input(0)).rank, let axis = split.attributes?.optionalInt("axis"),
      axis == -1 || axis == rank - 1,
      let extents = split.attributes?.optionalInts("split") ?? constant(split.input(1))?.ints(),
      extents.count == split.node.outputs.count
    else { return nil }
    let begin = extents.prefix(index).reduce(0, +)
    return begin..<(begin + extents[index])
  }
}
