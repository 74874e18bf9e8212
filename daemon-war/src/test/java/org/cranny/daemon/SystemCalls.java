package org.cranny.daemon;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Notes what a process asks of the kernel, with strace. */
final class SystemCalls implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");

    private final Path trace;
    private final Process strace;

    private SystemCalls(Path trace, Process strace) {
        this.trace = trace;
        this.strace = strace;
    }

    /** One call. @param started line at which it was asked @param ended line at which the kernel had done it */
    record Call(String text, String process, int started, int ended) {}

    static SystemCalls of(long pid, Path trace) throws IOException {
        Process strace = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-y",
                        "-s",
                        "0",
                        "-e",
                        "trace=fsync,fdatasync,rename,renameat,renameat2,write,writev,sendto,sendmsg",
                        "-o",
                        trace.toString(),
                        "-p",
                        Long.toString(pid))
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(strace.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains("attached")) {
                return new SystemCalls(trace, strace);
            }
        }
        throw new IOException("strace did not attach to " + pid);
    }

    /** Ends the noting and gives the calls in the order in which they ended. */
    List<Call> stop() throws IOException, InterruptedException {
        close();
        strace.waitFor();
        List<Call> calls = new ArrayList<>();
        Map<String, Call> begun = new HashMap<>();
        List<String> lines = Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < lines.size(); i++) {
            Matcher line = LINE.matcher(lines.get(i));
            if (!line.matches()) {
                continue;
            }
            String process = line.group(1);
            String text = line.group(2);
            if (text.endsWith("<unfinished ...>")) {
                begun.put(process, new Call(text, process, i, i));
            } else if (text.contains("resumed>") && begun.containsKey(process)) {
                Call first = begun.remove(process);
                calls.add(new Call(first.text(), process, first.started(), i));
            } else {
                calls.add(new Call(text, process, i, i));
            }
        }
        return calls;
    }

    @Override
    public void close() {
        strace.destroy();
    }
}
