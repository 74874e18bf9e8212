package org.cranny.central.dump;

import java.nio.file.Path;

/** Told when a dump is on central's own disk. */
public record DumpMade(Dump dump, Path file) {}
