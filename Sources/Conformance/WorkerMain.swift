import Execution
import Glibc

/// The life of a worker process: requests come on descriptor 3, answers go to 4.
public enum WorkerMain {
  /// The variable that makes a worker obey a file `fault` in a case's folder, for tests of the runner itself.
  static let faultVariable = "TOUCHSTONE_OBEY_FAULTS"

  /// Answers requests until there are no more.
  ///
  /// - Returns: the process's exit code.
  public static func run(kernels: KernelRegistry) -> Int32 {
    dieWithParent()
    limitMemory()
    let requests = Descriptor(owning: 3)
    let answers = Descriptor(owning: 4)
    guard let greeting = try? Frame.encode(WorkerGreeting()), answers.write(greeting) else { return 70 }
    var buffer: [UInt8] = []
    while true {
      do {
        while let request = try Frame.decode(CaseRequest.self, from: &buffer) {
          obeyFault(in: request.folder)
          let report = CaseRunner(request: request, kernels: kernels).run()
          guard answers.write(try Frame.encode(report)) else { return 0 }
        }
      } catch {
        return 70
      }
      guard requests.read(into: &buffer) else { return 0 }
    }
  }

  /// Asks the kernel to end this process with its parent: at the end of the pipe alone it would never look
  /// while it hangs. `prctl` takes a variable number of arguments, which Swift can call only by its address.
  private static func dieWithParent() {
    typealias Prctl = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
    guard let address = dlsym(nil, "prctl") else { return }
    let setParentDeathSignal: Int32 = 1
    _ = unsafeBitCast(address, to: Prctl.self)(setParentDeathSignal, UInt(SIGKILL), 0, 0, 0)
    if getppid() == 1 { exit(0) }
  }

  /// A case that takes more than this ends its worker before it slows the whole machine.
  private static func limitMemory() {
    let bytes = rlim_t(16 << 30)
    var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
  }

  private static func obeyFault(in folder: String) {
    guard getenv(faultVariable) != nil else { return }
    let file = open("\(folder)/fault", O_RDONLY)
    guard file >= 0 else { return }
    var bytes: [UInt8] = []
    _ = Descriptor(owning: file).read(into: &bytes)
    if String(decoding: bytes, as: UTF8.self).hasPrefix("hang") {
      while true { pause() }
    }
    abort()
  }
}
