package org.cranny.engine.placement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.redundancy.Redundancy;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Held;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;
import org.cranny.protocol.snapshot.Placement;

/** Reads where central says that packs lie. What is read there, its seals say whether to believe. */
public final class Places {
    private Places() {}

    /** @throws IOException when a receipt is damaged */
    public static Holding of(Placement placement) throws IOException {
        PackEntry entry = new PackEntry(
                FragmentId.of(placement.pack()),
                PackClass.valueOf(placement.packClass()),
                placement.length(),
                new Redundancy(placement.k(), placement.n()));
        List<Holding.Fragment> fragments = new ArrayList<>();
        for (Held held : placement.fragments()) {
            try {
                Signed receipt = Signed.parse(held.receipt());
                long host = Receipt.claimed(receipt).host().number();
                fragments.add(new Holding.Fragment(held.number(), host, receipt.bytes()));
            } catch (MalformedException e) {
                throw new IOException("A receipt at central is damaged: " + e.getMessage(), e);
            }
        }
        return new Holding(entry, fragments, true);
    }
}
