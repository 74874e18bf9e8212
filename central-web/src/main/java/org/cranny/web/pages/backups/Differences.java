package org.cranny.web.pages.backups;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.cranny.central.browse.Browsing;
import org.cranny.protocol.browse.ChangeLine;
import org.cranny.protocol.browse.ChangePage;
import org.cranny.protocol.browse.EntryLine;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Texts;

/** What differs between two snapshots of one system. */
@Named
@RequestScoped
public class Differences {
    private static final int PAGE = 200;
    private static final String ID = "[0-9a-f]{4,64}";

    @Inject
    Browsing browsing;

    @Inject
    Place place;

    @Inject
    Address address;

    private ChangePage page;

    /** One path that is not as it was. @param change {@code added}, {@code removed}, {@code changed} or {@code attributes} */
    public record Change(String change, String said, String path, String before, String after) {}

    /** Compares. */
    public void look() {
        if (!place.isThere()) {
            Missing.answer();
            return;
        }
        page = place.look(() -> browsing.difference(
                        place.actor(),
                        place.number(),
                        id("from"),
                        id("to"),
                        place.path(),
                        address.text("after").orElse(null),
                        PAGE))
                .orElse(null);
    }

    private String id(String name) {
        return address.text(name).filter(text -> text.matches(ID)).orElse("latest");
    }

    public boolean isCompared() {
        return page != null;
    }

    public String getTrouble() {
        return place.trouble();
    }

    public String getHeadline() {
        if (page == null) {
            return Texts.say("browse.trouble", place.name());
        }
        int count = page.changes().size();
        return count == 0
                ? Texts.say("differences.none")
                : Texts.count(page.next() == null ? "differences.headline" : "differences.more", count);
    }

    public String getLead() {
        return page == null ? "" : Texts.say("differences.lead", place.name(), brief(page.from()), brief(page.to()));
    }

    private static String brief(String id) {
        return id.substring(0, Math.min(8, id.length()));
    }

    public List<Change> getChanges() {
        return page.changes().stream().map(Differences::change).toList();
    }

    private static Change change(ChangeLine line) {
        return new Change(
                line.change(),
                Texts.say("change." + line.change()),
                line.path(),
                size(line.before()),
                size(line.after()));
    }

    private static String size(EntryLine entry) {
        return entry == null || entry.size() == null ? "" : Amounts.bytes(entry.size());
    }

    public String getAfter() {
        return page.next() == null
                ? ""
                : address.of(
                        Page.DIFFERENCES,
                        "system",
                        place.number(),
                        "from",
                        page.from(),
                        "to",
                        page.to(),
                        "path",
                        place.path(),
                        "after",
                        page.next());
    }

    public String getBackups() {
        return address.of(Page.BACKUPS, "system", place.number());
    }
}
