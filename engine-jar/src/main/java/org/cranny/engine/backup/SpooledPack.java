package org.cranny.engine.backup;

import java.nio.file.Path;
import org.cranny.protocol.snapshot.PackEntry;

/** A pack that is sealed, opened again and compared, and waits in the spool to be sent. */
record SpooledPack(PackEntry entry, Path file) {}
