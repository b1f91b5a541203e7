// What the page shows: each view is a study with sliders, a picture, and sentences made of the numbers of the moment. A new view is one
// more entry; its state is the values of its controls, and stands in the URL.
import { el, num, number, say, table, word } from "./dom.js";

const ratio = (who, min, max) => ({ min, max, log: true, least: 1e-6, most: 1e6,
  help: `Features per training row of the ${who}: small is much data.` });
const C = {
  gamma_teacher: { name: "gamma_teacher", label: "Teacher's ratio d/n", symbol: "γₜ", value: 0.25, ...ratio("teacher", 0.02, 5) },
  gamma_student: { name: "gamma_student", label: "Student's ratio d/n", symbol: "γₛ", value: 0.25, ...ratio("student", 0.02, 5) },
  noise_variance: { name: "noise_variance", label: "Label noise", symbol: "σ²", value: 1, min: 0.01, max: 10, log: true, least: 0,
    help: "Variance of the noise in the true labels; the signal has power 1." },
  alignment: { name: "alignment", label: "Alignment", symbol: "ζ", value: 0, min: 0, max: 1, least: 0, most: 1,
    help: "Cosine between a direction that the student knows and the truth; 0 is a plain student." },
  lambda_teacher: { name: "lambda_teacher", label: "Teacher's ridge", symbol: "λₜ", value: 0.05, min: 0.01, max: 10, log: true, least: 0,
    help: "How strongly the teacher is regularized." },
  lambda_student: { name: "lambda_student", label: "Student's ridge", symbol: "λₛ", value: 0.1, min: 0.01, max: 10, log: true, least: 0,
    help: "How strongly the student is regularized." },
  seed: { name: "seed", label: "Seed", value: 0, min: 0, max: 100, least: 0, whole: true, help: "The same seed gives the same numbers." },
};
const with_ = (control, changes) => ({ ...control, ...changes });
const RIDGES = "0.01:10:96", CURVE = "0.01:10:121";
const pick = (state, ...names) => Object.fromEntries(names.map((n) => [n, state[n]]));
const setting = (s) => pick(s, "gamma_teacher", "gamma_student", "noise_variance", "alignment");

function duel(row) {
  const gap = number(row.gap), share = Math.abs(gap) / number(row.teacher_error);
  return gap < 0 ? say`At this point the student ${"wins"}: its test error is ${num(row.student_error)}, the teacher's
      ${num(row.teacher_error)} (${num(100 * share, 2)}% less).`
    : gap === 0 ? say`At this point student and teacher ${"tie"} at a test error of ${num(row.teacher_error)}.`
    : say`At this point the teacher ${"wins"}: its test error is ${num(row.teacher_error)}, the student's
      ${num(row.student_error)} (${num(100 * share, 2)}% more).`;
}

function region(row, blue = true) {
  const edge = number(row.largest_beatable_lambda_teacher);
  const window_ = row.window === "never" ? say`With this teacher ${"no"} student ridge wins. `
    : row.window === "always" ? say`With this teacher ${"every"} student ridge wins. `
    : number(row.window_low) > 0 ? say`With this teacher, student ridges from ${num(row.window_low)} to ${num(row.window_high)} win. `
    : say`With this teacher, student ridges below ${num(row.window_high)} win. `;
  const best = number(row.optimal_lambda_teacher);
  const end = Number.isNaN(edge)
    ? say`${word(blue ? "There is no blue region: no" : "No")} teacher ridge leaves the student anything to gain.`
    : edge === Infinity ? say`The ${word(blue ? "region" : "student's advantage")} does not end: here the student beats every teacher,
      because it knows a direction of the truth.`
    : say`${word(blue ? "The blue region ends at" : "Some student wins up to")} λₜ = ${num(edge)}${
      word(edge > 0.99 * best && edge < 1.01 * best
        ? ", the teacher's best ridge" : "")}: beyond it the teacher has little noise left to shrink away, and learning again only adds
      bias.`;
  const line = document.createDocumentFragment();
  line.append(window_, end);
  return line;
}

const swatch = (what) => el("span", {}, el("span", { class: `swatch ${what.replace(/\W/g, "-")}`, "aria-hidden": "true" }), what);

