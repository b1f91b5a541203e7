// Views that are not one study: the figures that `w2s reproduce` makes, and the calls.
import { json, text } from "./api.js";
import { announce, el } from "./dom.js";
import { picture } from "./picture.js";

const plain = (words) => words.replace(/\$([^$]*)\$/g, (_, m) =>
  m.replaceAll("_t", "ₜ").replaceAll("_s", "ₛ").replaceAll("^*", "*").replaceAll("^2", "²"));

export function openFigures(view, state, place, shell) {
  const leaving = new AbortController(), lead = document.getElementById("lead");
  const select = el("select", { id: "figure", onchange: () => shell.go(`/?view=figures&figure=${encodeURIComponent(select.value)}`) });
  const main = picture({}), problem = el("p", { class: "problem", role: "alert" }), caption = el("p", { class: "second" });
  const more = el("ul", {}), wait = el("p", { class: "state", role: "status" });
  const links = ["svg", "pdf", "png", "csv"].map((ending) => [ending, el("a", { download: "" }, ending.toUpperCase())]);
  lead.replaceChildren("Each figure is computed here as w2s reproduce makes it, with the same seed.");
  place.append(el("p", {}, el("label", { for: "figure" }, "Figure "), select), problem, wait, main.element, caption, more,
    el("p", { class: "take" }, "Save: ", ...links.flatMap(([, a]) => [a, " "]), " The data and a report of all: ",
      el("code", {}, "w2s reproduce --figure all --out figures")));

  (async () => {
    try {
      const { figures } = await json("/api/figures", leaving.signal);
      select.append(...figures.map((f) => el("option", { value: f.id }, `${f.paper ? `Figure ${f.id}` : f.id}: ${plain(f.title)}`)));
      const id = figures.some((f) => f.id === shell.search.get("figure")) ? shell.search.get("figure") : figures[0].id;
      select.value = id;
      wait.textContent = "Computing the figure …";
      for (const [ending, link] of links) {
        link.href = `/api/figures/${id}.${ending}`;
        link.download = `figure${id}.${ending}`;
      }
      const said = await json(`/api/figures/${id}.json`, leaving.signal);
      main.show(await text(`/api/figures/${id}.svg`, leaving.signal));
      main.summary(plain(said.title));
      wait.textContent = "";
      caption.textContent = plain(said.caption);
      more.replaceChildren(...said.agreement.map((a) => el("li", {}, a)));
      announce(`${plain(said.title)} is shown.`);
    } catch (wrong) {
      wait.textContent = "";
      if (wrong.name !== "AbortError") problem.textContent = wrong.message;
    }
  })();
  return () => leaving.abort();
}

export function openCalls(view, state, place) {
  const leaving = new AbortController(), lead = document.getElementById("lead");
  lead.replaceChildren("What this page does, any program on this machine can do by the same calls.");
  (async () => {
    try {
      const api = await json("/api/openapi.json", leaving.signal);
      place.append(el("p", {}, api.info.description, " ", el("a", { href: "/api/openapi.json" }, "The same as OpenAPI.")),
        el("pre", { tabindex: "0", role: "region", "aria-label": "Example" },
          "curl -H 'Content-Type: application/json' -H 'Accept: text/csv' \\\n"
            + "  -d '{\"gamma_teacher\": 0.25, \"gamma_student\": 1.2, \"noise_variance\": 4, \"lambda_teacher\": 0.05,\n"
            + `       "lambda_student": "0.01:10:16"}' \\\n  ${location.origin}/api/studies/limits`));
      for (const [path, verbs] of Object.entries(api.paths)) {
        for (const [verb, call] of Object.entries(verbs)) {
          const properties = call.requestBody?.content["application/json"].schema.properties;
          place.append(el("section", { class: "card" },
            el("h2", {}, el("code", {}, `${verb.toUpperCase()} ${path}`)), el("p", {}, call.summary),
            properties ? el("details", {}, el("summary", {}, "Arguments"), el("dl", {}, ...Object.entries(properties).flatMap(([name, p]) =>
              [el("dt", {}, el("code", {}, name)), el("dd", {}, p.description)]))) : ""));
        }
      }
    } catch (wrong) {
      if (wrong.name !== "AbortError") place.append(el("p", { class: "problem", role: "alert" }, wrong.message));
    }
  })();
  return () => leaving.abort();
}
