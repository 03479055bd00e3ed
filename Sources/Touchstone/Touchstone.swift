@_exported import Analysis
@_exported import Execution
@_exported import GraphIR
@_exported import ModelFile
@_exported import TensorCore

/// The version of Touchstone: of the library, its C ABI, the command line and the Python package.
public let touchstoneVersion = "0.1.0"