// Three parts of an error, as bars with the numbers beside them.
function parts(row) {
  const student = [
    ["bias", row.student_bias], ["teacher's noise", row.student_inherited_noise], ["student's noise", row.student_own_noise]];
  const teacher = [["bias", row.teacher_bias], ["teacher's noise", row.teacher_noise]];
  const whole = Math.max(...[student, teacher].map((p) => p.reduce((a, [, v]) => a + number(v), 0)));
  const bar = (name, list) => {
    const line = el("div", { class: "bar", "aria-hidden": "true" });
    for (const [what, value] of list) {
      const piece = el("span", { class: `part ${what.replace(/\W/g, "-")}` });
      piece.style.width = `${Number.isFinite(whole) && whole > 0 ? 100 * number(value) / whole : 0}%`;
      line.append(piece);
    }
    return el("div", { class: "barline" }, el("span", { class: "barname" }, name), line);
  };
  return el("section", { class: "card" }, el("h2", {}, "What the errors are made of"),
    bar("Teacher", teacher), bar("Student", student),
    table("Excess error (test error without the label noise)",
      ["model", swatch("bias"), swatch("teacher's noise"), swatch("student's noise"), "together"],
      [["Teacher", ...teacher.map(([, v]) => num(v)), "–", num(teacher.reduce((a, [, v]) => a + number(v), 0))],
        ["Student", ...student.map(([, v]) => num(v)), num(student.reduce((a, [, v]) => a + number(v), 0))]]),
    el("p", {}, "A student shrinks its teacher once more: the teacher's noise falls, the bias grows, and a little noise of its own "
      + "comes in. "
      + "It wins when the first is more than the other two."));
}

const cut = (along, words) => ({
  title: words,
  figure: (s) => ({ study: "limits", args: { ...setting(s), ...pick(s, "lambda_teacher", "lambda_student"), [along]: CURVE } }),
});

function conditions(row) {
  const lt = number(row.lambda_teacher), ls = number(row.lambda_student), gs = number(row.gamma_student);
  const best = number(row.optimal_lambda_teacher), edge = number(row.largest_beatable_lambda_teacher);
  const low = number(row.window_low), high = number(row.window_high), zeta = number(row.alignment);
  const rows = [];
  const add = (holds, condition, distance) => rows.push([holds ? "holds" : "fails", condition, distance]);
  const times = (a, b) => (a < b ? `${num(b / a, 3)} times below` : `${num(a / b, 3)} times above`);
  if (zeta === 0)
    add(lt < best, `The teacher is under-regularized: λₜ below its best ridge ${num(best)}`, `λₜ = ${num(lt)}, ${times(lt, best)}`);
  add(!Number.isNaN(edge) && lt < edge, Number.isNaN(edge) ? "Some teacher ridge can be beaten"
    : edge === Infinity ? "The teacher's ridge is one that can be beaten: all can"
    : `The teacher is noisy enough for this much student data (γₛ = ${num(gs)}): λₜ below ${num(edge)}`,
    Number.isNaN(edge) ? "none can, at any ridge" : edge === Infinity ? "" : `λₜ = ${num(lt)}, ${times(lt, edge)}`);
  const none = row.window === "never";
  if (gs >= 1)
    add(!none && ls > low, none ? "The student's ridge is large enough: no ridge is"
      : `The student's ridge is large enough: λₛ above ${num(low)}`,
      none || low === 0 ? "" : `λₛ = ${num(ls)}, ${times(ls, low)}`);
  add(!none && ls < high, none ? "The student's ridge is small enough: no ridge is"
    : `The student's ridge is small enough: λₛ below ${num(high)}`,
    none || high === Infinity ? "" : `λₛ = ${num(ls)}, ${times(ls, high)}`);
  return rows;
}

const TOML = (s) => `noise_variance = ${s.noise_variance}
[spectrum]
law = "power"
exponent = ${s.exponent}
d = 400
[target]
law = "power"
exponent = ${s.target}
norm = 1.0
` + Array.from({ length: s.generations + 1 }, (_, k) => `[[stage]]
name = "${k ? `student ${k}` : "teacher"}"
n = ${k ? s.n_student : s.n_teacher}
ridge = ${k ? (s.ridge === "best" ? '"best"' : 0.01) : '"best"'}
`).join("");

