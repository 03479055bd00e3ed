import CProcessor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The instructions that kernels are built for; the best that the processor has is used.
public enum InstructionSet: String, Sendable, CaseIterable {
  case portable, avx2

  /// The one in use. The environment variable `TOUCHSTONE_ISA` forces it down; a name that the processor does not
  /// have, or that is none, is left aside.
  public static let current: InstructionSet = {
    let best: InstructionSet = touchstone_processor_has_avx2_and_fma() ? .avx2 : .portable
    guard let name = getenv("TOUCHSTONE_ISA"), let asked = InstructionSet(rawValue: String(cString: name))
    else {
      return best
    }
    return asked == .avx2 ? best : .portable
  }()
}

/// A loop that is built for several instruction sets: the one for the set in use.
func variant<Loop>(_ portable: Loop, avx2: Loop) -> Loop { InstructionSet.current == .avx2 ? avx2 : portable }
