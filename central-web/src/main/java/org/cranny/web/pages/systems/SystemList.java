package org.cranny.web.pages.systems;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.InventoryPage;
import org.cranny.central.system.InventoryQuery;
import org.cranny.central.system.InventoryQuery.Sort;
import org.cranny.central.system.InventoryQuery.Which;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Option;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;

/** The list of systems. What it shows stands in its address: find, which, sort, down, page. */
@Named
@RequestScoped
public class SystemList {
    private static final int PAGE = 50;
    private static final long MOST_PAGES = 1_000_000;

    @Inject
    Inventory inventory;

    @Inject
    Address address;

    private String find;
    private Which which;
    private Sort sort;
    private boolean down;
    private long page;
    private InventoryPage found;
    private List<SystemRow> rows;

    /** A heading that sorts. @param sorted null, {@code ascending} or {@code descending} */
    public record Heading(String text, String href, String sorted, boolean number) {}

    @PostConstruct
    void look() {
        find = address.text("find").filter(text -> text.length() <= 100).orElse(null);
        which = address.choice("which", Which.class);
        sort = address.choice("sort", Sort.class);
        down = address.has("down");
        page = Math.min(MOST_PAGES, address.number("page").orElse(1L));
        int skip = (int) ((page - 1) * PAGE);
        found = inventory.page(new InventoryQuery(find, which, sort, down, skip, PAGE));
        Moments moments = new Moments(Instant.now(), address.zone());
        rows = found.lines().stream()
                .map(line -> SystemRow.of(line, address, moments))
                .toList();
    }

    public String getHeadline() {
        String key = find == null ? "systems.headline." + which : "systems.headline.found";
        return Texts.count(key, found.total(), find == null ? "" : find);
    }

    public String getFind() {
        return find == null ? "" : find;
    }

    public List<Option> getChoices() {
        return Option.of(Which.class, which, "systems.which.");
    }

    public String getSort() {
        return Address.word(sort);
    }

    public boolean isDown() {
        return down;
    }

    public List<SystemRow> getRows() {
        return rows;
    }

    public boolean isFiltered() {
        return find != null || which != Which.ALL;
    }

    public String getEverything() {
        return address.of(Page.SYSTEMS);
    }

    public List<Heading> getHeadings() {
        List<Heading> headings = new ArrayList<>();
        for (Sort each : Sort.values()) {
            boolean here = each == sort;
            boolean largestFirst = each != Sort.NAME && each != Sort.BACKED_UP;
            boolean nextDown = here ? !down : largestFirst;
            headings.add(new Heading(
                    Texts.say("systems.sort." + each),
                    here(each, nextDown, 1),
                    here ? (down ? "descending" : "ascending") : null,
                    largestFirst));
        }
        return headings;
    }

    public String getRange() {
        long first = (page - 1) * PAGE + 1;
        return rows.isEmpty()
                ? ""
                : Texts.say(
                        "range",
                        Amounts.count(first),
                        Amounts.count(first + rows.size() - 1),
                        Amounts.count(found.total()));
    }

    public String getBefore() {
        return page > 1 ? here(sort, down, page - 1) : "";
    }

    public String getAfter() {
        return page * PAGE < found.total() ? here(sort, down, page + 1) : "";
    }

    private String here(Sort by, boolean descending, long at) {
        return address.of(
                Page.SYSTEMS,
                "find",
                find,
                "which",
                which == Which.ALL ? null : Address.word(which),
                "sort",
                by == Sort.NAME ? null : Address.word(by),
                "down",
                descending ? "yes" : null,
                "page",
                at == 1 ? null : at);
    }
}
