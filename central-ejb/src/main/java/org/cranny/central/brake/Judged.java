package org.cranny.central.brake;

import org.cranny.protocol.snapshot.NewContent;

/**
 * A commit that is judged.
 *
 * @param files octets of its files, which the source says
 * @param selection what policies ask of the source now
 * @param plain octets of what is new in files, which the source says; 0 when it says nothing
 * @param stored what compression left of them
 */
record Judged(long source, long version, long files, String selection, long plain, long stored) {
    static Judged of(long source, long version, long files, String selection, NewContent said) {
        return said == null
                ? new Judged(source, version, files, selection, 0, 0)
                : new Judged(source, version, files, selection, said.plainBytes(), said.storedBytes());
    }
}
