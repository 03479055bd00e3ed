import GraphIR
import TensorCore
import Transforms

/// An optimization that was held to its promise.
public struct VerifiedOptimization: Sendable {
  public let result: OptimizedModel
  public let report: RewriteReport
  /// The application of a rule that broke the promise; nil where it was kept, or where the whole breaks it but no
  /// application alone.
  public let culprit: RuleApplication?
  /// Whether the promise was kept, as far as it was tried.
  public let isKept: Bool

  /// Optimizes a model, runs both, and where the promise is broken looks for the application after which it is.
  ///
  /// - Parameter given: values for inputs that are not to be made up.
  /// - Throws: as `Optimizer` and `RewriteVerification`.
  public init(_ model: Model, _ options: OptimizerOptions, given: NamedValues = [:]) throws {
    let allowed: RewriteVerdict =
      switch options.promise {
      case nil, .sameBits?: .sameBits
      case .withinRounding?: .withinRounding
      case .otherValues?: .different
      }
    func attempt(_ count: Int?) throws -> (OptimizedModel, RewriteReport) {
      var options = options
      options.mostApplications = count
      let result = try Optimizer(options).optimize(model)
      var verification = RewriteVerification(before: model, after: result.model)
      verification.given = given
      return (result, try verification.run())
    }
    (result, report) = try attempt(nil)
    isKept = report.verdict <= allowed
    guard !isKept else {
      culprit = nil
      return
    }
    // The first application after which the promise is broken, if it stays broken from there on.
    var (good, bad) = (0, result.applications.count)
    while bad - good > 1 {
      let middle = (good + bad) / 2
      if try attempt(middle).1.verdict <= allowed { good = middle } else { bad = middle }
    }
    culprit = bad > 0 ? result.applications[bad - 1] : nil
  }
}
