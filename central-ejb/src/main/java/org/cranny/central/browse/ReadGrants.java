package org.cranny.central.browse;

import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.cranny.central.authority.Authority;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host;

/** Grants for central to read one source's fragments, one at a time for each host, renewed before they end. */
final class ReadGrants {
    private static final Duration USED_FOR = Duration.ofMinutes(8);

    private final Authority authority;
    private final PublicKey holder;
    private final SystemId source;
    private final LongSupplier bytes;
    private final Clock clock;
    private final Map<Long, Given> given = new HashMap<>();

    private record Given(String text, Instant until) {}

    /** @param bytes that a grant may move, asked for when the first is given */
    ReadGrants(Authority authority, PublicKey holder, SystemId source, LongSupplier bytes, Clock clock) {
        this.authority = authority;
        this.holder = holder;
        this.source = source;
        this.bytes = bytes;
        this.clock = clock;
    }

    synchronized String at(Host host) {
        Instant now = clock.instant();
        Given known = given.get(host.id());
        if (known == null || !now.isBefore(known.until())) {
            SystemId daemon = new SystemId(source.realm(), host.id());
            String text = authority.grant(Act.READ, daemon, holder, source, bytes.getAsLong(), List.of());
            known = new Given(text, now.plus(USED_FOR));
            given.put(host.id(), known);
        }
        return known.text();
    }
}
