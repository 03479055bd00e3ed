import Execution
import Foundation

/// Messages on a pipe: four bytes of length, lowest first, then JSON.
package enum Frame {
  package static func encode(_ message: some Encodable) throws -> [UInt8] {
    let body = try JSONEncoder().encode(message)
    return (0..<4).map { UInt8(truncatingIfNeeded: body.count >> (8 * $0)) } + body
  }

  /// Takes the first message off `buffer`; nil while it is not complete.
  package static func decode<Message: Decodable>(_: Message.Type, from buffer: inout [UInt8]) throws
    -> Message?
  {
    guard buffer.count >= 4 else { return nil }
    let length = (0..<4).reduce(0) { $0 | Int(buffer[$1]) << (8 * $1) }
    guard buffer.count >= 4 + length else { return nil }
    let message = try JSONDecoder().decode(Message.self, from: Data(buffer[4..<4 + length]))
    buffer.removeFirst(4 + length)
    return message
  }
}

/// The first thing a worker says: what provider it has, or why it has none.
package enum WorkerGreeting: Codable, Sendable {
  case ready(ProviderDescription)
  case failed(ProviderFailure)
}
