package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;

/** Keeps central's own copies of tree and index packs on disk, so that browsing does not depend on who is awake. */
@ApplicationScoped
public class PackCopies {
    /** Keeps a pack; when this returns it is on disk. @return whether it is new here */
    public boolean put(SystemId source, FragmentId pack, InputStream octets) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The file with the pack's octets; only this source's packs are found. */
    public Optional<Path> find(SystemId source, FragmentId pack) {
        throw new UnsupportedOperationException();
    }
}
