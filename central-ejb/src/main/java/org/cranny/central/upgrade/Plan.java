package org.cranny.central.upgrade;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cranny.central.installation.Packages;
import org.cranny.central.installation.Role;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.release.Release;
import org.cranny.protocol.release.Upkeep;
import org.cranny.protocol.release.Version;

/** What an upgrade would do. @param version that is to run */
record Plan(String version, List<Step> steps) {

    /** What is done with one program. @param before what runs now @param reason why nothing is done, or null */
    record Step(long system, String program, String before, State state, String reason) {}

    /** The newest version that there is for any of these roles. */
    static Optional<String> newest(Collection<Packages.Archive> archives, Set<Role> roles) {
        return archives.stream()
                .filter(each -> roles.contains(each.role()))
                .map(Packages.Archive::order)
                .max(Comparator.naturalOrder())
                .map(Version::text);
    }

    static Plan of(String version, List<ProgramRow> programs, List<Packages.Archive> archives) {
        return new Plan(
                version,
                programs.stream().map(row -> step(version, row, archives)).toList());
    }

    private static Step step(String version, ProgramRow row, List<Packages.Archive> archives) {
        Optional<String> objection = objection(version, row, archives);
        if (row.version().equals(version)) {
            return new Step(row.system(), row.program(), row.version(), State.CURRENT, null);
        }
        return new Step(
                row.system(),
                row.program(),
                row.version(),
                objection.isPresent() ? State.EXCLUDED : State.WAITING,
                objection.orElse(null));
    }

    private static Optional<String> objection(String version, ProgramRow row, List<Packages.Archive> archives) {
        if (row.upkeep() != Upkeep.CENTRAL) {
            return Optional.of(
                    switch (row.upkeep()) {
                        case PACKAGES -> "the machine's own packages upgrade it";
                        case UNSIGNED ->
                            "its package names no key whose signature it could believe: install it anew from one that"
                                    + " bin/package --sign made";
                        default -> "it was put there by hand, and is upgraded by hand";
                    });
        }
        if (!Version.isOne(row.version()) || !new Version(version).isNewerThan(new Version(row.version()))) {
            return Optional.of("it runs " + row.version() + ", and nothing goes back to an older version");
        }
        Optional<Packages.Archive> archive = find(version, row.program(), row.arch(), archives);
        if (archive.isEmpty()) {
            return Optional.of(
                    "central has no archive of version " + version + " of its " + row.program() + " for " + row.arch());
        }
        return release(archive.get()).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "central's archive has no signature beside it that fits it: bin/package --sign writes one");
    }

    static Optional<Packages.Archive> find(
            String version, String program, String arch, List<Packages.Archive> archives) {
        return archives.stream()
                .filter(each -> each.version().equals(version)
                        && each.role().word().equals(program)
                        && each.arch().equals(arch))
                .findFirst();
    }

    /** What the signature beside an archive says, which nobody here believes; empty when it is about another one. */
    static Optional<Signature> release(Packages.Archive archive) {
        try {
            if (!Files.isRegularFile(archive.signature()) || Files.size(archive.signature()) > Release.LONGEST_TEXT) {
                return Optional.empty();
            }
            String text = Files.readString(archive.signature(), StandardCharsets.US_ASCII);
            Release release = Release.parse(text);
            boolean fits = release.program().equals(archive.role().word())
                    && release.arch().equals(archive.arch())
                    && release.version().text().equals(archive.version())
                    && release.bytes() == Files.size(archive.file());
            return fits ? Optional.of(new Signature(release, text)) : Optional.empty();
        } catch (IOException | MalformedException e) {
            return Optional.empty();
        }
    }

    /** @param text as it lies beside the archive */
    record Signature(Release release, String text) {}
}
