package org.cranny.engine.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.placement.Holdings;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;

/** Hands receipts to central in batches; what central has not taken stays in {@link Holdings} and is handed over later. */
final class Registrar {
    private static final int BATCH = 256;
    private static final int WORTH_A_CALL = 16;

    private final Catalogue catalogue;
    private final Holdings holdings;
    private boolean away;

    Registrar(Catalogue catalogue, Holdings holdings) {
        this.catalogue = catalogue;
        this.holdings = holdings;
    }

    /** Hands over all that is open. @throws IOException also when central refuses a receipt */
    synchronized void handOver() throws IOException {
        List<String> refused = handOverAll();
        if (!refused.isEmpty()) {
            throw new IOException(
                    "Central does not believe a host's receipt: " + refused.get(0) + ". Look at that host.");
        }
    }

    /** As {@link #handOver}. @return the packs of which central does not believe all receipts */
    synchronized List<FragmentId> handOverWhatIsBelieved() throws IOException {
        handOverAll();
        return holdings.unregistered().stream()
                .map(Placement::pack)
                .map(FragmentId::of)
                .toList();
    }

    /** @return a line for each receipt that is refused */
    private List<String> handOverAll() throws IOException {
        List<String> refused = new ArrayList<>();
        List<Placement> open = holdings.unregistered();
        for (int from = 0; from < open.size(); from += BATCH) {
            Registered answer =
                    catalogue.register(new Placements(open.subList(from, Math.min(open.size(), from + BATCH))));
            holdings.registered(answer.accepted().stream().map(FragmentId::of).toList());
            if (answer.refused() != null) {
                refused.addAll(answer.refused());
            }
        }
        return refused;
    }

    /** Hands over what is open when there is enough of it; when central is away it waits for the next time. */
    synchronized void handOverQuietly() throws IOException {
        if (!away && holdings.unregisteredCount() >= WORTH_A_CALL) {
            try {
                handOver();
            } catch (CatalogueAwayException e) {
                away = true;
            }
        }
    }
}
