package org.cranny.engine.restore;

/**
 * Octets of one segment that belong at one place of one file.
 *
 * @param pack its ordinal
 * @param segment number in the pack
 * @param from offset in the raw segment
 * @param length octets
 * @param offset in the file
 */
record Piece(int pack, int segment, int from, int length, FilePlan file, long offset) implements Comparable<Piece> {
    @Override
    public int compareTo(Piece other) {
        int byPack = Integer.compare(pack, other.pack);
        return byPack != 0 ? byPack : Integer.compare(segment, other.segment);
    }

    boolean sameSegment(Piece other) {
        return pack == other.pack && segment == other.segment;
    }
}
