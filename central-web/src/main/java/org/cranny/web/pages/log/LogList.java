package org.cranny.web.pages.log;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cranny.central.log.AuditLog;
import org.cranny.central.log.LogLine;
import org.cranny.central.log.LogQuery;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;

/** Who did what. What is shown stands in the address: actor, subject, before. */
@Named
@RequestScoped
public class LogList {
    private static final int PAGE = 50;

    @Inject
    AuditLog log;

    @Inject
    Address address;

    @Inject
    Deed deed;

    private String actor;
    private String subject;
    private List<LogLine> lines;
    private List<Row> rows;

    /** One entry. */
    public record Row(
            String number,
            String when,
            String whenExactly,
            String actor,
            String actorHref,
            String action,
            String subject,
            String subjectHref,
            String detail,
            String hash) {}

    @PostConstruct
    void look() {
        actor = address.text("actor").orElse(null);
        subject = address.text("subject").orElse(null);
        lines = log.list(new LogQuery(actor, subject, address.number("before").orElse(null), PAGE));
        Moments moments = new Moments(Instant.now(), address.zone());
        rows = lines.stream().map(line -> row(line, moments)).toList();
    }

    /** Looks whether the chain is whole. */
    public void act() {
        if (address.isSentForm()) {
            String here = address.of(Page.LOG, "actor", actor, "subject", subject);
            deed.carryOutTo(here, () -> {
                Optional<Long> broken = log.firstBroken();
                if (broken.isPresent()) {
                    deed.warn(Texts.say("log.broken", Amounts.count(broken.get())));
                } else {
                    deed.say(Texts.say("log.whole", Amounts.count(log.count())));
                }
                return here;
            });
        }
    }

    private Row row(LogLine line, Moments moments) {
        return new Row(
                String.valueOf(line.sequence()),
                moments.said(line.written()),
                moments.exact(line.written()),
                line.actor(),
                address.of(Page.LOG, "actor", line.actor()),
                line.action(),
                line.subject(),
                address.of(Page.LOG, "subject", line.subject()),
                line.detail(),
                line.hash());
    }

    public String getHeadline() {
        return Texts.count("log.headline", log.count());
    }

    public String getActor() {
        return actor == null ? "" : actor;
    }

    public String getSubject() {
        return subject == null ? "" : subject;
    }

    public List<Row> getRows() {
        return rows;
    }

    public String getAll() {
        return address.of(Page.LOG);
    }

    public boolean isFiltered() {
        return actor != null || subject != null;
    }

    public String getAfter() {
        return lines.size() < PAGE
                ? ""
                : address.of(
                        Page.LOG,
                        "actor",
                        actor,
                        "subject",
                        subject,
                        "before",
                        lines.get(lines.size() - 1).sequence());
    }
}
