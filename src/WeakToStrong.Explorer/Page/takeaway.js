// What a reader keeps: the same result as a command, in C#, in Python, as numbers and as pictures.
import { figure, figureUrl } from "./api.js";
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

const literal = (v) => (typeof v === "number" ? String(v) : v === true ? "True" : JSON.stringify(String(v)));

export function python(study, args) {
  const given = Object.entries(args).map(([k, v]) => (k === "specification" ? `specification="""\n${v}"""` : `${k}=${literal(v)}`));
  return `import weaktostrong\n\ntable = weaktostrong.${study.replaceAll("-", "_")}(${given.join(", ")})\nprint(table.to_pandas())\n`;
}

export function csharp(study, args) {
  const text = (k, v) => (k === "specification" ? `"""\n${v}\n"""` : JSON.stringify(String(v)));
  const pairs = Object.entries(args).map(([k, v]) => `    ["${k}"] = ${text(k, v)},`);
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
  const links = ["svg", "pdf", "png", "csv"].map((ending) => [ending,
    el("a", { download: `figure.${ending}`, onclick: (e) => sends && saveWithFiles(e, ending) }, ending.toUpperCase())]);
  let sends = null;
  // A link carries no files of the reader's: with them the same call is sent with a body, and what comes back is saved.
  async function saveWithFiles(event, ending) {
    event.preventDefault();
    const { study, args, files, missing } = sends;
    status.textContent = missing || "Computing …";
    if (missing) return;
    try {
      const link = el("a", { href: URL.createObjectURL(await figure(study, { ...args, ...files }, ending)), download: `figure.${ending}` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // not before the browser has read it
      status.textContent = "Saved.";
    } catch (wrong) {
      status.textContent = wrong.message;
    }
  }
  const element = el("section", { class: "take", id: "take", "aria-label": "Take it away" }, el("h2", {}, "Take it away"),
    el("p", {}, "Copy as ", ...buttons, el("br"),
      "Save the picture for a paper, or its numbers: ", ...links.flatMap(([, a]) => [a, " "]), status), shown);
  return {
    element,
    // files: what the reader chose, by the names of arguments; missing: a sentence when some are not chosen yet.
    update(view, state, files = {}, missing = "") {
      const study = view.studyOf?.(state) ?? view.study, args = view.runArgs?.(state) ?? view.picture(state);
      const own = view.sends?.(args) ? files : {};
      const named = { ...args, ...Object.fromEntries(Object.entries(own).map(([k, file]) => [k, file.name])) };
      const drawn = !["verify"].includes(study);
      sends = view.sends?.(args) ? { study, args, files: own, missing } : null;
      texts = { Command: command(study, named, drawn), "C#": csharp(study, named), Python: python(study, named) };
      for (const [ending, link] of links) {
        link.hidden = !drawn && ending !== "csv";
        link.href = figureUrl(study, args, ending);
      }
      if (!shown.hidden) shown.hidden = true;
      status.textContent = "";
    },
  };
}
