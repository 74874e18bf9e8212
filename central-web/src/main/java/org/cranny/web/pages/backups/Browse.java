package org.cranny.web.pages.backups;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.cranny.central.browse.Browsing;
import org.cranny.protocol.browse.EntryLine;
import org.cranny.protocol.browse.EntryPage;
import org.cranny.protocol.browse.Wanted;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;

/** The folders of a snapshot, and what a search by name finds below one. */
@Named
@RequestScoped
public class Browse {
    private static final int PAGE = 200;

    @Inject
    Browsing browsing;

    @Inject
    Place place;

    @Inject
    Address address;

    @Inject
    Visitor visitor;

    private EntryPage page;

    /** Lists the folder. */
    public void look() {
        if (!place.isThere()) {
            Missing.answer();
            return;
        }
        String after = address.text("after").orElse(null);
        page = place.look(() -> isSearching()
                        ? browsing.search(
                                place.actor(),
                                place.number(),
                                place.snapshot(),
                                new Wanted(place.path(), getFind(), null, null),
                                after,
                                PAGE)
                        : browsing.list(place.actor(), place.number(), place.snapshot(), place.path(), after, PAGE))
                .orElse(null);
    }

    public boolean isSearching() {
        return address.has("name");
    }

    /** A name without a star is looked for inside of names. */
    private String pattern(String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0 ? name : "*" + name + "*";
    }

    private String getFind() {
        return pattern(getName());
    }

    public String getName() {
        return address.text("name").orElse("");
    }

    public String getHeadline() {
        if (page == null) {
            return Texts.say("browse.trouble", place.name());
        }
        int count = page.entries().size();
        if (isSearching()) {
            return Texts.count(page.next() == null ? "browse.found" : "browse.found.more", count, getName());
        }
        return Texts.count(page.next() == null ? "browse.headline" : "browse.headline.more", count, getFolder());
    }

    public String getTrouble() {
        return place.trouble();
    }

    public boolean isListed() {
        return page != null;
    }

    public String getFolder() {
        return place.path().equals("/") ? place.name() : place.path();
    }

    public String getPath() {
        return place.path();
    }

    public long getSystem() {
        return place.number();
    }

    public String getSnapshot() {
        return place.snapshot();
    }

    public List<Place.Crumb> getCrumbs() {
        return place.crumbs(place.path());
    }

    public List<Entry> getEntries() {
        Moments moments = place.moments();
        return page.entries().stream()
                .map(line -> Entry.of(line, href(line), moments))
                .toList();
    }

    private String href(EntryLine line) {
        return place.href(Entry.isFolder(line) ? Page.BROWSE : Page.FILE, "path", line.path());
    }

    public String getAfter() {
        return page.next() == null
                ? ""
                : place.href(Page.BROWSE, "path", place.path(), "name", getName(), "after", page.next());
    }

    public String getBackups() {
        return address.of(Page.BACKUPS, "system", place.number());
    }

    public String getThis() {
        return place.href(Page.FILE, "path", place.path());
    }

    public boolean isRestorable() {
        return visitor.ordersFor(place.number());
    }

    public String getRestore() {
        return place.href(Page.RESTORE, "path", place.path());
    }
}
