package org.cranny.protocol.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small JVM that dies of SIGKILL at one of its own system calls, before the kernel does what it was asked: what was
 * done before stays, nothing after it happens, and no code of the JVM runs any more. strace sees to it.
 */
public final class KilledJvm {
    private static final String CHANGES =
            "fsync,fdatasync,write,writev,pwrite64,ftruncate,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir";
    private static final Pattern LINE = Pattern.compile("(\\d+) +(\\w+)\\((.*)");
    private static final Pattern PLACE = Pattern.compile("<([^>]*)>|\"([^\"]*)\"");
    private static final int MINUTES = 3;

    private final Path folder;
    private final List<String> command;

    /**
     * @param folder where its trace and what it says are kept; emptied by nobody
     * @param options of Java, so that it unpacks no libraries, whose writes would be counted too
     */
    public KilledJvm(Path folder, List<String> options, Class<?> main, List<String> arguments) {
        this.folder = folder;
        command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(arguments);
    }

    /**
     * Where a JVM dies.
     *
     * @param call the name of the system call
     * @param count at which of these calls of one thread, from 1
     */
    public record Point(String call, int count) {}

    /**
     * A call that was seen.
     *
     * @param path the first path that it names, or what strace calls the open file; an empty text when there is none
     */
    public record Seen(Point point, String path) {}

    /** @param said its lines on standard output @param last the call at which it died, null when it came to its end */
    public record End(List<String> said, Seen last) {
        public boolean killed() {
            return last != null;
        }
    }

    /** Whether there is a strace here that may do this. */
    public static boolean isPossible() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of("/usr/bin/strace"))
                && new ProcessBuilder("strace", "-e", "trace=none", "true")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
    }

    /** A run that came to its end. @param said its lines on standard output @param points where it could have died */
    public record Whole(List<String> said, List<Seen> points) {}

    /** Lets it come to its end. */
    public Whole live() throws IOException, InterruptedException {
        List<String> said = run(List.of("-e", "trace=" + CHANGES), false);
        return new Whole(said, seen());
    }

    /** @throws AssertionError when it fails of itself */
    public End dieAt(Point point) throws IOException, InterruptedException {
        List<String> said = run(
                List.of(
                        "-e",
                        "trace=" + point.call(),
                        "-e",
                        "inject=" + point.call() + ":signal=SIGKILL:when=" + point.count()),
                true);
        List<Seen> calls = Files.readString(folder.resolve("trace"), StandardCharsets.ISO_8859_1)
                        .contains("+++ killed by SIGKILL +++")
                ? seen()
                : List.of();
        return new End(
                said,
                calls.stream()
                        .filter(each -> each.point().equals(point))
                        .reduce((earlier, later) -> later)
                        .orElse(null));
    }

    /** Starts it; who started it ends it with {@link #end}. @param forces false: what it forces is not, and it does not know */
    public Process start(boolean forces) throws IOException {
        List<String> all = new ArrayList<>();
        if (!forces) {
            String calls = "fsync,fdatasync,msync,sync_file_range";
            all.addAll(List.of(
                    "strace",
                    "-f",
                    "--seccomp-bpf",
                    "-o",
                    folder.resolve("trace").toString(),
                    "-e",
                    "trace=" + calls,
                    "-e",
                    "inject=" + calls + ":retval=0"));
        }
        all.addAll(command);
        return new ProcessBuilder(all)
                .redirectError(folder.resolve("err").toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }

    /** Kills what {@link #start} started, with SIGKILL. @throws AssertionError when it had failed of itself */
    public void end(Process process) throws IOException, InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            throw new AssertionError(String.join(" ", command) + " did not end");
        }
        if (process.exitValue() != 0 && process.exitValue() != 128 + 9) {
            throw new AssertionError("exit " + process.exitValue() + ": " + Files.readString(folder.resolve("err")));
        }
    }

    private List<String> run(List<String> tracing, boolean mayDie) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "strace", "-f", "-y", "-s", "0", "-o", folder.resolve("trace").toString()));
        all.addAll(tracing);
        all.addAll(command);
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(all)
                .redirectError(folder.resolve("err").toFile())
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", all) + " did not end");
        }
        boolean died = process.exitValue() == 128 + 9;
        if (process.exitValue() != 0 && !(mayDie && died)) {
            throw new AssertionError("exit " + process.exitValue() + ": " + Files.readString(folder.resolve("err")));
        }
        return Files.readAllLines(out);
    }

    private List<Seen> seen() throws IOException {
        List<Seen> seen = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (String text : Files.readAllLines(folder.resolve("trace"), StandardCharsets.ISO_8859_1)) {
            Matcher line = LINE.matcher(text);
            if (line.matches()) {
                String call = line.group(2);
                Matcher place = PLACE.matcher(line.group(3));
                String path = place.find() ? place.group(1) == null ? place.group(2) : place.group(1) : "";
                int count = counts.merge(line.group(1) + call, 1, Integer::sum);
                seen.add(new Seen(new Point(call, count), path));
            }
        }
        return seen;
    }
}
