import Conformance
import Foundation
import GraphIR
import TensorCore

/// The values of a folder in the layout of ONNX's test data.
struct DataFolder {
  let folder: String
  let inputs: NamedValues
  let outputs: [(name: String, value: Value)]

  init(_ folder: String, model: Model) throws {
    self.folder = folder
    let url = URL(fileURLWithPath: folder)
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw UsageError("--data-dir \(folder): there is no such folder")
    }
    // The numbering is that of a case's data set, whatever the folder is called.
    guard var dataSet = ConformanceCase.dataSets(in: files.map { "test_data_set_0/\($0)" }).first else {
      throw UsageError("--data-dir \(folder): holds neither input_0.pb nor output_0.pb")
    }
    dataSet.inputs = dataSet.inputs.map { $0.replacingOccurrences(of: "test_data_set_0/", with: "") }
    dataSet.outputs = dataSet.outputs.map { $0.replacingOccurrences(of: "test_data_set_0/", with: "") }
    let values = CaseValues(model: model, folder: url.path)
    inputs = try values.inputs(of: dataSet)
    outputs = try values.outputs(of: dataSet)
  }
}
