@_exported import Analysis
@_exported import Execution
@_exported import GraphIR
@_exported import ModelFile
@_exported import TensorCore
@_exported import Transforms
