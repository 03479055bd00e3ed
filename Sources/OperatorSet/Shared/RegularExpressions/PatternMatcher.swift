import TensorCore

/// Runs a program on a text, all its threads at once, one step a byte.
struct PatternMatcher {
  private let program: PatternProgram
  private let bytes: UnsafeBufferPointer<UInt8>
  /// The threads that begin at each of the next places: a code point takes up to four bytes.
  private var waiting: [[Int]] = Array(repeating: [], count: 4)
  /// The last place at which each instruction was reached, so that none is followed twice at one place.
  private var reached: [Int]

  init(_ program: PatternProgram, _ bytes: UnsafeBufferPointer<UInt8>) {
    self.program = program
    self.bytes = bytes
    reached = Array(repeating: -1, count: program.instructions.count)
  }

  mutating func run(_ work: inout Work) throws -> Bool {
    var threads = [0]
    for place in 0...bytes.count {
      let next = nextCodePoint(place)
      while let thread = threads.popLast() {
        try work.spend(1)
        guard reached[thread] < place else { continue }
        reached[thread] = place
        if step(thread, at: place, next, &threads) { return true }
      }
      swap(&threads, &waiting[(place + 1) % 4])
      if threads.isEmpty && waiting.allSatisfy(\.isEmpty) { return false }
    }
    return false
  }

  /// Follows one thread; true where the program has come to its end with the text.
  private mutating func step(
    _ thread: Int, at place: Int, _ next: (value: UInt32, length: Int)?, _ threads: inout [Int]
  ) -> Bool {
    switch program.instructions[thread] {
    case .literal(let value):
      if let next, next.value == value { waiting[(place + next.length) % 4].append(thread + 1) }
    case .oneOf(let index):
      if let next, program.classes[index].contains(next.value) {
        waiting[(place + next.length) % 4].append(thread + 1)
      }
    case .anyByte: if place < bytes.count { waiting[(place + 1) % 4].append(thread + 1) }
    case .jump(let distance): threads.append(thread + distance)
    case .split(let distance): threads += [thread + 1, thread + distance]
    case .assertion(let assertion): if holds(assertion, at: place) { threads.append(thread + 1) }
    case .match: return place == bytes.count
    }
    return false
  }

  /// The code point that begins at `place`; nil at the end, and within a code point, where only `\C` leads
  /// to.
  private func nextCodePoint(_ place: Int) -> (value: UInt32, length: Int)? {
    guard place < bytes.count else { return nil }
    let first = bytes[place]
    let length = first < 0x80 ? 1 : first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard length > 1, place + length <= bytes.count else { return length == 1 ? (UInt32(first), 1) : nil }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes[place + 1..<place + length] { value = value << 6 | UInt32(byte & 0x3F) }
    return (value, length)
  }

  private func holds(_ assertion: PatternAssertion, at place: Int) -> Bool {
    switch assertion {
    case .textBegins: place == 0
    case .textEnds: place == bytes.count
    case .lineBegins: place == 0 || bytes[place - 1] == UInt8(ascii: "\n")
    case .lineEnds: place == bytes.count || bytes[place] == UInt8(ascii: "\n")
    case .wordBoundary: isWord(place - 1) != isWord(place)
    case .noWordBoundary: isWord(place - 1) == isWord(place)
    }
  }

  /// Whether an ASCII letter, digit or underscore stands at `place`.
  private func isWord(_ place: Int) -> Bool {
    guard bytes.indices.contains(place) else { return false }
    return CodePointSet.perlWord.contains(UInt32(bytes[place]))
  }
}
