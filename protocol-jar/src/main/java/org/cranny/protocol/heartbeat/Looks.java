package org.cranny.protocol.heartbeat;

import java.util.List;

/** What a system saw that is no host: a monitor that runs alone, or a source whose transfers failed. @param version of its program */
public record Looks(String version, List<Seen> seen) {}
