/// Data movement, for elements of every type: by strides, or by a list of source positions.

/// Row-major strides of `shape`, in elements; of an empty shape ones, since nothing stands there.
public func rowMajorStrides(_ shape: [Int]) -> [Int] {
  var strides = [Int](repeating: 1, count: shape.count)
  if shape.contains(0) { return strides }
  for axis in stride(from: shape.count - 2, through: 0, by: -1) {
    strides[axis] = strides[axis + 1] * shape[axis + 1]
  }
  return strides
}

extension Tensor {
  /// A new tensor with Y[i0, i1, …] = X[offset + Σ iₖ·strides[k]], positions counted in flat elements.
  /// Transpose, slice, flip, broadcast and diagonal are all of this form.
  ///
  /// - Precondition: every position read lies inside this tensor.
  public func strided(shape: [Int], strides: [Int], offset: Int = 0) -> Tensor {
    if elementType == .string {
      return selecting(StridedPositions(shape: shape, strides: strides, offset: offset).all(), shape: shape)
    }
    let positions = StridedPositions(shape: shape, strides: strides, offset: offset)
    if let start = positions.startOfRun, isWorthKeeping(positions.shape.product), let (storage, first) = place
    {
      return Tensor(
        elementType, shape: shape, storage: storage, byteOffset: first + start * elementType.byteWidth)
    }
    return Tensor(elementType, shape: shape) { target in
      withUnsafeBytes { source in
        switch elementType.byteWidth {
        case 1: positions.copy(UInt8.self, from: source, to: target)
        case 2: positions.copy(UInt16.self, from: source, to: target)
        case 4: positions.copy(UInt32.self, from: source, to: target)
        case 8: positions.copy(UInt64.self, from: source, to: target)
        default: positions.copy(Complex.self, from: source, to: target)
        }
      }
    }
  }

  /// Whether so many of the elements may share these bytes: few of many would keep all from being freed.
  private func isWorthKeeping(_ count: Int) -> Bool {
    guard let (storage, _) = place else { return false }
    return count > 0 && storage.byteCount / 4 <= count * elementType.byteWidth
  }

  /// This tensor repeated along axes of extent 1 and new leading axes, by ONNX's multidirectional rule.
  ///
  /// - Precondition: the shape of this tensor broadcasts to `shape`.
  public func broadcast(to shape: [Int]) -> Tensor {
    if shape == self.shape { return self }
    let leading = shape.count - rank
    let strides = rowMajorStrides(self.shape)
    return strided(
      shape: shape,
      strides: shape.indices.map { $0 < leading || self.shape[$0 - leading] == 1 ? 0 : strides[$0 - leading] }
    )
  }

  /// The axes in another order: axis k of the result is axis `permutation[k]` of this tensor.
  public func transposed(_ permutation: [Int]) -> Tensor {
    let strides = rowMajorStrides(shape)
    return strided(shape: permutation.map { shape[$0] }, strides: permutation.map { strides[$0] })
  }

  /// A new tensor whose element i is this tensor's element at flat position `positions[i]`.
  public func selecting(_ positions: [Int], shape: [Int]) -> Tensor {
    if elementType == .string {
      let strings = self.strings
      return Tensor(strings: positions.map { strings[$0] }, shape: shape)
    }
    switch elementType.byteWidth {
    case 1: return select(UInt8.self, positions, shape)
    case 2: return select(UInt16.self, positions, shape)
    case 4: return select(UInt32.self, positions, shape)
    case 8: return select(UInt64.self, positions, shape)
    default: return select(Complex.self, positions, shape)
    }
  }

  private func select<T: BitwiseCopyable>(_: T.Type, _ positions: [Int], _ shape: [Int]) -> Tensor {
    withElements(T.self) { x in
      Tensor(elementType, shape: shape) { bytes in
        let target = bytes.bindMemory(to: T.self)
        var pace = WorkPace()
        for (i, position) in positions.enumerated() {
          guard pace.goesOn(1) else { return bytes.zero(from: i * MemoryLayout<T>.stride) }
          target[i] = x[position]
        }
      }
    }
  }

  /// The same for blocks of `length` elements, the k-th from the flat position `starts[k]` on.
  public func selecting(blocksAt starts: [Int], of length: Int, shape: [Int]) -> Tensor {
    if elementType == .string {
      let strings = self.strings
      return Tensor(strings: starts.flatMap { strings[$0..<($0 + length)] }, shape: shape)
    }
    if length == 1 { return selecting(starts, shape: shape) }
    let size = length * elementType.byteWidth
    return withUnsafeBytes { source in
      Tensor(elementType, shape: shape) { target in
        var pace = WorkPace()
        for (k, start) in starts.enumerated() {
          guard pace.goesOn(length) else { return target.zero(from: k * size) }
          let block = UnsafeRawBufferPointer(
            rebasing: source[(start * elementType.byteWidth)...].prefix(size))
          UnsafeMutableRawBufferPointer(rebasing: target[(k * size)...].prefix(size)).copyInBlocks(
            from: block)
        }
      }
    }
  }

