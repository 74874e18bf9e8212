package org.cranny.central.escrow;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Predicate;
import org.cranny.central.authority.Authority;
import org.cranny.engine.keys.BrowseKeys;
import org.cranny.engine.keys.KeysUnreadableException;
import org.cranny.engine.keys.Secret;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Opens what lists and searches a source's snapshots and never its data. */
@ApplicationScoped
public class BrowseEscrow {
    private final Escrow escrow;
    private final Authority authority;

    protected BrowseEscrow() {
        this(null, null);
    }

    @Inject
    public BrowseEscrow(Escrow escrow, Authority authority) {
        this.escrow = escrow;
        this.authority = authority;
    }

    /**
     * The newest browse keys that fit.
     *
     * @return in clear; the caller destroys them
     * @throws ProblemException NO_BROWSING when the source deposited none
     */
    public BrowseKeys open(SystemId source, Predicate<BrowseKeys> fits) {
        List<SealedRing> deposits = escrow.rings(source.number()).stream()
                .filter(deposit -> deposit.browse() != null)
                .toList();
        Secret key = PrivateKeys.x25519(authority.browseKey());
        try {
            for (int i = deposits.size() - 1; i >= 0; i--) {
                BrowseKeys keys = opened(deposits.get(i), key, source);
                if (keys != null && fits.test(keys)) {
                    return keys;
                }
            }
        } finally {
            key.destroy();
        }
        throw new ProblemException(
                ProblemKind.NO_BROWSING,
                deposits.isEmpty()
                        ? "system " + source.number() + " gave central no key to list its files"
                        : "no key that system " + source.number() + " deposited lists its files");
    }

    private static BrowseKeys opened(SealedRing deposit, Secret key, SystemId source) {
        try {
            return org.cranny.engine.keys.Escrow.openBrowse(deposit.browse(), key, source);
        } catch (KeysUnreadableException rubbish) {
            return null;
        }
    }
}
