/// # JoinLogSoftmax
///
/// The logarithm of a Softmax is a LogSoftmax.
///
/// - Before: y = Softmax(x, axis), z = Log(y).
/// - After: z = LogSoftmax(x, axis).
/// - Needs: nobody else who wants y.
/// - Promise: other values: where Softmax is 0 its logarithm is −∞, and LogSoftmax is a number.
/// - Source: the definitions of Softmax and LogSoftmax, which share their attributes and versions.
enum JoinLogSoftmax: Rule {
  static let promise = Promise.otherValues
  static let operators: Set<String> = ["Log"]

  static func apply(at node: EditedNode, _ editor: inout GraphEditor) throws -> Bool {
    guard let softmax = editor.producer(of: node.input(0), "Softmax", readOnlyBy: node),
      editor.version(of: "LogSoftmax") != nil
    else { return false }
    var joined = softmax.node
    (joined.opType, joined.outputs) = ("LogSoftmax", node.node.outputs)
    editor.replace(node, with: joined)
    return true
  }
}
