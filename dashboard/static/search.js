/* Search on the first page: accents and typing errors forgiven. */
(function () {
  "use strict";
  var MOST = 12;
  var form = document.querySelector("form.search");
  var input = document.getElementById("zoek");
  var list = form.querySelector(".found");
  var status = document.getElementById("zoek-uitkomst");

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/gi, " ").trim().toLowerCase();
  }

  /* How many letters to change, add, drop or swap, to at most `most`. */
  function distance(a, b, most) {
    var before = [], last = [], row = [], i, j;
    if (Math.abs(a.length - b.length) > most) { return most + 1; }
    for (j = 0; j <= b.length; j += 1) { last[j] = j; }
    for (i = 1; i <= a.length; i += 1) {
      row = [i];
      for (j = 1; j <= b.length; j += 1) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[b.length];
  }

  /* Smaller is better; null is no match. */
  function rank(entry, wanted) {
    var name = entry.plain, most, near;
    if (name === wanted) { return 0; }
    if (name.indexOf(wanted) === 0) { return 1; }
    if ((" " + name).indexOf(" " + wanted) >= 0) { return 2; }
    if (wanted.length > 2 && name.indexOf(wanted) >= 0) { return 3; }
    if (wanted.length < 4) { return null; }
    most = wanted.length < 7 ? 1 : 2;
    near = [name].concat(name.split(" ")).some(function (part) {
      return distance(wanted, part, most) <= most
        || (part.length > wanted.length && distance(wanted, part.slice(0, wanted.length), most) <= most);
    });
    return near ? 4 : null;
  }

  function find() {
    var wanted = plain(input.value), found;
    list.textContent = "";
    if (!wanted) { status.textContent = ""; return; }
    found = entries.map(function (entry, place) { return { entry: entry, place: place, rank: rank(entry, wanted) }; })
      .filter(function (hit) { return hit.rank !== null; })
      .sort(function (a, b) { return a.rank - b.rank || a.place - b.place; });
    found.slice(0, MOST).forEach(function (hit) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      var what = document.createElement("span");
      link.href = hit.entry.path;
      link.textContent = hit.entry.name;
      what.textContent = " " + hit.entry.what;
      link.appendChild(what);
      item.appendChild(link);
      list.appendChild(item);
    });
    status.textContent = found.length === 0 ? "Niets gevonden."
      : found.length > MOST ? found.length + " gevonden, de eerste " + MOST + " staan hieronder."
        : found.length + " gevonden.";
  }

  var entries = [];
  window.searchGroups.forEach(function (group) {
    group[3].forEach(function (entry) {
      entries.push({ name: entry[0], what: group[0], path: group[1] + entry[1] + group[2], plain: plain(entry[0]) });
    });
  });
  form.hidden = false;
  input.addEventListener("input", find);
  form.addEventListener("submit", function (event) {
    var first = list.querySelector("a");
    event.preventDefault();
    if (first) { window.location.href = first.href; }
  });
  if (window.location.hash === "#zoeken") { input.focus(); }
}());
