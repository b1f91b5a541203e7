// The shell: which view is open, its state in the URL, and the order of drawing.
import { announce, el } from "./dom.js";
import { studies } from "./api.js";
import { presets, views } from "./views.js";
import { openView } from "./view.js";
import { openCalls, openFigures } from "./others.js";

const shown = document.getElementById("view");
let close = () => {};

// The values of a view's controls, as the URL has them; what is not allowed there falls back, and is told.
function read(view, search) {
  const state = {}, problems = [];
  for (const control of view.controls ?? []) {
    const text = search.get(control.name);
    state[control.name] = control.value;
    if (text === null) continue;
    if (control.options) {
      if (control.options.length === 0 || control.options.some(([v]) => v === text)) state[control.name] = text;
      else problems.push(`${control.label} is “${text}”, which is not one of the choices`);
      continue;
    }
    const value = Number(text);
    const low = control.least ?? control.min, high = control.most ?? Infinity;
    const ok = text.trim() !== "" && Number.isFinite(value) && value >= low && value <= high;
    if (ok) state[control.name] = control.whole ? Math.round(value) : value;
    else problems.push(`${control.label} is “${text}”, which is not an allowed number`);
  }
  return { state, problems };
}

export function addressOf(view, state) {
  const given = (view.controls ?? []).filter((c) => state[c.name] !== undefined && String(state[c.name]) !== String(c.value));
  return `/?${[`view=${view.id}`, ...given.map((c) => `${c.name}=${encodeURIComponent(state[c.name])}`)].join("&")}`;
}

function open() {
  const search = new URLSearchParams(location.search);
  const wanted = search.get("view") ?? views[0].id;
  const view = views.find((v) => v.id === wanted) ?? views[0];
  close();
  const { state, problems } = read(view, search);
  if (wanted !== view.id) problems.push(`There is no view “${wanted}”; this is the first`);
  document.title = `${view.title} – Weak to strong`;
  document.getElementById("title").textContent = view.title;
  document.getElementById("lead").replaceChildren();
  for (const link of document.querySelectorAll("#views a")) {
    if (link.dataset.view === view.id) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  shown.replaceChildren(...(problems.length ? [el("p", { class: "problem", role: "alert" }, `${problems.join(". ")}.`)] : []));
  const place = el("div", { class: "place" });
  shown.append(place);
  const go = view.figures ? openFigures : view.calls ? openCalls : openView;
  close = go(view, state, place, {
    search,
    // Every move is in the URL; one that is finished is a step for the back button.
    moved(next, done) {
      const address = addressOf(view, next);
      if (address !== location.pathname + location.search) history[done ? "pushState" : "replaceState"](null, "", address);
    },
    go: (address) => { history.pushState(null, "", address); open(); },
  }) ?? (() => {});
}

function menu() {
  document.getElementById("views").replaceChildren(el("ul", {}, ...views.filter((v) => !v.hidden).map((v) =>
    el("li", {}, el("a", { href: `/?view=${v.id}`, "data-view": v.id }, v.name)))));
  const aside = document.getElementById("presets");
  for (const [name, list] of presets) {
    aside.append(el("section", {}, el("h3", {}, name), el("ul", {}, ...list.map(([words, id, changes]) => {
      const view = views.find((v) => v.id === id);
      const address = view.figures ? `/?view=figures&figure=${changes.figure}` : addressOf(view, changes);
      return el("li", {}, el("a", { href: address }, words));
    }))));
  }
}

// Links within the page change the view without loading it again.
document.addEventListener("click", (e) => {
  const link = e.target.closest?.("a[href]");
  if (!link || e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
  const to = new URL(link.href, location.href);
  if (to.origin !== location.origin || to.pathname !== "/" || link.hash || link.hasAttribute("download")) return;
  e.preventDefault();
  history.pushState(null, "", to.pathname + to.search);
  open();
  document.getElementById("main").focus({ preventScroll: true });
  scrollTo(0, 0);
  announce(document.title);
});
addEventListener("popstate", open);

menu();
studies().then(open, open);
