import Reports

extension HtmlComparison {
  /// The picture of the graph, the panel beside it, and the facts of a node.
  static let style: Html = """
    .line { margin-top: .5rem; overflow-wrap: anywhere; }
    .stage { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; align-items: start; }
    .stage.open { grid-template-columns: minmax(0, 1fr) minmax(0, 24rem); }
    .graph, .panel { background: var(--raised); border: 1px solid var(--rule); border-radius: 6px;
      overflow: auto; max-height: 80vh; }
    .graph svg { display: block; margin: 0 auto; }
    .panel { padding: 1rem 1.25rem; overflow-wrap: anywhere; }
    .panel h3 { margin-top: 0; }
    .panel button { float: right; font: inherit; color: inherit; background: none; cursor: pointer;
      border: 1px solid var(--rule); border-radius: 4px; padding: 0 .5rem; }
    .edges path { fill: none; stroke: var(--soft); stroke-opacity: .55; }
    .graph a { text-decoration: none; }
    .graph text { font-size: 12px; font-weight: 600; fill: var(--tone); }
    .graph text.name { font-size: 10px; font-weight: 400; fill: var(--soft); }
    .graph rect { fill: var(--wash); stroke: var(--tone); }
    .graph a:hover rect, .graph a.chosen rect { stroke-width: 2.5; }
    .graph a:focus-visible { outline: none; }
    .graph a:focus-visible rect { stroke: var(--link); stroke-width: 3; }
    .graph .e { --tone: var(--good); --wash: var(--good-wash); }
    .graph .w, .graph .r, .graph .s { --tone: var(--fair); --wash: var(--fair-wash); }
    .graph .d { --tone: var(--bad); --wash: var(--bad-wash); }
    .graph .n { --tone: var(--quiet); --wash: var(--quiet-wash); }
    .graph .d rect { stroke-width: 2; }
    .facts { min-width: 16rem; max-width: 34rem; }
    .facts dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: 0; }
    .facts dt { color: var(--soft); }
    .facts dd { margin: 0; overflow-wrap: anywhere; }
    .facts h4 { margin: .9rem 0 0; font-size: .9rem; font-weight: 600; }
    .facts p { margin: .5rem 0 0; overflow-wrap: anywhere; }
    figure { margin: .4rem 0 0; }
    figure svg { display: block; max-width: 100%; border-bottom: 1px solid var(--soft); }
    .bars path { fill: var(--link); }
    figcaption { color: var(--soft); font-size: .85em; }
    @media (max-width: 60rem) {
      .stage.open { grid-template-columns: minmax(0, 1fr); }
      .graph { max-height: 60vh; }
    }

    """

  /// A click on a node shows its facts beside the picture instead of going to its row, and the reader may
  /// choose whose verdicts the colours are.
  static let script: Html = """
    {
      const stage = document.querySelector(".stage");
      const graph = stage.querySelector(".graph");
      const panel = document.createElement("aside");
      panel.className = "panel";
      panel.setAttribute("aria-live", "polite");
      const links = [...graph.querySelectorAll("a")];
      const close = () => {
        panel.remove();
        stage.classList.remove("open");
        for (const link of links) link.classList.remove("chosen");
      };
      const open = id => {
        const row = document.getElementById(id);
        const link = links.find(link => link.getAttribute("href") === "#" + id);
        if (!row || !link) return;
        close();
        const title = document.createElement("h3");
        title.textContent = row.cells[1].textContent + " " + row.cells[0].textContent;
        const button = document.createElement("button");
        button.textContent = "close";
        button.addEventListener("click", close);
        panel.replaceChildren(button, title, row.querySelector(".facts").cloneNode(true));
        stage.append(panel);
        stage.classList.add("open");
        link.classList.add("chosen");
        return link;
      };
      const reveal = link => {
        if (!link) return;
        const [a, b] = [link.getBoundingClientRect(), graph.getBoundingClientRect()];
        graph.scrollBy(a.left - b.left - (b.width - a.width) / 2, a.top - b.top - (b.height - a.height) / 2);
      };
      graph.addEventListener("click", event => {
        const link = event.target.closest("a");
        if (!link) return;
        event.preventDefault();
        const id = link.getAttribute("href").slice(1);
        open(id);
        history.replaceState(null, "", "#" + id);
      });
      const chooser = document.getElementById("chooser");
      if (chooser) {
        chooser.hidden = false;
        const signs = { e: "=", w: "≈", r: "~", s: "∈", d: "≠", n: "–" };
        const first = links.map(link => link.getAttribute("class"));
        chooser.addEventListener("input", event => links.forEach((link, index) => {
          const trial = event.target.value;
          const verdict = trial === "" ? first[index] : link.dataset.v[Number(trial)];
          link.setAttribute("class", verdict + (link.classList.contains("chosen") ? " chosen" : ""));
          link.querySelector(".sign").textContent = signs[verdict];
        }));
      }
      reveal(open(location.hash.slice(1)) ?? links.find(link => link.classList.contains("d")) ?? links[0]);
    }

    """
}
