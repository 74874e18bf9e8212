package org.cranny.web.pages.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cranny.central.job.Jobs;
import org.cranny.protocol.job.JobState;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** The menu as whoever visits may use it. */
@Named
@RequestScoped
public class Menu {
    @Inject
    HttpServletRequest request;

    @Inject
    Jobs jobs;

    @Inject
    Caller caller;

    private List<Entry> entries;

    /** One page of the menu. @param count how many things are going on there, or empty */
    public record Entry(String name, String href, boolean here, String count) {}

    public List<Entry> getEntries() {
        if (entries == null) {
            Optional<Page> here = Page.at(request.getServletPath()).map(this::chapter);
            entries = Page.menu().stream()
                    .filter(page -> page.isFor(request::isUserInRole))
                    .map(page -> new Entry(
                            Texts.say("menu." + page.name().toLowerCase(Locale.ROOT)),
                            request.getContextPath() + page.path(),
                            here.filter(page::equals).isPresent(),
                            count(page)))
                    .toList();
        }
        return entries;
    }

    /** Owners have no list of systems: their machines belong to the page that is theirs. */
    private Page chapter(Page page) {
        return page.chapter().isFor(request::isUserInRole) ? page.chapter() : Page.MINE;
    }

    /** Where whoever visits finds machines. */
    public Entry getMachines() {
        Page page = chapter(Page.SYSTEM);
        return new Entry(
                Texts.say("menu." + page.name().toLowerCase(Locale.ROOT)),
                request.getContextPath() + page.path(),
                false,
                "");
    }

    private String count(Page page) {
        long running = page == Page.JOBS ? jobs.count(JobState.RUNNING, caller.sight()) : 0;
        return running == 0 ? "" : String.valueOf(running);
    }
}
