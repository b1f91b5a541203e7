// What a reader keeps: the same result as a command, in C#, in Python, as numbers and as pictures.
import { figureUrl } from "./api.js";
import { el } from "./dom.js";

const quote = (text) => (/^[\w.,:+/=~-]+$/.test(text) ? text : `'${String(text).replaceAll("'", "'\\''")}'`);

export function command(study, args, plot) {
  const { specification, ...rest } = args;
  const options = Object.entries(rest).map(([k, v]) => (v === true || v === "true" ? `--${k.replaceAll("_", "-")}`
    : `--${k.replaceAll("_", "-")} ${quote(String(v))}`));
  const [name, measure] = study.startsWith("network-") ? ["network", study.slice(8)] : [study];
  const words = ["w2s", name, ...(specification ? ["chain.toml"] : []), ...(measure ? [`--measure ${measure}`] : []), ...options,
    ...(plot ? ["--plot figure.pdf"] : [])].join(" ");
  return specification ? `cat > chain.toml <<'END'\n${specification}END\n${words}` : words;
}

const literal = (v) => (typeof v === "number" ? String(v) : v === true ? "True" : `"${v}"`);

export function python(study, args) {
  const given = Object.entries(args).map(([k, v]) => (k === "specification" ? `specification="""\n${v}"""` : `${k}=${literal(v)}`));
  return `import weaktostrong\n\ntable = weaktostrong.${study.replaceAll("-", "_")}(${given.join(", ")})\nprint(table.to_pandas())\n`;
}

export function csharp(study, args) {
  const pairs = Object.entries(args).map(([k, v]) => `    ["${k}"] = ${k === "specification" ? `"""\n${v}\n"""` : `"${v}"`},`);
  return `using WeakToStrong.Studies;\nusing WeakToStrong.Tables;\n\nIStudy study = StudyCatalog.Find("${study}");\n`
    + `Arguments arguments = Arguments.Read(study, new Dictionary<string, string>\n{\n${pairs.join("\n")}\n});\n`
    + "ResultTable table = study.Run(arguments).Table;\nTableWriter.WriteCsv(table, Console.OpenStandardOutput());\n";
}

export function takeaway() {
  const status = el("span", { class: "state", role: "status" });
  const shown = el("pre", { tabindex: "0", role: "region", "aria-label": "What was copied" });
  shown.hidden = true;
  let texts = {};
  const copy = (name) => el("button", { type: "button", onclick: async () => {
    shown.textContent = texts[name];
    shown.hidden = false;
    try {
      await navigator.clipboard.writeText(texts[name]);
      status.textContent = "Copied.";
    } catch {
      status.textContent = "Select and copy it below.";
    }
  } }, name);
  const buttons = ["Command", "C#", "Python"].map(copy);
  const links = ["svg", "pdf", "png", "csv"].map((ending) => [ending, el("a", { download: `figure.${ending}` }, ending.toUpperCase())]);
  const element = el("section", { class: "take", "aria-label": "Take it away" }, el("h2", {}, "Take it away"),
    el("p", {}, "Copy as ", ...buttons, el("br"), "Save the picture for a paper, or its numbers: ", ...links.flatMap(([, a]) => [a, " "]), status), shown);
  return {
    element,
    update(view, state) {
      const study = view.studyOf?.(state) ?? view.study, run = view.run && (view.runArgs(state).simulate === undefined || !view.picture);
      const args = run ? view.runArgs(state) : view.picture(state);
      const drawn = !["verify"].includes(study);
      texts = { Command: command(study, view.runArgs?.(state) ?? args, drawn), "C#": csharp(study, view.runArgs?.(state) ?? args),
        Python: python(study, view.runArgs?.(state) ?? args) };
      for (const [ending, link] of links) {
        link.hidden = !drawn && ending !== "csv";
        link.href = figureUrl(study, view.runArgs?.(state) ?? args, ending);
      }
      if (!shown.hidden) shown.hidden = true;
      status.textContent = "";
    },
  };
}
