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

  // A part of the page that goes on by itself is looked at again until it is over, and what it names beside it.
  var looking = false;
  function again() {
    var part = document.querySelector("[data-again=yes]");
    if (!part || looking) {
      return;
    }
    looking = true;
    function next() {
      looking = false;
      again();
    }
    window.setTimeout(function () {
      fetch(window.location.href, { credentials: "same-origin" })
        .then(function (answer) { return answer.text(); })
        .then(function (text) {
          var page = new DOMParser().parseFromString(text, "text/html");
          [part.id].concat(part.dataset.with || []).forEach(function (id) {
            var fresh = page.getElementById(id);
            var old = document.getElementById(id);
            if (fresh && old) {
              old.replaceWith(fresh);
            }
          });
          copies();
          if (!document.querySelector("[data-again=yes]")) {
            document.querySelectorAll("[data-said=good]").forEach(function (note) { note.remove(); });
          }
          next();
        })
        .catch(next);
    }, 2000);
  }

  // Files that are chosen or dropped are sent one after the other, as octets, and show how far they are.
  function uploads() {
    var drop = document.getElementById("drop");
    var list = document.getElementById("uploads");
    var input = document.getElementById("files");
    if (!drop || !list || !input) {
      return;
    }
    var queue = [];
    var busy = false;

    function line(file) {
      var item = element("li");
      var name = element("bdi", "", file.name);
      var strong = element("strong");
      strong.append(name);
      var state = element("span", "soft num", drop.dataset.saysWaits);
      var bar = element("div", "bar");
      var part = element("i");
      bar.setAttribute("role", "progressbar");
      bar.setAttribute("aria-label", file.name);
      bar.setAttribute("aria-valuemin", "0");
      bar.setAttribute("aria-valuemax", "100");
      bar.append(part);
      item.append(strong, state, bar);
      list.append(item);
      return {
        file: file,
        percent: function (share) {
          var percent = Math.floor(100 * share);
          part.style.width = percent + "%";
          bar.setAttribute("aria-valuenow", String(percent));
          state.textContent = percent + " %";
        },
        sent: function () {
          this.percent(1);
          bar.className = "bar good";
          state.textContent = drop.dataset.saysSent;
          item.dataset.sent = "yes";
        },
        broke: function (why) {
          var self = this;
          bar.remove();
          state.textContent = "";
          var retry = element("button", "", drop.dataset.saysAgain);
          retry.type = "button";
          retry.addEventListener("click", function () {
            item.remove();
            add([self.file]);
          });
          state.append(retry);
          var reason = element("p", "sub bad", why || drop.dataset.saysBroke);
          reason.setAttribute("role", "alert");
          item.append(reason);
        }
      };
    }

    function send(each) {
      var request = new XMLHttpRequest();
      request.open("PUT", drop.dataset.to
        + "&name=" + encodeURIComponent(each.file.name)
        + "&modified=" + encodeURIComponent(new Date(each.file.lastModified).toISOString()));
      request.setRequestHeader("Cranny-Upload", drop.dataset.mark);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.addEventListener("progress", function (event) {
        if (event.lengthComputable && event.total > 0) {
          each.percent(Math.min(event.loaded / event.total, 0.99));
        }
      });
      request.addEventListener("loadend", function () {
        if (request.status === 202) {
          each.sent();
        } else {
          each.broke(sentence(request));
        }
        busy = false;
        next();
      });
      request.send(each.file);
    }

    // Whoever is not logged in any more is led to another page, which is no answer to an upload.
    function sentence(request) {
      if (request.responseURL && request.responseURL.indexOf(drop.dataset.to.split("?")[0]) < 0) {
        return drop.dataset.saysOut;
      }
      try {
        var text = JSON.parse(request.responseText).detail;
        return text.charAt(0).toUpperCase() + text.slice(1) + (text.endsWith(".") ? "" : ".");
      } catch (unreadable) {
        return "";
      }
    }

    function next() {
      if (busy) {
        return;
      }
      var each = queue.shift();
      if (!each) {
        var kept = document.getElementById("kept");
        if (kept) {
          kept.dataset.again = "yes";
          again();
        }
        return;
      }
      busy = true;
      send(each);
    }

    function add(files) {
      Array.prototype.forEach.call(files, function (file) {
        var each = line(file);
        if (file.size > Number(drop.dataset.most)) {
          each.broke(drop.dataset.saysTooLarge);
        } else {
          queue.push(each);
        }
      });
      next();
    }

    input.addEventListener("change", function () {
      add(Array.from(input.files));
      input.value = "";
    });
    ["dragenter", "dragover"].forEach(function (kind) {
      drop.addEventListener(kind, function (event) {
        event.preventDefault();
        drop.classList.add("over");
      });
    });
    ["dragleave", "drop"].forEach(function (kind) {
      drop.addEventListener(kind, function (event) {
        event.preventDefault();
        drop.classList.remove("over");
      });
    });
    drop.addEventListener("drop", function (event) { add(event.dataTransfer.files); });
    window.addEventListener("beforeunload", function (event) {
      if (busy) {
        event.preventDefault();
        event.returnValue = "";
      }
    });
  }

  // What is to be pasted elsewhere has a button that copies it, where the browser lets a page do so.
  function copies() {
    if (!navigator.clipboard) {
      return;
    }
    document.querySelectorAll("pre[data-copy]").forEach(function (text) {
      var says = text.dataset.copy;
      var button = element("button", "copy", says);
      button.type = "button";
      button.setAttribute("aria-live", "polite");
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(text.textContent.trim()).then(function () {
          button.textContent = text.dataset.copied;
          window.setTimeout(function () { button.textContent = says; }, 3000);
        });
      });
      text.removeAttribute("data-copy");
      text.after(button);
    });
  }

  // A choice among few shows at once; without scripts there is a button for it.
  function choices() {
    document.querySelectorAll("select[data-at-once]").forEach(function (select) {
      select.addEventListener("change", function () { select.form.submit(); });
    });
  }

  // Who presses a button twice means it once: until the answer is there, or ten seconds are over, it is sent once.
  function once() {
    document.addEventListener("submit", function (event) {
      var button = event.submitter;
      if (event.defaultPrevented || !button || event.target.method !== "post") {
        return;
      }
      if (button.classList.contains("sent")) {
        event.preventDefault();
        return;
      }
      button.classList.add("sent");
      window.setTimeout(function () { button.classList.remove("sent"); }, 10000);
    });
    window.addEventListener("pageshow", function () {
      document.querySelectorAll("button.sent").forEach(function (button) { button.classList.remove("sent"); });
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    once();
    fold();
    keys();
    live();
    again();
    uploads();
    copies();
    choices();
  });
})();
