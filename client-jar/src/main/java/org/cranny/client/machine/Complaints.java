package org.cranny.client.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.cranny.client.home.DurableFiles;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.protocol.custody.Finding;
import org.cranny.protocol.custody.Findings;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.problem.ProblemException;

/**
 * Copies that this machine found missing or wrong, until central was told. What nobody could be told of lies in the home,
 * a file for each run that found some, a line a copy: pack, host, reason. There is a most: what is beyond it, the next
 * check finds again. Thread-safe.
 */
final class Complaints {
    private static final int MOST_FILES = 16;

    private final Machine machine;
    private final Map<String, Finding> found = new LinkedHashMap<>();

    Complaints(Machine machine) {
        this.machine = machine;
    }

    /** Hears what this one hears, and remembers what is damaged. */
    HostPacks.Trouble beside(HostPacks.Trouble trouble) {
        return new HostPacks.Trouble() {
            @Override
            public void host(Host host, FragmentId pack, String reason) {
                trouble.host(host, pack, reason);
            }

            @Override
            public void damaged(Host host, FragmentId pack, String reason) {
                add(pack.toString(), host.id(), reason);
                trouble.damaged(host, pack, reason);
            }
        };
    }

    /** The same copy again changes nothing. */
    synchronized void add(String pack, long host, String reason) {
        if (found.size() < Findings.MOST && machine.configuration().hasCentral()) {
            found.putIfAbsent(pack + " " + host, new Finding(pack, host, reason));
        }
    }

    /** Tells central all of it; while central is away everything stays. @return how many copies count no more */
    synchronized int tell() {
        int counted = 0;
        try {
            for (Path file : files()) {
                counted += tell(read(file));
                Files.deleteIfExists(file);
            }
            counted += tell(List.copyOf(found.values()));
            found.clear();
        } catch (IOException centralIsAway) {
            return counted;
        }
        return counted;
    }

    /** What central refuses it does not want to hear again. */
    private int tell(List<Finding> findings) throws IOException {
        try {
            return findings.isEmpty() ? 0 : machine.central().found(findings);
        } catch (ProblemException refused) {
            return 0;
        }
    }

    /** Writes down what central was not told. Never fails: it is found again. */
    synchronized void keep() {
        if (found.isEmpty()) {
            return;
        }
        try {
            if (files().size() < MOST_FILES) {
                DurableFiles.makeFolder(folder());
                DurableFiles.write(folder().resolve(UUID.randomUUID().toString()), text());
            }
        } catch (IOException fullDisk) {
            found.clear();
        }
    }

    private byte[] text() {
        StringBuilder text = new StringBuilder();
        found.values().forEach(finding -> text.append(finding.pack())
                .append(' ')
                .append(finding.host())
                .append(' ')
                .append(String.valueOf(finding.reason()).replaceAll("\\p{Cntrl}", " "))
                .append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What is no such line is passed over. */
    private static List<Finding> read(Path file) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(" ", 3);
            if (parts.length == 3 && parts[1].matches("[0-9]{1,18}") && findings.size() < Findings.MOST) {
                findings.add(new Finding(parts[0], Long.parseLong(parts[1]), parts[2]));
            }
        }
        return findings;
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> !file.toString().endsWith(".part"))
                    .sorted()
                    .toList();
        }
    }

    private Path folder() {
        return machine.home().findings();
    }
}
