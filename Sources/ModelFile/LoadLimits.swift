/// How much a file may ask for. The defaults let through every model that we know of and keep what hostile
/// bytes can cost below 1 GiB beside the file itself.
public struct LoadLimits: Sendable {
  /// Levels of nested messages; a subgraph within a subgraph takes three. Reading 200 levels takes up to
  /// 512 KiB of stack in a release build.
  public var depth = 200
  /// Messages in all: nodes, attributes, dims, metadata entries.
  public var messages = 4_000_000
  /// Bytes of a model's structure while it is read, weights and lists of numbers apart.
  public var structureBytes = 256 << 20
  /// Bytes that elements may take once unpacked, for each byte of the model and of its external data files.
  /// An honest file stays below 8: that is int64 written as one-byte varints.
  public var expansion = 8
  /// Dims of a tensor.
  public var rank = 64
  /// Bytes of all entries of a compressed `.npz` archive together, where that is more than `expansion` bytes for
  /// each of the archive.
  public var inflatedBytes = 256 << 20

  /// The defaults.
  public init() {}
}
