/* Taking a chart along: what is drawn on the page as a file of its own, with its heading and source. */
(function () {
  "use strict";
  var NS = "http://www.w3.org/2000/svg";
  var WIDTH = 760, EDGE = 16, FIGURE = 330, BAR = 350;
  var KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "text-anchor", "display", "vector-effect"];

  function element(name, attributes) {
    var made = document.createElementNS(NS, name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }

  function words(text, x, y, more) {
    var made = element("text", Object.assign({ x: x, y: y, fill: "#16202c", "font-size": 14 }, more));
    made.textContent = text;
    return made;
  }

  /* What stands there, without its links. */
  function said(node) {
    var copy = node ? node.cloneNode(true) : document.createElement("p");
    copy.querySelectorAll("a").forEach(function (link) { link.remove(); });
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  /* Text over lines of so many letters. */
  function lines(text, most) {
    var found = [""];
    text.split(" ").forEach(function (word) {
      if ((found[found.length - 1] + " " + word).length > most) { found.push(""); }
      found[found.length - 1] = (found[found.length - 1] + " " + word).trim();
    });
    return found;
  }

  /* A drawing with the look that it has on the page, which a file does not have. */
  function copied(drawing, place) {
    var copy = drawing.cloneNode(true);
    var from = drawing.querySelectorAll("*"), to = copy.querySelectorAll("*");
    Array.prototype.forEach.call(from, function (each, index) {
      var style = window.getComputedStyle(each);
      KEPT.forEach(function (name) { to[index].setAttribute(name, style.getPropertyValue(name)); });
      to[index].removeAttribute("class");
    });
    ["class", "aria-hidden", "focusable"].forEach(function (name) { copy.removeAttribute(name); });
    Object.keys(place).forEach(function (key) { copy.setAttribute(key, place[key]); });
    return copy;
  }

  function rowsOf(table, file, y) {
    Array.prototype.forEach.call(table.querySelectorAll("tbody tr, tfoot.axis tr"), function (row) {
      var drawing = row.querySelector("svg:not(.mark)"), name = row.querySelector("th");
      var heavy = name && Number(window.getComputedStyle(name).fontWeight) > 500 ? { "font-weight": 600 } : {};
      var label = lines(said(name), drawing ? 32 : 90);
      var height = Math.max(30, 14 + 16 * label.length);
      label.forEach(function (line, index) {
        file.appendChild(words(line, EDGE, y + (height - 16 * label.length) / 2 + 13 + 16 * index, heavy));
      });
      if (drawing) {
        file.appendChild(words(said(row.querySelector(".figure")), FIGURE, y + height / 2 + 5, Object.assign({ "text-anchor": "end" }, heavy)));
        file.appendChild(copied(drawing, { x: BAR, y: y, width: WIDTH - BAR - EDGE, height: height }));
      }
      y += height;
    });
    return y;
  }

  function made(chart) {
    var section = chart.closest("article") || chart.closest("section") || document.body;
    var around = chart.closest("section") || document.body;
    var file = element("svg", { xmlns: NS, width: WIDTH, "font-family": "'Source Sans 3', 'Segoe UI', Helvetica, Arial, sans-serif" });
    var drawing = chart.querySelector("svg") || chart;
    var y = 30, height;
    lines(said(section.querySelector("h2, h3")), 70).forEach(function (line) {
      file.appendChild(words(line, EDGE, y, { "font-size": 18, "font-weight": 600 }));
      y += 22;
    });
    lines(said(document.querySelector("h1")) + ". " + said(around.querySelector(".unit")), 105).forEach(function (line) {
      file.appendChild(words(line, EDGE, y, { fill: "#4a5361" }));
      y += 18;
    });
    if (chart.tagName.toLowerCase() === "table") {
      y = rowsOf(chart, file, y);
    } else {
      height = drawing.getBoundingClientRect().height;
      file.appendChild(copied(drawing, { x: EDGE, y: y, width: WIDTH - 2 * EDGE, height: height }));
      y += height;
    }
    y += 22;
    lines(said(around.querySelector("[data-source]")) || window.location.pathname, 120).forEach(function (line) {
      file.appendChild(words(line, EDGE, y, { fill: "#4a5361", "font-size": 12 }));
      y += 16;
    });
    file.appendChild(words("doelenboom. " + said(document.querySelector(".edition")), EDGE, y, { fill: "#4a5361", "font-size": 12 }));
    file.setAttribute("height", y + 16);
    file.setAttribute("viewBox", "0 0 " + WIDTH + " " + (y + 16));
    file.insertBefore(element("rect", { width: WIDTH, height: y + 16, fill: "#ffffff" }), file.firstChild);
    return new XMLSerializer().serializeToString(file);
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-chart]"), function (chart) {
    var button = document.createElement("button");
    var note = document.createElement("p");
    button.type = "button";
    button.textContent = "Grafiek als SVG";
    note.className = "note take";
    note.appendChild(button);
    chart.parentNode.insertBefore(note, chart.nextSibling);
    button.addEventListener("click", function () {
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([made(chart)], { type: "image/svg+xml" }));
      link.download = chart.getAttribute("data-chart") + ".svg";
      link.click();
      URL.revokeObjectURL(link.href);
    });
  });
}());
