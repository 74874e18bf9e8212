package org.cranny.central.masterfile;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.cranny.protocol.masterfile.MasterFile;

/** Makes, keeps and serves the master file; versions strictly increase. */
@ApplicationScoped
public class MasterFiles {
    public MasterFile current() {
        throw new UnsupportedOperationException();
    }

    /** The text that takes a reader of this version to the current one: a delta, or the whole file. */
    public String since(long version) {
        throw new UnsupportedOperationException();
    }

    /** Kept versions, newest first. */
    public List<MasterFileVersion> versions(int limit) {
        throw new UnsupportedOperationException();
    }

    /** Looks for silent hosts and makes a new version when any line changed. */
    public MasterFile refresh(String reason) {
        throw new UnsupportedOperationException();
    }
}
