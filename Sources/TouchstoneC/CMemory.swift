/// A text that C reads for as long as this object lives, ended with NUL.
final class CText: @unchecked Sendable {
  // Written in `init` alone.
  let pointer: UnsafePointer<CChar>

  init(_ text: String) { pointer = copied(text) }

  deinit { pointer.deallocate() }
}

/// Texts and numbers that C reads for as long as this object lives.
final class CMemory: @unchecked Sendable {
  // Whoever fills a memory does so before another thread can see it.
  private var blocks: [UnsafeRawPointer] = []

  init() {}

  deinit { for block in blocks { block.deallocate() } }

  /// The text, ended with NUL.
  func text(_ text: String) -> UnsafePointer<CChar> {
    let pointer = copied(text)
    blocks.append(UnsafeRawPointer(pointer))
    return pointer
  }

  /// The elements in one block; never NULL.
  func array<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element> {
    let pointer = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    pointer.initialize(from: elements, count: elements.count)
    blocks.append(UnsafeRawPointer(pointer))
    return UnsafePointer(pointer)
  }

  /// The texts, each ended with NUL, nil as NULL.
  func texts(_ texts: [String?]) -> UnsafePointer<UnsafePointer<CChar>?> {
    array(texts.map { $0.map(text) })
  }
}

private func copied(_ text: String) -> UnsafePointer<CChar> {
  var text = text
  return text.withUTF8 { utf8 in
    let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: utf8.count + 1)
    for (index, byte) in utf8.enumerated() { pointer[index] = CChar(bitPattern: byte) }
    pointer[utf8.count] = 0
    return UnsafePointer(pointer)
  }
}
