// Elements and words.

export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value ?? "";
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.filter((c) => c !== undefined && c !== null));
  return element;
}

// A number for the eye: four digits, no exponent where it can be read without one.
export function num(value, digits = 4) {
  const x = number(value);
  if (Number.isNaN(x)) return "–";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  if (x === 0) return "0";
  const a = Math.abs(x);
  const text = a >= 1e6 || a < 1e-4 ? x.toExponential(digits - 2) : String(Number(x.toPrecision(digits)));
  return text.replace("-", "−").replace(/e([+−-])?(\d+)/, (_, sign, power) =>
    ` × 10${sign && sign !== "+" ? "⁻" : ""}${[...power].map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]).join("")}`);
}

// A cell of JSON: what is not finite is a word there, which Number reads as well.
export const number = (value) => Number(value);

// Template for sentences: what is put in stands out. A sentence may go over several lines.
export function say(strings, ...values) {
  const line = document.createDocumentFragment();
  strings.forEach((s, i) => {
    line.append(s.replace(/\s*\n\s*/g, " "));
    if (i < values.length) line.append(values[i] instanceof Node ? values[i] : el("strong", {}, String(values[i])));
  });
  return line;
}

// Words in a sentence that do not stand out.
export const word = (text) => document.createTextNode(text);

let timer;
// Tells a screen reader, when nothing has changed for a moment.
export function announce(words) {
  clearTimeout(timer);
  timer = setTimeout(() => (document.getElementById("announce").textContent = words), 700);
}

export function table(caption, names, rows) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", {}, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...names.map((n) => el("th", { scope: "col" }, n)))),
      el("tbody", {}, ...rows.map((r) => el("tr", {}, ...r.map((c, i) => (i === 0 ? el("th", { scope: "row" }, c)
        : el("td", { class: c.length > 30 ? "words" : undefined }, c))))))));
}

export const shown = (cell) => (typeof cell === "number" || cell === "Infinity" || cell === "-Infinity" || cell === "NaN" ? num(cell)
  : /^\w+$/.test(cell ?? "") ? cell.replaceAll("_", " ") : String(cell ?? ""));
