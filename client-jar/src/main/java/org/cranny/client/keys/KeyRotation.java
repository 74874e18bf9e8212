package org.cranny.client.keys;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.cranny.client.enrollment.Deposits;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeLock;
import org.cranny.client.machine.Machine;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.source.Folders;

/**
 * Gives a source new keys for what it seals from now on; every generation of before stays in the ring, so old snapshots
 * stay readable for ever.
 *
 * <p>Invariant: the ring that seals is in escrow. A new ring waits beside it ({@link Home#nextKeyRing}) until central
 * has acknowledged the deposit, and takes its place in one rename. Killed anywhere, or with central away, the source
 * goes on with the ring it had, and the next rotation goes on with the one that waits.
 */
public final class KeyRotation {
    private final Machine machine;
    private final SecureRandom random;

    public KeyRotation(Machine machine, SecureRandom random) {
        this.machine = machine;
        this.random = random;
    }

    /**
     * Rotates: nothing is sent again, or, after a compromise, everything is.
     *
     * @param afterCompromise names of chunks are made with a new key too, so the next backup knows no chunk
     * @return the generation that seals from now on
     * @throws org.cranny.client.home.HomeBusyException while a backup or restore runs
     * @throws org.cranny.engine.backup.CatalogueAwayException when the ring cannot be deposited; the old one stays
     */
    public int rotate(boolean afterCompromise) throws IOException {
        Home home = machine.home();
        try (HomeLock lock = home.lock("key rotation")) {
            assert lock != null;
            KeyRing current = decoded(home.readKeyRing());
            KeyRing next = waiting(current, afterCompromise).orElse(null);
            try {
                if (next == null) {
                    next = draw(current, afterCompromise);
                }
                Deposits.again(machine.central(), next, machine.realmKeys());
                if (afterCompromise) {
                    Folders.takeNothingForUnchanged(home.folder());
                }
                DurableFiles.move(home.nextKeyRing(), home.keyRing());
                return next.generation();
            } finally {
                current.destroy();
                if (next != null) {
                    next.destroy();
                }
            }
        }
    }

    /** The ring of a rotation that was interrupted, if it is one of this kind. */
    private Optional<KeyRing> waiting(KeyRing current, boolean afterCompromise) throws IOException {
        Optional<byte[]> octets = machine.home().readNextKeyRing();
        if (octets.isEmpty()) {
            return Optional.empty();
        }
        KeyRing waiting;
        try {
            waiting = decoded(octets.get());
        } catch (KeysUnreadableException damaged) {
            return Optional.empty();
        }
        boolean sameKind = afterCompromise != waiting.chunkIdKey().equals(current.chunkIdKey());
        if (sameKind && waiting.generation() == current.generation() + 1) {
            return Optional.of(waiting);
        }
        waiting.destroy();
        return Optional.empty();
    }

    private KeyRing draw(KeyRing current, boolean afterCompromise) throws IOException {
        KeyRing next = afterCompromise ? current.replaceAfterCompromise(random) : current.rotate(random);
        byte[] octets = next.encode();
        try {
            DurableFiles.write(machine.home().nextKeyRing(), octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
        return next;
    }

    private static KeyRing decoded(byte[] octets) throws KeysUnreadableException {
        try {
            return KeyRing.decode(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
