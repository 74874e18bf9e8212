package org.cranny.client.agent;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.cranny.client.central.WireRecords;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.selection.ExactPaths;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;

/**
 * What the agent remembers over its own end, in {@code agent/} of the home.
 *
 * <pre>
 * id       32 hexadecimal digits: by this name central gives the same agent its job back
 * job      the job it has, as central handed it out
 * paths    the job's paths, one a line in their notation; there whole or not at all
 * result   how the job ended, until central has heard it
 * </pre>
 */
final class Journal {
    private final Path folder;

    Journal(Path folder) throws IOException {
        this.folder = folder;
        DurableFiles.makeFolder(folder);
    }

    /** This agent's name, made when it is first asked for. */
    String id(SecureRandom random) throws IOException {
        Path file = folder.resolve("id");
        if (!Files.notExists(file)) {
            String kept = Files.readString(file, StandardCharsets.US_ASCII).strip();
            if (kept.matches("[0-9a-f]{32}")) {
                return kept;
            }
        }
        byte[] octets = new byte[16];
        random.nextBytes(octets);
        String fresh = HexFormat.of().formatHex(octets);
        DurableFiles.write(file, (fresh + "\n").getBytes(StandardCharsets.US_ASCII));
        return fresh;
    }

    Optional<JobOffer> job() throws IOException {
        return read("job", JobOffer.class);
    }

    void job(JobOffer job) throws IOException {
        DurableFiles.write(folder.resolve("job"), WireRecords.write(job));
    }

    Optional<JobResult> result() throws IOException {
        return read("result", JobResult.class);
    }

    void result(JobResult result) throws IOException {
        DurableFiles.write(folder.resolve("result"), WireRecords.write(result));
    }

    /** What gives a job's paths, page by page. */
    interface Pages {
        List<String> page(int number) throws IOException;
    }

    /** Keeps a job's paths. They are written as they come, so a page is in memory. */
    void paths(int pages, Pages source) throws IOException {
        Path part = folder.resolve("paths.part");
        Files.deleteIfExists(folder.resolve("paths"));
        try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            for (int page = 1; page <= pages; page++) {
                for (String path : source.page(page)) {
                    out.write(path);
                    out.write('\n');
                }
            }
        }
        DurableFiles.move(part, folder.resolve("paths"));
    }

    /** The kept paths; empty when there are none. @param exact whether to make them exact, for a backup */
    List<byte[]> paths(boolean exact) throws IOException {
        ExactPaths resolved = new ExactPaths();
        List<byte[]> paths = new ArrayList<>();
        if (Files.notExists(folder.resolve("paths"))) {
            return paths;
        }
        try (var lines = Files.newBufferedReader(folder.resolve("paths"), StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] path = PathNotation.absolute(line);
                paths.add(exact ? resolved.of(path) : path);
            }
        } catch (MalformedException e) {
            throw new IOException("The job's list of files is damaged: " + e.getMessage() + ".", e);
        }
        return paths;
    }

    /** The job is no more this agent's. */
    void clear() throws IOException {
        for (String name : List.of("job", "paths", "result")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        DurableFiles.sync(folder);
    }

    /** Empty also when it is damaged: central still knows. */
    private <T> Optional<T> read(String name, Class<T> type) throws IOException {
        Path file = folder.resolve(name);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        byte[] octets = Files.readAllBytes(file);
        try {
            return Optional.of(WireRecords.read(octets, type));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }
}
