package org.cranny.central.escrow;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cranny.engine.keys.KeyShare;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/** Refuses splits and shares that cannot be meant, and says which member is wrong; sees whether shares are right. */
final class Splits {
    private static final int MOST_OFFICERS = 50;
    private static final int LONGEST_NAME = 100;
    private static final int X25519_OCTETS = 32;

    private Splits() {}

    static void check(SplitRequest request) {
        List<Officer> officers = request.officers() == null ? List.of() : request.officers();
        if (officers.size() < 2 || officers.size() > MOST_OFFICERS) {
            throw wrong("officers", "there are 2 to " + MOST_OFFICERS + " officers");
        }
        Set<String> names = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (Officer officer : officers) {
            String name = officer.name() == null ? "" : officer.name().strip();
            boolean plain = name.chars().noneMatch(Character::isISOControl);
            if (name.isEmpty() || name.length() > LONGEST_NAME || !plain) {
                throw wrong("officers", "a name has 1 to " + LONGEST_NAME + " characters");
            }
            key(officer);
            if (!names.add(name.toLowerCase(Locale.ROOT))
                    || !keys.add(officer.key().strip())) {
                throw wrong("officers", "each officer is another person with another key");
            }
        }
        Integer threshold = request.threshold();
        if (threshold == null || threshold < 2 || threshold > officers.size()) {
            throw wrong("threshold", "it is at least 2 and at most the number of officers");
        }
    }

    static List<String> names(SplitRequest request) {
        return request.officers().stream().map(each -> each.name().strip()).toList();
    }

    /** Splits a key and seals each share to its officer. */
    static SplitShares seal(Secret key, SplitRequest request, SecureRandom random) {
        List<Officer> officers = request.officers();
        List<KeyShare> shares = KeyShare.split(key, request.threshold(), officers.size(), random);
        List<SplitShares.SealedShare> sealed = new ArrayList<>();
        for (KeyShare share : shares) {
            Officer officer = officers.get(share.number() - 1);
            byte[] octets = org.cranny.engine.keys.Escrow.sealShare(share, key(officer));
            sealed.add(new SplitShares.SealedShare(
                    officer.name().strip(), share.number(), Base64.getEncoder().encodeToString(octets)));
            share.destroy();
        }
        return new SplitShares(shares.get(0).split(), request.threshold(), List.copyOf(sealed));
    }

    /** The officer's public key, 32 octets. */
    static byte[] key(Officer officer) {
        try {
            byte[] key = Base64.getDecoder().decode(officer.key().strip());
            if (key.length == X25519_OCTETS) {
                return key;
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            throw wrong("officers", "an officer's key is base64");
        }
        throw wrong("officers", "an officer's key has " + X25519_OCTETS + " octets");
    }

    /** Reads a share of the named split. */
    static KeyShare share(ShownShare shown, String split) {
        try {
            KeyShare share = KeyShare.decode(Base64.getDecoder().decode(shown.share()));
            if (share.split().equals(split)) {
                return share;
            }
            share.destroy();
        } catch (KeysUnreadableException | IllegalArgumentException | NullPointerException e) {
            throw wrong("share", "it is no share of a key");
        }
        throw wrong("share", "it belongs to another split");
    }

    /** Whether any {@code threshold} of these shares make the key of {@code publicKey}. */
    static boolean allRight(Iterable<KeyShare> shares, int threshold, byte[] publicKey) {
        List<KeyShare> all = new ArrayList<>();
        shares.forEach(all::add);
        for (int from = 0; from + threshold <= all.size(); from++) {
            try {
                Secret key = KeyShare.join(all.subList(from, from + threshold));
                boolean right = org.cranny.engine.keys.Escrow.isKeyOf(key, publicKey);
                key.destroy();
                if (!right) {
                    return false;
                }
            } catch (KeysUnreadableException e) {
                return false;
            }
        }
        return true;
    }

    private static ProblemException wrong(String field, String rule) {
        return new ProblemException(Problem.ofField(field, rule));
    }
}
