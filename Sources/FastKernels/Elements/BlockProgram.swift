import Execution
import GraphIR
import TensorCore

/// Functions of elements one behind the other, computed block by block, so that what is between them stays in the
/// first cache.
struct BlockProgram: Sendable {
  /// Where a function's input comes from.
  enum Source: Sendable, Equatable {
    /// The block that the program begins with (0), or what the function before the one at this position gave.
    case value(Int)
    /// An operand, by its position among those that a run is given.
    case operand(Int)
  }
  struct Step: Sendable {
    let function: BlockFunction
    let first: Source
    /// Nil for a function of one number.
    let second: Source?

    var sources: [Source] { [first] + (second.map { [$0] } ?? []) }
  }
  private(set) var steps: [Step] = []
  /// The operands that are read, by the positions that they have in the inputs of the node or chain.
  private(set) var operands: [Int] = []
  /// For each step the buffer it writes to; nil for the last, which writes the result.
  private(set) var buffers: [Int?] = []
  private(set) var bufferCount = 0

  /// Elements of one block.
  static let blockLength = 1_024

  /// The program with one function more, whose inputs are named as by a link of a chain.
  ///
  /// - Parameter first: the value that the chain begins with.
  func appending(_ function: BlockFunction, _ sources: [ChainLink.Operand], after first: Int = 0)
    -> BlockProgram
  {
    var longer = self
    let sources = sources.map { source -> Source in
      switch source {
      case .link(let index): return .value(first + index)
      case .input(let position):
        if let known = longer.operands.firstIndex(of: position) { return .operand(known) }
        longer.operands.append(position)
        return .operand(longer.operands.count - 1)
      }
    }
    longer.steps.append(Step(function: function, first: sources[0], second: sources.dropFirst().first))
    longer.assignBuffers()
    return longer
  }

  /// The program with the links of a chain behind it; nil where one of them is no function of float elements, or
  /// where its other inputs are known to make the result larger.
  func appending(_ links: [ChainLink]) -> BlockProgram? {
    var longer = self
    let first = steps.count
    for link in links {
      guard let function = ElementwiseKernels.function(of: link), keepsShape(link, function.arity),
        (0..<function.arity).allSatisfy({ link.site.mayBe(.float, $0) })
      else { return nil }
      longer = longer.appending(function, Array(link.operands.prefix(function.arity)), after: first)
    }
    return longer
  }

  /// Whether the inputs of a link may all broadcast to the shape of what the chain computes.
  private func keepsShape(_ link: ChainLink, _ arity: Int) -> Bool {
    let dims = (0..<arity).map { link.site.inputs.indices.contains($0) ? link.site.inputs[$0].dims : nil }
    let isInner = link.operands.map { if case .link = $0 { true } else { false } }
    guard let result = zip(dims, isInner).first(where: { $0.1 })?.0 else { return true }
    return zip(dims, isInner).allSatisfy { dims, isInner in
      guard let dims, !isInner else { return true }
      return dims.count <= result.count
        && zip(dims.reversed(), result.reversed()).allSatisfy { $0 == 1 || $0 == $1 || $0.number == nil }
    }
  }

  /// The whole program, where it is no more than the addition of an operand and limits, or one of them, or nothing.
  var additionAndLimits: (operand: Int?, low: Float, high: Float)? {
    var rest = steps[...]
    var operand: Int?
    if case .sum? = rest.first?.function, let sources = rest.first?.sources {
      guard case .operand(let position)? = sources.first(where: { $0 != .value(0) }),
        sources.contains(.value(0))
      else { return nil }
      operand = position
      rest = rest.dropFirst()
    }
    guard let last = rest.first else { return (operand, -.infinity, .infinity) }
    guard case .limits(let low, let high) = last.function, last.sources == [.value(rest.startIndex)],
      rest.count == 1
    else { return nil }
    return (operand, low, high)
  }

  /// Gives each step the first buffer whose value nobody reads any more; a step may write where it reads.
  private mutating func assignBuffers() {
    var lastReader = [Int](repeating: -1, count: steps.count + 1)
    for (index, step) in steps.enumerated() {
      for case .value(let value) in step.sources { lastReader[value] = index }
    }
    var holders: [Int] = []
    buffers = steps.indices.dropLast().map { index in
      if let free = holders.firstIndex(where: { lastReader[$0] <= index }) {
        holders[free] = index + 1
        return free
      }
      holders.append(index + 1)
      return holders.count - 1
    }
    buffers.append(nil)
    bufferCount = holders.count
  }
}
