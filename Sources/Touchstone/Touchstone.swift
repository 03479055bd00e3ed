@_exported import Execution
@_exported import GraphIR
@_exported import TensorCore
