import GraphIR
import TensorCore

/// # WeighTermCounts
///
/// Factors of counted n-grams become weights of the operator that counts.
///
/// - Before: y = TfIdfVectorizer(x) with mode TF, z = y · c or c · y.
/// - After: z = TfIdfVectorizer(x) with mode TFIDF and the weights c[ngram_indexes[i]].
/// - Needs: a constant c with one finite number for each output, none negative, not even −0, since what does
///   not occur counts +0; nobody else wants y.
/// - Promise: same bits.
/// - Source: the definitions of the operators.
enum WeighTermCounts: Rule {
  static let promise = Promise.sameBits
  static let operators: Set<String> = ["Mul"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard node.stretchesInputs, let z = node.output(0) else { return false }
    for index in [0, 1] {
      guard let y = node.input(index), let counter = editor.producer(of: y, "TfIdfVectorizer"),
        editor.isRead(y, onlyBy: node), let attributes = counter.attributes,
        attributes.optionalString("mode") == "TF", let outputs = attributes.optionalInts("ngram_indexes"),
        let factors = editor.constant(node.input(1 - index)), factors.elementType == .float,
        factors.rank == 1, factors.count == outputs.max().map({ $0 + 1 }), Set(outputs).count == outputs.count
      else { continue }
      let numbers = factors.doubles()
      guard numbers.allSatisfy({ $0.isFinite && $0.sign == .plus }), outputs.allSatisfy({ $0 >= 0 }) else {
        continue
      }
      var made = counter.node.giving("mode", .string("TFIDF"))
        .giving("weights", .floats(outputs.map { Float(numbers[$0]) }))
      made.outputs = [z]
      editor.replace(node, with: made)
      return true
    }
    return false
  }
}
