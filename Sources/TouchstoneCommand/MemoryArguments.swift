import ArgumentParser
import TensorCore

/// How much memory the models of a command may take.
struct MemoryArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The most memory that all values of a run take together, as 512M or 4G.",
      discussion: """
        By default 16 GiB, half of the machine's memory, or what the process may have, whichever is least; workers \
        take 4 GiB.
        """))
  var memoryLimit: ByteCount?
}

/// A command that runs models.
protocol MemoryLimited: ParsableCommand {
  var memory: MemoryArguments { get }
}

/// A number of bytes, as `1048576`, `512M` or `4G`.
struct ByteCount: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let shift = ["K": 10, "M": 20, "G": 30, "T": 40][argument.suffix(1).uppercased()] ?? 0
    guard let number = Int(shift == 0 ? argument[...] : argument.dropLast()), number > 0 else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
    guard !overflow else { return nil }
    self.bytes = bytes
  }
}
