package org.cranny.engine.backup;

import java.util.Arrays;

/** What a host sends instead of what it was asked for; as much as was asked for, since less is noticed by the transfer. */
enum Lie {
    A_FLIPPED_BIT {
        @Override
        byte[] instead(byte[] all, int offset, int length) {
            byte[] octets = Arrays.copyOfRange(all, offset, offset + length);
            octets[length / 2] ^= 1;
            return octets;
        }
    },
    ZEROES {
        @Override
        byte[] instead(byte[] all, int offset, int length) {
            return new byte[length];
        }
    },
    ONES {
        @Override
        byte[] instead(byte[] all, int offset, int length) {
            byte[] octets = new byte[length];
            Arrays.fill(octets, (byte) 0xff);
            return octets;
        }
    },
    ANOTHER_PLACE {
        @Override
        byte[] instead(byte[] all, int offset, int length) {
            int other = (offset + all.length / 2) % Math.max(1, all.length - length + 1);
            return Arrays.copyOfRange(all, other, other + length);
        }
    },
    A_STEP_BEHIND {
        @Override
        byte[] instead(byte[] all, int offset, int length) {
            byte[] octets = new byte[length];
            System.arraycopy(all, offset, octets, 1, length - 1);
            return octets;
        }
    },
    BACKWARDS {
        @Override
        byte[] instead(byte[] all, int offset, int length) {
            byte[] octets = new byte[length];
            for (int i = 0; i < length; i++) {
                octets[i] = all[offset + length - 1 - i];
            }
            return octets;
        }
    },
    A_GOOD_BEGINNING {
        @Override
        byte[] instead(byte[] all, int offset, int length) {
            byte[] octets = Arrays.copyOfRange(all, offset, offset + length);
            Arrays.fill(octets, length / 2, length, (byte) 0);
            return octets;
        }
    },
    A_GOOD_END {
        @Override
        byte[] instead(byte[] all, int offset, int length) {
            byte[] octets = Arrays.copyOfRange(all, offset, offset + length);
            Arrays.fill(octets, 0, length / 2, (byte) 0);
            return octets;
        }
    },
    SWAPPED_HALVES {
        @Override
        byte[] instead(byte[] all, int offset, int length) {
            byte[] octets = new byte[length];
            int half = length / 2;
            System.arraycopy(all, offset + half, octets, 0, length - half);
            System.arraycopy(all, offset, octets, length - half, half);
            return octets;
        }
    };

    /** @param all of the fragment */
    abstract byte[] instead(byte[] all, int offset, int length);
}