  /// Of each tensor in turn the first of `rows` equal parts, then of each the second, and so on, under `shape`. All have
  /// the same element type.
  public static func joiningRows(_ tensors: [Tensor], rows: Int, as type: ElementType, shape: [Int]) -> Tensor
  {
    if type == .string {
      let lists = tensors.map { ($0.strings, $0.count / max(1, rows)) }
      return Tensor(
        strings: (0..<rows).flatMap { row in lists.flatMap { $0[($1 * row)..<($1 * (row + 1))] } },
        shape: shape)
    }
    return Tensor(type, shape: shape) { target in
      guard rows > 0, let base = target.baseAddress else { return }
      let width = target.count / rows
      var (column, pace) = (0, WorkPace())
      for tensor in tensors {
        tensor.withUnsafeBytes { bytes in
          guard let source = bytes.baseAddress else { return }
          let part = bytes.count / rows
          for row in 0..<rows {
            guard pace.goesOn(part) else { return target.zero(from: 0) }
            UnsafeMutableRawBufferPointer(start: base + row * width + column, count: part)
              .copyInBlocks(from: UnsafeRawBufferPointer(start: source + row * part, count: part))
          }
          column += part
        }
      }
    }
  }

  /// The tensors laid end to end in flat order, under `shape`. All have the same element type.
  public static func joining(_ tensors: [Tensor], as type: ElementType, shape: [Int]) -> Tensor {
    if type == .string { return Tensor(strings: tensors.flatMap(\.strings), shape: shape) }
    return Tensor(type, shape: shape) { target in
      var at = 0
      for tensor in tensors {
        tensor.withUnsafeBytes { bytes in
          UnsafeMutableRawBufferPointer(rebasing: target[at..<(at + bytes.count)]).copyInBlocks(from: bytes)
          at += bytes.count
        }
      }
    }
  }

  /// A tensor of `shape` in which every element is this tensor's only element.
  public func repeated(_ shape: [Int]) -> Tensor {
    strided(shape: shape, strides: shape.map { _ in 0 })
  }
}

/// The flat positions that an odometer over `shape` visits, with the given strides. Neighbouring axes that are one run
/// are one axis.
struct StridedPositions {
  let shape: [Int]
  let strides: [Int]
  let offset: Int

  init(shape: [Int], strides: [Int], offset: Int) {
    self.offset = offset
    guard !shape.contains(0) else {
      (self.shape, self.strides) = (shape, strides)
      return
    }
    var axes: [(extent: Int, stride: Int)] = []
    for (extent, stride) in zip(shape, strides) where extent != 1 {
      if let last = axes.last, last.stride == stride * extent {
        axes[axes.count - 1] = (last.extent * extent, stride)
      } else {
        axes.append((extent, stride))
      }
    }
    self.shape = axes.map(\.extent)
    self.strides = axes.map(\.stride)
  }

  /// Where the positions begin, if they follow each other.
  var startOfRun: Int? { shape.isEmpty || strides == [1] ? offset : nil }

  func all() -> [Int] {
    var positions: [Int] = []
    positions.reserveCapacity(shape.product)
    forEachRow { start, length, step in
      for k in 0..<length { positions.append(start + k * step) }
      return true
    }
    return positions
  }

  func copy<T: BitwiseCopyable>(
    _: T.Type, from source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer
  ) {
    guard let source = source.baseAddress?.assumingMemoryBound(to: T.self),
      let first = target.baseAddress?.assumingMemoryBound(to: T.self)
    else { return }
    var (next, pace) = (first, WorkPace())
    forEachRow { start, length, step in
      guard pace.goesOn(length) else {
        target.zero(from: (next - first) * MemoryLayout<T>.stride)
        return false
      }
      if step == 1 {
        next.update(from: source + start, count: length)
      } else {
        for k in 0..<length { next[k] = source[start &+ k &* step] }
      }
      next += length
      return true
    }
  }

  /// The most positions of one run.
  private static let longestRun = WorkBudget.stepsBetweenAskings

  /// Calls `body` with the first position, the length and the step of each run along the last axis, until it
  /// says no. Long axes are several runs.
  private func forEachRow(_ body: (_ start: Int, _ length: Int, _ step: Int) -> Bool) {
    guard !shape.contains(0) else { return }
    guard let length = shape.last, let step = strides.last else {
      _ = body(offset, 1, 1)
      return
    }
    var index = [Int](repeating: 0, count: shape.count - 1)
    var start = offset
    while true {
      for first in stride(from: 0, to: length, by: Self.longestRun) {
        let run = min(Self.longestRun, length - first)
        guard body(start + first * step, run, step) else { return }
      }
      var axis = index.count - 1
      while axis >= 0 {
        index[axis] += 1
        start += strides[axis]
        if index[axis] < shape[axis] { break }
        start -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
