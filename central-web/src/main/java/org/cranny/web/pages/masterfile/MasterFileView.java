package org.cranny.web.pages.masterfile;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cranny.central.authority.Authority;
import org.cranny.central.masterfile.MasterFileChanges;
import org.cranny.central.masterfile.MasterFileVersion;
import org.cranny.central.masterfile.MasterFiles;
import org.cranny.protocol.masterfile.MasterFile;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;

/** The master file: the newest version, whether it is genuine, and how it came to be. */
@Named
@RequestScoped
public class MasterFileView {
    private static final int PAGE = 30;
    private static final int LINES_SHOWN = 20;
    private static final int HOSTS_SHOWN = 100;

    @Inject
    MasterFiles masterFiles;

    @Inject
    Authority authority;

    @Inject
    Address address;

    private Moments moments;
    private MasterFile current;
    private boolean genuine;
    private List<MasterFileVersion> versions;
    private Optional<MasterFileChanges> changes = Optional.empty();

    /** One version of before. */
    public record Version(String number, String href, String when, String whenExactly, String reason, String changed) {}

    /** One member of a host that became another one. */
    public record Change(String host, String what, String member, String before, String after) {}

    @PostConstruct
    void look() {
        moments = new Moments(Instant.now(), address.zone());
        current = masterFiles.current();
        genuine = masterFiles.isGenuine();
        versions = masterFiles.versions(address.number("before").orElse(Long.MAX_VALUE), PAGE);
        changes = address.number("version").flatMap(version -> masterFiles.changes(version, 0, HOSTS_SHOWN));
    }

    /** Hands the document to the browser, as machines get it. */
    public void act() {
        if (!address.isSentForm()) {
            return;
        }
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        external.setResponseContentType("application/x-ndjson;charset=UTF-8");
        external.setResponseHeader(
                "Content-Disposition", "attachment; filename=\"master-file-" + current.version() + ".jsonl\"");
        try {
            external.getResponseOutputStream().write(current.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        faces.responseComplete();
    }

    public String getHeadline() {
        return Texts.count("master.headline", current.lines().size(), Amounts.count(current.version()));
    }

    public String getLead() {
        return Texts.say(genuine ? "master.genuine" : "master.forged");
    }

    public boolean isGenuine() {
        return genuine;
    }

    public String getFingerprint() {
        return authority.fingerprint();
    }

    public String getBeginning() {
        return current.text().lines().limit(LINES_SHOWN).reduce("", (all, line) -> all + line + "\n");
    }

    public String getLinesLeft() {
        long left = current.lines().size() + 2L - LINES_SHOWN;
        return left > 0 ? Texts.count("master.lines-left", left) : "";
    }

    public List<Version> getVersions() {
        return versions.stream()
                .map(each -> new Version(
                        String.valueOf(each.version()),
                        address.of(Page.MASTER_FILE, "version", each.version()) + "#changes",
                        moments.said(Instant.ofEpochSecond(each.time())),
                        moments.exact(Instant.ofEpochSecond(each.time())),
                        each.reason(),
                        Texts.say("master.changed", each.added(), each.changed(), each.gone())))
                .toList();
    }

    public String getAfter() {
        return versions.size() < PAGE
                ? ""
                : address.of(
                        Page.MASTER_FILE,
                        "before",
                        versions.get(versions.size() - 1).version());
    }

    public boolean isCompared() {
        return changes.isPresent();
    }

    public String getComparedTitle() {
        return Texts.say("master.compared", changes.get().version().version());
    }

    public List<Change> getChanges() {
        return changes.get().hosts().stream()
                .flatMap(host -> host.members().isEmpty()
                        ? Stream.of(new Change(host.name(), Texts.say("master." + host.change()), "", "", ""))
                        : host.members().stream()
                                .map(member -> new Change(
                                        host.name(),
                                        Texts.say("master." + host.change()),
                                        member.member(),
                                        member.before() == null ? "–" : member.before(),
                                        member.after())))
                .toList();
    }
}