const matrix = (rows, columns, at) => `[${Array.from({ length: rows }, (_, i) =>
  `[${Array.from({ length: columns }, (_, j) => at(i, j)).join(", ")}]`).join(", ")}]`;
const vector = (n, at) => `[${Array.from({ length: n }, (_, i) => at(i)).join(", ")}]`;
const same = (i, j) => (i === j ? 1 : 0);
// The target lies in the features that both see; the weak view's others only bring noise, which the strong view sees in part or not.
const VIEWS = (s) => {
  const w = 8, strong = 12, signal = 1 / Math.sqrt(s.shared);
  return `target_variance = ${1 + s.noise_variance}
[[view]]
name = "weak"
covariance = ${matrix(w, w, same)}
target = ${vector(w, (i) => (i < s.shared ? signal : 0).toFixed(6))}
[[view]]
name = "strong"
covariance = ${matrix(strong, strong, same)}
target = ${vector(strong, (i) => (i < s.shared ? signal : 0).toFixed(6))}
[[cross]]
views = ["weak", "strong"]
covariance = ${matrix(w, strong, (i, j) => (i !== j ? 0 : i < s.shared ? 1 : s.known))}
[[stage]]
name = "teacher"
view = "weak"
n = ${s.n_teacher}
ridge = 0.01
[[stage]]
name = "student"
view = "strong"
n = ${s.n_student}
ridge = "best"
[[stage]]
name = "direct"
view = "strong"
labels = "truth"
n = ${s.n_teacher}
ridge = "best"
`;
};

const rule = (who, value, help) => ({
  name: `${who}_kind`, label: `${who === "teacher" ? "Teacher" : "Student"}: how it is trained`, value, help,
  options: [["ridge", "ridge regression"], ["flow", "gradient flow, stopped early"], ["components", "principal components"],
    ...(who === "teacher" ? [["ridgeless", "least squares, no regularization"]] : [])] });
const ruleOf = (kind, amount) => (kind === "flow" || kind === "components" ? `${kind}:${amount}` : kind);
const ruleArgs = (s, along) => {
  const args = { ...pick(s, "gamma_teacher", "gamma_student", "noise_variance") };
  if (s.teacher_kind === "ridge") args.lambda_teacher = s.teacher_amount;
  else args.teacher_rule = ruleOf(s.teacher_kind, s.teacher_amount);
  const amount = !along ? s.student_amount : s.student_kind === "components" ? "0.02:3:60:lin" : "0.02:50:60";
  if (s.student_kind === "ridge") args.lambda_student = amount;
  else args.student_rule = ruleOf(s.student_kind, amount);
  return args;
};

// How often chance alone brings the farthest of some points so many standard errors off, at most: the two tails of Student's
// distribution (standard errors of few trials are uncertain themselves), times the points, however they hang together.
function byChance(z, trials, points) {
  const freedom = Math.max(1, trials - 1), from = Math.atan(Math.abs(number(z)) / Math.sqrt(freedom));
  const density = (angle) => Math.cos(angle) ** (freedom - 1);
  // Nothing is left of it some hundred widths of the peak away.
  const end = Math.min(Math.PI / 2, 40 / Math.sqrt(freedom));
  return from >= end ? 0 : Math.min(1, points * integral(density, from, end) / integral(density, 0, end));
}

function integral(f, low, high, steps = 400) {
  let sum = f(low) + f(high);
  for (let k = 1; k < steps; k++) sum += (k % 2 ? 4 : 2) * f(low + (high - low) * k / steps);
  return sum * (high - low) / (3 * steps);
}

// What a distance from a limit of infinite size means: chance, or the size.
function zWords(row, points, trials = number(row.trials)) {
  if (!Number.isFinite(number(row.z))) return "There is no standard error yet.";
  const often = byChance(row.z, trials, points), among = points > 1 ? ` at one of ${points} points` : "";
  return often > 0.05
    ? `Chance alone does that${among} in up to ${num(100 * often, 2)}% of runs, so these trials do not show the shift yet.`
    : `Chance alone does that${among} in ${often < 0.001 ? "fewer than one run in a thousand" : `at most ${num(100 * often, 2)}% of runs`}`
      + ": most of the distance is the shift, which more trials do not remove and a larger size does.";
}

