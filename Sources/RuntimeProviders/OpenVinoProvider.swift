import Execution

struct OpenVinoProvider: Provider {
  let description: ProviderDescription
  init(path: String, device: String?) throws { throw ProviderFailure(.missing, "") }
  func load(_ model: ModelSource, options: LoadOptions) throws -> any ProviderSession {
    throw ProviderFailure(.missing, "")
  }
}
