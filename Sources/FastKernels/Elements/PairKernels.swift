import Execution
import GraphIR
import OperatorSet
import TensorCore

/// Comparisons, logic, sums and products of integers, and choices, after broadcasting.
enum PairKernels {
  static let all = [
    Kernel("equal", for: Equal.self) { node, inputs, context in
      guard node.legacyBroadcast == nil else { return nil }
      return try compared(Float.self, .float, inputs, context) { $0 == $1 } ?? compared(
        Int64.self, .int64, inputs, context
      ) { $0 == $1 }
        ?? compared(Int32.self, .int32, inputs, context) { $0 == $1 }
    },
    Kernel("greater", for: Greater.self) { node, inputs, context in
      guard node.legacyBroadcast == nil else { return nil }
      return try compared(Float.self, .float, inputs, context) { $0 > $1 }
        ?? compared(Int64.self, .int64, inputs, context) { $0 > $1 }
    },
    Kernel("less", for: Less.self) { node, inputs, context in
      guard node.legacyBroadcast == nil else { return nil }
      return try compared(Float.self, .float, inputs, context) { $0 < $1 }
        ?? compared(Int64.self, .int64, inputs, context) { $0 < $1 }
    },
    Kernel("greaterorequal", for: GreaterOrEqual.self) { _, inputs, context in
      try compared(Float.self, .float, inputs, context) { $0 >= $1 }
        ?? compared(Int64.self, .int64, inputs, context) { $0 >= $1 }
    },
    Kernel("lessorequal", for: LessOrEqual.self) { _, inputs, context in
      try compared(Float.self, .float, inputs, context) { $0 <= $1 }
        ?? compared(Int64.self, .int64, inputs, context) { $0 <= $1 }
    },
    Kernel("and", for: And.self) { node, inputs, context in
      node.legacyBroadcast == nil ? try combined(UInt8.self, .bool, inputs, context) { $0 & $1 } : nil
    },
    Kernel("or", for: Or.self) { node, inputs, context in
      node.legacyBroadcast == nil ? try combined(UInt8.self, .bool, inputs, context) { $0 | $1 } : nil
    },
    Kernel("add.int64", for: Add.self) { node, inputs, context in
      node.legacyBroadcast == nil ? try combined(Int64.self, .int64, inputs, context) { $0 &+ $1 } : nil
    },
    Kernel("sub.int64", for: Sub.self) { node, inputs, context in
      node.legacyBroadcast == nil ? try combined(Int64.self, .int64, inputs, context) { $0 &- $1 } : nil
    },
    Kernel("mul.int64", for: Mul.self) { node, inputs, context in
      node.legacyBroadcast == nil ? try combined(Int64.self, .int64, inputs, context) { $0 &* $1 } : nil
    },
    Kernel("where", for: Where.self, choose),
    Kernel("isnan.float", for: IsNaN.self) { _, inputs, context in
      let x = try inputs.tensor(0)
      guard x.elementType == .float else { return nil }
      return try evaluate((x, x), Float.self, .bool, UInt8.self, context) { value, _ in value != value ? 1 : 0
      }
    },
  ]

  // MARK: - By type

  @inline(__always)
  private static func compared<Element: BitwiseCopyable>(
    _: Element.Type, _ type: ElementType, _ inputs: Inputs<Value>, _ context: KernelContext,
    _ f: (Element, Element) -> Bool
  ) throws -> [Value]? {
    guard let pair = try pair(inputs, type) else { return nil }
    return try evaluate(pair, Element.self, .bool, UInt8.self, context) { f($0, $1) ? 1 : 0 }
  }

  /// What has the type of both operands.
  @inline(__always)
  private static func combined<Element: BitwiseCopyable>(
    _: Element.Type, _ type: ElementType, _ inputs: Inputs<Value>, _ context: KernelContext,
    _ f: (Element, Element) -> Element
  ) throws -> [Value]? {
    guard let pair = try pair(inputs, type) else { return nil }
    return try evaluate(pair, Element.self, type, Element.self, context, f)
  }

  private static func pair(_ inputs: Inputs<Value>, _ type: ElementType) throws -> (Tensor, Tensor)? {
    let (a, b) = (try inputs.tensor(0), try inputs.tensor(1))
    return a.elementType == type && b.elementType == type ? (a, b) : nil
  }

  // MARK: - Where

