extension HtmlPage {
  /// Two palettes, one measure; figures of one width, so that columns can be compared.
  static let style = Html(
    trusted: """
      :root {
        color-scheme: light dark;
        --paper: #fbfaf7; --raised: #ffffff; --ink: #1d2125; --soft: #5b636b; --rule: #dfdcd4;
        --link: #1f5673; --good: #2c6e49; --fair: #8a6100; --bad: #a8321f; --quiet: #6b7278;
        --good-wash: #e2efe6; --fair-wash: #f6ecd2; --bad-wash: #f7e1dc; --quiet-wash: #eceae5;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --paper: #15181b; --raised: #1c2024; --ink: #e4e2dc; --soft: #9ba3aa; --rule: #32383e;
          --link: #8fc1de; --good: #86c9a0; --fair: #e0bb62; --bad: #f0917f; --quiet: #a0a7ad;
          --good-wash: #1e3328; --fair-wash: #393019; --bad-wash: #43241f; --quiet-wash: #282d32;
        }
      }
      * { box-sizing: border-box; }
      body {
        margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif;
        font-variant-numeric: tabular-nums;
      }
      header, main, footer { max-width: 80rem; margin: 0 auto; padding: 0 1.5rem; }
      header { padding-top: 2.5rem; }
      h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; margin: 0; }
      h1, h2, h3 { text-wrap: balance; overflow-wrap: anywhere; }
      header p { margin: .4rem 0 0; color: var(--soft); overflow-wrap: anywhere; }
      nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: 1.25rem; padding: .6rem 0;
        border-block: 1px solid var(--rule); }
      section { margin-top: 2.5rem; }
      h2 { font-size: 1.2rem; font-weight: 650; margin: 0 0 .75rem; }
      h3 { font-size: 1rem; font-weight: 600; margin: 1.5rem 0 .5rem; }
      a { color: var(--link); text-underline-offset: .15em; }
      nav a { text-decoration: none; }
      nav a:hover { text-decoration: underline; }
      :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
      footer { margin-top: 3rem; padding-block: 1rem 3rem; color: var(--soft); font-size: .87rem; }
      .note { color: var(--soft); max-width: 48rem; margin: 0 0 .75rem; }
      .warning { background: var(--fair-wash); border-left: 4px solid var(--fair); margin: 1.5rem 0 0;
        padding: .7rem 1rem; }
      .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 1rem; }
      .card { background: var(--raised); border: 1px solid var(--rule); border-radius: 6px;
        padding: 1rem 1.25rem; min-width: 0; }
      .card h3 { margin: 0; overflow-wrap: anywhere; }
      .card h3 small { font-weight: 400; color: var(--soft); }
      .card p { margin: .35rem 0 0; overflow-wrap: anywhere; }
      .score { font-size: 1.9rem; line-height: 1.2; font-weight: 300; letter-spacing: -.02em; }
      .bar { display: flex; gap: 2px; height: 8px; margin: .7rem 0; border-radius: 4px; overflow: hidden; }
      .bar span { min-width: 3px; flex-basis: 0; }
      .bar .good { background: var(--good); } .bar .fair { background: var(--fair); }
      .bar .bad { background: var(--bad); } .bar .quiet { background: var(--quiet); opacity: .5; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-size: .9rem; }
      thead th { text-align: left; font-weight: 600; color: var(--soft);
        border-bottom: 1px solid var(--soft); vertical-align: bottom; }
      th, td { padding: .3rem .9rem .3rem 0; vertical-align: top; }
      tbody th { font-weight: 500; text-align: left; overflow-wrap: anywhere; min-width: 9rem; }
      tbody tr { border-bottom: 1px solid var(--rule); }
      tbody tr:hover { background: var(--quiet-wash); }
      tbody tr:target { background: var(--fair-wash); }
      td.number, th.number { text-align: right; white-space: nowrap; padding-left: .6rem; }
      td.name { min-width: 8rem; overflow-wrap: anywhere; }
      td.text { min-width: 16rem; width: 45%; overflow-wrap: anywhere; }
      .badge { display: inline-block; white-space: nowrap; border-radius: 3px; padding: 0 .45em; }
      .badge i { font-style: normal; }
      .badge.good { color: var(--good); background: var(--good-wash); }
      .badge.fair { color: var(--fair); background: var(--fair-wash); }
      .badge.bad { color: var(--bad); background: var(--bad-wash); }
      .badge.quiet { color: var(--quiet); background: var(--quiet-wash); }
      span.good { color: var(--good); } span.fair { color: var(--fair); } span.bad { color: var(--bad); }
      .quiet { color: var(--quiet); }
      details > summary { cursor: pointer; }
      details[open] > summary { margin-bottom: .4rem; }
      pre, code { font: .85em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
      pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
      .columns { display: grid; align-items: start;
        grid-template-columns: repeat(auto-fit, minmax(min(var(--least, 22rem), 100%), 1fr)); gap: 0 2.5rem; }
      .columns > div { min-width: 0; }
      .search { display: flex; flex-wrap: wrap; gap: .5rem; margin: .25rem 0 .75rem; align-items: center; }
      .search input, .search select { font: inherit; font-size: .9rem; color: inherit; padding: .3rem .55rem;
        background: var(--raised); border: 1px solid var(--rule); border-radius: 4px; max-width: 100%; }
      .search input { flex: 0 1 18rem; }
      .search output { color: var(--soft); font-size: .87rem; }
      [hidden] { display: none !important; }
      @media (max-width: 40rem) {
        header, main, footer { padding-inline: 1rem; }
        header { padding-top: 1.5rem; }
        tbody th { min-width: 7.5rem; }
        .list, .list tbody, .list tr, .list th, .list td { display: block; width: auto; min-width: 0; }
        .list thead, .list td:empty { display: none; }
        .list tr { padding: .6rem 0; }
        .list th, .list td, .list td.number { padding: .1rem 0; text-align: left; }
        .list td.number::before { content: attr(data-label) ": "; color: var(--soft); }
      }
      @media print { nav, .search { display: none; } }

      """)

