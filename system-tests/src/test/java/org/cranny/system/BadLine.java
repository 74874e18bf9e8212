package org.cranny.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.cluster.Command;

/**
 * What goes wrong between the machines of an {@link OfficeNetwork}: packets get lost, machines do not reach each other.
 * Rules of nftables at the bridge, so that nobody who sends learns of it.
 */
final class BadLine implements AutoCloseable {
    private static final Pattern PACKETS = Pattern.compile("counter packets (\\d+)");

    private final OfficeNetwork network;
    private final Path file;
    private final List<String> rules = new ArrayList<>();

    /** @param folder for a file of rules */
    BadLine(OfficeNetwork network, Path folder) {
        this.network = network;
        this.file = folder.resolve("rules.nft");
    }

    /** Of a hundred packets, at random, each way. */
    void loses(int percent) throws IOException {
        rules.add("meta protocol ip numgen random mod 100 < " + percent + " counter drop");
        apply();
    }

    /** Nothing goes from one to the other, nor back. */
    void parts(String one, String other) throws IOException {
        rules.add("ip saddr " + one + " ip daddr " + other + " counter drop");
        rules.add("ip saddr " + other + " ip daddr " + one + " counter drop");
        apply();
    }

    /** @return packets that were lost since it was no good */
    long heals() throws IOException {
        Matcher matcher =
                PACKETS.matcher(nft("list", "table", "bridge", network.name()).output());
        long lost = 0;
        while (matcher.find()) {
            lost += Long.parseLong(matcher.group(1));
        }
        rules.clear();
        apply();
        return lost;
    }

    /** A machine's connections to another end at a port of this one, and the machine does not know. */
    static void divert(OfficeNetwork.Seat from, String to, int port, String here, int herePort, Path folder)
            throws IOException {
        Path file = write(folder.resolve("divert.nft"), """
            table ip crn {
              chain out {
                type nat hook output priority -100
                ip daddr %s tcp dport %d dnat to %s:%d
              }
            }
            """.formatted(to, port, here, herePort));
        Claims.done(run(from.commandLine(List.of("nft", "-f", file.toString()))));
    }

    static void divertNothing(OfficeNetwork.Seat from) {
        run(from.commandLine(List.of("nft", "delete", "table", "ip", "crn")));
    }

    private void apply() throws IOException {
        StringBuilder text = new StringBuilder(
                "table bridge %1$s\ndelete table bridge %1$s\ntable bridge %1$s {\n".formatted(network.name()));
        for (String hook : List.of("forward", "input", "output")) {
            text.append(" chain ")
                    .append(hook)
                    .append(" {\n  type filter hook ")
                    .append(hook)
                    .append(" priority 0\n");
            rules.forEach(rule -> text.append("  ").append(rule).append('\n'));
            text.append(" }\n");
        }
        nft("-f", write(file, text.append("}\n").toString()).toString());
    }

    private static Path write(Path file, String text) throws IOException {
        return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Command.Outcome nft(String... arguments) {
        List<String> command = new ArrayList<>(List.of("nft"));
        command.addAll(List.of(arguments));
        Command.Outcome outcome = run(command);
        Claims.done(outcome);
        return outcome;
    }

    private static Command.Outcome run(List<String> command) {
        return Command.run(Path.of("/"), command, Map.of());
    }

    @Override
    public void close() {
        run(List.of("nft", "delete", "table", "bridge", network.name()));
    }
}
