// A long run: go, watch it grow, stop, go on.
import { stream } from "./api.js";
import { announce, el, num } from "./dom.js";

export function runner(view, { study, args, told, failed, started }) {
  const button = el("button", { type: "button", class: "go", onclick: () => (going ? stop() : go()) }, "Go");
  const bar = el("progress", { max: 1, value: 0, "aria-label": "How far the run is" }), state = el("span", { class: "state" });
  let going = null, own;
  bar.hidden = true;

  function shown(words, go) {
    button.textContent = go;
    state.textContent = words;
  }

  async function go() {
    const problem = view.ready?.(args(), own.missing?.() ?? []);
    if (problem) {
      failed(problem);
      return;
    }
    const mine = going = new AbortController();
    bar.hidden = false;
    bar.removeAttribute("value");
    started();
    shown("in line …", "Stop");
    announce("The run has started.");
    try {
      await stream(study(), { ...args(), ...(view.sends?.(args()) ? own.files() : {}) }, mine.signal, (kind, data) => {
        if (going !== mine) return;
        if (kind === "progress" && data.total > 0) {
          bar.value = data.done / data.total;
          shown(`${num(data.done)} of ${num(data.total)} ${data.stage}`, "Stop");
        } else if (kind === "partial" || kind === "result") {
          bar.value = data.asked ? data.done / data.asked : 1;
          shown(`${data.done} of ${data.asked} ${data.unit}`, "Stop");
          told(data);
        }
      });
      if (going !== mine) return;
      end("finished: ", "Go");
    } catch (wrong) {
      if (going !== mine) return;
      end(wrong.name === "AbortError" ? "stopped: " : "", "Go on");
      if (wrong.name !== "AbortError") failed(wrong.message);
    }
  }

  function end(word, next) {
    going = null;
    bar.hidden = true;
    shown(word ? `${word}${state.textContent}` : "", next);
    announce(state.textContent);
  }

  function stop() {
    const mine = going;
    if (!mine) return;
    mine.abort();
    if (going === mine) end("stopped: ", "Go on");
  }

  own = { element: el("p", { class: "run" }, button, bar, state), stop, reset() {
    stop();
    shown("", "Go");
  } };
  return own;
}
