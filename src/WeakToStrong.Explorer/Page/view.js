// One view: sentence, picture, controls, what belongs beside them, and what can be taken away.
import { figureUrl, latest, rows as fetchRows, stream, studies, text } from "./api.js";
import { announce, el, num, number, shown, table } from "./dom.js";
import { choice, slider } from "./controls.js";
import { picture } from "./picture.js";
import { takeaway } from "./takeaway.js";
import { runner } from "./run.js";

export function openView(view, state, place, shell) {
  const leaving = new AbortController();
  const lead = document.getElementById("lead");
  const second = el("p", { class: "second" }), problem = el("p", { class: "problem", role: "alert" });
  const main = picture(view, (x, y) => change({ [view.point.x]: x, [view.point.y]: y }, true));
  const beside = (view.also ?? []).map((also) => ({ also, picture: picture({ key: also.title }) }));
  const extra = el("div", { class: "extra" }), numbers = el("details", { class: "numbers" }, el("summary", {}, "Numbers"));
  const actions = el("p", { class: "actions" });
  const take = takeaway();
  let found, resting;

  const controls = {};
  for (const spec of view.controls) {
    const filled = spec.name === "claim" ? { ...spec, options: claimOptions() } : spec;
    controls[spec.name] = (filled.options ? choice : slider)(filled, state[spec.name],
      (name, value, done) => change({ [name]: value }, done));
  }

  const run = view.run ? runner(view, {
    study: () => view.studyOf?.(state) ?? view.study,
    args: () => view.runArgs(state),
    told: (outcome) => {
      found = outcome.rows;
      sentences(found, outcome);
      const tabled = view.columnsOf?.(state) ?? view.columns;
      if (outcome.svg && !tabled) main.show(outcome.svg);
      else main.none();
      resultTable(outcome.rows, tabled);
    },
    failed: (sentence) => { problem.textContent = sentence; },
    started: () => { problem.textContent = ""; },
  }) : null;

  function change(changes, done) {
    Object.assign(state, changes);
    for (const name of Object.keys(changes)) controls[name]?.show(state[name]);
    shell.moved(state, done);
    run?.reset();
    draw();
  }

  // What can be taken away, with the files that were chosen.
  function offer() {
    const missing = run?.missing ? view.ready?.(view.runArgs(state), run.missing()) : "";
    take.update(view, { ...state }, run?.files?.(), missing);
  }

  const resetAll = () => change(Object.fromEntries(view.controls.map((c) => [c.name, c.value])), true);

  const drawn = latest(async () => {
    const now = { ...state };
    try {
      if (view.picture) {
        const [svg, list] = await Promise.all([
          text(figureUrl(view.study, view.picture(now), "svg"), leaving.signal),
          fetchRows(view.study, view.numbers(now), leaving.signal)]);
        if (leaving.signal.aborted) return;
        found = list;
        main.show(svg);
        if (view.point) main.mark(now[view.point.x], now[view.point.y], view.point);
        sentences(list);
      }
      problem.textContent = "";
    } catch (wrong) {
      if (wrong.name !== "AbortError" && !leaving.signal.aborted) problem.textContent = wrong.message;
    }
  });
  const drawnBeside = latest(async () => {
    const now = { ...state };
    for (const { also, picture: cut } of beside) {
      const { study, args } = also.figure(now);
      try {
        cut.show(await text(figureUrl(study, args, "svg"), leaving.signal));
      } catch {
        // The main picture says what is wrong.
      }
    }
  });

  function draw() {
    drawn();
    // The cuts follow when the slider rests: the main picture comes first.
    clearTimeout(resting);
    if (beside.length) resting = setTimeout(drawnBeside, 150);
    offer();
    if (numbers.open) fillNumbers();
  }

  function sentences(list, outcome) {
    if (!list?.length) return;
    lead.replaceChildren(view.lead(list, state));
    second.replaceChildren(view.second?.(list, state, outcome) ?? "",
      ...(outcome?.remarks ?? []).map((r) => el("span", { class: "remark" }, ` ${r}.`)),
      ...(outcome?.answer ?? []).map((a) => el("strong", { class: "answer" }, ` ${a.replace(/\.$/, "")}.`)));
    if (view.extra) keepScroll(extra, () => extra.replaceChildren(view.extra(state, list)));
    actions.replaceChildren(...(view.actions ?? []).map(([words, changes]) =>
      el("button", { type: "button", onclick: () => change(changes(state, found), true) }, words)));
    main.summary(lead.textContent);
    announce(`${lead.textContent} ${second.textContent}`);
  }

  // A table for those who cannot see the picture: the same arguments on a coarser grid.
  async function fillNumbers() {
    try {
      const args = Object.fromEntries(Object.entries(view.picture(state)).map(([k, v]) => [k, coarse(v, view.point ? 7 : 13)]));
      const list = await fetchRows(view.study, args, leaving.signal);
      numbers.replaceChildren(numbers.firstChild, view.point ? gapTable(list) : rowTable(list, varying(list), "Numbers"));
    } catch (wrong) {
      numbers.replaceChildren(numbers.firstChild, el("p", { class: "problem" }, wrong.message));
    }
  }
  function resultTable(list, columns) {
    numbers.replaceChildren(numbers.firstChild, rowTable(list, columns ?? varying(list), "The result"));
    numbers.hidden = false;
    if (columns) numbers.open = true;
  }
  numbers.addEventListener("toggle", () => numbers.open && view.picture && !(run && found?.[0]?.trials !== undefined) && fillNumbers());
  if (!view.picture) numbers.hidden = true;

  function claimOptions() {
    return [["equation-5,lemma-12,theorem-4", "three quick ones"], ["all", "all of them"], ...claims.map((c) => [c, c])];
  }

  const files = view.files ? fileChoosers(view.files, run, offer) : null;
  if (view.idle) lead.replaceChildren(view.idle);
  place.append(
    view.intro ? el("p", { class: "second" }, view.intro) : "",
    el("div", { class: "columns" },
      el("section", { class: "seen", "aria-label": "Picture" }, run?.element, problem, main.element, second, actions),
      el("section", { class: "controls", "aria-label": "Controls" }, el("h2", {}, "Settings"),
        ...Object.values(controls).map((c) => c.element), files?.element ?? "",
        el("p", { class: "actions" }, el("button", { type: "button", onclick: resetAll }, "Reset all"))),
      el("section", { class: "after", "aria-label": "Numbers and files" }, numbers, take.element)),
    extra,
    beside.length ? el("div", { class: "beside" }, ...beside.map((b) => b.picture.element)) : "",
    ...(view.text ?? []).map((p) => el("p", { class: "text" }, p)));
  draw();
  return () => { leaving.abort(); run?.stop(); };
}

