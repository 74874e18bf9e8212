package org.cranny.daemon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;

class FairShareTest {
    private static final RealmId REALM = RealmId.of(new byte[8]);
    private static final SystemId GREEDY = new SystemId(REALM, 1);
    private static final SystemId OTHER = new SystemId(REALM, 2);

    private final FairShare share = new FairShare();

    @Test
    void oneMachineHasNoMoreThanItsShareAndOthersHaveTheirs() {
        List<FairShare.Turn> turns = new ArrayList<>();
        for (int i = 0; i < FairShare.MOST; i++) {
            turns.add(share.begin(GREEDY));
        }
        ProblemException refused = assertThrows(ProblemException.class, () -> share.begin(GREEDY));
        assertEquals("TOO_OFTEN", refused.problem().kind());
        share.begin(OTHER).close();
        turns.get(0).close();
        share.begin(GREEDY);
        assertThrows(ProblemException.class, () -> share.begin(GREEDY));
    }
}
