import Execution
import Foundation

/// Messages on a pipe: four bytes of length, lowest first, then JSON.
package enum Frame {
  package static func encode(_ message: some Encodable) throws -> [UInt8] {
    let body = try JSONEncoder().encode(message)
    return (0..<4).map { UInt8(truncatingIfNeeded: body.count >> (8 * $0)) } + body
  }

  /// Bytes that no message needs: values lie in files of their own.
  private static let limit = 1 << 30

  /// Takes the first message off `buffer`; nil while it is not complete.
  ///
  /// - Throws: `DamagedMessage` for what is none.
  package static func decode<Message: Decodable>(_: Message.Type, from buffer: inout [UInt8]) throws
    -> Message?
  {
    guard buffer.count >= 4 else { return nil }
    let length = (0..<4).reduce(0) { $0 | Int(buffer[$1]) << (8 * $1) }
    guard length <= limit else { throw DamagedMessage(ofBytes: length) }
    guard buffer.count >= 4 + length else { return nil }
    guard let message = try? JSONDecoder().decode(Message.self, from: Data(buffer[4..<4 + length])) else {
      throw DamagedMessage(ofBytes: length)
    }
    buffer.removeFirst(4 + length)
    return message
  }
}

/// What a process has sent is no message: what it runs has written over its memory or onto its pipe.
package struct DamagedMessage: Error, CustomStringConvertible {
  package let description: String

  private init(_ description: String) { self.description = description }

  init(ofBytes length: Int) { self.init("what the worker sent is no message of \(length) bytes") }

  /// - Parameter claim: what a message says and cannot be.
  package init(claim: String) { self.init("what the worker sent cannot be: \(claim)") }
}

/// The first thing a worker says: what provider it has, or why it has none.
package enum WorkerGreeting: Codable, Sendable {
  case ready(ProviderDescription)
  case failed(ProviderFailure)
}