  /// Above each table that is searchable: a field for text, and a choice for each facet.
  static let searching = Html(
    trusted: """
      for (const table of document.querySelectorAll("table[data-search]")) {
        const rows = [...table.tBodies[0].rows];
        const bar = document.createElement("form");
        bar.className = "search";
        bar.addEventListener("submit", event => event.preventDefault());
        const field = document.createElement("input");
        field.type = "search";
        field.placeholder = "Search";
        field.setAttribute("aria-label", "Search this table");
        const count = document.createElement("output");
        const facets = [...table.tHead.rows[0].cells].filter(head => "facet" in head.dataset).map(head => {
          const choice = document.createElement("select");
          const name = head.textContent;
          choice.setAttribute("aria-label", name);
          choice.add(new Option(name + ": all", ""));
          const values = rows.map(row => row.cells[head.cellIndex].textContent);
          for (const value of [...new Set(values)].sort()) choice.add(new Option(value, value));
          return { choice, index: head.cellIndex };
        });
        const texts = rows.map(row => row.textContent.toLowerCase());
        const update = () => {
          const words = field.value.toLowerCase().split(/\\s+/).filter(word => word);
          let shown = 0;
          rows.forEach((row, index) => {
            const fits = words.every(word => texts[index].includes(word)) && facets.every(facet =>
              !facet.choice.value || row.cells[facet.index].textContent === facet.choice.value);
            row.hidden = !fits;
            shown += fits;
          });
          count.value = (shown < rows.length ? shown + " of " : "") + rows.length +
            (rows.length === 1 ? " row" : " rows");
        };
        bar.append(field, ...facets.map(facet => facet.choice), count);
        bar.addEventListener("input", update);
        table.closest(".scroll").before(bar);
        update();
      }

      """)
}