  private static func choose(_: Where, _ inputs: Inputs<Value>, _ context: KernelContext) throws -> [Value]? {
    let (X, Y) = (try inputs.tensor(1), try inputs.tensor(2))
    guard X.elementType == Y.elementType, X.elementType != .string, try inputs.tensor(0).elementType == .bool
    else { return nil }
    switch X.elementType.byteWidth {
    case 1: return try choose(UInt8.self, inputs, context)
    case 4: return try choose(UInt32.self, inputs, context)
    case 8: return try choose(UInt64.self, inputs, context)
    default: return nil
    }
  }

  private static func choose<Element: BitwiseCopyable>(
    _: Element.Type, _ inputs: Inputs<Value>, _ context: KernelContext
  ) throws -> [Value]? {
    let tensors = (try inputs.tensor(0), try inputs.tensor(1), try inputs.tensor(2))
    let shape = try broadcastShape([tensors.0.shape, tensors.1.shape, tensors.2.shape])
    guard !shape.contains(0) else { return nil }
    return try tensors.0.withElements(UInt8.self) { condition in
      try tensors.1.withElements(Element.self) { x in
        try tensors.2.withElements(Element.self) { y in
          guard let condition = BroadcastOperand(condition, shape: tensors.0.shape, in: shape),
            let x = BroadcastOperand(x, shape: tensors.1.shape, in: shape),
            let y = BroadcastOperand(y, shape: tensors.2.shape, in: shape)
          else { return nil }
          return try blocks(shape, tensors.1.elementType, Element.self, context) {
            start, count, target, scratch in
            let choices = condition.block(start, count, scratch: scratch.assumingMemoryBound(to: UInt8.self))
            let x = x.block(start, count, scratch: scratch.part(1))
            let y = y.block(start, count, scratch: scratch.part(2))
            for i in 0..<count { target[i] = choices[i] != 0 ? x[i] : y[i] }
          }
        }
      }
    }
  }

  // MARK: - Loops

  /// Elements of one block.
  fileprivate static let blockLength = 1_024
  /// Elements of one chunk.
  private static let chunkLength = 1 << 15

  @inline(__always)
  private static func evaluate<Element: BitwiseCopyable, Result: BitwiseCopyable>(
    _ tensors: (Tensor, Tensor), _: Element.Type, _ type: ElementType, _: Result.Type,
    _ context: KernelContext,
    _ f: (Element, Element) -> Result
  ) throws -> [Value]? {
    let shape = try broadcastShape([tensors.0.shape, tensors.1.shape])
    guard !shape.contains(0) else { return nil }
    return try tensors.0.withElements(Element.self) { a in
      try tensors.1.withElements(Element.self) { b in
        guard let a = BroadcastOperand(a, shape: tensors.0.shape, in: shape),
          let b = BroadcastOperand(b, shape: tensors.1.shape, in: shape)
        else { return nil }
        return try blocks(shape, type, Result.self, context) { start, count, target, scratch in
          let x = a.block(start, count, scratch: scratch.part(0))
          let y = b.block(start, count, scratch: scratch.part(1))
          for i in 0..<count { target[i] = f(x[i], y[i]) }
        }
      }
    }
  }

  /// A tensor that `body` fills block by block, given the first element and how many there are, and scratch.
  @inline(__always)
  private static func blocks<Result: BitwiseCopyable>(
    _ shape: [Int], _ type: ElementType, _: Result.Type, _ context: KernelContext,
    _ body: (Int, Int, UnsafeMutablePointer<Result>, UnsafeMutableRawPointer) -> Void
  ) throws -> [Value]? {
    let count = try elementCount(shape)
    let storage = Storage(byteCount: count * MemoryLayout<Result>.stride)
    let target = storage.base.assumingMemoryBound(to: Result.self)
    let chunks = (count + chunkLength - 1) / chunkLength
    try context.forEachChunk(chunks, scratch: 3 * blockLength * 2) { chunk, scratch in
      let end = min((chunk + 1) * chunkLength, count)
      for start in stride(from: chunk * chunkLength, to: end, by: blockLength) {
        body(start, min(blockLength, end - start), target + start, UnsafeMutableRawPointer(scratch))
      }
    }
    return [.tensor(Tensor(type, shape: shape, storage: storage))]
  }
}

extension UnsafeMutableRawPointer {
  /// Scratch for a block of elements of at most 8 bytes.
  fileprivate func part<Element>(_ index: Int) -> UnsafeMutablePointer<Element> {
    (self + index * PairKernels.blockLength * 8).assumingMemoryBound(to: Element.self)
  }
}