function farthest(rows) {
  const known = rows.filter((r) => Number.isFinite(number(r.z)));
  return (known.length ? known : rows).reduce((a, b) => (Math.abs(number(b.z)) > Math.abs(number(a.z)) ? b : a));
}

export const views = [
  {
    id: "ridges", name: "Two ridges", title: "Who wins, over both ridges",
    study: "limits",
    controls: [C.lambda_teacher, C.lambda_student, C.gamma_teacher, C.gamma_student, C.noise_variance, C.alignment],
    picture: (s) => ({ ...setting(s), lambda_teacher: RIDGES, lambda_student: RIDGES }),
    numbers: (s) => ({ ...setting(s), ...pick(s, "lambda_teacher", "lambda_student"), parts: true }),
    lead: ([row]) => duel(row), second: ([row]) => region(row),
    intro: "A teacher is trained on noisy labels. A student of the same kind is trained on new data that only the teacher labels.",
    key: "Blue: the student's test error is below its teacher's. Ochre: the teacher is better. Black line: they tie. Dashed line: the "
      + "teacher's best ridge λₜ*. The ring is the point of the sentences here; click to move it.",
    point: { x: "lambda_teacher", y: "lambda_student", low: 0.01, high: 10 },
    actions: [["Best student here", (s, [row]) => ({
      lambda_student: Math.min(10, Math.max(0.01, Number(number(row.best_lambda_student).toPrecision(4)))) })],
      ["Best teacher", (s, [row]) => ({ lambda_teacher: Math.max(0.0001, Number(number(row.optimal_lambda_teacher).toPrecision(4))) })]],
    extra: (s, [row]) => parts(row),
    also: [cut("lambda_student", "Cut through the point: the student's ridge varies"),
      cut("lambda_teacher", "Cut through the point: the teacher's ridge varies")],
    text: ["Teacher and student are ridge regressions. Both errors are exact in the limit of many features (Proposition 3, Theorems 4 "
      + "and 8 of the paper)."],
  },
  {
    id: "why", name: "Why not?", title: "Does the student win here, and if not, why not?",
    study: "limits",
    controls: [with_(C.lambda_teacher, { value: 0.5 }), C.lambda_student, C.gamma_teacher, with_(C.gamma_student, { value: 1.2 }),
      with_(C.noise_variance, { value: 4 }), C.alignment],
    picture: (s) => ({ ...setting(s), lambda_teacher: s.lambda_teacher, lambda_student: CURVE }),
    numbers: (s) => ({ ...setting(s), ...pick(s, "lambda_teacher", "lambda_student"), parts: true }),
    lead: ([row]) => {
      const failed = conditions(row).filter(([h]) => h === "fails");
      return number(row.gap) < 0 ? say`The student ${"wins"} here: ${num(row.student_error)} against ${num(row.teacher_error)}.`
        : say`The student does ${"not"} win here: ${num(row.student_error)} against ${num(row.teacher_error)}, because
          ${failed.length > 1 ? `${failed.length} conditions fail` : "one condition fails"}.`;
    },
    second: ([row]) => region(row, false),
    key: "Test error against the student's ridge; the student wins where its curve lies below the teacher's.",
    extra: (s, [row]) => el("section", { class: "card" }, el("h2", {}, "Theorem 5's conditions"),
      table("Each must hold for the student to win", ["Now", "Condition", "How far"], conditions(row)), parts(row)),
  },
  {
    id: "alignment", name: "Alignment", title: "A student that knows a direction",
    study: "limits",
    controls: [with_(C.alignment, { value: 0.89, name: "zeta" }), with_(C.lambda_teacher, { value: 0.25 }), C.lambda_student,
      C.gamma_teacher,
      C.gamma_student, C.noise_variance,
      { name: "spike", label: "Spike", symbol: "w", value: 500, min: 1, max: 1e5, log: true, least: 0,
        help: "How strongly the student trusts its direction; the paper takes d." }],
    picture: (s) => ({ ...pick(s, "gamma_teacher", "gamma_student", "noise_variance", "lambda_teacher", "spike"), lambda_student: CURVE,
      alignment: [...new Set([0, 0.68, 0.98, s.zeta])].sort((a, b) => a - b).join(",") }),
    numbers: (s) => ({ ...pick(s, "gamma_teacher", "gamma_student", "noise_variance", "lambda_teacher", "lambda_student", "spike"),
      alignment: s.zeta }),
    lead: ([row]) => say`With alignment ζ = ${num(row.alignment)} the best student reaches ${num(row.best_student_error)} at
      λₛ = ${num(row.best_lambda_student)}; the teacher has ${num(row.teacher_error)}.`,
    second: ([row]) => region(row, false),
    key: "Test error against the student's ridge, one colour an alignment. At 0 no student beats the best teacher; an aligned one does.",
    text: ["The student's penalty is light along one direction (Assumption 7, Theorem 8). If that direction points to the truth, large "
      + "ridges remove noise "
      + "everywhere else and keep the signal: the student beats even a perfectly tuned teacher. This is Figure 3 of the paper."],
  },
  {
    id: "descent", name: "Double descent", title: "Too little data, just enough, plenty",
    study: "limits",
    controls: [with_(C.gamma_student, { value: 0.1 }), with_(C.noise_variance, { value: 1 }), with_(C.gamma_teacher, { value: 0.9 }),
      with_(C.lambda_teacher, { value: 0.01, min: 0.0001 }), with_(C.lambda_student, { value: 0.3 })],
    picture: (s) => ({ gamma_teacher: "0.1:5:181", ...pick(s, "gamma_student", "noise_variance", "lambda_teacher", "lambda_student") }),
    numbers: (s) => ({ ...pick(s, "gamma_teacher", "gamma_student", "noise_variance", "lambda_teacher", "lambda_student") }),
    lead: ([row]) => say`At γₜ = ${num(row.gamma_teacher)} the teacher's error is ${num(row.teacher_error)}, the student's
      ${num(row.student_error)}: the student is ${number(row.gap) < 0 ? "better" : "worse"}.`,
    second: () => say`Near γₜ = ${"1"} the teacher has as many rows as features and fits its noise: its error peaks, unless it is
      regularized. A regularized student smooths the peak.`,
    key: "Test errors against the teacher's ratio of features to rows; the peak at 1 is double descent.",
  },
  {
    id: "rules", name: "Any rule", title: "Early stopping, principal components, any rule",
    study: "limits",
    controls: [rule("teacher", "ridgeless"),
      { name: "teacher_amount", label: "Teacher: ridge, time or threshold", value: 0.05, min: 0.01, max: 100, log: true, least: 1e-6,
        help: "Not used by least squares." },
      rule("student", "flow"),
      { name: "student_amount", label: "Student: ridge, time or threshold", value: 3, min: 0.02, max: 50, log: true, least: 1e-6,
        help: "More time is less regularization." },
      C.gamma_teacher, C.gamma_student, C.noise_variance],
    picture: (s) => ruleArgs(s, true), numbers: (s) => ruleArgs(s, false),
    lead: ([row]) => duel(row),
    second: ([row]) => (row.least_student_error === undefined ? ""
      : say`No rule whatever gets below ${num(row.least_student_error)}: without a known direction a student can only rescale its
        teacher.`),
    key: "Test error against the student's ridge, stopping time or threshold.",
    text: ["Gradient flow for time t keeps 1 − exp(−ts) of a direction with eigenvalue s; principal components keep those above a "
      + "threshold. All are averages "
      + "over the Marchenko–Pastur law."],
  },
  {
    id: "views", name: "Two views", title: "Teacher and student see different features",
    study: "chain",
    controls: [{ name: "shared", label: "Features that both see", value: 3, min: 1, max: 8, least: 1, most: 8, whole: true,
      help: "Of the teacher's 8; the student has 12. The truth lies in these." },
      { name: "known", label: "Correlation of the others", value: 0.3, min: 0, max: 0.95, least: 0, most: 0.99,
        help: "Between the remaining weak features and strong ones." },
      { name: "n_teacher", label: "Rows with true labels", value: 40, min: 10, max: 400, log: true, least: 2, most: 1e6, whole: true },
      { name: "n_student", label: "Rows that the teacher labels", value: 1000, min: 20, max: 5000, log: true, least: 2, most: 1e7,
        whole: true },
      with_(C.noise_variance, { value: 0.5, least: 0.001 })],
    picture: (s) => ({ specification: VIEWS(s) }), numbers: (s) => ({ specification: VIEWS(s) }),
    lead: (rows) => {
      const e = Object.fromEntries(rows.map((r) => [r.stage, number(r.test_error)]));
      const best = e.student < Math.min(e.direct, e.teacher) ? "the student"
        : e.direct < e.teacher ? "direct training on the true labels" : "the teacher";
      return say`Teacher ${num(e.teacher)}, student ${num(e.student)}, direct ${num(e.direct)}: here ${best} is best.`;
    },
    second: (rows, s) => say`What the student cannot see of the teacher's noise acts as independent noise, and averages out over its
      ${s.n_student} rows.`,
    key: "Test errors of the weak teacher, of the strong student on its labels, and of the strong features trained directly on the few "
      + "true labels.",
    text: ["The direct student is the baseline to show beside any student: with enough true labels it wins."],
  },
  {
    id: "chains", name: "Chains", title: "Students of students",
    study: "chain", run: true, first: "numbers",
    controls: [{ name: "generations", label: "Generations of students", value: 4, min: 1, max: 10, least: 1, most: 30, whole: true },
      { name: "exponent", label: "Decay of the eigenvalues", value: 1, min: 0, max: 2, least: 0, most: 4,
        help: "Eigenvalue j is j to the minus this." },
      { name: "target", label: "Decay of the target", value: 1.5, min: 0, max: 3, least: 0, most: 5 },
      { name: "n_teacher", label: "Teacher's rows", value: 400, min: 20, max: 4000, log: true, least: 2, most: 1e6, whole: true },
      { name: "n_student", label: "Rows of each student", value: 4000, min: 20, max: 20000, log: true, least: 2, most: 1e7, whole: true },
      { name: "ridge", label: "Ridge of the students", value: "best", options: [["best", "the best one"], ["fixed", "0.01"]] },
      with_(C.noise_variance, { value: 1 }),
      { name: "simulate", label: "Trials to simulate", value: 200, min: 10, max: 2000, log: true, least: 1, most: 1e6, whole: true }],
    picture: (s) => ({ specification: TOML(s) }), numbers: (s) => ({ specification: TOML(s) }),
    runArgs: (s) => ({ specification: TOML(s), simulate: s.simulate }),
    lead: (rows) => {
      const best = rows.reduce((a, b) => (number(b.test_error) < number(a.test_error) ? b : a));
      return say`The best of this chain is ${best.stage}, with a test error of ${num(best.test_error)}; the teacher has
        ${num(rows[0].test_error)}.`;
    },
    second: (rows) => (rows[0].z === undefined ? ""
      : say`Simulated with ${rows[0].trials} trials, the last student's mean is z = ${num(rows.at(-1).z, 2)} standard errors off. The
        prediction is for many features and rows; at this size the mean itself is a little shifted. ${
        word(zWords(rows.at(-1), 1))}`),
    key: "Test error, stage by stage. With unequal eigenvalues a student can beat even the best teacher: two filters in a row are "
      + "sharper than one.",
  },
  {
    id: "simulate", name: "Simulation", title: "Watch a simulation approach the limit",
    study: "simulate", run: true,
    controls: [{ name: "d", label: "Features", symbol: "d", value: 100, min: 10, max: 2000, log: true, least: 2, most: 1e6, whole: true },
      { name: "gamma_teacher", label: "Teacher's ratio d/n", symbol: "γₜ", value: 0.25, min: 0.05, max: 5, log: true, least: 1e-3 },
      { name: "gamma_student", label: "Student's ratio d/n", symbol: "γₛ", value: 1.2, min: 0.05, max: 5, log: true, least: 1e-3 },
      C.noise_variance, with_(C.lambda_teacher, { value: 0.05 }), C.alignment,
      { name: "trials", label: "Trials", value: 100000, min: 64, max: 1e6, log: true, least: 1, most: 1e9, whole: true }, C.seed],
    runArgs: (s) => ({ ...pick(s, "d", "gamma_teacher", "gamma_student", "noise_variance", "alignment", "lambda_teacher", "trials", "seed"),
      lambda_student: "0.01:10:12" }),
    lead: (rows) => {
      const far = farthest(rows), off = number(far.gap) - number(far.gap_limit), se = number(far.gap_se);
      return Number.isNaN(number(far.z)) ? say`After ${rows[0].trials} trials there is no standard error yet.`
        : say`After ${rows[0].trials} trials the farthest of ${rows.length} points lies ${num(Math.abs(off), 2)} ${
          word(off < 0 ? "below" : "above")} its limit. Chance explains about ±${num(se, 2)} of that: z = ${num(far.z, 2)}.`;
    },
    second: (rows) => say`The limit is for d → ∞; at d = ${rows[0].d} the mean itself lies off it, by a shift that falls like 1/d. ${
      word(zWords(farthest(rows), rows.length))}`,
    idle: "Press Go: error bars shrink while you watch, around the limits. Stop keeps what is finished, and Go continues.",
    key: "Points: simulated means with one standard error. Lines: the exact limits.",
    text: ["How large the shift is, w2s simulate --finite-size measures over several d: its product with d, and the error of that."],
  },
  {
    id: "networks", name: "Networks", title: "Two-layer networks",
    study: "network-updates", run: true,
    controls: [{ name: "measure", label: "What is measured", value: "network-updates",
      options: [["network-updates", "overlaps after one gradient step"],
        ["network-spectrum", "spectra of the weights"], ["network-forgetting", "forgetting over many steps"],
        ["network-readouts", "test errors of readouts"]] },
      { name: "d", label: "Features", symbol: "d", value: 200, min: 50, max: 1000, log: true, least: 10, most: 3000, whole: true },
      { name: "eta_teacher", label: "Teacher's step", symbol: "ηₜ", value: 1, min: 0.1, max: 10, log: true, least: 0 },
      { name: "spike", label: "Student's pre-trained spike", symbol: "τ", value: 1, min: 0.1, max: 10, log: true, least: 0,
        help: "How much it knew of the hard direction." },
      { name: "trials", label: "Trials", value: 4, min: 1, max: 64, log: true, least: 1, most: 10000, whole: true }, C.seed],
    studyOf: (s) => s.measure,
    columnsOf: (s) => (s.measure === "network-updates" ? ["quantity", "predicted", "measured", "se", "z"] : undefined),
    runArgs: (s) => pick(s, "d", "eta_teacher", "spike", "trials", "seed"),
    lead: (rows) => {
      const z = rows.map((r) => number(r.z)).filter(Number.isFinite);
      return z.length
        ? say`${rows.length} quantities: predicted and measured differ by at most ${num(Math.max(...z.map(Math.abs)), 2)} standard errors.`
        : say`${rows.length} rows were measured.`;
    },
    second: (rows, s, outcome) => {
      const known = rows.filter((r) => Number.isFinite(number(r.z))).length;
      return known ? say`Predictions are for d → ∞; at this size the means themselves are a little shifted. ${
        word(zWords(farthest(rows), known, outcome?.done ?? s.trials))}` : "";
    },
    idle: "Press Go: a teacher network takes a gradient step on the truth, a student one on the teacher's labels, and every overlap is "
      + "measured beside its prediction.",
    key: "Measured values with error bars beside predictions (Proposition 10, Theorem 11).",
    text: ["Widths and samples are the defaults: as wide as d, four times as many samples."],
  },
  {
    id: "data", name: "Data", title: "Should a strong model learn from a weak one? On real data",
    study: "data", run: true,
    controls: [{ name: "dataset", label: "Data", value: "digits",
      options: [["digits", "hand-written digits"], ["mail", "mail: spam or not"], ["own", "files of your own"]] },
      { name: "n_teacher", label: "Rows with true labels", value: 100, min: 20, max: 500, log: true, least: 2, most: 1e6, whole: true },
      { name: "pseudo_labels", label: "The student learns from", value: "soft",
        options: [["soft", "the teacher's scores"], ["hard", "its choices"]] },
      { name: "repeats", label: "Random splits", value: 5, min: 1, max: 30, least: 1, most: 1000, whole: true }, C.seed],
    files: ["labels", "weak_features", "strong_features"],
    sends: (args) => args.dataset === undefined,
    ready: (args, missing) => (args.dataset === undefined && missing.length
      ? `Choose the ${missing.join(", ").replaceAll("_", " ")} first, or one of the data sets that the program knows.` : ""),
    runArgs: (s) => ({ ...(s.dataset === "own" ? {} : { dataset: s.dataset }),
      ...pick(s, "n_teacher", "pseudo_labels", "repeats", "seed") }),
    lead: (rows) => {
      const of = (r) => number(r.student_accuracy ?? NaN), best = rows.reduce((a, b) => (of(b) > of(a) ? b : a));
      return Number.isNaN(of(best))
        ? say`The best student has a test error of ${num(Math.min(...rows.map((r) => number(r.student_error))))}; the teacher has
          ${num(rows[0].teacher_error)}.`
        : say`The teacher is right on ${num(100 * number(best.teacher_accuracy), 3)}% of the test rows, its best student on
          ${num(100 * of(best), 3)}%, the ceiling is ${num(100 * number(best.ceiling_accuracy), 3)}%.`;
    },
    idle: "Press Go: a weak model is trained on few true labels, a strong one on the labels that it gives. Files of your own stay on this "
      + "machine.",
    key: "Accuracy or test error against the student's ridge.",
  },
  {
    id: "claims", name: "Claims", title: "Every claim of the paper, checked here and now",
    study: "verify", run: true,
    controls: [{ name: "claim", label: "Which claims", value: "equation-5,lemma-12,theorem-4", options: [],
      help: "All of them take minutes." }, C.seed],
    claims: true,
    runArgs: (s) => ({ ...(s.claim === "all" ? {} : { claim: s.claim }), seed: s.seed }),
    lead: (rows) => {
      const bad = rows.filter((r) => r.verdict === "refuted").length;
      const mended = rows.filter((r) => r.verdict === "holds-as-corrected").length;
      return say`Of ${rows.length} claims ${rows.length - bad - mended} hold as printed, ${mended} as corrected, and ${bad}
        ${word(bad === 1 ? "is" : "are")} refuted.`;
    },
    idle: "Press Go: each claim is tested against simulation or a second computation, with the statistic and the threshold that decides.",
    columns: ["claim", "verdict", "statement", "measured", "expected", "statistic", "threshold", "power", "correction"],
  },
  { id: "figures", name: "Figures", title: "Figures of the paper and beyond", figures: true },
  { id: "calls", name: "Calls", title: "Calls for other programs", calls: true, hidden: true },
];

