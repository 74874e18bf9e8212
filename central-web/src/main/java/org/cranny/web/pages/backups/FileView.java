package org.cranny.web.pages.backups;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cranny.central.browse.Browsing;
import org.cranny.protocol.browse.Explanation;
import org.cranny.protocol.browse.VersionLine;
import org.cranny.web.pages.devices.DeviceLinks;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;

/** One file: where it is kept, how many losses it survives, and its versions. */
@Named
@RequestScoped
public class FileView {
    private static final int PACKS_SHOWN = 20;
    private static final int VERSIONS_SHOWN = 100;

    @Inject
    Browsing browsing;

    @Inject
    Place place;

    @Inject
    Visitor visitor;

    @Inject
    FilePreview preview;

    @Inject
    HttpServletRequest request;

    private Explanation explanation;
    private List<VersionLine> versions = List.of();

    /** A pack that holds some of it. */
    public record Pack(String shortId, String id, String bytes, String hosts, int count) {}

    /** A stretch of time in which the file was the same. */
    public record Version(String from, String until, String size, String changed, String href, boolean gone) {}

    /** Finds the file. */
    public void look() {
        if (!place.isThere()) {
            Missing.answer();
            return;
        }
        explanation = place.look(() -> browsing.explain(place.actor(), place.number(), place.snapshot(), place.path()))
                .orElse(null);
        if (explanation != null) {
            preview.act();
            versions = browsing.versions(place.actor(), place.number(), place.path());
        }
    }

    public boolean isFound() {
        return explanation != null;
    }

    public String getTrouble() {
        return place.trouble();
    }

    public String getHeadline() {
        if (explanation == null) {
            return Texts.say("browse.trouble", place.name());
        }
        return Texts.count("file.headline", explanation.losses(), getName());
    }

    public String getName() {
        String path = place.path();
        return path.equals("/") ? place.name() : path.substring(path.lastIndexOf('/') + 1);
    }

    public String getLead() {
        Moments moments = place.moments();
        return Texts.say("file.lead", moments.said(Instant.parse(explanation.since())));
    }

    public Entry getEntry() {
        return Entry.of(explanation.entry(), "", place.moments());
    }

    public long getSystem() {
        return place.number();
    }

    public String getSnapshot() {
        return place.snapshot();
    }

    public String getPath() {
        return place.path();
    }

    public List<Place.Crumb> getCrumbs() {
        return place.crumbs(place.path());
    }

    public List<Pack> getPacks() {
        return explanation.packs().stream()
                .limit(PACKS_SHOWN)
                .map(pack -> new Pack(
                        pack.pack().substring(0, 8),
                        pack.pack(),
                        Amounts.bytes(pack.length()),
                        pack.hosts().stream().map(FileView::host).collect(Collectors.joining(", ")),
                        pack.hosts().size()))
                .toList();
    }

    private static String host(Explanation.HolderLine host) {
        boolean well = host.state().equals("ACCEPTING") || host.state().equals("FULL");
        return well ? host.name() : host.name() + " (" + Texts.say("holder." + host.state()) + ")";
    }

    public String getPacksLeft() {
        int left = explanation.packs().size() - PACKS_SHOWN;
        return left > 0 ? Texts.count("file.packs.left", left) : "";
    }

    public List<Version> getVersions() {
        Moments moments = place.moments();
        List<VersionLine> newestFirst =
                versions.subList(Math.max(0, versions.size() - VERSIONS_SHOWN), versions.size());
        return IntStream.range(0, newestFirst.size())
                .mapToObj(i -> version(newestFirst.get(newestFirst.size() - 1 - i), moments))
                .toList();
    }

    private Version version(VersionLine line, Moments moments) {
        boolean gone = line.entry() == null;
        return new Version(
                moments.said(Instant.parse(line.first())),
                moments.said(Instant.parse(line.last())),
                gone || line.entry().size() == null
                        ? ""
                        : Amounts.bytes(line.entry().size()),
                gone ? "" : moments.said(Instant.parse(line.entry().mtime())),
                gone ? "" : bringBack(line.lastSnapshot()),
                gone);
    }

    private String bringBack(String snapshot) {
        if (visitor.downloadsFrom(place.number())) {
            return DeviceLinks.ofPath(request, place.number(), place.path(), snapshot);
        }
        return visitor.ordersFor(place.number())
                ? place.href(Page.RESTORE, "snapshot", snapshot, "path", place.path())
                : "";
    }

    public boolean isFile() {
        return explanation.entry().size() != null;
    }

    public boolean isRestorable() {
        return !getRestore().isEmpty();
    }

    public String getRestore() {
        return bringBack(place.snapshot());
    }
}
