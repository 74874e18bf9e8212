package org.cranny.client.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cranny.client.hook.Producer;
import org.cranny.client.policy.Errand;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.tree.Names;
import picocli.CommandLine.Option;

/** One file that comes in, instead of files that are there. */
final class IncomingOptions {
    @Option(
            names = "--stdin",
            description = "Back up what comes in on standard input, as the only file of the snapshot. A producer that"
                    + " fails in a pipe goes unnoticed: see --stdin-from-command.")
    private boolean standardInput;

    @Option(
            names = "--stdin-from-command",
            description = "Back up what a command prints: cranny backup --stdin-from-command -- CMD ARGS. No shell"
                    + " reads it, and there is no snapshot when it does not end with 0.")
    private boolean fromCommand;

    @Option(
            names = "--stdin-filename",
            paramLabel = "NAME",
            description = "What the file is called in the snapshot, for example db.sql or dumps/db.sql (default:"
                    + " stdin).")
    private String name;

    boolean given() {
        return standardInput || fromCommand;
    }

    /** Refuses what cannot be meant. @param words what was typed beside the options: paths, or the command */
    void check(List<String> words, boolean otherwise) throws IOException {
        if (!given()) {
            if (name != null) {
                throw new WrongUseException("--stdin-filename names what comes in with --stdin or"
                        + " --stdin-from-command. Give one of them with it.");
            }
            return;
        }
        if (standardInput && fromCommand) {
            throw new WrongUseException("One file comes in. Give --stdin or --stdin-from-command, not both.");
        }
        if (otherwise) {
            throw new WrongUseException("What comes in is all of the snapshot. Leave --files-from, --all, --policy and"
                    + " what is excluded out.");
        }
        if (standardInput && !words.isEmpty()) {
            throw new WrongUseException("--stdin stands for all paths. Leave the paths out, or --stdin.");
        }
        if (fromCommand && (words.isEmpty() || words.get(0).isBlank())) {
            throw new WrongUseException(
                    "--stdin-from-command needs a command, for example: --stdin-from-command -- pg_dump shop.");
        }
        path();
    }

    /** Where the file is below {@code /} of the snapshot, without a slash at its beginning. */
    byte[] path() throws IOException {
        byte[] octets = TypedPaths.octets(name == null ? "stdin" : name);
        List<byte[]> names = SnapshotTree.names(octets);
        boolean folder = octets.length > 0 && octets[octets.length - 1] == '/';
        if (names.isEmpty() || folder || !names.stream().allMatch(Names::isAllowed)) {
            throw new WrongUseException("'" + name + "' is no name for a file. Write for example db.sql.");
        }
        int slashes = 0;
        while (octets[slashes] == '/') {
            slashes++;
        }
        return Arrays.copyOfRange(octets, slashes, octets.length);
    }

    /** The stream, when one comes in. */
    Optional<Errand.Incoming> incoming(List<String> words) {
        if (fromCommand) {
            return Optional.of(log -> Producer.start(words, log));
        }
        return standardInput ? Optional.of(log -> new Unclosed()) : Optional.empty();
    }

    /** Standard input is the process's own, and stays open. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed() {
            super(System.in);
        }

        @Override
        public void close() {
            // nobody reads on, and nobody minds
        }
    }
}
