// Small comforts of the pages. Everything works without them but for the progress of jobs, which then comes with a reload.
(function () {
  "use strict";

  function fold() {
    var button = document.getElementById("fold");
    var side = document.getElementById("side");
    if (!button || !side) {
      return;
    }
    function set(open) {
      side.classList.toggle("folded", !open);
      button.setAttribute("aria-expanded", String(open));
    }
    set(window.matchMedia("(min-width: 761px)").matches);
    button.addEventListener("click", function () {
      set(button.getAttribute("aria-expanded") !== "true");
    });
  }

  function typing(element) {
    return element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  }

  // "/" goes to the search; the arrows go from row to row.
  function keys() {
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
        return;
      }
      if (event.key === "/") {
        var find = document.getElementById("find");
        if (find) {
          event.preventDefault();
          find.focus();
        }
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        var row = event.target.closest && event.target.closest("tbody tr, ul.lines li, ul.needs li");
        if (row) {
          step(event, row, event.key === "ArrowDown");
        }
      }
    });
  }

  function step(event, row, down) {
    var next = row;
    do {
      next = down ? next.nextElementSibling : next.previousElementSibling;
    } while (next && !next.querySelector("a, button, input"));
    if (next) {
      event.preventDefault();
      next.querySelector("a, button, input").focus();
    }
  }

  function element(name, style, text) {
    var made = document.createElement(name);
    if (style) {
      made.className = style;
    }
    if (text) {
      made.textContent = text;
    }
    return made;
  }

  function job(line, address) {
    var item = element("li");
    var link = element("a");
    link.href = address + line.id;
    link.append(element("strong", "", line.name), " ", element("span", "soft", line.what));
    var bar = element("div", "bar");
    bar.setAttribute("aria-hidden", "true");
    var part = element("i");
    part.style.width = line.percent + "%";
    bar.append(part);
    item.append(link, element("span", "soft num", line.pace), bar);
    return item;
  }

  function live() {
    var list = document.querySelector("[data-live]");
    if (!list || !window.EventSource) {
      return;
    }
    var stream = new EventSource(list.dataset.live);
    stream.addEventListener("message", function (event) {
      var lines = JSON.parse(event.data);
      list.replaceChildren.apply(list, lines.map(function (line) { return job(line, list.dataset.job); }));
    });
    window.addEventListener("pagehide", function () { stream.close(); });
  }

  // A part of the page that goes on by itself is looked at again until it is over.
  function again() {
    var part = document.querySelector("[data-again=yes]");
    if (!part) {
      return;
    }
    window.setTimeout(function () {
      fetch(window.location.href, { credentials: "same-origin" })
        .then(function (answer) { return answer.text(); })
        .then(function (text) {
          var fresh = new DOMParser().parseFromString(text, "text/html").getElementById(part.id);
          if (fresh) {
            part.replaceWith(fresh);
          }
          again();
        })
        .catch(again);
    }, 2000);
  }

  // A choice among few shows at once; without scripts there is a button for it.
  function choices() {
    document.querySelectorAll("select[data-at-once]").forEach(function (select) {
      select.addEventListener("change", function () { select.form.submit(); });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    fold();
    keys();
    live();
    again();
    choices();
  });
})();
