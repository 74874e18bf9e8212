package org.cranny.engine.pack;

import java.nio.file.Path;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackClass;

/**
 * A finished pack in the spool.
 *
 * @param id the fragment id of the whole pack
 * @param length octets of the file
 */
public record WrittenPack(FragmentId id, PackHeader header, long length, Path file, PackFooter footer) {
    public PackClass packClass() {
        return header.packClass();
    }
}
