/* Vergelijken: one municipality beside others, for any measure, group and year. Figures come from scripts
   in vergelijken/data/. Nothing is computed here but `spread`; axes, classes and breaks are the marts'. */
(function () {
  "use strict";

  const given = {};
  const waiting = {};
  const SVG = "http://www.w3.org/2000/svg";
  const DOTS_UP_TO = 15;
  const DOT_WIDTH = 3.8;
  const LONG_NAME = 13;
  const ROW = 13;
  const LEVELS = ["comparable", "caution", "not_comparable"];
  const REPORT_WORDS = { accounts: "jaarrekening", budget: "primitieve begroting" };
  const FIGURES = [];
  const FIELDS = ["gemeente", "maat", "verslag", "jaar", "groep", "grenzen", "prijzen"];
  let base;
  let state;
  let shown = {};

  window.doelenboom = { take, load, measureOf, compared };

  /* The others in order, their quartiles by linear interpolation (type 7), how many have less. */
  function spread(others, own, total) {
    const v = others.slice().sort((a, b) => a - b);
    const n = v.length;
    const at = (share) => {
      const place = (n - 1) * share;
      const low = Math.floor(place);
      return v[low] + (place - low) * ((low + 1 < n ? v[low + 1] : v[low]) - v[low]);
    };
    const [p25, median, p75] = n < 5 ? [null, null, null] : [0.25, 0.5, 0.75].map(at);
    const known = own !== null && n >= 10 && n >= 0.8 * total;
    const lower = known ? v.filter((value) => value < own).length : null;
    return { n, total, p25, median, p75, lower, percentile: known ? (lower * 100) / n : null };
  }

  // --- what is given

  function take(name, data) {
    given[name] = data;
    (waiting[name] || []).forEach((ready) => ready(data));
    delete waiting[name];
    if (name === "base") start();
  }

  function load(name) {
    if (given[name]) return Promise.resolve(given[name]);
    return new Promise((ready, failed) => {
      if (waiting[name]) {
        waiting[name].push(ready);
        return;
      }
      waiting[name] = [ready];
      const script = document.createElement("script");
      script.src = `vergelijken/data/${name}.js`;
      script.onerror = () => {
        delete waiting[name];
        failed(new Error(`${name} is not there`));
      };
      document.head.append(script);
    });
  }

  function measureOf(code) {
    const found = base.byCode[code];
    return found && { code, name: found[1], unit: base.units[found[2]] || "", source: base.sources[found[3]], near: found[4], spans: base.spans[found[5]] };
  }

  function yearsOf(measure, report) {
    return (measure.spans[report] || []).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, place) => first + place));
  }

  /* The rows of a year by municipality; those of today's boundaries are the year's, with what differs. */
  function rowsOf(shard, boundary, year) {
    const cached = (shard.rows ||= {});
    const key = boundary + year;
    if (cached[key]) return cached[key];
    const reported = shard.as_reported[year] || { v: [], l: "", s: [], no: [] };
    const rows = { v: reported.v.slice(), l: Array.from(reported.l, Number), s: reported.s.slice(), no: new Set(reported.no) };
    if (boundary === "current") {
      for (const [place, value, isPeer, level, saying] of shard.current[year] || []) {
        rows.v[place] = value;
        rows.l[place] = level;
        rows.s[place] = saying;
        if (isPeer) rows.no.delete(place);
        else rows.no.add(place);
      }
    }
    return (cached[key] = rows);
  }

  function isIn(run, year) {
    return typeof run === "number" || (run[1] <= year && year <= run[2]);
  }

  function groupsOf(place, boundary, year) {
    const runs = base.members[boundary][place] || [];
    return runs.filter((run) => isIn(run, year)).map((run) => (typeof run === "number" ? run : run[0]));
  }

  function membersOf(group, boundary, year) {
    const cached = (base.lists ||= {});
    const key = boundary + year;
    if (!cached[key]) {
      cached[key] = {};
      base.members[boundary].forEach((_, place) => {
        for (const of of groupsOf(place, boundary, year)) (cached[key][of] ||= []).push(place);
      });
    }
    return cached[key][group] || [];
  }

  function nearOf(own, measure, boundary, year) {
    const near = given[base.municipalities[own][0].toLowerCase()];
    if (!near || measure.near === null) return null;
    const run = ((near.near[boundary] || {})[measure.near] || []).find(([first, last]) => first <= year && year <= last);
    return run ? run[2] : null;
  }

  function kindOf(code) {
    return code.replace(/^(size_class|structure|province|region|centre|all|nearest).*/, "$1");
  }

  /* The groups that a municipality is held against: those that the measure has an axis for, and neighbours. */
  function choicesOf(own, measure, shard, boundary, year) {
    const axes = pairs((shard.axis[boundary] || {})[year]);
    const choices = groupsOf(own, boundary, year).filter((group) => axes.has(group)).map((group) => base.groups[group][0]);
    if (nearOf(own, measure, boundary, year)) choices.push("nearest");
    return choices;
  }

  function groupFor(choices, wanted) {
    if (choices.includes(wanted)) return wanted;
    return choices.find((code) => kindOf(code) === kindOf(wanted)) || choices.find((code) => kindOf(code) === "size_class") || choices[0] || null;
  }

  function pairs(flat) {
    const map = new Map();
    for (let place = 0; flat && place < flat.length; place += 2) map.set(flat[place], flat[place + 1]);
    return map;
  }

  /* What a row of the comparison says: the value, the others, their spread, and how far it compares. */
  function compared(own, measure, shard, boundary, year, group) {
    const rows = rowsOf(shard, boundary, year);
    const numbered = base.groups.findIndex(([code]) => code === group);
    const members = group === "nearest" ? nearOf(own, measure, boundary, year) : membersOf(numbered, boundary, year);
    const others = (members || []).filter((place) => place !== own);
    const peers = others.filter((place) => known(rows.v[place]) && !rows.no.has(place));
    const value = known(rows.v[own]) ? rows.v[own] : null;
    const told = spread(peers.map((place) => rows.v[place]), value, others.length);
    const narrow = group === "nearest" ? (base.narrow[boundary] || {})[year] : null;
    let level = value === null ? 2 : rows.l[own];
    if (told.n === 0) level = 2;
    else if (level === 0 && (told.n < 10 || told.n < 0.8 * told.total || narrow)) level = 1;
    const reasons = [sayingOf(shard, rows.s[own]), thinly(told), narrow].filter(Boolean).join("; ");
    return { ...told, own, value, others, peers, rows, numbered, comparability: LEVELS[level], reasons };
  }

  function thinly({ n, total }) {
    if (n === 0) return "Geen andere gemeente in de groep heeft een waarde die meetelt";
    return n < 10 || n < 0.8 * total ? `Van ${n} van de ${total} andere gemeenten in de groep is er een waarde die meetelt` : "";
  }

  function known(value) {
    return value !== null && value !== undefined;
  }

  function sayingOf(shard, saying) {
    if (!known(saying)) return "";
    const [number, ...figures] = Array.isArray(saying) ? saying : [saying];
    return shard.sayings[number].replace(/#/g, () => figures.shift());
  }

  // --- words

  function decimals(step) {
    return step >= 5 ? 0 : step >= 0.5 ? 1 : 2;
  }

  function figure(value, digits) {
    const text = (FIGURES[digits] ||= new Intl.NumberFormat("nl-NL", { minimumFractionDigits: digits, maximumFractionDigits: digits })).format(Math.abs(value));
    return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
  }

  function withUnit(text, unit) {
    return unit.startsWith("euro") ? `${text} euro` : unit.startsWith("%") ? `${text} %` : text;
  }

  function lowerThan(told) {
    if (told.lower === told.n) return `Alle ${told.n} hebben`;
    return told.lower === 0 ? `Geen van de ${told.n} heeft` : `${told.lower} van de ${told.n} hebben`;
  }

  function lower(text) {
    return text.charAt(0).toLowerCase() + text.slice(1);
  }

  function upper(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  function titleOf(name) {
    const [side, ...rest] = name.split(": ");
    return rest.length ? [rest.join(": "), side] : [name, ""];
  }

  function nameOf(place) {
    return base.municipalities[place][1];
  }

  // --- drawing

  function el(name, attributes, ...children) {
    const element = name.startsWith("h:") ? document.createElement(name.slice(2)) : document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function scaled(axis, start, end) {
    return (value) => start + ((value - axis[0]) / (axis[1] - axis[0])) * (end - start);
  }

  function ticksOf(axis) {
    return Array.from({ length: Math.round((axis[1] - axis[0]) / axis[2]) + 1 }, (_, place) => axis[0] + axis[2] * place);
  }

  function narrowest(axes, values) {
    const sorted = axes.slice().sort((a, b) => a[1] - a[0] - (b[1] - b[0]));
    return sorted.find(([low, high]) => values.every((value) => low <= value && value <= high)) || sorted[sorted.length - 1];
  }

  function swarm(places, width) {
    const last = new Map();
    return places.map((place) => {
      let row = 0;
      while (last.has(row) && place - last.get(row) < width) row = row > 0 ? -row : 1 - row;
      last.set(row, place);
      return row;
    });
  }

  function drawStrip(frame, axis, told) {
    const [low, high, step] = axis;
    const place = scaled(axis, 3, 95);
    const digits = decimals(step);
    const points = told.peers.map((peer) => ({ of: peer, value: told.rows.v[peer] })).sort((a, b) => a.value - b.value);
    const near = points.filter(({ value }) => low <= value && value <= high);
    const dots = points.length <= DOTS_UP_TO;
    const stacked = dots ? swarm(near.map(({ value }) => place(value)), DOT_WIDTH) : [];
    const middle = 38 + ROW * Math.max(0, -Math.min(0, ...stacked));
    const floor = middle + 12 + ROW * Math.max(0, ...stacked);
    near.forEach((point, index) => {
      point.x = place(point.value);
      point.y = middle + ROW * (stacked[index] || 0);
    });
    const svg = el("svg", { class: "strip", height: floor + 24, "aria-hidden": "true" });
    if (told.median !== null) {
      const within = (value) => place(Math.min(Math.max(value, low), high));
      svg.append(el("rect", { class: "band", x: `${within(told.p25)}%`, width: `${within(told.p75) - within(told.p25)}%`, y: 24, height: floor - 24 }));
    }
    for (const value of ticksOf(axis)) {
      const x = `${place(value)}%`;
      svg.append(el("line", { class: "grid", x1: x, x2: x, y1: 24, y2: floor }), el("text", { class: "middle", x, y: floor + 16 }, figure(value, digits)));
    }
    if (!dots) {
      const line = near.map(({ x }) => `M${Math.round(x * 10)} ${middle - 9}v18`).join("");
      svg.append(el("svg", { viewBox: `0 0 1000 ${floor + 24}`, preserveAspectRatio: "none" }, el("path", { class: "peers", d: line })));
    }
    if (told.median !== null) {
      const x = `${place(Math.min(Math.max(told.median, low), high))}%`;
      svg.append(el("line", { class: "median", x1: x, x2: x, y1: 24, y2: floor }));
    }
    if (dots) near.forEach(({ x, y }) => svg.append(el("circle", { class: "peer", cx: `${x}%`, cy: y, r: 5.5 })));
    const side = (floor + 32) / 2;
    const above = points.filter(({ value }) => value > high);
    const below = points.filter(({ value }) => value < low);
    above.forEach((point) => Object.assign(point, { x: 98.5, y: middle }));
    below.forEach((point) => Object.assign(point, { x: 1, y: middle }));
    if (above.length) svg.append(el("text", { class: "off end", x: "100%", y: side }, "►"));
    if (below.length) svg.append(el("text", { class: "off", x: 0, y: side }, "◄"));
    if (told.value !== null) {
      const shownAt = place(Math.min(Math.max(told.value, low), high));
      const x = `${shownAt}%`;
      points.push({ of: told.own, value: told.value, x: shownAt, y: middle });
      points.sort((a, b) => a.value - b.value);
      svg.append(
        el("line", { class: "lead-line", x1: x, x2: x, y1: 17, y2: middle }),
        el("circle", { class: "own", cx: x, cy: middle, r: 7.5 }),
        el("text", { class: `mine ${shownAt < 15 ? "start" : shownAt > 85 ? "end" : "middle"}`, x, y: 13 }, nameOf(told.own)),
      );
    }
    const cursor = el("circle", { class: "cursor", r: 7, cx: 0, cy: middle, visibility: "hidden" });
    svg.append(cursor);
    frame.replaceChildren(svg);
    return { points, cursor, above, below, digits, middle };
  }

  function drawTrend(frame, axis, rows, breaks, name) {
    const top = 34;
    const height = 170;
    const level = scaled(axis, top + height, top);
    const digits = decimals(axis[2]);
    const first = rows[0].year;
    const last = rows[rows.length - 1].year;
    const along = scaled([first, Math.max(last, first + 1)], 13, 73);
    const point = (row, key) => `${Math.round(along(row.year) * 10)} ${level(row[key]).toFixed(1)}`;
    const path = (key) => rows.map((row, index) => (row[key] === null ? "" : (index && rows[index - 1][key] !== null ? "L" : "M") + point(row, key))).join("");
    const band = rows.slice(1).map((row, index) => {
      const before = rows[index];
      if (row.p25 === null || before.p25 === null) return "";
      return `M${point(before, "p25")}L${point(row, "p25")}L${point(row, "p75")}L${point(before, "p75")}z`;
    });
    const svg = el("svg", { class: "trend", height: top + height + 22, "aria-hidden": "true" });
    for (const value of ticksOf(axis)) {
      const y = level(value);
      svg.append(el("line", { class: "grid", x1: 0, x2: "100%", y1: y, y2: y }), el("text", { x: 0, y: y - 4 }, figure(value, digits)));
    }
    for (const [year, kind] of breaks) {
      if (year <= first || year > last) continue;
      const x = along(year - 0.5);
      svg.append(
        el("line", { class: "break", x1: `${x}%`, x2: `${x}%`, y1: 20, y2: top + height }),
        el("text", { class: x > 45 ? "end" : "middle", x: `${x}%`, dx: -3, y: 14 }, base.words.break_kind[kind]),
      );
    }
    svg.append(
      el(
        "svg",
        { viewBox: `0 0 1000 ${top + height + 22}`, preserveAspectRatio: "none" },
        el("path", { class: "band", d: band.join("") }),
        el("path", { class: "median-line", d: path("median") }),
        el("path", { class: "own-line", d: path("value") }),
      ),
    );
    rows.forEach((row, index) => {
      const between = rows.length > 5 && index % 2 !== (rows.length - 1) % 2;
      svg.append(el("text", { class: between ? "middle wider" : "middle", x: `${along(row.year)}%`, y: top + height + 16 }, String(row.year)));
    });
    const latest = rows[rows.length - 1];
    let own = latest.value === null ? null : level(latest.value);
    const median = latest.median === null ? null : level(latest.median);
    if (own !== null && median !== null && Math.abs(own - median) < 16) own = median + (own <= median ? -16 : 16);
    if (own !== null) svg.append(el("text", { class: "mine", x: "75%", y: own + 4 }, `${name.length > LONG_NAME ? "" : `${name} `}${figure(latest.value, digits)}`));
    if (median !== null) svg.append(el("text", { class: "strong-soft", x: "75%", y: median + 4 }, `mediaan ${figure(latest.median, digits)}`));
    frame.replaceChildren(svg);
    return digits;
  }

  // --- the page

  const at = (id) => document.getElementById(id);

  function write(id, text) {
    at(id).textContent = text;
  }

  /* A table that is folded is filled when it unfolds, or is printed. */
  function table(id, make) {
    const folded = at(id).closest("details");
    const fill = () => {
      at(id).replaceChildren(...rowsIn(make()));
      unfilled.delete(folded);
    };
    if (folded.open) fill();
    else unfilled.set(folded, fill);
  }

  const unfilled = new Map();

  function rowsIn(rows) {
    return rows.map(([head, ...cells]) => el("h:tr", {}, el("h:th", { scope: "row" }, head), ...cells.map((cell) => el("h:td", { class: "figure" }, cell))));
  }

  function read() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const wanted = { ...base.start };
    for (const field of FIELDS) if (asked.get(field)) wanted[field] = asked.get(field);
    if (wanted.maat.endsWith("_real")) Object.assign(wanted, { maat: wanted.maat.slice(0, -5), prijzen: "real" });
    wanted.gemeente = wanted.gemeente.toUpperCase();
    if (!(wanted.gemeente in base.places)) wanted.gemeente = base.start.gemeente;
    if (!base.byCode[wanted.maat]) wanted.maat = base.start.maat;
    if (!base.members[wanted.grenzen]) wanted.grenzen = base.start.grenzen;
    return wanted;
  }

  function start() {
    base = given.base;
    base.byCode = Object.fromEntries(base.measures.map((row) => [row[0], row]));
    base.places = Object.fromEntries(base.municipalities.map(([code], place) => [code, place]));
    state = read();
    const names = base.municipalities.map(([code, name, present], place) => ({ code, name, present, place }));
    names.sort((a, b) => a.name.replace(/^['’]s-/, "").localeCompare(b.name.replace(/^['’]s-/, ""), "nl"));
    const options = (rows) => rows.map(({ code, name }) => new Option(name, code));
    const abolished = el("h:optgroup", { label: "Opgeheven" }, ...options(names.filter(({ present }) => !present)));
    at("c-gemeente").append(...options(names.filter(({ present }) => present)), abolished);
    const groups = new Map();
    for (const [code, name] of base.measures) {
      if (code.endsWith("_real")) continue;
      const label = code.startsWith("bbv_")
        ? "Wettelijke indicatoren"
        : code.startsWith("ratio_")
          ? "Financiële kengetallen"
          : /_(with_overhead|aged_0_17|serving_region)$/.test(code)
            ? "Lasten op een andere grondslag"
            : code.startsWith("iv3_net")
              ? "Lasten min baten"
              : /cluster|total/.test(code)
                ? "Lasten per cluster"
                : "Lasten per taakveld";
      if (!groups.has(label)) groups.set(label, []);
      const taakveld = /_(\d+\.\w+)/.exec(code);
      groups.get(label).push(new Option((taakveld ? `${taakveld[1]} ` : "") + titleOf(name)[0], code));
    }
    for (const label of ["Lasten per cluster", "Lasten per taakveld", "Lasten min baten", "Lasten op een andere grondslag", "Wettelijke indicatoren", "Financiële kengetallen"]) {
      if (groups.has(label)) at("c-maat").append(el("h:optgroup", { label }, ...groups.get(label)));
    }
    const form = document.querySelector(".choices");
    form.addEventListener("change", ({ target }) => {
      state[target.name] = target.value;
      update(true);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("hashchange", () => {
      state = read();
      update(false);
    });
    listen();
    update(false).then(() => load("map")).then(drawMap, () => at("kaart").replaceChildren());
  }

  let turn = 0;

  async function update(remember) {
    const mine = (turn += 1);
    const real = state.prijzen === "real" && base.byCode[`${state.maat}_real`];
    const measure = measureOf(real ? `${state.maat}_real` : state.maat);
    if (!measure.spans[state.verslag]) state.verslag = Object.keys(measure.spans)[0];
    const years = yearsOf(measure, state.verslag);
    if (!years.includes(Number(state.jaar))) state.jaar = String(years[years.length - 1]);
    const own = base.places[state.gemeente];
    const neighbours = load(state.gemeente.toLowerCase());
    const shard = await load(`${measure.code}.${state.verslag}`);
    await neighbours;
    if (mine !== turn) return;
    const year = Number(state.jaar);
    const choices = choicesOf(own, measure, shard, state.grenzen, year);
    state.groep = groupFor(choices, state.groep) || state.groep;
    if (remember) history.replaceState(null, "", `#${new URLSearchParams(FIELDS.map((field) => [field, state[field]]))}`);
    shown = { own, measure, shard, year, real, years, choices };
    fillForm();
    draw();
  }

  function fillForm() {
    const { measure, years, choices } = shown;
    for (const field of ["gemeente", "maat", "verslag", "grenzen"]) at(`c-${field}`).value = state[field];
    for (const option of at("c-verslag").options) option.disabled = !measure.spans[option.value];
    at("c-jaar").replaceChildren(...years.slice().reverse().map((year) => new Option(year, year)));
    at("c-jaar").value = state.jaar;
    at("c-groep").replaceChildren(...choices.map((code) => new Option(groupName(code), code)));
    at("c-groep").value = state.groep;
    at("c-prijzen").options[1].disabled = !base.byCode[`${state.maat}_real`];
    at("c-prijzen").value = shown.real ? "real" : "nominal";
    document.querySelector(".choices").hidden = false;
    at("uitkomst").hidden = false;
  }

  function groupName(code) {
    if (code === "nearest") return `Tien gemeenten die het meest op ${nameOf(base.places[state.gemeente])} lijken`;
    return base.groups.find(([of]) => of === code)[1];
  }

  function draw() {
    const { own, measure, shard, year } = shown;
    const name = nameOf(own);
    const [title, side] = titleOf(measure.name);
    const told = (shown.told = compared(own, measure, shard, state.grenzen, year, shown.choices.length ? state.groep : "none"));
    const axis = axisFor(told, shard, year);
    const prices = measure.unit.startsWith("euro") ? (shown.real ? ", omgerekend naar prijzen van 2015 met de consumentenprijsindex" : ", niet voor prijzen gecorrigeerd") : "";
    const report = REPORT_WORDS[state.verslag];
    const borders = state.grenzen === "current" ? ", grenzen van nu" : "";
    const about = `${side ? `${side}, ` : ""}${measure.unit}, ${report} ${year}${borders}${prices}`;
    write("eenheid", about.charAt(0).toUpperCase() + about.slice(1));
    const digits = axis ? decimals(axis[2]) : 1;
    const say = (value) => withUnit(figure(value, digits), measure.unit);
    write(
      "kop",
      told.value === null
        ? `${name}, ${lower(title)}: geen cijfer`
        : `${name}, ${lower(title)}: ${say(told.value)}${told.median === null ? "" : `, mediaan ${figure(told.median, digits)}`}`,
    );
    const group = shown.choices.length ? groupName(state.groep) : "Andere gemeenten";
    const n = `n = ${told.n} van ${told.total}`;
    write(
      "zin",
      told.median === null
        ? `${group}. Van de andere hebben er ${told.n} een waarde die meetelt: te weinig voor een mediaan (${n}).`
        : `${group}. De helft van de andere gemeenten ligt tussen ${figure(told.p25, digits)} en ${say(told.p75)}, de middelste op ${say(told.median)} (${n}).` +
            (told.lower === null ? "" : ` ${lowerThan(told)} een lagere waarde dan ${name}.`),
    );
    if (axis) {
      shown.strip = { ...drawStrip(at("strook"), axis, told), at: -1, digits };
      const beyond = [...shown.strip.above].reverse().concat(shown.strip.below);
      const named = beyond.slice(0, 5).map(({ of, value }) => `${nameOf(of)}, ${say(value)}`);
      if (beyond.length > 5) named.push(`en nog ${beyond.length - 5}`);
      write("sleutel", `${told.median === null ? "" : "Vlak: middelste helft van de groep. Streep: mediaan."}${named.length ? ` Buiten de schaal (${shown.strip.above.length ? "►" : ""}${shown.strip.below.length ? "◄" : ""}): ${named.join("; ")}.` : ""}`);
    } else {
      shown.strip = null;
      at("strook").replaceChildren();
      write("sleutel", "");
    }
    at("strook").hidden = !axis;
    at("toetsen").hidden = !axis;
    write("toets-eigen", name);
    write("waard", `${upper(base.words.comparability[told.comparability])}${told.reasons || told.comparability !== "comparable" ? "" : ` binnen ${year}: er is geen voorbehoud bekend`}.${told.reasons ? ` ${told.reasons}.` : ""}${told.numbered >= 0 ? ` De groep: ${lower(base.definitions[base.groups[told.numbered][2]])}.` : ""}`);
    write("kolom", measure.unit);
    shown.rows = told.others.concat(own).map((place) => ({ place, value: known(told.rows.v[place]) ? told.rows.v[place] : null }));
    shown.rows.sort((a, b) => (b.value === null ? -Infinity : b.value) - (a.value === null ? -Infinity : a.value) || a.place - b.place);
    table("groepstabel", () => shown.rows.map(({ place, value }) => [link(place), value === null ? "geen cijfer" : figure(value, digits) + (told.rows.no.has(place) && place !== own ? " (telt niet mee)" : "")]));
    const people = measure.code.startsWith("iv3") ? "; inwoners op 1 januari" : "";
    write("bron", `Bron: ${measure.source}, ${report} ${year}${people}; bewerking doelenboom.`);
    write("bron-jaren", `Bron: ${measure.source}, ${report} van elk jaar${people}; bewerking doelenboom.`);
    under(null);
    drawYears(name);
    drawMap();
    drawNeighbours(name);
  }

  function axisFor(told, shard, year) {
    const axes = pairs((shard.axis[state.grenzen] || {})[year]);
    if (axes.has(told.numbered)) return shard.axes[axes.get(told.numbered)];
    const values = told.peers.map((place) => told.rows.v[place]);
    if (told.value !== null) values.push(told.value);
    return values.length && axes.size ? narrowest([...axes.values()].map((axis) => shard.axes[axis]), values) : null;
  }

  function link(place) {
    const [code, name] = base.municipalities[place];
    return el("h:a", { href: pageOf(code) }, name);
  }

  function pageOf(code) {
    return `gemeente/${code.toLowerCase()}/index.html`;
  }

  function drawYears(name) {
    const { own, measure, shard, years } = shown;
    const rows = years
      .map((year) => {
        const choices = choicesOf(own, measure, shard, state.grenzen, year);
        const group = choices.find((code) => code === state.groep) || choices.find((code) => kindOf(code) === kindOf(state.groep)) || "none";
        return { year, group, ...compared(own, measure, shard, state.grenzen, year, group) };
      })
      .filter((row) => row.group !== "none");
    const drawn = rows.length > 1;
    at("verloop").closest("section").hidden = !drawn;
    shown.trend = rows;
    if (!drawn) return;
    const span = `${rows[0].year}–${rows[rows.length - 1].year}`;
    const values = rows.flatMap(({ value, p25, median, p75 }) => [value, p25, median, p75]).filter(known);
    const axes = Object.values(shard.trend[state.grenzen] || {}).map((place) => shard.axes[place]);
    const axis = values.length && narrowest(axes, values);
    at("verloop").closest("section").hidden = !axis;
    if (!axis) return;
    const digits = drawTrend(at("lijn"), axis, rows, shard.breaks, name);
    write("verloop", `${name} naast de mediaan, ${span}`);
    write("verloop-eenheid", `${upper(measure.unit)}, ${REPORT_WORDS[state.verslag]}${measure.unit.startsWith("euro") ? (shown.real ? ", in prijzen van 2015" : ", niet voor prijzen gecorrigeerd") : ""}`);
    const broken = shard.breaks.filter(([year]) => rows[0].year < year && year <= rows[rows.length - 1].year);
    write("breuken", broken.map(([year, , reason]) => `${year}: ${reason}.`).join(" "));
    write("kolom-eigen", name);
    const cell = (value) => (value === null ? "geen cijfer" : figure(value, digits));
    table("jaartabel", () => rows.map((row) => [String(row.year), cell(row.value), cell(row.median), row.median === null ? "geen cijfer" : `${cell(row.p25)} tot ${cell(row.p75)}`, `${row.n} van ${row.total}`]));
  }

  function drawNeighbours(name) {
    const near = given[state.gemeente.toLowerCase()];
    const years = near ? near.why.filter(([year]) => year <= shown.year) : [];
    const found = years[years.length - 1] || (near && near.why[0]);
    write("buren", `Tien gemeenten die het meest op ${name} lijken`);
    if (!found) {
      write("buren-eenheid", `Van ${name} zijn niet alle kenmerken bekend waarop structuurgelijke gemeenten worden gekozen.`);
      at("burenlijst").replaceChildren();
      return;
    }
    const [year, features, rows] = found;
    write("buren-eenheid", `In ${year}, op bevolking, dichtheid, leeftijd, uitkeringen, sociale structuur en centrumfunctie (kenmerken van ${features}); nooit op wat wordt vergeleken`);
    at("burenlijst").replaceChildren(
      ...rows.map(([place, distance, theme, stability]) => el("h:li", {}, link(place), el("h:span", { class: "soft" }, ` afstand ${figure(distance, 2)}, verschilt het meest in ${base.words.structure_theme[theme]}${stability < 1 ? `; in ${Math.round(stability * 100)} % van de keuzes zonder één kenmerk` : ""}`))),
    );
  }

  // --- the map

  let map;

  function drawMap() {
    const paths = given.map;
    if (!paths || !shown.shard) return;
    const { own, measure, shard, year } = shown;
    const [width, height] = paths.size;
    if (!map) {
      map = { paths: {}, own: el("path", { class: "outline" }), cursor: el("path", { class: "pointed" }) };
      const hatch = el("pattern", { id: "arcering", width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, el("path", { class: "paper", d: "M0 0h9v9H0z" }), el("path", { class: "stripe", d: "M0 0v9" }));
      const svg = el("svg", { class: "map", viewBox: `-6 -6 ${width + 12} ${height + 12}`, "aria-hidden": "true" }, hatch);
      for (const [code, d] of Object.entries(paths.paths)) {
        if (!(code in base.places)) continue;
        map.paths[base.places[code]] = el("path", { d, "data-place": base.places[code] });
        svg.append(map.paths[base.places[code]]);
      }
      svg.append(map.own, map.cursor);
      map.svg = svg;
      at("kaart").replaceChildren(svg);
    }
    const rows = rowsOf(shard, "current", year);
    const classes = (shard.classes || {})[year] || [];
    const classOf = (place) => {
      const value = rows.v[place];
      if (!known(value) || rows.no.has(place) || rows.l[place] === 2) return 0;
      const found = classes.find(([, low, high]) => low <= value && value <= high);
      return found ? found[0] : 0;
    };
    map.values = Object.keys(map.paths).map(Number).map((place) => ({ of: place, value: known(rows.v[place]) ? rows.v[place] : null, shade: classOf(place) }));
    map.values.sort((a, b) => (a.value === null) - (b.value === null) || a.value - b.value || a.of - b.of);
    for (const { of, shade } of map.values) map.paths[of].setAttribute("class", shade ? `shade-${shade}` : "hatched");
    map.own.setAttribute("d", paths.paths[base.municipalities[own][0]] || "");
    map.cursor.setAttribute("d", "");
    map.digits = classes.length ? decimals((classes[classes.length - 1][2] - classes[0][1]) / 5) : 1;
    const [title] = titleOf(measure.name);
    write("kaartkop", `${title} op de kaart`);
    write("kaart-eenheid", `${upper(measure.unit)}, ${REPORT_WORDS[state.verslag]} ${year}, bij de gemeenten van nu`);
    write("legenda-kop", measure.unit);
    const swatch = (shade) => el("svg", { class: "swatch", width: 28, height: 18, "aria-hidden": "true" }, shade ? el("rect", { class: `shade-${shade}`, width: 28, height: 18 }) : el("path", { class: "hatched-swatch", d: "M-2 8L8-2M-2 18L18-2M6 20L28-2M16 20L30 6" }));
    const step = (shade, words, count) => el("h:tr", {}, el("h:th", { scope: "row" }, swatch(shade), ` ${words}`), el("h:td", { class: "figure" }, String(count)));
    at("legenda").replaceChildren(
      ...classes.map(([shade, low, high, count]) => step(shade, `${figure(low, map.digits)} tot ${figure(high, map.digits)}`, count)),
      step(0, "geen cijfer of niet vergelijkbaar", map.values.filter(({ shade }) => !shade).length),
    );
    write("kaartkolom", measure.unit);
    table("kaarttabel", () => map.values.slice().reverse().map(({ of, value, shade }) => [link(of), value === null ? "geen cijfer" : figure(value, map.digits), shade ? String(shade) : "geen"]));
    write("kaartbron", `Bron: ${measure.source}, ${REPORT_WORDS[state.verslag]} ${year}; grenzen CBS/Kadaster, CC BY 4.0, vereenvoudigd.`);
    pointed(null);
  }

  // --- cursor: one place under it, named in one line

  function under(point) {
    const strip = shown.strip;
    if (!strip) return write("onder", "");
    const own = strip.points.findIndex(({ of }) => of === shown.own);
    strip.at = point === null ? own : point;
    const found = strip.points[strip.at];
    if (!found) return write("onder", "");
    strip.cursor.setAttribute("cx", `${found.x}%`);
    strip.cursor.setAttribute("cy", found.y);
    strip.cursor.setAttribute("visibility", strip.at === own ? "hidden" : "visible");
    write("onder", `${nameOf(found.of)}: ${figure(found.value, strip.digits)} ${shown.measure.unit}`);
    if (map) mark(point === null ? null : found.of);
  }

  function mark(place) {
    map.cursor.setAttribute("d", place === null ? "" : given.map.paths[base.municipalities[place][0]] || "");
  }

  function pointed(index) {
    const found = index === null ? map.values.find(({ of }) => of === shown.own) : map.values[index];
    map.at = found ? map.values.indexOf(found) : 0;
    mark(index === null ? null : found.of);
    const words = found ? `${nameOf(found.of)}: ${found.value === null ? "geen cijfer" : `${figure(found.value, map.digits)} ${shown.measure.unit}`}` : "";
    write("op-kaart", words);
    if (index !== null) write("onder", words);
  }

  function walk(event, place, last, move) {
    const steps = { ArrowRight: place + 1, ArrowUp: place + 1, ArrowLeft: place - 1, ArrowDown: place - 1, Home: 0, End: last };
    if (event.key === "Escape") move(null);
    else if (event.key in steps) move(Math.min(Math.max(steps[event.key], 0), last));
    else return;
    event.preventDefault();
  }

  function listen() {
    for (const folded of document.querySelectorAll("#uitkomst details")) folded.addEventListener("toggle", () => unfilled.has(folded) && unfilled.get(folded)());
    window.addEventListener("beforeprint", () => unfilled.forEach((fill) => fill()));
    const strook = at("strook");
    strook.addEventListener("keydown", (event) => shown.strip && walk(event, shown.strip.at, shown.strip.points.length - 1, under));
    strook.addEventListener("pointermove", (event) => {
      if (!shown.strip || !shown.strip.points.length) return;
      const box = strook.getBoundingClientRect();
      const away = ({ x, y }) => Math.hypot((x / 100) * box.width - (event.clientX - box.left), (y - (event.clientY - box.top)) / 2);
      const nearest = shown.strip.points.reduce((best, point, index, points) => (away(point) < away(points[best]) ? index : best), 0);
      if (nearest !== shown.strip.at) under(nearest);
    });
    strook.addEventListener("pointerleave", () => under(null));
    strook.addEventListener("blur", () => under(null));
    const kaart = at("kaart");
    kaart.addEventListener("keydown", (event) => {
      if (!map) return;
      if (event.key === "Enter") open(map.values[map.at].of);
      else walk(event, map.at, map.values.length - 1, pointed);
    });
    kaart.addEventListener("pointermove", ({ target }) => {
      if (target.dataset && target.dataset.place) pointed(map.values.findIndex(({ of }) => of === Number(target.dataset.place)));
    });
    kaart.addEventListener("pointerleave", () => map && pointed(null));
    kaart.addEventListener("blur", () => map && pointed(null));
    kaart.addEventListener("click", ({ target }) => target.dataset.place && open(Number(target.dataset.place)));
    taking("csv", () => lines([["gemeente", "naam", shown.measure.code], ...shown.rows.map(({ place, value }) => [...base.municipalities[place].slice(0, 2), value])]));
    taking("csv-jaren", () => lines([["jaar", shown.measure.code, "p25", "mediaan", "p75", "n", "groep_n"], ...shown.trend.map((row) => [row.year, row.value, row.p25, row.median, row.p75, row.n, row.total])]));
  }

  function open(place) {
    location.href = pageOf(base.municipalities[place][0]);
  }

  // --- taking along

  function lines(rows) {
    const cell = (value) => (value === null ? "" : /[",\n]/.test(value) ? `"${String(value).replace(/"/g, '""')}"` : value);
    return rows.map((row) => row.map(cell).join(",")).join("\r\n");
  }

  function taking(id, make) {
    at(id).href = `#${id}`;
    at(id).addEventListener("click", () => {
      at(id).download = `${state.gemeente.toLowerCase()}-${shown.measure.code}-${state.jaar}.csv`;
      at(id).href = `data:text/csv;charset=utf-8,${encodeURIComponent(make())}`;
      setTimeout(() => (at(id).href = `#${id}`));
    });
  }
})();
