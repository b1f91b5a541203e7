// Sliders that also take typed values: arrow keys move them, a double click resets.
import { el, num } from "./dom.js";

const STEPS = 200;

export function slider(spec, value, changed) {
  const id = `c-${spec.name}`;
  const place = (v) => spec.log ? Math.round(STEPS * Math.log(Math.max(v, spec.min) / spec.min) / Math.log(spec.max / spec.min))
    : Math.round(STEPS * (v - spec.min) / (spec.max - spec.min));
  const valueAt = (p) => {
    const v = spec.log ? spec.min * (spec.max / spec.min) ** (p / STEPS) : spec.min + (spec.max - spec.min) * p / STEPS;
    return spec.whole ? Math.round(v) : Number(v.toPrecision(3));
  };
  const range = el("input", {
    type: "range", id, min: 0, max: STEPS, step: 1, "aria-describedby": `${id}-help`,
    oninput: () => set(valueAt(Number(range.value)), false), onchange: () => set(valueAt(Number(range.value)), true),
    ondblclick: () => set(spec.value, true),
  });
  const typed = el("input", {
    type: "text", inputmode: "decimal", class: "typed", id: `${id}-typed`, "aria-label": `${spec.label}, typed value`, autocomplete: "off",
    onchange: () => {
      const v = Number(typed.value.trim().replace(",", "."));
      const ok = typed.value.trim() !== "" && Number.isFinite(v) && v >= (spec.least ?? spec.min) && v <= (spec.most ?? Infinity);
      typed.setAttribute("aria-invalid", String(!ok));
      problem.textContent = ok ? "" : `${spec.label} is “${typed.value}”; it must be a number from ${num(spec.least ?? spec.min)}`
        + (spec.most === undefined ? " on." : ` to ${num(spec.most)}.`);
      if (ok) set(spec.whole ? Math.round(v) : v, true);
    },
    onkeydown: (e) => {
      if (e.key !== "ArrowUp" && e.key !== "ArrowDown") return;
      e.preventDefault();
      set(valueAt(Math.min(STEPS, Math.max(0, place(current) + (e.key === "ArrowUp" ? 1 : -1)))), true);
    },
  });
  const problem = el("p", { class: "problem", role: "alert" });
  let current = value;
  function show(v) {
    current = v;
    range.value = place(v);
    range.setAttribute("aria-valuetext", num(v));
    if (document.activeElement !== typed || Number(typed.value) !== v) typed.value = String(v);
    typed.removeAttribute("aria-invalid");
    problem.textContent = "";
  }
  function set(v, done) {
    show(v);
    changed(spec.name, v, done);
  }
  show(value);
  const element = el("div", { class: "control" },
    el("label", { for: id }, spec.label, " ", el("span", { class: "symbol" }, spec.symbol ?? "")), typed, range,
    el("p", { class: "help", id: `${id}-help` }, spec.help ?? ""), problem);
  return { element, show, reset: () => set(spec.value, true) };
}

export function choice(spec, value, changed) {
  const id = `c-${spec.name}`;
  const select = el("select", { id, onchange: () => changed(spec.name, select.value, true) },
    ...spec.options.map(([v, words]) => el("option", { value: v }, words)));
  select.value = value;
  return {
    element: el("div", { class: "control" }, el("label", { for: id }, spec.label), select, el("p", { class: "help" }, spec.help ?? "")),
    show: (v) => { select.value = v; }, reset: () => changed(spec.name, spec.value, true),
  };
}

export function area(spec, value, changed) {
  const id = `c-${spec.name}`;
  const text = el("textarea", { id, rows: spec.rows ?? 16, spellcheck: "false", onchange: () => changed(spec.name, text.value, true) });
  text.value = value;
  return {
    element: el("div", { class: "control wide" }, el("label", { for: id }, spec.label), text, el("p", { class: "help" }, spec.help ?? "")),
    show: (v) => { text.value = v; }, reset: () => changed(spec.name, spec.value, true),
  };
}