let claims = [];
studies().then((all) => {
  const p = all.find((s) => s.name === "verify").parameters.find((q) => q.name === "claim");
  claims = p.words ?? [];
}, () => {});

const coarse = (value, count) => (typeof value === "string" ? value.replace(/^([^:]+:[^:]+):\d+(:lin)?$/, `$1:${count}$2`)
  .replace(/^((?:flow|components):[^:]+:[^:]+):\d+(:lin)?$/, `$1:${count}$2`) : value);

function varying(list) {
  const names = Object.keys(list[0]);
  const changing = names.filter((n) => list.some((r) => r[n] !== list[0][n]));
  return (changing.length ? changing : names).slice(0, 12);
}

const rowTable = (list, names, caption) => table(caption, names.filter((n) => n in list[0]).map((n) => n.replaceAll("_", " ")),
  list.slice(0, 200).map((r) => names.filter((n) => n in list[0]).map((n) => shown(r[n]))));

function gapTable(list) {
  const teachers = [...new Set(list.map((r) => r.lambda_teacher))], students = [...new Set(list.map((r) => r.lambda_student))];
  const gap = new Map(list.map((r) => [`${r.lambda_teacher}|${r.lambda_student}`, r.gap]));
  return table("Student's error minus teacher's, by ridges; negative where the student wins",
    ["λₛ \\ λₜ", ...teachers.map((t) => num(t, 3))],
    students.map((s) => [num(s, 3), ...teachers.map((t) => num(number(gap.get(`${t}|${s}`)), 3))]));
}

function keepScroll(element, change) {
  const height = element.offsetHeight;
  element.style.minHeight = `${height}px`;
  change();
  element.style.minHeight = "";
}

// Files of the reader's own: read here, sent to this machine's server with each run, kept by nobody.
function fileChoosers(names, run, changed) {
  const chosen = {}, most = 16 << 20;
  const element = el("fieldset", { class: "files" }, el("legend", {}, "Files of your own"),
    el("p", { class: "help" }, "CSV, .npy, .npz, Parquet or Arrow, one row an example, 16 MB each at most."), ...names.map((name) => {
      const id = `f-${name}`, problem = el("p", { class: "problem", role: "alert" });
      const input = el("input", { type: "file", id, onchange: async () => {
        delete chosen[name];
        const file = input.files[0];
        problem.textContent = file?.size > most ? `${file.name} has ${num(file.size / 1048576, 3)} MB; at most 16 are allowed.` : "";
        if (file && file.size <= most) {
          const url = await new Promise((done) => { const r = new FileReader(); r.onload = () => done(r.result); r.readAsDataURL(file); });
          chosen[name] = { name: file.name, content: url.slice(url.indexOf(",") + 1) };
        }
        run?.reset();
        changed();
      } });
      return el("div", { class: "control" }, el("label", { for: id }, name.replaceAll("_", " ")), input, problem);
    }));
  if (run) {
    run.files = () => chosen;
    run.missing = () => names.filter((name) => !chosen[name]);
  }
  return { element };
}
