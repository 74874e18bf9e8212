package org.cranny.client.agent;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobOrder;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;

/** What the agent remembers of its job, and the order in it: the first letter says which file the octets are. */
public final class JournalReaders {
    private static final List<String> FILES = List.of("job", "result", "paths", "id");

    private JournalReaders() {}

    public static List<Reader> all() {
        return List.of(new Reader(
                "job",
                List.of(IOException.class, ProblemException.class),
                Texts.seeds(
                        "j{\"job\":1,\"claim\":2,\"kind\":\"RESTORE\",\"order\":{\"snapshot\":\"latest\",\"target\":\"/r\","
                                + "\"safe\":true,\"overwrite\":false},\"paths\":1,\"pages\":1,\"attempt\":1,\"leaseSeconds\":60}",
                        "j{\"job\":1,\"kind\":\"RUN_NOW\",\"order\":{\"due\":\"2030-01-01T12:00:00Z\",\"reason\":\"x\"}}",
                        "j{\"job\":1,\"kind\":\"RECOVER\",\"order\":{\"recovery\":7,\"token\":\"t\",\"snapshot\":\"abcd\","
                                + "\"target\":\"/r\"}}",
                        "j{\"job\":1,\"kind\":\"BACKUP\",\"order\":{\"tags\":[\"a\",\"b\"]}}",
                        "r{\"outcome\":\"DONE\"}",
                        "p/home/a\n/b\\xFF\n",
                        "i0123456789abcdef0123456789abcdef\n"),
                JournalReaders::read));
    }

    private static void read(byte[] octets) throws IOException {
        Scratch folder = Scratch.folder("journal");
        String letter = octets.length == 0 ? "" : String.valueOf((char) octets[0]);
        for (String name : FILES) {
            if (name.startsWith(letter)) {
                folder.clear();
                folder.write(name, Arrays.copyOfRange(octets, Math.min(1, octets.length), octets.length));
            }
        }
        Journal journal = new Journal(folder.path());
        Optional<JobOffer> job = journal.job();
        journal.result();
        journal.paths(false);
        journal.id(new SecureRandom());
        if (job.isPresent()) {
            for (JobKind kind : JobKind.values()) {
                if (kind.name().equals(job.get().kind())) {
                    JobOrder.of(kind, job.get().order());
                }
            }
        }
    }
}
