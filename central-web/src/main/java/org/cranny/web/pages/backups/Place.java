package org.cranny.web.pages.backups;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.InventoryPage;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.security.Caller;

/** Where in whose backups somebody is: system, snapshot and path, as the address of each of these pages says. */
@RequestScoped
public class Place {
    @Inject
    Inventory inventory;

    @Inject
    Address address;

    @Inject
    Caller caller;

    private InventoryPage.Line system;
    private String trouble = "";

    /** A folder above. @param href empty for the one where we are */
    public record Crumb(String name, String href) {}

    @PostConstruct
    void look() {
        system = address.number("system").flatMap(inventory::find).orElse(null);
    }

    boolean isThere() {
        return system != null;
    }

    long number() {
        return system.machine().number();
    }

    String name() {
        return system.machine().name();
    }

    String actor() {
        return caller.name();
    }

    String snapshot() {
        return address.text("snapshot")
                .filter(text -> text.matches("[0-9a-f]{4,64}"))
                .orElse("latest");
    }

    String path() {
        return address.text("path").filter(text -> text.startsWith("/")).orElse("/");
    }

    Moments moments() {
        return new Moments(Instant.now(), address.zone());
    }

    /** The same place on a page. @param more pairs of name and value; a snapshot among them takes the place of this one */
    String href(Page page, Object... more) {
        List<Object> pairs = new ArrayList<>(List.of("system", number()));
        if (!List.of(more).contains("snapshot")) {
            pairs.addAll(List.of("snapshot", snapshot()));
        }
        pairs.addAll(List.of(more));
        return address.of(page, pairs.toArray());
    }

    /** What is listed, or nothing and a sentence that says why; where nothing is at all, the page is not there. */
    <T> Optional<T> look(Supplier<T> what) {
        try {
            return Optional.of(what.get());
        } catch (ProblemException e) {
            if (ProblemKind.NOT_FOUND.name().equals(e.problem().kind())) {
                Missing.answer();
            }
            trouble = Deed.sentence(e);
            return Optional.empty();
        }
    }

    String trouble() {
        return trouble;
    }

    /** The way down to a path. */
    List<Crumb> crumbs(String path) {
        List<Crumb> crumbs = new ArrayList<>();
        crumbs.add(new Crumb(name(), path.equals("/") ? "" : href(Page.BROWSE, "path", "/")));
        int from = 1;
        while (from > 0 && from < path.length()) {
            int slash = path.indexOf('/', from);
            String until = slash < 0 ? path : path.substring(0, slash);
            crumbs.add(new Crumb(until.substring(from), slash < 0 ? "" : href(Page.BROWSE, "path", until)));
            from = slash + 1;
        }
        return crumbs;
    }
}
