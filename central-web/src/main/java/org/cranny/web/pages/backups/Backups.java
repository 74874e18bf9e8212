package org.cranny.web.pages.backups;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cranny.central.snapshot.SnapshotBrief;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.InventoryPage;
import org.cranny.central.system.InventoryQuery;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** Whose backups, and the calendar of one system's. */
@Named
@RequestScoped
public class Backups {
    private static final int PAGE = 50;
    private static final int MOST_A_MONTH = 1_000;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("d MMM, HH:mm:ss", Locale.ENGLISH);

    @Inject
    Inventory inventory;

    @Inject
    Snapshots snapshots;

    @Inject
    Address address;

    @Inject
    Caller caller;

    private Moments moments;
    private Optional<InventoryPage.Line> system = Optional.empty();
    private String find;
    private InventoryPage found;
    private YearMonth month;
    private LocalDate day;
    private List<SnapshotBrief> inMonth = List.of();

    /** A machine to choose. */
    public record Row(String name, String href, String when, String whenExactly, boolean backedUp) {}

    /** A snapshot. */
    public record Version(
            String id, String when, String files, String bytes, String stored, String held, String href) {}

    @PostConstruct
    void look() {
        moments = new Moments(Instant.now(), zone());
        find = address.text("find").filter(text -> text.length() <= 100).orElse(null);
        system = address.number("system").flatMap(inventory::find);
        if (system.isPresent()) {
            lookAtMonth();
        } else {
            found = inventory.page(
                    new InventoryQuery(find, InventoryQuery.Which.SOURCES, InventoryQuery.Sort.BACKED_UP, true, 0, PAGE)
                            .within(caller.owners()));
        }
    }

    private void lookAtMonth() {
        LocalDate newest =
                LocalDate.ofInstant(Optional.ofNullable(system.get().backedUp()).orElse(Instant.now()), zone());
        day = address.text("day").flatMap(Backups::day).orElse(null);
        month = address.text("month").flatMap(Backups::month).orElse(YearMonth.from(day == null ? newest : day));
        inMonth = snapshots.between(
                number(),
                month.atDay(1).atStartOfDay(zone()).toInstant(),
                month.plusMonths(1).atDay(1).atStartOfDay(zone()).toInstant(),
                MOST_A_MONTH);
    }

    static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> isInCalendar(day.getYear()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isInCalendar(int year) {
        return year >= 1970 && year <= 9_999;
    }

    static Optional<YearMonth> month(String text) {
        try {
            return Optional.of(YearMonth.parse(text)).filter(month -> isInCalendar(month.getYear()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Says that there is no such system. */
    public void check() {
        if (address.has("system") && system.isEmpty()) {
            Missing.answer();
        }
    }

    public boolean isChosen() {
        return system.isPresent();
    }

    public String getHeadline() {
        if (system.isEmpty()) {
            return Texts.count("backups.headline", found.total());
        }
        return Texts.count("backups.of", inMonth.size(), name(), MONTH.format(month));
    }

    public String getName() {
        return system.map(line -> line.machine().name()).orElse("");
    }

    private String name() {
        return getName();
    }

    private long number() {
        return system.get().machine().number();
    }

    public long getId() {
        return system.map(line -> line.machine().number()).orElse(0L);
    }

    public String getFind() {
        return find == null ? "" : find;
    }

    public List<Row> getRows() {
        return found.lines().stream()
                .map(line -> new Row(
                        line.machine().name(),
                        address.of(Page.BACKUPS, "system", line.machine().number()),
                        moments.saidOr(line.backedUp(), Texts.say("never")),
                        moments.exact(line.backedUp()),
                        line.backedUp() != null))
                .toList();
    }

    public boolean isMore() {
        return found.total() > found.lines().size();
    }

    public Calendar getCalendar() {
        return Calendar.of(
                month, inMonth, day, zone(), each -> address.of(Page.BACKUPS, "system", number(), "day", each));
    }

    public String getMonth() {
        return MONTH.format(month);
    }

    public String getMonthBefore() {
        return address.of(Page.BACKUPS, "system", number(), "month", month.minusMonths(1));
    }

    public String getMonthAfter() {
        return month.isBefore(YearMonth.now(zone()))
                ? address.of(Page.BACKUPS, "system", number(), "month", month.plusMonths(1))
                : "";
    }

    public List<Version> getVersions() {
        return inMonth.stream()
                .filter(each -> day == null
                        || LocalDate.ofInstant(each.received(), zone()).equals(day))
                .map(this::version)
                .toList();
    }

    private Version version(SnapshotBrief each) {
        return new Version(
                each.snapshot(),
                CLOCK.format(each.received().atZone(zone())),
                Amounts.count(each.files()),
                Amounts.bytes(each.bytes()),
                Amounts.bytes(each.storedBytes()),
                each.held() == null ? "" : each.held(),
                address.of(Page.BROWSE, "system", number(), "snapshot", each.snapshot()));
    }

    public boolean isComparable() {
        return getVersions().size() > 1;
    }

    private ZoneId zone() {
        return address.zone();
    }
}