// Worth a look: the paper's figures, and what this project found.
export const presets = [
  ["The paper's figures", [
    ["Figure 1, left: much data for the student", "ridges", {}],
    ["Figure 1, right: little data for the student", "ridges", { gamma_student: 1.202, noise_variance: 4 }],
    ["Figure 2, left: a student that knows a direction", "ridges", { alignment: 0.8 }],
    ["Figure 2, right: the same with little data", "ridges", { gamma_student: 1.202, alignment: 0.88 }],
    ["Figure 3: alignment", "alignment", {}], ["Figure 4: the student's side of Theorem 5", "figures", { figure: "4" }],
    ["Figure 5: where they tie", "figures", { figure: "5" }],
    ["Figure 6: double descent, little noise", "descent", { noise_variance: 0.2, lambda_teacher: 0.0001 }],
    ["Figure 7: double descent", "descent", { lambda_teacher: 0.0001 }],
    ["Figure 8: no double descent", "figures", { figure: "8" }], ["Figure 9: an under-regularized teacher", "figures", { figure: "9" }],
    ["All nine as printed", "figures", { figure: "1" }]]],
  ["Found here", [
    ["Beyond the teacher's best ridge nothing wins", "why", { gamma_student: 0.25, noise_variance: 1, lambda_teacher: 0.3 }],
    ["A small alignment is already enough", "ridges", { alignment: 0.2, lambda_teacher: 0.25, lambda_student: 0.01 }],
    ["With unequal eigenvalues a student beats the best teacher", "chains", {}],
    ["Early stopping repairs a teacher without regularization", "rules", {}],
    ["Features that the student cannot see average out", "views", { shared: 2, known: 0 }],
    ["Limits are reached like 1/d", "simulate", { d: 20 }],
    ["Equation (5) holds with another sign", "claims", { claim: "equation-5" }]]],
];
