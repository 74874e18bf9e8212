package org.cranny.engine.source;

import java.nio.file.Path;
import org.cranny.engine.index.ChunkIndex;
import org.cranny.engine.keys.PackKeys;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.snapshot.Snapshots;
import org.cranny.protocol.id.SystemId;

/**
 * What must be known of one source to read its backups, whoever reads: the source itself, central in a recovery, a
 * replacement machine. Nothing here signs or writes as the source.
 */
public interface Records {
    /** Whose backups these are. */
    SystemId system();

    PackKeys keys();

    ChunkIndex index();

    Holdings holdings();

    Snapshots snapshots();

    /** Tree and index packs that are at hand. */
    LocalPacks packs();

    /** Folder for what a reader has to remember, for example how far a restore came. */
    Path home();
}
