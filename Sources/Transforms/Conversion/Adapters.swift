import GraphIR

/// What becomes of the nodes of some operators where one of their versions means more or less than the
/// schemas of both say: attributes that became inputs, other defaults, other readings.
protocol Adapter: Sendable {
  static var domain: String { get }
  static var operators: [String] { get }
  /// One entry for each version before which the operators meant something else.
  static var adaptations: [Adaptation] { get }
}

extension Adapter {
  static var domain: String { "" }
}

/// How nodes cross one change of versions.
struct Adaptation: Sendable {
  typealias Change = @Sendable (inout NodeConversion) throws -> Void

  /// The version that is new.
  let since: Int
  /// From the version before to this one, and back; nil where the schemas say everything.
  let up: Change?
  let down: Change?

  init(since: Int, up: Change? = nil, down: Change? = nil) {
    (self.since, self.up, self.down) = (since, up, down)
  }
}

/// All adapters.
enum Adapters {
  static let all: [any Adapter.Type] = [
    BatchNormalizationAdapter.self, BroadcastingAdapter.self, CastAdapter.self, CastLikeAdapter.self,
    ClipAdapter.self, ConcatAdapter.self, ConstantAdapter.self, ConvTransposeAdapter.self, DFTAdapter.self,
    DequantizeLinearAdapter.self, DropoutAdapter.self, GemmAdapter.self, GridSampleAdapter.self,
    GroupNormalizationAdapter.self, LabelEncoderAdapter.self, LpPoolAdapter.self, MaxPoolAdapter.self,
    ModAdapter.self, NegativeAxesAdapter.self, OneHotAdapter.self, OrEqualAdapter.self, PReluAdapter.self,
    PadAdapter.self,
    QuantizeLinearAdapter.self, RecurrentAdapter.self, ReduceAxesAdapter.self, ReduceSumAxesAdapter.self,
    ReshapeAdapter.self, ResizeAdapter.self, RoiAlignAdapter.self, ScanAdapter.self, ScatterAdapter.self,
    ScatterElementsAdapter.self, ShapeAdapter.self, SliceAdapter.self, SoftmaxAdapter.self,
    SplitAdapter.self, SqueezeUnsqueezeAdapter.self, TileAdapter.self, TopKAdapter.self,
    UpsampleAdapter.self, VariadicBroadcastingAdapter.self,
  ]

  static func find(_ opType: String, domain: String, since: Int) -> Adaptation? {
    table[Key(domain: domain, opType: opType, since: since)]
  }

  private struct Key: Hashable {
    let domain: String
    let opType: String
    let since: Int
  }

  private static let table: [Key: Adaptation] = {
    var table: [Key: Adaptation] = [:]
    for adapter in all {
      for opType in adapter.operators {
        for adaptation in adapter.adaptations {
          table[Key(domain: adapter.domain, opType: opType, since: adaptation.since)] = adaptation
        }
      }
    }
    return table
  }()
}
