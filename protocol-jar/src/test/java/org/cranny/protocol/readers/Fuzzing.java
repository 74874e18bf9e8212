package org.cranny.protocol.readers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * What {@code bin/fuzz} runs in each module: by its methods, Jazzer gives a reader one input after the other. An error or
 * an exception that comes out of here is a finding.
 */
public final class Fuzzing {
    private static Reader reader;

    private Fuzzing() {}

    /** The list of the module that is tested here. */
    private static ReadersContract readers() {
        return ServiceLoader.load(ReadersContract.class).findFirst().orElseThrow();
    }

    /** Names all readers, a line each, and writes their seeds below a folder. */
    public static void main(String[] arguments) throws IOException {
        for (Reader each : readers().all()) {
            write(each, Path.of(arguments[0], each.name(), "seeds"));
            System.out.println(each.name());
        }
        System.exit(0);
    }

    private static void write(Reader reader, Path folder) throws IOException {
        Files.createDirectories(folder);
        int number = 0;
        for (byte[] seed : reader.seeds()) {
            Files.write(folder.resolve("seed-" + number++), seed);
        }
        for (byte[] input : ReadersContract.found(reader)) {
            Files.write(folder.resolve("seed-" + number++), input);
        }
    }

    /** @param arguments name of the reader */
    public static void fuzzerInitialize(String[] arguments) {
        reader = readers().named(arguments[0]);
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] octets) {
        reader.read(octets);
    }
}
