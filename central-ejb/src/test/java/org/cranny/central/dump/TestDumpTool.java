package org.cranny.central.dump;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Lets tests of other packages use the tool as the command line does. */
public final class TestDumpTool {
    private TestDumpTool() {}

    /** @return the exit code, a blank, and what was said */
    public static String run(String... arguments) {
        return run(null, arguments);
    }

    /** @param hosts what the tool finds instead of daemons */
    public static String run(DumpHosts hosts, String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = DumpTool.run(central -> hosts, out, out, arguments);
        return code + " " + said.toString(StandardCharsets.UTF_8).strip();
    }
}
