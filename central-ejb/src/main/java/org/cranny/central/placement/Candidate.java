package org.cranny.central.placement;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.redundancy.Redundancy;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Held;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.Placement;

/**
 * A placement as a source reported it, read but not yet believed.
 *
 * @param parts its receipts
 */
record Candidate(FragmentId pack, PackClass packClass, long length, Redundancy redundancy, List<Part> parts) {
    static final long LONGEST = 80L << 20;

    /** A fragment's number and the receipt for it. @param receipt what it says, unproven until {@link #proven} */
    record Part(int number, Signed signed, Receipt receipt) {

        boolean sameAs(Part other) {
            return number == other.number && receipt.host().equals(other.receipt.host());
        }

        /** Whether this host's key signed it; revoked hosts have no key here. */
        boolean proven(Map<Long, PublicKey> keys) {
            PublicKey key = keys.get(receipt.host().number());
            return key != null && Signed.Algorithm.ECDSA_P256.verifies(signed.payload(), signed.signature(), key);
        }
    }

    /** @throws MalformedException with the reason */
    static Candidate read(Placement placement, SystemId source) throws MalformedException {
        try {
            FragmentId pack = FragmentId.of(placement.pack());
            PackClass packClass = PackClass.valueOf(placement.packClass());
            Redundancy redundancy = new Redundancy(placement.k(), placement.n());
            need(placement.length() > 0 && placement.length() <= LONGEST, "a pack has 1 to " + LONGEST + " octets");
            need(placement.fragments() != null && !placement.fragments().isEmpty(), "it has no receipts");
            need(placement.fragments().size() <= 2 * Redundancy.MOST, "it has too many receipts");
            Candidate candidate = new Candidate(pack, packClass, placement.length(), redundancy, new ArrayList<>());
            for (Held held : placement.fragments()) {
                candidate.parts.add(candidate.part(held, source));
            }
            return candidate;
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new MalformedException("its id, class or redundancy is wrong");
        }
    }

    /** The hosts whose receipts are here. */
    Set<Long> hosts() {
        Set<Long> hosts = new HashSet<>();
        parts.forEach(part -> hosts.add(part.receipt().host().number()));
        return hosts;
    }

    Candidate with(List<Part> believed) {
        return new Candidate(pack, packClass, length, redundancy, believed);
    }

    private Part part(Held held, SystemId source) throws MalformedException {
        need(held != null && held.receipt() != null, "a receipt is missing");
        need(held.number() >= 0 && held.number() < redundancy.n(), "a fragment's number is out of range");
        Signed signed = Signed.parse(held.receipt());
        Receipt receipt = Receipt.claimed(signed);
        need(receipt.source().equals(source), "a receipt is for another source");
        need(receipt.host().realm().equals(source.realm()), "a receipt is from another realm");
        if (redundancy.k() == 1) {
            need(receipt.fragment().equals(pack) && receipt.length() == length, "a receipt is for another fragment");
        } else {
            long share = (length + redundancy.k() - 1) / redundancy.k();
            need(receipt.length() >= share && receipt.length() <= length, "a receipt is for another length");
        }
        return new Part(held.number(), signed, receipt);
    }

    private static void need(boolean right, String otherwise) throws MalformedException {
        if (!right) {
            throw new MalformedException(otherwise);
        }
    }
}
