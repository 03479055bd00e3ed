/// Where the nodes of a graph stand in a picture: in layers from top to bottom, every value flowing
/// downwards.
///
/// The same graph always has the same picture. Each node stands one layer below the lowest that it reads
/// from, or just above its readers where that makes edges shorter; within a layer, each stands as near to the
/// mean of its neighbours above (then below, then above again) as the others let it.
struct GraphLayout {
  static let nodeWidth = 132.0
  static let nodeHeight = 36.0
  private static let nodeGap = 16.0
  private static let layerPitch = 62.0
  private static let bendWidth = 8.0
  private static let margin = 12.0
  /// An edge over more layers than this is not drawn through, or one mask that all layers read would fill the
  /// picture.
  private static let longestSpan = 24

  struct Point: Equatable {
    var x: Double
    var y: Double
  }

  /// The upper left corner of each node.
  private(set) var nodes: [Point] = []
  /// From the bottom of one node through the layers between to the top of another.
  private(set) var edges: [[Point]] = []
  /// Pairs of nodes whose edge is too long to be drawn.
  private(set) var omitted: [(from: Int, to: Int)] = []
  private(set) var width = 0.0
  private(set) var height = 0.0

  /// A node, or the place where an edge crosses a layer.
  private struct Item {
    let layer: Int
    let width: Double
    var x = 0.0
    var above: [Int] = []
    var below: [Int] = []
    /// How much it moves others: constants and crossing edges make way, so that the path of the data is
    /// straight.
    var weight: Double { width < nodeWidth ? 0.1 : above.isEmpty ? 0.01 : 1 }
  }

  /// - Parameter parents: of each node those that it reads from.
  init(parents: [[Int]]) {
    let layers = Self.layers(parents)
    var items = layers.map { Item(layer: $0, width: Self.nodeWidth) }
    var paths: [[Int]] = []
    for (child, parents) in parents.enumerated() {
      for parent in parents where layers[parent] < layers[child] {
        guard layers[child] - layers[parent] <= Self.longestSpan else {
          omitted.append((parent, child))
          continue
        }
        var path = [parent]
        for layer in (layers[parent] + 1)..<layers[child] {
          path.append(items.count)
          items.append(Item(layer: layer, width: Self.bendWidth))
        }
        path.append(child)
        for (upper, lower) in zip(path, path.dropFirst()) {
          items[upper].below.append(lower)
          items[lower].above.append(upper)
        }
        paths.append(path)
      }
    }
    Self.place(&items)
    finish(items, paths, count: parents.count)
  }

  // MARK: Layers

  private static func layers(_ parents: [[Int]]) -> [Int] {
    var children = parents.map { _ in [Int]() }
    for (child, parents) in parents.enumerated() { for parent in parents { children[parent].append(child) } }
    var waiting = parents.map(\.count)
    var order = parents.indices.filter { waiting[$0] == 0 }
    var layers = parents.map { _ in 0 }
    var next = 0
    while next < order.count {
      let node = order[next]
      next += 1
      for child in children[node] {
        layers[child] = max(layers[child], layers[node] + 1)
        waiting[child] -= 1
        if waiting[child] == 0 { order.append(child) }
      }
    }
    for node in order.reversed() where children[node].count > parents[node].count {
      if let nearest = children[node].map({ layers[$0] }).min() { layers[node] = nearest - 1 }
    }
    return layers
  }

  // MARK: Places within a layer

  private static func place(_ items: inout [Item]) {
    let count = (items.map(\.layer).max() ?? -1) + 1
    var rows = [[Int]](repeating: [], count: count)
    for (index, item) in items.enumerated() { rows[item.layer].append(index) }
    for row in rows { settle(row, &items) { _ in [] } }
    for layer in rows.indices { settle(rows[layer], &items) { $0.above } }
    for layer in rows.indices.reversed() { settle(rows[layer], &items) { $0.below } }
    for layer in rows.indices { settle(rows[layer], &items) { $0.above } }
  }

  /// Moves the items of one layer as near as they can be to the mean of their neighbours; one without stays.
  private static func settle(_ row: [Int], _ items: inout [Item], _ neighbours: (Item) -> [Int]) {
    let wanted = row.map { index -> (index: Int, x: Double) in
      let around = neighbours(items[index]).map { items[$0] }
      let weight = around.reduce(0) { $0 + $1.weight }
      return (index, weight > 0 ? around.reduce(0) { $0 + $1.x * $1.weight } / weight : items[index].x)
    }.sorted { ($0.x, $0.index) < ($1.x, $1.index) }
    var offsets: [Double] = []
    var end = 0.0
    for (index, _) in wanted {
      offsets.append(end + items[index].width / 2)
      end += items[index].width + nodeGap
    }
    let places = monotone(zip(wanted, offsets).map { ($0.x - $1, items[$0.index].weight) })
    for (position, (index, _)) in wanted.enumerated() {
      items[index].x = places[position] + offsets[position]
    }
  }

  /// The rising sequence that is nearest to the values by weighted least squares: neighbours that fall are
  /// pooled.
  private static func monotone(_ values: [(value: Double, weight: Double)]) -> [Double] {
    var pools: [(mean: Double, weight: Double, count: Int)] = []
    for (value, weight) in values {
      pools.append((value, weight, 1))
      while pools.count > 1 {
        let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
        guard last.mean < before.mean else { break }
        pools.removeLast(2)
        let weight = before.weight + last.weight
        let mean = (before.mean * before.weight + last.mean * last.weight) / weight
        pools.append((mean, weight, before.count + last.count))
      }
    }
    return pools.flatMap { Array(repeating: $0.mean, count: $0.count) }
  }

  // MARK: The picture

  private mutating func finish(_ items: [Item], _ paths: [[Int]], count: Int) {
    let left = items.map { $0.x - $0.width / 2 }.min() ?? 0
    func x(_ item: Item) -> Double { (item.x - left + Self.margin).rounded() }
    func y(_ item: Item) -> Double { Self.margin + Double(item.layer) * Self.layerPitch }
    nodes = items.prefix(count).map { Point(x: x($0) - Self.nodeWidth / 2, y: y($0)) }
    edges = paths.map { path in
      path.enumerated().flatMap { position, index -> [Point] in
        let (x, top) = (x(items[index]), y(items[index]))
        let bottom = top + Self.nodeHeight
        if position == 0 { return [Point(x: x, y: bottom)] }
        if position == path.count - 1 { return [Point(x: x, y: top)] }
        return [Point(x: x, y: top), Point(x: x, y: bottom)]
      }
    }
    width = (items.map { x($0) + $0.width / 2 }.max() ?? 0) + Self.margin
    height = (items.map { y($0) + Self.nodeHeight }.max() ?? 0) + Self.margin
  }
}

extension GraphLayout {
  /// The layout of a model's main graph.
  init(_ graph: [ComparisonReport.GraphNode]) {
    var producers: [String: Int] = [:]
    for (position, node) in graph.enumerated() {
      for output in node.outputs where !output.isEmpty { producers[output] = position }
    }
    self.init(
      parents: graph.enumerated().map { position, node in
        Set(node.inputs.compactMap { producers[$0] }).subtracting([position]).sorted()
      })
  }
}
