package org.cranny.engine.sealing;

/**
 * A part of a pack that is sealed on its own. Its number goes into every nonce of it, so no two sections of a pack share
 * one.
 *
 * <p>Source of the numbers: {@code docs/format/pack.md}.
 */
public record Section(int type, int number) {
    public static final Section FOOTER = new Section(1, 0xFFFF_FFFF);
    public static final Section PADDING = new Section(2, 0xFFFF_FFFE);
    public static final Section TRAILER = new Section(3, 0xFFFF_FFFD);

    private static final int SEGMENT_TYPE = 0;

    public Section {
        if ((type == SEGMENT_TYPE) != (number >= 0)) {
            throw new IllegalArgumentException("section " + number + " cannot have type " + type);
        }
    }

    /** The section of the segment with this number, counted from 0. */
    public static Section segment(int number) {
        return new Section(SEGMENT_TYPE, number);
    }

    boolean isSegment() {
        return type == SEGMENT_TYPE;
    }

    @Override
    public String toString() {
        return switch (type) {
            case SEGMENT_TYPE -> "segment " + number;
            case 1 -> "the footer";
            case 2 -> "the padding";
            default -> "the trailer";
        };
    }
}
